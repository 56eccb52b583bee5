//! A forgotten password.

use leptos::prelude::*;
use offer::field::FieldTable;

use super::{email, narrow};
use crate::pages::frame::open_page;
use crate::pages::{Ask, Found, Visit};
use crate::parts::{Button, ButtonKind, Form, Notice, NoticeKind, PageHead};
use crate::words::en::account as words;

/// Asks for a link to choose a new password.
#[component]
pub fn ForgotPage() -> impl IntoView {
    open_page(forgot)
}

async fn forgot(visit: Visit) -> Found {
    let ask = Ask::new(&visit, "forgot", &FieldTable::default());
    let mailed = visit.query("mailed").map(|_| {
        view! { <Notice kind=NoticeKind::Done title=words::FORGOT_DONE><p>{words::FORGOT_DONE_WHY}</p></Notice> }
    });
    let body = view! {
        <div class="sign-in">
            <PageHead title=words::FORGOT_TITLE lead=words::FORGOT_LEAD/>
            {mailed}
            <Form key="forgot" action="/api/identity/forgot" once=ask.once.clone()>
                {ask.field(email(String::new()))}
                <Button text=words::FORGOT_DO kind=ButtonKind::Primary/>
            </Form>
            <p><a href="/sign-in">{words::TO_SIGN_IN}</a></p>
        </div>
    };
    Ok(narrow(words::FORGOT_TITLE, body))
}
