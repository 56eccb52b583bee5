//! What the staff's pages say by themselves.

/// The main navigation.
pub const OFFERS: &str = "Offers";
/// The main navigation.
pub const OPENINGS: &str = "Openings";
/// The main navigation.
pub const NEW_OFFER: &str = "New offer";
/// Ends the session.
pub const SIGN_OUT: &str = "Sign out";
/// The banner of a rehearsal.
pub const REHEARSAL: &str = "This is a rehearsal: the clock is set by hand and no mail leaves this machine.";
/// The foot of every page.
pub const FOOT: &str = concat!("Countersign ", env!("CARGO_PKG_VERSION"));

/// Title and button of the sign-in.
pub const SIGN_IN: &str = "Sign in";
/// In place of a page.
pub const SIGN_IN_FIRST: &str = "Sign in to read this page.";
/// A box of the sign-in.
pub const EMAIL: &str = "Email";
/// A box of the sign-in.
pub const PASSWORD: &str = "Password";
/// A refused sign-in.
pub const NOT_SIGNED_IN: &str = "You are not signed in.";
/// A refused sign-in.
pub const NOT_SIGNED_IN_WHY: &str =
    "Email and password do not go together, or your session has ended. Try again. After several tries this takes longer.";

/// Joining by a one-time link.
pub const JOIN: &str = "Join";
/// Joining by a one-time link.
pub const JOIN_LEAD: &str = "Choose a password. The link works once.";
/// Joining by a one-time link.
pub const JOIN_AS: &str = "You sign in with";
/// The set-up of an empty store.
pub const SET_UP: &str = "Set up";
/// The set-up of an empty store.
pub const SET_UP_LEAD: &str = "You are the first administrator. The link works once.";
/// A box of the set-up.
pub const YOUR_NAME: &str = "Your name";
/// A box of the set-up.
pub const NEW_PASSWORD: &str = "New password";
/// Help for a box of the set-up.
pub const NEW_PASSWORD_HINT: &str = "At least 12 characters. A few words are easier to remember than signs.";
/// Button.
pub const JOIN_DO: &str = "Save and sign in";
/// A spent link.
pub const LINK_SPENT: &str = "This link does not work any more.";
/// A spent link.
pub const LINK_SPENT_WHY: &str = "It was used already, or its time is over. Ask an administrator for a new one.";

/// No such page.
pub const NOT_FOUND: &str = "Not found";
/// No such page.
pub const NOT_FOUND_WHY: &str = "There is nothing at this address, or it is not yours to see.";
/// The store is out of reach.
pub const UNAVAILABLE: &str = "Not available right now";
/// The store is out of reach.
pub const UNAVAILABLE_WHY: &str = "The desk cannot be reached. Nothing was lost. Wait a moment and load the page again.";
/// Not allowed.
pub const FORBIDDEN: &str = "Not for you to see";
/// Refused.
pub const NOT_NOW: &str = "Not possible now";
/// Refused.
pub const NOT_READABLE: &str = "What was sent cannot be read.";
/// A way out.
pub const TO_OFFERS: &str = "To the list of offers";
/// A form was refused.
pub const NOT_DONE: &str = "Nothing was changed.";
/// A form was lost.
pub const LOST_WHY: &str = "The form could not be taken in just now. Try it again; if it happens once more, wait a moment.";
