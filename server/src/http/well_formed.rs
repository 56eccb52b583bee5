//! Requests that this site understands: known methods, addresses that are no novels, for this host, and forms that are forms.

use std::sync::Arc;

use axum::{
    body::{Body, to_bytes},
    extract::{Request, State},
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
    middleware::Next,
    response::{IntoResponse, Response},
};

use super::{Served, health, limits, visitor};
use crate::{
    identity::network,
    security_log::{self, What, Who},
};

/// What anything here can be asked by.
const METHODS: [Method; 3] = [Method::GET, Method::HEAD, Method::POST];
const ALLOWED: HeaderValue = HeaderValue::from_static("GET,HEAD,POST");
const FORM: &str = "application/x-www-form-urlencoded";
const FORM_WITH_FILES: &str = "multipart/form-data";

/// Answers 405, 414 and 421 to what is asked in no way that this site knows.
pub(super) async fn request(State(served): State<Arc<Served>>, request: Request, next: Next) -> Response {
    if !METHODS.contains(request.method()) {
        return (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, ALLOWED)]).into_response();
    }
    if request.uri().path_and_query().is_some_and(|address| address.as_str().len() > limits::ADDRESS_BYTES_MAX) {
        return StatusCode::URI_TOO_LONG.into_response();
    }
    // whatever watches over the process knows it by its number
    if !health::ADDRESSES.contains(&request.uri().path()) && !is_for_us(&request, &served) {
        security_log::refused(What::OtherHost, Who::Network(&network(&visitor::address_of(&request, &served))), "");
        return StatusCode::MISDIRECTED_REQUEST.into_response();
    }
    next.run(request).await
}

/// A name that somebody else's zone points at us makes us "the same origin" for that somebody's pages.
fn is_for_us(request: &Request, served: &Served) -> bool {
    let mut named = request.headers().get_all(header::HOST).iter().map(|host| host.to_str().ok());
    let by_header = match (named.next(), named.next()) {
        (None, None) => None,
        (Some(Some(host)), None) => Some(host),
        _ => return false,
    };
    let by_address = request.uri().authority().map(|authority| authority.as_str());
    by_header.into_iter().chain(by_address).all(|host| served.public_url.is_at(host))
}

/// Answers 415 to a body that is no form, 400 to one that holds what is no text, and 413 to one that is longer than forms are, however it says that it is sent.
pub(super) async fn form(request: Request, next: Next) -> Response {
    if request.method().is_safe() {
        return next.run(request).await;
    }
    if !is_of(request.headers(), FORM) {
        return StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response();
    }
    let (parts, body) = request.into_parts();
    match to_bytes(body, limits::BODY_BYTES_MAX).await {
        // nobody types a NUL, and no store keeps one in text
        Ok(bytes) if bytes.windows(3).any(|sign| sign == b"%00") || bytes.contains(&0) => StatusCode::BAD_REQUEST.into_response(),
        Ok(bytes) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Err(error) if is_too_long(&error) => StatusCode::PAYLOAD_TOO_LARGE.into_response(),
        Err(_) => StatusCode::BAD_REQUEST.into_response(),
    }
}

/// Answers 415 to a body that is no form with files. How long it is, is counted where it is read.
pub(super) async fn form_with_files(request: Request, next: Next) -> Response {
    if request.method().is_safe() || is_of(request.headers(), FORM_WITH_FILES) {
        next.run(request).await
    } else {
        StatusCode::UNSUPPORTED_MEDIA_TYPE.into_response()
    }
}

fn is_of(headers: &HeaderMap, wanted: &str) -> bool {
    let mut kinds = headers.get_all(header::CONTENT_TYPE).iter();
    let (Some(kind), None) = (kinds.next(), kinds.next()) else { return false };
    let kind = kind.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
    kind.trim().eq_ignore_ascii_case(wanted)
}

fn is_too_long(error: &axum::Error) -> bool {
    let outermost: &dyn std::error::Error = error;
    std::iter::successors(Some(outermost), |error| error.source()).any(|error| error.is::<http_body_util::LengthLimitError>())
}
