//! TOML in and out.

use super::builders::{small, small_text, with};
use crate::money::{BasisPoints, Money};
use crate::packet::{Place, Strength};
use crate::playbook::{Cap, Fault, PlaybookProblem, TomlKind, WhatChanged, diff, from_toml, publishable, to_toml};
use proptest::prelude::*;

fn problems(text: &str) -> Vec<(String, u32, u32, Fault)> {
    let place = |problem: &PlaybookProblem| problem.place.unwrap_or_default();
    from_toml(text).unwrap_err().into_iter().map(|p| (p.path.to_string(), place(&p).line, place(&p).column, p.fault)).collect()
}

/// The line of the text that begins so.
fn line_of(text: &str, begin: &str) -> u32 {
    u32::try_from(text.lines().position(|line| line.starts_with(begin)).unwrap()).unwrap() + 1
}

#[test]
fn a_playbook_written_and_read_again_is_the_same() {
    assert_eq!(from_toml(&to_toml(&small())).unwrap(), small());
}

#[test]
fn amounts_and_percentages_stand_as_people_write_them() {
    let client = with(
        r#"[[clients]]
code = "ACME"
name = "Acme"
business-line = "health"
region = "west"
markup-floor = "38"
msp-fee = 3
owner = "ops"
cap = { on = "bill", most = "96.00" }
"#,
    );
    let acme = &client.clients[0];
    assert_eq!((acme.markup_floor, acme.msp_fee, acme.cap), (BasisPoints(3_800), BasisPoints(300), Some(Cap::Bill(Money::cents(9_600)))));
    let text = to_toml(&client);
    for line in ["markup-floor = \"38\"", "msp-fee = \"3\"", "cap = { on = \"bill\", most = \"96.00\" }"] {
        assert!(text.contains(line), "{line} in {text}");
    }
}

#[test]
fn items_are_tables_by_key_and_bodies_are_literal_text() {
    let text = to_toml(&small());
    for part in
        ["[firm]\n", "[[rules]]\nkey = \"ops-decides\"\nwhen = \"always\"\nstep = {", "body = '''\n{{job.title}}\n", "Signed\n{{end}}\n'''"]
    {
        assert!(text.contains(part), "{part} in {text}");
    }
}

#[test]
fn the_order_of_items_means_nothing() {
    let extra = "[[teams]]\nkey = \"a\"\nname = \"A\"\n\n[[teams]]\nkey = \"b\"\nname = \"B\"\n";
    let turned = "[[teams]]\nkey = \"b\"\nname = \"B\"\n\n[[teams]]\nkey = \"a\"\nname = \"A\"\n";
    assert_eq!(with(extra), with(turned));
    assert_eq!(to_toml(&with(extra)), to_toml(&with(turned)));
}

#[test]
fn what_is_not_toml_is_named_by_line_and_column() {
    assert_eq!(problems("[firm]\nname = Firm"), [(String::new(), 2, 8, Fault::NotToml)]);
}

#[test]
fn every_fault_of_form_is_named_by_path_line_and_column_at_once() {
    let text = small_text()
        .replace("sla-hours = 8", "sla-hours = \"8\"")
        .replace("opens = \"08:00\"", "opened = \"08:00\"")
        .replace("sees = [\"job\", \"package\"]", "sees = [\"job\", \"pay\"]")
        + "\n[[bands]]\ndepartment = \"N\"\n\n[wishes]\n";
    let found = problems(&text);
    let sides = ["job", "person", "contact", "package", "bill", "margin", "internal"].map(str::to_owned).to_vec();
    let bands = line_of(&text, "[[bands]]");
    let expected = [
        ("working-time", line_of(&text, "opened"), 1, Fault::UnknownKey { key: "opened".into() }),
        ("rules.ops-decides.step.sla-hours", line_of(&text, "step"), 59, Fault::WrongKind { found: Some(TomlKind::Text) }),
        ("roles.ops.sees[1]", line_of(&text, "sees"), 16, Fault::UnknownCode { code: "pay".into(), accepted: sides }),
        ("bands[0]", bands, 1, Fault::MissingKey { key: "level".into() }),
        ("", line_of(&text, "[wishes]"), 2, Fault::UnknownKey { key: "wishes".into() }),
    ];
    assert_eq!(found, expected.map(|(path, line, column, fault)| (path.to_owned(), line, column, fault)));
}

