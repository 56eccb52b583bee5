//! What can be said of a template before any offer uses it.

use std::collections::BTreeSet;

use super::Clause;
use super::body::{Body, Branches, Inline, Node};
use super::condition::{Asked, Condition};
use super::datum::{DatumKind, FieldForm, Forms};
use super::fault::{Fault, FaultKind, Place};
use super::format::Format;
use super::parse::{BodyOf, parse};

/// Checks a letter's body against the field table and the clauses of the playbook.
#[must_use]
pub fn template(body: &str, forms: &dyn Forms, clauses: &[Clause]) -> Vec<Fault> {
    let body = match parse(body, BodyOf::Template) {
        Ok(body) => body,
        Err(faults) => return faults,
    };
    let mut lint = Lint::new(forms, Some(clauses));
    lint.nodes(&body.nodes);
    let start = Place { line: 1, column: 1 };
    match lint.clauses_at.as_slice() {
        [] => lint.fault(FaultKind::ClausesMissing, start),
        [_] => {}
        [_, again, ..] => lint.fault(FaultKind::ClausesTwice, *again),
    }
    match lint.acceptance_at.as_slice() {
        [] => lint.fault(FaultKind::AcceptanceMissing, start),
        [_] => {}
        [_, again, ..] => lint.fault(FaultKind::AcceptanceTwice, *again),
    }
    for field in forms.promised() {
        if field != "words.clauses" && !lint.used.contains(field.as_str()) {
            lint.fault(FaultKind::FieldUnused { field }, start);
        }
    }
    lint.done()
}

/// Checks the text of a clause against the field table.
#[must_use]
pub fn clause(body: &str, forms: &dyn Forms) -> Vec<Fault> {
    match parse(body, BodyOf::Clause) {
        Ok(body) => {
            let mut lint = Lint::new(forms, None);
            lint.nodes(&body.nodes);
            lint.done()
        }
        Err(faults) => faults,
    }
}

/// Every field that a body prints or asks for.
#[must_use]
pub fn fields(body: &Body) -> BTreeSet<String> {
    struct Nothing;
    impl Forms for Nothing {
        fn form(&self, _: &str) -> Option<FieldForm> {
            None
        }
        fn promised(&self) -> Vec<String> {
            Vec::new()
        }
        fn custom(&self) -> Vec<String> {
            Vec::new()
        }
    }
    let mut lint = Lint::new(&Nothing, None);
    lint.nodes(&body.nodes);
    lint.faults
        .into_iter()
        .filter_map(|fault| match fault.kind {
            FaultKind::FieldUnknown { field } => Some(field),
            _ => None,
        })
        .collect()
}

struct Lint<'a> {
    forms: &'a dyn Forms,
    clauses: Option<&'a [Clause]>,
    faults: Vec<Fault>,
    /// Fields that certainly have a value here.
    ensured: Vec<String>,
    used: BTreeSet<String>,
    clauses_at: Vec<Place>,
    acceptance_at: Vec<Place>,
}

impl<'a> Lint<'a> {
    fn new(forms: &'a dyn Forms, clauses: Option<&'a [Clause]>) -> Self {
        Self {
            forms,
            clauses,
            faults: Vec::new(),
            ensured: Vec::new(),
            used: BTreeSet::new(),
            clauses_at: Vec::new(),
            acceptance_at: Vec::new(),
        }
    }

    fn done(mut self) -> Vec<Fault> {
        self.faults.sort();
        self.faults.dedup();
        self.faults
    }

    fn fault(&mut self, kind: FaultKind, place: Place) {
        self.faults.push(kind.at(place));
    }

