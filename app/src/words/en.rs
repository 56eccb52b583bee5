//! English.

pub mod parts;
