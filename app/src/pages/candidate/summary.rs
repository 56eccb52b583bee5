//! The lines that matter, taken from the letter itself: what is summed up is what the letter says, word for word.

use offer::id::FieldKey;
use offer::packet::letter::text_of;
use offer::packet::print;
use offer::packet::{Block, Letter, Row, Span};

use crate::words::en::candidate as words;

/// One line: what, and how much.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Line {
    pub(super) label: String,
    pub(super) value: String,
}

/// Rows over the letter: pay, start, place.
const GLANCE: [&[&str]; 3] = [&["letter.pay", "pay.base"], &["date.start"], &["job.worksite", "job.city"]];

/// Rows of what is signed, in the order in which people ask for them.
const SIGNED: [&[&str]; 13] = [
    &["job.title"],
    &["letter.employer", "employer"],
    &["letter.client", "client"],
    &["letter.pay", "pay.base"],
    &["date.start"],
    &["date.end"],
    &["job.hours_per_week"],
    &["job.shift"],
    &["job.schedule"],
    &["job.worksite", "job.city"],
    &["pay.overtime_rule"],
    &["pay.differentials"],
    &["pay.per_diem"],
];

/// Promises that letters make in sentences, and what a line of them is called.
const IN_SENTENCES: [(&str, &str); 4] = [
    ("sign_on.amount", words::SUMMARY_SIGN_ON),
    ("bonus.target", words::SUMMARY_BONUS),
    ("relocation.amount", words::SUMMARY_RELOCATION),
    ("equity.units", words::SUMMARY_EQUITY),
];

/// The few lines over the letter.
pub(super) fn glance(letter: &Letter) -> Vec<Line> {
    lines(letter, &GLANCE)
}

/// The lines of the signing page.
pub(super) fn signed(letter: &Letter) -> Vec<Line> {
    let mut lines = lines(letter, &SIGNED);
    for (field, label) in IN_SENTENCES {
        let stated = lines.iter().any(|line| line.label == label) || rows(letter).any(|row| states(row, &[field]));
        if let (false, Some(value)) = (stated, first_value(letter, field)) {
            lines.push(Line { label: label.to_owned(), value });
        }
    }
    let conditions = all_values(letter, "conditions.contingencies");
    if !conditions.is_empty() {
        lines.push(Line { label: words::SUMMARY_CONDITIONS.to_owned(), value: print::list(&conditions) });
    }
    lines
}

/// The candidate's name as the letter has it.
pub(super) fn candidate(letter: &Letter) -> Option<&str> {
    letter.blocks.iter().find_map(|block| match block {
        Block::Acceptance { candidate, .. } => Some(candidate.as_str()),
        _ => None,
    })
}

fn lines(letter: &Letter, wanted: &[&[&str]]) -> Vec<Line> {
    let mut lines: Vec<Line> = Vec::new();
    for fields in wanted {
        let row = rows(letter).find(|row| states(row, fields));
        let line = row.map(|row| Line { label: in_one_line(&row.label), value: in_one_line(&row.value) });
        lines.extend(line.filter(|line| !lines.contains(line)));
    }
    lines
}

/// The rows of the letter's own tables; not those of clauses, nor of the lines to sign on paper.
fn rows(letter: &Letter) -> impl Iterator<Item = &Row> {
    letter.blocks.iter().flat_map(|block| match block {
        Block::Terms { rows } => rows.as_slice(),
        _ => &[],
    })
}

fn states(row: &Row, fields: &[&str]) -> bool {
    row.value.iter().any(|span| matches!(span, Span::Value { field, .. } if fields.contains(&field.as_str())))
}

fn in_one_line(spans: &[Span]) -> String {
    text_of(spans).split_whitespace().collect::<Vec<_>>().join(" ")
}

fn all_values(letter: &Letter, key: &str) -> Vec<String> {
    let mut values: Vec<String> = Vec::new();
    let key = FieldKey::new(key.to_owned());
    letter.each_span(&mut |span| match span {
        Span::Value { field, text, .. } if *field == key && !values.contains(text) => values.push(text.clone()),
        _ => {}
    });
    values
}

fn first_value(letter: &Letter, key: &str) -> Option<String> {
    all_values(letter, key).into_iter().next()
}
