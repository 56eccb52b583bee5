//! A new playbook alters no route in flight, until somebody routes the offer anew.

use crate::firm::Somebody::{Admin, ClientContact, Finance, HiringManager, Ops, Recruiter};
use crate::story::{Story, a_story, approve, every_reason, names, steps};
use offer::access::Denial;
use offer::engagement::Engagement::{Internal, Temp};
use offer::field;
use offer::id::{RuleKey, StepKey, role};
use offer::lifecycle::{Command, Event, Refusal, Reroute, RoutedAnew, Status, StepState};
use offer::money::Money;
use offer::policy::{Condition, Reopening, Rule, StepSpec, Who};
use std::collections::BTreeSet;

/// Today's playbook: that of the story, changed.
fn with_a_newer_playbook(mut story: Story, change: impl FnOnce(&mut Vec<Rule>)) -> Story {
    let mut today = story.playbook.clone();
    change(&mut today.rules);
    story.today = Some(today);
    story
}

fn asks_legal() -> Rule {
    Rule {
        key: RuleKey::new("legal-always"),
        version: 2,
        engagements: Vec::new(),
        when: Condition::Always,
        step: StepSpec::new(StepKey::new("legal"), Who::Role(role::LEGAL), 8),
        note: String::new(),
    }
}

fn reroute(playbook: u32) -> Command {
    Command::Reroute(Reroute { playbook, why: "the policy of December holds for these too".to_owned(), reasons: every_reason() })
}

#[test]
fn a_new_playbook_never_alters_a_route_in_flight() {
    let mut story = with_a_newer_playbook(a_story(Temp).submitted(), |rules| rules.push(asks_legal()));
    story.must(Ops, approve("ops", 1));
    story.must(ClientContact, approve("client_contact", 1));
    assert_eq!(story.offer.status, Status::Approved);
}

#[test]
fn routed_anew_the_offer_has_the_steps_of_today_and_keeps_its_approvals() {
    let mut story = a_story(Temp).submitted();
    story.must(Ops, approve("ops", 1));
    let mut story = with_a_newer_playbook(story, |rules| rules.push(asks_legal()));
    let events = story.must(Admin, reroute(2));
    assert_eq!(names(&events), ["rerouted", "step_opened"], "the client goes on waiting and is not asked twice");
    let Some(Event::Rerouted(RoutedAnew { playbook: 2, stands, reopened, waits, .. })) = events.first() else { panic!("{events:?}") };
    assert_eq!(stands.iter().map(|stands| stands.step.as_str()).collect::<Vec<_>>(), ["ops"]);
    assert_eq!((reopened.len(), waits.as_slice()), (0, [StepKey::new("client_contact")].as_slice()));
    assert_eq!(steps(&story.offer.route), BTreeSet::from(["ops", "client_contact", "legal"]));
    assert_eq!(story.offer.playbook, 2);
}

#[test]
fn a_step_that_goes_on_waiting_keeps_its_clock() {
    let mut story = a_story(Temp).submitted();
    let before = story.offer.steps[&StepKey::new("ops")].clone();
    story.now = story.now.plus_seconds(3600);
    let mut story = with_a_newer_playbook(story, |rules| rules.push(asks_legal()));
    story.must(Admin, reroute(2));
    assert_eq!(story.offer.steps[&StepKey::new("ops")], before);
}

#[test]
fn a_rule_that_changed_is_approved_again() {
    let mut story = a_story(Temp).submitted();
    story.must(Ops, approve("ops", 1));
    let mut story = with_a_newer_playbook(story, |rules| {
        rules.iter_mut().filter(|rule| rule.step.key.as_str() == "ops").for_each(|rule| rule.version = 2);
    });
    let events = story.must(Admin, reroute(2));
    let Some(Event::Rerouted(RoutedAnew { reopened, .. })) = events.first() else { panic!("{events:?}") };
    assert!(
        matches!(reopened.as_slice(), [one] if one.step.as_str() == "ops" && matches!(one.because.as_slice(), [Reopening::NewRule { .. }]))
    );
    assert!(matches!(story.offer.steps[&StepKey::new("ops")], StepState::Open { .. }));
    assert!(matches!(story.offer.steps[&StepKey::new("client_contact")], StepState::Later), "it comes after operations again");
}

