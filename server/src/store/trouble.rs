//! What can go wrong in the store.

use std::fmt;

/// Why a read, an opening or an archive did not work.
#[derive(Debug)]
pub(crate) enum StoreError {
    /// Another process holds the data folder.
    Locked,
    /// The SQLite inside this binary is older than 3.51.3, which can corrupt a WAL.
    TooOld {
        /// The version found.
        found: String,
    },
    /// The store was written by another version of the schema.
    SchemaOf {
        /// The version found.
        found: i64,
    },
    /// The server acknowledges before its log is on the disk (`synchronous_commit = off`).
    NotDurable,
    /// The disk is full.
    Full,
    /// Something read is not what was written.
    Damaged(&'static str),
    /// A restore needs an empty store.
    NotEmpty,
    /// The file system refused.
    Io(std::io::Error),
    /// The engine refused or is not to be reached.
    Unavailable(sqlx::Error),
}

impl fmt::Display for StoreError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            StoreError::Locked => f.write_str("another process holds the data folder"),
            StoreError::TooOld { found } => write!(f, "SQLite `{found}` can corrupt a store; 3.51.3 or later is needed"),
            StoreError::SchemaOf { found } => write!(f, "the store has schema `{found}`, which this version does not read"),
            StoreError::NotDurable => f.write_str("the server has `synchronous_commit = off`, which can lose what was acknowledged"),
            StoreError::Full => f.write_str("the disk of the store is full"),
            StoreError::Damaged(what) => write!(f, "the store or archive is damaged: {what}"),
            StoreError::NotEmpty => f.write_str("the store already holds a history; restore needs an empty one"),
            StoreError::Io(error) => write!(f, "{error}"),
            StoreError::Unavailable(error) => write!(f, "{error}"),
        }
    }
}

impl std::error::Error for StoreError {}

impl From<std::io::Error> for StoreError {
    fn from(error: std::io::Error) -> StoreError {
        if error.kind() == std::io::ErrorKind::StorageFull { StoreError::Full } else { StoreError::Io(error) }
    }
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> StoreError {
        if Fault::of(&error) == Fault::Full { StoreError::Full } else { StoreError::Unavailable(error) }
    }
}

/// Why nothing was appended. Whatever the answer, nothing of the append is in the store, except after `Unavailable`:
/// a connection lost at COMMIT leaves it open, and the receipt says what happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum AppendError {
    /// Something that was read has changed since: load and decide again.
    Moved,
    /// The seat belongs to another offer, or the offer already has one.
    SeatTaken,
    /// A key that must be unique is in use.
    Duplicate(Unique),
    /// A value that no engine may keep.
    Unfit(Unfit),
    /// The disk is full.
    Full,
    /// The engine is not to be reached, or its answer was lost.
    Unavailable,
}

/// The unique keys that people can run into.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unique {
    /// The form was already answered: read its receipt.
    Receipt,
    /// A person of this kind has the address.
    PersonEmail,
    /// A requisition has the number.
    RequisitionNumber,
    /// A one-time code was used already.
    Code,
    /// The person, or the subject of the identity provider, is linked already.
    SsoLink,
    /// A row with this id exists.
    Id,
}

/// Values that are refused before anything is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unfit {
    /// A NUL inside text.
    NulInText,
    /// A document above `DOCUMENT_BYTES_MAX`.
    DocumentTooLarge,
    /// The events of a stream do not follow each other or the version that was read.
    Gap,
}

impl fmt::Display for AppendError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            AppendError::Moved => f.write_str("what was read has changed"),
            AppendError::SeatTaken => f.write_str("the seat is taken"),
            AppendError::Duplicate(unique) => write!(f, "already in use: {unique:?}"),
            AppendError::Unfit(unfit) => write!(f, "cannot be stored: {unfit:?}"),
            AppendError::Full => f.write_str("the disk of the store is full"),
            AppendError::Unavailable => f.write_str("the store is not to be reached"),
        }
    }
}

impl std::error::Error for AppendError {}

impl From<AppendError> for StoreError {
    fn from(error: AppendError) -> StoreError {
        match error {
            AppendError::Full => StoreError::Full,
            AppendError::Unavailable => StoreError::Unavailable(sqlx::Error::WorkerCrashed),
            AppendError::Duplicate(_) => StoreError::Damaged("a row exists twice"),
            AppendError::Moved | AppendError::SeatTaken | AppendError::Unfit(_) => StoreError::Damaged("a row cannot be written"),
        }
    }
}

/// What an engine's error means to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fault {
    /// A unique key refused the row.
    Taken,
    /// Two transactions met (40001, 40P01): the same transaction may be run again.
    Collision,
    /// No space left.
    Full,
    /// Anything else.
    Other,
}

impl Fault {
    pub(super) fn of(error: &sqlx::Error) -> Fault {
        let sqlx::Error::Database(error) = error else { return Fault::Other };
        if error.is_unique_violation() {
            return Fault::Taken;
        }
        match error.code().as_deref() {
            Some("40001" | "40P01") => Fault::Collision,
            Some("13" | "53100") => Fault::Full, // SQLITE_FULL; PostgreSQL disk_full
            _ => Fault::Other,
        }
    }
}
