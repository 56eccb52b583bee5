//! Properties of whole histories: whatever is asked, by whomever, in whatever order.

use crate::firm::{Somebody, day};
use crate::story::{Asker, Story, a_story, acceptance, decline};
use offer::engagement::Engagement;
use offer::field;
use offer::id::{ContingencyKind, RecipientKey, StepKey};
use offer::ledger::canonical;
use offer::lifecycle::{Approve, Command, ContingencyState, DeclineReason, Event, NotStartedBy, Offer, Recorded, Status};
use offer::private::{join, split};
use proptest::prelude::*;

/// Something somebody tries.
#[derive(Clone, Copy, Debug)]
struct Try {
    what: u8,
    who: u8,
    minutes: u16,
}

fn tries() -> impl Strategy<Value = Vec<Try>> {
    let one = (0_u8..32, 0_u8..16, 0_u16..2000).prop_map(|(what, who, minutes)| Try { what, who, minutes });
    proptest::collection::vec(one, 0..60)
}

fn asker(who: u8) -> Asker {
    match who {
        // an administrator now and then
        12 => Asker::Somebody(Somebody::Admin),
        13 => Asker::Candidate,
        14 => Asker::Clockwork,
        // the recruiter acts most
        15 => Asker::Somebody(Somebody::Recruiter),
        other => Asker::Somebody(Somebody::ALL[usize::from(other)]),
    }
}

fn command(story: &Story, what: u8) -> Command {
    let reason = || "in confidence".to_owned();
    let version = story.offer.version;
    let step =
        |key: &'static str| Command::Approve(Approve { step: StepKey::new(key), version, comment: String::new(), ranges: Vec::new() });
    match what {
        0 => story.submit(),
        1 => step("ops"),
        2 => step("client_contact"),
        3 => step("hiring_manager"),
        4 => step("finance"),
        5 => Command::Return { step: StepKey::new("ops"), question: reason() },
        6 => Command::AnswerStep { step: StepKey::new("ops"), answer: reason() },
        7 => Command::Reject { step: StepKey::new("client_contact"), version, reason: reason() },
        8 | 9 => story.send(),
        10 | 11 => Command::MarkSent { message: "<1@firm.example>".to_owned() },
        12 => Command::MarkBounced { reason: reason() },
        13 => Command::View,
        14 => Command::RequestChange { why: reason() },
        15 if story.offer.terms.is_some() => story.proposal(story.change(&field::PAY_BASE, "61.00")),
        16 => match (story.offer.open_proposals().next(), story.offer.terms.is_some()) {
            (Some((proposal, _)), true) => Command::Adopt(offer::lifecycle::Adopt {
                proposal: proposal.clone(),
                version,
                changes: story.change(&field::PAY_BASE, if version.is_multiple_of(2) { "60.50" } else { "61.50" }),
                why: reason(),
                reasons: crate::story::every_reason(),
            }),
            _ => Command::Comment { text: reason() },
        },
        17 | 18 => Command::Accept(acceptance(version)),
        19 => decline(DeclineReason::Comp),
        20 => Command::Expire,
        21 => Command::AskRescission { reason: reason() },
        22 => Command::AgreeRescission,
        23 => Command::Reopen { reason: reason() },
        24 => Command::Acknowledge {
            recipient: RecipientKey::new(["hr_ops", "it", "payroll"][usize::try_from(story.offer.seq % 3).unwrap()]),
            reference: reason(),
        },
        25 => Command::ResolveContingency {
            kind: ContingencyKind::new("background_check"),
            state: ContingencyState::Cleared,
            evidence: reason(),
        },
        26 => Command::MoveStart { to: day("2027-02-01"), reason: reason() },
        27 => Command::NotStart { by: NotStartedBy::Candidate, reason: reason() },
        28 => Command::Delegate { step: StepKey::new("ops"), to: Somebody::Finance.id(), reason: reason() },
        29 => Command::ForceApprove { step: StepKey::new("client_contact"), version, reason: reason() },
        30 => Command::Remind { step: StepKey::new("ops") },
        31 => Command::Escalate { step: StepKey::new("ops") },
        _ => Command::Comment { text: reason() },
    }
}

