//! An archive that either engine writes and reads: events, documents, and the few rows that no event can bring back.
//!
//! JSON lines; the sealed bytes of a document follow its line. The last line is the SHA-256 of everything before it, and nothing is written to a
//! store before the whole archive was checked. No projections (the desk rebuilds them) and no keys (they go with `keys backup`, so a restore
//! brings nobody back who was erased).

use std::{
    fs::File,
    io::{BufRead, BufReader, BufWriter, Read, Write},
    path::Path,
};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use sqlx::{Postgres, Sqlite as SqliteEngine, Transaction};
use tokio::task::JoinSet;

use super::{
    Append, AppendError, Cell, Change, CredentialRow, DocumentRow, Engine, Row, SavedViewRow, Store, StoreError, StoredEvent,
    SubmissionTryRow,
    cell::{Stored, bound_for_postgres, bound_for_sqlite},
    query::{Query, queries},
};

const FORMAT: &str = "countersign archive 1";
/// Events read at once, and appends under way at once: the writer groups as many into a commit.
const AT_ONCE: i64 = 1_000;
const APPENDS_AT_ONCE: usize = 64;

/// How much an archive holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Contents {
    /// Events of all streams.
    pub(crate) events: u64,
    /// Documents.
    pub(crate) documents: u64,
    /// Credentials, attempts to submit and saved views.
    pub(crate) rows: u64,
}

/// A line of the archive.
#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Line {
    Archive(String),
    Event(EventLine),
    Document(DocumentLine),
    Credential(CredentialLine),
    SubmissionTry(SubmissionTryLine),
    SavedView(SavedViewLine),
    End(Contents),
    Sha256(String),
}

macro_rules! wire {
    (number) => { i64 };
    (text) => { String };
    (bytes) => { String };
    (maybe_bytes) => { Option<String> };
    (maybe_text) => { Option<String> };
    (length) => { u64 };
}
macro_rules! to_wire {
    (bytes, $value:expr) => {
        STANDARD.encode($value)
    };
    (maybe_bytes, $value:expr) => {
        $value.map(|bytes| STANDARD.encode(bytes))
    };
    (length, $value:expr) => {
        u64::try_from($value.len()).unwrap_or(u64::MAX)
    };
    ($kind:ident, $value:expr) => {
        $value
    };
}
macro_rules! from_wire {
    (bytes, $value:expr) => {
        decoded(&$value)?
    };
    (maybe_bytes, $value:expr) => {
        $value.as_deref().map(decoded).transpose()?
    };
    (length, $value:expr) => {
        Vec::new()
    }; // they follow the line
    ($kind:ident, $value:expr) => {
        $value
    };
}

/// Declares the line of a row; bytes travel as base64.
macro_rules! lines {
    ($( $line:ident of $row:ident { $( $field:ident: $kind:ident, )* } )*) => { $(
        #[derive(Debug, Serialize, Deserialize)]
        struct $line { firm: String, $( $field: wire!($kind), )* }

        impl $line {
            fn of(firm: &str, row: $row) -> $line {
                $line { firm: firm.to_owned(), $( $field: to_wire!($kind, row.$field), )* }
            }

            fn row(self) -> Result<(String, $row), StoreError> {
                Ok((self.firm, $row { $( $field: from_wire!($kind, self.$field), )* }))
            }
        }
    )* };
}
lines! {
    EventLine of StoredEvent {
        stream: text, stream_seq: number, kind: text, type_name: text, at: number, envelope: text, open: text, sealed: maybe_bytes, leaf: bytes,
    }
    DocumentLine of DocumentRow { digest: bytes, media_type: text, person: maybe_text, bytes_count: number, sealed: length, }
    CredentialLine of CredentialRow { person: text, kind: text, hash: text, set_at: number, failures: number, locked_until: number, }
    SubmissionTryLine of SubmissionTryRow { id: text, offer: text, actor: text, at: number, outcome: text, details: text, }
    SavedViewLine of SavedViewRow { person: text, name_folded: text, name: text, asks: text, at: number, }
}

