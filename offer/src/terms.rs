//! What is offered: `Entries` as typed, `Terms` as read. Rules, coverage, sight, templates and exports see only `Terms::get`.

mod pay;

pub use pay::{Bill, Pay};

use crate::engagement::{Engagement, HireKind};
use crate::field::{self, FieldKey, FieldTable, Gate};
use crate::id::{ClauseKey, ClientCode, ContingencyKind, PersonId};
use crate::moment::Day;
use crate::money::{BasisPoints, Hundredths, Money};
use crate::private::Private;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A draft: every field exactly as typed, so that `62,5O` is never lost.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Entries(BTreeMap<FieldKey, String>);

impl Entries {
    /// What was typed; empty text counts as nothing.
    pub fn get(&self, key: &FieldKey) -> Option<&str> {
        self.0.get(key).map(String::as_str).filter(|text| !text.trim().is_empty())
    }

    /// What was typed, letter for letter, for the box it was typed into.
    pub fn typed(&self, key: &FieldKey) -> &str {
        self.0.get(key).map_or("", String::as_str)
    }

    /// Keeps what was typed.
    pub fn set(&mut self, key: FieldKey, text: impl Into<String>) {
        self.0.insert(key, text.into());
    }

    /// Whether no field was touched.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All fields that were touched.
    pub fn iter(&self) -> impl Iterator<Item = (&FieldKey, &str)> {
        self.0.iter().map(|(key, text)| (key, text.as_str()))
    }
}

impl FromIterator<(FieldKey, String)> for Entries {
    fn from_iter<I: IntoIterator<Item = (FieldKey, String)>>(pairs: I) -> Self {
        Self(pairs.into_iter().collect())
    }
}

/// A value of a field. Its variant always fits the field's kind: only `intake` makes terms.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(tag = "kind", content = "value", rename_all = "snake_case")]
pub enum Value {
    /// Of `Kind::Text`, `Prose`, `Email`, `State`, `Client`, `LocalTime`.
    Text(String),
    /// Of `Kind::Money`.
    Money(Money),
    /// Of `Kind::Percent`.
    Percent(BasisPoints),
    /// Of `Kind::Number`.
    Number(Hundredths),
    /// Of `Kind::Date`.
    Date(Day),
    /// Of `Kind::Choice`.
    Choice(String),
    /// Of `Kind::Codes`; sorted, without repeats.
    Codes(Vec<String>),
    /// Of `Kind::YesNo`.
    YesNo(bool),
    /// Of `Kind::Person`.
    Person(PersonId),
}

impl Value {
    /// The value as it would be typed into its field: reading it again gives the same value.
    pub fn typed(&self) -> String {
        match self {
            Self::Text(text) | Self::Choice(text) => text.clone(),
            Self::Money(money) => money.to_string(),
            Self::Percent(percent) => percent.to_string(),
            Self::Number(number) => number.to_string(),
            Self::Date(day) => day.to_string(),
            Self::Codes(codes) => codes.join(";"),
            Self::YesNo(true) => "yes".to_owned(),
            Self::YesNo(false) => "no".to_owned(),
            Self::Person(person) => person.to_string(),
        }
    }
}

/// One field that differs between two versions.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// The field.
    pub field: FieldKey,
    /// Its value before; nothing when it was empty.
    pub from: Option<Value>,
    /// Its value after; nothing when it was cleared.
    pub to: Option<Value>,
}

/// A field that two people changed from the same value to different ones.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FieldConflict {
    /// The field.
    pub field: FieldKey,
    /// What both had read.
    pub read: Option<Value>,
    /// What the one wants now.
    pub yours: Option<Value>,
    /// What the other made of it.
    pub theirs: Option<Value>,
}

/// Several fields that differ. Values that are personal or free text are apart, sealed under the person's key (law 11).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Changes {
    open: Vec<Change>,
    private: Private<Vec<Change>>,
}

impl Changes {
    /// Puts changes together; the table says which of them are sealed.
    pub fn new(changes: Vec<Change>, table: &FieldTable) -> Self {
        let (private, open) = changes.into_iter().partition(|change| table.get(&change.field).is_none_or(field::FieldSpec::is_private));
        Self { open, private: Private::Kept(private) }
    }

