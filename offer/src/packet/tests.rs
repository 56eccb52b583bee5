//! The rules of letters.

use super::body::Node;
use super::datum::{Datum, Source};
use super::*;
use crate::field::{self, FieldKey, FieldTable};
use crate::id::DocumentId;
use crate::intake::read_what_stands;
use crate::moment::Day;
use crate::terms::{Entries, Terms};

const OFFER: &[(&str, &str)] = &[
    ("engagement", "temp"),
    ("hire.kind", "new"),
    ("candidate.legal_name", "Rosa Méndez"),
    ("job.title", "Registered Nurse, ICU"),
    ("job.state", "CA"),
    ("job.hours_per_week", "36"),
    ("job.classification", "non_exempt"),
    ("date.accept_by", "2027-01-15T17:00"),
    ("date.accept_by_zone", "America/Los_Angeles"),
    ("pay.basis", "hourly"),
    ("pay.base", "62.50"),
    ("pay.frequency", "weekly"),
];

fn terms(more: &[(&str, &str)]) -> Terms {
    let pairs = OFFER.iter().chain(more).map(|(key, value)| (FieldKey::new(*key), (*value).to_owned()));
    read_what_stands(&pairs.collect::<Entries>(), &FieldTable::default())
}

fn facts() -> LetterFacts {
    LetterFacts {
        document: DocumentId::new("0123456789abcdef0123456789abcdef"),
        issued: Day::from_ymd_opt(2027, 1, 4).unwrap(),
        employer: Letterhead {
            name: "Harbor Pine Staffing, Inc.".into(),
            address: vec!["400 Pine Street".into(), "Seattle, WA 98101".into()],
        },
        firm: "Harbor Pine".into(),
        accept_by: None,
        client: Some("Acme Regional Medical".into()),
        signatory: Signatory { name: "Grace O'Brien".into(), title: "Director of Recruiting".into() },
    }
}

fn template(body: &str) -> Template {
    Template {
        key: TemplateKey::new("plain"),
        title: "Offer".into(),
        language: "en-US".into(),
        scope: Scope::default(),
        note: String::new(),
        body: body.into(),
    }
}

fn clause(key: &str, body: &str) -> Clause {
    Clause { key: ClauseKey::new(key), version: 3, title: format!("About {key}"), standard: true, note: String::new(), body: body.into() }
}

/// Merges a body that ends with everything the offer above promises.
fn merged(body: &str, more: &[(&str, &str)], clauses: &[Clause]) -> Result<Letter, Vec<Withheld>> {
    let rest = "\n\n{{job.title}} {{job.state}} {{job.hours_per_week}} {{job.classification}} {{letter.pay}}{{if engagement}}{{end}}";
    let terms = terms(more);
    merge(&template(&format!("{body}{rest}")), clauses, Said { terms: &terms, table: &FieldTable::default(), facts: &facts() })
}

/// The text of what a body gives, without what [`merged`] adds.
fn text(body: &str, more: &[(&str, &str)]) -> String {
    let letter = merged(body, more, &[]).unwrap();
    let plain = letter.plain();
    plain.rsplit_once("\n\n").map_or(String::new(), |(text, _)| text.to_owned())
}

fn faults(body: &str) -> Vec<(u32, u32, FaultKind)> {
    parse(body, BodyOf::Template).unwrap_err().into_iter().map(|fault| (fault.place.line, fault.place.column, fault.kind)).collect()
}

#[test]
fn a_value_is_printed_in_the_format_it_is_asked_for() {
    for (field, printed) in [
        ("pay.base", "$62.50 per hour"),
        ("pay.base | money", "$62.50"),
        ("pay.base | annual-equivalent", "$117,000"),
        ("letter.pay", "$62.50 per hour"),
        ("pay.frequency", "every week"),
        ("date.accept_by", "5:00 PM Pacific Time on Friday, January 15, 2027"),
        ("letter.issued", "January 4, 2027"),
        ("letter.issued | date-with-day", "Monday, January 4, 2027"),
        ("job.hours_per_week", "36"),
        ("letter.employer_address", "400 Pine Street\nSeattle, WA 98101"),
        ("job.classification", "non-exempt"),
    ] {
        assert_eq!(text(&format!("x {{{{{field}}}}}"), &[]), format!("x {printed}"), "{field}");
    }
}

