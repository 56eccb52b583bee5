//! Signing in and joining.

pub mod code;
pub mod forgot;
pub mod single_sign_on;

use leptos::prelude::*;
use offer::field::FieldTable;

use super::frame::open_page;
use super::{Ask, Found, Question, Sheet, Visit};
use crate::desk::{Joining, Notice as CameBack, SsoWants};
use crate::parts::{Button, ButtonKind, Control, Form, Notice, NoticeKind, PageHead};
use crate::shell::{Bundle, PageWidth};
use crate::words::en::{account, single_sign_on as sso, staff as words};

/// Sign in with address and password.
#[component]
pub fn SignInPage() -> impl IntoView {
    open_page(sign_in)
}

/// Set the first password behind a one-time link.
#[component]
pub fn JoinPage() -> impl IntoView {
    open_page(join)
}

async fn sign_in(visit: Visit) -> Found {
    let ask = Ask::new(&visit, "sign-in", &FieldTable::default());
    let to = visit.query("to").unwrap_or_default();
    let provider = single_sign_on::button(&visit, SsoWants::SignIn, to.clone(), sso::sign_in_with);
    let or = provider.is_some().then(|| view! { <p class="sign-in-or">{sso::OR}</p> });
    let body = view! {
        <div class="sign-in">
            <PageHead title=words::SIGN_IN lead=words::SIGN_IN_LEAD/>
            {super::demo::sign_in_hint(&visit)}
            {single_sign_on::stopped(&visit)}
            {provider}
            {or}
            <Form key="sign-in" action="/api/identity/sign-in" once=ask.once.clone() hidden=vec![("to", to)]>
                {ask.field(email(String::new()))}
                {ask.password("password", words::PASSWORD, "current-password", "")}
                <Button text=words::SIGN_IN kind=ButtonKind::Primary/>
            </Form>
            <p><a href="/sign-in/forgot">{account::FORGOT}</a></p>
            <Bundle/>
        </div>
    };
    Ok(narrow(words::SIGN_IN, body))
}

async fn join(visit: Visit) -> Found {
    let token = visit.part("token");
    let Joining { address, is_reset } = match visit.desk.joining(&token).await.done() {
        Ok(joining) => joining,
        // a spent link and one that never was are the same to whoever holds it
        Err(CameBack::NotFound) => {
            let spent = view! {
                <PageHead title=words::JOIN/>
                <Notice kind=NoticeKind::Warning title=words::LINK_SPENT><p>{words::LINK_SPENT_WHY}</p></Notice>
            };
            return Ok(narrow(words::JOIN, spent));
        }
        Err(notice) => return Err(notice),
    };
    let is_set_up = address.is_empty();
    let (title, lead) = match (is_set_up, is_reset) {
        (true, _) => (words::SET_UP, words::SET_UP_LEAD),
        (_, true) => (account::RESET_TITLE, account::RESET_LEAD),
        _ => (words::JOIN, words::JOIN_LEAD),
    };
    let ask = Ask::new(&visit, "join", &FieldTable::default());
    let who = if is_set_up {
        let name = Question { name: "name".into(), label: words::YOUR_NAME.into(), autocomplete: "name".into(), ..Question::default() };
        view! { {ask.field(name)} {ask.field(email(String::new()))} }.into_any()
    } else {
        let shown = address.clone();
        view! {
            <p>{words::JOIN_AS}" "<strong>{shown}</strong></p>
            <input type="hidden" name="email" value=address autocomplete="username"/>
        }
        .into_any()
    };
    let body = view! {
        <div class="sign-in">
            <PageHead title=title lead=lead/>
            <Form key="join" action="/api/identity/join" once=ask.once.clone() hidden=vec![("token", token)]>
                {who}
                {ask.password("password", words::NEW_PASSWORD, "new-password", words::NEW_PASSWORD_HINT)}
                <Button text=words::JOIN_DO kind=ButtonKind::Primary/>
            </Form>
            <Bundle/>
        </div>
    };
    Ok(narrow(title, body))
}

pub(super) fn email(value: String) -> Question {
    Question {
        name: "email".into(),
        label: words::EMAIL.into(),
        control: Control::Email,
        value,
        autocomplete: "username".into(),
        ..Question::default()
    }
}

pub(super) fn narrow(title: &str, body: impl IntoView + 'static) -> Sheet {
    Sheet { title: title.to_owned(), width: PageWidth::Narrow, body: vec![body.into_any()], ..Sheet::default() }
}
