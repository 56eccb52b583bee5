//! What goes into a statement and what comes out of it: three kinds of value, on both engines.

use std::fmt;

use sqlx::{Postgres, Row as _, Sqlite, postgres::PgRow, query::Query as Bound, sqlite::SqliteRow};

use super::{query::Query, trouble::StoreError};

/// A value for a placeholder. A missing value keeps its kind, because PostgreSQL types every parameter.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(crate) enum Cell {
    /// BIGINT: counts, minor units, microseconds UTC.
    Number(Option<i64>),
    /// TEXT, never with a NUL in it.
    Text(Option<String>),
    /// BLOB or BYTEA.
    Bytes(Option<Vec<u8>>),
}

impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // its kind; what it holds may be anything
        f.write_str(match self {
            Self::Number(_) => "Number",
            Self::Text(_) => "Text",
            Self::Bytes(_) => "Bytes",
        })
    }
}

impl Cell {
    pub(crate) fn number(value: &i64) -> Cell {
        Cell::Number(Some(*value))
    }

    pub(crate) fn maybe_number(value: &Option<i64>) -> Cell {
        Cell::Number(*value)
    }

    pub(crate) fn text(value: &str) -> Cell {
        Cell::Text(Some(value.to_owned()))
    }

    pub(crate) fn maybe_text(value: &Option<String>) -> Cell {
        Cell::Text(value.clone())
    }

    pub(crate) fn bytes(value: &[u8]) -> Cell {
        Cell::Bytes(Some(value.to_owned()))
    }

    pub(crate) fn maybe_bytes(value: &Option<Vec<u8>>) -> Cell {
        Cell::Bytes(value.clone())
    }

    /// Whether both engines can keep it: PostgreSQL refuses a NUL in text, so both do.
    pub(crate) fn is_storable(&self) -> bool {
        !matches!(self, Cell::Text(Some(text)) if text.contains('\0'))
    }
}

impl From<&str> for Cell {
    fn from(value: &str) -> Cell {
        Cell::text(value)
    }
}

impl From<&String> for Cell {
    fn from(value: &String) -> Cell {
        Cell::text(value)
    }
}

impl From<i64> for Cell {
    fn from(value: i64) -> Cell {
        Cell::Number(Some(value))
    }
}

impl From<&[u8]> for Cell {
    fn from(value: &[u8]) -> Cell {
        Cell::bytes(value)
    }
}

/// A statement with its values, for SQLite.
pub(super) fn bound_for_sqlite(query: Query, cells: &[Cell]) -> Bound<'static, Sqlite, sqlx::sqlite::SqliteArguments> {
    cells.iter().cloned().fold(sqlx::query(query.text), |bound, cell| match cell {
        Cell::Number(value) => bound.bind(value),
        Cell::Text(value) => bound.bind(value),
        Cell::Bytes(value) => bound.bind(value),
    })
}

/// A statement with its values, for PostgreSQL.
pub(super) fn bound_for_postgres(query: Query, cells: &[Cell]) -> Bound<'static, Postgres, sqlx::postgres::PgArguments> {
    cells.iter().cloned().fold(sqlx::query(query.text), |bound, cell| match cell {
        Cell::Number(value) => bound.bind(value),
        Cell::Text(value) => bound.bind(value),
        Cell::Bytes(value) => bound.bind(value),
    })
}

/// A row of an answer, from either engine; columns are read by name.
pub(crate) enum Row {
    /// From the file.
    Sqlite(SqliteRow),
    /// From the server.
    Postgres(PgRow),
}

impl std::fmt::Debug for Row {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Row") // a row may hold what is sealed elsewhere
    }
}

macro_rules! reader {
    ($name:ident, $type:ty) => {
        pub(crate) fn $name(&self, column: &str) -> Result<$type, StoreError> {
            Ok(match self {
                Row::Sqlite(row) => row.try_get(column)?,
                Row::Postgres(row) => row.try_get(column)?,
            })
        }
    };
}

impl Row {
    reader!(number, i64);
    reader!(maybe_number, Option<i64>);
    reader!(text, String);
    reader!(maybe_text, Option<String>);
    reader!(bytes, Vec<u8>);
    reader!(maybe_bytes, Option<Vec<u8>>);
}

/// A struct that a row becomes.
pub(crate) trait Stored: Sized {
    /// Reads the columns by name; an error is a damaged store or a statement that does not fit.
    fn stored(row: &Row) -> Result<Self, StoreError>;
}

/// Declares a row: a struct whose fields are the columns of its table after `firm`, in the order of the table.
///
/// `cells(firm)` gives the values of an INSERT in that order; `Stored` reads them back by name.
macro_rules! rows {
    ($( $(#[$doc:meta])* pub(crate) struct $name:ident { $( $(#[$field_doc:meta])* $field:ident: $kind:ident, )* } )*) => { $(
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq)]
        pub(crate) struct $name { $( $(#[$field_doc])* pub(crate) $field: $crate::store::cell::column!($kind), )* }

        // rows hold names, addresses and pay; none of them ends up in a log
        impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.debug_struct(stringify!($name)).finish_non_exhaustive()
            }
        }

        impl $crate::store::cell::Stored for $name {
            fn stored(row: &$crate::store::cell::Row) -> Result<Self, $crate::store::StoreError> {
                Ok($name { $( $field: row.$kind(stringify!($field))?, )* })
            }
        }

        impl $name {
            /// The values of its INSERT: the firm, then every column in order.
            pub(crate) fn cells(&self, firm: &str) -> Vec<$crate::store::cell::Cell> {
                vec![$crate::store::cell::Cell::text(firm), $( $crate::store::cell::Cell::$kind(&self.$field), )*]
            }
        }

        // a row that is only ever read has them too
        const _: fn(&$name, &str) -> Vec<$crate::store::cell::Cell> = $name::cells;
    )* };
}

macro_rules! column {
    (number) => { i64 };
    (maybe_number) => { Option<i64> };
    (text) => { String };
    (maybe_text) => { Option<String> };
    (bytes) => { Vec<u8> };
    (maybe_bytes) => { Option<Vec<u8>> };
}

pub(crate) use {column, rows};
