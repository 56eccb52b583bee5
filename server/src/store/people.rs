//! People: the projection of person streams, their keys and their credentials.

use super::{
    Store, StoreError,
    cell::{Cell, rows},
    query::{Step, queries},
    trouble::{AppendError, Unique},
};

/// `person` is found by id and by (kind, folded address); `person_key` is wrapped by the key of the installation, and stays as an empty row
/// after erasure. `credential` holds hashes only.
pub(super) const TABLES: &str = r"
CREATE TABLE person (
    firm TEXT NOT NULL,
    person TEXT NOT NULL,
    kind TEXT NOT NULL,
    email_folded TEXT,
    name_folded TEXT NOT NULL,
    state TEXT NOT NULL,
    version BIGINT NOT NULL,
    summary TEXT NOT NULL,
    PRIMARY KEY (firm, person),
    UNIQUE (firm, kind, email_folded)
);
CREATE INDEX person_by_name ON person (firm, kind, name_folded, person);
CREATE TABLE person_key (
    firm TEXT NOT NULL,
    person TEXT NOT NULL,
    wrapped BLOB,
    erased_at BIGINT,
    PRIMARY KEY (firm, person)
);
CREATE TABLE credential (
    firm TEXT NOT NULL,
    person TEXT NOT NULL,
    kind TEXT NOT NULL,
    hash TEXT NOT NULL,
    set_at BIGINT NOT NULL,
    failures BIGINT NOT NULL,
    locked_until BIGINT NOT NULL,
    PRIMARY KEY (firm, person, kind)
);
";

rows! {
    /// A person as the last event left them.
    pub(crate) struct PersonRow {
        /// The person's id, which is also the stream's.
        person: text,
        /// `staff`, `candidate`, `client_contact`, as the desk names it; an address is unique within its kind.
        kind: text,
        /// The address, folded by Rust; nothing while unknown or after erasure.
        email_folded: maybe_text,
        /// The name, folded by Rust, for ordering.
        name_folded: text,
        /// Invited, active, left, as the desk names it.
        state: text,
        /// The version of the stream this was made from.
        version: number,
        /// Everything else, as JSON.
        summary: text,
    }

    /// A person's key, wrapped; without `wrapped` it is erased and nothing brings it back.
    pub(crate) struct PersonKeyRow {
        /// The person's id.
        person: text,
        /// The key under the key of the installation.
        wrapped: maybe_bytes,
        /// When it was destroyed, microseconds UTC.
        erased_at: maybe_number,
    }

    /// A password's or another secret's hash.
    pub(crate) struct CredentialRow {
        /// The person's id.
        person: text,
        /// `password`, as the desk names it.
        kind: text,
        /// The PHC string.
        hash: text,
        /// When it was set, microseconds UTC.
        set_at: number,
        /// Wrong answers since the last right one.
        failures: number,
        /// Until when no answer counts, microseconds UTC; 0 for never locked.
        locked_until: number,
    }
}

queries! {
    PUT = "INSERT INTO person (firm, person, kind, email_folded, name_folded, state, version, summary) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (firm, person) DO UPDATE SET kind = excluded.kind, email_folded = excluded.email_folded, name_folded = excluded.name_folded,
        state = excluded.state, version = excluded.version, summary = excluded.summary";
    ONE = "SELECT person, kind, email_folded, name_folded, state, version, summary FROM person WHERE firm = $1 AND person = $2";
    BY_EMAIL = "SELECT person, kind, email_folded, name_folded, state, version, summary FROM person
        WHERE firm = $1 AND kind = $2 AND email_folded = $3";
    OF_KIND = "SELECT person, kind, email_folded, name_folded, state, version, summary FROM person
        WHERE firm = $1 AND kind = $2 ORDER BY name_folded, person";
    REMOVE = "DELETE FROM person WHERE firm = $1 AND person = $2";
    KEY = "SELECT person, wrapped, erased_at FROM person_key WHERE firm = $1 AND person = $2";
    KEYS = "SELECT person, wrapped, erased_at FROM person_key WHERE firm = $1 ORDER BY person";
    KEY_PUT = "INSERT INTO person_key (firm, person, wrapped, erased_at) VALUES ($1, $2, $3, $4) ON CONFLICT (firm, person) DO NOTHING";
    KEY_REWRAP = "UPDATE person_key SET wrapped = $3 WHERE firm = $1 AND person = $2 AND erased_at IS NULL";
    KEY_ERASE = "UPDATE person_key SET wrapped = NULL, erased_at = $3 WHERE firm = $1 AND person = $2 AND erased_at IS NULL";
    CREDENTIAL = "SELECT person, kind, hash, set_at, failures, locked_until FROM credential WHERE firm = $1 AND person = $2 AND kind = $3";
    CREDENTIALS_OF = "SELECT person, kind, hash, set_at, failures, locked_until FROM credential WHERE firm = $1 AND person = $2 ORDER BY kind";
    CREDENTIAL_PUT = "INSERT INTO credential (firm, person, kind, hash, set_at, failures, locked_until) VALUES ($1, $2, $3, $4, $5, $6, $7)
        ON CONFLICT (firm, person, kind) DO UPDATE SET hash = excluded.hash, set_at = excluded.set_at, failures = excluded.failures,
        locked_until = excluded.locked_until";
    CREDENTIAL_REMOVE = "DELETE FROM credential WHERE firm = $1 AND person = $2 AND kind = $3";
    CREDENTIAL_TRIED = "UPDATE credential SET failures = failures + 1, locked_until = $4 WHERE firm = $1 AND person = $2 AND kind = $3";
}

