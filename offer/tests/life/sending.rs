//! The verbal stage, sending, and the letter.

use crate::firm::Somebody::{Finance, Recruiter};
use crate::firm::at;
use crate::story::{Asker, a_story, accept_by, acceptance, letter, names};
use offer::check::Fact;
use offer::engagement::Engagement::Temp;
use offer::field::{self, Gate};
use offer::intake;
use offer::lifecycle::{Command, Event, Mail, Refusal, Send, Status, Verbal, VerbalResponse, WaitsOn};
use offer::money::Money;
use offer::terms::{Entries, Value};

fn spoken(story: &crate::story::Story, key: &field::FieldKey, text: &str) -> Command {
    let mut entries = Entries::default();
    entries.set(key.clone(), text);
    Command::RecordVerbal(Verbal {
        occurred_at: at("2026-11-20T09:00:00Z"),
        spoken: intake::read_what_stands(&entries, &story.table),
        response: VerbalResponse::Positive,
        expectation: None,
        competing_offer: None,
        competing_deadline: None,
        notes: None,
    })
}

#[test]
fn nothing_is_sent_before_every_step_approved() {
    let mut story = a_story(Temp).submitted();
    let send = story.send();
    assert_eq!(story.when(Recruiter, send), Err(Refusal::NotInThisState { status: Status::InReview }));
}

#[test]
fn an_offer_is_sent_once_the_courier_handed_the_mail_over_and_not_before() {
    let mut story = a_story(Temp).submitted().approved();
    let send = story.send();
    assert_eq!(names(&story.must(Recruiter, send.clone())), ["send_requested"]);
    assert_eq!(story.offer.status, Status::Approved);
    assert_eq!(story.when(Recruiter, send), Err(Refusal::SendingAlready));
    story.must(Asker::Clockwork, Command::MarkSent { message: "<1@firm.example>".to_owned() });
    assert_eq!(story.offer.status, Status::Sent);
}

#[test]
fn a_mail_that_could_not_be_handed_over_may_be_sent_again() {
    let mut story = a_story(Temp).submitted().approved();
    let send = story.send();
    story.must(Recruiter, send.clone());
    story.must(Asker::Clockwork, Command::MarkSendFailed { reason: "no such host".to_owned() });
    assert_eq!(story.offer.status, Status::Approved);
    story.must(Recruiter, send);
}

#[test]
fn a_mail_that_came_back_is_seen_on_the_offer_and_may_be_sent_again() {
    let mut story = a_story(Temp).submitted().approved().sent();
    story.must(Asker::Clockwork, Command::MarkBounced { reason: "mailbox full".to_owned() });
    assert!(matches!(story.offer.letter.as_ref().unwrap().mail, Mail::Bounced { .. }));
    let send = story.send();
    story.must(Recruiter, send);
}

#[test]
fn only_who_may_send_sends_and_only_the_courier_says_so() {
    let mut story = a_story(Temp).submitted().approved();
    let send = story.send();
    assert!(matches!(story.when(Finance, send.clone()), Err(Refusal::NotAllowed { .. })));
    story.must(Recruiter, send);
    assert!(matches!(story.when(Recruiter, Command::MarkSent { message: "forged".to_owned() }), Err(Refusal::NotAllowed { .. })));
}

#[test]
fn the_accept_by_lies_ahead() {
    let mut story = a_story(Temp).submitted().approved();
    let send = Send { version: 1, letter: letter("late"), accept_by: accept_by("2026-11-20T00:00:00Z"), reasons: Vec::new() };
    assert_eq!(story.when(Recruiter, Command::Send(send)), Err(Refusal::AcceptByPast));
}

#[test]
fn a_field_that_the_send_gate_needs_holds_the_letter() {
    let mut story = a_story(Temp).submitted().approved();
    let send = story.send();
    let gates = [(field::TEAM, Gate::Send)];
    story.table = field::FieldTable::with_gates([], gates);
    let Err(Refusal::FieldsMissing { gate: Gate::Send, fields }) = story.when(Recruiter, send) else { panic!("missing") };
    assert!(fields.contains(&field::TEAM));
}

