//! What approvers may do besides approving: together, for each other, within their limits, and against the clock.

use crate::firm::Somebody::{self, Admin, ClientContact, Finance, HiringManager, Legal, Ops, OtherFinance, OtherRecruiter, Recruiter};
use crate::firm::at;
use crate::story::{Asker, Story, a_story, approve, every_reason, names};
use offer::access::{Action, Denial, Handed, Scope};
use offer::engagement::Engagement::{Internal, Temp};
use offer::field;
use offer::id::{StepKey, role};
use offer::lifecycle::{Adopt, Alarm, Approver, Clock, Command, Event, Propose, Refusal, Status, StepState, WorkingHours};
use offer::money::{BasisPoints, Money};
use offer::playbook::GrantRow;
use offer::policy::{ApprovedRange, BeyondLimit, Limits, ManagerOf, RangeFault, RangeFrom, Rejection, Relation, Who};
use offer::terms::{Change, Value};
use std::collections::BTreeSet;

fn step(key: &'static str) -> StepKey {
    StepKey::new(key)
}

/// A nurse above the band; Finance is asked, and two people of it must approve.
fn two_of_finance(rejection: Rejection) -> Story {
    let mut story = a_story(Temp).with(&field::PAY_BASE, "70.00").with(&field::BILL_RATE, "96.00");
    for rule in story.playbook.rules.iter_mut().filter(|rule| rule.step.key.as_str() == "finance") {
        rule.step.quorum = 2;
        rule.step.rejection = rejection;
    }
    let mut story = story.submitted();
    story.must(Ops, approve("ops", 1));
    story.must(ClientContact, approve("client_contact", 1));
    story
}

fn reject(key: &'static str, version: u32) -> Command {
    Command::Reject { step: step(key), version, reason: "too much".to_owned() }
}

fn limited(story: &mut Story, who: Somebody, limits: Limits) {
    story.facts.approvers.insert(who.id(), Approver { limits, stand_in: None });
}

/// A recruiter who is also the hiring manager may hand things in and decide as far as grants go.
fn handed(key: &'static str, to: Somebody) -> Command {
    Command::Delegate { step: step(key), to: to.id(), reason: "on a plane".to_owned() }
}

#[test]
fn a_step_of_two_needs_two_different_people() {
    let mut story = two_of_finance(Rejection::Veto);
    assert_eq!(names(&story.must(Finance, approve("finance", 1))), ["step_counted"]);
    assert_eq!(story.offer.status, Status::InReview);
    assert_eq!(story.when(Finance, approve("finance", 1)), Err(Refusal::NothingChanges));
    assert_eq!(names(&story.must(OtherFinance, approve("finance", 1))), ["step_approved", "cleared"]);
}

#[test]
fn where_everybody_has_a_veto_one_rejection_rejects() {
    let mut story = two_of_finance(Rejection::Veto);
    story.must(Finance, approve("finance", 1));
    assert_eq!(names(&story.must(OtherFinance, reject("finance", 1))), ["step_rejected"]);
    assert_eq!(story.offer.status, Status::Draft);
}

#[test]
fn where_rejections_are_counted_the_last_one_that_leaves_too_few_rejects() {
    let mut story = two_of_finance(Rejection::Counted);
    let third = crate::firm::person('a');
    story.facts.eligible = [
        (step("finance"), [Finance.id(), OtherFinance.id(), third].into()),
        (step("ops"), [Ops.id()].into()),
        (step("client_contact"), [ClientContact.id()].into()),
    ]
    .into();
    assert_eq!(names(&story.must(Finance, reject("finance", 1))), ["step_opposed"], "two are left, and two are needed");
    assert_eq!(story.offer.status, Status::InReview);
    assert_eq!(story.when(Finance, reject("finance", 1)), Err(Refusal::NothingChanges));
    assert_eq!(names(&story.must(OtherFinance, reject("finance", 1))), ["step_rejected"]);
}

#[test]
fn whoever_was_against_it_may_change_their_mind() {
    let mut story = two_of_finance(Rejection::Counted);
    story.facts.eligible = [
        (step("finance"), [Finance.id(), OtherFinance.id(), crate::firm::person('a')].into()),
        (step("ops"), [Ops.id()].into()),
        (step("client_contact"), [ClientContact.id()].into()),
    ]
    .into();
    story.must(Finance, reject("finance", 1));
    story.must(Finance, approve("finance", 1));
    story.must(OtherFinance, approve("finance", 1));
    assert_eq!(story.offer.status, Status::Approved);
}

