//! Reading one box by the kind of its field; bounds are applied through `validator`.

use super::{Fault, bound_of};
use crate::field::{FieldSpec, Kind};
use crate::id::PersonId;
use crate::moment::Day;
use crate::money::{BasisPoints, Hundredths, Money};
use crate::terms::Value;
use chrono::NaiveDateTime;
use validator::{ValidateLength, ValidateRange};

/// The states, DC and the territories where US law hires, by their postal letters.
pub const STATES: &[&str] = &[
    "AL", "AK", "AZ", "AR", "CA", "CO", "CT", "DE", "DC", "FL", "GA", "GU", "HI", "ID", "IL", "IN", "IA", "KS", "KY", "LA", "ME", "MD",
    "MA", "MI", "MN", "MS", "MO", "MT", "NE", "NV", "NH", "NJ", "NM", "NY", "NC", "ND", "OH", "OK", "OR", "PA", "PR", "RI", "SC", "SD",
    "TN", "TX", "UT", "VT", "VA", "VI", "WA", "WV", "WI", "WY",
];

/// The longest address that mail systems carry, in characters.
const EMAIL_CHARACTERS_MAX: usize = 254;

pub(super) fn value(typed: &str, spec: &FieldSpec) -> Result<Value, Fault> {
    let text = typed.trim();
    if text.chars().any(|c| c.is_control() && !(spec.kind == Kind::Prose && matches!(c, '\n' | '\r' | '\t'))) {
        return Err(Fault::ForbiddenCharacter);
    }
    match spec.kind {
        Kind::Text | Kind::Prose | Kind::Client => line(text, spec),
        Kind::Email if email_is_plausible(text) => Ok(Value::Text(text.to_owned())),
        Kind::Email => Err(Fault::NotAnEmail),
        Kind::State if STATES.contains(&text.to_ascii_uppercase().as_str()) => Ok(Value::Text(text.to_ascii_uppercase())),
        Kind::State => Err(Fault::NotAState),
        Kind::Money => in_bounds(Money::parse(text).ok_or(Fault::NotMoney)?, |money| money.minor, Value::Money, spec),
        Kind::Percent => in_bounds(BasisPoints::parse(text).ok_or(Fault::NotAPercentage)?, |percent| percent.0, Value::Percent, spec),
        Kind::Number => in_bounds(Hundredths::parse(text).ok_or(Fault::NotANumber)?, |number| number.0, Value::Number, spec),
        Kind::Date => Day::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| text.len() == 10).map(Value::Date).ok_or(Fault::NotADate),
        Kind::LocalTime => local_time(text),
        Kind::Choice => spec.choices.iter().find(|choice| *choice == text).map(|_| Value::Choice(text.to_owned())).ok_or(Fault::NotAChoice),
        Kind::Codes => codes(text, spec),
        Kind::YesNo => match text {
            "yes" => Ok(Value::YesNo(true)),
            "no" => Ok(Value::YesNo(false)),
            _ => Err(Fault::NotAChoice),
        },
        Kind::Person => PersonId::parse(text).map(Value::Person).ok_or(Fault::NotAPerson),
    }
}

fn line(text: &str, spec: &FieldSpec) -> Result<Value, Fault> {
    let characters_max = spec.bounds.max.unwrap_or(i64::MAX);
    let max = u64::try_from(characters_max).unwrap_or(u64::MAX);
    if text.validate_length(None, Some(max), None) {
        Ok(Value::Text(text.replace("\r\n", "\n")))
    } else {
        Err(Fault::TooLong { characters_max })
    }
}

fn in_bounds<T: Copy>(read: T, units: impl Fn(T) -> i64, wrap: impl Fn(T) -> Value, spec: &FieldSpec) -> Result<Value, Fault> {
    let number = units(read);
    if !number.validate_range(spec.bounds.min, None, None, None) {
        return Err(Fault::TooSmall { min: bound_of(spec, spec.bounds.min.unwrap_or(i64::MIN)) });
    }
    if !number.validate_range(None, spec.bounds.max, None, None) {
        return Err(Fault::TooLarge { max: bound_of(spec, spec.bounds.max.unwrap_or(i64::MAX)) });
    }
    Ok(wrap(read))
}

fn local_time(text: &str) -> Result<Value, Fault> {
    let read = ["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M"].iter().find_map(|form| NaiveDateTime::parse_from_str(text, form).ok());
    read.map(|time| Value::Text(time.format("%Y-%m-%dT%H:%M").to_string())).ok_or(Fault::NotADateAndTime)
}

fn codes(text: &str, spec: &FieldSpec) -> Result<Value, Fault> {
    let mut codes: Vec<String> = text.split([';', ',', '\n']).map(str::trim).filter(|code| !code.is_empty()).map(str::to_owned).collect();
    codes.sort();
    codes.dedup();
    if !spec.choices.is_empty() && codes.iter().any(|code| !spec.choices.iter().any(|choice| choice == code)) {
        return Err(Fault::NotAChoice);
    }
    let max = spec.bounds.max.unwrap_or(i64::MAX);
    if !codes.validate_length(None, u64::try_from(max).ok(), None) {
        return Err(Fault::TooMany { max });
    }
    Ok(Value::Codes(codes))
}

/// Whether mail could reach this address: one `@`, a dotted domain, no spaces, quotes or control characters. Our own rule, because
/// the library's costs 130 KB in the browser.
pub fn email_is_plausible(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let plain = |c: char| {
        !c.is_whitespace() && !c.is_control() && !matches!(c, '@' | '<' | '>' | '(' | ')' | ',' | ';' | ':' | '"' | '\\' | '[' | ']')
    };
    let labels_hold = domain.split('.').all(|label| {
        !label.is_empty()
            && label.len() <= 63
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    });
    text.len() <= EMAIL_CHARACTERS_MAX
        && !local.is_empty()
        && local.len() <= 64
        && local.chars().all(plain)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && domain.contains('.')
        && labels_hold
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_that_mail_could_reach_pass_and_others_do_not() {
        for good in ["a@b.co", "first.last+tag@sub.example.org", "o'neil@example.com"] {
            assert!(email_is_plausible(good), "{good}");
        }
        for bad in
            ["", "a", "a@b", "@b.co", "a@@b.co", "a b@c.de", "a@b..co", "a@-b.co", "x\r\nBcc: y@z.co", "\"a\"@b.co", ".a@b.co", "<a@b.co>"]
        {
            assert!(!email_is_plausible(bad), "{bad}");
        }
    }
}
