//! The three ways to answer: the yes in one press, a question and a no with their words.

use leptos::prelude::*;
use offer::policy::BeyondLimit;

use super::stopped;
use crate::pages::Visit;
use crate::pages::portal::{Firm, Stopped};
use crate::parts::{Button, ButtonKind, Control, Field, Form, Notice, NoticeKind};
use crate::words::en::{mailed as words, refusal};

/// A way to answer that needs words.
struct Way {
    key: &'static str,
    box_name: &'static str,
    title: &'static str,
    label: &'static str,
    hint: String,
    button: &'static str,
    kind: ButtonKind,
}

/// The ways to answer; without the yes where a limit stands in its way.
pub(super) fn answer(visit: &Visit, firm: &Firm, beyond: Option<BeyondLimit>) -> AnyView {
    let yes = match beyond {
        None => approve(visit),
        Some(beyond) => {
            let why = refusal::beyond_limit(beyond);
            view! { <Notice kind=NoticeKind::Warning title=words::BEYOND><p>{why}</p><p>{words::BEYOND_HELP}</p></Notice> }.into_any()
        }
    };
    let others = [
        Way {
            key: "ask",
            box_name: "question",
            title: words::ASK,
            label: words::QUESTION,
            hint: words::question_hint(&firm.name),
            button: words::ASK_BUTTON,
            kind: ButtonKind::Plain,
        },
        Way {
            key: "reject",
            box_name: "reason",
            title: words::REJECT,
            label: words::REASON,
            hint: words::REASON_HINT.to_owned(),
            button: words::REJECT_BUTTON,
            kind: ButtonKind::Stop,
        },
    ];
    view! {
        <section class="decision" id="answer" aria-labelledby="answer-title" data-print="no">
            <h2 id="answer-title">{words::ANSWER}</h2>
            {yes}
            <div>{others.into_iter().map(|way| other(way, visit)).collect_view()}</div>
        </section>
    }
    .into_any()
}

fn approve(visit: &Visit) -> AnyView {
    let kept = visit.kept.of("approve");
    let stopped = stopped(&kept, "comment");
    let (comment, problem) = (kept.or("comment", ""), Stopped::beside(stopped.as_ref(), "comment"));
    let open = !comment.is_empty() || problem.is_some();
    view! {
        <Form key="approve" action="/api/mailed/approve" once=visit.fresh.clone() hidden=vec![("token", visit.part("token"))]>
            {Stopped::whole(stopped.as_ref())}
            <div class="button-row" data-wide=""><Button text=words::APPROVE kind=ButtonKind::Primary large=true/></div>
            <details class="decision-choice" open=open>
                <summary>{words::ADD_COMMENT}</summary>
                <div>
                    <Field
                        name="comment" form="approve" label=words::COMMENT control=Control::Long hint=words::COMMENT_HINT value=comment problem=problem
                    />
                </div>
            </details>
        </Form>
    }
    .into_any()
}

fn other(way: Way, visit: &Visit) -> AnyView {
    let Way { key, box_name, title, label, hint, button, kind } = way;
    let kept = visit.kept.of(key);
    let stopped = stopped(&kept, box_name);
    let open = stopped.is_some();
    view! {
        <details class="decision-choice" name="answer" open=open>
            <summary>{title}</summary>
            <div>
                <Form
                    key=key action=format!("/api/mailed/{key}") once=visit.fresh.clone() hidden=vec![("token", visit.part("token"))]
                >
                    {Stopped::whole(stopped.as_ref())}
                    <Field
                        name=box_name form=key label=label control=Control::Long hint=hint value=kept.or(box_name, "")
                        problem=Stopped::beside(stopped.as_ref(), box_name)
                    />
                    <div class="button-row" data-wide=""><Button text=button kind=kind large=true/></div>
                </Form>
            </div>
        </details>
    }
    .into_any()
}
