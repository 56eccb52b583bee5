//! The questions of a form on a page: with what was typed when it came back, and what is wrong beside each.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use leptos::prelude::*;
use offer::field::{FieldKey, FieldTable};
use offer::intake::Problem;
use offer::lifecycle::Refusal;
use offer::policy::RangeFault;

use super::{Visit, standing};
use crate::api::Kept;
use crate::desk::Notice as CameBack;
use crate::islands::show_password::ShowPassword;
use crate::parts::{Control, Field, FormProblem, Notice, NoticeKind, ProblemSummary, Wording, field_id};
use crate::words::en::{field, finding, problem, refusal, staff as words};

/// One question.
#[derive(Debug, Default)]
pub struct Question {
    /// The name under which the answer is sent.
    pub name: String,
    /// What is asked.
    pub label: String,
    /// How it is answered.
    pub control: Control,
    /// What stands there at first.
    pub value: String,
    /// What helps.
    pub hint: Wording,
    /// Whether it must be answered.
    pub required: bool,
    /// The unit before the answer.
    pub before: Wording,
    /// The unit after the answer.
    pub after: Wording,
    /// The purpose of the input, as `email`.
    pub autocomplete: Wording,
}

/// One form of a page, for its questions.
#[derive(Clone, Debug)]
pub struct Ask {
    /// Its key on the page, also its id.
    pub form: String,
    /// For its hidden `once`.
    pub once: String,
    /// What was typed, when it is this form that came back.
    pub kept: Kept,
    /// Whether a problem may come and go while somebody types, so that each answer keeps a place for it.
    pub live: bool,
    shown: Vec<Problem>,
    called: Called,
    table: FieldTable,
}

/// What the boxes of the form that came back are called, as the page asks them: said once more at its head.
#[derive(Clone, Debug, Default)]
pub struct Called(Arc<Mutex<BTreeMap<String, String>>>);

impl Called {
    fn note(&self, name: &str, label: &str) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(name.to_owned(), label.to_owned());
    }

    fn label(&self, name: &str) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(name).cloned()
    }
}

impl Ask {
    /// A form of the page that is visited, reading by a field table.
    pub fn new(visit: &Visit, form: impl Into<String>, table: &FieldTable) -> Self {
        let form = form.into();
        Self {
            kept: visit.kept.of(&form),
            once: visit.fresh.clone(),
            live: false,
            shown: Vec::new(),
            called: visit.called.clone(),
            form,
            table: table.clone(),
        }
    }

    /// Whether it is this form that came back.
    pub const fn came_back(&self) -> bool {
        self.kept.notice().is_some()
    }

    /// A question with its answer as typed and what is wrong with it.
    pub fn field(&self, question: Question) -> AnyView {
        let Question { name, label, control, value, hint, required, before, after, autocomplete } = question;
        if self.came_back() {
            self.called.note(&name, &label);
        }
        // a box without its tick sends nothing at all
        let unticked = self.came_back() && matches!(control, Control::Tick | Control::Choices(_));
        let value = self.kept.or(&name, if unticked { "" } else { &value });
        let problem = self.problem(&name);
        view! {
            <Field
                name=name label=label control=control value=value hint=hint problem=problem required=required
                before=before after=after autocomplete=autocomplete form=self.form.clone() live=self.live
            />
        }
        .into_any()
    }

    /// A box for a password, with the button that shows what is typed. Pasting and password managers work.
    pub fn password(&self, name: &str, label: &str, autocomplete: &'static str, hint: &'static str) -> AnyView {
        let of = field_id(&format!("{}-{name}", self.form));
        let question = Question {
            name: name.into(),
            label: label.into(),
            control: Control::Password,
            autocomplete: autocomplete.into(),
            hint: hint.into(),
            ..Question::default()
        };
        view! { <div class="password">{self.field(question)}<ShowPassword of=of/></div> }.into_any()
    }

    /// Shows problems of fields of the record that stand, though no form came back.
    pub fn show(&mut self, problems: Vec<Problem>) {
        self.shown = problems;
    }

