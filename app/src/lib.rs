//! The pages of Countersign and the server functions they call.
//!
//! `desk` is the port to the server, `words` holds every sentence, `parts` the shared markup, `pages` one file per noun and verb, `islands` what
//! runs in the browser.

#[cfg(feature = "ssr")]
pub mod api;
pub mod boxes;
#[cfg(feature = "ssr")]
pub mod desk;
pub mod islands;
#[cfg(feature = "ssr")]
pub mod pages;
pub mod parts;
#[cfg(feature = "ssr")]
pub mod routes;
pub mod saved;
#[cfg(feature = "ssr")]
pub mod shell;
#[cfg(feature = "ssr")]
pub mod viewer;
pub mod words;
