//! A small firm: its playbook and its people.

use offer::access::{Action, DoubleBlind, EditRow, Member, RoleSheet, Scope};
use offer::check::FactKind;
use offer::engagement::{Engagement, PayBasis};
use offer::field::{self, FieldKey, Side};
use offer::id::{ClauseKey, ClientCode, ContingencyKind, PersonId, RecipientKey, Role, RuleKey, StepKey, role};
use offer::ledger::AuthLevel;
use offer::lifecycle::Status;
use offer::moment::{Day, Moment};
use offer::money::{BasisPoints, Money};
use offer::packet::Clause;
use offer::person::{Identity, Person};
use offer::playbook::{
    Band, Client, ContingencyDue, ContingencyRule, Deciders, Firm, GrantRow, NegotiationPolicy, Playbook, Recipient, Rescission, Retention,
    Signing, WorkingTime,
};
use offer::policy::{Condition, Relation, Rule, StepSpec, Who};
use offer::private::Private;

pub(crate) fn at(text: &str) -> Moment {
    Moment::parse(text).unwrap()
}

pub(crate) fn day(text: &str) -> Day {
    text.parse().unwrap()
}

/// A person by a digit: 32 hex of it.
pub(crate) fn person(digit: char) -> PersonId {
    PersonId::parse(&digit.to_string().repeat(32)).unwrap()
}

/// Everybody of the firm, and the client's contact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Somebody {
    Recruiter,
    OtherRecruiter,
    HiringManager,
    Ops,
    Finance,
    Hrbp,
    Legal,
    HrOps,
    It,
    Payroll,
    AccountManager,
    ClientContact,
    Auditor,
    Admin,
    OtherFinance,
}

impl Somebody {
    pub(crate) const ALL: [Self; 15] = [
        Self::Recruiter,
        Self::OtherRecruiter,
        Self::HiringManager,
        Self::Ops,
        Self::Finance,
        Self::Hrbp,
        Self::Legal,
        Self::HrOps,
        Self::It,
        Self::Payroll,
        Self::AccountManager,
        Self::ClientContact,
        Self::Auditor,
        Self::Admin,
        Self::OtherFinance,
    ];

    pub(crate) fn id(self) -> PersonId {
        let place = Self::ALL.iter().position(|who| *who == self).unwrap();
        PersonId::parse(&format!("{:032x}", 0x1111 * (place + 1))).unwrap()
    }

    pub(crate) fn role(self) -> Role {
        match self {
            Self::Recruiter | Self::OtherRecruiter => role::RECRUITER,
            Self::HiringManager => role::HIRING_MANAGER,
            Self::Ops => role::OPS,
            Self::Finance | Self::OtherFinance => role::FINANCE,
            Self::Hrbp => role::HRBP,
            Self::Legal => role::LEGAL,
            Self::HrOps => role::HR_OPS,
            Self::It => role::IT,
            Self::Payroll => role::PAYROLL,
            Self::AccountManager => role::ACCOUNT_MANAGER,
            Self::ClientContact => role::CLIENT_CONTACT,
            Self::Auditor => role::AUDITOR,
            Self::Admin => role::ADMIN,
        }
    }

    pub(crate) fn member(self, playbook: &Playbook) -> Member {
        self.member_with(&[], playbook)
    }

    /// The same with more roles.
    pub(crate) fn member_with(self, more: &[Role], playbook: &Playbook) -> Member {
        let person = Person {
            identity: Private::Kept(Identity { name: format!("{self:?}"), email: format!("{self:?}@firm.example") }),
            roles: std::iter::once(self.role()).chain(more.iter().cloned()).collect(),
            team: None,
            department: None,
            business_line: None,
            region: None,
            clients: if matches!(self, Self::ClientContact | Self::AccountManager) { vec![ClientCode::new("ACME")] } else { Vec::new() },
            manager: None,
            approval_limit_annual: None,
            approval_limit_over_band: None,
            zone: "America/Chicago".to_owned(),
        };
        Member::resolve(self.id(), &person, AuthLevel::Password, playbook)
    }
}

