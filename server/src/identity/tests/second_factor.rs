//! The second step of signing in, from setting it up to losing the phone.

use std::sync::atomic::Ordering;

use app::desk::{Answer, Browser, SessionCookie, Viewer};
use offer::{
    access::Actor,
    intake::{Fault, Problem},
    ledger::AuthLevel,
    lifecycle::Refusal,
    person::CredentialChange,
};

use super::house::{AVA, FIRM, House, PASSWORD, browser, done, with_cookie};
use crate::identity::second_factor::App;

const WEIGHS: Answer<String> = Answer::Refused(Refusal::ProveFirst);

async fn signed_in(house: &House) -> Browser {
    let browser = browser();
    with_cookie(&browser, &done(house.sign_in(AVA, PASSWORD, &browser).await))
}

/// The app on the phone: what the key on the page makes of it.
fn app_of(key: &str) -> App {
    let secret = totp_rs::Secret::try_from_base32(key.replace(' ', "")).unwrap();
    App::of(secret.as_bytes().to_vec(), "", "").unwrap()
}

/// Ava with her app, and where she set it up.
async fn enrolled(house: &House) -> (Browser, App, Vec<String>) {
    let ava = signed_in(house).await;
    let id = done(house.identity.begin_second_factor(&house.firm, &ava).await);
    let app = app_of(&done(house.identity.second_factor_set_up(&house.firm, &id, &ava).await).key);
    let code = app.code_at(house.now());
    let cookie = done(house.identity.confirm_second_factor(&house.firm, &id, &code, &ava).await);
    let ava = with_cookie(&ava, &cookie);
    let made = cookie.go_to.split("made=").nth(1).unwrap().to_owned();
    let codes = done(house.identity.recovery_codes(&house.firm, &made, &ava).await);
    (ava, app, codes)
}

fn wrong<T>() -> Answer<T> {
    Answer::Problems(vec![Problem { field: offer::field::FieldKey::named("code"), fault: Fault::Wrong }])
}

async fn step(house: &House, code: &str, browser: &Browser) -> Answer<SessionCookie> {
    house.identity.second_step(&house.firm, code, browser).await
}

fn level(viewer: &Viewer) -> Option<AuthLevel> {
    viewer.member().map(|member| member.auth_level)
}

#[tokio::test]
async fn whoever_set_up_an_app_signs_in_in_two_steps() {
    let house = House::with_ava().await;
    let (_, app, _) = enrolled(&house).await;
    house.wait_seconds(60);
    let browser = browser();
    let first = done(house.sign_in(AVA, PASSWORD, &browser).await);
    assert_eq!(first.go_to, "/sign-in/code");
    let between = with_cookie(&browser, &first);
    assert_eq!(house.viewer(&between).await, Viewer::Nobody, "the password alone opens nothing");
    assert_eq!(step(&house, "000000", &between).await, wrong());
    let second = done(step(&house, &app.code_at(house.now()), &between).await);
    let ava = with_cookie(&between, &second);
    assert_ne!(ava.session, between.session);
    assert_eq!(level(&house.viewer(&ava).await), Some(AuthLevel::SecondFactor));
    assert_eq!(house.viewer(&between).await, Viewer::Nobody);
}

#[tokio::test]
async fn setting_it_up_ends_every_other_session_is_recorded_and_mailed() {
    let house = House::with_ava().await;
    let elsewhere = signed_in(&house).await;
    let before = house.firm.post.lock().unwrap().len();
    let (here, _, codes) = enrolled(&house).await;
    assert_eq!(house.viewer(&elsewhere).await, Viewer::Nobody);
    assert_eq!(level(&house.viewer(&here).await), Some(AuthLevel::SecondFactor));
    assert_eq!(house.firm.told.lock().unwrap().last().unwrap().1, CredentialChange::SecondFactorSet);
    assert_eq!(house.firm.post.lock().unwrap().len(), before + 1);
    assert_eq!(codes.len(), 10);
}

#[tokio::test]
async fn a_code_of_the_app_opens_once() {
    let house = House::with_ava().await;
    let (_, app, _) = enrolled(&house).await;
    let one = browser();
    let used_at_set_up = app.code_at(house.now());
    let between = with_cookie(&one, &done(house.sign_in(AVA, PASSWORD, &one).await));
    assert_eq!(step(&house, &used_at_set_up, &between).await, wrong(), "the code that confirmed the app is spent");
    house.wait_seconds(90);
    let code = app.code_at(house.now());
    let (first, second) = (browser(), browser());
    let first = with_cookie(&first, &done(house.sign_in(AVA, PASSWORD, &first).await));
    let second = with_cookie(&second, &done(house.sign_in(AVA, PASSWORD, &second).await));
    let (one, other) = tokio::join!(step(&house, &code, &first), step(&house, &code, &second));
    let opened = [one, other].iter().filter(|answer| matches!(answer, Answer::Done(_))).count();
    assert_eq!(opened, 1, "of two at the same moment one gets in");
}

