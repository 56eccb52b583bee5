//! Only what changed is approved again.

use crate::firm::Somebody::{ClientContact, Finance, Ops, Recruiter};
use crate::firm::day;
use crate::story::{Asker, Story, a_story, acceptance, approve, every_reason, names};
use offer::check::{Fact, FactKind};
use offer::engagement::Engagement::{Internal, Temp};
use offer::field::{self, FieldKey};
use offer::id::{RuleKey, StepKey};
use offer::lifecycle::{
    Adopt, Approve, Command, Event, Propose, Refusal, Revision, Status, StepReopened, StepStands, StepState, Submit, Verbal, VerbalResponse,
};
use offer::money::{BasisPoints, Money};
use offer::playbook::NegotiationPolicy;
use offer::policy::{ApprovedRange, RangeFault, RangeFrom, Reopening, Room, Rule, StepSpec, Who};
use offer::terms::{Entries, FieldConflict, Value};
use std::collections::{BTreeMap, BTreeSet};

/// A nurse above the band, with a clause of her own: Operations, the client, Finance and Legal are asked.
fn a_dear_nurse() -> Story {
    a_story(Temp).with(&field::PAY_BASE, "70.00").with(&field::BILL_RATE, "96.00").with(&field::CLAUSES, "HIPAA;NON-COMPETE").submitted()
}

/// Adopts a change; answers which steps stand and which re-open.
fn adopt(story: &mut Story, key: &FieldKey, text: &str) -> (Vec<StepStands>, Vec<StepReopened>) {
    let adopt = story.adoption(key, text);
    let events = story.must(Recruiter, adopt);
    let Some(Event::TermsChanged { stands, reopened, .. }) = events.into_iter().next() else { panic!("a version") };
    (stands, reopened)
}

fn keys<'a>(steps: impl IntoIterator<Item = &'a StepKey>) -> BTreeSet<&'a str> {
    steps.into_iter().map(StepKey::as_str).collect()
}

fn standing(stands: &[StepStands]) -> BTreeSet<&str> {
    keys(stands.iter().map(|stands| &stands.step))
}

fn reopening(reopened: &[StepReopened]) -> BTreeSet<&str> {
    keys(reopened.iter().map(|reopened| &reopened.step))
}

fn money(cents: i64) -> Value {
    Value::Money(Money::cents(cents))
}

fn range(key: &FieldKey, low: Option<Value>, high: Option<Value>) -> ApprovedRange {
    ApprovedRange { field: key.clone(), low, high, from: RangeFrom::Approver }
}

fn approve_range(step: &'static str, version: u32, ranges: Vec<ApprovedRange>) -> Command {
    Command::Approve(Approve { step: StepKey::new(step), version, comment: String::new(), ranges })
}

/// Everybody approves; Finance with these ranges.
fn approved_with(mut story: Story, ranges: Vec<ApprovedRange>) -> Story {
    story.must(Ops, approve("ops", 1));
    story.must(ClientContact, approve("client_contact", 1));
    story.must(Finance, approve_range("finance", 1, ranges));
    story.approved()
}

#[test]
fn a_counteroffer_of_base_pay_alone_asks_finance_again_and_nobody_else() {
    let mut story = a_dear_nurse().approved().sent();
    let (stands, reopened) = adopt(&mut story, &field::PAY_BASE, "71.00");
    assert_eq!(standing(&stands), BTreeSet::from(["ops", "client_contact", "legal"]));
    assert_eq!(
        reopened,
        [StepReopened { step: StepKey::new("finance"), because: vec![Reopening::Left { field: field::PAY_BASE, range: None }] }]
    );
    assert!(matches!(story.when(Asker::Candidate, Command::Accept(acceptance(1))), Err(Refusal::LetterReplaced { .. })), "the old letter");
    assert_eq!(names(&story.must(Finance, approve("finance", 2))), ["step_approved", "cleared"]);
}

#[test]
fn where_pay_lies_in_its_band_depends_on_the_level_and_so_does_its_approval() {
    let mut story = a_dear_nurse().approved();
    let (_, reopened) = adopt(&mut story, &field::DEPARTMENT, "Surgery");
    let finance = reopened.iter().find(|step| step.step.as_str() == "finance");
    // without a band pay is not above it: Finance is asked for the markup alone, and that rests on fields it approved
    assert!(finance.is_none(), "{reopened:?}");
    let mut story = a_dear_nurse().approved();
    let (_, reopened) = adopt(&mut story, &field::BILL_RATE, "97.00");
    assert!(reopening(&reopened).contains("finance"), "the markup that Finance let pass is made of the bill rate");
}

