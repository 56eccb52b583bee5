//! Which people a page is for.

use leptos::prelude::use_context;
use leptos_router::location::RequestUrl;

/// Which people a page is for: each area has its stylesheet and its bundle of islands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Area {
    /// People who come from a mail: candidate (`/o/`), client (`/c/`), approver (`/a/`).
    Portal,
    /// The people of the firm.
    Staff,
}

impl Area {
    /// The area of the page that is asked for; the staff's while nothing is, as when the addresses are listed.
    pub fn asked_for() -> Self {
        use_context::<RequestUrl>().map_or(Self::Staff, |url| Self::of(url.as_ref()))
    }

    /// The area of an address.
    pub fn of(address: &str) -> Self {
        // the router knows a request by a whole address, links by a path
        let from_path = address.split_once("://").map_or(address, |(_, rest)| rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/"));
        let path = from_path.split(['?', '#']).next().unwrap_or_default();
        let within = |area: &str| path.strip_prefix(area).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if ["/o", "/c", "/a"].into_iter().any(within) { Self::Portal } else { Self::Staff }
    }

    /// The name of its stylesheet in [`super::SiteFiles`].
    pub const fn stylesheet(self) -> &'static str {
        match self {
            Self::Portal => "portal.css",
            Self::Staff => "staff.css",
        }
    }

    /// The name of its bundle of islands in [`super::SiteFiles`].
    pub const fn bundle(self) -> &'static str {
        match self {
            Self::Portal => "portal.js",
            Self::Staff => "staff.js",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_area_is_read_from_the_first_part_of_the_address() {
        for address in ["/o/abc", "/c", "/c?after=x", "/c/abc/offer", "/a/abc?x=/offers", "http://leptos.dev/o/code"] {
            assert_eq!(Area::of(address), Area::Portal, "{address}");
        }
        for address in ["/", "/offers", "/offers/o/", "/accounts", "http://leptos.dev", "http://leptos.dev/offers?x=http://a/o/"] {
            assert_eq!(Area::of(address), Area::Staff, "{address}");
        }
    }
}
