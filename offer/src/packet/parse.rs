//! From tokens to a [`Body`]. Total: every text gives a body or the list of its faults.

use std::iter::Peekable;
use std::vec::IntoIter;

use super::body::{Arm, Body, Branches, Inline, Node};
use super::condition::{Condition, is_field_key};
use super::fault::{Fault, FaultKind, Place};
use super::format::Format;
use super::scan::{Lead, Line, Token, lines};
use super::{BODY_CHARS_MAX, NESTING_MAX};

/// What a text is the body of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyOf {
    /// A letter: may hold clauses and the acceptance.
    Template,
    /// A clause: may not.
    Clause,
}

/// Reads a body.
///
/// # Errors
/// Every fault of form, in the order of the text.
pub fn parse(text: &str, of: BodyOf) -> Result<Body, Vec<Fault>> {
    let start = Place { line: 1, column: 1 };
    if text.chars().count() > BODY_CHARS_MAX {
        return Err(vec![FaultKind::TooLong.at(start)]);
    }
    let mut faults = Vec::new();
    let lines = lines(text, &mut faults);
    let mut parser = Parser { lines: lines.into_iter().peekable(), faults, of, depth: 0, inside: Inside::Nothing };
    let mut nodes = Vec::new();
    loop {
        match parser.nodes(&mut nodes) {
            Stop::TextEnd => break,
            Stop::End(place) => parser.fault(FaultKind::EndStray, place),
            Stop::Else(place) | Stop::ElseIf(_, place) => parser.fault(FaultKind::ElseStray, place),
        }
    }
    let mut faults = parser.faults;
    if faults.is_empty() {
        Ok(Body { nodes })
    } else {
        faults.sort();
        faults.dedup();
        Err(faults)
    }
}

/// What ended a run of blocks or of text.
enum Stop {
    TextEnd,
    End(Place),
    Else(Place),
    ElseIf(String, Place),
}

/// What the blocks being read stand in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Inside {
    Nothing,
    Condition,
    Acceptance,
}

/// A tag by its meaning.
enum Tag {
    If(String),
    Else,
    ElseIf(String),
    End,
    Clause(String),
    Clauses,
    Custom,
    Acceptance,
    Other,
}

impl Tag {
    fn of(inner: &str) -> Self {
        let (word, rest) = match inner.split_once(char::is_whitespace) {
            Some((word, rest)) => (word, rest.trim()),
            None => (inner, ""),
        };
        match (word, rest) {
            ("if", condition) => Self::If(condition.to_owned()),
            ("else", "") => Self::Else,
            ("else", rest) => match rest.split_once(char::is_whitespace) {
                Some(("if", condition)) => Self::ElseIf(condition.trim().to_owned()),
                _ => Self::Other,
            },
            ("end", "") => Self::End,
            ("clause", key) if !key.is_empty() && !key.contains(char::is_whitespace) => Self::Clause(key.to_owned()),
            ("clauses", "") => Self::Clauses,
            ("custom", "") => Self::Custom,
            ("acceptance", "") => Self::Acceptance,
            _ => Self::Other,
        }
    }
}

struct Parser {
    lines: Peekable<IntoIter<Option<Line>>>,
    faults: Vec<Fault>,
    of: BodyOf,
    depth: usize,
    inside: Inside,
}

type Tokens = Peekable<IntoIter<Token>>;

impl Parser {
    fn fault(&mut self, kind: FaultKind, place: Place) {
        self.faults.push(kind.at(place));
    }

    /// Reads blocks until something ends them.
    fn nodes(&mut self, nodes: &mut Vec<Node>) -> Stop {
        while let Some(line) = self.lines.next() {
            let Some(line) = line else { continue };
            if let Some((inner, place)) = alone(&line) {
                match Tag::of(&inner) {
                    Tag::If(condition) => {
                        if let Some(branches) = self.branches(&condition, place) {
                            nodes.push(Node::If(branches));
                        }
                        continue;
                    }
                    Tag::Else => return Stop::Else(place),
                    Tag::ElseIf(condition) => return Stop::ElseIf(condition, place),
                    Tag::End => return Stop::End(place),
                    Tag::Clause(key) => {
                        self.allow_block_tag(&inner, place, Inside::Acceptance);
                        nodes.push(Node::Clause { key, place });
                        continue;
                    }
                    Tag::Clauses => {
                        self.allow_block_tag(&inner, place, Inside::Acceptance);
                        nodes.push(Node::Clauses { place });
                        continue;
                    }
                    Tag::Custom => {
                        self.allow_block_tag(&inner, place, Inside::Acceptance);
                        self.allow_block_tag(&inner, place, Inside::Condition);
                        nodes.push(Node::Custom);
                        continue;
                    }
                    Tag::Acceptance => {
                        self.allow_block_tag(&inner, place, Inside::Condition);
                        self.allow_block_tag(&inner, place, Inside::Acceptance);
                        nodes.push(self.acceptance(place));
                        continue;
                    }
                    Tag::Other => {}
                }
            }
            let node = self.block(line);
            nodes.extend(node);
        }
        Stop::TextEnd
    }

