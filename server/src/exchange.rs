//! Files in: people, clients, bands and openings, taken as one. Every row is an upsert by key; good rows are kept, faults are named by
//! file, line and column, and a dry run says what would happen.
//!
//! `plan` is pure: rows and what is known in, a plan out. `run` carries a plan out at the desk.

mod admin;
mod apply;
mod bands;
mod cells;
mod clients;
mod dates;
mod people;
mod plan;
mod requisitions;
mod sheet;
#[cfg(test)]
mod tests;

use offer::import::ImportKind;

pub(crate) use admin::{UPLOAD_BYTES_MAX, applied, kept, page};
pub(crate) use apply::{invite, run};
#[cfg(test)]
use apply::{look, run_as_shown};
#[cfg(test)]
use dates::holidays;
pub(crate) use dates::{moved_by_weeks, weeks_until_ahead};
#[cfg(test)]
use plan::{Known, KnownPerson, Plan, plan};
pub(crate) use sheet::{SourceFile, kind_of};

/// The columns of a kind of file.
fn columns_of(kind: ImportKind) -> &'static [&'static str] {
    match kind {
        ImportKind::People => people::COLUMNS,
        ImportKind::Clients => clients::COLUMNS,
        ImportKind::Bands => bands::COLUMNS,
        ImportKind::Requisitions => requisitions::COLUMNS,
    }
}
