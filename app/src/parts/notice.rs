//! Something said about the page.

use leptos::prelude::*;

use super::Wording;

/// What a notice is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum NoticeKind {
    /// To know.
    #[default]
    Note,
    /// What was asked for is done.
    Done,
    /// Needs attention soon.
    Warning,
    /// Went wrong, or is refused.
    Problem,
}

impl NoticeKind {
    const fn code(self) -> &'static str {
        match self {
            Self::Note => "note",
            Self::Done => "done",
            Self::Warning => "warning",
            Self::Problem => "problem",
        }
    }

    const fn role(self) -> &'static str {
        match self {
            Self::Problem => "alert",
            Self::Note | Self::Done | Self::Warning => "status",
        }
    }
}

/// Something said about the page: a title, and more beneath it. Children are paragraphs.
#[component]
pub fn Notice(
    /// What it is.
    #[prop(optional)]
    kind: NoticeKind,
    /// The sentence itself.
    #[prop(optional, into)]
    title: Wording,
    /// What follows from it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="notice" data-kind=kind.code() role=kind.role()>
            {title.shown().map(|title| view! { <p class="notice-title">{title}</p> })}
            {children.map(|children| children())}
        </div>
    }
}