    fn allow_block_tag(&mut self, tag: &str, place: Place, never_inside: Inside) {
        if self.of == BodyOf::Clause || self.inside == never_inside {
            self.fault(FaultKind::BlockTagNested { tag: tag.to_owned() }, place);
        }
    }

    fn acceptance(&mut self, place: Place) -> Node {
        let outside = std::mem::replace(&mut self.inside, Inside::Acceptance);
        let mut inner = Vec::new();
        loop {
            match self.nodes(&mut inner) {
                Stop::End(_) => break,
                Stop::TextEnd => {
                    self.fault(FaultKind::EndMissing, place);
                    break;
                }
                Stop::Else(place) | Stop::ElseIf(_, place) => self.fault(FaultKind::ElseStray, place),
            }
        }
        self.inside = outside;
        Node::Acceptance { nodes: inner, place }
    }

    fn branches(&mut self, condition: &str, place: Place) -> Option<Branches<Node>> {
        if self.depth >= NESTING_MAX {
            self.fault(FaultKind::TooDeep, place);
            return None;
        }
        self.depth += 1;
        let outside = self.inside;
        if outside == Inside::Nothing {
            self.inside = Inside::Condition;
        }
        let branches = self.collect(condition, place, |parser, inner| parser.nodes(inner));
        self.inside = outside;
        self.depth -= 1;
        branches
    }

    /// Reads `.. {{else if}} .. {{else}} .. {{end}}`, of blocks or of text.
    fn collect<T>(&mut self, condition: &str, opened: Place, mut read: impl FnMut(&mut Self, &mut Vec<T>) -> Stop) -> Option<Branches<T>> {
        let mut arms = Vec::new();
        let mut otherwise = Vec::new();
        let mut readable = true;
        let mut pending = Some((condition.to_owned(), opened));
        let mut last = false;
        loop {
            let mut inner = Vec::new();
            let stop = read(self, &mut inner);
            match pending.take() {
                Some((text, place)) => match Condition::parse(&text) {
                    Some(condition) => arms.push(Arm { condition, place, inner }),
                    None => {
                        readable = false;
                        self.fault(FaultKind::ConditionUnreadable, place);
                    }
                },
                None => otherwise.append(&mut inner),
            }
            match stop {
                Stop::End(_) => break,
                Stop::TextEnd => {
                    self.fault(FaultKind::EndMissing, opened);
                    break;
                }
                Stop::Else(place) | Stop::ElseIf(_, place) if last => self.fault(FaultKind::ElseStray, place),
                Stop::Else(_) => last = true,
                Stop::ElseIf(text, place) => pending = Some((text, place)),
            }
        }
        readable.then_some(Branches { arms, otherwise })
    }

    /// Reads one block that begins with this line.
    fn block(&mut self, line: Line) -> Option<Node> {
        let place = line.place;
        let row = line.tokens.iter().any(|token| matches!(token, Token::Bar(_)));
        match line.lead {
            Lead::Heading(level) => {
                let text = self.text(self.without_bars(line.tokens));
                self.not_empty(&text, place)?;
                Some(Node::Heading { level, text })
            }
            Lead::Item => {
                if let Some((inner, place)) = alone(&Line { lead: Lead::Plain, ..line.clone() })
                    && let Some((field, Some("items"))) = field_and_format(&inner)
                    && is_field_key(field)
                {
                    return Some(Node::Items { field: field.to_owned(), place });
                }
                let tokens = self.continued(line.tokens, |next| next.indented);
                let text = self.text(self.without_bars(tokens));
                self.not_empty(&text, place)?;
                Some(Node::Item { text })
            }
            Lead::Plain if row => {
                let tokens = self.continued(line.tokens, |next| next.indented);
                let mut label = Vec::new();
                let mut value: Option<Vec<Token>> = None;
                for token in tokens {
                    match (token, value.as_mut()) {
                        (Token::Bar(_), None) => value = Some(Vec::new()),
                        (Token::Bar(place), Some(_)) => self.fault(FaultKind::RowTooWide, place),
                        (token, None) => label.push(token),
                        (token, Some(value)) => value.push(token),
                    }
                }
                let label = self.text(label);
                let value = self.text(value.unwrap_or_default());
                self.not_empty(&label, place)?;
                Some(Node::Row { label, value })
            }
            Lead::Plain => {
                let tokens = self.continued(line.tokens, |_| true);
                let text = self.text(tokens);
                Some(Node::Paragraph { text })
            }
        }
    }

    fn not_empty(&mut self, text: &[Inline], place: Place) -> Option<()> {
        if text.is_empty() {
            self.fault(FaultKind::BlockEmpty, place);
            return None;
        }
        Some(())
    }

    /// A bar means nothing in a heading or an item.
    #[expect(clippy::unused_self, reason = "reads as a step of the parser")]
    fn without_bars(&self, tokens: Vec<Token>) -> Vec<Token> {
        tokens
            .into_iter()
            .map(|token| match token {
                Token::Bar(_) => Token::Text("|".to_owned()),
                token => token,
            })
            .collect()
    }

