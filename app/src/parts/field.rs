//! One question of a form.

use leptos::prelude::*;

use super::{TextArea, Wording};
use crate::words::en::parts as words;

/// One of several answers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub value: String,
    /// What is read.
    pub text: String,
    /// What it means.
    pub hint: Option<String>,
}

/// How a question is answered. Every answer is sent as text, exactly as typed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Control {
    /// A line of text.
    #[default]
    Text,
    /// A line of text, with answers that are known; others are taken too.
    TextOrOneOf(Vec<String>),
    /// A mail address.
    Email,
    /// A telephone number.
    Phone,
    /// A password.
    Password,
    /// Words to look for.
    Search,
    /// Files to upload, one or more; their form is `multipart/form-data`.
    Files,
    /// A number without a unit of money; its unit stands in `after`.
    Number,
    /// An amount of dollars.
    Money,
    /// A percentage.
    Percent,
    /// A day.
    Date,
    /// A time of day.
    Time,
    /// A local date and time, as `2026-12-18T17:00`.
    DateTime,
    /// One of many answers.
    Select(Vec<Choice>),
    /// One of a few answers, all in sight.
    Choices(Vec<Choice>),
    /// Yes when ticked (sent as `yes`), else not sent.
    Tick,
    /// Several lines.
    Long,
    /// A code from a mail.
    Code,
    /// A name typed as a signature.
    Signature,
}

impl Control {
    const fn code(&self) -> &'static str {
        match self {
            Self::Text | Self::TextOrOneOf(_) | Self::Email | Self::Phone | Self::Password | Self::Files => "text",
            Self::Search => "search",
            Self::Number => "number",
            Self::Money => "money",
            Self::Percent => "percent",
            Self::Date | Self::Time | Self::DateTime => "date",
            Self::Select(_) | Self::Choices(_) | Self::Tick => "choice",
            Self::Long => "long",
            Self::Code => "code",
            Self::Signature => "signature",
        }
    }

    /// The `type` of the input. A day that is no day keeps its text: a date box would throw it away.
    fn input_type(&self, value: &str) -> &'static str {
        match self {
            Self::Email => "email",
            Self::Phone => "tel",
            Self::Password => "password",
            Self::Search => "search",
            Self::Files => "file",
            Self::Date if value.is_empty() || is_day(value) => "date",
            Self::Time if value.is_empty() || is_time(value) => "time",
            Self::DateTime if value.is_empty() || is_date_time(value) => "datetime-local",
            _ => "text",
        }
    }

    const fn keyboard(&self) -> Option<&'static str> {
        match self {
            Self::Money | Self::Percent | Self::Number => Some("decimal"),
            Self::Code => Some("numeric"),
            _ => None,
        }
    }

    const fn autocomplete(&self) -> Option<&'static str> {
        match self {
            Self::Code => Some("one-time-code"),
            _ => None,
        }
    }
}

fn is_day(text: &str) -> bool {
    text.parse::<chrono::NaiveDate>().is_ok() && text.len() == 10
}

fn is_time(text: &str) -> bool {
    chrono::NaiveTime::parse_from_str(text, "%H:%M").is_ok() && text.len() == 5
}

fn is_date_time(text: &str) -> bool {
    text.split_once('T').is_some_and(|(day, time)| is_day(day) && is_time(time))
}

/// The id of a field's control, to which a problem leads. In a page of several forms `name` is `form-name`.
pub fn field_id(name: &str) -> String {
    format!("field-{name}")
}

/// What a control is given: ids and names, not yet markup.
struct Given {
    id: String,
    name: String,
    value: String,
    described_by: Option<String>,
    invalid: bool,
    autocomplete: Option<String>,
}

