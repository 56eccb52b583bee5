//! Showing a password while it is typed: on a phone nobody sees what a thumb hits.
#![expect(missing_docs, reason = "the macro makes a struct of an island and leaves its words to the function")]

use leptos::prelude::*;

use crate::words::en::parts as words;

/// A button that shows what is typed into the box `of`, and hides it again. It is not there while no script is awake. What is sent is always sent
/// out of a box for passwords, so that no browser remembers it as text.
#[island]
pub fn ShowPassword(of: String) -> impl IntoView {
    let (awake, shown) = (RwSignal::new(false), RwSignal::new(false));
    let id = of.clone();
    Effect::new(move || awake.set(begin(&of, shown)));
    view! {
        <button
            class="button show-password" data-kind="quiet" type="button" hidden=move || !awake.get()
            aria-pressed=move || if shown.get() { "true" } else { "false" } aria-controls=id
            on:click=move |_| shown.update(|shown| *shown = !*shown)
        >
            {words::SHOW_PASSWORD}
        </button>
    }
}

/// Lets the box follow the button; whether there is such a box.
#[cfg(target_arch = "wasm32")]
fn begin(of: &str, shown: RwSignal<bool>) -> bool {
    use wasm_bindgen::{JsCast, closure::Closure};
    use web_sys::HtmlInputElement;

    let Some(password) = document().get_element_by_id(of).and_then(|found| found.dyn_into::<HtmlInputElement>().ok()) else { return false };
    if let Some(form) = password.form() {
        let hides = Closure::<dyn FnMut()>::new({
            let password = password.clone();
            move || {
                password.set_type("password");
                shown.set(false);
            }
        });
        let _ = form.add_event_listener_with_callback("submit", hides.as_ref().unchecked_ref());
        hides.forget(); // as long as the page
    }
    // nothing that a browser looks up elsewhere
    let _ = password.set_attribute("spellcheck", "false");
    let _ = password.set_attribute("autocapitalize", "none");
    Effect::new(move || password.set_type(if shown.get() { "text" } else { "password" }));
    true
}

/// Only a browser has somebody who types.
#[cfg(not(target_arch = "wasm32"))]
const fn begin(_: &str, _: RwSignal<bool>) -> bool {
    false
}
