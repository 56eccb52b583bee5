//! The playbook: everything operations can change, one typed document with immutable versions, TOML in and out.
//!
//! It names roles, relations, teams and clients by key and never a person (law 11). Order never means anything: items are kept by key.

mod check;
mod compare;
mod document;
mod faults;
mod item;
pub(crate) mod readable;
#[cfg(test)]
mod tests;

pub use check::check;
pub use compare::{ItemChange, PathChange, WhatChanged, diff};
pub use document::{Checked, from_toml, publishable, to_toml};
pub use faults::{Fault, Path, PlaybookProblem, Segment, TomlKind};
pub use item::Keyed;

use crate::access::{Action, DoubleBlind, EditRow, RoleSheet, Scope};
use crate::check::{BandFigures, Sheet};
use crate::coded::coded;
use crate::engagement::{Engagement, HireKind, PayBasis};
use crate::field::{self, Bounds, CustomLabel, FieldKey, FieldSpec, FieldTable, Gate, Kind, Section, Side, Unit};
use crate::id::{ClauseKey, ClientCode, ContingencyKind, RecipientKey, Role, StepKey, TeamKey};
use crate::lifecycle::Status;
use crate::moment::Day;
use crate::money::{BasisPoints, Hundredths, Money};
use crate::packet::{Clause, Template};
use crate::policy::Rule;
use crate::terms::Terms;
use serde::{Deserialize, Serialize};

/// One version of the playbook. Its number is counted by the store, never written into the document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Playbook {
    /// The firm itself.
    pub firm: Firm,
    /// Hours in which approvals are expected.
    pub working_time: WorkingTime,
    /// What the candidate agrees to by signing on screen, and how long links live.
    pub signing: Signing,
    /// Who must agree before an offer that was sent is rescinded.
    pub rescission: Rescission,
    /// Fields beyond the built-in ones.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<CustomField>,
    /// Gates that differ from the built-in table.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub gates: Vec<GateOverride>,
    /// Pay bands.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bands: Vec<Band>,
    /// Clients with their sheets.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clients: Vec<Client>,
    /// Approval rules; together they make the route.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule>,
    /// Who decides which material fields.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deciders: Vec<Deciders>,
    /// What each role sees.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roles: Vec<RoleSheet>,
    /// What each role may do, where and in which states.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub grants: Vec<GrantRow>,
    /// What each role may write of the offers that it drafts or changes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub edits: Vec<EditRow>,
    /// Who is kept from whose number.
    #[serde(default, skip_serializing_if = "DoubleBlind::is_off")]
    pub double_blind: DoubleBlind,
    /// How long what need not stay for ever is kept.
    #[serde(default, skip_serializing_if = "Retention::is_default")]
    pub retention: Retention,
    /// Teams that people may belong to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<Team>,
    /// Contingencies and when they must be met.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub contingencies: Vec<ContingencyRule>,
    /// Who receives a hand-off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub recipients: Vec<Recipient>,
    /// Letter templates.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub templates: Vec<Template>,
    /// Clauses of letters.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub clauses: Vec<Clause>,
}

impl Playbook {
    /// The field table under this version: built-ins with their gates overridden, then custom fields.
    pub fn field_table(&self) -> FieldTable {
        FieldTable::with_gates(self.fields.iter().map(CustomField::spec), self.gates.iter().map(|gate| (gate.field.clone(), gate.gate)))
    }

    /// One client.
    pub fn client(&self, code: &ClientCode) -> Option<&Client> {
        self.clients.iter().find(|client| client.code == *code)
    }

    /// One clause.
    pub fn clause(&self, key: &ClauseKey) -> Option<&Clause> {
        self.clauses.iter().find(|clause| clause.key == *key)
    }

    /// The pay band for a department, level, state and pay basis.
    pub fn band(&self, department: &str, level: &str, state: &str, basis: PayBasis) -> Option<&Band> {
        self.bands.iter().find(|band| band.department == department && band.level == level && band.state == state && band.basis == basis)
    }

