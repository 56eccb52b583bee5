//! One offer of each engagement, from a draft to the first day, by different people.

use app::desk::{Asked, Begin, Button, OfferListAsk};
use offer::{
    engagement::Engagement,
    field,
    ledger::ActorKind,
    lifecycle::{Command, Event, Status, VerbalResponse},
    measure::{Milestone, milestones},
    terms::Entries,
};

use super::house::{AVA, CANDIDATE, CANDIDATE_EMAIL, House, PRIYA};
use crate::desk::DeskFault;

async fn is_carried_from_draft_to_start(engagement: Engagement, deciders: &[&str]) {
    let house = House::new().await;
    let opening = house.opening(engagement, 2).await;
    let offer = house.submitted(&opening, "62.50").await;
    let approvals = house.approved(&offer).await;
    assert_eq!(approvals.iter().map(|(name, _)| name.as_str()).collect::<Vec<_>>(), deciders);

    let spoken: Entries = [(field::PAY_BASE, "62.50".to_owned())].into_iter().collect();
    let verbal = Asked::Verbal {
        occurred_at: "2026-11-20T09:30".into(),
        spoken,
        response: VerbalResponse::Accepted,
        expectation: String::new(),
        competing_offer: String::new(),
        competing_deadline: None,
        notes: "glad".into(),
    };
    house.act(&house.viewer(AVA).await, &offer, verbal).await.unwrap();
    house.asked_to_send(&offer).await;
    assert_eq!(house.status(&offer).await, Status::Approved, "sent only when the mail was handed over");
    house.post().await;
    house.accepted(&offer).await;
    house.cleared(&offer).await;
    house.command(AVA, &offer, Command::ConfirmStart).await;
    house.taken_over(&offer).await;
    assert_eq!(house.status(&offer).await, Status::HandedOff);
    house.now_is("2027-01-11T18:00:00Z");
    house.command(AVA, &offer, Command::Start { day: "2027-01-11".parse().unwrap() }).await;
    assert_eq!(house.status(&offer).await, Status::Started);

    let file = house.desk.file(&offer).await.unwrap();
    assert_eq!(milestones(&file.history).len(), Milestone::ALL.len());
    let acting: std::collections::BTreeSet<_> = file.history.iter().map(|recorded| recorded.by.id.clone()).collect();
    assert!(acting.len() >= 4, "an offer is never one person's");
    assert!(file.history.iter().any(|recorded| recorded.by.kind == ActorKind::Candidate));
    let verified = house.desk.verify().await.unwrap();
    assert!(verified.broken.is_empty() && verified.events > 30, "{verified:?}");
}

#[tokio::test]
async fn an_internal_offer_is_carried_from_draft_to_start() {
    is_carried_from_draft_to_start(Engagement::Internal, &["Hana Manager"]).await;
}

#[tokio::test]
async fn a_direct_hire_is_carried_from_draft_to_start() {
    is_carried_from_draft_to_start(Engagement::DirectHire, &[PRIYA]).await;
}

#[tokio::test]
async fn a_temp_is_carried_from_draft_to_start() {
    is_carried_from_draft_to_start(Engagement::Temp, &["Omar Ops", PRIYA]).await;
}

#[tokio::test]
async fn a_contract_to_hire_is_carried_from_draft_to_start() {
    is_carried_from_draft_to_start(Engagement::ContractToHire, &["Omar Ops", PRIYA]).await;
}

#[tokio::test]
async fn a_blank_intake_opens_a_requisition_of_one_seat_and_begins_with_what_is_known() {
    let house = House::new().await;
    let ava = house.viewer(AVA).await;
    let blank = Begin {
        requisition: None,
        engagement: Some(Engagement::Internal),
        name: CANDIDATE.into(),
        email: CANDIDATE_EMAIL.into(),
        once: "1".into(),
    };
    let offer = house.desk.begin_offer(&ava, &blank).await.unwrap();
    let page = house.desk.intake_page(&ava, &offer).await.unwrap();
    assert_eq!(page.entries.get(&field::CANDIDATE_NAME), Some(CANDIDATE));
    assert_eq!(page.entries.get(&field::RECRUITER), Some(house.id_of(AVA).await.as_str()));
    assert_eq!(page.number, "REQ-5001-1");
    let file = house.desk.file(&offer).await.unwrap();
    assert_eq!(house.desk.opening(file.offer.requisition.as_ref().unwrap()).await.unwrap().seats, 1);
    // the same form again is the same draft
    assert_eq!(house.desk.begin_offer(&ava, &blank).await.unwrap(), offer);
    let other = Begin { once: "2".into(), ..blank };
    assert_ne!(house.desk.begin_offer(&ava, &other).await.unwrap(), offer);
}

