//! The pages.

pub mod parts;
pub mod shell;
pub mod words;
