//! Where an offer stands.

use leptos::prelude::*;

/// Where an offer stands: the word, and a shape of its own by the style.
#[component]
pub fn Status(
    /// The status's code in the model, as `in_review`.
    #[prop(into)]
    state: String,
    /// The status, in words.
    #[prop(into)]
    text: String,
    /// In the head of a page.
    #[prop(optional)]
    large: bool,
) -> impl IntoView {
    view! { <span class="status" data-state=state data-size=large.then_some("large")>{text}</span> }
}
