//! Who looks, through which browser, at which desk: what the server put into the request.

use axum::http::request::Parts;
use leptos::prelude::use_context;

use crate::desk::{Browser, SharedDesk, Viewer};

/// Who looks. Nobody outside of a request.
pub fn viewer() -> Viewer {
    from_request().unwrap_or(Viewer::Nobody)
}

/// The browser behind the request.
pub fn browser() -> Browser {
    from_request().unwrap_or_default()
}

/// The desk that answers; nothing while the routes are being listed.
pub fn desk() -> Option<SharedDesk> {
    use_context::<SharedDesk>()
}

/// The path and query of the request, as it came.
pub fn address() -> String {
    use_context::<Parts>().map_or_else(String::new, |parts| parts.uri.path_and_query().map_or_else(String::new, ToString::to_string))
}

fn from_request<T: Clone + Send + Sync + 'static>() -> Option<T> {
    use_context::<Parts>().and_then(|parts| parts.extensions.get::<T>().cloned())
}
