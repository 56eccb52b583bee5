//! Receipts of answered forms, and the log of who read what.

use super::{
    Store, StoreError,
    cell::{Cell, rows},
    query::{Step, Work, queries},
    trouble::{AppendError, Unique},
};

/// `receipt` remembers successes only; its key answers a form posted twice. `access_log` is written in batches and may lag a second.
pub(super) const TABLES: &str = r"
CREATE TABLE receipt (
    firm TEXT NOT NULL,
    actor TEXT NOT NULL,
    once TEXT NOT NULL,
    at BIGINT NOT NULL,
    asked BLOB NOT NULL,
    result TEXT NOT NULL,
    PRIMARY KEY (firm, actor, once)
);
CREATE INDEX receipt_by_age ON receipt (firm, at);
CREATE TABLE access_log (
    firm TEXT NOT NULL,
    id TEXT NOT NULL,
    at BIGINT NOT NULL,
    actor TEXT NOT NULL,
    action TEXT NOT NULL,
    subject TEXT NOT NULL,
    details TEXT NOT NULL,
    PRIMARY KEY (firm, id)
);
CREATE INDEX access_log_by_time ON access_log (firm, at, id);
CREATE INDEX access_log_of_subject ON access_log (firm, subject, at, id);
CREATE INDEX access_log_of_actor ON access_log (firm, actor, at, id);
";

rows! {
    /// The answer to a form that succeeded.
    pub(crate) struct ReceiptRow {
        /// Who posted it.
        actor: text,
        /// The hidden `once` of the form.
        once: text,
        /// When it succeeded, microseconds UTC.
        at: number,
        /// A hash of what was asked: the same `once` with another body is a fault of the caller.
        asked: bytes,
        /// What was answered, as JSON.
        result: text,
    }

    /// Somebody read something.
    pub(crate) struct AccessRow {
        /// An id.
        id: text,
        /// When, microseconds UTC.
        at: number,
        /// Who.
        actor: text,
        /// What they did.
        action: text,
        /// The stream or document.
        subject: text,
        /// Anything else, as JSON.
        details: text,
    }
}

/// Which lines of the access log.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct AccessQuestion {
    /// Only of this stream.
    pub(crate) subject: Option<String>,
    /// Only of this person.
    pub(crate) actor: Option<String>,
    /// Where the last page ended: instant and id of its last line.
    pub(crate) after: Option<(i64, String)>,
    /// Lines wanted.
    pub(crate) rows_max: i64,
}

queries! {
    PUT = "INSERT INTO receipt (firm, actor, once, at, asked, result) VALUES ($1, $2, $3, $4, $5, $6)";
    ONE = "SELECT actor, once, at, asked, result FROM receipt WHERE firm = $1 AND actor = $2 AND once = $3";
    SWEEP = "DELETE FROM receipt WHERE firm = $1 AND at <= $2";
    ACCESSED = "INSERT INTO access_log (firm, id, at, actor, action, subject, details) VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT DO NOTHING";
    ACCESSES = "SELECT id, at, actor, action, subject, details FROM access_log
        WHERE firm = $1 AND (at, id) < ($2, $3) ORDER BY at DESC, id DESC LIMIT $4";
    ACCESSES_OF_SUBJECT = "SELECT id, at, actor, action, subject, details FROM access_log
        WHERE firm = $1 AND (at, id) < ($2, $3) AND subject = $5 ORDER BY at DESC, id DESC LIMIT $4";
    ACCESSES_OF_ACTOR = "SELECT id, at, actor, action, subject, details FROM access_log
        WHERE firm = $1 AND (at, id) < ($2, $3) AND actor = $5 ORDER BY at DESC, id DESC LIMIT $4";
    ACCESSES_OF_BOTH = "SELECT id, at, actor, action, subject, details FROM access_log
        WHERE firm = $1 AND (at, id) < ($2, $3) AND subject = $5 AND actor = $6 ORDER BY at DESC, id DESC LIMIT $4";
    SWEEP_ACCESSES = "DELETE FROM access_log WHERE firm = $1 AND at < $2";
}

pub(super) fn put(firm: &str, row: &ReceiptRow) -> Step {
    Step::one(PUT, row.cells(firm), AppendError::Duplicate(Unique::Receipt))
}

impl Store {
    /// The receipt of a form that succeeded.
    pub(crate) async fn receipt(&self, firm: &str, actor: &str, once: &str) -> Result<Option<ReceiptRow>, StoreError> {
        self.one(ONE, vec![firm.into(), actor.into(), once.into()]).await
    }

    /// Forgets the receipts of forms answered by `before`.
    pub(crate) async fn sweep_receipts(&self, firm: &str, before: i64) -> Result<(), AppendError> {
        self.write(Work::of(vec![Step::new(SWEEP, vec![Cell::text(firm), before.into()])])).await.map(drop)
    }

    /// Writes a batch of the access log.
    pub(crate) async fn log_access(&self, firm: &str, rows: &[AccessRow]) -> Result<(), AppendError> {
        self.write(Work::of(rows.iter().map(|row| Step::new(ACCESSED, row.cells(firm))).collect())).await.map(drop)
    }

    /// Who looked at what, latest first.
    pub(crate) async fn accesses(&self, firm: &str, question: &AccessQuestion) -> Result<Vec<AccessRow>, StoreError> {
        let (at, id) = question.after.clone().unwrap_or((i64::MAX, String::new()));
        let mut cells = vec![Cell::text(firm), at.into(), Cell::text(&id), question.rows_max.into()];
        cells.extend(question.subject.iter().chain(&question.actor).map(|asked| Cell::text(asked)));
        let query = match (&question.subject, &question.actor) {
            (None, None) => ACCESSES,
            (Some(_), None) => ACCESSES_OF_SUBJECT,
            (None, Some(_)) => ACCESSES_OF_ACTOR,
            (Some(_), Some(_)) => ACCESSES_OF_BOTH,
        };
        self.all(query, cells).await
    }

    /// Forgets who looked before an instant.
    pub(crate) async fn sweep_accesses(&self, firm: &str, before: i64) -> Result<(), AppendError> {
        self.write(Work::of(vec![Step::new(SWEEP_ACCESSES, vec![Cell::text(firm), before.into()])])).await.map(drop)
    }
}
