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
        Answer::Done(page) => invited(side, &visit, &page, None),
        Answer::Unavailable => unavailable(),
        _ => link_over(&firm),
    }
}

/// What stands there when a link opens nothing.
pub fn link_over(firm: &Firm) -> Leaf {
    let lead = words::link_over_lead(&firm.name);
    Leaf::new(words::LINK_OVER, PageWidth::Reading, view! { <PageHead title=words::LINK_OVER lead=lead/> })
}

/// Who invites, and the button that mails a code; `note` stands between.
pub fn invited(side: Side, visit: &Visit, page: &InvitationPage, note: Option<&'static str>) -> Leaf {
    let token = visit.part("token");
    let note = note.map(|note| view! { <p class="way-in-note">{note}</p> });
    let stopped = visit.kept.of("mail-code").notice().map(|_| view! { <Notice kind=NoticeKind::Problem title=words::CODE_NOT_MAILED/> });
    let body = view! {
        <div class="way-in">
            <PageHead title=words::invited(&page.firm) lead=words::invited_lead(&page.masked_email)/>
            {note}
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
    // only an approver's link is asked for again: elsewhere the browser's last one is meant
    let token = if side == Side::Approver { visit.part("token") } else { String::new() };
    let hidden = vec![("area", side.path().to_owned()), ("token", token)];
    let hidden_again = hidden.clone();
    let kept = visit.kept.of("open");
    let shared = (side == Side::Approver).then(|| {
        let ticked = kept.or("shared", "");
        view! { <Field name="shared" form="open" label=words::SHARED control=Control::Tick hint=words::SHARED_HINT value=ticked/> }
    });
    let stopped = wrong(&kept);
    let not_mailed = visit.kept.of("mail-code").notice().map(|_| view! { <Notice kind=NoticeKind::Problem title=words::CODE_NOT_MAILED/> });
    let problem = Stopped::beside(stopped.as_slice(), "code");
    let body = view! {
        <div class="way-in">
            <PageHead title=words::CODE_TITLE lead=words::CODE_LEAD/>
            {super::demo::code_hint(&visit)}
            <Form key="open" action="/api/portal/open" once=visit.fresh.clone() hidden=hidden>
                {Stopped::head(stopped.as_slice(), &kept)}
                <Field name="code" form="open" label=words::CODE control=Control::Code hint=words::CODE_HINT problem=problem/>
                {shared}
                <Button text=words::CODE_OPEN kind=ButtonKind::Primary large=true/>
            </Form>
            <Section id="again" title=words::CODE_AGAIN_TITLE lead=words::CODE_AGAIN_LEAD>
                <Form key="mail-code" action="/api/portal/mail-code" once=visit.fresh.clone() hidden=hidden_again>
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
