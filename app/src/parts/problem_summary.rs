//! The problems of a form, at its head.

use leptos::prelude::*;

use super::field_id;
use crate::words::en::parts as words;

/// One problem of a form, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FormProblem {
    /// The name of the field; `None` when it is about the whole.
    pub field: Option<String>,
    /// What to do about it.
    pub text: String,
}

/// The problems of a form, each leading to its field; nothing at all without a problem.
#[component]
pub fn ProblemSummary(
    /// The problems, in the order of the fields.
    problems: Vec<FormProblem>,
) -> impl IntoView {
    (!problems.is_empty()).then(|| {
        let title = words::problems(problems.len());
        view! {
            <div class="problem-summary" id="problems" role="alert" tabindex="-1">
                <h2 class="problem-summary-title">{title}</h2>
                <ul>{problems.into_iter().map(line).collect_view()}</ul>
            </div>
        }
    })
}

fn line(FormProblem { field, text }: FormProblem) -> impl IntoView {
    let inner = match field {
        Some(field) => view! { <a href=format!("#{}", field_id(&field))>{text}</a> }.into_any(),
        None => text.into_any(),
    };
    view! { <li>{inner}</li> }
}
