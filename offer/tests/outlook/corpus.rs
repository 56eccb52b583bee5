//! Five hundred drafts as people type them: every kind of field, every engagement, amounts in odd forms, half-typed dates, too much text, other
//! scripts. Always the same ones. The tests hold the model against itself with them, and the browser against the server.

use offer::access::Sight;
use offer::check::Opening;
use offer::engagement::{Engagement, PayBasis};
use offer::field::{self, FieldKey, FieldSpec, FieldTable, Kind};
use offer::id::{ClauseKey, ClientCode, PersonId, StepKey, role};
use offer::moment::Day;
use offer::money::{BasisPoints, Money};
use offer::outlook::{Decider, Slice, Whole};
use offer::playbook::{Band, Cap, Client, NegotiationPolicy, Playbook, from_toml};
use offer::policy::{ManagerOf, Who};
use offer::terms::Entries;
use std::collections::BTreeMap;

/// How many drafts there are.
pub(crate) const DRAFTS: usize = 500;

/// A firm and its opening.
#[derive(Debug)]
pub(crate) struct Firm {
    pub(crate) playbook: Playbook,
    pub(crate) table: FieldTable,
    pub(crate) opening: Opening,
    pub(crate) today: Day,
    pub(crate) deciders: BTreeMap<StepKey, Decider>,
}

impl Firm {
    /// The demo's rules, with bands and clients of its own.
    pub(crate) fn new() -> Self {
        let mut playbook = from_toml(include_str!("../../../server/demo/playbook.toml")).unwrap();
        playbook.bands = bands();
        playbook.clients = vec![acme(), plain()];
        Self::of(playbook)
    }

    /// Any rules.
    pub(crate) fn of(playbook: Playbook) -> Self {
        let deciders = playbook.rules.iter().map(|rule| (rule.step.key.clone(), decider(&rule.step.who))).collect();
        let money = Money::cents;
        let opening = Opening {
            pay: Some((money(5_400), money(6_600))),
            budget: Some(money(8_350_000)),
            committed: money(2_777_143),
            seats_free: 2,
            other_live_offers: 1,
        };
        Self { table: playbook.field_table(), playbook, opening, today: "2026-11-20".parse().unwrap(), deciders }
    }

    /// Everything from which the slice of a draft is cut.
    pub(crate) fn whole<'a>(&'a self, entries: &'a Entries) -> Whole<'a> {
        Whole { playbook: &self.playbook, table: &self.table, entries, opening: self.opening, today: self.today, deciders: &self.deciders }
    }

    /// What somebody with this sight is given of a draft.
    pub(crate) fn slice(&self, entries: &Entries, sight: &Sight) -> Slice {
        Slice::of(&self.whole(entries), sight)
    }
}

fn decider(who: &Who) -> Decider {
    match who {
        Who::Role(role) => Decider::OneOf(vec![format!("Somebody of {role}")]),
        Who::Relation(relation) | Who::ManagerOf(ManagerOf { of: relation, .. }) => {
            Decider::NamedBy { field: relation.field(), people: BTreeMap::from([(person('1'), vec!["Priya Raman".to_owned()])]) }
        }
    }
}

/// A person by a digit: 32 hex of it.
pub(crate) fn person(digit: char) -> PersonId {
    PersonId::parse(&digit.to_string().repeat(32)).unwrap()
}

fn bands() -> Vec<Band> {
    let band = |department: &str, level: &str, state: &str, basis, min, mid, max, benchmarked_on: &str| Band {
        department: department.to_owned(),
        level: level.to_owned(),
        state: state.to_owned(),
        basis,
        min: Money::cents(min),
        mid: Money::cents(mid),
        max: Money::cents(max),
        benchmarked_on: benchmarked_on.parse().unwrap(),
        source: "market survey".to_owned(),
        negotiation_low: BasisPoints(0),
        negotiation_high: BasisPoints(800),
        negotiation: NegotiationPolicy::Negotiable,
    };
    vec![
        band("Nursing", "RN2", "CA", PayBasis::Hourly, 5_200, 6_000, 6_900, "2026-06-15"),
        band("Nursing", "RN1", "CA", PayBasis::Hourly, 4_100, 4_700, 5_400, "2025-03-10"),
        band("Finance", "IC2", "CO", PayBasis::Salary, 6_200_000, 7_000_000, 8_000_000, "2026-05-01"),
    ]
}

