//! What one recipient of the hand-off receives, and taking it over.

use leptos::prelude::*;
use offer::id::RecipientKey;
use offer::lifecycle::Status;

use super::after::ACKNOWLEDGE;
use crate::api::form::DONE;
use crate::desk::HandoffPage;
use crate::pages::record::Names;
use crate::pages::{Ask, Found, Place, Question, Sheet, Times, Visit, staff_page};
use crate::parts::{Button, Control, Crumb, Form, Notice, NoticeKind, PageHead, TermRow, TermState, TermsGroup, TermsTable};
use crate::shell::PageWidth;
use crate::words::en::{board, field, offer as words, role, staff};

/// A hand-off to one recipient.
#[component]
pub fn HandOffPage() -> impl IntoView {
    staff_page(Place::Offers, hand_off)
}

async fn hand_off(visit: Visit) -> Found {
    let id = visit.offer()?;
    let recipient = RecipientKey::new(visit.part("recipient"));
    let page = visit.desk.handoff(&visit.viewer, &id, &recipient).await.done()?;
    let times = visit.times();
    let trail = vec![
        Crumb { href: Some("/offers".to_owned()), text: staff::OFFERS.to_owned() },
        Crumb { href: Some(format!("/offers/{id}")), text: page.number.clone() },
    ];
    let title = words::hand_off_to(&page.line.name);
    let rows = rows(&page);
    let groups = vec![TermsGroup { title: None, rows }];
    let body = view! {
        <PageHead title=title.clone() trail=trail lead=page.task.clone()/>
        <div class="stack" data-gap="loose">
            {standing(&page, &times)}
            <TermsTable groups=groups/>
            {acknowledge(&visit, &page)}
        </div>
    };
    Ok(Sheet {
        title: format!("{title} - {}", page.number),
        width: PageWidth::Reading,
        table: page.table.clone(),
        body: vec![body.into_any()],
        ..Sheet::default()
    })
}

/// The fields of the recipient and no other; one that is empty says so.
fn rows(page: &HandoffPage) -> Vec<TermRow> {
    let names = Names { people: Some(&page.names), client: "", titles: Some(&page.titles) };
    let engagement = page.terms.engagement();
    page.fields
        .iter()
        .filter_map(|key| {
            let spec = page.table.get(key).filter(|spec| engagement.is_none_or(|engagement| spec.applies_to(engagement)))?;
            let empty = || TermRow { label: field::label(spec), value: words::EMPTY.to_owned(), note: None, state: TermState::Plain };
            Some(names.row(spec, &page.terms, &page.table).unwrap_or_else(empty))
        })
        .collect()
}

fn standing(page: &HandoffPage, times: &Times) -> AnyView {
    match &page.line.acknowledged {
        Some((at, by)) => {
            let text = words::acknowledged(by, &times.full(*at));
            view! { <div id=DONE tabindex="-1"><Notice kind=NoticeKind::Done title=text><p><a href="/">{board::MY_WORK}</a></p></Notice></div> }.into_any()
        }
        None if page.line.due_at < page.now => {
            let text = words::was_due(&role::role(&page.line.role), &times.near(page.line.due_at, page.now));
            view! { <Notice kind=NoticeKind::Warning title=text/> }.into_any()
        }
        None => {
            let text = words::is_due(&role::role(&page.line.role), &times.near(page.line.due_at, page.now));
            view! { <Notice title=text/> }.into_any()
        }
    }
}

fn acknowledge(visit: &Visit, page: &HandoffPage) -> Option<AnyView> {
    let wanted = page.line.yours && page.line.acknowledged.is_none() && page.status == Status::Accepted;
    wanted.then(|| {
        let ask = Ask::new(visit, "acknowledge", &page.table);
        let hidden = vec![("offer", page.offer.to_string()), ("recipient", page.line.recipient.to_string())];
        let reference = ask.field(Question {
            name: ACKNOWLEDGE.name.into(),
            label: ACKNOWLEDGE.label.into(),
            control: Control::Text,
            hint: words::REFERENCE_HINT.into(),
            ..Question::default()
        });
        view! {
            <Form key="acknowledge" action="/api/offers/acknowledge" once=ask.once.clone() hidden=hidden>
                {reference}
                <Button text=ACKNOWLEDGE.button kind=ACKNOWLEDGE.kind/>
            </Form>
        }
        .into_any()
    })
}