#[test]
fn a_non_standard_clause_adds_legal_and_without_it_legal_is_gone_and_nobody_else_is_asked() {
    let mut story = a_story(Temp).submitted().approved();
    let (stands, reopened) = adopt(&mut story, &field::CLAUSES, "HIPAA;NON-COMPETE");
    assert_eq!(standing(&stands), BTreeSet::from(["ops", "client_contact"]));
    assert!(reopened.is_empty(), "Legal decides the words now");
    assert!(matches!(story.offer.steps[&StepKey::new("legal")], StepState::Open { .. }));
    let (stands, _) = adopt(&mut story, &field::CLAUSES, "HIPAA");
    assert_eq!(story.offer.route.step(&StepKey::new("legal")), None);
    assert_eq!(standing(&stands), BTreeSet::from(["ops", "client_contact"]));
    assert_eq!(story.offer.status, Status::Approved, "nothing is left to ask");
}

#[test]
fn going_back_to_approved_values_revives_the_approval_and_history_says_so() {
    let mut story = a_dear_nurse().approved();
    let (_, reopened) = adopt(&mut story, &field::PAY_BASE, "71.00");
    assert_eq!(reopening(&reopened), BTreeSet::from(["finance"]));
    let (stands, _) = adopt(&mut story, &field::PAY_BASE, "70.00");
    let finance = stands.iter().find(|stands| stands.step.as_str() == "finance").unwrap();
    assert!(finance.revived && finance.version == 1, "{finance:?}");
    assert!(stands.iter().filter(|stands| stands.step.as_str() != "finance").all(|stands| !stands.revived));
    assert_eq!((story.offer.version, story.offer.status), (3, Status::Approved));
}

#[test]
fn a_step_that_was_not_needed_for_a_while_stands_when_it_is_needed_for_what_it_approved() {
    let mut story = a_dear_nurse().approved();
    adopt(&mut story, &field::PAY_BASE, "60.00");
    assert_eq!(story.offer.route.step(&StepKey::new("finance")), None);
    let (stands, _) = adopt(&mut story, &field::PAY_BASE, "70.00");
    assert!(standing(&stands).contains("finance"));
}

#[test]
fn a_step_that_decides_a_field_anew_is_asked_about_it() {
    // Finance decided the pay while it was above the band; within the band Operations does, and never said yes to it
    let mut story = a_dear_nurse().approved();
    let (_, reopened) = adopt(&mut story, &field::PAY_BASE, "60.00");
    let ops = reopened.iter().find(|step| step.step.as_str() == "ops").unwrap();
    assert!(ops.because.contains(&Reopening::NotApproved { field: field::PAY_BASE }), "{ops:?}");
}

#[test]
fn a_step_re_opens_only_for_what_it_answers_for_in_the_new_route() {
    // within the band Operations decides the pay; above it Finance does, and Operations is not asked again
    let mut story = a_story(Temp).with(&field::BILL_RATE, "96.00").submitted().approved();
    let (stands, reopened) = adopt(&mut story, &field::PAY_BASE, "69.50");
    assert!(standing(&stands).contains("ops"), "{reopened:?}");
    assert!(matches!(story.offer.steps[&StepKey::new("finance")], StepState::Open { .. }));
}

#[test]
fn another_rule_for_the_same_step_asks_it_again_and_says_which() {
    let mut story = a_dear_nurse();
    let who = Who::Role(offer::id::role::FINANCE);
    story.playbook.rules.push(Rule {
        key: RuleKey::new("far-away"),
        version: 4,
        engagements: Vec::new(),
        when: offer::policy::Condition::Field(offer::policy::FieldTest {
            key: field::CITY,
            test: offer::policy::Test::Is("Eureka".to_owned()).into(),
        }),
        step: StepSpec::new(StepKey::new("finance"), who, 8),
        note: String::new(),
    });
    let mut story = story.approved();
    let (_, reopened) = adopt(&mut story, &field::CITY, "Eureka");
    let finance = reopened.iter().find(|step| step.step.as_str() == "finance").unwrap();
    assert!(matches!(finance.because.first(), Some(Reopening::NewRule { rule }) if rule.rule.as_str() == "far-away" && rule.version == 4));
}

