//! The headers of every answer.

use app::shell::Area;
use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::Response,
};

use super::Served;
use crate::identity::cookies::Cookie;

/// What an answer may load and run: its looks, and no script; a page adds the nonce of its own. Whatever text of a user ends up in one, nothing
/// runs.
pub(super) const CONTENT: &str = "default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; form-action 'self'; base-uri 'none'; \
                       frame-ancestors 'none'";
/// What this site never asks a browser for.
const PERMISSIONS: &str = "camera=(), geolocation=(), microphone=(), payment=(), usb=()";
const TWO_YEARS: &str = "max-age=63072000; includeSubDomains";

/// Sets what the answer at an address did not set itself.
pub(super) fn secure(response: &mut Response, path: &str, served: &Served) {
    let headers = response.headers_mut();
    let cookies = served.identity.cookies();
    if headers.get_all(header::SET_COOKIE).iter().filter_map(|set| set.to_str().ok()).any(|set| cookies.ends_a_session(set)) {
        // what was typed and kept belongs to whoever leaves, and not to the next one at this browser
        if let Ok(untied) = HeaderValue::from_str(&cookies.clear(Cookie::Browser)) {
            headers.append(header::SET_COOKIE, untied);
        }
        set(headers, HeaderName::from_static("clear-site-data"), "\"storage\"");
    }
    otherwise(headers, header::CONTENT_SECURITY_POLICY, CONTENT);
    // what is not the same for everybody is kept by nobody
    if headers.get(header::CACHE_CONTROL).is_none_or(|given| !given.as_bytes().starts_with(b"public")) {
        set(headers, header::CACHE_CONTROL, "no-store");
    }
    set(headers, header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(headers, header::X_FRAME_OPTIONS, "DENY");
    set(headers, header::REFERRER_POLICY, referrer_policy(path));
    set(headers, HeaderName::from_static("cross-origin-opener-policy"), "same-origin");
    set(headers, HeaderName::from_static("cross-origin-resource-policy"), "same-origin");
    set(headers, HeaderName::from_static("permissions-policy"), PERMISSIONS);
    if Area::of(path) == Area::Portal || path.starts_with("/join/") {
        set(headers, HeaderName::from_static("x-robots-tag"), "noindex, nofollow, noarchive");
    }
    if served.public_url.is_https() {
        set(headers, header::STRICT_TRANSPORT_SECURITY, TWO_YEARS);
    }
}

/// An invitation's address is a secret, and our own forms still need an Origin (`no-referrer` would make it null).
fn referrer_policy(path: &str) -> &'static str {
    let holds_a_secret = ["/o/i/", "/c/i/", "/a/i/", "/join/"].iter().any(|prefix| path.starts_with(prefix));
    if holds_a_secret { "strict-origin" } else { "same-origin" }
}

fn set(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.insert(name, HeaderValue::from_static(value));
}

fn otherwise(headers: &mut HeaderMap, name: HeaderName, value: &'static str) {
    headers.entry(name).or_insert(HeaderValue::from_static(value));
}
