//! What a rule holds a value against, and which kinds of value each test fits.

use crate::coded::coded;
use crate::field::{FieldKey, Kind};
use crate::money::{BasisPoints, Hundredths, Money};
use crate::playbook::readable;
use crate::terms::Value;
use serde::{Deserialize, Serialize};

/// What a value is held against; bounds are written as typed into the field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Test {
    /// Equal to, or for codes: contains.
    Is(String),
    /// One of these, or for codes: contains one of these.
    OneOf(Vec<String>),
    /// None of these, or for codes: contains none of these. An empty field passes.
    NoneOf(Vec<String>),
    /// Codes: contains every one of these.
    AllOf(Vec<String>),
    /// Codes: contains one that is not among these.
    OtherThan(Vec<String>),
    /// Text: these words stand in it, in capitals or not.
    Contains(String),
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

impl Test {
    /// The bounds as they are written.
    pub fn texts(&self) -> &[String] {
        match self {
            Self::Is(text)
            | Self::Contains(text)
            | Self::AtLeast(text)
            | Self::AtMost(text)
            | Self::MoreThan(text)
            | Self::LessThan(text) => std::slice::from_ref(text),
            Self::OneOf(texts) | Self::NoneOf(texts) | Self::AllOf(texts) | Self::OtherThan(texts) => texts,
            Self::Filled => &[],
        }
    }

    /// Whether the test asks for more or less.
    pub const fn is_ordered(&self) -> bool {
        matches!(self, Self::AtLeast(_) | Self::AtMost(_) | Self::MoreThan(_) | Self::LessThan(_))
    }

    /// Whether a field of this kind can be held against it.
    pub const fn fits(&self, kind: &Kind) -> bool {
        match self {
            Self::Filled => true,
            Self::Is(_) | Self::OneOf(_) | Self::NoneOf(_) => !matches!(kind, Kind::Prose),
            Self::AllOf(_) | Self::OtherThan(_) => matches!(kind, Kind::Codes),
            Self::Contains(_) => matches!(kind, Kind::Text | Kind::Prose | Kind::Email),
            Self::AtLeast(_) | Self::AtMost(_) | Self::MoreThan(_) | Self::LessThan(_) => has_order(kind),
        }
    }

    /// Whether a value passes; nothing when a bound does not read. An empty field is neither more nor less than anything.
    pub(super) fn passes(&self, value: Option<&Value>, read: impl Fn(&str) -> Option<Value>) -> Option<bool> {
        let ordered = |text: &String, holds: fn(std::cmp::Ordering) -> bool| {
            let bound = read(text)?;
            Some(value.is_some_and(|value| holds(value.cmp(&bound))))
        };
        match self {
            Self::Filled => Some(value.is_some()),
            Self::Is(text) => is(value, text, &read),
            Self::OneOf(texts) => some(texts, |text| is(value, text, &read)),
            Self::NoneOf(texts) => some(texts, |text| is(value, text, &read)).map(|some| !some),
            Self::AllOf(texts) => some(texts, |text| is(value, text, &read).map(|is| !is)).map(|one_lacks| !one_lacks),
            Self::OtherThan(texts) => Some(match value {
                Some(Value::Codes(codes)) => codes.iter().any(|code| !texts.contains(code)),
                _ => false,
            }),
            Self::Contains(text) => {
                let sought = text.trim().to_lowercase();
                Some(matches!(value, Some(Value::Text(held)) if held.to_lowercase().contains(&sought)))
            }
            Self::AtLeast(text) => ordered(text, std::cmp::Ordering::is_ge),
            Self::AtMost(text) => ordered(text, std::cmp::Ordering::is_le),
            Self::MoreThan(text) => ordered(text, std::cmp::Ordering::is_gt),
            Self::LessThan(text) => ordered(text, std::cmp::Ordering::is_lt),
        }
    }
}

/// Kinds of field of which one value can be more than another.
pub(crate) const fn has_order(kind: &Kind) -> bool {
    matches!(kind, Kind::Money | Kind::Percent | Kind::Number | Kind::Date | Kind::LocalTime)
}

fn is(value: Option<&Value>, text: &str, read: &impl Fn(&str) -> Option<Value>) -> Option<bool> {
    match value {
        // codes, and what is kept as it was typed: no need to read the bound to see that it is equal
        Some(Value::Codes(codes)) => Some(codes.iter().any(|code| code == text)),
        Some(Value::Text(held) | Value::Choice(held)) if held == text => Some(true),
        _ => read(text).map(|wanted| value == Some(&wanted)),
    }
}

/// Whether one of the texts holds; nothing when one cannot be told and none holds.
fn some(texts: &[String], holds: impl Fn(&String) -> Option<bool>) -> Option<bool> {
    let mut unknown = false;
    for text in texts {
        match holds(text) {
            Some(true) => return Some(true),
            Some(false) => {}
            None => unknown = true,
        }
    }
    (!unknown).then_some(false)
}

coded! {
    /// How one field stands to another.
    Order {
        /// The same value.
        Same = "same",
        /// Another value.
        Different = "different",
        /// More.
        Above = "above",
        /// More or the same.
        AtLeast = "at_least",
        /// Less.
        Below = "below",
        /// Less or the same.
        AtMost = "at_most",
    }
}

impl Order {
    /// Whether it asks for more or less.
    pub const fn is_ordered(self) -> bool {
        !matches!(self, Self::Same | Self::Different)
    }
}

/// A test of one field against another of the same kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct FieldsTest {
    /// The field.
    pub one: FieldKey,
    /// How it stands to the other.
    pub is: Order,
    /// The other.
    pub other: FieldKey,
    /// By how much at least, as a share of the other; for more and less alone.
    #[serde(default, with = "readable::percent", skip_serializing_if = "is_nothing")]
    pub by: BasisPoints,
}

fn is_nothing(percent: &BasisPoints) -> bool {
    *percent == BasisPoints(0)
}

impl FieldsTest {
    /// Whether it holds; nothing when there is nothing to compare with, or the two are of different kinds.
    pub(super) fn passes(&self, one: Option<&Value>, other: Option<&Value>) -> Option<bool> {
        let Some(one) = one else { return Some(false) };
        let other = other?;
        if std::mem::discriminant(one) != std::mem::discriminant(other) {
            return None;
        }
        let shifted = match self.is {
            Order::Above | Order::AtLeast => shifted(other, self.by.0)?,
            Order::Below | Order::AtMost => shifted(other, -self.by.0)?,
            Order::Same | Order::Different => other.clone(),
        };
        let order = one.cmp(&shifted);
        Some(match self.is {
            Order::Same => order.is_eq(),
            Order::Different => order.is_ne(),
            Order::Above => order.is_gt(),
            Order::AtLeast => order.is_ge(),
            Order::Below => order.is_lt(),
            Order::AtMost => order.is_le(),
        })
    }
}

/// A value more by this share of itself.
fn shifted(value: &Value, by: i64) -> Option<Value> {
    if by == 0 {
        return Some(value.clone());
    }
    let share = BasisPoints::WHOLE.checked_add(by)?;
    let scaled = |units: i64| Money::cents(units).scaled(share, BasisPoints::WHOLE).map(|scaled| scaled.minor);
    match value {
        Value::Money(money) => money.scaled(share, BasisPoints::WHOLE).map(Value::Money),
        Value::Percent(percent) => scaled(percent.0).map(|points| Value::Percent(BasisPoints(points))),
        Value::Number(number) => scaled(number.0).map(|number| Value::Number(Hundredths(number))),
        _ => None,
    }
}
