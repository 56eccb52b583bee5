//! The playbook as TOML, in and out without loss. A problem knows its line and column.

mod reader;
mod writer;

pub use writer::to_toml;

use super::faults::{Fault, Path, PlaybookProblem, Segment};
use super::{Playbook, check};
use crate::packet;
use reader::{Node, Reading};
use std::ops::Range;
use toml_edit::{Document, Table};

/// A document that may be published.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    /// The playbook, its sections in the order of their keys.
    pub playbook: Playbook,
    /// What is worth a look and stops nothing.
    pub notes: Vec<PlaybookProblem>,
}

/// Reads a document. Its form alone is judged: whether it may be published, `check` says.
///
/// # Errors
/// Everything that does not read, each with its line and column.
pub fn from_toml(text: &str) -> Result<Playbook, Vec<PlaybookProblem>> {
    let document = parse(text)?;
    read(document.as_table(), text).map(Playbook::sorted)
}

/// Reads a document and checks it whole. Which time zones there are, `is_zone` knows: the model has no list of its own.
///
/// # Errors
/// Everything that does not read or may not be published, each with its line and column.
pub fn publishable(text: &str, is_zone: impl Fn(&str) -> bool) -> Result<Checked, Vec<PlaybookProblem>> {
    let document = parse(text)?;
    let playbook = read(document.as_table(), text)?;
    let mut problems = check(&playbook);
    let zone = &playbook.working_time.zone;
    if !is_zone(zone) {
        let fault = Fault::NotAZone { text: zone.clone() };
        problems.retain(|problem| problem.fault != fault);
        problems.push(PlaybookProblem { path: Path::of("working-time").at("zone"), place: None, fault });
    }
    for problem in &mut problems {
        problem.place = place_of(problem, document.as_table(), text);
    }
    problems.sort_by_key(|problem| problem.place);
    if problems.iter().any(|problem| problem.strength() == packet::Strength::Error) {
        return Err(problems);
    }
    Ok(Checked { playbook: playbook.sorted(), notes: problems })
}

fn parse(text: &str) -> Result<Document<&str>, Vec<PlaybookProblem>> {
    Document::parse(text).map_err(|error| {
        let place = error.span().map(|span| place(text, span.start));
        vec![PlaybookProblem { path: Path::default(), place, fault: Fault::NotToml }]
    })
}

/// Reads section by section and item by item, so that one fault hides no other.
fn read(root: &Table, text: &str) -> Result<Playbook, Vec<PlaybookProblem>> {
    let mut reading = Reading::of(root);
    let firm = reading.table("firm");
    let working_time = reading.table("working-time");
    let signing = reading.table("signing");
    let rescission = reading.table("rescission");
    let (fields, gates, bands, clients) =
        (reading.items("fields"), reading.items("gates"), reading.items("bands"), reading.items("clients"));
    let (rules, deciders, roles, grants) =
        (reading.items("rules"), reading.items("deciders"), reading.items("roles"), reading.items("grants"));
    let (edits, double_blind, retention) =
        (reading.items("edits"), reading.table_if_any("double-blind"), reading.table_if_any("retention"));
    let (teams, contingencies, recipients) = (reading.items("teams"), reading.items("contingencies"), reading.items("recipients"));
    let (templates, clauses) = (reading.items("templates"), reading.items("clauses"));
    let faults = reading.finish();
    match (firm, working_time, signing, rescission) {
        (Some(firm), Some(working_time), Some(signing), Some(rescission)) if faults.is_empty() => Ok(Playbook {
            firm,
            working_time,
            signing,
            rescission,
            fields,
            gates,
            bands,
            clients,
            rules,
            deciders,
            roles,
            grants,
            edits,
            double_blind,
            retention,
            teams,
            contingencies,
            recipients,
            templates,
            clauses,
        }),
        _ => {
            let mut problems: Vec<PlaybookProblem> = faults
                .into_iter()
                .map(|faulty| PlaybookProblem {
                    place: Some(place(text, faulty.span.map_or(0, |span| span.start))),
                    path: Path(faulty.path),
                    fault: faulty.fault,
                })
                .collect();
            problems.sort_by_key(|problem| problem.place);
            Err(problems)
        }
    }
}

/// Line and column of a byte of the text, both from 1, columns in characters.
fn place(text: &str, byte: usize) -> packet::Place {
    let before = text.get(..byte).unwrap_or(text);
    let line_start = before.rfind('\n').map_or(0, |end| end + 1);
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX).saturating_add(1);
    packet::Place { line: count(before.matches('\n').count()), column: count(before.get(line_start..).unwrap_or_default().chars().count()) }
}

/// Where a problem found in the playbook stands in its text: as deep as its path leads.
fn place_of(problem: &PlaybookProblem, root: &Table, text: &str) -> Option<packet::Place> {
    let span = locate(Node::Table(root), &problem.path.0)?;
    match &problem.fault {
        Fault::Letter { body, .. } => Some(inside(*body, &span, text)),
        _ => Some(place(text, span.start)),
    }
}

/// A place in a body as a place in the document: a body whose quotes are followed by a new line begins on the next one.
fn inside(body: packet::Place, span: &Range<usize>, text: &str) -> packet::Place {
    let opening = place(text, span.start);
    let raw = text.get(span.clone()).unwrap_or_default();
    let quotes = if raw.starts_with("'''") || raw.starts_with("\"\"\"") { 3 } else { 1 };
    let on_next_line = raw.get(quotes..).is_some_and(|rest| rest.starts_with('\n') || rest.starts_with("\r\n"));
    match (on_next_line, body.line) {
        (true, line) => packet::Place { line: opening.line.saturating_add(line), column: body.column },
        (false, 1) => {
            let quotes = u32::try_from(quotes).unwrap_or_default();
            packet::Place {
                line: opening.line,
                column: opening.column.saturating_add(quotes).saturating_add(body.column).saturating_sub(1),
            }
        }
        (false, line) => packet::Place { line: opening.line.saturating_add(line).saturating_sub(1), column: body.column },
    }
}

fn locate(node: Node<'_>, path: &[Segment]) -> Option<Range<usize>> {
    let Some((first, rest)) = path.split_first() else { return node.span() };
    let inner = match first {
        Segment::Name(name) => node.get(name),
        Segment::Item { index, .. } | Segment::Index(index) => node.nth(*index),
    };
    inner.and_then(|inner| locate(inner, rest)).or_else(|| node.span())
}
