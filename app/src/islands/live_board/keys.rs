//! Walking through the board by keys. Keys of one letter can be turned off, and are not heard while something is typed.

use leptos::prelude::{document, window};
use wasm_bindgen::{JsCast, closure::Closure};
use web_sys::{Element, HtmlDialogElement, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::{
    page::{self, part},
    panel,
};

/// Where the browser remembers that the keys are off.
const KEPT: &str = "countersign.keys";

/// Begins to listen.
pub(super) fn begin() {
    let pressed = Closure::<dyn FnMut(KeyboardEvent)>::new(pressed);
    let _ = document().add_event_listener_with_callback("keydown", pressed.as_ref().unchecked_ref());
    pressed.forget(); // as long as the page
    if let Some(choice) = part("board-keys-on").and_then(|choice| choice.dyn_into::<HtmlInputElement>().ok()) {
        choice.set_checked(are_on());
        let turned = Closure::<dyn FnMut()>::new({
            let choice = choice.clone();
            move || turn(choice.checked())
        });
        choice.set_onchange(Some(turned.as_ref().unchecked_ref()));
        turned.forget();
    }
    if let Some(button) = part("board-keys-open") {
        let help = Closure::<dyn FnMut()>::new(help);
        button.set_onclick(Some(help.as_ref().unchecked_ref()));
        help.forget();
    }
}

fn are_on() -> bool {
    let kept = window().local_storage().ok().flatten().and_then(|kept| kept.get_item(KEPT).ok().flatten());
    kept.as_deref() != Some("off")
}

fn turn(on: bool) {
    // a browser that keeps nothing asks again next time
    if let Some(kept) = window().local_storage().ok().flatten() {
        let _ = if on { kept.remove_item(KEPT) } else { kept.set_item(KEPT, "off") };
    }
}

fn help() {
    if let Some(dialog) = part("board-keys").and_then(|dialog| dialog.dyn_into::<HtmlDialogElement>().ok()) {
        // an error means that it is open already
        let _ = dialog.show_modal();
    }
}

fn pressed(event: KeyboardEvent) {
    let focused = document().active_element();
    if event.default_prevented() || event.is_composing() || event.ctrl_key() || event.meta_key() || event.alt_key() {
        return;
    }
    let in_dialog = focused.as_ref().is_some_and(|element| element.closest("dialog").ok().flatten().is_some());
    if in_dialog || focused.as_ref().is_some_and(is_typed_into) {
        return;
    }
    let key = event.key();
    let on_line = focused.as_ref().and_then(page::line_of).is_some();
    let done = match key.as_str() {
        "Escape" if panel::is_open() => {
            panel::close();
            true
        }
        "ArrowDown" if on_line => step(1),
        "ArrowUp" if on_line => step(-1),
        "ArrowRight" if on_line => aside(1),
        "ArrowLeft" if on_line => aside(-1),
        " " if on_line => peek(),
        _ if !are_on() => false,
        "j" => step(1),
        "k" => step(-1),
        "p" => peek(),
        "/" => search(),
        "?" => {
            help();
            true
        }
        _ => false,
    };
    if done {
        event.prevent_default();
    }
}

fn is_typed_into(element: &Element) -> bool {
    matches!(element.local_name().as_str(), "input" | "textarea" | "select")
        || element.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable)
}

/// The line at hand: the one that is shown beside the board, else the one with the focus.
fn here() -> Option<HtmlElement> {
    panel::shown().or_else(|| document().active_element().as_ref().and_then(page::line_of))
}

/// Goes so many lines on; from nowhere to the first.
fn step(by: isize) -> bool {
    let lines = page::lines();
    let at = here().and_then(|here| lines.iter().position(|line| *line == here));
    let to = match at {
        Some(at) => at.checked_add_signed(by),
        None => Some(0),
    };
    go(to.and_then(|to| lines.get(to)))
}

/// Goes to the same place of the next column that has one, or to its last.
fn aside(by: isize) -> bool {
    let Some(here) = here() else { return false };
    let columns: Vec<Vec<HtmlElement>> = columns().into_iter().filter(|lines| !lines.is_empty()).collect();
    let at = columns.iter().enumerate().find_map(|(column, lines)| Some((column, lines.iter().position(|line| *line == here)?)));
    let Some((column, row)) = at else { return false };
    let lines = column.checked_add_signed(by).and_then(|column| columns.get(column));
    go(lines.and_then(|lines| lines.get(row).or_else(|| lines.last())))
}

fn columns() -> Vec<Vec<HtmlElement>> {
    let Ok(columns) = document().query_selector_all("#board .board-column") else { return Vec::new() };
    let columns = (0..columns.length()).filter_map(|place| columns.item(place));
    let lines = page::lines();
    columns.map(|column| lines.iter().filter(|line| column.contains(Some(line.as_ref()))).cloned().collect()).collect()
}

fn go(line: Option<&HtmlElement>) -> bool {
    let Some(line) = line else { return false };
    if panel::is_open() {
        panel::open(line);
    } else {
        page::focus(line);
    }
    true
}

fn peek() -> bool {
    match here() {
        Some(line) => {
            panel::open(&line);
            true
        }
        None => false,
    }
}

fn search() -> bool {
    let Some(search) = part("board-filter").and_then(|form| form.query_selector("input[type=search]").ok().flatten()) else {
        return false;
    };
    search.dyn_into::<HtmlElement>().is_ok_and(|search| search.focus().is_ok())
}
