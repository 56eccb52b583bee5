//! A link by which nothing is asked any more: what happened, what happens next, and whether another mail is on its way.

use leptos::prelude::*;
use offer::lifecycle::Status;

use super::{around, asked};
use crate::desk::{MailedDecided, MailedOver, MailedPage, OfferPage, StepView};
use crate::pages::deciding::stopped;
use crate::pages::portal::{Firm, Leaf, Stopped};
use crate::pages::{Times, Visit};
use crate::parts::{Crumb, Notice, NoticeKind, PageHead, Section};
use crate::shell::PageWidth;
use crate::words::en::{client as client_words, mailed as words, role};

/// What is said of it: its head, a sentence, and what comes next.
struct Said {
    kind: NoticeKind,
    title: String,
    lead: String,
    next: Option<String>,
}

/// The page.
pub(super) fn leaf(visit: &Visit, firm: &Firm, times: &Times, page: &MailedPage, over: &MailedOver) -> Leaf {
    let Said { kind, title, lead, next } = said(firm, times, page, over);
    let about = page.offer.as_ref().map(|offer| client_words::person_for(&offer.candidate, &offer.title));
    let trail = page.offer.iter().map(|offer| Crumb { href: None, text: offer.number.clone() }).collect::<Vec<_>>();
    // an answer that came too late: what it was about has changed or gone
    let table = page.offer.as_ref().map(|offer| offer.table.clone()).unwrap_or_default();
    let late = ["approve", "ask", "reject"].iter().find_map(|form| {
        let kept = visit.kept.of(form);
        let stopped = stopped(&kept, "comment", &table)?;
        Stopped::head(&[Stopped { field: None, ..stopped }], &kept)
    });
    let changes = match (over, &page.offer) {
        (MailedOver::Changed { changes, .. }, Some(offer)) if !changes.is_empty() => {
            let rows = asked::changes(offer, changes);
            Some(view! { <Section id="changes" title=words::CHANGES>{rows}</Section> })
        }
        _ => None,
    };
    let next = next.map(|next| view! { <Section id="next" title=words::NEXT><p>{next}</p></Section> });
    let who = page.offer.as_ref().and_then(|offer| around::who(firm, times, page, offer));
    // without an offer to name, what happened is the head of the page, and is said once
    let (head, lead, notice) = match about {
        Some(about) => (about, None, Some(view! { <Notice kind=kind title=title.clone()><p>{lead}</p></Notice> })),
        None => (title.clone(), Some(lead), None),
    };
    let body = view! {
        <PageHead title=head trail=trail lead=lead/>
        {late}
        {notice}
        {changes}
        {next}
        {who}
        {around::browsers(visit, times, page)}
    };
    Leaf::new(title, PageWidth::Reading, body)
}

fn said(firm: &Firm, times: &Times, page: &MailedPage, over: &MailedOver) -> Said {
    let note = |title: String, lead: &str| Said { kind: NoticeKind::Note, title, lead: lead.to_owned(), next: None };
    match over {
        MailedOver::ByReader { decision, at } => {
            let (title, next) = match decision {
                MailedDecided::Approved => (words::YOU_APPROVED, next(firm, page.offer.as_ref())),
                MailedDecided::Asked => (words::YOU_ASKED, Some(words::NEXT_ASKED.to_owned())),
                MailedDecided::Rejected => (words::YOU_REJECTED, Some(words::NEXT_REJECTED.to_owned())),
            };
            Said { kind: NoticeKind::Done, title: title.to_owned(), lead: words::recorded(&times.full(*at)), next }
        }
        MailedOver::ByOther { by, at } => note(words::approved_already(by), &words::approved_already_lead(&times.full(*at))),
        MailedOver::Rejected => note(words::REJECTED.to_owned(), words::REJECTED_LEAD),
        MailedOver::Returned => note(words::QUESTION_OPEN.to_owned(), words::QUESTION_OPEN_LEAD),
        MailedOver::Changed { asked_again, .. } => {
            note(words::CHANGED.to_owned(), if *asked_again { words::CHANGED_ASKED } else { words::CHANGED_ONLY })
        }
        MailedOver::HandedOver { to } => note(words::handed_over(to), &words::handed_over_lead(to)),
        MailedOver::Ended { status } => note(words::ENDED.to_owned(), words::stands(*status)),
        MailedOver::NotTheirs => note(words::NOT_YOURS.to_owned(), words::NOT_YOURS_LEAD),
    }
}

/// What comes after an approval, as far as the reader may see the offer.
fn next(firm: &Firm, offer: Option<&OfferPage>) -> Option<String> {
    let offer = offer?;
    Some(match offer.status {
        Status::InReview => {
            let open = offer.route.iter().filter(|line| matches!(line.state, StepView::Open { .. } | StepView::Returned { .. }));
            let waits: Vec<String> = open.map(|line| role::step(&line.step.step)).collect();
            words::next_waits(&waits)
        }
        Status::Approved => words::next_letter(&firm.name),
        status => words::stands(status).to_owned(),
    })
}
