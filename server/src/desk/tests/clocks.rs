//! Reminders and escalations: each once, told to whom it concerns, and visible.

use std::collections::BTreeSet;

use app::desk::{Asked, StepView};
use offer::{
    engagement::Engagement,
    id::{OfferId, StepKey, role},
    lifecycle::{Approve, Command, Event, Recorded, Refusal},
    policy::Who,
};

use super::house::{AVA, House, PRIYA, at, email_of};
use crate::{clockwork, desk::DeskFault};

fn ops() -> StepKey {
    StepKey::named("ops")
}

fn fired(history: &[Recorded]) -> (usize, usize) {
    let count = |is: fn(&Event) -> bool| history.iter().filter(|recorded| is(&recorded.event)).count();
    (count(|event| matches!(event, Event::StepReminded { .. })), count(|event| matches!(event, Event::StepEscalated { .. })))
}

async fn history(house: &House, offer: &OfferId) -> Vec<Recorded> {
    house.desk.file(offer).await.unwrap().history.clone()
}

/// A temp who waits on operations: eight hours of Los Angeles from Friday ten o'clock, reminded after four.
async fn waits_on_ops() -> (House, OfferId) {
    let house = House::new().await;
    house.joined("Gail Lead", role::RECRUITING_LEAD).await;
    house
        .published(|playbook| {
            for rule in playbook.rules.iter_mut().filter(|rule| rule.step.key == ops()) {
                (rule.step.sla_hours, rule.step.remind_hours) = (8, Some(4));
                rule.step.escalate_to = Some(Who::Role(role::RECRUITING_LEAD));
            }
        })
        .await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let offer = house.submitted(&opening, "62.50").await;
    house.post().await;
    (house, offer)
}

const REMINDED: &str = "2026-11-20T22:00:00Z";
/// Friday ends at six o'clock there, and with it the eight hours.
const DUE: &str = "2026-11-21T02:00:00Z";

#[tokio::test]
async fn a_missed_decision_is_reminded_of_once_and_escalated_once_and_everybody_sees_it() {
    let (house, offer) = waits_on_ops().await;
    assert_eq!(clockwork::turn(&house.desk).await.unwrap(), 0, "nothing is due yet");
    house.now_is(REMINDED);
    assert_eq!(clockwork::turn(&house.desk).await.unwrap(), 1);
    assert_eq!(clockwork::turn(&house.desk).await.unwrap(), 0);
    let told = |mails: Vec<crate::outbox::Mail>| mails.into_iter().map(|mail| (mail.to.name.unwrap(), mail.subject)).collect::<Vec<_>>();
    let [(who, subject)] = told(house.post().await).try_into().unwrap();
    assert_eq!(who, "Omar Ops");
    assert!(subject.starts_with("Reminder: waiting on you"), "{subject}");

    house.now_is(DUE);
    assert_eq!(clockwork::turn(&house.desk).await.unwrap(), 1);
    assert_eq!(clockwork::turn(&house.desk).await.unwrap(), 0);
    let [(who, subject)] = told(house.post().await).try_into().unwrap();
    assert_eq!(who, "Gail Lead");
    assert!(subject.starts_with("A decision is overdue"), "{subject}");
    assert_eq!(fired(&history(&house, &offer).await), (1, 1));

    let ava = house.viewer(AVA).await;
    let page = house.desk.offer_page(&ava, &offer).await.unwrap();
    assert!(matches!(page.route[0].state, StepView::Open { reminded: Some(_), escalated: Some(_), .. }));
    let work = house.desk.my_work(&house.viewer("Omar Ops").await).await.unwrap();
    assert_eq!(work.yours[0].waiting[0].escalated, Some(at(DUE)));
    let board = house.desk.board(&ava, &app::desk::BoardAsk::default()).await.unwrap();
    let lines: Vec<_> = board.groups.into_iter().flat_map(|group| group.lines).collect();
    assert_eq!(lines[0].waiting[0].escalated, Some(at(DUE)));
}

