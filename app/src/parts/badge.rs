//! A short mark beside a name.

use leptos::prelude::*;

/// What a badge is about; its word always stands in it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BadgeKind {
    /// Nothing in particular.
    #[default]
    Plain,
    /// Terms or routing outside the standard.
    Exception,
    /// Over its time.
    Late,
    /// Not seen before.
    New,
    /// The letter is held.
    Held,
}

impl BadgeKind {
    const fn code(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Exception => "exception",
            Self::Late => "late",
            Self::New => "new",
            Self::Held => "held",
        }
    }
}

/// A short mark beside a name.
#[component]
pub fn Badge(
    /// The word in it.
    #[prop(into)]
    text: String,
    /// What it is about.
    #[prop(optional)]
    kind: BadgeKind,
) -> impl IntoView {
    view! { <span class="badge" data-kind=kind.code()>{text}</span> }
}
