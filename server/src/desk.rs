//! The desk: everything between the port of the pages and the store.
//!
//! The way of a change: load the stream, fold it, gather the world, `decide`, seal, project, append, all in one transaction; when something
//! that was read has moved meanwhile, the same again.

mod absences;
mod acceptance;
mod accounts;
mod asking;
mod begin;
mod board;
mod buttons;
mod change;
mod course;
mod deciders;
mod demo;
mod doctor;
mod drafting;
mod drafts;
mod fault;
mod file;
mod handover;
mod house;
mod household;
mod keys;
mod ledger;
mod letters;
mod list;
mod looked;
mod mailed;
mod mails;
mod minute;
mod pace;
mod page;
mod peers;
mod people;
mod personnel;
mod piles;
mod playbooks;
mod port;
mod portal;
mod prepare;
mod project;
mod rebuild;
mod requisitions;
mod rerouting;
mod steps;
mod stood_in;
mod tokens;
mod verify;
mod viewed;
mod views;
mod waiting;
mod who_could;
mod work;
mod world;
pub(crate) mod zones;

#[cfg(test)]
mod tests;

pub(crate) use asking::SEALED_PLACE_BYTES;
pub(crate) use change::Act;
pub(crate) use doctor::Finding;
pub(crate) use fault::DeskFault;
pub(crate) use handover::CameBack;
pub(crate) use house::{HouseDesk, HouseSettings};
pub(crate) use ledger::Head;
pub(crate) use people::{Listed, PersonToWrite, folded};
pub(crate) use playbooks::publishable;
pub(crate) use port::Port;
pub(crate) use prepare::Doer;
pub(crate) use project::command_of as due_command;
pub(crate) use requisitions::StandingRequisition;
#[cfg(test)]
pub(crate) use verify::Verified;
