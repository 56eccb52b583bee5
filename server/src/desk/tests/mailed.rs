//! Deciding from a mail: what is recorded, and when a link lives.

use std::sync::Arc;

use app::desk::{Answer, Browser, Desk as _, Mailed, MailedDecided, MailedDecision, MailedOver, MailedStands};
use offer::{
    access::Denial,
    engagement::Engagement,
    id::{OfferId, role},
    ledger::{AuthLevel, Envelope},
    lifecycle::{Command, Event, Refusal},
    terms::Entries,
};

use super::house::{AVA, House, email_of, operator, playbook};
use crate::{
    config::SessionTimes,
    desk::Port,
    fresh::Token,
    identity::{Cookies, Identity},
    outbox::{Mail, Part},
};

const TIMES: SessionTimes = SessionTimes { idle_seconds: 30 * 60, absolute_seconds: 12 * 3600 };
const HANA: &str = "Hana Manager";

/// Hana's phone, before anything was entered in it.
struct Phone {
    port: Port,
    browser: Browser,
}

impl Phone {
    fn of(house: &House) -> Self {
        let desk = house.desk.clone();
        let (store, firm) = (desk.store.clone(), desk.firm().to_owned());
        let identity = Identity::new(store, &firm, Arc::clone(&desk.clock), TIMES, Cookies::new(false)).unwrap();
        let browser = Browser { tie: Token::new().unwrap().text().to_owned(), address: "192.0.2.7".into(), ..Browser::default() };
        Self { port: Port { house: desk, identity: Arc::new(identity) }, browser }
    }

    fn take(&mut self, set: &str) {
        let (pair, _) = set.split_once(';').unwrap_or_default();
        match pair.split_once('=') {
            Some(("code", value)) => value.clone_into(&mut self.browser.code),
            Some(("known", value)) => value.clone_into(&mut self.browser.known),
            _ => {}
        }
    }

    /// Enters the code for a link.
    async fn enter(&mut self, house: &House, token: &str) {
        let Answer::Done(cookie) = self.port.request_code(token, &self.browser).await else { panic!("a code") };
        self.take(&cookie.set);
        let code = house.post().await.iter().find_map(code).expect("a mail with a code");
        let Answer::Done(cookie) = self.port.open_with_code(&code, true, &self.browser).await else { panic!("it opens") };
        self.take(&cookie.set);
    }

    async fn stands(&self, token: &str) -> MailedStands {
        match self.port.mailed(token, &self.browser).await {
            Answer::Done(Mailed::Here(page)) => page.stands,
            other => panic!("{other:?}"),
        }
    }

    async fn approve(&mut self, token: &str) -> Answer<()> {
        let decision = MailedDecision::Approve { comment: "fine".into(), lowest: Entries::default(), highest: Entries::default() };
        let answer = self.port.decide_mailed(token, &self.browser, decision, "").await;
        if let Answer::Done(cookie) = &answer {
            self.take(&cookie.set.clone());
        }
        answer.map(drop)
    }
}

fn code(mail: &Mail) -> Option<String> {
    mail.parts.iter().find_map(|part| if let Part::Code { code } = part { Some(code.clone()) } else { None })
}

/// The token of the link by which somebody is asked to decide.
fn asked(mails: &[Mail], name: &str) -> String {
    let own = mails.iter().filter(|mail| mail.to.address == email_of(name)).flat_map(|mail| &mail.parts);
    let tokens = own.filter_map(|part| if let Part::Link { url, .. } = part { url.split_once("/a/i/") } else { None });
    tokens.map(|(_, token)| token.to_owned()).next_back().unwrap_or_else(|| panic!("{name} is asked by mail"))
}

/// An offer of the firm's own that waits on its hiring manager, and her link.
async fn waiting(house: &House) -> (OfferId, String) {
    let opening = house.opening(Engagement::Internal, 1).await;
    let offer = house.submitted(&opening, "62.50").await;
    let token = asked(&house.post().await, HANA);
    (offer, token)
}

async fn level_of_last_event(house: &House, offer: &OfferId, kind: &str) -> AuthLevel {
    let rows = house.desk.store.load(house.desk.firm(), offer.as_str()).await.unwrap();
    let envelopes = rows.iter().rev().map(|row| serde_json::from_str::<Envelope>(&row.envelope).unwrap());
    let mut found = envelopes.filter(|envelope| envelope.kind == kind);
    found.next().expect("such an event").actor.auth_level
}

#[tokio::test]
async fn a_decision_with_the_code_just_entered_is_recorded_as_the_holders_of_the_code() {
    let house = House::new().await;
    let (offer, token) = waiting(&house).await;
    let mut phone = Phone::of(&house);
    assert!(matches!(phone.port.mailed(&token, &phone.browser).await, Answer::Done(Mailed::Invited { waits: true, .. })));
    assert_eq!(phone.approve(&token).await, Answer::SignIn, "a stranger decides nothing");
    phone.enter(&house, &token).await;
    assert!(matches!(phone.stands(&token).await, MailedStands::Waits(_)));
    assert_eq!(phone.approve(&token).await, Answer::Done(()));
    assert_eq!(level_of_last_event(&house, &offer, "step_approved").await, AuthLevel::Code);
    let stands = phone.stands(&token).await;
    let MailedStands::Over(MailedOver::ByReader { decision, .. }) = stands else { panic!("{stands:?}") };
    assert_eq!(decision, MailedDecided::Approved);
    assert!(matches!(Phone::of(&house).port.mailed(&token, &Browser::default()).await, Answer::Done(Mailed::Invited { waits: false, .. })));
}

