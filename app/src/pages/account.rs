//! One's own sign-in: where one is signed in, the password, the second step.

pub mod prove;
pub mod recovery_codes;
pub mod second_factor;

use leptos::prelude::*;
use offer::field::FieldTable;

use super::frame::account_page;
use super::identity::single_sign_on as provider;
use super::{Ask, Found, Sheet, Times, Visit};
use crate::desk::{AccountPage as Page, SessionLine, SingleSignOn, SsoWants};
use crate::parts::{Button, ButtonKind, Crumb, Form, Ledger, LinkButton, Notice, NoticeKind, PageHead, Section};
use crate::shell::{Bundle, PageWidth};
use crate::words::en::{account as words, single_sign_on as sso, staff};

/// One's own sign-in.
#[component]
pub fn AccountPage() -> impl IntoView {
    account_page(account)
}

/// The way to the pages below.
pub(super) fn trail() -> Vec<Crumb> {
    vec![Crumb { href: Some("/account".to_owned()), text: words::TITLE.to_owned() }]
}

async fn account(visit: Visit) -> Found {
    let page = visit.desk.account(&visit.browser).await.done()?;
    let times = visit.times();
    let body = view! {
        <div class="stack" data-gap="loose">
            <PageHead title=words::TITLE lead=words::lead(&page.email)/>
            {done(&visit)}
            {sessions(&visit, &page, &times)}
            {second_factor(&visit, &page, &times)}
            {single_sign_on(&visit, &page, &times)}
            {password(&visit, &page, &times)}
        </div>
    };
    Ok(Sheet { title: words::TITLE.to_owned(), width: PageWidth::Reading, body: vec![body.into_any()], ..Sheet::default() })
}

fn done(visit: &Visit) -> Option<AnyView> {
    let title = match visit.query("done").as_deref() {
        Some("password") => words::PASSWORD_CHANGED,
        Some("linked") => sso::LINKED,
        Some("unlinked") => sso::UNLINKED,
        _ => return provider::stopped(visit),
    };
    Some(view! { <Notice kind=NoticeKind::Done title=title/> }.into_any())
}

fn sessions(visit: &Visit, page: &Page, times: &Times) -> AnyView {
    const HEADS: &[&str] = &[words::COLUMN_WHERE, words::COLUMN_BEGAN, words::COLUMN_SEEN, words::COLUMN_END];
    let rows = page.sessions.iter().map(|line| session(visit, line, page, times).into_any()).collect();
    let once = visit.fresh.clone();
    view! {
        <Section id="sessions" title=words::SESSIONS lead=words::SESSIONS_LEAD>
            <Ledger heads=HEADS rows=rows/>
            <Form key="everywhere" action="/api/account/sign-out-everywhere" once=once>
                <div class="button-row"><Button text=words::EVERYWHERE kind=ButtonKind::Stop/></div>
            </Form>
        </Section>
    }
    .into_any()
}

fn session(visit: &Visit, line: &SessionLine, page: &Page, times: &Times) -> impl IntoView + use<> {
    let browser = words::browser(&line.user_agent);
    let named = words::end_of(&format!("{browser}, {}", line.address));
    let end = if line.is_this {
        view! { <span>{words::THIS_ONE}</span> }.into_any()
    } else {
        let key = format!("end-{}", line.key);
        let id = key.clone();
        view! {
            <form id=id method="post" action="/api/account/end-session">
                <input type="hidden" name="form" value=key/>
                <input type="hidden" name="once" value=format!("{}-{}", visit.fresh, line.key)/>
                <input type="hidden" name="session" value=line.key.clone()/>
                <button class="button" data-kind="quiet" type="submit" aria-label=named>{words::END}</button>
            </form>
        }
        .into_any()
    };
    view! {
        <tr role="row">
            <th scope="row" role="rowheader">
                {browser}
                <span class="table-sub">{line.address.clone()}", "{words::level(line.level)}</span>
            </th>
            <td role="cell" data-label=words::COLUMN_BEGAN>{times.near(line.began, page.now)}</td>
            <td role="cell" data-label=words::COLUMN_SEEN>{times.near(line.seen, page.now)}</td>
            <td role="cell" data-label=words::COLUMN_END>{end}</td>
        </tr>
    }
}

