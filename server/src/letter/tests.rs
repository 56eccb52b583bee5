//! The shipped letters, and what they look like as PDF.

use offer::field::{FieldKey, FieldTable};
use offer::id::{ClauseKey, DocumentId};
use offer::intake::read_what_stands;
use offer::packet::{
    Block, Clause, Letter, LetterFacts, Letterhead, Said, Signatory, Span, Strength, Template, Withheld, choose, merge, ties,
};
use offer::terms::{Entries, Terms};

use super::fonts::{Unprintable, printable};
use super::press::{Press, PrintFault, print_now, text_of_pages};

#[derive(serde::Deserialize)]
struct Shipped {
    templates: Vec<Template>,
    clauses: Vec<Clause>,
}

fn shipped() -> Shipped {
    toml::from_str(include_str!("../../demo/playbook.toml")).unwrap()
}

/// What every offer below says.
const BASE: &[(&str, &str)] = &[
    ("hire.kind", "new"),
    ("org.department", "Nursing"),
    ("candidate.legal_name", "Rosa María Méndez-Ortiz"),
    ("candidate.preferred_name", "Rosa"),
    ("candidate.address", "1418 Alhambra Boulevard, Sacramento, CA 95816"),
    ("job.title", "Registered Nurse, ICU"),
    ("job.level", "RN2"),
    ("job.reports_to", "Priya Raman, Nurse Manager"),
    ("job.employment_type", "full_time"),
    ("job.classification", "non_exempt"),
    ("job.schedule", "Three 12-hour shifts a week"),
    ("job.hours_per_week", "36"),
    ("job.worksite", "Acme Regional Medical Center, 2200 Stockton Boulevard"),
    ("job.city", "Sacramento"),
    ("job.state", "CA"),
    ("job.remote", "no"),
    ("date.start", "2027-01-11"),
    ("date.accept_by", "2026-12-18T17:00"),
    ("date.accept_by_zone", "America/Los_Angeles"),
    ("pay.basis", "hourly"),
    ("pay.base", "62.50"),
    ("pay.frequency", "weekly"),
    ("pay.overtime_rule", "1.5 times the regular rate over 8 hours a day and 40 hours a week"),
    ("pay.differentials", "Night shift: $4.00 an hour"),
    ("pay.commission_plan", "None in the first year"),
    ("relocation.amount", "3,000"),
    ("bonus.kind", "completion"),
    ("bonus.target", "1,500"),
    ("bonus.condition", "You work every scheduled shift of the assignment."),
    ("bonus.guaranteed", "no"),
    ("sign_on.amount", "2000"),
    ("sign_on.pay_date", "2027-01-22"),
    ("sign_on.repayment", "If you end the assignment yourself within 60 days, you repay the part for the days not worked"),
    ("benefits.pointer", "You can enroll in our plans from your first day."),
    ("benefits.paid_leave", "One hour of sick leave for every 30 hours worked"),
    ("words.special_terms", "You keep the leave in March that you told us about.\nIt is unpaid."),
    ("words.attachments", "IMMUNIZATION-FORM"),
    ("conditions.contingencies", "background_check;drug_screen;license"),
];
const ON_ASSIGNMENT: &[(&str, &str)] = &[
    ("client", "ACME-MED"),
    ("job.shift", "Night, 7:00 PM to 7:30 AM"),
    ("date.end", "2027-04-10"),
    ("pay.day", "Every Friday"),
    ("pay.per_diem", "45"),
    ("pay.per_diem_taxed", "no"),
    ("words.clauses", "HIPAA;FLOAT-POLICY"),
];
const PERMANENT: &[(&str, &str)] = &[
    ("equity.kind", "options"),
    ("equity.units", "4000"),
    ("equity.strike", "2.10"),
    ("equity.vesting", "a quarter after the first year"),
    ("equity.board_approval", "yes"),
    ("words.clauses", "CONFIDENTIALITY"),
];
const ENGAGEMENTS: [(&str, &[(&str, &str)]); 4] =
    [("internal", PERMANENT), ("direct_hire", PERMANENT), ("temp", ON_ASSIGNMENT), ("contract_to_hire", ON_ASSIGNMENT)];

fn entries(engagement: &str, more: &[(&str, &str)]) -> Entries {
    let (_, own) = ENGAGEMENTS.iter().find(|(code, _)| *code == engagement).unwrap();
    let pairs = [("engagement", engagement)].into_iter().chain(BASE.iter().copied()).chain(own.iter().copied()).chain(more.iter().copied());
    pairs.map(|(key, value)| (FieldKey::new(key), value.to_owned())).collect()
}

