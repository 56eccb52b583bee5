//! The board, its views, and what waits on somebody.

use std::sync::Arc;

use offer::id::{OfferId, StepKey};
use offer::lifecycle::{Status, WaitsOn};
use offer::measure::Stage;

use super::offers::{moment, waiting};
use super::{FakeDesk, OFFER, asking, html, visit};
use crate::desk::{
    Board, BoardAsk, BoardGroup, Count, GroupKey, Layout, MyWork, Narrow, OfferLine, SavedView, Todo, Waiting, WaitingGroup,
};
use crate::pages::board::board;
use crate::pages::work::work;

fn line() -> OfferLine {
    OfferLine {
        id: OfferId::new(OFFER),
        number: "REQ-1000-3".to_owned(),
        candidate: "Maria <Silva>".to_owned(),
        title: "Registered Nurse".to_owned(),
        client: "Mercy Hospital".to_owned(),
        status: Status::InReview,
        since: moment("2026-11-18T15:00:00Z"),
        stage: Some((Stage::Alignment, moment("2026-11-17T15:00:00Z"))),
        waiting: vec![waiting()],
        start: None,
        accept_by: None,
        exceptions: 2,
        exposure: None,
    }
}

fn sent() -> OfferLine {
    let on_candidate = Waiting {
        on: WaitsOn::Candidate,
        names: Vec::new(),
        since: moment("2026-11-18T15:00:00Z"),
        due_at: Some(moment("2026-11-22T17:00:00Z")),
        todo: Todo::Wait,
        on_you: false,
        reminded: None,
        escalated: None,
    };
    let (status, accept_by) = (Status::Sent, Some(moment("2026-11-22T17:00:00Z")));
    OfferLine { status, accept_by, waiting: vec![on_candidate], exceptions: 0, stage: None, ..line() }
}

fn empty() -> Board {
    Board {
        groups: Vec::new(),
        lines: Vec::new(),
        next: None,
        looked_far: false,
        lost: None,
        now: moment("2026-11-20T15:00:00Z"),
        cursor: "77".to_owned(),
        teams: Vec::new(),
        clients: Vec::new(),
        views: Vec::new(),
    }
}

fn desk_of(board: Board) -> Arc<FakeDesk> {
    Arc::new(FakeDesk { board: Some(board), ..FakeDesk::default() })
}

fn column(key: GroupKey, found: usize, more: bool, lines: Vec<OfferLine>) -> BoardGroup {
    BoardGroup { key, count: Count { found, more }, lines }
}