    /// The pay band that terms fall under.
    pub fn band_of(&self, terms: &Terms) -> Option<&Band> {
        self.band(terms.text(&field::DEPARTMENT)?, terms.text(&field::LEVEL)?, terms.text(&field::STATE)?, terms.pay_basis()?)
    }

    /// What a role sees, and how much it may approve.
    pub fn role(&self, role: &Role) -> Option<&RoleSheet> {
        self.roles.iter().find(|sheet| sheet.key == *role)
    }

    /// Numbers the rules: one that is as it was keeps the version that last changed it, any other gets this one.
    pub fn number_rules(&mut self, before: Option<&Self>, version: u32) {
        for rule in &mut self.rules {
            let known = before.and_then(|before| before.rules.iter().find(|known| known.key == rule.key));
            rule.version = 0;
            let same = known.filter(|known| Rule { version: 0, ..(*known).clone() } == *rule);
            rule.version = same.map_or(version, |known| known.version);
        }
    }

    /// The playbook without what publication counted: as people write it.
    #[must_use]
    pub fn unnumbered(mut self) -> Self {
        for rule in &mut self.rules {
            rule.version = 0;
        }
        self
    }

    /// When a contingency must be met; at the latest before the start where the playbook does not name it.
    pub fn contingency_due(&self, kind: &ContingencyKind) -> ContingencyDue {
        self.contingencies.iter().find(|rule| rule.key == *kind).map_or(ContingencyDue::Start, |rule| rule.due)
    }
}

/// The firm that runs the desk.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Firm {
    /// The name people know.
    pub name: String,
    /// The legal entity that employs.
    pub legal_name: String,
    /// One line of address, for letterheads.
    pub address: String,
    /// Who signs letters, by title; the person is whoever sends.
    pub signatory_title: String,
    /// Where a candidate gets help, on every portal page in the same place.
    pub help_email: String,
    /// Where a candidate may call.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub help_phone: String,
}

/// When the firm works. Business hours are counted in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct WorkingTime {
    /// IANA zone of the office.
    pub zone: String,
    /// Local time of opening, `09:00`.
    pub opens: String,
    /// Local time of closing, `17:00`.
    pub closes: String,
    /// Days of work: `mon` to `sun`.
    pub days: Vec<String>,
    /// Days off.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub holidays: Vec<Day>,
}

/// How a candidate signs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Signing {
    /// The version of the consent text; a change of text is a new version.
    pub consent_version: u32,
    /// What the candidate agrees to: electronic records, the paper option, how to withdraw.
    pub consent: String,
    /// Days between sending and accept-by when the intake does not say.
    pub accept_days: u32,
}

/// Who must agree to a rescission.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Rescission {
    /// One person of each of these roles agrees.
    pub approvers: Vec<Role>,
}

/// How long what need not stay for ever is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Retention {
    /// Days for which it is known who looked at whose pay and personal data.
    pub access_log_days: u32,
}

impl Retention {
    /// Whether it is what a playbook means that says nothing of it.
    pub fn is_default(&self) -> bool {
        *self == Self::default()
    }
}

impl Default for Retention {
    fn default() -> Self {
        Self { access_log_days: 730 }
    }
}

/// A field that operations added.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct CustomField {
    /// Its key; begins with `custom.`.
    pub key: FieldKey,
    /// What it holds: text, prose, money, number, percent, date, choice, yes-no, person.
    pub kind: Kind,
    /// What stands above its box.
    pub label: String,
    /// What stands below its box.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub help: String,
    /// The codes of a choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// Where the intake asks for it.
    #[serde(default)]
    pub section: Section,
    /// From when on it must hold a value.
    #[serde(default)]
    pub gate: Gate,
    /// For which engagements it exists; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub engagements: Vec<Engagement>,
    /// Who sees it.
    #[serde(default)]
    pub side: Side,
    /// The role that answers for it.
    pub owner: Role,
    /// Whether a letter may print it.
    #[serde(default)]
    pub prints: bool,
    /// Whether it says something about the person.
    #[serde(default)]
    pub personal: bool,
    /// Whether a change of it makes a new version.
    #[serde(default)]
    pub material: bool,
    /// Its smallest value, as typed into the field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<String>,
    /// Its largest value, as typed into the field; for text and codes, how many characters or codes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<String>,
}

