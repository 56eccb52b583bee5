//! The one binary.

#[cfg_attr(not(test), expect(dead_code, reason = "the command line is built on it"))]
mod clock;
#[expect(dead_code, reason = "the command line is built on it")]
mod clockwork;
#[expect(dead_code, unused_imports, reason = "the command line is built on it")]
mod desk;
mod fresh;
#[cfg_attr(not(test), expect(dead_code, unused_imports, reason = "the desk is built on it"))]
mod letter;
#[expect(dead_code, unused_imports, reason = "the desk is built on it")]
mod outbox;
#[expect(dead_code, unused_imports, reason = "the desk is built on it")]
mod store;
mod vault;

fn main() {}
