//! The baseline of a page: axum, a file in memory, nothing else.

use std::{io::Write as _, net::SocketAddr, path::Path};

use axum::{
    Router,
    body::Bytes,
    http::{HeaderName, header},
    response::IntoResponse,
    routing::get,
};
use serde_json::{Value, json};
use tokio::net::TcpListener;

use crate::cli::CommandFault;

/// Serves until it is killed. Its first line says where, as that of `serve` does.
pub(super) async fn serve(listen: SocketAddr, file: &Path) -> Result<Value, CommandFault> {
    let bytes = Bytes::from(std::fs::read(file).map_err(|error| CommandFault::File(file.to_owned(), error))?);
    let listener = TcpListener::bind(listen).await.map_err(CommandFault::Serve)?;
    let listening = listener.local_addr().map_err(CommandFault::Serve)?;
    let html: (HeaderName, &str) = (header::CONTENT_TYPE, "text/html; charset=utf-8");
    let router = Router::new().fallback(get(move || async move { ([html], bytes).into_response() }));
    let mut out = std::io::stdout();
    let _ = writeln!(out, "{}", json!({ "listening": listening.to_string() }));
    let _ = out.flush();
    axum::serve(listener, router).await.map_err(CommandFault::Serve)?;
    Ok(Value::Null)
}
