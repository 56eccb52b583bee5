//! Requests that this site understands: known methods, addresses that are no novels, for this host, and forms that are forms.

use axum::{
    body::{Body, to_bytes},
    extract::Request,
    http::{HeaderMap, HeaderValue, Method, StatusCode, header},
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

/// The answer to what is asked in no way that this site knows: 405, 414 or 421.
pub(super) fn refusal(request: &Request, served: &Served) -> Option<Response> {
    if !METHODS.contains(request.method()) {
        return Some((StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, ALLOWED)]).into_response());
    }
    if request.uri().path_and_query().is_some_and(|address| address.as_str().len() > limits::ADDRESS_BYTES_MAX) {
        return Some(StatusCode::URI_TOO_LONG.into_response());
    }
    // whatever watches over the process knows it by its number
    if !health::ADDRESSES.contains(&request.uri().path()) && !is_for_us(request, served) {
        security_log::refused(What::OtherHost, Who::Network(&network(&visitor::address_of(request, served))), "");
        return Some(StatusCode::MISDIRECTED_REQUEST.into_response());
    }
    None
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

/// Reads the body of a form; else the answer is 415 to one that is no form, 400 to one that holds what is no text, and 413 to one that is longer
/// than forms are, however it says that it is sent.
pub(super) async fn form(request: Request) -> Result<Request, StatusCode> {
    if request.method().is_safe() {
        return Ok(request);
    }
    if !is_of(request.headers(), FORM) {
        return Err(StatusCode::UNSUPPORTED_MEDIA_TYPE);
    }
    let (parts, body) = request.into_parts();
    match to_bytes(body, limits::BODY_BYTES_MAX).await {
        // nobody types a NUL, and no store keeps one in text
        Ok(bytes) if bytes.windows(3).any(|sign| sign == b"%00") || bytes.contains(&0) => Err(StatusCode::BAD_REQUEST),
        Ok(bytes) => Ok(Request::from_parts(parts, Body::from(bytes))),
        Err(error) if is_too_long(&error) => Err(StatusCode::PAYLOAD_TOO_LARGE),
        Err(_) => Err(StatusCode::BAD_REQUEST),
    }
}

/// Takes a form with files; else the answer is 415. How long it is, is counted where it is read.
pub(super) fn form_with_files(request: Request) -> Result<Request, StatusCode> {
    let is_one = request.method().is_safe() || is_of(request.headers(), FORM_WITH_FILES);
    is_one.then_some(request).ok_or(StatusCode::UNSUPPORTED_MEDIA_TYPE)
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
