//! A page of the staff in its frame: signed in first, then read, then laid out; and what stands there when it cannot be had.

use std::future::Future;

use axum::http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use offer::access::Action;
use offer::field::FieldTable;
use offer::lifecycle::Refusal;

use super::{Visit, form};
use crate::api::identity::percent;
use crate::desk::{Notice, Viewer};
use crate::parts::{Empty, LinkButton, MenuItem};
use crate::shell::{DocumentTitle, FootLink, NavLink, PageWidth, StaffFrame};
use crate::words::en::{access, account, approver, board, date, import, person, refusal, staff as words};

/// A page that is found, or why not.
pub type Found = Result<Sheet, Notice>;

/// What a page puts into its frame.
#[derive(Default)]
pub struct Sheet {
    /// The title of the document.
    pub title: String,
    /// How wide it is.
    pub width: PageWidth,
    /// The field table that its forms are read by, for the names of problems.
    pub table: FieldTable,
    /// Whether the page itself says what is wrong with the form that came back, so that its frame need not.
    pub says_problems: bool,
    /// The page.
    pub body: Vec<AnyView>,
}

impl std::fmt::Debug for Sheet {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Sheet").field("title", &self.title).finish_non_exhaustive()
    }
}

/// The places of the main navigation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// What waits on the viewer.
    Work,
    /// The board, and every offer.
    Offers,
    /// The openings.
    Openings,
    /// A new offer.
    New,
    /// Files that are brought in.
    Imports,
    /// Who looked at pay and personal data.
    Looked,
    /// Who is there.
    People,
    /// None of them.
    Elsewhere,
}

/// A page of the staff. Whoever is not signed in is led to the sign-in and back.
pub fn staff_page<F, P>(place: Place, page: F) -> AnyView
where
    F: FnOnce(Visit) -> P + Send + 'static,
    P: Future<Output = Found> + Send + 'static,
{
    let Some(visit) = Visit::here() else { return ().into_any() };
    Suspend::new(async move {
        let visit = visit.with_kept().await;
        let found = match visit.viewer {
            Viewer::Staff { .. } => page(visit.clone()).await,
            _ => Err(Notice::SignIn),
        };
        if matches!(visit.viewer, Viewer::Enrolling { .. }) {
            go_to("/account/second-factor");
        } else if found.as_ref().is_err_and(|notice| *notice == Notice::SignIn) {
            // whoever comes to a demo first reads who to be
            let is_first = visit.desk.is_demo() && visit.address == "/";
            go_to(&if is_first { "/demo".to_owned() } else { format!("/sign-in?to={}", percent(&visit.address)) });
        }
        framed(&visit, place, found).await
    })
    .into_any()
}

/// A page about one's own sign-in: also for whoever has to set up a second factor first.
pub fn account_page<F, P>(page: F) -> AnyView
where
    F: FnOnce(Visit) -> P + Send + 'static,
    P: Future<Output = Found> + Send + 'static,
{
    let Some(visit) = Visit::here() else { return ().into_any() };
    Suspend::new(async move {
        let visit = visit.with_kept().await;
        let found = match visit.viewer {
            Viewer::Staff { .. } | Viewer::Enrolling { .. } => page(visit.clone()).await,
            _ => Err(Notice::SignIn),
        };
        if found.as_ref().is_err_and(|notice| *notice == Notice::SignIn) {
            go_to(&format!("/sign-in?to={}", percent(&visit.address)));
        }
        framed(&visit, Place::Elsewhere, found).await
    })
    .into_any()
}

/// A page before anybody is signed in.
pub fn open_page<F, P>(page: F) -> AnyView
where
    F: FnOnce(Visit) -> P + Send + 'static,
    P: Future<Output = Found> + Send + 'static,
{
    let Some(visit) = Visit::here() else { return ().into_any() };
    Suspend::new(async move {
        let mut visit = visit.with_kept().await;
        visit.viewer = Viewer::Nobody;
        let found = page(visit.clone()).await;
        framed(&visit, Place::Elsewhere, found).await
    })
    .into_any()
}

/// A page for anybody, signed in or not.
pub fn anybodys_page<F, P>(page: F) -> AnyView
where
    F: FnOnce(Visit) -> P + Send + 'static,
    P: Future<Output = Found> + Send + 'static,
{
    let Some(visit) = Visit::here() else { return ().into_any() };
    Suspend::new(async move {
        let visit = visit.with_kept().await;
        let found = page(visit.clone()).await;
        framed(&visit, Place::Elsewhere, found).await
    })
    .into_any()
}

/// No such page.
#[component]
pub fn NotFoundPage() -> impl IntoView {
    let Some(visit) = Visit::here() else { return ().into_any() };
    Suspend::new(async move { framed(&visit, Place::Elsewhere, Err(Notice::NotFound)).await }).into_any()
}

