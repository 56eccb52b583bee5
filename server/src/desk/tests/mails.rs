//! Who is told what by mail.

use app::desk::{Asked, RequestAnswer};
use offer::{
    engagement::Engagement,
    field,
    id::ContingencyKind,
    lifecycle::{Command, ContingencyState, Status},
    playbook::ContingencyDue,
};

use super::house::{AVA, CANDIDATE_EMAIL, House, PRIYA, email_of};
use crate::{
    desk::{CameBack, DeskFault},
    identity::invitations,
    outbox::{Handover, Mail, Outcome, Part},
    store::{Change, Claim, queue},
};

fn said(mail: &Mail) -> String {
    serde_json::to_string(&mail.parts).unwrap()
}

fn links(mail: &Mail) -> impl Iterator<Item = &str> {
    mail.parts.iter().filter_map(|part| if let Part::Link { url, .. } = part { Some(url.as_str()) } else { None })
}

fn link(mail: &Mail) -> Option<&str> {
    links(mail).next()
}

fn to<'a>(mails: &'a [Mail], address: &str) -> &'a Mail {
    mails.iter().find(|mail| mail.to.address == address).unwrap_or_else(|| panic!("a mail to {address}"))
}

#[tokio::test]
async fn an_approver_is_told_that_something_waits_without_a_figure() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let offer = house.submitted(&opening, "62.50").await;
    let mails = house.post().await;
    let mail = to(&mails, &email_of("Omar Ops"));
    let ways: Vec<&str> = links(mail).collect();
    let [decide, signed_in] = ways.as_slice() else { panic!("{ways:?}") };
    assert!(decide.starts_with("http://127.0.0.1:3000/a/i/"), "{decide}");
    assert_eq!(*signed_in, format!("http://127.0.0.1:3000/offers/{offer}"));
    assert!(["62.50", "92.00", "$"].iter().all(|figure| !said(mail).contains(figure)));
    assert_eq!(mails.len(), 1, "nobody else is asked yet");
    house.approved(&offer).await;
    let mails = house.post().await;
    let ways: Vec<&str> = links(to(&mails, &email_of(PRIYA))).collect();
    assert!(matches!(ways.as_slice(), [decide, portal] if decide.contains("/a/i/") && portal.contains("/c/i/")), "{ways:?}");
    assert_eq!(to(&mails, &email_of(AVA)).subject, "Approved: REQ-3000-1, Registered Nurse, ICU");
}

#[tokio::test]
async fn a_candidate_is_invited_and_keeps_what_was_signed() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let (offer, mails) = house.sent(&opening, "62.50").await;
    let invitation = to(&mails, CANDIDATE_EMAIL);
    assert!(link(invitation).unwrap().starts_with("http://127.0.0.1:3000/o/i/"));
    assert!(!said(invitation).contains("62.50"));
    assert_eq!(invitation.reply_to.as_ref().unwrap().address, email_of(AVA));
    house.accepted(&offer).await;
    let mails = house.post().await;
    let copy = to(&mails, CANDIDATE_EMAIL);
    let [letter, record] = copy.attachments.as_slice() else { panic!("letter and record") };
    assert!(letter.bytes.starts_with(b"%PDF"));
    let record: serde_json::Value = serde_json::from_slice(&record.bytes).unwrap();
    assert_eq!(record["evidence"]["address"], "203.0.113.7");
    assert_eq!(
        record["letter"]["digest"],
        serde_json::json!(house.desk.file(&offer).await.unwrap().offer.letter.as_ref().unwrap().made.digest)
    );
    assert!(mails.iter().any(|mail| mail.to.address == email_of(AVA) && mail.subject.starts_with("Accepted")));
    house.cleared(&offer).await;
    let mails = house.post().await;
    assert!(link(to(&mails, &email_of("Ike Systems"))).unwrap().ends_with("/hand-off/it"));
}

