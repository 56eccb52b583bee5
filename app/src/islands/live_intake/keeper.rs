//! Saves what is typed: a little after the last key, at once when a field is left, again and again while the server is away.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;
use std::time::Duration;

use gloo_net::http::Request;
use leptos::prelude::*;
use offer::field::FieldKey;
use offer::terms::Entries;
use serde::Deserialize;
use web_sys::UrlSearchParams;

use super::Keeping;
use crate::boxes::box_name;
use crate::saved::{Newer, Saved};

/// How long typing rests before it is saved.
pub(super) const REST: Duration = Duration::from_millis(800);
/// How long the server is left alone after it was away once, twice, and so on.
const PAUSES: [Duration; 5] =
    [Duration::from_millis(500), Duration::from_secs(1), Duration::from_secs(2), Duration::from_secs(4), Duration::from_secs(8)];
/// Where the form is sent.
const SAVE: &str = "/api/offers/save";

/// What the keeper asks of the page.
pub(super) trait Page {
    /// Everything as it stands in the boxes.
    fn typed(&self) -> Entries;
    /// Fields were written elsewhere; those that were changed here too wait for a choice.
    fn came_in(&self, newer: &[Newer], both: &BTreeSet<FieldKey>);
    /// Everything is kept, and somebody wanted to go on to this address.
    fn go_on(&self, to: &str);
}

/// What is sent along with every save.
pub(super) struct Form {
    pub(super) offer: String,
    pub(super) section: String,
    /// The hidden `once`: names this window.
    pub(super) once: String,
}

/// Keeps what is typed on one page.
pub(super) struct Keeper {
    form: Form,
    state: RwSignal<Keeping>,
    page: Rc<dyn Page>,
    inner: RefCell<Inner>,
}

#[derive(Default)]
struct Inner {
    /// What the server has, as far as this page knows.
    kept: Entries,
    version: i64,
    under_way: bool,
    again: bool,
    failures: usize,
    timer: Option<TimeoutHandle>,
    undecided: BTreeMap<FieldKey, Newer>,
    /// Where somebody wants to go on once everything is kept: to an address, or nowhere.
    then: Option<Option<String>>,
    asked: bool,
}

/// What the server says to a save.
enum Reply {
    Kept(Saved),
    SignedOut,
    NotTaken,
    Away,
}

impl Keeper {
    pub(super) fn new(form: Form, state: RwSignal<Keeping>, page: Rc<dyn Page>, kept: Entries, version: i64) -> Rc<Self> {
        Rc::new(Self { form, state, page, inner: RefCell::new(Inner { kept, version, ..Inner::default() }) })
    }

    /// Saves when typing has rested; from the first key on nothing says that everything is saved.
    pub(super) fn save_soon(self: &Rc<Self>) {
        self.inner.borrow_mut().failures = 0;
        self.say_saving();
        self.save_in(REST);
    }

    /// Saves now, if anything is new.
    pub(super) fn save_now(self: &Rc<Self>) {
        self.rest();
        if self.inner.borrow().under_way {
            self.inner.borrow_mut().again = true;
            return;
        }
        let (changed, version) = (self.changed(), self.inner.borrow().version);
        // somebody who presses the button is answered by the server, also when everything was saved before
        let asked = std::mem::take(&mut self.inner.borrow_mut().asked);
        if changed.is_empty() && !asked {
            self.all_kept();
            return;
        }
        self.inner.borrow_mut().under_way = true;
        self.say_saving();
        let body = self.body(&changed, version);
        let keeper = Rc::clone(self);
        wasm_bindgen_futures::spawn_local(async move {
            let reply = send(body).await;
            keeper.answered(changed, reply);
        });
    }

    /// Saves, and leads on once everything is kept; without an address, only tells.
    pub(super) fn save_and_go(self: &Rc<Self>, to: Option<String>) {
        {
            let mut inner = self.inner.borrow_mut();
            (inner.then, inner.asked) = (Some(to), true);
        }
        self.save_now();
    }

    /// Hands what is new to the browser, which sends it although the page goes away.
    pub(super) fn save_while_leaving(&self) {
        let changed = self.changed();
        if !changed.is_empty() {
            let body = self.body(&changed, self.inner.borrow().version);
            let _ = window().navigator().send_beacon_with_opt_url_search_params(SAVE, Some(&body));
        }
    }

    /// Whether something is not kept yet, and nothing is known to stand in its way.
    pub(super) fn has_news(&self) -> bool {
        let is_open = matches!(self.state.get_untracked(), Keeping::Untouched | Keeping::Saving | Keeping::Saved);
        is_open && (self.inner.borrow().under_way || !self.changed().is_empty())
    }

    /// Whether something would be lost with the page.
    pub(super) fn would_lose(&self) -> bool {
        self.state.get_untracked().code() == "unsaved" && !self.changed().is_empty()
    }

    /// Which field waits for a choice, if one does.
    pub(super) fn undecided(&self) -> Option<FieldKey> {
        self.inner.borrow().undecided.keys().next().cloned()
    }

    /// Somebody chose whose answer stands; gives theirs.
    pub(super) fn decide(self: &Rc<Self>, field: &FieldKey) -> Option<Newer> {
        self.inner.borrow_mut().undecided.remove(field)
    }