#[tokio::test]
async fn a_recovery_code_opens_once_and_new_ones_replace_the_earlier_ones() {
    let house = House::with_ava().await;
    let (ava, _, codes) = enrolled(&house).await;
    let between = || async {
        let browser = browser();
        with_cookie(&browser, &done(house.sign_in(AVA, PASSWORD, &browser).await))
    };
    let first = between().await;
    done(step(&house, &codes[3].to_lowercase(), &first).await);
    assert_eq!(house.firm.told.lock().unwrap().last().unwrap().1, CredentialChange::RecoveryCodeUsed { left: 9 });
    assert_eq!(step(&house, &codes[3], &between().await).await, wrong());
    let made = done(house.identity.make_recovery_codes(&house.firm, &ava).await);
    let anew = done(house.identity.recovery_codes(&house.firm, &made, &ava).await);
    assert_eq!(step(&house, &codes[4], &between().await).await, wrong());
    done(step(&house, &anew[4], &between().await).await);
    done(house.identity.prove(&house.firm, "", &anew[5], &ava).await);
    let told = house.firm.told.lock().unwrap().last().unwrap().1.clone();
    assert_eq!(told, CredentialChange::RecoveryCodeUsed { left: 8 }, "whoever confirms with one is told as well");
}

#[tokio::test]
async fn recovery_codes_are_shown_to_the_browser_that_made_them_for_ten_minutes_or_until_they_are_kept() {
    let house = House::with_ava().await;
    let (ava, _, _) = enrolled(&house).await;
    let made = done(house.identity.make_recovery_codes(&house.firm, &ava).await);
    let elsewhere = Browser { tie: browser().tie, ..ava.clone() };
    assert_eq!(house.identity.recovery_codes(&house.firm, &made, &elsewhere).await, Answer::NotFound);
    done(house.identity.recovery_codes_kept(&house.firm, &made, &ava).await);
    assert_eq!(house.identity.recovery_codes(&house.firm, &made, &ava).await, Answer::NotFound);
    let made = done(house.identity.make_recovery_codes(&house.firm, &ava).await);
    house.wait_seconds(10 * 60);
    assert_eq!(house.identity.recovery_codes(&house.firm, &made, &ava).await, Answer::NotFound);
}

#[tokio::test]
async fn the_secret_is_shown_while_it_is_set_up_and_never_again() {
    let house = House::with_ava().await;
    let ava = signed_in(&house).await;
    let id = done(house.identity.begin_second_factor(&house.firm, &ava).await);
    let key = done(house.identity.second_factor_set_up(&house.firm, &id, &ava).await).key;
    assert_eq!(house.identity.confirm_second_factor(&house.firm, &id, "000000", &ava).await, wrong());
    assert_eq!(done(house.identity.second_factor_set_up(&house.firm, &id, &ava).await).key, key, "a wrong code changes nothing");
    let cookie = done(house.identity.confirm_second_factor(&house.firm, &id, &app_of(&key).code_at(house.now()), &ava).await);
    let ava = with_cookie(&ava, &cookie);
    assert_eq!(house.identity.second_factor_set_up(&house.firm, &id, &ava).await, Answer::NotFound);
    let row = house.store.credential(FIRM, house.viewer(&ava).await.member().unwrap().id.as_str(), "totp").await.unwrap().unwrap();
    assert!(!row.hash.contains(&key.replace(' ', "")), "it lies sealed");
}

#[tokio::test]
async fn a_role_that_asks_for_it_gets_nothing_else_until_it_is_set_up() {
    let house = House::with_ava().await;
    house.firm.second_factor.store(true, Ordering::Relaxed);
    let ava = signed_in(&house).await;
    assert!(matches!(house.viewer(&ava).await, Viewer::Enrolling { .. }));
    assert_eq!(house.viewer(&ava).await.actor(), None);
    let (ava, _, _) = enrolled(&house).await;
    assert!(matches!(house.viewer(&ava).await, Viewer::Staff { .. }));
    assert_eq!(house.identity.remove_second_factor(&house.firm, &ava).await, Answer::NotFound, "it cannot be taken off again");
}

