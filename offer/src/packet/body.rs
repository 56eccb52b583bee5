//! A template body once read: a document of blocks with merge fields and conditions.

use super::condition::Condition;
use super::fault::Place;
use super::format::Format;

/// A template body or the text of a clause, read and free of faults of form.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// Its blocks in order.
    pub nodes: Vec<Node>,
}

/// One block of a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Node {
    /// `# Heading`, level 1 to 3.
    Heading {
        /// 1 to 3.
        level: u8,
        /// What it says.
        text: Vec<Inline>,
    },
    /// Lines of text up to an empty line.
    Paragraph {
        /// What it says.
        text: Vec<Inline>,
    },
    /// `- one item`.
    Item {
        /// What it says.
        text: Vec<Inline>,
    },
    /// `- {{field | items}}`: an item for each element of a list.
    Items {
        /// The field key.
        field: String,
        /// Where it stands.
        place: Place,
    },
    /// `label | value`.
    Row {
        /// What stands on the left.
        label: Vec<Inline>,
        /// What stands on the right; empty is a line to fill in.
        value: Vec<Inline>,
    },
    /// `{{if ..}}` on a line of its own.
    If(Branches<Node>),
    /// `{{clause KEY}}`.
    Clause {
        /// The clause key.
        key: String,
        /// Where it stands.
        place: Place,
    },
    /// `{{clauses}}`.
    Clauses {
        /// Where it stands.
        place: Place,
    },
    /// `{{custom}}`: a row for each custom field that is printed nowhere else.
    Custom,
    /// `{{acceptance}} .. {{end}}`: what the candidate declares by accepting.
    Acceptance {
        /// The declaration.
        nodes: Vec<Node>,
        /// Where it stands.
        place: Place,
    },
}

/// A piece of text within a block.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Inline {
    /// Text of the template.
    Text {
        /// The text.
        text: String,
        /// Whether it stands between `**`.
        strong: bool,
    },
    /// `{{field | format}}`.
    Field {
        /// The field key.
        key: String,
        /// The format, where one is named.
        format: Option<Format>,
        /// Whether it stands between `**`.
        strong: bool,
        /// Where it stands.
        place: Place,
    },
    /// `{{if ..}}` within text.
    If(Branches<Inline>),
    /// A line end kept by `\`.
    Break,
}

/// `{{if a}} .. {{else if b}} .. {{else}} .. {{end}}`: the first branch whose condition holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Branches<T> {
    /// Conditions in order, each with what it leads to.
    pub arms: Vec<Arm<T>>,
    /// What stands after `{{else}}`.
    pub otherwise: Vec<T>,
}

/// One condition and what it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Arm<T> {
    /// The condition.
    pub condition: Condition,
    /// Where it stands.
    pub place: Place,
    /// What it leads to.
    pub inner: Vec<T>,
}
