//! Documents of an offer. Whoever may read the offer may read them; an address alone opens nothing.

use app::desk::{Answer, SharedDesk, Viewer};
use axum::{
    Extension, Router,
    extract::{Path, Query},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use offer::{id::OfferId, ledger::Digest};
use serde::Deserialize;

/// A document runs nothing and loads nothing; browsers draw a PDF with styles of their own.
const CONTENT: HeaderValue =
    HeaderValue::from_static("default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; base-uri 'none'; frame-ancestors 'none'");
const PDF: &str = "application/pdf";

/// How it is wanted.
#[derive(Clone, Debug, Default, Deserialize)]
struct Wanted {
    /// `?download`: as a file instead of on screen.
    download: Option<String>,
}

/// The addresses of documents, for staff and clients, and for the candidate.
pub(super) fn routes(desk: SharedDesk) -> Router {
    Router::new()
        .route("/offers/{offer}/documents/{digest}", get(of_offer))
        .route("/o/documents/{digest}", get(of_candidate))
        .layer(Extension(desk))
}

async fn of_offer(
    Extension(desk): Extension<SharedDesk>,
    Extension(viewer): Extension<Viewer>,
    Path((offer, digest)): Path<(String, String)>,
    Query(wanted): Query<Wanted>,
) -> Response {
    match OfferId::parse(&offer) {
        Some(offer) => document(&desk, &viewer, &offer, &digest, &wanted).await,
        None => StatusCode::NOT_FOUND.into_response(),
    }
}

async fn of_candidate(
    Extension(desk): Extension<SharedDesk>,
    Extension(viewer): Extension<Viewer>,
    Path(digest): Path<String>,
    Query(wanted): Query<Wanted>,
) -> Response {
    match &viewer {
        Viewer::Candidate { offer, .. } => document(&desk, &viewer, offer, &digest, &wanted).await,
        // the page says how to come back
        _ => Redirect::to("/o/offer").into_response(),
    }
}

async fn document(desk: &SharedDesk, viewer: &Viewer, offer: &OfferId, digest: &str, wanted: &Wanted) -> Response {
    let Some(digest) = Digest::parse(digest) else { return StatusCode::NOT_FOUND.into_response() };
    match desk.document(viewer, offer, &digest).await {
        Answer::Done((media_type, name, bytes)) => (headers(&media_type, &name, wanted.download.is_some()), bytes).into_response(),
        Answer::SignIn => Redirect::to("/sign-in").into_response(),
        Answer::Unavailable => StatusCode::SERVICE_UNAVAILABLE.into_response(),
        Answer::Problems(_) | Answer::Refused(_) => StatusCode::FORBIDDEN.into_response(),
        Answer::NotFound => StatusCode::NOT_FOUND.into_response(),
    }
}

/// Only a PDF is shown; anything else is a file to keep, whatever it calls itself.
fn headers(media_type: &str, name: &str, download: bool) -> HeaderMap {
    let is_pdf = media_type == PDF;
    let media_type = if is_pdf { PDF } else { "application/octet-stream" };
    let kind = if is_pdf && !download { "inline" } else { "attachment" };
    let mut headers = HeaderMap::new();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(media_type));
    headers.insert(header::CONTENT_SECURITY_POLICY, CONTENT);
    headers.insert(HeaderName::from_static("x-robots-tag"), HeaderValue::from_static("noindex"));
    if let Ok(disposition) = HeaderValue::from_str(&disposition(kind, name)) {
        headers.insert(header::CONTENT_DISPOSITION, disposition);
    }
    headers
}

/// RFC 6266: a name of plain characters for all, and the real one, encoded, for those who read it.
fn disposition(kind: &str, name: &str) -> String {
    let name: String = name.chars().filter(|c| !c.is_control() && !is_invisible(*c) && !matches!(c, '/' | '\\')).take(120).collect();
    let plain: String =
        name.chars().map(|c| if c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | ' ') { c } else { '_' }).collect();
    let encoded: String = name.bytes().map(encoded).collect();
    format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{encoded}")
}

/// Characters that turn a name around or hide in it.
const fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}')
}

/// RFC 8187: everything but its plain characters as `%XX`.
fn encoded(byte: u8) -> String {
    if byte.is_ascii_alphanumeric() || matches!(byte, b'.' | b'-' | b'_') { char::from(byte).to_string() } else { format!("%{byte:02X}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_break_out_of_its_header() {
        assert_eq!(disposition("inline", "Offer Zoë.pdf"), "inline; filename=\"Offer Zo_.pdf\"; filename*=UTF-8''Offer%20Zo%C3%AB.pdf");
        assert_eq!(
            disposition("attachment", "a\"; x=\"\r\nSet-Cookie: y\u{202e}fdp.exe/../b"),
            "attachment; filename=\"a__ x__Set-Cookie_ yfdp.exe..b\"; filename*=UTF-8''a%22%3B%20x%3D%22Set-Cookie%3A%20yfdp.exe..b"
        );
    }

    #[test]
    fn every_string_of_the_corpus_is_a_name_and_nothing_more() {
        let strings: Vec<String> = serde_json::from_str(include_str!("../../../tests/hostile.json")).unwrap();
        for hostile in strings {
            let headers = headers("application/pdf", &hostile, false);
            let text = headers[header::CONTENT_DISPOSITION].to_str().unwrap();
            let (_, named) = text.split_once("; filename=\"").unwrap();
            let (plain, encoded) = named.split_once("\"; filename*=UTF-8''").unwrap();
            let harmless = |sign: char| sign.is_ascii_alphanumeric() || " ._-".contains(sign);
            assert!(plain.chars().all(harmless) && encoded.chars().all(|sign| harmless(sign) || sign == '%'), "{hostile:?}: {text}");
        }
    }

    #[test]
    fn only_a_pdf_is_shown_on_screen() {
        let of = |media_type: &str, download| {
            let headers = headers(media_type, "x", download);
            (
                headers[header::CONTENT_TYPE].to_str().unwrap().to_owned(),
                headers[header::CONTENT_DISPOSITION].to_str().unwrap().starts_with("inline"),
            )
        };
        assert_eq!(of("application/pdf", false), ("application/pdf".to_owned(), true));
        assert_eq!(of("application/pdf", true), ("application/pdf".to_owned(), false));
        assert_eq!(of("text/html", false), ("application/octet-stream".to_owned(), false));
        assert_eq!(of("image/svg+xml", false), ("application/octet-stream".to_owned(), false));
    }
}
