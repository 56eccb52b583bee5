//! Who somebody is at an identity provider: its name for them, and never an address of mail.

use super::{
    Store, StoreError,
    cell::rows,
    query::{Step, queries},
    trouble::{AppendError, Unique},
};

/// Found by issuer and subject when somebody signs in; a person has one at each issuer, found through the second key.
pub(super) const TABLES: &str = r"
CREATE TABLE sso_link (
    firm TEXT NOT NULL,
    issuer TEXT NOT NULL,
    subject TEXT NOT NULL,
    person TEXT NOT NULL,
    linked_at BIGINT NOT NULL,
    PRIMARY KEY (firm, issuer, subject),
    UNIQUE (firm, issuer, person)
);
";

rows! {
    /// A subject of an identity provider that is a person of ours.
    pub(crate) struct SsoLinkRow {
        /// The provider.
        issuer: text,
        /// Its name for the person.
        subject: text,
        /// The person's id.
        person: text,
        /// Since when, microseconds UTC.
        linked_at: number,
    }
}

queries! {
    PUT = "INSERT INTO sso_link (firm, issuer, subject, person, linked_at) VALUES ($1, $2, $3, $4, $5)";
    OF_SUBJECT = "SELECT issuer, subject, person, linked_at FROM sso_link WHERE firm = $1 AND issuer = $2 AND subject = $3";
    OF_PERSON = "SELECT issuer, subject, person, linked_at FROM sso_link WHERE firm = $1 AND issuer = $2 AND person = $3";
    REMOVE = "DELETE FROM sso_link WHERE firm = $1 AND issuer = $2 AND person = $3";
    REMOVE_ALL = "DELETE FROM sso_link WHERE firm = $1 AND person = $2";
}

pub(super) fn put(firm: &str, row: &SsoLinkRow) -> Step {
    Step::one(PUT, row.cells(firm), AppendError::Duplicate(Unique::SsoLink))
}

pub(super) fn remove(firm: &str, issuer: &str, person: &str) -> Step {
    Step::new(REMOVE, vec![firm.into(), issuer.into(), person.into()])
}

pub(super) fn remove_all(firm: &str, person: &str) -> Step {
    Step::new(REMOVE_ALL, vec![firm.into(), person.into()])
}

impl Store {
    /// Whose a provider's subject is.
    pub(crate) async fn sso_link(&self, firm: &str, issuer: &str, subject: &str) -> Result<Option<SsoLinkRow>, StoreError> {
        self.one(OF_SUBJECT, vec![firm.into(), issuer.into(), subject.into()]).await
    }

    /// Who somebody is at a provider.
    pub(crate) async fn sso_link_of(&self, firm: &str, issuer: &str, person: &str) -> Result<Option<SsoLinkRow>, StoreError> {
        self.one(OF_PERSON, vec![firm.into(), issuer.into(), person.into()]).await
    }
}
