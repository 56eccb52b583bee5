//! Saved views: questions to the board that a person asks again, by name.

use super::{
    Store, StoreError,
    cell::rows,
    query::{Step, queries},
    trouble::{AppendError, Unique},
};

/// A few rows a person, listed in the order of their names. They are no projection: an archive carries them.
pub(super) const TABLES: &str = r"
CREATE TABLE saved_view (
    firm TEXT NOT NULL,
    person TEXT NOT NULL,
    name_folded TEXT NOT NULL,
    name TEXT NOT NULL,
    asks TEXT NOT NULL,
    at BIGINT NOT NULL,
    PRIMARY KEY (firm, person, name_folded)
);
";

rows! {
    /// A saved view.
    pub(crate) struct SavedViewRow {
        /// Whose.
        person: text,
        /// Its name as it is looked for.
        name_folded: text,
        /// Its name as it was typed.
        name: text,
        /// What it asks: the query of the board's address.
        asks: text,
        /// When it was saved, microseconds UTC.
        at: number,
    }
}

queries! {
    PUT = "INSERT INTO saved_view (firm, person, name_folded, name, asks, at) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (firm, person, name_folded) DO UPDATE SET name = excluded.name, asks = excluded.asks, at = excluded.at";
    REMOVE = "DELETE FROM saved_view WHERE firm = $1 AND person = $2 AND name_folded = $3";
    REMOVE_ALL = "DELETE FROM saved_view WHERE firm = $1 AND person = $2";
    OF_PERSON = "SELECT person, name_folded, name, asks, at FROM saved_view WHERE firm = $1 AND person = $2 ORDER BY name_folded";
}

pub(super) fn put(firm: &str, row: &SavedViewRow) -> Step {
    Step::one(PUT, row.cells(firm), AppendError::Duplicate(Unique::Id))
}

pub(super) fn remove(firm: &str, person: &str, name_folded: &str) -> Step {
    Step::new(REMOVE, vec![firm.into(), person.into(), name_folded.into()])
}

pub(super) fn remove_all(firm: &str, person: &str) -> Step {
    Step::new(REMOVE_ALL, vec![firm.into(), person.into()])
}

impl Store {
    /// The views that a person saved.
    pub(crate) async fn saved_views(&self, firm: &str, person: &str) -> Result<Vec<SavedViewRow>, StoreError> {
        self.all(OF_PERSON, vec![firm.into(), person.into()]).await
    }
}
