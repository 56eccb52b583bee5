//! The list of offers.

use leptos::prelude::*;
use offer::access::Action;
use offer::lifecycle::Status;
use offer::moment::Moment;

use super::record::choice;
use super::{Found, Place, Sheet, Times, Visit, staff_page};
use crate::api::identity::percent;
use crate::desk::{OfferLine, OfferList, OfferListAsk, Waiting};
use crate::parts::{Badge, BadgeKind, Button, Control, Empty, Field, LinkButton, PageHead, Pager, Status as StatusMark, WaitingOn};
use crate::shell::PageWidth;
use crate::words::en::{date, staff as words, status};

/// All offers that the viewer may see.
#[component]
pub fn OffersPage() -> impl IntoView {
    staff_page(Place::Offers, offers)
}

pub(in crate::pages) async fn offers(visit: Visit) -> Found {
    let ask = OfferListAsk {
        words: visit.query("q").unwrap_or_default(),
        statuses: visit.queries("status").iter().filter_map(|code| Status::parse(code)).collect(),
        waiting_on_me: visit.query("me").is_some(),
        after: visit.query("after"),
    };
    let list = visit.desk.offers(&visit.viewer, ask.clone()).await.done()?;
    let may_begin = visit.viewer.member().is_some_and(|member| member.ever_may(Action::Draft));
    let new = may_begin.then(|| view! { <LinkButton href="/offers/new" text=words::NEW_OFFER/> });
    let body = vec![
        view! { <PageHead title=words::OFFERS lead=words::OFFERS_LEAD>{new}</PageHead> }.into_any(),
        filter(&ask),
        if list.lines.is_empty() { empty(&ask, may_begin) } else { table(&list, &visit.times()) },
        pager(&ask, &list),
    ];
    Ok(Sheet { title: words::OFFERS.to_owned(), width: PageWidth::Wide, body, ..Sheet::default() })
}

fn filter(ask: &OfferListAsk) -> AnyView {
    let statuses =
        std::iter::once(choice("", words::ALL_STATUSES)).chain(Status::ALL.map(|known| choice(known.code(), status::status(known))));
    let chosen = ask.statuses.first().map_or("", |status| status.code());
    view! {
        <form class="filter" method="get" action="/offers" role="search">
            <Field name="q" label=words::SEARCH control=Control::Search value=ask.words.clone()/>
            <Field name="status" label=words::STATUS control=Control::Select(statuses.collect()) value=chosen/>
            <Field name="me" label=words::WAITING_ON_ME control=Control::Tick value=if ask.waiting_on_me { "yes" } else { "" }/>
            <Button text=words::SHOW/>
        </form>
    }
    .into_any()
}

fn empty(ask: &OfferListAsk, may_begin: bool) -> AnyView {
    let all = ask.words.is_empty() && ask.statuses.is_empty() && !ask.waiting_on_me && ask.after.is_none();
    match (all, may_begin) {
        (true, true) => view! {
            <Empty title=words::NO_OFFERS text=words::NO_OFFERS_BEGIN><LinkButton href="/offers/new" text=words::NEW_OFFER/></Empty>
        }
        .into_any(),
        (true, false) => view! { <Empty title=words::NO_OFFERS text=words::NO_OFFERS_WAIT/> }.into_any(),
        (false, _) if ask.waiting_on_me && ask.words.is_empty() && ask.statuses.is_empty() => view! {
            <Empty title=words::NOTHING_WAITS text=words::NOTHING_WAITS_WHY><LinkButton href="/offers" text=words::ALL_OFFERS/></Empty>
        }
        .into_any(),
        (false, _) => view! {
            <Empty title=words::NO_MATCH text=words::NO_MATCH_WHY><LinkButton href="/offers" text=words::ALL_OFFERS/></Empty>
        }
        .into_any(),
    }
}