#[tokio::test]
async fn a_contact_of_a_client_is_reminded_by_a_mail_that_says_so() {
    let (house, offer) = waits_on_ops().await;
    house.step_approved(&offer, PRIYA).await;
    let subjects = async || {
        let mails = house.post().await.into_iter().filter(|mail| mail.to.address == email_of(PRIYA));
        mails.map(|mail| mail.subject).collect::<Vec<_>>()
    };
    let [asked] = subjects().await.try_into().unwrap();
    house.now_is("2026-11-28T12:00:00Z");
    clockwork::turn(&house.desk).await.unwrap();
    assert_eq!(subjects().await, [format!("Reminder: {asked}")]);
}

#[tokio::test]
async fn where_nobody_else_answers_for_it_whoever_asked_is_told() {
    let house = House::new().await;
    house.published(|playbook| playbook.rules.iter_mut().for_each(|rule| rule.step.escalate_to = None)).await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let offer = house.submitted(&opening, "62.50").await;
    house.post().await;
    house.now_is("2026-11-28T12:00:00Z");
    clockwork::turn(&house.desk).await.unwrap();
    assert_eq!(fired(&history(&house, &offer).await), (1, 1), "of two that are due at once each fires, the reminder first");
    let told: BTreeSet<_> = house.post().await.into_iter().map(|mail| mail.to.name.unwrap()).collect();
    assert_eq!(told, ["Omar Ops", AVA].map(str::to_owned).into());
}

#[tokio::test]
async fn a_decision_takes_its_clocks_along_and_a_question_stops_them() {
    let (house, offer) = waits_on_ops().await;
    let kinds = async || {
        let rows = house.desk.store.due_of(house.desk.firm(), offer.as_str()).await.unwrap();
        rows.into_iter().map(|row| (row.kind, row.details)).collect::<Vec<_>>()
    };
    let clocks = |step: &str| [("remind".to_owned(), step.to_owned()), ("escalate".to_owned(), step.to_owned())];
    assert_eq!(kinds().await, clocks("ops"));
    house.command("Omar Ops", &offer, Command::Return { step: ops(), question: "Which shift?".into() }).await;
    assert_eq!(kinds().await, []);
    house.command(AVA, &offer, Command::AnswerStep { step: ops(), answer: "Nights.".into() }).await;
    assert_eq!(kinds().await, clocks("ops"));
    house.desk.rebuild().await.unwrap();
    assert_eq!(kinds().await, clocks("ops"), "and they outlive a rebuild");
    let approve = Command::Approve(Approve { step: ops(), version: 1, comment: String::new(), ranges: Vec::new() });
    house.command("Omar Ops", &offer, approve).await;
    assert_eq!(kinds().await, clocks("client_contact"));
    house.command(AVA, &offer, Command::Cancel { reason: "no need".into() }).await;
    assert_eq!(kinds().await, []);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_approval_at_the_instant_at_which_it_is_due_is_never_escalated_afterwards() {
    for _ in 0..5 {
        let (house, offer) = waits_on_ops().await;
        house.now_is(DUE);
        let omar = house.viewer("Omar Ops").await;
        let approve = Asked::Command(Command::Approve(Approve { step: ops(), version: 1, comment: String::new(), ranges: Vec::new() }));
        let (turned, approved) = tokio::join!(clockwork::turn(&house.desk), house.act(&omar, &offer, approve));
        turned.unwrap();
        assert!(matches!(approved, Ok(()) | Err(DeskFault::Refused(Refusal::StepNotOpen { .. }))), "{approved:?}");
        let history = history(&house, &offer).await;
        let approved = history.iter().position(|recorded| matches!(recorded.event, Event::StepApproved { .. })).unwrap();
        let mut after = history.iter().skip(approved);
        assert!(after.all(|recorded| !matches!(recorded.event, Event::StepReminded { .. } | Event::StepEscalated { .. })));
    }
}
