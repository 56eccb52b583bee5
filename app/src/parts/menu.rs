//! A menu that opens without script.

use leptos::prelude::*;

/// One line of a menu.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MenuItem {
    /// Leads somewhere.
    Link {
        /// Where.
        href: String,
        /// What is there.
        text: String,
    },
    /// Does something: a form of one button, for no link acts.
    Act {
        /// Where the form is posted.
        action: String,
        /// What it does.
        text: String,
    },
}

/// A menu that opens without script.
#[component]
pub fn Menu(
    /// What opens it.
    #[prop(into)]
    text: String,
    /// Its lines.
    items: Vec<MenuItem>,
) -> impl IntoView {
    view! {
        <details class="menu">
            <summary class="menu-open">{text}</summary>
            <ul class="menu-list">{items.into_iter().map(line).collect_view()}</ul>
        </details>
    }
}

fn line(item: MenuItem) -> impl IntoView {
    let inner = match item {
        MenuItem::Link { href, text } => view! { <a href=href>{text}</a> }.into_any(),
        MenuItem::Act { action, text } => {
            view! { <form method="post" action=action><button type="submit">{text}</button></form> }.into_any()
        }
    };
    view! { <li class="menu-item">{inner}</li> }
}
