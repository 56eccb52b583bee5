//! What the viewer did just now, over everything else: whoever sent a form reads that it was taken, and what it set off.

use leptos::prelude::*;
use offer::lifecycle::{AskedBy, Event};

use super::shown::Shown;
use crate::api::form::DONE;
use crate::desk::Button as May;
use crate::desk::HistoryLine;
use crate::parts::{ButtonKind, LinkButton, Notice, NoticeKind};
use crate::words::en::{board, event, offer as words};

/// For how long it stands there, in seconds.
const JUST_SECONDS: i64 = 60;

/// What the viewer did last, as the history has it, while that is new.
pub fn just_now(shown: &Shown) -> Option<AnyView> {
    let page = &shown.page;
    if shown.visit.kept.notice().is_some() {
        return None;
    }
    // whoever began a draft is led to its intake
    let is_own = |line: &&HistoryLine| line.own && !matches!(line.event, Event::Drafted { .. } | Event::DraftMoved { .. });
    let last = page.history.iter().find(is_own).filter(|line| page.now.seconds_since(line.at) <= JUST_SECONDS)?;
    // what one act set off was written in the same moment; the history tells the latest first
    let lines = page.history.iter().rev().filter(is_own).filter(|line| line.at == last.at);
    let next = next(shown, &last.event);
    let mut said = lines.map(|line| event::sentence(&line.event, &page.table, &page.names));
    let title = said.next()?;
    let more = said.map(|said| view! { <p>{said}</p> }).collect_view();
    Some(
        view! {
            <div class="came-back" id=DONE tabindex="-1" data-print="no">
                <Notice kind=NoticeKind::Done title=title>{more}{next}<p><a href="/">{board::MY_WORK}</a></p></Notice>
            </div>
        }
        .into_any(),
    )
}

/// Whoever proposed what the firm wants, and may adopt it, goes on from here: nothing is changed yet.
fn next(shown: &Shown, event: &Event) -> Option<AnyView> {
    let Event::Proposed { proposal, asked_by: AskedBy::Employer, .. } = event else { return None };
    shown.may(May::Adopt).then(|| {
        let href = shown.path(&format!("/change/{proposal}"));
        view! { <p>{words::NOT_ADOPTED_YET}</p> <p><LinkButton href=href text=words::GO_ON_ADOPTING kind=ButtonKind::Primary/></p> }
            .into_any()
    })
}
