//! Typing a draft: what the browser is given says what the review says, and nobody overwrites what they have not read.

use app::desk::{Asked, Away, Newer, Reading, Viewer};
use offer::{
    access::Viewed,
    engagement::Engagement,
    field::{self, FieldKey, Side},
    id::{OfferId, role},
    intake::{Fault, Problem},
    lifecycle::Refusal,
    terms::Entries,
};

use super::house::{AVA, House, PRIYA};
use crate::desk::DeskFault;

fn one(key: FieldKey, text: &str) -> Entries {
    [(key, text.to_owned())].into_iter().collect()
}

/// A change of one field of version 1 that the firm asks for.
fn proposing(key: FieldKey, text: &str) -> Asked {
    let (why, evidence) = ("asked".to_owned(), String::new());
    Asked::Propose { version: 1, typed: one(key, text), why, evidence, hold_letter: false, for_candidate: false }
}

fn window(version: i64, name: &str) -> Reading {
    Reading { version, window: name.to_owned() }
}

async fn base_pay(house: &House, viewer: &Viewer, offer: &OfferId) -> (String, i64) {
    let page = house.desk.intake_page(viewer, offer).await.unwrap();
    (page.entries.typed(&field::PAY_BASE).to_owned(), page.version)
}

#[tokio::test]
async fn what_the_browser_looks_ahead_to_is_what_the_review_says() {
    for engagement in Engagement::ALL {
        let house = House::new().await;
        let opening = house.opening(engagement, 1).await;
        for pay in ["62.50", "62,5O", "99.00", ""] {
            let offer = house.drafted(&opening, pay).await;
            let ava = house.viewer(AVA).await;
            let review = house.desk.review_page(&ava, &offer).await.unwrap();
            let slice = &review.intake.slice;
            let outlook = slice.look(&review.intake.entries, &slice.table());
            assert_eq!(outlook.problems, review.intake.problems, "{engagement:?} {pay}");
            assert_eq!(outlook.findings, review.findings, "{engagement:?} {pay}");
            assert_eq!(outlook.computed, review.computed, "{engagement:?} {pay}");
            assert_eq!(outlook.route.left_out, review.route.left_out, "{engagement:?} {pay}");
            let asked: Vec<_> = outlook.route.steps.iter().map(|step| (&step.step, &step.because)).collect();
            assert_eq!(asked, review.route.steps.iter().map(|step| (&step.step, &step.because)).collect::<Vec<_>>());
            let people: Vec<_> =
                outlook.route.steps.iter().map(|step| slice.deciders(&step.step, slice.entries()).unwrap_or_default()).collect();
            assert_eq!(people, review.people, "{engagement:?} {pay}");
        }
    }
}

#[tokio::test]
async fn a_save_from_an_older_page_overwrites_nothing_and_is_told_what_stands() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let offer = house.drafted(&opening, "62.50").await;
    let ava = house.viewer(AVA).await;
    let (_, read) = base_pay(&house, &ava, &offer).await;
    let first = house.desk.keep_typed(&ava, &offer, &one(field::PAY_BASE, "63.00"), Some(&window(read, "one"))).await.unwrap();
    assert_eq!((first.version, first.newer), (read + 1, Vec::new()));
    // the other window still shows 62.50
    let typed = [(field::PAY_BASE, "64.00".to_owned()), (field::CITY, "Davis".to_owned())].into_iter().collect();
    let second = house.desk.keep_typed(&ava, &offer, &typed, Some(&window(read, "two"))).await.unwrap();
    assert_eq!(second.newer, [Newer { field: field::PAY_BASE, text: "63.00".to_owned(), by: String::new() }]);
    let page = house.desk.intake_page(&ava, &offer).await.unwrap();
    assert_eq!((page.entries.typed(&field::PAY_BASE), page.entries.typed(&field::CITY)), ("63.00", "Davis"));
    // having read it, it may be written over
    house.desk.keep_typed(&ava, &offer, &one(field::PAY_BASE, "64.00"), Some(&window(second.version, "two"))).await.unwrap();
    assert_eq!(base_pay(&house, &ava, &offer).await.0, "64.00");
}

#[tokio::test]
async fn whoever_saves_and_is_told_what_stands_is_noted_to_have_seen_it() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let offer = house.drafted(&opening, "62.50").await;
    let ava = house.viewer(AVA).await;
    let noted = async || -> Vec<Vec<Side>> {
        let lines = house.desk.looked_at(&offer).await.unwrap().into_iter();
        lines.filter(|line| line.what == Viewed::Intake).map(|line| line.sides).collect()
    };
    let saved = house.desk.keep_typed(&ava, &offer, &one(field::CITY, "Davis"), Some(&window(i64::MAX, "one"))).await.unwrap();
    assert_eq!((saved.newer, noted().await), (Vec::new(), Vec::new()), "it is told nothing");
    let saved = house.desk.keep_typed(&ava, &offer, &one(field::CITY, "Dixon"), Some(&window(0, "two"))).await.unwrap();
    assert!(saved.newer.iter().any(|newer| newer.field == field::PAY_BASE));
    assert!(matches!(noted().await.as_slice(), [sides] if sides.contains(&Side::Package)));
}

