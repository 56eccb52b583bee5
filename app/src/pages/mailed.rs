//! Deciding from a mail: the page of one step, for whoever was asked to decide it and came by the link.

mod answer;
mod around;
mod asked;
mod over;

use leptos::prelude::*;

use super::portal::{Firm, Leaf, Side, portal_page, unavailable};
use super::{Times, Visit, way_in};
use crate::api::identity::percent;
use crate::desk::{Answer, Mailed, MailedPage, MailedStands};
use crate::parts::{ButtonKind, LinkButton, PageHead};
use crate::shell::PageWidth;
use crate::words::en::mailed as words;

/// The link from the mail: the step itself in a browser that is known, and elsewhere who invites.
#[component]
pub fn StepPage() -> impl IntoView {
    portal_page(Side::Approver, step)
}

/// Takes the code.
#[component]
pub fn CodePage() -> impl IntoView {
    portal_page(Side::Approver, |visit, firm| way_in::code(Side::Approver, visit, firm))
}

async fn step(visit: Visit, firm: Firm) -> Leaf {
    match visit.desk.mailed(&visit.part("token"), &visit.browser).await {
        Answer::Done(Mailed::Invited { page, waits }) => way_in::invited(Side::Approver, &visit, &page, note(&visit, waits)),
        Answer::Done(Mailed::SignsIn { offer }) => sign_in(&format!("/offers/{offer}")),
        Answer::Done(Mailed::Here(page)) => here(&visit, &firm, &page),
        Answer::Unavailable => unavailable(),
        _ => way_in::link_over(&firm),
    }
}

/// What a stranger reads beside the way in.
fn note(visit: &Visit, waits: bool) -> Option<&'static str> {
    let answered = ["approve", "ask", "reject", "forget"].contains(&visit.kept.form());
    match (answered, waits) {
        (true, _) => Some(words::NOT_KNOWN),
        (false, false) => Some(words::NOTHING_WAITS),
        (false, true) => None,
    }
}

fn here(visit: &Visit, firm: &Firm, page: &MailedPage) -> Leaf {
    let times = Times::new(visit.desk.clone(), &page.zone);
    match (&page.stands, &page.offer) {
        (MailedStands::Waits(step), Some(offer)) => asked::leaf(visit, firm, &times, page, offer, step),
        (MailedStands::Waits(_), None) => way_in::link_over(firm),
        (MailedStands::Over(over), _) => over::leaf(visit, firm, &times, page, over),
    }
}

/// For whoever signs in with a second factor. The offer comes after it.
fn sign_in(to: &str) -> Leaf {
    let href = format!("/sign-in?to={}", percent(to));
    let body = view! {
        <div class="way-in">
            <PageHead title=words::SIGN_IN lead=words::SIGN_IN_LEAD/>
            <p><LinkButton href=href text=words::SIGN_IN_BUTTON kind=ButtonKind::Primary large=true/></p>
        </div>
    };
    Leaf::new(words::SIGN_IN, PageWidth::Narrow, body)
}
