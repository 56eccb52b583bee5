//! What forms ask of an offer, one file for each part of its life.

pub mod after;
pub mod closing;
pub mod delivery;
pub mod draft;
pub mod negotiation;
pub mod review;
