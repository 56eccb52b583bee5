//! Asks again who somebody is, before they do what weighs, and leads back to what they typed.

use leptos::prelude::*;
use offer::field::FieldTable;

use super::username;
use crate::desk::SsoWants;
use crate::pages::frame::account_page;
use crate::pages::identity::code::code;
use crate::pages::identity::{narrow, single_sign_on};
use crate::pages::{Ask, Found, Question, Visit};
use crate::parts::{Button, ButtonKind, Form, PageHead};
use crate::shell::Bundle;
use crate::words::en::{account as words, single_sign_on as sso, staff};

/// Asks again who somebody is.
#[component]
pub fn ProvePage() -> impl IntoView {
    account_page(prove)
}

async fn prove(visit: Visit) -> Found {
    let proof = visit.desk.proof(&visit.browser).await.done()?;
    let ask = Ask::new(&visit, "prove", &FieldTable::default());
    let to = visit.query("to").unwrap_or_default();
    let provider = proof.by_single_sign_on.and_then(|_| single_sign_on::button(&visit, SsoWants::Prove, to.clone(), sso::prove_with));
    let password = proof.by_password.then(|| ask.password("password", staff::PASSWORD, "current-password", ""));
    let label = if proof.by_password { words::PROVE_CODE } else { words::STEP_CODE };
    let code = proof.by_code.then(|| ask.field(Question { label: label.into(), ..code() }));
    let ways = if proof.by_password || proof.by_code {
        view! {
            <Form key="prove" action="/api/account/prove" once=ask.once.clone() hidden=vec![("to", to)]>
                {username(&proof.email)}
                {password}
                {code}
                <Button text=words::PROVE_DO kind=ButtonKind::Primary/>
            </Form>
        }
        .into_any()
    } else if provider.is_some() {
        ().into_any()
    } else {
        view! { <p>{words::PROVE_BY_SIGN_IN}</p> }.into_any()
    };
    let body = view! {
        <div class="sign-in">
            <PageHead title=words::PROVE_TITLE lead=words::PROVE_LEAD/>
            {single_sign_on::stopped(&visit)}
            {provider}
            {ways}
            <Bundle/>
        </div>
    };
    Ok(narrow(words::PROVE_TITLE, body))
}