fn terms(engagement: &str, more: &[(&str, &str)]) -> Terms {
    read_what_stands(&entries(engagement, more), &FieldTable::default())
}

fn facts() -> LetterFacts {
    LetterFacts {
        document: DocumentId::new("9f2c41d07ab34e5f8c6d1b20a7e39544"),
        issued: chrono::NaiveDate::from_ymd_opt(2026, 12, 7).unwrap(),
        employer: Letterhead {
            name: "Harbor Pine Staffing, Inc.".into(),
            address: vec!["400 Pine Street, Suite 1200".into(), "Seattle, WA 98101".into()],
        },
        firm: "Harbor Pine".into(),
        accept_by: None,
        client: Some("Acme Regional Medical".into()),
        signatory: Signatory { name: "Grace O’Brien".into(), title: "Director of Recruiting".into() },
    }
}

fn issue(terms: &Terms) -> Result<Letter, Vec<Withheld>> {
    let (shipped, table, facts) = (shipped(), FieldTable::default(), facts());
    let said = Said { terms, table: &table, facts: &facts };
    merge(choose(&shipped.templates, &said).unwrap(), &shipped.clauses, said)
}

fn letter(engagement: &str, more: &[(&str, &str)]) -> Letter {
    issue(&terms(engagement, more)).unwrap()
}

#[test]
fn every_shipped_template_is_free_of_faults_and_of_notes_and_none_ties() {
    let shipped = shipped();
    for template in &shipped.templates {
        assert_eq!(template.lint(&FieldTable::default(), &shipped.clauses), [], "{}", template.key);
    }
    assert_eq!(ties(&shipped.templates), []);
}

#[test]
fn every_clause_that_a_client_of_the_demo_requires_is_shipped_standard_and_without_faults() {
    let shipped = shipped();
    for key in [
        "HIPAA",
        "FLOAT-POLICY",
        "SAFETY-FOOTWEAR",
        "IP-ASSIGNMENT",
        "CONFIDENTIALITY",
        "DRUG-FREE-SITE",
        "FOOD-SAFETY",
        "BACKGROUND-CREDIT",
    ] {
        let clause = shipped.clauses.iter().find(|clause| clause.key.as_str() == key).unwrap();
        let errors: Vec<_> = clause.lint(&FieldTable::default()).into_iter().filter(|fault| fault.strength() == Strength::Error).collect();
        assert!(clause.standard && errors.is_empty(), "{key}: {errors:?}");
    }
}

#[test]
fn each_engagement_gets_a_complete_letter() {
    for (engagement, _) in ENGAGEMENTS {
        let text = letter(engagement, &[]).plain();
        for said in [
            "December 7, 2026",
            "Rosa María Méndez-Ortiz",
            "Harbor Pine Staffing, Inc.",
            "Registered Nurse, ICU",
            "Priya Raman, Nurse Manager",
            "2200 Stockton Boulevard",
            "Monday, January 11, 2027",
            "Non-exempt",
            "$62.50 per hour",
            "every week",
            "1.5 times the regular rate",
            "$1,500",
            "You work every scheduled shift",
            "$2,000",
            "repay the part",
            "enroll in our plans",
            "Background check",
            "at will",
            "5:00 PM Pacific Time on Friday, December 18, 2026",
            "Grace O’Brien",
            "I have read this letter and I accept",
            "Signature:",
        ] {
            assert!(text.to_lowercase().contains(&said.to_lowercase()), "{engagement} lacks {said}:\n{text}");
        }
        let on_assignment = matches!(engagement, "temp" | "contract_to_hire");
        for said in ["Acme Regional Medical", "Night, 7:00 PM", "Every Friday", "Your employer is Harbor Pine Staffing, Inc."] {
            assert_eq!(
                text.contains(said),
                on_assignment || said == "Acme Regional Medical" && text.contains(said),
                "{engagement}: {said}"
            );
        }
        // an assignment is not a year
        assert_eq!(text.contains("Annual equivalent: $117,000"), !on_assignment, "{engagement}");
    }
}

#[test]
fn montana_letters_never_say_at_will() {
    for (engagement, _) in ENGAGEMENTS {
        let text = letter(engagement, &[("job.state", "MT")]).plain();
        assert!(!text.contains("at will") && text.contains("good cause"), "{engagement}");
    }
}