fn plain() -> Client {
    Client {
        code: ClientCode::new("BRIDGE"),
        name: "Bridgeport Logistics".to_owned(),
        legal_name: String::new(),
        address: String::new(),
        business_line: "light_industrial".to_owned(),
        region: "east".to_owned(),
        markup_floor: BasisPoints(0),
        msp_fee: BasisPoints(0),
        cap: None,
        overtime_rule: String::new(),
        required_clauses: Vec::new(),
        required_attachments: Vec::new(),
        purchase_order_required: false,
        timesheet_approver: String::new(),
        owner: role::ACCOUNT_MANAGER,
        review_on: None,
    }
}

fn acme() -> Client {
    Client {
        code: ClientCode::new("ACME-MED"),
        name: "Acme Regional Medical".to_owned(),
        markup_floor: BasisPoints(3_800),
        msp_fee: BasisPoints(350),
        cap: Some(Cap::Bill(Money::cents(9_600))),
        required_clauses: vec![ClauseKey::new("HIPAA")],
        required_attachments: vec!["IMMUNIZATION-FORM".to_owned()],
        purchase_order_required: true,
        review_on: Some("2026-10-31".parse().unwrap()),
        ..plain()
    }
}

/// A draft in which everything reads.
pub(crate) fn plain_draft(engagement: Engagement) -> Entries {
    let nurse = [
        ("client", "ACME-MED"),
        ("org.department", "Nursing"),
        ("org.purchase_order", "PO-7"),
        ("job.title", "Registered Nurse, ICU"),
        ("job.level", "RN2"),
        ("job.classification", "non_exempt"),
        ("job.hours_per_week", "36"),
        ("job.city", "Sacramento"),
        ("job.state", "CA"),
        ("job.shift", "night"),
        ("date.end", "2027-04-10"),
        ("pay.basis", "hourly"),
        ("pay.base", "60.00"),
        ("words.clauses", "HIPAA"),
        ("words.attachments", "IMMUNIZATION-FORM"),
        ("bill.rate", "92.00"),
        ("bill.burden", "24"),
        ("bill.fee", "20"),
        ("bill.conversion_fee", "15"),
    ];
    let accountant = [
        ("org.department", "Finance"),
        ("job.title", "Staff Accountant"),
        ("job.level", "IC2"),
        ("job.classification", "exempt"),
        ("job.hours_per_week", "40"),
        ("job.city", "Denver"),
        ("job.state", "CO"),
        ("pay.basis", "salary"),
        ("pay.base", "70000"),
    ];
    let shared = [
        ("hire.kind", "new"),
        ("candidate.legal_name", "Maria Silva"),
        ("candidate.email", "maria@mail.example"),
        ("job.employment_type", "full_time"),
        ("job.remote", "no"),
        ("date.start", "2027-01-11"),
    ];
    let named = ["client.contact", "job.hiring_manager", "job.recruiter", "job.account_manager"];
    let job: &[(&str, &str)] = if engagement == Engagement::Internal { &accountant } else { &nurse };
    let mut entries: Entries = shared.iter().chain(job).map(|(key, text)| (FieldKey::new(*key), (*text).to_owned())).collect();
    for key in named {
        entries.set(FieldKey::new(key), person('1').to_string());
    }
    entries.set(field::ENGAGEMENT, engagement.code());
    entries
}

/// The drafts.
pub(crate) fn drafts(table: &FieldTable) -> Vec<Entries> {
    let mut dice = Dice(0x00c0_ffee);
    (0..DRAFTS).map(|number| draft(number, table, &mut dice)).collect()
}

fn draft(number: usize, table: &FieldTable, dice: &mut Dice) -> Entries {
    let engagement = Engagement::ALL[number % 4];
    let mut entries = plain_draft(engagement);
    let specs: Vec<&FieldSpec> = table.iter().collect();
    // every field has its turn, and a few more at random
    let turn = specs[number / 4 % specs.len()];
    for spec in std::iter::once(turn).chain((0..dice.below(6)).map(|_| specs[dice.below(specs.len())]).collect::<Vec<_>>()) {
        let typed = typed(spec, dice);
        entries.set(spec.key.clone(), typed);
    }
    // money is where it matters: pay and bill in every form, around the edges of band, cap and floor
    if dice.below(3) > 0 {
        entries.set(field::PAY_BASE, dice.one(MONEY));
    }
    if dice.below(3) == 0 {
        entries.set(field::BILL_RATE, dice.one(MONEY));
    }
    if number % 50 == 49 {
        entries.set(FieldKey::new("custom.gone"), "of a playbook before");
    }
    entries
}

