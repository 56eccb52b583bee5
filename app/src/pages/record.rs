//! The fields of the offer record: as boxes of a form, and as terms in words.

use leptos::prelude::*;
use offer::engagement::PayBasis;
use offer::field::{self as fields, FieldKey, FieldSpec, FieldTable, Kind, Section};
use offer::id::{ClientCode, PersonId, Role, role};
use offer::intake::STATES;
use offer::terms::{Change, Terms, Value};
use std::collections::BTreeMap;

use super::{Ask, Question};
use crate::boxes::code_name;
use crate::desk::{PersonChoice, Titles};
use crate::parts::{Choice, Control, DiffRow, FieldSet, TermRow, TermState, TermsGroup, Wording};
use crate::words::en::{field, money, role as role_words, staff as words, state};

/// What the boxes of a form offer to choose from.
#[derive(Clone, Debug, Default)]
pub struct Choices {
    /// People.
    pub people: Vec<PersonChoice>,
    /// Clients, code and name.
    pub clients: Vec<(ClientCode, String)>,
    /// Clauses, key and title.
    pub clauses: Vec<(String, String)>,
    /// Contingencies, kind and name.
    pub contingencies: Vec<(String, String)>,
    /// Teams, key and name.
    pub teams: Vec<(String, String)>,
    /// Answers that are known for fields that take any text.
    pub known: BTreeMap<FieldKey, Vec<String>>,
    /// What one unit of pay is for, as far as it is chosen.
    pub pay_basis: Option<PayBasis>,
}

pub use crate::boxes::box_name;

/// A field as a box of a form, with what was typed. `note` says where a value comes from.
pub fn field_box(ask: &Ask, spec: &FieldSpec, typed: &str, note: Option<String>, choices: &Choices) -> AnyView {
    let hint = [field::help(spec), note].into_iter().flatten().collect::<Vec<_>>().join(" ");
    if spec.kind == Kind::Codes
        && let Some(codes) = codes_of(spec, choices)
    {
        return code_boxes(ask, spec, typed, &hint, codes);
    }
    let after = field::unit_after_on(spec, choices.pay_basis);
    ask.field(Question {
        name: box_name(&spec.key),
        label: field::label(spec),
        control: control(spec, typed, choices),
        value: typed.to_owned(),
        hint: Wording::from((!hint.is_empty()).then_some(hint)),
        required: spec.gate == fields::Gate::Submit,
        before: field::unit_before(spec).into(),
        after: after.into(),
        ..Question::default()
    })
}

fn control(spec: &FieldSpec, typed: &str, choices: &Choices) -> Control {
    match spec.kind {
        Kind::Text if spec.key == fields::TEAM && !choices.teams.is_empty() => Control::Select(teams(typed, &choices.teams)),
        Kind::Text => choices.known.get(&spec.key).cloned().map_or(Control::Text, Control::TextOrOneOf),
        Kind::Codes => Control::Text,
        Kind::Prose => Control::Long,
        Kind::Money => Control::Money,
        Kind::Percent => Control::Percent,
        Kind::Number => Control::Number,
        Kind::Date => Control::Date,
        Kind::LocalTime => Control::DateTime,
        Kind::Email => Control::Email,
        Kind::Choice => Control::Select(spec.choices.iter().map(|code| choice(code.clone(), field::choice(&spec.key, code))).collect()),
        Kind::YesNo => Control::Select(vec![choice("yes", words::YES), choice("no", words::NO)]),
        Kind::State => Control::Select(STATES.iter().map(|letters| choice(*letters, state::state(letters))).collect()),
        Kind::Person => Control::Select(people(&spec.key, &choices.people)),
        Kind::Client if choices.clients.is_empty() => Control::Text,
        Kind::Client => Control::Select(choices.clients.iter().map(|(code, name)| choice(code.as_str(), name.as_str())).collect()),
    }
}

/// The firm's teams. A team that it no longer has stays to choose where it stands.
fn teams(typed: &str, teams: &[(String, String)]) -> Vec<Choice> {
    let gone = (!typed.is_empty() && teams.iter().all(|(key, _)| key != typed)).then(|| choice(typed, role_words::read_out(typed)));
    teams.iter().map(|(key, name)| choice(key, name)).chain(gone).collect()
}

/// The people for a field: those who hold its role, or everybody of the firm where nobody does. A client's person is always the client's own.
fn people(key: &FieldKey, people: &[PersonChoice]) -> Vec<Choice> {
    let wanted: &[Role] = match key {
        key if *key == fields::HIRING_MANAGER => &[role::HIRING_MANAGER],
        key if *key == fields::RECRUITER => &[role::RECRUITER, role::RECRUITING_LEAD],
        key if *key == fields::ACCOUNT_MANAGER => &[role::ACCOUNT_MANAGER],
        key if *key == fields::CLIENT_CONTACT => &[role::CLIENT_CONTACT],
        _ => &[],
    };
    let fits = |person: &&PersonChoice| person.roles.iter().any(|role| wanted.contains(role));
    let fitting: Vec<&PersonChoice> = people.iter().filter(fits).collect();
    let of_the_firm = || people.iter().filter(|person| !person.roles.contains(&role::CLIENT_CONTACT)).collect();
    let offered = if fitting.is_empty() && *key != fields::CLIENT_CONTACT { of_the_firm() } else { fitting };
    let named = |person: &&PersonChoice| {
        let roles = || person.roles.iter().map(role_words::role).collect::<Vec<_>>().join(", ");
        let of = if person.client.is_empty() { roles() } else { person.client.clone() };
        choice(person.id.to_string(), format!("{} ({of})", person.name))
    };
    offered.iter().map(named).collect()
}

