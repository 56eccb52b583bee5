//! Submitting and approving.

use crate::firm::Somebody::{self, Auditor, ClientContact, Finance, HiringManager, Legal, Ops, OtherRecruiter, Recruiter};
use crate::story::{Asker, Story, a_story, approve, every_reason, names, steps};
use offer::access::Denial;
use offer::check::{Fact, Strength};
use offer::engagement::Engagement::{Internal, Temp};
use offer::field::{self, FieldKey};
use offer::id::{RuleKey, StepKey, role};
use offer::lifecycle::{Command, Refusal, Status, StepState, Submit};
use offer::policy::{RuleRef, Who};
use std::collections::{BTreeMap, BTreeSet};

#[test]
fn submitting_opens_the_first_step_and_nothing_that_comes_after_it() {
    let mut story = a_story(Temp);
    let submit = story.submit();
    assert_eq!(names(&story.must(Recruiter, submit)), ["submitted", "step_opened"]);
    assert_eq!(steps(&story.route()), BTreeSet::from(["ops", "client_contact"]));
    assert!(matches!(story.offer.steps[&StepKey::new("ops")], StepState::Open { .. }));
    assert_eq!(story.offer.steps[&StepKey::new("client_contact")], StepState::Later);
}

#[test]
fn the_last_approval_clears_the_version() {
    let mut story = a_story(Temp).submitted();
    assert_eq!(names(&story.must(Ops, approve("ops", 1))), ["step_approved", "step_opened"]);
    assert_eq!(names(&story.must(ClientContact, approve("client_contact", 1))), ["step_approved", "cleared"]);
    assert_eq!(story.offer.status, Status::Approved);
}

#[test]
fn an_approval_records_what_it_stands_for() {
    let mut story = a_story(Temp).submitted();
    story.must(Ops, approve("ops", 1));
    let StepState::Approved { coverage, .. } = &story.offer.steps[&StepKey::new("ops")] else { panic!("approved") };
    assert!(coverage.fields.contains(&field::PAY_BASE) && coverage.fields.contains(&field::BILL_RATE));
    assert!(coverage.is_of(&story.terms()));
    let dearer = story.clone().with(&field::BILL_RATE, "93.00").terms();
    assert!(!coverage.is_of(&dearer));
    assert_eq!(coverage.rules, [RuleRef { rule: RuleKey::new("ops-validates"), version: 1 }]);
}

#[test]
fn a_step_waits_on_its_own_people_and_on_nobody_else() {
    let mut story = a_story(Temp).submitted();
    assert_eq!(story.when(Finance, approve("ops", 1)), Err(Refusal::NotYourStep { step: StepKey::new("ops") }));
    assert_eq!(story.when(Recruiter, approve("ops", 1)), Err(Refusal::NotAllowed { because: Denial::NotYourRole }));
    assert_eq!(story.when(Auditor, approve("ops", 1)), Err(Refusal::NotAllowed { because: Denial::NotYourRole }));
    assert_eq!(story.when(ClientContact, approve("client_contact", 1)), Err(Refusal::StepNotOpen { step: StepKey::new("client_contact") }));
}

#[test]
fn an_offer_does_not_exist_for_those_who_may_not_see_it() {
    let mut story = a_story(Temp).submitted();
    assert_eq!(story.when(OtherRecruiter, Command::Comment { text: "hello".to_owned() }), Err(Refusal::Hidden));
    assert_eq!(story.when(Legal, approve("legal", 1)), Err(Refusal::Hidden));
}

#[test]
fn what_was_read_is_what_is_approved() {
    let mut story = a_story(Temp).submitted();
    assert_eq!(story.when(Ops, approve("ops", 7)), Err(Refusal::MovedOn { now_at: 1, changed: Vec::new() }));
}

#[test]
fn a_step_that_nobody_may_decide_refuses_submission_with_its_name() {
    let mut story = a_story(Temp);
    story.facts.eligible.insert(StepKey::new("client_contact"), [ClientContact.id()].into());
    assert_eq!(story.asked(Recruiter, story.submit()), Err(Refusal::NobodyFor { step: StepKey::new("ops"), who: Who::Role(role::OPS) }));
}

#[test]
fn whoever_asks_does_not_count_as_somebody_who_may_decide() {
    let mut story = a_story(Temp);
    story.facts.eligible =
        [(StepKey::new("ops"), [Recruiter.id()].into()), (StepKey::new("client_contact"), [ClientContact.id()].into())].into();
    assert!(matches!(story.asked(Recruiter, story.submit()), Err(Refusal::NobodyFor { .. })));
}

#[test]
fn whoever_wrote_what_a_step_decides_does_not_decide_it_whoever_hands_it_in() {
    let written_by_ops = |story: &Story, key: &FieldKey| {
        let hands = [(key.clone(), Ops.id())].into();
        Command::Submit(Submit { terms: story.terms(), reasons: every_reason(), hands })
    };
    let story = a_story(Temp);
    let alone = story.asked(Recruiter, written_by_ops(&story, &field::PAY_BASE));
    assert!(matches!(alone, Err(Refusal::NobodyFor { .. })), "nobody else is there to decide it");

    let mut story = a_story(Temp);
    story.facts.eligible = ["ops", "client_contact"].map(|step| (StepKey::new(step), [Ops.id(), ClientContact.id()].into())).into();
    story.must(Recruiter, written_by_ops(&story, &field::PAY_BASE));
    assert_eq!(story.offer.askers, [Recruiter.id(), Ops.id()].into());
    assert_eq!(story.when(Ops, approve("ops", 1)), Err(Refusal::OwnRequest));

    let mut story = a_story(Temp);
    story.must(Recruiter, written_by_ops(&story, &field::CANDIDATE_PREFERRED_NAME));
    story.must(Ops, approve("ops", 1));
}

