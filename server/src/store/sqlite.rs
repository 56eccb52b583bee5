//! SQLite: one writer that groups queued transactions into a commit, and a few readers.

use std::{fs::File, path::Path, sync::Arc, time::Duration};

use sqlx::{
    ConnectOptions, Connection, SqliteConnection, SqlitePool,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteSynchronous},
};
use tokio::sync::{mpsc, oneshot};

use super::{
    cell::{Cell, Row, bound_for_sqlite},
    query::{Must, Query, Work},
    remembered::Remembered,
    schema,
    trouble::{AppendError, Fault, StoreError},
};

/// Older ones can corrupt a WAL when two connections write and checkpoint at the same instant.
const OLDEST_SQLITE: (u32, u32, u32) = (3, 51, 3);
/// Transactions of one commit; measured: beyond 32 the commit no longer gets cheaper per transaction.
const GROUP_MAX: usize = 64;
/// Transactions that may wait before their senders do.
const QUEUE_MAX: usize = 1_024;
const READERS: u32 = 4;
/// The file in the data folder.
pub(super) const FILE: &str = "countersign.db";

const BEGIN: Query = Query { text: "BEGIN IMMEDIATE" };
const COMMIT: Query = Query { text: "COMMIT" };
const ROLLBACK: Query = Query { text: "ROLLBACK" };
const SAVEPOINT: Query = Query { text: "SAVEPOINT one" };
const RELEASE: Query = Query { text: "RELEASE one" };
const ROLLBACK_ONE: Query = Query { text: "ROLLBACK TO one" };

/// A transaction on its way to the writer, and where its answer goes.
struct Job {
    work: Work,
    answer: oneshot::Sender<Result<Vec<Row>, AppendError>>,
}

/// An open store in a folder.
pub(super) struct Sqlite {
    pub(super) readers: SqlitePool,
    #[cfg(test)]
    folder: std::path::PathBuf,
    writer: mpsc::Sender<Job>,
    remembered: Arc<Remembered>,
    /// Held as long as the store is open: a second process is refused.
    _lock: File,
}

impl Sqlite {
    /// Takes the folder's lock, opens the file in it and starts the writer.
    pub(super) async fn open(folder: &Path) -> Result<Sqlite, StoreError> {
        make_private(folder)?;
        let lock = locked(folder)?;
        let options = options(folder);
        let mut connection = options.connect().await?;
        must_be_new_enough(&mut connection).await?;
        schema::make_or_check_in_file(&mut connection).await?;
        // Only after the writer made the file and its WAL may readers come.
        let readers = SqlitePoolOptions::new().max_connections(READERS).test_before_acquire(false); // a file does not hang up
        let readers = readers.connect_with(options.pragma("query_only", "ON")).await?;
        let (writer, queue) = mpsc::channel(QUEUE_MAX);
        let remembered = Arc::new(Remembered::default());
        let noted = Arc::clone(&remembered);
        // Every statement is a way there and back: among the tasks of the runtime each would wait behind what is being decided.
        let writing = move || futures::executor::block_on(write_all(connection, queue, noted));
        std::thread::Builder::new().name("writer".to_owned()).spawn(writing)?;
        Ok(Sqlite {
            readers,
            #[cfg(test)]
            folder: folder.to_owned(),
            writer,
            remembered,
            _lock: lock,
        })
    }

    /// The rows of a key, from memory while nothing was committed since they were read: nobody else writes here.
    pub(super) async fn by_key(&self, query: Query, cells: Vec<Cell>) -> Result<Arc<Vec<Row>>, StoreError> {
        let (commits, asked) = (self.remembered.commits(), (query.text, cells));
        if let Some(rows) = self.remembered.of(&asked, commits) {
            return Ok(rows);
        }
        let rows = bound_for_sqlite(query, &asked.1).fetch_all(&self.readers).await?;
        let rows = Arc::new(rows.into_iter().map(Row::Sqlite).collect());
        self.remembered.keep(commits, asked, &rows);
        Ok(rows)
    }

