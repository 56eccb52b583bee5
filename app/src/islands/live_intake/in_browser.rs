//! What the browser does around the form: it listens, shows problems beside their fields, and hands what is typed to the keeper.

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use leptos::ev;
use leptos::prelude::*;
use offer::check::Finding;
use offer::field::FieldKey;
use offer::intake::Fault;
use offer::outlook::Slice;
use offer::terms::Entries;
use serde::Deserialize;
use wasm_bindgen::JsCast;
use wasm_bindgen::closure::Closure;
use web_sys::{
    Element, Event, FormData, HtmlDivElement, HtmlElement, HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement,
    SubmitEvent, VisibilityState,
};

use super::Keeping;
use super::keeper::{Form, Keeper, Page, REST};
use super::place::Live;
use super::ways;
use crate::boxes::{box_name, code_name, entries};
use crate::islands::fetched::this_page;
use crate::parts::field_id;
use crate::saved::Newer;
use crate::words::en::{field, finding, intake as words, problem};

/// The form while somebody types.
struct Place {
    root: HtmlDivElement,
    form: HtmlFormElement,
    fields: Vec<FieldKey>,
    live: Live,
    keeper: OnceCell<Rc<Keeper>>,
    /// Fields in which something was typed.
    edited: RefCell<BTreeSet<FieldKey>>,
    /// Fields whose problems are shown.
    shown: RefCell<BTreeSet<FieldKey>>,
    /// Until typing has rested.
    resting: RefCell<Option<TimeoutHandle>>,
    /// Findings that were said aloud or stood there at first.
    said: RefCell<Vec<Finding>>,
}

/// Wakes the form.
pub(super) fn begin(root: &HtmlDivElement, live: Live, form: &str, fields: &[FieldKey], version: i64, shown: &[FieldKey]) {
    let Some(form) = root.query_selector(&format!("#{form}")).ok().flatten().and_then(|form| form.dyn_into::<HtmlFormElement>().ok())
    else {
        return;
    };
    let hidden = |name: &str| {
        let input = form.query_selector(&format!("input[type=hidden][name={name}]")).ok().flatten();
        input.and_then(|input| input.dyn_into::<HtmlInputElement>().ok()).map(|input| input.value()).unwrap_or_default()
    };
    let sent_along = Form { offer: hidden("offer"), section: hidden("section"), once: hidden("once") };
    let place = Rc::new(Place {
        root: root.clone(),
        form,
        fields: fields.to_vec(),
        live,
        keeper: OnceCell::new(),
        edited: RefCell::default(),
        resting: RefCell::default(),
        shown: RefCell::new(shown.iter().cloned().collect()),
        said: RefCell::new(live.outlook.with_untracked(|outlook| outlook.findings.clone())),
    });
    // a page that is gone back to comes from the server, with what was saved
    let _ = place.form.set_attribute("autocomplete", "off");
    let kept = live.entries.get_untracked();
    let keeper = Keeper::new(sent_along, live.keeping, Rc::<Place>::clone(&place), kept, version);
    let _ = place.keeper.set(Rc::clone(&keeper));
    live.keeping.set(Keeping::Untouched);
    place.listen("input", Place::typed_into);
    place.listen("change", Place::typed_into);
    place.listen("focusout", Place::left);
    place.listen("submit", Place::submitted);
    place.listen("click", Place::clicked);
    // all of them live as long as the page
    let at = Rc::clone(&keeper);
    let hidden = Closure::<dyn FnMut()>::new(move || {
        if document().visibility_state() == VisibilityState::Hidden {
            at.save_now();
        }
    });
    let _ = document().add_event_listener_with_callback("visibilitychange", hidden.as_ref().unchecked_ref());
    hidden.forget();
    let at = Rc::clone(&keeper);
    let _ = window_event_listener(ev::online, move |_| at.save_now());
    let at = Rc::clone(&keeper);
    let _ = window_event_listener(ev::pagehide, move |_| at.save_while_leaving());
    let at = Rc::clone(&keeper);
    let left = Closure::<dyn FnMut(Event)>::new(move |event: Event| ways::follow_when_kept(&at, &event));
    let _ = document().add_event_listener_with_callback("click", left.as_ref().unchecked_ref());
    left.forget();
    let at = Rc::clone(&keeper);
    let _ = window_event_listener(ev::beforeunload, move |event| {
        if at.would_lose() {
            event.prevent_default();
        }
    });
    // what was typed before the page awoke
    place.look();
    if place.live.entries.with_untracked(|entries| *entries != place.live.slice.with_untracked(|slice| slice.entries().clone())) {
        keeper.save_soon();
    }
}

