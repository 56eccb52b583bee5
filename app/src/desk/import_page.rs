//! Imports as an administrator sees them: files, what they would do, what they did.

use offer::import::{ImportKind, ImportProblem, ImportReport, RowOutcome};
use offer::playbook::PlaybookProblem;
use serde::{Deserialize, Serialize};
use std::ops::Range;

/// A file as it came by the form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Upload {
    /// What it is called.
    pub name: String,
    /// What its rows are said to be; nothing when the first line tells.
    pub chosen: Option<ImportKind>,
    /// What it holds.
    pub bytes: Vec<u8>,
}

/// The page of imports.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImportPage {
    /// What the viewer may bring in.
    pub kinds: Vec<ImportKind>,
    /// What the kept files would do.
    pub look: Option<ImportLook>,
    /// What files did.
    pub done: Option<ImportDone>,
}

/// What kept files would do now.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportLook {
    /// Under which the files are kept for this browser.
    pub id: String,
    /// Stands for everything that is shown: applied is what was shown, or nothing.
    pub proof: String,
    /// Rows by kind and outcome.
    pub counts: ImportCounts,
    /// Items of the playbook that change.
    pub playbook_changes: usize,
    /// What stands against a new version of the playbook.
    pub playbook_problems: Vec<PlaybookProblem>,
    /// How many people are new.
    pub joining: usize,
    /// The files.
    pub files: Vec<ImportFile>,
}

/// Rows by kind and outcome.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportCounts(pub Vec<(ImportKind, RowOutcome, usize)>);

impl ImportCounts {
    /// Counts the rows of a report.
    pub fn of(report: &ImportReport) -> Self {
        let mut counts = Vec::new();
        for kind in ImportKind::ALL {
            for outcome in RowOutcome::ALL {
                let count = report.rows.iter().filter(|row| row.kind == kind && row.outcome == outcome).count();
                counts.push((kind, outcome, count));
            }
        }
        counts.retain(|(_, _, count)| *count > 0);
        Self(counts)
    }

    /// Rows of a kind that came to this.
    pub fn of_kind(&self, kind: ImportKind, outcome: RowOutcome) -> usize {
        self.0.iter().filter(|(found, came_to, _)| *found == kind && *came_to == outcome).map(|(_, _, count)| count).sum()
    }

    /// Rows of any kind that came to this.
    pub fn all(&self, outcome: RowOutcome) -> usize {
        self.0.iter().filter(|(_, came_to, _)| *came_to == outcome).map(|(_, _, count)| count).sum()
    }

    /// The kinds of which there are rows.
    pub fn kinds(&self) -> Vec<ImportKind> {
        ImportKind::ALL.into_iter().filter(|kind| self.0.iter().any(|(found, _, _)| found == kind)).collect()
    }
}

/// A kept file with what is wrong in it.
#[derive(Clone, Debug, PartialEq)]
pub struct ImportFile {
    /// What it is called.
    pub name: String,
    /// What its rows are; nothing when that could not be told.
    pub kind: Option<ImportKind>,
    /// How many lines it has.
    pub length: u64,
    /// What is wrong, line by line, as far as it is listed.
    pub problems: Vec<ImportProblem>,
    /// How many problems more there are.
    pub problems_more: usize,
    /// Its text, as far as it is shown.
    pub lines: Vec<FileLine>,
}

/// A line of a file, or many that are passed over.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FileLine {
    /// A line.
    Said {
        /// Its number, from 1.
        number: u64,
        /// What it says.
        text: String,
        /// What becomes of the row that begins on it.
        outcome: Option<RowOutcome>,
        /// Whether something is wrong with it.
        wrong: bool,
        /// Its cells with faults, by the number of their column and the bytes they take.
        marks: Vec<(u64, Range<usize>)>,
    },
    /// Lines that are passed over.
    Gap {
        /// The first.
        from: u64,
        /// The last.
        to: u64,
        /// Whether they change nothing; else there was no room for them.
        unchanged: bool,
    },
}

/// What files did.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ImportDone {
    /// Rows by kind and outcome.
    pub counts: ImportCounts,
    /// The version of the playbook that was published.
    pub published: Option<u32>,
    /// How many people are new.
    pub joined: usize,
    /// Who of them could not be mailed.
    pub not_invited: Vec<String>,
}

/// What came of the button.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Applied {
    /// It was done; what was done is kept under this id.
    Done(String),
    /// The files would do something else by now, and nothing was done.
    Otherwise,
}
