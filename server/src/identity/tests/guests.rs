//! Whoever decides from a mail: a code the first time, then a browser that is known.

use app::desk::{Answer, Browser, Viewer};
use offer::{
    id::{OfferId, PersonId},
    ledger::AuthLevel,
};

use super::house::{FIRM, House, browser, done, with_cookie};
use crate::{identity::invitations, store::Change};

const FAY: &str = "fay@northstar.example";
const DAY_SECONDS: i64 = 24 * 3600;

fn an_offer() -> OfferId {
    OfferId::new("a".repeat(32))
}

/// A house in which Fay was asked to decide: who she is, and the token of her link.
async fn asked() -> (House, PersonId, String) {
    let house = House::open().await;
    let fay = house.somebody(FAY);
    let token = house.ask_to_decide(&an_offer(), &fay, FAY).await;
    (house, fay, token)
}

/// A browser in which the code of a link was entered, to be remembered or not.
async fn entered(house: &House, token: &str, remember: bool) -> Browser {
    let browser = browser();
    let browser = with_cookie(&browser, &house.request_code(token, &browser).await);
    let code = house.code_mailed_last(&an_offer()).await;
    with_cookie(&browser, &done(house.identity.open_with_code(&house.firm, &code, remember, &browser).await))
}

/// The same browser after a decision.
async fn decided(house: &House, token: &str, browser: &Browser) -> Browser {
    let guest = house.guest(token, browser).await.unwrap();
    let set = house.identity.after_deciding(&guest, browser).await;
    with_cookie(browser, &app::desk::SessionCookie { set, go_to: String::new() })
}

async fn is_known(house: &House, token: &str, browser: &Browser) -> bool {
    house.guest(token, browser).await.is_some_and(|guest| guest.is_known())
}

#[tokio::test]
async fn a_link_shows_who_invites_and_makes_nobody_known_however_often_it_is_fetched() {
    let (house, fay, token) = asked().await;
    for _ in 0..20 {
        let guest = house.guest(&token, &browser()).await.unwrap();
        assert!(!guest.is_known());
        assert_eq!((guest.page.firm.as_str(), guest.page.masked_email.as_str()), ("Northstar", "f•••@n•••.example"));
        assert_eq!((guest.asking.offer, guest.asking.version), (an_offer(), 1));
    }
    assert!(house.store.outbox_of(FIRM, an_offer().as_str()).await.unwrap().is_empty());
    assert!(house.store.known_browsers_of(FIRM, fay.as_str(), 0).await.unwrap().is_empty());
    assert_eq!(house.identity.invitation(&house.firm, &token).await, Answer::NotFound, "it is no link of the portals");
}

#[tokio::test]
async fn a_code_makes_the_browser_known_and_opens_no_session() {
    let (house, fay, token) = asked().await;
    let phone = entered(&house, &token, true).await;
    let guest = house.guest(&token, &phone).await.unwrap();
    assert!(guest.is_known());
    assert_eq!((guest.member.id.clone(), guest.member.auth_level), (fay.clone(), AuthLevel::Code));
    assert_eq!(house.viewer(&phone).await, Viewer::Nobody, "every other page knows nobody");
    assert!(house.store.sessions_of(FIRM, fay.as_str(), 0).await.unwrap().is_empty());
    assert!(!is_known(&house, &token, &Browser { known: String::new(), ..phone }).await);
}

#[tokio::test]
async fn the_next_mail_opens_at_once_for_thirty_days_and_not_a_day_longer() {
    let (house, fay, first) = asked().await;
    let phone = entered(&house, &first, true).await;
    house.wait_seconds(13 * 3600);
    let next = house.ask_to_decide(&OfferId::new("b".repeat(32)), &fay, FAY).await;
    assert_eq!(house.guest(&next, &phone).await.unwrap().member.auth_level, AuthLevel::Link, "the code was entered yesterday");
    house.wait_seconds(30 * DAY_SECONDS - 13 * 3600 - 1);
    assert!(is_known(&house, &next, &phone).await);
    let phone = decided(&house, &next, &phone).await;
    house.wait_seconds(1);
    assert!(!is_known(&house, &next, &phone).await, "using it made it no longer");
}

#[tokio::test]
async fn a_browser_that_is_not_to_be_remembered_is_known_for_one_visit() {
    let (house, _, token) = asked().await;
    let borrowed = entered(&house, &token, false).await;
    house.wait_seconds(30 * 60 - 1);
    assert!(is_known(&house, &token, &borrowed).await);
    house.wait_seconds(1);
    assert!(!is_known(&house, &token, &borrowed).await);
}

