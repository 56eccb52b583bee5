//! What a history says of the ways in which a person proves who they are: that they changed, never how.

use serde::{Deserialize, Serialize};

use crate::access::TokenReads;
use crate::id::TokenId;
use crate::moment::Moment;
use crate::private::Private;

/// What was changed about how a person signs in. No secret, and nothing made from one, stands in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum CredentialChange {
    /// The password was set or changed.
    PasswordSet,
    /// An app that makes codes was set up, in place of an earlier one if there was one.
    SecondFactorSet,
    /// The person took their second factor away.
    SecondFactorRemoved,
    /// Somebody else took it away, so that the person sets up a new one.
    SecondFactorReset,
    /// The person linked their account at the firm's identity provider.
    SingleSignOnLinked,
    /// The person took that link away.
    SingleSignOnUnlinked,
    /// Somebody else took that link away.
    SingleSignOnReset,
    /// Somebody else ended their sessions.
    SessionsEnded,
    /// New recovery codes were made; earlier ones no longer work.
    RecoveryCodesMade,
    /// A recovery code was used instead of the app.
    RecoveryCodeUsed {
        /// How many are left.
        left: u32,
    },
    /// A token was made for a program.
    TokenMade {
        /// The token.
        token: TokenId,
        /// What it is called.
        name: Private<String>,
        /// How much it reads.
        reads: TokenReads,
        /// When it ends.
        expires_at: Moment,
    },
    /// A token was revoked.
    TokenRevoked {
        /// The token.
        token: TokenId,
    },
}
