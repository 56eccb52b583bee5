//! Signing in at the identity provider of the firm, as pages see it.

use offer::moment::Moment;
use serde::{Deserialize, Serialize};

/// What somebody goes to the provider for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SsoWants {
    /// To sign in.
    SignIn,
    /// To be able to sign in there from now on.
    Link,
    /// To show again who they are.
    Prove,
}

impl SsoWants {
    const ALL: [Self; 3] = [Self::SignIn, Self::Link, Self::Prove];

    /// Its name in a form.
    pub const fn code(self) -> &'static str {
        match self {
            Self::SignIn => "sign-in",
            Self::Link => "link",
            Self::Prove => "prove",
        }
    }

    /// By its name.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|wants| wants.code() == code)
    }
}

/// Why somebody comes back from the provider without what they wanted. Closed, for it stands in an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SsoStop {
    /// The provider does not answer.
    Unreachable,
    /// The question is answered, too old, or was asked in another browser.
    Over,
    /// The provider says no, or somebody turned back there.
    Declined,
    /// The answer does not hold.
    Unsound,
    /// Nobody here is linked to the account there.
    NotLinked,
    /// The account there is linked to somebody, or the person to another account there.
    Taken,
    /// Too many answers that were none.
    TooMany,
}

impl SsoStop {
    const ALL: [Self; 7] = [Self::Unreachable, Self::Over, Self::Declined, Self::Unsound, Self::NotLinked, Self::Taken, Self::TooMany];

    /// Its name in an address, and in the log.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::Over => "over",
            Self::Declined => "declined",
            Self::Unsound => "unsound",
            Self::NotLinked => "not-linked",
            Self::Taken => "taken",
            Self::TooMany => "too-many",
        }
    }

    /// By its name.
    pub fn named(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|stop| stop.code() == code)
    }
}

/// The identity provider, for one's own sign-in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SingleSignOn {
    /// What people call it.
    pub label: String,
    /// Since when one is linked to it.
    pub linked_at: Option<Moment>,
}

/// Whom the provider vouched for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SsoFound {
    /// Their address there; empty when the provider does not say.
    pub email_there: String,
    /// Who that would be here.
    pub name: String,
    /// Their address here.
    pub email: String,
    /// Whether they come to sign in.
    pub signs_in: bool,
}