#[test]
fn every_change_asks_exactly_the_steps_that_answer_for_it() {
    let changes: &[(FieldKey, &str)] = &[
        (field::JOB_TITLE, "Charge Nurse"),
        (field::SCHEDULE, "three nights a week"),
        (field::SHIFT, "day"),
        (field::WORKSITE, "300 Main Street"),
        (field::START, "2027-01-18"),
        (field::PAY_BASE, "72.00"),
        (field::SIGN_ON, ""),
        (field::BILL_RATE, "95.50"),
        (field::CLAUSES, "NON-COMPETE;HIPAA;NON-COMPETE"),
        (field::CANDIDATE_PHONE, "+1 916 555 0100"),
        (field::OVERTIME_RULE, "over 8 hours a day"),
        (field::CONTINGENCIES, "background_check"),
    ];
    for (key, text) in changes {
        let mut story = a_dear_nurse().approved();
        let before = story.offer.terms.clone().unwrap();
        let change = story.change(key, text);
        if change.is_empty() {
            continue;
        }
        let (stands, reopened) = adopt(&mut story, key, text);
        let now = story.offer.terms.clone().unwrap();
        let changed: BTreeSet<FieldKey> = before.diff(&now).into_iter().map(|change| change.field).collect();
        for step in &story.offer.route.steps {
            let inside = step.covers().into_iter().any(|field| changed.contains(field));
            assert_eq!(reopening(&reopened).contains(step.step.as_str()), inside, "{key}: {}", step.step);
            assert_eq!(standing(&stands).contains(step.step.as_str()), !inside, "{key}: {}", step.step);
        }
    }
}

#[test]
fn a_counter_inside_the_approved_range_clears_at_once_and_says_what_room_remains() {
    let base = range(&field::PAY_BASE, Some(money(6_900)), Some(money(7_200)));
    let mut story = approved_with(a_dear_nurse(), vec![base.clone()]).sent();
    let adoption = story.adoption(&field::PAY_BASE, "71.50");
    let events = story.must(Recruiter, adoption);
    assert_eq!(names(&events), ["terms_changed", "cleared"]);
    let Some(Event::TermsChanged { stands, .. }) = events.first() else { panic!("a version") };
    let within = &stands.iter().find(|stands| stands.step.as_str() == "finance").unwrap().within;
    let [within] = within.as_slice() else { panic!("one field in a range: {within:?}") };
    assert_eq!((&within.range, &within.value), (&base, &Some(money(7_150))));
    assert_eq!(within.room, Room { below: Some(money(250)), above: Some(money(50)) });
    // the room is that of what was approved, not of what was conceded since
    let adoption = story.adoption(&field::PAY_BASE, "72.01");
    let events = story.must(Recruiter, adoption);
    let Some(Event::TermsChanged { reopened, .. }) = events.first() else { panic!("a version") };
    assert_eq!(reopened[0].because, [Reopening::Left { field: field::PAY_BASE, range: Some(base) }]);
}

#[test]
fn a_range_may_span_what_is_not_offered_yet_and_days() {
    let sign_on = range(&field::SIGN_ON, None, Some(money(1_000_000)));
    let start = range(&field::START, Some(Value::Date(day("2026-12-28"))), Some(Value::Date(day("2027-01-25"))));
    let mut story = a_story(Internal).submitted();
    story.must(crate::firm::Somebody::HiringManager, approve_range("hiring_manager", 1, vec![sign_on, start]));
    let mut typed = Entries::default();
    for (key, text) in [(field::SIGN_ON, "5000"), (field::SIGN_ON_PAY_DATE, "2027-02-01"), (field::START, "2027-01-20")] {
        typed.set(key, text);
    }
    let changes: Vec<_> = [(field::SIGN_ON, money(500_000)), (field::START, Value::Date(day("2027-01-20")))]
        .into_iter()
        .map(|(field, to)| offer::terms::Change { from: story.offer.terms.as_ref().unwrap().get(&field).cloned(), field, to: Some(to) })
        .collect();
    let propose = story.proposal(changes.clone());
    let Some(Event::Proposed { proposal, .. }) = story.must(Recruiter, propose).into_iter().next() else { panic!("a proposal") };
    let adopt = Adopt { proposal, version: 1, changes, why: "asked".to_owned(), reasons: every_reason() };
    let events = story.must(Recruiter, Command::Adopt(adopt));
    assert_eq!(names(&events), ["terms_changed", "cleared"]);
    let Some(Event::TermsChanged { stands, .. }) = events.first() else { panic!("a version") };
    let room: Vec<&Room> = stands[0].within.iter().map(|within| &within.room).collect();
    let days = |days: i64| Some(Value::Number(offer::money::Hundredths::whole(days)));
    assert!(room.contains(&&Room { below: days(23), above: days(5) }), "{room:?}");
}

