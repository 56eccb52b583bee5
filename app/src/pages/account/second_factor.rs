//! Setting up the second step: a picture for the phone, and the first code.

use leptos::prelude::*;
use offer::field::FieldTable;

use super::trail;
use crate::desk::{FactorSetUp, Notice as CameBack, Viewer};
use crate::pages::frame::account_page;
use crate::pages::identity::code::{code, over};
use crate::pages::{Ask, Found, Sheet, Visit};
use crate::parts::{Button, ButtonKind, Form, Notice, NoticeKind, PageHead, Section};
use crate::shell::PageWidth;
use crate::words::en::account as words;

/// Setting up the second step.
#[component]
pub fn SecondFactorPage() -> impl IntoView {
    account_page(second_factor)
}

async fn second_factor(visit: Visit) -> Found {
    let page = visit.desk.account(&visit.browser).await.done()?;
    let must = matches!(visit.viewer, Viewer::Enrolling { .. });
    let (trail, notice) = if must {
        let why = view! { <Notice kind=NoticeKind::Warning title=words::MUST_ENROL><p>{words::MUST_ENROL_WHY}</p></Notice> };
        (Vec::new(), Some(why))
    } else {
        (trail(), None)
    };
    let rest = match visit.query("set-up") {
        None => begin(&visit, page.second_factor_set_at.is_some()),
        Some(id) => match visit.desk.second_factor_set_up(&id, &visit.browser).await.done() {
            Ok(set_up) => confirm(&visit, id, set_up),
            Err(CameBack::NotFound) => view! { {over(words::SET_UP_OVER, words::SET_UP_OVER_WHY)} {begin(&visit, false)} }.into_any(),
            Err(notice) => return Err(notice),
        },
    };
    let body = view! {
        <div class="stack" data-gap="loose">
            <PageHead title=words::FACTOR_SET_UP lead=words::FACTOR_LEAD trail=trail/>
            {notice}
            {rest}
        </div>
    };
    Ok(Sheet { title: words::FACTOR_SET_UP.to_owned(), width: PageWidth::Reading, body: vec![body.into_any()], ..Sheet::default() })
}

fn begin(visit: &Visit, replaces: bool) -> AnyView {
    view! {
        <Form key="begin-second-factor" action="/api/account/second-factor/begin" once=visit.fresh.clone()>
            <p>{words::SET_UP_LEAD}" "{replaces.then_some(words::SET_UP_REPLACES)}</p>
            <div class="button-row"><Button text=words::SET_UP_BEGIN kind=ButtonKind::Primary/></div>
        </Form>
    }
    .into_any()
}

fn confirm(visit: &Visit, id: String, FactorSetUp { picture, key }: FactorSetUp) -> AnyView {
    let ask = Ask::new(visit, "confirm-second-factor", &FieldTable::default());
    let view_box = format!("0 0 {0} {0}", picture.size);
    view! {
        <Section id="scan" title=words::SCAN>
            <svg class="scan" viewBox=view_box role="img" aria-label=words::PICTURE><path d=picture.path></path></svg>
            <p>{words::KEY_LEAD}</p>
            <p><code class="scan-key">{key}</code></p>
        </Section>
        <Section id="confirm" title=words::CONFIRM>
            <Form
                key="confirm-second-factor" action="/api/account/second-factor/confirm" once=ask.once.clone()
                hidden=vec![("set_up", id)]
            >
                {ask.field(code())}
                <div class="button-row"><Button text=words::CONFIRM_DO kind=ButtonKind::Primary/></div>
            </Form>
        </Section>
    }
    .into_any()
}
