//! The server functions behind the forms, an area a file. Every one is a POST of plain text with an address of its own.
#![expect(missing_docs, clippy::too_many_arguments, reason = "#[server] makes a struct of a form's answers; they are as many as it asks")]

pub mod absence;
pub mod account;
pub mod candidate;
pub mod client;
pub mod demo;
pub mod form;
pub mod identity;
pub mod imports;
pub mod kept;
pub mod mailed;
pub mod offers;
pub mod people;
pub mod portal;
pub mod read;
pub mod single_sign_on;
pub mod tokens;
pub mod views;

pub use form::{Answered, Lost, Sent};
pub use kept::Kept;
