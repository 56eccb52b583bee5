//! One's own sign-in: sessions, the password, the way back to it, and showing again who one is.

use app::desk::{Answer, Browser, Joining, Viewer};
use offer::{
    field::FieldKey,
    intake::{Fault, Problem},
    lifecycle::Refusal,
    person::CredentialChange,
};

use super::house::{AVA, FIRM, House, PASSWORD, browser, done, with_cookie};
use crate::outbox::Part;

const ANOTHER: &str = "stones under nine lakes";

async fn signed_in(house: &House, password: &str) -> Browser {
    let browser = browser();
    with_cookie(&browser, &done(house.sign_in(AVA, password, &browser).await))
}

fn is_staff(viewer: &Viewer) -> bool {
    matches!(viewer, Viewer::Staff { .. })
}

fn wrong<T>(field: &'static str, fault: Fault) -> Answer<T> {
    Answer::Problems(vec![Problem { field: FieldKey::named(field), fault }])
}

#[tokio::test]
async fn sessions_are_listed_and_each_can_be_ended() {
    let house = House::with_ava().await;
    let there = Browser { user_agent: "Firefox/130.0 (Windows)".to_owned(), address: "198.51.100.4".to_owned(), ..browser() };
    let there = with_cookie(&there, &done(house.sign_in(AVA, PASSWORD, &there).await));
    house.wait_seconds(60);
    let here = signed_in(&house, PASSWORD).await;
    let page = done(house.identity.account(&house.firm, &here).await);
    let listed: Vec<_> = page.sessions.iter().map(|line| (line.address.as_str(), line.is_this)).collect();
    assert_eq!(listed, [("192.0.2.7", true), ("198.51.100.4", false)]);
    let key = page.sessions[1].key.clone();
    assert_eq!(house.identity.end_session(&house.firm, &page.sessions[0].key, &here).await, Answer::NotFound, "not the one that looks");
    done(house.identity.end_session(&house.firm, &key, &here).await);
    assert_eq!(house.viewer(&there).await, Viewer::Nobody);
    assert!(is_staff(&house.viewer(&here).await));
    assert_eq!(house.identity.end_session(&house.firm, &key, &here).await, Answer::NotFound);
}

#[tokio::test]
async fn ending_sessions_asks_again_who_somebody_is_after_a_quarter_of_an_hour() {
    let house = House::with_ava().await;
    let (there, here) = (signed_in(&house, PASSWORD).await, signed_in(&house, PASSWORD).await);
    let page = done(house.identity.account(&house.firm, &here).await);
    let key = page.sessions.iter().find(|line| !line.is_this).unwrap().key.clone();
    house.wait_seconds(16 * 60);
    assert_eq!(house.identity.end_session(&house.firm, &key, &here).await, Answer::Refused(Refusal::ProveFirst));
    assert_eq!(house.identity.sign_out_everywhere(&house.firm, &here).await, Answer::Refused(Refusal::ProveFirst));
    let here = with_cookie(&here, &done(house.identity.prove(&house.firm, PASSWORD, "", &here).await));
    done(house.identity.end_session(&house.firm, &key, &here).await);
    assert_eq!(house.viewer(&there).await, Viewer::Nobody);
}

#[tokio::test]
async fn nobody_ends_a_session_of_somebody_else() {
    let house = House::with_ava().await;
    let ben = house.somebody("ben@northstar.example");
    let credential = house.identity.credential(ben.as_str(), PASSWORD).await.unwrap();
    house.store.change(FIRM, vec![crate::store::Change::Credential(credential)]).await.unwrap();
    let ava = signed_in(&house, PASSWORD).await;
    let key = done(house.identity.account(&house.firm, &ava).await).sessions[0].key.clone();
    let other = browser();
    let ben = with_cookie(&other, &done(house.sign_in("ben@northstar.example", PASSWORD, &other).await));
    assert_eq!(house.identity.end_session(&house.firm, &key, &ben).await, Answer::NotFound);
    assert!(is_staff(&house.viewer(&ava).await));
}

#[tokio::test]
async fn signing_out_everywhere_ends_all_of_them() {
    let house = House::with_ava().await;
    let (one, other) = (signed_in(&house, PASSWORD).await, signed_in(&house, PASSWORD).await);
    done(house.identity.sign_out_everywhere(&house.firm, &one).await);
    assert_eq!((house.viewer(&one).await, house.viewer(&other).await), (Viewer::Nobody, Viewer::Nobody));
    assert_eq!(house.identity.account(&house.firm, &one).await, Answer::SignIn);
}

#[tokio::test]
async fn a_new_password_takes_the_one_before_and_ends_every_other_session() {
    let house = House::with_ava().await;
    let (here, there) = (signed_in(&house, PASSWORD).await, signed_in(&house, PASSWORD).await);
    let change = |current: &'static str, new: &'static str| house.identity.change_password(&house.firm, current, new, &here);
    assert_eq!(change("another lake and stone", ANOTHER).await, wrong("current_password", Fault::Wrong));
    assert_eq!(change(PASSWORD, "short").await, wrong("password", Fault::TooShort { characters_min: 15 }));
    let after = with_cookie(&here, &done(change(PASSWORD, ANOTHER).await));
    assert_eq!((house.viewer(&here).await, house.viewer(&there).await), (Viewer::Nobody, Viewer::Nobody));
    assert!(is_staff(&house.viewer(&after).await));
    assert_eq!(house.sign_in(AVA, PASSWORD, &browser()).await, Answer::SignIn);
    signed_in(&house, ANOTHER).await;
    assert_eq!(house.firm.told.lock().unwrap().last().unwrap().1, CredentialChange::PasswordSet);
    assert_eq!(house.firm.post.lock().unwrap().len(), 1, "the owner is told");
}

