//! The table of a page that lists things: a line for each, which on a narrow screen is a stack of its cells.

use leptos::prelude::*;

/// A list as a table. Each cell of a row carries its head as `data-label`, for where the heads are not shown.
#[component]
pub fn Ledger(
    /// What it lists, as the name of the region that scrolls; without one the table stands within a section and is as wide as that.
    #[prop(optional)]
    label: Option<&'static str>,
    /// The heads of the columns, of which the first names the thing.
    heads: &'static [&'static str],
    /// A row for each thing.
    rows: Vec<AnyView>,
    /// The id of the rows, where an island looks for them.
    #[prop(optional)]
    rows_id: Option<&'static str>,
) -> impl IntoView {
    let heads = heads.iter().map(|head| view! { <th scope="col" role="columnheader">{*head}</th> }).collect_view();
    let table = view! {
        <table class="table" data-kind="ledger" data-narrow="stack" role="table">
            <thead role="rowgroup"><tr role="row">{heads}</tr></thead>
            <tbody role="rowgroup" id=rows_id>{rows}</tbody>
        </table>
    };
    match label {
        Some(label) => view! { <div class="table-scroll" role="region" tabindex="0" aria-label=label>{table}</div> }.into_any(),
        None => table.into_any(),
    }
}
