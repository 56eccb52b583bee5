//! A letter once merged: blocks of plain values, the one source of its HTML, its PDF and its digest.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::id::{ClauseKey, DocumentId, FieldKey, TemplateKey};
use crate::ledger::{Digest, NotCanonical, canonical};
use crate::moment::Day;

/// A letter as the candidate reads it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letter {
    /// A random id, printed on every page; it also keeps the digest from being guessed.
    pub document: DocumentId,
    /// The day on the letter.
    pub issued: Day,
    /// What it is, as the title of the page and of the file.
    pub title: String,
    /// The language it is written in, `en-US`.
    pub language: String,
    /// The template it was made from.
    pub template: TemplateKey,
    /// Who writes.
    pub letterhead: Letterhead,
    /// What it says.
    pub blocks: Vec<Block>,
}

/// Who writes a letter: the legal employer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Letterhead {
    /// The legal name.
    pub name: String,
    /// The address, line by line; may be empty.
    pub address: Vec<String>,
}

/// One block of a letter.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "block", rename_all = "snake_case")]
pub enum Block {
    /// A heading.
    Heading {
        /// 1 to 3.
        level: u8,
        /// What it says.
        text: Vec<Span>,
    },
    /// A paragraph.
    Paragraph {
        /// What it says.
        text: Vec<Span>,
    },
    /// A list without order.
    List {
        /// Its items.
        items: Vec<Vec<Span>>,
    },
    /// A table of two columns: what, and how much.
    Terms {
        /// Its rows.
        rows: Vec<Row>,
    },
    /// A clause.
    Clause {
        /// Its key.
        key: ClauseKey,
        /// Its version.
        version: u32,
        /// Its title.
        title: String,
        /// What it says.
        blocks: Vec<Block>,
    },
    /// What the candidate declares by accepting, and until when.
    Acceptance {
        /// The candidate's legal name.
        candidate: String,
        /// Until when, with its zone.
        accept_by: String,
        /// The declaration.
        blocks: Vec<Block>,
    },
}

/// One row of a table of terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Row {
    /// What.
    pub label: Vec<Span>,
    /// How much; empty is a line to fill in by hand.
    pub value: Vec<Span>,
}

/// A piece of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "span", rename_all = "snake_case")]
pub enum Span {
    /// Words of the firm.
    Text {
        /// The words.
        text: String,
        /// Whether they stand out.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        strong: bool,
    },
    /// A value of a field, printed. Whatever it contains is text, and runs in its own direction.
    Value {
        /// The field.
        field: FieldKey,
        /// The value as printed.
        text: String,
        /// Whether it stands out.
        #[serde(default, skip_serializing_if = "std::ops::Not::not")]
        strong: bool,
    },
    /// The line ends here.
    Break,
}

impl Letter {
    /// The digest of this letter: what the candidate saw is what an acceptance names.
    ///
    /// # Errors
    /// Never for a letter made by [`super::merge`]; a letter read from elsewhere may hold what has no canonical form.
    pub fn digest(&self) -> Result<Digest, NotCanonical> {
        let value = serde_json::to_value(self).map_err(|_| NotCanonical::NotANumber)?;
        canonical(&value).map(|text| Digest::of(text.as_bytes()))
    }

    /// Every field whose value this letter prints.
    #[must_use]
    pub fn fields(&self) -> BTreeSet<&FieldKey> {
        let mut fields = BTreeSet::new();
        self.each_span(&mut |span| {
            if let Span::Value { field, .. } = span {
                fields.insert(field);
            }
        });
        fields
    }

    /// Calls `visit` with every span of this letter, in order.
    pub fn each_span<'a>(&'a self, visit: &mut dyn FnMut(&'a Span)) {
        each_span(&self.blocks, visit);
    }

    /// The letter as plain text: paragraphs apart, a row as `label: value`.
    #[must_use]
    pub fn plain(&self) -> String {
        let mut lines = Vec::new();
        plain(&self.blocks, &mut lines);
        lines.join("\n\n")
    }
}

fn each_span<'a>(blocks: &'a [Block], visit: &mut dyn FnMut(&'a Span)) {
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph { text } => text.iter().for_each(&mut *visit),
            Block::List { items } => items.iter().flatten().for_each(&mut *visit),
            Block::Terms { rows } => rows.iter().flat_map(|row| row.label.iter().chain(&row.value)).for_each(&mut *visit),
            Block::Clause { blocks, .. } | Block::Acceptance { blocks, .. } => each_span(blocks, visit),
        }
    }
}

fn plain(blocks: &[Block], lines: &mut Vec<String>) {
    for block in blocks {
        match block {
            Block::Heading { text, .. } | Block::Paragraph { text } => lines.push(text_of(text)),
            Block::List { items } => lines.push(items.iter().map(|item| format!("- {}", text_of(item))).collect::<Vec<_>>().join("\n")),
            Block::Terms { rows } => {
                let row = |row: &Row| format!("{}: {}", text_of(&row.label), text_of(&row.value));
                lines.push(rows.iter().map(row).collect::<Vec<_>>().join("\n"));
            }
            Block::Clause { title, blocks, .. } => {
                lines.push(title.clone());
                plain(blocks, lines);
            }
            Block::Acceptance { blocks, .. } => plain(blocks, lines),
        }
    }
}

/// The text of spans, a break as a line end.
#[must_use]
pub fn text_of(spans: &[Span]) -> String {
    spans
        .iter()
        .map(|span| match span {
            Span::Text { text, .. } | Span::Value { text, .. } => text.as_str(),
            Span::Break => "\n",
        })
        .collect()
}