#[test]
fn a_salary_is_stated_for_its_pay_period_and_by_the_year_only_as_an_equivalent() {
    let salary = [("engagement", "internal"), ("pay.basis", "salary"), ("pay.base", "135,000"), ("pay.frequency", "biweekly")];
    assert_eq!(text("{{letter.pay}}, or {{letter.pay | annual-equivalent}}", &salary), "$5,192.31 every two weeks, or $135,000");
}

#[test]
fn conditions_choose_words_and_blocks() {
    let body = "{{if job.state is \"CA\"}}\nCalifornia\n{{else if job.state = NY}}\nNew York\n{{else}}\nelsewhere\n{{end}}";
    assert_eq!(text(body, &[]), "California");
    assert_eq!(text(body, &[("job.state", "NY")]), "New York");
    assert_eq!(text(body, &[("job.state", "MT")]), "elsewhere");
    let inline = "a{{if sign_on.amount and not (job.state is \"NY\" or job.state is \"WA\")}} b{{else}} c{{end}} d";
    assert_eq!(text(inline, &[]), "a c d");
    assert_eq!(text("{{if conditions.contingencies has license}}yes{{else}}no{{end}}", &[]), "no");
}

#[test]
fn a_comparison_with_a_field_that_has_no_value_stops_the_letter() {
    let withheld = merged("{{if job.shift is not \"night\"}}At will.{{end}}", &[], &[]).unwrap_err();
    let [Withheld::FieldMissing { field, place, .. }] = withheld.as_slice() else { panic!("{withheld:?}") };
    assert_eq!((field, *place), (&FieldKey::new("job.shift"), Place { line: 1, column: 1 }));
}

