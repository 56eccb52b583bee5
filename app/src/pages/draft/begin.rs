//! Beginning an offer, for an opening or blank.

use leptos::prelude::*;
use offer::access::{Action, Denial};
use offer::engagement::Engagement;
use offer::field::FieldTable;
use offer::id::RequisitionId;
use offer::lifecycle::Refusal;

use crate::desk::{Notice as CameBack, RequisitionLine};
use crate::pages::record::choice;
use crate::pages::{Ask, Found, Place, Question, Sheet, Visit, staff_page};
use crate::parts::{Button, ButtonKind, Control, Crumb, Form, PageHead};
use crate::shell::PageWidth;
use crate::words::en::{field, staff as words};

/// A new offer.
#[component]
pub fn NewOfferPage() -> impl IntoView {
    staff_page(Place::New, begin)
}

async fn begin(visit: Visit) -> Found {
    if !visit.viewer.member().is_some_and(|member| member.ever_may(Action::Draft)) {
        return Err(CameBack::Refused(Refusal::NotAllowed { because: Denial::NotYourRole }));
    }
    let opening = match visit.query("requisition") {
        None => None,
        Some(id) => {
            let id = RequisitionId::parse(&id).ok_or(CameBack::NotFound)?;
            Some(visit.desk.requisition(&visit.viewer, &id).await.done()?)
        }
    };
    let ask = Ask::new(&visit, "begin", &FieldTable::default());
    let engagement = opening.is_none().then(|| ask.field(engagement()));
    let hidden = opening.iter().map(|opening| ("requisition", opening.id.to_string())).collect::<Vec<_>>();
    let body = view! {
        {head(opening.as_ref())}
        <Form key="begin" action="/api/offers/begin" once=ask.once.clone() hidden=hidden>
            {engagement}
            {ask.field(Question {
                name: "name".into(),
                label: words::CANDIDATE_NAME.into(),
                hint: words::CANDIDATE_NAME_HINT.into(),
                required: true,
                ..Question::default()
            })}
            {ask.field(Question {
                name: "email".into(),
                label: words::CANDIDATE_EMAIL.into(),
                control: Control::Email,
                hint: words::CANDIDATE_EMAIL_HINT.into(),
                required: true,
                ..Question::default()
            })}
            <Button text=words::BEGIN kind=ButtonKind::Primary/>
        </Form>
    };
    Ok(Sheet { title: words::NEW_OFFER.to_owned(), width: PageWidth::Reading, body: vec![body.into_any()], ..Sheet::default() })
}

fn head(opening: Option<&RequisitionLine>) -> AnyView {
    match opening {
        Some(opening) => {
            let trail = vec![
                Crumb { href: Some("/requisitions".to_owned()), text: words::OPENINGS.to_owned() },
                Crumb { href: None, text: opening.number.clone() },
            ];
            let lead =
                [opening.client.as_str(), opening.place.as_str()].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>();
            let title = format!("{}: {}", words::NEW_OFFER, opening.title);
            view! { <PageHead title=title trail=trail lead=lead.join(", ")/> }.into_any()
        }
        None => view! { <PageHead title=words::NEW_OFFER lead=words::NEW_OFFER_LEAD/> }.into_any(),
    }
}

fn engagement() -> Question {
    let choices = Engagement::ALL.map(|engagement| {
        let mut choice = choice(engagement.code(), field::engagement(engagement));
        choice.hint = Some(words::engagement_hint(engagement).to_owned());
        choice
    });
    Question {
        name: "engagement".into(),
        label: words::WHICH_ENGAGEMENT.into(),
        control: Control::Choices(choices.into()),
        required: true,
        ..Question::default()
    }
}
