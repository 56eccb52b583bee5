//! The letter on screen, from the same blocks as its PDF.

use leptos::prelude::*;
use offer::packet::{Block, Letter, Row, Span};

use crate::words::en::parts as words;

/// A letter as a sheet of paper: semantic HTML, every value escaped and in its own direction.
#[component]
pub fn LetterSheet(
    /// The letter.
    letter: Letter,
    /// The level of its first heading: 1 where the letter is the page, 2 under a heading of the page.
    #[prop(default = 1)]
    top: u8,
) -> impl IntoView {
    let Letter { language, title, letterhead, blocks, document, .. } = letter;
    view! {
        <article class="letter" lang=language aria-label=title>
            <header class="letter-head">
                <p class="letter-firm">{letterhead.name}</p>
                <p class="letter-address">{lines(letterhead.address)}</p>
            </header>
            <div class="letter-body">{self::blocks(blocks, top)}</div>
            <footer class="letter-foot">{words::DOCUMENT}" "{document.to_string()}</footer>
        </article>
    }
}

fn blocks(list: Vec<Block>, top: u8) -> Vec<AnyView> {
    list.into_iter().map(|block| self::block(block, top)).collect()
}

fn block(block: Block, top: u8) -> AnyView {
    match block {
        Block::Heading { level, text } => heading(level, top, spans(text)),
        Block::Paragraph { text } => view! { <p>{spans(text)}</p> }.into_any(),
        Block::List { items } => {
            let items: Vec<_> = items.into_iter().map(|item| view! { <li>{spans(item)}</li> }).collect();
            view! { <ul>{items}</ul> }.into_any()
        }
        Block::Terms { rows } => {
            let rows: Vec<_> = rows.into_iter().map(row).collect();
            view! { <table class="letter-terms"><tbody>{rows}</tbody></table> }.into_any()
        }
        Block::Clause { title, blocks: inner, .. } => view! {
            <section class="letter-clause">
                {heading(3, top, title.into_any())}
                {blocks(inner, top)}
            </section>
        }
        .into_any(),
        Block::Acceptance { blocks: inner, .. } => view! { <section class="letter-signature">{blocks(inner, top)}</section> }.into_any(),
    }
}

/// A heading in its place in the page's outline; it looks by its level in the letter.
fn heading(level: u8, top: u8, text: AnyView) -> AnyView {
    match level.saturating_add(top).saturating_sub(1) {
        0 | 1 => view! { <h1 data-level=level>{text}</h1> }.into_any(),
        2 => view! { <h2 data-level=level>{text}</h2> }.into_any(),
        3 => view! { <h3 data-level=level>{text}</h3> }.into_any(),
        4 => view! { <h4 data-level=level>{text}</h4> }.into_any(),
        _ => view! { <h5 data-level=level>{text}</h5> }.into_any(),
    }
}

/// A row with nothing on its right is signed on paper; on screen the page has its own way to accept.
fn row(row: Row) -> AnyView {
    let (label, by_hand) = (spans(row.label), row.value.is_empty());
    if by_hand {
        view! { <tr class="letter-by-hand"><th scope="row">{label}</th><td class="letter-signature-line"></td></tr> }.into_any()
    } else {
        view! { <tr><th scope="row">{label}</th><td>{spans(row.value)}</td></tr> }.into_any()
    }
}

fn spans(list: Vec<Span>) -> AnyView {
    list.into_iter().map(span).collect::<Vec<_>>().into_any()
}

fn span(span: Span) -> AnyView {
    match span {
        Span::Text { text, strong: false } => text.into_any(),
        Span::Text { text, strong: true } => view! { <strong>{text}</strong> }.into_any(),
        Span::Value { text, strong: false, .. } => view! { <bdi>{text}</bdi> }.into_any(),
        Span::Value { text, strong: true, .. } => view! { <strong><bdi>{text}</bdi></strong> }.into_any(),
        Span::Break => view! { <br /> }.into_any(),
    }
}

fn lines(lines: Vec<String>) -> Vec<AnyView> {
    let mut views = Vec::new();
    for (index, line) in lines.into_iter().enumerate() {
        if index > 0 {
            views.push(view! { <br /> }.into_any());
        }
        views.push(line.into_any());
    }
    views
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;
    use offer::id::{ClauseKey, DocumentId, FieldKey, TemplateKey};
    use offer::packet::Letterhead;

    fn html(blocks: Vec<Block>) -> String {
        let letter = Letter {
            document: DocumentId::new("0123456789abcdef0123456789abcdef"),
            issued: chrono::NaiveDate::default(),
            title: "Offer".into(),
            language: "en-US".into(),
            template: TemplateKey::new("plain"),
            letterhead: Letterhead { name: "Harbor Pine".into(), address: vec!["400 Pine Street".into(), "Seattle".into()] },
            blocks,
        };
        let owner = Owner::new();
        owner.with(|| view! { <LetterSheet letter=letter /> }.to_html())
    }

    #[test]
    fn a_value_is_text_in_its_own_direction_whatever_it_contains() {
        for hostile in ["</script><script>alert(1)</script>", "<b>x</b>", "\"><img src=x>", "{{7*7}}", "#import", "שלום"] {
            let value = Span::Value { field: FieldKey::new("candidate.legal_name"), text: hostile.into(), strong: false };
            let page = html(vec![Block::Paragraph { text: vec![value] }]);
            let escaped = hostile.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            assert!(page.contains(&format!("<bdi>{escaped}</bdi>")), "{page}");
        }
    }

    #[test]
    fn terms_are_a_table_with_row_headers_and_lines_to_sign_are_marked() {
        let text = |text: &str| vec![Span::Text { text: text.into(), strong: false }];
        let page = html(vec![Block::Terms {
            rows: vec![Row { label: text("Start"), value: text("Monday") }, Row { label: text("Signature"), value: Vec::new() }],
        }]);
        assert!(page.contains("<th scope=\"row\">Start"), "{page}");
        assert!(page.contains("class=\"letter-by-hand\""), "{page}");
    }

    #[test]
    fn a_clause_is_called_by_its_title_and_not_by_its_key() {
        let (key, title) = (ClauseKey::new("FLOAT-POLICY"), "Floating between units".to_owned());
        let page = html(vec![Block::Clause { key, version: 3, title, blocks: Vec::new() }]);
        assert!(page.contains("Floating between units") && !page.contains("FLOAT-POLICY"), "{page}");
    }
}
