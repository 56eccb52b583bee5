//! Pages and forms as a browser without script meets them: requests, redirects, and the page with what was typed.

use std::future::Future;
use std::sync::Arc;

use axum::body::Body;
use axum::http::{Request, Response, StatusCode, header};
use axum::response::IntoResponse;
use leptos::prelude::*;
use offer::check::FactKind;
use offer::field::{ENGAGEMENT, JOB_TITLE, PAY_BASE};
use offer::lifecycle::Refusal;

use super::desk::recruiter;
use super::drafts::draft;
use super::offers::{in_review, with_every_button};
use super::{FakeDesk, OFFER};
use crate::desk::{Answer, Asked, Browser, SharedDesk, Viewer};
use crate::routes::App;
use crate::shell::shell;

fn block_on<F: Future>(future: F) -> F::Output {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future)
}

fn request(method: &str, address: &str, viewer: Viewer) -> axum::http::request::Builder {
    Request::builder()
        .method(method)
        .uri(address)
        .header(header::ACCEPT, "text/html")
        .extension(viewer)
        .extension(Browser { tie: "tie".to_owned(), ..Browser::default() })
}

fn get(desk: &Arc<FakeDesk>, address: &str, viewer: Viewer) -> (StatusCode, String, String) {
    // lists the pages without a request, as the server does when it starts, and sets the executor of the pages
    block_on(async { leptos_axum::generate_route_list(|| shell(view! { <App/> })) });
    let shared: SharedDesk = desk.clone();
    let page = leptos_axum::render_app_async_with_context(move || provide_context(shared.clone()), || shell(view! { <App/> }));
    answered(block_on(page(request("GET", address, viewer).body(Body::empty()).unwrap())))
}

fn post(desk: &Arc<FakeDesk>, address: &str, form: &str, viewer: Viewer) -> (StatusCode, String, String) {
    let shared: SharedDesk = desk.clone();
    let request = request("POST", address, viewer)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header(header::REFERER, "http://localhost/somewhere")
        .body(Body::from(form.to_owned()))
        .unwrap();
    answered(block_on(leptos_axum::handle_server_fns_with_context(move || provide_context(shared.clone()), request)).into_response())
}

fn answered(response: Response<Body>) -> (StatusCode, String, String) {
    let location = response.headers().get(header::LOCATION).map(|at| at.to_str().unwrap().to_owned()).unwrap_or_default();
    let status = response.status();
    let body = block_on(axum::body::to_bytes(response.into_body(), usize::MAX)).unwrap();
    (status, location, String::from_utf8(body.to_vec()).unwrap())
}

fn desk(acts: Answer<()>) -> Arc<FakeDesk> {
    Arc::new(FakeDesk { offer: Some(with_every_button()), acts: Some(acts), ..FakeDesk::default() })
}

#[test]
fn nobody_is_led_to_the_sign_in_and_back() {
    let (status, location, _) = get(&desk(Answer::Done(())), &format!("/offers/{OFFER}?x=1"), Viewer::Nobody);
    assert_eq!((status, location.as_str()), (StatusCode::SEE_OTHER, format!("/sign-in?to=/offers/{OFFER}%3Fx%3D1").as_str()));
}

#[test]
fn an_address_without_a_page_and_an_offer_that_is_hidden_are_both_not_found() {
    let empty = Arc::new(FakeDesk::default());
    for address in ["/nothing/here", &format!("/offers/{OFFER}"), "/offers/1"] {
        let (status, _, body) = get(&empty, address, recruiter());
        assert_eq!(status, StatusCode::NOT_FOUND, "{address}");
        assert!(body.contains("There is nothing at this address"), "{body}");
    }
}

#[test]
fn a_page_is_whole_without_script() {
    let page = Arc::new(FakeDesk { offer: Some(in_review()), ..FakeDesk::default() });
    let (status, _, body) = get(&page, &format!("/offers/{OFFER}"), recruiter());
    assert_eq!(status, StatusCode::OK);
    assert!(body.starts_with("<!DOCTYPE html>"), "{body}");
    // leptos says after the document that it holds no resources back; in the document itself nothing runs
    let (body, _) = body.split_once("</html>").unwrap();
    assert!(body.contains("<title>REQ-1000-3 - Registered Nurse - Example Staffing</title>"), "{body}");
    assert!(body.contains("Robin Clark") && body.contains("/api/identity/sign-out"), "{body}");
    assert!(!body.contains("<script"), "{body}");
}

#[test]
fn what_is_done_leads_on_and_carries_its_once() {
    let desk = desk(Answer::Done(()));
    let form = format!("form=approve-finance&once=o1&offer={OFFER}&step=finance&version=2&comment=fine");
    let (status, location, _) = post(&desk, "/api/offers/approve", &form, recruiter());
    assert_eq!((status, location.as_str()), (StatusCode::FOUND, format!("/offers/{OFFER}#done").as_str()));
    let asked = desk.asked.lock().unwrap();
    let Some((Asked::Approve { version, comment, .. }, once)) = asked.first() else { panic!("an approval was asked") };
    assert_eq!((*version, comment.as_str(), once.as_str()), (2, "fine", "o1"));
}

