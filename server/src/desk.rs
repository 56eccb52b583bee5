//! The desk: everything between the port of the pages and the store.
//!
//! The way of a change: load the stream, fold it, gather the world, `decide`, seal, project, append, all in one transaction; when something
//! that was read has moved meanwhile, the same again.

mod house;

pub(crate) use house::{HouseDesk, HouseSettings};
