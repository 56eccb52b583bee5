//! What can be wrong with a template, and where.

use serde::Serialize;

/// Where in a template body something stands; both count from one, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize)]
pub struct Place {
    /// The line, from one.
    pub line: u32,
    /// The character within the line, from one.
    pub column: u32,
}

/// Whether a fault stops publication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Strength {
    /// The template cannot be published.
    Error,
    /// Worth a look; the template can be published.
    Note,
}

/// One thing wrong with a template, and where it stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Fault {
    /// Where it stands.
    #[serde(flatten)]
    pub place: Place,
    /// What is wrong.
    #[serde(flatten)]
    pub kind: FaultKind,
}

/// Everything that can be wrong with a template; closed, so that each has its sentence.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum FaultKind {
    /// `{{` without `}}` on the same line.
    TagUnclosed,
    /// `{{}}`.
    TagEmpty,
    /// The content of a tag is neither a field nor a known word.
    TagUnknown {
        /// The content as written.
        tag: String,
    },
    /// A word after `|` that is no format.
    FormatUnknown {
        /// The word as written.
        format: String,
    },
    /// `{{if ..}}` or `{{acceptance}}` without its `{{end}}`.
    EndMissing,
    /// `{{end}}` that closes nothing.
    EndStray,
    /// `{{else}}` outside `{{if ..}}`, or after the last `{{else}}`.
    ElseStray,
    /// A condition that cannot be read.
    ConditionUnreadable,
    /// `{{clause ..}}`, `{{clauses}}`, `{{custom}}` or `{{acceptance}}` inside a line of text.
    BlockTagInText {
        /// The tag as written.
        tag: String,
    },
    /// `{{acceptance}}` or `{{custom}}` within a condition or an acceptance, or a clause within a clause.
    BlockTagNested {
        /// The tag as written.
        tag: String,
    },
    /// `{{.. | items}}` that is not a list item by itself.
    ItemsOutsideList,
    /// `#`, `-` or `|` with nothing to show.
    BlockEmpty,
    /// A second `|` in a row of a table.
    RowTooWide,
    /// `**` that is not closed in its block.
    StrongUnclosed,
    /// Conditions or parentheses nested more than [`super::NESTING_MAX`] deep.
    TooDeep,
    /// A body longer than [`super::BODY_CHARS_MAX`].
    TooLong,
    /// A field that the field table does not hold.
    FieldUnknown {
        /// The field key.
        field: String,
    },
    /// A field that a letter may not print, or that the candidate may not know.
    FieldHidden {
        /// The field key.
        field: String,
    },
    /// A format that does not suit what the field holds.
    FormatUnfit {
        /// The field key.
        field: String,
        /// The format asked for.
        format: super::Format,
    },
    /// A comparison that can never be true for what the field holds.
    ComparisonUnfit {
        /// The field key.
        field: String,
        /// What it is compared with.
        value: String,
    },
    /// A field that may be empty, printed outside a condition that makes sure of it: the letter is then not issued.
    FieldUnguarded {
        /// The field key.
        field: String,
    },
    /// A field that is a promise where it has a value, and that this template never uses: its letter is then not issued.
    FieldUnused {
        /// The field key.
        field: String,
    },
    /// `{{clause KEY}}` names no clause of the playbook.
    ClauseUnknown {
        /// The clause key.
        clause: String,
    },
    /// `{{clauses}}` stands twice.
    ClausesTwice,
    /// The body has no `{{clauses}}`: a required clause could not be printed.
    ClausesMissing,
    /// The body has no `{{acceptance}}`.
    AcceptanceMissing,
    /// `{{acceptance}}` stands twice.
    AcceptanceTwice,
}

impl FaultKind {
    /// Whether this stops publication.
    #[must_use]
    pub fn strength(&self) -> Strength {
        match self {
            Self::FieldUnguarded { .. } | Self::FieldUnused { .. } => Strength::Note,
            _ => Strength::Error,
        }
    }

    /// This fault at a place.
    #[must_use]
    pub fn at(self, place: Place) -> Fault {
        Fault { place, kind: self }
    }
}

impl Fault {
    /// Whether this stops publication.
    #[must_use]
    pub fn strength(&self) -> Strength {
        self.kind.strength()
    }
}
