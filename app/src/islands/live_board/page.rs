//! The page in the browser: finding its parts, asking the server for it again, and changing only what differs.

use leptos::prelude::document;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, FocusOptions, HtmlElement};

use crate::islands::fetched::this_page;

/// Part of the page by its id.
pub(super) fn part(id: &str) -> Option<HtmlElement> {
    document().get_element_by_id(id)?.dyn_into().ok()
}

/// Shows what is of use with script only.
pub(super) fn awake() {
    if let Some(foot) = part("board-foot") {
        foot.set_hidden(false);
    }
}

/// Says something to a screen reader, once the reader has a moment.
pub(super) fn say(text: &str) {
    if let Some(said) = part("board-said") {
        said.set_text_content(Some(text));
    }
}

/// Every line of an offer on the page, in the order of the page.
pub(super) fn lines() -> Vec<HtmlElement> {
    let Ok(found) = document().query_selector_all("#board [data-offer]") else { return Vec::new() };
    (0..found.length()).filter_map(|place| found.item(place)?.dyn_into().ok()).collect()
}

/// The line that something stands in.
pub(super) fn line_of(element: &Element) -> Option<HtmlElement> {
    element.closest("[data-offer]").ok()??.dyn_into().ok()
}

/// The offer of a line.
pub(super) fn offer_of(line: &HtmlElement) -> Option<String> {
    line.get_attribute("data-offer")
}

/// Puts the focus on the link of a line.
pub(super) fn focus(line: &HtmlElement) {
    if let Some(link) = line.query_selector("a").ok().flatten().and_then(|link| link.dyn_into::<HtmlElement>().ok()) {
        // an error means that it has gone meanwhile
        let _ = link.focus();
        line.scroll_into_view_with_bool(false);
    }
}

/// Asks for this page again and changes what differs. Answers whether it could.
pub(super) async fn refresh() -> bool {
    let Some(fetched) = this_page().await else { return false };
    let (Some(new), Some(old)) = (fetched.get_element_by_id("board"), document().get_element_by_id("board")) else { return false };
    let focused = document().active_element().filter(|element| old.contains(Some(element)));
    let line = focused.as_ref().and_then(line_of).map(|line| line.id());
    differ(&old, &new);
    // a line that moved has lost the focus on its way
    let lost = document().active_element().is_none_or(|element| element.local_name() == "body");
    if lost
        && let Some(line) = line.and_then(|line| part(&line))
        && let Some(link) = line.query_selector("a").ok().flatten().and_then(|link| link.dyn_into::<HtmlElement>().ok())
    {
        let stay = FocusOptions::new();
        stay.set_prevent_scroll(true);
        let _ = link.focus_with_options(&stay);
    }
    true
}

/// What tells a child from its sisters: its id, or that of what it holds.
fn key(element: &Element) -> String {
    let own = element.id();
    if own.is_empty() { element.first_element_child().map(|child| child.id()).unwrap_or_default() } else { own }
}

fn children(element: &Element) -> Vec<Element> {
    let children = element.children();
    (0..children.length()).filter_map(|place| children.item(place)).collect()
}

/// Whether an element holds nothing but elements: only then its children are told apart.
fn holds_elements_only(element: &Element) -> bool {
    let nodes = element.child_nodes();
    let is_blank = |text: Option<String>| text.is_none_or(|text| text.trim().is_empty());
    element.child_element_count() > 0
        && (0..nodes.length())
            .filter_map(|place| nodes.item(place))
            .all(|node| node.node_type() != web_sys::Node::TEXT_NODE || is_blank(node.text_content()))
}

/// Gives an element everything that another one holds, as it was read: nothing becomes markup here.
pub(super) fn take_over(old: &Element, new: &Element) {
    old.set_text_content(None);
    while let Some(node) = new.first_child() {
        // a node that cannot be moved would stay the first for ever
        if old.append_child(&node).is_err() {
            return;
        }
    }
}

/// Changes an element to be as another one, and touches nothing in it that is the same.
fn differ(old: &Element, new: &Element) {
    if old.is_equal_node(Some(new)) {
        return;
    }
    attributes(old, new);
    if !(holds_elements_only(old) && holds_elements_only(new)) {
        take_over(old, new);
        return;
    }
    let mut known = children(old);
    let mut before: Option<Element> = None;
    for wanted in children(new) {
        let same = |child: &Element| child.local_name() == wanted.local_name() && key(child) == key(&wanted);
        let kept = known.iter().position(same).map(|place| known.remove(place));
        let here = match kept {
            Some(kept) => {
                differ(&kept, &wanted);
                kept
            }
            None => match document().import_node_with_deep(&wanted, true).ok().and_then(|node| node.dyn_into().ok()) {
                Some(made) => made,
                None => continue,
            },
        };
        put_after(old, before.as_ref(), &here);
        before = Some(here);
    }
    known.iter().for_each(Element::remove);
}

/// Puts a child behind another one; what stands there already stays, and keeps the focus.
fn put_after(parent: &Element, before: Option<&Element>, child: &Element) {
    let next = match before {
        Some(before) => before.next_element_sibling(),
        None => parent.first_element_child(),
    };
    if next.as_ref() != Some(child) {
        let _ = parent.insert_before(child, next.as_ref().map(AsRef::as_ref));
    }
}

fn attributes(old: &Element, new: &Element) {
    for name in old.get_attribute_names().iter().filter_map(|name: JsValue| name.as_string()) {
        if !new.has_attribute(&name) {
            let _ = old.remove_attribute(&name);
        }
    }
    for name in new.get_attribute_names().iter().filter_map(|name: JsValue| name.as_string()) {
        if let Some(value) = new.get_attribute(&name)
            && old.get_attribute(&name).as_ref() != Some(&value)
        {
            let _ = old.set_attribute(&name, &value);
        }
    }
}
