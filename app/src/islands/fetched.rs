//! Pages of ours as a browser asks for them again, for what stands in them: nothing of a page becomes markup by this.

use gloo_net::http::Request;
use leptos::prelude::window;
use web_sys::{Document, DomParser, SupportedType};

/// A page of ours; nothing when it cannot be had, or when it is another one by now, as the sign-in.
pub(super) async fn fetch(address: &str, unattended: bool) -> Option<Document> {
    let request = Request::get(address).header("accept", "text/html");
    let request = if unattended { request.header("x-unattended", "yes") } else { request };
    let answer = request.send().await.ok()?;
    if !answer.ok() || answer.redirected() {
        return None;
    }
    let text = answer.text().await.ok()?;
    DomParser::new().ok()?.parse_from_string(&text, SupportedType::TextHtml).ok()
}

/// This page as it would be served now, without keeping the session awake.
pub(super) async fn this_page() -> Option<Document> {
    let address = window().location().href().ok()?;
    fetch(address.split('#').next()?, true).await
}