#[test]
fn a_range_that_makes_no_sense_is_not_approved() {
    let story = a_story(Internal).submitted();
    let asked =
        |range: ApprovedRange| match story.asked(crate::firm::Somebody::HiringManager, approve_range("hiring_manager", 1, vec![range])) {
            Err(Refusal::RangeUnfit { because, .. }) => Some(because),
            Ok(_) => None,
            Err(other) => panic!("{other:?}"),
        };
    let salary = |low, high| range(&field::PAY_BASE, low, high);
    assert_eq!(asked(salary(Some(money(6_900_000)), Some(money(7_500_000)))), None);
    assert_eq!(asked(salary(Some(money(7_100_000)), Some(money(7_500_000)))), Some(RangeFault::ValueOutside));
    assert_eq!(asked(salary(Some(money(7_500_000)), Some(money(6_900_000)))), Some(RangeFault::EndsCrossed));
    assert_eq!(asked(salary(None, None)), Some(RangeFault::EndsCrossed));
    assert_eq!(asked(salary(None, Some(Value::Percent(BasisPoints(5))))), Some(RangeFault::OtherKind));
    assert_eq!(asked(range(&field::JOB_TITLE, None, Some(Value::Text("Z".to_owned())))), Some(RangeFault::NoOrder));
    assert_eq!(asked(range(&field::EXPECTED_PAY, None, Some(money(1)))), Some(RangeFault::NotCovered));
}

#[test]
fn a_range_is_given_only_for_what_its_approver_sees_and_says_nothing_of_where_the_value_lies() {
    let mut story = a_dear_nurse();
    let sheet = story.playbook.roles.iter_mut().find(|sheet| sheet.key == offer::id::role::OPS).unwrap();
    sheet.sees.retain(|side| *side != field::Side::Bill);
    let around_the_bill = |low| vec![range(&field::BILL_RATE, Some(money(low)), Some(money(20_000)))];
    let not_covered = Err(Refusal::RangeUnfit { field: field::BILL_RATE, because: RangeFault::NotCovered });
    for low in [1, 19_999] {
        assert_eq!(story.when(Ops, approve_range("ops", 1, around_the_bill(low))), not_covered);
    }
}

#[test]
fn the_negotiation_band_of_the_level_is_an_approved_range_and_never_leads_above_the_band() {
    let mut story = a_story(Temp).with(&field::BILL_RATE, "96.00");
    story.playbook.bands[0].negotiation_high = BasisPoints(800);
    let mut story = story.submitted().approved();
    let StepState::Approved { coverage, .. } = &story.offer.steps[&StepKey::new("ops")] else { panic!("approved") };
    let band =
        ApprovedRange { field: field::PAY_BASE, low: Some(money(6_000)), high: Some(money(6_480)), from: RangeFrom::NegotiationBand };
    assert_eq!(coverage.ranges, [band]);
    let (stands, reopened) = adopt(&mut story, &field::PAY_BASE, "64.80");
    assert!(reopened.is_empty() && standing(&stands).contains("ops"));
    assert_eq!(story.offer.status, Status::Approved);
    let (_, reopened) = adopt(&mut story, &field::PAY_BASE, "64.81");
    assert_eq!(reopening(&reopened), BTreeSet::from(["ops"]));

    let mut near_the_top = a_story(Temp).with(&field::PAY_BASE, "68.00").with(&field::BILL_RATE, "96.00");
    near_the_top.playbook.bands[0].negotiation_high = BasisPoints(800);
    let story = near_the_top.submitted().approved();
    let StepState::Approved { coverage, .. } = &story.offer.steps[&StepKey::new("ops")] else { panic!("approved") };
    assert_eq!(coverage.ranges[0].high, Some(money(6_900)), "the band ends at 69");
}