fn table(list: &OfferList, times: &Times) -> AnyView {
    let rows: Vec<AnyView> = list.lines.iter().map(|line| row(line, list.now, times)).collect();
    let heads = [
        words::COLUMN_OFFER,
        words::COLUMN_CANDIDATE,
        words::COLUMN_STATUS,
        words::COLUMN_WAITING,
        words::COLUMN_AGE,
        words::COLUMN_START,
        words::COLUMN_DEADLINE,
    ];
    let heads = heads.map(|head| view! { <th scope="col" role="columnheader">{head}</th> });
    view! {
        <div class="table-scroll" role="region" tabindex="0" aria-label=words::OFFERS>
            <table class="table" data-kind="ledger" data-narrow="stack" role="table">
                <thead role="rowgroup"><tr role="row">{heads.into_iter().collect_view()}</tr></thead>
                <tbody role="rowgroup">{rows}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(line: &OfferLine, now: Moment, times: &Times) -> AnyView {
    let client = (!line.client.is_empty()).then(|| view! { <span class="table-sub">{line.client.clone()}</span> });
    let exceptions = (line.exceptions > 0).then(|| view! { " "<Badge text=words::exceptions(line.exceptions) kind=BadgeKind::Exception/> });
    let waits = line.waiting.iter().any(|waiting| waiting.on_you).then(|| view! { " "<Badge text=words::ON_YOU kind=BadgeKind::New/> });
    let waiting: Vec<AnyView> = line.waiting.iter().map(|waiting| waiting_cell(waiting, now, times)).collect();
    let href = format!("/offers/{}", line.id);
    let candidate = if line.candidate.is_empty() { words::NAME_HIDDEN.to_owned() } else { line.candidate.clone() };
    view! {
        <tr class="offer-row" role="row">
            <th scope="row" role="rowheader" data-label=words::COLUMN_OFFER>
                <a class="table-name" href=href>{line.title.clone()}</a>
                <span class="table-sub">{line.number.clone()}</span>
            </th>
            <td role="cell" data-label=words::COLUMN_CANDIDATE>{candidate}{client}</td>
            <td role="cell" data-label=words::COLUMN_STATUS>
                <StatusMark state=line.status.code() text=status::status(line.status)/>
                {exceptions}
                {waits}
            </td>
            <td role="cell" data-label=words::COLUMN_WAITING>{waiting}</td>
            <td role="cell" data-label=words::COLUMN_AGE>{date::span(now.seconds_since(line.since))}</td>
            <td role="cell" data-label=words::COLUMN_START>{line.start.map(date::day)}</td>
            <td role="cell" data-label=words::COLUMN_DEADLINE>{line.accept_by.map(|at| times.near(at, now))}</td>
        </tr>
    }
    .into_any()
}

fn waiting_cell(waiting: &Waiting, now: Moment, times: &Times) -> AnyView {
    let due = waiting.due_at.map(|at| times.near(at, now));
    let text = status::waiting_cell(&waiting.on, &waiting.names, &date::span(now.seconds_since(waiting.since)), due.as_deref());
    let late = late(waiting, now).map(|late| view! { " "<Badge text=late kind=BadgeKind::Late/> });
    view! { <p>{text}{late}</p> }.into_any()
}

fn late(waiting: &Waiting, now: Moment) -> Option<String> {
    waiting.due_at.filter(|at| *at < now).map(|at| words::late_by(&date::span(now.seconds_since(at))))
}

/// On whom an offer waits, since when, until when, and by how much it is late.
pub fn waiting_line(waiting: &Waiting, now: Moment, times: &Times) -> AnyView {
    let due = waiting.due_at.map(|at| times.near(at, now));
    let text = status::waiting(&waiting.on, &waiting.names, &date::span(now.seconds_since(waiting.since)), due.as_deref());
    let late = late(waiting, now);
    view! { <WaitingOn text=text late=late/> }.into_any()
}

fn pager(ask: &OfferListAsk, list: &OfferList) -> AnyView {
    let base = |after: Option<&String>| {
        let mut parts = Vec::new();
        if !ask.words.is_empty() {
            parts.push(format!("q={}", percent(&ask.words)));
        }
        parts.extend(ask.statuses.iter().map(|status| format!("status={}", status.code())));
        if ask.waiting_on_me {
            parts.push("me=yes".to_owned());
        }
        if let Some(after) = after {
            parts.push(format!("after={}", percent(after)));
        }
        if parts.is_empty() { "/offers".to_owned() } else { format!("/offers?{}", parts.join("&")) }
    };
    let first = ask.after.is_some().then(|| view! { <p><a href=base(None)>{words::FROM_THE_START}</a></p> });
    let shown = words::offers_shown(list.lines.len());
    let next = list.next.as_ref().map(|next| base(Some(next)));
    view! { {first} <Pager label=words::PAGES shown=shown next=next/> }.into_any()
}
