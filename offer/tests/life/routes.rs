//! Who must decide, who need not, and why.

use crate::story::{a_story, steps};
use offer::check::{self, Fact, FactKind};
use offer::engagement::Engagement::{self, ContractToHire, DirectHire, Internal, Temp};
use offer::field;
use offer::id::StepKey;
use offer::policy::{Condition, FieldTest, Reason, Test};
use std::collections::BTreeSet;

pub(crate) fn route_of(story: &crate::story::Story) -> offer::policy::Route {
    let opening = check::Opening { seats_free: 1, ..story.facts.opening() };
    let ground = check::Ground { rows: &story.playbook, opening, today: story.now.day() };
    let terms = story.terms();
    offer::policy::route(&terms, &check::assess(&terms, ground), &story.playbook, &story.table)
}

#[test]
fn each_engagement_asks_its_own_people() {
    let expected: [(Engagement, &[&str]); 4] = [
        (Internal, &["hiring_manager"]),
        (DirectHire, &["client_contact"]),
        (Temp, &["ops", "client_contact"]),
        (ContractToHire, &["ops", "client_contact"]),
    ];
    for (engagement, asked) in expected {
        assert_eq!(steps(&route_of(&a_story(engagement))), asked.iter().copied().collect::<BTreeSet<_>>(), "{engagement:?}");
    }
}

#[test]
fn pay_above_the_band_brings_finance_and_says_by_how_much() {
    let route = route_of(&a_story(Temp).with(&field::PAY_BASE, "69.69"));
    let finance = route.step(&StepKey::new("finance")).unwrap();
    let over = finance.reasons().find_map(|reason| match reason {
        Reason::Found { fact: Fact::AboveBand { over, .. } } => Some(over.0),
        _ => None,
    });
    assert_eq!(over, Some(100));
}

#[test]
fn a_bill_rate_above_the_client_cap_brings_an_extra_approval_and_one_at_the_cap_brings_none() {
    assert!(route_of(&a_story(Temp).with(&field::BILL_RATE, "96.01")).step(&StepKey::new("finance")).is_some());
    assert!(route_of(&a_story(Temp).with(&field::BILL_RATE, "96.00")).step(&StepKey::new("finance")).is_none());
}

#[test]
fn a_non_standard_clause_brings_legal_and_without_it_legal_is_named_as_not_needed() {
    let with = route_of(&a_story(Temp).with(&field::CLAUSES, "HIPAA;NON-COMPETE"));
    assert!(with.step(&StepKey::new("legal")).is_some());
    let without = route_of(&a_story(Temp));
    let left_out = without.left_out.iter().find(|out| out.step.as_str() == "legal").unwrap();
    let reasons: Vec<Reason> = left_out.reasons().cloned().collect();
    assert_eq!(reasons, [FactKind::NonStandardClause, FactKind::SpecialTerms].map(|kind| Reason::NotFound { kind }));
}

#[test]
fn free_special_terms_always_go_to_legal() {
    assert!(route_of(&a_story(Internal).with(&field::SPECIAL_TERMS, "May bring the dog")).step(&StepKey::new("legal")).is_some());
}

#[test]
fn a_rule_that_cannot_be_evaluated_requires_its_step_and_says_so() {
    let mut story = a_story(Temp);
    let legal = story.playbook.rules.iter_mut().find(|rule| rule.key.as_str() == "legal-words").unwrap();
    legal.when = Condition::Field(FieldTest { key: field::PAY_BASE, test: Test::MoreThan("a lot".to_owned()).into() });
    let route = route_of(&story);
    let reasons: Vec<&Reason> = route.step(&StepKey::new("legal")).unwrap().reasons().collect();
    assert_eq!(reasons, [&Reason::CannotTell { field: field::PAY_BASE }]);
    let legal = story.playbook.rules.iter_mut().find(|rule| rule.key.as_str() == "legal-words").unwrap();
    legal.when = Condition::Not(Box::new(legal.when.clone()));
    assert!(route_of(&story).step(&StepKey::new("legal")).is_some(), "not unknown is unknown");
}

#[test]
fn every_material_field_is_decided_by_exactly_one_step_of_every_route() {
    for engagement in Engagement::ALL {
        for pay in ["60.00", "90.00"] {
            let pay = if engagement == Internal { if pay == "60.00" { "70000" } else { "95000" } } else { pay };
            let story = a_story(engagement).with(&field::PAY_BASE, pay);
            let route = route_of(&story);
            for spec in story.table.iter().filter(|spec| spec.material && spec.applies_to(engagement)) {
                let deciders = route.steps.iter().filter(|step| step.decides.contains(&spec.key)).count();
                assert_eq!(deciders, 1, "{} in {engagement:?}", spec.key);
            }
        }
    }
}

#[test]
fn the_first_decider_with_a_step_decides_and_the_others_are_shown_it() {
    let calm = route_of(&a_story(Temp));
    assert!(calm.step(&StepKey::new("ops")).unwrap().decides.contains(&field::PAY_BASE));
    let dear = route_of(&a_story(Temp).with(&field::PAY_BASE, "70.00"));
    assert!(dear.step(&StepKey::new("finance")).unwrap().decides.contains(&field::PAY_BASE));
    assert!(!dear.step(&StepKey::new("ops")).unwrap().decides.contains(&field::PAY_BASE));
}

#[test]
fn steps_stand_in_the_order_in_which_they_wait_for_each_other() {
    let route = route_of(&a_story(Temp).with(&field::PAY_BASE, "70.00"));
    let order: Vec<&str> = route.steps.iter().map(|step| step.step.as_str()).collect();
    assert_eq!(order, ["ops", "client_contact", "finance"]);
}

#[test]
fn the_budget_counts_what_all_live_offers_commit() {
    let mut story = a_story(Temp);
    story.facts.requisition.budget = Some(offer::money::Money::cents(5_000_000));
    assert!(route_of(&story).step(&StepKey::new("finance")).is_none());
    story.facts.committed = offer::money::Money::cents(3_000_000);
    let route = route_of(&story);
    assert!(matches!(
        route.step(&StepKey::new("finance")).unwrap().reasons().next(),
        Some(Reason::Found { fact: Fact::OverBudget { .. } })
    ));
}
