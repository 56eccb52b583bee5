//! Approving, returning, rejecting; answering; commenting.

use leptos::prelude::*;
use offer::id::StepKey;

use super::shown::{Shown, Words, button, paragraph};
use crate::desk::{Button as May, StepView};
use crate::pages::Question;
use crate::pages::standing::step_row;
use crate::parts::{ButtonKind, Control};
use crate::words::en::{offer as words, role};

/// The decisions that wait on the viewer, then the questions that the viewer may answer.
pub fn acts(shown: &Shown) -> Vec<AnyView> {
    let mut acts: Vec<AnyView> = shown.page.your_steps.iter().flat_map(|step| decision(shown, step)).collect();
    if shown.may(May::AnswerStep) {
        acts.extend(shown.page.route.iter().filter_map(|line| match &line.state {
            StepView::Returned { question, .. } => Some(answer(shown, &line.step.step, question)),
            _ => None,
        }));
    }
    acts
}

/// The comment, folded.
pub fn comment(shown: &Shown) -> Option<AnyView> {
    shown.may(May::Comment).then(|| {
        let asked = Words { name: "text", label: words::COMMENT_LABEL, required: true, button: words::COMMENT_DO, kind: ButtonKind::Plain };
        let form = shown.words_form("comment", "comment", Vec::new(), asked);
        shown.way("comment", words::COMMENT, words::COMMENT_WHO, false, form)
    })
}

fn decision(shown: &Shown, step: &StepKey) -> Vec<AnyView> {
    let page = &shown.page;
    let name = role::step(step);
    let key = |form: &str| format!("{form}-{step}");
    let hidden = || vec![("step", step.to_string()), ("version", page.version.to_string())];
    let about = page.route.iter().find(|line| line.step.step == *step).map(|line| step_row(&line.step, &page.table));
    let about = about.map(|row| [row.covers, row.why].into_iter().flatten().map(paragraph).collect::<Vec<_>>());

    let ask = shown.ask(key("approve"));
    let comment =
        ask.field(Question { name: "comment".into(), label: words::APPROVE_COMMENT.into(), control: Control::Long, ..Question::default() });
    let approve = shown.form(&ask, "approve", hidden(), vec![comment, button(words::APPROVE, ButtonKind::Primary)]);

    let question =
        Words { name: "question", label: words::RETURN_LABEL, required: true, button: words::RETURN_DO, kind: ButtonKind::Plain };
    let returned = shown.words_form(&key("return"), "return", hidden(), question);
    let rejected = shown.words_form(&key("reject"), "reject", hidden(), Words::reason(words::REJECT_DO, ButtonKind::Stop));
    let title = words::your_decision(&name, page.version);
    vec![
        view! { <div class="stack"><h3>{title}</h3>{about}{approve}</div> }.into_any(),
        shown.way(&key("return"), words::RETURN, words::RETURN_MEANS, false, returned),
        shown.way(&key("reject"), words::REJECT, words::REJECT_MEANS, true, rejected),
    ]
}

fn answer(shown: &Shown, step: &StepKey, question: &str) -> AnyView {
    let asked = Words { name: "answer", label: words::ANSWER_LABEL, required: true, button: words::ANSWER_DO, kind: ButtonKind::Primary };
    let form = shown.words_form(&format!("answer-{step}"), "answer-step", vec![("step", step.to_string())], asked);
    let (title, question) = (words::asks(&role::step(step)), question.to_owned());
    view! { <div class="stack"><h3>{title}</h3><p class="comment-text">{question}</p>{form}</div> }.into_any()
}
