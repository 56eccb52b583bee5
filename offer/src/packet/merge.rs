//! Template, clauses and values into a letter. A value that is not there stops the letter and is named; nothing is left blank.

use std::collections::BTreeSet;

use serde::Serialize;

use super::body::{Branches, Inline, Node};
use super::condition::Condition;
use super::datum::{Datum, Source};
use super::facts::{Said, covered_by};
use super::fault::{Fault, Place};
use super::format::Format;
use super::letter::{Block, Letter, Row, Span};
use super::parse::{BodyOf, parse};
use super::{Clause, Template, print};
use crate::id::{ClauseKey, FieldKey};

/// Why a letter is not issued; each names what it lacks.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(tag = "withheld", rename_all = "snake_case")]
pub enum Withheld {
    /// The letter needs a field that has no value.
    FieldMissing {
        /// The field.
        field: FieldKey,
        /// The clause that needs it, where it is not the template.
        clause: Option<ClauseKey>,
        /// Where it is needed.
        place: Place,
    },
    /// A field has a value that the letter cannot print as it asks to.
    FormatUnfit {
        /// The field.
        field: FieldKey,
        /// Where.
        place: Place,
    },
    /// A clause that the offer carries, or the template names, is not in the playbook.
    ClauseMissing {
        /// The clause.
        clause: ClauseKey,
    },
    /// A clause that the offer carries has no place in this template.
    ClauseUnprinted {
        /// The clause.
        clause: ClauseKey,
    },
    /// A promise of the offer does not appear in this template.
    PromiseUnprinted {
        /// The field.
        field: FieldKey,
    },
    /// The template cannot be read.
    TemplateFaulty {
        /// Its faults.
        faults: Vec<Fault>,
    },
    /// A clause cannot be read.
    ClauseFaulty {
        /// The clause.
        clause: ClauseKey,
        /// Its faults.
        faults: Vec<Fault>,
    },
}

/// Makes the letter of an offer.
///
/// `clauses` are all of the playbook; which of them the offer carries stands in its terms.
///
/// # Errors
/// Everything that keeps the letter from being issued, not only the first.
pub fn merge(template: &Template, clauses: &[Clause], said: Said<'_>) -> Result<Letter, Vec<Withheld>> {
    let body = match parse(&template.body, BodyOf::Template) {
        Ok(body) => body,
        Err(faults) => return Err(vec![Withheld::TemplateFaulty { faults }]),
    };
    let chosen: Vec<ClauseKey> = said.terms.clauses().collect();
    let mut merging = Merging {
        said,
        clauses,
        chosen: &chosen,
        placed_by_name: BTreeSet::new(),
        printed: BTreeSet::new(),
        used: BTreeSet::new(),
        used_elsewhere: said.custom().into_iter().map(|(field, _)| field.to_string()).collect(),
        within: None,
        withheld: BTreeSet::new(),
    };
    merging.find_named(&body.nodes);
    // once to learn what the letter uses by itself, once with the custom fields that it does not
    merging.blocks(&body.nodes);
    merging.used_elsewhere = merging.used.clone();
    let blocks = merging.blocks(&body.nodes);
    merging.nothing_unprinted();
    if !merging.withheld.is_empty() {
        return Err(merging.withheld.into_iter().collect());
    }
    Ok(Letter {
        document: said.facts.document.clone(),
        issued: said.facts.issued,
        title: template.title.clone(),
        language: template.language.clone(),
        template: template.key.clone(),
        letterhead: said.facts.employer.clone(),
        blocks,
    })
}

struct Merging<'a> {
    said: Said<'a>,
    clauses: &'a [Clause],
    chosen: &'a [ClauseKey],
    /// Clauses that the template names: `{{clauses}}` leaves them out.
    placed_by_name: BTreeSet<ClauseKey>,
    printed: BTreeSet<ClauseKey>,
    used: BTreeSet<String>,
    /// What the rest of the letter uses: `{{custom}}` leaves it out.
    used_elsewhere: BTreeSet<String>,
    /// The clause being merged.
    within: Option<ClauseKey>,
    withheld: BTreeSet<Withheld>,
}

