//! How a value is to be printed: the words after `|` in a merge field.

use serde::{Deserialize, Serialize};

use super::datum::DatumKind;

/// How a value is to be printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Format {
    /// As it is; line breaks stay. A code in words, yes and no as such.
    Text,
    /// `$62.50`, without its period.
    Money,
    /// `$62.50 per hour`, `$5,192.31 every two weeks`.
    MoneyPerPeriod,
    /// `$130,000`: what a rate comes to in a year.
    AnnualEquivalent,
    /// `January 11, 2027`.
    Date,
    /// `Monday, January 11, 2027`.
    DateWithDay,
    /// `5:00 PM Pacific Time on Friday, January 15, 2027`.
    Deadline,
    /// `3.5%`.
    Percent,
    /// `36`, `37.5`, `1.5`.
    Number,
    /// `a, b and c`.
    List,
    /// One list item for each code; only as the whole of a list item.
    Items,
}

impl Format {
    /// Every format, in the order in which help shows them.
    pub const ALL: [Self; 11] = [
        Self::Text,
        Self::Money,
        Self::MoneyPerPeriod,
        Self::AnnualEquivalent,
        Self::Date,
        Self::DateWithDay,
        Self::Deadline,
        Self::Percent,
        Self::Number,
        Self::List,
        Self::Items,
    ];

    /// The word that names it in a template.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Money => "money",
            Self::MoneyPerPeriod => "money-per-period",
            Self::AnnualEquivalent => "annual-equivalent",
            Self::Date => "date",
            Self::DateWithDay => "date-with-day",
            Self::Deadline => "deadline",
            Self::Percent => "percent",
            Self::Number => "number",
            Self::List => "list",
            Self::Items => "items",
        }
    }

    /// The format that a word names.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }

    /// Whether a value of this kind can be printed so.
    #[must_use]
    pub fn suits(self, kind: DatumKind) -> bool {
        match self {
            Self::Text => matches!(kind, DatumKind::Text | DatumKind::Choice | DatumKind::YesNo),
            Self::Money => matches!(kind, DatumKind::Money | DatumKind::Rate),
            Self::MoneyPerPeriod | Self::AnnualEquivalent => kind == DatumKind::Rate,
            Self::Date | Self::DateWithDay => kind == DatumKind::Day,
            Self::Deadline => kind == DatumKind::Deadline,
            Self::Percent => kind == DatumKind::Percent,
            Self::Number => kind == DatumKind::Number,
            Self::List | Self::Items => kind == DatumKind::List,
        }
    }

    /// The format of a merge field that names none.
    #[must_use]
    pub fn natural(kind: DatumKind) -> Option<Self> {
        match kind {
            DatumKind::Text | DatumKind::Choice | DatumKind::YesNo => Some(Self::Text),
            DatumKind::Money => Some(Self::Money),
            DatumKind::Rate => Some(Self::MoneyPerPeriod),
            DatumKind::Percent => Some(Self::Percent),
            DatumKind::Day => Some(Self::Date),
            DatumKind::Deadline => Some(Self::Deadline),
            DatumKind::Number => Some(Self::Number),
            DatumKind::List => Some(Self::List),
            DatumKind::Person => None,
        }
    }
}
