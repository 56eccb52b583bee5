//! The one title of a document.

use leptos::prelude::*;
use leptos_meta::Title;

/// The title of the document. No page writes leptos_meta's `Title` itself: 0.8 puts its text into the page unescaped.
#[component]
pub fn DocumentTitle(
    /// The page, by its own name.
    #[prop(into)]
    page: String,
    /// The firm's own name.
    #[prop(into)]
    firm: String,
) -> impl IntoView {
    let text = escaped(&format!("{page} - {firm}"));
    view! { <Title text=text/> }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_end_the_title() {
        assert_eq!(escaped("</title><script>R&D"), "&lt;/title&gt;&lt;script&gt;R&amp;D");
    }
}