fn typed(spec: &FieldSpec, dice: &mut Dice) -> String {
    let odd = match spec.kind {
        Kind::Money => MONEY,
        Kind::Percent => PERCENT,
        Kind::Number => NUMBER,
        Kind::Date => DATE,
        Kind::LocalTime => LOCAL_TIME,
        Kind::Email => EMAIL,
        Kind::State => STATE,
        Kind::YesNo => YES_NO,
        Kind::Client => CLIENT,
        Kind::Codes => CODES,
        Kind::Person => PERSON,
        Kind::Text | Kind::Prose | Kind::Choice => TEXT,
    };
    match dice.below(4) {
        0 if !spec.choices.is_empty() => spec.choices[dice.below(spec.choices.len())].to_string(),
        1 => dice.one(TEXT),
        2 if matches!(spec.kind, Kind::Text | Kind::Prose) => "long ".repeat([10, 39, 41, 799, 801][dice.below(5)]),
        _ => dice.one(odd),
    }
}

const MONEY: &[&str] = &[
    "62.50",
    "62,5O",
    "$62.5",
    "62",
    "69.00",
    "69.01",
    "52",
    "51.99",
    "118,000",
    "1,18,000",
    "12.345",
    "-5",
    "0",
    "0.01",
    "96.00",
    "96.01",
    "€62",
    "62 .50",
    " 60 ",
    "1e3",
    "６２",
    "９2.00",
    "10000000",
    "10000000.01",
    "99999999999999999999",
    "$",
    ".5",
    "5.",
    "1,250.00",
    "70000",
    "80000.01",
    "82.80",
    "74.40",
    "",
    "sixty",
];
const PERCENT: &[&str] = &["24", "24%", "3.5", "3,5", "100", "100.01", "1000", "1000.01", "-1", "22.755", "%", "", "0", "two"];
const NUMBER: &[&str] = &["36", "37.5", "0.99", "1", "80", "80.01", "1,250", "1.50", "4.01", "-3", "NaN", "∞", "", "36h"];
const DATE: &[&str] = &[
    "2027-01-11",
    "2027-02-29",
    "2028-02-29",
    "2027-1-1",
    "01/31/2027",
    "2026-12-31",
    "2027-04-10",
    "9999-12-31",
    "0000-00-00",
    "2027-01-11 ",
    "tomorrow",
    "",
    "２０27-01-11",
];
const LOCAL_TIME: &[&str] =
    &["2026-12-18T17:00", "2026-12-18 17:00", "2026-12-18T25:00", "2026-12-18", "2026-12-18T17:00:00", "17:00", "", "next week"];
const EMAIL: &[&str] = &["a@b.co", "a@b", "@b.co", "first.last+tag@sub.example.org", "a b@c.de", "ä@exämple.org", "x@y..co", ""];
const STATE: &[&str] = &["CA", "ca", "CO", "XX", "California", "DC", "C", ""];
const YES_NO: &[&str] = &["yes", "no", "Yes", "1", ""];
const CLIENT: &[&str] = &["ACME-MED", "BRIDGE", "acme-med", "GONE", ""];
const CODES: &[&str] =
    &["HIPAA", "HIPAA;NON-COMPETE", "NON-COMPETE", ";;", "HIPAA,HIPAA", "background_check;drug_screen", "gone", "CA;NV;OR", "a\nb;c", ""];
const PERSON: &[&str] = &["11111111111111111111111111111111", "22222222222222222222222222222222", "Priya Raman", "1111", ""];
const TEXT: &[&str] = &[
    "Registered Nurse, ICU",
    "  spaced  ",
    "Łódź – 東京 – القاهرة",
    "line\nbreak",
    "tab\there",
    "nul\u{0}",
    "bell\u{7}",
    "</textarea><script>alert(1)</script>",
    "👩🏽‍⚕️",
    "e\u{301}",
    "\u{202e}txet",
    "{{your.pay}}",
    "Nursing",
    "RN1",
    "RN2",
    "Finance",
    "temp",
    "hourly",
    "salary",
    "remote",
    "markup",
    "bill",
    "",
    " ",
];

/// Numbers that only look random: the same in every run and on every machine.
#[derive(Debug)]
struct Dice(u64);

impl Dice {
    fn below(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % u64::try_from(sides.max(1)).unwrap()).unwrap()
    }

    fn one(&mut self, of: &[&str]) -> String {
        of[self.below(of.len())].to_owned()
    }
}
