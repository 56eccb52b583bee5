//! Questions, requests and new versions.

use crate::firm::Somebody::{ClientContact, Recruiter};
use crate::story::{Asker, a_story, acceptance, approve, names};
use offer::engagement::Engagement::{Internal, Temp};
use offer::field;
use offer::id::StepKey;
use offer::lifecycle::{Command, Event, ProposalOutcome, Refusal, Status, StepState};

#[test]
fn a_request_of_the_candidate_kills_nothing() {
    let mut story = a_story(Temp).submitted().approved().sent();
    story.must(Asker::Candidate, Command::RequestChange { why: "Could it be 62?".to_owned() });
    assert_eq!(story.offer.open_proposals().count(), 1);
    story.must(Asker::Candidate, Command::Accept(acceptance(1)));
}

#[test]
fn adopting_a_change_makes_a_version_and_the_old_letter_cannot_be_signed() {
    let mut story = a_story(Temp).submitted().approved().sent();
    let adopt = story.adoption(&field::PAY_BASE, "62.00");
    story.must(Recruiter, adopt);
    assert_eq!((story.offer.version, story.offer.status), (2, Status::InReview));
    assert_eq!(story.when(Asker::Candidate, Command::Accept(acceptance(1))), Err(Refusal::LetterReplaced { now_at: 2 }));
}

#[test]
fn a_counteroffer_of_base_pay_reopens_who_decides_it_and_nobody_else() {
    let mut story = a_story(Temp).submitted().approved().sent();
    let adopt = story.adoption(&field::PAY_BASE, "62.00");
    let events = story.must(Recruiter, adopt);
    let Some(Event::TermsChanged { stands, reopened, .. }) = events.first() else { panic!("a version") };
    assert_eq!(stands.iter().map(|stands| stands.step.as_str()).collect::<Vec<_>>(), ["client_contact"]);
    assert_eq!(reopened.iter().map(|reopened| reopened.step.as_str()).collect::<Vec<_>>(), ["ops"]);
    assert!(matches!(story.offer.steps[&StepKey::new("client_contact")], StepState::Approved { .. }));
    assert_eq!(names(&story.must(crate::firm::Somebody::Ops, approve("ops", 2))), ["step_approved", "cleared"]);
}

#[test]
fn a_change_that_no_approval_covers_clears_at_once() {
    let mut story = a_story(Temp).submitted().approved();
    let adopt = story.adoption(&field::CANDIDATE_PHONE, "+1 916 555 0100");
    assert_eq!(names(&story.must(Recruiter, adopt)), ["terms_changed", "cleared"]);
    assert_eq!(story.offer.status, Status::Approved);
}

#[test]
fn a_non_standard_clause_adds_legal_and_taking_it_out_removes_the_step() {
    let mut story = a_story(Temp).submitted().approved();
    let adopt = story.adoption(&field::CLAUSES, "HIPAA;NON-COMPETE");
    story.must(Recruiter, adopt);
    assert!(story.offer.route.step(&StepKey::new("legal")).is_some());
    let adopt = story.adoption(&field::CLAUSES, "HIPAA");
    story.must(Recruiter, adopt);
    assert!(story.offer.route.step(&StepKey::new("legal")).is_none());
}

#[test]
fn a_proposal_is_decided_once() {
    let mut story = a_story(Internal).submitted();
    let adopt = story.adoption(&field::PAY_BASE, "72000");
    let Command::Adopt(adopted) = &adopt else { panic!("an adoption") };
    let proposal = adopted.proposal.clone();
    story.must(Recruiter, Command::RefuseProposal { proposal: proposal.clone(), reason: "no".to_owned() });
    assert!(matches!(story.offer.proposals[&proposal].outcome, ProposalOutcome::Refused { .. }));
    assert_eq!(story.when(Recruiter, adopt), Err(Refusal::NothingChanges));
}

#[test]
fn a_question_is_answered_once_and_waits_on_the_recruiter_until_then() {
    let mut story = a_story(Temp).submitted().approved().sent();
    let asked = story.must(Asker::Candidate, Command::Ask { text: "Is parking free?".to_owned() });
    let Some(Event::Asked { question, .. }) = asked.into_iter().next() else { panic!("a question") };
    assert_eq!(story.standing().open_questions, 1);
    let answer = Command::AnswerQuestion { question, text: "Yes.".to_owned() };
    assert!(story.asked(ClientContact, answer.clone()).is_err());
    story.must(Recruiter, answer.clone());
    assert_eq!(story.when(Recruiter, answer), Err(Refusal::NothingChanges));
}

#[test]
fn nothing_is_negotiated_after_the_signature() {
    let mut story = a_story(Temp).submitted().approved().sent().accepted();
    let changes = story.change(&field::PAY_BASE, "62.00");
    let propose = story.proposal(changes);
    assert_eq!(story.when(Recruiter, propose), Err(Refusal::NotInThisState { status: Status::Accepted }));
}