#[tokio::test]
async fn whoever_only_follows_a_link_has_looked_at_nothing() {
    let house = House::new().await;
    let (offer, token) = waiting(&house).await;
    let looks = async || house.desk.looked_at(&offer).await.unwrap().len();
    let before = looks().await;
    let scanner = Phone::of(&house);
    assert!(matches!(scanner.port.mailed(&token, &Browser::default()).await, Answer::Done(Mailed::Invited { .. })));
    assert_eq!(looks().await, before);
    let mut phone = Phone::of(&house);
    phone.enter(&house, &token).await;
    phone.stands(&token).await;
    phone.stands(&token).await;
    assert_eq!(looks().await, before + 1, "twice within a second is one look");
}

#[tokio::test]
async fn a_decision_in_a_browser_that_is_only_remembered_is_recorded_as_the_holders_of_a_link() {
    let house = House::new().await;
    let (offer, token) = waiting(&house).await;
    let mut phone = Phone::of(&house);
    phone.enter(&house, &token).await;
    house.now_is("2026-11-21T06:00:01Z");
    assert_eq!(phone.approve(&token).await, Answer::Done(()));
    assert_eq!(level_of_last_event(&house, &offer, "step_approved").await, AuthLevel::Link);
}

#[tokio::test]
async fn a_role_that_signs_in_with_a_second_factor_is_asked_by_mail_and_decides_after_signing_in() {
    let house = House::new().await;
    let (offer, token) = waiting(&house).await;
    let mut phone = Phone::of(&house);
    phone.enter(&house, &token).await;

    let mut playbook = playbook();
    let manager = playbook.roles.iter_mut().find(|sheet| sheet.key == role::HIRING_MANAGER).unwrap();
    manager.second_factor = true;
    let version = house.desk.current().await.unwrap().version;
    house.desk.publish(playbook, version, &operator()).await.unwrap();
    assert!(matches!(phone.port.mailed(&token, &phone.browser).await, Answer::Done(Mailed::SignsIn { .. })));
    assert_eq!(phone.approve(&token).await, Answer::Refused(Refusal::NotAllowed { because: Denial::SecondFactorMissing }));

    house.command(HANA, &offer, Command::Return { step: offer::id::StepKey::named("hiring_manager"), question: "Why?".into() }).await;
    house.post().await;
    house.command(AVA, &offer, Command::AnswerStep { step: offer::id::StepKey::named("hiring_manager"), answer: "So.".into() }).await;
    let mails = house.post().await;
    let mail = mails.iter().find(|mail| mail.to.address == email_of(HANA)).unwrap();
    let links: Vec<&str> =
        mail.parts.iter().filter_map(|part| if let Part::Link { url, .. } = part { Some(url.as_str()) } else { None }).collect();
    assert_eq!(links, [format!("http://127.0.0.1:3000/offers/{offer}")]);
}

#[tokio::test]
async fn whoever_handed_a_step_over_or_holds_its_role_no_more_decides_nothing_by_the_old_link() {
    let house = House::new().await;
    let (offer, token) = waiting(&house).await;
    let mut phone = Phone::of(&house);
    phone.enter(&house, &token).await;

    let roster = house.desk.roster().await.unwrap();
    let mut hana = roster.present().find(|listed| listed.person.name() == Some(HANA)).unwrap().person.clone();
    hana.roles = vec![role::IT];
    house.desk.upsert_person(hana, &operator()).await.unwrap();
    let stands = phone.stands(&token).await;
    assert!(matches!(stands, MailedStands::Over(MailedOver::NotTheirs)), "{stands:?}");
    assert_eq!(phone.approve(&token).await, Answer::NotFound);

    let file = house.desk.file(&offer).await.unwrap();
    let (me, omar) = (house.id_of(HANA).await, house.id_of("Omar Ops").await);
    let asking = crate::identity::Asking { offer, step: offer::id::StepKey::named("hiring_manager"), version: 1 };
    let mut history = file.history.clone();
    assert_eq!(crate::desk::mailed::handed_over_to(&history, &asking, &me), None);
    let mut handed = history.last().unwrap().clone();
    let reason = offer::private::Private::Kept("away".into());
    handed.event = Event::StepDelegated { step: asking.step.clone(), from: me.clone(), to: omar.clone(), reason };
    history.push(handed);
    assert_eq!(crate::desk::mailed::handed_over_to(&history, &asking, &me), Some(omar));
    let anew = crate::identity::Asking { version: 2, ..asking };
    assert_eq!(crate::desk::mailed::handed_over_to(&history, &anew, &me), None, "another version is asked about anew");
}
