//! What a rule may ask of an offer, and what it says when it asks or does not.

use crate::routes::route_of;
use crate::story::{Story, a_story};
use offer::check::Figure;
use offer::engagement::Engagement::{Internal, Temp};
use offer::field::{self, FieldKey};
use offer::id::{RuleKey, StepKey};
use offer::money::{BasisPoints, Money};
use offer::playbook::{Cap, CustomField};
use offer::policy::{Condition, FieldTest, FieldsTest, FigureTest, Order, Reason, RouteStep, RuleRef, Test};
use offer::terms::Value;

/// Makes Legal asked by one rule alone.
fn legal_asks_when(mut story: Story, when: Condition) -> Story {
    let legal = story.playbook.rules.iter_mut().find(|rule| rule.key.as_str() == "legal-words").unwrap();
    legal.when = when;
    story.table = story.playbook.field_table();
    story
}

fn legal(story: &Story) -> Option<RouteStep> {
    route_of(story).step(&StepKey::new("legal")).cloned()
}

fn asks(story: Story, when: Condition) -> bool {
    legal(&legal_asks_when(story, when)).is_some()
}

fn field_is(key: FieldKey, test: Test) -> Condition {
    Condition::Field(FieldTest { key, test: test.into() })
}

fn figure_is(key: Figure, test: Test) -> Condition {
    Condition::Figure(FigureTest { key, test: test.into() })
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(ToString::to_string).collect()
}

#[test]
fn a_step_says_which_version_of_which_rule_asked_with_which_figures() {
    let story = legal_asks_when(a_story(Temp), figure_is(Figure::OverBand, Test::MoreThan("5".to_owned())));
    assert_eq!(legal(&story), None);
    let step = legal(&story.with(&field::PAY_BASE, "73.00")).unwrap();
    assert_eq!(step.rules().collect::<Vec<_>>(), [&RuleRef { rule: RuleKey::new("legal-words"), version: 1 }]);
    // 73.00 over 69.00
    let over = Value::Percent(BasisPoints(580));
    let said = Reason::FigurePasses { figure: Figure::OverBand, test: Test::MoreThan("5".to_owned()).into(), value: over };
    assert_eq!(step.reasons().collect::<Vec<_>>(), [&said]);
}

#[test]
fn a_step_that_is_not_needed_says_by_which_figure() {
    let story = legal_asks_when(a_story(Temp), figure_is(Figure::Markup, Test::LessThan("40".to_owned())));
    let route = route_of(&story);
    let out = route.left_out.iter().find(|out| out.step.as_str() == "legal").unwrap();
    // 92.00 over 60.00
    let markup = Some(Value::Percent(BasisPoints(5_333)));
    let said = Reason::FigureFails { figure: Figure::Markup, test: Test::LessThan("40".to_owned()).into(), value: markup };
    assert_eq!(out.reasons().collect::<Vec<_>>(), [&said]);
}

#[test]
fn pay_above_the_band_asks_only_beyond_the_share_that_the_rule_names() {
    let over = |share: &str| figure_is(Figure::OverBand, Test::MoreThan(share.to_owned()));
    let dear = || a_story(Temp).with(&field::PAY_BASE, "75.90");
    assert!(!asks(dear(), over("10")), "exactly ten percent above");
    assert!(asks(dear().with(&field::PAY_BASE, "75.91"), over("10")));
}

#[test]
fn without_a_band_nobody_can_say_how_far_above_it_the_pay_lies_and_so_the_step_is_asked() {
    let story = legal_asks_when(a_story(Temp).with(&field::LEVEL, "RN9"), figure_is(Figure::OverBand, Test::MoreThan("10".to_owned())));
    let step = legal(&story).unwrap();
    assert_eq!(step.reasons().collect::<Vec<_>>(), [&Reason::CannotCompute { figure: Figure::OverBand }]);
    assert!(step.reasons().all(Reason::is_unknown));
}

#[test]
fn a_figure_that_offers_of_the_engagement_do_not_have_asks_nobody() {
    assert!(!asks(a_story(Internal), figure_is(Figure::Markup, Test::LessThan("90".to_owned()))));
    assert!(!asks(a_story(Internal), figure_is(Figure::OverPayCap, Test::MoreThan("0".to_owned()))));
}

#[test]
fn a_cap_asks_by_what_it_stands_on() {
    let on = |figure| figure_is(figure, Test::MoreThan("0".to_owned()));
    let capped = |cap| {
        let mut story = a_story(Temp).with(&field::BILL_CAP_ON, "").with(&field::BILL_CAP, "");
        story.playbook.clients[0].cap = Some(cap);
        story
    };
    let cases = [
        (Cap::Bill(Money::cents(9_000)), Figure::OverBillCap),
        (Cap::Pay(Money::cents(5_900)), Figure::OverPayCap),
        (Cap::Markup(BasisPoints(5_000)), Figure::OverMarkupCap),
    ];
    for (cap, asked) in cases {
        for figure in [Figure::OverBillCap, Figure::OverPayCap, Figure::OverMarkupCap] {
            assert_eq!(asks(capped(cap), on(figure)), figure == asked, "{cap:?} {figure:?}");
        }
    }
    assert!(!asks(capped(Cap::Pay(Money::cents(6_000))), on(Figure::OverPayCap)), "at the cap");
}

