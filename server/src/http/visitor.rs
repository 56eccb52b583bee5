//! Who asks: puts the viewer and the browser into every request, and ties a new browser to itself.

use std::net::{IpAddr, SocketAddr};

use app::desk::Browser;
use axum::{
    extract::{ConnectInfo, Request},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::Response,
};

use super::Served;
use crate::{config::Network, fresh::Token, identity::cookies::Cookie};

/// The longest name of a browser that is kept, in characters.
const USER_AGENT_CHARACTERS_MAX: usize = 200;

/// The cookie that ties a new browser to itself; none for one that is tied.
pub(super) struct Tie(Option<String>);

impl Tie {
    /// Puts it into the answer.
    pub(super) fn onto(self, response: &mut Response) {
        if let Some(value) = self.0.and_then(|set| HeaderValue::from_str(&set).ok()) {
            response.headers_mut().append(header::SET_COOKIE, value);
        }
    }
}

/// Resolves the viewer anew and puts it into the request; when the store cannot say who asks, the answer is 503.
pub(super) async fn introduce(request: &mut Request, served: &Served) -> Result<Tie, StatusCode> {
    let cookies = *served.identity.cookies();
    let mut browser = cookies.browser(request.headers());
    browser.address = address_of(request, served);
    browser.user_agent = user_agent(request.headers());
    let is_new = Token::read(&browser.tie).is_none();
    if is_new {
        match Token::new() {
            Ok(tie) => tie.text().clone_into(&mut browser.tie),
            Err(_) => return Err(StatusCode::SERVICE_UNAVAILABLE),
        }
    }
    let looked = if is_unattended(request) {
        served.identity.bystander(&*served.household, &browser).await
    } else {
        served.identity.viewer(&*served.household, &browser).await
    };
    let viewer = looked.map_err(|_| StatusCode::SERVICE_UNAVAILABLE)?;
    let tie = Tie(is_new.then(|| cookies.set(Cookie::Browser, &browser.tie)));
    request.extensions_mut().insert(viewer);
    request.extensions_mut().insert::<Browser>(browser);
    Ok(tie)
}

/// Whether a page asks by itself: a stream of changes, or a page that brings itself up to date. Claiming it gives nothing but a shorter session.
fn is_unattended(request: &Request) -> bool {
    request.uri().path() == super::live::ADDRESS || request.headers().contains_key(super::live::UNATTENDED)
}

/// The address of whoever asks.
pub(super) fn address_of(request: &Request, served: &Served) -> String {
    let peer = request.extensions().get::<ConnectInfo<SocketAddr>>().map(|info| info.0.ip());
    address(peer, request.headers(), &served.trusted_proxies)
}

/// The address behind those that hand a request on. `X-Forwarded-For` is read from its end, past proxies that we trust: what stands before is hearsay.
fn address(peer: Option<IpAddr>, headers: &HeaderMap, trusted: &[Network]) -> String {
    let Some(peer) = peer.map(|peer| peer.to_canonical()) else { return String::new() };
    let is_trusted = |address: IpAddr| trusted.iter().any(|network| network.holds(address));
    if !is_trusted(peer) {
        return peer.to_string();
    }
    let forwarded: Vec<&str> =
        headers.get_all("x-forwarded-for").iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(',')).collect();
    let mut nearest = peer;
    for text in forwarded.iter().rev() {
        let Ok(address) = text.trim().parse::<IpAddr>() else { break };
        nearest = address.to_canonical();
        if !is_trusted(nearest) {
            break;
        }
    }
    nearest.to_string()
}

fn user_agent(headers: &HeaderMap) -> String {
    let text = headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok()).unwrap_or_default();
    text.chars().filter(|c| !c.is_control()).take(USER_AGENT_CHARACTERS_MAX).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn asked_by(peer: &str, forwarded: &[&str], trusted: &[&str]) -> String {
        let mut headers = HeaderMap::new();
        for value in forwarded {
            headers.append("x-forwarded-for", HeaderValue::from_str(value).unwrap());
        }
        let trusted: Vec<Network> = trusted.iter().map(|text| Network::parse(text).unwrap()).collect();
        address(Some(peer.parse().unwrap()), &headers, &trusted)
    }

    #[test]
    fn only_a_trusted_proxy_may_say_who_asks() {
        assert_eq!(asked_by("203.0.113.9", &["192.0.2.1"], &[]), "203.0.113.9");
        assert_eq!(asked_by("10.0.0.1", &["192.0.2.1"], &["10.0.0.0/8"]), "192.0.2.1");
        assert_eq!(asked_by("10.0.0.1", &["6.6.6.6, 192.0.2.1, 10.0.0.2"], &["10.0.0.0/8"]), "192.0.2.1");
        assert_eq!(asked_by("10.0.0.1", &["6.6.6.6", "192.0.2.1"], &["10.0.0.0/8"]), "192.0.2.1");
        assert_eq!(asked_by("10.0.0.1", &["not an address"], &["10.0.0.0/8"]), "10.0.0.1");
        assert_eq!(asked_by("10.0.0.1", &[], &["10.0.0.0/8"]), "10.0.0.1");
        assert_eq!(asked_by("::ffff:10.0.0.1", &["192.0.2.1"], &["10.0.0.0/8"]), "192.0.2.1");
    }
}
