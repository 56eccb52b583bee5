//! Buttons, and links that look like them.

use leptos::prelude::*;

use super::Wording;

/// How much a button weighs.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ButtonKind {
    /// One of several ways.
    #[default]
    Plain,
    /// What the page is for: one on a page.
    Primary,
    /// A way aside; looks like a link.
    Quiet,
    /// What cannot be taken back.
    Stop,
}

impl ButtonKind {
    const fn code(self) -> &'static str {
        match self {
            Self::Plain => "plain",
            Self::Primary => "primary",
            Self::Quiet => "quiet",
            Self::Stop => "stop",
        }
    }
}

/// A button that sends its form; with `name` and `value` the form says which button it was.
#[component]
pub fn Button(
    /// What it does, as a verb.
    #[prop(into)]
    text: String,
    /// How much it weighs.
    #[prop(optional)]
    kind: ButtonKind,
    /// For a candidate's own decisions: at least 44 px high.
    #[prop(optional)]
    large: bool,
    /// The name under which its value is sent.
    #[prop(optional, into)]
    name: Wording,
    /// What is sent under that name.
    #[prop(optional, into)]
    value: Wording,
    /// Another address than that of the form.
    #[prop(optional, into)]
    formaction: Wording,
    /// Sends the form without the browser's own checks, as "back" and "save" do.
    #[prop(optional)]
    unchecked: bool,
    /// Not to be pressed now; the page says why beside it.
    #[prop(optional)]
    disabled: bool,
) -> impl IntoView {
    view! {
        <button
            class="button"
            data-kind=kind.code()
            data-size=large.then_some("large")
            type="submit"
            name=name.shown()
            value=value.shown()
            formaction=formaction.shown()
            formnovalidate=unchecked
            disabled=disabled
        >
            {text}
        </button>
    }
}

/// A link that looks like a button: it leads somewhere and changes nothing.
#[component]
pub fn LinkButton(
    /// Where it leads.
    #[prop(into)]
    href: String,
    /// What is there.
    #[prop(into)]
    text: String,
    /// How much it weighs.
    #[prop(optional)]
    kind: ButtonKind,
    /// For a candidate's own decisions: at least 44 px high.
    #[prop(optional)]
    large: bool,
    /// The step of the page that it opens where script runs.
    #[prop(optional, into)]
    opens: Wording,
    /// It leads back from a step.
    #[prop(optional)]
    back: bool,
) -> impl IntoView {
    view! {
        <a
            class="button"
            href=href
            data-kind=kind.code()
            data-size=large.then_some("large")
            data-opens=opens.shown()
            data-back=back.then_some("answer")
        >
            {text}
        </a>
    }
}

/// Buttons beside each other; the first is the one meant.
#[component]
pub fn ButtonRow(
    /// The full width on a phone.
    #[prop(optional)]
    wide: bool,
    /// The buttons.
    children: Children,
) -> impl IntoView {
    view! { <div class="button-row" data-wide=wide.then_some("")>{children()}</div> }
}
