//! Acceptance and the ends: one winner.

use crate::firm::Somebody::{Hrbp, Legal, Recruiter};
use crate::firm::at;
use crate::story::{Asker, a_story, acceptance, decline, names};
use offer::engagement::Engagement::{Internal, Temp};
use offer::field;
use offer::id::{ContingencyKind, role};
use offer::lifecycle::{Command, ContingencyState, DeclineReason, Ending, Event, Refusal, Status};

#[test]
fn acceptance_takes_the_lowest_free_seat_and_opens_the_hand_off() {
    let mut story = a_story(Temp).submitted().approved().sent();
    story.facts.requisition.seats = 3;
    story.facts.seats_taken = [1].into();
    let events = story.must(Asker::Candidate, Command::Accept(acceptance(1)));
    assert_eq!(names(&events), ["accepted", "handoff_opened", "handoff_opened", "handoff_opened"]);
    assert!(matches!(events.first(), Some(Event::Accepted { seat: 2, .. })));
}

#[test]
fn without_a_free_seat_nobody_is_hired_twice() {
    let mut story = a_story(Temp).submitted().approved().sent();
    story.facts.seats_taken = [1].into();
    assert_eq!(story.when(Asker::Candidate, Command::Accept(acceptance(1))), Err(Refusal::NoSeatFree));
}

#[test]
fn after_one_answer_every_other_is_refused() {
    for (answer, status) in [(Command::Accept(acceptance(1)), Status::Accepted), (decline(DeclineReason::Comp), Status::Declined)] {
        let mut story = a_story(Temp).submitted().approved().sent();
        story.must(Asker::Candidate, answer);
        for late in [Command::Accept(acceptance(1)), decline(DeclineReason::Role)] {
            assert_eq!(story.when(Asker::Candidate, late), Err(Refusal::AnsweredAlready { status }));
        }
        assert!(story.when(Asker::Clockwork, Command::Expire).is_err());
    }
}

#[test]
fn the_server_decides_expiry_at_the_time_of_the_command_whoever_was_late() {
    let mut story = a_story(Temp).submitted().approved().sent();
    let deadline = at("2026-11-27T23:00:00Z");
    assert_eq!(story.when(Asker::Clockwork, Command::Expire), Err(Refusal::NotExpired { at: deadline }));
    story.now = at("2026-11-27T23:00:00.000001Z");
    assert_eq!(story.when(Asker::Candidate, Command::Accept(acceptance(1))), Err(Refusal::Expired { at: deadline }));
    story.must(Asker::Clockwork, Command::Expire);
    assert_eq!(story.offer.ending, Some(Ending::Expired));
}

#[test]
fn a_decline_before_anything_was_written_is_recorded_all_the_same() {
    let mut story = a_story(Temp).submitted();
    let events = story.must(Recruiter, decline(DeclineReason::Timeline));
    assert!(matches!(events.as_slice(), [Event::Declined { primary: DeclineReason::Timeline, written: false, .. }]));
}

#[test]
fn a_decline_after_the_letter_counts_as_written() {
    let mut story = a_story(Temp).submitted().approved().sent();
    let events = story.must(Asker::Candidate, decline(DeclineReason::CounterOffer));
    assert!(matches!(events.as_slice(), [Event::Declined { written: true, .. }]));
}

#[test]
fn what_must_be_met_before_acceptance_holds_the_signature() {
    let mut story = a_story(Temp).with(&field::CONTINGENCIES, "references").submitted().approved().sent();
    let kinds = vec![ContingencyKind::new("references")];
    assert_eq!(story.when(Asker::Candidate, Command::Accept(acceptance(1))), Err(Refusal::ContingencyOpen { kinds }));
    let story = story.resolved("references", ContingencyState::Cleared).accepted();
    assert_eq!(story.offer.status, Status::Accepted);
}

#[test]
fn a_sent_offer_is_not_cancelled_it_is_rescinded() {
    let mut story = a_story(Internal).submitted().approved().sent();
    assert_eq!(
        story.when(Recruiter, Command::Cancel { reason: "budget".to_owned() }),
        Err(Refusal::NotInThisState { status: Status::Sent })
    );
}

