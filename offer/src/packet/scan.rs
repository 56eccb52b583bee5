//! From characters to tokens, line by line: tags, emphasis, bars, escapes.

use super::fault::{Fault, FaultKind, Place};

/// A piece of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// Text, escapes resolved.
    Text(String),
    /// `**`.
    Strong(Place),
    /// `|` outside a tag.
    Bar(Place),
    /// What stands between `{{` and `}}`, trimmed.
    Tag(String, Place),
    /// A trailing `\`.
    Break,
}

/// A line that is not empty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Line {
    /// What its first characters make of it.
    pub(super) lead: Lead,
    /// Whether it begins with white space.
    pub(super) indented: bool,
    /// Where its first token stands.
    pub(super) place: Place,
    /// The rest.
    pub(super) tokens: Vec<Token>,
}

/// What the first characters of a line make of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Lead {
    /// `# `, `## `, `### `.
    Heading(u8),
    /// `- `.
    Item,
    /// Nothing special.
    Plain,
}

/// Every line of a body; an empty one is `None`.
pub(super) fn lines(body: &str, faults: &mut Vec<Fault>) -> Vec<Option<Line>> {
    body.lines().zip(1_u32..).map(|(text, number)| line(text, number, faults)).collect()
}

fn line(text: &str, number: u32, faults: &mut Vec<Fault>) -> Option<Line> {
    let trimmed = text.trim_start();
    if trimmed.is_empty() {
        return None;
    }
    let indented = trimmed.len() < text.len();
    let (lead, rest) = lead(trimmed);
    let skipped = text.chars().count() - rest.chars().count();
    let mut column = u32::try_from(skipped).unwrap_or(u32::MAX).saturating_add(1);
    let place = Place { line: number, column };
    let mut tokens = Vec::new();
    let mut plain = String::new();
    let mut chars = rest.trim_end().chars().peekable();
    while let Some(c) = chars.next() {
        let here = Place { line: number, column };
        column = column.saturating_add(1);
        match c {
            '\\' => match chars.next() {
                None => {
                    flush(&mut plain, &mut tokens);
                    tokens.push(Token::Break);
                }
                Some(escaped) => {
                    column = column.saturating_add(1);
                    // `\ ` keeps its neighbours on one line
                    plain.push(if escaped == ' ' { '\u{a0}' } else { escaped });
                }
            },
            '*' if chars.next_if_eq(&'*').is_some() => {
                column = column.saturating_add(1);
                flush(&mut plain, &mut tokens);
                tokens.push(Token::Strong(here));
            }
            '|' => {
                flush(&mut plain, &mut tokens);
                tokens.push(Token::Bar(here));
            }
            '{' if chars.next_if_eq(&'{').is_some() => {
                flush(&mut plain, &mut tokens);
                let mut inner = String::new();
                let mut closed = false;
                column = column.saturating_add(1);
                while let Some(c) = chars.next() {
                    column = column.saturating_add(1);
                    if c == '}' && chars.next_if_eq(&'}').is_some() {
                        column = column.saturating_add(1);
                        closed = true;
                        break;
                    }
                    inner.push(c);
                }
                let inner = inner.trim();
                if !closed {
                    faults.push(FaultKind::TagUnclosed.at(here));
                } else if inner.is_empty() {
                    faults.push(FaultKind::TagEmpty.at(here));
                } else {
                    tokens.push(Token::Tag(inner.to_owned(), here));
                }
            }
            c => plain.push(c),
        }
    }
    flush(&mut plain, &mut tokens);
    Some(Line { lead, indented, place, tokens })
}

fn lead(trimmed: &str) -> (Lead, &str) {
    for (prefix, lead) in [("### ", Lead::Heading(3)), ("## ", Lead::Heading(2)), ("# ", Lead::Heading(1)), ("- ", Lead::Item)] {
        if let Some(rest) = trimmed.strip_prefix(prefix) {
            return (lead, rest);
        }
        if trimmed.trim_end() == prefix.trim_end() {
            return (lead, "");
        }
    }
    (Lead::Plain, trimmed)
}

fn flush(plain: &mut String, tokens: &mut Vec<Token>) {
    if !plain.is_empty() {
        tokens.push(Token::Text(std::mem::take(plain)));
    }
}
