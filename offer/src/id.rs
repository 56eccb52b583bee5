//! Identifiers: UUIDv7 as 32 lower-case hex, a newtype each, and the keys that people choose.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::sync::Arc;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Takes an id as the server made it.
            pub fn new(id: impl Into<String>) -> Self {
                Self(id.into())
            }

            /// Reads 32 lower-case hex digits; anything else is not an id.
            pub fn parse(text: &str) -> Option<Self> {
                let hex = text.len() == 32 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
                hex.then(|| Self(text.to_owned()))
            }

            /// The id as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(&self.0)
            }
        }
    )*};
}

ids! {
    /// The firm that runs this installation's desk; begins every key of the store.
    FirmId;
    /// One offer: one candidate, one seat. Also its stream.
    OfferId;
    /// An opening with its seats. Also its stream.
    RequisitionId;
    /// Staff, a client contact or a candidate. Also the owner of a key that seals private parts.
    PersonId;
    /// A proposal to change terms.
    ProposalId;
    /// A question of the candidate.
    QuestionId;
    /// A document kept with the offer.
    DocumentId;
    /// A link mailed to one address for one offer.
    InvitationId;
    /// A token of a program; names it, and opens nothing.
    TokenId;
}

/// How a key is spelled. Routes, coverages and reasons name the same few keys by the hundred, so another of the same costs no allocation.
#[derive(Clone)]
enum Spelling {
    Named(&'static str),
    Shared(Arc<str>),
}

impl Spelling {
    fn as_str(&self) -> &str {
        match self {
            Self::Named(key) => key,
            Self::Shared(key) => key,
        }
    }
}

macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone)]
        pub struct $name(Spelling);

        impl $name {
            /// A key that the product itself names.
            pub const fn named(key: &'static str) -> Self {
                Self(Spelling::Named(key))
            }

            /// A key from the playbook, a form or a store.
            pub fn new(key: impl AsRef<str>) -> Self {
                Self(Spelling::Shared(key.as_ref().into()))
            }

            /// The key as text.
            pub fn as_str(&self) -> &str {
                self.0.as_str()
            }
        }

        impl std::fmt::Debug for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.debug_tuple(stringify!($name)).field(&self.as_str()).finish()
            }
        }

        impl PartialEq for $name {
            fn eq(&self, other: &Self) -> bool {
                self.as_str() == other.as_str()
            }
        }

        impl Eq for $name {}

        impl PartialOrd for $name {
            fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
                Some(self.cmp(other))
            }
        }

        impl Ord for $name {
            fn cmp(&self, other: &Self) -> std::cmp::Ordering {
                self.as_str().cmp(other.as_str())
            }
        }

        impl std::hash::Hash for $name {
            fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
                self.as_str().hash(state);
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.serialize_str(self.as_str())
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                String::deserialize(deserializer).map(Self::new)
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(self.as_str())
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                self.as_str()
            }
        }
    )*};
}

keys! {
    /// A field of the offer record: built-ins are constants of `field`, custom ones come from the playbook.
    FieldKey;
    /// A role such as `recruiter` or `finance`.
    Role;
    /// A rule of the playbook.
    RuleKey;
    /// A step of a route, named for who decides: `finance`, `hiring_manager`, `client_contact`.
    StepKey;
    /// A client's code.
    ClientCode;
    /// A letter template.
    TemplateKey;
    /// A clause.
    ClauseKey;
    /// Who receives a hand-off: `payroll`, `it`.
    RecipientKey;
    /// A team.
    TeamKey;
    /// A kind of contingency, such as `background_check`.
    ContingencyKind;
}

/// The roles shipped with the product; a playbook may add its own.
pub mod role {
    use super::Role;

    macro_rules! roles { ($($name:ident = $key:literal),* $(,)?) => {
        $(#[doc = concat!("The `", $key, "` role.")] pub const $name: Role = Role::named($key);)*
        /// All roles shipped with the product.
        pub const SHIPPED: &[Role] = &[$($name),*];
    }; }

    roles! {
        RECRUITER = "recruiter", RECRUITING_LEAD = "recruiting_lead", HIRING_MANAGER = "hiring_manager", OPS = "ops",
        FINANCE = "finance", HRBP = "hrbp", HR_OPS = "hr_ops", LEGAL = "legal", IT = "it", PAYROLL = "payroll",
        ACCOUNT_MANAGER = "account_manager", CLIENT_CONTACT = "client_contact", TA_LEADER = "ta_leader", ADMIN = "admin",
        AUDITOR = "auditor", INTEGRATION = "integration",
    }
}