impl CustomField {
    /// The field as the table holds it.
    pub fn spec(&self) -> FieldSpec {
        let engagements = if self.engagements.is_empty() { Engagement::ALL.to_vec() } else { self.engagements.clone() };
        FieldSpec {
            key: self.key.clone(),
            kind: self.kind.clone(),
            unit: Unit::None,
            choices: self.choices.iter().cloned().map(Into::into).collect(),
            section: self.section,
            gate: self.gate,
            engagements: engagements.into(),
            side: self.side,
            owner: self.owner.clone(),
            prints: self.prints,
            personal: self.personal,
            material: self.material,
            bounds: Bounds { min: self.bound(self.min.as_deref()), max: self.bound(self.max.as_deref()) },
            label: Some(CustomLabel { label: self.label.clone(), help: self.help.clone() }),
        }
    }

    /// A bound in the smallest unit of the field's kind.
    pub(crate) fn bound(&self, typed: Option<&str>) -> Option<i64> {
        let typed = typed?;
        match self.kind {
            Kind::Money => Money::parse(typed).map(|amount| amount.minor),
            Kind::Percent => BasisPoints::parse(typed).map(|percent| percent.0),
            Kind::Number => Hundredths::parse(typed).map(|number| number.0),
            _ => typed.trim().parse().ok(),
        }
    }
}

/// A gate that differs from the built-in table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct GateOverride {
    /// The built-in field.
    pub field: FieldKey,
    /// Its gate here.
    pub gate: Gate,
}

/// A pay band.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Band {
    /// Department.
    pub department: String,
    /// Level.
    pub level: String,
    /// State of the worksite.
    pub state: String,
    /// What the amounts are for.
    pub basis: PayBasis,
    /// Lowest pay.
    #[serde(with = "readable::money")]
    pub min: Money,
    /// Middle; compa-ratio is pay over this.
    #[serde(with = "readable::money")]
    pub mid: Money,
    /// Highest pay.
    #[serde(with = "readable::money")]
    pub max: Money,
    /// When it was last compared with the market.
    pub benchmarked_on: Day,
    /// With what it was compared.
    pub source: String,
    /// How far below the offered pay a negotiation may go, as a share.
    #[serde(default, with = "readable::percent")]
    pub negotiation_low: BasisPoints,
    /// How far above the offered pay a negotiation may go, as a share.
    #[serde(default, with = "readable::percent")]
    pub negotiation_high: BasisPoints,
    /// Whether there is anything to negotiate.
    #[serde(default)]
    pub negotiation: NegotiationPolicy,
}

impl Band {
    /// Its figures.
    pub const fn figures(&self) -> BandFigures {
        BandFigures { min: self.min, mid: self.mid, max: self.max, benchmarked_on: self.benchmarked_on, negotiation: self.negotiation }
    }
}

/// Whether pay of a level is open to negotiation.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NegotiationPolicy {
    /// Within the negotiation band.
    #[default]
    Negotiable,
    /// The published pay is the pay.
    Fixed,
}

coded! {
    /// What a cap stands on.
    CapOn {
        /// The bill rate.
        Bill = "bill",
        /// The pay rate.
        Pay = "pay",
        /// The markup.
        Markup = "markup",
    }
}

