//! The head of a page.

use leptos::prelude::*;

use super::Wording;

/// One step of the way that leads to a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Crumb {
    /// Where it leads; `None` for a plain word, as the requisition's number.
    pub href: Option<String>,
    /// What is there.
    pub text: String,
}

/// The head of a page: the way here, its name, a sentence, and at the side where it stands. Children are the side.
#[component]
pub fn PageHead(
    /// The name of the page, its only `h1`.
    #[prop(into)]
    title: String,
    /// The way that leads here.
    #[prop(optional)]
    trail: Vec<Crumb>,
    /// A sentence under the title.
    #[prop(optional, into)]
    lead: Wording,
    /// Status, badges, actions.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let trail = (!trail.is_empty()).then(|| {
        let crumbs = trail.into_iter().enumerate().map(|(place, Crumb { href, text })| {
            let apart = (place > 0).then_some(" / ");
            let crumb = match href {
                Some(href) => view! { <a href=href>{text}</a> }.into_any(),
                None => text.into_any(),
            };
            view! { {apart}{crumb} }
        });
        view! { <p class="page-head-kicker">{crumbs.collect_view()}</p> }
    });
    view! {
        <header class="page-head">
            {trail}
            <h1 class="page-head-title">{title}</h1>
            {lead.shown().map(|lead| view! { <p class="page-head-lead">{lead}</p> })}
            {children.map(|side| view! { <div class="page-head-side">{side()}</div> })}
        </header>
    }
}
