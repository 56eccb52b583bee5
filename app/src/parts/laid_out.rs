//! Parts of a page that were laid out before.

use leptos::prelude::*;
use leptos::tachys::html::InertElement;

/// Puts into a page again what views of ours were rendered to, every value in it escaped then. It stands within an element.
pub fn laid_out(html: &str) -> AnyView {
    InertElement::new(html.to_owned()).into_any()
}