    /// No change at all: somebody asked in words alone.
    pub const fn none() -> Self {
        Self { open: Vec::new(), private: Private::Kept(Vec::new()) }
    }

    /// Every change that is kept.
    pub fn iter(&self) -> impl Iterator<Item = &Change> {
        self.open.iter().chain(self.private.kept().into_iter().flatten())
    }

    /// Every change that is kept, as a list.
    pub fn to_vec(&self) -> Vec<Change> {
        self.iter().cloned().collect()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }

    /// The changes whose field is shown.
    #[must_use]
    pub fn retain(&self, shown: impl Fn(&FieldKey) -> bool) -> Self {
        let keep = |changes: &Vec<Change>| changes.iter().filter(|change| shown(&change.field)).cloned().collect();
        Self {
            open: keep(&self.open),
            private: match &self.private {
                Private::Kept(changes) => Private::Kept(keep(changes)),
                Private::Erased => Private::Erased,
            },
        }
    }
}

/// The terms of one version of an offer, typed by the field table. They exist from Submit on.
///
/// Values that are personal or free text are apart, sealed under the person's key (law 11).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    open: BTreeMap<FieldKey, Value>,
    private: Private<BTreeMap<FieldKey, Value>>,
}

impl Terms {
    /// Puts read values together; the table says which of them are sealed.
    pub(crate) fn new(values: BTreeMap<FieldKey, Value>, table: &FieldTable) -> Self {
        let (private, open) = values.into_iter().partition(|(key, _)| table.get(key).is_none_or(field::FieldSpec::is_private));
        Self { open, private: Private::Kept(private) }
    }

    /// The value of a field; nothing when empty or erased.
    pub fn get(&self, key: &FieldKey) -> Option<&Value> {
        self.open.get(key).or_else(|| self.private.kept().and_then(|private| private.get(key)))
    }

    /// All values, by key.
    pub fn iter(&self) -> impl Iterator<Item = (&FieldKey, &Value)> {
        self.open.iter().chain(self.private.kept().into_iter().flatten())
    }

    /// These terms without the fields that `shown` refuses.
    #[must_use]
    pub fn retain(&self, shown: impl Fn(&FieldKey) -> bool) -> Self {
        let keep = |map: &BTreeMap<FieldKey, Value>| {
            map.iter().filter(|(key, _)| shown(key)).map(|(key, value)| (key.clone(), value.clone())).collect()
        };
        Self {
            open: keep(&self.open),
            private: match &self.private {
                Private::Kept(map) => Private::Kept(keep(map)),
                Private::Erased => Private::Erased,
            },
        }
    }

    /// These terms with changes laid over them. The changes hold read values, so the result needs no further check of form.
    #[must_use]
    pub fn with(&self, changes: &[Change], table: &FieldTable) -> Self {
        let mut values: BTreeMap<FieldKey, Value> = self.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
        for change in changes {
            match &change.to {
                Some(value) => values.insert(change.field.clone(), value.clone()),
                None => values.remove(&change.field),
            };
        }
        Self::new(values, table)
    }

    /// Sets a field that is never sealed.
    pub(crate) fn replace_open(&mut self, key: FieldKey, value: Value) {
        self.open.insert(key, value);
    }

    /// What differs between these terms and later ones, by key.
    pub fn diff(&self, later: &Self) -> Vec<Change> {
        let mut keys: Vec<&FieldKey> = self.iter().chain(later.iter()).map(|(key, _)| key).collect();
        keys.sort();
        keys.dedup();
        keys.into_iter()
            .filter(|key| self.get(key) != later.get(key))
            .map(|key| Change { field: key.clone(), from: self.get(key).cloned(), to: later.get(key).cloned() })
            .collect()
    }

    /// These terms as a draft holds them.
    pub fn entries(&self) -> Entries {
        self.iter().map(|(key, value)| (key.clone(), value.typed())).collect()
    }