#[test]
fn an_amount_that_only_looks_like_one_is_not_money() {
    let band = |amount: &str| {
        format!(
            "{}\n[[bands]]\ndepartment = \"N\"\nlevel = \"1\"\nstate = \"CA\"\nbasis = \"hourly\"\nmin = {amount}\nmid = \"20.00\"\nmax = \"30.00\"\nbenchmarked-on = 2026-06-15\nsource = \"s\"\n",
            small_text()
        )
    };
    assert!(from_toml(&band("\"10.00\"")).is_ok());
    for amount in ["\"62,5O\"", "10.5", "true"] {
        let text = band(amount);
        assert_eq!(problems(&text), [("bands[0].min".to_owned(), line_of(&text, "min"), 7, Fault::NotMoney)], "{amount}");
    }
}

#[test]
fn a_fault_of_a_letter_is_named_by_its_line_in_the_document() {
    let text = small_text().replace("Signed\n", "Signed {{pay.bse}}\n");
    let found = publishable(&text, |_| true).unwrap_err();
    let unknown =
        found.iter().find(|problem| matches!(&problem.fault, Fault::Letter { letter, .. } if format!("{letter:?}").contains("pay.bse")));
    assert_eq!(unknown.unwrap().place, Some(Place { line: line_of(&text, "Signed"), column: 8 }));
}

#[test]
fn a_zone_that_nobody_knows_is_named_by_its_line_and_column_and_once() {
    for zone in ["America/Nowhere", "Central"] {
        let text = small_text().replace("America/Chicago", zone);
        let found = publishable(&text, |zone| zone == "America/Chicago").unwrap_err();
        let stops = found.iter().filter(|problem| problem.strength() == Strength::Error);
        let told: Vec<_> = stops.map(|problem| (problem.path.to_string(), problem.place, problem.fault.clone())).collect();
        let place = Some(Place { line: line_of(&text, "zone"), column: 8 });
        assert_eq!(told, [("working-time.zone".to_owned(), place, Fault::NotAZone { text: zone.to_owned() })]);
    }
}

#[test]
fn a_difference_names_items_and_paths() {
    let before = with("[[teams]]\nkey = \"a\"\nname = \"A\"\n");
    let mut after = with("[[teams]]\nkey = \"b\"\nname = \"B\"\n");
    after.rules[0].step.sla_hours = 4;
    assert_eq!(diff(&before, &before), []);
    let changes = diff(&before, &after);
    let told: Vec<(&str, &str)> = changes.iter().map(|change| (change.section, change.key.as_str())).collect();
    assert_eq!(told, [("rules", "ops-decides"), ("teams", "a"), ("teams", "b")]);
    assert!(matches!(changes[1].what, WhatChanged::Removed));
    assert!(matches!(changes[2].what, WhatChanged::Added));
    let WhatChanged::Changed { paths } = &changes[0].what else { panic!("{changes:?}") };
    assert_eq!((paths[0].path.as_str(), &paths[0].from, &paths[0].to), ("step.sla-hours", &Some(8.into()), &Some(4.into())));
}

