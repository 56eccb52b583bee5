//! The candidate's pages: the link from the mail, the code, the offer and the answers to it.

mod accept;
mod decline;
mod offer;
mod settled;
mod stand;
mod step;
mod stopped;
mod summary;
mod words_to_us;

use leptos::prelude::*;

use super::portal::{Firm, Leaf, Side, portal_page, session_over};
use super::{Times, Visit};
use crate::desk::{Answer, CandidatePage};

/// The link from the mail: who invites, and one button.
#[component]
pub fn InvitationPage() -> impl IntoView {
    portal_page(Side::Candidate, |visit, firm| super::way_in::invitation(Side::Candidate, visit, firm))
}

/// Takes the code.
#[component]
pub fn CodePage() -> impl IntoView {
    portal_page(Side::Candidate, |visit, firm| super::way_in::code(Side::Candidate, visit, firm))
}

/// The offer, and what may be answered.
#[component]
pub fn OfferPage() -> impl IntoView {
    portal_page(Side::Candidate, |visit, firm| with_offer(visit, firm, offer::leaf))
}

/// Look over, agree, sign.
#[component]
pub fn AcceptPage() -> impl IntoView {
    portal_page(Side::Candidate, |visit, firm| with_offer(visit, firm, accept::leaf))
}

/// Decline.
#[component]
pub fn DeclinePage() -> impl IntoView {
    portal_page(Side::Candidate, |visit, firm| with_offer(visit, firm, decline::leaf))
}

/// Ask a question.
#[component]
pub fn AskPage() -> impl IntoView {
    portal_page(Side::Candidate, |visit, firm| with_offer(visit, firm, words_to_us::ask))
}

/// Ask for a change.
#[component]
pub fn ChangePage() -> impl IntoView {
    portal_page(Side::Candidate, |visit, firm| with_offer(visit, firm, words_to_us::change))
}

/// Everything that a page about the offer is laid out from.
#[derive(Debug)]
struct Reading {
    visit: Visit,
    firm: Firm,
    page: CandidatePage,
    /// Instants in the zone of the letter's deadline.
    times: Times,
}

async fn with_offer(visit: Visit, firm: Firm, leaf: fn(&Reading) -> Leaf) -> Leaf {
    match visit.desk.candidate(&visit.viewer).await {
        Answer::Done(page) => {
            let zone = page.letter.as_ref().map_or_else(|| visit.viewer.zone().to_owned(), |letter| letter.accept_by.1.clone());
            let times = Times::new(visit.desk.clone(), &zone);
            leaf(&Reading { visit, firm, page, times })
        }
        Answer::Unavailable => super::portal::unavailable(),
        // a session for another area, an offer that is gone: the way back in is the mail
        _ => session_over(),
    }
}
