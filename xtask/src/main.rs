//! The build path.
fn main() {}
