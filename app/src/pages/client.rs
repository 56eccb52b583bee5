//! The pages of a client's contact: the offers for their account, and one of them with what is asked.

mod decision;
mod offer;
mod offers;
mod since;
mod terms;

use leptos::prelude::*;

pub(super) use terms::terms;

use super::portal::{Leaf, Side, not_found, portal_page, session_over, unavailable};
use super::way_in;
use crate::desk::{Notice, Viewer};

/// The link from the mail: who invites, and one button.
#[component]
pub fn InvitationPage() -> impl IntoView {
    portal_page(Side::Client, |visit, firm| way_in::invitation(Side::Client, visit, firm))
}

/// Takes the code.
#[component]
pub fn CodePage() -> impl IntoView {
    portal_page(Side::Client, |visit, firm| way_in::code(Side::Client, visit, firm))
}

/// The offers for the accounts of the contact.
#[component]
pub fn OffersPage() -> impl IntoView {
    portal_page(Side::Client, offers::leaf)
}

/// One offer.
#[component]
pub fn OfferPage() -> impl IntoView {
    portal_page(Side::Client, offer::leaf)
}

/// Whether a client's contact looks: nobody else is answered here, not even staff.
fn is_contact(viewer: &Viewer) -> bool {
    matches!(viewer, Viewer::Client { .. })
}

/// What stands in place of a page that cannot be had.
fn absent(notice: &Notice) -> Leaf {
    match notice {
        Notice::SignIn => session_over(),
        Notice::Unavailable => unavailable(),
        Notice::NotFound | Notice::Problems(_) | Notice::Refused(_) => not_found(),
    }
}