/// The most a client allows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "on", content = "most", rename_all = "kebab-case")]
pub enum Cap {
    /// On the bill rate.
    Bill(#[serde(with = "readable::money")] Money),
    /// On the pay rate.
    Pay(#[serde(with = "readable::money")] Money),
    /// On the markup.
    Markup(#[serde(with = "readable::percent")] BasisPoints),
}

/// A client with its sheet of rules.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Client {
    /// Its code.
    pub code: ClientCode,
    /// Its name.
    pub name: String,
    /// The legal entity that employs after a direct hire or conversion; the name when empty.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub legal_name: String,
    /// One line of address, for letters the client sends.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub address: String,
    /// Business line of the firm that serves it.
    pub business_line: String,
    /// Region of the firm that serves it.
    pub region: String,
    /// The lowest markup the firm works for.
    #[serde(default, with = "readable::percent")]
    pub markup_floor: BasisPoints,
    /// What a managed-service provider keeps of the bill rate.
    #[serde(default, with = "readable::percent")]
    pub msp_fee: BasisPoints,
    /// The client's cap where the requisition has none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<Cap>,
    /// When overtime is paid, in words for the letter.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub overtime_rule: String,
    /// Clauses every letter for this client must hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required_clauses: Vec<ClauseKey>,
    /// Attachments every packet for this client must hold.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub required_attachments: Vec<String>,
    /// Whether an offer needs a purchase order.
    #[serde(default)]
    pub purchase_order_required: bool,
    /// Where timesheets are approved; an address, not a person.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub timesheet_approver: String,
    /// The role that answers for the sheet.
    pub owner: Role,
    /// When the sheet must be looked at again.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review_on: Option<Day>,
}

impl Client {
    /// What its sheet asks of an offer.
    pub fn sheet(&self) -> Sheet<'_> {
        Sheet {
            markup_floor: Some(self.markup_floor),
            cap: self.cap,
            clauses: &self.required_clauses,
            attachments: &self.required_attachments,
            purchase_order: self.purchase_order_required,
            review_on: self.review_on,
        }
    }
}

/// Who decides material fields, first to last. The first of them with a step in the route decides; the others are shown it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Deciders {
    /// Name of the group of fields.
    pub key: String,
    /// The fields; a field stands in one group only.
    pub fields: Vec<FieldKey>,
    /// Steps, first to last.
    pub steps: Vec<StepKey>,
}

/// What a role may do, where, and in which states.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct GrantRow {
    /// Name of the grant.
    pub key: String,
    /// Who holds it.
    pub role: Role,
    /// What it allows.
    pub actions: Vec<Action>,
    /// On which offers.
    pub scope: Scope,
    /// In which states of the offer; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<Status>,
}

/// A team by key.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Team {
    /// Its key.
    pub key: TeamKey,
    /// Its name.
    pub name: String,
}

/// By when a contingency must be met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ContingencyDue {
    /// Before the candidate may accept.
    Acceptance,
    /// Before the hand-off opens.
    Handoff,
    /// Before the person starts.
    Start,
}

/// A kind of contingency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ContingencyRule {
    /// Its kind.
    pub key: ContingencyKind,
    /// What it is called in the letter and on screen.
    pub name: String,
    /// By when it must be met.
    pub due: ContingencyDue,
}

/// Who receives which fields when an offer is accepted: a contract with one recipient.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Recipient {
    /// Its key.
    pub key: RecipientKey,
    /// What people call it.
    pub name: String,
    /// The role that acknowledges.
    pub role: Role,
    /// What it does with the data, in one line.
    pub task: String,
    /// For which engagements; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub engagements: Vec<Engagement>,
    /// For which kinds of hire; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub hire_kinds: Vec<HireKind>,
    /// The fields it receives, and no other.
    pub fields: Vec<FieldKey>,
    /// Business hours until it is due.
    pub due_hours: u32,
}

impl Recipient {
    /// Whether this recipient takes part in such a hire.
    pub fn takes_part(&self, engagement: Engagement, hire_kind: HireKind) -> bool {
        (self.engagements.is_empty() || self.engagements.contains(&engagement))
            && (self.hire_kinds.is_empty() || self.hire_kinds.contains(&hire_kind))
    }
}