#[test]
fn an_approver_narrows_the_negotiation_band_by_a_range_of_their_own() {
    let mut story = a_story(Temp).with(&field::BILL_RATE, "96.00");
    story.playbook.bands[0].negotiation_high = BasisPoints(800);
    let mut story = story.submitted();
    story.must(Ops, approve_range("ops", 1, vec![range(&field::PAY_BASE, Some(money(6_000)), Some(money(6_000)))]));
    let mut story = story.approved();
    let (_, reopened) = adopt(&mut story, &field::PAY_BASE, "60.50");
    assert_eq!(reopening(&reopened), BTreeSet::from(["ops"]));
}

#[test]
fn a_negotiation_band_leads_no_further_into_an_exception_that_its_approver_reads_of() {
    let mut story = a_story(Temp).with(&field::BILL_RATE, "82.00");
    story.playbook.bands[0].negotiation_high = BasisPoints(800);
    let story = story.submitted().approved();
    let coverages = story.offer.steps.values().filter_map(|state| match state {
        StepState::Approved { coverage, .. } => Some(coverage),
        _ => None,
    });
    let spans = coverages.flat_map(|coverage| &coverage.ranges).filter(|range| range.field == field::PAY_BASE);
    let highest: Vec<_> = spans.map(|range| range.high.clone()).collect();
    assert_eq!(highest, [Some(money(6_000))], "more pay would leave still less than the client's markup floor");
}

#[test]
fn published_pay_that_is_not_negotiated_changes_only_as_an_exception() {
    let mut story = a_story(Temp).with(&field::BILL_RATE, "96.00");
    story.playbook.bands[0].negotiation = NegotiationPolicy::Fixed;
    story.playbook.bands[0].negotiation_high = BasisPoints(800);
    let mut story = story.submitted().approved();
    let StepState::Approved { coverage, .. } = &story.offer.steps[&StepKey::new("ops")] else { panic!("approved") };
    assert!(coverage.ranges.is_empty());
    let Command::Adopt(adoption) = story.adoption(&field::PAY_BASE, "61.00") else { panic!("an adoption") };
    let silent = Command::Adopt(Adopt { reasons: Vec::new(), ..adoption.clone() });
    let Err(Refusal::Unexplained { findings }) = story.when(Recruiter, silent) else { panic!("an exception") };
    assert_eq!(findings[0].fact, Fact::FixedPay { offered: Money::cents(6_000), pay: Money::cents(6_100) });
    assert_eq!(findings[0].fact.kind(), FactKind::FixedPay);
    story.must(Recruiter, Command::Adopt(adoption));
    assert_eq!(story.offer.exceptions.len(), 1);
}

#[test]
fn after_a_rejection_only_what_changed_is_asked_again() {
    let mut story = a_story(Temp).submitted();
    story.must(Ops, approve("ops", 1));
    let reject = Command::Reject { step: StepKey::new("client_contact"), version: 1, reason: "Start a week later".to_owned() };
    story.must(ClientContact, reject);
    let mut story = story.with(&field::START, "2027-01-18");
    let again = story.submit();
    let events = story.must(Recruiter, again);
    let Some(Event::Submitted { stands, .. }) = events.first() else { panic!("submitted") };
    assert_eq!(standing(stands), BTreeSet::from(["ops"]));
    assert!(matches!(story.offer.steps[&StepKey::new("client_contact")], StepState::Open { .. }));
    assert_eq!(names(&story.must(ClientContact, approve("client_contact", 2))), ["step_approved", "cleared"]);
}

