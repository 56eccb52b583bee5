//! Hearing of changes: one stream for all windows of a browser, none while nobody looks, and none lost on the way.
//!
//! The window that holds the lock listens and passes on to the others. A window that is hidden gives the lock away. Whoever comes into sight
//! reads the page again, so it does not matter what was said meanwhile.

use std::{
    cell::{Cell, RefCell},
    time::Duration,
};

use futures::StreamExt;
use gloo_net::eventsource::futures::EventSource;
use js_sys::{Function, Promise};
use leptos::prelude::{document, set_timeout};
use wasm_bindgen::{JsCast, JsValue, closure::Closure, prelude::wasm_bindgen};
use wasm_bindgen_futures::spawn_local;
use web_sys::{BroadcastChannel, MessageEvent, VisibilityState};

use super::page;
use crate::words::en::board as words;

#[wasm_bindgen]
extern "C" {
    /// Browsers give locks to pages that came safely.
    #[wasm_bindgen(thread_local_v2, js_namespace = navigator, js_name = locks)]
    static LOCKS: Option<Locks>;
    type Locks;
    #[wasm_bindgen(method)]
    fn request(this: &Locks, name: &str, callback: &Function) -> Promise;
}

/// The name of lock and channel.
const NAME: &str = "countersign-live";
/// News that come close together are one reading.
const TOGETHER: Duration = Duration::from_millis(400);
/// After a stream was refused.
const AGAIN_AFTER: Duration = Duration::from_secs(30);

/// What this window knows.
#[derive(Default)]
struct Here {
    /// Where the stream goes on from.
    heard: RefCell<String>,
    /// Gives the lock back, while this window has it.
    release: RefCell<Option<Function>>,
    /// Whether the lock is asked for.
    asked: Cell<bool>,
    /// Counts the streams of this window, so that an old one knows that it is over.
    streams: Cell<u32>,
    /// Whether the page is to be read again soon.
    due: Cell<bool>,
    /// The other windows.
    others: RefCell<Option<BroadcastChannel>>,
}

thread_local! {
    static HERE: Here = Here::default();
}

/// Begins to listen, now and whenever the window comes into sight.
pub(super) fn begin(cursor: String) {
    HERE.with(|here| *here.heard.borrow_mut() = cursor);
    if let Ok(channel) = BroadcastChannel::new(NAME) {
        let told = Closure::<dyn FnMut(MessageEvent)>::new(|event: MessageEvent| {
            if let Some(news) = event.data().as_string() {
                hear(&news);
            }
        });
        channel.set_onmessage(Some(told.as_ref().unchecked_ref()));
        told.forget(); // as long as the page
        HERE.with(|here| *here.others.borrow_mut() = Some(channel));
    }
    let turned = Closure::<dyn FnMut()>::new(|| {
        if is_seen() {
            listen();
            read_soon();
        } else {
            give_back();
        }
    });
    let _ = document().add_event_listener_with_callback("visibilitychange", turned.as_ref().unchecked_ref());
    turned.forget();
    listen();
}

fn is_seen() -> bool {
    document().visibility_state() == VisibilityState::Visible
}

/// Listens once this window has the lock; without locks every window listens for itself.
fn listen() {
    if !is_seen() || HERE.with(|here| here.asked.replace(true)) {
        return;
    }
    let held = Closure::once_into_js(|| {
        Promise::new(&mut |resolve, _| {
            HERE.with(|here| *here.release.borrow_mut() = Some(resolve));
            if is_seen() {
                stream();
            } else {
                give_back();
            }
        })
    });
    let asked = LOCKS.with(|locks| locks.as_ref().map(|locks| locks.request(NAME, held.unchecked_ref())));
    if asked.is_none() {
        stream();
    }
}

fn give_back() {
    HERE.with(|here| {
        here.streams.set(here.streams.get().wrapping_add(1));
        here.asked.set(false);
        if let Some(release) = here.release.borrow_mut().take() {
            // an error means that the lock is free already
            let _ = release.call0(&JsValue::UNDEFINED);
        }
    });
}

fn stream() {
    let number = HERE.with(|here| {
        here.streams.set(here.streams.get().wrapping_add(1));
        here.streams.get()
    });
    let is_this = move || HERE.with(|here| here.streams.get() == number);
    spawn_local(async move {
        let since = HERE.with(|here| here.heard.borrow().clone());
        let Ok(mut source) = EventSource::new(&format!("/live?since={since}")) else { return };
        let Ok(mut changed) = source.subscribe("changed") else { return };
        // a window that was hidden drops its stream at once: whatever comes wakes this up no more
        watch(source.clone(), number);
        while let Some(Ok((_, event))) = changed.next().await {
            if !is_this() {
                return;
            }
            if !event.last_event_id().is_empty() {
                HERE.with(|here| *here.heard.borrow_mut() = event.last_event_id());
            }
            let news = event.data().as_string().unwrap_or_default();
            HERE.with(|here| {
                if let Some(others) = here.others.borrow().as_ref() {
                    let _ = others.post_message(&JsValue::from_str(&news));
                }
            });
            hear(&news);
        }
        // refused, or over for good: after a while somebody may be signed in again
        set_timeout(
            move || {
                if is_this() && is_seen() {
                    stream();
                }
            },
            AGAIN_AFTER,
        );
    });
}

/// Closes a stream when its window is hidden.
fn watch(source: EventSource, number: u32) {
    let source = Cell::new(Some(source));
    let turned = Closure::<dyn FnMut()>::new(move || {
        if HERE.with(|here| here.streams.get() != number) || !is_seen() {
            source.take().map(EventSource::close);
        }
    });
    let _ = document().add_event_listener_with_callback("visibilitychange", turned.as_ref().unchecked_ref());
    turned.forget();
}

/// What was said to this window or to another one.
fn hear(news: &str) {
    let names = names(news);
    if !is_seen() {
        return;
    }
    read_soon();
    if !names.is_empty() {
        page::say(&words::changed(&names));
    }
}

/// The names of those on the page whom the news are about.
fn names(news: &str) -> Vec<String> {
    let shown = page::lines().into_iter().filter(|line| page::offer_of(line).is_some_and(|offer| news.contains(&offer)));
    let mut names: Vec<String> = shown.filter_map(|line| line.query_selector("a").ok()??.text_content()).collect();
    names.dedup();
    names
}

/// Reads the page again in a moment.
fn read_soon() {
    if HERE.with(|here| here.due.replace(true)) {
        return;
    }
    set_timeout(
        || {
            HERE.with(|here| here.due.set(false));
            if is_seen() {
                spawn_local(async {
                    page::refresh().await;
                });
            }
        },
        TOGETHER,
    );
}
