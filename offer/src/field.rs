//! The fields of an offer: ONE table that says of each its type, owner, gate, side, and whether it prints, is personal or is material.

mod table;

pub use crate::id::FieldKey;
pub use table::BUILT_IN;

use crate::engagement::Engagement;
use crate::id::{Role, role};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// What a field holds, and so how it is typed, read and printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// One line that describes the job: a title, a shift. Stays in the open part of an event.
    Text,
    /// Free text of any kind. Always sealed (law 11).
    Prose,
    /// An amount of money.
    Money,
    /// A percentage, in basis points.
    Percent,
    /// A number with at most two decimals.
    Number,
    /// A calendar date.
    Date,
    /// A local date and time without a zone, `2026-12-18T17:00`.
    LocalTime,
    /// One of the field's choices.
    Choice,
    /// Any of the field's choices, or any codes where it has none; typed as codes separated by `;`.
    Codes,
    /// Yes or no.
    YesNo,
    /// A person of the firm or of a client, by id.
    Person,
    /// An e-mail address.
    Email,
    /// A US state, territory or DC, as its two letters.
    State,
    /// A client, by its code.
    Client,
}

/// What a number counts. Stands beside the field's box; a percentage or an amount needs none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Unit {
    /// Nothing beyond the kind itself.
    #[default]
    None,
    /// Money for one pay period of the pay basis: an hour, or a year.
    PerPayBasis,
    /// Hours in a week.
    HoursPerWeek,
    /// Days.
    Days,
    /// A factor, such as 1.5 times.
    Times,
}

/// From when on a field must hold a value.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Gate {
    /// Before the offer goes to its approvers.
    Submit,
    /// Before its letter can be made.
    Generate,
    /// Before it can be sent.
    Send,
    /// Never: the field may stay empty.
    #[default]
    Never,
}

/// The group of readers a field belongs to. Who sees which side is in the playbook; see `access::sight`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Side {
    /// The job itself: everyone who may see the offer, the candidate and the client too.
    #[default]
    Job,
    /// Who the candidate is, by name.
    Person,
    /// How to reach the candidate.
    Contact,
    /// What the person is paid.
    Package,
    /// What the client is billed, or the fee it pays.
    Bill,
    /// Burden, fees and margin: the firm's own arithmetic.
    Margin,
    /// Notes of the firm: cost centre, expectations, budget.
    Internal,
}

impl Side {
    /// All sides, in the order in which a form shows them.
    pub const ALL: [Self; 7] = [Self::Job, Self::Person, Self::Contact, Self::Package, Self::Bill, Self::Margin, Self::Internal];

    /// Its code, as playbooks write it.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Job => "job",
            Self::Person => "person",
            Self::Contact => "contact",
            Self::Package => "package",
            Self::Bill => "bill",
            Self::Margin => "margin",
            Self::Internal => "internal",
        }
    }
}

/// The step of the guided intake on which a field stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Section {
    /// Who hires whom, for which opening.
    #[default]
    Parties,
    /// The person.
    Candidate,
    /// The job and where it is done.
    Job,
    /// When it starts, ends, and by when to accept.
    Dates,
    /// Pay.
    Pay,
    /// Bonus, sign-on, equity, benefits.
    Extras,
    /// The client's side of the money.
    Bill,
    /// Clauses, special terms, attachments, contingencies.
    Words,
    /// Expectations and the range shown.
    Background,
}

impl Section {
    /// The sections in the order of the guided intake.
    pub const ALL: [Self; 9] =
        [Self::Parties, Self::Candidate, Self::Job, Self::Dates, Self::Pay, Self::Extras, Self::Bill, Self::Words, Self::Background];
}

/// Bounds of a value in its own smallest unit: cents, basis points, hundredths; for text, characters.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct Bounds {
    /// Smallest value, inclusive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub min: Option<i64>,
    /// Largest value, inclusive.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max: Option<i64>,
}

