//! An offer in short: what the panel beside the board shows, and a page of its own without script.

use leptos::prelude::*;
use offer::field;

use super::offer::shown::Shown;
use super::offer::{reading, spoken};
use super::waiting::waiting_line;
use super::{Found, Place, Sheet, Visit, staff_page};
use crate::parts::{Badge, BadgeKind, ButtonKind, Crumb, LinkButton, PageHead, Status as StatusMark, TermsGroup, TermsTable};
use crate::shell::PageWidth;
use crate::words::en::{board as words, staff, status};

/// What decides at a glance; the offer's own page has the rest.
const AT_A_GLANCE: [field::FieldKey; 6] =
    [field::PAY_BASE, field::BILL_RATE, field::START, field::END, field::WORKSITE, field::HOURS_PER_WEEK];

/// An offer in short.
#[component]
pub fn PreviewPage() -> impl IntoView {
    staff_page(Place::Offers, preview)
}

pub(in crate::pages) async fn preview(visit: Visit) -> Found {
    let id = visit.offer()?;
    let page = visit.desk.offer(&visit.viewer, &id).await.done()?;
    let shown = Shown { times: visit.times(), visit, page };
    let (number, title) = (shown.page.number.clone(), shown.page.title.clone());
    let trail =
        vec![Crumb { href: Some("/offers".to_owned()), text: staff::OFFERS.to_owned() }, Crumb { href: None, text: number.clone() }];
    let body = view! {
        <PageHead title=words::PREVIEW trail=trail/>
        <div id="preview-body" class="stack">{short(&shown)}</div>
    };
    Ok(Sheet { title: format!("{number} - {title}"), width: PageWidth::Reading, body: vec![body.into_any()], ..Sheet::default() })
}

fn short(shown: &Shown) -> AnyView {
    let page = &shown.page;
    let name = if page.candidate.is_empty() { staff::NAME_HIDDEN.to_owned() } else { page.candidate.clone() };
    let about: Vec<String> =
        [page.title.clone(), page.client.clone(), page.number.clone()].into_iter().filter(|part| !part.is_empty()).collect();
    let waiting: Vec<AnyView> = page.waiting.iter().map(|waiting| waiting_line(waiting, page.now, &shown.times)).collect();
    let exceptions = u32::try_from(page.exceptions.len() + spoken::counted(shown)).unwrap_or(u32::MAX);
    let exceptions = (exceptions > 0).then(|| view! { <Badge text=staff::exceptions(exceptions) kind=BadgeKind::Exception/> });
    let glance = page.terms.as_ref().map(|terms| terms.retain(|key| AT_A_GLANCE.contains(key)));
    let rows = glance.map(|terms| shown.names().groups(&terms, &page.table)).unwrap_or_default().into_iter().flat_map(|group| group.rows);
    let groups = vec![TermsGroup { title: None, rows: rows.collect() }];
    let href = format!("/offers/{}", page.id);
    view! {
        <h2 class="preview-title" id="preview-title">{name}</h2>
        <p class="section-lead">{about.join(" · ")}</p>
        <p class="row"><StatusMark state=page.status.code() text=status::status(page.status)/>{exceptions}</p>
        {waiting}
        <TermsTable groups=groups/>
        {reading::findings(shown)}
        {reading::route(shown)}
        <p><LinkButton href=href text=words::OPEN_OFFER kind=ButtonKind::Primary/></p>
    }
    .into_any()
}
