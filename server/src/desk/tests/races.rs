//! Two at once: one wins, and the other is told how it stands.

use app::desk::Asked;
use offer::{
    engagement::Engagement,
    field,
    id::{StepKey, role},
    lifecycle::{Approve, Command, Event, Refusal, Status},
    person::PersonCommand,
};

use super::house::{AVA, House};
use crate::desk::DeskFault;

fn answers(history: &[offer::lifecycle::Recorded]) -> usize {
    let is_answer =
        |event: &Event| matches!(event, Event::Accepted { .. } | Event::Declined { .. } | Event::Expired | Event::Rescinded { .. });
    history.iter().filter(|recorded| is_answer(&recorded.event)).count()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_accept_and_decline_at_once_exactly_one_wins() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 9).await;
    for _ in 0..5 {
        let (offer, _) = house.sent(&opening, "62.50").await;
        let (candidate, ava) = (house.candidate_of(&offer).await, house.viewer(AVA).await);
        let signature = house.signature(&offer).await;
        let (accepted, declined) = tokio::join!(house.act(&candidate, &offer, signature), house.act(&ava, &offer, House::declining()));
        assert_eq!([accepted.is_ok(), declined.is_ok()].into_iter().filter(|won| *won).count(), 1);
        let lost = accepted.and(declined).unwrap_err();
        assert!(
            matches!(
                lost,
                DeskFault::Refused(Refusal::AnsweredAlready { .. } | Refusal::NotInThisState { .. } | Refusal::NotAllowed { .. })
            ),
            "{lost:?}"
        );
        assert_eq!(answers(&house.desk.file(&offer).await.unwrap().history), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_administrators_who_remove_each_other_at_once_one_is_left() {
    for _ in 0..10 {
        let house = House::new().await;
        for name in ["Ada Admin", "Abe Admin"] {
            house.joined(name, role::ADMIN).await;
        }
        let actor = async |name: &str| house.viewer(name).await.actor().unwrap();
        let (ada, abe) = (actor("Ada Admin").await, actor("Abe Admin").await);
        let (ada_id, abe_id) = (house.id_of("Ada Admin").await, house.id_of("Abe Admin").await);
        let (one, other) = tokio::join!(
            house.desk.decide_about(&ada, &abe_id, &PersonCommand::Leave, Vec::new()),
            house.desk.decide_about(&abe, &ada_id, &PersonCommand::Leave, Vec::new())
        );
        assert_eq!([one.is_ok(), other.is_ok()].into_iter().filter(|done| *done).count(), 1, "{one:?} {other:?}");
        assert_eq!(house.desk.roster().await.unwrap().with_role(&role::ADMIN).count(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_rescission_that_everyone_agrees_to_while_the_candidate_signs_leaves_no_seat_behind() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 9).await;
    for _ in 0..5 {
        let (offer, _) = house.sent(&opening, "62.50").await;
        house.command(AVA, &offer, Command::AskRescission { reason: "funding".into() }).await;
        let candidate = house.candidate_of(&offer).await;
        let signature = house.signature(&offer).await;
        let (accepted, rescinded) = tokio::join!(house.act(&candidate, &offer, signature), house.rescinded(&offer));
        let status = house.status(&offer).await;
        match (accepted, rescinded) {
            // a signature that came first does not stand in the way of a rescission that everyone agreed to
            (Ok(()), Ok(())) => assert_eq!(status, Status::Rescinded),
            (Err(_), Ok(())) => assert_eq!(status, Status::Rescinded),
            (Ok(()), Err(_)) => assert_eq!(status, Status::Accepted),
            (Err(one), Err(other)) => panic!("{one:?} {other:?}"),
        }
        let tally = house.desk.store.tally(house.desk.firm(), opening.as_str()).await.unwrap();
        let seats = house.desk.store.seats(house.desk.firm(), opening.as_str()).await.unwrap();
        assert_eq!(usize::try_from(tally.seats_taken).unwrap(), seats.len());
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_sign_for_the_last_seat_one_gets_it_and_the_other_is_told() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let (one, _) = house.sent(&opening, "62.50").await;
    let other = house.drafted(&opening, "62.50").await;
    let ava = house.viewer(AVA).await;
    let refused = house.act(&ava, &other, Asked::Submit { reasons: Vec::new() }).await.unwrap_err();
    let DeskFault::Refused(Refusal::Unexplained { findings }) = refused else { panic!("{refused:?}") };
    let reasons: Vec<_> =
        findings.iter().map(|finding| (finding.fact.kind(), finding.field.clone(), "a second choice".to_owned())).collect();
    house.act(&ava, &other, Asked::Submit { reasons }).await.unwrap();
    house.approved(&other).await;
    house.post().await;
    house.asked_to_send(&other).await;
    house.post().await;
    let (first, second) = (house.candidate_of(&one).await, house.candidate_of(&other).await);
    let (signed, also_signed) = (house.signature(&one).await, house.signature(&other).await);
    let (a, b) = tokio::join!(house.act(&first, &one, signed), house.act(&second, &other, also_signed));
    let lost = match (a, b) {
        (Ok(()), Err(lost)) | (Err(lost), Ok(())) => lost,
        both => panic!("{both:?}"),
    };
    assert_eq!(lost, DeskFault::Refused(Refusal::NoSeatFree));
    assert_eq!(house.desk.store.seats(house.desk.firm(), opening.as_str()).await.unwrap().len(), 1);
}

#[tokio::test]
async fn the_same_form_twice_is_one_act_and_a_refused_one_can_be_corrected() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let offer = house.submitted(&opening, "62.50").await;
    let ava = house.viewer(AVA).await;
    let comment = |text: &str| Asked::Command(Command::Comment { text: text.into() });
    let length = async || house.desk.file(&offer).await.unwrap().history.len();
    let before = length().await;
    assert!(house.act_once(&ava, &offer, &comment("  "), "once").await.is_err());
    house.act_once(&ava, &offer, &comment("hello"), "once").await.unwrap();
    house.act_once(&ava, &offer, &comment("hello"), "once").await.unwrap();
    assert_eq!(length().await, before + 1);
    let (one, other) = (comment("twice"), comment("twice"));
    let (one, other) = tokio::join!(house.act_once(&ava, &offer, &one, "twice"), house.act_once(&ava, &offer, &other, "twice"));
    assert_eq!((one, other), (Ok(()), Ok(())));
    assert_eq!(length().await, before + 2);
}

fn approve(step: &'static str) -> Asked {
    Asked::Command(Command::Approve(Approve { step: StepKey::named(step), version: 1, comment: String::new(), ranges: Vec::new() }))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_two_who_approve_the_same_step_at_once_one_does_and_the_other_is_told_that_it_is_done() {
    let house = House::new().await;
    house.joined("Odo Ops", role::OPS).await;
    let opening = house.opening(Engagement::Temp, 9).await;
    let (omar, odo) = (house.viewer("Omar Ops").await, house.viewer("Odo Ops").await);
    for _ in 0..5 {
        let offer = house.submitted(&opening, "62.50").await;
        let (one, other) = tokio::join!(house.act(&omar, &offer, approve("ops")), house.act(&odo, &offer, approve("ops")));
        let lost = match (one, other) {
            (Ok(()), Err(lost)) | (Err(lost), Ok(())) => lost,
            both => panic!("{both:?}"),
        };
        assert_eq!(lost, DeskFault::Refused(Refusal::StepNotOpen { step: StepKey::named("ops") }));
        let history = &house.desk.file(&offer).await.unwrap().history;
        assert_eq!(history.iter().filter(|recorded| matches!(recorded.event, Event::StepApproved { .. })).count(), 1);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_approval_while_a_change_is_adopted_is_of_what_was_read_or_is_refused_with_what_changed() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 9).await;
    let (omar, ava) = (house.viewer("Omar Ops").await, house.viewer(AVA).await);
    for _ in 0..5 {
        let offer = house.submitted(&opening, "62.50").await;
        let adopt = house.adoption(&offer, &field::PAY_BASE, "63.00").await;
        let (approved, adopted) = tokio::join!(house.act(&omar, &offer, approve("ops")), house.act(&ava, &offer, adopt(Vec::new())));
        adopted.unwrap();
        let file = house.desk.file(&offer).await.unwrap();
        assert_eq!(file.offer.version, 2);
        match approved {
            // it came first, and was for the version that was read
            Ok(()) => assert!(file.offer.approvals.iter().all(|approval| approval.coverage.version == 1)),
            Err(DeskFault::Refused(Refusal::MovedOn { now_at, changed })) => {
                assert_eq!((now_at, changed), (2, vec![field::PAY_BASE]));
                assert!(file.offer.approvals.is_empty());
            }
            Err(other) => panic!("{other:?}"),
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_decision_that_is_made_while_it_is_handed_over_is_made_once() {
    let house = House::new().await;
    let hal = house.joined("Hal Manager", role::HIRING_MANAGER).await;
    let opening = house.opening(Engagement::Internal, 9).await;
    let hana = house.viewer("Hana Manager").await;
    for _ in 0..5 {
        let offer = house.submitted(&opening, "62.50").await;
        let step = StepKey::named("hiring_manager");
        let hand = Asked::Command(Command::Delegate { step, to: hal.clone(), reason: "on a plane".into() });
        let (approved, handed) = tokio::join!(house.act(&hana, &offer, approve("hiring_manager")), house.act(&hana, &offer, hand));
        // whoever handed it over may still decide, so the approval stands either way
        approved.unwrap();
        // nothing else is asked of this offer, so with the approval its review is over
        let is_over = |lost: &DeskFault| {
            matches!(lost, DeskFault::Refused(Refusal::NotInThisState { status: Status::Approved } | Refusal::NotAllowed { .. }))
        };
        assert!(handed.is_ok() || handed.as_ref().is_err_and(is_over), "{handed:?}");
        let history = &house.desk.file(&offer).await.unwrap().history;
        assert_eq!(history.iter().filter(|recorded| matches!(recorded.event, Event::StepApproved { .. })).count(), 1);
    }
}