#[test]
fn a_rescission_needs_a_reason_and_everyone_who_must_agree() {
    let mut story = a_story(Internal).with(&field::SPECIAL_TERMS, "garden leave").submitted().approved().sent();
    assert_eq!(story.when(Recruiter, Command::AskRescission { reason: String::new() }), Err(Refusal::ReasonMissing));
    story.must(Recruiter, Command::AskRescission { reason: "the client closed the unit".to_owned() });
    assert_eq!(story.when(Recruiter, Command::AgreeRescission), Err(Refusal::OwnRequest));
    assert_eq!(names(&story.must(Hrbp, Command::AgreeRescission)), ["rescission_agreed"]);
    assert_eq!(story.when(Hrbp, Command::AgreeRescission), Err(Refusal::NotAsked));
    assert_eq!(names(&story.must(Legal, Command::AgreeRescission)), ["rescission_agreed", "rescinded"]);
    assert_eq!(story.offer.status, Status::Rescinded);
}

#[test]
fn whoever_holds_two_of_the_roles_that_must_agree_to_a_rescission_agrees_once() {
    let mut story = a_story(Internal).with(&field::SPECIAL_TERMS, "garden leave").submitted().approved().sent();
    story.second_roles = vec![(Hrbp, role::LEGAL)];
    story.must(Recruiter, Command::AskRescission { reason: "the client closed the unit".to_owned() });
    assert_eq!(names(&story.must(Hrbp, Command::AgreeRescission)), ["rescission_agreed"]);
    let again = story.when(Hrbp, Command::AgreeRescission);
    assert_eq!(again, Err(Refusal::AgreedForAnother { role: role::LEGAL }), "the other role is said, for somebody else to give");
    assert_eq!(story.offer.status, Status::Sent);
    assert_eq!(names(&story.must(Legal, Command::AgreeRescission)), ["rescission_agreed", "rescinded"]);
}

#[test]
fn a_rescission_after_acceptance_frees_the_seat() {
    let mut story = a_story(Internal).submitted().approved().sent().accepted();
    story.must(Recruiter, Command::AskRescission { reason: "the check failed".to_owned() });
    story.must(Hrbp, Command::AgreeRescission);
    let events = story.must(Legal, Command::AgreeRescission);
    assert!(matches!(events.last(), Some(Event::Rescinded { seat: Some(1) })));
}

#[test]
fn a_candidate_may_accept_while_a_rescission_is_only_asked_for() {
    let mut story = a_story(Internal).submitted().approved().sent();
    story.must(Recruiter, Command::AskRescission { reason: "budget".to_owned() });
    story.must(Hrbp, Command::AgreeRescission);
    story.must(Asker::Candidate, Command::Accept(acceptance(1)));
}

#[test]
fn a_declined_offer_may_be_reopened_with_its_terms_on_the_same_thread() {
    let mut story = a_story(Temp).submitted().approved().sent();
    story.must(Asker::Candidate, decline(DeclineReason::Comp));
    story.must(Recruiter, Command::Reopen { reason: "they called back".to_owned() });
    assert_eq!(story.offer.status, Status::Draft);
    let submit = story.submit();
    story.must(Recruiter, submit);
    assert_eq!(story.offer.version, 2);
}

#[test]
fn the_name_and_the_box_are_the_candidates_to_fill() {
    let mut story = a_story(Temp).submitted().approved().sent();
    let mut nameless = acceptance(1);
    nameless.typed_name = " ".to_owned();
    assert_eq!(story.when(Asker::Candidate, Command::Accept(nameless)), Err(Refusal::NameMissing));
    let mut unticked = acceptance(1);
    unticked.consent = None;
    assert_eq!(story.when(Asker::Candidate, Command::Accept(unticked)), Err(Refusal::ConsentMissing));
    assert!(matches!(story.when(Recruiter, Command::Accept(acceptance(1))), Err(Refusal::NotAllowed { .. })));
}
