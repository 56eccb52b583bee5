//! The pages and the forms on them.

use std::sync::Arc;

use app::{desk::SharedDesk, routes::App, shell::shell};
use axum::{
    Router,
    extract::FromRef,
    http::{HeaderValue, header},
};
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::{LeptosRoutes, ResponseOptions, generate_route_list};

use super::{headers, site};

/// Every page and every server function, with the desk and the files of the site in context.
pub(super) fn routes(desk: SharedDesk) -> Router {
    // bundles are found by the site's manifest, so nothing but a name is needed
    let options = Options(Arc::new(LeptosOptions::builder().output_name("countersign").build()));
    let files = site::files();
    let context = move || {
        provide_context::<SharedDesk>(Arc::clone(&desk));
        provide_context(files.clone());
    };
    let pages = generate_route_list(App);
    Router::new().leptos_routes_with_context(&options, pages, context, document).with_state(options)
}

/// The state of every route, which is copied for every request: its dozen texts are not.
#[derive(Clone)]
struct Options(Arc<LeptosOptions>);

impl FromRef<Options> for LeptosOptions {
    fn from_ref(options: &Options) -> Self {
        Self::clone(&options.0)
    }
}

fn document() -> impl IntoView {
    allow_own_scripts();
    shell(view! { <App/> })
}

/// The bundle of a page's islands, and small scripts with which the renderer closes a page: the policy of that answer names their nonce,
/// and nothing else runs.
fn allow_own_scripts() {
    let (Some(nonce), Some(answer)) = (use_nonce(), use_context::<ResponseOptions>()) else { return };
    if let Ok(policy) =
        HeaderValue::from_str(&format!("{}; connect-src 'self'; script-src 'nonce-{nonce}' 'wasm-unsafe-eval'", headers::CONTENT))
    {
        answer.insert_header(header::CONTENT_SECURITY_POLICY, policy);
    }
}
