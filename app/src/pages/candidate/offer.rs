//! The offer: the letter, and one place to answer it.

use leptos::prelude::*;

use super::Reading;
use super::settled::settled;
use super::stand::{May, Stand};
use super::summary;
use crate::desk::{PortalLetter, QuestionLine};
use crate::pages::Times;
use crate::pages::portal::{Leaf, ways_beside};
use crate::parts::{ButtonKind, Crumb, LetterSheet, LinkButton, Notice, NoticeKind, PageHead, Section};
use crate::shell::PageWidth;
use crate::words::en::candidate as words;

/// The page of the offer, as it stands.
pub(super) fn leaf(reading: &Reading) -> Leaf {
    match (Stand::of(&reading.page), &reading.page.letter) {
        (Stand::Open | Stand::Waits(_) | Stand::Held, Some(letter)) => {
            let stand = Stand::of(&reading.page);
            Leaf::new(reading.page.title.clone(), PageWidth::Page, to_answer(reading, &stand, letter))
        }
        (stand, _) => settled(reading, &stand),
    }
}

fn to_answer(reading: &Reading, stand: &Stand, letter: &PortalLetter) -> AnyView {
    let page = &reading.page;
    let lead = words::lead(&page.employer, &page.firm, *stand == Stand::Open);
    view! {
        <PageHead title=page.title.clone() trail=kicker(words::kicker(&page.name)) lead=lead/>
        {said(reading)}
        {glance(letter, &page.employer)}
        <p class="to-answer" data-print="no"><a href="#answer">{words::TO_ANSWER}</a></p>
        <div class="reading">
            <div class="reading-letter">
                <LetterSheet letter=letter.letter.clone() top=2/>
                {pdf(letter)}
            </div>
            {answer(reading, stand, letter)}
        </div>
        {conversation(reading)}
    }
    .into_any()
}

/// The line over a title.
pub(super) fn kicker(text: String) -> Vec<Crumb> {
    vec![Crumb { href: None, text }]
}

/// What was sent a moment ago has arrived.
pub(super) fn said(reading: &Reading) -> Option<AnyView> {
    let text = match reading.visit.query("said").as_deref() {
        Some("question") => words::ASKED,
        Some("change") => words::CHANGE_ASKED,
        _ => return None,
    };
    Some(view! { <Notice kind=NoticeKind::Done title=text/> }.into_any())
}

/// The lines that matter, as the letter has them.
fn glance(letter: &PortalLetter, employer: &str) -> AnyView {
    let mut lines = summary::glance(&letter.letter);
    lines.push(summary::Line { label: words::EMPLOYER.to_owned(), value: employer.to_owned() });
    let items = lines.into_iter().map(|summary::Line { label, value }| {
        view! { <div class="glance-item"><dt>{label}</dt><dd><bdi>{value}</bdi></dd></div> }
    });
    view! { <dl class="offer-glance" aria-label=words::GLANCE>{items.collect_view()}</dl> }.into_any()
}

/// The way to the same letter as a file.
pub(super) fn pdf(letter: &PortalLetter) -> AnyView {
    view! { <p class="letter-tools"><a href=format!("/o/documents/{}", letter.pdf)>{words::PDF}</a></p> }.into_any()
}

