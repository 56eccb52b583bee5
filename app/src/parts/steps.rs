//! How far a form of several steps has come.

use leptos::prelude::*;

/// How a step of a form stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Everything in it is answered.
    Done,
    /// The one on the page.
    Current,
    /// Something in it is still open.
    Todo,
    /// Something in it must be mended.
    Problem,
}

impl StepState {
    const fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Current => "current",
            Self::Todo => "todo",
            Self::Problem => "problem",
        }
    }
}

/// One step of a form, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepLink {
    /// Its address; `None` when it cannot be reached yet.
    pub href: Option<String>,
    /// Its name.
    pub name: String,
    /// How it stands.
    pub state: StepState,
    /// How it stands in words, as "2 to mend".
    pub note: Option<String>,
}

/// How far a form of several steps has come.
#[component]
pub fn Steps(
    /// The name of this navigation, for a screen reader.
    #[prop(into)]
    label: String,
    /// The steps, in order.
    steps: Vec<StepLink>,
) -> impl IntoView {
    view! { <nav aria-label=label><ol class="steps">{steps.into_iter().map(step).collect_view()}</ol></nav> }
}

fn step(StepLink { href, name, state, note }: StepLink) -> impl IntoView {
    let current = (state == StepState::Current).then_some("step");
    let link = match href {
        Some(href) => view! { <a href=href aria-current=current><span class="steps-name">{name}</span></a> }.into_any(),
        None => view! { <span class="steps-name" aria-current=current>{name}</span> }.into_any(),
    };
    view! {
        <li class="steps-item" data-state=state.code()>
            {link}
            {note.map(|note| view! { " "<span class="steps-note">{note}</span> })}
        </li>
    }
}