#[test]
fn a_card_says_on_whom_an_offer_waits_since_when_and_until_when() {
    let groups = vec![column(GroupKey::Stage(Stage::Alignment), 200, true, vec![line()])];
    let page = html(visit(&desk_of(Board { groups, ..empty() })), board);
    assert!(page.contains("Waiting on Finance (Ana Ruiz) for 2 days, due Tuesday 3:00 PM UTC"), "{page}");
    assert!(page.contains("REQ-1000-3 · 3 days in Pay and budget"), "{page}");
    assert!(page.contains("2 exceptions") && page.contains("on you"), "{page}");
    assert!(page.contains("Maria &lt;Silva&gt;"), "{page}");
    assert!(page.contains(r#"aria-label="All 200+ in Pay and budget""#), "{page}");
    assert!(page.contains(r#"href="/offers?view=table&amp;stage=alignment""#), "{page}");
}

#[test]
fn what_is_over_its_time_says_by_how_much() {
    let late = Waiting { due_at: Some(moment("2026-11-20T12:00:00Z")), ..waiting() };
    let finance = GroupKey::Waiting(WaitingGroup::Step(StepKey::named("finance")));
    let groups = vec![column(finance, 1, false, vec![OfferLine { waiting: vec![late], ..line() }])];
    let page = html(visit(&desk_of(Board { groups, ..empty() })), board);
    assert!(page.contains("Waiting on Finance (Ana Ruiz) for 2 days,") && page.contains(">3 hours over</span>"), "{page}");
}

#[test]
fn the_table_says_by_when_a_candidate_may_answer_and_leads_to_the_next_page() {
    let desk = desk_of(Board { lines: vec![sent()], next: Some("7.a b".to_owned()), ..empty() });
    let page = html(asking(visit(&desk), &[("view", "table"), ("status", "sent")]), board);
    assert!(page.contains("Accept by Sunday 5:00 PM UTC, in 2 days"), "{page}");
    assert!(page.contains("The candidate for 2 days"), "{page}");
    assert!(page.contains("/offers?view=table&amp;status=sent&amp;after=7.a%20b"), "{page}");
    let asked = desk.board_asked.lock().unwrap();
    let narrow = Narrow { status: Some(Status::Sent), ..Narrow::default() };
    assert_eq!(asked.first(), Some(&BoardAsk { layout: Layout::Table, narrow, ..BoardAsk::default() }));
}

#[test]
fn columns_are_grouped_and_a_table_is_only_counted() {
    let columns = html(visit(&desk_of(empty())), board);
    assert!(columns.contains(">Grouped by</span>") && !columns.contains("Counted by"), "{columns}");
    let table = html(asking(visit(&desk_of(empty())), &[("view", "table")]), board);
    assert!(table.contains(">Counted by</span>") && !table.contains("Grouped by"), "{table}");
}

#[test]
fn an_empty_board_says_why_and_offers_no_button_to_those_who_may_not_begin() {
    let page = html(visit(&desk_of(empty())), board);
    assert!(page.contains("No offers yet"), "{page}");
    assert!(!page.contains("/offers/new"), "{page}");
    let page = html(asking(visit(&desk_of(empty())), &[("q", "nobody")]), board);
    assert!(page.contains("Nothing found"), "{page}");
}

#[test]
fn filters_that_leave_no_offer_are_named_as_what_to_clear() {
    let page = html(asking(visit(&desk_of(empty())), &[("overdue", "yes"), ("view", "table")]), board);
    assert!(page.contains("No offer matches these filters"), "{page}");
    assert!(!page.contains("Try fewer words"), "{page}");
    assert!(page.contains("Clear the filters"), "{page}");
}

#[test]
fn a_view_that_nobody_has_can_be_saved_and_a_saved_one_is_a_link() {
    let narrow = Narrow { overdue: true, mine: true, ..Narrow::default() };
    let saved = SavedView { name: "Mine & late".to_owned(), ask: BoardAsk { narrow, ..BoardAsk::default() } };
    let board_of = || desk_of(Board { views: vec![saved.clone()], ..empty() });
    let page = html(asking(visit(&board_of()), &[("mine", "yes"), ("overdue", "yes")]), board);
    assert!(page.contains(r#"<a href="/offers?mine=yes&amp;overdue=yes" aria-current="page">Mine &amp; late</a>"#), "{page}");
    assert!(!page.contains("/api/views/save") && page.contains("/api/views/remove"), "{page}");
    let page = html(asking(visit(&board_of()), &[("q", "icu")]), board);
    assert!(page.contains(r#"name="asks" value="q=icu""#), "{page}");
}

#[test]
fn each_line_of_my_work_has_one_obvious_thing_to_do() {
    let mine = MyWork {
        yours: vec![line()],
        more: false,
        others: vec![sent()],
        own: Count { found: 2, more: false },
        now: moment("2026-11-20T15:00:00Z"),
        cursor: "77".to_owned(),
    };
    let desk = Arc::new(FakeDesk { work: Some(mine), ..FakeDesk::default() });
    let page = html(visit(&desk), work);
    assert!(page.contains(&format!(r#"<a href="/offers/{OFFER}" aria-label="Decide:"#)) && page.contains(">Decide<"), "{page}");
    assert!(page.contains("Waits on you (1)") && page.contains("All 2 of your offers"), "{page}");
    assert!(page.contains("Waiting on the candidate for 2 days"), "{page}");
}

#[test]
fn a_letter_that_is_stopped_is_marked_wherever_its_offer_is_listed() {
    for (todo, mark) in [(Todo::Release, "on hold"), (Todo::SendAgain, "not delivered")] {
        let waiting = vec![Waiting { on: WaitsOn::Recruiter, due_at: None, todo, ..waiting() }];
        let stopped = OfferLine { waiting, ..sent() };
        let groups = vec![column(GroupKey::Stage(Stage::Acceptance), 1, false, vec![stopped.clone()])];
        let card = html(visit(&desk_of(Board { groups, ..empty() })), board);
        let lines = vec![stopped.clone()];
        let row = html(asking(visit(&desk_of(Board { lines, ..empty() })), &[("view", "table")]), board);
        let mine = MyWork {
            yours: vec![stopped],
            more: false,
            others: Vec::new(),
            own: Count::default(),
            now: moment("2026-11-20T15:00:00Z"),
            cursor: "77".to_owned(),
        };
        let work = html(visit(&Arc::new(FakeDesk { work: Some(mine), ..FakeDesk::default() })), work);
        for page in [card, row, work] {
            assert!(page.contains(&format!(">{mark}</span>")), "{page}");
        }
    }
}

#[test]
fn nothing_waits_on_somebody_who_is_done() {
    let mine = MyWork {
        yours: Vec::new(),
        more: false,
        others: Vec::new(),
        own: Count::default(),
        now: moment("2026-11-20T15:00:00Z"),
        cursor: String::new(),
    };
    let desk = Arc::new(FakeDesk { work: Some(mine), ..FakeDesk::default() });
    let page = html(visit(&desk), work);
    assert!(page.contains("Nothing waits on you"), "{page}");
}
