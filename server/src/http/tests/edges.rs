//! What every route keeps at its edge. The routes are read off the router itself, so that none can come without.

use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{HeaderMap, HeaderValue, Request, StatusCode, header},
};
use http_body_util::BodyExt;

use super::{
    super::{api, limits},
    pages::Site,
};

const FORM: &str = "application/x-www-form-urlencoded";
const FORM_WITH_FILES: &str = "multipart/form-data; boundary=x";

/// Every route of the router, by what it says of itself.
fn routes(site: &Site) -> BTreeSet<String> {
    let shown = format!("{:?}", site.router);
    let paths = shown.split("RouteId(").filter_map(|part| part.split_once("): \"")?.1.split('"').next());
    let routes: BTreeSet<String> = paths.filter(|path| path.starts_with('/') && !path.contains("__private__")).map(str::to_owned).collect();
    for known in
        ["/", "/offers/{id}", "/api/identity/sign-in", "/api/imports/look", "/live", "/healthz", "/robots.txt", "/o/documents/{digest}"]
    {
        assert!(routes.contains(known), "{known} is not in {routes:?}");
    }
    for (path, _) in leptos::server_fn::axum::server_fn_paths() {
        assert!(routes.contains(path), "{path} is not in {routes:?}");
    }
    routes
}

/// An address of a route, with something in place of its parameters.
fn address(route: &str) -> String {
    let part = |part: &str| match part {
        "{digest}" => "a".repeat(64),
        part if part.starts_with('{') => "a".repeat(32),
        part => part.to_owned(),
    };
    route.split('/').map(part).collect::<Vec<_>>().join("/")
}

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

async fn answer(site: &Site, request: Request<Body>) -> Answer {
    let (parts, body) = site.ask(request).await.into_parts();
    // a stream has no end
    let is_stream = parts.headers.get(header::CONTENT_TYPE).is_some_and(|kind| kind == "text/event-stream");
    let bytes = if is_stream { Vec::new() } else { body.collect().await.unwrap().to_bytes().to_vec() };
    Answer { status: parts.status, headers: parts.headers, text: String::from_utf8_lossy(&bytes).into_owned() }
}

fn asked(method: &str, address: &str, cookie: Option<&str>, accept: &str) -> axum::http::request::Builder {
    let request = Request::builder().method(method).uri(address).header(header::ACCEPT, accept).header("sec-fetch-site", "same-origin");
    match cookie {
        Some(cookie) => request.header(header::COOKIE, cookie),
        None => request,
    }
}

/// What must stand on every answer, whatever it is.
fn must_be_closed(answer: &Answer, what: &str) {
    for (name, value) in [
        ("x-content-type-options", "nosniff"),
        ("x-frame-options", "DENY"),
        ("cross-origin-opener-policy", "same-origin"),
        ("cross-origin-resource-policy", "same-origin"),
    ] {
        let given: Vec<_> = answer.headers.get_all(name).iter().collect();
        assert_eq!(given, [value], "{what}: {name}");
    }
    assert!(["same-origin", "strict-origin"].contains(&answer.header("referrer-policy")), "{what}");
    assert!(!answer.header("permissions-policy").is_empty() && !answer.header("x-request-id").is_empty(), "{what}");
    let cache = answer.header("cache-control");
    assert!(cache == "no-store" || (cache.starts_with("public") && answer.headers.get("set-cookie").is_none()), "{what}: {cache}");
    let policies: Vec<_> = answer.headers.get_all("content-security-policy").iter().map(|policy| policy.to_str().unwrap()).collect();
    let [policy] = policies.as_slice() else { panic!("{what}: {policies:?}") };
    for closed in ["default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'"] {
        assert!(policy.contains(closed), "{what}: {policy}");
    }
    assert!(!policy.contains("'unsafe-inline'") && !policy.contains("'unsafe-eval'") && !policy.contains('*'), "{what}: {policy}");
    for script in policy.split(';').map(str::trim).filter(|part| part.starts_with("script-src")) {
        assert!(script.starts_with("script-src 'nonce-") && script.ends_with("' 'wasm-unsafe-eval'"), "{what}: {script}");
    }
    let kind = answer.header("content-type");
    assert!(!kind.starts_with("text/") || kind.ends_with("; charset=utf-8") || kind == "text/event-stream", "{what}: {kind}");
    assert!(!answer.headers.contains_key("access-control-allow-origin"), "{what}: no other site reads this");
    for cookie in answer.headers.get_all("set-cookie") {
        let cookie = cookie.to_str().unwrap();
        assert!(cookie.contains("; HttpOnly") && cookie.contains("; SameSite=Lax") && cookie.len() < 4096, "{what}: {cookie}");
    }
}

