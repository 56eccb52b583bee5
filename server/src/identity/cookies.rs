//! The four cookies of this site: the session, the browser's tie, the code that is awaited, and what a known browser is known by.

use app::desk::Browser;
use axum::http::{HeaderMap, header};

/// What a browser keeps for us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Cookie {
    /// The secret of a session.
    Session,
    /// Ties codes and kept forms to this browser.
    Browser,
    /// The id of the code that was mailed last.
    Code,
    /// The id and the secret of a browser in which a code was entered.
    Known,
}

impl Cookie {
    const fn name(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Browser => "browser",
            Self::Code => "code",
            Self::Known => "known",
        }
    }
}

/// How cookies are written: under `__Host-` and only by TLS, unless the whole site is plain HTTP on loopback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Cookies {
    secure: bool,
}

impl Cookies {
    /// For a site that browsers reach by TLS, or not.
    pub(crate) const fn new(secure: bool) -> Self {
        Self { secure }
    }

    fn name(self, cookie: Cookie) -> String {
        format!("{}{}", if self.secure { "__Host-" } else { "" }, cookie.name())
    }

    /// The `Set-Cookie` value. Without an age: it ends with the browser, and sooner by the server's own clock.
    pub(crate) fn set(self, cookie: Cookie, value: &str) -> String {
        let name = self.name(cookie);
        format!("{name}={value}; Path=/; HttpOnly; SameSite=Lax{}", self.secure_attribute())
    }

    /// The same for a cookie that outlives the browser's window by this many seconds.
    pub(crate) fn set_for(self, cookie: Cookie, value: &str, seconds: i64) -> String {
        let name = self.name(cookie);
        format!("{name}={value}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{}", seconds.max(0), self.secure_attribute())
    }

    /// The `Set-Cookie` value that takes a cookie away.
    pub(crate) fn clear(self, cookie: Cookie) -> String {
        let name = self.name(cookie);
        format!("{name}=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax{}", self.secure_attribute())
    }

    /// Whether this `Set-Cookie` value ends a session in its browser.
    pub(crate) fn ends_a_session(self, set: &str) -> bool {
        set.starts_with(&format!("{}=;", self.name(Cookie::Session)))
    }

    const fn secure_attribute(self) -> &'static str {
        if self.secure { "; Secure" } else { "" }
    }

    /// The value of a cookie in a request. Two of one name are none: somebody planted one of them.
    pub(crate) fn read(self, headers: &HeaderMap, cookie: Cookie) -> Option<String> {
        let name = self.name(cookie);
        let pairs = headers.get_all(header::COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|value| value.split(';'));
        let mut values = pairs.filter_map(|pair| pair.trim().split_once('=')).filter(|(key, _)| *key == name).map(|(_, value)| value);
        match (values.next(), values.next()) {
            (Some(value), None) => Some(value.to_owned()),
            _ => None,
        }
    }

    /// The browser behind a request, as far as its cookies tell.
    pub(crate) fn browser(self, headers: &HeaderMap) -> Browser {
        Browser {
            session: self.read(headers, Cookie::Session).unwrap_or_default(),
            tie: self.read(headers, Cookie::Browser).unwrap_or_default(),
            code: self.read(headers, Cookie::Code).unwrap_or_default(),
            known: self.read(headers, Cookie::Known).unwrap_or_default(),
            ..Browser::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use axum::http::HeaderValue;

    use super::*;

    fn request(cookies: &[&str]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for cookie in cookies {
            headers.append(header::COOKIE, HeaderValue::from_str(cookie).unwrap());
        }
        headers
    }

    #[test]
    fn a_cookie_over_tls_is_bound_to_this_host() {
        assert_eq!(Cookies::new(true).set(Cookie::Session, "x"), "__Host-session=x; Path=/; HttpOnly; SameSite=Lax; Secure");
        assert_eq!(Cookies::new(false).set(Cookie::Session, "x"), "session=x; Path=/; HttpOnly; SameSite=Lax");
        let (ends, begins) = (Cookies::new(true).clear(Cookie::Session), Cookies::new(true).set(Cookie::Session, "x"));
        assert!(ends.contains("Max-Age=0"));
        assert!(Cookies::new(true).ends_a_session(&ends) && !Cookies::new(true).ends_a_session(&begins));
        assert!(!Cookies::new(true).ends_a_session(&Cookies::new(true).clear(Cookie::Known)));
        let known = Cookies::new(true).set_for(Cookie::Known, "x", 60);
        assert_eq!(known, "__Host-known=x; Path=/; Max-Age=60; HttpOnly; SameSite=Lax; Secure");
    }

    #[test]
    fn a_cookie_without_the_prefix_is_not_believed_over_tls() {
        let planted = request(&["session=planted"]);
        assert_eq!(Cookies::new(true).read(&planted, Cookie::Session), None);
        assert_eq!(Cookies::new(false).read(&planted, Cookie::Session).as_deref(), Some("planted"));
    }

    #[test]
    fn two_cookies_of_one_name_are_none() {
        assert_eq!(Cookies::new(false).read(&request(&["session=a; session=b"]), Cookie::Session), None);
        assert_eq!(Cookies::new(false).read(&request(&["session=a", "session=a"]), Cookie::Session), None);
        assert_eq!(Cookies::new(false).read(&request(&["browser=b;session=a"]), Cookie::Session).as_deref(), Some("a"));
    }
}
