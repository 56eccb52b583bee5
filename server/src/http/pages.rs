//! The pages and the forms on them.

use std::sync::Arc;

use app::{desk::SharedDesk, routes::App, shell::shell};
use axum::Router;
use leptos::prelude::*;
use leptos_axum::{LeptosRoutes, generate_route_list};

use super::site;

/// Every page and every server function, with the desk and the files of the site in context.
pub(super) fn routes(desk: SharedDesk) -> Router {
    // pages load no script, so nothing but a name is needed
    let options = LeptosOptions::builder().output_name("countersign").build();
    let files = site::files();
    let context = move || {
        provide_context::<SharedDesk>(Arc::clone(&desk));
        provide_context(files.clone());
    };
    let pages = generate_route_list(App);
    Router::new().leptos_routes_with_context(&options, pages, context, || shell(view! { <App/> })).with_state(options)
}