fn codes_of(spec: &FieldSpec, choices: &Choices) -> Option<Vec<(String, String)>> {
    let listed = match &spec.key {
        key if *key == fields::CLAUSES => choices.clauses.clone(),
        key if *key == fields::CONTINGENCIES && !choices.contingencies.is_empty() => choices.contingencies.clone(),
        key => spec.choices.iter().map(|code| (code.to_string(), field::choice(key, code))).collect(),
    };
    (!listed.is_empty()).then_some(listed)
}

/// Codes as boxes to tick. What was typed and is not among them keeps a box of its own.
fn code_boxes(ask: &Ask, spec: &FieldSpec, typed: &str, hint: &str, mut codes: Vec<(String, String)>) -> AnyView {
    let ticked: Vec<&str> = typed.split([';', ',', '\n']).map(str::trim).filter(|code| !code.is_empty()).collect();
    for code in &ticked {
        if !codes.iter().any(|(known, _)| known == code) {
            codes.push(((*code).to_owned(), role_words::read_out(code)));
        }
    }
    let name = box_name(&spec.key);
    let place = crate::parts::field_id(&format!("{}-{name}", ask.form));
    let problem = ask.problem(&name);
    let slot = (ask.live || problem.is_some()).then(|| view! { <p class="field-problem" id=format!("{place}-problem")>{problem}</p> });
    let boxes: Vec<AnyView> = codes
        .into_iter()
        .map(|(code, title)| {
            let standing = if ticked.contains(&code.as_str()) { "yes" } else { "" };
            ask.field(Question {
                name: code_name(&spec.key, &code),
                label: title,
                control: Control::Tick,
                value: standing.to_owned(),
                ..Question::default()
            })
        })
        .collect();
    let hint = Wording::from((!hint.is_empty()).then(|| hint.to_owned()));
    view! {
        <div id=place tabindex="-1">
            <FieldSet legend=field::label(spec) hint=hint>
                <input type="hidden" name=name value=""/>
                <div class="choice-list">{boxes}</div>
                {slot}
            </FieldSet>
        </div>
    }
    .into_any()
}

/// An answer to choose.
pub fn choice(value: impl Into<String>, text: impl Into<String>) -> Choice {
    Choice { value: value.into(), text: text.into(), hint: None }
}

/// Names for values that are ids.
#[derive(Clone, Copy, Debug, Default)]
pub struct Names<'a> {
    /// People by id.
    pub people: Option<&'a BTreeMap<PersonId, String>>,
    /// The offer's client.
    pub client: &'a str,
    /// Teams, clauses and contingencies by field and key.
    pub titles: Option<&'a Titles>,
}

impl Names<'_> {
    /// A value in words.
    pub fn value(&self, key: &FieldKey, value: &Value, table: &FieldTable) -> String {
        match value {
            Value::Person(person) => {
                self.people.and_then(|people| people.get(person)).cloned().unwrap_or_else(|| words::SOMEBODY.to_owned())
            }
            Value::Text(_) if *key == fields::CLIENT && !self.client.is_empty() => self.client.to_owned(),
            Value::Text(code) => self.title(key, code).unwrap_or_else(|| field::value_of(key, value, table)),
            Value::Codes(codes) => {
                let named = |code: &String| self.title(key, code).unwrap_or_else(|| field::choice(key, code));
                codes.iter().map(named).collect::<Vec<_>>().join(", ")
            }
            value => field::value_of(key, value, table),
        }
    }

    fn title(&self, key: &FieldKey, code: &str) -> Option<String> {
        self.titles?.get(&(key.clone(), code.to_owned())).cloned()
    }

    /// Changes as rows of a comparison.
    pub fn diff(&self, changes: &[Change], table: &FieldTable) -> Vec<DiffRow> {
        let words = |change: &Change, value: &Option<Value>| value.as_ref().map(|value| self.value(&change.field, value, table));
        changes
            .iter()
            .map(|change| DiffRow {
                label: field::label_of(&change.field, table),
                from: words(change, &change.from),
                to: words(change, &change.to),
            })
            .collect()
    }

    /// Terms section by section, in the order of the intake; only what has a value.
    pub fn groups(&self, terms: &Terms, table: &FieldTable) -> Vec<TermsGroup> {
        let rows = |section: Section| {
            table.iter().filter(|spec| spec.section == section).filter_map(|spec| self.row(spec, terms, table)).collect::<Vec<_>>()
        };
        Section::ALL
            .into_iter()
            .map(|section| TermsGroup { title: Some(field::section(section).to_owned()), rows: rows(section) })
            .collect()
    }

    /// One term; nothing when it has no value.
    pub fn row(&self, spec: &FieldSpec, terms: &Terms, table: &FieldTable) -> Option<TermRow> {
        let value = terms.get(&spec.key)?;
        let value = match terms.pay().filter(|_| spec.key == fields::PAY_BASE) {
            Some(pay) => format!("{} {}", money::amount(pay.base), money::per(pay.basis)),
            None => self.value(&spec.key, value, table),
        };
        Some(TermRow { label: field::label(spec), value, note: None, state: TermState::Plain })
    }
}
