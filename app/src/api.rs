//! The server functions behind the forms, an area a file. Every one is a POST of plain text with an address of its own.
#![expect(missing_docs, reason = "the fields of the structs that #[server] makes of a form are its answers")]

pub mod candidate;
pub mod client;
pub mod form;
pub mod identity;
pub mod kept;
pub mod offers;
pub mod portal;
pub mod read;

pub use form::{Answered, Lost, Sent};
pub use kept::Kept;
