//! What is wrong with a playbook, and what changed in it.

use offer::packet::{FaultKind, Strength};
use offer::playbook::{Fault, ItemChange, PlaybookProblem, TomlKind, WhatChanged};

use super::{access, role};
use offer::engagement::Engagement;

/// A problem with its place: "line 12, column 5 (rules.over-cap.step): There is no role \"finanse\"."
pub fn problem(problem: &PlaybookProblem) -> String {
    let place = problem.place.map(|place| format!("line {}, column {}", place.line, place.column)).unwrap_or_default();
    let path = problem.path.to_string();
    let at = match (place.is_empty(), path.is_empty()) {
        (true, _) => path,
        (false, true) => place,
        (false, false) => format!("{place} ({path})"),
    };
    let weight = if problem.strength() == Strength::Note { "Worth a look: " } else { "" };
    format!("{at}: {weight}{}", fault(&problem.fault))
}

/// What is wrong.
pub fn fault(fault: &Fault) -> String {
    match fault {
        Fault::NotToml => "From here on this is not TOML. Look for a quote or bracket that is missing.".to_owned(),
        Fault::UnknownKey { key } => format!("\"{key}\" means nothing here."),
        Fault::MissingKey { key } => format!("\"{key}\" is missing."),
        Fault::UnknownCode { code, accepted } => format!("\"{code}\" is not accepted here. Write one of: {}.", accepted.join(", ")),
        Fault::WrongKind { found: Some(found) } => format!("{} does not belong here.", toml_kind(*found)),
        Fault::WrongKind { found: None } => "A value of another kind belongs here.".to_owned(),
        Fault::NotMoney => "Write an amount in quotes, like \"52.00\".".to_owned(),
        Fault::NotAPercentage => "Write a percentage in quotes, like \"38\" or \"3.5\".".to_owned(),
        Fault::Unreadable => "This does not read: a date that is none, or a number that is too large or too small.".to_owned(),
        Fault::DoubleKey { key } => format!("The key \"{key}\" stands twice in this section."),
        Fault::NotKebab { key } => format!("Write \"{key}\" as lower-case words joined by hyphens."),
        Fault::KeyUnfit { key } => format!("\"{key}\" cannot be a key. Use letters, digits, _, - and full stops."),
        Fault::UnknownField { field } => format!("There is no field \"{field}\"."),
        Fault::NotBuiltIn { field } => format!("\"{field}\" is not a built-in field."),
        Fault::UnknownRole { role } => format!("There is no role \"{role}\"."),
        Fault::UnknownStep { step } => format!("No rule asks for a step \"{step}\"."),
        Fault::UnknownClause { clause } => format!("There is no clause {clause}."),
        Fault::UnknownContingency { contingency } => format!("Offers cannot depend on \"{contingency}\"."),
        Fault::Twice { value } => format!("\"{value}\" stands twice in this list."),
        Fault::NothingListed => "This list must hold something.".to_owned(),
        Fault::NothingSaid => "This text must say something.".to_owned(),
        Fault::NotPositive => "This must be 1 or more.".to_owned(),
        Fault::StepCircle { engagement, steps } => {
            format!("For {}, these steps wait for one another: {}.", self::engagement(*engagement), listed(steps.iter().map(role::step)))
        }
        Fault::StepOfTwo { step } => format!("Another rule asks somebody else for the step \"{step}\"."),
        Fault::TestUnreadable { field, text } => format!("\"{text}\" cannot be typed into the field \"{field}\"."),
        Fault::TestUnfit { field } => format!("The field \"{field}\" has no order, so nothing is more or less than it."),
        Fault::TestPrivate { field } => {
            format!("The field \"{field}\" is private to the person, so a rule may ask only whether it is filled.")
        }
        Fault::FieldsUnfit { one, other } => format!("The fields \"{one}\" and \"{other}\" cannot be compared like this."),
        Fault::FigureUnfit { figure } => format!("The figure \"{}\" cannot be tested like this.", figure.code()),
        Fault::FigureUnreadable { figure, text } => format!("\"{text}\" is not written as the figure \"{}\" is.", figure.code()),
        Fault::QuorumOfOne => "One person decides this step, so no more than one approval can be asked of it.".to_owned(),
        Fault::RemindsTooLate => "The reminder must come before the decision is due.".to_owned(),
        Fault::RecruiterDecides => "The recruiter asks, and never decides. Name another relation, or the recruiter's manager.".to_owned(),
        Fault::ConditionEmpty => "A condition of nothing always or never holds. Write what it asks.".to_owned(),
        Fault::FieldUndecided { field, engagements } => {
            let told = listed(engagements.iter().map(|engagement| self::engagement(*engagement).to_owned()));
            format!("Nobody decides the material field \"{field}\" ({told}). Add it to a group of deciders.")
        }
        Fault::LastDeciderConditional { engagement, step: Some(step) } => format!(
            "For {}, the last decider \"{step}\" is asked only under a condition, so these fields could go undecided.",
            self::engagement(*engagement)
        ),
        Fault::LastDeciderConditional { engagement, step: None } => {
            format!("For {}, none of these deciders has a step.", self::engagement(*engagement))
        }
        Fault::FieldDecidedTwice { field, other } => format!("The group \"{other}\" already decides the field \"{field}\"."),
        Fault::FieldNotMaterial { field } => format!("The field \"{field}\" is not material and needs no decider."),
        Fault::CustomPrefix { field } => format!("Begin the key \"{field}\" with custom."),
        Fault::ChoicesMissing => "A choice needs its choices.".to_owned(),
        Fault::ChoicesUnfit => "A field of this kind has no choices.".to_owned(),
        Fault::BoundUnreadable { text } => format!("\"{text}\" cannot be typed into this field."),
        Fault::BoundsCrossed => "The smallest value lies above the largest.".to_owned(),
        Fault::BandOutOfOrder => "The lowest, middle and highest pay of a band go up from more than nothing.".to_owned(),
        Fault::PercentOutOfRange => "This percentage is out of range.".to_owned(),
        Fault::Letter { letter, .. } => letter_fault(letter),
        Fault::TemplateTie { other } => format!("This template and \"{other}\" fit the same offers equally well. Narrow one of them."),
        Fault::TemplateMissing { engagement } => format!("No template is meant for {}.", self::engagement(*engagement)),
        Fault::RecipientMayNotSee { recipient, field } => {
            format!("{} would receive the field \"{field}\", which its role does not see.", role::recipient(recipient))
        }
        Fault::RoleMayNotAct { role, action } => {
            format!("The role \"{role}\" is never given the action \"{}\". Give it to another role.", action.code())
        }
        Fault::RoleMayNotSee { role, side } => {
            format!("The role \"{role}\" never sees {}. Take it out of what the role sees.", access::side(*side))
        }
        Fault::RoleMayNotReach { role, scope } => {
            format!("The role \"{role}\" never reaches {}. Choose a narrower scope.", access::scope(*scope))
        }
        Fault::RoleMayNotRun { role } => {
            format!("The role \"{role}\" never publishes playbooks and never manages people. That is for an administrator's role.")
        }
        Fault::NobodyRuns => {
            "Nobody could ever change this again. Give one role runs-the-firm = true, and one runs-people = true.".to_owned()
        }
        Fault::EditsNothing { role } => {
            format!("The role \"{role}\" may draft or change offers and write none of their fields. Add a row to [[edits]] for it.")
        }
        Fault::EditsUnseen { role, side } => {
            format!("The role \"{role}\" would write {}, and does not see it.", access::side(*side))
        }
        Fault::NotATime { text } => format!("\"{text}\" is not a time of day. Write it like 08:00."),
        Fault::ClosesBeforeOpening => "The office closes before it opens.".to_owned(),
        Fault::NotAWeekday { text } => format!("\"{text}\" is not a day of the week. Write mon, tue, wed, thu, fri, sat or sun."),
        Fault::NotAZone { text } => format!("\"{text}\" is not a time zone. Write it like America/Chicago."),
        Fault::NotAState { text } => format!("\"{text}\" is not a state. Write its two letters, like CA."),
        Fault::NotAnEmail { text } => format!("\"{text}\" is not an email address."),
        Fault::NamesAPerson => "A playbook never names a person. Name a role or a relation; people are imported by themselves.".to_owned(),
        Fault::ForbiddenCharacter => "Remove the invisible control character. It may have come along with pasted text.".to_owned(),
    }
}

