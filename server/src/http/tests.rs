//! What surrounds every answer.

mod edges;
mod live;
mod pages;

use std::sync::Arc;

use axum::{
    Router,
    body::Body,
    http::{HeaderMap, Method, Request, StatusCode, header},
    routing::{get, post},
};
use http_body_util::BodyExt;
use tower::ServiceExt;

use super::{Served, surrounded};
use crate::{
    config::{Network, PublicUrl},
    identity::tests::{FIRM, House},
};

const OURS: &str = "https://offers.example";

struct Answer {
    status: StatusCode,
    headers: HeaderMap,
    text: String,
}

impl Answer {
    fn header(&self, name: &str) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

/// A house whose routes are a page, a form, and one that falls over.
async fn served(public_url: &str) -> (House, Router) {
    let house = House::open().await;
    let served = Served {
        identity: Arc::new(house.identity_over_tls()),
        household: house.an_empty_household(),
        store: house.store.clone(),
        public_url: PublicUrl::parse(public_url).unwrap(),
        trusted_proxies: vec![Network::parse("10.0.0.0/8").unwrap()],
    };
    let routes = Router::new()
        .route("/offers", get(|| async { axum::response::Html("a page") }))
        .route("/o/i/{token}", get(|| async { axum::response::Html("an invitation") }))
        .route("/o/offer", get(|| async { axum::response::Html("an offer") }))
        .route("/join/{token}", get(|| async { axum::response::Html("a set-up") }))
        .route("/api/act", post(|body: String| async move { body }))
        .route(
            "/falls",
            get(|| async {
                if std::hint::black_box(true) {
                    panic!("a secret")
                }
            }),
        );
    (house, surrounded(Arc::new(served), routes, Router::new(), Router::new()))
}

async fn ask(router: &Router, request: Request<Body>) -> Answer {
    let response = router.clone().oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    let text = String::from_utf8_lossy(&body.collect().await.unwrap().to_bytes()).into_owned();
    Answer { status: parts.status, headers: parts.headers, text }
}

async fn open(router: &Router, path: &str) -> Answer {
    ask(router, Request::get(path).header(header::ACCEPT, "text/html").body(Body::empty()).unwrap()).await
}

#[tokio::test]
async fn every_page_has_these_headers_and_no_others() {
    let (_house, router) = served(OURS).await;
    let page = open(&router, "/offers").await;
    let mut found: Vec<String> = page
        .headers
        .iter()
        .filter(|(name, _)| !["x-request-id", "set-cookie", "content-length"].contains(&name.as_str()))
        .map(|(name, value)| format!("{name}: {}", value.to_str().unwrap()))
        .collect();
    found.sort();
    assert_eq!(
        found,
        [
            "cache-control: no-store",
            "content-security-policy: default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; \
             base-uri 'none'; frame-ancestors 'none'",
            "content-type: text/html; charset=utf-8",
            "cross-origin-opener-policy: same-origin",
            "cross-origin-resource-policy: same-origin",
            "permissions-policy: camera=(), geolocation=(), microphone=(), payment=(), usb=()",
            "referrer-policy: same-origin",
            "strict-transport-security: max-age=63072000; includeSubDomains",
            "x-content-type-options: nosniff",
            "x-frame-options: DENY",
        ]
    );
}

#[tokio::test]
async fn addresses_that_are_secrets_are_told_to_nobody_and_listed_nowhere() {
    let (_house, router) = served(OURS).await;
    for (path, policy, listed) in [
        ("/o/i/abc", "strict-origin", false),
        ("/join/abc", "strict-origin", false),
        ("/o/offer", "same-origin", false),
        ("/offers", "same-origin", true),
    ] {
        let page = open(&router, path).await;
        assert_eq!((page.status, page.header("referrer-policy")), (StatusCode::OK, policy), "{path}");
        assert_eq!(page.header("x-robots-tag").is_empty(), listed, "{path}");
    }
}

#[tokio::test]
async fn plain_http_on_loopback_promises_no_tls() {
    let (_house, router) = served("http://127.0.0.1:3000").await;
    assert_eq!(open(&router, "/offers").await.header("strict-transport-security"), "");
}

#[tokio::test]
async fn a_browser_is_tied_to_itself_once() {
    let (_house, router) = served(OURS).await;
    let first = open(&router, "/offers").await;
    let cookie = first.header("set-cookie");
    assert!(cookie.starts_with("__Host-browser=") && cookie.ends_with("; Path=/; HttpOnly; SameSite=Lax; Secure"), "{cookie}");
    let pair = cookie.split(';').next().unwrap();
    let again = Request::get("/offers").header(header::COOKIE, pair).body(Body::empty()).unwrap();
    assert_eq!(ask(&router, again).await.header("set-cookie"), "");
    let planted = Request::get("/offers").header(header::COOKIE, "__Host-browser=guess").body(Body::empty()).unwrap();
    assert!(ask(&router, planted).await.header("set-cookie").starts_with("__Host-browser="));
}

#[tokio::test]
async fn a_form_from_elsewhere_is_refused_with_a_page() {
    let (_house, router) = served(OURS).await;
    let form = |site: &str| {
        let request = Request::post("/api/act").header("sec-fetch-site", site).header(header::ACCEPT, "text/html");
        request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded").body(Body::from("x=1")).unwrap()
    };
    let forged = ask(&router, form("cross-site")).await;
    assert_eq!(forged.status, StatusCode::FORBIDDEN);
    assert!(forged.text.starts_with("<!DOCTYPE html>") && forged.text.contains("<h1"), "{}", forged.text);
    assert_eq!(forged.header("cache-control"), "no-store");
    let own = ask(&router, form("same-origin")).await;
    assert_eq!((own.status, own.text.as_str()), (StatusCode::OK, "x=1"));
}

#[tokio::test]
async fn every_unsafe_method_is_guarded_or_unknown() {
    let (_house, router) = served(OURS).await;
    for (method, status) in [
        (Method::POST, StatusCode::FORBIDDEN),
        (Method::PUT, StatusCode::METHOD_NOT_ALLOWED),
        (Method::PATCH, StatusCode::METHOD_NOT_ALLOWED),
        (Method::DELETE, StatusCode::METHOD_NOT_ALLOWED),
    ] {
        let request =
            Request::builder().method(method.clone()).uri("/api/act").header("origin", "https://evil.example").body(Body::empty());
        assert_eq!(ask(&router, request.unwrap()).await.status, status, "{method}");
    }
}

#[tokio::test]
async fn faults_have_a_page_for_people_and_none_for_programs() {
    let (_house, router) = served(OURS).await;
    for (path, status) in [("/nowhere", StatusCode::NOT_FOUND), ("/falls", StatusCode::INTERNAL_SERVER_ERROR)] {
        let page = open(&router, path).await;
        assert_eq!(page.status, status);
        assert!(page.header("content-type").starts_with("text/html"), "{path}");
        assert!(page.text.contains("<h1") && !page.text.contains("secret"), "{}", page.text);
        assert_eq!(page.header("x-content-type-options"), "nosniff");
        let bare = ask(&router, Request::get(path).body(Body::empty()).unwrap()).await;
        assert_eq!((bare.status, bare.header("content-type")), (status, "text/plain; charset=utf-8"));
        assert!(!bare.text.is_empty() && !bare.text.contains(['<', '>']) && !bare.text.contains("secret"), "{}", bare.text);
    }
}

#[tokio::test]
async fn a_form_that_is_too_long_is_refused() {
    let (_house, router) = served(OURS).await;
    let long = "x".repeat(300_000);
    // with its length said before, and without
    for length in [Some(long.len()), None] {
        let mut request = Request::post("/api/act").header("sec-fetch-site", "same-origin").header(header::ACCEPT, "text/html");
        request = request.header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        if let Some(length) = length {
            request = request.header(header::CONTENT_LENGTH, length);
        }
        let answer = ask(&router, request.body(Body::from(long.clone())).unwrap()).await;
        assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE);
        assert!(answer.text.contains("<h1"), "{}", answer.text);
    }
}

#[tokio::test]
async fn signs_of_life_need_no_visitor() {
    let (_house, router) = served(OURS).await;
    for path in ["/healthz", "/readyz"] {
        let sign = open(&router, path).await;
        assert_eq!((sign.status, sign.header("set-cookie")), (StatusCode::OK, ""), "{path}");
    }
}

#[tokio::test]
async fn a_get_writes_nothing_that_anybody_decided() {
    let (house, router) = served(OURS).await;
    for path in ["/offers", "/o/offer", "/o/i/abc", "/join/abc", "/nowhere", "/healthz", "/readyz"] {
        for method in [Method::GET, Method::HEAD] {
            let request = Request::builder().method(method).uri(path).body(Body::empty()).unwrap();
            ask(&router, request).await;
        }
    }
    let kinds = ["offer", "requisition", "person", "playbook"];
    for kind in kinds {
        assert!(house.store.streams_of(FIRM, kind, "", 10).await.unwrap().is_empty());
    }
}
