//! The three ways to answer: the yes in one press, a question and a no with their words.

use leptos::prelude::*;
use offer::policy::BeyondLimit;

use crate::desk::{MailedPage, OfferPage};
use crate::pages::deciding::{Way, deciding, ranges, stands_for, stopped};
use crate::pages::portal::{Firm, Stopped};
use crate::pages::{Ask, Visit};
use crate::parts::{Button, ButtonKind, Control, Field, Form, Notice, NoticeKind};
use crate::words::en::{approver, mailed as words, refusal};

/// The ways to answer; without the yes where a limit stands in its way.
pub(super) fn answer(visit: &Visit, firm: &Firm, page: &MailedPage, offer: &OfferPage, beyond: Option<BeyondLimit>) -> AnyView {
    let yes = match beyond {
        None => approve(visit, page, offer),
        Some(beyond) => {
            let why = refusal::beyond_limit(beyond);
            view! { <Notice kind=NoticeKind::Warning title=words::BEYOND><p>{why}</p><p>{words::BEYOND_HELP}</p></Notice> }.into_any()
        }
    };
    let others = [
        Way {
            form: "ask",
            action: "mailed/ask",
            name: "question",
            title: words::ASK,
            label: words::QUESTION,
            hint: words::question_hint(&firm.name),
            button: words::ASK_BUTTON,
            kind: ButtonKind::Plain,
        },
        Way {
            form: "reject",
            action: "mailed/reject",
            name: "reason",
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
            <div>{others.into_iter().map(|way| other(way, visit, offer)).collect_view()}</div>
        </section>
    }
    .into_any()
}

/// The yes in one press, with what it stands for beyond the values; a comment and the ends of ranges are folded.
fn approve(visit: &Visit, page: &MailedPage, offer: &OfferPage) -> AnyView {
    let ask = Ask::new(visit, "approve", &offer.table);
    let stopped = stopped(&ask.kept, "comment", &offer.table);
    let (comment, problem) = (ask.kept.or("comment", ""), Stopped::beside(stopped.as_slice(), "comment"));
    let open = !comment.is_empty() || problem.is_some();
    let deciding = deciding(offer, &page.step);
    let stands = deciding.and_then(|deciding| stands_for(offer, deciding));
    let ranges = deciding.and_then(|deciding| ranges(offer, &ask, deciding, "decision-choice", true));
    view! {
        <Form key="approve" action="/api/mailed/approve" once=visit.fresh.clone() hidden=vec![("token", visit.part("token"))]>
            {Stopped::head(stopped.as_slice(), &ask.kept)}
            {stands}
            <div class="button-row" data-wide=""><Button text=words::APPROVE kind=ButtonKind::Primary large=true/></div>
            <details class="decision-choice" open=open>
                <summary>{approver::ADD_COMMENT}</summary>
                <div class="stack">
                    <Field
                        name="comment" form="approve" label=words::COMMENT control=Control::Long hint=words::COMMENT_HINT value=comment problem=problem
                    />
                    <div class="button-row" data-wide=""><Button text=approver::APPROVE_WITH_COMMENT/></div>
                </div>
            </details>
            {ranges}
        </Form>
    }
    .into_any()
}

fn other(way: Way, visit: &Visit, offer: &OfferPage) -> AnyView {
    let stopped = stopped(&visit.kept.of(way.form), way.name, &offer.table);
    let open = stopped.is_some();
    way.folded(visit, vec![("token", visit.part("token"))], stopped, open, None)
}
