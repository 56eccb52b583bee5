//! What everybody reads who comes from a mail: the way in, the way out, and where help is.

// the way in

/// The head of an invitation. It names who invites, and nothing of what for.
pub fn invited(firm: &str) -> String {
    format!("{firm} has something for you")
}

/// What an invitation asks for, and why.
pub fn invited_lead(masked_email: &str) -> String {
    format!("It is meant for you alone. To make sure that it is you, we email a code to {masked_email}.")
}

/// The one button of an invitation.
pub const MAIL_CODE: &str = "Email me a code";

/// Under that button.
pub const MAIL_CODE_NOTE: &str = "It arrives within a minute or two. Enter it in this same browser.";

/// When the address is no longer read.
pub fn other_address(firm: &str) -> String {
    format!("If you no longer read that address, or this is not for you, tell {firm}: see the foot of this page.")
}

/// The head of a link that opens nothing.
pub const LINK_OVER: &str = "This link no longer opens anything";

/// What to do about it.
pub fn link_over_lead(firm: &str) -> String {
    format!("A newer email from {firm} may have taken its place, or its time is over. Use the link in the newest email, or ask us.")
}

/// The head of the page that takes the code.
pub const CODE_TITLE: &str = "Enter the code from your email";

/// How long a code lives.
pub const CODE_LEAD: &str = "It works once, for ten minutes, in this browser.";

/// The label of the code.
pub const CODE: &str = "Code";

/// What helps with it.
pub const CODE_HINT: &str = "Type or paste it; spaces do not matter.";

/// Whether an approver's browser is not to be known from then on.
pub const SHARED: &str = "Do not remember this browser";

/// What that means.
pub const SHARED_HINT: &str =
    "Otherwise the next email to this address opens here without a code, for 30 days. Tick it on a device that others use.";

/// The button that opens.
pub const CODE_OPEN: &str = "Open";

/// The head over another code.
pub const CODE_AGAIN_TITLE: &str = "No email yet?";

/// What helps before another code.
pub const CODE_AGAIN_LEAD: &str = "Look in the junk folder too. A new code takes the place of the one before.";

/// The button that mails another.
pub const CODE_AGAIN: &str = "Email me another code";

/// A code that does not work: which of the reasons it is, is never said.
pub const CODE_WRONG: &str =
    "This code does not work. It may be mistyped, used already, or older than ten minutes. You can have another one below.";

/// No code was typed.
pub const CODE_EMPTY: &str = "Type the code that we emailed to you.";

/// Too many were asked for.
pub const CODE_NOT_MAILED: &str = "We could not email a code just now. Please try again in a few minutes.";

// the way out

/// The button that ends the session.
pub const LEAVE: &str = "Close this page on this device";

/// The head when the session is over.
pub const SESSION_OVER: &str = "This page is closed for now";

/// What to do then.
pub const SESSION_OVER_LEAD: &str = "For your safety it closes when you leave it or do not use it for a while. Nothing is lost: open the link in your email once more, and we email you a new code.";

/// The store is out of reach.
pub const UNAVAILABLE: &str = "We cannot show this page at the moment";

/// What to do then.
pub const UNAVAILABLE_LEAD: &str = "Nothing is lost. Please try again in a few minutes.";

/// There is no such page.
pub const NOT_FOUND: &str = "There is no such page";

/// What to do then.
pub const NOT_FOUND_LEAD: &str = "It may have moved. The link in your email always leads to the right place.";

/// A form did not reach the desk.
pub const NOT_REACHED: &str = "That did not reach us. Nothing was changed; please try again in a moment.";
/// What was typed into some boxes does not read.
pub const MARKED: &str = "Nothing was recorded yet. Please look at what is marked below, and send it again.";

// help, in the same place on every page

/// Before the ways to reach the firm.
pub fn help(firm: &str) -> String {
    format!("Help from {firm}:")
}
