//! Who sees what of an offer.

use app::desk::{Agreement, Asked, Button, MoveWords, OfferListAsk};
use offer::{
    access::{DoubleBlind, Viewed},
    engagement::Engagement,
    field::{self, FieldKey, Side},
    id::{ClientCode, RecipientKey, StepKey, role},
    lifecycle::{Approve, Command, Refusal, Status},
    playbook::Client,
};

use super::house::{AVA, House, PRIYA};
use crate::desk::DeskFault;

#[tokio::test]
async fn a_client_sees_the_bill_of_a_temp_and_nothing_of_pay_or_of_what_staff_say() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let offer = house.submitted(&opening, "62.50").await;
    house.command(AVA, &offer, Command::Comment { text: "canary: we could go to 66".into() }).await;
    let page = house.desk.offer_page(&house.viewer(PRIYA).await, &offer).await.unwrap();
    let terms = page.terms.as_ref().unwrap();
    assert!(terms.money(&field::BILL_RATE).is_some());
    assert!(terms.get(&field::PAY_BASE).is_none() && terms.get(&field::BURDEN).is_none());
    let shown = format!("{:?} {:?} {:?}", page.computed, page.route, page.history);
    assert!(!shown.contains("6250") && !shown.contains("Omar"), "{shown}");
    let text = serde_json::to_string(&page.history.iter().map(|line| &line.event).collect::<Vec<_>>()).unwrap();
    assert!(!text.contains("canary") && !text.contains("6250"), "{text}");
    assert!(page.buttons.is_empty());
}

#[tokio::test]
async fn a_client_reads_what_they_said_themselves_with_an_approval_and_nothing_that_others_said() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let offer = house.submitted(&opening, "62.50").await;
    for (name, step, comment) in [("Omar Ops", "ops", "canary: we pay 62.50"), (PRIYA, "client_contact", "Glad to have her")] {
        let approve = Approve { step: StepKey::named(step), version: 1, comment: comment.into(), ranges: Vec::new() };
        house.command(name, &offer, Command::Approve(approve)).await;
    }
    let page = house.desk.offer_page(&house.viewer(PRIYA).await, &offer).await.unwrap();
    let text = serde_json::to_string(&page.history.iter().map(|line| &line.event).collect::<Vec<_>>()).unwrap();
    assert!(text.contains("Glad to have her") && !text.contains("canary"), "{text}");
}

#[tokio::test]
async fn an_offer_of_others_is_not_there() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Internal, 1).await;
    let offer = house.submitted(&opening, "62.50").await;
    for name in [PRIYA, "Fay Finance", "Ike Systems", "Dana Okafor"] {
        let viewer = house.viewer(name).await;
        assert!(matches!(house.desk.offer_page(&viewer, &offer).await, Err(DeskFault::NotFound)), "{name}");
        let comment = Asked::Command(Command::Comment { text: "hello".into() });
        assert_eq!(house.act(&viewer, &offer, comment).await, Err(DeskFault::NotFound), "{name}");
    }
}

#[tokio::test]
async fn nobody_decides_out_of_turn_and_a_button_is_shown_to_whom_it_serves() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let offer = house.submitted(&opening, "62.50").await;
    let page = async |name: &str| house.desk.offer_page(&house.viewer(name).await, &offer).await.unwrap();
    assert_eq!(page("Omar Ops").await.your_steps, [StepKey::named("ops")]);
    assert!(page(PRIYA).await.your_steps.is_empty(), "the client comes after operations");
    let ava = page(AVA).await;
    assert!(ava.your_steps.is_empty());
    assert!(ava.buttons.contains(&Button::Propose) && !ava.buttons.contains(&Button::Send));
    house.approved(&offer).await;
    assert!(page(AVA).await.buttons.contains(&Button::Send));
}

#[tokio::test]
async fn a_recipient_of_the_hand_off_receives_its_fields_and_no_other() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let (offer, _) = house.sent(&opening, "62.50").await;
    house.accepted(&offer).await;
    house.cleared(&offer).await;
    let it = house.viewer("Ike Systems").await;
    let page = house.desk.handoff_page(&it, &offer, &RecipientKey::named("it")).await.unwrap();
    assert!(page.line.yours);
    assert!(page.terms.get(&field::CANDIDATE_NAME).is_some());
    assert!(page.terms.get(&field::PAY_BASE).is_none() && page.terms.get(&field::BILL_RATE).is_none());
    let payroll = RecipientKey::named("payroll");
    assert!(matches!(house.desk.handoff_page(&it, &offer, &payroll).await, Err(DeskFault::NotFound)));
    let pia = house.viewer("Pia Payroll").await;
    assert!(house.desk.handoff_page(&pia, &offer, &payroll).await.unwrap().terms.get(&field::PAY_BASE).is_some());
}

