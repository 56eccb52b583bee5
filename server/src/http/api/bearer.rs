//! Who comes with a token (RFC 6750): looked up anew at every request, counted, and never written down.

use std::sync::Arc;

use app::desk::ApiFault;
use axum::{
    extract::{MatchedPath, Request, State},
    http::{HeaderMap, header},
    middleware::Next,
    response::Response,
};

use super::{
    super::{Served, visitor},
    problem,
};
use crate::{
    clock::Clock,
    identity::{Throttle, network},
    security_log::{self, What, Who},
};

/// Requests in a minute of one token.
const TOKEN_REQUESTS_MAX: u32 = 600;
/// Requests in a minute of everybody behind one network whose token opens nothing.
pub(in crate::http) const UNKNOWN_TOKENS_MAX: u32 = 300;
const MINUTE: i64 = 60;

/// What stands before the API.
pub(super) struct Gate {
    served: Arc<Served>,
    tokens: Throttle,
    strangers: Throttle,
}

impl Gate {
    pub(super) fn new(served: Arc<Served>) -> Self {
        Self { served, tokens: Throttle::new(TOKEN_REQUESTS_MAX, MINUTE), strangers: Throttle::new(UNKNOWN_TOKENS_MAX, MINUTE) }
    }

    /// The answer to a token that opens nothing, and to none at all.
    fn refuse(&self, request: &Request, fault: ApiFault) -> Response {
        let network = network(&visitor::address_of(request, &self.served));
        let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str);
        // a rehearsal's clock may stand still
        let now = Clock::System.now();
        if let Some(seconds) = self.strangers.wait_seconds(&network, now) {
            security_log::refused(What::Throttled, Who::Network(&network), route);
            return problem::come_back_in(seconds);
        }
        self.strangers.count(&network, now);
        security_log::refused(What::TokenUnknown, Who::Network(&network), route);
        problem::of(fault)
    }
}

/// Puts whoever the token belongs to into the request, and answers 401 to everybody else. What comes after sees neither token nor cookie.
pub(super) async fn admit(State(gate): State<Arc<Gate>>, mut request: Request, next: Next) -> Response {
    let found = match secret_of(request.headers()) {
        Secret::None => return gate.refuse(&request, ApiFault::NoToken),
        Secret::Unreadable => return gate.refuse(&request, ApiFault::TokenUnknown),
        Secret::Brought(secret) => gate.served.identity.bearer(&*gate.served.household, secret).await,
    };
    let bearer = match found {
        Ok(Some(bearer)) => bearer,
        Ok(None) => return gate.refuse(&request, ApiFault::TokenUnknown),
        Err(_) => return problem::of(ApiFault::Unavailable),
    };
    let now = Clock::System.now();
    if let Some(seconds) = gate.tokens.wait_seconds(&bearer.token, now) {
        let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str);
        let network = network(&visitor::address_of(&request, &gate.served));
        security_log::refused(What::Throttled, Who::Network(&network), route);
        return problem::come_back_in(seconds);
    }
    gate.tokens.count(&bearer.token, now);
    request.headers_mut().remove(header::AUTHORIZATION);
    request.headers_mut().remove(header::COOKIE);
    request.extensions_mut().insert(bearer.viewer);
    next.run(request).await
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Secret<'a> {
    /// There is no such header.
    None,
    /// There is one that is not of this kind, or more than one.
    Unreadable,
    /// What it brought.
    Brought(&'a str),
}

/// `Authorization: Bearer SECRET`, once. The name of the scheme is read in any case (RFC 9110, 11.1).
fn secret_of(headers: &HeaderMap) -> Secret<'_> {
    let mut values = headers.get_all(header::AUTHORIZATION).iter();
    let value = match (values.next(), values.next()) {
        (None, _) => return Secret::None,
        (Some(value), None) => value,
        (Some(_), Some(_)) => return Secret::Unreadable,
    };
    match value.to_str().ok().and_then(|text| text.split_once(' ')) {
        Some((scheme, secret)) if scheme.eq_ignore_ascii_case("bearer") => Secret::Brought(secret.trim_start_matches(' ')),
        _ => Secret::Unreadable,
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    #[test]
    fn a_token_comes_by_one_header_of_one_scheme() {
        let none: &[&str] = &[];
        for (values, brought) in [
            (none, None),
            (&["Bearer csn_a"], Some("csn_a")),
            (&["bearer   csn_a"], Some("csn_a")),
            (&["BEARER csn_a b"], Some("csn_a b")),
            (&["Bearer "], Some("")),
            (&["Bearer"], None),
            (&["Basic csn_a"], None),
            (&["csn_a"], None),
            (&[""], None),
            (&["Bearer csn_a", "Bearer csn_a"], None),
        ] {
            let mut headers = HeaderMap::new();
            for value in values {
                headers.append(header::AUTHORIZATION, HeaderValue::from_static(value));
            }
            let found = match secret_of(&headers) {
                Secret::Brought(secret) => Some(secret),
                Secret::None | Secret::Unreadable => None,
            };
            assert_eq!(found, brought, "{values:?}");
            assert_eq!(secret_of(&headers) == Secret::None, values.is_empty(), "{values:?}");
        }
    }

    #[test]
    fn the_guides_say_what_is_taken() {
        for (guide, name) in [(include_str!("../../../../docs/security.md"), "security"), (include_str!("../../../../docs/api.md"), "api")]
        {
            for figure in [TOKEN_REQUESTS_MAX, UNKNOWN_TOKENS_MAX] {
                assert!(guide.contains(&format!("{figure} in a minute")), "docs/{name}.md does not say {figure}");
            }
        }
    }
}