impl Page for Place {
    fn typed(&self) -> Entries {
        let (mut fields, mut codes) = (BTreeMap::new(), BTreeMap::new());
        let pairs = FormData::new_with_form(&self.form).ok().and_then(|data| js_sys::try_iter(&data).ok().flatten());
        for pair in pairs.into_iter().flatten().flatten() {
            let pair = js_sys::Array::from(&pair);
            let (Some(name), Some(text)) = (pair.get(0).as_string(), pair.get(1).as_string()) else { continue };
            if let Some(key) = within(&name, "fields[") {
                fields.insert(key, text);
            } else if let Some(key) = within(&name, "codes[") {
                codes.insert(key, text);
            }
        }
        entries(fields, &codes)
    }

    fn came_in(&self, newer: &[Newer], both: &BTreeSet<FieldKey>) {
        for newer in newer {
            if !self.fields.contains(&newer.field) {
                self.live.entries.update(|entries| entries.set(newer.field.clone(), newer.text.clone()));
            } else if both.contains(&newer.field) {
                self.ask_whose(newer);
            } else {
                self.put(&newer.field, &newer.text);
                self.note(&newer.field, &words::came_in(&newer.by));
            }
        }
        if !newer.is_empty() {
            self.look();
        }
        if newer.iter().any(|newer| !self.fields.contains(&newer.field)) {
            read_anew(self.live);
        }
    }

    fn go_on(&self, to: &str) {
        let _ = location().assign(to);
    }
}

impl Place {
    fn listen(self: &Rc<Self>, event: &str, act: fn(&Rc<Self>, &Event)) {
        let place = Rc::clone(self);
        let listener = Closure::<dyn FnMut(Event)>::new(move |event: Event| act(&place, &event));
        let _ = self.root.add_event_listener_with_callback(event, listener.as_ref().unchecked_ref());
        listener.forget();
    }

    fn keeper(&self) -> Option<&Rc<Keeper>> {
        self.keeper.get()
    }

    fn typed_into(self: &Rc<Self>, event: &Event) {
        let Some(key) = field_at(event) else { return };
        self.edited.borrow_mut().insert(key.clone());
        self.look();
        self.show_when_rested(key);
        if let Some(keeper) = self.keeper() {
            keeper.save_soon();
        }
    }

    fn left(self: &Rc<Self>, event: &Event) {
        let Some(key) = field_at(event) else { return };
        if self.edited.borrow().contains(&key) {
            self.shown.borrow_mut().insert(key.clone());
            self.show_problems();
            self.say(&key);
        }
        if let Some(keeper) = self.keeper() {
            keeper.save_now();
        }
    }

    fn submitted(self: &Rc<Self>, event: &Event) {
        let Some(keeper) = self.keeper() else { return };
        if self.live.keeping.get_untracked() == Keeping::NotTaken {
            // the server's own page says why
            return;
        }
        event.prevent_default();
        let button = event.dyn_ref::<SubmitEvent>().and_then(SubmitEvent::submitter);
        let to = button.and_then(|button| button.get_attribute("value")).and_then(|then| ways::way_of(&then));
        if let Some(field) = keeper.undecided() {
            self.live.keeping.set(Keeping::Undecided);
            if let Some(first) = self.beside(&field).and_then(|note| note.query_selector("button").ok().flatten()) {
                focus(&first);
            }
            return;
        }
        let wrong = to.as_ref().and_then(|_| self.first_wrong());
        if let Some(control) = wrong.as_ref().and_then(|field| self.control(field)) {
            focus(&control);
        }
        // nobody is led away from an answer that is wrong, though it is kept
        let to = to.filter(|_| wrong.is_none());
        if to.is_none() {
            self.live.keeping.set(Keeping::Saving);
        }
        keeper.save_and_go(to);
    }

    fn clicked(self: &Rc<Self>, event: &Event) {
        let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
        let Some(button) = target.and_then(|target| target.closest("button[data-whose]").ok().flatten()) else { return };
        let (Some(keeper), Some(key)) = (self.keeper(), button.get_attribute("data-field").map(FieldKey::new)) else { return };
        let Some(theirs) = keeper.decide(&key) else { return };
        if button.get_attribute("data-whose").as_deref() == Some("theirs") {
            self.put(&key, &theirs.text);
        }
        if let Some(note) = self.beside(&key) {
            note.remove();
        }
        if let Some(control) = self.control(&key) {
            focus(&control);
        }
        self.look();
        keeper.save_now();
    }