async fn framed(visit: &Visit, place: Place, found: Found) -> AnyView {
    let firm = visit.desk.firm_name().await;
    let sheet = found.unwrap_or_else(|notice| absent(&notice, &visit.viewer));
    let account = MenuItem::Link { href: "/account".to_owned(), text: account::TITLE.to_owned() };
    let sign_out = MenuItem::Act { action: "/api/identity/sign-out".to_owned(), text: words::SIGN_OUT.to_owned() };
    let (person, menu) = match &visit.viewer {
        Viewer::Staff { name, .. } => {
            let away = MenuItem::Link { href: "/out-of-office".to_owned(), text: approver::OUT_OF_OFFICE.to_owned() };
            (Some(name.clone()), vec![account, away, sign_out])
        }
        Viewer::Enrolling { name, .. } => (Some(name.clone()), vec![sign_out]),
        _ => (None, Vec::new()),
    };
    let (rehearsal, rehearsal_links) = rehearsal(visit);
    let foot = match &visit.viewer {
        Viewer::Staff { zone, .. } => format!("{}. {}", words::FOOT, date::times_in(zone)),
        _ => words::FOOT.to_owned(),
    };
    let came_back = (!sheet.says_problems).then(|| form::came_back(visit, &sheet.table));
    view! {
        <DocumentTitle page=sheet.title firm=firm.clone()/>
        <StaffFrame firm=firm places=places(visit, place) person=person menu=menu rehearsal=rehearsal rehearsal_links=rehearsal_links foot=foot width=sheet.width>
            {came_back}
            {sheet.body}
        </StaffFrame>
    }
    .into_any()
}

/// What the banner says in a rehearsal, and where it leads in a demo.
pub(super) fn rehearsal(visit: &Visit) -> (Option<&'static str>, Vec<FootLink>) {
    if visit.desk.is_demo() {
        return (Some(crate::words::en::demo::BANNER), super::demo::banner_links());
    }
    (visit.desk.is_rehearsal().then_some(words::REHEARSAL), Vec::new())
}

fn places(visit: &Visit, place: Place) -> Vec<NavLink> {
    let Viewer::Staff { member, .. } = &visit.viewer else { return Vec::new() };
    let link = |href: &str, text: &str, here: Place| NavLink { href: href.to_owned(), text: text.to_owned(), current: place == here };
    let mut links = vec![link("/", board::MY_WORK, Place::Work), link("/offers", words::OFFERS, Place::Offers)];
    if member.ever_may(Action::Draft) {
        links.push(link("/requisitions", words::OPENINGS, Place::Openings));
        links.push(link("/offers/new", words::NEW_OFFER, Place::New));
    }
    if !member.imports().is_empty() {
        links.push(link("/admin/imports", import::TITLE, Place::Imports));
    }
    if member.runs_people() {
        links.push(link("/people", person::TITLE, Place::People));
    }
    if member.audits_all() {
        links.push(link("/audit/looked", access::PLACE, Place::Looked));
    }
    links
}

/// What stands in place of a page that cannot be had.
fn absent(notice: &Notice, viewer: &Viewer) -> Sheet {
    let (status, title, text) = match notice {
        Notice::SignIn => (None, words::SIGN_IN, words::SIGN_IN_FIRST.to_owned()),
        Notice::NotFound => (Some(StatusCode::NOT_FOUND), words::NOT_FOUND, words::NOT_FOUND_WHY.to_owned()),
        Notice::Unavailable => (Some(StatusCode::SERVICE_UNAVAILABLE), words::UNAVAILABLE, words::UNAVAILABLE_WHY.to_owned()),
        Notice::Refused(Refusal::NotAllowed { because }) => {
            (Some(StatusCode::FORBIDDEN), words::FORBIDDEN, refusal::denial(*because).to_owned())
        }
        Notice::Refused(other) => (Some(StatusCode::CONFLICT), words::NOT_NOW, refusal::refusal(other, &FieldTable::default())),
        Notice::Problems(_) => (Some(StatusCode::UNPROCESSABLE_ENTITY), words::NOT_NOW, words::NOT_READABLE.to_owned()),
    };
    if let (Some(status), Some(response)) = (status, use_context::<ResponseOptions>()) {
        response.set_status(status);
    }
    let (href, onward) = if matches!(viewer, Viewer::Staff { .. }) { ("/offers", words::TO_OFFERS) } else { ("/sign-in", words::SIGN_IN) };
    let body = view! {
        <h1 class="unseen">{title}</h1>
        <Empty title=title text=text><LinkButton href=href text=onward/></Empty>
    };
    Sheet { title: title.to_owned(), width: PageWidth::Reading, body: vec![body.into_any()], ..Sheet::default() }
}

/// Leads a page's visitor elsewhere. Forms go another way: see `api::form`.
pub fn go_to(path: &str) {
    if let (Some(response), Ok(path)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(path)) {
        response.insert_header(header::LOCATION, path);
        response.set_status(StatusCode::SEE_OTHER);
    }
}