#[test]
fn every_missing_field_is_named_with_its_place() {
    let withheld = merged("one {{job.shift}}\n\ntwo {{date.start}}\n{{date.end}}", &[], &[]).unwrap_err();
    let named: Vec<_> = withheld
        .iter()
        .map(|withheld| match withheld {
            Withheld::FieldMissing { field, place, .. } => (field.as_str(), place.line, place.column),
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(named, [("date.end", 4, 1), ("date.start", 3, 5), ("job.shift", 1, 5)]);
}

#[test]
fn a_promise_that_the_template_does_not_print_stops_the_letter() {
    let withheld = merged("Welcome.", &[("sign_on.amount", "5000")], &[]).unwrap_err();
    assert_eq!(withheld, [Withheld::PromiseUnprinted { field: field::SIGN_ON }]);
}

#[test]
fn rows_and_items_join_across_conditions_and_an_empty_value_is_a_line_to_fill_in() {
    let letter = merged(
        "## Pay\n\nBase | {{pay.base}}\n{{if job.state is CA}}\nState | {{job.state}}\n{{end}}\nSignature |\n\n- one\n- two\n  goes on",
        &[],
        &[],
    )
    .unwrap();
    let [_, Block::Terms { rows }, Block::List { items }, _] = letter.blocks.as_slice() else { panic!("{:?}", letter.blocks) };
    let labels: Vec<_> = rows.iter().map(|row| letter::text_of(&row.label)).collect();
    assert_eq!(labels, ["Base", "State", "Signature"]);
    assert!(rows[2].value.is_empty());
    assert_eq!(items.iter().map(|item| letter::text_of(item)).collect::<Vec<_>>(), ["one", "two goes on"]);
}

#[test]
fn a_value_that_ends_its_sentence_itself_gets_no_second_full_stop() {
    assert_eq!(text("At {{letter.employer}}. Next", &[]), "At Harbor Pine Staffing, Inc. Next");
    assert_eq!(text("At {{letter.firm}}. Next", &[]), "At Harbor Pine. Next");
    assert_eq!(text("At **{{letter.employer}}**.", &[]), "At Harbor Pine Staffing, Inc.");
}

#[test]
fn a_code_begins_a_cell_with_a_capital() {
    assert_eq!(text("Paid | {{pay.frequency}}", &[]), "Paid: Every week");
    assert_eq!(text("Name | {{candidate.legal_name}}", &[("candidate.legal_name", "de la Cruz")]), "Name: de la Cruz");
}

#[test]
fn a_list_field_gives_an_item_for_each_code() {
    let some = [("conditions.contingencies", "drug_screen;background_check;license")];
    assert_eq!(text("- {{conditions.contingencies | items}}", &some), "- Background check\n- Drug screen\n- Professional license");
    assert_eq!(text("on {{conditions.contingencies}}", &some), "on background check, drug screen and professional license");
}

#[test]
fn chosen_clauses_stand_once_in_order_and_named_ones_in_their_place() {
    let clauses = [clause("A", "first {{job.title}}"), clause("B", "second"), clause("C", "third")];
    let keys = |letter: &Letter| {
        let mut keys = Vec::new();
        for block in &letter.blocks {
            if let Block::Clause { key, version, .. } = block {
                keys.push(format!("{key}{version}"));
            }
        }
        keys
    };
    let some = [("words.clauses", "C;A;B")];
    assert_eq!(keys(&merged("{{clauses}}", &some, &clauses).unwrap()), ["A3", "B3", "C3"]);
    assert_eq!(keys(&merged("{{clause C}}\n\nthen\n\n{{clauses}}", &some, &clauses).unwrap()), ["C3", "A3", "B3"]);
    assert_eq!(
        merged("{{clauses}}", &[("words.clauses", "A;Z")], &clauses).unwrap_err(),
        [Withheld::ClauseMissing { clause: ClauseKey::new("Z") }, Withheld::ClauseUnprinted { clause: ClauseKey::new("Z") }]
    );
    assert_eq!(
        merged("no place", &[("words.clauses", "A")], &clauses).unwrap_err(),
        [Withheld::ClauseUnprinted { clause: ClauseKey::new("A") }]
    );
}

#[test]
fn a_field_that_a_clause_misses_is_named_with_the_clause() {
    let withheld = merged("{{clauses}}", &[("words.clauses", "A")], &[clause("A", "{{job.shift}}")]).unwrap_err();
    let [Withheld::FieldMissing { clause, .. }] = withheld.as_slice() else { panic!("{withheld:?}") };
    assert_eq!(clause, &Some(ClauseKey::new("A")));
}

#[test]
fn no_value_is_ever_read_as_a_template() {
    for hostile in
        ["{{7*7}}", "{{if x}}", "**bold**", "# h", "a | b", "\\", "#import \"x\"", "</script><b>", "$x$", "- item", "{{clauses}}"]
    {
        let letter = merged("Name: {{candidate.legal_name}}.", &[("candidate.legal_name", hostile)], &[]).unwrap();
        let Some(Block::Paragraph { text }) = letter.blocks.first() else { panic!() };
        let value = Span::Value { field: field::CANDIDATE_NAME, text: hostile.into(), strong: false };
        assert_eq!(text[1], value, "{hostile}");
    }
}

#[test]
fn the_acceptance_states_who_accepts_and_until_when() {
    let letter = merged("{{acceptance}}\nI accept.\n\nSignature |\n{{end}}", &[], &[]).unwrap();
    let Some(Block::Acceptance { candidate, accept_by, blocks }) = letter.blocks.first() else { panic!() };
    assert_eq!((candidate.as_str(), accept_by.as_str()), ("Rosa Méndez", "5:00 PM Pacific Time on Friday, January 15, 2027"));
    assert_eq!(blocks.len(), 2);
}

#[test]
fn two_equal_letters_have_one_digest_and_any_difference_another() {
    let letter = merged("Hello.", &[], &[]).unwrap();
    assert_eq!(letter.digest().unwrap(), letter.clone().digest().unwrap());
    let read: Letter = serde_json::from_str(&serde_json::to_string(&letter).unwrap()).unwrap();
    assert_eq!(read, letter);
    let other = Letter { document: DocumentId::new("f123456789abcdef0123456789abcdef"), ..letter.clone() };
    assert_ne!(letter.digest().unwrap(), other.digest().unwrap());
}

#[test]
fn a_fault_of_form_has_its_line_and_column() {
    use FaultKind as F;
    assert_eq!(faults("one {{job.title"), [(1, 5, F::TagUnclosed)]);
    assert_eq!(faults("\n a {{ }}"), [(2, 4, F::TagEmpty)]);
    assert_eq!(faults("é {{Job Title}}"), [(1, 3, F::TagUnknown { tag: "Job Title".into() })]);
    assert_eq!(faults("{{job.title | upper}}"), [(1, 1, F::FormatUnknown { format: "upper".into() })]);
    assert_eq!(faults("{{if a}}\n\ntext"), [(1, 1, F::EndMissing)]);
    assert_eq!(faults("{{acceptance}}\ntext"), [(1, 1, F::EndMissing)]);
    assert_eq!(faults("{{end}}"), [(1, 1, F::EndStray)]);
    assert_eq!(faults("x {{else}}"), [(1, 3, F::ElseStray)]);
    assert_eq!(faults("{{if a}}\n{{else}}\n{{else}}\n{{end}}"), [(3, 1, F::ElseStray)]);
    assert_eq!(faults("{{if a is}}\n{{end}}"), [(1, 1, F::ConditionUnreadable)]);
    assert_eq!(faults("text {{clauses}}"), [(1, 6, F::BlockTagInText { tag: "clauses".into() })]);
    assert_eq!(faults("{{if a}}\n{{acceptance}}\n{{end}}\n{{end}}"), [(2, 1, F::BlockTagNested { tag: "acceptance".into() })]);
    assert_eq!(faults("a {{x | items}}"), [(1, 3, F::ItemsOutsideList)]);
    assert_eq!(faults("#"), [(1, 2, F::BlockEmpty)]);
    assert_eq!(faults("a | b | c"), [(1, 7, F::RowTooWide)]);
    assert_eq!(faults("a **b"), [(1, 3, F::StrongUnclosed)]);
    assert_eq!(faults("**a {{if b}}c** d{{end}}"), [(1, 1, F::StrongUnclosed), (1, 5, F::StrongUnclosed)]);
    assert_eq!(faults(&"{{if a}}\n".repeat(20)).iter().filter(|(.., kind)| *kind == F::TooDeep).count(), 4);
    assert_eq!(faults(&"x".repeat(BODY_CHARS_MAX + 1)), [(1, 1, F::TooLong)]);
    assert!(matches!(parse("{{clauses}}", BodyOf::Clause).unwrap_err().as_slice(), [Fault { kind: F::BlockTagNested { .. }, .. }]));
}

#[test]
fn escapes_give_the_character_itself() {
    assert_eq!(text("a \\| b \\{{x}} \\*\\*c", &[]), "a | b {{x}} **c");
    assert_eq!(text("\\# no heading", &[]), "# no heading");
    assert_eq!(text("one\\\ntwo", &[]), "one\ntwo");
    assert_eq!(text("Sacramento,\\ CA", &[]), "Sacramento,\u{a0}CA");
}

#[test]
fn any_text_reads_or_says_where_it_does_not() {
    use proptest::prelude::*;
    let piece = prop_oneof![
        "[a-z |*#\\\\-]{0,6}",
        Just("{{if a}}".to_owned()),
        Just("{{else}}".to_owned()),
        Just("{{else if b is c}}".to_owned()),
        Just("{{end}}".to_owned()),
        Just("{{a | money}}".to_owned()),
        Just("{{acceptance}}".to_owned()),
        Just("{{clauses}}".to_owned()),
        Just("\n".to_owned()),
        Just("\n\n- ".to_owned()),
        any::<String>(),
    ];
    proptest!(|(pieces in proptest::collection::vec(piece, 0..40))| {
        let body = pieces.concat();
        if let Err(faults) = parse(&body, BodyOf::Template) {
            prop_assert!(!faults.is_empty());
        }
        let _ = template(&body).lint(&FieldTable::default(), &[]);
    });
}

#[test]
fn lint_names_what_no_letter_could_be_made_of() {
    use FaultKind as F;
    let errors = |body: &str| -> Vec<FaultKind> {
        let whole = format!("{body}\n\n{{{{clauses}}}}\n\n{{{{acceptance}}}}\nI accept.\n{{{{end}}}}");
        let lint = template(&whole).lint(&FieldTable::default(), &[]);
        lint.into_iter().filter(|fault| fault.strength() == Strength::Error).map(|fault| fault.kind).collect()
    };
    assert_eq!(errors("{{job.titel}}"), [F::FieldUnknown { field: "job.titel".into() }]);
    assert_eq!(errors("{{bill.rate}}"), [F::FieldHidden { field: "bill.rate".into() }]);
    assert_eq!(errors("{{if bill.burden}}x{{end}}"), [F::FieldHidden { field: "bill.burden".into() }]);
    assert_eq!(errors("{{job.title | money}}"), [F::FormatUnfit { field: "job.title".into(), format: Format::Money }]);
    assert_eq!(errors("{{if pay.basis is monthly}}x{{end}}"), [F::ComparisonUnfit { field: "pay.basis".into(), value: "monthly".into() }]);
    let unfit = |value: &str| [F::ComparisonUnfit { field: "conditions.contingencies".into(), value: value.into() }];
    assert_eq!(errors("{{if conditions.contingencies is license}}x{{end}}"), unfit("license"));
    assert_eq!(errors("{{if conditions.contingencies has licence}}x{{end}}"), unfit("licence"));
    assert_eq!(errors("{{clause X}}"), [F::ClauseUnknown { clause: "X".into() }]);
    assert_eq!(errors("{{clauses}}"), [F::ClausesTwice]);
    assert_eq!(errors("{{acceptance}}\nx\n{{end}}"), [F::AcceptanceTwice]);
    assert_eq!(errors("{{if hire.kind is rehire}}Welcome back{{end}} {{job.title}}"), []);
    let bare: Vec<_> = template("x").lint(&FieldTable::default(), &[]).into_iter().map(|fault| fault.kind).collect();
    assert!(bare.contains(&F::ClausesMissing) && bare.contains(&F::AcceptanceMissing));
    assert!(bare.contains(&F::FieldUnused { field: "sign_on.amount".into() }));
}

#[test]
fn lint_notes_optional_fields_that_no_condition_guards() {
    let notes = |body: &str| -> Vec<FaultKind> {
        let lint = template(body).lint(&FieldTable::default(), &[]);
        lint.into_iter().map(|fault| fault.kind).filter(|kind| matches!(kind, FaultKind::FieldUnguarded { .. })).collect()
    };
    let unguarded = [FaultKind::FieldUnguarded { field: "job.schedule".into() }];
    assert_eq!(notes("{{job.schedule}}"), unguarded);
    assert_eq!(notes("{{if job.schedule}}{{job.schedule}}{{end}}"), []);
    assert_eq!(notes("{{if job.schedule}}x{{else}}{{job.schedule}}{{end}}"), unguarded);
    assert_eq!(notes("{{if job.schedule is \"x\"}}y{{end}}"), unguarded);
    assert_eq!(notes("{{if job.schedule and job.schedule is \"x\"}}y{{end}}"), []);
    assert_eq!(notes("{{job.title}}"), []);
    // intake asks for both or neither
    assert_eq!(notes("{{if bonus.target}}{{bonus.kind}} {{bonus.condition}}{{end}}"), []);
}

#[test]
fn a_custom_field_is_printed_with_its_label_where_the_letter_does_not_print_it_itself() {
    let label = |label: &str| Some(field::CustomLabel { label: label.into(), help: String::new() });
    let spec = |key: &'static str, kind: field::Kind, words: &str| field::FieldSpec {
        prints: true,
        material: true,
        label: label(words),
        ..field::FieldSpec::new(key, kind)
    };
    let table = FieldTable::new([
        spec("custom.badge", field::Kind::Text, "Badge"),
        spec("custom.parking", field::Kind::YesNo, "Parking"),
        spec("custom.laptop", field::Kind::Text, "Laptop"),
    ]);
    let more = [("custom.badge", "blue"), ("custom.parking", "yes"), ("custom.laptop", "own")];
    let pairs = OFFER.iter().chain(&more).map(|(key, value)| (FieldKey::new(*key), (*value).to_owned()));
    let terms = read_what_stands(&pairs.collect::<Entries>(), &table);
    let body = "{{custom}}\n\nYour badge is {{custom.badge}}.\n\n{{job.title}} {{job.state}} {{job.hours_per_week}} {{job.classification}} {{letter.pay}}";
    let said = Said { terms: &terms, table: &table, facts: &facts() };
    let plain = merge(&template(body), &[], said).unwrap().plain();
    assert!(plain.starts_with("Parking: Yes\nLaptop: own\n\nYour badge is blue."), "{plain}");
    let without = body.replace("{{custom}}", "");
    assert_eq!(merge(&template(&without), &[], said).unwrap_err().len(), 2);
}

#[test]
fn a_moved_deadline_is_what_the_letter_says() {
    let terms = terms(&[]);
    let moved = crate::lifecycle::AcceptBy {
        local: "2027-01-20T12:00".into(),
        zone: "America/Denver".into(),
        instant: crate::moment::Moment::parse("2027-01-20T19:00:00Z").unwrap(),
    };
    let facts = LetterFacts { accept_by: Some(moved), ..facts() };
    let said = Said { terms: &terms, table: &FieldTable::default(), facts: &facts };
    let printed = said.datum("date.accept_by").and_then(|datum| print::datum(&datum, Format::Deadline));
    assert_eq!(printed.as_deref(), Some("12:00 noon Mountain Time on Wednesday, January 20, 2027"));
}

#[test]
fn the_template_that_says_most_is_chosen_and_a_tie_is_none() {
    let scoped = |key: &str, scope: Scope| Template { key: TemplateKey::new(key), scope, ..template("") };
    let temp = Scope { engagements: vec![Engagement::Temp], ..Scope::default() };
    let templates = [
        scoped("any", Scope::default()),
        scoped("temp", temp.clone()),
        scoped("temp-ca", Scope { states: vec!["CA".into()], ..temp.clone() }),
        scoped("temp-ny", Scope { states: vec!["NY".into()], ..temp.clone() }),
        scoped("temp-nurse", Scope { titles: vec!["Nurse".into()], ..temp }),
    ];
    let choose_for = |more: &[(&str, &str)]| {
        let terms = terms(more);
        choose(&templates, &Said { terms: &terms, table: &FieldTable::default(), facts: &facts() }).map(|template| template.key.to_string())
    };
    assert_eq!(choose_for(&[]), Ok("temp-ca".into()));
    assert_eq!(choose_for(&[("job.state", "WA")]), Ok("temp".into()));
    assert_eq!(choose_for(&[("engagement", "internal")]), Ok("any".into()));
    assert_eq!(choose_for(&[("job.title", "Nurse")]), Err(Unchosen::Tie { templates: vec!["temp-ca".into(), "temp-nurse".into()] }));
    let tied = [("temp-ca".to_owned(), "temp-nurse".to_owned()), ("temp-ny".to_owned(), "temp-nurse".to_owned())];
    assert_eq!(ties(&templates), tied);
    struct Nothing;
    impl Source for Nothing {
        fn datum(&self, _: &str) -> Option<Datum> {
            None
        }
    }
    assert_eq!(choose(&templates[1..], &Nothing), Err(Unchosen::None));
}

#[test]
fn a_template_goes_to_toml_and_back_without_loss() {
    let whole = Template {
        scope: Scope { engagements: vec![Engagement::DirectHire], states: vec!["CA".into()], ..Scope::default() },
        ..template("# A\n\nB {{job.title}}\n")
    };
    let text = toml::to_string(&whole).unwrap();
    assert_eq!(toml::from_str::<Template>(&text).unwrap(), whole);
    assert!(toml::from_str::<Template>(&text.replace("title", "titel")).is_err());
}

#[test]
fn a_paragraph_goes_on_over_lines_and_a_tag_alone_on_its_line_is_a_block() {
    let body = parse("one\ntwo {{if a}}x{{end}}\n{{if b}}\nthree\n{{end}}", BodyOf::Template).unwrap();
    assert!(matches!(body.nodes.as_slice(), [Node::Paragraph { .. }, Node::If(_)]));
}