/// Everything the product knows about a field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FieldSpec {
    /// Its key, which is also the code of its label.
    pub key: FieldKey,
    /// What it holds.
    pub kind: Kind,
    /// What it counts.
    pub unit: Unit,
    /// The codes it accepts, for `Kind::Choice` and `Kind::Codes`.
    pub choices: Cow<'static, [Cow<'static, str>]>,
    /// Where the guided intake asks for it.
    pub section: Section,
    /// From when on it must hold a value.
    pub gate: Gate,
    /// For which engagements it exists.
    pub engagements: Cow<'static, [Engagement]>,
    /// Who sees it.
    pub side: Side,
    /// The role that answers for its truth.
    pub owner: Role,
    /// Whether the letter may print it.
    pub prints: bool,
    /// Whether it says something about the person, and so is sealed under the person's key.
    pub personal: bool,
    /// Whether a change of it makes a new version and may re-open approvals.
    pub material: bool,
    /// Bounds of its value.
    pub bounds: Bounds,
    /// Label and help of a custom field; built-ins have theirs in the words of the app.
    pub label: Option<CustomLabel>,
}

/// The words a custom field brings along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct CustomLabel {
    /// What stands above the box.
    pub label: String,
    /// What stands below the box.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub help: String,
}

impl FieldSpec {
    /// A field that is optional, shown with the job, owned by the recruiter, neither printed nor material.
    pub fn new(key: &'static str, kind: Kind) -> Self {
        Self {
            key: FieldKey::named(key),
            kind,
            unit: Unit::None,
            choices: Cow::Borrowed(&[]),
            section: Section::Job,
            gate: Gate::Never,
            engagements: Cow::Borrowed(&Engagement::ALL),
            side: Side::Job,
            owner: role::RECRUITER,
            prints: false,
            personal: false,
            material: false,
            bounds: Bounds { min: None, max: None },
            label: None,
        }
    }

    /// Whether its value is sealed under the person's key: it is personal, or free text (law 11).
    pub fn is_private(&self) -> bool {
        self.personal || matches!(self.kind, Kind::Prose | Kind::Email)
    }

    /// Whether an offer of this engagement has the field.
    pub fn applies_to(&self, engagement: Engagement) -> bool {
        self.engagements.contains(&engagement)
    }
}

/// The built-in table and the custom fields of one playbook version, by key.
#[derive(Clone, Debug)]
pub struct FieldTable {
    fields: BTreeMap<FieldKey, FieldSpec>,
    order: Vec<FieldKey>,
}

impl FieldTable {
    /// The built-in fields followed by custom ones; a custom field never replaces a built-in.
    pub fn new(custom: impl IntoIterator<Item = FieldSpec>) -> Self {
        let mut table = Self { fields: BTreeMap::new(), order: Vec::new() };
        for spec in BUILT_IN.iter().cloned().chain(custom) {
            if !table.fields.contains_key(&spec.key) {
                table.order.push(spec.key.clone());
                table.fields.insert(spec.key.clone(), spec);
            }
        }
        table
    }

    /// The same, with some gates moved.
    pub fn with_gates(custom: impl IntoIterator<Item = FieldSpec>, gates: impl IntoIterator<Item = (FieldKey, Gate)>) -> Self {
        let mut table = Self::new(custom);
        for (key, gate) in gates {
            if let Some(spec) = table.fields.get_mut(&key) {
                spec.gate = gate;
            }
        }
        table
    }

    /// One field.
    pub fn get(&self, key: &FieldKey) -> Option<&FieldSpec> {
        self.fields.get(key)
    }

    /// The same without the fields that `kept` refuses.
    #[must_use]
    pub fn retain(&self, kept: impl Fn(&FieldSpec) -> bool) -> Self {
        let fields: BTreeMap<FieldKey, FieldSpec> =
            self.fields.iter().filter(|(_, spec)| kept(spec)).map(|(key, spec)| (key.clone(), spec.clone())).collect();
        Self { order: self.order.iter().filter(|key| fields.contains_key(*key)).cloned().collect(), fields }
    }

    /// Where a field stands in the order of the table; nothing for a field that is not in it.
    pub fn place(&self, key: &FieldKey) -> Option<usize> {
        self.order.iter().position(|known| known == key)
    }

    /// All fields, in the order of the table.
    pub fn iter(&self) -> impl Iterator<Item = &FieldSpec> {
        self.order.iter().filter_map(|key| self.fields.get(key))
    }
}

