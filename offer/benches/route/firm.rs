//! A firm with more rules than any has: 500 over 80 fields.

use offer::check::{Figure, Opening};
use offer::engagement::Engagement;
use offer::field::{self, FieldKey, FieldTable, Gate};
use offer::id::{Role, RuleKey, StepKey};
use offer::intake;
use offer::moment::Day;
use offer::money::{BasisPoints, Money};
use offer::playbook::{CustomField, Deciders, Playbook, from_toml};
use offer::policy::{Condition, FieldTest, FieldsTest, FigureTest, Order, Rule, StepSpec, Test, Who};
use offer::terms::{Entries, Terms};

/// Rules of the playbook.
const RULES: usize = 500;
/// Steps that they ask for.
const STEPS: usize = 24;
/// A firm with nothing but what every playbook must have.
const FIRM: &str = r#"
[firm]
name = "Firm"
legal-name = "Firm, Inc."
address = "1 Main Street, Chicago, IL 60601"
signatory-title = "Director"
help-email = "help@firm.example"

[working-time]
zone = "America/Chicago"
opens = "08:00"
closes = "18:00"
days = ["mon"]

[signing]
consent-version = 1
consent = "Electronically."
accept-days = 5

[rescission]
approvers = ["ops"]

[[bands]]
department = "Nursing"
level = "RN2"
state = "CA"
basis = "hourly"
min = "52.00"
mid = "60.00"
max = "69.00"
benchmarked-on = 2026-06-15
source = "survey"
"#;

const TYPED: &[(&str, &str)] = &[
    ("engagement", "temp"),
    ("hire.kind", "new"),
    ("client", "ACME"),
    ("org.department", "Nursing"),
    ("job.title", "Registered Nurse, ICU"),
    ("job.level", "RN2"),
    ("job.classification", "non_exempt"),
    ("job.employment_type", "full_time"),
    ("job.hours_per_week", "36"),
    ("job.city", "Sacramento"),
    ("job.state", "CA"),
    ("job.remote", "no"),
    ("job.shift", "night"),
    ("date.start", "2027-01-11"),
    ("date.end", "2027-04-10"),
    ("pay.basis", "hourly"),
    ("pay.base", "70.00"),
    ("bill.rate", "92.00"),
    ("bill.burden", "24"),
    ("words.clauses", "HIPAA;NON-COMPETE"),
];

/// What is offered, at this pay.
pub(crate) fn terms(table: &FieldTable, pay: &str) -> Terms {
    intake::read_what_stands(&typed(pay), table)
}

/// The same as somebody types it.
pub(crate) fn typed(pay: &str) -> Entries {
    let mut entries: Entries = TYPED.iter().map(|(key, text)| (FieldKey::new(*key), (*text).to_owned())).collect();
    entries.set(field::PAY_BASE, pay);
    for number in 0..8 {
        entries.set(custom(number), format!("{}", 10 * number + 5));
    }
    entries
}

/// The day on which it is looked at.
pub(crate) fn today() -> Day {
    "2026-11-20".parse().unwrap_or_default()
}

fn custom(number: usize) -> FieldKey {
    FieldKey::new(format!("custom.number_{number}"))
}

/// What is left of the opening.
pub(crate) fn opening() -> Opening {
    Opening { budget: Some(Money::cents(20_000_000)), committed: Money::cents(1_000_000), seats_free: 1, ..Opening::default() }
}

/// A playbook with every kind of condition, none of them always the same; keys as a document gives them.
pub(crate) fn playbook() -> Playbook {
    let mut playbook = from_toml(FIRM).unwrap_or_else(|_| std::process::exit(1));
    playbook.fields = (0..8).map(custom_field).collect();
    playbook.rules = (0..RULES).map(rule).collect();
    let fields = FieldTable::default().iter().filter(|spec| spec.material).map(|spec| spec.key.clone()).collect();
    let steps = (0..STEPS).map(|number| StepKey::new(format!("step_{number}"))).collect();
    playbook.deciders = vec![Deciders { key: "all".to_owned(), fields, steps }];
    playbook
}

fn custom_field(number: usize) -> CustomField {
    CustomField {
        key: custom(number),
        kind: field::Kind::Number,
        label: format!("Number {number}"),
        help: String::new(),
        choices: Vec::new(),
        section: field::Section::Job,
        gate: Gate::Never,
        engagements: Vec::new(),
        side: field::Side::Job,
        owner: Role::new("ops"),
        prints: false,
        personal: false,
        material: false,
        min: None,
        max: None,
    }
}

fn rule(number: usize) -> Rule {
    let step = StepKey::new(format!("step_{}", number % STEPS));
    Rule {
        key: RuleKey::new(format!("rule-{number}")),
        version: 1,
        engagements: if number.is_multiple_of(5) { vec![Engagement::Internal, Engagement::Temp] } else { Vec::new() },
        when: condition(number),
        step: StepSpec { after: vec![StepKey::new("step_0")], ..StepSpec::new(step, Who::Role(Role::new("ops")), 8) },
        note: String::new(),
    }
}

fn condition(number: usize) -> Condition {
    let is = |key: &str, test: Test| Condition::Field(FieldTest { key: FieldKey::new(key), test: test.into() });
    let figure = |key, test: Test| Condition::Figure(FigureTest { key, test: test.into() });
    let amount = format!("{}.50", 60 + number % 60);
    // most steps of a large playbook are not needed: their rules ask for what is rare
    let rare = number % STEPS > 5;
    match number % 8 {
        0 => is("pay.base", Test::MoreThan(if rare { format!("{}.00", 200 + number) } else { amount })),
        1 => is("job.state", Test::OneOf(if rare { vec!["NY".into(), "WA".into()] } else { vec!["NY".into(), "CA".into()] })),
        2 => figure(Figure::OverBand, Test::MoreThan(if rare { "30".into() } else { "1".into() })),
        3 => Condition::All(vec![
            is("client", Test::Is(format!("CLIENT-{number}"))),
            is("org.department", Test::Is("Nursing".into())),
            figure(Figure::Markup, Test::LessThan("35".into())),
        ]),
        4 => Condition::Any(vec![
            is("job.level", Test::OneOf(vec![format!("L{number}"), "EXEC".into()])),
            is("job.remote", Test::Is("remote".into())),
            figure(Figure::AnnualPay, Test::MoreThan(format!("{}", 200_000 + number))),
        ]),
        5 => Condition::Fields(FieldsTest {
            one: FieldKey::new("pay.base"),
            is: Order::Above,
            other: FieldKey::new("bill.rate"),
            by: BasisPoints(i64::try_from(number).unwrap_or_default()),
        }),
        6 => Condition::Not(Box::new(is(&format!("custom.number_{}", number % 8), Test::AtLeast(if rare { "1" } else { "50" }.into())))),
        _ => is("words.clauses", Test::OtherThan(if rare { vec!["HIPAA".into(), "NON-COMPETE".into()] } else { vec!["HIPAA".into()] })),
    }
}
