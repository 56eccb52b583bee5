//! The second step of signing in.

use leptos::prelude::*;
use offer::field::FieldTable;

use super::narrow;
use crate::pages::frame::open_page;
use crate::pages::{Ask, Found, Question, Visit};
use crate::parts::{Button, ButtonKind, Control, Form, LinkButton, Notice, NoticeKind, PageHead};
use crate::words::en::account as words;

/// The second step of signing in.
#[component]
pub fn SecondStepPage() -> impl IntoView {
    open_page(second_step)
}

async fn second_step(visit: Visit) -> Found {
    if !visit.desk.awaits_second_step(&visit.browser).await {
        let body = view! {
            <div class="sign-in">
                <PageHead title=words::STEP_TITLE/>
                <Notice title=words::STEP_OVER><p>{words::STEP_OVER_WHY}</p></Notice>
                <LinkButton href="/sign-in" text=words::STEP_AGAIN kind=ButtonKind::Primary/>
            </div>
        };
        return Ok(narrow(words::STEP_TITLE, body));
    }
    let ask = Ask::new(&visit, "second-step", &FieldTable::default());
    let to = visit.query("to").unwrap_or_default();
    let body = view! {
        <div class="sign-in">
            <PageHead title=words::STEP_TITLE lead=words::STEP_LEAD/>
            <Form key="second-step" action="/api/identity/second-step" once=ask.once.clone() hidden=vec![("to", to)]>
                {ask.field(code())}
                <Button text=words::STEP_DO kind=ButtonKind::Primary/>
            </Form>
            <p>{words::STEP_LOST}" "<a href="/sign-in">{words::STEP_AGAIN}</a></p>
        </div>
    };
    Ok(narrow(words::STEP_TITLE, body))
}

/// The box of a code.
pub(in crate::pages) fn code() -> Question {
    Question {
        name: "code".into(),
        label: words::STEP_CODE.into(),
        // a recovery code has letters, which the keyboard for digits lacks
        control: Control::Text,
        hint: words::STEP_CODE_HINT.into(),
        autocomplete: "one-time-code".into(),
        ..Question::default()
    }
}

/// What a notice about a thing that is over looks like on these pages.
pub(in crate::pages) fn over(title: &'static str, why: &'static str) -> AnyView {
    view! { <Notice kind=NoticeKind::Warning title=title><p>{why}</p></Notice> }.into_any()
}
