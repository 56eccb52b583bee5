//! Joining.

use app::desk::{Answer, Joining, Viewer};
use offer::intake::Fault;

use super::house::{AVA, FIRM, House, PASSWORD, browser, done, with_cookie};
use crate::identity::JoinFault;

fn token(path: &str) -> String {
    path.strip_prefix("/join/").unwrap().to_owned()
}

async fn join(house: &House, token: &str, name: &str, email: &str, password: &str) -> Answer<app::desk::SessionCookie> {
    house.identity.join(&house.firm, token, name, email, password, &browser()).await
}

#[tokio::test]
async fn the_first_administrator_sets_up_the_house_once() {
    let house = House::open().await;
    let token = token(&house.identity.set_up_link(&house.firm).await.unwrap());
    assert_eq!(house.identity.joining(&house.firm, &token).await, Answer::Done(Joining { address: String::new(), is_reset: false }));
    let cookie = done(join(&house, &token, "Ava Nguyen", AVA, PASSWORD).await);
    assert!(matches!(house.viewer(&with_cookie(&browser(), &cookie)).await, Viewer::Staff { .. }));
    assert_eq!(house.identity.joining(&house.firm, &token).await, Answer::NotFound);
    assert_eq!(join(&house, &token, "Eve", "eve@elsewhere.example", PASSWORD).await, Answer::NotFound);
    assert_eq!(house.identity.set_up_link(&house.firm).await, Err(JoinFault::SetUpAlready));
    done(house.sign_in(AVA, PASSWORD, &browser()).await);
}

#[tokio::test]
async fn of_two_who_use_a_link_at_the_same_moment_one_joins() {
    let house = House::open().await;
    let token = token(&house.identity.set_up_link(&house.firm).await.unwrap());
    let (one, other) =
        tokio::join!(join(&house, &token, "Ava", AVA, PASSWORD), join(&house, &token, "Eve", "eve@elsewhere.example", PASSWORD));
    let joined = [one, other].iter().filter(|answer| matches!(answer, Answer::Done(_))).count();
    assert_eq!((joined, house.firm.people.lock().unwrap().len()), (1, 1));
}

#[tokio::test]
async fn a_new_set_up_link_ends_the_one_before() {
    let house = House::open().await;
    let before = token(&house.identity.set_up_link(&house.firm).await.unwrap());
    let after = token(&house.identity.set_up_link(&house.firm).await.unwrap());
    assert_eq!(house.identity.joining(&house.firm, &before).await, Answer::NotFound);
    assert_eq!(house.identity.joining(&house.firm, &after).await, Answer::Done(Joining { address: String::new(), is_reset: false }));
}

#[tokio::test]
async fn a_set_up_link_opens_nothing_once_somebody_runs_the_house() {
    let house = House::open().await;
    let token = token(&house.identity.set_up_link(&house.firm).await.unwrap());
    house.firm.people.lock().unwrap().push((offer::id::PersonId::new("imported"), AVA.to_owned()));
    assert_eq!(house.identity.joining(&house.firm, &token).await, Answer::NotFound);
    assert_eq!(join(&house, &token, "Mallory", "mallory@elsewhere.example", PASSWORD).await, Answer::NotFound);
}

#[tokio::test]
async fn what_is_wrong_with_a_form_is_said_and_the_link_stays() {
    let house = House::open().await;
    let token = token(&house.identity.set_up_link(&house.firm).await.unwrap());
    let Answer::Problems(problems) = join(&house, &token, " ", "nowhere", "short").await else { panic!("it is refused") };
    let fields: Vec<_> = problems.iter().map(|problem| problem.field.as_str()).collect();
    assert_eq!(fields, ["name", "email", "password"]);
    assert_eq!(problems.last().unwrap().fault, Fault::TooShort { characters_min: 15 });
    done(join(&house, &token, "Ava", AVA, PASSWORD).await);
}

#[tokio::test]
async fn somebody_known_is_invited_by_mail_and_keeps_their_address() {
    let house = House::open().await;
    let ava = house.somebody(AVA);
    let path = house.identity.invite_to_join(&house.firm, AVA).await.unwrap();
    assert_eq!(house.store.outbox_of(FIRM, ava.as_str()).await.unwrap().len(), 1);
    assert_eq!(
        house.identity.joining(&house.firm, &token(&path)).await,
        Answer::Done(Joining { address: AVA.to_owned(), is_reset: false })
    );
    done(join(&house, &token(&path), "", "eve@elsewhere.example", PASSWORD).await);
    done(house.sign_in(AVA, PASSWORD, &browser()).await);
    assert_eq!(house.identity.invite_to_join(&house.firm, "eve@elsewhere.example").await, Err(JoinFault::NobodyThere));
}

#[tokio::test]
async fn being_invited_again_ends_the_sessions() {
    let house = House::with_ava().await;
    let browser = browser();
    let ava = with_cookie(&browser, &done(house.sign_in(AVA, PASSWORD, &browser).await));
    house.identity.invite_to_join(&house.firm, AVA).await.unwrap();
    assert_eq!(house.viewer(&ava).await, Viewer::Nobody);
}

#[tokio::test]
async fn a_link_to_join_lives_a_week() {
    let house = House::open().await;
    let token = token(&house.identity.set_up_link(&house.firm).await.unwrap());
    house.wait_seconds(7 * 24 * 3600);
    assert_eq!(house.identity.joining(&house.firm, &token).await, Answer::NotFound);
    assert_eq!(join(&house, &token, "Ava", AVA, PASSWORD).await, Answer::NotFound);
}