fn answer(reading: &Reading, stand: &Stand, letter: &PortalLetter) -> AnyView {
    let page = &reading.page;
    let (local, zone) = &letter.accept_by;
    let (until, zone_words) = words::deadline(local, zone);
    let left = page.standing.accept_by.and_then(|by| words::time_left(by, page.now));
    let machine = page.standing.accept_by.map(|by| by.to_string());
    let note = std::iter::once(zone_words).chain(left).collect::<Vec<_>>().join(", ");
    let by = view! {
        <p class="answer-by">
            <span>{words::ANSWER_BY}</span>
            <time datetime=machine>{until}</time>
            <small>{note}</small>
        </p>
    };
    let stopped = match stand {
        Stand::Held => Some((words::HELD.0, words::HELD.1.to_owned())),
        Stand::Waits(kinds) => Some((words::WAITS, words::waits(kinds))),
        _ => None,
    };
    let decide = match stopped {
        Some((title, text)) => view! { <Notice kind=NoticeKind::Warning title=title><p>{text}</p></Notice> }.into_any(),
        None => view! {
            <div class="answer-actions">
                <LinkButton href="/o/offer/accept" text=words::ACCEPT kind=ButtonKind::Primary large=true/>
                <small class="answer-note">{words::ACCEPT_NOTE}</small>
            </div>
        }
        .into_any(),
    };
    let talk = match (page.questions.is_empty(), page.change_requests.is_empty()) {
        (false, _) => Some("#questions"),
        (true, false) => Some("#requests"),
        (true, true) => None,
    };
    let talk = talk.map(|href| view! { <p><a href=href>{words::TO_CONVERSATION}</a></p> });
    view! {
        <section class="answer" id="answer" aria-labelledby="answer-title">
            <h2 class="answer-title" id="answer-title">{words::ANSWER}</h2>
            {by}
            {decide}
            {ways(&May::of(page))}
            {talk}
            <p class="answer-help">{words::HELP_BESIDE}{ways_beside(&reading.firm.help)}</p>
        </section>
    }
    .into_any()
}

/// The other ways to answer, as far as they are open.
pub(super) fn ways(may: &May) -> Option<AnyView> {
    let all = [
        (may.ask, "/o/offer/ask", words::ASK),
        (may.change, "/o/offer/change", words::CHANGE),
        (may.decline, "/o/offer/decline", words::DECLINE),
    ];
    let open: Vec<_> = all.into_iter().filter(|(open, ..)| *open).collect();
    (!open.is_empty()).then(|| {
        let links = open.into_iter().map(|(_, href, text)| view! { <li><a href=href>{text}</a></li> });
        view! { <ul class="answer-else">{links.collect_view()}</ul> }.into_any()
    })
}

/// What was asked, and what came of it.
pub(super) fn conversation(reading: &Reading) -> AnyView {
    let page = &reading.page;
    let times = &reading.times;
    let questions = (!page.questions.is_empty()).then(|| {
        let lines = page.questions.iter().map(|line| question(line, reading)).collect_view();
        view! { <Section id="questions" title=words::QUESTIONS><ul class="talk">{lines}</ul></Section> }
    });
    let requests = (!page.change_requests.is_empty()).then(|| {
        let lines = page.change_requests.iter().map(|(at, text, open)| {
            view! {
                <li class="talk-item">
                    <p class="talk-when">{asked(times, *at, page.now)}</p>
                    <p class="talk-said" dir="auto">{text.clone()}</p>
                    <p class="talk-state">{words::request_state(*open)}</p>
                </li>
            }
        });
        let lines = lines.collect_view();
        view! { <Section id="requests" title=words::REQUESTS><ul class="talk">{lines}</ul></Section> }
    });
    view! { {questions} {requests} }.into_any()
}

fn question(line: &QuestionLine, reading: &Reading) -> AnyView {
    let (times, now) = (&reading.times, reading.page.now);
    let answer = match &line.answer {
        Some((at, text)) => view! {
            <div class="talk-answer">
                <p class="talk-when">{words::answered(&reading.firm.name, &times.near(*at, now))}</p>
                <p class="talk-said" dir="auto">{text.clone()}</p>
            </div>
        }
        .into_any(),
        None => view! { <p class="talk-state">{words::NOT_ANSWERED}</p> }.into_any(),
    };
    view! {
        <li class="talk-item">
            <p class="talk-when">{asked(times, line.asked_at, now)}</p>
            <p class="talk-said" dir="auto">{line.text.clone()}</p>
            {answer}
        </li>
    }
    .into_any()
}

fn asked(times: &Times, at: offer::moment::Moment, now: offer::moment::Moment) -> String {
    words::you_asked(&times.near(at, now))
}
