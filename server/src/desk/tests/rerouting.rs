//! A new playbook at the desk: looked at first, then routed anew, or left alone.

use app::desk::{Asked, Button};
use offer::{
    access::DoubleBlind,
    check::FactKind,
    engagement::Engagement,
    field,
    id::{OfferId, RuleKey, StepKey, role},
    lifecycle::{Command, Event, Refusal, Reroute, Status},
    money::BasisPoints,
    policy::{Condition, Reopening, Rule, StepSpec, Who},
};

use super::house::{AVA, House};
use crate::desk::DeskFault;

const PAULA: &str = "Paula Admin";

/// An approved offer of our own, and a playbook that asks Legal from now on.
async fn approved_before_legal_was_asked() -> (House, OfferId) {
    let house = House::new().await;
    house.joined(PAULA, role::ADMIN).await;
    let opening = house.opening(Engagement::Internal, 1).await;
    let offer = house.submitted(&opening, "62.50").await;
    house.approved(&offer).await;
    house
        .published(|playbook| {
            playbook.rules.push(Rule {
                key: RuleKey::new("legal-always"),
                version: 0,
                engagements: vec![Engagement::Internal],
                when: Condition::Always,
                step: StepSpec::new(StepKey::named("legal"), Who::Role(role::LEGAL), 8),
                note: String::new(),
            });
        })
        .await;
    (house, offer)
}

fn reroute(playbook: u32) -> Asked {
    Asked::Command(Command::Reroute(Reroute { playbook, why: "the policy of December".into(), reasons: Vec::new() }))
}

#[tokio::test]
async fn what_routing_anew_would_change_is_shown_before_anything_happens() {
    let (house, offer) = approved_before_legal_was_asked().await;
    let paula = house.viewer(PAULA).await;
    assert!(house.desk.offer_page(&paula, &offer).await.unwrap().buttons.contains(&Button::Reroute));
    let page = house.desk.reroute_page(&paula, &offer).await.unwrap();
    let lines = page.outcome.unwrap();
    let come: Vec<_> = lines.come.iter().map(|(step, people)| (step.step.as_str(), people.as_slice())).collect();
    assert_eq!(come, [("legal", ["Lee Legal".to_owned()].as_slice())]);
    assert_eq!((lines.go.len(), lines.reopened.len(), lines.stands), (0, 0, vec![StepKey::named("hiring_manager")]));
    assert_eq!(house.status(&offer).await, Status::Approved);

    house.act(&paula, &offer, reroute(page.current)).await.unwrap();
    assert_eq!(house.status(&offer).await, Status::InReview);
    let lee = house.viewer("Lee Legal").await;
    assert_eq!(house.desk.offer_page(&lee, &offer).await.unwrap().your_steps, [StepKey::named("legal")]);
    assert_eq!(house.desk.my_work(&lee).await.unwrap().yours.len(), 1);
    house.approved(&offer).await;
    assert!(house.desk.verify().await.unwrap().broken.is_empty());
}

#[tokio::test]
async fn what_a_proposed_change_would_bring_about_is_told_before_it_is_adopted_and_comes_about() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let offer = house.submitted(&opening, "62.50").await;
    house.approved(&offer).await;
    let adopt = house.adoption(&offer, &field::BILL_RATE, "94.00").await;
    let Asked::Adopt { proposal, .. } = adopt(Vec::new()) else { panic!("it adopts") };

    let ava = house.viewer(AVA).await;
    let told = house.desk.adopting_lines(&ava, &offer, &proposal).await.unwrap();
    assert_eq!(house.status(&offer).await, Status::Approved, "nothing has happened");
    house.act(&ava, &offer, adopt(Vec::new())).await.unwrap();
    let history = &house.desk.file(&offer).await.unwrap().history;
    let happened = history.iter().rev().find_map(|recorded| match &recorded.event {
        Event::TermsChanged { stands, reopened, .. } => Some((stands.iter().map(|it| it.step.clone()).collect(), reopened.clone())),
        _ => None,
    });
    assert_eq!(Some((told.stands, told.reopened)), happened);
    assert!(!happened.unwrap().1.is_empty(), "somebody is asked again");

    let gone = house.desk.adopting_lines(&ava, &offer, &proposal).await;
    assert!(matches!(gone, Err(DeskFault::Refused(Refusal::NothingChanges))), "a decided proposal brings about nothing");
}

#[tokio::test]
async fn what_routing_anew_would_change_is_shown_as_far_as_whoever_looks_sees_it() {
    let house = House::new().await;
    house.joined(PAULA, role::ADMIN).await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let offer = house.submitted(&opening, "62.50").await;
    house.approved(&offer).await;
    // the bill is too low now, operations is asked by one rule more, and administrators are blind to the bill
    house
        .published(|playbook| {
            playbook.clients[0].markup_floor = BasisPoints(6_000);
            let asks_ops = playbook.rules.iter().find(|rule| rule.step.key == StepKey::named("ops")).unwrap().clone();
            playbook.rules.push(Rule { key: RuleKey::new("ops-again"), ..asks_ops });
            let (pay_side, bill_side) = (vec![role::ADMIN], vec![role::CLIENT_CONTACT]);
            playbook.double_blind = DoubleBlind { engagements: vec![Engagement::Temp], pay_side, bill_side };
        })
        .await;
    for (who, sees) in [("Omar Ops", true), (PAULA, false)] {
        let lines = house.desk.reroute_page(&house.viewer(who).await, &offer).await.unwrap().outcome.unwrap();
        let unexplained = lines.unexplained.iter().any(|finding| finding.fact.kind() == FactKind::BelowMarkupFloor);
        let reopened = lines.reopened.iter().find(|step| step.step == StepKey::named("ops")).unwrap();
        let new_rule = reopened.because.iter().any(|because| matches!(because, Reopening::NewRule { .. }));
        assert_eq!((unexplained, new_rule), (sees, sees), "{who}");
    }
}

#[tokio::test]
async fn only_whoever_may_routes_anew_and_only_what_was_looked_at() {
    let (house, offer) = approved_before_legal_was_asked().await;
    let (ava, paula) = (house.viewer(AVA).await, house.viewer(PAULA).await);
    assert!(matches!(house.desk.reroute_page(&ava, &offer).await, Err(DeskFault::Refused(Refusal::NotAllowed { .. }))));
    assert!(!house.desk.offer_page(&ava, &offer).await.unwrap().buttons.contains(&Button::Reroute));
    let read_at = house.desk.current().await.unwrap().version;
    house.published(|playbook| playbook.firm.help_phone = "+1 312 555 0199".into()).await;
    let moved = DeskFault::Refused(Refusal::PlaybookMoved { now_at: read_at + 1 });
    assert_eq!(house.act(&paula, &offer, reroute(read_at)).await, Err(moved));
    house.act(&paula, &offer, reroute(read_at + 1)).await.unwrap();
    assert_eq!(house.act(&paula, &offer, reroute(read_at + 1)).await, Err(DeskFault::Refused(Refusal::NothingChanges)));
    assert_eq!(house.desk.reroute_page(&paula, &offer).await.unwrap().outcome.unwrap_err(), Refusal::NothingChanges);
}