#[test]
fn whoever_rejects_is_asked_again_even_about_what_they_once_approved() {
    let mut story = a_story(Temp).submitted().approved();
    adopt(&mut story, &field::BILL_RATE, "93.00");
    let reject = Command::Reject { step: StepKey::new("client_contact"), version: 2, reason: "no".to_owned() };
    // the client decides no bill rate in this firm: Operations does, and rejects
    assert!(story.asked(ClientContact, reject).is_err());
    story.must(Ops, Command::Reject { step: StepKey::new("ops"), version: 2, reason: "no".to_owned() });
    let mut story = story.with(&field::BILL_RATE, "92.00");
    let again = story.submit();
    story.must(Recruiter, again);
    assert!(matches!(story.offer.steps[&StepKey::new("ops")], StepState::Open { .. }));
}

#[test]
fn an_offer_that_ended_and_is_opened_again_asks_everybody() {
    let mut story = a_story(Temp).submitted().approved();
    story.must(Recruiter, crate::story::decline(offer::lifecycle::DeclineReason::Timeline));
    story.must(Recruiter, Command::Reopen { reason: "is interested again".to_owned() });
    let again = story.submit();
    let events = story.must(Recruiter, again);
    assert!(matches!(events.first(), Some(Event::Submitted { stands, .. }) if stands.is_empty()));
}

#[test]
fn what_two_people_change_at_once_is_merged_field_by_field() {
    let mut story = a_story(Internal).submitted();
    let mine = story.adoption(&field::PAY_BASE, "71000");
    let theirs = story.adoption(&field::JOB_TITLE, "Senior Accountant");
    story.must(Recruiter, theirs);
    story.must(Recruiter, mine);
    let terms = story.offer.terms.as_ref().unwrap();
    assert_eq!(terms.get(&field::PAY_BASE), Some(&money(7_100_000)));
    assert_eq!(terms.text(&field::JOB_TITLE), Some("Senior Accountant"));
}

#[test]
fn what_two_people_change_to_different_values_is_shown_with_both() {
    let mut story = a_story(Internal).submitted();
    let mine = story.adoption(&field::PAY_BASE, "71000");
    let theirs = story.adoption(&field::PAY_BASE, "72000");
    story.must(Recruiter, theirs);
    let conflict = FieldConflict {
        field: field::PAY_BASE,
        read: Some(money(7_000_000)),
        yours: Some(money(7_100_000)),
        theirs: Some(money(7_200_000)),
    };
    assert_eq!(story.when(Recruiter, mine), Err(Refusal::Conflict { now_at: 2, conflicts: vec![conflict.clone()] }));
    // the author of the proposal that is still open sees it too
    assert_eq!(story.offer.conflicts().into_iter().map(|(_, conflicts)| conflicts).collect::<Vec<_>>(), [vec![conflict]]);
}

#[test]
fn a_value_that_was_only_read_does_not_undo_what_somebody_else_changed() {
    let mut story = a_story(Internal).submitted();
    let Command::Adopt(mut mine) = story.adoption(&field::PAY_BASE, "71000") else { panic!("an adoption") };
    // the form sends the title as it was read, unchanged
    let title = Some(Value::Text("Staff Accountant".to_owned()));
    mine.changes.push(offer::terms::Change { field: field::JOB_TITLE, from: title.clone(), to: title });
    let theirs = story.adoption(&field::JOB_TITLE, "Senior Accountant");
    story.must(Recruiter, theirs);
    story.must(Recruiter, Command::Adopt(mine));
    assert_eq!(story.offer.terms.as_ref().unwrap().text(&field::JOB_TITLE), Some("Senior Accountant"));
}

#[test]
fn a_revision_that_touches_nothing_material_is_cosmetic() {
    let mut story = a_story(Temp).submitted().approved();
    let revision = |events: Vec<Event>| match events.into_iter().next() {
        Some(Event::TermsChanged { revision, .. }) => revision,
        other => panic!("{other:?}"),
    };
    let phone = story.adoption(&field::CANDIDATE_PHONE, "+1 916 555 0100");
    assert_eq!(revision(story.must(Recruiter, phone)), Revision::Cosmetic);
    let shift = story.adoption(&field::SHIFT, "day");
    assert_eq!(revision(story.must(Recruiter, shift)), Revision::Material);
}

