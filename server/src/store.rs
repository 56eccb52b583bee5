//! The store knows bytes, not rules: streams of events, and the rows that follow from them, on SQLite or PostgreSQL.
//!
//! - `Store::open(&Database)` takes a folder (one process at a time) or a PostgreSQL URL; a `Store` is a cheap clone.
//! - `store.append(Append { firm, expectations, events, changes })` is the one way to write: everything in ONE transaction, acknowledged when
//!   durable. `AppendError::Moved` means: load and decide again. `Change` lists every row that may be written beside the events; a change that
//!   carries a version it read (tally, draft, counter) also answers `Moved`.
//! - `store.change(firm, changes)` is an append without events, for what is no decision (drafts, sessions, codes, kept forms).
//! - Reads are methods beside their tables: `load`, `stream`, `tally`, `seats`, `person`, `board`, `draft`, `session`, `invitation`, `receipt`,
//!   `document`, `playbook`, .. A read sees every append that was acknowledged before it.
//! - Claims (`claim_outbox`, `claim_due`, `try_code`) are conditional updates that answer with the rows they changed; a claimed row is ours until
//!   its lease ends, and is settled by `Change::OutboxSettle` or `DueSettle` in the transaction of the event that says what happened.
//! - Every key begins with the firm. Instants are microseconds UTC in `i64`, money is minor units, JSON is text; the caller brings the time.
//! - `backup::write` and `backup::read` carry events and documents between engines; projections are rebuilt by the desk.

mod api_tokens;
mod append;
pub(crate) mod backup;
mod board;
mod cell;
mod change;
mod documents;
mod drafts;
mod history;
mod invitations;
mod known_browsers;
mod pace;
mod people;
mod piles;
mod playbooks;
mod postgres;
mod query;
pub(crate) mod queue;
mod receipts;
mod remembered;
#[cfg(feature = "measure")]
pub(crate) mod replay;
mod requisitions;
mod schema;
mod sessions;
mod sqlite;
mod sso_links;
mod trouble;
mod views;

#[cfg(test)]
mod tests;
#[cfg(test)]
pub(crate) use tests::houses as tests_support;

use std::{path::PathBuf, sync::Arc};

use sqlx::PgPool;
use tokio::sync::Notify;

pub(crate) use self::{
    api_tokens::ApiTokenRow,
    append::{Append, Expectation},
    board::{BoardPlace, BoardRow, ChangedRow, Lying},
    change::Change,
    documents::DocumentRow,
    drafts::{DraftRow, KeptFormRow, SubmissionTryRow},
    history::{StoredEvent, StreamRow},
    invitations::{CodeRow, InvitationRow},
    known_browsers::KnownBrowserRow,
    pace::PaceRow,
    people::{CredentialRow, PersonRow},
    piles::{Pile, PileQuestion, WORDS_ASKED_MAX, WordQuestion},
    playbooks::PlaybookRow,
    queue::{Claim, DueRow, OutboxRow},
    receipts::{AccessQuestion, AccessRow, ReceiptRow},
    requisitions::{RequisitionRow, SeatRow, TallyRow},
    sessions::SessionRow,
    sso_links::SsoLinkRow,
    trouble::{AppendError, StoreError, Unfit, Unique},
    views::SavedViewRow,
};
use self::{
    cell::{Cell, Row, Stored, bound_for_postgres, bound_for_sqlite},
    query::{Query, Work},
    sqlite::Sqlite,
};

/// Where the store lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Database {
    /// A file in this folder, which is locked while the store is open.
    Folder(PathBuf),
    /// A PostgreSQL server.
    Server {
        /// `postgres://user@host/database`.
        url: String,
        /// Connections at once.
        connections_max: u32,
    },
}

/// An open store.
#[derive(Clone)]
pub(crate) struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    engine: Engine,
    /// Rung after an append that queued something to hand over.
    outbox_bell: Notify,
    /// Rung after an append that wrote the board.
    board_bell: Notify,
    /// What is written, while somebody asks.
    #[cfg(feature = "measure")]
    recorded: std::sync::Mutex<Option<Vec<Work>>>,
}

enum Engine {
    Sqlite(Sqlite),
    Postgres(PgPool),
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self.engine() {
            Engine::Sqlite(_) => "Store(SQLite)",
            Engine::Postgres(_) => "Store(PostgreSQL)",
        })
    }
}

impl Store {
    /// Opens the store and makes its tables at the first opening.
    ///
    /// Refuses a folder that another process holds, an SQLite below 3.51.3, and a schema of another version.
    pub(crate) async fn open(database: &Database) -> Result<Store, StoreError> {
        let engine = match database {
            Database::Folder(folder) => Engine::Sqlite(Sqlite::open(folder).await?),
            Database::Server { url, connections_max } => Engine::Postgres(postgres::open(url, *connections_max).await?),
        };
        Ok(Store {
            inner: Arc::new(Inner {
                engine,
                outbox_bell: Notify::new(),
                board_bell: Notify::new(),
                #[cfg(feature = "measure")]
                recorded: std::sync::Mutex::default(),
            }),
        })
    }

