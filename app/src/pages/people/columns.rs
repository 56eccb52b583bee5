//! The questions about somebody: what they do, where they stand, how much they may approve.

use leptos::prelude::*;
use offer::field::FieldKey;
use offer::person::Person;

use crate::desk::PersonChoices;
use crate::pages::{Ask, Question};
use crate::parts::{Choice, Control, FieldSet};
use crate::words::en::person as words;

/// The questions, filled with how somebody stands.
pub(super) fn columns(ask: &Ask, choices: &PersonChoices, person: Option<&Person>) -> AnyView {
    let text = |of: fn(&Person) -> Option<String>| person.and_then(of).unwrap_or_default();
    let question =
        |name: &str, label: &str, value: String| Question { name: name.into(), label: label.into(), value, ..Question::default() };
    let teams = choices.teams.iter().map(|(key, name)| choice(key.as_str(), name));
    let managers = choices.managers.iter().map(|(id, name)| choice(id.as_str(), name));
    let annual = person.and_then(|person| person.approval_limit_annual).map(|limit| limit.to_string()).unwrap_or_default();
    let over = person.and_then(|person| person.approval_limit_over_band).map(|limit| limit.to_string()).unwrap_or_default();
    let zone = person.map_or_else(|| choices.zone.clone(), |person| person.zone.clone());
    view! {
        {ask.field(Question { autocomplete: "off".into(), ..question("name", words::NAME, text(|person| person.name().map(str::to_owned))) })}
        {roles(ask, choices, person)}
        {ask.field(Question {
            control: Control::Select(with_none(teams)),
            ..question("team", words::TEAM, text(|person| person.team.as_ref().map(ToString::to_string)))
        })}
        {ask.field(Question {
            control: Control::Select(with_none(managers)),
            ..question("manager", words::MANAGER, text(|person| person.manager.as_ref().map(ToString::to_string)))
        })}
        {clients(ask, choices, person)}
        {ask.field(question("department", words::DEPARTMENT, text(|person| person.department.clone())))}
        {ask.field(question("business_line", words::BUSINESS_LINE, text(|person| person.business_line.clone())))}
        {ask.field(question("region", words::REGION, text(|person| person.region.clone())))}
        {ask.field(Question {
            control: Control::Money,
            before: "$".into(),
            after: words::A_YEAR.into(),
            hint: words::LIMIT_HINT.into(),
            ..question("approval_limit_annual", words::LIMIT_ANNUAL, annual)
        })}
        {ask.field(Question {
            control: Control::Percent,
            after: "%".into(),
            hint: words::LIMIT_HINT.into(),
            ..question("approval_limit_over_band", words::LIMIT_OVER_BAND, over)
        })}
        {ask.field(Question { hint: words::ZONE_HINT.into(), ..question("zone", words::ZONE, zone) })}
    }
    .into_any()
}

fn choice(value: &str, text: &str) -> Choice {
    Choice { value: value.to_owned(), text: text.to_owned(), hint: None }
}

fn with_none(choices: impl Iterator<Item = Choice>) -> Vec<Choice> {
    std::iter::once(choice("", words::NONE)).chain(choices).collect()
}

fn roles(ask: &Ask, choices: &PersonChoices, person: Option<&Person>) -> AnyView {
    let boxes = choices.roles.iter().map(|(key, name)| tick(ask, "roles", key.as_str(), name, person.is_some_and(|person| person.is(key))));
    let (boxes, problem) = (boxes.collect_view(), problem(ask, "roles"));
    view! { <FieldSet legend=words::ROLES columns=true>{problem}{boxes}</FieldSet> }.into_any()
}

fn clients(ask: &Ask, choices: &PersonChoices, person: Option<&Person>) -> AnyView {
    let holds = |code| person.is_some_and(|person| person.clients.contains(code));
    let boxes = choices.clients.iter().map(|(code, name)| tick(ask, "clients", code.as_str(), name, holds(code)));
    let (boxes, problem) = (boxes.collect_view(), problem(ask, "clients"));
    view! { <FieldSet legend=words::CLIENTS hint=words::CLIENTS_HINT columns=true>{problem}{boxes}</FieldSet> }.into_any()
}

fn tick(ask: &Ask, group: &str, key: &str, name: &str, ticked: bool) -> AnyView {
    let value = if ticked { "yes" } else { "" };
    ask.field(Question {
        name: format!("{group}[{key}]"),
        label: name.into(),
        control: Control::Tick,
        value: value.into(),
        ..Question::default()
    })
}

/// What is wrong with a group of boxes.
fn problem(ask: &Ask, group: &'static str) -> Option<AnyView> {
    let field = FieldKey::named(group);
    let found = ask.kept.problems().iter().find(|problem| problem.field == field)?;
    let text = crate::words::en::problem::fault(&found.fault, &offer::field::FieldTable::default());
    Some(view! { <p class="field-problem">{text}</p> }.into_any())
}