impl Default for FieldTable {
    fn default() -> Self {
        Self::new([])
    }
}

macro_rules! keys { ($($name:ident = $key:literal),* $(,)?) => {
    $(#[doc = concat!("`", $key, "`")] pub const $name: FieldKey = FieldKey::named($key);)*
}; }

keys! {
    ENGAGEMENT = "engagement", HIRE_KIND = "hire.kind", CLIENT = "client", CLIENT_CONTACT = "client.contact",
    EMPLOYER = "employer", BUSINESS_LINE = "org.business_line", REGION = "org.region", DEPARTMENT = "org.department",
    TEAM = "org.team", COST_CENTER = "org.cost_center", PURCHASE_ORDER = "org.purchase_order",
    CANDIDATE_NAME = "candidate.legal_name", CANDIDATE_PREFERRED_NAME = "candidate.preferred_name",
    CANDIDATE_EMAIL = "candidate.email", CANDIDATE_PHONE = "candidate.phone", CANDIDATE_ADDRESS = "candidate.address",
    CANDIDATE_LANGUAGE = "candidate.language",
    JOB_TITLE = "job.title", OCCUPATION_CODE = "job.occupation_code", LEVEL = "job.level", REPORTS_TO = "job.reports_to",
    HIRING_MANAGER = "job.hiring_manager", RECRUITER = "job.recruiter", ACCOUNT_MANAGER = "job.account_manager",
    EMPLOYMENT_TYPE = "job.employment_type", CLASSIFICATION = "job.classification", CLASSIFICATION_BASIS = "job.classification_basis",
    SCHEDULE = "job.schedule", SHIFT = "job.shift", HOURS_PER_WEEK = "job.hours_per_week", WORKSITE = "job.worksite",
    CITY = "job.city", STATE = "job.state", REMOTE = "job.remote", WORK_STATES = "job.work_states",
    START = "date.start", END = "date.end", ACCEPT_BY = "date.accept_by", ACCEPT_BY_ZONE = "date.accept_by_zone",
    PAY_BASIS = "pay.basis", PAY_BASE = "pay.base", PAY_FREQUENCY = "pay.frequency", OVERTIME_RULE = "pay.overtime_rule",
    PAY_DAY = "pay.day", DIFFERENTIALS = "pay.differentials", PER_DIEM = "pay.per_diem", PER_DIEM_TAXED = "pay.per_diem_taxed",
    BONUS_KIND = "bonus.kind", BONUS_TARGET = "bonus.target", BONUS_CONDITION = "bonus.condition",
    BONUS_GUARANTEED = "bonus.guaranteed", COMMISSION_PLAN = "pay.commission_plan", SIGN_ON = "sign_on.amount",
    SIGN_ON_PAY_DATE = "sign_on.pay_date", SIGN_ON_REPAYMENT = "sign_on.repayment", RELOCATION = "relocation.amount",
    EQUITY_KIND = "equity.kind", EQUITY_UNITS = "equity.units", EQUITY_STRIKE = "equity.strike", EQUITY_VESTING = "equity.vesting",
    EQUITY_BOARD_APPROVAL = "equity.board_approval", BENEFITS = "benefits.pointer", PAID_LEAVE = "benefits.paid_leave",
    BILL_RATE = "bill.rate", BILL_OVERTIME = "bill.overtime_multiplier", BILL_CAP_ON = "bill.cap_on", BILL_CAP = "bill.cap",
    BILL_CAP_MARKUP = "bill.cap_markup", BURDEN = "bill.burden", MSP_FEE = "bill.msp_fee", CONVERSION_FEE = "bill.conversion_fee", CONVERSION_DATE = "bill.conversion_date",
    GUARANTEE_DAYS = "bill.guarantee_days", FEE = "bill.fee", FEE_FLAT = "bill.fee_flat",
    RANGE_SHOWN = "range.shown", RANGE_SHOWN_ON = "range.shown_on", RANGE_SHOWN_WHERE = "range.shown_where",
    EXPECTED_PAY = "expected.pay", EXPECTED_START = "expected.start",
    CLAUSES = "words.clauses", SPECIAL_TERMS = "words.special_terms", ATTACHMENTS = "words.attachments",
    CONTINGENCIES = "conditions.contingencies",
}
