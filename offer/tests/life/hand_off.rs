//! Contingencies, the hand-off, and the first day.

use crate::firm::Somebody::{HrOps, It, Payroll, Recruiter};
use crate::firm::{at, day};
use crate::story::{Asker, a_story, acceptance, names};
use offer::engagement::Engagement::{Internal, Temp};
use offer::field;
use offer::id::{ContingencyKind, RecipientKey};
use offer::lifecycle::{Command, ContingencyState, NotStartedBy, Refusal, Status};

fn acknowledge(recipient: &'static str) -> Command {
    Command::Acknowledge { recipient: RecipientKey::new(recipient), reference: "TCK-1".to_owned() }
}

#[test]
fn a_contingency_due_before_the_hand_off_holds_it_and_clearing_it_opens_it() {
    let mut story = a_story(Temp).with(&field::CONTINGENCIES, "background_check").submitted().approved().sent();
    assert_eq!(names(&story.must(Asker::Candidate, Command::Accept(acceptance(1)))), ["accepted"]);
    let story = story.resolved("background_check", ContingencyState::Cleared);
    assert_eq!(story.offer.handoffs.len(), 3);
}

#[test]
fn a_failed_check_opens_nothing() {
    let story = a_story(Temp).with(&field::CONTINGENCIES, "background_check").submitted().approved().sent().accepted();
    let story = story.resolved("background_check", ContingencyState::Failed);
    assert_eq!(story.offer.handoffs.len(), 0);
}

#[test]
fn each_recipient_takes_over_for_itself_and_the_last_one_completes_the_hand_off() {
    let mut story = a_story(Internal).submitted().approved().sent().accepted();
    assert!(matches!(story.when(It, acknowledge("payroll")), Err(Refusal::NotAllowed { .. })));
    story.must(HrOps, acknowledge("hr_ops"));
    assert!(matches!(story.when(HrOps, acknowledge("hr_ops")), Err(Refusal::AcknowledgedAlready { .. })));
    story.must(It, acknowledge("it"));
    assert_eq!(names(&story.must(Payroll, acknowledge("payroll"))), ["handoff_acknowledged", "handed_off"]);
}

#[test]
fn moving_the_start_reopens_only_the_hand_offs_that_carry_it() {
    let mut story = a_story(Internal).submitted().approved().sent().accepted().acknowledged();
    story.must(Recruiter, Command::MoveStart { to: day("2027-01-25"), reason: "notice period".to_owned() });
    let open: Vec<&str> =
        story.offer.handoffs.iter().filter(|(_, handoff)| handoff.acknowledged.is_none()).map(|(key, _)| key.as_str()).collect();
    assert_eq!(open, ["hr_ops", "payroll"]);
    assert_eq!(story.offer.status, Status::Accepted);
    assert_eq!(story.offer.terms.as_ref().unwrap().day(&field::START), Some(day("2027-01-25")));
}

#[test]
fn somebody_starts_once_everything_due_before_the_start_is_met() {
    let mut story = a_story(Internal).with(&field::CONTINGENCIES, "drug_screen").submitted().approved().sent().accepted().acknowledged();
    story.now = at("2027-01-11T15:00:00Z");
    let kinds = vec![ContingencyKind::new("drug_screen")];
    assert_eq!(story.when(Recruiter, Command::Start { day: day("2027-01-11") }), Err(Refusal::ContingencyOpen { kinds }));
    let story = story.resolved("drug_screen", ContingencyState::Waived).started();
    assert_eq!(story.offer.status, Status::Started);
}

#[test]
fn nobody_has_started_on_a_day_that_has_not_come() {
    let mut story = a_story(Internal).submitted().approved().sent().accepted().acknowledged();
    assert_eq!(story.when(Recruiter, Command::Start { day: day("2027-01-11") }), Err(Refusal::NotThatDay));
}

#[test]
fn a_signed_hire_who_does_not_start_is_recorded_with_whose_doing_it_was() {
    let mut story = a_story(Internal).submitted().approved().sent().accepted();
    story.must(Recruiter, Command::NotStart { by: NotStartedBy::Candidate, reason: "took the other job".to_owned() });
    assert_eq!(story.offer.status, Status::DidNotStart);
}
