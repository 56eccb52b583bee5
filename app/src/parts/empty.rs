//! Nothing here, why, and what to do.

use leptos::prelude::*;

use super::Wording;

/// Stands where a list would stand.
#[component]
pub fn Empty(
    /// What there is none of.
    #[prop(into)]
    title: String,
    /// Why, and what would bring something here.
    #[prop(optional, into)]
    text: Wording,
    /// A button that does it.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="empty">
            <h2 class="empty-title">{title}</h2>
            {text.shown().map(|text| view! { <p class="empty-text">{text}</p> })}
            {children.map(|children| children())}
        </div>
    }
}
