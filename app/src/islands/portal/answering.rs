//! The place where a candidate answers.
#![expect(missing_docs, reason = "the macro makes a struct of an island and leaves its words to the function")]

use leptos::prelude::*;
use offer::acceptance::Standing;
use offer::moment::Moment;

/// Around the candidate's forms: shows them as steps of the one page, says at once what the server would refuse, counts down the time left.
/// What it acts on stands in the markup: `data-step` names a step, `data-opens` leads to one, `data-back` leads back, `data-rest` gives way to an
/// open step, `data-left` says the time left and `data-over` that it is over. Without script all of it is plain pages and forms.
#[island]
pub fn Answering(
    /// What the candidate may do.
    standing: Standing,
    /// When the page was made, by the clock of the server.
    now: Moment,
    /// The forms.
    children: Children,
) -> impl IntoView {
    let place = NodeRef::<leptos::html::Div>::new();
    Effect::new(move || {
        if let Some(place) = place.get() {
            begin(&place, &standing, now);
        }
    });
    view! { <div class="answering" node_ref=place>{children()}</div> }
}

#[cfg(target_arch = "wasm32")]
use super::in_browser::begin;

/// Only a browser has steps to show.
#[cfg(not(target_arch = "wasm32"))]
const fn begin(_: &leptos::web_sys::HtmlDivElement, _: &Standing, _: Moment) {}
