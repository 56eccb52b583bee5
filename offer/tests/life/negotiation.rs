//! Questions, requests and new versions.

use crate::firm::Somebody::{ClientContact, Recruiter};
use crate::story::{Asker, a_story, acceptance, approve, names};
use offer::engagement::Engagement::{Internal, Temp};
use offer::field;
use offer::id::StepKey;
use offer::lifecycle::{AskedBy, Command, Event, ProposalOutcome, Propose, Refusal, Status, StepState, WaitsOn};
use offer::measure::{MoveKind, negotiation};
use offer::money::Money;
use offer::terms::Value;

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
fn an_undecided_change_waits_on_the_recruiter_also_before_the_letter_goes_out() {
    let on_recruiter =
        |story: &crate::story::Story| story.offer.waits_on(&story.playbook).into_iter().filter(|(on, _)| *on == WaitsOn::Recruiter).count();
    for (mut story, without) in [(a_story(Internal).submitted(), 0), (a_story(Internal).submitted().approved(), 1)] {
        assert_eq!(on_recruiter(&story), without);
        let changes = story.change(&field::PAY_BASE, "72000");
        let propose = story.proposal(changes);
        story.must(Recruiter, propose);
        assert_eq!(on_recruiter(&story), 1);
        let proposal = story.offer.open_proposals().next().map(|(id, _)| id.clone()).unwrap();
        story.must(Recruiter, Command::RefuseProposal { proposal, reason: "no".to_owned() });
        assert_eq!(on_recruiter(&story), without);
    }
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

fn hold(story: &crate::story::Story, text: &str) -> Command {
    let changes = story.change(&field::PAY_BASE, text);
    let (why, evidence) = ("another hospital pays more".to_owned(), "their letter of November 18".to_owned());
    Command::Propose(Propose { version: story.offer.version, changes, why, evidence, for_candidate: true, hold_letter: true })
}

fn pay(cents: i64) -> Option<Value> {
    Some(Value::Money(Money::cents(cents)))
}

#[test]
fn a_letter_that_is_held_until_a_proposal_is_decided_is_open_again_when_it_is_refused() {
    let mut story = a_story(Temp).submitted().approved().sent();
    let held = hold(&story, "62.00");
    story.must(Recruiter, held);
    assert_eq!(story.when(Asker::Candidate, Command::Accept(acceptance(1))), Err(Refusal::LetterHeld));
    let proposal = story.offer.open_proposals().next().map(|(id, _)| id.clone()).unwrap();
    let refused = story.must(Recruiter, Command::RefuseProposal { proposal, reason: "no budget".to_owned() });
    assert_eq!(names(&refused), ["proposal_refused", "letter_released"]);
    story.must(Asker::Candidate, Command::Accept(acceptance(1)));
}

#[test]
fn a_letter_that_somebody_holds_stays_held_whatever_becomes_of_a_proposal() {
    let mut story = a_story(Temp).submitted().approved().sent();
    story.must(Recruiter, Command::Hold { reason: "the client calls on Monday".to_owned() });
    let held = hold(&story, "62.00");
    assert_eq!(names(&story.must(Recruiter, held)), ["proposed"]);
    let proposal = story.offer.open_proposals().next().map(|(id, _)| id.clone()).unwrap();
    assert_eq!(names(&story.must(Recruiter, Command::RefuseProposal { proposal, reason: "no".to_owned() })), ["proposal_refused"]);
    assert!(story.standing().held);
}

#[test]
fn a_proposal_says_whether_it_was_adopted_as_asked_or_adjusted() {
    let mut story = a_story(Temp).submitted();
    let as_asked = story.adoption(&field::PAY_BASE, "62.00");
    story.must(Recruiter, as_asked);
    let Command::Adopt(mut adjusted) = story.adoption(&field::PAY_BASE, "66.00") else { panic!("an adoption") };
    adjusted.changes = story.change(&field::PAY_BASE, "64.00");
    story.must(Recruiter, Command::Adopt(adjusted));
    let outcomes: Vec<(u32, bool)> = story
        .offer
        .proposals
        .values()
        .filter_map(|proposal| match proposal.outcome {
            ProposalOutcome::Adopted { version, adjusted } => Some((version, adjusted)),
            _ => None,
        })
        .collect();
    assert!(outcomes.contains(&(2, false)) && outcomes.contains(&(3, true)), "{outcomes:?}");
}

#[test]
fn whoever_proposes_another_value_for_what_changed_meanwhile_is_told_both() {
    let mut story = a_story(Temp).submitted();
    let mine = story.change(&field::PAY_BASE, "64.00");
    let theirs = story.adoption(&field::PAY_BASE, "62.00");
    story.must(Recruiter, theirs);
    let late = |changes| {
        Command::Propose(Propose {
            version: 1,
            ..match story.proposal(changes) {
                Command::Propose(it) => it,
                _ => panic!("a proposal"),
            }
        })
    };
    let Err(Refusal::Conflict { now_at: 2, conflicts }) = story.asked(Recruiter, late(mine)) else { panic!("a conflict") };
    assert_eq!((&conflicts[0].read, &conflicts[0].yours, &conflicts[0].theirs), (&pay(6_000), &pay(6_400), &pay(6_200)));
    let same = offer::terms::Change { field: field::PAY_BASE, from: pay(6_000), to: pay(6_200) };
    assert_eq!(story.asked(Recruiter, late(vec![same])), Err(Refusal::NothingChanges));
}

#[test]
fn the_record_of_a_negotiation_says_what_was_offered_each_ask_each_concession_and_what_was_accepted() {
    let mut story = a_story(Temp).submitted().approved().sent();
    assert_eq!(negotiation(story.offer.id.clone(), &story.history), None, "nobody asked for anything");
    let asked = story.adoption(&field::PAY_BASE, "64.00");
    let Command::Adopt(mut adopted) = asked else { panic!("an adoption") };
    adopted.changes = story.change(&field::PAY_BASE, "62.00");
    story.must(Recruiter, Command::Adopt(adopted));
    let mut story = story.approved().sent();
    let shift = story.change(&field::SHIFT, "day");
    let ask = story.proposal(shift);
    story.must(Recruiter, ask);
    let proposal = story.offer.open_proposals().next().map(|(id, _)| id.clone()).unwrap();
    story.must(Recruiter, Command::RefuseProposal { proposal, reason: "not for an assignment".to_owned() });
    let story = story.accepted();

    let record = negotiation(story.offer.id.clone(), &story.history).unwrap();
    let moves: Vec<&str> = record
        .moves
        .iter()
        .map(|made| match &made.what {
            MoveKind::Offered { spoken: false, version: 1 } => "written first",
            MoveKind::Asked { asked_by: AskedBy::Candidate, .. } => "asked",
            MoveKind::Conceded { adjusted: true, version: 2, .. } => "adjusted",
            MoveKind::Refused { .. } => "refused",
            MoveKind::Accepted { version: 2 } => "accepted",
            other => panic!("{other:?}"),
        })
        .collect();
    assert_eq!(moves, ["written first", "asked", "adjusted", "asked", "refused", "accepted"]);
    let pay_base = record.fields.iter().find(|field| field.field == field::PAY_BASE).unwrap();
    assert_eq!((&pay_base.offered, &pay_base.asked, &pay_base.now), (&pay(6_000), &pay(6_400), &pay(6_200)));
    assert!(record.accepted);
}

#[test]
fn a_mistyped_address_that_the_firm_sets_right_is_no_negotiation() {
    let mut story = a_story(Temp).submitted().approved().sent();
    let change = story.change(&field::CANDIDATE_EMAIL, "right@mail.example");
    let Command::Propose(asked) = story.proposal(change) else { panic!("a proposal") };
    story.must(Recruiter, Command::Propose(Propose { for_candidate: false, ..asked.clone() }));
    assert_eq!(negotiation(story.offer.id.clone(), &story.history), None);
    let mut theirs = a_story(Temp).submitted().approved().sent();
    theirs.must(Recruiter, Command::Propose(asked));
    assert!(negotiation(theirs.offer.id.clone(), &theirs.history).is_some(), "what the candidate asks for is");
}

#[test]
fn who_is_asked_again_is_told_why_by_what_they_approved() {
    let mut story = a_story(Temp).submitted().approved();
    let adopt = story.adoption(&field::PAY_BASE, "62.00");
    story.must(Recruiter, adopt);
    let ops = story.offer.route.step(&StepKey::new("ops")).cloned().unwrap();
    let (approval, because) = story.offer.fallen_approval(&ops, None).unwrap();
    assert_eq!(approval.coverage.version, 1);
    assert!(matches!(because.as_slice(), [offer::policy::Reopening::Left { field, .. }] if *field == field::PAY_BASE), "{because:?}");
    let client = story.offer.route.step(&StepKey::new("client_contact")).cloned().unwrap();
    assert_eq!(story.offer.fallen_approval(&client, None), None, "what stands is not asked again");
}

#[test]
fn what_was_spoken_outside_what_is_approved_is_counted_as_an_exception() {
    let mut story = a_story(Temp).submitted().approved();
    let before = story.offer.exceptions_counted();
    let spoken = story.terms().with(&story.change(&field::PAY_BASE, "66.00"), &story.table).retain(|key| *key == field::PAY_BASE);
    let verbal = offer::lifecycle::Verbal {
        occurred_at: story.now,
        spoken,
        response: offer::lifecycle::VerbalResponse::Positive,
        expectation: None,
        competing_offer: None,
        competing_deadline: None,
        notes: None,
    };
    story.must(Recruiter, Command::RecordVerbal(verbal));
    assert_eq!(story.offer.exceptions_counted(), before + 1);
    let story = story.sent();
    assert_eq!(story.offer.exceptions_counted(), before + 1, "sent with its reason, it is the same exception");
}