    /// A connection beside the writer's, to drive a group by hand.
    #[cfg(test)]
    pub(super) async fn another_writer_for_tests(&self) -> SqliteConnection {
        options(&self.folder).connect().await.unwrap()
    }

    /// Runs a transaction; the answer comes after its commit is durable.
    pub(super) async fn write(&self, work: Work) -> Result<Vec<Row>, AppendError> {
        let (answer, answered) = oneshot::channel();
        self.writer.send(Job { work, answer }).await.map_err(|_| AppendError::Unavailable)?;
        answered.await.map_err(|_| AppendError::Unavailable)?
    }
}

/// A folder made by us is readable to its owner only; one that exists keeps its permissions.
fn make_private(folder: &Path) -> Result<(), StoreError> {
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    Ok(builder.recursive(true).create(folder)?)
}

fn locked(folder: &Path) -> Result<File, StoreError> {
    let file = File::options().create(true).truncate(false).write(true).open(folder.join("lock"))?;
    match file.try_lock() {
        Ok(()) => Ok(file),
        Err(std::fs::TryLockError::WouldBlock) => Err(StoreError::Locked),
        Err(std::fs::TryLockError::Error(error)) => Err(error.into()),
    }
}

pub(super) fn options(folder: &Path) -> SqliteConnectOptions {
    SqliteConnectOptions::new()
        .filename(folder.join(FILE))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .foreign_keys(true)
        .busy_timeout(Duration::from_secs(5))
        .statement_cache_capacity(256)
        .pragma("trusted_schema", "OFF")
        .pragma("cell_size_check", "ON")
        .pragma("secure_delete", "ON") // what erasure removes must not stay in free pages
        .disable_statement_logging()
}

async fn must_be_new_enough(connection: &mut SqliteConnection) -> Result<(), StoreError> {
    let found: String = sqlx::query_scalar("SELECT sqlite_version()").fetch_one(connection).await?;
    if is_new_enough(&found) { Ok(()) } else { Err(StoreError::TooOld { found }) }
}

pub(super) fn is_new_enough(version: &str) -> bool {
    let mut parts = version.split('.').map(|part| part.parse::<u32>().unwrap_or(0));
    (parts.next().unwrap_or(0), parts.next().unwrap_or(0), parts.next().unwrap_or(0)) >= OLDEST_SQLITE
}

/// The writer: takes what is queued, commits it together, answers, until the store is closed.
async fn write_all(mut connection: SqliteConnection, mut queue: mpsc::Receiver<Job>, remembered: Arc<Remembered>) {
    let mut group = Vec::with_capacity(GROUP_MAX);
    while queue.recv_many(&mut group, GROUP_MAX).await > 0 {
        write_group(&mut connection, &remembered, std::mem::take(&mut group)).await;
    }
    if let Err(error) = connection.close().await {
        tracing::warn!(%error, "the store was not closed cleanly");
    }
}

/// Commits a group; if the engine itself fails inside it, each transaction is tried on its own, so that one does not fail all.
async fn write_group(connection: &mut SqliteConnection, remembered: &Remembered, group: Vec<Job>) {
    let committed = commit(connection, &group.iter().map(|job| &job.work).collect::<Vec<_>>()).await;
    // also after a fault: what became of the file then is not known
    remembered.committed();
    match committed {
        Ok(answers) => {
            for (job, answer) in group.into_iter().zip(answers) {
                let _gone = job.answer.send(answer); // nobody waits any more: the commit stands all the same
            }
        }
        Err(error) if group.len() == 1 => {
            tracing::error!(%error, "a commit failed");
            let answer = if Fault::of(&error) == Fault::Full { AppendError::Full } else { AppendError::Unavailable };
            for job in group {
                let _gone = job.answer.send(Err(answer));
            }
        }
        Err(_) => {
            for job in group {
                Box::pin(write_group(connection, remembered, vec![job])).await;
            }
        }
    }
}