    fn nodes(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Heading { text, .. } | Node::Paragraph { text } | Node::Item { text } => self.text(text),
                Node::Row { label, value } => {
                    self.text(label);
                    self.text(value);
                }
                Node::Items { field, place } => self.field(field, Some(Format::Items), *place),
                Node::If(branches) => self.branches(branches, Self::nodes),
                Node::Clause { key, place } => {
                    if self.clauses.is_some_and(|clauses| !clauses.iter().any(|clause| clause.key.as_str() == key)) {
                        self.fault(FaultKind::ClauseUnknown { clause: key.clone() }, *place);
                    }
                }
                Node::Custom => self.used.extend(self.forms.custom()),
                Node::Clauses { place } => self.clauses_at.push(*place),
                Node::Acceptance { nodes, place } => {
                    self.acceptance_at.push(*place);
                    self.nodes(nodes);
                }
            }
        }
    }

    fn text(&mut self, text: &[Inline]) {
        for inline in text {
            match inline {
                Inline::Field { key, format, place, .. } => self.field(key, *format, *place),
                Inline::If(branches) => self.branches(branches, Self::text),
                Inline::Text { .. } | Inline::Break => {}
            }
        }
    }

    fn branches<T>(&mut self, branches: &Branches<T>, inner: impl Fn(&mut Self, &[T])) {
        for arm in &branches.arms {
            self.condition(&arm.condition, arm.place);
            let before = self.ensured.len();
            let mut ensured = Vec::new();
            arm.condition.ensures(&mut ensured);
            for field in ensured {
                self.ensure(field);
            }
            inner(self, &arm.inner);
            self.ensured.truncate(before);
        }
        inner(self, &branches.otherwise);
    }

    /// From here on the field has a value, and so have those that it brings.
    fn ensure(&mut self, field: &str) {
        if self.ensured.iter().any(|ensured| ensured == field) {
            return;
        }
        self.ensured.push(field.to_owned());
        for brought in self.forms.form(field).map(|form| form.brings).unwrap_or_default() {
            self.ensure(&brought);
        }
    }

    fn condition(&mut self, condition: &Condition, place: Place) {
        // within one condition, an earlier part can make sure of a later one: `a and a is "x"`
        let mut found = Vec::new();
        let mut presence = BTreeSet::new();
        condition.each_field(&mut |field, asked| {
            let Some(form) = self.form_of(field, place, &mut found) else { return };
            let (value, comparable) = match asked {
                Asked::Given => {
                    presence.insert(field);
                    return;
                }
                Asked::Is(value) => (value, can_be(&form, value)),
                Asked::Has(code) => (code, form.kind == DatumKind::List && is_code(&form, code)),
            };
            if !comparable {
                found.push(FaultKind::ComparisonUnfit { field: field.to_owned(), value: value.to_owned() }.at(place));
            }
            let guarded = presence.contains(field) || self.ensured.iter().any(|ensured| ensured == field);
            // a list that is not there holds nothing, so it needs no guard
            if !form.always_given && !guarded && matches!(asked, Asked::Is(_)) {
                found.push(FaultKind::FieldUnguarded { field: field.to_owned() }.at(place));
            }
        });
        self.faults.append(&mut found);
        condition.each_field(&mut |field, _| {
            self.used.insert(field.to_owned());
        });
    }

    fn field(&mut self, key: &str, format: Option<Format>, place: Place) {
        let mut found = Vec::new();
        self.used.insert(key.to_owned());
        let form = self.form_of(key, place, &mut found);
        self.faults.append(&mut found);
        let Some(form) = form else { return };
        if !form.prints {
            self.fault(FaultKind::FieldHidden { field: key.to_owned() }, place);
        }
        self.used.extend(form.covers.iter().map(|covered| (*covered).to_owned()));
        let asked = format.or_else(|| Format::natural(form.kind));
        match asked {
            Some(format) if format.suits(form.kind) => {}
            _ => {
                let kind = FaultKind::FormatUnfit { field: key.to_owned(), format: asked.unwrap_or(Format::Text) };
                self.fault(kind, place);
            }
        }
        if !form.always_given && !self.ensured.iter().any(|ensured| ensured == key) {
            self.fault(FaultKind::FieldUnguarded { field: key.to_owned() }, place);
        }
    }

    fn form_of(&self, field: &str, place: Place, found: &mut Vec<Fault>) -> Option<FieldForm> {
        let Some(form) = self.forms.form(field) else {
            found.push(FaultKind::FieldUnknown { field: field.to_owned() }.at(place));
            return None;
        };
        if !form.seen_by_candidate {
            found.push(FaultKind::FieldHidden { field: field.to_owned() }.at(place));
        }
        Some(form)
    }
}

/// Whether a field can ever have this value.
fn can_be(form: &FieldForm, value: &str) -> bool {
    match form.kind {
        DatumKind::Text => true,
        DatumKind::Choice => is_code(form, value),
        DatumKind::YesNo => matches!(value, "yes" | "no"),
        DatumKind::Number => crate::money::Hundredths::parse(value).is_some(),
        DatumKind::Money
        | DatumKind::Rate
        | DatumKind::Percent
        | DatumKind::Day
        | DatumKind::Deadline
        | DatumKind::List
        | DatumKind::Person => false,
    }
}

fn is_code(form: &FieldForm, code: &str) -> bool {
    form.codes.is_empty() || form.codes.iter().any(|known| known == code)
}
