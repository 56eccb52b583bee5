//! What only a browser can add to a page: islands, in two bundles from this one crate.
//!
//! A page is complete without them. Props stand readable in the page's source: what the viewer may not see is never among them.
//! A page that has an island brings its area's bundle with [`crate::shell::Bundle`].

#[cfg(any(feature = "ssr", feature = "staff"))]
pub mod live_intake;
#[cfg(any(feature = "ssr", feature = "portal"))]
pub mod portal;
#[cfg(any(feature = "ssr", feature = "staff"))]
pub mod show_password;

#[cfg(all(target_arch = "wasm32", any(feature = "staff", feature = "portal")))]
mod click;
#[cfg(all(target_arch = "wasm32", feature = "staff"))]
mod fetched;
#[cfg(any(feature = "ssr", feature = "staff"))]
pub mod live_board;
#[cfg(all(target_arch = "wasm32", feature = "probe"))]
pub mod probe;

/// Makes the browser ready for the islands of a page; `begin.js` then wakes them.
#[cfg(target_arch = "wasm32")]
#[wasm_bindgen::prelude::wasm_bindgen]
pub fn hydrate() {
    leptos::mount::hydrate_islands();
}