#[tokio::test]
async fn what_was_checked_about_a_person_is_read_by_staff_and_not_by_it() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let (offer, _) = house.sent(&opening, "62.50").await;
    house.accepted(&offer).await;
    house.cleared(&offer).await;
    let checks = async |name: &str| house.desk.offer_page(&house.viewer(name).await, &offer).await.unwrap().contingencies.len();
    assert!(checks(AVA).await > 0);
    assert_eq!(checks("Ike Systems").await, 0);
}

#[tokio::test]
async fn a_recipient_reads_of_its_hand_off_what_its_role_sees_today_and_that_is_what_is_noted() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let (offer, _) = house.sent(&opening, "62.50").await;
    house.accepted(&offer).await;
    house.cleared(&offer).await;
    let (it, reached_by) = (RecipientKey::named("it"), [field::CANDIDATE_EMAIL, FieldKey::new("candidate.phone")]);
    let read = async || house.desk.handoff_page(&house.viewer("Ike Systems").await, &offer, &it).await.unwrap();
    let noted = async || -> Vec<Vec<Side>> {
        let lines = house.desk.looked_at(&offer).await.unwrap().into_iter();
        lines.filter(|line| line.what == Viewed::HandOff).map(|line| line.sides).collect()
    };
    assert!(read().await.terms.get(&field::CANDIDATE_EMAIL).is_some());
    assert_eq!(noted().await, [[Side::Person, Side::Contact]]);
    house
        .published(|playbook| {
            playbook.roles.iter_mut().find(|sheet| sheet.key == role::IT).unwrap().sees.retain(|side| *side != Side::Contact);
            playbook.recipients.iter_mut().find(|rule| rule.key == it).unwrap().fields.retain(|field| !reached_by.contains(field));
        })
        .await;
    house.now_is("2026-11-21T18:00:00Z");
    let page = read().await;
    assert!(page.terms.get(&field::CANDIDATE_NAME).is_some());
    assert!(page.terms.get(&field::CANDIDATE_EMAIL).is_none() && !page.fields.contains(&field::CANDIDATE_EMAIL));
    assert_eq!(noted().await, [vec![Side::Person], vec![Side::Person, Side::Contact]]);
}

#[tokio::test]
async fn whoever_is_blind_to_a_number_does_not_read_what_staff_recorded_on_the_candidates_word() {
    let house = House::new().await;
    house.joined("Paula Admin", role::ADMIN).await;
    house
        .published(|playbook| {
            let (pay_side, bill_side) = (vec![role::ADMIN], vec![role::CLIENT_CONTACT]);
            playbook.double_blind = DoubleBlind { engagements: vec![Engagement::Temp], pay_side, bill_side };
        })
        .await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let offer = house.submitted(&opening, "62.50").await;
    drop(house.adoption(&offer, &field::PAY_BASE, "63.00").await);
    for (who, why) in [(AVA, "another offer"), ("Paula Admin", "")] {
        let page = house.desk.offer_page(&house.viewer(who).await, &offer).await.unwrap();
        assert_eq!(page.proposals[0].why, why, "{who}");
        let moves = page.course.negotiation.unwrap().moves;
        assert!(moves.iter().any(|made| matches!(&made.what, MoveWords::Asked { why: told, .. } if told == why)), "{who}");
    }
}

#[tokio::test]
async fn a_role_that_nobody_is_left_to_agree_for_is_told_to_everybody_who_reads_of_the_rescission() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let (offer, _) = house.sent(&opening, "62.50").await;
    house.changed("Hugo Partner", |hugo| hugo.roles.push(role::LEGAL)).await;
    house.changed("Lee Legal", |lee| lee.roles = vec![role::FINANCE]).await;
    house.command(AVA, &offer, Command::AskRescission { reason: "funding".into() }).await;
    let stands = async || house.desk.offer_page(&house.viewer(AVA).await, &offer).await.unwrap().rescission.unwrap().approvers;
    assert_eq!(stands().await, [(role::HRBP, Agreement::Open), (role::LEGAL, Agreement::Open)]);
    house.command("Hugo Partner", &offer, Command::AgreeRescission).await;
    let given = || Agreement::Given("Hugo Partner".to_owned());
    assert_eq!(stands().await, [(role::HRBP, given()), (role::LEGAL, Agreement::NobodyLeft)]);
    let hugo = house.viewer("Hugo Partner").await;
    assert!(!house.desk.offer_page(&hugo, &offer).await.unwrap().buttons.contains(&Button::AgreeRescission));
    assert!(house.desk.my_work(&hugo).await.unwrap().yours.is_empty());
    let again = house.act(&hugo, &offer, Asked::Command(Command::AgreeRescission)).await;
    assert_eq!(again, Err(DeskFault::Refused(Refusal::AgreedForAnother { role: role::LEGAL })));
    house.joined("Lena Legal", role::LEGAL).await;
    assert_eq!(stands().await, [(role::HRBP, given()), (role::LEGAL, Agreement::Open)]);
    house.command("Lena Legal", &offer, Command::AgreeRescission).await;
    assert_eq!(house.status(&offer).await, Status::Rescinded);
}

