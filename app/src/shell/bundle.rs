//! The script of a page that has an island.

use leptos::nonce::use_nonce;
use leptos::prelude::*;

use super::{Area, SiteFiles};

/// Brings the bundle of this page's area. A page without an island goes without, and has no script at all.
///
/// It stands where it is written: leptos_meta's `Script` looks for the head only while the page is being streamed, and then and now finds none.
#[component]
pub fn Bundle() -> impl IntoView {
    let area = Area::asked_for();
    let address = use_context::<SiteFiles>().and_then(|files| files.address(area.bundle()))?;
    let nonce = use_nonce().map(|nonce| nonce.to_string()).unwrap_or_default();
    Some(view! { <script type="module" src=address nonce=nonce></script> })
}
