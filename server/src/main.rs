//! The one binary.

mod fresh;
mod vault;

fn main() {}
