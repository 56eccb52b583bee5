//! A draft: begun, written section by section, reviewed.

pub mod begin;
pub mod intake;
pub mod review;