#[tokio::test]
async fn a_role_that_begins_to_ask_for_it_stops_sessions_that_are_weaker() {
    let house = House::with_ava().await;
    let ava = signed_in(&house).await;
    assert!(matches!(house.viewer(&ava).await, Viewer::Staff { .. }));
    house.firm.second_factor.store(true, Ordering::Relaxed);
    assert!(matches!(house.viewer(&ava).await, Viewer::Enrolling { .. }), "at the next request");
}

#[tokio::test]
async fn after_ten_wrong_codes_there_is_a_pause_from_everywhere_and_the_owner_is_told_once() {
    let house = House::with_ava().await;
    let (_, app, _) = enrolled(&house).await;
    let told = || house.firm.post.lock().unwrap().iter().filter(|(key, _)| key.starts_with("guessed:")).count();
    for place in 0..10_u8 {
        let browser = Browser { address: format!("192.0.2.{place}"), ..browser() };
        let between = with_cookie(&browser, &done(house.sign_in(AVA, PASSWORD, &browser).await));
        assert_eq!(step(&house, "000000", &between).await, wrong());
    }
    assert_eq!(told(), 1);
    house.wait_seconds(60);
    let browser = browser();
    let between = with_cookie(&browser, &done(house.sign_in(AVA, PASSWORD, &browser).await));
    assert_eq!(step(&house, &app.code_at(house.now()), &between).await, wrong(), "a right one too");
    house.wait_seconds(15 * 60);
    let between = with_cookie(&browser, &done(house.sign_in(AVA, PASSWORD, &browser).await));
    done(step(&house, &app.code_at(house.now()), &between).await);
}

#[tokio::test]
async fn the_second_step_is_awaited_for_ten_minutes() {
    let house = House::with_ava().await;
    let (_, app, _) = enrolled(&house).await;
    let browser = browser();
    let between = with_cookie(&browser, &done(house.sign_in(AVA, PASSWORD, &browser).await));
    assert!(house.identity.awaits_second_step(&between).await);
    house.wait_seconds(10 * 60);
    assert!(!house.identity.awaits_second_step(&between).await);
    assert_eq!(step(&house, &app.code_at(house.now()), &between).await, Answer::SignIn);
}

#[tokio::test]
async fn a_forgotten_password_does_not_lead_past_the_second_step() {
    let house = House::with_ava().await;
    let (ava, app, _) = enrolled(&house).await;
    let path = house.identity.invite_to_join(&house.firm, AVA).await.unwrap();
    let token = path.strip_prefix("/join/").unwrap();
    let browser = browser();
    let cookie = done(house.identity.join(&house.firm, token, "", AVA, "stones under nine lakes", &browser).await);
    assert_eq!(cookie.go_to, "/sign-in/code");
    let between = with_cookie(&browser, &cookie);
    assert_eq!(house.viewer(&between).await, Viewer::Nobody);
    assert_eq!(house.viewer(&ava).await, Viewer::Nobody, "sessions from before have ended");
    house.wait_seconds(60);
    done(step(&house, &app.code_at(house.now()), &between).await);
}

#[tokio::test]
async fn an_administrator_resets_it_and_the_owner_is_told() {
    let house = House::with_ava().await;
    let (ava, _, codes) = enrolled(&house).await;
    let person = house.viewer(&ava).await.member().unwrap().id.clone();
    let by = Actor::Operator { os_user: "root".to_owned() };
    let before = house.firm.post.lock().unwrap().len();
    assert_eq!(house.identity.reset_second_factor(&house.firm, &person, &by).await, Ok(true));
    assert_eq!(house.firm.post.lock().unwrap().len(), before + 1);
    assert_eq!(house.firm.told.lock().unwrap().last().unwrap().1, CredentialChange::SecondFactorReset);
    assert_eq!(house.viewer(&ava).await, Viewer::Nobody);
    let ava = signed_in(&house).await;
    assert_eq!(level(&house.viewer(&ava).await), Some(AuthLevel::Password), "one step, until it is set up again");
    assert_eq!(house.identity.reset_second_factor(&house.firm, &person, &by).await, Ok(false));
    let _ = codes;
}

#[tokio::test]
async fn setting_it_up_asks_again_who_one_is_after_a_quarter_of_an_hour() {
    let house = House::with_ava().await;
    let ava = signed_in(&house).await;
    house.wait_seconds(15 * 60);
    assert_eq!(house.identity.begin_second_factor(&house.firm, &ava).await, WEIGHS);
    let cookie = done(house.identity.prove(&house.firm, PASSWORD, "", &ava).await);
    let ava = with_cookie(&ava, &cookie);
    done(house.identity.begin_second_factor(&house.firm, &ava).await);
}
