//! The board while somebody looks at it: it keeps itself up to date, can be walked through by keys, and shows an offer beside itself.
//!
//! One island for the board and for my work. It changes what the server rendered in place and renders nothing of an offer itself.
#![expect(missing_docs, reason = "#[island] makes a struct of its props and gives it no comment")]

#[cfg(target_arch = "wasm32")]
mod keys;
#[cfg(target_arch = "wasm32")]
mod page;
#[cfg(target_arch = "wasm32")]
mod panel;
#[cfg(target_arch = "wasm32")]
mod stream;

use leptos::prelude::*;

use crate::words::en::board as words;

/// Brings the page to life. `cursor` is where the stream of changes goes on from.
#[island]
pub fn LiveBoard(cursor: String) -> impl IntoView {
    #[cfg(target_arch = "wasm32")]
    begin(cursor);
    #[cfg(not(target_arch = "wasm32"))]
    drop(cursor);
    let keys = [
        ("j", words::KEY_NEXT),
        ("k", words::KEY_PREVIOUS),
        ("p", words::KEY_PREVIEW),
        ("Enter", words::KEY_OPEN),
        ("/", words::KEY_SEARCH),
        ("?", words::KEY_HELP),
        ("Esc", words::KEY_CLOSE),
    ];
    let keys = keys.map(|(key, what)| view! { <dt><kbd>{key}</kbd></dt><dd>{what}</dd> });
    // everything here is of use with script only, and stays out of sight without
    view! {
        <p class="unseen" role="status" id="board-said"></p>
        <p class="board-foot" id="board-foot" hidden>
            <button type="button" class="button" data-kind="quiet" id="board-keys-open">{words::KEYS}</button>
        </p>
        <dialog class="dialog" id="board-keys" aria-labelledby="board-keys-title">
            <h2 id="board-keys-title">{words::KEYS}</h2>
            <dl class="keys">{keys.into_iter().collect_view()}</dl>
            <label class="choice">
                <input type="checkbox" id="board-keys-on" checked/>
                <span class="choice-text">{words::KEYS_ON}</span>
            </label>
            <form method="dialog"><button class="button">{words::CLOSE}</button></form>
        </dialog>
        <aside class="preview" id="preview" aria-label=words::PREVIEW tabindex="-1" hidden>
            <div class="preview-head">
                <p class="page-head-kicker">{words::PREVIEW}</p>
                <button type="button" class="button" id="preview-close">{words::CLOSE}</button>
            </div>
            <div id="preview-here" class="stack"></div>
        </aside>
    }
}

/// Once the island stands in the page.
#[cfg(target_arch = "wasm32")]
fn begin(cursor: String) {
    request_animation_frame(move || {
        page::awake();
        panel::begin();
        keys::begin();
        stream::begin(cursor);
    });
}