#[tokio::test]
async fn a_letter_whose_mail_is_given_up_was_not_sent_and_can_be_sent_again() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let offer = house.submitted(&opening, "62.50").await;
    house.approved(&offer).await;
    house.post().await;
    house.asked_to_send(&offer).await;
    let now = house.desk.now().micros();
    let rows = house.desk.store.claim_outbox(house.desk.firm(), Claim { now, lease_until: now + 1, rows_max: 9 }).await.unwrap();
    let [row] = rows.as_slice() else { panic!("one mail") };
    let settle = Change::OutboxSettle { id: row.id.clone(), attempt: row.attempts, state: queue::FAILED, fault: "550".into() };
    let outcome = Outcome::GivenUp { at: now, fault: "550 no such user".into() };
    house.desk.record(house.desk.firm(), row, outcome, settle).await.unwrap();
    assert_eq!(house.status(&offer).await, Status::Approved);
    assert!(house.post().await.iter().any(|mail| mail.to.address == email_of(AVA) && mail.subject.starts_with("Not sent")));
    house.asked_to_send(&offer).await;
    house.post().await;
    assert_eq!(house.status(&offer).await, Status::Sent);
    let message = house.desk.file(&offer).await.unwrap().history.iter().rev().find_map(|recorded| match &recorded.event {
        offer::lifecycle::Event::Sent { message } => Some(message.clone()),
        _ => None,
    });
    let message = message.unwrap();
    let number = house.desk.file(&offer).await.unwrap().offer.number.clone();
    assert_eq!(house.desk.bounced(&row.id, "mailbox full").await, Ok(CameBack::Settled { number: number.clone() }));
    assert_eq!(house.desk.bounced(&message, "mailbox full").await, Ok(CameBack::Recorded { number: number.clone() }));
    assert_eq!(house.desk.bounced(&message, "mailbox full").await, Ok(CameBack::Settled { number }));
    assert_eq!(house.desk.bounced("no-such-mail", "mailbox full").await, Err(DeskFault::NotFound));
    assert!(house.post().await.iter().any(|mail| mail.subject.starts_with("The mail came back")));
}

#[tokio::test]
async fn a_client_is_told_how_the_candidate_answered_and_a_candidate_when_the_start_moves() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let (offer, mails) = house.sent(&opening, "62.50").await;
    let priya = email_of(PRIYA);
    assert!(mails.iter().all(|mail| mail.to.address != priya), "there is no answer yet");
    house.accepted(&offer).await;
    let mails = house.post().await;
    let news = to(&mails, &priya);
    assert_eq!(news.subject, "The candidate accepted: REQ-3000-1, Registered Nurse, ICU");
    assert!(link(news).unwrap().contains("/c/i/"));
    assert!(["62.50", "92.00", "$"].iter().all(|figure| !said(news).contains(figure)));
    let day = "2027-02-08".parse().unwrap();
    house.command(AVA, &offer, Command::MoveStart { to: day, reason: "the unit opens later".into() }).await;
    let mails = house.post().await;
    assert_eq!(to_candidate(&mails), ["Your first day has moved"]);
    assert!(said(to(&mails, CANDIDATE_EMAIL)).contains("February 8, 2027"));
    assert!(to(&mails, &priya).subject.starts_with("The start moved from"));
    assert!(mails.iter().all(|mail| !said(mail).contains("opens later")));
}

#[tokio::test]
async fn a_candidate_who_says_no_before_a_new_letter_left_keeps_the_one_that_they_had() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let (offer, _) = house.sent(&opening, "62.50").await;
    let had = house.desk.file(&offer).await.unwrap().offer.letter.clone().unwrap().made.pdf.to_string();
    house.adopted(&offer, &field::PAY_BASE, "63.00").await;
    house.adopted(&offer, &field::JOB_TITLE, "Charge Nurse, ICU").await;
    house.approved(&offer).await;
    house.post().await;
    house.asked_to_send(&offer).await;
    house.act(&house.viewer(AVA).await, &offer, House::declining()).await.unwrap();
    let mails = house.post().await;
    let copy = to(&mails, CANDIDATE_EMAIL);
    assert!(said(copy).contains("Registered Nurse, ICU") && !said(copy).contains("Charge Nurse"), "{}", said(copy));
    assert_eq!(copy.attachments.iter().map(|attached| attached.digest.as_str()).collect::<Vec<_>>(), [had.as_str()]);
}

