//! After acceptance: contingencies, the start, the hand-off.

use leptos::prelude::*;
use offer::field::START;
use offer::lifecycle::ContingencyState;

use super::part;
use super::shown::{Shown, Words, button, paragraph};
use crate::desk::{Button as May, ContingencyLine, HandoffLine};
use crate::pages::Question;
use crate::pages::record::choice;
use crate::parts::{ButtonKind, Control, LinkButton};
use crate::words::en::{date, offer as words, role, status};

/// What comes next after a signature.
pub fn acts(shown: &Shown) -> Vec<AnyView> {
    let page = &shown.page;
    let mut acts: Vec<AnyView> = page
        .handoffs
        .iter()
        .filter(|line| line.yours && line.acknowledged.is_none())
        .map(|line| {
            let (href, text) = (shown.path(&format!("/hand-off/{}", line.recipient)), words::take_over(&line.name));
            view! { <p><LinkButton href=href text=text kind=ButtonKind::Primary/></p> }.into_any()
        })
        .collect();
    let start = page.terms.as_ref().and_then(|terms| terms.day(&START));
    if shown.may(May::ConfirmStart)
        && let Some(day) = start
    {
        let ask = shown.ask("confirm-start");
        let inner = vec![paragraph(words::confirm_start(&date::day(day))), button(words::CONFIRM_START_DO, ButtonKind::Primary)];
        acts.push(shown.form(&ask, "confirm-start", Vec::new(), inner));
    }
    if shown.may(May::Start) {
        let ask = shown.ask("start");
        let day = ask.field(Question {
            name: "day".into(),
            label: words::FIRST_DAY.into(),
            control: Control::Date,
            value: page.start_confirmed.or(start).map(|day| day.to_string()).unwrap_or_default(),
            required: true,
            ..Question::default()
        });
        acts.push(shown.form(&ask, "start", Vec::new(), vec![day, button(words::START_DO, ButtonKind::Primary)]));
    }
    if shown.may(May::Resolve) {
        let open = |line: &&ContingencyLine| matches!(line.state, ContingencyState::Pending | ContingencyState::Failed);
        acts.extend(page.contingencies.iter().filter(open).map(|line| resolve(shown, line)));
    }
    if shown.may(May::MoveStart) {
        let ask = shown.ask("move-start");
        let inner = vec![
            ask.field(Question {
                name: "to".into(),
                label: words::NEW_START.into(),
                control: Control::Date,
                required: true,
                ..Question::default()
            }),
            ask.field(Question {
                name: "reason".into(),
                label: words::WHY.into(),
                control: Control::Long,
                required: true,
                ..Question::default()
            }),
            button(words::MOVE_START_DO, ButtonKind::Plain),
        ];
        let form = shown.form(&ask, "move-start", Vec::new(), inner);
        acts.push(shown.way("move-start", words::MOVE_START, words::MOVE_START_MEANS, false, form));
    }
    acts
}

fn resolve(shown: &Shown, line: &ContingencyLine) -> AnyView {
    let key = format!("resolve-{}", line.kind);
    let ask = shown.ask(key.clone());
    let states = [ContingencyState::Cleared, ContingencyState::Waived, ContingencyState::Failed];
    let states = states.map(|state| choice(state.code(), status::contingency_state(state))).to_vec();
    let inner = vec![
        ask.field(Question {
            name: "state".into(),
            label: words::CONTINGENCY_STATE.into(),
            control: Control::Select(states),
            required: true,
            ..Question::default()
        }),
        ask.field(Question {
            name: "evidence".into(),
            label: words::EVIDENCE.into(),
            control: Control::Long,
            hint: words::EVIDENCE_HINT.into(),
            required: true,
            ..Question::default()
        }),
        button(words::RESOLVE_DO, ButtonKind::Plain),
    ];
    let form = shown.form(&ask, "resolve", vec![("kind", line.kind.to_string())], inner);
    shown.way(&key, &words::resolve(&line.name), status::contingency_due(line.due), false, form)
}

/// Contingencies, the start and the hand-offs, to read.
pub fn reading(shown: &Shown) -> Option<AnyView> {
    let page = &shown.page;
    let mut inner = Vec::new();
    if !page.contingencies.is_empty() {
        let rows = page.contingencies.iter().map(|line| {
            let (name, state) = (line.name.clone(), status::contingency_state(line.state));
            view! { <div class="terms-row"><dt>{name}</dt><dd>{state}<span class="terms-note">{status::contingency_due(line.due)}</span></dd></div> }
        });
        inner.push(
            view! { <div><h3 class="terms-group">{words::CONTINGENCIES}</h3><dl class="terms">{rows.collect_view()}</dl></div> }.into_any(),
        );
    }
    if let Some(day) = page.start_confirmed {
        inner.push(paragraph(words::start_confirmed(&date::day(day))));
    }
    inner.extend(page.handoffs.iter().map(|line| handoff(shown, line)));
    part("after", words::AFTER, inner)
}

fn handoff(shown: &Shown, line: &HandoffLine) -> AnyView {
    let now = shown.page.now;
    let (state, due) = match &line.acknowledged {
        Some((at, by)) => ("acknowledged", words::acknowledged(by, &shown.times.full(*at))),
        None if line.due_at < now => ("late", words::was_due(&role::role(&line.role), &shown.times.near(line.due_at, now))),
        None => ("due", words::is_due(&role::role(&line.role), &shown.times.near(line.due_at, now))),
    };
    let name = match line.yours {
        true => {
            let href = shown.path(&format!("/hand-off/{}", line.recipient));
            view! { <a href=href>{line.name.clone()}</a> }.into_any()
        }
        false => line.name.clone().into_any(),
    };
    view! {
        <article class="hand-off" data-state=state>
            <div class="hand-off-head"><h3 class="hand-off-who">{name}</h3><span class="hand-off-due">{due}</span></div>
        </article>
    }
    .into_any()
}

/// The box and button of an acknowledgement.
pub const ACKNOWLEDGE: Words =
    Words { name: "reference", label: words::REFERENCE, required: false, button: words::ACKNOWLEDGE, kind: ButtonKind::Primary };
