//! The three ways to answer a step that waits on the reader.

use leptos::prelude::*;

use crate::desk::{OfferPage, StepLine, StepView};
use crate::pages::deciding::{Way, deciding, ranges, stands_for, stopped, talked};
use crate::pages::portal::Firm;
use crate::pages::{Ask, Times, Visit};
use crate::parts::ButtonKind;
use crate::words::en::client as words;

/// Approve, ask first, or reject; each with its own words.
pub(super) fn decision(visit: &Visit, firm: &Firm, page: &OfferPage, line: &StepLine, times: &Times) -> AnyView {
    let by = match &line.state {
        StepView::Open { due_at, .. } => {
            let due = times.near(*due_at, page.now);
            let wanted = if *due_at < page.now { words::was_wanted_by(&due) } else { words::wanted_by(&due) };
            Some(view! { <p class="decision-by">{wanted}</p> })
        }
        _ => None,
    };
    let ways = [
        Way {
            form: "approve",
            action: "client/approve",
            name: "comment",
            title: words::APPROVE,
            label: words::COMMENT,
            hint: words::COMMENT_HINT.to_owned(),
            button: words::APPROVE_BUTTON,
            kind: ButtonKind::Primary,
        },
        Way {
            form: "return",
            action: "client/return",
            name: "question",
            title: words::ASK,
            label: words::QUESTION,
            hint: words::question_hint(&firm.name),
            button: words::ASK_BUTTON,
            kind: ButtonKind::Plain,
        },
        Way {
            form: "reject",
            action: "client/reject",
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
            {talked(page, &line.step.step, times)}
            <div>{ways.into_iter().map(|way| choice(way, visit, page, line)).collect_view()}</div>
        </section>
    }
    .into_any()
}

fn choice(way: Way, visit: &Visit, page: &OfferPage, line: &StepLine) -> AnyView {
    let stopped = stopped(&visit.kept.of(way.form), way.name, &page.table);
    let step = &line.step.step;
    let hidden = vec![("offer", page.id.to_string()), ("step", step.to_string()), ("version", page.version.to_string())];
    // whichever came back is open again; at first the page is for approving
    let open = if visit.kept.form().is_empty() { way.form == "approve" } else { stopped.is_some() };
    let spans = deciding(page, step).filter(|_| way.form == "approve");
    let more = spans.map(|deciding| {
        let ranges = ranges(page, &Ask::new(visit, way.form, &page.table), deciding, "decision-choice", false);
        view! { {stands_for(page, deciding)} {ranges} }.into_any()
    });
    way.folded(visit, hidden, stopped, open, more)
}
