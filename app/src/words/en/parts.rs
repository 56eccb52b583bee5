//! The few words that the shared parts say by themselves.

/// Beside the label of a question that must be answered.
pub const REQUIRED: &str = "required";

/// The first link of every page.
pub const SKIP: &str = "Skip to the content";

/// The name of the main navigation, for a screen reader.
pub const NAVIGATION: &str = "Main";

/// The name of the banner of a rehearsal, for a screen reader.
pub const REHEARSAL: &str = "Rehearsal";

/// The choice that stands for no choice.
pub const CHOOSE: &str = "Choose";

/// What a term without a value says in a comparison.
pub const NOTHING: &str = "none";

/// Before the former value, for a screen reader.
pub const FROM: &str = "from";

/// Before the new value, for a screen reader.
pub const TO: &str = "to";

/// Beside a term that changed, for a screen reader.
pub const CHANGED: &str = "changed";

/// Beside a term that is not there yet, or must be mended, for a screen reader.
pub const TO_MEND: &str = "to mend";

/// Before the number of a letter, in its foot.
pub const DOCUMENT: &str = "Document";

/// The link to the page before, in a list.
pub const EARLIER: &str = "Back";

/// The link to the page after, in a list.
pub const LATER: &str = "More";

/// The name of a table of terms, for a screen reader.
pub fn term_by_term(title: &str) -> String {
    format!("{title}, term by term")
}

/// The head of the list of problems in a form.
pub fn problems(count: usize) -> String {
    match count {
        1 => String::from("One answer needs another look"),
        several => format!("{several} answers need another look"),
    }
}

/// A button beside a box for a password; pressed while it is shown.
pub const SHOW_PASSWORD: &str = "Show password";
