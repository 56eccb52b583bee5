//! What a template sees: typed values by field key, and what is known of each key before any value exists.

use chrono::NaiveDateTime;

use crate::moment::Day;
use crate::money::{BasisPoints, Hundredths, Money};

/// A value as a letter sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Datum {
    /// Text of a person, printed as it is.
    Text(String),
    /// A code from a closed list.
    Choice(String),
    /// An amount.
    Money(Money),
    /// An amount for a period.
    Rate(Rate),
    /// A share.
    Percent(BasisPoints),
    /// A number.
    Number(Hundredths),
    /// A day.
    Day(Day),
    /// A local date and time in a named zone.
    Deadline(Deadline),
    /// Yes or no.
    YesNo(bool),
    /// Codes, in order.
    List(Vec<String>),
    /// A person by id: can be asked for, is not printed.
    Person,
}

/// An amount for a period, with what it comes to in a year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    /// The amount for one period.
    pub money: Money,
    /// The period.
    pub period: Period,
    /// What it comes to in a year; nothing where that is larger than money can be.
    pub annual: Option<Money>,
}

/// What a rate is paid for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Period {
    /// An hour.
    Hour,
    /// A week.
    Week,
    /// Two weeks.
    TwoWeeks,
    /// Half a month.
    HalfMonth,
    /// A month.
    Month,
    /// A year.
    Year,
}

/// A local date and time in a named zone, as a letter states it; its instant is the server's to compute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Deadline {
    /// The local date and time.
    pub local: NaiveDateTime,
    /// The name of the zone, `America/Los_Angeles`.
    pub zone: String,
}

/// The kind of a value, known when a template is checked and no value exists.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DatumKind {
    /// [`Datum::Text`].
    Text,
    /// [`Datum::Choice`].
    Choice,
    /// [`Datum::Money`].
    Money,
    /// [`Datum::Rate`].
    Rate,
    /// [`Datum::Percent`].
    Percent,
    /// [`Datum::Number`].
    Number,
    /// [`Datum::Day`].
    Day,
    /// [`Datum::Deadline`].
    Deadline,
    /// [`Datum::YesNo`].
    YesNo,
    /// [`Datum::List`].
    List,
    /// [`Datum::Person`].
    Person,
}

impl Datum {
    /// Its kind.
    #[must_use]
    pub fn kind(&self) -> DatumKind {
        match self {
            Self::Text(_) => DatumKind::Text,
            Self::Choice(_) => DatumKind::Choice,
            Self::Money(_) => DatumKind::Money,
            Self::Rate(_) => DatumKind::Rate,
            Self::Percent(_) => DatumKind::Percent,
            Self::Number(_) => DatumKind::Number,
            Self::Day(_) => DatumKind::Day,
            Self::Deadline(_) => DatumKind::Deadline,
            Self::YesNo(_) => DatumKind::YesNo,
            Self::List(_) => DatumKind::List,
            Self::Person => DatumKind::Person,
        }
    }

    /// Whether it says something: not empty, not zero, not "no".
    #[must_use]
    pub fn says_something(&self) -> bool {
        match self {
            Self::Text(text) | Self::Choice(text) => !text.trim().is_empty(),
            Self::Money(money) => money.minor != 0,
            Self::Rate(rate) => rate.money.minor != 0,
            Self::Percent(share) => share.0 != 0,
            Self::Number(number) => number.0 != 0,
            Self::YesNo(yes) => *yes,
            Self::List(codes) => !codes.is_empty(),
            Self::Day(_) | Self::Deadline(_) | Self::Person => true,
        }
    }

    /// Whether it is the value written in a condition.
    #[must_use]
    pub fn is(&self, written: &str) -> bool {
        match self {
            Self::Text(text) | Self::Choice(text) => text == written,
            Self::YesNo(yes) => written == if *yes { "yes" } else { "no" },
            Self::Number(number) => Hundredths::parse(written) == Some(*number),
            Self::Money(_) | Self::Rate(_) | Self::Percent(_) | Self::Day(_) | Self::Deadline(_) | Self::List(_) | Self::Person => false,
        }
    }

    /// Whether it is a list that holds this code.
    #[must_use]
    pub fn has(&self, code: &str) -> bool {
        matches!(self, Self::List(codes) if codes.iter().any(|held| held == code))
    }
}

/// Where a letter takes its values from: the terms and the facts of this one letter.
pub trait Source {
    /// The value of a field, if it has one.
    fn datum(&self, key: &str) -> Option<Datum>;
}

/// What is known of a field when a template is checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldForm {
    /// The kind of its values.
    pub kind: DatumKind,
    /// Every code it can have; empty where that list is open.
    pub codes: Vec<String>,
    /// Whether a letter may print it.
    pub prints: bool,
    /// Whether the candidate may know it; a condition may hang on nothing else.
    pub seen_by_candidate: bool,
    /// Whether it always has a value when a letter is made.
    pub always_given: bool,
    /// Other fields that are printed where this one is.
    pub covers: &'static [&'static str],
    /// Other fields that certainly have a value where this one has.
    pub brings: Vec<String>,
}

/// Every field that a template may name.
pub trait Forms {
    /// The form of a field, if there is such a field.
    fn form(&self, key: &str) -> Option<FieldForm>;

    /// The keys that a letter has to use, because where they have a value it is promised.
    fn promised(&self) -> Vec<String>;

    /// The keys of custom fields that a letter may print.
    fn custom(&self) -> Vec<String>;
}
