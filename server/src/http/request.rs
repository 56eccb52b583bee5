//! A request's id and its line in the log.

use std::time::Instant;

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderValue, Method, header::HeaderName},
    response::Response,
};
use offer::ledger::hex;
use tracing::Span;

use crate::fresh;

const REQUEST_ID: HeaderName = HeaderName::from_static("x-request-id");

/// The line that is written when a request is answered. It names the route and never the address: links are secrets.
pub(super) struct Line {
    id: String,
    route: String,
    method: Method,
    /// What is logged meanwhile carries the id too.
    pub(super) span: Span,
    began: Instant,
}

impl Line {
    /// Gives a request its id.
    pub(super) fn of(request: &Request) -> Self {
        let id = fresh::bytes::<8>().map(|bytes| hex::encode(&bytes)).unwrap_or_default();
        let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str).to_owned();
        let span = tracing::info_span!("request", id);
        Self { id, route, method: request.method().clone(), span, began: Instant::now() }
    }

    /// Writes the line, and the id into the answer.
    pub(super) fn end(self, response: &mut Response) {
        let Self { id, route, method, span, began } = self;
        let milliseconds = u64::try_from(began.elapsed().as_millis()).unwrap_or(u64::MAX);
        let status = response.status().as_u16();
        span.in_scope(|| tracing::info!(%method, route, status, milliseconds, "answered"));
        if let Ok(value) = HeaderValue::from_str(&id) {
            response.headers_mut().insert(REQUEST_ID, value);
        }
    }
}