#[tokio::test]
async fn what_is_typed_is_kept_letter_for_letter_and_said_to_be_wrong() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let offer = house.drafted(&opening, "62,5O").await;
    let ava = house.viewer(AVA).await;
    let page = house.desk.intake_page(&ava, &offer).await.unwrap();
    assert_eq!(page.entries.typed(&field::PAY_BASE), "62,5O");
    assert_eq!(page.problems.iter().map(|problem| &problem.field).collect::<Vec<_>>(), [&field::PAY_BASE]);
    let refused = house.act(&ava, &offer, Asked::Submit { reasons: Vec::new() }).await;
    assert!(matches!(refused, Err(DeskFault::Problems(_))));
    let tries = house.desk.store.submission_tries(house.desk.firm(), offer.as_str()).await.unwrap();
    assert_eq!(tries.len(), 1);
    assert_eq!(tries[0].details, r#"[{"fault":"not_money","field":"pay.base"}]"#);
    assert_eq!(house.desk.file(&offer).await.unwrap().history.len(), 1, "a try is not history");
}

#[tokio::test]
async fn a_rejected_offer_is_a_draft_again_with_its_terms() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Internal, 1).await;
    let offer = house.submitted(&opening, "62.50").await;
    let ava = house.viewer(AVA).await;
    assert!(matches!(house.desk.intake_page(&ava, &offer).await, Err(DeskFault::Refused(_))));
    let step = offer::id::StepKey::named("hiring_manager");
    house.command("Hana Manager", &offer, Command::Reject { step, version: 1, reason: "too much".into() }).await;
    let page = house.desk.intake_page(&ava, &offer).await.unwrap();
    assert_eq!(page.entries.get(&field::PAY_BASE), Some("62.50"));
    let rejection = page.rejection.unwrap();
    assert_eq!((rejection.by.as_str(), rejection.reason.kept().map(String::as_str)), ("Hana Manager", Some("too much")));
    house.act(&ava, &offer, Asked::Submit { reasons: Vec::new() }).await.unwrap();
    assert_eq!(house.desk.file(&offer).await.unwrap().offer.version, 2);
}

#[tokio::test]
async fn a_rejected_draft_whose_candidate_has_a_letter_may_be_ended_by_its_recruiter() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Internal, 1).await;
    let (offer, _) = house.sent(&opening, "62.50").await;
    house.adopted(&offer, &field::PAY_BASE, "68.50").await;
    let step = offer::id::StepKey::named("hiring_manager");
    house.command("Hana Manager", &offer, Command::Reject { step, version: 2, reason: "too much".into() }).await;
    let buttons = house.desk.offer_page(&house.viewer(AVA).await, &offer).await.unwrap().buttons;
    assert!([Button::Decline, Button::Withdraw, Button::AskRescission].iter().all(|button| buttons.contains(button)), "{buttons:?}");
    assert!(!buttons.contains(&Button::Cancel), "a letter that was handed over is rescinded");
    house.post().await;
    house.command(AVA, &offer, Command::AskRescission { reason: "the unit closes".into() }).await;
    house.rescinded(&offer).await.unwrap();
    assert_eq!(house.status(&offer).await, Status::Rescinded);
    assert!(house.post().await.iter().any(|mail| mail.to.address == CANDIDATE_EMAIL), "the candidate is told");
}

#[tokio::test]
async fn a_change_of_pay_makes_a_new_letter_and_the_old_one_can_no_longer_be_signed() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let (offer, _) = house.sent(&opening, "62.50").await;
    let (ava, candidate) = (house.viewer(AVA).await, house.candidate_of(&offer).await);
    let old = house.signature(&offer).await;
    house.act(&candidate, &offer, Asked::Command(Command::RequestChange { why: "64 an hour".into() })).await.unwrap();
    let typed: Entries = [(field::PAY_BASE, "64.00".to_owned())].into_iter().collect();
    let proposal = house.desk.offer_page(&ava, &offer).await.unwrap().proposals[0].id.clone();
    let adopt = Asked::Adopt { proposal, version: 1, typed, why: "agreed".into(), reasons: Vec::new() };
    house.act(&ava, &offer, adopt).await.unwrap();
    let page = house.desk.candidate_page(&candidate).await.unwrap();
    assert!(page.replaced && page.replaces.is_none());
    let earlier = page.letter.unwrap();
    assert_eq!(earlier.version, 1);
    assert!(matches!(house.act(&candidate, &offer, old.clone()).await, Err(DeskFault::Refused(_))));
    house.approved(&offer).await;
    house.asked_to_send(&offer).await;
    let mails = house.post().await;
    assert!(mails.iter().any(|mail| mail.subject.starts_with("Your new offer")));
    assert!(matches!(house.act(&candidate, &offer, old).await, Err(DeskFault::Refused(_))));
    let page = house.desk.candidate_page(&candidate).await.unwrap();
    assert!(!page.replaced);
    assert_eq!(page.replaces, Some(earlier.letter.issued), "an older link leads here, and the page says so");
    assert_eq!(page.letter.unwrap().version, 2);
    house.accepted(&offer).await;
    assert_eq!(house.status(&offer).await, Status::Accepted);
}

