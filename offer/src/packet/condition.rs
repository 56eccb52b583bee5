//! Conditions of a template: `pay.sign_on and not (job.state is "CA" or job.state is "NY")`.

use super::NESTING_MAX;
use super::datum::Source;

/// A condition over fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Condition {
    /// The field has a value that says something: not empty, not zero, not "no".
    Given {
        /// The field key.
        field: String,
    },
    /// The field's value is this one (`=`, `is`).
    Is {
        /// The field key.
        field: String,
        /// The value as written.
        value: String,
    },
    /// The field's list holds this code (`has`); no list holds nothing.
    Has {
        /// The field key.
        field: String,
        /// The code as written.
        code: String,
    },
    /// The opposite.
    Not(Box<Condition>),
    /// All of these.
    All(Vec<Condition>),
    /// At least one of these.
    Any(Vec<Condition>),
}

/// What a condition asks of a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Asked<'a> {
    /// Whether it says something.
    Given,
    /// Whether it is this.
    Is(&'a str),
    /// Whether it holds this.
    Has(&'a str),
}

/// What a condition needs and does not have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Undecided {
    /// The field without a value.
    pub(super) field: String,
}

impl Condition {
    /// Reads a condition; `None` when it cannot be read.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let words = words(text)?;
        let mut reader = Reader { words: words.into_iter().peekable(), depth: 0 };
        let condition = reader.any()?;
        reader.words.next().is_none().then_some(condition)
    }

    /// Whether it holds. A comparison with a field that has no value cannot be decided, and is then an error: a sentence
    /// that hangs on a state must not appear, or vanish, because nobody entered the state.
    pub(super) fn holds(&self, source: &dyn Source) -> Result<bool, Undecided> {
        match self {
            Self::Given { field } => Ok(source.datum(field).is_some_and(|datum| datum.says_something())),
            Self::Is { field, value } => match source.datum(field) {
                Some(datum) => Ok(datum.is(value)),
                None => Err(Undecided { field: field.clone() }),
            },
            Self::Has { field, code } => Ok(source.datum(field).is_some_and(|datum| datum.has(code))),
            Self::Not(inner) => inner.holds(source).map(|holds| !holds),
            Self::All(inner) => {
                for condition in inner {
                    if !condition.holds(source)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Self::Any(inner) => {
                for condition in inner {
                    if condition.holds(source)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
        }
    }

    /// Calls `visit` with every field named here and what is asked of it.
    pub(super) fn each_field<'a>(&'a self, visit: &mut dyn FnMut(&'a str, Asked<'a>)) {
        match self {
            Self::Given { field } => visit(field, Asked::Given),
            Self::Is { field, value } => visit(field, Asked::Is(value)),
            Self::Has { field, code } => visit(field, Asked::Has(code)),
            Self::Not(inner) => inner.each_field(visit),
            Self::All(inner) | Self::Any(inner) => {
                for condition in inner {
                    condition.each_field(visit);
                }
            }
        }
    }

    /// The fields that certainly have a value where this condition holds.
    pub(super) fn ensures<'a>(&'a self, ensured: &mut Vec<&'a str>) {
        match self {
            Self::Given { field } | Self::Is { field, .. } | Self::Has { field, .. } => ensured.push(field),
            Self::All(inner) => {
                for condition in inner {
                    condition.ensures(ensured);
                }
            }
            Self::Not(_) | Self::Any(_) => {}
        }
    }
}

/// Whether text has the form of a field key: lower-case words joined by dots, `pay.sign_on`, `custom.badge-colour`.
pub(super) fn is_field_key(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_lowercase())
        && !text.ends_with('.')
        && !text.contains("..")
        && text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '.' | '_' | '-'))
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Word {
    Open,
    Close,
    Equals,
    Differs,
    Plain(String),
    Quoted(String),
}

fn words(text: &str) -> Option<Vec<Word>> {
    let mut words = Vec::new();
    let mut chars = text.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            c if c.is_whitespace() => {}
            '(' => words.push(Word::Open),
            ')' => words.push(Word::Close),
            '=' => words.push(Word::Equals),
            '!' => {
                if chars.next() != Some('=') {
                    return None;
                }
                words.push(Word::Differs);
            }
            '"' => {
                let mut quoted = String::new();
                loop {
                    match chars.next()? {
                        '"' => break,
                        c => quoted.push(c),
                    }
                }
                words.push(Word::Quoted(quoted));
            }
            c => {
                let mut plain = String::from(c);
                while let Some(next) = chars.next_if(|next| !next.is_whitespace() && !"()=!\"".contains(*next)) {
                    plain.push(next);
                }
                words.push(Word::Plain(plain));
            }
        }
    }
    Some(words)
}

struct Reader {
    words: std::iter::Peekable<std::vec::IntoIter<Word>>,
    depth: usize,
}

impl Reader {
    fn take(&mut self, plain: &str) -> bool {
        self.words.next_if(|word| matches!(word, Word::Plain(found) if found == plain)).is_some()
    }

    fn any(&mut self) -> Option<Condition> {
        let mut parts = vec![self.all()?];
        while self.take("or") {
            parts.push(self.all()?);
        }
        Some(alone(parts).unwrap_or_else(Condition::Any))
    }

    fn all(&mut self) -> Option<Condition> {
        let mut parts = vec![self.one()?];
        while self.take("and") {
            parts.push(self.one()?);
        }
        Some(alone(parts).unwrap_or_else(Condition::All))
    }

    fn one(&mut self) -> Option<Condition> {
        self.depth += 1;
        if self.depth > NESTING_MAX {
            return None;
        }
        let condition = if self.take("not") {
            Condition::Not(Box::new(self.one()?))
        } else {
            match self.words.next()? {
                Word::Open => {
                    let inner = self.any()?;
                    if self.words.next()? != Word::Close {
                        return None;
                    }
                    inner
                }
                Word::Plain(field) if is_field_key(&field) && !matches!(field.as_str(), "is" | "has" | "and" | "or") => {
                    self.comparison(field)?
                }
                _ => return None,
            }
        };
        self.depth -= 1;
        Some(condition)
    }

    fn comparison(&mut self, field: String) -> Option<Condition> {
        let mut holds = false;
        let opposite = match self.words.peek() {
            Some(Word::Equals) => {
                self.words.next();
                false
            }
            Some(Word::Differs) => {
                self.words.next();
                true
            }
            Some(Word::Plain(word)) if word == "is" => {
                self.words.next();
                self.take("not")
            }
            Some(Word::Plain(word)) if word == "has" => {
                self.words.next();
                holds = true;
                false
            }
            _ => return Some(Condition::Given { field }),
        };
        let value = match self.words.next()? {
            Word::Quoted(value) => value,
            Word::Plain(value) if !matches!(value.as_str(), "and" | "or" | "not" | "is" | "has") => value,
            _ => return None,
        };
        if holds {
            return Some(Condition::Has { field, code: value });
        }
        let is = Condition::Is { field, value };
        Some(if opposite { Condition::Not(Box::new(is)) } else { is })
    }
}

/// The only element, or the list back.
fn alone(mut parts: Vec<Condition>) -> Result<Condition, Vec<Condition>> {
    match parts.len() {
        1 => parts.pop().ok_or(parts),
        _ => Err(parts),
    }
}