fn to_candidate(mails: &[Mail]) -> Vec<&str> {
    mails.iter().filter(|mail| mail.to.address == CANDIDATE_EMAIL).map(|mail| mail.subject.as_str()).collect()
}

#[tokio::test]
async fn a_candidate_whose_request_is_refused_is_told_once_that_the_letter_stays_and_not_why() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let (offer, _) = house.sent(&opening, "62.50").await;
    let candidate = house.candidate_of(&offer).await;
    house.act(&candidate, &offer, Asked::Command(Command::RequestChange { why: "64 an hour".into() })).await.unwrap();
    house.command(AVA, &offer, Command::Hold { reason: "until it is decided".into() }).await;
    house.post().await;
    let proposal = house.desk.file(&offer).await.unwrap().offer.proposals.keys().next().unwrap().clone();
    house.command(AVA, &offer, Command::RefuseProposal { proposal, reason: "the band ends there".into() }).await;
    let mails = house.post().await;
    assert_eq!(to_candidate(&mails), ["The change you asked for"]);
    assert!(!said(to(&mails, CANDIDATE_EMAIL)).contains("band"));
    assert_eq!(house.desk.candidate_page(&candidate).await.unwrap().change_requests[0].answer, RequestAnswer::No);
}

#[tokio::test]
async fn a_candidate_is_told_when_their_letter_is_held_and_when_it_is_open_again() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let (offer, _) = house.sent(&opening, "62.50").await;
    house.command(AVA, &offer, Command::Hold { reason: "one more look".into() }).await;
    assert_eq!(to_candidate(&house.post().await), ["Your offer is on hold for now"]);
    house.command(AVA, &offer, Command::Release).await;
    assert_eq!(to_candidate(&house.post().await), ["Your offer is open again"]);
}

#[tokio::test]
async fn a_candidate_is_told_when_the_last_check_before_signing_is_complete() {
    let house = House::new().await;
    house.published(|playbook| playbook.contingencies.iter_mut().for_each(|rule| rule.due = ContingencyDue::Acceptance)).await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let (offer, _) = house.sent(&opening, "62.50").await;
    let kinds: Vec<_> = house.desk.file(&offer).await.unwrap().offer.contingencies.keys().cloned().collect();
    let (last, first) = kinds.split_last().unwrap();
    let resolve = |kind: &ContingencyKind| Command::ResolveContingency {
        kind: kind.clone(),
        state: ContingencyState::Cleared,
        evidence: "report 7".into(),
    };
    for kind in first {
        house.command(AVA, &offer, resolve(kind)).await;
        assert_eq!(to_candidate(&house.post().await), Vec::<&str>::new());
    }
    house.command(AVA, &offer, resolve(last)).await;
    assert_eq!(to_candidate(&house.post().await), ["You can sign your offer now"]);
}

#[tokio::test]
async fn a_link_to_an_address_that_was_wrong_opens_nothing_once_it_is_put_right() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let (offer, _) = house.sent(&opening, "62.50").await;
    let states = async || {
        let rows = house.desk.store.invitations_of(house.desk.firm(), offer.as_str()).await.unwrap();
        let candidates = rows.into_iter().filter(|row| row.kind == invitations::CANDIDATE);
        candidates.map(|row| (row.address, row.state)).collect::<Vec<_>>()
    };
    assert_eq!(states().await, [(CANDIDATE_EMAIL.to_owned(), invitations::OPEN.to_owned())]);
    house.adopted(&offer, &field::CANDIDATE_PHONE, "+1 916 555 0199").await;
    assert_eq!(states().await, [(CANDIDATE_EMAIL.to_owned(), invitations::OPEN.to_owned())], "the old link says what replaced it");

    house.adopted(&offer, &field::CANDIDATE_EMAIL, "right@candidate.example").await;
    assert_eq!(
        states().await,
        [(CANDIDATE_EMAIL.to_owned(), invitations::REVOKED.to_owned())],
        "at once, not when the next letter goes out"
    );
    house.approved(&offer).await;
    house.post().await;
    house.asked_to_send(&offer).await;
    assert_eq!(
        states().await.into_iter().filter(|(_, state)| state == invitations::OPEN).map(|(address, _)| address).collect::<Vec<_>>(),
        ["right@candidate.example"]
    );
}
