//! Every unsafe request comes from a page of ours (law 6). Nothing else stands between a forged form and somebody's session.

use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderMap, StatusCode, header},
};

use super::{Served, visitor};
use crate::{
    identity::network,
    security_log::{self, What, Who},
};

/// Takes an unsafe request that shows that a page of this site made it; else the answer is 403.
pub(super) fn same_origin(request: &Request, served: &Served) -> Result<(), StatusCode> {
    if request.method().is_safe() || comes_from_us(request.headers(), served.public_url.as_str()) {
        return Ok(());
    }
    let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str);
    security_log::refused(What::Elsewhere, Who::Network(&network(&visitor::address_of(request, served))), route);
    Err(StatusCode::FORBIDDEN)
}

/// The browser says so by `Sec-Fetch-Site`; an old one, which does not know it, by `Origin`. Without either the answer is no.
fn comes_from_us(headers: &HeaderMap, own_origin: &str) -> bool {
    match one(headers, "sec-fetch-site") {
        Some(site) => site == "same-origin",
        None => !headers.contains_key("sec-fetch-site") && one(headers, header::ORIGIN.as_str()).is_some_and(|origin| origin == own_origin),
    }
}

/// The value of a header that is there once.
fn one<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let mut values = headers.get_all(name).iter();
    match (values.next(), values.next()) {
        (Some(value), None) => value.to_str().ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::{HeaderName, HeaderValue};

    use super::*;

    const OURS: &str = "https://offers.example";

    #[test]
    fn only_a_page_of_ours_may_ask_for_something_unsafe() {
        for (headers, allowed) in [
            (vec![("sec-fetch-site", "same-origin")], true),
            (vec![("sec-fetch-site", "same-origin"), ("origin", "null")], true),
            (vec![("sec-fetch-site", "same-site"), ("origin", OURS)], false),
            (vec![("sec-fetch-site", "cross-site"), ("origin", OURS)], false),
            (vec![("sec-fetch-site", "none"), ("origin", OURS)], false),
            (vec![("sec-fetch-site", "")], false),
            (vec![("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")], false),
            (vec![("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site"), ("origin", OURS)], false),
            (vec![("origin", OURS)], true),
            (vec![("origin", "https://offers.example.evil")], false),
            (vec![("origin", "http://offers.example")], false),
            (vec![("origin", "https://offers.example:8443")], false),
            (vec![("origin", "null")], false),
            (vec![("origin", OURS), ("origin", OURS)], false),
            (vec![("referer", "https://offers.example/offers")], false),
            (vec![], false),
        ] {
            let mut map = HeaderMap::new();
            for (name, value) in &headers {
                map.append(HeaderName::from_static(name), HeaderValue::from_static(value));
            }
            assert_eq!(comes_from_us(&map, OURS), allowed, "{headers:?}");
        }
    }
}