fn rule(key: &'static str, engagements: &[Engagement], when: Condition, step: &'static str, who: Who, after: &[&'static str]) -> Rule {
    Rule {
        key: RuleKey::new(key),
        engagements: engagements.to_vec(),
        when,
        step: StepSpec { after: after.iter().map(|step| StepKey::new(*step)).collect(), ..StepSpec::new(StepKey::new(step), who, 8) },
        note: String::new(),
        version: 1,
    }
}

fn found(kinds: &[FactKind]) -> Condition {
    Condition::Any(kinds.iter().map(|kind| Condition::Finding(*kind)).collect())
}

fn grant(key: &str, who: Role, actions: &[Action], scope: Scope, states: &[Status]) -> GrantRow {
    GrantRow { key: key.to_owned(), role: who, actions: actions.to_vec(), scope, states: states.to_vec() }
}

fn edit(key: &str, who: Role, sides: &[Side]) -> EditRow {
    EditRow { key: key.to_owned(), role: who, sides: sides.to_vec(), fields: Vec::new(), states: Vec::new() }
}

fn sheet(who: Role, sees: &[Side]) -> RoleSheet {
    RoleSheet {
        name: who.to_string(),
        key: who,
        sees: sees.to_vec(),
        sees_for: Vec::new(),
        runs_the_firm: false,
        runs_people: false,
        second_factor: false,
        limit_annual: None,
        limit_over_band: None,
    }
}

pub(crate) fn playbook() -> Playbook {
    use Engagement::{ContractToHire, DirectHire, Internal, Temp};
    let billed = [Temp, ContractToHire];
    let exceptions = [FactKind::AboveBand, FactKind::OverBudget, FactKind::CannotCheck];
    let money = [
        FactKind::OverCap,
        FactKind::BelowMarkupFloor,
        FactKind::NoMargin,
        FactKind::OverBudget,
        FactKind::AboveBand,
        FactKind::CannotCheck,
    ];
    let after_first = ["ops", "hiring_manager", "client_contact"];
    let (hm, contact) = (Who::Relation(Relation::HiringManager), Who::Relation(Relation::ClientContact));
    let staff_actions = [
        Action::See,
        Action::Draft,
        Action::Submit,
        Action::Comment,
        Action::RecordVerbal,
        Action::Send,
        Action::Answer,
        Action::Change,
        Action::RecordCandidate,
        Action::Cancel,
        Action::Reopen,
        Action::Verify,
        Action::Start,
        Action::Rescind,
    ];
    let decide = [Action::See, Action::Decide, Action::Comment];
    let receive = [Action::See, Action::Acknowledge];
    let signed = [Status::Accepted, Status::HandedOff, Status::Started, Status::DidNotStart];
    Playbook {
        firm: Firm {
            name: "Harbor & Pine".to_owned(),
            legal_name: "Harbor & Pine Staffing LLC".to_owned(),
            address: "100 Wharf Street, Chicago, IL 60601".to_owned(),
            signatory_title: "Director of Talent".to_owned(),
            help_email: "help@firm.example".to_owned(),
            help_phone: String::new(),
        },
        working_time: WorkingTime {
            zone: "America/Chicago".to_owned(),
            opens: "09:00".to_owned(),
            closes: "17:00".to_owned(),
            days: ["mon", "tue", "wed", "thu", "fri"].map(str::to_owned).to_vec(),
            holidays: Vec::new(),
        },
        signing: Signing { consent_version: 3, consent: "I agree to sign electronically.".to_owned(), accept_days: 5 },
        rescission: Rescission { approvers: vec![role::HRBP, role::LEGAL] },
        fields: Vec::new(),
        gates: Vec::new(),
        bands: vec![
            band("Nursing", "RN2", "CA", PayBasis::Hourly, 5_200, 6_000, 6_900),
            band("Finance", "IC2", "CO", PayBasis::Salary, 6_200_000, 7_000_000, 8_000_000),
        ],
        clients: vec![Client {
            code: ClientCode::new("ACME"),
            name: "Acme Regional Medical".to_owned(),
            legal_name: String::new(),
            address: String::new(),
            business_line: "healthcare".to_owned(),
            region: "west".to_owned(),
            markup_floor: BasisPoints(3_800),
            msp_fee: BasisPoints(350),
            cap: None,
            overtime_rule: "over 40 hours a week".to_owned(),
            required_clauses: vec![ClauseKey::new("HIPAA")],
            required_attachments: vec!["IMMUNIZATION-FORM".to_owned()],
            purchase_order_required: false,
            timesheet_approver: String::new(),
            owner: role::ACCOUNT_MANAGER,
            review_on: None,
        }],
        rules: vec![
            rule("hiring-manager", &[Internal], Condition::Always, "hiring_manager", hm, &[]),
            rule("ops-validates", &billed, Condition::Always, "ops", Who::Role(role::OPS), &[]),
            rule("client-approves", &billed, Condition::Always, "client_contact", contact.clone(), &["ops"]),
            rule("client-approves-person", &[DirectHire], Condition::Always, "client_contact", contact, &[]),
            rule("finance-exceptions", &[], found(&money), "finance", Who::Role(role::FINANCE), &after_first),
            rule("hrbp-exceptions", &[Internal, DirectHire], found(&exceptions), "hrbp", Who::Role(role::HRBP), &after_first),
            rule(
                "legal-words",
                &[],
                found(&[FactKind::NonStandardClause, FactKind::SpecialTerms]),
                "legal",
                Who::Role(role::LEGAL),
                &after_first,
            ),
        ],
        deciders: deciders(),
        roles: vec![
            sheet(role::RECRUITER, &[Side::Job, Side::Person, Side::Contact, Side::Package, Side::Bill, Side::Internal]),
            sheet(role::HIRING_MANAGER, &[Side::Job, Side::Person, Side::Package]),
            sheet(role::OPS, &Side::ALL),
            sheet(role::FINANCE, &Side::ALL),
            sheet(role::HRBP, &[Side::Job, Side::Person, Side::Package, Side::Internal]),
            sheet(role::LEGAL, &[Side::Job, Side::Person, Side::Package]),
            sheet(role::HR_OPS, &[Side::Job, Side::Person, Side::Contact, Side::Package]),
            sheet(role::IT, &[Side::Job, Side::Person, Side::Contact]),
            sheet(role::PAYROLL, &[Side::Job, Side::Person, Side::Contact, Side::Package]),
            sheet(role::ACCOUNT_MANAGER, &Side::ALL),
            sheet(role::CLIENT_CONTACT, &[Side::Job, Side::Person, Side::Bill]),
            sheet(role::AUDITOR, &Side::ALL),
            sheet(role::ADMIN, &Side::ALL),
        ],
        grants: vec![
            grant("recruiter-own", role::RECRUITER, &staff_actions, Scope::Own, &[]),
            grant("hiring-manager-own", role::HIRING_MANAGER, &decide, Scope::Own, &[]),
            grant("ops-all", role::OPS, &decide, Scope::All, &[]),
            grant("finance-all", role::FINANCE, &decide, Scope::All, &[]),
            grant("hrbp-all", role::HRBP, &[Action::See, Action::Decide, Action::Comment, Action::Rescind], Scope::All, &[]),
            grant("legal-reviewed", role::LEGAL, &[Action::See, Action::Decide, Action::Comment, Action::Rescind], Scope::Reviewed, &[]),
            grant("hr-ops-signed", role::HR_OPS, &receive, Scope::Received, &signed),
            grant("it-signed", role::IT, &receive, Scope::Received, &signed),
            grant("payroll-signed", role::PAYROLL, &receive, Scope::Received, &signed),
            grant("account-manager-clients", role::ACCOUNT_MANAGER, &[Action::See, Action::Comment], Scope::Client, &[]),
            grant("client-own", role::CLIENT_CONTACT, &[Action::See, Action::Decide], Scope::Client, &[]),
            grant("admin-all", role::ADMIN, &[Action::See, Action::Force, Action::Reroute], Scope::All, &[]),
            grant("auditor-all", role::AUDITOR, &[Action::See, Action::Audit], Scope::All, &[]),
        ],
        edits: vec![edit("recruiter-writes", role::RECRUITER, &Side::ALL)],
        double_blind: DoubleBlind::default(),
        retention: Retention::default(),
        teams: Vec::new(),
        contingencies: vec![
            contingency("background_check", ContingencyDue::Handoff),
            contingency("references", ContingencyDue::Acceptance),
            contingency("drug_screen", ContingencyDue::Start),
        ],
        recipients: vec![
            recipient("hr_ops", role::HR_OPS, &[field::CANDIDATE_NAME, field::CANDIDATE_EMAIL, field::START, field::PAY_BASE]),
            recipient("it", role::IT, &[field::CANDIDATE_NAME, field::JOB_TITLE]),
            recipient("payroll", role::PAYROLL, &[field::CANDIDATE_NAME, field::PAY_BASE, field::START]),
        ],
        templates: Vec::new(),
        clauses: vec![clause("HIPAA", true), clause("NON-COMPETE", false)],
    }
}

/// The first with a step decides; the last of each is a step without a condition in every engagement.
fn deciders() -> Vec<Deciders> {
    let steps = |steps: &[&'static str]| steps.iter().map(|step| StepKey::new(*step)).collect::<Vec<_>>();
    let table = offer::field::FieldTable::default();
    let pay = ["pay.base", "pay.basis", "sign_on.amount", "bonus.target", "bill.rate"];
    let words = ["words.clauses", "words.special_terms"];
    let rest: Vec<FieldKey> = table
        .iter()
        .filter(|spec| spec.material && !pay.contains(&spec.key.as_str()) && !words.contains(&spec.key.as_str()))
        .map(|spec| spec.key.clone())
        .collect();
    let keys = |keys: &[&'static str]| keys.iter().map(|key| FieldKey::new(*key)).collect::<Vec<_>>();
    vec![
        Deciders { key: "pay".to_owned(), fields: keys(&pay), steps: steps(&["finance", "ops", "hiring_manager", "client_contact"]) },
        Deciders { key: "words".to_owned(), fields: keys(&words), steps: steps(&["legal", "ops", "hiring_manager", "client_contact"]) },
        Deciders { key: "rest".to_owned(), fields: rest, steps: steps(&["hiring_manager", "client_contact"]) },
    ]
}

fn band(department: &str, level: &str, state: &str, basis: PayBasis, min: i64, mid: i64, max: i64) -> Band {
    Band {
        department: department.to_owned(),
        level: level.to_owned(),
        state: state.to_owned(),
        basis,
        min: Money::cents(min),
        mid: Money::cents(mid),
        max: Money::cents(max),
        benchmarked_on: day("2026-06-15"),
        source: "market survey".to_owned(),
        negotiation_low: BasisPoints(0),
        negotiation_high: BasisPoints(0),
        negotiation: NegotiationPolicy::Negotiable,
    }
}

fn contingency(key: &'static str, due: ContingencyDue) -> ContingencyRule {
    ContingencyRule { key: ContingencyKind::new(key), name: key.to_owned(), due }
}

fn recipient(key: &'static str, who: Role, fields: &[FieldKey]) -> Recipient {
    Recipient {
        key: RecipientKey::new(key),
        name: key.to_owned(),
        role: who,
        task: "Take over".to_owned(),
        engagements: Vec::new(),
        hire_kinds: Vec::new(),
        fields: fields.to_vec(),
        due_hours: 16,
    }
}

fn clause(key: &'static str, standard: bool) -> Clause {
    Clause { key: ClauseKey::new(key), version: 1, title: key.to_owned(), standard, note: String::new(), body: "Words.".to_owned() }
}