#[test]
fn an_approval_that_stands_counts_towards_the_two_when_only_the_other_fell() {
    let mut story = two_of_finance(Rejection::Veto);
    let wide = ApprovedRange {
        field: field::PAY_BASE,
        low: Some(Value::Money(Money::cents(6_900))),
        high: Some(Value::Money(Money::cents(7_300))),
        from: RangeFrom::Approver,
    };
    let ranged = |ranges| Command::Approve(offer::lifecycle::Approve { step: step("finance"), version: 1, comment: String::new(), ranges });
    story.must(Finance, ranged(vec![wide]));
    story.must(OtherFinance, ranged(Vec::new()));
    let adoption = story.adoption(&field::PAY_BASE, "71.00");
    story.must(Recruiter, adoption);
    assert_eq!(story.when(Finance, approve("finance", 2)), Err(Refusal::NothingChanges), "Finance approved it already");
    assert_eq!(names(&story.must(OtherFinance, approve("finance", 2))), ["step_approved", "cleared"]);
}

#[test]
fn too_few_people_for_a_step_refuse_the_submission() {
    let mut story = a_story(Temp).with(&field::PAY_BASE, "70.00");
    for rule in story.playbook.rules.iter_mut().filter(|rule| rule.step.key.as_str() == "finance") {
        rule.step.quorum = 3;
    }
    let too_few = Refusal::TooFewFor { step: step("finance"), who: Who::Role(role::FINANCE), needed: 3, there: 2 };
    assert_eq!(story.asked(Recruiter, story.submit()), Err(too_few));
}

#[test]
fn nobody_approves_more_than_their_limit() {
    let mut story = a_story(Temp).with(&field::PAY_BASE, "70.00").submitted();
    // 70 x 36 x 52 = 131,040 a year, 1.45 % above the band
    limited(&mut story, Finance, Limits { annual: Some(Money::cents(13_000_000)), over_band: None });
    limited(&mut story, OtherFinance, Limits { annual: Some(Money::cents(13_104_000)), over_band: Some(BasisPoints(145)) });
    story.must(Ops, approve("ops", 1));
    story.must(ClientContact, approve("client_contact", 1));
    let beyond = BeyondLimit::Annual { most: Money::cents(13_000_000), pay: Some(Money::cents(13_104_000)) };
    assert_eq!(story.when(Finance, approve("finance", 1)), Err(Refusal::BeyondLimit { step: step("finance"), beyond }));
    story.must(OtherFinance, approve("finance", 1));
}

#[test]
fn a_limit_over_the_band_stands_with_the_role_where_the_person_has_none() {
    let mut story = a_story(Temp).with(&field::PAY_BASE, "70.00").submitted();
    story.playbook.roles.iter_mut().find(|sheet| sheet.key == role::FINANCE).unwrap().limit_over_band = Some(BasisPoints(100));
    limited(&mut story, OtherFinance, Limits { annual: None, over_band: Some(BasisPoints(500)) });
    story.must(Ops, approve("ops", 1));
    story.must(ClientContact, approve("client_contact", 1));
    let beyond = BeyondLimit::OverBand { most: BasisPoints(100), over: Some(BasisPoints(145)) };
    assert_eq!(story.when(Finance, approve("finance", 1)), Err(Refusal::BeyondLimit { step: step("finance"), beyond }));
    story.must(OtherFinance, approve("finance", 1));
}

#[test]
fn an_offer_beyond_everybodys_limit_is_not_submitted() {
    let mut story = a_story(Temp).with(&field::PAY_BASE, "70.00");
    story.playbook.roles.iter_mut().find(|sheet| sheet.key == role::FINANCE).unwrap().limit_annual = Some(Money::cents(10_000_000));
    assert!(matches!(story.asked(Recruiter, story.submit()), Err(Refusal::NobodyWithinLimits { .. })));
}

