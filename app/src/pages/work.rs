//! My work: what waits on the viewer, each with the one thing to do, and what of theirs waits on others.

use leptos::prelude::*;
use offer::moment::Moment;

use super::board::address;
use super::waiting::{deadline, is_over, name, next_thing, stopped, waiting_line};
use super::{Found, Place, Sheet, Times, Visit, exposure, staff_page};
use crate::api::form::{DONE, OUT_OF_SIGHT, REJECTED};
use crate::desk::{BoardAsk, MyWork, Narrow, OfferLine};
use crate::islands::live_board::LiveBoard;
use crate::parts::{Badge, BadgeKind, Empty, LinkButton, Notice, NoticeKind, PageHead, Section};
use crate::shell::Bundle;
use crate::words::en::{board as words, staff};

/// My work.
#[component]
pub fn MyWorkPage() -> impl IntoView {
    staff_page(Place::Work, work)
}

pub(in crate::pages) async fn work(visit: Visit) -> Found {
    let work = visit.desk.my_work(&visit.viewer).await.done()?;
    let times = visit.times();
    let cursor = work.cursor.clone();
    let (yours, others) = (yours(&work, &times), others(&work, &times));
    let said = match visit.query(DONE).as_deref() {
        Some(OUT_OF_SIGHT) => Some((words::RECORDED, words::RECORDED_OUT_OF_SIGHT)),
        Some(REJECTED) => Some((words::REJECTED, words::REJECTED_OUT_OF_SIGHT)),
        _ => None,
    };
    let recorded = said.map(|(title, text)| {
        view! {
            <div class="came-back" id=DONE tabindex="-1"><Notice kind=NoticeKind::Done title=title><p>{text}</p></Notice></div>
        }
    });
    let body = vec![
        recorded.into_any(),
        view! { <PageHead title=words::MY_WORK lead=words::MY_WORK_LEAD/> }.into_any(),
        view! { <div id="board" class="stack" data-gap="loose" >{yours}{others}</div> }.into_any(),
        view! { <LiveBoard cursor=cursor/><Bundle/> }.into_any(),
    ];
    Ok(Sheet { title: words::MY_WORK.to_owned(), body, ..Sheet::default() })
}

fn yours(work: &MyWork, times: &Times) -> AnyView {
    if work.yours.is_empty() {
        return view! {
            <Empty title=words::NOTHING_WAITS text=words::NOTHING_WAITS_WHY><LinkButton href="/offers" text=staff::TO_OFFERS/></Empty>
        }
        .into_any();
    }
    let lines: Vec<AnyView> = work.yours.iter().map(|line| your_line(line, work.now, times)).collect();
    let count = if work.more { format!("{}+", lines.len()) } else { lines.len().to_string() };
    let all = address(&BoardAsk { narrow: Narrow { on_me: true, ..Narrow::default() }, ..BoardAsk::default() });
    let more = work.more.then(|| view! { <p><a href=all>{words::MORE_WAITS}</a></p> });
    view! {
        <Section id="yours" title=words::with_count(words::WAITS_ON_YOU, &count)>
            <ol class="work-list" id="work-yours">{lines}</ol>
            {more}
        </Section>
    }
    .into_any()
}

fn your_line(line: &OfferLine, now: Moment, times: &Times) -> AnyView {
    let href = format!("/offers/{}", line.id);
    let waiting: Vec<AnyView> =
        line.waiting.iter().filter(|waiting| waiting.on_you).map(|waiting| waiting_line(waiting, now, times)).collect();
    let exceptions = (line.exceptions > 0).then(|| view! { <Badge text=staff::exceptions(line.exceptions) kind=BadgeKind::Exception/> });
    let over = is_over(line, now).then_some("over");
    let todo = next_thing(line).map(|(text, to)| {
        let named = format!("{text}: {}, {}", name(line), line.number);
        view! { <a class="button" href=to aria-label=named>{text}</a> }
    });
    view! {
        <li class="work" id=format!("work-{}", line.id) data-offer=line.id.to_string() data-state=over>
            <div class="work-what">
                <h3 class="work-title"><a href=href>{name(line)}</a></h3>
                <p class="work-about">{about(line)}" "{stopped(line)}" "{exceptions}</p>
                {waiting}
                {exposure::of_line(line.exposure.as_ref(), now, times)}
            </div>
            {todo}
        </li>
    }
    .into_any()
}

fn about(line: &OfferLine) -> String {
    let parts = [line.title.clone(), line.client.clone(), line.number.clone()];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

fn others(work: &MyWork, times: &Times) -> AnyView {
    if work.own.found == 0 && work.others.is_empty() {
        return ().into_any();
    }
    let lines: Vec<AnyView> = work.others.iter().map(|line| other_line(line, work.now, times)).collect();
    let all = address(&BoardAsk { narrow: Narrow { mine: true, ..Narrow::default() }, ..BoardAsk::default() });
    let listed = if lines.is_empty() {
        view! { <p class="section-lead">{words::NOTHING_WITH_OTHERS}</p> }.into_any()
    } else {
        view! { <ol class="work-list" data-kind="others" id="work-others">{lines}</ol> }.into_any()
    };
    let all_text = words::all_yours(&words::count(work.own));
    view! {
        <Section id="others" title=words::YOURS_WITH_OTHERS>
            {listed}
            <p><a href=all>{all_text}</a></p>
        </Section>
    }
    .into_any()
}

fn other_line(line: &OfferLine, now: Moment, times: &Times) -> AnyView {
    let href = format!("/offers/{}", line.id);
    let waiting: Vec<AnyView> = line.waiting.iter().map(|waiting| waiting_line(waiting, now, times)).collect();
    let deadline = deadline(line, now, times).map(|(text, over)| {
        view! { <p class="board-card-deadline" data-state=over.then_some("over")>{text}</p> }
    });
    view! {
        <li class="work" id=format!("other-{}", line.id) data-offer=line.id.to_string()>
            <div class="work-what">
                <h3 class="work-title"><a href=href>{name(line)}</a></h3>
                <p class="work-about">{about(line)}" "{stopped(line)}</p>
                {waiting}
                {deadline}
                {exposure::of_line(line.exposure.as_ref(), now, times)}
            </div>
        </li>
    }
    .into_any()
}
