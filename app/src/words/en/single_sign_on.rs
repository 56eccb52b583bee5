//! What is said about signing in at the identity provider of the firm.

use crate::desk::SsoStop;

/// Button, and the title of the pages on the way.
pub fn sign_in_with(label: &str) -> String {
    format!("Sign in with {label}")
}
/// Between the two ways.
pub const OR: &str = "or with your password";

/// On the way there.
pub fn leaving(label: &str) -> String {
    format!("On the way to {label}")
}
/// On the way there.
pub const LEAVING_LEAD: &str = "You sign in there and come back here. If nothing happens, press the button.";
/// The way there.
pub fn go_on(label: &str) -> String {
    format!("Continue to {label}")
}
/// A way back.
pub const TO_SIGN_IN: &str = "Back to the sign-in";

/// Before a link is made.
pub fn confirm(label: &str) -> String {
    format!("Link {label} to your account?")
}
/// Before a link is made: who it is there and here.
pub fn confirm_lead(label: &str, email_there: &str, name: &str, email: &str) -> String {
    let there = if email_there.is_empty() { String::new() } else { format!(" as {email_there}") };
    format!("You signed in at {label}{there}. Here you are {name}, {email}.")
}
/// What a link does.
pub fn confirm_why(label: &str) -> String {
    format!(
        "From now on {label} signs you in here. Check that the account there is yours. Everywhere else you are signed in, you will be signed out."
    )
}
/// Button.
pub const LINK_DO: &str = "Link and go on";

/// A way back.
pub const NOT_NOW: &str = "Not now";

/// A section of one's own account.
pub const SECTION: &str = "Single sign-on";
/// Not linked.
pub fn not_linked(label: &str) -> String {
    format!("You can sign in here with {label}, once the two accounts are linked.")
}
/// Linked.
pub fn linked_since(label: &str, at: &str) -> String {
    format!("Linked to {label} since {at}.")
}
/// Button.
pub fn link(label: &str) -> String {
    format!("Link {label}")
}
/// Button.
pub fn unlink(label: &str) -> String {
    format!("Unlink {label}")
}
/// What is left without it.
pub const UNLINK_HINT: &str =
    "Without it you sign in with your password. If you have none, the sign-in page mails you a link to choose one.";
/// What was done.
pub const LINKED: &str = "Your account is linked. You can sign in with it from now on.";
/// What was done.
pub const UNLINKED: &str = "Your account is no longer linked.";

/// To show again who one is.
pub fn prove_with(label: &str) -> String {
    format!("Confirm with {label}")
}

/// Why somebody comes back without what they wanted: the sentence, and what to do.
pub fn stopped(stop: SsoStop, label: &str) -> (String, String) {
    match stop {
        SsoStop::Unreachable => (
            format!("{label} does not answer"),
            "Nothing is wrong with your account. Try again in a minute, or sign in with your password.".to_owned(),
        ),
        SsoStop::Over => (
            "This sign-in is over".to_owned(),
            "It was used already, it took longer than ten minutes, or it began in another browser. Start again here.".to_owned(),
        ),
        SsoStop::Declined => (
            format!("{label} did not sign you in"),
            format!("You turned back there, or {label} does not let you use this site. Try again, or ask an administrator."),
        ),
        SsoStop::Unsound => (
            format!("The answer of {label} cannot be trusted"),
            "You are not signed in. Try again; if it happens again, tell an administrator, who finds the reason in the log.".to_owned(),
        ),
        SsoStop::NotLinked => (
            format!("Your account at {label} is not linked here"),
            format!(
                "Sign in with your password once and press Link {label} under My account. If you have no password, ask an administrator for a link."
            ),
        ),
        SsoStop::Taken => (
            format!("This account at {label} cannot be linked"),
            "It is linked to somebody here already, or you are linked to another one. Unlink that first, or ask an administrator."
                .to_owned(),
        ),
        SsoStop::TooMany => ("Too many attempts".to_owned(), "Wait a quarter of an hour, then start again.".to_owned()),
    }
}
