//! Sessions, known by the hash of their token only.

use super::{
    Store, StoreError,
    cell::rows,
    query::{Step, Work, queries},
    trouble::{AppendError, Unique},
};

/// Found by token hash; a person's are ended together through the second index.
pub(super) const TABLES: &str = r"
CREATE TABLE session (
    firm TEXT NOT NULL,
    token_hash BLOB NOT NULL,
    kind TEXT NOT NULL,
    subject TEXT NOT NULL,
    offer TEXT,
    auth_level TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    last_seen_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    details TEXT NOT NULL,
    PRIMARY KEY (firm, token_hash)
);
CREATE INDEX session_of_subject ON session (firm, subject);
CREATE INDEX session_by_expiry ON session (firm, expires_at);
";

rows! {
    /// A session.
    pub(crate) struct SessionRow {
        /// The hash of the cookie's token.
        token_hash: bytes,
        /// `person`, `candidate`, `client`, `approver`, as the desk names it.
        kind: text,
        /// The person's id.
        subject: text,
        /// The one offer it is for, if it came through an invitation.
        offer: maybe_text,
        /// How the subject proved who they are.
        auth_level: text,
        /// When it began, microseconds UTC.
        created_at: number,
        /// The last request, microseconds UTC; may lag.
        last_seen_at: number,
        /// The end, microseconds UTC.
        expires_at: number,
        /// Whatever else the desk keeps with it, as JSON.
        details: text,
    }
}

queries! {
    PUT = "INSERT INTO session (firm, token_hash, kind, subject, offer, auth_level, created_at, last_seen_at, expires_at, details)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    ONE = "SELECT token_hash, kind, subject, offer, auth_level, created_at, last_seen_at, expires_at, details FROM session
        WHERE firm = $1 AND token_hash = $2";
    OF_SUBJECT = "SELECT token_hash, kind, subject, offer, auth_level, created_at, last_seen_at, expires_at, details FROM session
        WHERE firm = $1 AND subject = $2 AND expires_at > $3 ORDER BY created_at";
    SEEN = "UPDATE session SET last_seen_at = $3 WHERE firm = $1 AND token_hash = $2 AND last_seen_at < $3";
    END = "DELETE FROM session WHERE firm = $1 AND token_hash = $2";
    END_OF_SUBJECT = "DELETE FROM session WHERE firm = $1 AND subject = $2";
    SWEEP = "DELETE FROM session WHERE firm = $1 AND expires_at <= $2";
}

pub(super) fn put(firm: &str, row: &SessionRow) -> Step {
    Step::one(PUT, row.cells(firm), AppendError::Duplicate(Unique::Id))
}

pub(super) fn end(firm: &str, token_hash: &[u8]) -> Step {
    Step::new(END, vec![firm.into(), token_hash.into()])
}

pub(super) fn end_of(firm: &str, subject: &str) -> Step {
    Step::new(END_OF_SUBJECT, vec![firm.into(), subject.into()])
}

impl Store {
    /// A session that has not ended by `now`.
    pub(crate) async fn session(&self, firm: &str, token_hash: &[u8], now: i64) -> Result<Option<SessionRow>, StoreError> {
        let row: Option<SessionRow> = self.one(ONE, vec![firm.into(), token_hash.into()]).await?;
        Ok(row.filter(|row| row.expires_at > now))
    }

    /// The sessions of a subject that have not ended by `now`.
    pub(crate) async fn sessions_of(&self, firm: &str, subject: &str, now: i64) -> Result<Vec<SessionRow>, StoreError> {
        self.all(OF_SUBJECT, vec![firm.into(), subject.into(), now.into()]).await
    }

    /// Notes a request; call it at most once a minute for a session.
    pub(crate) async fn session_seen(&self, firm: &str, token_hash: &[u8], now: i64) -> Result<(), AppendError> {
        self.write(Work::of(vec![Step::new(SEEN, vec![firm.into(), token_hash.into(), now.into()])])).await.map(drop)
    }

    /// Removes what has ended.
    pub(crate) async fn sweep_sessions(&self, firm: &str, now: i64) -> Result<(), AppendError> {
        self.write(Work::of(vec![Step::new(SWEEP, vec![firm.into(), now.into()])])).await.map(drop)
    }
}
