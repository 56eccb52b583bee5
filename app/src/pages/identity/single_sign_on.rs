//! On the way to the identity provider of the firm, and on the way back.

use axum::http::{HeaderValue, header};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use super::narrow;
use crate::desk::{Notice as CameBack, SsoStop, SsoWants};
use crate::pages::frame::open_page;
use crate::pages::{Found, Visit};
use crate::parts::{Button, ButtonKind, Form, LinkButton, Notice, NoticeKind, PageHead};
use crate::words::en::single_sign_on as words;

/// The page that leads to the provider, or asks before a link is made.
#[component]
pub fn SingleSignOnPage() -> impl IntoView {
    open_page(single_sign_on)
}

async fn single_sign_on(visit: Visit) -> Found {
    let label = visit.desk.single_sign_on().ok_or(CameBack::NotFound)?;
    match (visit.query("leaving"), visit.query("found")) {
        (Some(id), _) => leaving(&visit, &id, &label).await,
        (_, Some(id)) => found(&visit, id, &label).await,
        _ => Ok(over(&label)),
    }
}

async fn leaving(visit: &Visit, id: &str, label: &str) -> Found {
    let address = match visit.desk.leaving_for_provider(id, &visit.browser).await.done() {
        Ok(address) => address,
        Err(CameBack::NotFound) => return Ok(over(label)),
        Err(notice) => return Err(notice),
    };
    // a redirect of a form to another site is one that the content policy stops
    if let (Some(response), Ok(refresh)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(&format!("0; url={address}"))) {
        response.insert_header(header::REFRESH, refresh);
    }
    let title = words::leaving(label);
    let body = view! {
        <div class="sign-in">
            <PageHead title=title.clone() lead=words::LEAVING_LEAD/>
            <LinkButton href=address text=words::go_on(label) kind=ButtonKind::Primary/>
            <p><a href="/sign-in">{words::TO_SIGN_IN}</a></p>
        </div>
    };
    Ok(narrow(&title, body))
}

async fn found(visit: &Visit, id: String, label: &str) -> Found {
    let found = match visit.desk.single_sign_on_found(&id, &visit.browser).await.done() {
        Ok(found) => found,
        Err(CameBack::NotFound) => return Ok(over(label)),
        Err(notice) => return Err(notice),
    };
    let title = words::confirm(label);
    let back = if found.signs_in { "/sign-in" } else { "/account" };
    let body = view! {
        <div class="sign-in">
            <PageHead title=title.clone() lead=words::confirm_lead(label, &found.email_there, &found.name, &found.email)/>
            <p>{words::confirm_why(label)}</p>
            <Form key="link" action="/api/identity/sso/link" once=visit.fresh.clone() hidden=vec![("found", id)]>
                <Button text=words::LINK_DO kind=ButtonKind::Primary/>
            </Form>
            <p><a href=back>{words::NOT_NOW}</a></p>
        </div>
    };
    Ok(narrow(&title, body))
}

fn over(label: &str) -> crate::pages::Sheet {
    let (title, why) = words::stopped(SsoStop::Over, label);
    let body = view! {
        <div class="sign-in">
            <PageHead title=title.clone()/>
            <Notice kind=NoticeKind::Warning><p>{why}</p></Notice>
            <LinkButton href="/sign-in" text=words::TO_SIGN_IN kind=ButtonKind::Primary/>
        </div>
    };
    narrow(&title, body)
}

/// Why somebody came back from the provider, if they did; nothing without a provider.
pub(in crate::pages) fn stopped(visit: &Visit) -> Option<AnyView> {
    let stop = visit.query("sso").and_then(|code| SsoStop::named(&code))?;
    let (title, why) = words::stopped(stop, &visit.desk.single_sign_on()?);
    Some(view! { <Notice kind=NoticeKind::Problem title=title><p>{why}</p></Notice> }.into_any())
}

/// The button that leads to the provider; nothing without one.
pub(in crate::pages) fn button(visit: &Visit, wants: SsoWants, to: String, text: impl FnOnce(&str) -> String) -> Option<AnyView> {
    let text = text(&visit.desk.single_sign_on()?);
    let hidden = vec![("wants", wants.code().to_owned()), ("to", to)];
    let form = view! {
        <Form key="sso" action="/api/identity/sso/begin" once=visit.fresh.clone() hidden=hidden>
            <Button text=text/>
        </Form>
    };
    Some(form.into_any())
}