/// A page for people, a line for programs; never what a layer says of itself.
fn must_say_so(page: &Answer, line: &Answer, status: StatusCode, what: &str) {
    assert_eq!((page.status, line.status), (status, status), "{what}");
    assert!(page.text.starts_with("<!DOCTYPE html>") && page.text.contains("<h1"), "{what}: {}", page.text);
    assert_eq!(line.header("content-type"), "text/plain; charset=utf-8", "{what}");
    assert!((20..300).contains(&line.text.len()) && !line.text.contains('<'), "{what}: {}", line.text);
    must_be_closed(page, what);
    must_be_closed(line, what);
}

/// What a program is answered, whoever asks as if it was a page.
fn must_be_a_problem(answers: &[&Answer], status: StatusCode, code: &str, what: &str) {
    for answer in answers {
        assert_eq!(answer.status, status, "{what}");
        assert_eq!(answer.header("content-type"), "application/problem+json", "{what}");
        let problem: serde_json::Value = serde_json::from_str(&answer.text).unwrap();
        assert_eq!(problem["type"], format!("urn:countersign:problem:{code}"), "{what}");
        assert_eq!(problem["status"], status.as_u16(), "{what}");
        assert!(answer.headers.get("set-cookie").is_none(), "{what}: a program has no cookies");
        must_be_closed(answer, what);
    }
}

/// One request as somebody at a browser makes it, and one as a program does.
async fn both(site: &Site, make: impl Fn(&str) -> Request<Body>) -> (Answer, Answer) {
    (answer(site, make("text/html")).await, answer(site, make("application/json")).await)
}

#[tokio::test]
async fn every_route_answers_everybody_behind_closed_headers() {
    let site = Site::open().await;
    let ada = site.signed_in().await;
    for route in routes(&site) {
        let address = address(&route);
        for (who, cookie) in [("nobody", None), ("Ada", Some(ada.as_str()))] {
            for (method, accept) in
                [("GET", "text/html"), ("GET", "*/*"), ("HEAD", "text/html"), ("POST", "text/html"), ("POST", "application/json")]
            {
                let what = format!("{method} {route} as {accept} by {who}");
                if method == "POST" && route == "/api/identity/sign-out" {
                    continue; // Ada stays
                }
                let request = asked(method, &address, cookie, accept).header(header::CONTENT_TYPE, FORM).body(Body::empty()).unwrap();
                let answer = answer(&site, request).await;
                assert!(answer.status != StatusCode::INTERNAL_SERVER_ERROR, "{what}: {}", answer.text);
                must_be_closed(&answer, &what);
            }
        }
    }
}

#[tokio::test]
async fn whoever_signs_out_leaves_nothing_in_the_browser() {
    let site = Site::open().await;
    let ada = site.signed_in().await;
    let out = asked("POST", "/api/identity/sign-out", Some(&ada), "text/html").header(header::CONTENT_TYPE, FORM);
    let answered = answer(&site, out.body(Body::empty()).unwrap()).await;
    assert_eq!(answered.header("clear-site-data"), "\"storage\"");
    let set: Vec<&str> = answered.headers.get_all("set-cookie").iter().map(|set| set.to_str().unwrap()).collect();
    for cookie in ["session=;", "browser=;"] {
        assert!(set.iter().any(|set| set.starts_with(cookie)), "{cookie} {set:?}");
    }
    let page = answer(&site, asked("GET", "/sign-in", None, "text/html").body(Body::empty()).unwrap()).await;
    assert_eq!(page.header("clear-site-data"), "");
}

#[tokio::test]
async fn pages_for_people_from_a_mail_are_listed_nowhere() {
    let site = Site::open().await;
    for route in routes(&site)
        .into_iter()
        .filter(|route| ["/o", "/c", "/join"].iter().any(|area| *route == *area || route.starts_with(&format!("{area}/"))))
    {
        let answer = answer(&site, asked("GET", &address(&route), None, "text/html").body(Body::empty()).unwrap()).await;
        assert!(answer.header("x-robots-tag").contains("noindex"), "{route}");
    }
}

#[tokio::test]
async fn a_page_names_its_own_nonce_and_no_other_page_has_it() {
    let site = Site::open().await;
    let mut seen = BTreeSet::new();
    for _ in 0..3 {
        let page = answer(&site, asked("GET", "/sign-in", None, "text/html").body(Body::empty()).unwrap()).await;
        let nonce = page.header("content-security-policy").split("'nonce-").nth(1).unwrap().split('\'').next().unwrap().to_owned();
        assert!(nonce.len() >= 22, "{nonce}");
        for script in page.text.split("<script").skip(1) {
            assert!(script.split('>').next().unwrap().contains(&format!("nonce=\"{nonce}\"")), "{script}");
        }
        assert!(seen.insert(nonce));
    }
}

