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

/// One figure over the letter, and what belongs to it.
pub(super) struct Figure {
    pub(super) line: Line,
    pub(super) note: Option<Line>,
}

/// Rows over the letter, each with the row that belongs to it: pay and how often it is paid, the start and the hours, the place.
const GLANCE: [(&[&str], &[&str]); 3] = [
    (&["letter.pay", "pay.base"], &["pay.frequency"]),
    (&["date.start"], &["job.hours_per_week"]),
    (&["job.worksite", "job.city"], &["job.shift", "job.schedule"]),
];

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

/// The few figures over the letter.
pub(super) fn glance(letter: &Letter) -> Vec<Figure> {
    let figure = |(of, with): (&[&str], &[&str])| {
        line(letter, of).map(|found| Figure { note: line(letter, with).filter(|note| *note != found), line: found })
    };
    GLANCE.into_iter().filter_map(figure).collect()
}

/// What the offer depends on, in the letter's own words; nothing when it depends on nothing.
pub(super) fn conditions(letter: &Letter) -> Option<Line> {
    let conditions: Vec<String> = all_values(letter, "conditions.contingencies").iter().map(|name| within_a_sentence(name)).collect();
    (!conditions.is_empty()).then(|| Line { label: words::SUMMARY_CONDITIONS.to_owned(), value: print::list(&conditions) })
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
    lines.extend(conditions(letter));
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
        lines.extend(line(letter, fields).filter(|line| !lines.contains(line)));
    }
    lines
}

fn line(letter: &Letter, fields: &[&str]) -> Option<Line> {
    let row = rows(letter).find(|row| states(row, fields))?;
    Some(Line { label: in_one_line(&row.label), value: in_one_line(&row.value) })
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
    let key = FieldKey::new(key);
    letter.each_span(&mut |span| match span {
        Span::Value { field, text, .. } if *field == key && !values.contains(text) => values.push(text.clone()),
        _ => {}
    });
    values
}

/// With its first letter small, unless it is a name of capitals, as `I-9`.
fn within_a_sentence(text: &str) -> String {
    let mut signs = text.chars();
    match (signs.next(), signs.clone().next()) {
        (Some(first), Some(second)) if second.is_lowercase() => first.to_lowercase().chain(signs).collect(),
        _ => text.to_owned(),
    }
}

fn first_value(letter: &Letter, key: &str) -> Option<String> {
    all_values(letter, key).into_iter().next()
}