#[test]
fn a_range_does_not_lead_beyond_its_approvers_limit() {
    let mut story = a_story(Internal).submitted();
    limited(&mut story, HiringManager, Limits { annual: Some(Money::cents(7_200_000)), over_band: None });
    let range =
        |high| ApprovedRange { field: field::PAY_BASE, low: None, high: Some(Value::Money(Money::cents(high))), from: RangeFrom::Approver };
    let approve = |high| {
        let (step, comment) = (step("hiring_manager"), String::new());
        Command::Approve(offer::lifecycle::Approve { step, version: 1, comment, ranges: vec![range(high)] })
    };
    let beyond = BeyondLimit::Annual { most: Money::cents(7_200_000), pay: Some(Money::cents(7_300_000)) };
    let unfit = Refusal::RangeUnfit { field: field::PAY_BASE, because: RangeFault::Beyond(beyond) };
    assert_eq!(story.when(HiringManager, approve(7_300_000)), Err(unfit));
    story.must(HiringManager, approve(7_200_000));
}

#[test]
fn whoever_is_blind_to_pay_and_limited_by_it_learns_nothing_of_it_from_where_a_range_is_refused() {
    let approve_up_to = |day: &str| {
        let high = Some(Value::Date(day.parse().unwrap()));
        let range = ApprovedRange { field: field::START, low: None, high, from: RangeFrom::Approver };
        let (step, comment) = (step("client_contact"), String::new());
        Command::Approve(offer::lifecycle::Approve { step, version: 1, comment, ranges: vec![range] })
    };
    let mut story = a_story(Temp).submitted();
    story.must(Ops, approve("ops", 1));
    let mut limited_by_pay = story.clone();
    limited(&mut limited_by_pay, ClientContact, Limits { annual: Some(Money::cents(100_000_000)), over_band: None });
    // the same answer wherever the range ends, and whether or not its end would meet the limit
    for day in ["2027-02-01", "2027-06-01", "2028-01-01"] {
        let unfit = Refusal::RangeUnfit { field: field::START, because: RangeFault::NotCovered };
        assert_eq!(limited_by_pay.when(ClientContact, approve_up_to(day)), Err(unfit), "{day}");
    }
    story.must(ClientContact, approve_up_to("2027-02-01"));
}

#[test]
fn a_manager_decides_as_far_as_the_limit_goes() {
    let mut story = a_story(Internal);
    let manager = Who::ManagerOf(ManagerOf { of: Relation::HiringManager, role: role::HIRING_MANAGER });
    for rule in story.playbook.rules.iter_mut().filter(|rule| rule.step.key.as_str() == "hiring_manager") {
        rule.step.who = manager.clone();
    }
    // the nearer manager may approve less than the offer, the next one may
    let next = crate::firm::person('a');
    story.facts.eligible = [(step("hiring_manager"), [HiringManager.id(), next.clone()].into())].into();
    limited(&mut story, HiringManager, Limits { annual: Some(Money::cents(5_000_000)), over_band: None });
    let mut story = story.submitted();
    assert!(matches!(story.when(HiringManager, approve("hiring_manager", 1)), Err(Refusal::BeyondLimit { .. })));
    story.facts.approvers.insert(next, Approver { limits: Limits { annual: Some(Money::cents(1)), over_band: None }, stand_in: None });
    let mut nobody = a_story(Internal);
    (nobody.playbook, nobody.facts) = (story.playbook.clone(), story.facts.clone());
    assert!(matches!(nobody.asked(Recruiter, nobody.submit()), Err(Refusal::NobodyWithinLimits { who, .. }) if who == manager));
}

#[test]
fn a_decision_is_handed_to_somebody_of_the_same_role_who_then_decides_for_them() {
    let mut story = a_story(Temp).submitted();
    story.facts.eligible = [(step("ops"), [Ops.id()].into()), (step("client_contact"), [ClientContact.id()].into())].into();
    story.facts.delegates = [(step("ops"), [Ops.id(), Finance.id()].into())].into();
    assert_eq!(story.when(Finance, approve("ops", 1)), Err(Refusal::NotYourStep { step: step("ops") }));
    assert_eq!(story.when(Ops, handed("ops", Legal)), Err(Refusal::NotADelegate { step: step("ops") }));
    assert_eq!(names(&story.must(Ops, handed("ops", Finance))), ["step_delegated"]);
    assert_eq!(story.when(Finance, approve("ops", 1)), Err(Refusal::NotYourStep { step: step("ops") }), "who holds the role no more");
    story.second_roles = vec![(Finance, role::OPS)];
    let events = story.must(Finance, approve("ops", 1));
    assert!(matches!(events.first(), Some(Event::StepApproved { on_behalf_of: Some(whose), .. }) if *whose == Ops.id()));
    assert_eq!(story.offer.delegations, [], "it is handed over until it is made");
}

