//! Reading the cells of one row: values or faults, never a guess.

use offer::field::{FieldKey, FieldTable};
use offer::import::{ImportFault, ImportPlace, ImportProblem};
use offer::intake;
use offer::moment::Day;
use offer::money::{BasisPoints, Money};

use super::{dates, sheet::Row};

/// Everything found wrong so far.
#[derive(Debug, Default)]
pub(super) struct Faults {
    problems: Vec<ImportProblem>,
}

impl Faults {
    /// About a cell.
    pub(super) fn at(&mut self, row: &Row, column: &str, fault: ImportFault) {
        self.whole(row.place(column), fault);
    }

    /// About a line or a file.
    pub(super) fn whole(&mut self, place: ImportPlace, fault: ImportFault) {
        self.problems.push(ImportProblem { place, fault });
    }

    /// Whether something must be mended first.
    pub(super) fn stop(&self) -> bool {
        self.problems.iter().any(|problem| !problem.fault.is_note())
    }

    /// Everything, in the order of files and lines.
    pub(super) fn into_problems(mut self) -> Vec<ImportProblem> {
        self.problems.sort_by(|a, b| a.place.cmp(&b.place));
        self.problems
    }

    pub(super) fn extend(&mut self, other: Self) {
        self.problems.extend(other.problems);
    }

    /// Whether the row is left out for what stands elsewhere, and not for itself.
    pub(super) fn only_conflicts(&self) -> bool {
        self.problems.iter().filter(|problem| !problem.fault.is_note()).all(|problem| problem.fault.is_conflict())
    }
}

/// The cells of one row as they are read, with the faults found in it.
pub(super) struct Cells<'a> {
    pub(super) row: &'a Row,
    pub(super) faults: Faults,
}

impl<'a> Cells<'a> {
    pub(super) fn of(row: &'a Row) -> Self {
        Self { row, faults: Faults::default() }
    }

    pub(super) fn fault(&mut self, column: &str, fault: ImportFault) {
        self.faults.at(self.row, column, fault);
    }

    /// A text that must be there.
    pub(super) fn needed(&mut self, column: &str) -> Option<&'a str> {
        let text = self.row.text(column);
        if text.is_none() {
            self.fault(column, ImportFault::Empty);
        }
        text
    }

    /// A text that may be empty.
    pub(super) fn some(&self, column: &str) -> String {
        self.row.text(column).unwrap_or_default().to_owned()
    }

    pub(super) fn money(&mut self, column: &str) -> Option<Money> {
        self.read(column, Money::parse, intake::Fault::NotMoney)
    }

    pub(super) fn percent(&mut self, column: &str) -> Option<BasisPoints> {
        self.read(column, BasisPoints::parse, intake::Fault::NotAPercentage)
    }

    pub(super) fn day(&mut self, column: &str) -> Option<Day> {
        self.read(column, dates::date, intake::Fault::NotADate)
    }

    pub(super) fn email(&mut self, column: &str) -> Option<String> {
        self.read(column, |text| intake::email_is_plausible(text).then(|| text.to_lowercase()), intake::Fault::NotAnEmail)
    }

    /// `1` or `0`, `yes` or `no`; empty is no.
    pub(super) fn yes(&mut self, column: &str) -> bool {
        let read = |text: &str| match text {
            "1" | "yes" => Some(true),
            "0" | "no" => Some(false),
            _ => None,
        };
        self.read(column, read, intake::Fault::NotAChoice).unwrap_or(false)
    }

    /// A whole number of at least one.
    pub(super) fn count(&mut self, column: &str) -> Option<u32> {
        let count = self.needed(column)?.parse::<u32>().ok().filter(|count| *count > 0);
        if count.is_none() {
            self.fault(column, ImportFault::NotACount);
        }
        count
    }

    /// One of the codes of an enum.
    pub(super) fn code<T: Copy>(&mut self, column: &str, parse: impl Fn(&str) -> Option<T>, accepted: &[&str]) -> Option<T> {
        let text = self.needed(column)?;
        let code = parse(text);
        if code.is_none() {
            self.fault(column, ImportFault::NotACode { accepted: accepted.iter().map(ToString::to_string).collect() });
        }
        code
    }

    /// A cell held to a field of the record, as if it were typed there; what was typed when it reads.
    pub(super) fn typed(&mut self, column: &str, field: &FieldKey, table: &FieldTable) -> Option<String> {
        let text = self.row.text(column)?;
        let Some(spec) = table.get(field) else { return Some(text.to_owned()) };
        match intake::read_value(text, spec) {
            Ok(value) => Some(value.typed()),
            Err(value) => {
                self.fault(column, ImportFault::Value { value });
                None
            }
        }
    }

    fn read<T>(&mut self, column: &str, read: impl Fn(&str) -> Option<T>, value: intake::Fault) -> Option<T> {
        let text = self.row.text(column)?;
        let read = read(text);
        if read.is_none() {
            self.fault(column, ImportFault::Value { value });
        }
        read
    }
}
