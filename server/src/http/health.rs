//! Signs of life, for whatever watches over the process.

use axum::{Router, http::StatusCode, routing::get};

use crate::store::Store;

/// `/healthz`: the process answers. `/readyz`: the store answers too.
pub(super) fn routes(store: Store) -> Router {
    let ready = move || {
        let store = store.clone();
        async move {
            match store.is_ready().await {
                Ok(()) => (StatusCode::OK, "ready"),
                Err(error) => {
                    tracing::error!(%error, "not ready");
                    (StatusCode::SERVICE_UNAVAILABLE, "not ready")
                }
            }
        }
    };
    Router::new().route("/healthz", get(|| async { "alive" })).route("/readyz", get(ready))
}