#[test]
fn what_was_handed_over_ends_with_a_no() {
    let mut story = a_story(Temp).submitted();
    story.facts.eligible = [(step("ops"), [Ops.id()].into()), (step("client_contact"), [ClientContact.id()].into())].into();
    story.facts.delegates = [(step("ops"), [Finance.id()].into())].into();
    story.must(Ops, handed("ops", Finance));
    story.must(Ops, Command::Reject { step: step("ops"), version: 1, reason: "too dear".to_owned() });
    assert_eq!(story.offer.delegations, [], "another version is asked about anew");
}

#[test]
fn a_decision_is_never_handed_back() {
    let mut story = a_story(Temp).submitted();
    story.facts.eligible = [(step("ops"), [Ops.id()].into()), (step("client_contact"), [ClientContact.id()].into())].into();
    story.facts.delegates = [(step("ops"), [Ops.id(), Finance.id(), OtherFinance.id()].into())].into();
    story.second_roles = vec![(Finance, role::OPS), (OtherFinance, role::OPS)];
    assert_eq!(story.when(Ops, handed("ops", Ops)), Err(Refusal::DelegateLoops));
    story.must(Ops, handed("ops", Finance));
    assert_eq!(story.when(Finance, handed("ops", Ops)), Err(Refusal::DelegateLoops));
    // handed on, it is still the same decision of the same person
    let events = story.must(Finance, handed("ops", OtherFinance));
    assert!(matches!(events.first(), Some(Event::StepDelegated { from, to, .. }) if *from == Ops.id() && *to == OtherFinance.id()));
    assert_eq!(story.when(Finance, approve("ops", 1)), Err(Refusal::NotYourStep { step: step("ops") }), "handed on");
    story.must(OtherFinance, approve("ops", 1));
}

#[test]
fn nobody_decides_their_own_request_through_somebody_else() {
    let mut story = a_story(Temp);
    story.facts.eligible = [(step("ops"), [Recruiter.id(), Ops.id()].into()), (step("client_contact"), [ClientContact.id()].into())].into();
    story.facts.delegates = [(step("ops"), [Recruiter.id(), Finance.id()].into())].into();
    let mut story = story.submitted();
    assert_eq!(story.when(Ops, handed("ops", Recruiter)), Err(Refusal::OwnRequest), "not to whoever asked");
    // away, the one who asked is stood in for; the stand-in decides nothing of it
    story.second_roles = vec![(Finance, role::OPS)];
    story.facts.approvers.insert(Recruiter.id(), Approver { limits: Limits::default(), stand_in: Some(Finance.id()) });
    assert_eq!(story.when(Finance, approve("ops", 1)), Err(Refusal::OwnRequest), "not for whoever asked");
    story.must(Ops, approve("ops", 1));
}

#[test]
fn whoever_stands_in_for_somebody_away_decides_for_them_and_sees_the_offer() {
    let mut story = a_story(Internal).submitted();
    // another hiring manager, whom the offer does not name
    let other = Somebody::It;
    story.second_roles = vec![(other, role::HIRING_MANAGER)];
    assert_eq!(story.when(other, approve("hiring_manager", 1)), Err(Refusal::Hidden));
    story.facts.approvers.insert(HiringManager.id(), Approver { limits: Limits::default(), stand_in: Some(other.id()) });
    let events = story.must(other, approve("hiring_manager", 1));
    assert!(matches!(events.first(), Some(Event::StepApproved { on_behalf_of: Some(whose), .. }) if *whose == HiringManager.id()));
}

#[test]
fn whoever_stands_in_reaches_an_offer_in_the_roles_that_both_hold_and_in_no_other() {
    let mut story = a_story(Internal).submitted();
    // of another role, whose grants reach its own offers
    story.playbook.grants.push({
        let own = story.playbook.grants.iter().find(|grant| grant.key == "hiring-manager-own").unwrap().clone();
        offer::playbook::GrantRow { key: "it-own".to_owned(), role: role::IT, ..own }
    });
    story.facts.approvers.insert(HiringManager.id(), Approver { limits: Limits::default(), stand_in: Some(Somebody::It.id()) });
    assert_eq!(story.when(Somebody::It, approve("hiring_manager", 1)), Err(Refusal::Hidden));
}