#[test]
fn in_california_repayment_of_a_sign_on_payment_has_an_agreement_of_its_own() {
    assert!(letter("temp", &[]).plain().contains("separate agreement"));
    assert!(!letter("temp", &[("job.state", "NY")]).plain().contains("separate agreement"));
}

#[test]
fn a_redeployment_asks_for_no_new_hire_documents() {
    let text = letter("temp", &[("hire.kind", "redeployment")]).plain();
    assert!(!text.contains("Form I-9") && text.contains("next assignment"));
}

#[test]
fn a_missing_field_stops_the_letter_and_is_named_or_the_letter_does_without_it() {
    let needed =
        ["candidate.legal_name", "candidate.address", "job.title", "job.reports_to", "job.worksite", "date.start", "date.accept_by"];
    let needed = needed.into_iter().chain(["date.accept_by_zone", "pay.base", "pay.frequency", "pay.overtime_rule", "benefits.pointer"]);
    let needed: Vec<_> = needed.chain(["job.state", "job.remote", "job.classification", "bonus.condition", "sign_on.repayment"]).collect();
    for (engagement, own) in ENGAGEMENTS {
        for (removed, _) in BASE.iter().chain(own) {
            let left = entries(engagement, &[])
                .iter()
                .filter(|(key, _)| key.as_str() != *removed)
                .map(|(key, text)| (key.clone(), text.to_owned()))
                .collect();
            let named = match issue(&read_what_stands(&left, &FieldTable::default())) {
                Ok(_) => false,
                Err(withheld) => {
                    let named = withheld
                        .iter()
                        .any(|withheld| matches!(withheld, Withheld::FieldMissing { field, .. } if field.as_str() == *removed));
                    // what hangs on the removed field is then a promise without a place
                    let alone = withheld.iter().any(|withheld| matches!(withheld, Withheld::PromiseUnprinted { .. }));
                    assert!(named || alone, "{engagement} without {removed}: {withheld:?}");
                    named
                }
            };
            assert!(named || !needed.contains(removed), "{engagement} without {removed} is issued");
        }
    }
}

#[test]
fn a_clause_that_the_playbook_does_not_have_stops_the_letter() {
    let withheld = issue(&terms("temp", &[("words.clauses", "HIPAA;NO-SUCH")])).unwrap_err();
    assert!(withheld.contains(&Withheld::ClauseMissing { clause: ClauseKey::new("NO-SUCH") }));
}

#[test]
fn one_comemo_is_built_so_that_emptying_its_cache_empties_the_typesetters() {
    assert_eq!(include_str!("../../../Cargo.lock").matches("name = \"comemo\"").count(), 1);
}

#[test]
fn the_same_letter_gives_the_same_bytes() {
    let letter = letter("temp", &[]);
    let first = print_now(&letter, "{}").unwrap();
    assert_eq!(first, print_now(&letter, "{}").unwrap());
    assert_ne!(first, print_now(&letter, "{\"a\":1}").unwrap());
}

#[test]
fn a_letter_claims_archival_and_accessible_form_and_carries_its_data() {
    let (terms, table, facts) = (terms("temp", &[]), FieldTable::default(), facts());
    let attachment = Said { terms: &terms, table: &table, facts: &facts }.attachment().unwrap();
    let pdf = print_now(&issue(&terms).unwrap(), &attachment).unwrap();
    let holds = |text: &str| pdf.windows(text.len()).any(|window| window == text.as_bytes());
    assert!(pdf.starts_with(b"%PDF-1.7"));
    for mark in
        ["<pdfaid:part>3", "<pdfaid:conformance>A", "<pdfuaid:part>1", "offer.json", "/AFRelationship", "/StructTreeRoot", "/Lang(en-US)"]
    {
        assert!(holds(mark), "{mark}");
    }
    assert!(attachment.contains("\"pay.base\"") && !attachment.contains("bill."));
}

#[test]
fn the_attachment_holds_what_a_letter_may_print_and_nothing_else() {
    let more =
        [("bill.rate", "92.00"), ("bill.burden", "24"), ("expected.pay", "70"), ("org.cost_center", "4411"), ("candidate.email", "a@b.co")];
    let (terms, table, facts) = (terms("temp", &more), FieldTable::default(), facts());
    let attachment = Said { terms: &terms, table: &table, facts: &facts }.attachment().unwrap();
    for hidden in ["bill.", "92", "expected", "cost_center", "email"] {
        assert!(!attachment.contains(&format!("\"{hidden}")), "{hidden}: {attachment}");
    }
}

