//! What changed between two versions.

use leptos::prelude::*;

use crate::words::en::parts as words;

/// One term that changed, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DiffRow {
    /// The term.
    pub label: String,
    /// Its former value; `None` when it had none.
    pub from: Option<String>,
    /// Its new value; `None` when it has none any more.
    pub to: Option<String>,
}

/// What changed, term by term; nothing at all without a change.
#[component]
pub fn Diff(
    /// The terms that changed.
    rows: Vec<DiffRow>,
) -> impl IntoView {
    (!rows.is_empty()).then(|| view! { <dl class="diff">{rows.into_iter().map(row).collect_view()}</dl> })
}

fn row(DiffRow { label, from, to }: DiffRow) -> impl IntoView {
    let absent = |value: &Option<String>| value.is_none().then_some("none");
    let (from_state, to_state) = (absent(&from), absent(&to));
    view! {
        <div class="diff-row">
            <dt>{label}</dt>
            <dd>
                <span class="unseen">{words::FROM}" "</span>
                <del class="diff-from" data-state=from_state>{from.unwrap_or_else(|| words::NOTHING.into())}</del>
                <span class="unseen">" "{words::TO}" "</span>
                <ins class="diff-to" data-state=to_state>{to.unwrap_or_else(|| words::NOTHING.into())}</ins>
            </dd>
        </div>
    }
}