    /// What changed since it was kept, but for what waits for a choice.
    fn changed(&self) -> Entries {
        let (typed, inner) = (self.page.typed(), self.inner.borrow());
        typed
            .iter()
            .filter(|(key, text)| inner.kept.typed(key) != *text && !inner.undecided.contains_key(*key))
            .map(|(key, text)| (key.clone(), text.to_owned()))
            .collect()
    }

    fn body(&self, changed: &Entries, version: i64) -> UrlSearchParams {
        // never fails without an initial value
        let body = UrlSearchParams::new().unwrap_or_else(|never| wasm_bindgen::throw_val(never));
        for (name, value) in [("offer", &self.form.offer), ("section", &self.form.section), ("once", &self.form.once)] {
            body.append(name, value);
        }
        body.append("read_at", &version.to_string());
        for (key, text) in changed.iter() {
            body.append(&box_name(key), text);
        }
        body
    }

    fn answered(self: &Rc<Self>, sent: Entries, reply: Reply) {
        self.inner.borrow_mut().under_way = false;
        match reply {
            Reply::Kept(saved) => self.kept(&sent, saved),
            Reply::Away => {
                let going_on = self.inner.borrow().then.is_some();
                self.inner.borrow_mut().asked = going_on;
                self.state.set(Keeping::Retrying { going_on });
                self.try_again();
            }
            Reply::SignedOut => {
                self.state.set(Keeping::SignedOut);
                self.try_again();
            }
            Reply::NotTaken => self.state.set(Keeping::NotTaken),
        }
    }

    fn kept(self: &Rc<Self>, sent: &Entries, Saved { version, newer }: Saved) {
        let typed = self.page.typed();
        let mut both = BTreeSet::new();
        {
            let mut inner = self.inner.borrow_mut();
            (inner.version, inner.failures) = (version, 0);
            for (key, text) in sent.iter() {
                inner.kept.set(key.clone(), text);
            }
            for newer in &newer {
                // typed here, before or while it came in
                let touched =
                    sent.iter().any(|(key, _)| *key == newer.field) || typed.typed(&newer.field) != inner.kept.typed(&newer.field);
                inner.kept.set(newer.field.clone(), newer.text.clone());
                if touched && typed.typed(&newer.field) != newer.text {
                    both.insert(newer.field.clone());
                    inner.undecided.insert(newer.field.clone(), newer.clone());
                }
            }
        }
        self.page.came_in(&newer, &both);
        let again = std::mem::take(&mut self.inner.borrow_mut().again);
        if again || self.inner.borrow().then.is_some() {
            self.save_now();
        } else if self.changed().is_empty() {
            self.all_kept();
        }
    }

    /// Nobody hears of it twice, and a fault is said until it is over.
    fn say_saving(&self) {
        if !matches!(self.state.get_untracked(), Keeping::Saving | Keeping::Retrying { .. } | Keeping::SignedOut) {
            self.state.set(Keeping::Saving);
        }
    }

    fn all_kept(self: &Rc<Self>) {
        if !self.inner.borrow().undecided.is_empty() {
            self.inner.borrow_mut().then = None;
            self.state.set(Keeping::Undecided);
            return;
        }
        if self.state.get_untracked() != Keeping::Untouched {
            self.state.set(Keeping::Saved);
        }
        let then = self.inner.borrow_mut().then.take();
        if let Some(to) = then.flatten() {
            self.page.go_on(&to);
        }
    }

    fn try_again(self: &Rc<Self>) {
        let failures = self.inner.borrow().failures;
        self.inner.borrow_mut().failures = failures.saturating_add(1);
        self.save_in(PAUSES.get(failures).or(PAUSES.last()).copied().unwrap_or(REST));
    }

    fn save_in(self: &Rc<Self>, pause: Duration) {
        self.rest();
        let keeper = Rc::clone(self);
        self.inner.borrow_mut().timer = set_timeout_with_handle(move || keeper.save_now(), pause).ok();
    }

    fn rest(&self) {
        if let Some(timer) = self.inner.borrow_mut().timer.take() {
            timer.clear();
        }
    }
}

async fn send(body: UrlSearchParams) -> Reply {
    let request = Request::post(SAVE)
        .header("accept", "application/json")
        .header("content-type", "application/x-www-form-urlencoded")
        .body(String::from(body.to_string()));
    let Ok(request) = request else { return Reply::Away };
    match request.send().await {
        Ok(response) if response.ok() => response.text().await.map_or(Reply::Away, |text| read(&text)),
        _ => Reply::Away,
    }
}

/// Reads an answer of the desk. Only what a save can do with it: the rest of its enums would have to be carried into the browser.
fn read(text: &str) -> Reply {
    #[derive(Deserialize)]
    struct Done {
        #[serde(rename = "Done")]
        saved: Saved,
    }
    match (serde_json::from_str::<Done>(text), text) {
        (Ok(Done { saved }), _) => Reply::Kept(saved),
        (_, "\"SignIn\"") => Reply::SignedOut,
        (_, "\"Unavailable\"") => Reply::Away,
        _ => Reply::NotTaken,
    }
}
