//! A part of a page under its own heading.

use leptos::prelude::*;

use super::Wording;

/// A part of a page under its own heading, which names it for a screen reader.
#[component]
pub fn Section(
    /// Unique on the page; a link can lead to it.
    #[prop(into)]
    id: String,
    /// The heading.
    #[prop(into)]
    title: String,
    /// A sentence under the heading.
    #[prop(optional, into)]
    lead: Wording,
    /// What it holds.
    children: Children,
) -> impl IntoView {
    let title_id = format!("{id}-title");
    let named_by = title_id.clone();
    view! {
        <section class="section" id=id aria-labelledby=named_by>
            <div class="section-head"><h2 id=title_id>{title}</h2></div>
            {lead.shown().map(|lead| view! { <p class="section-lead">{lead}</p> })}
            {children()}
        </section>
    }
}
