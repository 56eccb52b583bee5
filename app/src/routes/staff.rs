//! The pages of the firm's people.

use leptos::prelude::*;
use leptos_router::components::Route;
use leptos_router::{MatchNestedRoutes, SsrMode, any_nested_route::IntoAnyNestedRoute, path};

use crate::pages::{account, board, demo, draft, identity, imports, looked, offer, out_of_office, people, preview, requisitions, work};

/// The pages of the firm's people.
#[component(transparent)]
pub fn StaffRoutes() -> impl MatchNestedRoutes + Clone {
    view! {
        <Route path=path!("/sign-in") view=identity::SignInPage ssr=SsrMode::Async/>
        <Route path=path!("/join/:token") view=identity::JoinPage ssr=SsrMode::Async/>
        <Route path=path!("/sign-in/code") view=identity::code::SecondStepPage ssr=SsrMode::Async/>
        <Route path=path!("/sign-in/forgot") view=identity::forgot::ForgotPage ssr=SsrMode::Async/>
        <Route path=path!("/sign-in/sso") view=identity::single_sign_on::SingleSignOnPage ssr=SsrMode::Async/>
        <Route path=path!("/account") view=account::AccountPage ssr=SsrMode::Async/>
        <Route path=path!("/account/second-factor") view=account::second_factor::SecondFactorPage ssr=SsrMode::Async/>
        <Route path=path!("/account/recovery-codes") view=account::recovery_codes::RecoveryCodesPage ssr=SsrMode::Async/>
        <Route path=path!("/account/prove") view=account::prove::ProvePage ssr=SsrMode::Async/>
        <Route path=path!("/") view=work::MyWorkPage ssr=SsrMode::Async/>
        <Route path=path!("/offers") view=board::BoardPage ssr=SsrMode::Async/>
        <Route path=path!("/demo") view=demo::WhoToBePage ssr=SsrMode::Async/>
        <Route path=path!("/demo/mail") view=demo::MailRoomPage ssr=SsrMode::Async/>
        <Route path=path!("/requisitions") view=requisitions::RequisitionsPage ssr=SsrMode::Async/>
        <Route path=path!("/admin/imports") view=imports::ImportsPage ssr=SsrMode::Async/>
        <Route path=path!("/people") view=people::PeoplePage ssr=SsrMode::Async/>
        <Route path=path!("/people/new") view=people::new::NewPersonPage ssr=SsrMode::Async/>
        <Route path=path!("/people/:id") view=people::person::PersonPage ssr=SsrMode::Async/>
        <Route path=path!("/offers/new") view=draft::begin::NewOfferPage ssr=SsrMode::Async/>
        <Route path=path!("/offers/:id/intake") view=draft::intake::IntakeFirstPage ssr=SsrMode::Async/>
        <Route path=path!("/offers/:id/intake/:section") view=draft::intake::IntakeSectionPage ssr=SsrMode::Async/>
        <Route path=path!("/offers/:id") view=offer::OfferPage ssr=SsrMode::Async/>
        <Route path=path!("/offers/:id/preview") view=preview::PreviewPage ssr=SsrMode::Async/>
        <Route path=path!("/offers/:id/letter") view=offer::letter::OfferLetterPage ssr=SsrMode::Async/>
        <Route path=path!("/offers/:id/verbal") view=offer::verbal::VerbalPage ssr=SsrMode::Async/>
        <Route path=path!("/offers/:id/change") view=offer::change::ProposePage ssr=SsrMode::Async/>
        <Route path=path!("/offers/:id/change/:proposal") view=offer::change::AdoptPage ssr=SsrMode::Async/>
        <Route path=path!("/offers/:id/versions") view=offer::versions::VersionsPage ssr=SsrMode::Async/>
        <Route path=path!("/offers/:id/hand-off/:recipient") view=offer::hand_off::HandOffPage ssr=SsrMode::Async/>
        <Route path=path!("/offers/:id/re-route") view=offer::reroute::ReroutePage ssr=SsrMode::Async/>
        <Route path=path!("/out-of-office") view=out_of_office::OutOfOfficePage ssr=SsrMode::Async/>
        <Route path=path!("/offers/:id/access") view=offer::access::AccessPage ssr=SsrMode::Async/>
        <Route path=path!("/audit/looked") view=looked::LookedPage ssr=SsrMode::Async/>
        <Route path=path!("/offers/:id/review") view=draft::review::DraftReviewPage ssr=SsrMode::Async/>
    }
    .into_inner()
    .into_any_nested_route()
}
