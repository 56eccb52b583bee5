//! Identifiers: UUIDv7 as 32 lower-case hex, a newtype each, and the keys that people choose.

use serde::{Deserialize, Serialize};
use std::borrow::Cow;

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

macro_rules! keys {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(Cow<'static, str>);

        impl $name {
            /// A key that the product itself names.
            pub const fn named(key: &'static str) -> Self {
                Self(Cow::Borrowed(key))
            }

            /// A key from the playbook, a form or a store.
            pub fn new(key: impl Into<String>) -> Self {
                Self(Cow::Owned(key.into()))
            }

            /// The key as text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.write_str(&self.0)
            }
        }

        impl std::borrow::Borrow<str> for $name {
            fn borrow(&self) -> &str {
                &self.0
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
