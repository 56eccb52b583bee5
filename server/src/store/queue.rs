//! What is to be done later: letters to hand over and instants to act at. Workers claim rows with a lease.

use super::{
    Store, StoreError,
    cell::{Cell, rows},
    query::{Step, queries},
    trouble::{AppendError, Unique},
};

/// A row may be claimed when it is waiting, due and not leased; the index is that order. `key` makes queueing the same thing twice one row.
pub(super) const TABLES: &str = r"
CREATE TABLE outbox (
    firm TEXT NOT NULL,
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    key TEXT NOT NULL,
    subject TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    state TEXT NOT NULL,
    last_fault TEXT NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (firm, id),
    UNIQUE (firm, key)
);
CREATE INDEX outbox_waiting ON outbox (firm, state, due_at);
CREATE INDEX outbox_of_subject ON outbox (firm, subject, due_at);
CREATE TABLE due (
    firm TEXT NOT NULL,
    id TEXT NOT NULL,
    stream TEXT NOT NULL,
    kind TEXT NOT NULL,
    due_at BIGINT NOT NULL,
    attempts BIGINT NOT NULL,
    lease_until BIGINT NOT NULL,
    state TEXT NOT NULL,
    details TEXT NOT NULL,
    PRIMARY KEY (firm, id)
);
CREATE INDEX due_waiting ON due (firm, state, due_at);
CREATE INDEX due_of_stream ON due (firm, stream, kind);
";

/// Waiting to be done, also while leased.
pub(crate) const WAITING: &str = "waiting";
/// Done; kept so that its key stays in use.
pub(crate) const DONE: &str = "done";
/// Given up: visible on the offer, never tried again by itself.
pub(crate) const FAILED: &str = "failed";

rows! {
    /// Something to hand over, queued in the transaction of its event.
    pub(crate) struct OutboxRow {
        /// Its id, which is also the mail's Message-ID.
        id: text,
        /// `mail`, later `webhook`.
        kind: text,
        /// Unique: the same thing queued twice is sent once.
        key: text,
        /// The stream it is about.
        subject: text,
        /// When to hand it over, microseconds UTC.
        due_at: number,
        /// Attempts so far, the claimed one included.
        attempts: number,
        /// Until when a worker holds it, microseconds UTC; 0 for nobody.
        lease_until: number,
        /// `waiting`, `done` or `failed`.
        state: text,
        /// The last fault, in the words of the other side; empty for none.
        last_fault: text,
        /// What to hand over, sealed by the desk.
        body: bytes,
    }

    /// An instant to act at: a reminder, an escalation, an expiry.
    pub(crate) struct DueRow {
        /// Its id; putting the same id again moves it.
        id: text,
        /// The stream it is about.
        stream: text,
        /// What is due, as the desk names it.
        kind: text,
        /// When, microseconds UTC.
        due_at: number,
        /// Attempts so far, the claimed one included.
        attempts: number,
        /// Until when a worker holds it, microseconds UTC; 0 for nobody.
        lease_until: number,
        /// `waiting`, `done` or `failed`.
        state: text,
        /// Whatever the desk needs to act: the step whose clock it is.
        details: text,
    }
}

/// The clock of a claim.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Claim {
    /// Now, microseconds UTC.
    pub(crate) now: i64,
    /// Until when the claimed rows are ours, microseconds UTC.
    pub(crate) lease_until: i64,
    /// Rows at once.
    pub(crate) rows_max: i64,
}

