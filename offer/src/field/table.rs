//! The table of built-in fields, from the offer record.

use super::{Bounds, FieldSpec, Gate, Kind, Section, Side, Unit};
use crate::engagement::Engagement;
use crate::id::{Role, role};
use std::borrow::Cow;
use std::sync::LazyLock;

use Engagement::{ContractToHire, DirectHire, Internal, Temp};

const ON_ASSIGNMENT: &[Engagement] = &[Temp, ContractToHire];
const FOR_A_CLIENT: &[Engagement] = &[DirectHire, Temp, ContractToHire];
const WITH_A_FEE: &[Engagement] = &[DirectHire];
const WITH_CONVERSION: &[Engagement] = &[ContractToHire];
const PERMANENT: &[Engagement] = &[Internal, DirectHire];
const OWN_STAFF: &[Engagement] = &[Internal];

/// The longest line, in characters.
const LINE_CHARACTERS_MAX: i64 = 200;
/// The longest free text, in characters.
const PROSE_CHARACTERS_MAX: i64 = 4_000;
/// The highest amount, in cents: ten million dollars.
const AMOUNT_CENTS_MAX: i64 = 1_000_000_000;

impl FieldSpec {
    fn at(mut self, section: Section) -> Self {
        self.section = section;
        self
    }
    fn gate(mut self, gate: Gate) -> Self {
        self.gate = gate;
        self
    }
    fn side(mut self, side: Side) -> Self {
        self.side = side;
        self
    }
    fn owner(mut self, owner: Role) -> Self {
        self.owner = owner;
        self
    }
    fn unit(mut self, unit: Unit) -> Self {
        self.unit = unit;
        self
    }
    fn only(mut self, engagements: &'static [Engagement]) -> Self {
        self.engagements = Cow::Borrowed(engagements);
        self
    }
    fn choices(mut self, choices: &'static [Cow<'static, str>]) -> Self {
        self.choices = Cow::Borrowed(choices);
        self
    }
    fn prints(mut self) -> Self {
        self.prints = true;
        self
    }
    fn personal(mut self) -> Self {
        self.personal = true;
        self
    }
    fn material(mut self) -> Self {
        self.material = true;
        self
    }
    fn within(mut self, min: i64, max: i64) -> Self {
        self.bounds = Bounds { min: Some(min), max: Some(max) };
        self
    }
}

