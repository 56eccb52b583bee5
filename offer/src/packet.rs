//! Letters: templates and clauses of the playbook, and the letter that an offer makes of them.
//!
//! A template is a document of blocks in a small typed merge language: headings `# `, paragraphs, lists `- `, rows
//! `label | value`, values `{{pay.base | money}}`, conditions `{{if job.state is "CA"}} .. {{else}} .. {{end}}`, `{{clause KEY}}`,
//! `{{clauses}}`, `{{custom}}` and `{{acceptance}} .. {{end}}`. It is total: every text either reads or says where it does not, every value
//! that is missing is named, and no value is ever read as a template.

/// What a template body is, once read.
pub mod body;
/// Which template an offer gets.
pub mod choose;
/// When a part of a template applies.
pub mod condition;
/// What a template sees.
pub mod datum;
/// The terms and facts of one letter.
pub mod facts;
/// What can be wrong with a template.
pub mod fault;
/// How a value is to be printed.
mod format;
/// The letter of an offer, in one step.
mod issue;
/// A letter once merged.
pub mod letter;
/// What can be said of a template before any offer uses it.
pub mod lint;
/// Template, clauses and values into a letter.
mod merge;
/// Reading a body.
mod parse;
/// How values read in a letter.
pub mod print;
mod scan;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

use crate::engagement::Engagement;
use crate::id::{ClauseKey, TemplateKey};

pub use choose::{Unchosen, choose, ties};
pub use facts::{LetterFacts, LetterForms, Said, Signatory};
pub use fault::{Fault, FaultKind, Place, Strength};
pub use format::Format;
pub use issue::{Issued, Unissued, issue};
pub use letter::{Block, Letter, Letterhead, Row, Span};
pub use merge::{Withheld, merge};
pub use parse::{BodyOf, parse};

/// The longest body of a template or clause, in characters.
pub const BODY_CHARS_MAX: usize = 60_000;
/// How deep conditions may stand in one another.
pub const NESTING_MAX: usize = 16;

/// A letter of the playbook, before any values.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Template {
    /// Its key, unique in the playbook for ever.
    pub key: TemplateKey,
    /// The title of the letter.
    pub title: String,
    /// The language it is written in, `en-US`.
    pub language: String,
    /// Which offers it is for.
    #[serde(default, skip_serializing_if = "Scope::is_any")]
    pub scope: Scope,
    /// Why it reads as it does; never printed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The body, in the merge language.
    pub body: String,
}

/// Which offers a template is for; an empty list is all of them.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Scope {
    /// Engagements.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub engagements: Vec<Engagement>,
    /// States of the worksite, by their two letters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<String>,
    /// Levels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<String>,
    /// Job titles, letter for letter.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub titles: Vec<String>,
    /// Employment types.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub employment_types: Vec<String>,
}

/// A clause of the playbook.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Clause {
    /// Its key, unique in the playbook for ever.
    pub key: ClauseKey,
    /// The version of its words.
    pub version: u32,
    /// Its title, printed.
    pub title: String,
    /// Whether it goes out without asking legal.
    pub standard: bool,
    /// Why it reads as it does; never printed.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
    /// The body, in the merge language without clauses and acceptance.
    pub body: String,
}

impl Template {
    /// Everything wrong with this template; see [`Fault::strength`] for what stops publication.
    #[must_use]
    pub fn lint(&self, table: &crate::field::FieldTable, clauses: &[Clause]) -> Vec<Fault> {
        lint::template(&self.body, &LetterForms { table, engagements: &self.scope.engagements }, clauses)
    }
}

impl Clause {
    /// Everything wrong with this clause.
    #[must_use]
    pub fn lint(&self, table: &crate::field::FieldTable) -> Vec<Fault> {
        lint::clause(&self.body, &LetterForms { table, engagements: &[] })
    }
}
