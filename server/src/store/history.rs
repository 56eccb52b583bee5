//! Streams and their events: the only truth; every other table follows from these and the documents.

use super::{
    Store, StoreError,
    append::Expectation,
    cell::{Cell, rows},
    query::{Step, queries},
    trouble::AppendError,
};

/// `event` is written once and never changed; the key is the order of the stream. `stream` holds where each one stands.
pub(super) const TABLES: &str = r"
CREATE TABLE event (
    firm TEXT NOT NULL,
    stream TEXT NOT NULL,
    stream_seq BIGINT NOT NULL,
    kind TEXT NOT NULL,
    type_name TEXT NOT NULL,
    at BIGINT NOT NULL,
    envelope TEXT NOT NULL,
    open TEXT NOT NULL,
    sealed BLOB,
    leaf BLOB NOT NULL,
    PRIMARY KEY (firm, stream, stream_seq)
);
CREATE TABLE stream (
    firm TEXT NOT NULL,
    stream TEXT NOT NULL,
    kind TEXT NOT NULL,
    version BIGINT NOT NULL,
    head BLOB NOT NULL,
    PRIMARY KEY (firm, stream)
);
CREATE INDEX stream_by_kind ON stream (firm, kind, stream);
";

rows! {
    /// An event as it lies in the store: hashed and sealed by the desk, opaque here.
    pub(crate) struct StoredEvent {
        /// The stream's id.
        stream: text,
        /// 1 for the first event of the stream.
        stream_seq: number,
        /// `offer`, `requisition`, `person` or `playbook`.
        kind: text,
        /// The event's type, for reading without opening.
        type_name: text,
        /// When it was recorded, microseconds UTC.
        at: number,
        /// The envelope as JSON, byte for byte what `leaf` was made of.
        envelope: text,
        /// The open part as JSON, byte for byte what the commitment was made of.
        open: text,
        /// The private part under its person's key, or nothing.
        sealed: maybe_bytes,
        /// The hash of the envelope.
        leaf: bytes,
    }

    /// Where a stream stands.
    pub(crate) struct StreamRow {
        /// The stream's id.
        stream: text,
        /// `offer`, `requisition`, `person` or `playbook`.
        kind: text,
        /// The number of its events; 0 before the first.
        version: number,
        /// The leaf of its last event.
        head: bytes,
    }
}

queries! {
    PUT = "INSERT INTO event (firm, stream, stream_seq, kind, type_name, at, envelope, open, sealed, leaf)
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
    /// A stream read at version 0 starts here; a row somebody else made first is kept unless it still stands at 0.
    START = "INSERT INTO stream (firm, stream, kind, version, head) VALUES ($1, $2, $3, $4, $5)
        ON CONFLICT (firm, stream) DO UPDATE SET kind = excluded.kind, version = excluded.version, head = excluded.head
        WHERE stream.version = 0";
    ADVANCE = "UPDATE stream SET version = $3, head = $4 WHERE firm = $1 AND stream = $2 AND version = $5";
    /// Holds a stream that was only read: the row is locked until the commit, so it cannot move under the decision.
    HOLD = "UPDATE stream SET version = version WHERE firm = $1 AND stream = $2 AND version = $3";
    LOAD = "SELECT stream, stream_seq, kind, type_name, at, envelope, open, sealed, leaf FROM event
        WHERE firm = $1 AND stream = $2 AND stream_seq > $3 ORDER BY stream_seq";
    STANDS = "SELECT stream, kind, version, head FROM stream WHERE firm = $1 AND stream = $2";
    OF_KIND = "SELECT stream, kind, version, head FROM stream WHERE firm = $1 AND kind = $2 AND version > 0 AND stream > $3 ORDER BY stream LIMIT $4";
    FIRMS = "SELECT DISTINCT firm FROM stream ORDER BY firm";
}

/// Checks or moves one stream, then adds its events.
pub(super) fn steps(firm: &str, expected: &Expectation, events: &[&StoredEvent]) -> Vec<Step> {
    let moved = AppendError::Moved;
    let key = [Cell::text(firm), Cell::text(&expected.stream)];
    let stream = match (events.last(), expected.version) {
        (Some(last), 0) => {
            let cells = [key.as_slice(), &[(&last.kind).into(), last.stream_seq.into(), Cell::bytes(&last.leaf)]].concat();
            Step::one(START, cells, moved)
        }
        (None, 0) => Step::one(START, [key.as_slice(), &["".into(), 0.into(), Cell::bytes(&[])]].concat(), moved),
        (Some(last), version) => {
            Step::one(ADVANCE, [key.as_slice(), &[last.stream_seq.into(), Cell::bytes(&last.leaf), version.into()]].concat(), moved)
        }
        (None, version) => Step::one(HOLD, [key.as_slice(), &[version.into()]].concat(), moved),
    };
    std::iter::once(stream).chain(events.iter().map(|event| Step::one(PUT, event.cells(firm), moved))).collect()
}

impl Store {
    /// The whole history of a stream, first event first; empty if there is none.
    pub(crate) async fn load(&self, firm: &str, stream: &str) -> Result<Vec<StoredEvent>, StoreError> {
        self.load_from(firm, stream, 0).await
    }

    /// The events after this sequence number.
    pub(crate) async fn load_from(&self, firm: &str, stream: &str, after: i64) -> Result<Vec<StoredEvent>, StoreError> {
        self.all(LOAD, vec![firm.into(), stream.into(), after.into()]).await
    }

    /// Where a stream stands, or nothing before its first event.
    pub(crate) async fn stream(&self, firm: &str, stream: &str) -> Result<Option<StreamRow>, StoreError> {
        let row: Option<StreamRow> = self.one(STANDS, vec![firm.into(), stream.into()]).await?;
        Ok(row.filter(|row| row.version > 0))
    }

    /// Streams of a kind in the order of their ids, after this one (`""` for the first page).
    pub(crate) async fn streams_of(&self, firm: &str, kind: &str, after: &str, rows_max: i64) -> Result<Vec<StreamRow>, StoreError> {
        self.all(OF_KIND, vec![firm.into(), kind.into(), after.into(), rows_max.into()]).await
    }

    /// Every firm that has a history.
    pub(crate) async fn firms(&self) -> Result<Vec<String>, StoreError> {
        self.rows(FIRMS, Vec::new()).await?.iter().map(|row| row.text("firm")).collect()
    }
}
