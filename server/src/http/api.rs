//! The reading API, for programs that come with a token. It answers what the pages show whoever has the same roles, from the same desk.
//!
//! A token is the only way in: no cookie is looked at here, and no page looks at a token. Nothing here changes an offer.

mod bearer;
mod offer;
mod offers;
mod problem;
mod values;

use std::sync::Arc;

use ::offer::id::OfferId;
use app::desk::{Answer, ApiFault, SharedDesk, Viewer};
use axum::{
    Extension, Json, Router,
    extract::{Path, Query, rejection::QueryRejection},
    middleware,
    response::{IntoResponse, Response},
    routing::get,
};
use serde::Serialize;

#[cfg(test)]
pub(super) use self::bearer::UNKNOWN_TOKENS_MAX;
pub(super) use self::problem::{PROBLEM, of_status};
use super::Served;

/// What the address of everything here begins with.
const PREFIX: &str = "/api/v1/";

type Asked = Result<Query<Vec<(String, String)>>, QueryRejection>;

/// Whether an address is one of the API, or would be.
pub(super) fn is_at(path: &str) -> bool {
    path.starts_with(PREFIX)
}

/// The addresses, behind the one look at who asks.
pub(super) fn routes(served: Arc<Served>, desk: SharedDesk) -> Router {
    Router::new()
        .route("/api/v1/offers", get(list))
        .route("/api/v1/offers/{id}", get(one))
        .layer(Extension(desk))
        .layer(middleware::from_fn_with_state(Arc::new(bearer::Gate::new(served)), bearer::admit))
}

async fn list(Extension(desk): Extension<SharedDesk>, Extension(viewer): Extension<Viewer>, asked: Asked) -> Response {
    let Ok(Query(asked)) = asked else { return problem::of(ApiFault::QueryUnreadable) };
    match offers::read(&asked) {
        Ok(ask) => said(desk.offers(&viewer, ask).await, offers::Page::of),
        Err(fault) => problem::of(fault),
    }
}

async fn one(
    Extension(desk): Extension<SharedDesk>,
    Extension(viewer): Extension<Viewer>,
    Path(id): Path<String>,
    asked: Asked,
) -> Response {
    match (OfferId::parse(&id), asked) {
        (_, Ok(Query(asked))) if !asked.is_empty() => problem::of(ApiFault::ParameterUnknown),
        (_, Err(_)) => problem::of(ApiFault::QueryUnreadable),
        (None, _) => problem::of(ApiFault::NotFound),
        (Some(id), _) => said(desk.offer(&viewer, &id).await, offer::Offer::of),
    }
}

fn said<T, Body: Serialize>(answer: Answer<T>, body: impl FnOnce(T) -> Body) -> Response {
    match answer {
        Answer::Done(done) => Json(body(done)).into_response(),
        Answer::NotFound => problem::of(ApiFault::NotFound),
        Answer::Problems(_) | Answer::Refused(_) => problem::of(ApiFault::NotAllowed),
        Answer::SignIn => problem::of(ApiFault::TokenUnknown),
        Answer::Unavailable => problem::of(ApiFault::Unavailable),
    }
}
