//! Who looked at pay and personal data, over all offers; for those who audit every one of them.

use leptos::prelude::*;

use super::{Found, Place, Sheet, Times, Visit, staff_page};
use crate::api::identity::percent;
use crate::desk::{LookedAsk, LookedLine, LookedPage};
use crate::parts::{Button, Choice, Control, Empty, Field, Ledger, PageHead, Pager};
use crate::shell::PageWidth;
use crate::words::en::access as words;

/// Who looked.
#[component]
pub fn LookedPage() -> impl IntoView {
    staff_page(Place::Looked, looked)
}

pub(in crate::pages) async fn looked(visit: Visit) -> Found {
    let query = |name: &str| visit.query(name).unwrap_or_default();
    let ask = LookedAsk { person: query("person"), number: query("offer"), after: visit.query("after") };
    let page = visit.desk.looked(&visit.viewer, &ask).await.done()?;
    let list = if page.lines.is_empty() {
        view! { <Empty title=words::NOTHING_LOOKED text=words::NOTHING_LOOKED_WHY/> }.into_any()
    } else {
        table(&page.lines, &visit.times())
    };
    let next = page
        .next
        .as_ref()
        .map(|after| format!("/audit/looked?person={}&offer={}&after={}", percent(&ask.person), percent(&ask.number), percent(after)));
    let body = vec![
        view! { <PageHead title=words::ALL_LOOKED lead=words::kept_for(page.kept_days)/> }.into_any(),
        filter(&ask, &page),
        list,
        view! { <Pager label=words::PAGES shown=words::shown(page.lines.len()) next=next/> }.into_any(),
    ];
    Ok(Sheet { title: words::ALL_LOOKED.to_owned(), width: PageWidth::Wide, body, ..Sheet::default() })
}

fn filter(ask: &LookedAsk, page: &LookedPage) -> AnyView {
    let anybody = Choice { value: String::new(), text: words::ANYBODY.to_owned(), hint: None };
    let people = page.people.iter().map(|(id, name)| Choice { value: id.to_string(), text: name.clone(), hint: None });
    let people: Vec<Choice> = std::iter::once(anybody).chain(people).collect();
    view! {
        <form class="filter" method="get" action="/audit/looked">
            <Field name="person" label=words::PERSON control=Control::Select(people) value=ask.person.clone()/>
            <Field name="offer" label=words::NUMBER hint=words::NUMBER_HINT value=ask.number.clone()/>
            <Button text=words::SHOW/>
        </form>
    }
    .into_any()
}

/// Who looked, a line each.
pub(in crate::pages) fn table(lines: &[LookedLine], times: &Times) -> AnyView {
    const HEADS: &[&str] = &[words::COLUMN_WHEN, words::COLUMN_PERSON, words::COLUMN_WHAT, words::COLUMN_OFFER, words::COLUMN_SHOWN];
    let rows = lines.iter().map(|line| row(line, times)).collect();
    view! { <Ledger label=words::LOOKED_LINES heads=HEADS rows=rows/> }.into_any()
}

fn row(line: &LookedLine, times: &Times) -> AnyView {
    let who = line.who.clone().unwrap_or_else(|| words::CANDIDATE.to_owned());
    let href = format!("/offers/{}", line.offer);
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" data-label=words::COLUMN_WHEN>{times.full(line.at)}</th>
            <td role="cell" data-label=words::COLUMN_PERSON>{who}</td>
            <td role="cell" data-label=words::COLUMN_WHAT>{words::viewed(line.what)}</td>
            <td role="cell" data-label=words::COLUMN_OFFER><a class="table-key" href=href>{line.number.clone()}</a></td>
            <td role="cell" data-label=words::COLUMN_SHOWN>{words::sides(&line.sides)}</td>
        </tr>
    }
    .into_any()
}
