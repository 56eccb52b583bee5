//! What was spoken and is not written yet: for how long, until when the candidate can wait, and when the letter is likely to be there.

use leptos::prelude::*;
use offer::measure::Exposure;
use offer::moment::Moment;

use super::Times;
use crate::parts::{Badge, BadgeKind, Notice, NoticeKind};
use crate::words::en::{course as words, date};

/// On the offer's own page.
pub fn of_offer(exposure: &Exposure, ended: bool, now: Moment, times: &Times) -> AnyView {
    let span = date::span(exposure.seconds);
    if exposure.until.is_some() {
        let said = if ended { words::was_never_written(&span) } else { words::was_exposed_for(&span) };
        return view! { <p class="section-lead">{said}</p> }.into_any();
    }
    let deadline = words::other_offer(exposure).map(|said| view! { <p>{said}</p> });
    let likely = exposure.written_by.map_or_else(|| words::NO_PACE.to_owned(), |at| words::likely_written(&times.near_day(at, now)));
    let miss = exposure.will_miss.then(|| view! { <p><Badge text=words::WILL_MISS kind=BadgeKind::Held/></p> });
    let kind = if exposure.will_miss { NoticeKind::Warning } else { NoticeKind::Note };
    view! { <Notice kind=kind title=words::exposed_for(&span)>{deadline}<p>{likely}</p>{miss}</Notice> }.into_any()
}

/// On a card of the board and a line of my work.
pub fn of_line(exposure: Option<&Exposure>, now: Moment, times: &Times) -> Option<AnyView> {
    let exposure = exposure.filter(|exposure| exposure.until.is_none())?;
    let parts = [
        Some(words::exposed_short(&date::span(exposure.seconds))),
        words::other_offer_short(exposure),
        exposure.written_by.map(|at| words::likely_short(&times.near_day(at, now))),
    ];
    let said = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
    let miss = exposure.will_miss.then(|| view! { " "<Badge text=words::WILL_MISS kind=BadgeKind::Held/> });
    let state = exposure.will_miss.then_some("over");
    Some(view! { <p class="board-card-deadline" data-state=state>{said}{miss}</p> }.into_any())
}