pub(super) fn put(firm: &str, row: &PersonRow) -> Step {
    Step::one(PUT, row.cells(firm), AppendError::Duplicate(Unique::PersonEmail))
}

pub(super) fn remove(firm: &str, person: &str) -> Step {
    Step::new(REMOVE, vec![firm.into(), person.into()])
}

/// A second key for a person would make the first one's events unreadable: whoever comes second reads again.
pub(super) fn put_key(firm: &str, person: &str, wrapped: &[u8]) -> Step {
    let cells = vec![firm.into(), person.into(), Cell::bytes(wrapped), Cell::Number(None)];
    Step::one(KEY_PUT, cells, AppendError::Moved)
}

pub(super) fn rewrap_key(firm: &str, person: &str, wrapped: &[u8]) -> Step {
    Step::one(KEY_REWRAP, vec![firm.into(), person.into(), Cell::bytes(wrapped)], AppendError::Moved)
}

pub(super) fn erase_key(firm: &str, person: &str, at: i64) -> Step {
    Step::one(KEY_ERASE, vec![firm.into(), person.into(), at.into()], AppendError::Moved)
}

pub(super) fn put_credential(firm: &str, row: &CredentialRow) -> Step {
    Step::new(CREDENTIAL_PUT, row.cells(firm))
}

pub(super) fn remove_credential(firm: &str, person: &str, kind: &str) -> Step {
    Step::new(CREDENTIAL_REMOVE, vec![firm.into(), person.into(), kind.into()])
}

/// Counts a wrong answer, whatever else is going on.
pub(super) fn fail_credential(firm: &str, person: &str, kind: &str, locked_until: i64) -> Step {
    Step::new(CREDENTIAL_TRIED, vec![firm.into(), person.into(), kind.into(), locked_until.into()])
}

impl Store {
    /// A person by id.
    pub(crate) async fn person(&self, firm: &str, person: &str) -> Result<Option<PersonRow>, StoreError> {
        self.one(ONE, vec![firm.into(), person.into()]).await
    }

    /// A person of a kind by folded address.
    pub(crate) async fn person_by_email(&self, firm: &str, kind: &str, email_folded: &str) -> Result<Option<PersonRow>, StoreError> {
        self.one(BY_EMAIL, vec![firm.into(), kind.into(), email_folded.into()]).await
    }

    /// Everybody of a kind, by name. For staff and contacts; candidates are found through their offers.
    pub(crate) async fn people(&self, firm: &str, kind: &str) -> Result<Vec<PersonRow>, StoreError> {
        self.all(OF_KIND, vec![firm.into(), kind.into()]).await
    }

    /// A person's wrapped key; nothing before their first event.
    pub(crate) async fn person_key(&self, firm: &str, person: &str) -> Result<Option<PersonKeyRow>, StoreError> {
        self.one(KEY, vec![firm.into(), person.into()]).await
    }

    /// All wrapped keys of a firm, for `keys backup`.
    pub(crate) async fn person_keys(&self, firm: &str) -> Result<Vec<PersonKeyRow>, StoreError> {
        self.all(KEYS, vec![firm.into()]).await
    }

    /// Everything that a person signs in with.
    pub(crate) async fn credentials_of(&self, firm: &str, person: &str) -> Result<Vec<CredentialRow>, StoreError> {
        self.all(CREDENTIALS_OF, vec![firm.into(), person.into()]).await
    }

    /// A person's credential of this kind.
    pub(crate) async fn credential(&self, firm: &str, person: &str, kind: &str) -> Result<Option<CredentialRow>, StoreError> {
        self.one(CREDENTIAL, vec![firm.into(), person.into(), kind.into()]).await
    }
}
