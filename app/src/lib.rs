//! The pages of Countersign and the server functions they call.
//!
//! `desk` is the port to the server, `words` holds every sentence, `parts` the shared markup, `pages` one file per noun and verb.

#[cfg(feature = "ssr")]
pub mod desk;
pub mod parts;
pub mod shell;
pub mod words;