#[tokio::test]
async fn no_route_knows_another_method() {
    let site = Site::open().await;
    for route in routes(&site) {
        for method in ["TRACE", "OPTIONS", "PUT", "PATCH", "DELETE", "CONNECT", "PROPFIND", "GETS"] {
            let request = asked(method, &address(&route), None, "text/html").body(Body::empty()).unwrap();
            let answer = answer(&site, request).await;
            assert_eq!(answer.status, StatusCode::METHOD_NOT_ALLOWED, "{method} {route}");
            assert!(answer.header("allow").contains("GET"), "{method} {route}: {}", answer.header("allow"));
            if api::is_at(&route) {
                must_be_a_problem(&[&answer], StatusCode::METHOD_NOT_ALLOWED, "method-unknown", &route);
            }
            must_be_closed(&answer, &format!("{method} {route}"));
        }
    }
}

#[tokio::test]
async fn every_route_that_takes_something_takes_it_from_our_own_pages_as_a_form_and_not_without_end() {
    let site = Site::open().await;
    let ada = site.signed_in().await;
    let mut taking = 0;
    for route in routes(&site).into_iter().filter(|route| route.starts_with("/api/") && !api::is_at(route)) {
        taking += 1;
        let own = if route == "/api/imports/look" { FORM_WITH_FILES } else { FORM };
        let elsewhere = both(&site, |accept| {
            let request =
                Request::post(&route).header(header::ACCEPT, accept).header(header::COOKIE, &ada).header("sec-fetch-site", "cross-site");
            request.header(header::CONTENT_TYPE, own).body(Body::from("x=1")).unwrap()
        });
        let (page, line) = elsewhere.await;
        must_say_so(&page, &line, StatusCode::FORBIDDEN, &route);
        for kind in [
            "text/plain",
            "application/json",
            "text/html",
            "application/x-www-form-urlencoded2",
            if own == FORM { FORM_WITH_FILES } else { FORM },
            "",
        ] {
            let (page, line) = both(&site, |accept| {
                asked("POST", &route, Some(&ada), accept).header(header::CONTENT_TYPE, kind).body(Body::from("x=1")).unwrap()
            })
            .await;
            must_say_so(&page, &line, StatusCode::UNSUPPORTED_MEDIA_TYPE, &format!("{route} as `{kind}`"));
        }
        if own == FORM {
            for nul in ["x=a%00b", "x=a\0b"] {
                let (page, line) = both(&site, |accept| {
                    asked("POST", &route, Some(&ada), accept).header(header::CONTENT_TYPE, own).body(Body::from(nul)).unwrap()
                })
                .await;
                must_say_so(&page, &line, StatusCode::BAD_REQUEST, &route);
            }
        }
        let too_long = if own == FORM { limits::BODY_BYTES_MAX + 1 } else { limits::FILES_BYTES_READ_MAX + 1 };
        // said before, and found out
        let (page, line) = both(&site, |accept| {
            let request = asked("POST", &route, Some(&ada), accept).header(header::CONTENT_TYPE, own);
            request.header(header::CONTENT_LENGTH, too_long).body(Body::empty()).unwrap()
        })
        .await;
        must_say_so(&page, &line, StatusCode::PAYLOAD_TOO_LARGE, &route);
        if own == FORM {
            let (page, line) = both(&site, |accept| {
                asked("POST", &route, Some(&ada), accept).header(header::CONTENT_TYPE, own).body(Body::from("x".repeat(too_long))).unwrap()
            })
            .await;
            must_say_so(&page, &line, StatusCode::PAYLOAD_TOO_LARGE, &route);
        }
    }
    assert!(taking > 20, "{taking}");
}

#[tokio::test]
async fn a_request_for_another_host_is_none_of_ours() {
    let site = Site::open().await;
    for route in routes(&site) {
        let watching = route == "/healthz" || route == "/readyz";
        let (page, line) = both(&site, |accept| {
            asked("GET", &address(&route), None, accept).header(header::HOST, "evil.example:3000").body(Body::empty()).unwrap()
        })
        .await;
        if watching {
            assert_eq!(line.status, StatusCode::OK, "{route}");
        } else if api::is_at(&route) {
            must_be_a_problem(&[&page, &line], StatusCode::MISDIRECTED_REQUEST, "other-host", &route);
        } else {
            must_say_so(&page, &line, StatusCode::MISDIRECTED_REQUEST, &route);
        }
        assert!(!page.text.contains("evil.example"), "{route}");
    }
    let two = Request::get("/sign-in").header(header::HOST, "127.0.0.1:3000").header(header::HOST, "evil.example").body(Body::empty());
    assert_eq!(answer(&site, two.unwrap()).await.status, StatusCode::MISDIRECTED_REQUEST);
    let ours =
        Request::get("/sign-in").header(header::HOST, "localhost:3000").header("x-forwarded-host", "evil.example").body(Body::empty());
    let page = answer(&site, ours.unwrap()).await;
    assert_eq!(page.status, StatusCode::OK);
    assert!(!page.text.contains("evil.example"));
}

