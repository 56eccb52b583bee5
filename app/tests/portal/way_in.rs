//! The link from the mail, the code, the session.

use app::desk::Viewer;
use axum::http::StatusCode;

use crate::desk::TestDesk;
use crate::site::Site;

fn site() -> Site {
    Site::new(TestDesk::new(), Viewer::Nobody)
}

#[tokio::test]
async fn an_invitation_says_who_invites_and_nothing_of_the_offer() {
    let site = site();
    *site.desk.candidate.lock().unwrap() = Some(crate::candidate::page());
    let page = site.get("/o/i/live").await.shown_as("invitation");
    assert_eq!(page.status, StatusCode::OK);
    page.says("Northwind Staffing has something for you");
    page.says("m•••@e•••.com");
    page.says("Email me a code");
    page.says("mailto:help@northwind.example");
    for secret in ["Maya", "Nurse", "Harbor", "62.50", "offer"] {
        page.hides(secret);
    }
    page.keeps_the_rules_of_forms();
}

#[tokio::test]
async fn opening_a_link_mails_nothing() {
    let site = site();
    site.get("/o/i/live").await;
    assert!(site.desk.codes.lock().unwrap().is_empty());
}

#[tokio::test]
async fn the_button_mails_a_code_and_leads_to_an_address_without_the_secret() {
    let site = site();
    let reply = site.post("/api/portal/mail-code", &[("area", "o"), ("token", "live")]).await;
    assert_eq!((reply.status, reply.location.as_str()), (StatusCode::FOUND, "/o/code"));
    assert!(reply.cookie.starts_with("__Host-"), "{reply:?}");
    assert_eq!(*site.desk.codes.lock().unwrap(), ["live"]);
}

#[tokio::test]
async fn a_client_enters_the_code_among_the_pages_of_clients() {
    let reply = site().post("/api/portal/mail-code", &[("area", "c"), ("token", "live")]).await;
    assert_eq!(reply.location, "/c/code");
}

#[tokio::test]
async fn another_code_needs_no_link() {
    let site = site();
    let page = site.get("/o/code").await.shown_as("code");
    page.says("Email me another code");
    page.says(r#"autocomplete="one-time-code""#);
    page.says("ten minutes");
    page.keeps_the_rules_of_forms();
    site.post("/api/portal/mail-code", &[("area", "o"), ("token", "")]).await;
    assert_eq!(*site.desk.codes.lock().unwrap(), [""]);
}

#[tokio::test]
async fn a_code_may_be_pasted_with_spaces() {
    let reply = site().post("/api/portal/open", &[("area", "o"), ("code", " 123 456 ")]).await;
    assert_eq!(reply.location, "/o/offer");
}

#[tokio::test]
async fn a_wrong_code_says_what_to_do_and_is_not_written_back_into_the_page() {
    let page =
        site().post_and_follow("/api/portal/open", &[("form", "open"), ("area", "o"), ("code", "999999")]).await.shown_as("code-wrong");
    page.says("This code does not work");
    page.says(r#"aria-invalid="true""#);
    page.hides("999999");
    page.keeps_the_rules_of_forms();
}

#[tokio::test]
async fn no_code_is_a_question_that_was_left_open() {
    let page = site().post_and_follow("/api/portal/open", &[("form", "open"), ("area", "c"), ("code", "  ")]).await;
    page.says("Type the code that we emailed to you.");
}

#[tokio::test]
async fn a_dead_link_says_where_the_living_one_is() {
    let page = site().get("/o/i/dead").await.shown_as("link-over");
    page.says("This link no longer opens anything");
    page.says("newest email");
    page.hides("<form");
}

#[tokio::test]
async fn a_session_that_is_over_leads_back_to_the_mail() {
    for address in ["/o/offer", "/o/offer/accept", "/c", "/c/offers/0194aaaaaaaaaaaaaaaaaaaaaaaaaaaa"] {
        let page = site().get(address).await.shown_as("session-over");
        page.says("This page is closed for now");
        page.says("mailto:help@northwind.example");
    }
}

#[tokio::test]
async fn leaving_ends_the_session() {
    let reply = site().post("/api/portal/leave", &[("area", "o")]).await;
    assert_eq!(reply.location, "/o/offer");
    assert!(reply.cookie.starts_with("__Host-"), "{reply:?}");
}
