//! Clicks on links, and which of them are a page's to answer.

use wasm_bindgen::JsCast;
use web_sys::{Element, Event, MouseEvent};

/// What was clicked, unless the click asks the browser for more than to go there: another button, or a key that opens a window or a file.
pub(super) fn plainly_clicked(event: &Event) -> Option<Element> {
    let mouse = event.dyn_ref::<MouseEvent>()?;
    let plain = mouse.button() == 0 && !(mouse.ctrl_key() || mouse.meta_key() || mouse.shift_key() || mouse.alt_key());
    event.target().filter(|_| plain)?.dyn_into().ok()
}