fn line(key: &'static str, section: Section) -> FieldSpec {
    FieldSpec::new(key, Kind::Text).at(section).within(1, LINE_CHARACTERS_MAX)
}
fn prose(key: &'static str, section: Section) -> FieldSpec {
    FieldSpec::new(key, Kind::Prose).at(section).within(1, PROSE_CHARACTERS_MAX)
}
fn money(key: &'static str, section: Section) -> FieldSpec {
    FieldSpec::new(key, Kind::Money).at(section).within(1, AMOUNT_CENTS_MAX)
}
fn date(key: &'static str, section: Section) -> FieldSpec {
    FieldSpec::new(key, Kind::Date).at(section)
}
fn percent(key: &'static str, section: Section) -> FieldSpec {
    FieldSpec::new(key, Kind::Percent).at(section).within(0, 10_000)
}
fn choice(key: &'static str, section: Section, choices: &'static [Cow<'static, str>]) -> FieldSpec {
    FieldSpec::new(key, Kind::Choice).at(section).choices(choices)
}

macro_rules! codes { ($($code:literal),* $(,)?) => { &[$(Cow::Borrowed($code)),*] }; }

/// The built-in fields in the order of the guided intake.
pub static BUILT_IN: LazyLock<Vec<FieldSpec>> = LazyLock::new(|| {
    vec![
        // parties
        choice("engagement", Section::Parties, codes!["internal", "direct_hire", "temp", "contract_to_hire"]).gate(Gate::Submit).material(),
        choice("hire.kind", Section::Parties, codes!["new", "rehire", "redeployment"]).gate(Gate::Submit),
        FieldSpec::new("client", Kind::Client)
            .at(Section::Parties)
            .gate(Gate::Submit)
            .only(FOR_A_CLIENT)
            .owner(role::ACCOUNT_MANAGER)
            .prints(),
        FieldSpec::new("client.contact", Kind::Person)
            .at(Section::Parties)
            .gate(Gate::Submit)
            .only(FOR_A_CLIENT)
            .owner(role::ACCOUNT_MANAGER),
        line("employer", Section::Parties).prints().owner(role::HR_OPS),
        line("org.business_line", Section::Parties).side(Side::Internal),
        line("org.region", Section::Parties).side(Side::Internal),
        line("org.department", Section::Parties).gate(Gate::Submit).prints(),
        line("org.team", Section::Parties).side(Side::Internal),
        line("org.cost_center", Section::Parties).side(Side::Internal).owner(role::FINANCE),
        line("org.purchase_order", Section::Parties).side(Side::Bill).only(ON_ASSIGNMENT).owner(role::ACCOUNT_MANAGER),
        // candidate
        line("candidate.legal_name", Section::Candidate).gate(Gate::Submit).side(Side::Person).prints().personal().material(),
        line("candidate.preferred_name", Section::Candidate).side(Side::Person).prints().personal(),
        FieldSpec::new("candidate.email", Kind::Email).at(Section::Candidate).gate(Gate::Submit).side(Side::Contact).personal(),
        line("candidate.phone", Section::Candidate).side(Side::Contact).personal(),
        line("candidate.address", Section::Candidate).gate(Gate::Generate).side(Side::Contact).prints().personal(),
        choice("candidate.language", Section::Candidate, codes!["en", "es"]).side(Side::Contact).personal(),
        // job
        line("job.title", Section::Job).gate(Gate::Submit).prints().material(),
        line("job.occupation_code", Section::Job).within(1, 16),
        line("job.level", Section::Job).gate(Gate::Submit).material().within(1, 16),
        line("job.reports_to", Section::Job).gate(Gate::Generate).prints(),
        FieldSpec::new("job.hiring_manager", Kind::Person).at(Section::Job).gate(Gate::Submit).only(OWN_STAFF),
        FieldSpec::new("job.recruiter", Kind::Person).at(Section::Job).gate(Gate::Submit),
        FieldSpec::new("job.account_manager", Kind::Person).at(Section::Job).gate(Gate::Submit).only(FOR_A_CLIENT),
        choice("job.employment_type", Section::Job, codes!["full_time", "part_time"]).gate(Gate::Submit).prints().material(),
        choice("job.classification", Section::Job, codes!["exempt", "non_exempt"]).gate(Gate::Submit).prints().material().owner(role::HRBP),
        choice(
            "job.classification_basis",
            Section::Job,
            codes!["executive", "administrative", "professional", "computer", "outside_sales", "hourly"],
        )
        .owner(role::HRBP),
        line("job.schedule", Section::Job).prints().material(),
        line("job.shift", Section::Job).prints().material().only(ON_ASSIGNMENT).gate(Gate::Generate),
        FieldSpec::new("job.hours_per_week", Kind::Number)
            .at(Section::Job)
            .unit(Unit::HoursPerWeek)
            .gate(Gate::Submit)
            .prints()
            .material()
            .within(100, 8_000),
        line("job.worksite", Section::Job).gate(Gate::Generate).prints().material(),
        line("job.city", Section::Job).gate(Gate::Submit).prints().material(),
        FieldSpec::new("job.state", Kind::State).at(Section::Job).gate(Gate::Submit).prints().material(),
        choice("job.remote", Section::Job, codes!["no", "hybrid", "remote"]).gate(Gate::Submit).prints().material(),
        FieldSpec::new("job.work_states", Kind::Codes).at(Section::Job).within(0, 60),
        // dates
        date("date.start", Section::Dates).gate(Gate::Submit).prints().material(),
        date("date.end", Section::Dates).gate(Gate::Submit).prints().material().only(ON_ASSIGNMENT),
        FieldSpec::new("date.accept_by", Kind::LocalTime).at(Section::Dates).prints(),
        choice(
            "date.accept_by_zone",
            Section::Dates,
            codes![
                "America/New_York",
                "America/Chicago",
                "America/Denver",
                "America/Phoenix",
                "America/Los_Angeles",
                "America/Anchorage",
                "Pacific/Honolulu"
            ],
        )
        .prints(),
        // pay
        choice("pay.basis", Section::Pay, codes!["hourly", "salary"]).gate(Gate::Submit).side(Side::Package).prints().material(),
        money("pay.base", Section::Pay).unit(Unit::PerPayBasis).gate(Gate::Submit).side(Side::Package).prints().material(),
        choice("pay.frequency", Section::Pay, codes!["weekly", "biweekly", "semimonthly", "monthly"])
            .gate(Gate::Generate)
            .side(Side::Package)
            .prints()
            .owner(role::PAYROLL),
        line("pay.overtime_rule", Section::Pay).gate(Gate::Generate).side(Side::Package).prints().material(),
        line("pay.day", Section::Pay).side(Side::Package).prints().only(ON_ASSIGNMENT).gate(Gate::Generate).owner(role::PAYROLL),
        line("pay.differentials", Section::Pay).side(Side::Package).prints().material(),
        money("pay.per_diem", Section::Pay).side(Side::Package).prints().material().only(ON_ASSIGNMENT),
        FieldSpec::new("pay.per_diem_taxed", Kind::YesNo).at(Section::Pay).side(Side::Package).prints().only(ON_ASSIGNMENT),
        // extras
        choice("bonus.kind", Section::Extras, codes!["annual", "retention", "performance", "completion"])
            .side(Side::Package)
            .prints()
            .material(),
        money("bonus.target", Section::Extras).side(Side::Package).prints().material(),
        prose("bonus.condition", Section::Extras).side(Side::Package).prints().material(),
        FieldSpec::new("bonus.guaranteed", Kind::YesNo).at(Section::Extras).side(Side::Package).prints().material(),
        line("pay.commission_plan", Section::Extras).side(Side::Package).prints().material(),
        money("sign_on.amount", Section::Extras).side(Side::Package).prints().material(),
        date("sign_on.pay_date", Section::Extras).side(Side::Package).prints(),
        prose("sign_on.repayment", Section::Extras).side(Side::Package).prints().material(),
        money("relocation.amount", Section::Extras).side(Side::Package).prints().material(),
        choice("equity.kind", Section::Extras, codes!["options", "rsu"]).side(Side::Package).prints().material().only(PERMANENT),
        FieldSpec::new("equity.units", Kind::Number)
            .at(Section::Extras)
            .side(Side::Package)
            .prints()
            .material()
            .only(PERMANENT)
            .within(0, AMOUNT_CENTS_MAX),
        money("equity.strike", Section::Extras).side(Side::Package).prints().only(PERMANENT),
        line("equity.vesting", Section::Extras).side(Side::Package).prints().material().only(PERMANENT),
        FieldSpec::new("equity.board_approval", Kind::YesNo).at(Section::Extras).side(Side::Package).prints().only(PERMANENT),
        line("benefits.pointer", Section::Extras).side(Side::Package).gate(Gate::Generate).prints().owner(role::HR_OPS),
        line("benefits.paid_leave", Section::Extras).side(Side::Package).prints().owner(role::HR_OPS),
        // bill
        money("bill.rate", Section::Bill).gate(Gate::Submit).side(Side::Bill).material().only(ON_ASSIGNMENT).owner(role::ACCOUNT_MANAGER),
        FieldSpec::new("bill.overtime_multiplier", Kind::Number)
            .at(Section::Bill)
            .unit(Unit::Times)
            .side(Side::Bill)
            .material()
            .only(ON_ASSIGNMENT)
            .owner(role::ACCOUNT_MANAGER)
            .within(100, 400),
        choice("bill.cap_on", Section::Bill, codes!["bill", "pay", "markup"])
            .side(Side::Margin)
            .only(ON_ASSIGNMENT)
            .owner(role::ACCOUNT_MANAGER),
        money("bill.cap", Section::Bill).side(Side::Margin).only(ON_ASSIGNMENT).owner(role::ACCOUNT_MANAGER),
        percent("bill.cap_markup", Section::Bill).side(Side::Margin).only(ON_ASSIGNMENT).owner(role::ACCOUNT_MANAGER).within(0, 100_000),
        percent("bill.burden", Section::Bill).gate(Gate::Submit).side(Side::Margin).only(ON_ASSIGNMENT).owner(role::FINANCE),
        percent("bill.msp_fee", Section::Bill).side(Side::Margin).only(ON_ASSIGNMENT).owner(role::FINANCE),
        percent("bill.conversion_fee", Section::Bill)
            .gate(Gate::Submit)
            .side(Side::Bill)
            .material()
            .only(WITH_CONVERSION)
            .owner(role::ACCOUNT_MANAGER),
        date("bill.conversion_date", Section::Bill).side(Side::Bill).material().only(WITH_CONVERSION).owner(role::ACCOUNT_MANAGER),
        FieldSpec::new("bill.guarantee_days", Kind::Number)
            .at(Section::Bill)
            .unit(Unit::Days)
            .side(Side::Bill)
            .material()
            .only(WITH_A_FEE)
            .owner(role::ACCOUNT_MANAGER)
            .within(0, 36_500),
        percent("bill.fee", Section::Bill).gate(Gate::Submit).side(Side::Bill).material().only(WITH_A_FEE).owner(role::ACCOUNT_MANAGER),
        money("bill.fee_flat", Section::Bill).side(Side::Bill).material().only(WITH_A_FEE).owner(role::ACCOUNT_MANAGER),
        // words
        FieldSpec::new("words.clauses", Kind::Codes).at(Section::Words).prints().material().owner(role::LEGAL).within(0, 40),
        // staff's own words, in which pay may stand
        prose("words.special_terms", Section::Words).prints().side(Side::Package).material().owner(role::LEGAL),
        FieldSpec::new("words.attachments", Kind::Codes).at(Section::Words).prints().owner(role::HR_OPS).within(0, 40),
        FieldSpec::new("conditions.contingencies", Kind::Codes)
            .at(Section::Words)
            .choices(codes!["background_check", "drug_screen", "license", "references"])
            .prints()
            .material()
            .owner(role::HR_OPS)
            .within(0, 20),
        // background
        line("range.shown", Section::Background).side(Side::Internal),
        date("range.shown_on", Section::Background).side(Side::Internal),
        line("range.shown_where", Section::Background).side(Side::Internal),
        money("expected.pay", Section::Background).side(Side::Internal).personal(),
        date("expected.start", Section::Background).side(Side::Internal).personal(),
    ]
});
