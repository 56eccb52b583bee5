//! What the pages about one's own sign-in say.

use offer::ledger::AuthLevel;

/// The page, and the way to it.
pub const TITLE: &str = "My account";

/// Under the title.
pub fn lead(email: &str) -> String {
    format!("You sign in as {email}.")
}

// signing in

/// The second step.
pub const STEP_TITLE: &str = "Second step";
/// The second step.
pub const STEP_LEAD: &str =
    "Enter the six digits that your authenticator app shows now. If your phone is not at hand, enter one of your recovery codes.";
/// A box.
pub const STEP_CODE: &str = "Code";
/// Help for a box.
pub const STEP_CODE_HINT: &str = "Type or paste it; spaces do not matter.";
/// Button.
pub const STEP_DO: &str = "Sign in";
/// In place of the second step.
pub const STEP_OVER: &str = "Sign in first";
/// In place of the second step.
pub const STEP_OVER_WHY: &str = "The second step follows within ten minutes of the first. Start again with your email and password.";
/// A way back.
pub const STEP_AGAIN: &str = "Start again";
/// What to do without phone and codes.
pub const STEP_LOST: &str = "You have neither? Ask an administrator to reset your second step.";
/// The way to a new password.
pub const FORGOT: &str = "I forgot my password";
/// A new password.
pub const FORGOT_TITLE: &str = "Forgot your password?";
/// A new password.
pub const FORGOT_LEAD: &str = "We mail you a link to choose a new one. It works once, for an hour.";
/// Button.
pub const FORGOT_DO: &str = "Email me a link";
/// What was done.
pub const FORGOT_DONE: &str = "Look at your email";
/// What was done.
pub const FORGOT_DONE_WHY: &str =
    "If this address belongs to an account, a link is on its way. It can take a minute or two; look in the junk folder too.";
/// A new password.
pub const RESET_TITLE: &str = "Choose a new password";
/// A new password.
pub const RESET_LEAD: &str = "The link works once. Everywhere you are signed in, you will be signed out.";
/// The way back.
pub const TO_SIGN_IN: &str = "Back to the sign-in";

// the password

/// A section.
pub const PASSWORD: &str = "Password";
/// When it was set.
pub fn password_set(at: &str) -> String {
    format!("Last changed {at}.")
}
/// None is set.
pub const NO_PASSWORD: &str = "You have no password here.";
/// A box.
pub const CURRENT_PASSWORD: &str = "Current password";
/// Button.
pub const CHANGE_PASSWORD: &str = "Change password";
/// What was done.
pub const PASSWORD_CHANGED: &str = "Your password is changed.";
/// What follows.
pub const CHANGE_PASSWORD_HINT: &str = "Everywhere else you are signed in, you will be signed out.";

// the second factor

/// A section.
pub const FACTOR: &str = "Second step";
/// What it is.
pub const FACTOR_LEAD: &str =
    "An app on your phone shows a new code every half minute. Somebody who learns your password still cannot sign in without it.";
/// It is set up.
pub fn factor_set(at: &str) -> String {
    format!("Set up {at}.")
}
/// It is not set up.
pub const FACTOR_NONE: &str = "Not set up.";
/// A role asks for it.
pub const FACTOR_NEEDED: &str = "Your role asks for it.";
/// The way to it.
pub const FACTOR_SET_UP: &str = "Set up the second step";
/// Another phone.
pub const FACTOR_ANEW: &str = "Set up another phone";
/// Button.
pub const FACTOR_REMOVE: &str = "Remove the second step";
/// The way to the codes.
pub const RECOVERY: &str = "Recovery codes";
/// How many are left.
pub fn recovery_left(left: u32) -> String {
    match left {
        0 => "No recovery code is left.".to_owned(),
        1 => "1 recovery code is left.".to_owned(),
        _ => format!("{left} recovery codes are left."),
    }
}

/// Before anything else is shown to somebody whose role asks for it.
pub const MUST_ENROL: &str = "Your role asks for a second step";
/// Before anything else is shown to somebody whose role asks for it.
pub const MUST_ENROL_WHY: &str = "Set it up now; it takes two minutes. Until then there is nothing else for you to see here.";
/// Before it begins.
pub const SET_UP_LEAD: &str = "You need an authenticator app on your phone: the one your company uses, or any that shows six-digit codes, such as Google Authenticator, Microsoft Authenticator, 1Password or Aegis.";
/// Setting up anew.
pub const SET_UP_REPLACES: &str = "The phone you set up before will no longer work.";
/// Button.
pub const SET_UP_BEGIN: &str = "Show the code to scan";
/// A step.
pub const SCAN: &str = "1. Scan this with the app";
/// What the picture is.
pub const PICTURE: &str = "Code to scan with the authenticator app";
/// For those who do not scan.
pub const KEY_LEAD: &str = "Or type this key into the app. It is shown only now.";
/// A step.
pub const CONFIRM: &str = "2. Enter the code the app shows";
/// Button.
pub const CONFIRM_DO: &str = "Turn on the second step";
/// A set-up that is over.
pub const SET_UP_OVER: &str = "This set-up is over";
/// A set-up that is over.
pub const SET_UP_OVER_WHY: &str = "It was finished, or half an hour has passed. Begin again to see a new code.";

