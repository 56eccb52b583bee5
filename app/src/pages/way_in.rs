//! The way in from a mail: the link that names only who invites, and the page that takes the code.

use leptos::prelude::*;

use super::Visit;
use super::portal::{Firm, Leaf, Side, Stopped, unavailable};
use crate::api::Kept;
use crate::desk::{Answer, InvitationPage, Notice as CameBack};
use crate::parts::{Button, ButtonKind, Control, Field, Form, Notice, NoticeKind, PageHead, Section};
use crate::shell::PageWidth;
use crate::words::en::portal as words;

/// The link from the mail. Opening it does nothing: what reads mail also follows links.
pub async fn invitation(side: Side, visit: Visit, firm: Firm) -> Leaf {
    let token = visit.part("token");
    match visit.desk.invitation(&token).await {
        Answer::Done(page) => invited(side, &visit, &page, token),
        Answer::Unavailable => unavailable(),
        _ => {
            let lead = words::link_over_lead(&firm.name);
            Leaf::new(words::LINK_OVER, PageWidth::Reading, view! { <PageHead title=words::LINK_OVER lead=lead/> })
        }
    }
}

fn invited(side: Side, visit: &Visit, page: &InvitationPage, token: String) -> Leaf {
    let stopped = visit.kept.notice().map(|_| view! { <Notice kind=NoticeKind::Problem title=words::CODE_NOT_MAILED/> });
    let body = view! {
        <div class="way-in">
            <PageHead title=words::invited(&page.firm) lead=words::invited_lead(&page.masked_email)/>
            <Form
                key="mail-code" action="/api/portal/mail-code" once=visit.fresh.clone()
                hidden=vec![("area", side.path().to_owned()), ("token", token)]
            >
                {stopped}
                <Button text=words::MAIL_CODE kind=ButtonKind::Primary large=true/>
                <p class="way-in-note">{words::MAIL_CODE_NOTE}</p>
            </Form>
            <p class="way-in-note">{words::other_address(&page.firm)}</p>
        </div>
    };
    Leaf::new(words::invited(&page.firm), PageWidth::Narrow, body)
}

/// Takes the code, and mails another.
pub async fn code(side: Side, visit: Visit, _firm: Firm) -> Leaf {
    let area = side.path().to_owned();
    let kept = visit.kept.of("open");
    let stopped = wrong(&kept);
    let not_mailed = visit.kept.of("mail-code").notice().map(|_| view! { <Notice kind=NoticeKind::Problem title=words::CODE_NOT_MAILED/> });
    let problem = Stopped::beside(stopped.as_ref(), "code");
    let body = view! {
        <div class="way-in">
            <PageHead title=words::CODE_TITLE lead=words::CODE_LEAD/>
            {super::demo::code_hint(&visit)}
            <Form key="open" action="/api/portal/open" once=visit.fresh.clone() hidden=vec![("area", area.clone())]>
                {Stopped::whole(stopped.as_ref())}
                <Field name="code" form="open" label=words::CODE control=Control::Code hint=words::CODE_HINT problem=problem/>
                <Button text=words::CODE_OPEN kind=ButtonKind::Primary large=true/>
            </Form>
            <Section id="again" title=words::CODE_AGAIN_TITLE lead=words::CODE_AGAIN_LEAD>
                <Form key="mail-code" action="/api/portal/mail-code" once=visit.fresh.clone() hidden=vec![("area", area), ("token", String::new())]>
                    {not_mailed}
                    <Button text=words::CODE_AGAIN/>
                </Form>
            </Section>
        </div>
    };
    Leaf::new(words::CODE_TITLE, PageWidth::Narrow, body)
}

/// Why a code came back. A wrong one, a used one and an old one are the same to whoever typed it.
fn wrong(kept: &Kept) -> Option<Stopped> {
    Some(match kept.notice()? {
        CameBack::Problems(_) => Stopped { field: Some("code"), text: words::CODE_EMPTY.to_owned() },
        CameBack::Unavailable => Stopped { field: None, text: words::NOT_REACHED.to_owned() },
        CameBack::SignIn | CameBack::NotFound | CameBack::Refused(_) => Stopped { field: Some("code"), text: words::CODE_WRONG.to_owned() },
    })
}
