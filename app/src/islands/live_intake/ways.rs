//! The ways that lead from a page of the intake: its links, its buttons, and the line of sections with what is open in this one.

use std::rc::Rc;

use leptos::prelude::*;
use offer::field::FieldKey;
use web_sys::Event;

use super::keeper::Keeper;
use super::place::Live;
use crate::islands::click::plainly_clicked;
use crate::parts::SectionStanding;

/// A page that a link leads to shows what was typed a moment ago: the browser would ask for it before the last of it is kept.
pub(super) fn follow_when_kept(keeper: &Rc<Keeper>, event: &Event) {
    let link = plainly_clicked(event).and_then(|target| target.closest("a[href]:not([target], [download])").ok().flatten());
    let Some(to) = link.and_then(|link| link.get_attribute("href")).filter(|to| to.starts_with('/')) else { return };
    if keeper.has_news() {
        event.prevent_default();
        keeper.save_and_go(Some(to));
    }
}

/// Where a button of this page leads by its value; nowhere without one.
pub(super) fn way_of(then: &str) -> Option<String> {
    let here = location().pathname().ok()?;
    let (offer, _) = here.split_once("/intake/")?;
    match then {
        "" => None,
        "review" => Some(format!("{offer}/review")),
        section => Some(format!("{offer}/intake/{section}")),
    }
}

/// Says in the line of sections what is still open in this one.
pub(super) fn count_open(live: Live, fields: &[FieldKey]) {
    let Ok(Some(note)) = document().query_selector(".steps-item[data-state=current] .steps-note") else { return };
    let section = fields.first().and_then(|field| live.table.with_value(|table| Some(table.get(field)?.section)));
    let Some(section) = section else { return };
    let standing = live.outlook.with_untracked(|outlook| {
        let of = |entries: &_| live.table.with_value(|table| SectionStanding::of(section, entries, &outlook.problems, table));
        live.entries.with_untracked(of)
    });
    note.set_text_content(standing.note().as_deref());
}
