//! A part of a form: a section of the form's own page, or one of the steps of the offer's page.

use leptos::prelude::*;

use crate::desk::PortalLetter;
use crate::islands::portal::CandidateForm;
use crate::parts::{Button, ButtonKind, ButtonRow, LinkButton, Section, laid_out};
use crate::words::en::candidate as words;

/// Where a form stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum At {
    /// On a page of its own, whole: the way without script.
    OwnPage,
    /// Beside the letter, a step at a time: the way with script.
    Letter,
}

/// One part.
pub(super) struct Part {
    /// Unique on the page.
    pub(super) id: &'static str,
    /// The name of the step, in the address while it is open.
    pub(super) step: &'static str,
    /// Which of how many steps it is; none when there is only one.
    pub(super) of: Option<(u8, u8)>,
    /// Its heading.
    pub(super) title: &'static str,
    /// A sentence under the heading.
    pub(super) lead: Option<String>,
    /// What it holds.
    pub(super) body: AnyView,
}

impl Part {
    /// The part in its place.
    pub(super) fn shown(self, at: At) -> AnyView {
        let Self { id, step, of, title, lead, body } = self;
        if at == At::OwnPage {
            return view! { <Section id=id title=title lead=lead.unwrap_or_default()>{body}</Section> }.into_any();
        }
        let head = format!("{id}-title");
        let named_by = head.clone();
        view! {
            <section class="answer-step" data-step=step hidden aria-labelledby=named_by>
                <div class="answer-step-head">
                    {of.map(|(place, all)| view! { <p class="answer-step-count">{words::step(place, all)}</p> })}
                    <h3 id=head tabindex="-1">{title}</h3>
                </div>
                {lead.map(|lead| view! { <p class="section-lead">{lead}</p> })}
                {body}
            </section>
        }
        .into_any()
    }
}

/// The steps of a form beside the letter, laid out once for all who read it; `of` is everything beside the letter's own words that they show.
pub(super) fn beside_the_letter(letter: &PortalLetter, form: CandidateForm, of: &[&str], steps: impl FnOnce() -> AnyView) -> AnyView {
    laid_out(&letter.letter.laid_out(form.key(), of, |_| steps().to_html()))
}

/// The button that leads to the next step; nothing on a page that shows them all.
pub(super) fn on(at: At, step: &'static str) -> Option<AnyView> {
    let row = || {
        view! {
            <ButtonRow wide=true>
                <LinkButton href=format!("#{step}") opens=step text=words::CONTINUE kind=ButtonKind::Primary large=true/>
                {back(At::Letter, words::STEP_BACK)}
            </ButtonRow>
        }
    };
    (at == At::Letter).then(|| row().into_any())
}

/// The buttons that end a form.
pub(super) fn end(at: At, send: &'static str, kind: ButtonKind, way_out: &'static str) -> AnyView {
    view! {
        <ButtonRow wide=true>
            <Button text=send kind=kind large=true/>
            {back(at, way_out)}
        </ButtonRow>
    }
    .into_any()
}

fn back(at: At, text: &'static str) -> AnyView {
    match at {
        At::OwnPage => view! { <LinkButton href="/o/offer" text=text kind=ButtonKind::Quiet large=true/> }.into_any(),
        At::Letter => view! { <LinkButton href="#answer" back=true text=text kind=ButtonKind::Quiet large=true/> }.into_any(),
    }
}
