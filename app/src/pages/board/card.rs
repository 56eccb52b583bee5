//! One offer as a card of a column.

use leptos::prelude::*;
use offer::moment::Moment;

use crate::desk::OfferLine;
use crate::pages::waiting::{age, deadline, is_over, name, stopped, waiting_line};
use crate::pages::{Times, exposure};
use crate::parts::{Badge, BadgeKind};
use crate::words::en::{board as words, staff};

/// A card. `column` keeps its id apart where an offer stands in two columns.
pub fn card(line: &OfferLine, column: &str, now: Moment, times: &Times) -> AnyView {
    let href = format!("/offers/{}", line.id);
    let job: Vec<String> = [line.title.clone(), line.client.clone()].into_iter().filter(|text| !text.is_empty()).collect();
    let waiting: Vec<AnyView> = line.waiting.iter().map(|waiting| waiting_line(waiting, now, times)).collect();
    let deadline = deadline(line, now, times).map(|(text, over)| {
        view! { <p class="board-card-deadline" data-state=over.then_some("over")>{text}</p> }
    });
    let exceptions = (line.exceptions > 0).then(|| view! { <Badge text=staff::exceptions(line.exceptions) kind=BadgeKind::Exception/> });
    let on_you = line.waiting.iter().any(|waiting| waiting.on_you);
    let mark = on_you.then(|| view! { <Badge text=staff::ON_YOU kind=BadgeKind::New/> });
    let stopped = stopped(line);
    let is_marked = line.exceptions > 0 || on_you || stopped.is_some();
    let marks = is_marked.then(|| view! { <p class="board-card-marks">{mark}{stopped}{exceptions}</p> });
    let state = if on_you { Some("wanted") } else { is_over(line, now).then_some("over") };
    let peek = words::peek_at(&name(line));
    let about = format!("{} · {}", line.number, age(line, now));
    view! {
        <article class="board-card" id=format!("card-{column}-{}", line.id) data-offer=line.id.to_string() data-state=state>
            <h3 class="board-card-title"><a href=href>{name(line)}</a></h3>
            <p class="board-card-job">{job.join(" · ")}</p>
            <div class="board-card-waiting">{waiting}</div>
            {deadline}
            {exposure::of_line(line.exposure.as_ref(), now, times)}
            {marks}
            <p class="board-card-about">{about}" "<a class="board-card-peek" href=format!("/offers/{}/preview", line.id) aria-label=peek>{words::PEEK}</a></p>
        </article>
    }
    .into_any()
}
