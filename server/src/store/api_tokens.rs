//! Tokens of programs, known by the hash of their secret only.

use super::{
    Store, StoreError,
    cell::rows,
    query::{Step, Work, queries},
    trouble::{AppendError, Unique},
};

/// Found by the hash of the secret, which is unique; a program's are listed and ended together through the index.
pub(super) const TABLES: &str = r"
CREATE TABLE api_token (
    firm TEXT NOT NULL,
    token TEXT NOT NULL,
    person TEXT NOT NULL,
    secret_hash BLOB NOT NULL,
    name TEXT NOT NULL,
    reads TEXT NOT NULL,
    made_by TEXT NOT NULL,
    made_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    PRIMARY KEY (firm, token),
    UNIQUE (firm, secret_hash)
);
CREATE INDEX api_token_of_person ON api_token (firm, person);
CREATE INDEX api_token_by_expiry ON api_token (firm, expires_at);
";

rows! {
    /// A token of a program.
    pub(crate) struct ApiTokenRow {
        /// Its id.
        token: text,
        /// The program.
        person: text,
        /// The hash of its secret.
        secret_hash: bytes,
        /// What it is called.
        name: text,
        /// How much it reads.
        reads: text,
        /// Who made it.
        made_by: text,
        /// When, microseconds UTC.
        made_at: number,
        /// The end, microseconds UTC.
        expires_at: number,
        /// The last request, microseconds UTC; may lag a minute.
        used_at: maybe_number,
    }
}

queries! {
    PUT = "INSERT INTO api_token (firm, token, person, secret_hash, name, reads, made_by, made_at, expires_at, used_at)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    ONE = "SELECT token, person, secret_hash, name, reads, made_by, made_at, expires_at, used_at FROM api_token
        WHERE firm = $1 AND secret_hash = $2 AND expires_at > $3";
    OF_PERSON = "SELECT token, person, secret_hash, name, reads, made_by, made_at, expires_at, used_at FROM api_token
        WHERE firm = $1 AND person = $2 ORDER BY made_at DESC, token";
    USED = "UPDATE api_token SET used_at = $3 WHERE firm = $1 AND token = $2 AND (used_at IS NULL OR used_at < $3)";
    REVOKE = "DELETE FROM api_token WHERE firm = $1 AND person = $2 AND token = $3";
    REVOKE_OF_PERSON = "DELETE FROM api_token WHERE firm = $1 AND person = $2";
    SWEEP = "DELETE FROM api_token WHERE firm = $1 AND expires_at <= $2";
}

pub(super) fn put(firm: &str, row: &ApiTokenRow) -> Step {
    Step::one(PUT, row.cells(firm), AppendError::Duplicate(Unique::Id))
}

pub(super) fn revoke(firm: &str, person: &str, token: &str) -> Step {
    Step::one(REVOKE, vec![firm.into(), person.into(), token.into()], AppendError::Moved)
}

pub(super) fn revoke_of(firm: &str, person: &str) -> Step {
    Step::new(REVOKE_OF_PERSON, vec![firm.into(), person.into()])
}

impl Store {
    /// A token by its secret that has not ended by `now`.
    pub(crate) async fn api_token(&self, firm: &str, secret_hash: &[u8], now: i64) -> Result<Option<ApiTokenRow>, StoreError> {
        self.one(ONE, vec![firm.into(), secret_hash.into(), now.into()]).await
    }

    /// The tokens of a program, the latest first, with those that ended lately.
    pub(crate) async fn api_tokens_of(&self, firm: &str, person: &str) -> Result<Vec<ApiTokenRow>, StoreError> {
        self.all(OF_PERSON, vec![firm.into(), person.into()]).await
    }

    /// Notes a request; call it at most once a minute for a token.
    pub(crate) async fn api_token_used(&self, firm: &str, token: &str, now: i64) -> Result<(), AppendError> {
        self.write(Work::of(vec![Step::new(USED, vec![firm.into(), token.into(), now.into()])])).await.map(drop)
    }

    /// Removes what had ended by then.
    pub(crate) async fn sweep_api_tokens(&self, firm: &str, then: i64) -> Result<(), AppendError> {
        self.write(Work::of(vec![Step::new(SWEEP, vec![firm.into(), then.into()])])).await.map(drop)
    }
}
