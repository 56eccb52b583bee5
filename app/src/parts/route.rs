//! Who decides, in which order, and why.

use leptos::prelude::*;
use offer::field::{FieldKey, FieldTable, Section};
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

/// Fields as a sentence names them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Named {
    /// Each by its own name.
    Each(Vec<String>),
    /// Too many for a sentence: by the parts of the intake that they stand in, in its order; each by its own name in a part that others
    /// decide as well.
    ByPart {
        /// Each by its own name.
        each: Vec<String>,
        /// The parts.
        parts: Vec<String>,
    },
}

impl Named {
    /// A sentence names no more fields than these.
    const EACH_MAX: usize = 5;

    /// Fields in this order, in words, beside everything else that is decided.
    pub fn of(keys: &[FieldKey], decided: &[FieldKey], table: &FieldTable) -> Self {
        let each: Vec<_> = keys.iter().map(|key| field::label_of(key, table)).collect();
        if each.len() <= Self::EACH_MAX {
            return Self::Each(each);
        }
        let parts = Section::ALL.into_iter().flat_map(|section| part(section, keys, decided, table)).collect();
        Self::ByPart { each, parts }
    }
}

/// The fields that stand in a part, by its name where nothing else of it is decided, or each by its own.
fn part(section: Section, keys: &[FieldKey], decided: &[FieldKey], table: &FieldTable) -> Vec<String> {
    let in_part = || table.iter().filter(move |spec| spec.section == section);
    let own = in_part().filter(|spec| keys.contains(&spec.key)).map(field::label).collect::<Vec<_>>();
    let is_whole = in_part().all(|spec| keys.contains(&spec.key) || !decided.contains(&spec.key));
    if is_whole && !own.is_empty() { vec![field::section(section).to_owned()] } else { own }
}

/// Every field that some step of a route decides.
pub fn decided_by<'a>(steps: impl Iterator<Item = &'a policy::RouteStep>) -> Vec<FieldKey> {
    steps.flat_map(|step| &step.decides).cloned().collect()
}

/// Name, reasons and coverage of a step by itself; its state is still to be said.
pub fn step_row(step: &policy::RouteStep, table: &FieldTable) -> RouteStep {
    step_row_among(step, &step.decides, table)
}

/// The same of a step beside others, with everything that they decide together.
pub fn step_row_among(step: &policy::RouteStep, decided: &[FieldKey], table: &FieldTable) -> RouteStep {
    let (covers, covered) = match Named::of(&step.decides, decided, table) {
        Named::Each(each) if each.is_empty() => (None, None),
        Named::Each(each) => (Some(words::stands_for(&each.join(", "))), None),
        Named::ByPart { each, parts } => (Some(words::stands_for_terms_of(each.len(), &parts.join(", "))), Some(each.join(", "))),
    };
    RouteStep {
        name: role::step(&step.step),
        why: (!step.because.is_empty()).then(|| reason::asked(&step.because, table)),
        covers,
        covered,
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_that_two_steps_decide_is_named_field_by_field() {
        let table = FieldTable::default();
        let of = |section: Section| table.iter().filter(move |spec| spec.section == section).map(|spec| spec.key.clone());
        let (job, dates): (Vec<FieldKey>, Vec<FieldKey>) = (of(Section::Job).collect(), of(Section::Dates).collect());
        let own: Vec<FieldKey> = job.iter().skip(1).chain(&dates).cloned().collect();
        let parts = |decided: &[FieldKey]| match Named::of(&own, decided, &table) {
            Named::ByPart { parts, .. } => parts,
            Named::Each(each) => each,
        };
        assert_eq!(parts(&own), [Section::Job, Section::Dates].map(field::section));
        let beside = parts(&job);
        assert_eq!((beside.len(), beside.last().map(String::as_str)), (job.len(), Some(field::section(Section::Dates))));
    }
}