    /// Shows what is wrong with a field once typing has rested; nobody is interrupted, and nobody is scolded for what is not there yet.
    fn show_when_rested(self: &Rc<Self>, key: FieldKey) {
        if let Some(timer) = self.resting.take() {
            timer.clear();
        }
        let at = Rc::clone(self);
        let show = move || {
            let wrong = at.live.outlook.with_untracked(|outlook| {
                outlook.problems.iter().any(|found| found.field == key && !matches!(found.fault, Fault::Missing { .. }))
            });
            if wrong {
                at.shown.borrow_mut().insert(key);
                at.show_problems();
            }
        };
        self.resting.replace(set_timeout_with_handle(show, REST).ok());
    }

    /// Shows every answer of this page that is wrong as it stands, and gives the first; what is only missing holds nobody up.
    fn first_wrong(&self) -> Option<FieldKey> {
        let wrong: Vec<FieldKey> = self.live.outlook.with_untracked(|outlook| {
            let here = outlook.problems.iter().filter(|found| !found.is_lack() && self.fields.contains(&found.field));
            here.map(|found| found.field.clone()).collect()
        });
        self.shown.borrow_mut().extend(wrong.iter().cloned());
        self.show_problems();
        wrong.into_iter().next()
    }

    /// Looks ahead with what stands in the boxes.
    fn look(&self) {
        let typed = self.typed();
        let changed = self.live.entries.with_untracked(|entries| typed.iter().any(|(key, text)| entries.typed(key) != text));
        if changed {
            self.live.entries.update(|entries| {
                for (key, text) in typed.iter() {
                    entries.set(key.clone(), text);
                }
            });
        }
        self.show_problems();
        ways::count_open(self.live, &self.fields);
    }

    /// Shows the problem of every field that is due, and takes back those that are mended.
    fn show_problems(&self) {
        self.live.outlook.with_untracked(|outlook| {
            for key in &self.fields {
                let found = outlook.problems.iter().find(|found| found.field == *key).map(|found| &found.fault);
                let due = found.filter(|_| self.shown.borrow().contains(key));
                let text = due.map(|fault| self.live.table.with_value(|table| problem::fault(fault, table)));
                self.show_problem(key, text.as_deref());
            }
        });
    }

    fn show_problem(&self, key: &FieldKey, text: Option<&str>) {
        let id = id_of(key);
        let Some(slot) = document().get_element_by_id(&format!("{id}-problem")) else { return };
        if slot.text_content().unwrap_or_default() == text.unwrap_or_default() {
            return;
        }
        slot.set_text_content(text);
        if let Ok(Some(field)) = slot.closest(".field, .field-set") {
            mark(&field, "data-state", text.map(|_| "problem"));
        }
        if let Some(control) = document().get_element_by_id(&id) {
            mark(&control, "aria-invalid", text.map(|_| "true"));
        }
    }

    /// Says aloud what is wrong with a field that was left, or what the checks newly found.
    fn say(&self, key: &FieldKey) {
        let aloud = self.live.outlook.with_untracked(|outlook| {
            let new = outlook.findings.iter().find(|found| !self.said.borrow().contains(found)).map(|found| finding::fact(&found.fact));
            self.said.replace(outlook.findings.clone());
            let wrong = outlook.problems.iter().find(|found| found.field == *key);
            let wrong = wrong.map(|found| {
                self.live.table.with_value(|table| words::problem_at(&field::label_of(key, table), &problem::fault(&found.fault, table)))
            });
            wrong.or(new).unwrap_or_default()
        });
        self.live.aloud.set(aloud);
    }

    // what came in from elsewhere

    fn ask_whose(&self, newer: &Newer) {
        self.note(&newer.field, &words::changed_meanwhile(&newer.by, &self.read_out(newer)));
        let Some(note) = self.beside(&newer.field) else { return };
        for (whose, text) in [("mine", words::KEEP_MINE), ("theirs", words::TAKE_THEIRS)] {
            if let Ok(button) = document().create_element("button") {
                for (name, value) in [
                    ("type", "button"),
                    ("class", "button"),
                    ("data-kind", "quiet"),
                    ("data-whose", whose),
                    ("data-field", newer.field.as_str()),
                ] {
                    let _ = button.set_attribute(name, value);
                }
                button.set_text_content(Some(text));
                let _ = note.append_child(&button);
            }
        }
    }