#[test]
fn a_finding_that_is_new_since_submission_holds_the_sending_until_it_has_a_reason() {
    let mut story = a_story(Temp).submitted().approved();
    story.facts.committed = offer::money::Money::cents(19_900_000);
    let silent = Send { version: 1, letter: letter("x"), accept_by: accept_by("2026-11-27T23:00:00Z"), reasons: Vec::new() };
    assert!(matches!(story.when(Recruiter, Command::Send(silent)), Err(Refusal::Unexplained { .. })));
    let send = story.send();
    story.must(Recruiter, send);
}

#[test]
fn spoken_terms_outside_what_is_approved_are_an_exception() {
    let mut story = a_story(Temp).submitted();
    let same = spoken(&story, &field::PAY_BASE, "60.00");
    let [Event::VerbalRecorded { outside_approval, status, .. }] = &story.must(Recruiter, same.clone())[..] else { panic!("verbal") };
    assert_eq!((outside_approval.as_slice(), *status), ([field::PAY_BASE].as_slice(), Status::InReview), "nothing is approved yet");
    let mut story = story.approved();
    let [Event::VerbalRecorded { outside_approval, .. }] = &story.must(Recruiter, same)[..] else { panic!("verbal") };
    assert_eq!(outside_approval.as_slice(), []);
    let bonus = spoken(&story, &field::SIGN_ON, "5000");
    let [Event::VerbalRecorded { outside_approval, .. }] = &story.must(Recruiter, bonus)[..] else { panic!("verbal") };
    assert_eq!(outside_approval.as_slice(), [field::SIGN_ON], "a sign-on that nobody approved");
}

#[test]
fn a_held_letter_cannot_be_signed_until_it_is_released() {
    let mut story = a_story(Temp).submitted().approved().sent();
    story.must(Recruiter, Command::Hold { reason: "a counteroffer is being looked at".to_owned() });
    assert_eq!(story.when(Asker::Candidate, Command::Accept(acceptance(1))), Err(Refusal::LetterHeld));
    story.must(Recruiter, Command::Release);
    story.must(Asker::Candidate, Command::Accept(acceptance(1)));
}

#[test]
fn a_letter_that_is_stopped_waits_on_the_recruiter_since_it_was() {
    for stop in [Command::Hold { reason: "a counteroffer".to_owned() }, Command::MarkBounced { reason: "mailbox full".to_owned() }] {
        let mut story = a_story(Temp).submitted().approved().sent();
        story.now = at("2026-11-23T15:00:00Z");
        let asker = if matches!(stop, Command::Hold { .. }) { Asker::from(Recruiter) } else { Asker::Clockwork };
        story.must(asker, stop);
        assert_eq!(story.offer.waits_on(&story.playbook), [(WaitsOn::Recruiter, at("2026-11-23T15:00:00Z"))]);
    }
}

#[test]
fn a_mail_that_could_not_be_handed_over_waits_on_the_recruiter_since_the_courier_gave_up() {
    let mut story = a_story(Temp).submitted().approved();
    let send = story.send();
    story.must(Recruiter, send);
    story.now = at("2026-11-23T15:00:00Z");
    story.must(Asker::Clockwork, Command::MarkSendFailed { reason: "no such host".to_owned() });
    assert_eq!(story.offer.waits_on(&story.playbook), [(WaitsOn::Recruiter, at("2026-11-23T15:00:00Z"))]);
}

#[test]
fn moving_the_accept_by_makes_a_new_letter_and_the_old_one_is_no_longer_signed() {
    let mut story = a_story(Temp).submitted().approved().sent();
    let moved = Command::MoveAcceptBy {
        accept_by: accept_by("2026-12-04T23:00:00Z"),
        letter: letter("moved"),
        reason: "asked for a week".to_owned(),
    };
    story.must(Recruiter, moved);
    assert_eq!(story.when(Asker::Candidate, Command::Accept(acceptance(1))), Err(Refusal::LetterDiffers));
    assert_eq!(story.offer.earlier_letters.len(), 1);
}

#[test]
fn the_first_opening_is_recorded_and_later_ones_are_not() {
    let mut story = a_story(Temp).submitted().approved().sent();
    assert_eq!(names(&story.must(Asker::Candidate, Command::View)), ["viewed"]);
    assert_eq!(names(&story.must(Asker::Candidate, Command::View)), Vec::<String>::new());
}