/// What is wrong with a letter's body.
pub fn letter_fault(fault: &FaultKind) -> String {
    match fault {
        FaultKind::TagUnclosed => "{{ is not closed by }} on the same line.".to_owned(),
        FaultKind::TagEmpty => "{{}} says nothing.".to_owned(),
        FaultKind::TagUnknown { tag } => format!("\"{tag}\" is neither a field nor a word of the language."),
        FaultKind::FormatUnknown { format } => format!("There is no format \"{format}\"."),
        FaultKind::EndMissing => "{{end}} is missing.".to_owned(),
        FaultKind::EndStray => "This {{end}} closes nothing.".to_owned(),
        FaultKind::ElseStray => "This {{else}} belongs to no {{if}}.".to_owned(),
        FaultKind::ConditionUnreadable => "This condition does not read.".to_owned(),
        FaultKind::BlockTagInText { tag } => format!("{{{{{tag}}}}} must stand on a line of its own."),
        FaultKind::BlockTagNested { tag } => format!("{{{{{tag}}}}} cannot stand inside another block here."),
        FaultKind::ItemsOutsideList => "Items must be a list item by themselves: - {{field | items}}.".to_owned(),
        FaultKind::BlockEmpty => "This block shows nothing.".to_owned(),
        FaultKind::RowTooWide => "A row has one label and one value.".to_owned(),
        FaultKind::StrongUnclosed => "** is not closed in its block.".to_owned(),
        FaultKind::TooDeep => "Conditions stand too deep in one another.".to_owned(),
        FaultKind::TooLong => "The body is too long.".to_owned(),
        FaultKind::FieldUnknown { field } => format!("There is no field \"{field}\"."),
        FaultKind::FieldHidden { field } => format!("A letter may not say the field \"{field}\"."),
        FaultKind::FormatUnfit { field, format } => format!("The field \"{field}\" cannot be printed as {}.", format.word()),
        FaultKind::ComparisonUnfit { field, value } => format!("The field \"{field}\" is never \"{value}\"."),
        FaultKind::FieldUnguarded { field } => format!("The field \"{field}\" may be empty here; the letter is then not made."),
        FaultKind::FieldUnused { field } => format!("The field \"{field}\" is never said; an offer that has it gets no letter."),
        FaultKind::ClauseUnknown { clause } => format!("There is no clause {clause}."),
        FaultKind::ClausesTwice => "{{clauses}} stands twice.".to_owned(),
        FaultKind::ClausesMissing => "{{clauses}} is missing; a required clause could not be printed.".to_owned(),
        FaultKind::AcceptanceMissing => "{{acceptance}} is missing.".to_owned(),
        FaultKind::AcceptanceTwice => "{{acceptance}} stands twice.".to_owned(),
    }
}

