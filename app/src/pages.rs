//! The pages, a folder per area and a file per noun or verb. A page reads with the desk in context and lays out; it decides nothing.

pub mod account;
pub mod board;
pub mod candidate;
pub mod client;
mod deciding;
pub mod demo;
pub mod draft;
pub mod exposure;
pub mod form;
pub mod frame;
pub mod identity;
pub mod imports;
pub mod looked;
pub mod mailed;
pub mod offer;
pub mod out_of_office;
pub mod people;
pub mod portal;
pub mod preview;
pub mod record;
pub mod requisitions;
pub mod standing;
#[cfg(test)]
mod tests;
pub mod times;
pub mod visit;
pub mod waiting;
pub mod way_in;
pub mod work;

pub use form::{Ask, Question};
pub use frame::{Found, NotFoundPage, Place, Sheet, staff_page};
pub use times::Times;
pub use visit::Visit;