    /// What they wrote, as their answer reads.
    fn read_out(&self, newer: &Newer) -> String {
        self.live.table.with_value(|table| {
            let read = table.get(&newer.field).and_then(|spec| offer::intake::read_value(&newer.text, spec).ok());
            match read {
                Some(offer::terms::Value::Person(_)) | None => self.option_text(newer).unwrap_or_else(|| newer.text.clone()),
                Some(value) => field::value_of(&newer.field, &value, table),
            }
        })
    }

    fn option_text(&self, newer: &Newer) -> Option<String> {
        let select = self.control(&newer.field)?.dyn_into::<HtmlSelectElement>().ok()?;
        let options = select.options();
        (0..options.length())
            .filter_map(|place| options.item(place)?.dyn_into::<web_sys::HtmlOptionElement>().ok())
            .find(|option| option.value() == newer.text)
            .map(|option| option.text())
    }

    fn note(&self, key: &FieldKey, text: &str) {
        if let Some(old) = self.beside(key) {
            old.remove();
        }
        let Some(slot) = document().get_element_by_id(&format!("{}-problem", id_of(key))) else { return };
        if let (Ok(note), Ok(said)) = (document().create_element("div"), document().create_element("p")) {
            note.set_id(&format!("{}-elsewhere", id_of(key)));
            note.set_class_name("field-elsewhere");
            said.set_text_content(Some(text));
            let _ = note.append_child(&said);
            let _ = slot.after_with_node_1(&note);
        }
        self.live.aloud.set(self.live.table.with_value(|table| words::problem_at(&field::label_of(key, table), text)));
    }

    fn beside(&self, key: &FieldKey) -> Option<Element> {
        document().get_element_by_id(&format!("{}-elsewhere", id_of(key)))
    }

    fn control(&self, key: &FieldKey) -> Option<Element> {
        document().get_element_by_id(&id_of(key))
    }

    /// Puts a text into a field's box, or ticks its codes.
    fn put(&self, key: &FieldKey, text: &str) {
        let Some(control) = self.control(key) else { return };
        if let Some(input) = control.dyn_ref::<HtmlInputElement>() {
            input.set_value(text);
            if input.value() != text {
                // a box for days throws away what is no day
                input.set_type("text");
                input.set_value(text);
            }
        } else if let Some(select) = control.dyn_ref::<HtmlSelectElement>() {
            select.set_value(text);
        } else if let Some(area) = control.dyn_ref::<HtmlTextAreaElement>() {
            area.set_value(text);
        } else {
            let ticked: Vec<String> = text.split(';').map(|code| code_name(key, code.trim())).collect();
            let Ok(boxes) = control.query_selector_all("input[type=checkbox]") else { return };
            for one in (0..boxes.length()).filter_map(|place| boxes.get(place)?.dyn_into::<HtmlInputElement>().ok()) {
                one.set_checked(ticked.contains(&one.name()));
            }
        }
    }
}

/// A slice was cut for what stood beyond the page: bands, sheets and people for other answers are not in it. The page has the new one.
fn read_anew(live: Live) {
    /// The props of the island, as far as they are wanted.
    #[derive(Deserialize)]
    struct Props {
        slice: Slice,
    }
    wasm_bindgen_futures::spawn_local(async move {
        let Some(page) = this_page().await else { return };
        let island = page.query_selector("leptos-island:has(> [data-live])").ok().flatten();
        let props = island.and_then(|island| island.get_attribute("data-props"));
        if let Some(Props { slice }) = props.and_then(|props| serde_json::from_str(&props).ok()) {
            live.slice.set(slice);
        }
    });
}

fn id_of(key: &FieldKey) -> String {
    field_id(&format!("intake-{}", box_name(key)))
}

/// The field of whose box an event tells.
fn field_at(event: &Event) -> Option<FieldKey> {
    field_of(&event.target()?.dyn_into::<Element>().ok()?)
}

fn field_of(element: &Element) -> Option<FieldKey> {
    let name = element.get_attribute("name")?;
    within(&name, "fields[").or_else(|| Some(within(&name, "codes[")?.split_once(';')?.0.to_owned())).map(FieldKey::new)
}

/// What stands between `group[` and `]` in a name.
fn within(name: &str, group: &str) -> Option<String> {
    name.strip_prefix(group)?.strip_suffix(']').map(str::to_owned)
}

fn mark(element: &Element, name: &str, value: Option<&str>) {
    let _ = match value {
        Some(value) => element.set_attribute(name, value),
        None => element.remove_attribute(name),
    };
}

fn focus(element: &Element) {
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    }
}
