//! Decline: a reason, a button. Nothing is chosen for anybody.

use leptos::prelude::*;
use offer::lifecycle::{DeclineReason, Refusal};

use super::Reading;
use super::accept::not_now;
use super::offer::kicker;
use super::stand::May;
use crate::api::Kept;
use crate::desk::Notice as CameBack;
use crate::pages::portal::{Leaf, Stopped};
use crate::parts::{Button, ButtonKind, ButtonRow, Choice, Control, Field, Form, LinkButton, PageHead};
use crate::shell::PageWidth;
use crate::words::en::{candidate as words, portal};

/// The form's key on the page.
const FORM: &str = "decline";

/// The page that declines.
pub(super) fn leaf(reading: &Reading) -> Leaf {
    if !May::of(&reading.page).decline {
        return not_now(reading);
    }
    let kept = reading.visit.kept.of(FORM);
    let stopped = stopped(&kept);
    let more = kept.typed("secondary").is_some_and(|text| !text.is_empty()) || kept.typed("note").is_some_and(|text| !text.is_empty());
    let nothing_else = Choice { value: String::new(), text: words::DECLINE_SECOND_NONE.to_owned(), hint: None };
    let second = std::iter::once(nothing_else).chain(reasons().into_iter().filter(|choice| choice.value != DeclineReason::Unknown.code()));
    let body = view! {
        <PageHead title=words::DECLINE_TITLE trail=kicker(reading.page.title.clone()) lead=words::decline_lead(&reading.firm.name)/>
        <Form key=FORM action="/api/candidate/decline" once=reading.visit.fresh.clone()>
            {Stopped::head(stopped.as_ref(), &kept)}
            <Field
                name="primary" form=FORM label=words::DECLINE_WHY control=Control::Choices(reasons()) value=kept.or("primary", "")
                problem=Stopped::beside(stopped.as_ref(), "primary")
            />
            <details class="fold" open=more>
                <summary>{words::DECLINE_MORE}</summary>
                <div class="stack">
                    <Field
                        name="secondary" form=FORM label=words::DECLINE_SECOND control=Control::Select(second.collect())
                        value=kept.or("secondary", "")
                    />
                    <Field
                        name="note" form=FORM label=words::DECLINE_NOTE control=Control::Long value=kept.or("note", "")
                        problem=Stopped::beside(stopped.as_ref(), "note")
                    />
                </div>
            </details>
            <ButtonRow wide=true>
                <Button text=words::DECLINE_BUTTON kind=ButtonKind::Stop large=true/>
                <LinkButton href="/o/offer" text=words::DECLINE_BACK kind=ButtonKind::Quiet large=true/>
            </ButtonRow>
        </Form>
    };
    Leaf::new(words::DECLINE_TITLE, PageWidth::Reading, body)
}

fn reasons() -> Vec<Choice> {
    let choice =
        |reason: DeclineReason| Choice { value: reason.code().to_owned(), text: words::decline_reason(reason).to_owned(), hint: None };
    DeclineReason::ALL.into_iter().map(choice).collect()
}

fn stopped(kept: &Kept) -> Option<Stopped> {
    Some(match kept.notice()? {
        CameBack::Problems(_) => Stopped { field: Some("primary"), text: words::DECLINE_CHOOSE.to_owned() },
        CameBack::Refused(refusal) => {
            let field = matches!(refusal, Refusal::TextTooLong { .. }).then_some("note");
            Stopped { field, text: words::refusal(refusal) }
        }
        CameBack::Unavailable => Stopped { field: None, text: portal::NOT_REACHED.to_owned() },
        CameBack::SignIn | CameBack::NotFound => Stopped { field: None, text: words::MOVED_ON.to_owned() },
    })
}