fn decoded(text: &str) -> Result<Vec<u8>, StoreError> {
    STANDARD.decode(text).map_err(|_| StoreError::Damaged("a value of the archive is not base64"))
}

queries! {
    FIRMS = "SELECT DISTINCT firm FROM stream ORDER BY firm";
    EVENTS = "SELECT stream, stream_seq, kind, type_name, at, envelope, open, sealed, leaf FROM event
        WHERE firm = $1 AND stream >= $2 AND (stream > $2 OR stream_seq > $3) ORDER BY stream, stream_seq LIMIT $4";
    DOCUMENT = "SELECT digest, media_type, person, bytes_count, sealed FROM document WHERE firm = $1 AND digest > $2 ORDER BY digest LIMIT 1";
    CREDENTIALS = "SELECT person, kind, hash, set_at, failures, locked_until FROM credential WHERE firm = $1 ORDER BY person, kind";
    TRIES = "SELECT id, offer, actor, at, outcome, details FROM submission_try WHERE firm = $1 ORDER BY id";
    VIEWS = "SELECT person, name_folded, name, asks, at FROM saved_view WHERE firm = $1 ORDER BY person, name_folded";
}

/// Everything as it was at one instant, while others go on writing.
enum Snapshot {
    Sqlite(Transaction<'static, SqliteEngine>),
    Postgres(Transaction<'static, Postgres>),
}

impl Snapshot {
    async fn of(store: &Store) -> Result<Snapshot, StoreError> {
        Ok(match store.engine() {
            Engine::Sqlite(sqlite) => Snapshot::Sqlite(sqlite.readers.begin().await?),
            Engine::Postgres(pool) => Snapshot::Postgres(pool.begin_with("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY").await?),
        })
    }

    async fn rows(&mut self, query: Query, cells: Vec<Cell>) -> Result<Vec<Row>, StoreError> {
        Ok(match self {
            Snapshot::Sqlite(all) => bound_for_sqlite(query, &cells).fetch_all(&mut **all).await?.into_iter().map(Row::Sqlite).collect(),
            Snapshot::Postgres(all) => {
                bound_for_postgres(query, &cells).fetch_all(&mut **all).await?.into_iter().map(Row::Postgres).collect()
            }
        })
    }

    async fn all<T: Stored>(&mut self, query: Query, cells: Vec<Cell>) -> Result<Vec<T>, StoreError> {
        self.rows(query, cells).await?.iter().map(T::stored).collect()
    }
}

/// A file that knows the hash of what went into it.
struct Hashed<F> {
    file: F,
    hash: Sha256,
}

impl<W: Write> Hashed<W> {
    fn line(&mut self, line: &Line) -> Result<(), StoreError> {
        let mut text = serde_json::to_vec(line).map_err(|_| StoreError::Damaged("a row cannot be written as JSON"))?;
        text.push(b'\n');
        self.bytes(&text)
    }

    fn bytes(&mut self, bytes: &[u8]) -> Result<(), StoreError> {
        self.hash.update(bytes);
        Ok(self.file.write_all(bytes)?)
    }
}

/// Writes the archive of everything committed so far. The file appears under its name only when it is whole and on the disk.
pub(crate) async fn write(store: &Store, file: &Path) -> Result<Contents, StoreError> {
    let unfinished = file.with_extension("unfinished");
    let mut archive = Hashed { file: BufWriter::new(File::create(&unfinished)?), hash: Sha256::new() };
    let mut snapshot = Snapshot::of(store).await?;
    let mut contents = Contents::default();
    archive.line(&Line::Archive(FORMAT.to_owned()))?;
    for row in snapshot.rows(FIRMS, Vec::new()).await? {
        let firm = row.text("firm")?;
        write_events(&mut snapshot, &mut archive, &firm, &mut contents).await?;
        write_documents(&mut snapshot, &mut archive, &firm, &mut contents).await?;
        for row in snapshot.all(CREDENTIALS, vec![Cell::from(&firm)]).await? {
            archive.line(&Line::Credential(CredentialLine::of(&firm, row)))?;
            contents.rows += 1;
        }
        for row in snapshot.all(TRIES, vec![Cell::from(&firm)]).await? {
            archive.line(&Line::SubmissionTry(SubmissionTryLine::of(&firm, row)))?;
            contents.rows += 1;
        }
        for row in snapshot.all(VIEWS, vec![Cell::from(&firm)]).await? {
            archive.line(&Line::SavedView(SavedViewLine::of(&firm, row)))?;
            contents.rows += 1;
        }
    }
    archive.line(&Line::End(contents))?;
    let digest = STANDARD.encode(archive.hash.clone().finalize());
    archive.line(&Line::Sha256(digest))?;
    archive.file.flush()?;
    archive.file.get_ref().sync_all()?;
    std::fs::rename(&unfinished, file)?;
    Ok(contents)
}

async fn write_events<W: Write>(
    snapshot: &mut Snapshot,
    archive: &mut Hashed<W>,
    firm: &str,
    contents: &mut Contents,
) -> Result<(), StoreError> {
    let (mut stream, mut seq) = (String::new(), 0);
    loop {
        let page: Vec<StoredEvent> = snapshot.all(EVENTS, vec![firm.into(), Cell::from(&stream), seq.into(), AT_ONCE.into()]).await?;
        let Some(last) = page.last() else { return Ok(()) };
        (stream, seq) = (last.stream.clone(), last.stream_seq);
        for event in page {
            archive.line(&Line::Event(EventLine::of(firm, event)))?;
            contents.events += 1;
        }
    }
}

async fn write_documents<W: Write>(
    snapshot: &mut Snapshot,
    archive: &mut Hashed<W>,
    firm: &str,
    contents: &mut Contents,
) -> Result<(), StoreError> {
    let mut after = Vec::new();
    loop {
        let found: Vec<DocumentRow> = snapshot.all(DOCUMENT, vec![firm.into(), Cell::bytes(&after)]).await?;
        let Some(document) = found.into_iter().next() else { return Ok(()) };
        after.clone_from(&document.digest);
        let sealed = document.sealed.clone();
        archive.line(&Line::Document(DocumentLine::of(firm, document)))?;
        archive.bytes(&sealed)?;
        archive.bytes(b"\n")?;
        contents.documents += 1;
    }
}

/// Fills an empty store from an archive that is whole; the desk then rebuilds the projections.
///
/// Refuses a store with a history (`NotEmpty`) and an archive of which a single byte differs (`Damaged`).
pub(crate) async fn read(file: &Path, store: &Store) -> Result<Contents, StoreError> {
    if !store.firms().await?.is_empty() {
        return Err(StoreError::NotEmpty);
    }
    let mut checked = Archive::open(file)?; // the whole of it, before the first row is written
    while checked.next()?.is_some() {}
    let mut archive = Archive::open(file)?;
    let mut appends = Appends { store, under_way: JoinSet::new() };
    let mut history = Append::default();
    while let Some(record) = archive.next()? {
        match record {
            Record::Event(firm, event) => {
                let follows = history.firm == firm && history.events.last().is_some_and(|last| last.stream == event.stream);
                if !follows {
                    appends.add(std::mem::replace(&mut history, Append { firm, ..Append::default() })).await?;
                }
                history.events.push(event);
            }
            Record::Row(firm, change) => appends.add(Append::of_changes(&firm, vec![change])).await?,
        }
    }
    appends.add(history).await?;
    appends.finish().await?;
    Ok(archive.contents)
}

/// What a line of the archive becomes.
enum Record {
    Event(String, StoredEvent),
    Row(String, Change),
}

/// An archive being read; every byte is checked on the way.
struct Archive {
    file: BufReader<File>,
    hash: Sha256,
    contents: Contents,
}

impl Archive {
    fn open(file: &Path) -> Result<Archive, StoreError> {
        let mut archive = Archive { file: BufReader::new(File::open(file)?), hash: Sha256::new(), contents: Contents::default() };
        match archive.line()? {
            Line::Archive(format) if format == FORMAT => Ok(archive),
            _ => Err(StoreError::Damaged("this is no archive of this version")),
        }
    }

    /// The next record, or nothing after a last line that agrees with everything before it.
    fn next(&mut self) -> Result<Option<Record>, StoreError> {
        loop {
            let so_far = self.hash.clone();
            match self.line()? {
                Line::Event(line) => {
                    self.contents.events += 1;
                    return line.row().map(|(firm, event)| Some(Record::Event(firm, event)));
                }
                Line::Document(line) => {
                    self.contents.documents += 1;
                    let length = line.sealed;
                    let (firm, document) = line.row()?;
                    let sealed = self.bytes(length)?;
                    return Ok(Some(Record::Row(firm, Change::Document(DocumentRow { sealed, ..document }))));
                }
                Line::Credential(line) => {
                    self.contents.rows += 1;
                    return line.row().map(|(firm, row)| Some(Record::Row(firm, Change::Credential(row))));
                }
                Line::SubmissionTry(line) => {
                    self.contents.rows += 1;
                    return line.row().map(|(firm, row)| Some(Record::Row(firm, Change::SubmissionTry(row))));
                }
                Line::SavedView(line) => {
                    self.contents.rows += 1;
                    return line.row().map(|(firm, row)| Some(Record::Row(firm, Change::SavedView(row))));
                }
                Line::End(contents) if contents == self.contents => {}
                Line::Sha256(digest) if digest == STANDARD.encode(so_far.finalize()) && self.is_at_end()? => return Ok(None),
                Line::Archive(_) | Line::End(_) | Line::Sha256(_) => {
                    return Err(StoreError::Damaged("the archive is not what was written"));
                }
            }
        }
    }

    fn line(&mut self) -> Result<Line, StoreError> {
        let mut text = Vec::new();
        self.file.read_until(b'\n', &mut text)?;
        if text.last() != Some(&b'\n') {
            return Err(StoreError::Damaged("the archive is cut short"));
        }
        self.hash.update(&text);
        serde_json::from_slice(&text).map_err(|_| StoreError::Damaged("a line of the archive cannot be read"))
    }

    /// The bytes of a document and the line break after them.
    fn bytes(&mut self, length: u64) -> Result<Vec<u8>, StoreError> {
        let mut bytes = Vec::new();
        self.file.by_ref().take(length.saturating_add(1)).read_to_end(&mut bytes)?;
        self.hash.update(&bytes);
        match bytes.pop() {
            Some(b'\n') if u64::try_from(bytes.len()).is_ok_and(|read| read == length) => Ok(bytes),
            _ => Err(StoreError::Damaged("a document of the archive is cut short")),
        }
    }

    fn is_at_end(&mut self) -> Result<bool, StoreError> {
        Ok(self.file.fill_buf()?.is_empty())
    }
}

/// Appends under way together, so that the writer can commit them together.
struct Appends<'a> {
    store: &'a Store,
    under_way: JoinSet<Result<(), AppendError>>,
}

impl Appends<'_> {
    async fn add(&mut self, append: Append) -> Result<(), StoreError> {
        if append.events.is_empty() && append.changes.is_empty() {
            return Ok(()); // before the first stream
        }
        if self.under_way.len() >= APPENDS_AT_ONCE {
            self.next().await?;
        }
        let store = self.store.clone();
        self.under_way.spawn(async move { store.append(append).await });
        Ok(())
    }

    async fn next(&mut self) -> Result<bool, StoreError> {
        match self.under_way.join_next().await {
            None => Ok(false),
            Some(Ok(appended)) => Ok(appended.map(|()| true)?),
            Some(Err(_)) => Err(StoreError::Damaged("an append was cut short")),
        }
    }

    async fn finish(mut self) -> Result<(), StoreError> {
        while self.next().await? {}
        Ok(())
    }
}
