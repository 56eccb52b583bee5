//! The one binary.

mod fresh;
#[expect(dead_code, unused_imports, reason = "the desk is built on it")]
mod outbox;
#[expect(dead_code, unused_imports, reason = "the desk is built on it")]
mod store;
mod vault;

fn main() {}
