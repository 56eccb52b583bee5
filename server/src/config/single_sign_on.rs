//! The identity provider of a firm.

use std::fmt;

use crate::egress::Url;

/// What the button says when nothing else is told.
pub(super) const LABEL: &str = "your company account";
/// The longest label of a button, in characters.
pub(super) const LABEL_CHARACTERS_MAX: usize = 40;

/// The identity provider by which people of the firm may sign in.
#[derive(Clone, PartialEq, Eq)]
pub(crate) struct SsoSettings {
    /// Its name for itself, letter for letter: what its tokens must carry.
    pub(crate) issuer: String,
    /// Where it describes itself.
    pub(crate) discovery: Url,
    /// Who we are there.
    pub(crate) client_id: String,
    /// How we show it.
    pub(crate) client_secret: String,
    /// What people call it.
    pub(crate) label: String,
    /// Whether somebody who comes for the first time may be recognized by an address that the provider has verified.
    pub(crate) link_by_verified_email: bool,
    /// Whether what it says of a second factor (`amr`) counts as one.
    pub(crate) trust_amr: bool,
}

impl fmt::Debug for SsoSettings {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "SsoSettings({})", self.issuer) // never the secret
    }
}

/// Where a provider describes itself (OpenID Connect Discovery 1.0, 4); nothing for a name that no issuer can have.
pub(super) fn discovery_of(issuer: &str) -> Option<Url> {
    let url = Url::parse(issuer).ok()?;
    let is_plain = url.query().is_none() && url.fragment().is_none() && url.has_host();
    is_plain.then(|| Url::parse(&format!("{}/.well-known/openid-configuration", issuer.trim_end_matches('/'))).ok())?
}
