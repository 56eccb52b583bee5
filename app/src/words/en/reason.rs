//! Why a step is in the route, or is not.

use offer::check::Figure;
use offer::field::{FieldKey, FieldTable};
use offer::intake;
use offer::policy::{Because, FieldsTest, Order, Reason, Test};
use offer::terms::Value;

use super::{field, finding, money};

/// Several reasons as one line.
pub fn reasons(reasons: &[Reason], table: &FieldTable) -> String {
    reasons.iter().map(|because| reason(because, table)).collect::<Vec<_>>().join(" ")
}

/// Why a step is asked, each rule with the version in which it asked.
pub fn asked(because: &[Because], table: &FieldTable) -> String {
    let one = |because: &Because| format!("{} {}", reasons(&because.reasons, table), rule(because));
    because.iter().map(one).collect::<Vec<_>>().join(" ")
}

/// Why a step is not asked.
pub fn not_asked(because: &[Because], table: &FieldTable) -> String {
    because.iter().map(|because| reasons(&because.reasons, table)).filter(|told| !told.is_empty()).collect::<Vec<_>>().join(" ")
}

fn rule(because: &Because) -> String {
    match because.rule.version {
        0 => format!("(Rule {}.)", because.rule.rule),
        version => format!("(Rule {}, version {version}.)", because.rule.rule),
    }
}

/// A reason as a sentence.
pub fn reason(reason: &Reason, table: &FieldTable) -> String {
    match reason {
        Reason::Always => "Asked on every offer of this kind.".to_owned(),
        Reason::Found { fact } => finding::fact(fact),
        Reason::NotFound { kind } => sentence(finding::not_found(*kind)),
        Reason::FieldPasses { field, test, value } => tested(field, test, value.as_ref(), true, table),
        Reason::FieldFails { field, test, value } => tested(field, test, value.as_ref(), false, table),
        Reason::FigurePasses { figure, test, value } => {
            format!("{} is {}: {}.", self::figure(*figure), figure_value(value), figure_wanted(*figure, test))
        }
        Reason::FigureFails { figure, test, value: Some(value) } => {
            format!("{} is {}, and the rule asks for {}.", self::figure(*figure), figure_value(value), figure_wanted(*figure, test))
        }
        Reason::FigureFails { figure, value: None, .. } => format!("An offer of this kind has no {}.", lower(self::figure(*figure))),
        Reason::CannotCompute { figure } => format!(
            "It cannot be told whether this step is needed, because the figure \"{}\" cannot be computed. So it is asked.",
            self::figure(*figure)
        ),
        Reason::Compared { test, one, other, passes } => compared(test, one.as_ref(), other.as_ref(), *passes, table),
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
        (Test::Is(_), true) => format!("{name}: {shown}."),
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
        Test::Contains(text) => format!("\"{text}\" in it"),
        Test::OneOf(texts) => format!("one of {}", listed(texts, show)),
        Test::NoneOf(texts) => format!("none of {}", listed(texts, show)),
        Test::AllOf(texts) => format!("all of {}", listed(texts, show)),
        Test::OtherThan(texts) => format!("another than {}", listed(texts, show)),
        Test::AtLeast(text) => format!("{} or more", show(text)),
        Test::AtMost(text) => format!("{} or less", show(text)),
        Test::MoreThan(text) => format!("more than {}", show(text)),
        Test::LessThan(text) => format!("less than {}", show(text)),
        Test::Filled => "any value".to_owned(),
    }
}

fn listed(texts: &[String], show: impl Fn(&String) -> String) -> String {
    texts.iter().map(show).collect::<Vec<_>>().join(", ")
}

