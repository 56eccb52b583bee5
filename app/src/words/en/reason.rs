//! Why a step is in the route, or is not.

use offer::field::{FieldKey, FieldTable};
use offer::intake;
use offer::policy::{Reason, Test};
use offer::terms::Value;

use super::{field, finding};

/// Several reasons as one line.
pub fn reasons(reasons: &[Reason], table: &FieldTable) -> String {
    reasons.iter().map(|because| reason(because, table)).collect::<Vec<_>>().join(" ")
}

/// A reason as a sentence.
pub fn reason(reason: &Reason, table: &FieldTable) -> String {
    match reason {
        Reason::Always => "Asked on every offer of this kind.".to_owned(),
        Reason::Found { fact } => finding::fact(fact),
        Reason::NotFound { kind } => sentence(finding::not_found(*kind)),
        Reason::FieldPasses { field, test, value } => tested(field, test, value.as_ref(), true, table),
        Reason::FieldFails { field, test, value } => tested(field, test, value.as_ref(), false, table),
        Reason::CannotTell { field } => {
            format!(
                "It cannot be told whether this step is needed, because \"{}\" cannot be compared. So it is asked.",
                label(field, table)
            )
        }
    }
}

fn tested(key: &FieldKey, test: &Test, value: Option<&Value>, passes: bool, table: &FieldTable) -> String {
    let name = label(key, table);
    let Some(value) = value else {
        return if passes {
            format!("{name} is empty.")
        } else {
            format!("{name} is empty, and the rule asks for {}.", wanted(key, test, table))
        };
    };
    let shown = field::value_of(key, value, table);
    match (test, passes) {
        (Test::Filled, true) => format!("{name} is filled in."),
        (Test::Filled, false) => format!("{name} is not filled in."),
        (_, true) => format!("{name} is {shown}: {}.", wanted(key, test, table)),
        (_, false) => format!("{name} is {shown}, and the rule asks for {}.", wanted(key, test, table)),
    }
}

fn wanted(key: &FieldKey, test: &Test, table: &FieldTable) -> String {
    let show = |text: &String| {
        let read = table.get(key).and_then(|spec| intake::read_value(text, spec).ok());
        read.map_or_else(|| text.clone(), |value| field::value_of(key, &value, table))
    };
    match test {
        Test::Is(text) => show(text),
        Test::OneOf(texts) => format!("one of {}", texts.iter().map(show).collect::<Vec<_>>().join(", ")),
        Test::AtLeast(text) => format!("{} or more", show(text)),
        Test::AtMost(text) => format!("{} or less", show(text)),
        Test::MoreThan(text) => format!("more than {}", show(text)),
        Test::LessThan(text) => format!("less than {}", show(text)),
        Test::Filled => "any value".to_owned(),
    }
}

fn label(key: &FieldKey, table: &FieldTable) -> String {
    field::label_of(key, table)
}

fn sentence(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_uppercase).into_iter().flatten();
    format!("{}.", first.chain(letters).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;
    use offer::check::FactKind;
    use offer::field::PAY_BASE;
    use offer::money::Money;

    #[test]
    fn a_reason_says_value_and_test() {
        let because =
            Reason::FieldPasses { field: PAY_BASE, test: Test::MoreThan("60".into()), value: Some(Value::Money(Money::cents(6_200))) };
        assert_eq!(reason(&because, &FieldTable::default()), "Base pay is $62.00: more than $60.00.");
    }

    #[test]
    fn a_step_that_is_not_needed_says_why() {
        let because = Reason::NotFound { kind: FactKind::OverBudget };
        assert_eq!(reason(&because, &FieldTable::default()), "The offer is within the budget.");
    }
}
