//! What every page keeps, whoever wrote it: it can be named, read in order, and filled by somebody who sees nothing of it.

use std::collections::BTreeSet;

use crate::html::Element;

/// Everything that is wrong with the bones of a page.
#[must_use]
pub fn faults(document: &Element) -> Vec<String> {
    let mut faults = Vec::new();
    if document.first("html").and_then(|html| html.attribute("lang")).is_none_or(str::is_empty) {
        faults.push("the page names no language".to_owned());
    }
    if document.first("title").is_none_or(|title| title.raw_text().trim().is_empty()) {
        faults.push("the page has no title".to_owned());
    }
    let headings = document.all("h1").count();
    if headings != 1 {
        faults.push(format!("{headings} main headings"));
    }
    if document.all("main").count() != 1 {
        faults.push("not exactly one main part".to_owned());
    }
    faults.extend(id_faults(document));
    faults.extend(label_faults(document));
    for element in document.descendants() {
        if element.has("style") || element.attributes().any(|name| name.starts_with("on")) {
            faults.push(format!("<{}> carries style or script of its own", element.name));
        }
    }
    faults
}

fn id_faults(document: &Element) -> Vec<String> {
    let mut ids = BTreeSet::new();
    let mut faults = Vec::new();
    for id in document.descendants().into_iter().filter_map(|element| element.attribute("id")) {
        if !ids.insert(id) {
            faults.push(format!("id `{id}` twice"));
        }
    }
    for element in document.descendants() {
        for name in ["for", "aria-describedby", "aria-labelledby", "form"] {
            let named = element.attribute(name).into_iter().flat_map(str::split_whitespace);
            faults.extend(named.filter(|id| !ids.contains(id)).map(|id| format!("{name}=`{id}` leads nowhere")));
        }
    }
    faults
}

fn label_faults(document: &Element) -> Vec<String> {
    let labelled: BTreeSet<&str> = document.all("label").filter_map(|label| label.attribute("for")).collect();
    let inside: Vec<&Element> = document.all("label").flat_map(Element::descendants).collect();
    let controls = document.descendants().into_iter().filter(|element| matches!(element.name.as_str(), "input" | "select" | "textarea"));
    let visible = controls.filter(|control| !matches!(control.attribute("type"), Some("hidden" | "submit" | "button")));
    visible
        .filter(|control| {
            let by_id = control.attribute("id").is_some_and(|id| labelled.contains(id));
            let around = inside.iter().any(|inner| std::ptr::eq(*inner, *control));
            !(by_id || around || control.has("aria-label") || control.has("aria-labelledby"))
        })
        .map(|control| format!("<{} name={:?}> has no label", control.name, control.attribute("name").unwrap_or_default()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::faults;
    use crate::html::read;

    #[test]
    fn a_page_is_sound_when_it_can_be_named_and_filled() {
        let page = "<html lang=en><head><title>Offer</title></head><body><main><h1>Offer</h1>\
                    <label for=a>Name</label><input id=a name=a><label><input type=checkbox name=b> Agree</label></main></body></html>";
        assert!(faults(&read(page).expect("well formed")).is_empty());
    }

    #[test]
    fn what_is_missing_is_named() {
        let page = "<html><body><h1>A</h1><h1>B</h1><p id=x style=\"a\"></p><p id=x></p><input name=a aria-describedby=y></body></html>";
        let found = faults(&read(page).expect("well formed")).join("; ");
        for fault in ["language", "title", "2 main headings", "main part", "id `x` twice", "`y` leads nowhere", "has no label", "style"] {
            assert!(found.contains(fault), "{fault} not in: {found}");
        }
    }
}