#[test]
fn a_proposal_keeps_what_shows_it_and_may_hold_the_letter() {
    let mut story = a_story(Temp).submitted().approved().sent();
    let changes = story.change(&field::PAY_BASE, "62.00");
    let propose = Propose {
        version: 1,
        changes,
        why: "another hospital pays 62".to_owned(),
        evidence: "their letter of 18 November".to_owned(),
        for_candidate: true,
        hold_letter: true,
    };
    assert_eq!(names(&story.must(Recruiter, Command::Propose(propose))), ["proposed", "letter_held"]);
    let (_, proposal) = story.offer.open_proposals().next().unwrap();
    assert_eq!(proposal.evidence.as_ref().and_then(|said| said.kept()).map(String::as_str), Some("their letter of 18 November"));
    assert_eq!(story.when(Asker::Candidate, Command::Accept(acceptance(1))), Err(Refusal::LetterHeld));
}

#[test]
fn private_values_of_a_change_go_with_the_person() {
    let mut story = a_story(Temp).submitted();
    let adoption = story.adoption(&field::SPECIAL_TERMS, "May bring the dog");
    story.must(Recruiter, adoption);
    for recorded in &story.history {
        let open = offer::private::split(serde_json::to_value(&recorded.event).unwrap()).unwrap().open.to_string();
        assert!(!open.contains("the dog"), "{open}");
    }
}

#[test]
fn a_spoken_value_inside_an_approved_range_is_no_exception() {
    let base = range(&field::PAY_BASE, Some(money(6_900)), Some(money(7_200)));
    let mut story = approved_with(a_dear_nurse(), vec![base]);
    for (pay, outside) in [("71.00", false), ("72.50", true)] {
        let terms = story.clone().with(&field::PAY_BASE, pay).terms();
        let verbal = Verbal {
            occurred_at: story.now,
            spoken: terms.retain(|key| *key == field::PAY_BASE),
            response: VerbalResponse::Negotiating,
            expectation: None,
            competing_offer: None,
            competing_deadline: None,
            notes: None,
        };
        let [Event::VerbalRecorded { outside_approval, .. }] = &story.must(Recruiter, Command::RecordVerbal(verbal))[..] else {
            panic!("verbal")
        };
        assert_eq!(outside_approval.contains(&field::PAY_BASE), outside, "{pay}");
    }
}

#[test]
fn nobodys_old_approval_stands_for_what_they_ask_for_themselves() {
    let mut story = a_dear_nurse().approved();
    let grant = story.playbook.grants.iter_mut().find(|grant| grant.key == "finance-all").unwrap();
    grant.actions.push(offer::access::Action::Change);
    let Command::Adopt(adoption) = story.adoption(&field::CANDIDATE_PHONE, "+1 916 555 0100") else { panic!("an adoption") };
    // a second person of Finance, so that somebody is left to decide
    story.facts.eligible = story
        .offer
        .route
        .steps
        .iter()
        .map(|step| (step.step.clone(), [crate::story::decider(step.step.as_str()).id(), crate::firm::person('0')].into()))
        .collect();
    let events = story.must(Finance, Command::Adopt(adoption));
    let Some(Event::TermsChanged { reopened, .. }) = events.first() else { panic!("a version") };
    assert_eq!(reopened.as_slice(), [StepReopened { step: StepKey::new("finance"), because: vec![Reopening::OwnRequest] }]);
}

#[test]
fn a_submission_without_reasons_for_its_exceptions_stays_refused() {
    let story = a_story(Temp).with(&field::PAY_BASE, "70.00");
    let silent = Command::Submit(Submit { terms: story.terms(), reasons: Vec::new(), hands: BTreeMap::new() });
    assert!(matches!(story.asked(Recruiter, silent), Err(Refusal::Unexplained { .. })));
}

#[test]
fn an_approval_is_that_of_whom_the_offer_named_then() {
    let stands_after = |contact: Option<String>| {
        let mut story = a_dear_nurse();
        story.must(Ops, approve("ops", 1));
        story.must(ClientContact, approve("client_contact", 1));
        let reject = Command::Reject { step: StepKey::new("finance"), version: 1, reason: "too much".to_owned() };
        story.must(Finance, reject);
        if let Some(contact) = contact {
            story = story.with(&field::CLIENT_CONTACT, &contact);
        }
        let submit = story.submit();
        story.must(Recruiter, submit);
        matches!(story.offer.steps[&StepKey::new("client_contact")], StepState::Approved { .. })
    };
    assert!(stands_after(None));
    assert!(!stands_after(Some(crate::firm::person('9').to_string())));
}