impl Merging<'_> {
    fn find_named(&mut self, nodes: &[Node]) {
        for node in nodes {
            match node {
                Node::Clause { key, .. } => {
                    self.placed_by_name.insert(ClauseKey::new(key.as_str()));
                }
                Node::If(branches) => {
                    branches.arms.iter().for_each(|arm| self.find_named(&arm.inner));
                    self.find_named(&branches.otherwise);
                }
                _ => {}
            }
        }
    }

    fn nothing_unprinted(&mut self) {
        for clause in self.chosen {
            if !self.printed.contains(clause) {
                self.withheld.insert(Withheld::ClauseUnprinted { clause: clause.clone() });
            }
        }
        for field in self.said.promises() {
            // the clauses are counted one by one above
            if field != crate::field::CLAUSES && !self.used.contains(field.as_str()) {
                self.withheld.insert(Withheld::PromiseUnprinted { field });
            }
        }
    }

    fn blocks(&mut self, nodes: &[Node]) -> Vec<Block> {
        let mut blocks = Vec::new();
        self.nodes(nodes, &mut blocks);
        blocks
    }

    fn nodes(&mut self, nodes: &[Node], blocks: &mut Vec<Block>) {
        for node in nodes {
            match node {
                Node::Heading { level, text } => {
                    let text = self.text(text);
                    if !text.is_empty() {
                        blocks.push(Block::Heading { level: *level, text });
                    }
                }
                Node::Paragraph { text } => {
                    let text = self.text(text);
                    if !text.is_empty() {
                        blocks.push(Block::Paragraph { text });
                    }
                }
                Node::Item { text } => {
                    let text = self.text(text);
                    if !text.is_empty() {
                        push_items(blocks, [text]);
                    }
                }
                Node::Items { field, place } => {
                    let items = self.items(field, *place);
                    push_items(blocks, items);
                }
                Node::Row { label, value } => {
                    let mut row = Row { label: self.text(label), value: self.text(value) };
                    self.begin_upright(&mut row.value);
                    push_row(blocks, row);
                }
                Node::If(branches) => {
                    if let Some(inner) = self.branch(branches) {
                        self.nodes(inner, blocks);
                    }
                }
                Node::Clause { key, .. } => self.clause(&ClauseKey::new(key.as_str()), blocks),
                Node::Custom => {
                    for (field, label) in self.said.custom() {
                        if !self.used_elsewhere.contains(field.as_str()) {
                            self.custom_row(&field, label, blocks);
                        }
                    }
                }
                Node::Clauses { .. } => {
                    for key in self.chosen {
                        if !self.placed_by_name.contains(key) {
                            self.clause(key, blocks);
                        }
                    }
                }
                Node::Acceptance { nodes, place } => {
                    let candidate = self.print(crate::field::CANDIDATE_NAME.as_str(), None, *place);
                    let accept_by = self.print(crate::field::ACCEPT_BY.as_str(), None, *place);
                    let inner = self.blocks(nodes);
                    if let (Some(candidate), Some(accept_by)) = (candidate, accept_by) {
                        blocks.push(Block::Acceptance { candidate, accept_by, blocks: inner });
                    }
                }
            }
        }
    }

    fn custom_row(&mut self, field: &FieldKey, label: String, blocks: &mut Vec<Block>) {
        let value = self.text(&[Inline::Field { key: field.to_string(), format: None, strong: false, place: Place::default() }]);
        let mut row = Row { label: vec![Span::Text { text: label, strong: false }], value };
        self.begin_upright(&mut row.value);
        push_row(blocks, row);
    }

    fn clause(&mut self, key: &ClauseKey, blocks: &mut Vec<Block>) {
        let Some(clause) = self.clauses.iter().find(|clause| clause.key == *key) else {
            self.withheld.insert(Withheld::ClauseMissing { clause: key.clone() });
            return;
        };
        self.printed.insert(key.clone());
        match parse(&clause.body, BodyOf::Clause) {
            Err(faults) => {
                self.withheld.insert(Withheld::ClauseFaulty { clause: key.clone(), faults });
            }
            Ok(body) => {
                let outside = self.within.replace(key.clone());
                let inner = self.blocks(&body.nodes);
                self.within = outside;
                blocks.push(Block::Clause { key: key.clone(), version: clause.version, title: clause.title.clone(), blocks: inner });
            }
        }
    }

    fn branch<'b, T>(&mut self, branches: &'b Branches<T>) -> Option<&'b [T]> {
        for arm in &branches.arms {
            self.note_used(&arm.condition);
            match arm.condition.holds(&self.said) {
                Ok(true) => return Some(&arm.inner),
                Ok(false) => {}
                Err(undecided) => {
                    self.missing(&undecided.field, arm.place);
                    return None;
                }
            }
        }
        Some(&branches.otherwise)
    }

    fn note_used(&mut self, condition: &Condition) {
        condition.each_field(&mut |field, _| {
            self.used.insert(field.to_owned());
        });
    }

    fn missing(&mut self, field: &str, place: Place) {
        for field in self.said.lacks(field) {
            self.withheld.insert(Withheld::FieldMissing { field, clause: self.within.clone(), place });
        }
    }

    fn value(&mut self, key: &str, place: Place) -> Option<Datum> {
        self.used.insert(key.to_owned());
        self.used.extend(covered_by(key).iter().map(|covered| (*covered).to_owned()));
        let datum = self.said.datum(key).filter(|datum| !matches!(datum, Datum::Text(text) if text.trim().is_empty()));
        if datum.is_none() {
            self.missing(key, place);
        }
        datum
    }

    fn print(&mut self, key: &str, format: Option<Format>, place: Place) -> Option<String> {
        let datum = self.value(key, place)?;
        let printed = format.or_else(|| Format::natural(datum.kind())).and_then(|format| print::datum(&datum, format));
        if printed.is_none() {
            self.withheld.insert(Withheld::FormatUnfit { field: FieldKey::new(key), place });
        }
        printed
    }

    fn items(&mut self, key: &str, place: Place) -> Vec<Vec<Span>> {
        match self.value(key, place) {
            Some(Datum::List(codes)) => codes
                .iter()
                .map(|code| print::capitalised(&print::code(code)))
                .map(|text| vec![Span::Value { field: FieldKey::new(key), text, strong: false }])
                .collect(),
            Some(_) => {
                self.withheld.insert(Withheld::FormatUnfit { field: FieldKey::new(key), place });
                Vec::new()
            }
            None => Vec::new(),
        }
    }

    fn text(&mut self, text: &[Inline]) -> Vec<Span> {
        let mut spans = Vec::new();
        self.inlines(text, &mut spans);
        tidy(spans)
    }

    fn inlines(&mut self, text: &[Inline], spans: &mut Vec<Span>) {
        for inline in text {
            match inline {
                Inline::Text { text, strong } => spans.push(Span::Text { text: text.clone(), strong: *strong }),
                Inline::Break => spans.push(Span::Break),
                Inline::If(branches) => {
                    if let Some(inner) = self.branch(branches) {
                        self.inlines(inner, spans);
                    }
                }
                Inline::Field { key, format, strong, place } => {
                    let Some(printed) = self.print(key, *format, *place) else { continue };
                    for (index, line) in printed.lines().enumerate() {
                        if index > 0 {
                            spans.push(Span::Break);
                        }
                        if !line.trim().is_empty() {
                            spans.push(Span::Value { field: FieldKey::new(key.as_str()), text: line.trim().to_owned(), strong: *strong });
                        }
                    }
                }
            }
        }
    }
}

