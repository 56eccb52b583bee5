//! Somebody new.

use leptos::prelude::*;
use offer::field::FieldTable;

use super::columns::columns;
use crate::pages::{Ask, Found, Place, Question, Sheet, Visit, staff_page};
use crate::parts::{Button, ButtonKind, Control, Crumb, Form, PageHead};
use crate::shell::PageWidth;
use crate::words::en::person as words;

/// Somebody new.
#[component]
pub fn NewPersonPage() -> impl IntoView {
    staff_page(Place::People, new)
}

async fn new(visit: Visit) -> Found {
    let choices = visit.desk.person_choices(&visit.viewer).await.done()?;
    let ask = Ask::new(&visit, "take-in", &FieldTable::default());
    let email = ask.field(Question {
        name: "email".into(),
        label: words::EMAIL.into(),
        control: Control::Email,
        autocomplete: "off".into(),
        ..Question::default()
    });
    let body = view! {
        <div class="stack" data-gap="loose">
            <PageHead title=words::ADD_TITLE lead=words::ADD_LEAD trail=trail()/>
            <Form key="take-in" action="/api/people/take-in" once=ask.once.clone()>
                {email}
                {columns(&ask, &choices, None)}
                <div class="button-row"><Button text=words::ADD_DO kind=ButtonKind::Primary/></div>
            </Form>
        </div>
    };
    Ok(Sheet { title: words::ADD_TITLE.to_owned(), width: PageWidth::Reading, body: vec![body.into_any()], ..Sheet::default() })
}

/// The way to the pages below.
pub(super) fn trail() -> Vec<Crumb> {
    vec![Crumb { href: Some("/people".to_owned()), text: words::TITLE.to_owned() }]
}