fn figure_wanted(figure: Figure, test: &Test) -> String {
    let show = |text: &String| figure.read(text).map_or_else(|| text.clone(), |value| figure_value(&value));
    match test {
        Test::Is(text) | Test::Contains(text) => show(text),
        Test::OneOf(texts) | Test::AllOf(texts) => format!("one of {}", listed(texts, show)),
        Test::NoneOf(texts) | Test::OtherThan(texts) => format!("none of {}", listed(texts, show)),
        Test::AtLeast(text) => format!("{} or more", show(text)),
        Test::AtMost(text) => format!("{} or less", show(text)),
        Test::MoreThan(text) => format!("more than {}", show(text)),
        Test::LessThan(text) => format!("less than {}", show(text)),
        Test::Filled => "any value".to_owned(),
    }
}

fn compared(test: &FieldsTest, one: Option<&Value>, other: Option<&Value>, passes: bool, table: &FieldTable) -> String {
    let shown = |key: &FieldKey, value: Option<&Value>| match value {
        Some(value) => format!("{} is {}", label(key, table), field::value_of(key, value, table)),
        None => format!("{} is empty", label(key, table)),
    };
    let by = if test.by.0 == 0 { String::new() } else { format!(" by {}", money::percent(test.by)) };
    let order = match test.is {
        Order::Same => "the same",
        Order::Different => "different",
        Order::Above => "above",
        Order::AtLeast => "at least as much",
        Order::Below => "below",
        Order::AtMost => "at most as much",
    };
    let told = format!("{} and {}", shown(&test.one, one), shown(&test.other, other));
    if passes { format!("{told}: {order}{by}.") } else { format!("{told}; the rule asks for {order}{by}.") }
}

fn figure_value(value: &Value) -> String {
    match value {
        Value::Money(amount) => money::amount(*amount),
        Value::Percent(percent) => money::percent(*percent),
        Value::Number(number) => money::number(*number),
        other => other.typed(),
    }
}

/// What a figure is called.
pub const fn figure(figure: Figure) -> &'static str {
    match figure {
        Figure::AnnualPay => "Pay for a year",
        Figure::FirstYearCash => "Cash of the first year",
        Figure::OverBand => "Pay above the band",
        Figure::CompaRatio => "Pay over the middle of the band",
        Figure::Markup => "Markup",
        Figure::Margin => "Margin",
        Figure::MarginShare => "Margin as a share of the bill rate",
        Figure::UnderMarkupFloor => "Markup below the client's floor",
        Figure::OverBillCap => "Bill rate above its cap",
        Figure::OverPayCap => "Pay above its cap",
        Figure::OverMarkupCap => "Markup above its cap",
        Figure::Committed => "What the offer commits",
        Figure::OverBudget => "What goes beyond the budget",
        Figure::PlacementFee => "Placement fee",
        Figure::DaysToStart => "Days until the start",
    }
}

fn lower(words: &str) -> String {
    let mut letters = words.chars();
    let first = letters.next().map(char::to_lowercase).into_iter().flatten();
    first.chain(letters).collect()
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
        let because = Reason::FieldPasses {
            field: PAY_BASE,
            test: Test::MoreThan("60".into()).into(),
            value: Some(Value::Money(Money::cents(6_200))),
        };
        assert_eq!(reason(&because, &FieldTable::default()), "Base pay is $62.00: more than $60.00.");
    }

    #[test]
    fn a_figure_says_its_bound_and_the_rule_its_version() {
        let reason = Reason::FigurePasses {
            figure: Figure::OverBand,
            test: Test::MoreThan("10".into()).into(),
            value: Value::Percent(offer::money::BasisPoints(1_250)),
        };
        let rule = offer::policy::RuleRef { rule: offer::id::RuleKey::named("far-above-band"), version: 3 };
        let told = asked(&[Because { rule, reasons: vec![reason] }], &FieldTable::default());
        assert_eq!(told, "Pay above the band is 12.5%: more than 10%. (Rule far-above-band, version 3.)");
    }

    #[test]
    fn a_step_that_is_not_needed_says_why() {
        let because = Reason::NotFound { kind: FactKind::OverBudget };
        assert_eq!(reason(&because, &FieldTable::default()), "No budget is exceeded.");
    }
}
