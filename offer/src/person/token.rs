//! Tokens of programs: how long one lasts, and how many there may be.

use crate::coded::coded;
use crate::moment::Moment;

/// The most tokens of one program that work at the same time: one for each place where it runs, and one that takes over.
pub const TOKENS_MAX: usize = 10;

coded! {
    /// How long a token lasts. None lasts for ever.
    TokenLasts {
        /// A month.
        Days30 = "30",
        /// A quarter.
        Days90 = "90",
        /// A year.
        Days365 = "365",
    }
}

impl TokenLasts {
    /// When a token ends that is made now.
    pub fn from(self, now: Moment) -> Moment {
        let days = match self {
            Self::Days30 => 30,
            Self::Days90 => 90,
            Self::Days365 => 365,
        };
        now.plus_seconds(days * 24 * 3600)
    }
}
