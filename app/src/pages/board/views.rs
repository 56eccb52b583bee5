//! Views of the board: a few for everybody, and those that a person saved.

use leptos::prelude::*;
use offer::field::FieldTable;
use offer::lifecycle::Status;

use super::address;
use crate::desk::{Board, BoardAsk, Layout, Narrow, SavedView};
use crate::pages::{Ask, Question, Visit};
use crate::parts::{Button, Form};
use crate::words::en::board as words;

/// The views that everybody has.
fn shipped() -> [(&'static str, BoardAsk); 6] {
    let of = |narrow| BoardAsk { narrow, ..BoardAsk::default() };
    let table = |narrow| BoardAsk { layout: Layout::Table, ..of(narrow) };
    [
        (words::VIEW_ALL, BoardAsk::default()),
        (words::VIEW_MINE, of(Narrow { mine: true, ..Narrow::default() })),
        (words::VIEW_ON_ME, of(Narrow { on_me: true, ..Narrow::default() })),
        (words::VIEW_OVERDUE, table(Narrow { overdue: true, ..Narrow::default() })),
        (words::VIEW_WITH_CANDIDATES, of(Narrow { status: Some(Status::Sent), ..Narrow::default() })),
        (words::VIEW_ENDED, table(Narrow { ended: true, ..Narrow::default() })),
    ]
}

/// The choice of views, and the forms that save one and remove one.
pub(super) fn views(visit: &Visit, ask: &BoardAsk, board: &Board) -> AnyView {
    let here = ask.from_the_start();
    let known = board.views.iter().any(|view| view.ask == here) || self::shipped().iter().any(|(_, to)| *to == here);
    let link = |(name, to): (String, BoardAsk)| {
        // laid out otherwise, it is still the same offers
        let current = if known { to == here } else { to.narrow == here.narrow && to.order == here.order };
        view! { <li><a href=address(&to) aria-current=current.then_some("page")>{name}</a></li> }
    };
    let shipped = shipped().into_iter().map(|(name, to)| (name.to_owned(), to));
    let saved = board.views.iter().map(|view| (view.name.clone(), view.ask.clone()));
    let links = shipped.chain(saved).map(link).collect_view();
    let save = (!known || came_back(visit)).then(|| save(visit, ask));
    let remove = (!board.views.is_empty()).then(|| remove(visit, &board.views));
    view! {
        <div class="views">
            <nav aria-label=words::VIEWS><ul class="views-list">{links}</ul></nav>
            <div class="views-acts">{save}{remove}</div>
        </div>
    }
    .into_any()
}

fn came_back(visit: &Visit) -> bool {
    Ask::new(visit, "save-view", &FieldTable::default()).came_back()
}

fn save(visit: &Visit, ask: &BoardAsk) -> AnyView {
    let form = Ask::new(visit, "save-view", &FieldTable::default());
    let question = form.field(Question {
        name: "name".to_owned(),
        label: words::VIEW_NAME.to_owned(),
        hint: words::VIEW_NAME_HINT.into(),
        required: true,
        ..Question::default()
    });
    let open = form.came_back();
    let hidden = vec![("asks", asks(ask))];
    view! {
        <details class="views-act" open=open>
            <summary>{words::SAVE_VIEW}</summary>
            <Form key="save-view" action="/api/views/save" once=form.once hidden=hidden>
                {question}
                <Button text=words::SAVE_VIEW_DO/>
            </Form>
        </details>
    }
    .into_any()
}

fn remove(visit: &Visit, views: &[SavedView]) -> AnyView {
    let one = |(place, view): (usize, &SavedView)| {
        let form = Ask::new(visit, format!("remove-view-{place}"), &FieldTable::default());
        let (key, once, name) = (form.form, form.once, view.name.clone());
        view! {
            <li>
                <Form key=key action="/api/views/remove" once=once hidden=vec![("name", name.clone())]>
                    <Button text=words::remove_view(&name)/>
                </Form>
            </li>
        }
    };
    view! {
        <details class="views-act">
            <summary>{words::MANAGE_VIEWS}</summary>
            <ul class="stack" data-gap="tight">{views.iter().enumerate().map(one).collect_view()}</ul>
        </details>
    }
    .into_any()
}

/// What a view asks, as its form carries it: the query of the board's address.
fn asks(ask: &BoardAsk) -> String {
    address(&ask.from_the_start()).split_once('?').map(|(_, query)| query.to_owned()).unwrap_or_default()
}