#[tokio::test]
async fn an_address_has_an_end() {
    let site = Site::open().await;
    let (page, line) = both(&site, |accept| {
        asked("GET", &format!("/sign-in?to=/{}", "a".repeat(limits::ADDRESS_BYTES_MAX)), None, accept).body(Body::empty()).unwrap()
    })
    .await;
    must_say_so(&page, &line, StatusCode::URI_TOO_LONG, "a long address");
}

#[tokio::test]
async fn whoever_asks_for_too_much_in_a_minute_is_told_when_to_come_back() {
    let site = Site::open().await;
    let leave = |accept: &str, address: &str| {
        let request =
            asked("POST", "/api/portal/leave", None, accept).header(header::CONTENT_TYPE, FORM).header("x-forwarded-for", address);
        request.body(Body::from("area=o")).unwrap()
    };
    for _ in 0..limits::FORMS_OF_STRANGERS_MAX {
        assert_eq!(answer(&site, leave("text/html", "")).await.status, StatusCode::FOUND);
    }
    let (page, line) = both(&site, |accept| leave(accept, "192.0.2.1")).await;
    must_say_so(&page, &line, StatusCode::TOO_MANY_REQUESTS, "nobody believes an address that a stranger claims");
    assert!((1..=60).contains(&page.header("retry-after").parse::<i64>().unwrap()), "{}", page.header("retry-after"));
    assert!(line.text.contains("Wait "), "{}", line.text);
    // reading goes on, and so does whoever is signed in
    assert_eq!(answer(&site, asked("GET", "/sign-in", None, "text/html").body(Body::empty()).unwrap()).await.status, StatusCode::OK);
}

#[tokio::test]
async fn the_api_knows_nobody_by_a_cookie_and_says_so_to_programs() {
    let site = Site::open().await;
    let ada = site.signed_in().await;
    for route in routes(&site).into_iter().filter(|route| api::is_at(route)) {
        let (page, line) = both(&site, |accept| asked("GET", &address(&route), Some(&ada), accept).body(Body::empty()).unwrap()).await;
        must_be_a_problem(&[&page, &line], StatusCode::UNAUTHORIZED, "no-token", &route);
        assert_eq!(line.header("www-authenticate"), "Bearer realm=\"countersign\"", "{route}");
        let unknown = format!("Bearer csn_{}", "A".repeat(43));
        for wrong in [&b"Bearer csn_x"[..], b"Bearer", b"Basic YTpi", b"Bearer \xff\xfe", b"Bearer csn_ csn_", unknown.as_bytes()] {
            let wrong = HeaderValue::from_bytes(wrong).unwrap();
            let request =
                asked("GET", &address(&route), Some(&ada), "*/*").header(header::AUTHORIZATION, &wrong).body(Body::empty()).unwrap();
            let answer = answer(&site, request).await;
            must_be_a_problem(&[&answer], StatusCode::UNAUTHORIZED, "token-unknown", &format!("{route} with {wrong:?}"));
            assert!(answer.header("www-authenticate").ends_with("error=\"invalid_token\""), "{route} with {wrong:?}");
        }
    }
    let nothing = answer(&site, asked("GET", "/api/v1/people", Some(&ada), "text/html").body(Body::empty()).unwrap()).await;
    must_be_a_problem(&[&nothing], StatusCode::NOT_FOUND, "not-found", "an address of nothing");
}

#[tokio::test]
async fn whoever_tries_tokens_is_told_when_to_come_back() {
    let site = Site::open().await;
    let guess = || {
        let request = asked("GET", "/api/v1/offers", None, "*/*").header(header::AUTHORIZATION, format!("Bearer csn_{}", "A".repeat(43)));
        request.body(Body::empty()).unwrap()
    };
    for _ in 0..api::UNKNOWN_TOKENS_MAX {
        assert_eq!(answer(&site, guess()).await.status, StatusCode::UNAUTHORIZED);
    }
    let stopped = answer(&site, guess()).await;
    must_be_a_problem(&[&stopped], StatusCode::TOO_MANY_REQUESTS, "too-many", "too many guesses");
    assert!((1..=60).contains(&stopped.header("retry-after").parse::<i64>().unwrap()));
}
