//! The terms and the facts of one letter as a template sees them, and the forms of both.

use std::collections::BTreeMap;

use chrono::NaiveDateTime;
use serde::{Deserialize, Serialize};

use super::datum::{Datum, DatumKind, Deadline, FieldForm, Forms, Period, Rate, Source};
use super::letter::Letterhead;
use crate::engagement::{Engagement, PayBasis};
use crate::field::{self, FieldKey, FieldTable, Gate, Kind, Side};
use crate::id::DocumentId;
use crate::intake::together;
use crate::ledger::{NotCanonical, canonical};
use crate::lifecycle::AcceptBy;
use crate::moment::Day;
use crate::money::Money;
use crate::playbook::Playbook;
use crate::terms::{Terms, Value};

/// What a letter says beyond the terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterFacts {
    /// A random id, made for this letter.
    pub document: DocumentId,
    /// The day on the letter.
    pub issued: Day,
    /// The legal employer, who writes: the firm, or the client of a direct hire.
    pub employer: Letterhead,
    /// The firm's name.
    pub firm: String,
    /// Until when, as asked for at sending or moved later; else what the terms say.
    pub accept_by: Option<AcceptBy>,
    /// The client's name, where there is one.
    pub client: Option<String>,
    /// Who signs for the employer.
    pub signatory: Signatory,
}

/// Who signs for the employer.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatory {
    /// Name.
    pub name: String,
    /// Position; may be empty.
    pub title: String,
}

impl LetterFacts {
    /// The facts of a letter under a playbook: who employs follows from the engagement.
    ///
    /// `signs` is whoever signs for the employer, by name; for the firm the title is the playbook's, for a client its contact's own.
    #[must_use]
    pub fn of(playbook: &Playbook, terms: &Terms, document: DocumentId, issued: Day, signs: Signatory) -> Self {
        let client = terms.client().and_then(|code| playbook.client(&code));
        let firm = Letterhead { name: playbook.firm.legal_name.clone(), address: address_lines(&playbook.firm.address) };
        let firm_employs = terms.engagement().is_none_or(Engagement::firm_employs);
        let employer = match client {
            Some(client) if !firm_employs => {
                let name = if client.legal_name.is_empty() { &client.name } else { &client.legal_name };
                Letterhead { name: name.clone(), address: address_lines(&client.address) }
            }
            // a direct hire without its client has no employer, and so no letter
            None if !firm_employs => Letterhead { name: String::new(), address: Vec::new() },
            _ => firm,
        };
        let signatory = match firm_employs {
            true => Signatory { title: playbook.firm.signatory_title.clone(), ..signs },
            false => signs,
        };
        Self {
            document,
            issued,
            employer,
            firm: playbook.firm.name.clone(),
            accept_by: None,
            client: client.map(|client| client.name.clone()),
            signatory,
        }
    }
}

/// One line of a playbook as the lines of a letterhead: a semicolon ends a line.
fn address_lines(address: &str) -> Vec<String> {
    address.split([';', '\n']).map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
}

/// Terms and facts together: everything a letter can say.
#[derive(Debug, Clone, Copy)]
pub struct Said<'a> {
    /// The terms of the version that the letter states.
    pub terms: &'a Terms,
    /// The table that the terms follow.
    pub table: &'a FieldTable,
    /// The facts of this letter.
    pub facts: &'a LetterFacts,
}

/// The keys of a letter's own facts, with the kind of each and whether it is always given.
const FACTS: &[(&str, DatumKind, bool, &[&str])] = &[
    ("letter.document", DatumKind::Text, true, &[]),
    ("letter.issued", DatumKind::Day, true, &[]),
    ("letter.employer", DatumKind::Text, true, &["employer"]),
    ("letter.employer_address", DatumKind::Text, false, &[]),
    ("letter.firm", DatumKind::Text, true, &[]),
    ("letter.client", DatumKind::Text, false, &["client"]),
    ("letter.signatory", DatumKind::Text, true, &[]),
    ("letter.signatory_title", DatumKind::Text, false, &[]),
    ("letter.pay", DatumKind::Rate, true, &["pay.base", "pay.basis"]),
];

