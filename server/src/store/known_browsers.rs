//! Browsers in which somebody entered a code for their address, known by the hash of a secret that turns over.

use super::{
    Store, StoreError,
    cell::rows,
    query::{Step, Work, queries},
    trouble::{AppendError, Unique},
};

/// Found by id, which the browser carries beside its secret; a person's are listed and forgotten together through the second index.
pub(super) const TABLES: &str = r"
CREATE TABLE known_browser (
    firm TEXT NOT NULL,
    id TEXT NOT NULL,
    person TEXT NOT NULL,
    address TEXT NOT NULL,
    user_agent TEXT NOT NULL,
    secret_hash BLOB NOT NULL,
    former_hash BLOB,
    proved_at BIGINT NOT NULL,
    turned_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    PRIMARY KEY (firm, id)
);
CREATE INDEX known_browser_of_person ON known_browser (firm, person, proved_at);
CREATE INDEX known_browser_by_expiry ON known_browser (firm, expires_at);
";

rows! {
    /// A browser that is known for an address.
    pub(crate) struct KnownBrowserRow {
        /// Its id, which the browser carries.
        id: text,
        /// The person whose code was entered.
        person: text,
        /// The address to which the code went, folded.
        address: text,
        /// What the browser calls itself.
        user_agent: text,
        /// The hash of its secret.
        secret_hash: bytes,
        /// The hash of the secret before that one.
        former_hash: maybe_bytes,
        /// When the code was entered, microseconds UTC.
        proved_at: number,
        /// When the secret was turned over last, microseconds UTC.
        turned_at: number,
        /// Until when it is known, microseconds UTC.
        expires_at: number,
    }
}

queries! {
    PUT = "INSERT INTO known_browser (firm, id, person, address, user_agent, secret_hash, former_hash, proved_at, turned_at, expires_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    ONE = "SELECT id, person, address, user_agent, secret_hash, former_hash, proved_at, turned_at, expires_at FROM known_browser
        WHERE firm = $1 AND id = $2 AND expires_at > $3";
    OF_PERSON = "SELECT id, person, address, user_agent, secret_hash, former_hash, proved_at, turned_at, expires_at FROM known_browser
        WHERE firm = $1 AND person = $2 AND expires_at > $3 ORDER BY proved_at DESC, id";
    /// Of two forms that turn the same secret over, one does.
    TURN = "UPDATE known_browser SET former_hash = secret_hash, secret_hash = $4, turned_at = $5
        WHERE firm = $1 AND id = $2 AND secret_hash = $3";
    FORGET = "DELETE FROM known_browser WHERE firm = $1 AND person = $2 AND id = $3";
    FORGET_ALL = "DELETE FROM known_browser WHERE firm = $1 AND person = $2";
    SWEEP = "DELETE FROM known_browser WHERE firm = $1 AND expires_at <= $2";
}

pub(super) fn put(firm: &str, row: &KnownBrowserRow) -> Step {
    Step::one(PUT, row.cells(firm), AppendError::Duplicate(Unique::Id))
}

pub(super) fn turn(firm: &str, id: &str, was: &[u8], now: &[u8], at: i64) -> Step {
    Step::one(TURN, vec![firm.into(), id.into(), was.into(), now.into(), at.into()], AppendError::Moved)
}

pub(super) fn forget(firm: &str, person: &str, id: &str) -> Step {
    Step::new(FORGET, vec![firm.into(), person.into(), id.into()])
}

pub(super) fn forget_all(firm: &str, person: &str) -> Step {
    Step::new(FORGET_ALL, vec![firm.into(), person.into()])
}

impl Store {
    /// A browser that is still known at `now`.
    pub(crate) async fn known_browser(&self, firm: &str, id: &str, now: i64) -> Result<Option<KnownBrowserRow>, StoreError> {
        self.one(ONE, vec![firm.into(), id.into(), now.into()]).await
    }

    /// The browsers in which a person is still known at `now`, the latest first.
    pub(crate) async fn known_browsers_of(&self, firm: &str, person: &str, now: i64) -> Result<Vec<KnownBrowserRow>, StoreError> {
        self.all(OF_PERSON, vec![firm.into(), person.into(), now.into()]).await
    }

    /// Removes those whose time is over.
    pub(crate) async fn sweep_known_browsers(&self, firm: &str, now: i64) -> Result<(), AppendError> {
        self.write(Work::of(vec![Step::new(SWEEP, vec![firm.into(), now.into()])])).await.map(drop)
    }
}