proptest! {
    // WASI has no folder in which a failing case could be remembered.
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_text_amount_and_percentage_survives(
        texts in prop::collection::vec(any::<String>(), 6), cents in 1..100_000_000_i64, points in 0..100_000_i64, body in "([a-z'\"\\\\{}#|\t ]|\n|\r|'''){0,80}",
    ) {
        let mut playbook = with(r#"
[[clients]]
code = "ACME"
name = "Acme"
business-line = "health"
region = "west"
owner = "ops"
timesheet-approver = "desk@acme.example"
review-on = "2027-01-31"

[[bands]]
department = "N"
level = "1"
state = "CA"
basis = "hourly"
min = "10"
mid = "20"
max = "30"
benchmarked-on = "2026-06-15"
source = "survey"

[[fields]]
key = "custom.unit"
kind = "text"
label = "Unit"
owner = "ops"
"#);
        let client = &mut playbook.clients[0];
        (client.name, client.legal_name, client.overtime_rule) = (texts[0].clone(), texts[1].clone(), texts[2].clone());
        client.markup_floor = BasisPoints(points);
        client.cap = Some(Cap::Markup(BasisPoints(points)));
        client.required_attachments = texts.clone();
        let band = &mut playbook.bands[0];
        (band.min, band.mid, band.max) = (Money::cents(cents), Money::cents(cents + 1), Money::cents(-cents));
        band.source.clone_from(&texts[3]);
        playbook.signing.consent.clone_from(&body);
        playbook.templates[0].body.clone_from(&body);
        playbook.templates[0].note.clone_from(&texts[4]);
        playbook.fields[0].help.clone_from(&texts[5]);
        let text = to_toml(&playbook);
        prop_assert_eq!(from_toml(&text).map_err(|problems| (problems, text.clone())).unwrap(), playbook);
        prop_assert_eq!(to_toml(&from_toml(&text).unwrap()), text);
    }

    #[test]
    fn no_text_makes_the_reader_fall_over(text in any::<String>(), at in any::<prop::sample::Index>()) {
        let mut broken = small_text();
        let mut cut = at.index(broken.len());
        while !broken.is_char_boundary(cut) { cut -= 1; }
        broken.insert_str(cut, &text);
        if let Err(problems) = publishable(&broken, |_| true) {
            prop_assert!(!problems.is_empty());
        }
    }
}

#[test]
fn every_kind_of_condition_reads_and_is_written_again() {
    let rule = r#"
[[rules]]
key = "x"
engagements = ["temp"]
when = { all = [
    { figure = { key = "over_band", test = { more-than = "10" } } },
    { any = [{ field = { key = "words.clauses", test = { other-than = ["HIPAA"] } } }, { finding = "over_cap" }] },
    { not = { fields = { one = "pay.base", is = "above", other = "bill.rate", by = "5" } } },
] }
step = { key = "ops", who = { role = "ops" }, quorum = 2, rejection = "counted", stage = "comp", sla-hours = 8, remind-hours = 4, escalate-to = { manager-of = { of = "recruiter", role = "ops" } } }

[[roles]]
key = "finance"
name = "Finance"
sees = []
limit-annual = "150,000"
limit-over-band = "5"
"#;
    let read = with(rule);
    assert_eq!(from_toml(&to_toml(&read)).unwrap(), read);
    let finance = read.roles.iter().find(|sheet| sheet.key.as_str() == "finance").unwrap();
    assert_eq!((finance.limit_annual, finance.limit_over_band), (Some(Money::cents(15_000_000)), Some(BasisPoints(500))));
}

#[test]
fn a_bound_that_does_not_read_is_named_by_its_line() {
    let text = small_text()
        + "\n[[rules]]\nkey = \"x\"\nwhen = { figure = { key = \"over_band\", test = { more-than = \"ten\" } } }\nstep = { key = \"ops\", who = { role = \"ops\" }, sla-hours = 8 }\n";
    let found = publishable(&text, |_| true).unwrap_err();
    let faults: Vec<(&Fault, u32)> = found
        .iter()
        .filter(|problem| problem.strength() == crate::packet::Strength::Error)
        .map(|problem| (&problem.fault, problem.place.unwrap_or_default().line))
        .collect();
    let unread = Fault::FigureUnreadable { figure: crate::check::Figure::OverBand, text: "ten".into() };
    assert_eq!(faults, [(&unread, line_of(&text, "when = { figure"))]);
}