impl Source for Said<'_> {
    fn datum(&self, key: &str) -> Option<Datum> {
        let text = |text: &str| (!text.trim().is_empty()).then(|| Datum::Text(text.to_owned()));
        match key {
            "letter.document" => text(self.facts.document.as_str()),
            "letter.issued" => Some(Datum::Day(self.facts.issued)),
            "letter.employer" => text(&self.facts.employer.name),
            "letter.employer_address" => text(&self.facts.employer.address.join("\n")),
            "letter.firm" => text(&self.facts.firm),
            "letter.client" => text(self.facts.client.as_deref().unwrap_or_default()),
            "letter.signatory" => text(&self.facts.signatory.name),
            "letter.signatory_title" => text(&self.facts.signatory.title),
            "date.accept_by" => self.accept_by().map(Datum::Deadline),
            "letter.pay" => paid(self.terms).map(Datum::Rate),
            key => self.term(key),
        }
    }
}

impl Said<'_> {
    fn accept_by(&self) -> Option<Deadline> {
        let (local, zone) = match &self.facts.accept_by {
            Some(moved) => (moved.local.as_str(), moved.zone.as_str()),
            None => (self.terms.text(&field::ACCEPT_BY)?, self.terms.text(&field::ACCEPT_BY_ZONE)?),
        };
        Some(Deadline { local: NaiveDateTime::parse_from_str(local, "%Y-%m-%dT%H:%M").ok()?, zone: zone.to_owned() })
    }

    fn term(&self, key: &str) -> Option<Datum> {
        let key = FieldKey::new(key);
        self.table.get(&key)?;
        Some(match self.terms.get(&key)? {
            Value::Text(text) => Datum::Text(text.clone()),
            Value::Money(_) if key == field::PAY_BASE => Datum::Rate(base(self.terms)?),
            Value::Money(money) => Datum::Money(*money),
            Value::Percent(share) => Datum::Percent(*share),
            Value::Number(number) => Datum::Number(*number),
            Value::Date(day) => Datum::Day(*day),
            Value::Choice(code) => Datum::Choice(code.clone()),
            Value::Codes(codes) => Datum::List(codes.clone()),
            Value::YesNo(yes) => Datum::YesNo(*yes),
            Value::Person(_) => Datum::Person,
        })
    }

    /// What somebody has to fill in for this value to exist: the fields behind it that are empty, else itself.
    pub(super) fn lacks(&self, key: &str) -> Vec<FieldKey> {
        let behind: &[FieldKey] = match key {
            "letter.pay" => &[field::PAY_BASIS, field::PAY_BASE, field::PAY_FREQUENCY],
            "pay.base" => &[field::PAY_BASIS, field::PAY_BASE],
            "date.accept_by" => &[field::ACCEPT_BY, field::ACCEPT_BY_ZONE],
            _ => &[],
        };
        let empty: Vec<FieldKey> = behind.iter().filter(|field| self.terms.get(field).is_none()).cloned().collect();
        if empty.is_empty() { vec![FieldKey::new(key)] } else { empty }
    }

    /// The candidate's side of the terms as data, in canonical form: what is attached to the letter as `offer.json`. It holds what
    /// a letter may print and nothing else.
    ///
    /// # Errors
    /// Never for terms made by intake; a value read from elsewhere may have no canonical form.
    pub fn attachment(&self) -> Result<String, NotCanonical> {
        let prints = |key: &FieldKey| self.table.get(key).is_some_and(|spec| spec.prints && spec.kind != Kind::Person);
        let fields: BTreeMap<&str, &Value> =
            self.terms.iter().filter(|(key, _)| prints(key)).map(|(key, value)| (key.as_str(), value)).collect();
        let offer = Attachment {
            form: "countersign-offer-1",
            document: &self.facts.document,
            issued: self.facts.issued,
            employer: &self.facts.employer.name,
            fields,
        };
        canonical(&serde_json::to_value(offer).map_err(|_| NotCanonical::NotANumber)?)
    }

    /// Custom fields that a letter may print and that have a value, each with its label.
    pub(super) fn custom(&self) -> Vec<(FieldKey, String)> {
        let printing = self.table.iter().filter(|spec| spec.prints && spec.kind != Kind::Person && self.terms.get(&spec.key).is_some());
        printing.filter_map(|spec| Some((spec.key.clone(), spec.label.as_ref()?.label.clone()))).collect()
    }

    /// Fields that hold a promise in these terms: the letter has to use each of them.
    pub(super) fn promises(&self) -> Vec<FieldKey> {
        self.terms
            .iter()
            .filter(|(key, _)| self.table.get(key).is_some_and(|spec| spec.prints && spec.material && !spec.personal))
            .filter(|(key, _)| self.term(key.as_str()).is_some_and(|datum| datum.says_something()))
            .map(|(key, _)| key.clone())
            .collect()
    }
}

