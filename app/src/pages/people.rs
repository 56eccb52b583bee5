//! People, for whoever runs them: who is there.

mod columns;
pub mod new;
pub mod person;
mod tokens;

use leptos::prelude::*;

use super::{Found, Place, Sheet, Visit, staff_page};
use crate::api::people::person_path;
use crate::desk::{PeopleAsk, PersonLine};
use crate::parts::{Button, Control, Empty, Field, Ledger, LinkButton, PageHead};
use crate::shell::PageWidth;
use crate::words::en::{person as words, role, staff};

/// Clients of somebody that a line lists.
const CLIENTS_SHOWN: usize = 4;

/// Who is there.
#[component]
pub fn PeoplePage() -> impl IntoView {
    staff_page(Place::People, people)
}

async fn people(visit: Visit) -> Found {
    let ask = PeopleAsk { words: visit.query("q").unwrap_or_default(), left: visit.query("left").is_some() };
    let page = visit.desk.people(&visit.viewer, &ask).await.done()?;
    let list =
        if page.people.is_empty() { view! { <Empty title=words::NOBODY text=words::NOBODY_WHY/> }.into_any() } else { table(&page.people) };
    let (other, other_text) = if ask.left { ("/people", words::SHOW_PRESENT) } else { ("/people?left=yes", words::SHOW_LEFT) };
    let left = ask.left.then(|| view! { <input type="hidden" name="left" value="yes"/> });
    let body = view! {
        <PageHead title=words::TITLE lead=words::LEAD><LinkButton href="/people/new" text=words::ADD/></PageHead>
        <form class="filter" method="get" action="/people" role="search">
            {left}
            <Field name="q" label=words::SEARCH control=Control::Search value=ask.words/>
            <Button text=staff::SHOW/>
        </form>
        {list}
        {page.more.then(|| view! { <p>{words::MORE}</p> })}
        <p><a href=other>{other_text}</a></p>
    };
    let body = vec![view! { <div class="stack">{body}</div> }.into_any()];
    Ok(Sheet { title: words::TITLE.to_owned(), width: PageWidth::Wide, body, ..Sheet::default() })
}

fn table(people: &[PersonLine]) -> AnyView {
    const HEADS: &[&str] = &[words::COLUMN_NAME, words::COLUMN_ROLES, words::COLUMN_TEAM, words::COLUMN_CLIENTS];
    let rows = people.iter().map(|line| row(line).into_any()).collect();
    view! { <Ledger label=words::TITLE heads=HEADS rows=rows/> }.into_any()
}

fn row(line: &PersonLine) -> impl IntoView + use<> {
    let roles = line.roles.iter().map(role::role).collect::<Vec<_>>().join(", ");
    let mut clients = line.clients.iter().take(CLIENTS_SHOWN).map(ToString::to_string).collect::<Vec<_>>().join(", ");
    if let Some(more) = line.clients.len().checked_sub(CLIENTS_SHOWN).filter(|more| *more > 0) {
        clients = format!("{clients} {}", words::more_clients(more));
    }
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">
                <a href=person_path(line.id.as_str())>{line.name.clone()}</a>
                <span class="table-sub">{line.email.clone()}</span>
            </th>
            <td role="cell" data-label=words::COLUMN_ROLES>{filled(roles)}</td>
            <td role="cell" data-label=words::COLUMN_TEAM>{filled(line.team.clone())}</td>
            <td role="cell" data-label=words::COLUMN_CLIENTS>{filled(clients)}</td>
        </tr>
    }
}

/// An empty cell is left out on a phone, where each stands on its own line.
fn filled(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}
