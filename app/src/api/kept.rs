//! A refused form on its page again: what was typed, and why it came back.

use offer::field::FieldKey;
use offer::intake::Problem;
use std::collections::BTreeMap;

use crate::desk::Notice;

/// Under which name a kept form says which form it is.
pub(super) const FORM: &str = "form";

/// A refused form, as the page finds it by `?kept=ID`; nothing when the page was opened otherwise.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Kept {
    form: String,
    answers: BTreeMap<String, String>,
    notice: Option<Notice>,
}

impl Kept {
    /// A form as the desk kept it.
    pub fn new(answers: Vec<(String, String)>, notice: Notice) -> Self {
        let mut answers: BTreeMap<String, String> = answers.into_iter().collect();
        let form = answers.remove(FORM).unwrap_or_default();
        Self { form, answers, notice: Some(notice) }
    }

    /// A form that could not be kept, or whose hour is over: only that it was not taken.
    pub fn lost() -> Self {
        Self { notice: Some(Notice::Unavailable), ..Self::default() }
    }

    /// Which form it is.
    pub fn form(&self) -> &str {
        &self.form
    }

    /// Why it came back.
    pub const fn notice(&self) -> Option<&Notice> {
        self.notice.as_ref()
    }

    /// The same for one form of the page: empty for every other one.
    #[must_use]
    pub fn of(&self, form: &str) -> Self {
        if self.form == form { self.clone() } else { Self::default() }
    }

    /// What was typed under a name, letter for letter.
    pub fn typed(&self, name: &str) -> Option<&str> {
        self.answers.get(name).map(String::as_str)
    }

    /// What was typed under a name, or else what stood there.
    pub fn or(&self, name: &str, standing: &str) -> String {
        self.typed(name).unwrap_or(standing).to_owned()
    }

    /// Lets something stand for what was typed under a name; nothing for no answer at all.
    pub fn stand(&mut self, name: &str, answer: Option<String>) {
        match answer {
            Some(answer) => self.answers.insert(name.to_owned(), answer),
            None => self.answers.remove(name),
        };
    }

    /// The names of what was typed that begin so.
    pub fn names_from<'a>(&'a self, beginning: &'a str) -> impl Iterator<Item = &'a str> {
        self.answers.keys().map(String::as_str).filter(move |name| name.starts_with(beginning))
    }

    /// The name under which the form asks for a field; nothing when it does not.
    pub fn name_of(&self, field: &FieldKey) -> Option<String> {
        let key = field.as_str();
        let in_group = format!("fields[{key}]");
        if self.answers.contains_key(&in_group) {
            return Some(in_group);
        }
        let plain = match key {
            "candidate.legal_name" => "name",
            "candidate.email" => "email",
            "date.accept_by" => "accept_by",
            "date.accept_by_zone" => "zone",
            _ => key,
        };
        if self.answers.contains_key(plain) {
            return Some(plain.to_owned());
        }
        // a group of boxes without a tick sends nothing at all
        self.answers.keys().any(|name| name.starts_with("fields[")).then_some(in_group)
    }

    /// The problems of its fields.
    pub fn problems(&self) -> &[Problem] {
        match &self.notice {
            Some(Notice::Problems(problems)) => problems,
            _ => &[],
        }
    }
}