queries! {
    OUTBOX_PUT = "INSERT INTO outbox (firm, id, kind, key, subject, due_at, attempts, lease_until, state, last_fault, body)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT DO NOTHING";
    OUTBOX_CLAIM = "UPDATE outbox SET lease_until = $3, attempts = attempts + 1
        WHERE firm = $1 AND state = 'waiting' AND due_at <= $2 AND lease_until <= $2
        AND id IN (SELECT o.id FROM outbox o WHERE o.firm = $1 AND o.state = 'waiting' AND o.due_at <= $2 AND o.lease_until <= $2 ORDER BY o.due_at, o.id LIMIT $4)
        RETURNING id, kind, key, subject, due_at, attempts, lease_until, state, last_fault, body";
    /// Only the attempt that was claimed may be settled: a worker whose lease ran out changes nothing.
    OUTBOX_SETTLE = "UPDATE outbox SET state = $4, last_fault = $5, lease_until = 0 WHERE firm = $1 AND id = $2 AND attempts = $3 AND state = 'waiting'";
    OUTBOX_LATER = "UPDATE outbox SET due_at = $4, last_fault = $5, lease_until = 0 WHERE firm = $1 AND id = $2 AND attempts = $3 AND state = 'waiting'";
    OUTBOX_AGAIN = "UPDATE outbox SET state = 'waiting', due_at = $3, lease_until = 0, attempts = 0 WHERE firm = $1 AND id = $2 AND state = 'failed'";
    OUTBOX_CANCEL = "DELETE FROM outbox WHERE firm = $1 AND key = $2 AND state = 'waiting'";
    OUTBOX_ONE = "SELECT id, kind, key, subject, due_at, attempts, lease_until, state, last_fault, body FROM outbox WHERE firm = $1 AND id = $2";
    OUTBOX_OF_SUBJECT = "SELECT id, kind, key, subject, due_at, attempts, lease_until, state, last_fault, body FROM outbox
        WHERE firm = $1 AND subject = $2 ORDER BY due_at, id";
    /// By `outbox_waiting`, backwards.
    OUTBOX_LATEST = "SELECT id, kind, key, subject, due_at, attempts, lease_until, state, last_fault, body FROM outbox
        WHERE firm = $1 AND state = $2 AND due_at <= $3 AND (due_at < $3 OR id < $4) ORDER BY due_at DESC, id DESC LIMIT $5";
    OUTBOX_IN_STATE = "SELECT COUNT(*) AS counted FROM outbox WHERE firm = $1 AND state = $2";
    DUE_PUT = "INSERT INTO due (firm, id, stream, kind, due_at, attempts, lease_until, state, details) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
        ON CONFLICT (firm, id) DO UPDATE SET stream = excluded.stream, kind = excluded.kind, due_at = excluded.due_at, attempts = excluded.attempts,
        lease_until = excluded.lease_until, state = excluded.state, details = excluded.details";
    DUE_CANCEL = "DELETE FROM due WHERE firm = $1 AND id = $2";
    DUE_CANCEL_OF_STREAM = "DELETE FROM due WHERE firm = $1 AND stream = $2";
    DUE_CLAIM = "UPDATE due SET lease_until = $3, attempts = attempts + 1
        WHERE firm = $1 AND state = 'waiting' AND due_at <= $2 AND lease_until <= $2
        AND id IN (SELECT d.id FROM due d WHERE d.firm = $1 AND d.state = 'waiting' AND d.due_at <= $2 AND d.lease_until <= $2 ORDER BY d.due_at, d.id LIMIT $4)
        RETURNING id, stream, kind, due_at, attempts, lease_until, state, details";
    DUE_SETTLE = "UPDATE due SET state = $4, lease_until = 0 WHERE firm = $1 AND id = $2 AND attempts = $3 AND state = 'waiting'";
    /// By `due_waiting`.
    DUE_NEXT = "SELECT due_at FROM due WHERE firm = $1 AND state = 'waiting' AND due_at <= $2 ORDER BY due_at LIMIT 1";
    DUE_OF_STREAM = "SELECT id, stream, kind, due_at, attempts, lease_until, state, details FROM due WHERE firm = $1 AND stream = $2 ORDER BY due_at, id";
}

impl OutboxRow {
    /// Something new to hand over.
    pub(crate) fn waiting(id: String, kind: &str, key: String, subject: String, due_at: i64, body: Vec<u8>) -> OutboxRow {
        let (kind, state) = (kind.to_owned(), WAITING.to_owned());
        OutboxRow { id, kind, key, subject, due_at, attempts: 0, lease_until: 0, state, last_fault: String::new(), body }
    }
}

impl DueRow {
    /// A new instant to act at.
    pub(crate) fn waiting(id: String, stream: String, kind: &str, due_at: i64, details: String) -> DueRow {
        let (kind, state) = (kind.to_owned(), WAITING.to_owned());
        DueRow { id, stream, kind, due_at, attempts: 0, lease_until: 0, state, details }
    }
}

pub(super) fn put_outbox(firm: &str, row: &OutboxRow) -> Step {
    Step::new(OUTBOX_PUT, row.cells(firm))
}

/// Marks the attempt that was claimed; whoever lost the lease must not record an outcome.
pub(super) fn settle_outbox(firm: &str, id: &str, attempt: i64, state: &str, fault: &str) -> Step {
    let cells = vec![firm.into(), id.into(), attempt.into(), state.into(), fault.into()];
    Step::one(OUTBOX_SETTLE, cells, AppendError::Moved)
}

pub(super) fn outbox_later(firm: &str, id: &str, attempt: i64, due_at: i64, fault: &str) -> Step {
    let cells = vec![firm.into(), id.into(), attempt.into(), due_at.into(), fault.into()];
    Step::one(OUTBOX_LATER, cells, AppendError::Moved)
}

