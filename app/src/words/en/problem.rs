//! What is wrong with an answer, and how to mend it.

use offer::field::{FieldTable, Gate};
use offer::intake::{Fault, Problem};
use offer::terms::Value;

use super::{date, field, money};

/// A problem with the name of its field, for the list at the head of a form.
pub fn problem(problem: &Problem, table: &FieldTable) -> String {
    format!("{}: {}", field::label_of(&problem.field, table), fault(&problem.fault, table))
}

/// A problem beside its field.
pub fn fault(fault: &Fault, table: &FieldTable) -> String {
    let label = |key| field::label_of(key, table);
    match fault {
        Fault::Missing { gate: Gate::Submit | Gate::Never } => "Fill this in.".to_owned(),
        Fault::Missing { gate: Gate::Generate } => "Fill this in before the letter can be made.".to_owned(),
        Fault::Missing { gate: Gate::Send } => "Fill this in before the letter is sent.".to_owned(),
        Fault::NotMoney => "Write an amount in dollars, like 62.50 or 118,000.".to_owned(),
        Fault::NotAPercentage => "Write a percentage, like 24 or 3.5.".to_owned(),
        Fault::NotANumber => "Write a number, like 36 or 37.5.".to_owned(),
        Fault::NotADate => "Write a date as year, month, day, like 2027-01-31.".to_owned(),
        Fault::NotADateAndTime => "Write a date and a time, like 2027-01-31T17:00.".to_owned(),
        Fault::NotAChoice => "Choose one of the answers offered.".to_owned(),
        Fault::NotAnEmail => "Write an email address, like name@example.com.".to_owned(),
        Fault::NotAState => "Choose a state.".to_owned(),
        Fault::NotAPerson => "Choose a person from the list.".to_owned(),
        Fault::NotTheClients => "Choose somebody who speaks for this client.".to_owned(),
        Fault::NotOfTheFirm => "Choose somebody of the firm.".to_owned(),
        Fault::TooLong { characters_max } => format!("Shorten this to {characters_max} characters or fewer."),
        Fault::TooShort { characters_min } => format!("Make this at least {characters_min} characters long."),
        Fault::Wrong => "This does not fit. Check it and try again.".to_owned(),
        Fault::TooEasy => "Too many people use this, or it is too easy to guess. Choose another.".to_owned(),
        Fault::TooMany { max } => format!("Choose {max} or fewer."),
        Fault::ForbiddenCharacter => "Remove the invisible control character. It may have come along with pasted text.".to_owned(),
        Fault::TooSmall { min: Value::Text(time) } => format!("Choose a time that is not before {}.", date::typed_local(time)),
        Fault::TooLarge { max: Value::Text(time) } => format!("Choose a time that is not after {}.", date::typed_local(time)),
        Fault::TooSmall { min } => format!("Write {} or more.", bound(min)),
        Fault::TooLarge { max } => format!("Write {} or less.", bound(max)),
        Fault::NotAField => "This is not part of this kind of offer. Remove it.".to_owned(),
        Fault::Before { other } => format!("Choose a day that is not before: {}.", label(other)),
        Fault::NeededWith { other } => format!("Fill this in, because this is filled in: {}.", label(other)),
        Fault::DoesNotGoWith { other } => format!("This does not go with the answer to: {}. Change one of the two.", label(other)),
    }
}

fn bound(value: &Value) -> String {
    match value {
        Value::Money(amount) => money::amount(*amount),
        Value::Percent(points) => money::percent(*points),
        Value::Number(number) => money::number(*number),
        other => other.typed(),
    }
}
