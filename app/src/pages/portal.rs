//! The frame of every page for somebody who comes from a mail: the firm's name, the page, and help in the same place.

use std::future::Future;

use axum::http::StatusCode;
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use super::Visit;
use crate::api::Kept;
use crate::desk::{Help, Viewer};
use crate::parts::{Button, ButtonKind, Form, FormProblem, Notice, NoticeKind, PageHead, ProblemSummary};
use crate::shell::{DocumentTitle, FootLink, PageWidth, PortalFrame};
use crate::words::en::{date, portal as words};

/// Whose pages these are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// A candidate's.
    Candidate,
    /// A client's contact's.
    Client,
    /// Those of whoever decides from a mail.
    Approver,
}

impl Side {
    /// The first part of its addresses.
    pub const fn path(self) -> &'static str {
        match self {
            Self::Candidate => "o",
            Self::Client => "c",
            Self::Approver => "a",
        }
    }
}

/// The firm as a page speaks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Firm {
    /// Its own name.
    pub name: String,
    /// Where it helps.
    pub help: Help,
}

/// What a page puts into the frame.
pub struct Leaf {
    /// The title of the document.
    pub title: String,
    /// How wide it is.
    pub width: PageWidth,
    /// The page.
    pub body: AnyView,
}

impl std::fmt::Debug for Leaf {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Leaf").field("title", &self.title).finish_non_exhaustive()
    }
}

impl Leaf {
    /// A page.
    pub fn new(title: impl Into<String>, width: PageWidth, body: impl IntoView + 'static) -> Self {
        Self { title: title.into(), width, body: body.into_any() }
    }
}

/// A page of the portal. Whoever may not read it finds there what to do instead.
pub fn portal_page<F, P>(side: Side, page: F) -> AnyView
where
    F: FnOnce(Visit, Firm) -> P + Send + 'static,
    P: Future<Output = Leaf> + Send + 'static,
{
    let Some(visit) = Visit::here() else { return ().into_any() };
    Suspend::new(async move {
        let visit = visit.with_kept().await;
        let firm = Firm { name: visit.desk.firm_name().await, help: visit.desk.help().await };
        let leaf = page(visit.clone(), firm.clone()).await;
        let (title, name) = (leaf.title.clone(), firm.name.clone());
        view! { <DocumentTitle page=title firm=name/> {framed(&visit, side, firm, leaf)} }
    })
    .into_any()
}

/// The page in its frame.
pub fn framed(visit: &Visit, side: Side, firm: Firm, leaf: Leaf) -> AnyView {
    let (rehearsal, rehearsal_links) = super::frame::rehearsal(visit);
    // who decides from a mail has no session to leave; the page says how the browser is forgotten
    let signed_in = side != Side::Approver && matches!(visit.viewer, Viewer::Candidate { .. } | Viewer::Client { .. });
    let leave = signed_in.then(|| {
        let area = side.path().to_owned();
        view! {
            <div class="leave" data-print="no">
                <Form key="leave" action="/api/portal/leave" once=visit.fresh.clone() hidden=vec![("area", area)]>
                    <Button text=words::LEAVE kind=ButtonKind::Quiet/>
                </Form>
            </div>
        }
    });
    let times = match &visit.viewer {
        Viewer::Client { zone, .. } => Some(date::times_in(zone)),
        _ => None,
    };
    view! {
        <PortalFrame
            firm=firm.name.clone() rehearsal=rehearsal rehearsal_links=rehearsal_links times=times foot=words::help(&firm.name)
            foot_links=ways(&firm.help) width=leaf.width
        >
            {leaf.body}
            {leave}
        </PortalFrame>
    }
    .into_any()
}

/// The ways to reach the firm.
fn ways(help: &Help) -> Vec<FootLink> {
    let mail = (!help.email.is_empty()).then(|| FootLink { href: format!("mailto:{}", help.email), text: help.email.clone() });
    let call = (!help.phone.is_empty()).then(|| FootLink { href: format!("tel:{}", dialled(&help.phone)), text: help.phone.clone() });
    mail.into_iter().chain(call).collect()
}

/// A number as a telephone dials it.
fn dialled(phone: &str) -> String {
    phone.chars().filter(|sign| sign.is_ascii_digit() || *sign == '+').collect()
}

/// The ways to reach the firm, within a page.
pub fn ways_beside(help: &Help) -> impl IntoView + use<> {
    let links = ways(help).into_iter().map(|FootLink { href, text }| view! { " "<a href=href>{text}</a> });
    links.collect_view()
}

/// What stands in place of a page when nobody is signed in.
pub fn session_over() -> Leaf {
    notice_page(words::SESSION_OVER, words::SESSION_OVER_LEAD, None)
}

/// What stands there when the store is out of reach.
pub fn unavailable() -> Leaf {
    notice_page(words::UNAVAILABLE, words::UNAVAILABLE_LEAD, Some(StatusCode::SERVICE_UNAVAILABLE))
}

/// What stands there when there is no such page for this viewer.
pub fn not_found() -> Leaf {
    notice_page(words::NOT_FOUND, words::NOT_FOUND_LEAD, Some(StatusCode::NOT_FOUND))
}

fn notice_page(title: &'static str, lead: &'static str, status: Option<StatusCode>) -> Leaf {
    if let (Some(status), Some(response)) = (status, use_context::<ResponseOptions>()) {
        response.set_status(status);
    }
    Leaf::new(title, PageWidth::Reading, view! { <PageHead title=title lead=lead/> })
}

/// Why a form came back: beside which of its fields, and in which words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stopped {
    /// The field; none when it is about the whole.
    pub field: Option<&'static str>,
    /// What to do about it.
    pub text: String,
}

impl Stopped {
    /// What is said beside a field.
    pub fn beside(stopped: &[Self], name: &str) -> Option<String> {
        stopped.iter().find(|stopped| stopped.field == Some(name)).map(|stopped| stopped.text.clone())
    }

    /// What is said at the head of the form, where whoever sent it lands: what leads to a box, or else what is about the whole.
    pub fn head(stopped: &[Self], kept: &Kept) -> Option<AnyView> {
        let led = |stopped: &Self| {
            stopped.field.map(|field| FormProblem { field: Some(format!("{}-{field}", kept.form())), text: stopped.text.clone() })
        };
        let problems: Vec<_> = stopped.iter().filter_map(led).collect();
        if !problems.is_empty() {
            return Some(view! { <ProblemSummary problems=problems/> }.into_any());
        }
        let text = stopped.first()?.text.clone();
        Some(view! { <div class="came-back" id="problems" tabindex="-1"><Notice kind=NoticeKind::Problem title=text/></div> }.into_any())
    }
}
