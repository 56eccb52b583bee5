//! A question, or a request for a change: one box, and what was said before.

use leptos::prelude::*;
use offer::lifecycle::Refusal;

use super::Reading;
use super::accept::not_now;
use super::offer::{conversation, kicker};
use super::stand::May;
use crate::api::Kept;
use crate::desk::Notice as CameBack;
use crate::pages::portal::{Leaf, Stopped};
use crate::parts::{Button, ButtonKind, ButtonRow, Control, Field, Form, LinkButton, PageHead};
use crate::shell::PageWidth;
use crate::words::en::{candidate as words, portal};

/// One box and its words.
struct Words {
    form: &'static str,
    action: &'static str,
    name: &'static str,
    title: &'static str,
    lead: String,
    label: &'static str,
    hint: Option<&'static str>,
    button: &'static str,
}

/// Ask a question.
pub(super) fn ask(reading: &Reading) -> Leaf {
    if !May::of(&reading.page).ask {
        return not_now(reading);
    }
    let words = Words {
        form: "ask",
        action: "/api/candidate/ask",
        name: "text",
        title: words::ASK_TITLE,
        lead: words::ask_lead(&reading.firm.name),
        label: words::ASK_LABEL,
        hint: None,
        button: words::ASK_BUTTON,
    };
    leaf(reading, words)
}

/// Ask for a change.
pub(super) fn change(reading: &Reading) -> Leaf {
    if !May::of(&reading.page).change {
        return not_now(reading);
    }
    let words = Words {
        form: "change",
        action: "/api/candidate/change",
        name: "why",
        title: words::CHANGE_TITLE,
        lead: words::change_lead(&reading.firm.name),
        label: words::CHANGE_LABEL,
        hint: Some(words::CHANGE_HINT),
        button: words::CHANGE_BUTTON,
    };
    leaf(reading, words)
}

fn leaf(reading: &Reading, Words { form, action, name, title, lead, label, hint, button }: Words) -> Leaf {
    let kept = reading.visit.kept.of(form);
    let stopped = stopped(&kept, name);
    let body = view! {
        <PageHead title=title trail=kicker(reading.page.title.clone()) lead=lead/>
        <Form key=form action=action once=reading.visit.fresh.clone()>
            {Stopped::whole(stopped.as_ref())}
            <Field
                name=name form=form label=label control=Control::Long hint=hint value=kept.or(name, "")
                problem=Stopped::beside(stopped.as_ref(), name)
            />
            <ButtonRow wide=true>
                <Button text=button kind=ButtonKind::Primary large=true/>
                <LinkButton href="/o/offer" text=words::BACK kind=ButtonKind::Quiet large=true/>
            </ButtonRow>
        </Form>
        {conversation(reading)}
    };
    Leaf::new(title, PageWidth::Reading, body)
}

fn stopped(kept: &Kept, name: &'static str) -> Option<Stopped> {
    Some(match kept.notice()? {
        CameBack::Refused(refusal) => {
            let field = matches!(refusal, Refusal::ReasonMissing | Refusal::TextTooLong { .. }).then_some(name);
            Stopped { field, text: words::refusal(refusal) }
        }
        CameBack::Unavailable => Stopped { field: None, text: portal::NOT_REACHED.to_owned() },
        CameBack::Problems(_) | CameBack::SignIn | CameBack::NotFound => Stopped { field: None, text: words::MOVED_ON.to_owned() },
    })
}
