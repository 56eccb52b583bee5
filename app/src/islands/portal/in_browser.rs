//! What the browser does around the candidate's forms. It decides nothing itself: see [`super::answer`].

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use leptos::ev;
use leptos::prelude::*;
use offer::acceptance::Standing;
use offer::moment::Moment;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{Element, Event, FormData, HtmlDivElement, HtmlElement, HtmlFormElement, HtmlTextAreaElement};

use super::answer::{CandidateForm, NotTaken, not_taken};
use crate::islands::click::plainly_clicked;
use crate::parts::field_id;
use crate::words::en::candidate as words;

/// How often the time left is looked at; its words change with the minute.
const LOOK_SECONDS: u64 = 10;

/// The place, and what it remembers while the page is open.
struct Place {
    root: HtmlDivElement,
    standing: Standing,
    /// The server's clock when the page was made, and the browser's.
    made: (Moment, f64),
    /// Steps opened from here, so that "back" means the browser's own way back.
    opened: Cell<u32>,
    /// What opened the first of them, and how far down the page was.
    from: RefCell<Option<(HtmlElement, f64)>>,
}

/// Wakes the place.
pub(super) fn begin(root: &HtmlDivElement, standing: &Standing, now: Moment) {
    let made = (now, js_sys::Date::now());
    let place = Rc::new(Place { root: root.clone(), standing: standing.clone(), made, opened: Cell::new(0), from: RefCell::new(None) });
    place.listen("click", Place::clicked);
    place.listen("submit", Place::sent);
    place.listen("input", Place::typed);
    let at = place.clone();
    // both live as long as the page
    let _ = window_event_listener(ev::hashchange, move |_| at.show_what_the_address_names());
    let at = place.clone();
    let _ = window_event_listener(ev::pageshow, move |event| at.came_back(event.persisted()));
    let at = place.clone();
    set_interval(move || at.say_the_time_left(), Duration::from_secs(LOOK_SECONDS));
    place.put_back_what_was_typed();
    place.say_the_time_left();
    if step_in_the_address().is_some() {
        place.show_what_the_address_names();
    }
}

impl Place {
    fn listen(self: &Rc<Self>, event: &str, act: fn(&Self, &Event)) {
        let place = self.clone();
        let listener = Closure::<dyn FnMut(Event)>::new(move |event: Event| act(&place, &event));
        let _ = self.root.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
        listener.forget();
    }

    /// By the server's clock, as far as the browser can tell: only a hint, the server decides.
    fn now(&self) -> Moment {
        let (then, at) = self.made;
        let micros = (js_sys::Date::now() - at).max(0.0) * 1_000.0;
        Moment::from_micros(then.micros().saturating_add(whole(micros))).unwrap_or(then)
    }

    // steps

    fn clicked(&self, event: &Event) {
        let Some(target) = plainly_clicked(event) else { return };
        if let Ok(Some(link)) = target.closest("[data-back]") {
            if self.step(None).is_some() {
                event.prevent_default();
                self.back(&link);
            }
        } else if let Ok(Some(link)) = target.closest("[data-opens]") {
            event.prevent_default();
            if !self.stops(&link) {
                self.open(&link);
            }
        }
    }

    /// Whether something must be mended in this step before the next one opens; then it is said.
    fn stops(&self, link: &Element) -> bool {
        let (Ok(Some(step)), Ok(Some(form))) = (link.closest("[data-step]"), link.closest("form")) else { return false };
        let Ok(form) = form.dyn_into::<HtmlFormElement>() else { return false };
        let Some((kind, why)) = self.refused(&form) else { return false };
        let here = why.field(kind).is_none_or(|name| step.query_selector(&format!("[name={name}]")).is_ok_and(|found| found.is_some()));
        if here {
            self.say(&form, kind, &why);
        }
        here
    }

    fn open(&self, link: &Element) {
        if self.step(None).is_none() {
            let top = window().scroll_y().unwrap_or_default();
            self.from.replace(link.dyn_ref::<HtmlElement>().map(|link| (link.clone(), top)));
        }
        if let Some(name) = link.get_attribute("data-opens") {
            self.opened.set(self.opened.get().saturating_add(1));
            let _ = location().set_hash(&name);
        }
    }

    fn back(&self, link: &Element) {
        if self.opened.get() > 0 {
            self.opened.set(self.opened.get() - 1);
            browser_back();
        } else {
            let _ = location().set_hash(&link.get_attribute("data-back").unwrap_or_default());
        }
    }

