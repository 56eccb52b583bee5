//! The openings for which an offer may be begun.

use leptos::prelude::*;

use super::{Found, Place, Sheet, Visit, staff_page};
use crate::desk::RequisitionLine;
use crate::parts::{Button, Control, Empty, Field, Ledger, LinkButton, PageHead};
use crate::shell::PageWidth;
use crate::words::en::{date, field, staff as words};

/// The openings.
#[component]
pub fn RequisitionsPage() -> impl IntoView {
    staff_page(Place::Openings, requisitions)
}

async fn requisitions(visit: Visit) -> Found {
    let sought = visit.query("q").unwrap_or_default();
    let lines = visit.desk.requisitions(&visit.viewer, &sought).await.done()?;
    let list = if lines.is_empty() {
        let text = if sought.is_empty() { words::NO_OPENINGS_WHY } else { words::NO_MATCH_WHY };
        view! { <Empty title=words::NO_OPENINGS text=text><LinkButton href="/offers/new" text=words::BLANK_OFFER/></Empty> }.into_any()
    } else {
        table(&lines)
    };
    let body = vec![
        view! {
            <PageHead title=words::OPENINGS lead=words::OPENINGS_LEAD><LinkButton href="/offers/new" text=words::BLANK_OFFER/></PageHead>
            <form class="filter" method="get" action="/requisitions" role="search">
                <Field name="q" label=words::SEARCH control=Control::Search value=sought/>
                <Button text=words::SHOW/>
            </form>
        }
        .into_any(),
        list,
    ];
    Ok(Sheet { title: words::OPENINGS.to_owned(), width: PageWidth::Wide, body, ..Sheet::default() })
}

fn table(lines: &[RequisitionLine]) -> AnyView {
    const HEADS: &[&str] =
        &[words::COLUMN_OPENING, words::COLUMN_CLIENT, words::COLUMN_PLACE, words::COLUMN_SEATS, words::COLUMN_START, words::COLUMN_DO];
    view! { <Ledger label=words::OPENINGS heads=HEADS rows=lines.iter().map(row).collect()/> }.into_any()
}

fn row(line: &RequisitionLine) -> AnyView {
    let href = format!("/offers/new?requisition={}", line.id);
    let begin = if line.seats_free == 0 { words::BEGIN_ANYWAY } else { words::BEGIN };
    let named = format!("{begin}: {} {}", line.number, line.title);
    let full = (line.seats_free == 0).then(|| view! { <span class="table-sub">{words::NO_SEAT_FREE}</span> });
    view! {
        <tr class="offer-row" role="row">
            <th scope="row" role="rowheader" data-label=words::COLUMN_OPENING>
                <span class="table-name">{line.title.clone()}</span>
                <span class="table-sub">{line.number.clone()}</span>
            </th>
            <td role="cell" data-label=words::COLUMN_CLIENT>
                {line.client.clone()}
                {line.engagement.map(|engagement| view! { <span class="table-sub">{field::engagement(engagement)}</span> })}
            </td>
            <td role="cell" data-label=words::COLUMN_PLACE>{line.place.clone()}</td>
            <td role="cell" data-label=words::COLUMN_SEATS>{words::seats(line.seats, line.seats_free, line.under_way)}</td>
            <td role="cell" data-label=words::COLUMN_START>
                {line.start.map(date::day)}
                {line.start_has_passed.then(|| view! { <span class="table-sub">{words::START_HAS_PASSED}</span> })}
            </td>
            <td role="cell" data-label=words::COLUMN_DO><a href=href aria-label=named>{begin}</a>{full}</td>
        </tr>
    }
    .into_any()
}
