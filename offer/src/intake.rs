//! Intake: `Entries -> Terms`, or problems as codes. The same reading in the browser while one types and on the server at Submit.

mod named;
mod read;
pub(crate) mod together;

pub use named::may_be_named;
pub use read::{STATES, email_is_plausible};

use crate::engagement::Engagement;
use crate::field::{self, FieldKey, FieldSpec, FieldTable, Gate};
use crate::money::{BasisPoints, Hundredths, Money};
use crate::terms::{Change, Entries, Terms, Value};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is wrong with one field, in a form that the words of the app turn into a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Where.
    pub field: FieldKey,
    /// What.
    pub fault: Fault,
}

impl Problem {
    /// Whether an answer is only wanting, and none that was given is wrong.
    pub const fn is_lack(&self) -> bool {
        matches!(self.fault, Fault::Missing { .. } | Fault::NeededWith { .. })
    }
}

/// The faults of a field. Closed: a new one does not compile until it has words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Fault {
    /// Empty, and needed by the gate.
    Missing {
        /// The first gate it holds up.
        gate: Gate,
    },
    /// Not an amount such as 62.50.
    NotMoney,
    /// Not a percentage such as 24 or 3.5.
    NotAPercentage,
    /// Not a number with at most two decimals.
    NotANumber,
    /// Not a date of the calendar, as 2027-01-31.
    NotADate,
    /// Not a date and time, as 2027-01-31T17:00.
    NotADateAndTime,
    /// None of the field's choices.
    NotAChoice,
    /// Not an address that mail could reach.
    NotAnEmail,
    /// Not a state, by its two letters.
    NotAState,
    /// Not a person that was offered.
    NotAPerson,
    /// Somebody who does not speak for the client.
    NotTheClients,
    /// Somebody who does not work for the firm.
    NotOfTheFirm,
    /// Longer than the field takes.
    TooLong {
        /// In characters.
        characters_max: i64,
    },
    /// Shorter than the field takes, as a password.
    TooShort {
        /// In characters.
        characters_min: i64,
    },
    /// A password or code that is not the one that is asked for.
    Wrong,
    /// Among the first that somebody else would try, as a common password.
    TooEasy,
    /// More codes than the field takes.
    TooMany {
        /// The most it takes.
        max: i64,
    },
    /// Holds a character that text cannot have, such as NUL.
    ForbiddenCharacter,
    /// Below the smallest value.
    TooSmall {
        /// The smallest value.
        min: Value,
    },
    /// Above the largest value.
    TooLarge {
        /// The largest value.
        max: Value,
    },
    /// Not a field of the record, or not of this engagement.
    NotAField,
    /// Lies before another field's date.
    Before {
        /// The other field.
        other: FieldKey,
    },
    /// Needed because another field is filled.
    NeededWith {
        /// The other field.
        other: FieldKey,
    },
    /// Does not go with the value of another field, as an exempt classification with hourly pay below a salary basis.
    DoesNotGoWith {
        /// The other field.
        other: FieldKey,
    },
}

/// Reads a whole draft for a gate: terms, or every problem at once in the order of the table.
///
/// # Errors
/// All problems: of form, of bounds, across fields, and what the gate misses.
pub fn read(entries: &Entries, table: &FieldTable, gate: Gate) -> Result<Terms, Vec<Problem>> {
    let (terms, problems) = read_as_it_stands(entries, table, gate);
    if problems.is_empty() { Ok(terms) } else { Err(problems) }
}

/// Reads a draft while it is typed: what can be read of it, and every problem at once in the order of the table.
pub fn read_as_it_stands(entries: &Entries, table: &FieldTable, gate: Gate) -> (Terms, Vec<Problem>) {
    let (values, mut problems) = values(entries, table);
    let terms = Terms::new(values, table);
    problems.extend(together::problems(&terms));
    for field in terms.missing(gate, table) {
        if !problems.iter().any(|problem| problem.field == field) {
            let gate = table.get(&field).map_or(gate, |spec| spec.gate);
            problems.push(Problem { field, fault: Fault::Missing { gate } });
        }
    }
    problems.sort_by_cached_key(|problem| table.place(&problem.field));
    (terms, problems)
}

/// Reads what can be read of a draft and drops the rest: for findings and the route to come while one types.
pub fn read_what_stands(entries: &Entries, table: &FieldTable) -> Terms {
    Terms::new(values(entries, table).0, table)
}

/// Reads one box.
///
/// # Errors
/// The fault of its form or bounds.
pub fn read_value(typed: &str, spec: &FieldSpec) -> Result<Value, Fault> {
    read::value(typed, spec)
}

/// Reads asked-for changes of terms, such as a proposal's. An empty text clears the field.
///
/// # Errors
/// The problems of the changed fields, and those between fields that the change brings.
pub fn read_changes(terms: &Terms, typed: &Entries, table: &FieldTable) -> Result<Vec<Change>, Vec<Problem>> {
    let mut problems = Vec::new();
    let mut changes = Vec::new();
    for (key, text) in typed.iter() {
        let read = match table.get(key).filter(|spec| spec.key != field::ENGAGEMENT) {
            None => Err(Fault::NotAField),
            Some(_) if text.trim().is_empty() => Ok(None),
            Some(spec) => read::value(text, spec).map(Some),
        };
        match read {
            Ok(to) if terms.get(key) == to.as_ref() => {}
            Ok(to) => changes.push(Change { field: key.clone(), from: terms.get(key).cloned(), to }),
            Err(fault) => problems.push(Problem { field: key.clone(), fault }),
        }
    }
    let changed = terms.with(&changes, table);
    problems.extend(together::problems(&changed));
    for field in changed.missing(Gate::Submit, table) {
        if changes.iter().any(|change| change.field == field) {
            problems.push(Problem { field, fault: Fault::Missing { gate: Gate::Submit } });
        }
    }
    if problems.is_empty() { Ok(changes) } else { Err(problems) }
}

fn values(entries: &Entries, table: &FieldTable) -> (BTreeMap<FieldKey, Value>, Vec<Problem>) {
    let engagement = entries.get(&field::ENGAGEMENT).and_then(Engagement::parse);
    let mut problems = Vec::new();
    let mut values = BTreeMap::new();
    for (key, _) in entries.iter() {
        let Some(typed) = entries.get(key) else { continue };
        match table.get(key) {
            None => problems.push(Problem { field: key.clone(), fault: Fault::NotAField }),
            // a field of another engagement keeps what was typed, and counts for nothing
            Some(spec) if engagement.is_some_and(|engagement| !spec.applies_to(engagement)) => {}
            Some(spec) => match read::value(typed, spec) {
                Ok(value) => {
                    values.insert(key.clone(), value);
                }
                Err(fault) => problems.push(Problem { field: key.clone(), fault }),
            },
        }
    }
    (values, problems)
}

/// A bound as a value of the field's kind, for the sentence that names it.
fn bound_of(spec: &FieldSpec, units: i64) -> Value {
    match spec.kind {
        field::Kind::Money => Value::Money(Money::cents(units)),
        field::Kind::Percent => Value::Percent(BasisPoints(units)),
        _ => Value::Number(Hundredths(units)),
    }
}
