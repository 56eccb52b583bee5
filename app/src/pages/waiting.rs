//! On whom an offer waits, in one sentence, and what of its time is left.

use leptos::prelude::*;
use offer::lifecycle::{Status, WaitsOn};
use offer::moment::Moment;

use super::Times;
use crate::desk::{OfferLine, Todo, Waiting};
use crate::parts::{Badge, BadgeKind, WaitingOn};
use crate::words::en::{board as words, date, staff, status};

/// On whom an offer waits, since when, until when, and by how much it is over.
pub fn waiting_line(waiting: &Waiting, now: Moment, times: &Times) -> AnyView {
    let (due, over) = due(waiting, now, times);
    let text = status::waiting(&waiting.on, &waiting.names, &date::span(now.seconds_since(waiting.since)), due.as_deref());
    sentence(told(text, waiting), over)
}

/// The same under a heading that says it.
pub fn waiting_cell(waiting: &Waiting, now: Moment, times: &Times) -> AnyView {
    let (due, over) = due(waiting, now, times);
    let text = status::waiting_cell(&waiting.on, &waiting.names, &date::span(now.seconds_since(waiting.since)), due.as_deref());
    sentence(told(text, waiting), over)
}

/// That whoever it waits on was reminded, or that it was escalated.
fn told(text: String, waiting: &Waiting) -> String {
    match (waiting.reminded, waiting.escalated) {
        (_, Some(_)) => status::escalated(&text),
        (Some(_), None) => status::reminded(&text),
        (None, None) => text,
    }
}

fn sentence(text: String, over: Option<String>) -> AnyView {
    let text = if over.is_some() { format!("{text},") } else { text };
    view! { <WaitingOn text=text late=over/> }.into_any()
}

/// When it is due, or by how much it is over; for a candidate the accept-by says it.
fn due(waiting: &Waiting, now: Moment, times: &Times) -> (Option<String>, Option<String>) {
    let at = waiting.due_at.filter(|_| waiting.on != WaitsOn::Candidate);
    match at {
        Some(at) if at < now => (None, Some(status::over(&date::span(now.seconds_since(at))))),
        at => (at.map(|at| times.near(at, now)), None),
    }
}

/// By when the candidate may answer, in words; whether that is over.
pub fn deadline(line: &OfferLine, now: Moment, times: &Times) -> Option<(String, bool)> {
    let at = line.accept_by?;
    let near = times.near(at, now);
    Some(if at < now {
        (status::accept_by_over(&near, &date::span(now.seconds_since(at))), true)
    } else {
        (status::accept_by(&near, &date::left(at.seconds_since(now))), false)
    })
}

/// Whether anything of an offer is over its time.
pub fn is_over(line: &OfferLine, now: Moment) -> bool {
    line.waiting.iter().any(|waiting| waiting.due_at.is_some_and(|at| at < now))
}

/// A mark where the letter is out and stopped, for those who are told so by whom it waits on.
pub fn stopped(line: &OfferLine) -> Option<AnyView> {
    let is_out = line.status == Status::Sent;
    let text = line.waiting.iter().filter(|_| is_out).find_map(|waiting| words::stopped(waiting.todo))?;
    Some(view! { <Badge text=text kind=BadgeKind::Held/> }.into_any())
}

/// How long an offer is where it is.
pub fn age(line: &OfferLine, now: Moment) -> String {
    match line.stage {
        Some((stage, since)) => words::age(&date::span(now.seconds_since(since)), stage),
        None => {
            let status = status::status_since(line.status, line.since, line.start);
            words::age_in_status(&date::span(now.seconds_since(line.since)), status)
        }
    }
}

/// The candidate's name, or that it is not shown.
pub fn name(line: &OfferLine) -> String {
    if line.candidate.is_empty() { staff::NAME_HIDDEN.to_owned() } else { line.candidate.clone() }
}

/// The one thing to do for the viewer, and where.
pub fn next_thing(line: &OfferLine) -> Option<(&'static str, String)> {
    let waiting = line.waiting.iter().filter(|waiting| waiting.on_you).min_by_key(|waiting| waiting.since)?;
    let text = words::todo(waiting.todo)?;
    let page = format!("/offers/{}", line.id);
    let address = match (&waiting.on, waiting.todo) {
        (WaitsOn::Recipient(recipient), _) => format!("{page}/hand-off/{recipient}"),
        (_, Todo::Draft) => format!("{page}/review"),
        // what is decided is read first
        (_, Todo::Decide) => page,
        _ => format!("{page}#act-title"),
    };
    Some((text, address))
}