#[tokio::test]
async fn an_offer_expires_when_its_accept_by_has_passed_and_not_before() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let (offer, _) = house.sent(&opening, "62.50").await;
    house.now_is("2026-12-19T01:00:00Z");
    assert_eq!(crate::clockwork::turn(&house.desk).await.unwrap(), 0, "at the accept-by it can still be signed");
    house.now_is("2026-12-19T01:00:00.000001Z");
    assert_eq!(crate::clockwork::turn(&house.desk).await.unwrap(), 1);
    assert_eq!(house.status(&offer).await, Status::Expired);
    assert_eq!(crate::clockwork::turn(&house.desk).await.unwrap(), 0);
    let last = house.desk.file(&offer).await.unwrap().history.last().unwrap().clone();
    assert_eq!((last.event, last.by.kind), (Event::Expired, ActorKind::Clockwork));
}

#[tokio::test]
async fn a_moved_accept_by_moves_letter_and_expiry_and_reaches_the_candidate() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let (offer, _) = house.sent(&opening, "62.50").await;
    let ava = house.viewer(AVA).await;
    let moved =
        |accept_by: &str| Asked::MoveAcceptBy { accept_by: accept_by.into(), zone: "America/Los_Angeles".into(), reason: "a trip".into() };
    assert!(matches!(house.act(&ava, &offer, moved("2026-02-30T17:00")).await, Err(DeskFault::Problems(_))));
    house.act(&ava, &offer, moved("2026-12-21T17:00")).await.unwrap();
    assert_eq!(house.post().await[0].subject, "You have a new date to answer your offer");
    house.now_is("2026-12-20T00:00:00Z");
    crate::clockwork::turn(&house.desk).await.unwrap();
    house.accepted(&offer).await;
    assert_eq!(house.status(&offer).await, Status::Accepted);
}

#[tokio::test]
async fn the_list_finds_an_offer_by_words_and_by_whom_it_waits_for() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 3).await;
    let offer = house.submitted(&opening, "62.50").await;
    let other = house.drafted(&opening, "60").await;
    let list = async |who: &str, ask: OfferListAsk| {
        let list = house.desk.offer_list(&house.viewer(who).await, &ask).await.unwrap();
        list.lines.into_iter().map(|line| line.id).collect::<Vec<_>>()
    };
    let asking = |words: &str| OfferListAsk { words: words.into(), ..OfferListAsk::default() };
    let waiting = || OfferListAsk { waiting_on_me: true, ..OfferListAsk::default() };
    assert_eq!(list(AVA, OfferListAsk::default()).await.len(), 2);
    assert_eq!(list(AVA, asking("quil nurse")).await.len(), 2);
    assert_eq!(list(AVA, asking("REQ-3000-1")).await, std::slice::from_ref(&offer));
    assert!(list(AVA, asking("nobody")).await.is_empty());
    assert_eq!(list(AVA, waiting()).await, [other]);
    assert_eq!(list("Omar Ops", waiting()).await, std::slice::from_ref(&offer));
    assert!(list("Fay Finance", OfferListAsk::default()).await.is_empty(), "no step of hers, no offer");
    let in_review = OfferListAsk { statuses: vec![Status::InReview], ..OfferListAsk::default() };
    assert_eq!(list(AVA, in_review).await, [offer]);
}

#[tokio::test]
async fn an_offer_cancelled_as_a_draft_keeps_its_name_on_the_list() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let offer = house.drafted(&opening, "62.50").await;
    house.command(AVA, &offer, Command::Cancel { reason: "closed".into() }).await;
    let page = house.desk.offer_page(&house.viewer(AVA).await, &offer).await.unwrap();
    assert_eq!((page.candidate.as_str(), page.title.as_str()), (CANDIDATE, "Registered Nurse, ICU"));
}

#[tokio::test]
async fn whoever_has_a_seat_competes_for_none_of_the_free_ones() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 2).await;
    let (signed, _) = house.sent(&opening, "62.50").await;
    house.accepted(&signed).await;
    // one seat is free, and nobody else is after it
    house.submitted(&opening, "62.50").await;
}
