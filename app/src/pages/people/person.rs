//! Somebody: how they stand, how they sign in, and what happened.

use leptos::prelude::*;
use offer::field::FieldTable;
use offer::id::PersonId;
use offer::person::PersonEvent;

use super::columns::columns;
use super::new::trail;
use super::tokens::{shown, tokens};
use crate::desk::{PersonHistory, PersonPage as Page};
use crate::pages::{Ask, Found, Place, Question, Sheet, Times, Visit, staff_page};
use crate::parts::{Button, ButtonKind, Control, DiffRow, EntryKind, Form, Notice, NoticeKind, PageHead, Section, Timeline, TimelineEntry};
use crate::shell::PageWidth;
use crate::words::en::person as words;

/// Somebody.
#[component]
pub fn PersonPage() -> impl IntoView {
    staff_page(Place::People, person)
}

async fn person(visit: Visit) -> Found {
    let page = visit.desk.person(&visit.viewer, &PersonId::new(visit.part("id"))).await.done()?;
    let shown = shown(&visit, &page.id).await?;
    let name = page.person.name().unwrap_or_default().to_owned();
    let email = page.person.email().unwrap_or_default().to_owned();
    let lead = if page.left { format!("{email}. {}.", words::LEFT) } else { email };
    let body = view! {
        <div class="stack" data-gap="loose">
            <PageHead title=name.clone() lead=lead trail=trail()/>
            {notices(&visit, &page)}
            {(page.is_program && page.yours && !page.left).then(|| tokens(&visit, &page, shown))}
            {page.yours.then(|| moving(&visit, &page))}
            {(!page.is_program).then(|| sign_in(&visit, &page))}
            {(page.yours && !page.left && !page.is_you).then(|| leaving(&visit, &page))}
            {history(&page, &visit.times())}
        </div>
    };
    Ok(Sheet { title: name, width: PageWidth::Reading, body: vec![body.into_any()], ..Sheet::default() })
}

fn notices(visit: &Visit, page: &Page) -> AnyView {
    let done = visit.query("done").and_then(|what| words::done(&what)).map(|text| view! { <Notice kind=NoticeKind::Done title=text/> });
    let you = page.is_you.then(|| view! { <Notice><p>{words::IT_IS_YOU}</p></Notice> });
    let above = (!page.yours).then(|| view! { <Notice><p>{words::ABOVE_YOU}</p></Notice> });
    view! { {done}{you}{above} }.into_any()
}

fn moving(visit: &Visit, page: &Page) -> AnyView {
    let ask = Ask::new(visit, "move", &FieldTable::default());
    let come_back = if page.is_program { words::COME_BACK_PROGRAM_DO } else { words::COME_BACK_DO };
    let (title, text) = if page.left { (words::COME_BACK, come_back) } else { (words::MOVE, words::MOVE_DO) };
    let lead = if page.is_program { words::MOVE_LEAD_PROGRAM } else { words::MOVE_LEAD };
    let (once, hidden) = (ask.once.clone(), vec![("person", page.id.to_string())]);
    let columns = columns(&ask, &page.choices, Some(&page.person));
    view! {
        <Section id="place" title=title lead=lead>
            <Form key="move" action="/api/people/move" once=once hidden=hidden>
                {columns}
                <div class="button-row"><Button text=text kind=ButtonKind::Primary/></div>
            </Form>
        </Section>
    }
    .into_any()
}

fn sign_in(visit: &Visit, page: &Page) -> AnyView {
    let how = if page.is_contact {
        words::BY_LINK.to_owned()
    } else {
        words::signs_in(page.has_password, page.has_second_factor, page.is_linked, page.sessions)
    };
    let one = |key: &'static str, action: &'static str, text: &'static str, why: Option<&'static str>| {
        view! {
            <Form key=key action=action once=visit.fresh.clone() hidden=vec![("person", page.id.to_string())]>
                {why.map(|why| view! { <p class="field-hint">{why}</p> })}
                <div class="button-row"><Button text=text/></div>
            </Form>
        }
    };
    let may = page.yours && !page.left && !page.is_contact;
    let invite = may.then(|| one("invite", "/api/people/invite", words::INVITE, Some(words::INVITE_WHY)));
    let end = (may && page.sessions > 0).then(|| one("end-sessions", "/api/people/end-sessions", words::END_SESSIONS, None));
    let reset = (may && page.has_second_factor && !page.is_you)
        .then(|| one("reset-second-step", "/api/people/reset-second-step", words::RESET, Some(words::RESET_WHY)));
    let unlink = (may && page.is_linked && !page.is_you)
        .then(|| one("unlink", "/api/people/reset-single-sign-on", words::UNLINK, Some(words::UNLINK_WHY)));
    view! { <Section id="sign-in" title=words::SIGN_IN lead=how>{invite}{end}{reset}{unlink}</Section> }.into_any()
}

fn leaving(visit: &Visit, page: &Page) -> AnyView {
    let ask = Ask::new(visit, "leave", &FieldTable::default());
    let (title, why, sure) = if page.is_program {
        (words::RETIRE, words::RETIRE_WHY, words::RETIRE_SURE)
    } else {
        (words::LEAVE, words::LEAVE_WHY, words::LEAVE_SURE)
    };
    let sure = ask.field(Question { name: "sure".into(), label: sure.into(), control: Control::Tick, ..Question::default() });
    let (once, hidden) = (ask.once.clone(), vec![("person", page.id.to_string())]);
    view! {
        <Section id="leave-section" title=title lead=why>
            <Form key="leave" action="/api/people/leave" once=once hidden=hidden>
                {sure}
                <div class="button-row"><Button text=words::LEAVE_DO kind=ButtonKind::Stop/></div>
            </Form>
        </Section>
    }
    .into_any()
}

fn history(page: &Page, times: &Times) -> AnyView {
    let entries = page.history.iter().map(|line| entry(line, page, times)).collect();
    view! { <Section id="history" title=words::HISTORY><Timeline entries=entries/></Section> }.into_any()
}

fn entry(line: &PersonHistory, page: &Page, times: &Times) -> TimelineEntry {
    let name = |id: &PersonId| page.names.get(id).cloned().unwrap_or_default();
    let changes = match (&line.event, &line.before) {
        (PersonEvent::Changed { person } | PersonEvent::Joined { person }, Some(before)) => words::changes(before, person, name),
        _ => Vec::new(),
    };
    TimelineEntry::Happened {
        kind: if matches!(line.event, PersonEvent::Left) { EntryKind::Stopped } else { EntryKind::Event },
        at: line.at.to_string(),
        at_text: times.near(line.at, page.now),
        what: words::event(&line.event),
        who: Some(line.by.clone()).filter(|by| !by.is_empty()),
        changes: changes.into_iter().map(|(label, was, is)| DiffRow { label: label.to_owned(), from: some(was), to: some(is) }).collect(),
        said: None,
        link: None,
    }
}

fn some(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}
