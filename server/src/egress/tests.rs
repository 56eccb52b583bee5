//! The way out, against a listener on this machine that the operator named, and without that.

use std::{net::SocketAddr, time::Duration};

use axum::{Router, body::Body, http::header, response::IntoResponse, routing::get};
use futures::stream;
use tokio::net::TcpListener;

use super::*;

/// Somebody else's house.
async fn another_house() -> SocketAddr {
    let endless = || async { Body::from_stream(stream::repeat_with(|| Ok::<_, std::io::Error>(vec![b'x'; 64 * 1024]))).into_response() };
    let silent = || async { std::future::pending::<()>().await };
    let whole = || async { "x".repeat(ANSWER_BYTES_MAX) };
    let elsewhere = || async { (axum::http::StatusCode::FOUND, [(header::LOCATION, "/well")], "not here") };
    let router = Router::new()
        .route("/well", get(|| async { "well" }))
        .route("/endless", get(endless))
        .route("/whole", get(whole))
        .route("/silent", get(silent))
        .route("/elsewhere", get(elsewhere));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    address
}

fn allowing(hosts: &[String]) -> EgressSettings {
    EgressSettings { allowed: hosts.iter().map(|host| AllowedHost::parse(host).unwrap()).collect(), ..EgressSettings::default() }
}

async fn heard(egress: &Egress, url: &str) -> Result<(u16, usize), NotHeard> {
    egress.ask(&Url::parse(url).unwrap(), Ask::Get).await.map(|heard| (heard.status, heard.body.len()))
}

#[tokio::test]
async fn a_host_that_the_operator_named_is_heard_and_nobody_else_on_this_machine() {
    let there = another_house().await;
    let egress = Egress::new(allowing(&[there.to_string()])).unwrap();
    assert_eq!(heard(&egress, &format!("http://{there}/well")).await, Ok((200, 4)));
    let port = there.port();
    for other in [
        format!("http://127.0.0.2:{port}/well"),
        format!("http://localhost:{port}/well"),
        format!("https://localhost:{port}/well"),
        format!("http://127.0.0.1:{}/well", port ^ 1),
        format!("http://me:secret@{there}/well"),
        format!("https://[::ffff:127.0.0.1]:{port}/well"),
        "https://169.254.169.254/latest/meta-data/".to_owned(),
        "http://example.com/".to_owned(),
        "file:///etc/passwd".to_owned(),
    ] {
        assert_eq!(heard(&egress, &other).await, Err(NotHeard::Forbidden), "{other}");
    }
    let nobody = Egress::new(EgressSettings::default()).unwrap();
    assert_eq!(heard(&nobody, &format!("http://{there}/well")).await, Err(NotHeard::Forbidden), "an empty list means none");
}

#[tokio::test]
async fn a_name_that_leads_to_this_machine_is_refused_where_it_is_connected_to() {
    let egress = Egress::new(EgressSettings::default()).unwrap();
    let url = Url::parse("https://localhost:1/").unwrap();
    assert_eq!(EgressSettings::default().must_fit(&url), Ok(()), "by itself the name tells nothing");
    assert_eq!(heard(&egress, url.as_str()).await, Err(NotHeard::Forbidden));
}

#[tokio::test]
async fn a_redirect_is_not_followed() {
    let there = another_house().await;
    let egress = Egress::new(allowing(&[there.to_string()])).unwrap();
    assert_eq!(heard(&egress, &format!("http://{there}/elsewhere")).await, Ok((302, 8)));
}

#[tokio::test]
async fn an_answer_has_an_end_and_comes_in_time() {
    let there = another_house().await;
    let egress = Egress::with_patience(allowing(&[there.to_string()]), Duration::from_secs(2)).unwrap();
    assert_eq!(heard(&egress, &format!("http://{there}/whole")).await, Ok((200, ANSWER_BYTES_MAX)));
    assert_eq!(heard(&egress, &format!("http://{there}/endless")).await, Err(NotHeard::TooLong));
    assert_eq!(heard(&egress, &format!("http://{there}/silent")).await, Err(NotHeard::TooLate));
}

#[test]
fn a_host_is_named_with_its_port() {
    for (text, named) in [
        ("idp.internal:8443", true),
        ("127.0.0.1:9443", true),
        ("[::1]:9443", true),
        ("idp.internal", false),
        ("idp.internal:0", false),
        ("idp.internal:https", false),
        ("https://idp.internal:8443", false),
        ("idp.internal:8443/path", false),
        ("me@idp.internal:8443", false),
        ("*:8443", false),
        ("*.internal:8443", false),
        (":8443", false),
        ("", false),
    ] {
        assert_eq!(AllowedHost::parse(text).is_some(), named, "{text}");
    }
}

#[test]
fn authorities_are_certificates() {
    for pem in [b"no certificate".to_vec(), b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".to_vec()] {
        assert!(Egress::new(EgressSettings { authorities: Some(pem), ..EgressSettings::default() }).is_err());
    }
}
