//! Values as JSON: money as whole minor units, decimals as text, so that no reader rounds them.

use std::collections::BTreeMap;

use offer::{
    id::PersonId,
    money::{Currency, Money},
    terms::{Terms, Value},
};
use serde::Serialize;

/// An amount of money.
#[derive(Debug, Serialize)]
pub(super) struct Amount {
    amount_minor: i64,
    currency: Currency,
}

impl From<Money> for Amount {
    fn from(money: Money) -> Self {
        Self { amount_minor: money.minor, currency: money.currency }
    }
}

/// A value of a field.
#[derive(Debug, Serialize)]
#[serde(untagged)]
pub(super) enum Field {
    /// Text, a code, a day, or a decimal number.
    Text(String),
    Money(Amount),
    YesNo(bool),
    Codes(Vec<String>),
    Person {
        id: PersonId,
        name: String,
    },
}

/// Terms by the keys of their fields, with people by name.
pub(super) fn fields(terms: &Terms, names: &BTreeMap<PersonId, String>) -> BTreeMap<String, Field> {
    terms.iter().map(|(key, value)| (key.as_str().to_owned(), field(value, names))).collect()
}

fn field(value: &Value, names: &BTreeMap<PersonId, String>) -> Field {
    match value {
        Value::Money(money) => Field::Money((*money).into()),
        Value::YesNo(yes) => Field::YesNo(*yes),
        Value::Codes(codes) => Field::Codes(codes.clone()),
        Value::Person(person) => Field::Person { id: person.clone(), name: names.get(person).cloned().unwrap_or_default() },
        Value::Text(_) | Value::Percent(_) | Value::Number(_) | Value::Date(_) | Value::Choice(_) => Field::Text(value.typed()),
    }
}

/// A text that may be empty because it is not seen: then it is not there.
pub(super) fn seen(text: String) -> Option<String> {
    Some(text).filter(|text| !text.is_empty())
}
