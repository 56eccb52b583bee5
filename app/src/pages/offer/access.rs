//! Who can see an offer, who could at any moment, and why; for auditors also who looked.

use leptos::prelude::*;
use offer::field::{FieldTable, Side};

use crate::desk::{AccessAsk, AccessPage, LookedLine, MaySee};
use crate::pages::looked;
use crate::pages::{Found, Place, Sheet, Visit, staff_page};
use crate::parts::{Button, Choice, Control, Crumb, Empty, Field, Ledger, Notice, NoticeKind, PageHead, Section};
use crate::shell::PageWidth;
use crate::words::en::{access as words, field, staff};

/// Who can see one offer.
#[component]
pub fn AccessPage() -> impl IntoView {
    staff_page(Place::Offers, access)
}

pub(in crate::pages) async fn access(visit: Visit) -> Found {
    let id = visit.offer()?;
    let ask = AccessAsk { at: visit.query("at").unwrap_or_default(), what: visit.query("what").unwrap_or_default() };
    let page = visit.desk.access(&visit.viewer, &id, &ask).await.done()?;
    let times = visit.times();
    let title = if page.is_now { words::TITLE } else { words::TITLE_THEN };
    let trail = vec![
        Crumb { href: Some("/offers".to_owned()), text: staff::OFFERS.to_owned() },
        Crumb { href: Some(format!("/offers/{id}")), text: page.number.clone() },
        Crumb { href: None, text: title.to_owned() },
    ];
    let unread = (!page.was_read).then(|| view! { <Notice kind=NoticeKind::Problem title=words::NOT_READ/> });
    let when = words::at(&times.full(page.at), page.playbook);
    let what = page.what.as_ref().map(|(side, key)| {
        let label = key.as_ref().map(|key| field::label_of(key, &page.table));
        view! { <p>{words::asked_for(*side, label.as_deref())}</p> }
    });
    let body = vec![
        view! { <PageHead title=title trail=trail lead=words::LEAD/> }.into_any(),
        view! {
            <div class="stack" data-gap="loose">
                {unread}
                {asked(&ask, &page)}
                <div><p>{when}</p>{what}</div>
                {answered(&page, &times)}
                <p>{words::OPERATORS}</p>
                {page.looked.as_ref().map(|lines| looked_at(lines, &times, &page.number))}
            </div>
        }
        .into_any(),
    ];
    Ok(Sheet { title: format!("{} - {title}", page.number), width: PageWidth::Wide, table: page.table.clone(), body, ..Sheet::default() })
}

/// The form: another moment, one part. A GET, for it asks and changes nothing.
fn asked(ask: &AccessAsk, page: &AccessPage) -> AnyView {
    let action = format!("/offers/{}/access", page.offer);
    let (at, what, parts) = (ask.at.clone(), ask.what.clone(), parts(&page.table));
    view! {
        <Section id="ask" title=words::ASK>
            <form class="filter" method="get" action=action>
                <Field name="at" label=words::AT hint=words::AT_HINT control=Control::DateTime value=at/>
                <Field name="what" label=words::WHAT control=Control::Select(parts) value=what/>
                <Button text=words::SHOW/>
            </form>
        </Section>
    }
    .into_any()
}

/// Anything, a side, or one field.
fn parts(table: &FieldTable) -> Vec<Choice> {
    let choice = |value: &str, text: String| Choice { value: value.to_owned(), text, hint: None };
    let sides = Side::ALL.into_iter().map(|side| choice(side.code(), words::sides(&[side])));
    let fields = table.iter().map(|spec| choice(spec.key.as_str(), field::label_of(&spec.key, table)));
    std::iter::once(choice("", words::ANYTHING.to_owned())).chain(sides).chain(fields).collect()
}

const HEADS: &[&str] = &[words::COLUMN_PERSON, words::COLUMN_SEES, words::COLUMN_BECAUSE, words::COLUMN_SINCE];

fn answered(page: &AccessPage, times: &crate::pages::Times) -> AnyView {
    if !page.was_there {
        return view! { <Empty title=words::NOT_THERE text=words::NOT_THERE_WHY/> }.into_any();
    }
    if page.people.is_empty() && page.candidate_since.is_none() {
        return view! { <Empty title=words::NOBODY text=words::NOBODY_WHY/> }.into_any();
    }
    let candidate = page.candidate_since.map(|since| {
        let sides = words::sides(&[Side::Job, Side::Person, Side::Contact, Side::Package]);
        row(words::CANDIDATE.to_owned(), None, sides, vec![words::CANDIDATE_BECAUSE.to_owned()], times.full(since))
    });
    let people = page.people.iter().map(|person| person_row(person, times)).chain(candidate).collect::<Vec<_>>();
    view! { <Ledger label=words::TITLE heads=HEADS rows=people/> }.into_any()
}

fn person_row(person: &MaySee, times: &crate::pages::Times) -> AnyView {
    let because = person.because.iter().map(|by| words::because(&by.reached, &by.through)).collect();
    let of = person.of_a_client.then_some(words::OF_A_CLIENT);
    row(person.name.clone(), of, words::sides(&person.sides), because, times.full(person.since))
}

fn row(name: String, of: Option<&'static str>, sees: String, because: Vec<String>, since: String) -> AnyView {
    view! {
        <tr role="row">
            <th scope="row" role="rowheader" data-label=words::COLUMN_PERSON>
                <span class="table-name">{name}</span>
                {of.map(|of| view! { <span class="table-sub">{of}</span> })}
            </th>
            <td role="cell" data-label=words::COLUMN_SEES>{sees}</td>
            <td role="cell" data-label=words::COLUMN_BECAUSE>
                {because.into_iter().map(|why| view! { <span class="table-sub">{why}</span> }).collect_view()}
            </td>
            <td role="cell" data-label=words::COLUMN_SINCE>{since}</td>
        </tr>
    }
    .into_any()
}

fn looked_at(lines: &[LookedLine], times: &crate::pages::Times, number: &str) -> AnyView {
    let list = if lines.is_empty() { view! { <p>{words::NOBODY_LOOKED}</p> }.into_any() } else { looked::table(lines, times) };
    let all = format!("/audit/looked?offer={}", crate::api::identity::percent(number));
    view! {
        <Section id="looked" title=words::LOOKED lead=words::LOOKED_LEAD>
            {list}
            <p><a href=all>{words::TO_ALL_LOOKED}</a></p>
        </Section>
    }
    .into_any()
}
