//! The pages of Countersign and the server functions they call.
//!
//! `desk` is the port to the server, `words` holds every sentence, `parts` the shared markup, `pages` one file per noun and verb.

#[cfg(feature = "ssr")]
pub mod api;
#[cfg(feature = "ssr")]
pub mod desk;
#[cfg(feature = "ssr")]
pub mod pages;
pub mod parts;
#[cfg(feature = "ssr")]
pub mod routes;
pub mod shell;
#[cfg(feature = "ssr")]
pub mod viewer;
pub mod words;
