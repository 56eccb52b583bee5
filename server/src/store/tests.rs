//! The rules of the store, on SQLite, on PostgreSQL, and on PostgreSQL partitioned by firm, which stands in for its distributed relatives.

mod appending;
mod archive;
mod board;
mod claims;
mod folder;
pub(crate) mod houses;
mod rows;
mod statements;
