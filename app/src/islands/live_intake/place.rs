//! The islands of the intake's page.
#![expect(missing_docs, reason = "the macro makes a struct of an island and leaves its words to the function")]

use leptos::prelude::*;
use offer::field::{FieldKey, FieldTable};
use offer::outlook::{Outlook, Slice};
use offer::terms::Entries;

use super::{Keeping, Panel};

/// What the islands of the page share.
#[derive(Clone, Copy, Debug)]
pub(super) struct Live {
    /// What may be looked ahead with; read anew when something beyond this page changes.
    pub(super) slice: RwSignal<Slice>,
    pub(super) table: StoredValue<FieldTable>,
    pub(super) entries: RwSignal<Entries>,
    pub(super) outlook: Memo<Outlook>,
    pub(super) keeping: RwSignal<Keeping>,
    /// What is said to a screen reader once a field was left.
    pub(super) aloud: RwSignal<String>,
}

impl Live {
    fn of(slice: Slice) -> Self {
        let (entries, table) = (RwSignal::new(slice.entries().clone()), StoredValue::new(slice.table()));
        let slice = RwSignal::new(slice);
        let look = move |entries: &Entries| slice.with(|slice| table.with_value(|table| slice.look(entries, table)));
        let outlook = Memo::new(move |_| entries.with(look));
        Self { slice, table, entries, outlook, keeping: RwSignal::default(), aloud: RwSignal::default() }
    }
}

/// Around the form of one section of the intake, with the panel beside it. `form` is the key of the form, `fields` are those it asks for,
/// `version` is that of the draft that was read, `shown` are the fields whose problems stand there at first.
#[island]
pub fn LiveIntake(
    slice: Slice,
    form: String,
    fields: Vec<FieldKey>,
    version: i64,
    shown: Vec<FieldKey>,
    children: Children,
) -> impl IntoView {
    let live = Live::of(slice);
    provide_context(live);
    let place = NodeRef::<leptos::html::Div>::new();
    Effect::new(move || {
        if let Some(place) = place.get() {
            begin(&place, live, &form, &fields, version, &shown);
        }
    });
    view! {
        <div class="split" data-live="">
            <div class="intake" node_ref=place>{children()}</div>
            <aside class="split-aside" aria-labelledby="outlook-title">
                <Panel slice=live.slice table=live.table entries=live.entries outlook=live.outlook/>
            </aside>
            <p class="unseen" role="status">{move || live.aloud.get()}</p>
        </div>
    }
}

/// Whether what was typed is kept, in words. Stands within the form.
#[island]
pub fn SaveState() -> impl IntoView {
    let keeping = use_context::<Live>().map(|live| live.keeping).unwrap_or_default();
    view! { <p class="saved" role="status" data-state=move || keeping.get().code()>{move || keeping.get().said()}</p> }
}

#[cfg(target_arch = "wasm32")]
use super::in_browser::begin;

/// Only a browser has somebody who types.
#[cfg(not(target_arch = "wasm32"))]
const fn begin(_: &leptos::web_sys::HtmlDivElement, _: Live, _: &str, _: &[FieldKey], _: i64, _: &[FieldKey]) {}