fn second_factor(visit: &Visit, page: &Page, times: &Times) -> AnyView {
    let needed = page.second_factor_needed.then_some(words::FACTOR_NEEDED);
    let body = match page.second_factor_set_at {
        None => view! {
            <p>{words::FACTOR_NONE}" "{needed}</p>
            <div class="button-row"><LinkButton href="/account/second-factor" text=words::FACTOR_SET_UP/></div>
        }
        .into_any(),
        Some(at) => {
            let remove = (!page.second_factor_needed).then(|| {
                view! {
                    <Form key="remove-second-factor" action="/api/account/second-factor/remove" once=visit.fresh.clone()>
                        <div class="button-row"><Button text=words::FACTOR_REMOVE kind=ButtonKind::Stop/></div>
                    </Form>
                }
            });
            view! {
                <p>{words::factor_set(&times.full(at))}" "{needed}" "{words::recovery_left(page.recovery_codes_left)}</p>
                <div class="button-row">
                    <LinkButton href="/account/recovery-codes" text=words::RECOVERY/>
                    <LinkButton href="/account/second-factor" text=words::FACTOR_ANEW/>
                </div>
                {remove}
            }
            .into_any()
        }
    };
    view! { <Section id="second-step" title=words::FACTOR lead=words::FACTOR_LEAD>{body}</Section> }.into_any()
}

fn single_sign_on(visit: &Visit, page: &Page, times: &Times) -> Option<AnyView> {
    let SingleSignOn { label, linked_at } = page.single_sign_on.clone()?;
    let body = match linked_at {
        None => view! {
            <p>{sso::not_linked(&label)}</p>
            {provider::button(visit, SsoWants::Link, "/account".to_owned(), sso::link)}
        }
        .into_any(),
        Some(at) => view! {
            <p>{sso::linked_since(&label, &times.full(at))}</p>
            <Form key="unlink" action="/api/account/sso/unlink" once=visit.fresh.clone()>
                <p class="field-hint">{sso::UNLINK_HINT}</p>
                <div class="button-row"><Button text=sso::unlink(&label) kind=ButtonKind::Stop/></div>
            </Form>
        }
        .into_any(),
    };
    Some(view! { <Section id="single-sign-on" title=sso::SECTION>{body}</Section> }.into_any())
}

fn password(visit: &Visit, page: &Page, times: &Times) -> AnyView {
    let Some(at) = page.password_set_at else {
        return view! { <Section id="password" title=words::PASSWORD><p>{words::NO_PASSWORD}</p></Section> }.into_any();
    };
    let ask = Ask::new(visit, "change-password", &FieldTable::default());
    let (username, once) = (username(&page.email), ask.once.clone());
    let current = ask.password("current_password", words::CURRENT_PASSWORD, "current-password", "");
    let new = ask.password("password", staff::NEW_PASSWORD, "new-password", staff::NEW_PASSWORD_HINT);
    view! {
        <Section id="password" title=words::PASSWORD lead=words::password_set(&times.full(at))>
            <Form key="change-password" action="/api/account/password" once=once>
                {username}
                {current}
                {new}
                <p class="field-hint">{words::CHANGE_PASSWORD_HINT}</p>
                <div class="button-row"><Button text=words::CHANGE_PASSWORD/></div>
            </Form>
            <Bundle/>
        </Section>
    }
    .into_any()
}

/// The address for the password manager, which would not know whose password it is.
pub(super) fn username(email: &str) -> impl IntoView + use<> {
    view! { <input type="hidden" name="username" value=email.to_owned() autocomplete="username"/> }
}
