//! The offer model: every business rule of Countersign, pure.
//!
//! No clock, no randomness, no IO, no framework, no sentences. The same code runs in the browser and on the server.

pub mod engagement;
pub mod field;
pub mod id;
pub mod intake;
pub mod ledger;
pub mod moment;
pub mod money;
pub mod packet;
pub mod private;
pub mod terms;
