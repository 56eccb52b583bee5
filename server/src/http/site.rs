//! The files of the site, embedded in the binary.

use std::collections::BTreeMap;

use app::shell::SiteFiles;
use axum::{
    Router,
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::{IntoResponse, Response},
    routing::get,
};

/// A file of the site.
#[derive(Clone, Copy, Debug)]
struct File {
    /// Its address.
    path: &'static str,
    /// Its bytes.
    plain: &'static [u8],
    /// Its bytes, compressed by brotli.
    brotli: Option<&'static [u8]>,
    /// Its bytes, compressed by gzip.
    gzip: Option<&'static [u8]>,
}

const FILES: &[File] = &include!(concat!(env!("OUT_DIR"), "/site.rs"));

/// Which file of `pkg` is which: the manifest that xtask wrote.
const MANIFEST: &str = "/manifest.json";
/// Files under their content's hash: what they hold never changes.
const PACKAGE: &str = "/pkg/";

const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");
const FOR_A_DAY: HeaderValue = HeaderValue::from_static("public, max-age=86400");

/// Where the pages find the built files.
pub(crate) fn files() -> SiteFiles {
    let manifest = FILES.iter().find(|file| file.path == MANIFEST).map_or(b"{}".as_slice(), |file| file.plain);
    let names: BTreeMap<String, String> = serde_json::from_slice(manifest).unwrap_or_default();
    SiteFiles::new(names.into_iter().map(|(name, hashed)| (name, format!("{PACKAGE}{hashed}"))))
}

/// The routes of the files.
pub(super) fn routes() -> Router {
    FILES
        .iter()
        .filter(|file| file.path != MANIFEST)
        .fold(Router::new(), |router, file| router.route(file.path, get(move |headers: HeaderMap| async move { answer(file, &headers) })))
}

fn answer(file: &File, headers: &HeaderMap) -> Response {
    let accepted = headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let age = if file.path.starts_with(PACKAGE) { FOR_EVER } else { FOR_A_DAY };
    let compressed = [("br", file.brotli), ("gzip", file.gzip)];
    let mut answer = match compressed.into_iter().find_map(|(coding, bytes)| Some((coding, bytes.filter(|_| takes(accepted, coding))?))) {
        Some((coding, bytes)) => ([(header::CONTENT_ENCODING, HeaderValue::from_static(coding))], bytes).into_response(),
        None => file.plain.into_response(),
    };
    let set: [(HeaderName, HeaderValue); 3] = [
        (header::CONTENT_TYPE, HeaderValue::from_static(media_type(file.path))),
        (header::CACHE_CONTROL, age),
        (header::VARY, HeaderValue::from_static("Accept-Encoding")),
    ];
    // one by one: `extend` would leave the type of the bytes standing beside the file's own
    for (name, value) in set {
        answer.headers_mut().insert(name, value);
    }
    answer
}

fn takes(accepted: &str, coding: &str) -> bool {
    accepted.split(',').any(|offered| {
        let (name, quality) = offered.split_once(';').unwrap_or((offered, ""));
        name.trim() == coding && !matches!(quality.trim(), "q=0" | "q=0.0" | "q=0.00" | "q=0.000")
    })
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("wasm") => "application/wasm",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        Some("woff2") => "font/woff2",
        Some("png") => "image/png",
        Some("ico") => "image/x-icon",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SHEET: File = File { path: "/pkg/staff.1f.css", plain: b"plain", brotli: Some(b"br"), gzip: Some(b"gzip") };

    fn asked(file: &File, accepted: &'static str) -> (Option<String>, String) {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT_ENCODING, HeaderValue::from_static(accepted));
        let answer = answer(file, &headers);
        let text = |name: HeaderName| answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned());
        (text(header::CONTENT_ENCODING), text(header::CACHE_CONTROL).unwrap())
    }

    #[test]
    fn a_hashed_file_is_kept_for_ever_and_comes_compressed_to_whoever_takes_it() {
        assert_eq!(asked(&SHEET, "gzip, br;q=0.9"), (Some("br".to_owned()), "public, max-age=31536000, immutable".to_owned()));
        assert_eq!(asked(&SHEET, "gzip, br;q=0").0.as_deref(), Some("gzip"));
        assert_eq!(asked(&SHEET, "gzip").0.as_deref(), Some("gzip"));
        assert_eq!(asked(&SHEET, "deflate").0, None);
    }

    #[test]
    fn a_file_under_its_own_name_is_asked_for_again() {
        assert_eq!(asked(&File { path: "/robots.txt", ..SHEET }, "").1, "public, max-age=86400");
    }
}
