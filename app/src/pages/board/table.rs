//! The board as a table.

use leptos::prelude::*;

use super::{address, columns::of_group};
use crate::desk::{Board, BoardAsk, GroupKey, Narrow, OfferLine};
use crate::pages::Times;
use crate::pages::waiting::{age, deadline, name, stopped, waiting_cell};
use crate::parts::{Badge, BadgeKind, Ledger, Pager, Status as StatusMark};
use crate::words::en::{board as words, staff, status};

/// How many there are of each, each leading to its own.
pub(super) fn counts(ask: &BoardAsk, board: &Board) -> AnyView {
    let is_here = |key: &GroupKey| match key {
        GroupKey::Stage(stage) => ask.narrow.stage == Some(*stage),
        GroupKey::Waiting(group) => ask.narrow.waiting.as_ref() == Some(group),
    };
    let count = |group: &crate::desk::BoardGroup| {
        let href = address(&of_group(ask, &group.key));
        let (count, title, here) = (words::count(group.count), words::group(&group.key), is_here(&group.key));
        view! { <li><a href=href aria-current=here.then_some("true")><span class="figure">{count}</span>{title}</a></li> }
    };
    let all = Narrow { stage: None, waiting: None, ..ask.narrow.clone() };
    let narrowed = all != ask.narrow;
    let all = narrowed.then(|| view! { <li><a href=address(&ask.with(all))>{words::ALL}</a></li> });
    let name = words::board_of(if ask.grouping == crate::desk::Grouping::Stage { words::BY_STAGE } else { words::BY_WAITING });
    view! {
        <nav aria-label=name><ul class="stage-counts" id="board-counts">{all}{board.groups.iter().map(count).collect_view()}</ul></nav>
    }
    .into_any()
}

const HEADS: &[&str] = &[
    words::COLUMN_CANDIDATE,
    words::COLUMN_OFFER,
    words::COLUMN_STATUS,
    words::COLUMN_WAITING,
    words::COLUMN_DEADLINE,
    words::COLUMN_STAGE,
];

/// The rows, and the way to the next page.
pub(super) fn table(ask: &BoardAsk, board: &Board, times: &Times) -> AnyView {
    let rows: Vec<AnyView> = board.lines.iter().map(|line| row(line, board, times)).collect();
    let next = board.next.clone().map(|after| address(&BoardAsk { after: Some(after), ..ask.clone() }));
    let shown = staff::offers_shown(board.lines.len());
    let first = ask.after.is_some().then(|| view! { <p><a href=address(&ask.from_the_start())>{staff::FROM_THE_START}</a></p> });
    view! {
        <Ledger label=staff::OFFERS heads=HEADS rows=rows rows_id="board-rows"/>
        {first}
        <Pager label=staff::PAGES shown=shown next=next/>
    }
    .into_any()
}

fn row(line: &OfferLine, board: &Board, times: &Times) -> AnyView {
    let exceptions = (line.exceptions > 0).then(|| view! { " "<Badge text=staff::exceptions(line.exceptions) kind=BadgeKind::Exception/> });
    let on_you = line.waiting.iter().any(|waiting| waiting.on_you);
    let stopped = stopped(line).map(|mark| view! { " "{mark} });
    let waits = on_you.then(|| view! { " "<Badge text=staff::ON_YOU kind=BadgeKind::New/> });
    let waiting: Vec<AnyView> = line.waiting.iter().map(|waiting| waiting_cell(waiting, board.now, times)).collect();
    let deadline = deadline(line, board.now, times).map(|(text, over)| view! { <span data-state=over.then_some("over")>{text}</span> });
    let client = (!line.client.is_empty()).then(|| view! { <span class="table-sub">{line.client.clone()}</span> });
    view! {
        <tr class="offer-row" role="row" id=format!("row-{}", line.id) data-offer=line.id.to_string()>
            <th scope="row" role="rowheader" data-label=words::COLUMN_CANDIDATE>
                <a class="table-name" href=format!("/offers/{}", line.id)>{name(line)}</a>
                <span class="table-sub">{line.number.clone()}</span>
            </th>
            <td role="cell" data-label=words::COLUMN_OFFER>{line.title.clone()}{client}</td>
            <td role="cell" data-label=words::COLUMN_STATUS>
                <StatusMark state=line.status.code() text=status::status_since(line.status, line.since, line.start)/>
                {stopped}
                {exceptions}
                {waits}
            </td>
            <td role="cell" data-label=words::COLUMN_WAITING>{waiting}</td>
            <td role="cell" data-label=words::COLUMN_DEADLINE>{deadline}</td>
            <td role="cell" data-label=words::COLUMN_STAGE>{age(line, board.now)}</td>
        </tr>
    }
    .into_any()
}