#[test]
fn money_asks_by_its_own_figures() {
    for (figure, test, asked) in [
        (Figure::AnnualPay, Test::MoreThan("112319.99".to_owned()), true),
        (Figure::AnnualPay, Test::MoreThan("112320".to_owned()), false),
        (Figure::MarginShare, Test::LessThan("16".to_owned()), false),
        (Figure::MarginShare, Test::LessThan("20".to_owned()), true),
        (Figure::UnderMarkupFloor, Test::MoreThan("0".to_owned()), false),
        (Figure::OverBudget, Test::MoreThan("0".to_owned()), false),
        (Figure::DaysToStart, Test::LessThan("60".to_owned()), true),
        (Figure::DaysToStart, Test::LessThan("30".to_owned()), false),
    ] {
        assert_eq!(asks(a_story(Temp), figure_is(figure, test.clone())), asked, "{figure:?} {test:?}");
    }
}

#[test]
fn one_field_is_held_against_another() {
    let against = |is, by| Condition::Fields(FieldsTest { one: field::BILL_RATE, is, other: field::PAY_BASE, by: BasisPoints(by) });
    assert!(asks(a_story(Temp), against(Order::Above, 5_000)), "92 is more than half above 60");
    assert!(!asks(a_story(Temp), against(Order::Above, 6_000)));
    assert!(!asks(a_story(Temp), against(Order::Below, 0)));
    let days = Condition::Fields(FieldsTest { one: field::START, is: Order::AtLeast, other: field::END, by: BasisPoints(0) });
    assert!(!asks(a_story(Temp), days));
}

#[test]
fn a_field_with_nothing_to_compare_with_requires_the_step() {
    let than_sign_on =
        Condition::Fields(FieldsTest { one: field::BONUS_TARGET, is: Order::Above, other: field::SIGN_ON, by: BasisPoints(0) });
    assert!(!asks(a_story(Internal), than_sign_on.clone()), "no bonus is not above anything");
    assert!(asks(
        a_story(Internal).with(&field::BONUS_TARGET, "5000").with(&field::BONUS_KIND, "annual").with(&field::BONUS_CONDITION, "x"),
        than_sign_on
    ));
}

#[test]
fn place_client_and_organisation_are_conditions_like_any_other() {
    for (key, test, asked) in [
        (field::CLIENT, Test::Is("ACME".to_owned()), true),
        (field::STATE, Test::OneOf(texts(&["NY", "CA"])), true),
        (field::STATE, Test::NoneOf(texts(&["NY", "CA"])), false),
        (field::REMOTE, Test::Is("remote".to_owned()), false),
        (field::DEPARTMENT, Test::Is("Nursing".to_owned()), true),
        (field::LEVEL, Test::NoneOf(texts(&["RN2"])), false),
        (field::BUSINESS_LINE, Test::Filled, false),
        (field::ENGAGEMENT, Test::Is("temp".to_owned()), true),
        (field::JOB_TITLE, Test::Contains("nurse".to_owned()), true),
        (field::JOB_TITLE, Test::Contains("director".to_owned()), false),
        (field::CLAUSES, Test::AllOf(texts(&["HIPAA"])), true),
        (field::CLAUSES, Test::AllOf(texts(&["HIPAA", "NON-COMPETE"])), false),
        (field::CLAUSES, Test::OtherThan(texts(&["HIPAA"])), false),
        (field::CLAUSES, Test::OtherThan(texts(&["NON-COMPETE"])), true),
    ] {
        assert_eq!(asks(a_story(Temp), field_is(key.clone(), test.clone())), asked, "{key} {test:?}");
    }
}

#[test]
fn a_custom_field_is_a_condition_like_any_other() {
    let mut story = a_story(Temp);
    story.playbook.fields.push(CustomField {
        key: FieldKey::new("custom.unit"),
        kind: field::Kind::Text,
        label: "Unit".to_owned(),
        help: String::new(),
        choices: Vec::new(),
        section: field::Section::Job,
        gate: field::Gate::Never,
        engagements: Vec::new(),
        side: field::Side::Job,
        owner: offer::id::role::OPS,
        prints: false,
        personal: false,
        material: false,
        min: None,
        max: None,
    });
    let icu = || field_is(FieldKey::new("custom.unit"), Test::Is("ICU".to_owned()));
    assert!(!asks(story.clone(), icu()));
    assert!(asks(story.with(&FieldKey::new("custom.unit"), "ICU"), icu()));
}

#[test]
fn and_or_and_not_say_what_decided() {
    let nurse = || field_is(field::DEPARTMENT, Test::Is("Nursing".to_owned()));
    let remote = || field_is(field::REMOTE, Test::Is("remote".to_owned()));
    assert!(!asks(a_story(Temp), Condition::All(vec![nurse(), remote()])));
    assert!(asks(a_story(Temp), Condition::Any(vec![nurse(), remote()])));
    assert!(asks(a_story(Temp), Condition::All(vec![nurse(), Condition::Not(Box::new(remote()))])));
    let story = legal_asks_when(a_story(Temp), Condition::Any(vec![nurse(), remote()]));
    let step = legal(&story).unwrap();
    let said: Vec<&Reason> = step.reasons().collect();
    assert!(matches!(said.as_slice(), [Reason::FieldPasses { field: key, .. }] if *key == field::DEPARTMENT), "{said:?}");
}

#[test]
fn a_step_covers_the_fields_of_which_its_reasons_are_made() {
    let story = a_story(Temp).with(&field::PAY_BASE, "70.00");
    let route = route_of(&story);
    let finance = route.step(&StepKey::new("finance")).unwrap();
    assert!(finance.decides.contains(&field::PAY_BASE));
    // where pay lies in its band depends on the level and the place
    for input in [field::LEVEL, field::STATE, field::DEPARTMENT] {
        assert!(finance.inputs.contains(&input), "{input}");
        assert!(finance.covers().contains(&input), "{input}");
    }
    assert!(route.step(&StepKey::new("client_contact")).unwrap().inputs.is_empty(), "asked on every offer");
}
