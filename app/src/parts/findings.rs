//! What the checks found.

use leptos::prelude::*;
use offer::check::Finding;
use offer::field::FieldTable;

use crate::words::en::{field, finding};

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

/// Findings as rows, strongest first.
pub fn finding_rows(findings: &[Finding], table: &FieldTable) -> Vec<FindingRow> {
    let mut findings: Vec<&Finding> = findings.iter().collect();
    findings.sort_by_key(|found| std::cmp::Reverse(found.strength));
    findings
        .into_iter()
        .map(|found| FindingRow {
            strength: finding::strength_code(found.strength),
            strength_text: finding::strength(found.strength).to_owned(),
            text: finding::fact(&found.fact),
            figures: Some(field::label_of(&found.field, table)),
        })
        .collect()
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
