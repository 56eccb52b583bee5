//! Who decides, in which order, and why.

use leptos::prelude::*;
use offer::field::FieldTable;
use offer::policy::{self, StepLeftOut};

use super::Wording;
use crate::words::en::{field, reason, role, staff as words};

/// One step that decides, in words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct RouteStep {
    /// The state's code: `approved`, `open`, `waiting`, `returned`, `rejected` or `reopened`.
    pub state: &'static str,
    /// The state, in words.
    pub state_text: String,
    /// The step.
    pub name: String,
    /// Who decides or decided, and by when.
    pub who: Option<String>,
    /// Why the step is in the route.
    pub why: Option<String>,
    /// What this approval stands for.
    pub covers: Option<String>,
    /// What else there is to say: its clock, its group, who decides for whom, the ranges that it stands for.
    pub notes: Vec<String>,
}

/// One step that is not asked, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RouteOut {
    /// The step.
    pub name: String,
    /// Why it is not asked.
    pub why: String,
}

/// Name, reasons and coverage of a step; its state is still to be said.
pub fn step_row(step: &policy::RouteStep, table: &FieldTable) -> RouteStep {
    let covers = step.decides.iter().map(|key| field::label_of(key, table)).collect::<Vec<_>>();
    RouteStep {
        name: role::step(&step.step),
        why: (!step.because.is_empty()).then(|| reason::asked(&step.because, table)),
        covers: (!covers.is_empty()).then(|| words::stands_for(&covers.join(", "))),
        ..RouteStep::default()
    }
}

/// Steps that are not asked.
pub fn left_out_rows(left_out: &[StepLeftOut], table: &FieldTable) -> Vec<RouteOut> {
    left_out
        .iter()
        .map(|out| RouteOut { name: words::not_asked(&role::step(&out.step)), why: reason::not_asked(&out.because, table) })
        .collect()
}

/// Who decides, in order, and who is not asked; why for both.
#[component]
pub fn Route(
    /// The steps that decide, in order.
    steps: Vec<RouteStep>,
    /// The steps that are not asked.
    #[prop(optional)]
    out: Vec<RouteOut>,
) -> impl IntoView {
    let out = (!out.is_empty()).then(|| {
        let steps = out.into_iter().map(|RouteOut { name, why }| {
            view! { <li class="route-step" data-state="out"><span class="route-name">{name}</span><p class="route-why">{why}</p></li> }
        });
        view! { <ul class="route-out">{steps.collect_view()}</ul> }
    });
    view! { <ol class="route">{steps.into_iter().map(step).collect_view()}</ol> {out} }
}

fn step(RouteStep { state, state_text, name, who, why, covers, notes }: RouteStep) -> impl IntoView {
    view! {
        <li class="route-step" data-state=state>
            <span class="route-name">{name}</span>
            <span class="route-state">{state_text}</span>
            {who.map(|who| view! { <p class="route-who">{who}</p> })}
            {why.map(|why| view! { <p class="route-why">{why}</p> })}
            {covers.map(|covers| view! { <p class="route-covers">{covers}</p> })}
            {notes.into_iter().map(|note| view! { <p class="route-note">{note}</p> }).collect_view()}
        </li>
    }
}

/// The sentence that says on whom an offer waits.
#[component]
pub fn WaitingOn(
    /// On whom, since when.
    #[prop(into)]
    text: String,
    /// By how much it is over its time.
    #[prop(optional, into)]
    late: Wording,
) -> impl IntoView {
    view! {
        <p class="waiting">
            {text}
            {late.shown().map(|late| view! { " "<span class="waiting-late">{late}</span> })}
        </p>
    }
}