#[test]
fn a_stand_in_decides_within_the_limits_of_whom_they_stand_in_for() {
    let mut story = a_story(Temp).submitted();
    story.facts.eligible = [(step("ops"), [Ops.id()].into()), (step("client_contact"), [ClientContact.id()].into())].into();
    let limits = Limits { annual: Some(Money::cents(1_000_000)), over_band: None };
    story.facts.approvers.insert(Ops.id(), Approver { limits, stand_in: Some(Finance.id()) });
    let other_role = story.when(Finance, approve("ops", 1));
    assert_eq!(other_role, Err(Refusal::NotYourStep { step: step("ops") }), "a stand-in holds the role that decides");
    story.second_roles = vec![(Finance, role::OPS)];
    assert!(matches!(story.when(Finance, approve("ops", 1)), Err(Refusal::BeyondLimit { .. })));
}

#[test]
fn whoever_asks_for_a_change_does_not_approve_it_once_somebody_else_adopts_it() {
    let asked_by_another = |for_candidate: bool| {
        let mut story = a_story(Temp).submitted().approved();
        let proposes = |grant: &&GrantRow| grant.actions.contains(&Action::Change);
        let grant = story.playbook.grants.iter().find(proposes).unwrap().clone();
        story.playbook.grants.push(GrantRow { key: "everybody-changes".to_owned(), role: role::RECRUITER, scope: Scope::All, ..grant });
        story.second_roles = vec![(OtherRecruiter, role::OPS)];
        let from = story.offer.terms.as_ref().and_then(|terms| terms.get(&field::PAY_BASE)).cloned();
        let changes = vec![Change { field: field::PAY_BASE, from, to: Some(Value::Money(Money::cents(6_300))) }];
        let (why, evidence) = ("more".to_owned(), String::new());
        story.must(
            OtherRecruiter,
            Command::Propose(Propose { version: 1, changes: changes.clone(), why, evidence, for_candidate, hold_letter: false }),
        );
        let proposal = story.offer.open_proposals().next().unwrap().0.clone();
        story.facts.eligible = ["ops", "client_contact"].map(|key| (step(key), [OtherRecruiter.id(), ClientContact.id()].into())).into();
        story.must(Recruiter, Command::Adopt(Adopt { proposal, version: 1, changes, why: "agreed".to_owned(), reasons: every_reason() }));
        story
    };
    // nor whoever says that it is only what the candidate wants: the candidate alone shows that, by asking on the page of the letter
    for for_candidate in [false, true] {
        let mut story = asked_by_another(for_candidate);
        assert_eq!(story.when(OtherRecruiter, approve("ops", 2)), Err(Refusal::OwnRequest));
    }
}

#[test]
fn an_approval_over_the_heads_of_its_people_is_loud_and_needs_a_reason() {
    let mut story = a_story(Temp).submitted();
    let force = |reason: &str| Command::ForceApprove { step: step("ops"), version: 1, reason: reason.to_owned() };
    assert_eq!(story.when(Ops, force("hurry")), Err(Refusal::NotAllowed { because: Denial::NotYourRole }));
    assert_eq!(story.when(Admin, force("  ")), Err(Refusal::ReasonMissing));
    assert_eq!(names(&story.must(Admin, force("Operations is ill; agreed by phone"))), ["step_forced", "step_opened"]);
    assert!(story.offer.approvals.iter().all(|approval| approval.forced));
    assert_eq!(story.when(Admin, force("again")), Err(Refusal::StepNotOpen { step: step("ops") }));
    story.must(ClientContact, approve("client_contact", 1));
    assert_eq!(story.offer.status, Status::Approved);
}

#[test]
fn what_was_forced_stands_for_its_values_and_no_others() {
    let mut story = a_story(Temp).with(&field::BILL_RATE, "96.00").submitted();
    story.must(Admin, Command::ForceApprove { step: step("ops"), version: 1, reason: "agreed by phone".to_owned() });
    let mut story = story.approved();
    let adoption = story.adoption(&field::PAY_BASE, "61.00");
    story.must(Recruiter, adoption);
    assert!(matches!(story.offer.steps[&step("ops")], StepState::Open { .. }));
}

