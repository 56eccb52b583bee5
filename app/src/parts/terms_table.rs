//! What was agreed, term by term.

use leptos::prelude::*;

use crate::words::en::parts as words;

/// How a term stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TermState {
    /// Nothing to say about it.
    #[default]
    Plain,
    /// Changed since the version before.
    Changed,
    /// Not there yet, or it must be mended.
    ToMend,
    /// The sum of what stands above.
    Total,
}

/// One term, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermRow {
    /// The term.
    pub label: String,
    /// Its value.
    pub value: String,
    /// What follows from the value, as the annual equivalent.
    pub note: Option<String>,
    /// How it stands.
    pub state: TermState,
}

/// Terms that belong together.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TermsGroup {
    /// Their heading; `None` for the only group of a page.
    pub title: Option<String>,
    /// The terms.
    pub rows: Vec<TermRow>,
}

/// What was agreed, term by term. A group without a term is left out.
#[component]
pub fn TermsTable(
    /// The groups, in order.
    groups: Vec<TermsGroup>,
) -> impl IntoView {
    groups.into_iter().filter(|group| !group.rows.is_empty()).map(group).collect_view()
}

fn group(TermsGroup { title, rows }: TermsGroup) -> impl IntoView {
    view! {
        <div class="terms-part">
            {title.map(|title| view! { <h3 class="terms-group">{title}</h3> })}
            <dl class="terms">{rows.into_iter().map(row).collect_view()}</dl>
        </div>
    }
}

fn row(TermRow { label, value, note, state }: TermRow) -> impl IntoView {
    let (code, heard) = match state {
        TermState::Plain | TermState::Total => (None, None),
        TermState::Changed => (Some("changed"), Some(words::CHANGED)),
        TermState::ToMend => (Some("to-mend"), Some(words::TO_MEND)),
    };
    let total = (state == TermState::Total).then_some("");
    view! {
        <div class="terms-row" data-state=code data-total=total>
            <dt>{label}{heard.map(|heard| view! { <span class="unseen">" ("{heard}")"</span> })}</dt>
            <dd>{value}{note.map(|note| view! { <span class="terms-note">{note}</span> })}</dd>
        </div>
    }
}