#[test]
fn where_a_step_is_gone_whoever_decides_its_fields_now_is_asked_about_them() {
    let story = a_story(Temp).with(&field::PAY_BASE, "70.00").submitted().approved();
    let mut story = with_a_newer_playbook(story, |rules| rules.retain(|rule| rule.step.key.as_str() != "finance"));
    let events = story.must(Admin, reroute(2));
    let Some(Event::Rerouted(RoutedAnew { reopened, .. })) = events.first() else { panic!("{events:?}") };
    let unapproved = Reopening::NotApproved { field: field::PAY_BASE };
    assert!(matches!(reopened.as_slice(), [one] if one.step.as_str() == "ops" && one.because.contains(&unapproved)));
    assert!(story.offer.route.step(&StepKey::new("finance")).is_none());
}

#[test]
fn an_approved_offer_is_asked_about_again_only_where_a_step_came() {
    let story = a_story(Internal).submitted().approved();
    let mut story = with_a_newer_playbook(story, |rules| rules.push(asks_legal()));
    story.must(Admin, reroute(2));
    assert_eq!(story.offer.status, Status::InReview);
    assert_eq!(story.offer.open_steps().map(|(step, ..)| step.step.as_str()).collect::<Vec<_>>(), ["legal"]);
    // and is approved at once where only a step went that decided nothing alone
    let story = a_story(Internal).with(&field::PAY_BASE, "81000").submitted().approved();
    let mut story = with_a_newer_playbook(story, |rules| rules.retain(|rule| rule.step.key.as_str() != "hrbp"));
    assert_eq!(names(&story.must(Admin, reroute(2))), ["rerouted", "cleared"]);
    assert_eq!(story.offer.status, Status::Approved);
}

#[test]
fn an_offer_is_not_routed_anew_where_nothing_changes() {
    let story = a_story(Temp).submitted();
    assert_eq!(story.asked(Admin, reroute(1)), Err(Refusal::NothingChanges));
    let story = with_a_newer_playbook(story, |rules| rules.retain(|rule| rule.key.as_str() != "hiring-manager"));
    assert_eq!(story.asked(Admin, reroute(2)), Err(Refusal::NothingChanges), "another engagement's rule");
}

#[test]
fn what_was_looked_at_is_what_is_done() {
    let story = with_a_newer_playbook(a_story(Temp).submitted(), |rules| rules.push(asks_legal()));
    assert_eq!(story.asked(Admin, reroute(1)), Err(Refusal::PlaybookMoved { now_at: 2 }));
}

#[test]
fn whoever_asked_or_decides_does_not_choose_the_rules() {
    let story = with_a_newer_playbook(a_story(Temp).submitted(), |rules| rules.push(asks_legal()));
    for who in [Recruiter, Ops, Finance] {
        assert_eq!(story.asked(who, reroute(2)), Err(Refusal::NotAllowed { because: Denial::NotYourRole }));
    }
    assert!(matches!(story.asked(HiringManager, reroute(2)), Err(Refusal::Hidden)));
}

#[test]
fn a_step_that_nobody_could_decide_keeps_the_route_as_it_is() {
    let lonely = |rules: &mut Vec<Rule>| {
        let mut rule = asks_legal();
        rule.step.who = Who::Role(role::TA_LEADER);
        rules.push(rule);
    };
    let story = with_a_newer_playbook(a_story(Temp).submitted(), lonely);
    assert!(matches!(story.asked(Admin, reroute(2)), Err(Refusal::NobodyFor { .. })));
}

#[test]
fn a_finding_of_today_needs_its_reason_and_one_that_has_it_keeps_it() {
    let story = a_story(Temp).with(&field::PAY_BASE, "68.00").submitted();
    let mut story = with_a_newer_playbook(story, |_| {});
    // the band of today ends below the pay
    let band = story.today.as_mut().unwrap().bands.iter_mut().find(|band| band.level == "RN2").unwrap();
    band.max = Money::cents(6_700);
    let silent = Command::Reroute(Reroute { playbook: 2, why: "the band of December".to_owned(), reasons: Vec::new() });
    assert!(matches!(story.asked(Admin, silent), Err(Refusal::Unexplained { findings }) if findings.len() == 1));
    story.must(Admin, reroute(2));
    assert_eq!(story.offer.exceptions.len(), 2, "that of the markup keeps its reason");
    assert!(story.offer.route.step(&StepKey::new("finance")).is_some());

    let story = a_story(Temp).with(&field::PAY_BASE, "70.00").submitted();
    let mut story = with_a_newer_playbook(story, |rules| rules.push(asks_legal()));
    let exceptions = story.offer.exceptions.clone();
    story.must(Admin, Command::Reroute(Reroute { playbook: 2, why: "the policy of December".to_owned(), reasons: Vec::new() }));
    assert_eq!((exceptions.is_empty(), &story.offer.exceptions), (false, &exceptions));
}
