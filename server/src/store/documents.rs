//! Documents: sealed bytes in the same transaction as their event, so there is no folder to get out of step.

use super::{
    Store, StoreError,
    cell::rows,
    query::{Step, queries},
    trouble::{AppendError, Unfit},
};

/// 10 MB of clear bytes; larger ones are refused before anything is written.
pub(crate) const DOCUMENT_BYTES_MAX: i64 = 10 * 1024 * 1024;

/// Found by digest only; who may read one is decided by its offer.
pub(super) const TABLES: &str = r"
CREATE TABLE document (
    firm TEXT NOT NULL,
    digest BLOB NOT NULL,
    media_type TEXT NOT NULL,
    person TEXT,
    bytes_count BIGINT NOT NULL,
    sealed BLOB NOT NULL,
    PRIMARY KEY (firm, digest)
);
CREATE INDEX document_of_person ON document (firm, person);
";

rows! {
    /// A document. The same bytes put twice are one row.
    pub(crate) struct DocumentRow {
        /// SHA-256 of the clear bytes.
        digest: bytes,
        /// `application/pdf`.
        media_type: text,
        /// Whose key seals it, if one person's does.
        person: maybe_text,
        /// The length of the clear bytes.
        bytes_count: number,
        /// The sealed bytes.
        sealed: bytes,
    }
}

queries! {
    PUT = "INSERT INTO document (firm, digest, media_type, person, bytes_count, sealed) VALUES ($1, $2, $3, $4, $5, $6)
        ON CONFLICT (firm, digest) DO NOTHING";
    ONE = "SELECT digest, media_type, person, bytes_count, sealed FROM document WHERE firm = $1 AND digest = $2";
    NEXT = "SELECT digest, media_type, person, bytes_count, sealed FROM document WHERE firm = $1 AND digest > $2 ORDER BY digest LIMIT 1";
    REMOVE = "DELETE FROM document WHERE firm = $1 AND digest = $2";
    COUNT = "SELECT COUNT(*) AS documents FROM document WHERE firm = $1";
}

pub(super) fn put(firm: &str, row: &DocumentRow) -> Result<Step, AppendError> {
    if row.bytes_count > DOCUMENT_BYTES_MAX {
        return Err(AppendError::Unfit(Unfit::DocumentTooLarge));
    }
    Ok(Step::new(PUT, row.cells(firm)))
}

pub(super) fn remove(firm: &str, digest: &[u8]) -> Step {
    Step::new(REMOVE, vec![firm.into(), digest.into()])
}

impl Store {
    /// A document by its digest.
    pub(crate) async fn document(&self, firm: &str, digest: &[u8]) -> Result<Option<DocumentRow>, StoreError> {
        self.one_large(ONE, vec![firm.into(), digest.into()]).await
    }

    /// The document after this digest, for walking them all (`&[]` first).
    pub(crate) async fn next_document(&self, firm: &str, after: &[u8]) -> Result<Option<DocumentRow>, StoreError> {
        self.one_large(NEXT, vec![firm.into(), after.into()]).await
    }

    /// How many documents a firm has.
    pub(crate) async fn documents_count(&self, firm: &str) -> Result<i64, StoreError> {
        match self.rows(COUNT, vec![firm.into()]).await?.first() {
            Some(row) => row.number("documents"),
            None => Ok(0),
        }
    }
}
