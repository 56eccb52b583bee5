//! The board in columns.

use leptos::prelude::*;

use super::{address, card};
use crate::desk::{Board, BoardAsk, BoardGroup, GroupKey, Grouping, Layout, Narrow};
use crate::pages::Times;
use crate::words::en::board as words;

/// The columns, in a region that scrolls sideways; on a phone they stand under each other.
pub(super) fn columns(ask: &BoardAsk, board: &Board, times: &Times) -> AnyView {
    let name = words::board_of(if ask.grouping == Grouping::Stage { words::BY_STAGE } else { words::BY_WAITING });
    let columns: Vec<AnyView> = board.groups.iter().map(|group| column(ask, group, board, times)).collect();
    view! { <div class="board-columns" id="board-columns" role="region" tabindex="0" aria-label=name>{columns}</div> }.into_any()
}

fn column(ask: &BoardAsk, group: &BoardGroup, board: &Board, times: &Times) -> AnyView {
    let (key, title, count) = (code(&group.key), words::group(&group.key), words::count(group.count));
    let cards: Vec<AnyView> = group
        .lines
        .iter()
        .map(|line| {
            let card = card(line, &key, board.now, times);
            view! { <li>{card}</li> }.into_any()
        })
        .collect();
    let title_id = format!("column-{key}-title");
    let more = (group.count.more || group.count.found > group.lines.len()).then(|| {
        let (href, name) = (address(&of_group(ask, &group.key)), words::all_of_in(&count, &title));
        view! { <a class="board-column-all" href=href aria-label=name>{words::all_of(&count)}</a> }
    });
    let cards = if cards.is_empty() {
        view! { <p class="board-column-none">{words::NONE_HERE}</p> }.into_any()
    } else {
        view! { <ol class="board-cards">{cards}</ol> }.into_any()
    };
    let named_by = title_id.clone();
    view! {
        <section class="board-column" id=format!("column-{key}") aria-labelledby=named_by>
            <h2 class="board-column-title" id=title_id>{title}" "<span class="figure">{count}</span></h2>
            {cards}
            {more}
        </section>
    }
    .into_any()
}

/// The table of everything in a group.
pub(super) fn of_group(ask: &BoardAsk, key: &GroupKey) -> BoardAsk {
    let narrow = match key {
        GroupKey::Stage(stage) => Narrow { stage: Some(*stage), ..ask.narrow.clone() },
        GroupKey::Waiting(group) => Narrow { waiting: Some(group.clone()), ..ask.narrow.clone() },
    };
    BoardAsk { layout: Layout::Table, ..ask.with(narrow) }
}

pub(super) fn code(key: &GroupKey) -> String {
    match key {
        GroupKey::Stage(stage) => stage.code().to_owned(),
        GroupKey::Waiting(group) => group.code().replace('.', "-"),
    }
}
