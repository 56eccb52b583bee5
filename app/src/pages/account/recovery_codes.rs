//! Recovery codes: made anew, and shown once.

use leptos::prelude::*;

use super::trail;
use crate::desk::Notice as CameBack;
use crate::pages::frame::account_page;
use crate::pages::identity::code::over;
use crate::pages::{Found, Sheet, Visit};
use crate::parts::{Button, ButtonKind, Form, LinkButton, Notice, NoticeKind, PageHead};
use crate::shell::PageWidth;
use crate::words::en::account as words;

/// Recovery codes.
#[component]
pub fn RecoveryCodesPage() -> impl IntoView {
    account_page(recovery_codes)
}

async fn recovery_codes(visit: Visit) -> Found {
    let page = visit.desk.account(&visit.browser).await.done()?;
    let rest = match visit.query("made") {
        _ if page.second_factor_set_at.is_none() => view! {
            <p>{words::RECOVERY_NONE}</p>
            <div class="button-row"><LinkButton href="/account/second-factor" text=words::FACTOR_SET_UP kind=ButtonKind::Primary/></div>
        }
        .into_any(),
        None => make(&visit, page.recovery_codes_left),
        Some(id) => match visit.desk.recovery_codes(&id, &visit.browser).await.done() {
            Ok(codes) => made(&visit, id, codes),
            Err(CameBack::NotFound) => {
                view! { {over(words::RECOVERY_GONE, words::RECOVERY_GONE_WHY)} {make(&visit, page.recovery_codes_left)} }.into_any()
            }
            Err(notice) => return Err(notice),
        },
    };
    let body = view! {
        <div class="stack" data-gap="loose">
            <PageHead title=words::RECOVERY lead=words::RECOVERY_LEAD trail=trail()/>
            {rest}
        </div>
    };
    Ok(Sheet { title: words::RECOVERY.to_owned(), width: PageWidth::Reading, body: vec![body.into_any()], ..Sheet::default() })
}

fn make(visit: &Visit, left: u32) -> AnyView {
    view! {
        <Form key="make-recovery-codes" action="/api/account/recovery-codes/make" once=visit.fresh.clone()>
            <p>{words::recovery_left(left)}" "{words::RECOVERY_REPLACES}</p>
            <div class="button-row"><Button text=words::RECOVERY_MAKE kind=ButtonKind::Primary/></div>
        </Form>
    }
    .into_any()
}

fn made(visit: &Visit, id: String, codes: Vec<String>) -> AnyView {
    let codes = codes.into_iter().map(|code| view! { <li><code>{code}</code></li> }).collect_view();
    view! {
        <Notice kind=NoticeKind::Warning title=words::RECOVERY_MADE><p>{words::RECOVERY_MADE_WHY}</p></Notice>
        <ul class="recovery-codes">{codes}</ul>
        <Form key="keep-recovery-codes" action="/api/account/recovery-codes/kept" once=visit.fresh.clone() hidden=vec![("made", id)]>
            <div class="button-row"><Button text=words::RECOVERY_KEPT kind=ButtonKind::Primary/></div>
        </Form>
    }
    .into_any()
}