    /// Writes a decision. When this answers `Ok` all of it is durable; else none of it is in the store (see `AppendError::Unavailable`).
    pub(crate) async fn append(&self, append: Append) -> Result<(), AppendError> {
        let wakes = append.changes.iter().any(Change::wakes_outbox);
        let stirs = append.changes.iter().any(Change::stirs_board);
        self.write(append.work()?).await?;
        if wakes {
            self.inner.outbox_bell.notify_one();
        }
        if stirs {
            self.inner.board_bell.notify_one();
        }
        Ok(())
    }

    /// Writes rows that are no decision, in one transaction.
    pub(crate) async fn change(&self, firm: &str, changes: Vec<Change>) -> Result<(), AppendError> {
        self.append(Append::of_changes(firm, changes)).await
    }

    /// Waits until something was queued to hand over.
    pub(crate) async fn outbox_rung(&self) {
        self.inner.outbox_bell.notified().await;
    }

    /// Waits until this process wrote the board.
    pub(crate) async fn board_rung(&self) {
        self.inner.board_bell.notified().await;
    }

    /// Whether other processes may write here too, so that our own bells are not all there is to hear.
    pub(crate) fn is_shared(&self) -> bool {
        matches!(self.engine(), Engine::Postgres(_))
    }

    /// Whether the store answers, for `/readyz`.
    pub(crate) async fn is_ready(&self) -> Result<(), StoreError> {
        self.rows(READY, Vec::new()).await.map(drop)
    }

    /// What SQLite's own check finds wrong in the file, for the doctor; nothing on a server, which looks after its own.
    pub(crate) async fn faults_of_file(&self) -> Result<Vec<String>, StoreError> {
        let Engine::Sqlite(_) = self.engine() else { return Ok(Vec::new()) };
        let found = self.rows(INTEGRITY, Vec::new()).await?;
        let found = found.iter().map(|row| row.text("integrity_check")).collect::<Result<Vec<_>, _>>()?;
        Ok(found.into_iter().filter(|line| line != "ok").collect())
    }

    fn engine(&self) -> &Engine {
        &self.inner.engine
    }

    /// Runs a transaction on either engine.
    async fn write(&self, work: Work) -> Result<Vec<Row>, AppendError> {
        if !work.is_storable() {
            return Err(AppendError::Unfit(Unfit::NulInText));
        }
        #[cfg(feature = "measure")]
        self.note(&work);
        match self.engine() {
            Engine::Sqlite(sqlite) => sqlite.write(work).await,
            Engine::Postgres(pool) => postgres::write(pool, &work).await,
        }
    }

    /// Runs one conditional update and reads the rows it changed.
    async fn claim<T: Stored>(&self, query: Query, cells: Vec<Cell>) -> Result<Vec<T>, AppendError> {
        let rows = self.write(Work::returning(query, cells)).await?;
        rows.iter().map(T::stored).collect::<Result<_, _>>().map_err(|error| {
            tracing::error!(%error, "a claimed row cannot be read");
            AppendError::Unavailable
        })
    }

    async fn rows(&self, query: Query, cells: Vec<Cell>) -> Result<Vec<Row>, StoreError> {
        Ok(match self.engine() {
            Engine::Sqlite(sqlite) => {
                bound_for_sqlite(query, &cells).fetch_all(&sqlite.readers).await?.into_iter().map(Row::Sqlite).collect()
            }
            Engine::Postgres(pool) => bound_for_postgres(query, &cells).fetch_all(pool).await?.into_iter().map(Row::Postgres).collect(),
        })
    }

    async fn all<T: Stored>(&self, query: Query, cells: Vec<Cell>) -> Result<Vec<T>, StoreError> {
        self.rows(query, cells).await?.iter().map(T::stored).collect()
    }

    /// What is found by its key, which a file need not be asked again for while nothing is written.
    async fn one<T: Stored>(&self, query: Query, cells: Vec<Cell>) -> Result<Option<T>, StoreError> {
        self.by_key(query, cells).await?.first().map(T::stored).transpose()
    }

    /// The same for what is too large to stay in memory.
    async fn one_large<T: Stored>(&self, query: Query, cells: Vec<Cell>) -> Result<Option<T>, StoreError> {
        self.rows(query, cells).await?.first().map(T::stored).transpose()
    }

    async fn by_key(&self, query: Query, cells: Vec<Cell>) -> Result<Arc<Vec<Row>>, StoreError> {
        match self.engine() {
            Engine::Sqlite(sqlite) => sqlite.by_key(query, cells).await,
            Engine::Postgres(_) => self.rows(query, cells).await.map(Arc::new),
        }
    }
}

const INTEGRITY: Query = Query { text: "PRAGMA integrity_check" };
const READY: Query = Query { text: "SELECT version FROM schema_version" };
