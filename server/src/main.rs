//! The one binary.
#![allow(dead_code, unused_imports, reason = "the command line is built on it")]
#![allow(clippy::allow_attributes, reason = "gone with the line above")]

mod clock;
mod clockwork;
mod config;
mod desk;
mod exchange;
mod fresh;
mod http;
mod identity;
mod letter;
mod outbox;
mod store;
mod vault;

fn main() {}