#[tokio::test]
async fn a_browser_is_known_for_the_address_whose_code_was_entered_and_for_no_other() {
    let (house, _, token) = asked().await;
    let phone = entered(&house, &token, true).await;
    let omar = house.somebody("omar@northstar.example");
    let to_omar = house.ask_to_decide(&an_offer(), &omar, "omar@northstar.example").await;
    assert!(!is_known(&house, &to_omar, &phone).await);
    let both = entered(&house, &to_omar, true).await;
    assert!(is_known(&house, &to_omar, &both).await && !is_known(&house, &token, &both).await);
}

#[tokio::test]
async fn a_mail_to_an_address_that_is_somebodys_no_more_opens_nothing() {
    let (house, fay, token) = asked().await;
    let phone = entered(&house, &token, true).await;
    *house.firm.people.lock().unwrap() = vec![(fay, "fay.now@northstar.example".to_owned())];
    assert!(house.guest(&token, &phone).await.is_none());
    house.everybody_leaves();
    assert!(house.guest(&token, &phone).await.is_none());
}

#[tokio::test]
async fn each_decision_turns_the_secret_over_and_a_form_sent_twice_at_once_still_counts() {
    let (house, _, token) = asked().await;
    let before = entered(&house, &token, true).await;
    let after = decided(&house, &token, &before).await;
    assert_ne!(before.known, after.known);
    assert!(is_known(&house, &token, &after).await);
    assert!(is_known(&house, &token, &before).await, "the second press of the button");
    assert_eq!(decided(&house, &token, &before).await.known, before.known, "it turns nothing over once more");
    assert!(is_known(&house, &token, &after).await);
}

#[tokio::test]
async fn a_secret_that_was_turned_over_earlier_ends_it_for_both() {
    let (house, _, token) = asked().await;
    let stolen = entered(&house, &token, true).await;
    let own = decided(&house, &token, &stolen).await;
    house.wait_seconds(61);
    assert!(is_known(&house, &token, &own).await);
    assert!(!is_known(&house, &token, &stolen).await);
    assert!(!is_known(&house, &token, &own).await, "whoever has the copy must not win by being faster");
}

#[tokio::test]
async fn known_browsers_are_listed_and_forgotten_one_by_one_or_with_all_sessions() {
    let (house, fay, token) = asked().await;
    let (phone, laptop) = (entered(&house, &token, true).await, entered(&house, &token, true).await);
    let guest = house.guest(&token, &phone).await.unwrap();
    let listed = house.identity.browsers_of(&guest).await.unwrap();
    let [own, other] = [true, false].map(|own| listed.iter().find(|browser| browser.is_this == own).unwrap());
    assert_eq!(house.identity.forget_browser(&guest, &other.id).await.unwrap().as_deref(), Some(""));
    assert!(!is_known(&house, &token, &laptop).await && is_known(&house, &token, &phone).await);
    let set = house.identity.forget_browser(&guest, &own.id).await.unwrap().unwrap();
    assert!(set.starts_with("known=;"), "{set}");
    assert!(!is_known(&house, &token, &phone).await);

    let phone = entered(&house, &token, true).await;
    house.store.change(FIRM, vec![Change::SessionsEnd { subject: fay.as_str().to_owned() }]).await.unwrap();
    assert!(!is_known(&house, &token, &phone).await);
}

#[tokio::test]
async fn a_stranger_forgets_nobodys_browser() {
    let (house, fay, token) = asked().await;
    let phone = entered(&house, &token, true).await;
    let (id, _) = phone.known.split_once('.').unwrap();
    let guessed = Browser { known: format!("{id}.{}", "A".repeat(43)), ..browser() };
    let stranger = house.guest(&token, &guessed).await.unwrap();
    assert!(!stranger.is_known());
    assert_eq!(house.identity.forget_browser(&stranger, id).await.unwrap(), None);
    let taken_over = entered(&house, &token, true).await;
    assert!(is_known(&house, &token, &taken_over).await);
    assert!(is_known(&house, &token, &phone).await, "a guessed id makes nobody be forgotten");
    assert_eq!(house.store.known_browsers_of(FIRM, fay.as_str(), 0).await.unwrap().len(), 2);
}

#[tokio::test]
async fn a_link_that_was_taken_back_opens_nothing() {
    let (house, _, token) = asked().await;
    let phone = entered(&house, &token, true).await;
    house.store.change(FIRM, invitations::revoke(&an_offer())).await.unwrap();
    assert!(house.guest(&token, &phone).await.is_none());
}