/// The token of the link in the newest mail.
fn mailed(house: &House) -> Option<String> {
    let post = house.firm.post.lock().unwrap();
    let (_, mail) = post.last()?;
    mail.parts.iter().find_map(|part| match part {
        Part::Link { url, .. } => url.split("/join/").nth(1).map(str::to_owned),
        _ => None,
    })
}

#[tokio::test]
async fn a_forgotten_password_is_replaced_by_a_link_that_works_once_for_an_hour() {
    let house = House::with_ava().await;
    let there = signed_in(&house, PASSWORD).await;
    let forgot = || async { done(house.identity.forgot_password(&house.firm, " Ava@Northstar.example", &browser()).await) };
    forgot().await;
    let first = mailed(&house).unwrap();
    assert_eq!(house.identity.joining(&house.firm, &first).await, Answer::Done(Joining { address: AVA.to_owned(), is_reset: true }));
    forgot().await;
    let second = mailed(&house).unwrap();
    assert_eq!(house.identity.joining(&house.firm, &first).await, Answer::NotFound, "a newer one was mailed");
    done(house.identity.join(&house.firm, &second, "", "", ANOTHER, &browser()).await);
    assert_eq!(house.identity.joining(&house.firm, &second).await, Answer::NotFound);
    assert_eq!(house.viewer(&there).await, Viewer::Nobody);
    signed_in(&house, ANOTHER).await;
    forgot().await;
    let late = mailed(&house).unwrap();
    house.wait_seconds(3600);
    assert_eq!(house.identity.joining(&house.firm, &late).await, Answer::NotFound);
}

#[tokio::test]
async fn a_new_password_closes_every_link_that_would_still_set_one() {
    let house = House::with_ava().await;
    let join = house.identity.invite_to_join(&house.firm, AVA).await.unwrap();
    let invited = join.strip_prefix("/join/").unwrap();
    done(house.identity.forgot_password(&house.firm, AVA, &browser()).await);
    let forgotten = mailed(&house).unwrap();
    assert!(matches!(house.identity.joining(&house.firm, invited).await, Answer::Done(_)));
    done(house.identity.join(&house.firm, &forgotten, "", "", ANOTHER, &browser()).await);
    assert_eq!(house.identity.joining(&house.firm, invited).await, Answer::NotFound, "it went with the old password");

    done(house.identity.forgot_password(&house.firm, AVA, &browser()).await);
    let late = mailed(&house).unwrap();
    let ava = signed_in(&house, ANOTHER).await;
    done(house.identity.change_password(&house.firm, ANOTHER, PASSWORD, &ava).await);
    assert_eq!(house.identity.joining(&house.firm, &late).await, Answer::NotFound);
}

#[tokio::test]
async fn an_unknown_address_is_answered_alike_and_mailed_nothing() {
    let house = House::with_ava().await;
    done(house.identity.forgot_password(&house.firm, "eve@elsewhere.example", &browser()).await);
    let made = mailed(&house).unwrap();
    assert_eq!(house.identity.joining(&house.firm, &made).await, Answer::NotFound, "a link for nobody opens nothing");
    assert!(house.store.outbox_of(FIRM, "").await.unwrap().is_empty());
}

#[tokio::test]
async fn one_address_is_mailed_three_links_an_hour() {
    let house = House::with_ava().await;
    for _ in 0..5 {
        done(house.identity.forgot_password(&house.firm, AVA, &browser()).await);
    }
    assert_eq!(house.firm.post.lock().unwrap().len(), 3);
}

#[tokio::test]
async fn somebody_is_proven_for_a_quarter_of_an_hour_and_again_by_their_password() {
    let house = House::with_ava().await;
    let ava = signed_in(&house, PASSWORD).await;
    assert!(house.viewer(&ava).await.is_proven());
    house.wait_seconds(15 * 60);
    assert!(is_staff(&house.viewer(&ava).await) && !house.viewer(&ava).await.is_proven());
    assert_eq!(house.identity.prove(&house.firm, "another lake and stone", "", &ava).await, wrong("password", Fault::Wrong));
    assert_eq!(house.identity.prove(&house.firm, "", "", &ava).await, wrong("password", Fault::Wrong));
    let again = with_cookie(&ava, &done(house.identity.prove(&house.firm, PASSWORD, "", &ava).await));
    assert_ne!(again.session, ava.session, "under a new token");
    assert!(house.viewer(&again).await.is_proven());
    assert_eq!(house.viewer(&ava).await, Viewer::Nobody);
    for _ in 0..51 {
        house.wait_seconds(14 * 60);
        house.viewer(&again).await;
    }
    assert_eq!(house.viewer(&again).await, Viewer::Nobody, "it ends twelve hours after the sign-in, however often it is proven");
}
