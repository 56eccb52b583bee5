//! The one binary.

mod fresh;
#[cfg_attr(not(test), expect(dead_code, unused_imports, reason = "the desk is built on it"))]
mod letter;
#[expect(dead_code, unused_imports, reason = "the desk is built on it")]
mod outbox;
#[expect(dead_code, unused_imports, reason = "the desk is built on it")]
mod store;
mod vault;

fn main() {}
