//! A form that is posted.

use leptos::prelude::*;

/// A form that is posted to a server function. Children are its fields and buttons.
#[component]
pub fn Form(
    /// Its key on the page, which is also its id: letters, digits, `-` and `_`.
    #[prop(into)]
    key: String,
    /// The address of its server function, as `/api/offers/approve`.
    #[prop(into)]
    action: String,
    /// Made when the page was rendered, so that the same form sent twice is one act.
    #[prop(into)]
    once: String,
    /// What is sent along unseen: name and value.
    #[prop(optional)]
    hidden: Vec<(&'static str, String)>,
    /// Fields and buttons.
    children: Children,
) -> impl IntoView {
    let id = key.clone();
    // two forms of one page are two acts
    let once = format!("{once}-{key}");
    let hidden = hidden.into_iter().map(|(name, value)| view! { <input type="hidden" name=name value=value/> });
    view! {
        // the browser stops nobody: what is wrong is said in words, with everything typed kept
        <form class="stack" id=id method="post" action=action novalidate>
            <input type="hidden" name="form" value=key/>
            <input type="hidden" name="once" value=once/>
            {hidden.collect_view()}
            {children()}
        </form>
    }
}
