//! The three ways to answer a step that waits on the reader.

use leptos::prelude::*;
use offer::lifecycle::Refusal;

use crate::api::Kept;
use crate::desk::{Notice as CameBack, OfferPage, StepLine, StepView};
use crate::pages::portal::{Firm, Stopped};
use crate::pages::{Times, Visit};
use crate::parts::{Button, ButtonKind, Control, Field, Form};
use crate::words::en::{client as words, portal};

/// One way to answer.
struct Way {
    form: &'static str,
    action: &'static str,
    name: &'static str,
    title: &'static str,
    label: &'static str,
    hint: String,
    button: &'static str,
    kind: ButtonKind,
}

/// Approve, ask first, or reject; each with its own words.
pub(super) fn decision(visit: &Visit, firm: &Firm, page: &OfferPage, line: &StepLine, times: &Times) -> AnyView {
    let by = match &line.state {
        StepView::Open { due_at, .. } => Some(view! { <p class="decision-by">{words::wanted_by(&times.near(*due_at, page.now))}</p> }),
        _ => None,
    };
    let ways = [
        Way {
            form: "approve",
            action: "/api/client/approve",
            name: "comment",
            title: words::APPROVE,
            label: words::COMMENT,
            hint: words::COMMENT_HINT.to_owned(),
            button: words::APPROVE_BUTTON,
            kind: ButtonKind::Primary,
        },
        Way {
            form: "return",
            action: "/api/client/return",
            name: "question",
            title: words::ASK,
            label: words::QUESTION,
            hint: words::question_hint(&firm.name),
            button: words::ASK_BUTTON,
            kind: ButtonKind::Plain,
        },
        Way {
            form: "reject",
            action: "/api/client/reject",
            name: "reason",
            title: words::REJECT,
            label: words::REASON,
            hint: words::reason_hint(&firm.name),
            button: words::REJECT_BUTTON,
            kind: ButtonKind::Stop,
        },
    ];
    view! {
        <section class="decision" id="answer" aria-labelledby="answer-title" data-print="no">
            <h2 id="answer-title">{words::ANSWER}</h2>
            {by}
            <div>{ways.into_iter().map(|way| choice(way, visit, page, line)).collect_view()}</div>
        </section>
    }
    .into_any()
}

fn choice(way: Way, visit: &Visit, page: &OfferPage, line: &StepLine) -> AnyView {
    let Way { form, action, name, title, label, hint, button, kind } = way;
    let kept = visit.kept.of(form);
    let stopped = stopped(&kept, name);
    let hidden = vec![("offer", page.id.to_string()), ("step", line.step.step.to_string()), ("version", page.version.to_string())];
    // whichever came back is open again; at first the page is for approving
    let open = if visit.kept.form().is_empty() { form == "approve" } else { stopped.is_some() };
    view! {
        <details class="decision-choice" name="answer" open=open>
            <summary>{title}</summary>
            <div>
                <Form key=form action=action once=visit.fresh.clone() hidden=hidden>
                    {Stopped::whole(stopped.as_ref())}
                    <Field
                        name=name form=form label=label control=Control::Long hint=hint value=kept.or(name, "")
                        problem=Stopped::beside(stopped.as_ref(), name)
                    />
                    <div class="button-row" data-wide=""><Button text=button kind=kind large=true/></div>
                </Form>
            </div>
        </details>
    }
    .into_any()
}

fn stopped(kept: &Kept, name: &'static str) -> Option<Stopped> {
    Some(match kept.notice()? {
        CameBack::Refused(refusal) => {
            let field = matches!(refusal, Refusal::ReasonMissing | Refusal::TextTooLong { .. }).then_some(name);
            Stopped { field, text: words::refusal(refusal) }
        }
        CameBack::Problems(_) | CameBack::SignIn | CameBack::NotFound | CameBack::Unavailable => {
            Stopped { field: None, text: portal::NOT_REACHED.to_owned() }
        }
    })
}