/// Before codes are made.
pub const RECOVERY_LEAD: &str =
    "Each signs you in once when your phone is not at hand. Keep them where you keep your passport, not on the phone.";
/// What new ones do.
pub const RECOVERY_REPLACES: &str = "New codes take the place of the ones you have.";
/// Button.
pub const RECOVERY_MAKE: &str = "Make ten new codes";
/// Codes that were made.
pub const RECOVERY_MADE: &str = "Write these down now";
/// Codes that were made.
pub const RECOVERY_MADE_WHY: &str =
    "They are shown only here, for ten minutes at most. Print this page or copy them, then press the button.";
/// Button.
pub const RECOVERY_KEPT: &str = "I have kept them";
/// Codes that are not shown any more.
pub const RECOVERY_GONE: &str = "These codes are not shown any more";
/// Codes that are not shown any more.
pub const RECOVERY_GONE_WHY: &str = "If you have kept them, all is well. If not, make new ones.";
/// Without an app there are no codes.
pub const RECOVERY_NONE: &str = "Set up the second step first; the codes come with it.";

// sessions

/// A section.
pub const SESSIONS: &str = "Where you are signed in";
/// Under the heading.
pub const SESSIONS_LEAD: &str = "End what you do not know, then change your password.";
/// A column.
pub const COLUMN_WHERE: &str = "Where";
/// A column.
pub const COLUMN_BEGAN: &str = "Signed in";
/// A column.
pub const COLUMN_SEEN: &str = "Last used";
/// A column.
pub const COLUMN_END: &str = "End";
/// The session that looks.
pub const THIS_ONE: &str = "This one";
/// Button.
pub const END: &str = "Sign out";
/// The same, for those who hear it.
pub fn end_of(what: &str) -> String {
    format!("Sign out {what}")
}
/// Button.
pub const EVERYWHERE: &str = "Sign out everywhere";
/// How somebody showed who they are.
pub const fn level(level: AuthLevel) -> &'static str {
    match level {
        AuthLevel::SecondFactor => "with the second step",
        AuthLevel::SingleSignOn => "by single sign-on",
        AuthLevel::Password => "by password",
        AuthLevel::Code | AuthLevel::Link => "by email",
        AuthLevel::Token => "by a token",
        AuthLevel::Local | AuthLevel::System => "on the server",
    }
}

/// A browser by what it calls itself: `Firefox on Windows`.
pub fn browser(user_agent: &str) -> String {
    let named = |names: &[(&str, &'static str)]| names.iter().find(|(mark, _)| user_agent.contains(mark)).map(|(_, name)| *name);
    let browser = named(&[
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS", "Firefox"),
        ("CriOS", "Chrome"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ]);
    let system = named(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("CrOS", "ChromeOS"),
        ("Mac OS", "Mac"),
        ("Linux", "Linux"),
    ]);
    match (browser, system) {
        (Some(browser), Some(system)) => format!("{browser} on {system}"),
        (Some(name), None) | (None, Some(name)) => name.to_owned(),
        (None, None) => "An unknown browser".to_owned(),
    }
}

// showing again who one is

/// The page that asks again.
pub const PROVE_TITLE: &str = "Confirm that it is you";
/// The page that asks again.
pub const PROVE_LEAD: &str =
    "What you are about to do weighs, so we ask once more. You will not be asked again for 15 minutes, and what you typed is kept.";
/// A box.
pub const PROVE_CODE: &str = "Or a code of your second step";
/// Button.
pub const PROVE_DO: &str = "Confirm";
/// Nothing to show it by.
pub const PROVE_BY_SIGN_IN: &str = "Sign out and sign in again to go on.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_browser_is_called_what_people_call_it() {
        for (agent, name) in [
            (
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/131.0.0.0 Safari/537.36 Edg/131.0",
                "Edge on Windows",
            ),
            (
                "Mozilla/5.0 (Macintosh; Intel Mac OS X 14_5) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Safari/605.1.15",
                "Safari on Mac",
            ),
            (
                "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) AppleWebKit/605.1.15 CriOS/126.0 Mobile Safari/604.1",
                "Chrome on iPhone",
            ),
            ("Mozilla/5.0 (X11; Linux x86_64; rv:130.0) Gecko/20100101 Firefox/130.0", "Firefox on Linux"),
            ("curl/8", "An unknown browser"),
        ] {
            assert_eq!(browser(agent), name);
        }
    }
}
