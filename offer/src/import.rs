//! What an import of files did, or would do: outcomes row by row, and everything wrong with rows, as codes.

use crate::coded::coded;
use crate::id::{ClauseKey, ClientCode, ContingencyKind, Role};
use crate::intake;
use crate::money::Money;
use crate::person::PersonRefusal;
use crate::playbook::{ItemChange, PlaybookProblem};
use serde::Serialize;

coded! {
    /// What the rows of a file are.
    ImportKind {
        /// Staff and client contacts, known by address.
        People = "people",
        /// Clients with their sheets, known by code.
        Clients = "clients",
        /// Pay bands, known by department, level, state and basis.
        Bands = "bands",
        /// Openings, known by number.
        Requisitions = "requisitions",
    }
}

coded! {
    /// What becomes of a row.
    RowOutcome {
        /// It is new.
        Added = "added",
        /// It changes what is known.
        Changed = "changed",
        /// It says what is known already.
        Unchanged = "unchanged",
        /// It says otherwise than another row, or than what can be changed; left out.
        Conflict = "conflict",
        /// Something is wrong with it; left out.
        Faulty = "faulty",
    }
}

/// Where something stands in a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ImportPlace {
    /// The file, as it was named.
    pub file: String,
    /// The line, from 1.
    pub line: u64,
    /// The column; nothing when the whole line is meant.
    pub column: Option<ImportColumn>,
}

/// A column of a file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct ImportColumn {
    /// Its place in the file, from 1.
    pub number: u64,
    /// Its name in the first line.
    pub name: String,
}

/// Something wrong with a file or a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ImportProblem {
    /// Where.
    #[serde(flatten)]
    pub place: ImportPlace,
    /// What.
    #[serde(flatten)]
    pub fault: ImportFault,
}

/// Everything that can be wrong with a file or a row. Closed: a new one does not compile until it has words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "import_fault", rename_all = "snake_case")]
pub enum ImportFault {
    /// The file is not text in UTF-8.
    NotText,
    /// The file holds no line.
    NoHeading,
    /// A quote is not closed, or the line is otherwise no list of cells.
    NotCells,
    /// The first line names no columns of a kind that is imported.
    KindUnknown,
    /// The file is said to hold one kind, and its first line names the columns of another.
    AnotherKind {
        /// What it holds.
        found: ImportKind,
    },
    /// Whoever brings the file may not bring rows of its kind.
    NotYourKind {
        /// What it holds.
        kind: ImportKind,
    },
    /// A column that the file must have.
    ColumnMissing {
        /// Its name.
        column: String,
    },
    /// A column that stands twice.
    ColumnTwice {
        /// Its name.
        column: String,
    },
    /// A column that means nothing here; it is left aside.
    ColumnUnknown {
        /// Its name.
        column: String,
    },
    /// The line has more or fewer cells than the first one.
    CellCount {
        /// Cells of this line.
        found: u64,
        /// Cells of the first line.
        expected: u64,
    },

    /// Empty, and needed.
    Empty,
    /// A value that does not read as its field.
    Value {
        /// What is wrong with it.
        value: intake::Fault,
    },
    /// Not a whole number of at least one.
    NotACount,
    /// Not an IANA time zone such as `America/Chicago`.
    NotAZone,
    /// A code that is none of those accepted.
    NotACode {
        /// Those accepted.
        accepted: Vec<String>,
    },
    /// Filled, where this row's engagement has nothing of the kind.
    NotOfEngagement,

    /// Nobody with this address.
    UnknownPerson {
        /// The address.
        email: String,
    },
    /// The person does not hold the role that this needs.
    WithoutRole {
        /// The role.
        role: Role,
    },
    /// The client contact does not speak for this client.
    NotTheirClient {
        /// The client.
        client: ClientCode,
    },
    /// No such client.
    UnknownClient {
        /// Its code.
        client: ClientCode,
    },
    /// The client is not known yet; the person will have it once it is.
    ClientNotYetKnown {
        /// Its code.
        client: ClientCode,
    },
    /// The playbook has no such role.
    UnknownRole {
        /// The role.
        role: Role,
    },
    /// The playbook has no such team.
    UnknownTeam {
        /// As written.
        team: String,
    },
    /// The playbook has no such clause.
    UnknownClause {
        /// The clause.
        clause: ClauseKey,
    },
    /// The playbook has no such contingency.
    UnknownContingency {
        /// The contingency.
        contingency: ContingencyKind,
    },

    /// The lowest pay lies above the middle or the highest.
    MinAboveMax {
        /// The lowest.
        min: Money,
        /// What it lies above.
        max: Money,
    },
    /// The end lies before the start.
    EndsBeforeStart,
    /// A cap without what it stands on, or the other way round.
    CapHalfGiven,
    /// Another row has the same key and says otherwise.
    AnotherRow {
        /// Its file.
        file: String,
        /// Its line.
        line: u64,
    },
    /// Known as staff and imported as a client's contact, or the other way round.
    OtherKind,
    /// People who are each other's managers, however far around.
    ManagerCircle,
    /// Whoever brings the file may not do that to this person.
    PersonRefused {
        /// Why.
        why: PersonRefusal,
    },
}

impl ImportFault {
    /// Whether the row goes ahead all the same.
    pub const fn is_note(&self) -> bool {
        matches!(self, Self::ColumnUnknown { .. } | Self::ClientNotYetKnown { .. })
    }

    /// Whether the row is left out for what stands elsewhere, not for itself.
    pub const fn is_conflict(&self) -> bool {
        matches!(self, Self::AnotherRow { .. } | Self::OtherKind)
    }
}

/// One row and what becomes of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct RowReport {
    /// What it is.
    pub kind: ImportKind,
    /// Its file.
    pub file: String,
    /// Its line.
    pub line: u64,
    /// What it is known by; empty when even that does not read.
    pub key: String,
    /// What becomes of it.
    pub outcome: RowOutcome,
}

/// What an import did, or would do.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ImportReport {
    /// Whether nothing was written.
    pub dry_run: bool,
    /// Every row.
    pub rows: Vec<RowReport>,
    /// Everything wrong with files and rows, and what is worth a look.
    pub problems: Vec<ImportProblem>,
    /// What changes in the playbook.
    pub playbook_changes: Vec<ItemChange>,
    /// What stands against a new version of the playbook; then none is published, and its rows are left out.
    pub playbook_problems: Vec<PlaybookProblem>,
    /// The version that was published; nothing when the playbook did not change or nothing was written.
    pub published: Option<u32>,
}

impl ImportReport {
    /// How many rows came to this.
    pub fn count(&self, outcome: RowOutcome) -> usize {
        self.rows.iter().filter(|row| row.outcome == outcome).count()
    }

    /// Whether an import would write anything.
    pub fn would_write(&self) -> bool {
        self.count(RowOutcome::Added) + self.count(RowOutcome::Changed) > 0
    }

    /// Whether every row could be taken.
    pub fn is_whole(&self) -> bool {
        self.playbook_problems.is_empty() && self.problems.iter().all(|problem| problem.fault.is_note())
    }
}