/// Another client, its contact and its account manager.
async fn another_client(house: &House) -> [(FieldKey, String); 3] {
    let code = ClientCode::new("BRIDGE");
    house
        .published(|playbook| {
            let bridge = Client { code: ClientCode::new("BRIDGE"), name: "Bridge Bank".into(), ..playbook.clients[0].clone() };
            playbook.clients.push(bridge);
        })
        .await;
    for (name, role) in [("Tom Bridge", role::CLIENT_CONTACT), ("Mia Account", role::ACCOUNT_MANAGER)] {
        house.joined(name, role).await;
        house.changed(name, |person| person.clients = vec![code.clone()]).await;
    }
    [
        (field::CLIENT, code.to_string()),
        (field::CLIENT_CONTACT, house.id_of("Tom Bridge").await.to_string()),
        (field::ACCOUNT_MANAGER, house.id_of("Mia Account").await.to_string()),
    ]
}

#[tokio::test]
async fn a_draft_is_seen_by_those_whom_it_is_about_as_it_is_typed_and_by_nobody_whom_it_was_about() {
    let house = House::new().await;
    let bridge = another_client(&house).await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let offer = house.drafted(&opening, "62.50").await;
    let sees = async |name: &str| house.desk.offer_page(&house.viewer(name).await, &offer).await.is_ok();
    let listed = async |name: &str| {
        let list = house.desk.offer_list(&house.viewer(name).await, &OfferListAsk::default()).await.unwrap();
        list.lines.iter().any(|line| line.id == offer)
    };
    let [dana, mia] = ["Dana Okafor", "Mia Account"];
    assert_eq!([sees(dana).await, listed(dana).await, sees(mia).await, listed(mia).await], [true, true, false, false]);
    house.desk.keep_typed(&house.viewer(AVA).await, &offer, &bridge.into_iter().collect(), None).await.unwrap();
    assert_eq!([sees(dana).await, listed(dana).await, sees(mia).await, listed(mia).await], [false, false, true, true]);
}

#[tokio::test]
async fn an_offer_that_was_submitted_stays_with_its_client_and_its_page_asks_for_no_other() {
    let house = House::new().await;
    let bridge = another_client(&house).await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let offer = house.submitted(&opening, "62.50").await;
    house
        .command("Omar Ops", &offer, Command::Reject { step: StepKey::named("ops"), version: 1, reason: "for another client".into() })
        .await;
    let ava = house.viewer(AVA).await;
    let refused = house.desk.keep_typed(&ava, &offer, &bridge.into_iter().collect(), None).await;
    assert!(matches!(refused, Err(DeskFault::Refused(Refusal::Settled { fields })) if fields == [field::CLIENT]));
    let page = house.desk.intake_page(&ava, &offer).await.unwrap();
    assert_eq!(page.settled, [field::ENGAGEMENT, field::CLIENT]);
    assert!(page.settled.iter().all(|key| !page.editable.contains(key)));
}

#[tokio::test]
async fn a_letter_is_reached_through_its_offer_and_only_by_those_who_see_the_package() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let (offer, _) = house.sent(&opening, "62.50").await;
    let pdf = house.desk.file(&offer).await.unwrap().offer.letter.as_ref().unwrap().made.pdf;
    let (media_type, name, bytes) = house.desk.offer_document(&house.viewer(AVA).await, &offer, &pdf).await.unwrap();
    assert_eq!((media_type.as_str(), name.as_str()), ("application/pdf", "REQ-3000-1-v1.pdf"));
    assert!(bytes.starts_with(b"%PDF"));
    house.desk.offer_document(&house.candidate_of(&offer).await, &offer, &pdf).await.unwrap();
    assert!(matches!(house.desk.offer_document(&house.viewer(PRIYA).await, &offer, &pdf).await, Err(DeskFault::NotFound)));
    let other = house.drafted(&opening, "60").await;
    assert!(matches!(house.desk.offer_document(&house.viewer(AVA).await, &other, &pdf).await, Err(DeskFault::NotFound)));
}
