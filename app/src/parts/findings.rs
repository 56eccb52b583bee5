//! What the checks found.

use leptos::prelude::*;

/// One finding, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FindingRow {
    /// The strength's code: `block`, `approval`, `reason` or `note`.
    pub strength: &'static str,
    /// The strength, in words.
    pub strength_text: String,
    /// What was found.
    pub text: String,
    /// The figures it rests on.
    pub figures: Option<String>,
}

/// What the checks found, in the order given; nothing at all when they found nothing.
#[component]
pub fn Findings(
    /// The findings, strongest first.
    rows: Vec<FindingRow>,
) -> impl IntoView {
    (!rows.is_empty()).then(|| view! { <ul class="finding-list">{rows.into_iter().map(row).collect_view()}</ul> })
}

fn row(FindingRow { strength, strength_text, text, figures }: FindingRow) -> impl IntoView {
    view! {
        <li class="finding" data-strength=strength>
            <span class="finding-strength">{strength_text}</span>
            <p class="finding-text">{text}</p>
            {figures.map(|figures| view! { <p class="finding-figures">{figures}</p> })}
        </li>
    }
}
