//! Statements: constants beside their tables, one text for both engines.

use super::{cell::Cell, trouble::AppendError};

/// A statement, `$1` for its values. Where a table is declared its statements are too, and a test prepares each on both engines.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Query {
    /// The text.
    pub(crate) text: &'static str,
}

/// Declares the statements of a table, and the list of them that the preparing test walks.
macro_rules! queries {
    ($( $(#[$doc:meta])* $name:ident = $text:literal; )*) => {
        $( $(#[$doc])* pub(super) const $name: $crate::store::query::Query = $crate::store::query::Query { text: $text }; )*

        /// Every statement of this file.
        #[cfg(test)]
        pub(super) const ALL: &[$crate::store::query::Query] = &[$($name),*];
    };
}

pub(crate) use queries;

/// What must be true after a step, else the whole transaction is undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Must {
    /// Any number of rows may change.
    Nothing,
    /// Exactly one row changes, else this is the answer. A unique key that refuses gives the same answer.
    ChangeOne(AppendError),
}

/// One statement of a transaction.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) query: Query,
    pub(super) cells: Vec<Cell>,
    pub(super) must: Must,
}

impl Step {
    /// A statement that may change any number of rows.
    pub(super) fn new(query: Query, cells: Vec<Cell>) -> Step {
        Step { query, cells, must: Must::Nothing }
    }

    /// A statement that changes one row or undoes everything with this answer.
    pub(super) fn one(query: Query, cells: Vec<Cell>, otherwise: AppendError) -> Step {
        Step { query, cells, must: Must::ChangeOne(otherwise) }
    }
}

/// A whole transaction: plain data, so both engines run the same one.
#[derive(Debug, Clone, Default)]
pub(super) struct Work {
    pub(super) steps: Vec<Step>,
    /// A last statement with RETURNING, whose rows are the answer.
    pub(super) returning: Option<(Query, Vec<Cell>)>,
}

impl Work {
    pub(super) fn of(steps: Vec<Step>) -> Work {
        Work { steps, returning: None }
    }

    pub(super) fn returning(query: Query, cells: Vec<Cell>) -> Work {
        Work { steps: Vec::new(), returning: Some((query, cells)) }
    }

    /// Whether both engines can keep every value.
    pub(super) fn is_storable(&self) -> bool {
        let last = self.returning.iter().flat_map(|(_, cells)| cells);
        self.steps.iter().flat_map(|step| &step.cells).chain(last).all(Cell::is_storable)
    }
}