pub(super) fn outbox_again(firm: &str, id: &str, due_at: i64) -> Step {
    Step::one(OUTBOX_AGAIN, vec![firm.into(), id.into(), due_at.into()], AppendError::Moved)
}

pub(super) fn cancel_outbox(firm: &str, key: &str) -> Step {
    Step::new(OUTBOX_CANCEL, vec![firm.into(), key.into()])
}

pub(super) fn put_due(firm: &str, row: &DueRow) -> Step {
    Step::one(DUE_PUT, row.cells(firm), AppendError::Duplicate(Unique::Id))
}

pub(super) fn cancel_due(firm: &str, id: &str) -> Step {
    Step::new(DUE_CANCEL, vec![firm.into(), id.into()])
}

pub(super) fn cancel_due_of(firm: &str, stream: &str) -> Step {
    Step::new(DUE_CANCEL_OF_STREAM, vec![firm.into(), stream.into()])
}

pub(super) fn settle_due(firm: &str, id: &str, attempt: i64, state: &str) -> Step {
    Step::one(DUE_SETTLE, vec![firm.into(), id.into(), attempt.into(), state.into()], AppendError::Moved)
}

impl Claim {
    fn cells(self, firm: &str) -> Vec<Cell> {
        vec![firm.into(), self.now.into(), self.lease_until.into(), self.rows_max.into()]
    }
}

impl Store {
    /// Takes what is due from the outbox; each row is ours until the lease ends.
    pub(crate) async fn claim_outbox(&self, firm: &str, claim: Claim) -> Result<Vec<OutboxRow>, AppendError> {
        let mut rows: Vec<OutboxRow> = self.claim(OUTBOX_CLAIM, claim.cells(firm)).await?;
        rows.sort_by(|one, other| (one.due_at, &one.id).cmp(&(other.due_at, &other.id)));
        Ok(rows)
    }

    /// Takes what is due by the clock; each row is ours until the lease ends.
    pub(crate) async fn claim_due(&self, firm: &str, claim: Claim) -> Result<Vec<DueRow>, AppendError> {
        let mut rows: Vec<DueRow> = self.claim(DUE_CLAIM, claim.cells(firm)).await?;
        rows.sort_by(|one, other| (one.due_at, &one.id).cmp(&(other.due_at, &other.id)));
        Ok(rows)
    }

    /// One row of the outbox.
    pub(crate) async fn outbox_row(&self, firm: &str, id: &str) -> Result<Option<OutboxRow>, StoreError> {
        self.one(OUTBOX_ONE, vec![firm.into(), id.into()]).await
    }

    /// Everything handed over or waiting for a stream; a failure is visible here.
    pub(crate) async fn outbox_of(&self, firm: &str, subject: &str) -> Result<Vec<OutboxRow>, StoreError> {
        self.all(OUTBOX_OF_SUBJECT, vec![firm.into(), subject.into()]).await
    }

    /// The latest rows in a state, before an instant and the id that was read last at it.
    pub(crate) async fn outbox_latest(
        &self,
        firm: &str,
        state: &str,
        before: Option<&(i64, String)>,
        rows_max: usize,
    ) -> Result<Vec<OutboxRow>, StoreError> {
        let (at, id) = before.map_or((i64::MAX, ""), |(at, id)| (*at, id.as_str()));
        let rows_max = i64::try_from(rows_max).unwrap_or(i64::MAX);
        self.all(OUTBOX_LATEST, vec![firm.into(), state.into(), at.into(), id.into(), rows_max.into()]).await
    }

    /// How many rows of the outbox are in a state, for the doctor.
    pub(crate) async fn outbox_count(&self, firm: &str, state: &str) -> Result<i64, StoreError> {
        match self.rows(OUTBOX_IN_STATE, vec![firm.into(), state.into()]).await?.first() {
            Some(row) => row.number("counted"),
            None => Ok(0),
        }
    }

    /// The earliest instant that waits, up to another; microseconds UTC.
    pub(crate) async fn next_due(&self, firm: &str, until: i64) -> Result<Option<i64>, StoreError> {
        self.rows(DUE_NEXT, vec![firm.into(), until.into()]).await?.first().map(|row| row.number("due_at")).transpose()
    }

    /// The instants that wait for a stream.
    pub(crate) async fn due_of(&self, firm: &str, stream: &str) -> Result<Vec<DueRow>, StoreError> {
        self.all(DUE_OF_STREAM, vec![firm.into(), stream.into()]).await
    }
}
