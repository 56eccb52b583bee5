//! Conditions of rules: typed, total, and able to say why. What cannot be told requires its step (law 7).

use crate::check::{Fact, FactKind, Finding};
use crate::field::{FieldKey, FieldTable};
use crate::intake;
use crate::terms::{Terms, Value};
use serde::{Deserialize, Serialize};

/// When a rule asks for its step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Condition {
    /// On every offer.
    Always,
    /// When a check found this.
    Finding(FactKind),
    /// When a field passes a test.
    Field(FieldTest),
    /// When every part holds.
    All(Vec<Condition>),
    /// When some part holds.
    Any(Vec<Condition>),
    /// When the part does not hold.
    Not(Box<Condition>),
}

/// A test of one field, built-in or custom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FieldTest {
    /// The field.
    pub key: FieldKey,
    /// The test.
    pub test: Test,
}

/// What a field is held against; values are written as typed into the field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Test {
    /// Equal to, or for codes: contains.
    Is(String),
    /// One of these.
    OneOf(Vec<String>),
    /// This or more.
    AtLeast(String),
    /// This or less.
    AtMost(String),
    /// More than this.
    MoreThan(String),
    /// Less than this.
    LessThan(String),
    /// Holds any value.
    Filled,
}

/// Why a step is in the route, or is not.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// The rule asks on every offer.
    Always,
    /// A check found this.
    Found {
        /// What.
        fact: Fact,
    },
    /// No check found this.
    NotFound {
        /// What was looked for.
        kind: FactKind,
    },
    /// A field passed the test.
    FieldPasses {
        /// The field and its test.
        field: FieldKey,
        /// The test.
        test: Test,
        /// Its value.
        value: Option<Value>,
    },
    /// A field did not pass the test.
    FieldFails {
        /// The field and its test.
        field: FieldKey,
        /// The test.
        test: Test,
        /// Its value.
        value: Option<Value>,
    },
    /// It could not be told, and so the step is required.
    CannotTell {
        /// The field that could not be compared.
        field: FieldKey,
    },
}

/// What a condition comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Holds(Vec<Reason>),
    Fails(Vec<Reason>),
    CannotTell(Vec<Reason>),
}

impl Condition {
    pub(super) fn outcome(&self, terms: &Terms, findings: &[Finding], table: &FieldTable) -> Outcome {
        match self {
            Self::Always => Outcome::Holds(vec![Reason::Always]),
            Self::Finding(kind) => {
                let found: Vec<Reason> = findings
                    .iter()
                    .filter(|finding| finding.fact.kind() == *kind)
                    .map(|finding| Reason::Found { fact: finding.fact.clone() })
                    .collect();
                if found.is_empty() { Outcome::Fails(vec![Reason::NotFound { kind: *kind }]) } else { Outcome::Holds(found) }
            }
            Self::Field(test) => test.outcome(terms, table),
            Self::All(parts) => all(parts.iter().map(|part| part.outcome(terms, findings, table))),
            Self::Any(parts) => any(parts.iter().map(|part| part.outcome(terms, findings, table))),
            Self::Not(part) => match part.outcome(terms, findings, table) {
                Outcome::Holds(reasons) => Outcome::Fails(reasons),
                Outcome::Fails(reasons) => Outcome::Holds(reasons),
                unknown @ Outcome::CannotTell(_) => unknown,
            },
        }
    }

    /// The fields that the condition looks at itself.
    pub fn fields(&self) -> Vec<&FieldTest> {
        match self {
            Self::Always | Self::Finding(_) => Vec::new(),
            Self::Field(test) => vec![test],
            Self::All(parts) | Self::Any(parts) => parts.iter().flat_map(Self::fields).collect(),
            Self::Not(part) => part.fields(),
        }
    }
}

/// One failing part decides; else one unknown part leaves it open.
fn all(outcomes: impl Iterator<Item = Outcome>) -> Outcome {
    let (mut held, mut unknown) = (Vec::new(), Vec::new());
    for outcome in outcomes {
        match outcome {
            failed @ Outcome::Fails(_) => return failed,
            Outcome::Holds(reasons) => held.extend(reasons),
            Outcome::CannotTell(reasons) => unknown.extend(reasons),
        }
    }
    if unknown.is_empty() { Outcome::Holds(held) } else { Outcome::CannotTell(unknown) }
}

/// All holding parts speak; else one unknown part leaves it open.
fn any(outcomes: impl Iterator<Item = Outcome>) -> Outcome {
    let (mut held, mut failed, mut unknown) = (Vec::new(), Vec::new(), Vec::new());
    for outcome in outcomes {
        match outcome {
            Outcome::Holds(reasons) => held.extend(reasons),
            Outcome::Fails(reasons) => failed.extend(reasons),
            Outcome::CannotTell(reasons) => unknown.extend(reasons),
        }
    }
    if !held.is_empty() {
        Outcome::Holds(held)
    } else if !unknown.is_empty() {
        Outcome::CannotTell(unknown)
    } else {
        Outcome::Fails(failed)
    }
}

impl FieldTest {
    fn outcome(&self, terms: &Terms, table: &FieldTable) -> Outcome {
        let value = terms.get(&self.key);
        match self.passes(value, table) {
            Some(true) => {
                Outcome::Holds(vec![Reason::FieldPasses { field: self.key.clone(), test: self.test.clone(), value: value.cloned() }])
            }
            Some(false) => {
                Outcome::Fails(vec![Reason::FieldFails { field: self.key.clone(), test: self.test.clone(), value: value.cloned() }])
            }
            None => Outcome::CannotTell(vec![Reason::CannotTell { field: self.key.clone() }]),
        }
    }

    /// Nothing when the field or the text of the rule cannot be compared.
    fn passes(&self, value: Option<&Value>, table: &FieldTable) -> Option<bool> {
        let spec = table.get(&self.key)?;
        let read = |text: &String| intake::read_value(text, spec).ok();
        let ordered = |text: &String, holds: fn(std::cmp::Ordering) -> bool| {
            let bound = read(text)?;
            Some(value.is_some_and(|value| holds(value.cmp(&bound))))
        };
        match &self.test {
            Test::Filled => Some(value.is_some()),
            Test::Is(text) => match value {
                Some(Value::Codes(codes)) => Some(codes.contains(text)),
                _ => read(text).map(|wanted| value == Some(&wanted)),
            },
            Test::OneOf(texts) => {
                texts.iter().map(read).collect::<Option<Vec<Value>>>().map(|wanted| value.is_some_and(|value| wanted.contains(value)))
            }
            Test::AtLeast(text) => ordered(text, std::cmp::Ordering::is_ge),
            Test::AtMost(text) => ordered(text, std::cmp::Ordering::is_le),
            Test::MoreThan(text) => ordered(text, std::cmp::Ordering::is_gt),
            Test::LessThan(text) => ordered(text, std::cmp::Ordering::is_lt),
        }
    }
}
