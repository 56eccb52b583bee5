//! How long a verbal offer stands unwritten, and who kept it waiting.

use crate::firm::Somebody::{Ops, Recruiter};
use crate::firm::{at, day};
use crate::story::{Asker, Story, a_story, approve, decline};
use offer::engagement::Engagement::Temp;
use offer::field;
use offer::id::StepKey;
use offer::lifecycle::{Command, DeclineReason, Ending, Status, Verbal, VerbalResponse};
use offer::measure::{Pace, exposure, fell_through_after_verbal, waited};
use offer::moment::Moment;

const HOUR: i64 = 3_600;

fn spoken_at(story: &mut Story, moment: Moment, deadline: Option<&str>) {
    let terms = story.offer.terms.clone().unwrap();
    let verbal = Verbal {
        occurred_at: moment,
        spoken: terms.retain(|key| *key == field::PAY_BASE),
        response: VerbalResponse::Positive,
        expectation: None,
        competing_offer: None,
        competing_deadline: deadline.map(day),
        notes: None,
    };
    story.must(Recruiter, Command::RecordVerbal(verbal));
}

fn pace() -> Pace {
    let steps = [("ops", 4), ("client_contact", 20)].map(|(step, hours)| (StepKey::new(step), hours * HOUR)).into();
    Pace { steps, letter: Some(2 * HOUR) }
}

#[test]
fn a_verbal_offer_is_exposed_until_it_is_written() {
    let mut story = a_story(Temp).submitted();
    let since = at("2026-11-20T15:00:00Z");
    spoken_at(&mut story, since, None);
    let exposed = exposure(&story.offer, at("2026-11-20T21:00:00Z"), &pace()).unwrap();
    assert_eq!((exposed.since, exposed.until, exposed.seconds), (since, None, 6 * HOUR));
    let story = story.approved().sent();
    let written = exposure(&story.offer, at("2026-12-01T15:00:00Z"), &pace()).unwrap();
    assert!(written.until.is_some() && written.seconds < HOUR, "{written:?}");
    assert_eq!(written.written_by, None);
}

#[test]
fn a_letter_on_its_way_is_written_and_one_that_the_mail_system_did_not_take_is_not() {
    let mut story = a_story(Temp).submitted();
    let since = story.now;
    spoken_at(&mut story, since, None);
    let mut story = story.approved();
    let send = story.send();
    story.must(Recruiter, send);
    assert!(exposure(&story.offer, story.now, &pace()).unwrap().until.is_some());
    story.must(Asker::Clockwork, Command::MarkSendFailed { reason: "mailbox full".to_owned() });
    assert_eq!(exposure(&story.offer, story.now, &pace()).unwrap().until, None);
}

#[test]
fn a_word_after_the_letter_is_not_exposed() {
    let mut story = a_story(Temp).submitted().approved().sent();
    let later = story.now.plus_seconds(HOUR);
    spoken_at(&mut story, later, None);
    assert_eq!(exposure(&story.offer, later, &pace()), None);
}

#[test]
fn the_routes_own_past_says_when_it_will_be_written_and_whether_that_is_too_late() {
    let mut story = a_story(Temp).submitted();
    let since = at("2026-11-20T15:00:00Z");
    spoken_at(&mut story, since, Some("2026-11-20"));
    let exposed = exposure(&story.offer, since, &pace()).unwrap();
    // four hours of Operations, then twenty of the client, then two for the letter
    let expected = story.history[1].at.plus_seconds(26 * HOUR);
    assert_eq!(exposed.written_by, Some(expected));
    assert!(exposed.will_miss, "tomorrow is too late");
    spoken_at(&mut story, since, Some("2026-11-23"));
    assert!(!exposure(&story.offer, since, &pace()).unwrap().will_miss);
}

#[test]
fn without_a_past_nothing_is_predicted() {
    let mut story = a_story(Temp).submitted();
    spoken_at(&mut story, at("2026-11-20T15:00:00Z"), None);
    assert_eq!(exposure(&story.offer, story.now, &Pace::default()).unwrap().written_by, None);
    assert_eq!(exposure(&a_story(Temp).offer, story.now, &pace()), None, "never spoken");
}

#[test]
fn the_pace_is_the_median_of_what_was() {
    let mut histories = Vec::new();
    for hours in [2, 4, 90] {
        let mut story = a_story(Temp).submitted();
        story.now = story.history[1].at.plus_seconds(hours * HOUR);
        story.must(Ops, approve("ops", 1));
        let story = story.approved().sent();
        histories.push(story.history);
    }
    let pace = Pace::of(histories.iter().map(Vec::as_slice));
    assert_eq!(pace.steps[&StepKey::new("ops")], 4 * HOUR);
    assert_eq!(pace.letter, Some(2 * 60));
}

#[test]
fn a_no_before_anything_was_written_is_recorded_counted_and_names_who_kept_it_waiting() {
    let mut story = a_story(Temp).submitted();
    story.now = at("2026-11-20T16:00:00Z");
    story.must(Ops, approve("ops", 1));
    spoken_at(&mut story, at("2026-11-20T16:00:00Z"), None);
    story.now = at("2026-11-22T16:00:00Z");
    story.must(Recruiter, decline(DeclineReason::Timeline));
    assert_eq!(story.offer.status, Status::Declined);
    assert!(matches!(story.offer.ending, Some(Ending::Declined { primary: DeclineReason::Timeline, written: false, .. })));
    assert!(fell_through_after_verbal(&story.offer));
    let waited = waited(&story.history, story.now);
    assert_eq!(waited.first().map(|(step, seconds)| (step.as_str(), seconds / HOUR)), Some(("client_contact", 48)));
}
