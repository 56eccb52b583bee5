//! Who looks.

use std::fmt;

use offer::access::{Actor, Member};
use offer::id::{OfferId, PersonId};

/// Who looks at a page. Put into every request by one layer of the server.
#[derive(Clone, PartialEq)]
pub enum Viewer {
    /// Nobody signed in.
    Nobody,
    /// Staff of the firm.
    Staff {
        /// With the grants that hold now.
        member: Member,
        /// Name, for the head of the page.
        name: String,
        /// IANA zone in which times are shown.
        zone: String,
        /// Whether they showed who they are within the last quarter of an hour: acts that weigh ask for it again.
        proven: bool,
    },
    /// Staff of the firm whose role asks for a second factor that this session did not have: they may set one up, and nothing else.
    Enrolling {
        /// The person.
        person: PersonId,
        /// Name, for the head of the page.
        name: String,
        /// IANA zone in which times are shown.
        zone: String,
    },
    /// A client's contact, by link and code.
    Client {
        /// With the grants that hold now.
        member: Member,
        /// Name.
        name: String,
        /// IANA zone in which times are shown.
        zone: String,
    },
    /// The candidate of one offer, by link and code.
    Candidate {
        /// The person.
        person: PersonId,
        /// The offer.
        offer: OfferId,
        /// The address whose code opened the session.
        email: String,
        /// Network address of this request, for the evidence of a signature.
        address: String,
        /// What the browser of this request calls itself.
        user_agent: String,
    },
}

// none of these is for a log: whoever reads one must neither become nor know whoever looks
impl fmt::Debug for Viewer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (kind, id) = match self {
            Self::Nobody => return f.write_str("Nobody"),
            Self::Staff { member, .. } => ("Staff", &member.id),
            Self::Enrolling { person, .. } => ("Enrolling", person),
            Self::Client { member, .. } => ("Client", &member.id),
            Self::Candidate { person, .. } => ("Candidate", person),
        };
        write!(f, "{kind}({id})")
    }
}

impl fmt::Debug for Browser {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Browser").finish_non_exhaustive()
    }
}

impl fmt::Debug for SessionCookie {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SessionCookie").field("go_to", &self.go_to).finish_non_exhaustive()
    }
}

impl Viewer {
    /// The actor, for decisions.
    pub fn actor(&self) -> Option<Actor> {
        match self {
            Self::Nobody | Self::Enrolling { .. } => None,
            Self::Staff { member, .. } | Self::Client { member, .. } => Some(Actor::Member(member.clone())),
            Self::Candidate { person, offer, .. } => Some(Actor::Candidate { person: person.clone(), offer: offer.clone() }),
        }
    }

    /// Who it is; nobody before they have come in.
    pub fn person(&self) -> Option<&PersonId> {
        match self {
            Self::Nobody => None,
            Self::Staff { member, .. } | Self::Client { member, .. } => Some(&member.id),
            Self::Enrolling { person, .. } | Self::Candidate { person, .. } => Some(person),
        }
    }

    /// The member, when staff or a client's contact looks.
    pub const fn member(&self) -> Option<&Member> {
        match self {
            Self::Staff { member, .. } | Self::Client { member, .. } => Some(member),
            _ => None,
        }
    }

    /// Whether the viewer showed who they are a short while ago. Only staff are asked for it.
    pub const fn is_proven(&self) -> bool {
        matches!(self, Self::Staff { proven: true, .. })
    }

    /// The zone in which this viewer reads times.
    pub fn zone(&self) -> &str {
        match self {
            Self::Staff { zone, .. } | Self::Enrolling { zone, .. } | Self::Client { zone, .. } => zone,
            _ => "America/New_York",
        }
    }
}

/// The browser behind a request, as far as the desk needs it. Put into every request by the same layer.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Browser {
    /// The secret of this browser's session cookie, or empty.
    pub session: String,
    /// The secret that ties codes and kept forms to this browser; the layer makes one at the first visit.
    pub tie: String,
    /// The id of the code that was mailed to this browser last, or empty.
    pub code: String,
    /// What this browser is known by since a code was entered in it, or empty.
    pub known: String,
    /// Network address.
    pub address: String,
    /// What the browser calls itself, shortened.
    pub user_agent: String,
}

/// A `Set-Cookie` value that the page must send, and where to go next.
#[derive(Clone, PartialEq, Eq)]
pub struct SessionCookie {
    /// The whole header value; nothing to set when empty.
    pub set: String,
    /// A path of this site.
    pub go_to: String,
}

/// What a clock on the wall of a zone shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LocalTime {
    /// Date and time.
    pub time: chrono::NaiveDateTime,
    /// The zone's short name then, as `EST`.
    pub zone: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_secret_and_no_address_of_a_visitor_can_be_printed() {
        let text = || "canary".to_owned();
        let browser = Browser { session: text(), tie: text(), code: text(), known: text(), address: text(), user_agent: text() };
        let candidate = Viewer::Candidate {
            person: PersonId::new("p1"),
            offer: OfferId::new("o1"),
            email: text(),
            address: text(),
            user_agent: text(),
        };
        let cookie = SessionCookie { set: text(), go_to: "/offers".to_owned() };
        let shown = format!("{browser:?} {candidate:?} {cookie:?}");
        assert!(!shown.contains("canary") && shown.contains("p1"), "{shown}");
    }
}
