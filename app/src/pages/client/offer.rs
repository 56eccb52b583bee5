//! One offer for the client: what is asked, the terms of their side, how far it has come.

use leptos::prelude::*;
use offer::field;
use offer::id::StepKey;
use offer::lifecycle::Status;
use offer::policy::{Relation, Who};

use super::decision::decision;
use super::terms::terms;
use super::{absent, is_contact, since};
use crate::desk::{HistoryLine, Notice as CameBack, OfferPage, StepLine, StepView};
use crate::pages::deciding::{granted, named};
use crate::pages::portal::{Firm, Leaf};
use crate::pages::{Times, Visit};
use crate::parts::{
    Crumb, EntryKind, Notice, NoticeKind, PageHead, Route, RouteStep, Section, Status as StatusMark, Timeline, TimelineEntry,
};
use crate::shell::PageWidth;
use crate::words::en::{client as words, date, role};

/// The page of one offer.
pub(super) async fn leaf(visit: Visit, firm: Firm) -> Leaf {
    if !is_contact(&visit.viewer) {
        return absent(&CameBack::SignIn);
    }
    let found = match visit.offer() {
        Ok(id) => visit.desk.offer(&visit.viewer, &id).await.done(),
        Err(notice) => Err(notice),
    };
    match found {
        Ok(page) => laid_out(&visit, &firm, &page),
        Err(notice) => absent(&notice),
    }
}

fn laid_out(visit: &Visit, firm: &Firm, page: &OfferPage) -> Leaf {
    let times = visit.times();
    let trail =
        vec![Crumb { href: Some("/c".to_owned()), text: words::OFFERS.to_owned() }, Crumb { href: None, text: page.number.clone() }];
    let has_asked = page.route.iter().any(|line| is_clients(line) && matches!(line.state, StepView::Returned { .. }));
    let said = (visit.query("said").as_deref() == Some("decided")).then(|| {
        let title = if has_asked { words::QUESTION_SENT } else { words::DECIDED };
        view! { <Notice kind=NoticeKind::Done title=title/> }
    });
    let wanted = page.route.iter().find(|line| page.your_steps.contains(&line.step.step));
    let tables = terms(page);
    let terms = view! { <Section id="terms" title=words::TERMS>{tables}</Section> };
    let terms = match wanted {
        Some(line) => view! {
            {asked(page, line)}
            {since::since(page, &times)}
            <p class="to-answer" data-print="no"><a href="#answer">{words::TO_ANSWER}</a></p>
            <div class="reading">{terms}{decision(visit, firm, page, line, &times)}</div>
        }
        .into_any(),
        None => {
            let stands = if has_asked { words::question_open(&firm.name) } else { words::stands(page.status, &firm.name) };
            view! { <p class="asked">{stands}</p> {terms} }.into_any()
        }
    };
    let title = words::person_for(&page.candidate, &page.title);
    let (status, text) = match wanted {
        Some(_) => (Status::InReview, words::WAITS_ON_YOU.to_owned()),
        None if has_asked => (page.status, words::with_the_firm(&firm.name)),
        None => (page.status, words::status(page.status).to_owned()),
    };
    let body = view! {
        <PageHead title=title.clone() trail=trail><StatusMark state=status.code() text=text large=true/></PageHead>
        {said}
        {terms}
        {progress(page, firm, &times)}
        {history(page, firm, &times)}
    };
    Leaf::new(title, if wanted.is_some() { PageWidth::Page } else { PageWidth::Reading }, body)
}

/// What is asked, in a sentence, and what the approval stands for.
fn asked(page: &OfferPage, line: &StepLine) -> AnyView {
    let start = page.terms.as_ref().and_then(|terms| terms.day(&field::START)).map(date::day);
    let fields = named(&line.step.decides, page);
    let stands = (!fields.is_empty()).then(|| view! { <p class="asked-for">{words::stands_for(&fields)}</p> });
    view! {
        <p class="asked">{words::asked(&page.candidate, &page.title, start.as_deref())}</p>
        {stands}
    }
    .into_any()
}

fn is_clients(line: &StepLine) -> bool {
    line.step.who == Who::Relation(Relation::ClientContact)
}

/// Who approves, and how far it has come.
fn progress(page: &OfferPage, firm: &Firm, times: &Times) -> Option<AnyView> {
    let steps: Vec<RouteStep> = page.route.iter().map(|line| step(line, page, firm, times)).collect();
    (!steps.is_empty()).then(|| view! { <Section id="progress" title=words::PROGRESS><Route steps=steps/></Section> }.into_any())
}

fn step(line: &StepLine, page: &OfferPage, firm: &Firm, times: &Times) -> RouteStep {
    let near = |at| times.near(at, page.now);
    let (state, state_text, who) = match &line.state {
        StepView::Later => ("waiting", words::LATER, None),
        StepView::Open { .. } => ("open", words::OPEN, words::waits_on(&line.people)),
        StepView::Returned { question, .. } => ("returned", words::RETURNED, is_clients(line).then(|| words::asked_first(question))),
        StepView::Approved { by, at, .. } => ("approved", words::APPROVED, Some(words::approved_by(by, &near(*at)))),
    };
    RouteStep {
        state,
        state_text: state_text.to_owned(),
        name: words::step(&line.step.who, &role::step(&line.step.step), &firm.name, &page.client),
        who,
        notes: if is_clients(line) { granted(line, page) } else { Vec::new() },
        ..RouteStep::default()
    }
}

/// What happened so far, as far as it is the client's to know.
fn history(page: &OfferPage, firm: &Firm, times: &Times) -> Option<AnyView> {
    let theirs: Vec<&StepKey> = page.route.iter().filter(|line| is_clients(line)).map(|line| &line.step.step).collect();
    let entries: Vec<TimelineEntry> = page.history.iter().filter_map(|line| entry(line, page, firm, times, &theirs)).collect();
    (!entries.is_empty()).then(|| view! { <Section id="history" title=words::HISTORY><Timeline entries=entries/></Section> }.into_any())
}

fn entry(line: &HistoryLine, page: &OfferPage, firm: &Firm, times: &Times, theirs: &[&StepKey]) -> Option<TimelineEntry> {
    use offer::lifecycle::Event;
    let start = page.terms.as_ref().and_then(|terms| terms.day(&field::START));
    let what = words::event_at((&line.event, line.at), start, &firm.name, |step| theirs.contains(&step))?;
    let kind = match &line.event {
        Event::StepApproved { .. } | Event::Accepted { .. } | Event::Cleared { .. } => EntryKind::Signed,
        Event::StepReturned { .. } | Event::StepAnswered { .. } => EntryKind::Said,
        Event::StepRejected { .. }
        | Event::Declined { .. }
        | Event::Withdrawn { .. }
        | Event::Expired
        | Event::Cancelled { .. }
        | Event::Rescinded { .. }
        | Event::DidNotStart { .. } => EntryKind::Stopped,
        _ => EntryKind::Event,
    };
    Some(TimelineEntry::Happened {
        kind,
        at: line.at.to_string(),
        at_text: times.near(line.at, page.now),
        what,
        // that everyone has approved is nobody's saying, least of all that of whoever was last
        who: (!line.by.is_empty() && !matches!(line.event, Event::Cleared { .. })).then(|| line.by.clone()),
        changes: super::terms::changes(&line.event, page),
        said: words::said(&line.event),
        link: None,
    })
}
