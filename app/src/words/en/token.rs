//! What is said of the tokens of programs.

use offer::access::TokenReads;
use offer::person::TokenLasts;

/// A section.
pub const TITLE: &str = "API tokens";
/// Under the heading.
pub const LEAD: &str = "With a token this integration reads offers by the API: what its roles show it at that moment, and nothing more.";
/// There is none.
pub const NONE: &str = "There is no token yet.";
/// A column.
pub const COLUMN_NAME: &str = "Token";
/// A column.
pub const COLUMN_USED: &str = "Last used";
/// A column.
pub const COLUMN_ENDS: &str = "Expires";
/// A column.
pub const COLUMN_REVOKE: &str = "Revoke";
/// It was not used yet.
pub const NEVER: &str = "Never";
/// It works no more.
pub const OVER: &str = "Expired";
/// Button.
pub const REVOKE: &str = "Revoke";
/// Over the form.
pub const MAKE: &str = "Make a token";
/// Button.
pub const MAKE_DO: &str = "Make the token";
/// A box.
pub const NAME: &str = "Name";
/// Help for a box.
pub const NAME_HINT: &str = "Where it is used, as \"payroll, nightly\".";
/// A question.
pub const READS: &str = "What it reads";
/// A question.
pub const LASTS: &str = "How long it works";
/// The secret is shown.
pub const MADE: &str = "Copy this token now";
/// The secret is shown.
pub const MADE_WHY: &str =
    "It is shown here once, in this browser, for ten minutes. We keep no copy: if it is lost, revoke it and make another.";
/// Button.
pub const KEPT: &str = "I have copied it";
/// The secret is not shown any more.
pub const GONE: &str = "This token is not shown any more";
/// The secret is not shown any more.
pub const GONE_WHY: &str = "If it was not copied, revoke it and make another.";

/// How much a token reads.
pub const fn reads(reads: TokenReads) -> &'static str {
    match reads {
        TokenReads::All => "Everything the integration sees",
        TokenReads::JobOnly => "The job only",
    }
}

/// The same at more length.
pub const fn reads_hint(reads: TokenReads) -> &'static str {
    match reads {
        TokenReads::All => "As its roles say today; when they change, so does the token.",
        TokenReads::JobOnly => "Status, job, client and dates. No pay, no bill rate, nothing about the candidate.",
    }
}

/// How long a token works.
pub const fn lasts(lasts: TokenLasts) -> &'static str {
    match lasts {
        TokenLasts::Days30 => "30 days",
        TokenLasts::Days90 => "90 days",
        TokenLasts::Days365 => "365 days",
    }
}

/// How much it reads, when it was made and by whom.
pub fn about(what: TokenReads, when: &str, by: &str) -> String {
    let by = if by.is_empty() { String::new() } else { format!(" by {by}") };
    format!("{}. Made {when}{by}.", reads(what))
}

/// It ended.
pub fn ended(when: &str) -> String {
    format!("Ended {when}")
}

/// The button for those who hear it alone.
pub fn revoke_named(name: &str) -> String {
    format!("Revoke {name}")
}