    /// The fields that must hold a value by this gate and do not.
    pub fn missing(&self, gate: Gate, table: &FieldTable) -> Vec<FieldKey> {
        let engagement = self.engagement();
        table
            .iter()
            .filter(|spec| spec.gate <= gate && engagement.is_none_or(|engagement| spec.applies_to(engagement)))
            .filter(|spec| self.get(&spec.key).is_none())
            .map(|spec| spec.key.clone())
            .collect()
    }

    /// The engagement.
    pub fn engagement(&self) -> Option<Engagement> {
        self.choice(&field::ENGAGEMENT).and_then(Engagement::parse)
    }

    /// Whether the person is new to the employer.
    pub fn hire_kind(&self) -> HireKind {
        self.choice(&field::HIRE_KIND).and_then(HireKind::parse).unwrap_or(HireKind::New)
    }

    /// The client.
    pub fn client(&self) -> Option<ClientCode> {
        self.text(&field::CLIENT).map(ClientCode::new)
    }

    /// A line, choice or other text of a field.
    pub fn text(&self, key: &FieldKey) -> Option<&str> {
        match self.get(key) {
            Some(Value::Text(text) | Value::Choice(text)) => Some(text),
            _ => None,
        }
    }

    /// The chosen code of a field.
    pub fn choice(&self, key: &FieldKey) -> Option<&str> {
        match self.get(key) {
            Some(Value::Choice(code)) => Some(code),
            _ => None,
        }
    }

    /// An amount.
    pub fn money(&self, key: &FieldKey) -> Option<Money> {
        match self.get(key) {
            Some(Value::Money(money)) => Some(*money),
            _ => None,
        }
    }

    /// A percentage.
    pub fn percent(&self, key: &FieldKey) -> Option<BasisPoints> {
        match self.get(key) {
            Some(Value::Percent(percent)) => Some(*percent),
            _ => None,
        }
    }

    /// A number.
    pub fn number(&self, key: &FieldKey) -> Option<Hundredths> {
        match self.get(key) {
            Some(Value::Number(number)) => Some(*number),
            _ => None,
        }
    }

    /// A date.
    pub fn day(&self, key: &FieldKey) -> Option<Day> {
        match self.get(key) {
            Some(Value::Date(day)) => Some(*day),
            _ => None,
        }
    }

    /// A person.
    pub fn person(&self, key: &FieldKey) -> Option<&PersonId> {
        match self.get(key) {
            Some(Value::Person(person)) => Some(person),
            _ => None,
        }
    }

    /// The codes of a field; none when empty.
    pub fn codes(&self, key: &FieldKey) -> &[String] {
        match self.get(key) {
            Some(Value::Codes(codes)) => codes,
            _ => &[],
        }
    }

    /// What these changes, read off older terms, come to when they are laid over newer ones: field by field. A field that only one side
    /// changed takes its value; one that both changed alike needs nothing more.
    ///
    /// # Errors
    /// The fields that both sides changed to different values.
    pub fn merged(&self, read: &Self, changes: &[Change]) -> Result<Vec<Change>, Vec<FieldConflict>> {
        let (mut merged, mut conflicts) = (Vec::new(), Vec::new());
        for change in changes {
            let (before, now, wanted) = (read.get(&change.field), self.get(&change.field), change.to.as_ref());
            if wanted == before || wanted == now {
                continue;
            }
            if now == before {
                merged.push(Change { field: change.field.clone(), from: now.cloned(), to: wanted.cloned() });
            } else {
                let (yours, theirs) = (wanted.cloned(), now.cloned());
                conflicts.push(FieldConflict { field: change.field.clone(), read: before.cloned(), yours, theirs });
            }
        }
        if conflicts.is_empty() { Ok(merged) } else { Err(conflicts) }
    }

    /// The clauses of the letter.
    pub fn clauses(&self) -> impl Iterator<Item = ClauseKey> {
        self.codes(&field::CLAUSES).iter().map(ClauseKey::new)
    }

    /// What the offer depends on.
    pub fn contingencies(&self) -> impl Iterator<Item = ContingencyKind> {
        self.codes(&field::CONTINGENCIES).iter().map(ContingencyKind::new)
    }
}