    /// A step: by its name, or else the one that is open.
    fn step(&self, name: Option<&str>) -> Option<HtmlElement> {
        let wanted = name.map_or_else(|| "[data-step]:not([hidden])".to_owned(), |name| format!("[data-step={name}]"));
        self.root.query_selector(&wanted).ok().flatten()?.dyn_into().ok()
    }

    fn show_what_the_address_names(&self) {
        let name = step_in_the_address();
        let next = name.as_deref().and_then(|name| self.step(Some(name)));
        if let Some(open) = self.step(None) {
            open.set_hidden(true);
        } else if next.is_none() {
            return;
        }
        if let Ok(Some(rest)) = self.root.query_selector("[data-rest]") {
            let _ = rest.toggle_attribute_with_force("hidden", next.is_some());
        }
        match next {
            Some(step) => {
                let _ = self.root.set_attribute("data-at", name.as_deref().unwrap_or_default());
                step.set_hidden(false);
                if let Ok(Some(head)) = step.query_selector("[tabindex]") {
                    // the place itself is no box on a narrow page
                    if let Ok(Some(title)) = self.root.query_selector("h2") {
                        title.scroll_into_view();
                    }
                    focus(&head);
                }
            }
            None => {
                let _ = self.root.remove_attribute("data-at");
                self.opened.set(0);
                if let Some((link, top)) = self.from.take() {
                    window().scroll_to_with_x_and_y(0.0, top);
                    focus(&link);
                }
            }
        }
    }

    // sending

    fn sent(&self, event: &Event) {
        let Some(form) = event.target().and_then(|target| target.dyn_into::<HtmlFormElement>().ok()) else { return };
        if form.has_attribute("data-sending") {
            event.prevent_default();
            return;
        }
        // the return key in a step that is not the last means "on", not "send"
        if let Some(on) = self.step(None).and_then(|step| step.query_selector("[data-opens]").ok().flatten()) {
            event.prevent_default();
            if !self.stops(&on) {
                self.open(&on);
            }
            return;
        }
        if let Some((kind, why)) = self.refused(&form) {
            event.prevent_default();
            self.say(&form, kind, &why);
            return;
        }
        self.unsaid(&form);
        let _ = form.set_attribute("data-sending", "");
        if let Ok(Some(button)) = form.query_selector("[type=submit]") {
            let _ = button.set_attribute("aria-disabled", "true");
            button.set_text_content(Some(words::SENDING));
        }
        if let (Some(kind), Some(kept)) = (CandidateForm::of(&form.id()), kept()) {
            let _ = kept.remove_item(&self.key(kind));
        }
    }

    fn refused(&self, form: &HtmlFormElement) -> Option<(CandidateForm, NotTaken)> {
        let kind = CandidateForm::of(&form.id())?;
        let answers = FormData::new_with_form(form).ok()?;
        let why = not_taken(kind, &self.standing, self.now(), |name| answers.get(name).as_string().unwrap_or_default())?;
        Some((kind, why))
    }

    /// Says why a form is not taken, as the server's page says it.
    fn say(&self, form: &HtmlFormElement, kind: CandidateForm, why: &NotTaken) {
        self.unsaid(form);
        match why.field(kind).and_then(|name| document().get_element_by_id(&field_id(&format!("{}-{name}", kind.key())))) {
            Some(control) => self.say_beside(&control, &why.text()),
            None => self.say_over(form, &why.text()),
        }
    }

    fn say_beside(&self, control: &Element, text: &str) {
        if let Ok(Some(step)) = control.closest("[data-step][hidden]") {
            let _ = location().set_hash(&step.get_attribute("data-step").unwrap_or_default());
            self.show_what_the_address_names();
        }
        let Ok(Some(field)) = control.closest(".field") else { return };
        let id = format!("{}-problem", control.id());
        let described = if field.tag_name() == "FIELDSET" { &field } else { control };
        let _ = field.set_attribute("data-state", "problem");
        let _ = control.set_attribute("aria-invalid", "true");
        let hint = described.get_attribute("aria-describedby").unwrap_or_default();
        let _ = described.set_attribute("aria-describedby", format!("{hint} {id}").trim_start());
        if let Some(problem) = made("p", "field-problem", text) {
            problem.set_id(&id);
            let _ = field.append_child(&problem);
        }
        focus(control);
    }

    fn say_over(&self, form: &HtmlFormElement, text: &str) {
        let (Some(notice), Some(title), Some(way)) =
            (made("div", "notice", ""), made("p", "notice-title", text), made("a", "", words::SEE_NOW))
        else {
            return;
        };
        for (name, value) in [("data-kind", "problem"), ("role", "alert"), ("tabindex", "-1"), ("data-said", "")] {
            let _ = notice.set_attribute(name, value);
        }
        let _ = way.set_attribute("href", "/o/offer");
        let _ = notice.append_child(&title);
        let _ = notice.append_child(&way);
        let place: Element = self.step(None).map_or_else(|| form.clone().into(), Into::into);
        let _ = place.insert_before(&notice, place.first_child().as_ref());
        focus(&notice);
    }

