//! Sessions and passwords.

use app::desk::{Answer, Browser, Viewer};

use super::house::{AVA, House, PASSWORD, browser, done, with_cookie};

async fn ava_signed_in(house: &House) -> Browser {
    let browser = browser();
    with_cookie(&browser, &done(house.sign_in(AVA, PASSWORD, &browser).await))
}

fn is_staff(viewer: &Viewer) -> bool {
    matches!(viewer, Viewer::Staff { .. })
}

#[tokio::test]
async fn a_password_opens_a_session_and_signing_out_ends_it_on_the_server() {
    let house = House::with_ava().await;
    let ava = ava_signed_in(&house).await;
    assert!(is_staff(&house.viewer(&ava).await));
    assert!(house.identity.sign_out(&ava).await.unwrap().contains("Max-Age=0"));
    assert_eq!(house.viewer(&ava).await, Viewer::Nobody);
}

#[tokio::test]
async fn an_address_is_known_whatever_its_capitals() {
    let house = House::with_ava().await;
    done(house.sign_in(" Ava@Northstar.Example ", PASSWORD, &browser()).await);
}

#[tokio::test]
async fn signing_in_again_makes_a_new_session_and_ends_the_one_before() {
    let house = House::with_ava().await;
    let before = ava_signed_in(&house).await;
    let after = with_cookie(&before, &done(house.sign_in(AVA, PASSWORD, &before).await));
    assert_ne!(before.session, after.session);
    assert_eq!(house.viewer(&before).await, Viewer::Nobody);
    assert!(is_staff(&house.viewer(&after).await));
}

#[tokio::test]
async fn a_session_that_somebody_planted_is_nobodys() {
    let house = House::with_ava().await;
    let planted = Browser { session: "A".repeat(43), ..browser() };
    assert_eq!(house.viewer(&planted).await, Viewer::Nobody);
    let after = with_cookie(&planted, &done(house.sign_in(AVA, PASSWORD, &planted).await));
    assert_ne!(after.session, planted.session);
}

#[tokio::test]
async fn a_session_ends_after_half_an_hour_of_silence() {
    let house = House::with_ava().await;
    let ava = ava_signed_in(&house).await;
    for _ in 0..3 {
        house.wait_seconds(29 * 60);
        assert!(is_staff(&house.viewer(&ava).await));
    }
    house.wait_seconds(30 * 60);
    assert_eq!(house.viewer(&ava).await, Viewer::Nobody);
    house.wait_seconds(-30 * 60);
    assert_eq!(house.viewer(&ava).await, Viewer::Nobody, "it ended for good");
}

#[tokio::test]
async fn a_session_ends_after_twelve_hours_however_busy() {
    let house = House::with_ava().await;
    let ava = ava_signed_in(&house).await;
    for _ in 0..47 {
        house.wait_seconds(15 * 60);
        assert!(is_staff(&house.viewer(&ava).await));
    }
    house.wait_seconds(15 * 60);
    assert_eq!(house.viewer(&ava).await, Viewer::Nobody);
}

#[tokio::test]
async fn somebody_who_left_is_nobody_at_the_next_request() {
    let house = House::with_ava().await;
    let ava = ava_signed_in(&house).await;
    house.everybody_leaves();
    assert_eq!(house.viewer(&ava).await, Viewer::Nobody);
    assert_eq!(house.sign_in(AVA, PASSWORD, &browser()).await, Answer::SignIn);
}

#[tokio::test]
async fn a_wrong_password_and_an_unknown_address_answer_alike() {
    let house = House::with_ava().await;
    house.somebody("ben@northstar.example");
    for (email, password) in
        [(AVA, "another lake and stone"), ("eve@northstar.example", PASSWORD), ("ben@northstar.example", PASSWORD), ("", "")]
    {
        assert_eq!(house.sign_in(email, password, &browser()).await, Answer::SignIn, "{email}");
    }
}

#[tokio::test]
async fn after_ten_wrong_passwords_there_is_a_pause_for_that_network_and_nobody_else() {
    let house = House::with_ava().await;
    for _ in 0..10 {
        assert_eq!(house.sign_in(AVA, "another lake and stone", &browser()).await, Answer::SignIn);
    }
    assert_eq!(house.sign_in(AVA, PASSWORD, &browser()).await, Answer::SignIn);
    let elsewhere = Browser { address: "192.0.2.8".to_owned(), ..browser() };
    done(house.sign_in(AVA, PASSWORD, &elsewhere).await);
    house.wait_seconds(15 * 60);
    done(house.sign_in(AVA, PASSWORD, &browser()).await);
}
