//! An answer that is none (RFC 9457): a closed code for programs, a sentence for whoever reads their log.

use app::{
    desk::{ApiFault, ApiParameter},
    words::en::api as words,
};
use axum::{
    Json,
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use serde::Serialize;

/// Its media type.
pub(in crate::http) const PROBLEM: &str = "application/problem+json";
/// What the type of every problem begins with. It names the problem and leads nowhere.
const TYPE: &str = "urn:countersign:problem:";

#[derive(Debug, Serialize)]
struct Problem {
    r#type: String,
    title: &'static str,
    status: u16,
    detail: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    parameter: Option<&'static str>,
}

/// The answer for a fault.
pub(super) fn of(fault: ApiFault) -> Response {
    let (title, detail) = words::fault(fault);
    let problem = Problem {
        r#type: format!("{TYPE}{}", fault.code()),
        title,
        status: fault.status(),
        detail,
        parameter: fault.parameter().map(ApiParameter::name),
    };
    let status = StatusCode::from_u16(fault.status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    let mut response = (status, Json(problem)).into_response();
    response.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static(PROBLEM));
    let challenge = match fault {
        ApiFault::NoToken => "Bearer realm=\"countersign\"",
        ApiFault::TokenUnknown => "Bearer realm=\"countersign\", error=\"invalid_token\"",
        _ => return response,
    };
    response.headers_mut().insert(header::WWW_AUTHENTICATE, HeaderValue::from_static(challenge));
    response
}

/// The answer for a bare status that came from around.
pub(in crate::http) fn of_status(status: StatusCode) -> Response {
    let mut response = of(ApiFault::of_status(status.as_u16()));
    *response.status_mut() = status;
    response
}

/// Too much at once: when to come back.
pub(super) fn come_back_in(seconds: i64) -> Response {
    let mut response = of(ApiFault::TooMany);
    response.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from(seconds));
    response
}
