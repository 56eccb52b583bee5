//! Links and the codes that open them.

use app::desk::{Answer, Browser, Viewer};
use offer::id::OfferId;

use super::house::{FIRM, House, browser, done, with_cookie};
use crate::{
    fresh::Token,
    identity::invitations::{self, REVOKED},
};

fn an_offer() -> OfferId {
    OfferId::new("a".repeat(32))
}

/// A browser that asked for a code, and the code.
async fn asked(house: &House, token: &str) -> (Browser, String) {
    let browser = browser();
    let browser = with_cookie(&browser, &house.request_code(token, &browser).await);
    (browser, house.code_mailed_last(&an_offer()).await)
}

fn another(code: &str) -> String {
    if code == "000000" { "000001".to_owned() } else { "000000".to_owned() }
}

#[tokio::test]
async fn a_link_shows_who_invites_however_often_it_is_fetched_and_nothing_else_happens() {
    let house = House::open().await;
    let token = house.invite(&an_offer(), 1).await;
    for _ in 0..20 {
        let page = done(house.identity.invitation(&house.firm, &token).await);
        assert_eq!((page.firm.as_str(), page.masked_email.as_str(), page.for_candidate), ("Northstar", "m•••@e•••.com", true));
    }
    assert!(house.firm.views.lock().unwrap().is_empty());
    assert!(house.store.outbox_of(FIRM, an_offer().as_str()).await.unwrap().is_empty());
    assert!(house.store.sessions_of(FIRM, &"0".repeat(32), 0).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_code_opens_the_offer_once_and_the_view_is_recorded() {
    let house = House::open().await;
    let token = house.invite(&an_offer(), 1).await;
    let (browser, code) = asked(&house, &token).await;
    let cookie = done(house.open_with_code(&code, &browser).await);
    assert_eq!(cookie.go_to, "/o/offer");
    let viewer = house.viewer(&with_cookie(&browser, &cookie)).await;
    let Viewer::Candidate { offer, email, .. } = &viewer else { panic!("{viewer:?}") };
    assert_eq!((offer, email.as_str()), (&an_offer(), "maria@example.com"));
    assert_eq!(*house.firm.views.lock().unwrap(), [viewer]);
    assert_eq!(house.open_with_code(&code, &browser).await, Answer::SignIn);
}

#[tokio::test]
async fn a_code_opens_for_ten_minutes() {
    let house = House::open().await;
    let token = house.invite(&an_offer(), 1).await;
    let (early, code_of_early) = asked(&house, &token).await;
    let (late, code_of_late) = asked(&house, &token).await;
    house.wait_seconds(599);
    done(house.open_with_code(&code_of_early, &early).await);
    house.wait_seconds(1);
    assert_eq!(house.open_with_code(&code_of_late, &late).await, Answer::SignIn);
}

#[tokio::test]
async fn a_code_may_be_answered_five_times() {
    let house = House::open().await;
    let token = house.invite(&an_offer(), 1).await;
    let (browser, code) = asked(&house, &token).await;
    for _ in 0..4 {
        assert_eq!(house.open_with_code(&another(&code), &browser).await, Answer::SignIn);
    }
    done(house.open_with_code(&code, &browser).await);

    let (browser, code) = asked(&house, &token).await;
    for _ in 0..5 {
        assert_eq!(house.open_with_code(&another(&code), &browser).await, Answer::SignIn);
    }
    assert_eq!(house.open_with_code(&code, &browser).await, Answer::SignIn);
}

#[tokio::test]
async fn a_code_opens_only_in_the_browser_that_asked() {
    let house = House::open().await;
    let token = house.invite(&an_offer(), 1).await;
    let (asking, code) = asked(&house, &token).await;
    let thief = Browser { code: asking.code.clone(), ..browser() };
    assert_eq!(house.open_with_code(&code, &thief).await, Answer::SignIn);
    done(house.open_with_code(&code, &asking).await);
}

#[tokio::test]
async fn of_two_answers_at_the_same_moment_one_opens() {
    let house = House::open().await;
    let token = house.invite(&an_offer(), 1).await;
    let (browser, code) = asked(&house, &token).await;
    let (one, other) = tokio::join!(house.open_with_code(&code, &browser), house.open_with_code(&code, &browser));
    let opened = [one, other].iter().filter(|answer| matches!(answer, Answer::Done(_))).count();
    assert_eq!(opened, 1);
}

#[tokio::test]
async fn asking_answers_alike_whether_the_link_lives_or_not() {
    let house = House::open().await;
    let live = house.invite(&an_offer(), 1).await;
    let dead = Token::new().unwrap();
    let answer_to_live = house.request_code(&live, &browser()).await;
    let mailed = house.store.outbox_of(FIRM, an_offer().as_str()).await.unwrap().len();
    let asking = browser();
    let answer_to_dead = house.request_code(dead.text(), &asking).await;
    assert_eq!(answer_to_live.go_to, answer_to_dead.go_to);
    assert_eq!(answer_to_live.set.len(), answer_to_dead.set.len());
    assert!(answer_to_dead.set.starts_with("code="));
    assert_eq!(mailed, 1);
    assert_eq!(house.store.outbox_of(FIRM, an_offer().as_str()).await.unwrap().len(), 1, "no mail for a dead link");
    assert_eq!(house.store.outbox_of(FIRM, "").await.unwrap().len(), 0, "no mail for a dead link");
    // the code of a dead link is counted like any other, and even its own code opens nothing
    let asked = with_cookie(&asking, &answer_to_dead);
    let code = {
        let post = house.firm.post.lock().unwrap();
        let parts = &post.last().unwrap().1.parts;
        parts.iter().find_map(|part| if let crate::outbox::Part::Code { code } = part { Some(code.clone()) } else { None }).unwrap()
    };
    assert_eq!(house.open_with_code(&code, &asked).await, Answer::SignIn);
}

#[tokio::test]
async fn another_code_needs_no_link_and_goes_to_the_same_address() {
    let house = House::open().await;
    let token = house.invite(&an_offer(), 1).await;
    let (browser, _) = asked(&house, &token).await;
    house.wait_seconds(11 * 60);
    let again = with_cookie(&browser, &house.request_code("", &browser).await);
    assert_ne!(again.code, browser.code);
    done(house.open_with_code(&house.code_mailed_last(&an_offer()).await, &again).await);
}

#[tokio::test]
async fn five_codes_in_a_quarter_of_an_hour_are_enough() {
    let house = House::open().await;
    let token = house.invite(&an_offer(), 1).await;
    for _ in 0..7 {
        house.request_code(&token, &browser()).await;
    }
    assert_eq!(house.store.outbox_of(FIRM, an_offer().as_str()).await.unwrap().len(), 5);
    house.wait_seconds(15 * 60);
    house.request_code(&token, &browser()).await;
    assert_eq!(house.store.outbox_of(FIRM, an_offer().as_str()).await.unwrap().len(), 6);
}

#[tokio::test]
async fn the_link_of_an_earlier_version_still_opens_until_it_is_taken_back() {
    let house = House::open().await;
    let first = house.invite(&an_offer(), 1).await;
    house.invite(&an_offer(), 2).await;
    let (browser, code) = asked(&house, &first).await;
    let inside = with_cookie(&browser, &done(house.open_with_code(&code, &browser).await));
    assert!(matches!(house.viewer(&inside).await, Viewer::Candidate { .. }));

    let (waiting, code) = asked(&house, &first).await;
    house.store.change(FIRM, invitations::revoke(&an_offer())).await.unwrap();
    assert_eq!(house.viewer(&inside).await, Viewer::Nobody, "the session ends with its link");
    assert_eq!(house.open_with_code(&code, &waiting).await, Answer::SignIn);
    assert_eq!(house.identity.invitation(&house.firm, &first).await, Answer::NotFound);
    let states: Vec<_> = house.store.invitations_of(FIRM, an_offer().as_str()).await.unwrap().into_iter().map(|row| row.state).collect();
    assert_eq!(states, [REVOKED, REVOKED]);
}
