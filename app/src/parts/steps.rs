//! How far a form of several steps has come.

use leptos::prelude::*;
use offer::engagement::Engagement;
use offer::field::{self, FieldSpec, FieldTable, Section};
use offer::intake::{Fault, Problem};
use offer::terms::Entries;

use crate::words::en::staff as words;

/// How a step of a form stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepState {
    /// Everything in it is answered.
    Done,
    /// The one on the page.
    Current,
    /// Something in it is still open.
    Todo,
    /// Something in it must be mended.
    Problem,
}

impl StepState {
    const fn code(self) -> &'static str {
        match self {
            Self::Done => "done",
            Self::Current => "current",
            Self::Todo => "todo",
            Self::Problem => "problem",
        }
    }
}

/// One step of a form, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StepLink {
    /// Its address; `None` when it cannot be reached yet.
    pub href: Option<String>,
    /// Its name.
    pub name: String,
    /// How it stands.
    pub state: StepState,
    /// How it stands in words, as "2 to mend".
    pub note: Option<String>,
}

/// How a section of the intake stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SectionStanding {
    /// Answers that must be mended.
    pub wrong: usize,
    /// Answers that must still be given.
    pub missing: usize,
    /// Whether nothing at all was typed.
    pub is_blank: bool,
}

impl SectionStanding {
    /// How it stands with what was typed and what is wrong with that.
    pub fn of(section: Section, entries: &Entries, problems: &[Problem], table: &FieldTable) -> Self {
        let engagement = entries.get(&field::ENGAGEMENT).and_then(Engagement::parse);
        let is_here = |spec: &&FieldSpec| spec.section == section && engagement.is_none_or(|engagement| spec.applies_to(engagement));
        let here = problems.iter().filter(|found| table.get(&found.field).is_some_and(|spec| spec.section == section));
        let (missing, wrong): (Vec<_>, Vec<_>) = here.partition(|found| matches!(found.fault, Fault::Missing { .. }));
        let is_blank = table.iter().filter(is_here).all(|spec| entries.typed(&spec.key).is_empty());
        Self { wrong: wrong.len(), missing: missing.len(), is_blank }
    }

    /// The same in words: "2 to fill in"; nothing where all is said.
    pub fn note(&self) -> Option<String> {
        words::open_answers(self.wrong, self.missing).or_else(|| self.is_blank.then(|| words::IF_ANY.to_owned()))
    }
}

/// How far a form of several steps has come.
#[component]
pub fn Steps(
    /// The name of this navigation, for a screen reader.
    #[prop(into)]
    label: String,
    /// The steps, in order.
    steps: Vec<StepLink>,
) -> impl IntoView {
    view! { <nav aria-label=label><ol class="steps">{steps.into_iter().map(step).collect_view()}</ol></nav> }
}

fn step(StepLink { href, name, state, note }: StepLink) -> impl IntoView {
    let current = (state == StepState::Current).then_some("step");
    let link = match href {
        Some(href) => view! { <a href=href aria-current=current><span class="steps-name">{name}</span></a> }.into_any(),
        None => view! { <span class="steps-name" aria-current=current>{name}</span> }.into_any(),
    };
    view! {
        <li class="steps-item" data-state=state.code()>
            {link}
            " "<span class="steps-note">{note}</span>
        </li>
    }
}
