//! Approving, with a range where one is wanted; returning, rejecting, handing over; answering; commenting; and approving over heads.

use leptos::prelude::*;
use offer::id::StepKey;

use super::shown::{Shown, Words, button, paragraph, way_to};
use crate::desk::{Button as May, Deciding, StepLine, StepView};
use crate::pages::Question;
use crate::pages::deciding::{deciding, ranges, stands_for, talked};
use crate::pages::record::choice;
use crate::pages::standing::step_row_among;
use crate::parts::{ButtonKind, Control, Notice, NoticeKind, decided_by};
use crate::words::en::{approver, field, offer as words, refusal, role};

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

/// Approving over heads and routing anew, for those who may.
pub fn overrides(shown: &Shown) -> Vec<AnyView> {
    let mut ways = Vec::new();
    if shown.may(May::Reroute) {
        let href = shown.path("/re-route");
        ways.push(way_to(href, approver::REROUTE));
    }
    if shown.may(May::Force) {
        let waits = |line: &&StepLine| matches!(line.state, StepView::Open { .. } | StepView::Returned { .. });
        ways.extend(shown.page.route.iter().filter(waits).map(|line| force(shown, &line.step.step)));
    }
    ways
}

fn force(shown: &Shown, step: &StepKey) -> AnyView {
    let key = format!("force-{step}");
    let hidden = vec![("step", step.to_string()), ("version", shown.page.version.to_string())];
    let form = shown.words_form(&key, "force", hidden, Words::reason(approver::FORCE_DO, ButtonKind::Stop));
    shown.way(&key, &approver::force(&role::step(step)), approver::FORCE_MEANS, true, form)
}

fn decision(shown: &Shown, step: &StepKey) -> Vec<AnyView> {
    let page = &shown.page;
    let name = role::step(step);
    let key = |form: &str| format!("{form}-{step}");
    let hidden = || vec![("step", step.to_string()), ("version", page.version.to_string())];
    let line = page.route.iter().find(|line| line.step.step == *step);
    let none = Deciding::default();
    let deciding = deciding(page, step).unwrap_or(&none);
    let about = line.map(|line| about(line, deciding, shown)).unwrap_or_default();

    let approve = match deciding.beyond {
        Some(beyond) => {
            let limit = approver::beyond(&refusal::beyond_limit(beyond), !deciding.delegates.is_empty());
            view! { <Notice kind=NoticeKind::Warning title=limit/> }.into_any()
        }
        None => approval(shown, &key("approve"), hidden(), deciding),
    };
    let question =
        Words { name: "question", label: words::RETURN_LABEL, required: true, button: words::RETURN_DO, kind: ButtonKind::Plain };
    let returned = shown.words_form(&key("return"), "return", hidden(), question);
    let rejected = shown.words_form(&key("reject"), "reject", hidden(), Words::reason(words::REJECT_DO, ButtonKind::Stop));
    let title = words::your_decision(&name, page.version);
    let mut acts = vec![
        view! { <div class="stack"><h3>{title}</h3>{about}{talked(page, step, &shown.times)}{approve}</div> }.into_any(),
        shown.way(&key("return"), words::RETURN, words::RETURN_MEANS, false, returned),
    ];
    acts.extend(handing_over(shown, &key("delegate"), step, deciding));
    acts.push(shown.way(&key("reject"), words::REJECT, words::REJECT_MEANS, true, rejected));
    acts
}

/// Why the viewer is asked, for whom, with whom, and within which limits.
fn about(line: &StepLine, deciding: &Deciding, shown: &Shown) -> Vec<AnyView> {
    let decided = decided_by(shown.page.route.iter().map(|line| &line.step));
    let row = step_row_among(&line.step, &decided, &shown.page.table);
    let group = line.group.as_ref().map(|group| approver::group(&group.approved, group.needed, group.missing()));
    let for_whom = deciding.for_whom.as_deref().map(approver::for_whom);
    let limits = approver::limits(deciding.limits).filter(|_| deciding.beyond.is_none());
    let why = row.why.as_deref().map(approver::why_you);
    let depends = line.step.inputs.iter().map(|key| field::label_of(key, &shown.page.table)).collect::<Vec<_>>();
    let depends = (!depends.is_empty()).then(|| approver::asked_again_for(&depends.join(", ")));
    [for_whom, why, row.covers, depends, group, limits].into_iter().flatten().map(paragraph).collect()
}

/// The yes in one press; a comment and the ends of ranges are folded.
fn approval(shown: &Shown, key: &str, hidden: Vec<(&'static str, String)>, deciding: &Deciding) -> AnyView {
    let ask = shown.ask(key);
    let comment =
        ask.field(Question { name: "comment".into(), label: words::APPROVE_COMMENT.into(), control: Control::Long, ..Question::default() });
    let open = ask.kept.typed("comment").is_some_and(|typed| !typed.is_empty());
    let comment = view! {
        <details class="act-choice" open=open>
            <summary>{approver::ADD_COMMENT}</summary>
            <div class="stack">{comment}{button(approver::APPROVE_WITH_COMMENT, ButtonKind::Plain)}</div>
        </details>
    };
    let mut inner = Vec::from_iter(stands_for(&shown.page, deciding));
    inner.extend([button(words::APPROVE, ButtonKind::Primary), comment.into_any()]);
    inner.extend(ranges(&shown.page, &ask, deciding, "act-choice", true));
    shown.form(&ask, "approve", hidden, inner)
}

/// Handing the decision to somebody who may take it; nothing where nobody may.
fn handing_over(shown: &Shown, key: &str, step: &StepKey, deciding: &Deciding) -> Option<AnyView> {
    if deciding.delegates.is_empty() {
        return None;
    }
    let ask = shown.ask(key);
    let people = deciding.delegates.iter().map(|(person, name)| choice(person.to_string(), name.clone())).collect();
    let to = ask.field(Question {
        name: "to".into(),
        label: approver::DELEGATE_TO.into(),
        control: Control::Select(people),
        required: true,
        ..Question::default()
    });
    let why = ask.field(Question {
        name: "reason".into(),
        label: words::WHY.into(),
        control: Control::Long,
        required: true,
        ..Question::default()
    });
    let inner = vec![to, why, button(approver::DELEGATE_DO, ButtonKind::Plain)];
    let form = shown.form(&ask, "delegate", vec![("step", step.to_string())], inner);
    Some(shown.way(key, approver::DELEGATE, approver::DELEGATE_MEANS, false, form))
}

fn answer(shown: &Shown, step: &StepKey, question: &str) -> AnyView {
    let asked = Words { name: "answer", label: words::ANSWER_LABEL, required: true, button: words::ANSWER_DO, kind: ButtonKind::Primary };
    let form = shown.words_form(&format!("answer-{step}"), "answer-step", vec![("step", step.to_string())], asked);
    let (title, question) = (words::asks(&role::step(step)), question.to_owned());
    view! { <div class="stack"><h3>{title}</h3><p class="comment-text">{question}</p>{form}</div> }.into_any()
}
