//! A plain page where there is none to show.

use std::any::Any;

use app::{
    parts::PageHead,
    shell::{PageWidth, PortalFrame, shell},
    words::en::fault as words,
};
use axum::{
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use leptos::prelude::*;
use leptos_router::location::RequestUrl;

use super::{api, site};

const HTML: HeaderValue = HeaderValue::from_static("text/html; charset=utf-8");
const TEXT: HeaderValue = HeaderValue::from_static("text/plain; charset=utf-8");

/// An address of nothing.
pub(super) async fn not_found() -> StatusCode {
    StatusCode::NOT_FOUND
}

/// Gives a bare fault a page, for whoever asked for one, and a line of text for programs. What a layer said of itself does not go out.
pub(super) fn dressed(response: Response, path: &str, wants_a_page: bool) -> Response {
    let status = response.status();
    if !(status.is_client_error() || status.is_server_error()) || says_something_of_its_own(&response, wants_a_page) {
        return response;
    }
    if api::is_at(path) {
        let mut problem = api::of_status(status);
        keep_what_programs_need(&response, &mut problem);
        return problem;
    }
    let wait =
        response.headers().get(header::RETRY_AFTER).and_then(|seconds| seconds.to_str().ok()).and_then(|seconds| seconds.parse().ok());
    let (title, lead) = words::fault(status.as_u16(), wait);
    let (kind, text) = if wants_a_page { (HTML, page(title, &lead, path)) } else { (TEXT, format!("{title}. {lead}\n")) };
    let mut dressed = (status, text).into_response();
    keep_what_programs_need(&response, &mut dressed);
    dressed.headers_mut().insert(header::CONTENT_TYPE, kind);
    dressed
}

/// A fault may still tie the browser, or say which methods there are, or when to come back.
fn keep_what_programs_need(bare: &Response, dressed: &mut Response) {
    for name in [header::SET_COOKIE, header::ALLOW, header::RETRY_AFTER] {
        for value in bare.headers().get_all(&name) {
            dressed.headers_mut().append(&name, value.clone());
        }
    }
}

/// A page, or for programs the answer of a form; the text of a layer is neither.
fn says_something_of_its_own(response: &Response, wants_a_page: bool) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).map_or(b"".as_slice(), HeaderValue::as_bytes);
    kind == api::PROBLEM.as_bytes() || kind.starts_with(b"text/html") || (!wants_a_page && kind.starts_with(b"application/json"))
}

/// Whether somebody asks for a page, and no program for an answer.
pub(super) fn wants_a_page(headers: &HeaderMap) -> bool {
    headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).is_some_and(|accept| accept.contains("text/html"))
}

fn page(title: &'static str, lead: &str, path: &str) -> String {
    let lead = lead.to_owned();
    let owner = Owner::new();
    let html = owner.with(|| {
        provide_context(RequestUrl::new(path));
        provide_context(site::files());
        shell(view! {
            <PortalFrame firm="" width=PageWidth::Narrow>
                <PageHead title=title lead=lead/>
            </PortalFrame>
        })
        .to_html()
    });
    // titles are put in while a page streams, which this one does not; its own is one of our words
    html.replacen("</head>", &format!("<title>{title}</title></head>"), 1)
}

/// What answers when a page fell over. The log has the panic; the answer has nothing of it.
pub(super) fn fell_over(panic: &(dyn Any + Send)) -> Response {
    let what = panic.downcast_ref::<String>().map(String::as_str).or_else(|| panic.downcast_ref::<&str>().copied());
    tracing::error!(what = what.unwrap_or("something that is no text"), "a request fell over");
    StatusCode::INTERNAL_SERVER_ERROR.into_response()
}
