//! The way in by HTTP: the pages, their forms, the documents, and what surrounds each of them.
//!
//! From outside in (`passage`): a request gets its id and its line in the log (`request`), the headers of its answer (`headers`), a plain page
//! instead of a bare fault (`error_page`), a look whether it is one that this site understands (`well_formed`), a limit of size and time (`limits`),
//! the proof that an unsafe request comes from our own pages (`guard`), the viewer and the browser behind it (`visitor`), and a limit of how often.
//! Only then a page, a form or a document sees it.

mod api;
mod documents;
mod error_page;
mod guard;
mod headers;
mod health;
mod imports;
mod limits;
mod live;
mod pages;
mod passage;
mod request;
mod single_sign_on;
pub(crate) mod site;
mod visitor;
mod well_formed;

#[cfg(test)]
mod tests;

use std::{collections::BTreeSet, sync::Arc, time::Duration};

use axum::{Router, extract::DefaultBodyLimit, middleware};
use tower_http::{limit::RequestBodyLimitLayer, timeout::TimeoutLayer};

use self::passage::Gate;
pub(crate) use self::single_sign_on::ADDRESS as SSO_CALLBACK;
use crate::{
    config::{Network, PublicUrl},
    identity::{Household, Identity},
    live::Live,
    store::Store,
};

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
    let routes = pages::routes(Arc::clone(&desk))
        .merge(documents::routes(Arc::clone(&desk)))
        .merge(live::routes(Arc::clone(&served), live))
        .merge(single_sign_on::routes(Arc::clone(&served)));
    let for_programs = api::routes(Arc::clone(&served), Arc::clone(&desk));
    surrounded(served, routes, for_programs, imports::routes(desk))
}

/// Routes with everything that surrounds them; those that take files have a larger measure, and those for programs a door of their own.
fn surrounded(served: Arc<Served>, routes: Router, for_programs: Router, with_files: Router) -> Router {
    let behind = |routes: Router, gate: Arc<Gate>| routes.layer(middleware::from_fn_with_state(gate, passage::gate));
    let routes = behind(routes, Gate::of_forms(Arc::clone(&served)));
    let with_files = behind(with_files, Gate::of_files(Arc::clone(&served)));
    // the files of the site and the signs of life need no visitor
    let routes =
        routes.merge(for_programs).merge(site::routes()).merge(health::routes(served.store.clone())).fallback(error_page::not_found);
    measured(routes, limits::BODY_BYTES_MAX, limits::PATIENCE)
        .merge(measured(with_files, limits::FILES_BYTES_READ_MAX, limits::PATIENCE_WITH_FILES))
        .layer(middleware::from_fn_with_state(served, passage::around))
}

/// Routes that take so much, and so long.
fn measured(routes: Router, bytes_max: usize, patience: Duration) -> Router {
    let in_time = TimeoutLayer::with_status_code(axum::http::StatusCode::SERVICE_UNAVAILABLE, patience);
    routes.layer((RequestBodyLimitLayer::new(bytes_max), in_time, DefaultBodyLimit::max(bytes_max)))
}
