//! How long things took, one row each, so that what is to come is told from the last few and never from every offer.

use super::{
    Store, StoreError,
    cell::rows,
    query::{Step, queries},
};

/// `what` is a step or the letter, as the desk names it. The key begins with it and then goes by time: the last few are one seek.
pub(super) const TABLES: &str = r"
CREATE TABLE pace (
    firm TEXT NOT NULL,
    what TEXT NOT NULL,
    at BIGINT NOT NULL,
    offer TEXT NOT NULL,
    seq BIGINT NOT NULL,
    seconds BIGINT NOT NULL,
    PRIMARY KEY (firm, what, at, offer, seq)
);
";

rows! {
    /// How long something took once.
    pub(crate) struct PaceRow {
        /// What took it.
        what: text,
        /// When it ended, microseconds UTC.
        at: number,
        /// The offer's id.
        offer: text,
        /// The place in its stream of the event that ended it.
        seq: number,
        /// How long.
        seconds: number,
    }
}

queries! {
    PUT = "INSERT INTO pace (firm, what, at, offer, seq, seconds) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (firm, what, at, offer, seq) DO NOTHING";
    LATEST = "SELECT what, at, offer, seq, seconds FROM pace WHERE firm = $1 AND what = $2
        ORDER BY at DESC, offer DESC, seq DESC LIMIT $3";
}

pub(super) fn put(firm: &str, row: &PaceRow) -> Step {
    Step::new(PUT, row.cells(firm))
}

impl Store {
    /// The last times that something took, the latest first.
    pub(crate) async fn latest_pace(&self, firm: &str, what: &str, rows_max: i64) -> Result<Vec<PaceRow>, StoreError> {
        self.all(LATEST, vec![firm.into(), what.into(), rows_max.into()]).await
    }
}
