//! The offer model: every business rule of Countersign, pure.
//!
//! No clock, no randomness, no IO, no framework, no sentences. The same code runs in the browser and on the server.

pub mod acceptance;
pub mod access;
pub mod check;
mod coded;
pub mod engagement;
pub mod field;
pub mod id;
pub mod import;
pub mod intake;
pub mod ledger;
pub mod lifecycle;
pub mod measure;
pub mod moment;
pub mod money;
pub mod outlook;
pub mod packet;
pub mod person;
pub mod playbook;
pub mod policy;
pub mod private;
pub mod requisition;
pub mod terms;
