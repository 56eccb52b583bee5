//! A request's id and its line in the log.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderValue, header::HeaderName},
    middleware::Next,
    response::Response,
};
use offer::ledger::hex;
use tracing::Instrument;

use crate::fresh;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// Gives a request its id and writes one line when it is answered. The line names the route and never the address: links are secrets.
pub(super) async fn log(request: Request, next: Next) -> Response {
    let id = fresh::bytes::<8>().map(|bytes| hex::encode(&bytes)).unwrap_or_default();
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
    let method = request.method().clone();
    let span = tracing::info_span!("request", id);
    let began = Instant::now();
    let mut response = next.run(request).instrument(span.clone()).await;
    let milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
    let status = response.status().as_u16();
    span.in_scope(|| tracing::info!(%method, route, status, milliseconds, "answered"));
    if let Ok(value) = HeaderValue::from_str(&id) {
        response.headers_mut().insert(REQUEST_ID, value);
    }
    response
}
