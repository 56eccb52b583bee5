//! The one text box of several lines.

use leptos::prelude::*;

use super::Wording;

/// A text box of several lines. No page writes `<textarea>` itself: leptos 0.8 puts its children into the page unescaped.
#[component]
pub fn TextArea(
    /// The name under which the text is sent.
    #[prop(into)]
    name: String,
    /// The id that its label names.
    #[prop(into)]
    id: String,
    /// The text as it was typed.
    #[prop(optional, into)]
    value: String,
    /// How many lines it shows at first.
    #[prop(default = 4)]
    rows: u8,
    /// Ids of what describes it.
    #[prop(optional, into)]
    described_by: Wording,
    /// Whether something is wrong with it.
    #[prop(optional)]
    invalid: bool,
    /// Whether it must be filled in.
    #[prop(optional)]
    required: bool,
    /// The longest text it takes, in characters.
    #[prop(optional_no_strip)]
    maxlength: Option<u32>,
) -> impl IntoView {
    view! {
        <textarea
            class="field-input"
            id=id
            name=name
            rows=rows.to_string()
            maxlength=maxlength.map(|characters| characters.to_string())
            aria-describedby=described_by.shown()
            aria-invalid=invalid.then_some("true")
            required=required
            inner_html=as_content(&value)
        ></textarea>
    }
}

/// The text as the content of a text box: escaped, and with the first line break doubled, because a browser drops one.
fn as_content(text: &str) -> String {
    let mut content = String::with_capacity(text.len());
    if text.starts_with(['\n', '\r']) {
        content.push('\n');
    }
    for character in text.chars() {
        match character {
            '&' => content.push_str("&amp;"),
            '<' => content.push_str("&lt;"),
            '>' => content.push_str("&gt;"),
            other => content.push(other),
        }
    }
    content
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn rendered(value: &str) -> String {
        let value = value.to_owned();
        Owner::new().with(|| view! { <TextArea name="comment" id="comment" value=value/> }.to_html())
    }

    #[test]
    fn a_text_that_closes_the_box_stays_text() {
        let html = rendered("</textarea><script>alert(1)</script>");
        assert!(html.contains("&lt;/textarea&gt;&lt;script&gt;alert(1)&lt;/script&gt;</textarea>"), "{html}");
        assert!(!html.contains("<script"), "{html}");
    }

    #[test]
    fn an_entity_that_was_typed_is_shown_as_typed() {
        assert!(rendered("R&amp;D").contains("R&amp;amp;D</textarea>"));
    }

    #[test]
    fn an_empty_box_is_empty() {
        let html = rendered("");
        assert!(html.contains("></textarea>"), "{html}");
    }

    #[test]
    fn a_leading_line_break_survives_the_browser() {
        assert!(rendered("\nfirst").contains(">\n\nfirst</textarea>"));
    }
}