impl Merging<'_> {
    /// A value from a closed list begins with a capital where it begins a cell.
    fn begin_upright(&self, spans: &mut [Span]) {
        if let Some(Span::Value { field, text, .. }) = spans.first_mut()
            && matches!(self.said.datum(field.as_str()), Some(Datum::Choice(_) | Datum::YesNo(_)))
        {
            *text = print::capitalised(text);
        }
    }
}

fn push_row(blocks: &mut Vec<Block>, row: Row) {
    match blocks.last_mut() {
        Some(Block::Terms { rows }) => rows.push(row),
        _ => blocks.push(Block::Terms { rows: vec![row] }),
    }
}

fn push_items(blocks: &mut Vec<Block>, new: impl IntoIterator<Item = Vec<Span>>) {
    let new = new.into_iter();
    match blocks.last_mut() {
        Some(Block::List { items }) => items.extend(new),
        _ => {
            let items: Vec<_> = new.collect();
            if !items.is_empty() {
                blocks.push(Block::List { items });
            }
        }
    }
}

/// Joins neighbouring words, lets runs of spaces be one, cuts spaces at both ends and around breaks, and ends a sentence once
/// where a value brings its own full stop ("Harbor Pine, Inc."). Values stay as they are.
fn tidy(spans: Vec<Span>) -> Vec<Span> {
    let mut tidied: Vec<Span> = Vec::new();
    let mut after_space = true;
    for span in spans {
        match span {
            Span::Text { text, strong } => {
                let text = match tidied.last() {
                    Some(Span::Value { text: value, .. }) if value.ends_with(['.', '!', '?']) => text.strip_prefix('.').unwrap_or(&text),
                    _ => text.as_str(),
                };
                let mut words = String::new();
                for c in text.chars() {
                    let space = c.is_whitespace() && c != '\u{a0}';
                    if !(space && after_space) {
                        words.push(if space { ' ' } else { c });
                    }
                    after_space = space;
                }
                match tidied.last_mut() {
                    Some(Span::Text { text, strong: before }) if *before == strong => text.push_str(&words),
                    _ if words.is_empty() => {}
                    _ => tidied.push(Span::Text { text: words, strong }),
                }
            }
            Span::Break => {
                cut_end(&mut tidied);
                tidied.push(Span::Break);
                after_space = true;
            }
            value => {
                tidied.push(value);
                after_space = false;
            }
        }
    }
    while matches!(tidied.last(), Some(Span::Break)) {
        tidied.pop();
    }
    cut_end(&mut tidied);
    tidied
}

fn cut_end(spans: &mut Vec<Span>) {
    if let Some(Span::Text { text, .. }) = spans.last_mut() {
        text.truncate(text.trim_end().len());
        if text.is_empty() {
            spans.pop();
        }
    }
}
