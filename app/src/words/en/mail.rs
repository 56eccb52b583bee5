//! What mails say.

/// The subject of a mail with a code. The code is not in it: subjects show on locked screens.
pub fn code_subject(firm: &str) -> String {
    format!("Your code for {firm}")
}

/// Above the code.
pub const CODE_HEADING: &str = "Your code";

/// What the code is for.
pub const CODE_HOW: &str = "Enter these six digits on the page that asked for them:";

/// How long the code holds.
pub const CODE_UNTIL: &str = "The code works for 10 minutes, once, and only in the browser that asked for it.";

/// For somebody who did not ask.
pub fn code_unasked(firm: &str) -> String {
    format!(
        "You did not ask for a code? Then somebody else has your link, and without this code they see nothing. Never pass it on: {firm} does not ask for it."
    )
}

/// The subject of an invitation to join.
pub fn join_subject(firm: &str) -> String {
    format!("Join {firm} on Countersign")
}

/// The first line of an invitation to join.
pub fn join_heading(firm: &str) -> String {
    format!("{firm} invites you")
}

/// What joining takes.
pub fn join_how(name: &str) -> String {
    format!("Hello {name}, choose a password, and you can sign in with this address from then on.")
}

/// The link of an invitation to join.
pub const JOIN_LINK: &str = "Choose a password";

/// How long the link holds.
pub const JOIN_UNTIL: &str = "The link works once, for 7 days. If you did not expect this mail, leave it alone.";