#[tokio::test]
async fn what_a_window_wrote_itself_is_no_news_to_it() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let offer = house.drafted(&opening, "62.50").await;
    let ava = house.viewer(AVA).await;
    let (_, read) = base_pay(&house, &ava, &offer).await;
    // the answer to the first save never came back, and typing went on
    for text in ["6", "63", "63.00", "63.00"] {
        let saved = house.desk.keep_typed(&ava, &offer, &one(field::PAY_BASE, text), Some(&window(read, "one"))).await.unwrap();
        assert_eq!(saved.newer, []);
    }
    assert_eq!(base_pay(&house, &ava, &offer).await, ("63.00".to_owned(), read + 3));
}

#[tokio::test]
async fn a_form_without_script_writes_what_it_holds() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let offer = house.drafted(&opening, "62.50").await;
    let ava = house.viewer(AVA).await;
    let (_, read) = base_pay(&house, &ava, &offer).await;
    house.desk.keep_typed(&ava, &offer, &one(field::PAY_BASE, "63.00"), Some(&window(read, "one"))).await.unwrap();
    house.desk.keep_typed(&ava, &offer, &one(field::PAY_BASE, "64.00"), None).await.unwrap();
    assert_eq!(base_pay(&house, &ava, &offer).await.0, "64.00");
}

#[tokio::test]
async fn the_clients_person_is_the_clients_own_whatever_a_form_names() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let offer = house.drafted(&opening, "62.50").await;
    let ava = house.viewer(AVA).await;
    let wrong = |field: FieldKey, fault| Err(DeskFault::Problems(vec![Problem { field, fault }]));
    let submit = async || house.act(&ava, &offer, Asked::Submit { reasons: Vec::new() }).await;
    let name = async |field: FieldKey, person: &str| {
        house.desk.keep_typed(&ava, &offer, &one(field, person), None).await.unwrap();
    };
    let (fay, priya) = (house.id_of("Fay Finance").await, house.id_of(PRIYA).await);
    name(field::CLIENT_CONTACT, fay.as_str()).await;
    assert_eq!(submit().await, wrong(field::CLIENT_CONTACT, Fault::NotTheClients));
    name(field::CLIENT_CONTACT, &"9".repeat(32)).await;
    assert_eq!(submit().await, wrong(field::CLIENT_CONTACT, Fault::NotAPerson));
    name(field::CLIENT_CONTACT, priya.as_str()).await;
    name(field::ACCOUNT_MANAGER, priya.as_str()).await;
    assert_eq!(submit().await, wrong(field::ACCOUNT_MANAGER, Fault::NotOfTheFirm));
    name(field::ACCOUNT_MANAGER, house.id_of("Dana Okafor").await.as_str()).await;
    submit().await.unwrap();

    let propose = proposing(field::CLIENT_CONTACT, fay.as_str());
    assert_eq!(house.act(&ava, &offer, propose).await, wrong(field::CLIENT_CONTACT, Fault::NotTheClients));
}

#[tokio::test]
async fn a_field_that_is_not_seen_is_refused_whether_its_value_is_met_or_missed() {
    let house = House::new().await;
    let opening = house.opening(Engagement::Temp, 1).await;
    let offer = house.submitted(&opening, "62.50").await;
    house
        .published(|playbook| {
            let recruiter = playbook.roles.iter_mut().find(|sheet| sheet.key == role::RECRUITER).unwrap();
            recruiter.sees.retain(|side| *side != Side::Bill);
        })
        .await;
    let ava = house.viewer(AVA).await;
    for rate in ["92.00", "93.00"] {
        let refused = Refusal::FieldsNotYours { fields: vec![field::BILL_RATE] };
        assert_eq!(house.act(&ava, &offer, proposing(field::BILL_RATE, rate)).await, Err(refused.into()), "{rate}");
    }
}

#[tokio::test]
async fn a_clients_contact_sets_no_days_of_absence() {
    let house = House::new().await;
    let priya = house.viewer(PRIYA).await;
    let day = |text: &str| text.parse().unwrap();
    let away = Away { person: house.id_of(PRIYA).await, from: day("2026-11-30"), until: day("2026-12-31"), stand_in: None };
    assert_eq!(house.desk.go_away(&priya, &away).await, Err(DeskFault::NotFound));
}
