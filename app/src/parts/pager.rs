//! The way through a long list.

use leptos::prelude::*;

use super::Wording;
use crate::words::en::parts as words;

/// The way through a long list; nothing when there is only one page of it.
#[component]
pub fn Pager(
    /// The name of this navigation, for a screen reader.
    #[prop(into)]
    label: String,
    /// Which part of the list is shown, as "1 to 50 of 200+".
    #[prop(into)]
    shown: String,
    /// Address of the part before.
    #[prop(optional, into)]
    previous: Wording,
    /// Address of the part after.
    #[prop(optional, into)]
    next: Wording,
) -> impl IntoView {
    (!(previous.is_absent() && next.is_absent())).then(|| {
        view! {
            <nav class="pager" aria-label=label>
                <span class="pager-where">{shown}</span>
                <span class="pager-links">
                    {previous.shown().map(|href| view! { <a class="pager-link" rel="prev" href=href>{words::EARLIER}</a> })}
                    {next.shown().map(|href| view! { <a class="pager-link" rel="next" href=href>{words::LATER}</a> })}
                </span>
            </nav>
        }
    })
}
