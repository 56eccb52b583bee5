//! Dates of whole files: the days off of a calendar, and the demo's data moved to today.

use chrono::{Days, NaiveDate};
#[cfg(test)]
use offer::import::{ImportFault, ImportProblem};
#[cfg(test)]
use offer::intake;
use offer::moment::Day;

use super::cells::Faults;
use super::sheet::{self, SourceFile};

/// How long a date is as written, `2027-01-31`.
const DATE_BYTES: usize = 10;
/// How far ahead the first start of the demo lies.
const FIRST_START_AHEAD: Days = Days::new(7 * 7);

/// The days off of a calendar file, by its `date` column; for `working-time.holidays` of a playbook.
///
/// # Errors
/// Every line that is not a date.
#[cfg(test)]
pub(super) fn holidays(file: &SourceFile) -> Result<Vec<Day>, Vec<ImportProblem>> {
    let mut faults = Faults::default();
    let mut days = Vec::new();
    for row in sheet::rows(file, &["date"], &mut faults) {
        match row.text("date").map(date) {
            Some(Some(day)) => days.push(day),
            Some(None) => faults.at(&row, "date", ImportFault::Value { value: intake::Fault::NotADate }),
            None => faults.at(&row, "date", ImportFault::Empty),
        }
    }
    days.sort_unstable();
    days.dedup();
    if faults.stop() { Err(faults.into_problems()) } else { Ok(days) }
}

/// The same file with every cell that is a date moved by whole weeks, so that weekdays stay.
pub(crate) fn moved_by_weeks(csv: &str, weeks: i64) -> String {
    let is_edge = |byte: Option<&u8>| byte.is_none_or(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r'));
    let bytes = csv.as_bytes();
    let mut moved = String::with_capacity(csv.len());
    let mut kept_to = 0;
    let mut at = 0;
    while let Some(cell) = bytes.get(at..at + DATE_BYTES) {
        let alone = is_edge(at.checked_sub(1).and_then(|before| bytes.get(before))) && is_edge(bytes.get(at + DATE_BYTES));
        let day = if alone { std::str::from_utf8(cell).ok().and_then(date) } else { None };
        if let Some(day) = day {
            moved.push_str(csv.get(kept_to..at).unwrap_or_default());
            moved.push_str(&by_weeks(day, weeks).to_string());
            at += DATE_BYTES;
            kept_to = at;
        } else {
            at += 1;
        }
    }
    moved.push_str(csv.get(kept_to..).unwrap_or_default());
    moved
}

/// By how many whole weeks openings must move so that the first start lies seven weeks ahead of a day, or up to six days more.
pub(crate) fn weeks_until_ahead(requisitions: &SourceFile, today: Day) -> i64 {
    let mut unread = Faults::default();
    let starts = sheet::rows(requisitions, &["target_start"], &mut unread);
    let first = starts.iter().filter_map(|row| row.text("target_start").and_then(date)).min();
    match (first, today.checked_add_days(FIRST_START_AHEAD)) {
        (Some(first), Some(wanted)) => {
            let days = (wanted - first).num_days();
            days.div_euclid(7) + i64::from(days.rem_euclid(7) > 0)
        }
        _ => 0,
    }
}

/// Reads `2027-01-31` and nothing shorter.
pub(super) fn date(text: &str) -> Option<Day> {
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|_| text.len() == DATE_BYTES)
}

fn by_weeks(day: Day, weeks: i64) -> Day {
    let days = Days::new(weeks.unsigned_abs().saturating_mul(7));
    let moved = if weeks < 0 { day.checked_sub_days(days) } else { day.checked_add_days(days) };
    moved.unwrap_or(day)
}
