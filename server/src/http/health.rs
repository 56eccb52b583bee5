//! Signs of life, for whatever watches over the process.

use axum::{Router, http::StatusCode, response::IntoResponse, routing::get};

use crate::store::Store;

/// Where they are; a list, for whatever watches over the process asks by number and not by name.
pub(super) const ADDRESSES: [&str; 2] = ["/healthz", "/readyz"];

/// `/healthz`: the process answers. `/readyz`: the store answers too.
pub(super) fn routes(store: Store) -> Router {
    let ready = move || {
        let store = store.clone();
        async move {
            match store.is_ready().await {
                Ok(()) => "ready".into_response(),
                Err(error) => {
                    tracing::error!(%error, "not ready");
                    StatusCode::SERVICE_UNAVAILABLE.into_response()
                }
            }
        }
    };
    let [alive_at, ready_at] = ADDRESSES;
    Router::new().route(alive_at, get(|| async { "alive" })).route(ready_at, get(ready))
}
