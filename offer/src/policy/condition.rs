//! Conditions of rules: typed, total, and able to say why. What cannot be told requires its step (law 7).

use super::reason::Reason;
use super::test::{FieldsTest, Test};
use crate::check::{Assessment, FactKind, Figure};
use crate::engagement::Engagement;
use crate::field::{FieldKey, FieldTable};
use crate::intake;
use crate::terms::{Terms, Value};
use serde::{Deserialize, Serialize};
use std::sync::Arc;

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
    /// When one field stands so to another.
    Fields(FieldsTest),
    /// When a figure passes a test.
    Figure(FigureTest),
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
    /// The test; every reason that comes of it shares it.
    pub test: Arc<Test>,
}

/// A test of one figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FigureTest {
    /// The figure.
    pub key: Figure,
    /// The test; every reason that comes of it shares it.
    pub test: Arc<Test>,
}

/// What conditions look at.
#[derive(Clone, Copy, Debug)]
pub(super) struct Case<'a> {
    pub(super) terms: &'a Terms,
    pub(super) assessment: &'a Assessment,
    pub(super) engagement: Engagement,
    pub(super) table: &'a FieldTable,
}

/// What a condition comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Outcome {
    Holds(Vec<Reason>),
    Fails(Vec<Reason>),
    CannotTell(Vec<Reason>),
}

impl Condition {
    pub(super) fn outcome(&self, case: Case<'_>) -> Outcome {
        match self {
            Self::Always => Outcome::Holds(vec![Reason::Always]),
            Self::Finding(kind) => finding(*kind, case),
            Self::Field(test) => test.outcome(case),
            Self::Fields(test) => compared(test, case.terms),
            Self::Figure(test) => test.outcome(case),
            Self::All(parts) => all(parts.iter().map(|part| part.outcome(case))),
            Self::Any(parts) => any(parts.iter().map(|part| part.outcome(case))),
            Self::Not(part) => match part.outcome(case) {
                Outcome::Holds(reasons) => Outcome::Fails(reasons),
                Outcome::Fails(reasons) => Outcome::Holds(reasons),
                unknown @ Outcome::CannotTell(_) => unknown,
            },
        }
    }
}

fn finding(kind: FactKind, case: Case<'_>) -> Outcome {
    let of_kind = case.assessment.findings.iter().filter(|finding| finding.fact.kind() == kind);
    let found: Vec<Reason> = of_kind.map(|finding| Reason::Found { fact: finding.fact.clone() }).collect();
    if found.is_empty() { Outcome::Fails(vec![Reason::NotFound { kind }]) } else { Outcome::Holds(found) }
}

fn compared(test: &FieldsTest, terms: &Terms) -> Outcome {
    let (one, other) = (terms.get(&test.one), terms.get(&test.other));
    let reason = |passes| Reason::Compared { test: test.clone(), one: one.cloned(), other: other.cloned(), passes };
    match test.passes(one, other) {
        Some(true) => Outcome::Holds(vec![reason(true)]),
        Some(false) => Outcome::Fails(vec![reason(false)]),
        None => Outcome::CannotTell(vec![Reason::CannotTell { field: test.other.clone() }]),
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
    fn outcome(&self, case: Case<'_>) -> Outcome {
        let value = case.terms.get(&self.key);
        match self.passes(value, case.table) {
            Some(true) => {
                Outcome::Holds(vec![Reason::FieldPasses { field: self.key.clone(), test: self.test.clone(), value: value.cloned() }])
            }
            Some(false) => {
                Outcome::Fails(vec![Reason::FieldFails { field: self.key.clone(), test: self.test.clone(), value: value.cloned() }])
            }
            None => Outcome::CannotTell(vec![Reason::CannotTell { field: self.key.clone() }]),
        }
    }

    /// Nothing when the field is not known, or it cannot be held against this test.
    fn passes(&self, value: Option<&Value>, table: &FieldTable) -> Option<bool> {
        let spec = table.get(&self.key)?;
        if !self.test.fits(&spec.kind) {
            return None;
        }
        self.test.passes(value, |text| intake::read_value(text, spec).ok())
    }
}

impl FigureTest {
    fn outcome(&self, case: Case<'_>) -> Outcome {
        let (figure, test) = (self.key, &self.test);
        let value = case.assessment.figures.get(figure);
        if value.is_none() && !figure.applies_to(case.engagement, case.table) {
            return Outcome::Fails(vec![Reason::FigureFails { figure, test: test.clone(), value: None }]);
        }
        let told = value.and_then(|value| Some((value, test.passes(Some(value), |text| figure.read(text))?)));
        match told {
            Some((value, true)) => Outcome::Holds(vec![Reason::FigurePasses { figure, test: test.clone(), value: value.clone() }]),
            Some((value, false)) => Outcome::Fails(vec![Reason::FigureFails { figure, test: test.clone(), value: Some(value.clone()) }]),
            None => Outcome::CannotTell(vec![Reason::CannotCompute { figure }]),
        }
    }
}
