//! The way in by HTTP: the pages, their forms, the documents, and what surrounds each of them.
//!
//! From outside in: a request gets its id and its line in the log (`request`), the headers of its answer (`headers`), a plain page instead
//! of a bare fault (`error_page`), a limit of size and time, the proof that an unsafe request comes from our own pages (`guard`), and then
//! the viewer and the browser behind it (`visitor`). Only then a page, a form or a document sees it.

mod documents;
mod error_page;
mod guard;
mod headers;
mod health;
mod imports;
mod live;
mod pages;
mod request;
pub(crate) mod site;
mod visitor;

#[cfg(test)]
mod tests;

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use axum::{Router, extract::DefaultBodyLimit, middleware};
use tower_http::{catch_panic::CatchPanicLayer, limit::RequestBodyLimitLayer, timeout::TimeoutLayer};

use crate::{
    config::{Network, PublicUrl},
    identity::{Household, Identity},
    live::Live,
    store::Store,
};

/// The largest form; only files to import are larger.
const BODY_BYTES_MAX: usize = 256 * 1024;
/// Files to import are read so far, to be able to say that they are too large.
const FILES_BYTES_READ_MAX: usize = 64 * 1024 * 1024;
/// How long an answer may take.
const PATIENCE: Duration = Duration::from_secs(30);
/// How long files may be on their way.
const PATIENCE_WITH_FILES: Duration = Duration::from_secs(300);

/// What every request needs.
#[derive(Clone)]
pub(crate) struct Served {
    /// Knows who is there.
    pub(crate) identity: Arc<Identity>,
    /// The people as they stand.
    pub(crate) household: Arc<dyn Household>,
    /// The store, to say whether it answers.
    pub(crate) store: Store,
    /// Where browsers reach us: the origin of our own forms.
    pub(crate) public_url: PublicUrl,
    /// Proxies that are believed.
    pub(crate) trusted_proxies: Vec<Network>,
}

impl std::fmt::Debug for Served {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Served").field("public_url", &self.public_url).finish_non_exhaustive()
    }
}

/// Every address that a router answers, read off the router itself: nothing can be served that does not stand in this list.
pub(crate) fn addresses(router: &Router) -> BTreeSet<String> {
    let shown = format!("{router:?}");
    let quoted = shown.split('"').skip(1).step_by(2);
    // the framework's own name for "everything else"
    quoted.filter(|text| text.starts_with('/') && !text.contains("__private__")).map(str::to_owned).collect()
}

/// The whole site.
pub(crate) fn router(served: Served, live: Arc<Live>, desk: app::desk::SharedDesk) -> Router {
    let served = Arc::new(served);
    let routes =
        pages::routes(Arc::clone(&desk)).merge(documents::routes(Arc::clone(&desk))).merge(live::routes(Arc::clone(&served), live));
    surrounded(served, routes, imports::routes(desk))
}

/// Routes with everything that surrounds them; those that take files have a larger measure.
fn surrounded(served: Arc<Served>, routes: Router, with_files: Router) -> Router {
    let known = |routes: Router| {
        routes
            .layer(middleware::from_fn_with_state(Arc::clone(&served), visitor::introduce))
            .layer(middleware::from_fn_with_state(Arc::clone(&served), guard::same_origin))
    };
    // the files of the site and the signs of life need no visitor
    let routes = known(routes).merge(site::routes()).merge(health::routes(served.store.clone())).fallback(error_page::not_found);
    let routes = measured(routes.layer(DefaultBodyLimit::max(BODY_BYTES_MAX)), BODY_BYTES_MAX, PATIENCE);
    routes
        .merge(measured(known(with_files), FILES_BYTES_READ_MAX, PATIENCE_WITH_FILES))
        .layer(CatchPanicLayer::custom(error_page::Panicked))
        .layer(middleware::from_fn(error_page::dress))
        .layer(middleware::from_fn_with_state(Arc::clone(&served), headers::secure))
        .layer(middleware::from_fn(request::log))
}

/// Routes that take so much, and so long.
fn measured(routes: Router, bytes_max: usize, patience: Duration) -> Router {
    let in_time = TimeoutLayer::with_status_code(axum::http::StatusCode::SERVICE_UNAVAILABLE, patience);
    routes.layer(RequestBodyLimitLayer::new(bytes_max)).layer(in_time)
}
