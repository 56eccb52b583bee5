//! The offer: the letter, and one place to answer it.

use leptos::prelude::*;
use offer::packet::Letter;

use super::settled::settled;
use super::stand::{May, Stand};
use super::{Reading, accept, decline, summary, words_to_us};
use crate::desk::{CandidatePage, PortalLetter, QuestionLine, RequestAnswer};
use crate::islands::portal::Answering;
use crate::pages::Times;
use crate::pages::portal::{Leaf, ways_beside};
use crate::parts::{ButtonKind, Crumb, LetterSheet, LinkButton, Notice, NoticeKind, PageHead, Section, laid_out};
use crate::shell::{Bundle, PageWidth};
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
    let answer = answer(reading, stand, letter);
    view! {
        <Bundle/>
        <PageHead title=page.title.clone() trail=kicker(words::kicker(&page.name)) lead=lead/>
        {said(reading)}
        {replaces(page, letter)}
        {we_answered(page)}
        {in_the_way(stand)}
        {deadline_ahead(page, stand, letter)}
        {glance(letter, &page.employer)}
        <div class="reading">
            <div class="reading-letter">
                {sheet(letter, 2)}
                {pdf(letter)}
            </div>
            <Answering standing=page.standing.clone() now=page.now>{answer}</Answering>
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

/// That it is another letter than the one whose mail may have led here.
fn replaces(page: &CandidatePage, letter: &PortalLetter) -> Option<AnyView> {
    let title = words::replaces(letter.letter.issued, page.replaces?);
    Some(view! { <Notice title=title/> }.into_any())
}

/// That something was answered, before the letter: whoever comes by the mail that says so finds it at once.
fn we_answered(page: &CandidatePage) -> Option<AnyView> {
    let question = page.questions.iter().any(|line| line.answer.is_some());
    let request = page.change_requests.iter().any(|request| request.answer == RequestAnswer::No);
    let href = match (question, request) {
        (true, _) => "#questions",
        (false, true) => "#requests",
        (false, false) => return None,
    };
    Some(view! { <Notice title=words::WE_ANSWERED><p><a href=href>{words::TO_CONVERSATION}</a></p></Notice> }.into_any())
}

/// Why it cannot be accepted now.
fn stopped_by(stand: &Stand) -> Option<AnyView> {
    let (title, text) = match stand {
        Stand::Held => (words::HELD.0, words::HELD.1.to_owned()),
        Stand::Waits(kinds) => (words::WAITS, words::waits(kinds)),
        _ => return None,
    };
    Some(view! { <Notice kind=NoticeKind::Warning title=title><p>{text}</p></Notice> }.into_any())
}

/// The same at the head of a narrow window, where the answer comes after the letter.
fn in_the_way(stand: &Stand) -> Option<AnyView> {
    stopped_by(stand).map(|why| view! { <div class="in-the-way">{why}</div> }.into_any())
}

/// Until when it is open, at the head of a narrow window as well, with the way to every answer.
fn deadline_ahead(page: &CandidatePage, stand: &Stand, letter: &PortalLetter) -> Option<AnyView> {
    let until = words::deadline_in_a_sentence(&letter.accept_by.0, &letter.accept_by.1);
    let left = page.standing.accept_by.and_then(|by| words::time_left(by, page.now));
    (*stand == Stand::Open).then(|| {
        let said = words::answer_until(&until, left.as_deref());
        view! { <p class="answer-ahead"><a href="#answer">{said}</a></p> }.into_any()
    })
}

/// The lines that matter, as the letter has them; laid out once as well.
fn glance(letter: &PortalLetter, employer: &str) -> AnyView {
    laid_out(&letter.letter.laid_out("glance", &[employer], |letter| glance_of(letter, employer).to_html()))
}

fn glance_of(letter: &Letter, employer: &str) -> AnyView {
    let figures = summary::glance(letter).into_iter();
    let employer = summary::Line { label: words::EMPLOYER.to_owned(), value: employer.to_owned() };
    let items = figures.chain(std::iter::once(summary::Figure { line: employer, note: None })).map(figure).collect_view();
    let conditions = summary::conditions(letter).map(|line| {
        view! { <p class="offer-glance-on">{line.label}": "<bdi>{line.value}</bdi>"."</p> }
    });
    view! {
        <section class="offer-glance" aria-labelledby="glance-title">
            <h2 class="unseen" id="glance-title">{words::GLANCE}</h2>
            <dl>{items}</dl>
            {conditions}
        </section>
    }
    .into_any()
}

fn figure(summary::Figure { line, note }: summary::Figure) -> impl IntoView {
    let note = note.map(|note| view! { <small>{words::glance_note(&note.label, &note.value)}</small> });
    view! { <div class="glance-item"><dt>{line.label}</dt><dd><bdi>{line.value}</bdi>{note}</dd></div> }
}

/// The letter, laid out once for all who read it.
pub(super) fn sheet(letter: &PortalLetter, top: u8) -> AnyView {
    let sheet =
        letter.letter.laid_out("sheet", &[&top.to_string()], |words| view! { <LetterSheet letter=words.clone() top=top/> }.to_html());
    laid_out(&sheet)
}

/// The way to the same letter as a file.
pub(super) fn pdf(letter: &PortalLetter) -> AnyView {
    view! { <p class="letter-tools"><a href=format!("/o/documents/{}", letter.pdf)>{words::PDF}</a></p> }.into_any()
}

fn answer(reading: &Reading, stand: &Stand, letter: &PortalLetter) -> AnyView {
    let page = &reading.page;
    let may = May::of(page);
    let decide = match stopped_by(stand) {
        Some(why) => why,
        None => view! {
            <div class="answer-actions">
                <LinkButton href="/o/offer/accept" opens=accept::REVIEW text=words::ACCEPT kind=ButtonKind::Primary large=true/>
            </div>
            <small class="answer-note">{words::ACCEPT_NOTE}</small>
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
            {answer_by(page, letter)}
            <div class="answer-rest" data-rest>
                {decide}
                {ways(&may)}
                {talk}
                <p class="answer-help">{words::HELP_BESIDE}{ways_beside(&reading.firm.help)}</p>
            </div>
            {(*stand == Stand::Open).then(|| accept::form_beside(reading, letter))}
            {may.ask.then(|| words_to_us::ask_form(reading, letter))}
            {may.change.then(|| words_to_us::change_form(reading, letter))}
            {may.decline.then(|| decline::form_beside(reading, letter))}
        </section>
    }
    .into_any()
}

/// Until when it is open, and how long that still is.
fn answer_by(page: &CandidatePage, letter: &PortalLetter) -> AnyView {
    let (until, zone) = words::deadline(&letter.accept_by.0, &letter.accept_by.1);
    let left = page.standing.accept_by.and_then(|by| words::time_left(by, page.now));
    let machine = page.standing.accept_by.map(|by| by.to_string());
    view! {
        <p class="answer-by">
            <span>{words::ANSWER_BY}</span>
            <time datetime=machine>{until}</time>
            <small>{zone}<span data-left>{left}</span></small>
        </p>
        <div class="notice" data-kind="warning" role="status" data-over hidden>
            <p class="notice-title">{words::EXPIRED}</p>
            <a href="/o/offer">{words::SEE_NOW}</a>
        </div>
    }
    .into_any()
}

/// The other ways to answer, as far as they are open.
pub(super) fn ways(may: &May) -> Option<AnyView> {
    let all = [
        (may.ask, "/o/offer/ask", words_to_us::ASKING, words::ASK),
        (may.change, "/o/offer/change", words_to_us::CHANGING, words::CHANGE),
        (may.decline, "/o/offer/decline", decline::STEP, words::DECLINE),
    ];
    let open: Vec<_> = all.into_iter().filter(|(open, ..)| *open).collect();
    (!open.is_empty()).then(|| {
        let links = open.into_iter().map(|(_, href, step, text)| view! { <li><a href=href data-opens=step>{text}</a></li> });
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
        let lines = page.change_requests.iter().map(|request| {
            view! {
                <li class="talk-item">
                    <p class="talk-when">{asked(times, request.at, page.now)}</p>
                    <p class="talk-said" dir="auto">{request.text.clone()}</p>
                    <p class="talk-state">{words::request_answer(request.answer, page.closed.is_some())}</p>
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
        None => {
            let open = if reading.page.closed.is_some() { words::NOT_ANSWERED_BEFORE } else { words::NOT_ANSWERED };
            view! { <p class="talk-state">{open}</p> }.into_any()
        }
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
