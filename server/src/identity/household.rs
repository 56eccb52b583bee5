//! What identity asks of the desk.

use std::fmt;

use app::desk::Viewer;
use async_trait::async_trait;
use offer::{
    access::{Actor, Member},
    id::PersonId,
    ledger::AuthLevel,
    person::CredentialChange,
};

use crate::{
    fresh::NoRandomness,
    outbox::Part,
    store::{AppendError, Change, OutboxRow, StoreError},
    vault::{Place, VaultError},
};

/// The store or the keys are out of reach. The log says which.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Unreachable;

impl fmt::Display for Unreachable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("the store or the keys are out of reach")
    }
}

impl std::error::Error for Unreachable {}

macro_rules! unreachable_by {
    ($($error:ty),*) => { $(
        impl From<$error> for Unreachable {
            fn from(error: $error) -> Self {
                tracing::error!(%error, "out of reach");
                Self
            }
        }
    )* };
}

unreachable_by!(StoreError, AppendError, VaultError, NoRandomness);

/// Somebody of the firm or of a client, as of now.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Known {
    /// With the grants that hold now.
    pub(crate) member: Member,
    /// Name.
    pub(crate) name: String,
    /// Address.
    pub(crate) email: String,
    /// IANA zone.
    pub(crate) zone: String,
}

/// The firm as it shows itself.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct FirmFace {
    /// Its name.
    pub(crate) name: String,
    /// Where a candidate or a client gets help.
    pub(crate) help_email: String,
}

/// What identity asks of the desk: the people as they stand, the keys, and the post.
#[async_trait]
pub(crate) trait Household: Send + Sync {
    /// A person of the firm or of a client with the grants that hold now; nothing when there is none, or no longer.
    async fn known(&self, person: &PersonId, auth_level: AuthLevel) -> Result<Option<Known>, Unreachable>;
    /// Who has this address among the firm's own people, folded; nothing when nobody has, or no longer.
    async fn staff_at(&self, email_folded: &str) -> Result<Option<PersonId>, Unreachable>;
    /// Whether somebody is there who may invite others.
    async fn has_an_administrator(&self) -> Result<bool, Unreachable>;
    /// Records how somebody's ways of signing in changed, and writes `along` in the same transaction.
    async fn record(
        &self,
        person: &PersonId,
        change: CredentialChange,
        by: &Actor,
        along: Vec<Change>,
    ) -> Result<Result<(), AppendError>, Unreachable>;
    /// The firm as it shows itself.
    async fn face(&self) -> FirmFace;
    /// Takes in the first administrator, and writes `along` in the same transaction.
    async fn found(&self, person: &PersonId, name: &str, email: &str, along: Vec<Change>) -> Result<Result<(), AppendError>, Unreachable>;
    /// Records that a candidate opened the offer with a code.
    async fn viewed(&self, candidate: &Viewer);
    /// A mail from the firm, sealed for the outbox. `key` makes the same mail queued twice one.
    async fn mail(&self, key: String, subject: &str, to: &str, mail: MailWords) -> Result<OutboxRow, Unreachable>;
    /// Seals bytes under the firm's key.
    async fn seal(&self, place: &Place<'_>, clear: &[u8]) -> Result<Vec<u8>, Unreachable>;
    /// Opens what was sealed under the firm's key.
    async fn open(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, Unreachable>;
    /// An address of this site for a link in a mail; `path` begins with a slash.
    fn link(&self, path: &str) -> String;
}

/// A mail without its envelope: who sends it is the household's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct MailWords {
    /// The subject line.
    pub(crate) subject: String,
    /// The text.
    pub(crate) parts: Vec<Part>,
}