#[test]
fn an_exception_goes_ahead_only_with_a_reason_in_writing() {
    let story = a_story(Temp).with(&field::PAY_BASE, "70.00");
    let silent = Command::Submit(Submit { terms: story.terms(), reasons: Vec::new(), hands: BTreeMap::new() });
    let Err(Refusal::Unexplained { findings }) = story.asked(Recruiter, silent) else { panic!("unexplained") };
    assert!(findings.iter().any(|finding| matches!(finding.fact, Fact::AboveBand { .. })));
    let explained = Command::Submit(Submit { terms: story.terms(), reasons: every_reason(), hands: BTreeMap::new() });
    assert!(story.asked(Recruiter, explained).is_ok());
}

#[test]
fn a_finding_that_blocks_takes_no_reason() {
    let story = a_story(Temp).with(&field::CLAUSES, "");
    let Err(Refusal::Blocked { findings }) = story.asked(Recruiter, story.submit()) else { panic!("blocked") };
    assert!(findings.iter().all(|finding| finding.strength == Strength::Block));
}

#[test]
fn a_returned_step_waits_on_the_recruiter_and_its_clock_pauses() {
    let mut story = a_story(Temp).submitted();
    let ops = StepKey::new("ops");
    story.must(Ops, Command::Return { step: ops.clone(), question: "Which shift?".to_owned() });
    assert_eq!(story.offer.status, Status::InReview);
    assert_eq!(story.when(Ops, approve("ops", 1)), Err(Refusal::StepNotOpen { step: ops.clone() }));
    story.must(Recruiter, Command::AnswerStep { step: ops, answer: "Nights.".to_owned() });
    story.must(Ops, approve("ops", 1));
}

#[test]
fn a_rejection_leads_back_to_a_draft_with_its_reason() {
    let mut story = a_story(Internal).submitted();
    let step = StepKey::new("hiring_manager");
    assert_eq!(
        story.when(HiringManager, Command::Reject { step: step.clone(), version: 1, reason: "  ".to_owned() }),
        Err(Refusal::ReasonMissing)
    );
    story.must(HiringManager, Command::Reject { step, version: 1, reason: "We pay too much".to_owned() });
    assert_eq!(story.offer.status, Status::Draft);
    let again = story.submit();
    story.must(Recruiter, again);
    assert_eq!(story.offer.version, 2);
}

#[test]
fn nobody_decides_what_they_handed_in_themselves() {
    // a hiring manager who is also a recruiter hands in, and is the only one the offer names
    let mut story = a_story(Internal);
    story.facts.eligible.insert(StepKey::new("hiring_manager"), [Recruiter.id(), HiringManager.id()].into());
    let submit = story.submit();
    story.must(Recruiter, submit);
    story.playbook.grants.iter_mut().find(|grant| grant.key == "recruiter-own").unwrap().actions.push(offer::access::Action::Decide);
    assert_eq!(story.when(Recruiter, approve("hiring_manager", 1)), Err(Refusal::OwnRequest));
}

#[test]
fn somebody_elses_small_change_does_not_let_whoever_handed_the_rest_in_decide_it() {
    let mut story = a_story(Internal);
    story.facts.eligible.insert(StepKey::new("hiring_manager"), [Recruiter.id(), HiringManager.id()].into());
    let submit = story.submit();
    story.must(Recruiter, submit);
    let grant = |story: &mut crate::story::Story, key: &str, action| {
        story.playbook.grants.iter_mut().find(|grant| grant.key == key).unwrap().actions.push(action);
    };
    grant(&mut story, "recruiter-own", offer::access::Action::Decide);
    grant(&mut story, "finance-all", offer::access::Action::Change);
    let adoption = story.adoption(&field::CANDIDATE_PREFERRED_NAME, "+1 916 555 0100");
    story.must(Finance, adoption);
    assert_eq!(story.offer.askers, [Recruiter.id(), Finance.id()].into());
    assert_eq!(story.when(Recruiter, approve("hiring_manager", 2)), Err(Refusal::OwnRequest));
    story.must(HiringManager, approve("hiring_manager", 2));
}

#[test]
fn an_answered_offer_is_not_for_the_clockwork_or_strangers_to_approve() {
    let mut story = a_story(Temp).submitted();
    assert!(matches!(story.when(Asker::Candidate, approve("ops", 1)), Err(Refusal::NotAllowed { .. })));
    assert!(matches!(story.when(Asker::Clockwork, approve("ops", 1)), Err(Refusal::NotAllowed { .. })));
    assert_eq!(Somebody::ALL.iter().filter(|who| story.asked(**who, approve("ops", 1)).is_ok()).count(), 1);
}
