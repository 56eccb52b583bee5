//! Reads the boxes that only forms have. Fields of the record are read by the model, at the desk.

use offer::check::FactKind;
use offer::field::{FieldKey, Gate};
use offer::intake::{Fault, Problem};
use offer::lifecycle::ExceptionReasons;
use offer::moment::Day;
use offer::terms::Entries;
use std::collections::BTreeMap;

use crate::desk::Answer;

/// What a box reads as, or the answer that sends the form back.
pub type Read<T> = Result<T, Answer<()>>;

/// A problem with one box.
pub fn problem(name: &'static str, fault: Fault) -> Answer<()> {
    Answer::Problems(vec![Problem { field: FieldKey::named(name), fault }])
}

/// The version that was read. It stands hidden in the form, so anything else is a form of somebody's own.
pub fn version(typed: &str) -> Read<u32> {
    typed.parse().map_err(|_| Answer::NotFound)
}

/// A day.
pub fn day(name: &'static str, typed: &str) -> Read<Day> {
    some_day(name, typed)?.ok_or_else(|| problem(name, Fault::Missing { gate: Gate::Never }))
}

/// A day that may be left out.
pub fn some_day(name: &'static str, typed: &str) -> Read<Option<Day>> {
    let typed = typed.trim();
    if typed.is_empty() {
        return Ok(None);
    }
    Day::parse_from_str(typed, "%Y-%m-%d").map(Some).map_err(|_| problem(name, Fault::NotADate))
}

/// One of the model's codes.
pub fn choice<T>(name: &'static str, typed: &str, parse: impl Fn(&str) -> Option<T>) -> Read<T> {
    some_choice(name, typed, parse)?.ok_or_else(|| problem(name, Fault::Missing { gate: Gate::Never }))
}

/// One of the model's codes, or none.
pub fn some_choice<T>(name: &'static str, typed: &str, parse: impl Fn(&str) -> Option<T>) -> Read<Option<T>> {
    if typed.is_empty() { Ok(None) } else { parse(typed).map(Some).ok_or_else(|| problem(name, Fault::NotAChoice)) }
}

/// An id that stands hidden in the form.
pub fn id<T>(typed: &str, parse: impl Fn(&str) -> Option<T>) -> Read<T> {
    parse(typed).ok_or(Answer::NotFound)
}

/// Fields as typed, without those that were left open.
pub fn entries(typed: BTreeMap<String, String>) -> Entries {
    typed.into_iter().filter(|(_, text)| !text.trim().is_empty()).map(|(key, text)| (FieldKey::new(key), text)).collect()
}

/// Why findings go ahead, one text for a finding: `reasons[above_band;pay.base]`.
pub fn reasons(typed: &BTreeMap<String, String>) -> ExceptionReasons {
    typed
        .iter()
        .filter(|(_, reason)| !reason.trim().is_empty())
        .filter_map(|(name, reason)| {
            let (kind, field) = name.split_once(';')?;
            Some((FactKind::parse(kind)?, FieldKey::new(field), reason.clone()))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use offer::field::PAY_BASE;

    fn map<const N: usize>(pairs: [(&str, &str); N]) -> BTreeMap<String, String> {
        pairs.into_iter().map(|(key, value)| (key.to_owned(), value.to_owned())).collect()
    }

    #[test]
    fn a_reason_belongs_to_its_finding_and_an_empty_one_is_none() {
        let read = reasons(&map([("above_band;pay.base", "Rare skill"), ("over_budget;pay.base", " "), ("nonsense", "x")]));
        assert_eq!(read, [(FactKind::AboveBand, PAY_BASE, "Rare skill".to_owned())]);
    }

    #[test]
    fn a_day_of_no_calendar_is_a_problem_beside_its_box() {
        assert_eq!(day("day", "2027-02-30"), Err(problem("day", Fault::NotADate)));
        assert_eq!(day("day", ""), Err(problem("day", Fault::Missing { gate: Gate::Never })));
    }
}
