//! What is typed and not yet decided: drafts, kept forms and attempts to submit.

use super::{
    Store, StoreError,
    cell::{Cell, rows},
    query::{Step, Work, queries},
    trouble::{AppendError, Unique},
};

/// `draft` is one sealed row a draft. `kept_form` holds a refused form for an hour, for browsers without script. `submission_try` is outside the
/// history, so that completeness at submission can be measured.
pub(super) const TABLES: &str = r"
CREATE TABLE draft (
    firm TEXT NOT NULL,
    offer TEXT NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (firm, offer)
);
CREATE TABLE kept_form (
    firm TEXT NOT NULL,
    id_hash BLOB NOT NULL,
    browser_hash BLOB NOT NULL,
    sealed BLOB NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (firm, id_hash)
);
CREATE INDEX kept_form_by_expiry ON kept_form (firm, expires_at);
CREATE TABLE submission_try (
    firm TEXT NOT NULL,
    id TEXT NOT NULL,
    offer TEXT NOT NULL,
    actor TEXT NOT NULL,
    at BIGINT NOT NULL,
    outcome TEXT NOT NULL,
    details TEXT NOT NULL,
    PRIMARY KEY (firm, id)
);
CREATE INDEX submission_try_of_offer ON submission_try (firm, offer, at);
";

rows! {
    /// The entries of a draft, sealed.
    pub(crate) struct DraftRow {
        /// The offer's id.
        offer: text,
        /// Counts every save; 0 before the first.
        version: number,
        /// When it was saved, microseconds UTC.
        at: number,
        /// The entries under the candidate's key or the installation's.
        sealed: bytes,
    }

    /// A refused form, kept for the page that shows it again.
    pub(crate) struct KeptFormRow {
        /// The hash of the id in the address.
        id_hash: bytes,
        /// The hash of the browser's cookie: nobody else reads it.
        browser_hash: bytes,
        /// Fields and problems, sealed.
        sealed: bytes,
        /// Until when it may be read, microseconds UTC.
        expires_at: number,
    }

    /// A submit that was refused or incomplete.
    pub(crate) struct SubmissionTryRow {
        /// An id.
        id: text,
        /// The offer's id.
        offer: text,
        /// Who tried.
        actor: text,
        /// When, microseconds UTC.
        at: number,
        /// `incomplete`, `refused`, as the desk names it.
        outcome: text,
        /// Field keys and codes as JSON; never values.
        details: text,
    }
}

queries! {
    DRAFT = "SELECT offer, version, at, sealed FROM draft WHERE firm = $1 AND offer = $2";
    DRAFT_START = "INSERT INTO draft (firm, offer, version, at, sealed) VALUES ($1, $2, $3, $4, $5) ON CONFLICT (firm, offer) DO NOTHING";
    DRAFT_SET = "UPDATE draft SET version = $3, at = $4, sealed = $5 WHERE firm = $1 AND offer = $2 AND version = $3 - 1";
    DRAFT_REMOVE = "DELETE FROM draft WHERE firm = $1 AND offer = $2";
    KEEP = "INSERT INTO kept_form (firm, id_hash, browser_hash, sealed, expires_at) VALUES ($1, $2, $3, $4, $5)";
    KEPT = "SELECT id_hash, browser_hash, sealed, expires_at FROM kept_form WHERE firm = $1 AND id_hash = $2 AND browser_hash = $3 AND expires_at > $4";
    KEPT_LET_GO = "DELETE FROM kept_form WHERE firm = $1 AND id_hash = $2";
    KEPT_REMOVE = "DELETE FROM kept_form WHERE firm = $1 AND expires_at <= $2";
    TRIED = "INSERT INTO submission_try (firm, id, offer, actor, at, outcome, details) VALUES ($1, $2, $3, $4, $5, $6, $7)";
    TRIES = "SELECT id, offer, actor, at, outcome, details FROM submission_try WHERE firm = $1 AND offer = $2 ORDER BY at, id";
}

pub(super) fn put(firm: &str, read: i64, row: &DraftRow) -> Step {
    let next = DraftRow { version: read.saturating_add(1), ..row.clone() };
    Step::one(if read == 0 { DRAFT_START } else { DRAFT_SET }, next.cells(firm), AppendError::Moved)
}

pub(super) fn remove(firm: &str, offer: &str) -> Step {
    Step::new(DRAFT_REMOVE, vec![firm.into(), offer.into()])
}

pub(super) fn keep(firm: &str, row: &KeptFormRow) -> Step {
    Step::one(KEEP, row.cells(firm), AppendError::Duplicate(Unique::Id))
}

pub(super) fn tried(firm: &str, row: &SubmissionTryRow) -> Step {
    Step::one(TRIED, row.cells(firm), AppendError::Duplicate(Unique::Id))
}

pub(super) fn let_go(firm: &str, id_hash: &[u8]) -> Step {
    Step::new(KEPT_LET_GO, vec![firm.into(), id_hash.into()])
}

impl Store {
    /// The draft of an offer.
    pub(crate) async fn draft(&self, firm: &str, offer: &str) -> Result<Option<DraftRow>, StoreError> {
        self.one(DRAFT, vec![firm.into(), offer.into()]).await
    }

    /// A kept form, if this browser kept it and its hour is not over.
    pub(crate) async fn kept_form(
        &self,
        firm: &str,
        id_hash: &[u8],
        browser_hash: &[u8],
        now: i64,
    ) -> Result<Option<KeptFormRow>, StoreError> {
        self.one(KEPT, vec![firm.into(), id_hash.into(), browser_hash.into(), now.into()]).await
    }

    /// Removes the kept forms whose hour is over.
    pub(crate) async fn sweep_kept_forms(&self, firm: &str, now: i64) -> Result<(), AppendError> {
        self.write(Work::of(vec![Step::new(KEPT_REMOVE, vec![Cell::text(firm), now.into()])])).await.map(drop)
    }

    /// The attempts to submit an offer, first one first.
    pub(crate) async fn submission_tries(&self, firm: &str, offer: &str) -> Result<Vec<SubmissionTryRow>, StoreError> {
        self.all(TRIES, vec![firm.into(), offer.into()]).await
    }
}
