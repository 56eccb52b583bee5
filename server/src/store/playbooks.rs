//! The versions of the playbook.

use super::{
    Store, StoreError,
    cell::rows,
    query::{Step, queries},
    trouble::AppendError,
};

/// Immutable; the newest is the highest version.
pub(super) const TABLES: &str = r"
CREATE TABLE playbook_version (
    firm TEXT NOT NULL,
    version BIGINT NOT NULL,
    at BIGINT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (firm, version)
);
";

rows! {
    /// A published playbook.
    pub(crate) struct PlaybookRow {
        /// 1 for the first.
        version: number,
        /// When it was published, microseconds UTC.
        at: number,
        /// The whole document, as the desk writes it.
        body: text,
    }
}

queries! {
    PUT = "INSERT INTO playbook_version (firm, version, at, body) VALUES ($1, $2, $3, $4)";
    ONE = "SELECT version, at, body FROM playbook_version WHERE firm = $1 AND version = $2";
    NEWEST = "SELECT version, at, body FROM playbook_version WHERE firm = $1 ORDER BY version DESC LIMIT 1";
    VERSIONS = "SELECT version, at FROM playbook_version WHERE firm = $1 ORDER BY version";
    NEWEST_VERSION = "SELECT MAX(version) AS version FROM playbook_version WHERE firm = $1";
}

pub(super) fn put(firm: &str, row: &PlaybookRow) -> Step {
    Step::one(PUT, row.cells(firm), AppendError::Moved)
}

impl Store {
    /// A version of the playbook.
    pub(crate) async fn playbook(&self, firm: &str, version: i64) -> Result<Option<PlaybookRow>, StoreError> {
        self.one(ONE, vec![firm.into(), version.into()]).await
    }

    /// The newest version of the playbook.
    pub(crate) async fn newest_playbook(&self, firm: &str) -> Result<Option<PlaybookRow>, StoreError> {
        self.one(NEWEST, vec![firm.into()]).await
    }

    /// Every version with the instant of its publication, first one first.
    pub(crate) async fn playbook_versions(&self, firm: &str) -> Result<Vec<(i64, i64)>, StoreError> {
        let rows = self.rows(VERSIONS, vec![firm.into()]).await?;
        rows.iter().map(|row| Ok((row.number("version")?, row.number("at")?))).collect()
    }

    /// The number of the newest version; nothing before the first. Cheap: whoever keeps parsed playbooks asks this.
    pub(crate) async fn newest_playbook_version(&self, firm: &str) -> Result<Option<i64>, StoreError> {
        match self.by_key(NEWEST_VERSION, vec![firm.into()]).await?.first() {
            Some(row) => row.maybe_number("version"),
            None => Ok(None),
        }
    }
}