/// One question: its label, what helps to answer it, the control with the answer as it was typed, and what is wrong with it.
#[component]
pub fn Field(
    /// The name under which the answer is sent.
    #[prop(into)]
    name: String,
    /// The question.
    #[prop(into)]
    label: String,
    /// How it is answered.
    #[prop(optional)]
    control: Control,
    /// The answer as it was typed.
    #[prop(optional, into)]
    value: String,
    /// What helps to answer it; heard before the control.
    #[prop(optional, into)]
    hint: Wording,
    /// What is wrong with the answer, and how to mend it.
    #[prop(optional, into)]
    problem: Wording,
    /// Whether it must be answered: said in words; the browser stops nobody from saving.
    #[prop(optional)]
    required: bool,
    /// The unit before the answer, as `$`.
    #[prop(optional, into)]
    before: Wording,
    /// The unit after the answer, as `an hour`.
    #[prop(optional, into)]
    after: Wording,
    /// The purpose of the input by its HTML token, as `email`.
    #[prop(optional, into)]
    autocomplete: Wording,
    /// The form's own key, where a page has several forms with a field of this name.
    #[prop(optional, into)]
    form: Wording,
    /// Whether a problem may come and go while somebody types: then its place is always there.
    #[prop(optional)]
    live: bool,
) -> impl IntoView {
    let id = field_id(&form.shown().map_or_else(|| name.clone(), |form| format!("{form}-{name}")));
    let (hint, problem) = (hint.shown(), problem.shown());
    let (hint_id, problem_id) = (format!("{id}-hint"), format!("{id}-problem"));
    let described_by = match (hint.is_some(), live || problem.is_some()) {
        (true, true) => Some(format!("{hint_id} {problem_id}")),
        (true, false) => Some(hint_id.clone()),
        (false, true) => Some(problem_id.clone()),
        (false, false) => None,
    };
    let kind = control.code();
    let state = problem.is_some().then_some("problem");
    let autocomplete = autocomplete.shown().or_else(|| control.autocomplete().map(str::to_owned));
    let given = Given { id: id.clone(), name, value, described_by, invalid: problem.is_some(), autocomplete };
    let question = view! { {label}{required.then(|| view! { " "<span class="field-mark">{words::REQUIRED}</span> })} };
    let problem = (live || problem.is_some()).then(|| view! { <p class="field-problem" id=problem_id>{problem}</p> });

    match control {
        Control::Tick => view! {
            <div class="field" data-kind=kind data-state=state>
                {tick(given, question, hint.map(|hint| (hint_id, hint)))}
                {problem}
            </div>
        }
        .into_any(),
        Control::Choices(choices) => view! {
            <fieldset class="field" data-kind=kind data-state=state aria-describedby=given.described_by.clone()>
                <legend class="field-label">{question}</legend>
                {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
                {radios(&given, choices)}
                {problem}
            </fieldset>
        }
        .into_any(),
        control => view! {
            <div class="field" data-kind=kind data-state=state>
                <label class="field-label" for=id>{question}</label>
                {hint.map(|hint| view! { <p class="field-hint" id=hint_id>{hint}</p> })}
                <div class="field-control">
                    {before.shown().map(|unit| view! { <span class="field-unit">{unit}</span> })}
                    {answer(control, given)}
                    {after.shown().map(|unit| view! { <span class="field-unit">{unit}</span> })}
                </div>
                {problem}
            </div>
        }
        .into_any(),
    }
}

fn answer(control: Control, given: Given) -> AnyView {
    match control {
        Control::Long => {
            let Given { id, name, value, described_by, invalid, .. } = given;
            view! { <TextArea id=id name=name value=value described_by=described_by invalid=invalid/> }.into_any()
        }
        Control::Select(choices) => select(given, choices).into_any(),
        control => {
            let kind = control.input_type(&given.value);
            let several = matches!(control, Control::Files);
            let known = if let Control::TextOrOneOf(known) = &control { Some(known_answers(&given.id, known)) } else { None };
            let list = known.as_ref().map(|_| known_id(&given.id));
            let value = (!matches!(control, Control::Password | Control::Files)).then_some(given.value);
            view! {
                <input
                    class="field-input"
                    type=kind
                    multiple=several
                    id=given.id
                    name=given.name
                    value=value
                    inputmode=control.keyboard()
                    autocomplete=given.autocomplete
                    list=list
                    aria-describedby=given.described_by
                    aria-invalid=given.invalid.then_some("true")
                />
                {known}
            }
            .into_any()
        }
    }
}

fn known_id(id: &str) -> String {
    format!("{id}-known")
}

fn known_answers(id: &str, known: &[String]) -> impl IntoView + use<> {
    let options = known.iter().map(|answer| view! { <option value=answer.clone()></option> }).collect_view();
    view! { <datalist id=known_id(id)>{options}</datalist> }
}

fn select(given: Given, choices: Vec<Choice>) -> impl IntoView {
    let Given { id, name, value, described_by, invalid, autocomplete } = given;
    let known = choices.iter().any(|choice| choice.value == value);
    let offers_none = choices.iter().any(|choice| choice.value.is_empty());
    // an answer that is no longer among the choices stays in sight until another is chosen
    let first = if !known && !value.is_empty() {
        Some((value.clone(), value.clone(), true))
    } else {
        (!offers_none).then(|| (String::new(), words::CHOOSE.to_owned(), value.is_empty()))
    };
    let first = first.map(|(value, text, chosen)| view! { <option value=value selected=chosen>{text}</option> });
    let options = choices.into_iter().map(|Choice { value: offered, text, .. }| {
        let chosen = offered == value;
        view! { <option value=offered selected=chosen>{text}</option> }
    });
    view! {
        <select
            class="field-input"
            id=id
            name=name
            autocomplete=autocomplete
            aria-describedby=described_by
            aria-invalid=invalid.then_some("true")
        >
            {first}
            {options.collect_view()}
        </select>
    }
}

fn radios(given: &Given, choices: Vec<Choice>) -> impl IntoView {
    let radios = choices.into_iter().enumerate().map(|(place, Choice { value, text, hint })| {
        // a problem leads to the first of them
        let id = if place == 0 { given.id.clone() } else { format!("{}-{place}", given.id) };
        let chosen = value == given.value;
        view! {
            <label class="choice">
                <input type="radio" id=id name=given.name.clone() value=value checked=chosen/>
                <span class="choice-text">{text}</span>
                {hint.map(|hint| view! { <span class="choice-hint">{hint}</span> })}
            </label>
        }
    });
    view! { <div class="choice-list">{radios.collect_view()}</div> }
}

fn tick(given: Given, question: impl IntoView, hint: Option<(String, String)>) -> impl IntoView {
    let Given { id, name, value, described_by, invalid, .. } = given;
    view! {
        <label class="choice">
            <input
                type="checkbox"
                id=id
                name=name
                value="yes"
                checked=value == "yes"
                aria-describedby=described_by
                aria-invalid=invalid.then_some("true")
            />
            <span class="choice-text">{question}</span>
            {hint.map(|(id, hint)| view! { <span class="choice-hint" id=id>{hint}</span> })}
        </label>
    }
}

/// Questions that belong together.
#[component]
pub fn FieldSet(
    /// What they are about.
    #[prop(into)]
    legend: String,
    /// What helps with all of them.
    #[prop(optional, into)]
    hint: Wording,
    /// Short ones stand beside each other where there is room.
    #[prop(optional)]
    columns: bool,
    /// The fields.
    children: Children,
) -> impl IntoView {
    view! {
        <fieldset class="field-set" data-columns=columns.then_some("")>
            <legend class="field-set-legend">{legend}</legend>
            {hint.shown().map(|hint| view! { <p class="field-set-hint">{hint}</p> })}
            {children()}
        </fieldset>
    }
}

#[cfg(all(test, feature = "ssr"))]
mod tests {
    use super::*;

    fn rendered(view: impl FnOnce() -> AnyView) -> String {
        Owner::new().with(|| view().to_html())
    }

    fn three() -> Vec<Choice> {
        ["hour", "week", "year"].map(|value| Choice { value: value.into(), text: value.into(), hint: None }).into()
    }

    #[test]
    fn an_answer_is_shown_as_it_was_typed() {
        let html = rendered(|| {
            view! { <Field name="pay.base" label="Base pay" control=Control::Money value="62,5O" before="$" after="an hour"/> }.into_any()
        });
        assert!(html.contains(r#"value="62,5O""#), "{html}");
        assert!(html.contains(r#"inputmode="decimal""#), "{html}");
    }

    #[test]
    fn known_answers_are_offered_and_others_are_kept() {
        let known = vec!["Nursing".to_owned(), "Clinic".to_owned()];
        let html = rendered(|| view! { <Field name="d" label="Department" control=Control::TextOrOneOf(known) value="Lab"/> }.into_any());
        assert!(html.contains(r#"value="Lab""#) && html.contains(r#"list="field-d-known""#), "{html}");
        assert!(html.contains(r#"<datalist id="field-d-known"><option value="Nursing">"#), "{html}");
    }

    #[test]
    fn an_answer_cannot_leave_its_attribute() {
        let html = rendered(|| view! { <Field name="title" label="Title" value="\"><script>alert(1)</script>"/> }.into_any());
        assert!(!html.contains("<script"), "{html}");
    }

    #[test]
    fn hint_and_problem_describe_the_control() {
        let html =
            rendered(|| view! { <Field name="pay.base" label="Base pay" hint="From the requisition." problem="Write 62.50."/> }.into_any());
        assert!(html.contains(r#"aria-describedby="field-pay.base-hint field-pay.base-problem""#), "{html}");
        assert!(html.contains(r#"aria-invalid="true""#), "{html}");
        assert!(html.contains(r#"id="field-pay.base-problem""#), "{html}");
    }

    #[test]
    fn a_day_that_is_no_day_keeps_its_text() {
        let html = rendered(|| view! { <Field name="start" label="Start" control=Control::Date value="31/12/25"/> }.into_any());
        assert!(html.contains(r#"type="text""#), "{html}");
        let html = rendered(|| view! { <Field name="start" label="Start" control=Control::Date value="2025-12-31"/> }.into_any());
        assert!(html.contains(r#"type="date""#), "{html}");
    }

    #[test]
    fn a_chosen_answer_outside_the_choices_stays_chosen() {
        let html = rendered(|| view! { <Field name="per" label="Per" control=Control::Select(three()) value="month"/> }.into_any());
        assert!(html.contains(r#"<option value="month" selected>month</option>"#), "{html}");
    }

    #[test]
    fn no_answer_is_chosen_for_anybody() {
        let select = rendered(|| view! { <Field name="per" label="Per" control=Control::Select(three())/> }.into_any());
        assert!(select.contains(r#"<option value="" selected>"#), "{select}");
        let radios = rendered(|| view! { <Field name="per" label="Per" control=Control::Choices(three())/> }.into_any());
        assert!(!radios.contains("checked"), "{radios}");
    }

    #[test]
    fn a_password_is_never_written_into_the_page() {
        let html = rendered(|| view! { <Field name="password" label="Password" control=Control::Password value="secret"/> }.into_any());
        assert!(!html.contains("secret"), "{html}");
    }
}
