//! The panel beside the board, which shows an offer in short.

use std::cell::RefCell;

use leptos::prelude::document;
use wasm_bindgen::{JsCast, closure::Closure};
use wasm_bindgen_futures::spawn_local;
use web_sys::{Event, HtmlElement};

use super::page::{self, part};
use crate::islands::click::plainly_clicked;
use crate::islands::fetched::fetch;

thread_local! {
    /// The id of the line whose offer is shown, to go back to.
    static SHOWN: RefCell<Option<String>> = const { RefCell::new(None) };
}

/// Lets the panel be opened by its links and closed by its button.
pub(super) fn begin() {
    let opened = Closure::<dyn FnMut(Event)>::new(|event: Event| {
        let link = plainly_clicked(&event).and_then(|target| target.closest(".board-card-peek").ok().flatten());
        if let Some(line) = link.as_ref().and_then(page::line_of) {
            event.prevent_default();
            open(&line);
        }
    });
    let _ = document().add_event_listener_with_callback("click", opened.as_ref().unchecked_ref());
    opened.forget(); // as long as the page
    if let Some(button) = part("preview-close") {
        let closed = Closure::<dyn FnMut()>::new(close);
        button.set_onclick(Some(closed.as_ref().unchecked_ref()));
        closed.forget();
    }
}

/// Whether it is open.
pub(super) fn is_open() -> bool {
    part("preview").is_some_and(|panel| !panel.hidden())
}

/// The line whose offer is shown.
pub(super) fn shown() -> Option<HtmlElement> {
    SHOWN.with_borrow(Clone::clone).and_then(|id| part(&id)).filter(|_| is_open())
}

/// Shows the offer of a line, and takes the focus there.
pub(super) fn open(line: &HtmlElement) {
    let Some(offer) = page::offer_of(line) else { return };
    mark(Some(line));
    SHOWN.set(Some(line.id()));
    spawn_local(async move {
        let Some(fetched) = fetch(&format!("/offers/{offer}/preview"), false).await else {
            // whatever stands in the way, the offer's own page says it
            let _ = leptos::prelude::window().location().set_href(&format!("/offers/{offer}"));
            return;
        };
        let (Some(body), Some(here), Some(panel)) = (fetched.get_element_by_id("preview-body"), part("preview-here"), part("preview"))
        else {
            return;
        };
        page::take_over(&here, &body);
        panel.set_hidden(false);
        panel.set_scroll_top(0);
        let _ = panel.focus();
    });
}

/// Closes it and goes back to where it was opened.
pub(super) fn close() {
    if let Some(panel) = part("preview") {
        panel.set_hidden(true);
    }
    mark(None);
    if let Some(line) = SHOWN.take().and_then(|id| part(&id)) {
        page::focus(&line);
    }
}

/// Marks the line whose offer is shown.
fn mark(line: Option<&HtmlElement>) {
    for other in page::lines() {
        let _ = other.remove_attribute("data-here");
    }
    if let Some(line) = line {
        let _ = line.set_attribute("data-here", "");
    }
}
