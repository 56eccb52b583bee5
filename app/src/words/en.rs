//! English.

pub mod board;
pub mod candidate;
pub mod client;
pub mod date;
#[cfg(feature = "ssr")]
pub mod demo;
pub mod event;
pub mod fault;
pub mod field;
pub mod finding;
pub mod import;
pub mod mail;
pub mod money;
pub mod offer;
pub mod offer_mail;
pub mod parts;
pub mod playbook;
pub mod portal;
pub mod problem;
pub mod reason;
pub mod refusal;
pub mod role;
pub mod staff;
pub mod stage;
pub mod state;
pub mod status;
