//! Decline: a reason, a button. Nothing is chosen for anybody.

use leptos::prelude::*;
use offer::lifecycle::DeclineReason;

use super::Reading;
use super::accept::not_now;
use super::offer::kicker;
use super::stand::May;
use super::step::{At, Part, beside_the_letter, end};
use super::stopped::stopped;
use crate::api::Kept;
use crate::desk::PortalLetter;
use crate::islands::portal::{Answering, CandidateForm};
use crate::pages::portal::{Leaf, Stopped};
use crate::parts::{ButtonKind, Choice, Control, Field, Form, PageHead};
use crate::shell::{Bundle, PageWidth};
use crate::words::en::candidate as words;

/// The form's key on the page.
const FORM: &str = CandidateForm::Decline.key();

/// The step, by its name in the address.
pub(super) const STEP: &str = "declining";

/// The page that declines.
pub(super) fn leaf(reading: &Reading) -> Leaf {
    if !May::of(&reading.page).decline {
        return not_now(reading);
    }
    let kept = reading.visit.kept.of(FORM);
    let stopped = stopped(CandidateForm::Decline, &kept);
    let fields = view! { {Stopped::head(stopped.as_slice(), &kept)} {fields(&kept, stopped.as_slice(), At::OwnPage)} }.into_any();
    let form = form(reading, fields);
    let body = view! {
        <Bundle/>
        <PageHead title=words::DECLINE_TITLE trail=kicker(reading.page.title.clone()) lead=words::decline_lead(&reading.firm.name)/>
        <Answering standing=reading.page.standing.clone() now=reading.page.now>
            {form}
        </Answering>
    };
    Leaf::new(words::DECLINE_TITLE, PageWidth::Reading, body)
}

/// The form that declines, beside the letter.
pub(super) fn form_beside(reading: &Reading, letter: &PortalLetter) -> AnyView {
    let firm = &reading.firm.name;
    let step = || {
        let (lead, body) = (Some(words::decline_lead(firm)), fields(&Kept::default(), &[], At::Letter));
        Part { id: "say-no", step: STEP, of: None, title: words::DECLINE_TITLE, lead, body }.shown(At::Letter)
    };
    form(reading, beside_the_letter(letter, CandidateForm::Decline, &[firm], step))
}

fn form(reading: &Reading, fields: AnyView) -> AnyView {
    view! { <Form key=FORM action="/api/candidate/decline" once=reading.visit.fresh.clone()>{fields}</Form> }.into_any()
}

fn fields(kept: &Kept, stopped: &[Stopped], at: At) -> AnyView {
    view! { {boxes(kept, stopped)} {end(at, words::DECLINE_BUTTON, ButtonKind::Stop, words::DECLINE_BACK)} }.into_any()
}

fn boxes(kept: &Kept, stopped: &[Stopped]) -> AnyView {
    let more = kept.typed("secondary").is_some_and(|text| !text.is_empty()) || kept.typed("note").is_some_and(|text| !text.is_empty());
    let nothing_else = Choice { value: String::new(), text: words::DECLINE_SECOND_NONE.to_owned(), hint: None };
    let second = std::iter::once(nothing_else).chain(reasons().into_iter().filter(|choice| choice.value != DeclineReason::Unknown.code()));
    view! {
        <Field
            name="primary" form=FORM label=words::DECLINE_WHY hint=words::DECLINE_WHY_HINT control=Control::Choices(reasons()) value=kept.or("primary", "")
            problem=Stopped::beside(stopped, "primary")
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
                    problem=Stopped::beside(stopped, "note")
                />
            </div>
        </details>
    }
    .into_any()
}

fn reasons() -> Vec<Choice> {
    let choice =
        |reason: DeclineReason| Choice { value: reason.code().to_owned(), text: words::decline_reason(reason).to_owned(), hint: None };
    DeclineReason::ALL.into_iter().map(choice).collect()
}
