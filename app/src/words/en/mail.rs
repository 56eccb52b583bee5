//! What mails say.

use offer::person::CredentialChange;

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
pub const JOIN_UNTIL: &str = "The link works once, for 7 days. If you did not expect this email, leave it alone.";

/// The subject of a mail for a forgotten password.
pub fn reset_subject(firm: &str) -> String {
    format!("Your password for {firm}")
}

/// Above the link for a forgotten password.
pub const RESET_HEADING: &str = "Choose a new password";

/// What the link is for.
pub fn reset_how(firm: &str) -> String {
    format!("Somebody, probably you, said that they forgot your password for {firm}. With this link you choose a new one:")
}

/// The link for a forgotten password.
pub const RESET_LINK: &str = "Choose a new password";

/// How long it holds, and for somebody who did not ask.
pub const RESET_UNTIL: &str = "The link works once, for an hour. If you did not ask for it, leave it alone: nothing has changed.";

/// The subject of a mail about one's own sign-in.
pub fn security_subject(firm: &str) -> String {
    format!("Your sign-in at {firm} has changed")
}

/// Above a mail about one's own sign-in.
pub const SECURITY_HEADING: &str = "About your sign-in";

/// A greeting.
pub fn hello(name: &str) -> String {
    format!("Hello {name},")
}

/// What has changed.
pub fn credential_changed(change: &CredentialChange) -> String {
    match change {
        CredentialChange::PasswordSet => "Your password was changed. Everywhere else you were signed in, you are signed out.".to_owned(),
        CredentialChange::SecondFactorSet => "A second step was set up for your sign-in: from now on it asks for a code from your phone.".to_owned(),
        CredentialChange::SecondFactorRemoved => "The second step of your sign-in was removed.".to_owned(),
        CredentialChange::SecondFactorReset => {
            "An administrator reset the second step of your sign-in, and you are signed out everywhere. Set it up again when you sign in next."
                .to_owned()
        }
        CredentialChange::SingleSignOnLinked => {
            "Your account was linked to single sign-on, which signs you in from now on. Everywhere else you were signed in, you are signed out.".to_owned()
        }
        CredentialChange::SingleSignOnUnlinked => {
            "Your account was taken off single sign-on. Everywhere else you were signed in, you are signed out.".to_owned()
        }
        CredentialChange::SingleSignOnReset => {
            "An administrator took your account off single sign-on, and you are signed out everywhere. Sign in with your password and link it again."
                .to_owned()
        }
        CredentialChange::TokenMade { .. } => "An API token was made.".to_owned(),
        CredentialChange::TokenRevoked { .. } => "An API token was revoked.".to_owned(),
        CredentialChange::SessionsEnded => "An administrator signed you out everywhere.".to_owned(),
        CredentialChange::RecoveryCodesMade => "New recovery codes were made. The earlier ones no longer work.".to_owned(),
        CredentialChange::RecoveryCodeUsed { left } => format!("One of your recovery codes was used. {left} are left."),
    }
}

/// Somebody guesses.
pub const CODES_GUESSED: &str =
    "Somebody entered your password and then several wrong codes. They did not get in. If it was not you, choose another password.";

/// For somebody who did not do it.
pub const SECURITY_NOT_YOU: &str = "If it was you, there is nothing to do. If not, tell us at once.";

/// The link to one's own sign-in.
pub const SECURITY_LINK: &str = "Look at your account";

/// Where to turn.
pub fn security_help(email: &str) -> String {
    if email.is_empty() { "Turn to your administrator.".to_owned() } else { format!("Write to {email}, or turn to your administrator.") }
}