#[test]
fn markup_in_a_value_is_printed_as_it_was_typed() {
    for hostile in [
        "#import \"x\"",
        "</script><b>x</b>",
        "{{7*7}}",
        "*bold* _it_ $x^2$",
        "#panic()",
        "\\u{41} \\ #sys.inputs",
        "= H",
        "@ref <label>",
        "// x /* y */",
        "~ -- ... 'q'",
    ] {
        let letter = letter("temp", &[("candidate.legal_name", hostile), ("words.special_terms", hostile)]);
        let printed = text_of_pages(&letter).unwrap();
        assert!(printed.matches(hostile).count() >= 3, "{hostile}: {printed}");
        print_now(&letter, "{}").unwrap();
    }
}

#[test]
fn every_string_of_the_corpus_is_printed_as_typed_or_named() {
    let strings: Vec<String> = serde_json::from_str(include_str!("../../../tests/hostile.json")).unwrap();
    let (mut printed, mut named) = (0, 0);
    for hostile in strings {
        let Ok(letter) = issue(&terms("temp", &[("candidate.legal_name", &hostile), ("words.special_terms", &hostile)])) else {
            // the intake does not take it, and says so beside the field
            assert!(hostile.chars().any(char::is_control), "{hostile:?}");
            named += 1;
            continue;
        };
        match print_now(&letter, "{}") {
            Ok(_) => {
                let text = text_of_pages(&letter).unwrap();
                // what separates lines and paragraphs does so on paper too
                let read = hostile.replace(['\u{2028}', '\u{2029}'], "");
                assert!(text.matches(&read).count() >= 2, "{hostile}: {text}");
                printed += 1;
            }
            // what no font has stops the letter, and nothing is left out silently
            Err(PrintFault::Unprintable(texts)) => {
                assert!(texts.iter().any(|text| text.field == Some(FieldKey::new("candidate.legal_name"))), "{hostile:?}");
                named += 1;
            }
            Err(fault) => panic!("{hostile:?}: {fault:?}"),
        }
    }
    assert!(printed > 40 && named > 2, "{printed} printed, {named} named");
}

#[test]
fn names_in_every_shipped_script_are_printed() {
    for name in
        ["Ngọc Đặng", "Ελένη Παππά", "Олена Шевченко", "שירה לוי", "ليلى حداد", "अनीता शर्मा", "Zoë 🌲", "Łukasz Żółć", "O’Neil–Smith"]
    {
        assert_eq!(printable(name), Ok(()), "{name}");
        print_now(&letter("internal", &[("candidate.legal_name", name)]), "{}").unwrap_or_else(|fault| panic!("{name}: {fault:?}"));
    }
}

#[test]
fn characters_that_the_fonts_do_not_have_stop_the_letter_and_are_named_with_their_field() {
    let refused = print_now(&letter("internal", &[("candidate.legal_name", "王 Wang 王明")]), "{}").unwrap_err();
    let named = Unprintable { field: Some(FieldKey::new("candidate.legal_name")), characters: vec!['王', '明'] };
    assert_eq!(refused, PrintFault::Unprintable(vec![named]));
    assert_eq!(printable("a\u{202e}b\u{7}"), Err(vec!['\u{202e}', '\u{7}']));
}

#[test]
fn a_letter_longer_than_any_letter_is_refused_before_it_is_set() {
    let mut long = letter("internal", &[]);
    long.blocks.push(Block::Paragraph { text: vec![Span::Text { text: "x".repeat(300_000), strong: false }] });
    assert_eq!(print_now(&long, "{}").unwrap_err(), PrintFault::TooLong);
}

#[tokio::test]
async fn many_letters_at_once_are_all_printed() {
    let press = Press::new();
    let letter = letter("direct_hire", &[]);
    let printing: Vec<_> = (0..6)
        .map(|_| {
            tokio::spawn({
                let (press, letter) = (press.clone(), letter.clone());
                async move { press.print(letter, "{}".to_owned()).await }
            })
        })
        .collect();
    let mut printed = Vec::new();
    for one in printing {
        printed.push(one.await.unwrap().unwrap());
    }
    assert!(printed.windows(2).all(|pair| pair[0] == pair[1]));
}
