//! A question, or a request for a change: one box, and what was said before.

use leptos::prelude::*;

use super::Reading;
use super::accept::not_now;
use super::offer::{conversation, kicker};
use super::stand::May;
use super::step::{At, Part, beside_the_letter, end};
use super::stopped::stopped;
use crate::api::Kept;
use crate::desk::PortalLetter;
use crate::islands::portal::{Answering, CandidateForm};
use crate::pages::portal::{Leaf, Stopped};
use crate::parts::{ButtonKind, Control, Field, Form, PageHead};
use crate::shell::{Bundle, PageWidth};
use crate::words::en::candidate as say;

/// The steps, by their names in the address.
pub(super) const ASKING: &str = "asking";
pub(super) const CHANGING: &str = "changing";

/// One box and its words.
struct Words {
    form: CandidateForm,
    action: &'static str,
    name: &'static str,
    id: &'static str,
    step: &'static str,
    title: &'static str,
    lead: String,
    label: &'static str,
    hint: Option<&'static str>,
    button: &'static str,
}

/// Ask a question.
pub(super) fn ask(reading: &Reading) -> Leaf {
    if May::of(&reading.page).ask { leaf(reading, question(reading)) } else { not_now(reading) }
}

/// Ask for a change.
pub(super) fn change(reading: &Reading) -> Leaf {
    if May::of(&reading.page).change { leaf(reading, request(reading)) } else { not_now(reading) }
}

/// The form that asks a question, beside the letter.
pub(super) fn ask_form(reading: &Reading, letter: &PortalLetter) -> AnyView {
    form_beside(reading, letter, &question(reading))
}

/// The form that asks for a change, beside the letter.
pub(super) fn change_form(reading: &Reading, letter: &PortalLetter) -> AnyView {
    form_beside(reading, letter, &request(reading))
}

fn question(reading: &Reading) -> Words {
    Words {
        form: CandidateForm::Ask,
        action: "/api/candidate/ask",
        name: "text",
        id: "ask-us",
        step: ASKING,
        title: say::ASK_TITLE,
        lead: say::ask_lead(&reading.firm.name, reading.page.closed.is_some()),
        label: say::ASK_LABEL,
        hint: None,
        button: say::ASK_BUTTON,
    }
}

fn request(reading: &Reading) -> Words {
    Words {
        form: CandidateForm::Change,
        action: "/api/candidate/change",
        name: "why",
        id: "change-it",
        step: CHANGING,
        title: say::CHANGE_TITLE,
        lead: say::change_lead(&reading.firm.name),
        label: say::CHANGE_LABEL,
        hint: Some(say::CHANGE_HINT),
        button: say::CHANGE_BUTTON,
    }
}

fn leaf(reading: &Reading, words: Words) -> Leaf {
    let kept = reading.visit.kept.of(words.form.key());
    let stopped = stopped(words.form, &kept);
    let fields = view! { {Stopped::head(stopped.as_slice(), &kept)} {fields(&words, &kept, stopped.as_slice(), At::OwnPage)} }.into_any();
    let form = form(reading, &words, fields);
    let (title, lead) = (words.title, words.lead);
    let body = view! {
        <Bundle/>
        <PageHead title=title trail=kicker(reading.page.title.clone()) lead=lead/>
        <Answering standing=reading.page.standing.clone() now=reading.page.now>
            {form}
        </Answering>
        {conversation(reading)}
    };
    Leaf::new(title, PageWidth::Reading, body)
}

fn form_beside(reading: &Reading, letter: &PortalLetter, words: &Words) -> AnyView {
    let step = || {
        let body = fields(words, &Kept::default(), &[], At::Letter);
        let &Words { id, step, title, ref lead, .. } = words;
        Part { id, step, of: None, title, lead: Some(lead.clone()), body }.shown(At::Letter)
    };
    form(reading, words, beside_the_letter(letter, words.form, &[&words.lead], step))
}

fn form(reading: &Reading, words: &Words, fields: AnyView) -> AnyView {
    view! { <Form key=words.form.key() action=words.action once=reading.visit.fresh.clone()>{fields}</Form> }.into_any()
}

fn fields(words: &Words, kept: &Kept, stopped: &[Stopped], at: At) -> AnyView {
    let &Words { form, name, label, hint, button, .. } = words;
    let problem = Stopped::beside(stopped, name);
    view! {
        <Field name=name form=form.key() label=label control=Control::Long hint=hint value=kept.or(name, "") problem=problem/>
        {end(at, button, ButtonKind::Primary, say::BACK)}
    }
    .into_any()
}
