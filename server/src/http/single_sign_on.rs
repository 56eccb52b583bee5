//! Where the identity provider sends people back to: the one GET that may begin a session (law 6).

use std::sync::Arc;

use app::desk::Browser;
use axum::{
    Extension, Router,
    extract::{Query, State, rejection::QueryRejection},
    http::{HeaderValue, Method, StatusCode, header},
    response::{IntoResponse, Response},
    routing::get,
};

use super::Served;
use crate::identity::CalledBack;

/// Where it is. The operator enters it at the provider.
pub(crate) const ADDRESS: &str = "/sign-in/sso/callback";

/// The address of the answer.
pub(super) fn routes(served: Arc<Served>) -> Router {
    Router::new().route(ADDRESS, get(called_back)).with_state(served)
}

async fn called_back(
    State(served): State<Arc<Served>>,
    Extension(browser): Extension<Browser>,
    method: Method,
    answer: Result<Query<CalledBack>, QueryRejection>,
) -> Response {
    if method != Method::GET {
        // whoever only looks whether there is something has not come back
        return StatusCode::NO_CONTENT.into_response();
    }
    // an answer that says something twice says nothing
    let answer = answer.map(|Query(answer)| answer).unwrap_or_default();
    let cookie = served.identity.called_back(&*served.household, &answer, &browser).await;
    let Ok(to) = HeaderValue::from_str(&cookie.go_to) else { return StatusCode::INTERNAL_SERVER_ERROR.into_response() };
    let mut response = (StatusCode::SEE_OTHER, [(header::LOCATION, to)]).into_response();
    if let Some(set) = Some(cookie.set).filter(|set| !set.is_empty()).and_then(|set| HeaderValue::from_str(&set).ok()) {
        response.headers_mut().append(header::SET_COOKIE, set);
    }
    response
}