/// Runs tries; a refused one must leave no trace.
fn run(engagement: Engagement, tries: &[Try]) -> Story {
    let mut story = a_story(engagement).with(&field::CONTINGENCIES, "background_check");
    for attempt in tries {
        let before = story.offer.clone();
        let command = command(&story, attempt.what);
        if story.when(asker(attempt.who), command).is_err() {
            assert_eq!(story.offer, before, "a refused command brings about nothing");
        }
        story.now = story.now.plus_seconds(i64::from(attempt.minutes) * 60);
    }
    story
}

fn engagement() -> impl Strategy<Value = Engagement> {
    (0_usize..4).prop_map(|index| Engagement::ALL[index])
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 192, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_accepted_history_folds_to_the_same_offer(engagement in engagement(), tries in tries()) {
        let story = run(engagement, &tries);
        prop_assert_eq!(&Offer::fold(story.offer.id.clone(), &story.history), &story.offer);
    }

    #[test]
    fn every_event_survives_being_stored_in_two_parts(engagement in engagement(), tries in tries()) {
        let story = run(engagement, &tries);
        let replayed: Vec<Recorded> = story
            .history
            .iter()
            .map(|recorded| {
                let parts = split(serde_json::to_value(&recorded.event).unwrap()).unwrap();
                let open = canonical(&parts.open).unwrap();
                prop_assert!(!open.contains("Maria") && !open.contains("in confidence"), "personal words stay out of the open part: {open}");
                let event: Event = serde_json::from_value(join(serde_json::from_str(&open).unwrap(), parts.private).unwrap()).unwrap();
                Ok(Recorded { event, ..recorded.clone() })
            })
            .collect::<Result<_, TestCaseError>>()?;
        prop_assert_eq!(Offer::fold(story.offer.id.clone(), &replayed), story.offer);
    }

    #[test]
    fn an_erased_history_still_folds_and_keeps_every_state_and_figure(engagement in engagement(), tries in tries()) {
        let story = run(engagement, &tries);
        let erased: Vec<Recorded> = story
            .history
            .iter()
            .map(|recorded| {
                let parts = split(serde_json::to_value(&recorded.event).unwrap()).unwrap();
                Recorded { event: serde_json::from_value(join(parts.open, None).unwrap()).unwrap(), ..recorded.clone() }
            })
            .collect();
        let offer = Offer::fold(story.offer.id.clone(), &erased);
        prop_assert_eq!(offer.status, story.offer.status);
        prop_assert_eq!(offer.version, story.offer.version);
        prop_assert_eq!(offer.terms.as_ref().and_then(|terms| terms.money(&field::PAY_BASE)), story.offer.terms.as_ref().and_then(|terms| terms.money(&field::PAY_BASE)));
        prop_assert!(offer.terms.is_none_or(|terms| terms.get(&field::CANDIDATE_NAME).is_none()));
    }

    #[test]
    fn the_invariants_of_a_history_hold(engagement in engagement(), tries in tries()) {
        let story = run(engagement, &tries);
        let mut cleared = false;
        let mut answered = false;
        let mut askers = std::collections::BTreeSet::new();
        for recorded in &story.history {
            match &recorded.event {
                Event::Submitted { .. } => { cleared = false; answered = false; askers.insert(recorded.by.id.clone()); }
                Event::TermsChanged { .. } => { cleared = false; askers.insert(recorded.by.id.clone()); }
                Event::Cleared { .. } => cleared = true,
                Event::StepApproved { .. } | Event::StepCounted { .. } | Event::StepForced { .. } => prop_assert!(!askers.contains(&recorded.by.id), "nobody approves what they handed in"),
                Event::SendRequested { .. } => prop_assert!(cleared, "nothing is sent that was not approved in this version"),
                Event::Accepted { version, letter, .. } => {
                    prop_assert!(cleared && !answered);
                    prop_assert_eq!(letter, &offer::ledger::Digest::of(format!("letter of version {version}").as_bytes()), "what was shown is what is signed");
                    answered = true;
                }
                Event::Declined { .. } | Event::Expired => { prop_assert!(!answered, "one winner"); answered = true; }
                _ => {}
            }
        }
        prop_assert!(story.offer.status != Status::Accepted || story.offer.acceptance.is_some(), "a state is entered only with its evidence");
    }
}
