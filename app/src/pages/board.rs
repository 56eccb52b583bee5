//! The board: offers under way in columns or in a table, by stage or by whom they wait on.

mod card;
mod columns;
mod filter;
mod table;
mod views;

use leptos::prelude::*;
use offer::access::Action;

use super::{Found, Place, Sheet, Visit, staff_page};
use crate::api::identity::percent;
use crate::desk::{Board, BoardAsk, Layout, Narrow, Order};
use crate::islands::live_board::LiveBoard;
use crate::parts::{Empty, LinkButton, Notice, NoticeKind, PageHead};
use crate::shell::{Bundle, PageWidth};
use crate::words::en::{board as words, course, staff};

pub use card::card;

/// The board.
#[component]
pub fn BoardPage() -> impl IntoView {
    staff_page(Place::Offers, board)
}

pub(in crate::pages) async fn board(visit: Visit) -> Found {
    let ask = BoardAsk::read(|name| visit.query(name));
    let board = visit.desk.board(&visit.viewer, ask.clone()).await.done()?;
    let may_begin = visit.viewer.member().is_some_and(|member| member.ever_may(Action::Draft));
    let new = may_begin.then(|| view! { <LinkButton href="/offers/new" text=staff::NEW_OFFER/> });
    let lead = lead(&ask);
    let times = visit.times();
    let offers = offers(&ask, &board, &times, may_begin);
    let (cursor, filter, layout) = (board.cursor.clone(), filter::filter(&ask, &board), filter::layout(&ask));
    let body = vec![
        view! { <PageHead title=staff::OFFERS lead=lead>{new}</PageHead> }.into_any(),
        views::views(&visit, &ask, &board),
        filter,
        layout,
        view! { <div id="board" class="board">{offers}</div> }.into_any(),
        view! { <LiveBoard cursor=cursor/><Bundle/> }.into_any(),
    ];
    Ok(Sheet { title: staff::OFFERS.to_owned(), width: PageWidth::Wide, body, ..Sheet::default() })
}

/// Which offers there are, and which of them come first.
fn lead(ask: &BoardAsk) -> String {
    let by_words = !ask.narrow.words.trim().is_empty();
    let (which, first) = match (ask.narrow.ended, ask.layout) {
        (true, _) if by_words => (words::LEAD_ENDED, words::NEWEST_FIRST),
        (true, _) => (words::LEAD_ENDED, words::LATEST_FIRST),
        (false, Layout::Table) if by_words => (words::LEAD, words::NEWEST_FIRST),
        (false, _) if ask.order == Order::Deadline || ask.narrow.overdue => (words::LEAD, words::DEADLINE_FIRST),
        (false, _) => (words::LEAD, words::LONGEST_FIRST),
    };
    format!("{which} {first}")
}

fn offers(ask: &BoardAsk, board: &Board, times: &super::Times, may_begin: bool) -> Vec<AnyView> {
    let is_empty = board.lines.is_empty() && board.groups.iter().all(|group| group.count.found == 0 && !group.count.more);
    let far = board.looked_far.then(|| view! { <Notice kind=NoticeKind::Note title=words::LOOKED_FAR>""</Notice> }.into_any());
    let shown = if ask.narrow.ended || ask.layout == Layout::Table {
        let counts = (!ask.narrow.ended).then(|| table::counts(ask, board));
        let rows = if board.lines.is_empty() { empty(ask, may_begin) } else { table::table(ask, board, times) };
        let lost = board.lost.map(|(unwritten, after_verbal)| {
            let said = course::lost_counts(&words::count(unwritten), after_verbal.map(words::count).as_deref());
            view! { <p class="section-lead" id="board-lost">{said}</p> }.into_any()
        });
        vec![lost, counts, Some(rows)]
    } else if is_empty {
        vec![Some(empty(ask, may_begin))]
    } else {
        vec![Some(columns::columns(ask, board, times))]
    };
    shown.into_iter().chain([far]).flatten().collect()
}

fn empty(ask: &BoardAsk, may_begin: bool) -> AnyView {
    let all = ask.narrow == Narrow::default() && ask.order == Order::Waiting && ask.after.is_none();
    match (all, may_begin) {
        (true, true) => view! {
            <Empty title=staff::NO_OFFERS text=staff::NO_OFFERS_BEGIN><LinkButton href="/offers/new" text=staff::NEW_OFFER/></Empty>
        }
        .into_any(),
        (true, false) => view! { <Empty title=staff::NO_OFFERS text=staff::NO_OFFERS_WAIT/> }.into_any(),
        (false, _) => nothing_found(ask),
    }
}

/// Nothing was found: by these words, by these filters, or among the offers that have ended.
fn nothing_found(ask: &BoardAsk) -> AnyView {
    let unfiltered = cleared(ask);
    // what is due first leaves out what is never due
    let is_filtered = ask.narrow != unfiltered.narrow || ask.order != unfiltered.order;
    if is_filtered && ask.narrow.words.is_empty() {
        let clear = address(&unfiltered);
        return view! {
            <Empty title=words::NONE_MATCHES text=words::NONE_MATCHES_WHY><LinkButton href=clear text=words::CLEAR_FILTERS/></Empty>
        }
        .into_any();
    }
    let why = if is_filtered { staff::NO_MATCH_WHY } else { words::NO_OFFERS };
    view! { <Empty title=staff::NO_MATCH text=why><LinkButton href="/offers" text=staff::ALL_OFFERS/></Empty> }.into_any()
}

/// The same board without words and filters, in its usual order.
fn cleared(ask: &BoardAsk) -> BoardAsk {
    let all = Narrow { ended: ask.narrow.ended, ..Narrow::default() };
    BoardAsk { order: Order::Waiting, ..ask.with(all) }
}

/// The address of a question to the board.
pub fn address(ask: &BoardAsk) -> String {
    let parts: Vec<String> = ask.pairs().into_iter().map(|(name, value)| format!("{name}={}", percent(&value))).collect();
    if parts.is_empty() { "/offers".to_owned() } else { format!("/offers?{}", parts.join("&")) }
}