    /// The tokens of a block with the lines that go on with it.
    fn continued(&mut self, mut tokens: Vec<Token>, goes_on: impl Fn(&Line) -> bool) -> Vec<Token> {
        while let Some(next) = self.lines.next_if(|next| next.as_ref().is_some_and(|next| plain(next) && goes_on(next))) {
            if !matches!(tokens.last(), Some(Token::Break)) {
                tokens.push(Token::Text(" ".to_owned()));
            }
            tokens.extend(next.into_iter().flat_map(|line| line.tokens));
        }
        tokens
    }

    /// Reads the text of one block.
    fn text(&mut self, tokens: Vec<Token>) -> Vec<Inline> {
        let mut tokens = tokens.into_iter().peekable();
        let mut strong = None;
        let mut text = Vec::new();
        loop {
            match self.inlines(&mut tokens, &mut strong, &mut text) {
                Stop::TextEnd => break,
                Stop::End(place) => self.fault(FaultKind::EndStray, place),
                Stop::Else(place) | Stop::ElseIf(_, place) => self.fault(FaultKind::ElseStray, place),
            }
        }
        if let Some(place) = strong {
            self.fault(FaultKind::StrongUnclosed, place);
        }
        text
    }

    fn inlines(&mut self, tokens: &mut Tokens, strong: &mut Option<Place>, text: &mut Vec<Inline>) -> Stop {
        while let Some(token) = tokens.next() {
            match token {
                Token::Text(plain) => text.push(Inline::Text { text: plain, strong: strong.is_some() }),
                Token::Bar(_) => text.push(Inline::Text { text: "|".to_owned(), strong: strong.is_some() }),
                Token::Break => text.push(Inline::Break),
                Token::Strong(place) => {
                    *strong = match strong {
                        Some(_) => None,
                        None => Some(place),
                    };
                }
                Token::Tag(inner, place) => match Tag::of(&inner) {
                    Tag::If(condition) => {
                        let branches = self.inline_branches(&condition, place, tokens, strong);
                        text.extend(branches.map(Inline::If));
                    }
                    Tag::Else => return Stop::Else(place),
                    Tag::ElseIf(condition) => return Stop::ElseIf(condition, place),
                    Tag::End => return Stop::End(place),
                    Tag::Clause(_) | Tag::Clauses | Tag::Custom | Tag::Acceptance => {
                        self.fault(FaultKind::BlockTagInText { tag: inner }, place);
                    }
                    Tag::Other => {
                        let field = self.field(&inner, place, strong.is_some());
                        text.extend(field);
                    }
                },
            }
        }
        Stop::TextEnd
    }

    fn inline_branches(
        &mut self,
        condition: &str,
        place: Place,
        tokens: &mut Tokens,
        strong: &mut Option<Place>,
    ) -> Option<Branches<Inline>> {
        if self.depth >= NESTING_MAX {
            self.fault(FaultKind::TooDeep, place);
            return None;
        }
        self.depth += 1;
        let before = *strong;
        let branches = self.collect(condition, place, |parser, inner| {
            let stop = parser.inlines(tokens, strong, inner);
            // emphasis begins and ends on the same side of a branch, else half a branch would be strong
            if strong.is_some() != before.is_some() {
                parser.fault(FaultKind::StrongUnclosed, strong.unwrap_or(place));
                *strong = before;
            }
            stop
        });
        self.depth -= 1;
        branches
    }

    fn field(&mut self, inner: &str, place: Place, strong: bool) -> Option<Inline> {
        let Some((key, word)) = field_and_format(inner).filter(|(key, _)| is_field_key(key)) else {
            self.fault(FaultKind::TagUnknown { tag: inner.to_owned() }, place);
            return None;
        };
        let format = match word.map(|word| (word, Format::from_word(word))) {
            None => None,
            Some((_, Some(Format::Items))) => {
                self.fault(FaultKind::ItemsOutsideList, place);
                return None;
            }
            Some((_, Some(format))) => Some(format),
            Some((word, None)) => {
                self.fault(FaultKind::FormatUnknown { format: word.to_owned() }, place);
                return None;
            }
        };
        Some(Inline::Field { key: key.to_owned(), format, strong, place })
    }
}

/// Key and format word of a merge field.
fn field_and_format(inner: &str) -> Option<(&str, Option<&str>)> {
    match inner.split_once('|') {
        Some((key, word)) => Some((key.trim(), Some(word.trim()))),
        None => Some((inner.trim(), None)),
    }
}

/// The tag of a line that holds nothing else.
fn alone(line: &Line) -> Option<(String, Place)> {
    match line.tokens.as_slice() {
        [Token::Tag(inner, place)] if line.lead == Lead::Plain => Some((inner.clone(), *place)),
        _ => None,
    }
}

/// Whether a line can go on with the block above it.
fn plain(line: &Line) -> bool {
    let control = alone(line).is_some_and(|(inner, _)| !matches!(Tag::of(&inner), Tag::Other));
    line.lead == Lead::Plain && !control && !line.tokens.iter().any(|token| matches!(token, Token::Bar(_)))
}