    /// Takes back what was said.
    fn unsaid(&self, form: &Element) {
        for said in all(form, ".field-problem, .problem-summary, [data-said]") {
            said.remove();
        }
        for field in all(form, "[data-state=problem]") {
            let _ = field.remove_attribute("data-state");
            for described in all(&field, "[aria-describedby]").into_iter().chain([field.clone()]) {
                let _ = described.remove_attribute("aria-invalid");
                let about = described.get_attribute("aria-describedby").unwrap_or_default();
                let hints: Vec<&str> = about.split(' ').filter(|id| !id.ends_with("-problem")).collect();
                if hints.is_empty() {
                    let _ = described.remove_attribute("aria-describedby");
                } else {
                    let _ = described.set_attribute("aria-describedby", &hints.join(" "));
                }
            }
        }
    }

    // what was typed

    fn typed(&self, event: &Event) {
        let Some(control) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
        if let Ok(Some(field)) = control.closest("[data-state=problem]") {
            self.unsaid(&field.parent_element().unwrap_or(field));
        }
        let kind = control.closest("form").ok().flatten().and_then(|form| CandidateForm::of(&form.id()));
        if let (Some(kind), Some(text), Some(kept)) = (kind, control.dyn_ref::<HtmlTextAreaElement>(), kept()) {
            let _ = kept.set_item(&self.key(kind), &text.value());
        }
    }

    /// Words that were written and not sent yet stay with this tab and this letter.
    fn put_back_what_was_typed(&self) {
        let Some(kept) = kept() else { return };
        for kind in CandidateForm::ALL {
            let text = kept.get_item(&self.key(kind)).ok().flatten();
            let area = self.root.query_selector(&format!("#{} textarea", kind.key())).ok().flatten();
            if let (Some(text), Some(area)) = (text, area.and_then(|area| area.dyn_into::<HtmlTextAreaElement>().ok()))
                && area.value().is_empty()
            {
                area.set_value(&text);
            }
        }
    }

    fn key(&self, kind: CandidateForm) -> String {
        let letter = self.standing.letter_digest.map_or_else(String::new, |digest| digest.to_string());
        format!("{}:{letter}", kind.key())
    }

    /// A page from the browser's memory may be long past: the server says how things stand.
    fn came_back(&self, from_memory: bool) {
        if from_memory && !all(&self.root, "[data-sending]").is_empty() {
            let _ = location().reload();
        }
    }

    // time

    fn say_the_time_left(&self) {
        let Some(until) = self.standing.accept_by else { return };
        let left = words::time_left(until, self.now());
        if let Ok(Some(place)) = self.root.query_selector("[data-left]")
            && place.text_content().as_deref() != left.as_deref()
        {
            place.set_text_content(left.as_deref());
        }
        if let (None, Ok(Some(over))) = (left, self.root.query_selector("[data-over][hidden]")) {
            let _ = over.remove_attribute("hidden");
        }
    }
}

fn step_in_the_address() -> Option<String> {
    let name = location().hash().ok()?.trim_start_matches('#').to_owned();
    // it goes into a selector
    (!name.is_empty() && name.bytes().all(|sign| sign.is_ascii_lowercase())).then_some(name)
}

/// What this tab keeps until it is closed.
fn kept() -> Option<web_sys::Storage> {
    window().session_storage().ok().flatten()
}

fn made(tag: &str, class: &str, text: &str) -> Option<Element> {
    let element = document().create_element(tag).ok()?;
    if !class.is_empty() {
        element.set_class_name(class);
    }
    element.set_text_content(Some(text).filter(|text| !text.is_empty()));
    Some(element)
}

fn all(within: &Element, selector: &str) -> Vec<Element> {
    let Ok(found) = within.query_selector_all(selector) else { return Vec::new() };
    (0..found.length()).filter_map(|index| found.get(index)?.dyn_into().ok()).collect()
}

fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}

/// A count of microseconds; the product's lints know no better way from the browser's only kind of number.
#[expect(clippy::as_conversions, reason = "saturates, and a clock never leaves the range")]
const fn whole(micros: f64) -> i64 {
    micros as i64
}

#[wasm_bindgen::prelude::wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_namespace = history, js_name = back)]
    fn browser_back();
}
