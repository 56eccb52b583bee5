//! What is spoken with the candidate, asked, and proposed.

use leptos::prelude::*;

use super::shown::{Shown, Words, way_to};
use super::{part, proposals};
use crate::desk::{Button as May, QuestionLine, VerbalLine};
use crate::parts::{Badge, BadgeKind, ButtonKind, TermsTable};
use crate::words::en::{course, date, event, field, offer as words, status};

/// Questions to answer and proposals to decide.
pub fn answers(shown: &Shown) -> Vec<AnyView> {
    let mut acts = Vec::new();
    if shown.may(May::AnswerQuestion) {
        acts.extend(shown.page.questions.iter().filter(|question| question.answer.is_none()).map(|question| answer(shown, question)));
    }
    acts.extend(proposals::acts(shown));
    acts
}

/// Recording the verbal stage, proposing a change.
pub fn ways(shown: &Shown) -> Vec<AnyView> {
    let link = |may: May, path: &str, text: &'static str| {
        let href = shown.path(path);
        shown.may(may).then(|| way_to(href, text))
    };
    [link(May::RecordVerbal, "/verbal", words::RECORD_VERBAL), link(May::Propose, "/change", words::PROPOSE)]
        .into_iter()
        .flatten()
        .collect()
}

/// Conversations, questions and proposals, to read.
pub fn reading(shown: &Shown) -> Option<AnyView> {
    let mut inner: Vec<AnyView> = shown.page.verbals.iter().map(|line| verbal(shown, line)).collect();
    inner.extend(shown.page.questions.iter().map(|line| question(shown, line)));
    inner.extend(proposals::reading(shown));
    part("conversation", words::CONVERSATION, inner)
}

fn answer(shown: &Shown, line: &QuestionLine) -> AnyView {
    let asked =
        Words { name: "text", label: words::ANSWER_LABEL, required: true, button: words::ANSWER_CANDIDATE, kind: ButtonKind::Primary };
    let form = shown.words_form(&format!("question-{}", line.id), "answer-question", vec![("question", line.id.to_string())], asked);
    let text = line.text.clone();
    view! { <div class="stack"><h3>{words::CANDIDATE_ASKS}</h3><p class="comment-text">{text}</p>{form}</div> }.into_any()
}

fn verbal(shown: &Shown, line: &VerbalLine) -> AnyView {
    let said = &line.verbal;
    let more: Vec<AnyView> = [
        (words::EXPECTATION, said.expectation.as_ref().map(event::kept)),
        (words::COMPETING_OFFER, said.competing_offer.as_ref().map(event::kept)),
        (words::COMPETING_DEADLINE, said.competing_deadline.map(date::day)),
        (words::NOTES, said.notes.as_ref().map(event::kept)),
    ]
    .into_iter()
    .filter_map(|(label, text)| {
        text.map(|text| view! { <p><strong>{label}": "</strong><span class="comment-text">{text}</span></p> }.into_any())
    })
    .collect();
    let who = words::spoken(&shown.times.full(said.occurred_at), &shown.times.full(line.recorded_at));
    let groups = shown.names().groups(&said.spoken, &shown.page.table);
    let outside: Vec<String> = line.outside_approval.iter().map(|key| field::label_of(key, &shown.page.table)).collect();
    let outside = (!outside.is_empty())
        .then(|| view! { <p><Badge text=course::OUTSIDE_APPROVAL kind=BadgeKind::Exception/>" "{outside.join(", ")}</p> });
    view! {
        <article class="comment">
            <h3>{words::verbal_said(status::verbal_response(said.response))}</h3>
            <p class="comment-who">{who}</p>
            <TermsTable groups=groups/>
            {outside}
            {more}
        </article>
    }
    .into_any()
}

fn question(shown: &Shown, line: &QuestionLine) -> AnyView {
    let answer = match &line.answer {
        Some((at, text)) => {
            let (who, text) = (words::answered(&shown.times.full(*at)), text.clone());
            view! { <p class="comment-who">{who}</p><p class="comment-text">{text}</p> }.into_any()
        }
        None => view! { <p class="comment-who">{words::NO_ANSWER}</p> }.into_any(),
    };
    let (at, text) = (shown.times.full(line.asked_at), line.text.clone());
    view! {
        <article class="comment">
            <h3>{words::QUESTION}</h3>
            <p class="comment-who">{at}</p>
            <p class="comment-text">{text}</p>
            {answer}
        </article>
    }
    .into_any()
}
