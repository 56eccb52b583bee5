//! The intake while somebody types: what is wrong beside each field, how the offer stands, and every change saved by itself.
//!
//! The same functions of `offer` make the first paint on the server and everything after it in the browser.

#[cfg(target_arch = "wasm32")]
mod in_browser;
#[cfg(target_arch = "wasm32")]
mod keeper;
pub mod panel;
pub mod place;
#[cfg(target_arch = "wasm32")]
mod ways;

pub use panel::Panel;
pub use place::{LiveIntake, SaveState};

use crate::words::en::intake as words;

/// Whether what was typed is kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Keeping {
    /// Nobody saves by itself: there is no script, or it is not awake yet.
    #[default]
    Asleep,
    /// Nothing was changed yet.
    Untouched,
    /// Something is new, and a save of it is under way or about to be.
    Saving,
    /// Everything is kept.
    Saved,
    /// The server is away. `going_on` when somebody wants to leave the page.
    Retrying {
        /// Whether the page leads on once it is saved.
        going_on: bool,
    },
    /// The session has ended.
    SignedOut,
    /// The draft takes nothing any more.
    NotTaken,
    /// Somebody else wrote the same field, and nobody has chosen yet.
    Undecided,
}

impl Keeping {
    /// Its code, for the style.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Asleep | Self::Untouched => "untouched",
            Self::Saving => "saving",
            Self::Saved => "saved",
            Self::Retrying { .. } | Self::SignedOut | Self::NotTaken | Self::Undecided => "unsaved",
        }
    }

    /// What it says.
    pub const fn said(self) -> &'static str {
        match self {
            Self::Asleep => "",
            Self::Untouched => words::SAVES_ITSELF,
            Self::Saving => words::SAVING,
            Self::Saved => words::SAVED,
            Self::Retrying { going_on: false } => words::RETRYING,
            Self::Retrying { going_on: true } => words::RETRYING_THEN_ON,
            Self::SignedOut => words::SIGNED_OUT,
            Self::NotTaken => words::NOT_TAKEN,
            Self::Undecided => words::DECIDE_FIRST,
        }
    }
}
