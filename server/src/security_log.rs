//! What somebody who watches over the house wants to know: who tried what, from where, and how it ended.
//!
//! Events go to the log as structured lines of the target `security`. They hold ids, codes and networks; never a name, an address of mail, a
//! figure or a word that somebody typed. `docs/security.md` lists them, and a test holds the list against [`What`].

use offer::access::Actor;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum What {
    /// Somebody signed in.
    SignIn,
    /// Somebody came back from the identity provider.
    SingleSignOn,
    /// Somebody's account was linked to the identity provider, or taken off it.
    SingleSignOnLink,
    /// Too many attempts to sign in.
    SignInThrottled,
    /// Somebody set a password by a link and is in.
    Join,
    /// A session was ended by whoever it belongs to.
    SignOut,
    /// A code opened a session, or did not.
    Code,
    /// Too many codes were asked for or tried.
    CodeThrottled,
    /// Links of an offer were shut, with the sessions that came through them.
    LinksRevoked,
    /// Somebody was invited to set a password; the sessions they had are over.
    Invited,
    /// Somebody's grants and sessions were ended.
    Left,
    /// A token of a program was made.
    TokenMade,
    /// A token of a program was revoked.
    TokenRevoked,
    /// A program came with a token that opens nothing.
    TokenUnknown,
    /// An unsafe request did not come from a page of ours.
    Elsewhere,
    /// A request was meant for another host.
    OtherHost,
    /// More requests than are taken.
    Throttled,
    /// Something was asked that the asker may not do, or may not know of.
    Denied,
    /// Files were imported.
    Import,
    /// A playbook was published.
    Publish,
}

impl What {
    /// Everything that is noted.
    #[cfg(test)]
    pub(crate) const ALL: [Self; 20] = [
        Self::SignIn,
        Self::SingleSignOn,
        Self::SingleSignOnLink,
        Self::SignInThrottled,
        Self::Join,
        Self::SignOut,
        Self::Code,
        Self::CodeThrottled,
        Self::LinksRevoked,
        Self::Invited,
        Self::Left,
        Self::TokenMade,
        Self::TokenRevoked,
        Self::TokenUnknown,
        Self::Elsewhere,
        Self::OtherHost,
        Self::Throttled,
        Self::Denied,
        Self::Import,
        Self::Publish,
    ];

    /// Its name in the log.
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::SingleSignOn => "single-sign-on",
            Self::SingleSignOnLink => "single-sign-on-link",
            Self::SignInThrottled => "sign-in-throttled",
            Self::Join => "join",
            Self::SignOut => "sign-out",
            Self::Code => "code",
            Self::CodeThrottled => "code-throttled",
            Self::LinksRevoked => "links-revoked",
            Self::Invited => "invited",
            Self::Left => "left",
            Self::TokenMade => "token-made",
            Self::TokenRevoked => "token-revoked",
            Self::TokenUnknown => "token-unknown",
            Self::Elsewhere => "from-elsewhere",
            Self::OtherHost => "other-host",
            Self::Throttled => "throttled",
            Self::Denied => "denied",
            Self::Import => "import",
            Self::Publish => "publish",
        }
    }
}

/// Who it was, as far as it is known: an id, never a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Who<'a> {
    /// Somebody of the firm, a client's contact or a candidate, by the id of the person.
    Person(&'a str),
    /// An account of the machine.
    Operator(&'a str),
    /// Somebody who is not known yet, by the network.
    Network(&'a str),
    /// Somebody who is not known at all.
    Nobody,
}

impl<'a> Who<'a> {
    /// Whoever acts by the model.
    pub(crate) fn of(actor: &'a Actor) -> Self {
        match actor {
            Actor::Member(member) => Self::Person(member.id.as_str()),
            Actor::Candidate { person, .. } => Self::Person(person.as_str()),
            Actor::Operator { os_user } => Self::Operator(os_user),
            Actor::Clockwork => Self::Nobody,
        }
    }

    const fn parts(&self) -> (&'static str, &str) {
        match self {
            Self::Person(id) => ("person", id),
            Self::Operator(user) => ("operator", user),
            Self::Network(network) => ("network", network),
            Self::Nobody => ("nobody", ""),
        }
    }
}

/// Notes what was allowed and done.
pub(crate) fn done(what: What, who: Who<'_>, about: &str) {
    let (kind, id) = who.parts();
    tracing::info!(target: "security", event = what.code(), result = "done", who = kind, id, about, "security");
}

/// Notes what was refused.
pub(crate) fn refused(what: What, who: Who<'_>, about: &str) {
    let (kind, id) = who.parts();
    tracing::warn!(target: "security", event = what.code(), result = "refused", who = kind, id, about, "security");
}

#[cfg(test)]
mod tests {
    use super::What;

    #[test]
    fn every_event_is_described_for_whoever_reads_the_log() {
        let guide = include_str!("../../docs/security.md");
        for what in What::ALL {
            assert!(guide.contains(&format!("| `{}` |", what.code())), "docs/security.md does not say what `{}` means", what.code());
        }
    }
}