/// Work from nine to five, Chicago, on three days.
fn hours() -> WorkingHours {
    WorkingHours {
        intervals: vec![
            (at("2026-11-20T15:00:00Z"), at("2026-11-20T23:00:00Z")),
            (at("2026-11-23T15:00:00Z"), at("2026-11-23T23:00:00Z")),
            (at("2026-11-24T15:00:00Z"), at("2026-11-24T23:00:00Z")),
        ],
    }
}

#[test]
fn a_missed_decision_is_reminded_of_once_and_escalated_once() {
    let mut story = a_story(Temp);
    for rule in story.playbook.rules.iter_mut().filter(|rule| rule.step.key.as_str() == "ops") {
        rule.step.escalate_to = Some(Who::Role(role::RECRUITING_LEAD));
    }
    story.now = at("2026-11-20T16:00:00Z");
    story.facts.hours = [(step("ops"), hours())].into();
    let mut story = story.submitted();
    // eight business hours, reminded after four
    let (remind_at, due_at) = (at("2026-11-20T20:00:00Z"), at("2026-11-23T16:00:00Z"));
    let clock = |alarm, at| Clock { step: step("ops"), alarm, at };
    assert_eq!(story.offer.clocks(), [clock(Alarm::Remind, remind_at), clock(Alarm::Escalate, due_at)]);
    let (remind, escalate) = (Command::Remind { step: step("ops") }, Command::Escalate { step: step("ops") });
    assert_eq!(story.when(Asker::Clockwork, remind.clone()), Err(Refusal::NotDue { at: remind_at }));
    story.now = remind_at;
    story.must(Asker::Clockwork, remind.clone());
    assert_eq!(story.when(Asker::Clockwork, remind), Err(Refusal::NothingChanges));
    story.now = due_at;
    let events = story.must(Asker::Clockwork, escalate.clone());
    assert_eq!(events, [Event::StepEscalated { step: step("ops"), due_at, to: Some(Who::Role(role::RECRUITING_LEAD)) }]);
    assert_eq!(story.when(Asker::Clockwork, escalate.clone()), Err(Refusal::NothingChanges));
    assert_eq!(story.offer.clocks(), []);
    story.must(Ops, approve("ops", 1));
    assert_eq!(story.when(Asker::Clockwork, escalate), Err(Refusal::StepNotOpen { step: step("ops") }));
}

#[test]
fn a_clock_stands_still_while_the_recruiter_is_asked() {
    let mut story = a_story(Temp);
    story.now = at("2026-11-20T16:00:00Z");
    story.facts.hours = [(step("ops"), hours())].into();
    let mut story = story.submitted();
    story.now = at("2026-11-20T18:00:00Z");
    story.must(Ops, Command::Return { step: step("ops"), question: "Which shift?".to_owned() });
    assert_eq!(story.offer.clocks(), []);
    story.now = at("2026-11-24T15:00:00Z");
    story.must(Recruiter, Command::AnswerStep { step: step("ops"), answer: "Nights.".to_owned() });
    // six of eight hours were left
    let due: Vec<_> = story.offer.clocks().into_iter().map(|clock| clock.at).collect();
    assert_eq!(due, [at("2026-11-24T18:00:00Z"), at("2026-11-24T21:00:00Z")]);
}

#[test]
fn an_ended_offer_has_no_clocks() {
    let mut story = a_story(Temp).submitted();
    assert!(!story.offer.clocks().is_empty());
    story.must(Recruiter, Command::Cancel { reason: "no need".to_owned() });
    assert!(story.offer.clocks().is_empty());
}

#[test]
fn a_delegate_of_a_relation_lies_in_the_scope_of_whom_they_decide_for() {
    let mut story = a_story(Internal).submitted();
    story.facts.delegates = [(step("hiring_manager"), [Somebody::It.id()].into())].into();
    story.must(HiringManager, handed("hiring_manager", Somebody::It));
    let subject = story.offer.subject();
    let handed = Handed { to: Somebody::It.id(), from: HiringManager.id(), role: role::HIRING_MANAGER };
    assert!(subject.handed.contains(&handed));
    let scopes: BTreeSet<String> = subject.scope_keys().into_iter().map(|key| key.0).collect();
    assert!(scopes.contains(&format!("handed:hiring_manager:{}", Somebody::It.id())));
    assert!(!scopes.contains(&format!("own:{}", Somebody::It.id())), "nor in that of whoever stands in for them");
}