#[test]
fn a_sign_on_that_was_promised_by_word_and_is_not_in_the_letter_holds_the_sending() {
    let mut story = a_story(Temp).submitted().approved();
    let promised = spoken(&story, &field::SIGN_ON, "5000");
    story.must(Recruiter, promised);
    let silent = Send { version: 1, letter: letter("x"), accept_by: accept_by("2026-11-27T23:00:00Z"), reasons: Vec::new() };
    let Err(Refusal::Unexplained { findings }) = story.when(Recruiter, Command::Send(silent)) else { panic!("held") };
    let [finding] = findings.as_slice() else { panic!("{findings:?}") };
    assert_eq!(finding.field, field::SIGN_ON);
    let spoken = Some(Value::Money(Money::cents(500_000)));
    assert_eq!(finding.fact, Fact::SpokenDiffers { spoken, written: None });
    let send = story.send();
    let events = story.must(Recruiter, send.clone());
    let Some(Event::SendRequested { exceptions, .. }) = events.first() else { panic!("sent") };
    assert_eq!(exceptions.len(), 1, "and the reason is kept");
    // the same difference is not asked about twice
    story.must(Asker::Clockwork, Command::MarkSendFailed { reason: "no such host".to_owned() });
    let silent = Send { version: 1, letter: letter("x"), accept_by: accept_by("2026-11-27T23:00:00Z"), reasons: Vec::new() };
    story.must(Recruiter, Command::Send(silent));
}

#[test]
fn what_was_said_last_counts_and_what_is_written_alike_holds_nothing() {
    let mut story = a_story(Temp).submitted().approved();
    for pay in ["58.00", "60.00"] {
        let said = spoken(&story, &field::PAY_BASE, pay);
        story.must(Recruiter, said);
    }
    assert_eq!(story.offer.findings_at_send(&story.offer.findings, &story.table), []);
}

#[test]
fn what_the_candidate_asked_for_since_replaces_what_was_said() {
    let mut story = a_story(Temp).submitted().approved();
    let said = spoken(&story, &field::PAY_BASE, "60.00");
    story.must(Recruiter, said);
    let adoption = story.adoption(&field::PAY_BASE, "62.00");
    story.must(Recruiter, adoption);
    assert_eq!(story.offer.findings_at_send(&story.offer.findings, &story.table), []);
}

#[test]
fn what_the_firm_changes_after_it_was_said_differs() {
    let mut story = a_story(Temp).submitted().approved();
    let said = spoken(&story, &field::PAY_BASE, "60.00");
    story.must(Recruiter, said);
    let changes = story.change(&field::PAY_BASE, "59.00");
    let Command::Propose(propose) = story.proposal(changes.clone()) else { panic!("a proposal") };
    let ours = Command::Propose(offer::lifecycle::Propose { for_candidate: false, ..propose });
    let Some(Event::Proposed { proposal, .. }) = story.must(Recruiter, ours).into_iter().next() else { panic!("a proposal") };
    let adopt = offer::lifecycle::Adopt { proposal, version: 1, changes, why: "the client pays less".to_owned(), reasons: Vec::new() };
    story.must(Recruiter, Command::Adopt(adopt));
    assert_eq!(story.offer.findings_at_send(&story.offer.findings, &story.table).len(), 1);
}

#[test]
fn a_letter_that_was_read_is_not_turned_over_to_another_person() {
    let mut story = a_story(Temp).submitted().approved().sent();
    let name = story.adoption(&field::CANDIDATE_NAME, "Zoe Nobody");
    story.must(Recruiter, name);
    assert_eq!(story.offer.status, Status::InReview, "whoever decides who starts is asked about another name");
    let address = story.adoption(&field::CANDIDATE_EMAIL, "zoe@else.example");
    assert_eq!(story.when(Recruiter, address).err(), Some(Refusal::AnotherPerson));
}

#[test]
fn an_accept_by_that_has_passed_is_handed_in_with_a_reason() {
    let refused = |day: &str| {
        let mut story = a_story(Temp).with(&field::ACCEPT_BY, day).with(&field::ACCEPT_BY_ZONE, "America/Chicago");
        let submit = story.submit();
        story.when(Recruiter, submit).err()
    };
    let Some(Refusal::Unexplained { findings }) = refused("2026-11-02T17:00") else { panic!("a reason is needed") };
    assert!(matches!(findings.first().map(|finding| &finding.fact), Some(Fact::AcceptByPassed { .. })), "{findings:?}");
    assert_eq!(refused("2026-12-18T17:00"), None);
}