/// One item that differs, with its values: "rules.over-cap changed: step.sla-hours from 8 to 4".
pub fn change(change: &ItemChange) -> String {
    let name = if change.key.is_empty() { change.section.to_owned() } else { format!("{}.{}", change.section, change.key) };
    match &change.what {
        WhatChanged::Added => format!("{name} added"),
        WhatChanged::Removed => format!("{name} removed"),
        WhatChanged::Changed { paths } => {
            let value = |value: &Option<serde_json::Value>| value.as_ref().map_or_else(|| "nothing".to_owned(), ToString::to_string);
            let told = paths.iter().map(|path| format!("{} from {} to {}", path.path, value(&path.from), value(&path.to)));
            format!("{name} changed: {}", listed(told))
        }
    }
}

const fn toml_kind(kind: TomlKind) -> &'static str {
    match kind {
        TomlKind::Text => "Text in quotes",
        TomlKind::Number => "A whole number",
        TomlKind::Decimal => "A number with a decimal point",
        TomlKind::Truth => "true or false",
        TomlKind::Date => "A date",
        TomlKind::List => "A list",
        TomlKind::Table => "A table",
    }
}

const fn engagement(engagement: Engagement) -> &'static str {
    match engagement {
        Engagement::Internal => "internal offers",
        Engagement::DirectHire => "direct hires",
        Engagement::Temp => "temporary assignments",
        Engagement::ContractToHire => "contracts to hire",
    }
}

fn listed(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().join(", ")
}
