//! The pages of people who come from a mail: candidate (`/o/`), client (`/c/`), approver (`/a/`).

use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, SsrMode, any_nested_route::IntoAnyNestedRoute, path};

use crate::pages::{candidate, client, mailed};

/// The pages of the portal.
#[component(transparent)]
pub fn PortalRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/o/i/:token") view=candidate::InvitationPage ssr=SsrMode::Async/>
        <Route path=path!("/o/code") view=candidate::CodePage ssr=SsrMode::Async/>
        <Route path=path!("/o/offer") view=candidate::OfferPage ssr=SsrMode::Async/>
        <Route path=path!("/o/offer/accept") view=candidate::AcceptPage ssr=SsrMode::Async/>
        <Route path=path!("/o/offer/decline") view=candidate::DeclinePage ssr=SsrMode::Async/>
        <Route path=path!("/o/offer/ask") view=candidate::AskPage ssr=SsrMode::Async/>
        <Route path=path!("/o/offer/change") view=candidate::ChangePage ssr=SsrMode::Async/>
        <Route path=path!("/c/i/:token") view=client::InvitationPage ssr=SsrMode::Async/>
        <Route path=path!("/c/code") view=client::CodePage ssr=SsrMode::Async/>
        <Route path=path!("/c") view=client::OffersPage ssr=SsrMode::Async/>
        <Route path=path!("/c/offers/:id") view=client::OfferPage ssr=SsrMode::Async/>
        <Route path=path!("/a/i/:token") view=mailed::StepPage ssr=SsrMode::Async/>
        <Route path=path!("/a/i/:token/code") view=mailed::CodePage ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}
