//! Who decides, in which order, and why.

use leptos::prelude::*;
use offer::field::{FieldKey, FieldTable, Section};
use offer::policy::{self, StepLeftOut};

use super::Wording;
use crate::words::en::{field, reason, role, staff as words};

/// More terms than these are named by the parts that they stand in.
const NAMED_MAX: usize = 5;

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
    /// What this approval stands for, in a sentence.
    pub covers: Option<String>,
    /// Every term of it, where the sentence names the parts that they stand in.
    pub covered: Option<String>,
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
    let labels = step.decides.iter().map(|key| field::label_of(key, table)).collect::<Vec<_>>();
    let (covers, covered) = match labels.len() {
        0 => (None, None),
        1..=NAMED_MAX => (Some(words::stands_for(&labels.join(", "))), None),
        many => (Some(words::stands_for_terms_of(many, &parts_of(&step.decides, table))), Some(labels.join(", "))),
    };
    RouteStep {
        name: role::step(&step.step),
        why: (!step.because.is_empty()).then(|| reason::asked(&step.because, table)),
        covers,
        covered,
        ..RouteStep::default()
    }
}

/// The parts of the intake in which these fields stand, in its order.
fn parts_of(keys: &[FieldKey], table: &FieldTable) -> String {
    let holds = |section: &Section| table.iter().any(|spec| spec.section == *section && keys.contains(&spec.key));
    Section::ALL.into_iter().filter(holds).map(field::section).collect::<Vec<_>>().join(", ")
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

fn step(RouteStep { state, state_text, name, who, why, covers, covered, notes }: RouteStep) -> impl IntoView {
    let covers = covers.map(|covers| match covered {
        Some(covered) => view! { <details class="route-covers"><summary>{covers}</summary><p>{covered}</p></details> }.into_any(),
        None => view! { <p class="route-covers">{covers}</p> }.into_any(),
    });
    view! {
        <li class="route-step" data-state=state>
            <span class="route-name">{name}</span>
            <span class="route-state">{state_text}</span>
            {who.map(|who| view! { <p class="route-who">{who}</p> })}
            {why.map(|why| view! { <p class="route-why">{why}</p> })}
            {covers}
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