    /// What is wrong with an answer, in words.
    pub fn problem(&self, name: &str) -> Option<String> {
        let sent_back = self.kept.problems().iter().find(|problem| self.kept.name_of(&problem.field).as_deref() == Some(name));
        let standing = || self.shown.iter().find(|problem| super::record::box_name(&problem.field) == name);
        let found = sent_back.or_else(standing).map(|found| problem::fault(&found.fault, &self.table));
        found.or_else(|| is_wordless(&self.kept, name).then(|| words::SAY_WHY.to_owned())).or_else(|| self.range_unfit(name))
    }

    /// Why a range cannot be approved, beside the end that stands in the way.
    fn range_unfit(&self, name: &str) -> Option<String> {
        let Some(CameBack::Refused(Refusal::RangeUnfit { field, because })) = self.kept.notice() else { return None };
        let end = if matches!(because, RangeFault::Beyond(_)) { "highest" } else { "lowest" };
        (name == format!("{end}[{field}]")).then(|| refusal::range_unfit(field, *because, &self.table))
    }
}

/// The boxes in which somebody says why, as forms name them.
const WORDS: [&str; 6] = ["why", "reason", "question", "answer", "text", "evidence"];

/// Whether a box came back empty, and for want of its words nothing was done.
fn is_wordless(kept: &Kept, name: &str) -> bool {
    let asks = match kept.notice() {
        // what shows a change is asked for beside why, and may be left out there
        Some(CameBack::Refused(Refusal::ReasonMissing)) => WORDS.contains(&name) && (name != "evidence" || kept.typed("why").is_none()),
        Some(CameBack::Refused(Refusal::Unexplained { findings })) => findings.iter().any(|found| standing::reason_box(found) == name),
        _ => false,
    };
    asks && kept.typed(name).unwrap_or_default().trim().is_empty()
}

/// The boxes without their words, as problems that lead to them. A reason that was asked for has a box only once the page is shown again.
fn wordless(kept: &Kept, called: &Called) -> Vec<FormProblem> {
    let lead = |name: &str, text: String| FormProblem { field: Some(format!("{}-{name}", kept.form())), text };
    match kept.notice() {
        Some(CameBack::Refused(Refusal::Unexplained { findings })) => {
            let asked = findings.iter().map(|found| (standing::reason_box(found), finding::fact(&found.fact)));
            asked.filter(|(name, _)| is_wordless(kept, name)).map(|(name, fact)| lead(&name, words::say_why_of(&fact))).collect()
        }
        _ => WORDS
            .into_iter()
            .filter(|name| kept.typed(name).is_some() && is_wordless(kept, name))
            .map(|name| lead(name, called.label(name).map_or_else(|| words::SAY_WHY.to_owned(), |label| words::say_why_in(&label))))
            .collect(),
    }
}

/// Why a form came back, at the head of the page: problems that lead to their fields, or what is refused. Asked once the page has its forms.
pub fn came_back(visit: &Visit, table: &FieldTable) -> Option<AnyView> {
    let kept = &visit.kept;
    let wordless = wordless(kept, &visit.called);
    if !wordless.is_empty() {
        return Some(view! { <ProblemSummary problems=wordless/> }.into_any());
    }
    let (title, text) = match kept.notice()? {
        CameBack::Problems(problems) => {
            let problems = problems.iter().map(|found| in_words(found, kept, table)).collect();
            return Some(view! { <ProblemSummary problems=problems/> }.into_any());
        }
        CameBack::Refused(refused) => (words::NOT_DONE, refusal::refusal(refused, table)),
        CameBack::SignIn => (words::NOT_SIGNED_IN, words::NOT_SIGNED_IN_WHY.to_owned()),
        CameBack::NotFound => (words::NOT_DONE, words::NOT_FOUND_WHY.to_owned()),
        CameBack::Unavailable => (words::NOT_DONE, words::LOST_WHY.to_owned()),
    };
    Some(view! { <div class="came-back" id="problems" tabindex="-1"><Notice kind=NoticeKind::Problem title=title><p>{text}</p></Notice></div> }.into_any())
}

fn in_words(found: &Problem, kept: &Kept, table: &FieldTable) -> FormProblem {
    let name = kept.name_of(&found.field).map(|name| format!("{}-{name}", kept.form()));
    FormProblem { field: name, text: problem::problem(found, table) }
}

/// The label of a field by its key.
pub fn label(key: &FieldKey, table: &FieldTable) -> String {
    field::label_of(key, table)
}