pub(super) type Answer = Result<Vec<Row>, AppendError>;

/// Why nothing of a group is in the store.
#[derive(Debug)]
enum Undone {
    /// The engine failed.
    Engine(sqlx::Error),
    /// This transaction of it is refused.
    Refused(AppendError),
}

impl From<sqlx::Error> for Undone {
    fn from(error: sqlx::Error) -> Self {
        Self::Engine(error)
    }
}

/// One commit of several transactions. An error means that nothing of the group is in the store.
pub(super) async fn commit(connection: &mut SqliteConnection, works: &[&Work]) -> Result<Vec<Answer>, sqlx::Error> {
    // hardly any is refused: a savepoint each would be two statements more for all the others
    match all_or_none(connection, works).await {
        Ok(answers) => Ok(answers.into_iter().map(Ok).collect()),
        Err(Undone::Engine(error)) => Err(error),
        Err(Undone::Refused(refusal)) if works.len() == 1 => Ok(vec![Err(refusal)]),
        Err(Undone::Refused(_)) => each_by_itself(connection, works).await,
    }
}

async fn all_or_none(connection: &mut SqliteConnection, works: &[&Work]) -> Result<Vec<Vec<Row>>, Undone> {
    run(connection, BEGIN).await?;
    let written = async {
        let mut answers = Vec::with_capacity(works.len());
        for work in works {
            answers.push(write_one(connection, work).await?.map_err(Undone::Refused)?);
        }
        run(connection, COMMIT).await?;
        Ok(answers)
    };
    let written = written.await;
    undone_unless_well(connection, written).await
}

async fn each_by_itself(connection: &mut SqliteConnection, works: &[&Work]) -> Result<Vec<Answer>, sqlx::Error> {
    run(connection, BEGIN).await?;
    let written = async {
        let mut answers = Vec::with_capacity(works.len());
        for work in works {
            run(connection, SAVEPOINT).await?;
            let answer = write_one(connection, work).await?;
            if answer.is_err() {
                run(connection, ROLLBACK_ONE).await?;
            }
            run(connection, RELEASE).await?;
            answers.push(answer);
        }
        run(connection, COMMIT).await?;
        Ok(answers)
    };
    let written = written.await;
    undone_unless_well(connection, written).await
}

async fn undone_unless_well<T, E>(connection: &mut SqliteConnection, written: Result<T, E>) -> Result<T, E> {
    if written.is_err() {
        // A full disk may have rolled back already; then this one has nothing to do.
        let _nothing_left = run(connection, ROLLBACK).await;
    }
    written
}

async fn run(connection: &mut SqliteConnection, query: Query) -> Result<(), sqlx::Error> {
    bound_for_sqlite(query, &[]).execute(connection).await.map(drop)
}

/// The outer error is the engine's and undoes the group; the inner one is this transaction's own.
async fn write_one(connection: &mut SqliteConnection, work: &Work) -> Result<Answer, sqlx::Error> {
    for step in &work.steps {
        let outcome = bound_for_sqlite(step.query, &step.cells).execute(&mut *connection).await;
        match (outcome, step.must) {
            (Ok(done), Must::ChangeOne(otherwise)) if done.rows_affected() != 1 => return Ok(Err(otherwise)),
            (Ok(_), _) => {}
            (Err(error), Must::ChangeOne(otherwise)) if Fault::of(&error) == Fault::Taken => return Ok(Err(otherwise)),
            (Err(error), _) => return Err(error),
        }
    }
    match &work.returning {
        None => Ok(Ok(Vec::new())),
        Some((query, cells)) => {
            let rows = bound_for_sqlite(*query, cells).fetch_all(&mut *connection).await?;
            Ok(Ok(rows.into_iter().map(Row::Sqlite).collect()))
        }
    }
}
