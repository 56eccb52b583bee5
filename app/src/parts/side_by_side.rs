//! Values beside each other: two versions of terms, what two people typed, what was offered and what was accepted.

use leptos::prelude::*;

use crate::words::en::parts as words;

/// One term with its values, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SideRow {
    /// The term.
    pub label: String,
    /// What kind of a row it is; `None` for one of which nothing is to say.
    pub mark: Option<SideMark>,
    /// Its values, one for each column; `None` where it has none.
    pub values: Vec<Option<String>>,
}

/// A mark beside a term.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SideMark {
    /// `material` or `cosmetic`.
    pub code: &'static str,
    /// The mark, in words.
    pub text: &'static str,
}

/// Values beside each other, term by term; on a phone each term is a block. Nothing at all without a row.
#[component]
pub fn SideBySide(
    /// What is compared, for a screen reader.
    #[prop(into)]
    label: String,
    /// The head of the terms.
    term: &'static str,
    /// The heads of the values.
    heads: Vec<String>,
    /// The terms.
    rows: Vec<SideRow>,
) -> impl IntoView {
    (!rows.is_empty()).then(|| {
        // a heading of the same words stands over it, and two landmarks of one name are one too many
        let label = words::term_by_term(&label);
        let columns = heads.iter().map(|head| view! { <th scope="col" role="columnheader">{head.clone()}</th> }).collect_view();
        let rows: Vec<AnyView> = rows.into_iter().map(|one| row(one, &heads)).collect();
        view! {
            <div class="table-scroll" role="region" tabindex="0" aria-label=label>
                <table class="table side-by-side" data-narrow="stack" role="table">
                    <thead role="rowgroup"><tr role="row"><th scope="col" role="columnheader">{term}</th>{columns}</tr></thead>
                    <tbody role="rowgroup">{rows}</tbody>
                </table>
            </div>
        }
    })
}

fn row(SideRow { label, mark, values }: SideRow, heads: &[String]) -> AnyView {
    let state = mark.as_ref().map(|mark| mark.code);
    let mark = mark.map(|mark| view! { <span class="table-sub side-mark">{mark.text}</span> });
    let cells = values.into_iter().zip(heads).map(|(value, head)| {
        let absent = value.is_none().then_some("none");
        view! { <td role="cell" data-label=head.clone() data-state=absent>{value.unwrap_or_else(|| words::NOTHING.into())}</td> }
    });
    view! { <tr role="row" data-state=state><th scope="row" role="rowheader">{label}{mark}</th>{cells.collect_view()}</tr> }.into_any()
}