/// The form of `offer.json`.
#[derive(Serialize)]
struct Attachment<'a> {
    form: &'static str,
    document: &'a DocumentId,
    issued: Day,
    employer: &'a str,
    fields: BTreeMap<&'a str, &'a Value>,
}

/// Base pay for what it is for: an hour, or a year.
fn base(terms: &Terms) -> Option<Rate> {
    let pay = terms.pay()?;
    let period = match pay.basis {
        PayBasis::Hourly => Period::Hour,
        PayBasis::Salary => Period::Year,
    };
    Some(Rate { money: pay.base, period, annual: pay.annual_equivalent() })
}

/// Pay for what it is paid for: an hourly rate as it is, a salary for one pay period.
fn paid(terms: &Terms) -> Option<Rate> {
    let base = base(terms)?;
    if base.period != Period::Year {
        return Some(base);
    }
    let (period, in_a_year) = match terms.choice(&field::PAY_FREQUENCY)? {
        "weekly" => (Period::Week, 52),
        "biweekly" => (Period::TwoWeeks, 26),
        "semimonthly" => (Period::HalfMonth, 24),
        "monthly" => (Period::Month, 12),
        _ => return None,
    };
    let money: Money = base.money.scaled(1, in_a_year)?;
    Some(Rate { money, period, annual: base.annual })
}

/// The forms of the field table and of a letter's facts, for offers of some engagements.
#[derive(Debug, Clone, Copy)]
pub struct LetterForms<'a> {
    /// The table of the playbook version.
    pub table: &'a FieldTable,
    /// The engagements that the template is for; none are all.
    pub engagements: &'a [Engagement],
}

impl LetterForms<'_> {
    fn engagements(&self) -> &[Engagement] {
        if self.engagements.is_empty() { &Engagement::ALL } else { self.engagements }
    }
}

impl Forms for LetterForms<'_> {
    fn form(&self, key: &str) -> Option<FieldForm> {
        if let Some((_, kind, always_given, covers)) = FACTS.iter().find(|(fact, ..)| *fact == key) {
            let (kind, always_given) =
                (*kind, *always_given || key == "letter.client" && self.engagements().iter().all(|e| e.has_client()));
            return Some(FieldForm {
                kind,
                codes: Vec::new(),
                prints: true,
                seen_by_candidate: true,
                always_given,
                covers,
                brings: Vec::new(),
            });
        }
        let spec = self.table.get(&FieldKey::new(key))?;
        Some(FieldForm {
            kind: match spec.kind {
                Kind::Text | Kind::Prose | Kind::Email | Kind::State | Kind::Client => DatumKind::Text,
                Kind::Money if spec.key == field::PAY_BASE => DatumKind::Rate,
                Kind::Money => DatumKind::Money,
                Kind::Percent => DatumKind::Percent,
                Kind::Number => DatumKind::Number,
                Kind::Date => DatumKind::Day,
                Kind::LocalTime if spec.key == field::ACCEPT_BY => DatumKind::Deadline,
                Kind::LocalTime => DatumKind::Text,
                Kind::Choice => DatumKind::Choice,
                Kind::Codes => DatumKind::List,
                Kind::YesNo => DatumKind::YesNo,
                Kind::Person => DatumKind::Person,
            },
            codes: spec.choices.iter().map(ToString::to_string).collect(),
            prints: spec.prints,
            seen_by_candidate: matches!(spec.side, Side::Job | Side::Person | Side::Contact | Side::Package),
            // sending asks for the deadline, and every letter is made by sending
            always_given: spec.key == field::ACCEPT_BY
                || spec.gate != Gate::Never && self.engagements().iter().all(|engagement| spec.applies_to(*engagement)),
            covers: &[],
            brings: together::PAIRS.iter().filter(|(filled, _)| *filled == spec.key).map(|(_, needed)| needed.to_string()).collect(),
        })
    }

    fn promised(&self) -> Vec<String> {
        self.table
            .iter()
            .filter(|spec| spec.prints && spec.material)
            .filter(|spec| self.engagements().iter().any(|engagement| spec.applies_to(*engagement)))
            .map(|spec| spec.key.as_str().to_owned())
            .collect()
    }

    fn custom(&self) -> Vec<String> {
        self.table.iter().filter(|spec| spec.prints && spec.label.is_some()).map(|spec| spec.key.as_str().to_owned()).collect()
    }
}

/// The fields that are printed where a letter's fact is.
pub(super) fn covered_by(key: &str) -> &'static [&'static str] {
    FACTS.iter().find(|(fact, ..)| *fact == key).map_or(&[], |(.., covers)| covers)
}