#[test]
fn what_is_refused_comes_back_with_everything_typed_and_why() {
    let desk = desk(Answer::Refused(Refusal::ReasonMissing));
    let form = format!("form=decline&once=o1&offer={OFFER}&primary=comp&secondary=&note=More+%3Cb%3Emoney");
    let (status, location, _) = post(&desk, "/api/offers/decline", &form, recruiter());
    assert_eq!((status, location.as_str()), (StatusCode::FOUND, format!("/offers/{OFFER}?kept=k1#problems").as_str()));
    let (_, _, body) = get(&desk, &format!("/offers/{OFFER}?kept=k1"), recruiter());
    assert!(body.contains("Write a few words first."), "{body}");
    assert!(body.contains("More &lt;b&gt;money</textarea>"), "{body}");
    assert!(body.contains(r#"<option value="comp" selected>"#), "{body}");
}

#[test]
fn a_choice_that_was_not_made_is_a_problem_beside_its_box() {
    let desk = desk(Answer::Done(()));
    let (_, location, _) = post(&desk, "/api/offers/decline", &format!("form=decline&offer={OFFER}&primary="), recruiter());
    assert!(location.ends_with("?kept=k1#problems"), "{location}");
    assert!(desk.asked.lock().unwrap().is_empty());
    let (_, _, body) = get(&desk, &format!("/offers/{OFFER}?kept=k1"), recruiter());
    assert!(body.contains(r##"<a href="#field-decline-primary">Main reason: Fill this in.</a>"##), "{body}");
}

#[test]
fn groups_of_a_form_arrive_by_their_keys() {
    let desk = desk(Answer::Done(()));
    let form = format!("form=submit&offer={OFFER}&reasons%5Babove_band%3Bpay.base%5D=Rare+skill");
    let (_, location, _) = post(&desk, "/api/offers/submit", &form, recruiter());
    assert_eq!(location, format!("/offers/{OFFER}#done"));
    let asked = desk.asked.lock().unwrap();
    assert_eq!(
        asked.first().map(|(asked, _)| asked.clone()),
        Some(Asked::Submit { reasons: vec![(FactKind::AboveBand, PAY_BASE, "Rare skill".to_owned())] })
    );
}

#[test]
fn a_page_of_the_intake_is_left_with_something_missing_and_not_with_something_wrong() {
    let intake = draft(&[(ENGAGEMENT, "temp"), (PAY_BASE, "62,5O"), (JOB_TITLE, "Nurse")]);
    let desk = Arc::new(FakeDesk { intake: Some(intake), acts: Some(Answer::Done(())), ..FakeDesk::default() });
    let save = |section: &str, then: &str, typed: &str| {
        post(&desk, "/api/offers/save", &format!("form=intake&offer={OFFER}&section={section}&then={then}&{typed}"), recruiter()).1
    };
    let intake = format!("/offers/{OFFER}/intake");
    let wrong = "fields%5Bpay.base%5D=62%2C5O&fields%5Bpay.day%5D=";
    for then in ["extras", "review"] {
        assert_eq!(save("pay", then, wrong), format!("{intake}/pay?held=yes#problems"));
    }
    assert_eq!(save("pay", "", wrong), format!("{intake}/pay?saved=yes"));
    assert_eq!(save("job", "dates", "fields%5Bjob.title%5D=Nurse&fields%5Bjob.city%5D="), format!("{intake}/dates"));

    let (_, _, body) = get(&desk, &format!("{intake}/pay?held=yes"), recruiter());
    let said = "Base pay: Write an amount in dollars, like 62.50 or 118,000.";
    assert!(body.contains(&format!(r##"<a href="#field-intake-fields[pay.base]">{said}</a>"##)), "{body}");
    assert!(body.contains(r#"value="62,5O""#), "{body}");
}

#[test]
fn a_wrong_password_comes_back_without_it_and_a_right_one_sets_the_session() {
    let desk = desk(Answer::Done(()));
    let (_, location, _) =
        post(&desk, "/api/identity/sign-in", "form=sign-in&email=a%40b.co&password=wrong&to=%2Foffers%2F1", Viewer::Nobody);
    assert_eq!(location, "/sign-in?to=/offers/1&kept=k1#problems");
    let (_, _, body) = get(&desk, "/sign-in?to=/offers/1&kept=k1", Viewer::Nobody);
    assert!(body.contains("Email and password do not go together") && body.contains(r#"value="a@b.co""#), "{body}");
    assert!(!body.contains("wrong"), "{body}");
    let (_, location, _) = post(&desk, "/api/identity/sign-in", "email=a%40b.co&password=correct&to=%2F%2Fevil.example", Viewer::Nobody);
    assert_eq!(location, "/offers");
}

#[test]
fn a_form_about_no_offer_leads_nowhere_else() {
    let desk = desk(Answer::Done(()));
    let (_, location, _) = post(&desk, "/api/offers/hold", "form=hold&offer=%2F%2Fevil.example%2F&reason=x", recruiter());
    assert!(location.starts_with("/offers/evilexample?kept="), "{location}");
    assert!(desk.asked.lock().unwrap().is_empty());
}
