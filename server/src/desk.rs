//! The desk: everything between the port of the pages and the store.
//!
//! The way of a change: load the stream, fold it, gather the world, `decide`, seal, project, append, all in one transaction; when something
//! that was read has moved meanwhile, the same again.

mod fault;
mod house;
mod keys;
mod ledger;
mod people;
mod playbooks;
mod requisitions;

pub(crate) use fault::DeskFault;
pub(crate) use house::{HouseDesk, HouseSettings};
pub(crate) use people::{Listed, Roster, Upserted, folded};
pub(crate) use playbooks::Shelved;
