//! What the board is narrowed by, and how it is laid out.

use leptos::prelude::*;
use offer::engagement::Engagement;
use offer::lifecycle::Status;

use super::{address, cleared};
use crate::desk::{Board, BoardAsk, Grouping, Layout, Narrow, Order};
use crate::pages::record::choice;
use crate::parts::{Button, Choice, Control, Field};
use crate::words::en::{board as words, field, staff, status};

/// The form over the board: words in sight, the rest folded under a line that says what of it is in use.
pub(super) fn filter(ask: &BoardAsk, board: &Board) -> AnyView {
    let narrow = &ask.narrow;
    let kept = ask.from_the_start().pairs().into_iter().filter(|(name, _)| ["view", "group", "stage", "waiting", "ended"].contains(name));
    let kept = kept.map(|(name, value)| view! { <input type="hidden" name=name value=value/> }).collect_view();
    let tick = |on: bool| if on { "yes" } else { "" };
    let with_all = |rest: Vec<Choice>| Control::Select(std::iter::once(choice("", words::ALL)).chain(rest).collect());
    let teams: Vec<Choice> = board.teams.iter().map(|(key, name)| choice(key.as_str(), name)).collect();
    let clients = with_all(board.clients.iter().map(|(key, name)| choice(key.as_str(), name)).collect());
    let engagements = with_all(Engagement::ALL.map(|known| choice(known.code(), field::engagement(known))).into());
    let statuses = with_all(Status::ALL.map(|known| choice(known.code(), status::status(known))).into());
    let orders = Control::Select(vec![choice("", words::ORDER_WAITING), choice("deadline", words::ORDER_DEADLINE)]);
    let order = if ask.order == Order::Deadline { "deadline" } else { "" };
    let used = in_use(ask, board);
    let text = |value: Option<&str>| value.unwrap_or_default().to_owned();
    let (team, client) = (text(narrow.team.as_ref().map(|it| it.as_str())), text(narrow.client.as_ref().map(|it| it.as_str())));
    let team = (!teams.is_empty()).then(|| view! { <Field name="team" label=words::TEAM control=with_all(teams) value=team/> });
    let engagement = text(narrow.engagement.map(|it| it.code()));
    let chosen = text(narrow.status.map(|it| it.code()));
    let clear = (!used.is_empty() || !narrow.words.is_empty())
        .then(|| view! { <a class="button" data-kind="quiet" href=address(&cleared(ask))>{words::CLEAR}</a> });
    view! {
        <form class="filter" method="get" action="/offers" role="search" id="board-filter">
            {kept}
            <Field name="q" label=staff::SEARCH control=Control::Search value=narrow.words.clone()/>
            <details class="filter-more">
                <summary>{words::filters_in_use(&used)}</summary>
                <div class="filter-fields">
                    <Field name="mine" label=words::MINE control=Control::Tick value=tick(narrow.mine)/>
                    <Field name="me" label=words::ON_ME control=Control::Tick value=tick(narrow.on_me)/>
                    <Field name="overdue" label=words::OVERDUE control=Control::Tick value=tick(narrow.overdue)/>
                    <Field name="exceptions" label=words::WITH_EXCEPTIONS control=Control::Tick value=tick(narrow.exceptions)/>
                    {team}
                    <Field name="client" label=words::CLIENT control=clients value=client/>
                    <Field name="engagement" label=words::ENGAGEMENT control=engagements value=engagement/>
                    <Field name="status" label=words::STATUS control=statuses value=chosen/>
                    <Field name="order" label=words::ORDER control=orders value=order/>
                </div>
            </details>
            <Button text=staff::SHOW/>
            {clear}
        </form>
    }
    .into_any()
}

/// The filters that are in use, as the form names them.
fn in_use(ask: &BoardAsk, board: &Board) -> Vec<String> {
    let Narrow { mine, on_me, overdue, exceptions, team, client, engagement, status: state, .. } = &ask.narrow;
    let tick = |on: bool, name: &str| on.then(|| name.to_owned());
    [
        tick(*mine, words::MINE),
        tick(*on_me, words::ON_ME),
        tick(*overdue, words::OVERDUE),
        tick(*exceptions, words::WITH_EXCEPTIONS),
        team.as_ref().map(|team| called(team, &board.teams)),
        client.as_ref().map(|client| called(client, &board.clients)),
        engagement.map(|engagement| field::engagement(engagement).to_owned()),
        state.map(|state| status::status(state).to_owned()),
        (ask.order == Order::Deadline).then(|| words::ORDER_DEADLINE.to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What a key is called; the key itself where nobody calls it anything any more.
fn called<K: PartialEq + ToString>(key: &K, names: &[(K, String)]) -> String {
    names.iter().find(|(known, _)| known == key).map_or_else(|| key.to_string(), |(_, name)| name.clone())
}

/// Columns or a table, and what the columns are. Offers that have ended stand in a table.
pub(super) fn layout(ask: &BoardAsk) -> AnyView {
    if ask.narrow.ended {
        return ().into_any();
    }
    let link = |to: BoardAsk, text: &'static str, here: bool| {
        view! { <li><a href=address(&to) aria-current=here.then_some("true")>{text}</a></li> }
    };
    let laid_out = |layout: Layout| BoardAsk { layout, ..ask.from_the_start() };
    let all = Narrow { stage: None, waiting: None, ..ask.narrow.clone() };
    let grouped = |grouping: Grouping| BoardAsk { grouping, ..ask.with(all.clone()) };
    // the rows of a table stand in one order whatever is counted over them
    let by = if ask.layout == Layout::Table { words::COUNTED_BY } else { words::GROUPED_BY };
    view! {
        <div class="board-layout">
            <nav aria-label=by>
                <span class="board-layout-name" aria-hidden="true">{by}</span>
                <ul class="switch">
                    {link(grouped(Grouping::Stage), words::BY_STAGE, ask.grouping == Grouping::Stage)}
                    {link(grouped(Grouping::Waiting), words::BY_WAITING, ask.grouping == Grouping::Waiting)}
                </ul>
            </nav>
            <nav aria-label=words::LAYOUT>
                <ul class="switch">
                    {link(laid_out(Layout::Columns), words::COLUMNS, ask.layout == Layout::Columns)}
                    {link(laid_out(Layout::Table), words::TABLE, ask.layout == Layout::Table)}
                </ul>
            </nav>
        </div>
    }
    .into_any()
}
