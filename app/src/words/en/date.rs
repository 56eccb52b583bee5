//! Days, times and spans of time.

use chrono::{NaiveDate, NaiveDateTime, NaiveTime, Timelike};

/// `January 11, 2027`.
pub fn day(day: NaiveDate) -> String {
    offer::packet::print::date(day)
}

/// `3:00 PM`.
pub fn time(time: NaiveTime) -> String {
    let (afternoon, hour) = time.hour12();
    format!("{hour}:{:02} {}", time.minute(), if afternoon { "PM" } else { "AM" })
}

/// `January 11, 2027, 3:00 PM EST`.
pub fn instant(local: NaiveDateTime, zone: &str) -> String {
    format!("{}, {} {zone}", day(local.date()), time(local.time()))
}

/// A local date and time: `January 11, 2027, 3:00 PM`.
pub fn local(local: NaiveDateTime) -> String {
    format!("{}, {}", day(local.date()), time(local.time()))
}

/// A local date and time as it was typed into a box, in words; as it stands when it does not read.
pub fn typed_local(typed: &str) -> String {
    NaiveDateTime::parse_from_str(typed, "%Y-%m-%dT%H:%M").map_or_else(|_| typed.to_owned(), local)
}

/// An instant near today by its weekday, `Tuesday 3:00 PM`; one further away by its date, `January 11, 3:00 PM`.
pub fn near(local: NaiveDateTime, today: NaiveDateTime) -> String {
    let at = time(local.time());
    match (local.date() - today.date()).num_days() {
        0 => format!("today {at}"),
        1 => format!("tomorrow {at}"),
        -1 => format!("yesterday {at}"),
        2..=6 => format!("{} {at}", local.format("%A")),
        _ if local.format("%Y").to_string() == today.format("%Y").to_string() => format!("{} {at}", local.format("%B %-d,")),
        _ => self::local(local),
    }
}

/// A day near today by its weekday: `today`, `on Tuesday`; one further away by its date: `on January 11`.
pub fn near_day(day: NaiveDate, today: NaiveDate) -> String {
    match (day - today).num_days() {
        0 => "today".to_owned(),
        1 => "tomorrow".to_owned(),
        2..=6 => format!("on {}", day.format("%A")),
        _ if day.format("%Y").to_string() == today.format("%Y").to_string() => format!("on {}", day.format("%B %-d")),
        _ => format!("on {}", self::day(day)),
    }
}

/// How long something took: `2 days`, `3 hours`, `20 minutes`, in whole units of the largest that fits; days to the nearest, for from Friday
/// afternoon to Monday morning are three days to whoever reads it.
pub fn span(seconds: i64) -> String {
    let minutes = seconds.max(0) / 60;
    if minutes < 1440 { left(seconds) } else { counted((minutes + 720) / 1440, "day") }
}

/// How long there still is, in the same units and never more than there is.
pub fn left(seconds: i64) -> String {
    let minutes = seconds.max(0) / 60;
    match minutes {
        0 => "less than a minute".to_owned(),
        1..60 => counted(minutes, "minute"),
        60..1440 => counted(minutes / 60, "hour"),
        _ => counted(minutes / 1440, "day"),
    }
}

/// Days with one decimal, for sums: `1.5 days`.
pub fn days(seconds: i64) -> String {
    let tenths = (seconds.max(0) * 10 + 43_200) / 86_400;
    match (tenths / 10, tenths % 10) {
        (1, 0) => "1 day".to_owned(),
        (whole, 0) => format!("{whole} days"),
        (whole, tenth) => format!("{whole}.{tenth} days"),
    }
}

/// The name of an IANA zone of the United States.
pub fn zone(iana: &str) -> String {
    match iana {
        "America/New_York" => "Eastern time",
        "America/Chicago" => "Central time",
        "America/Denver" => "Mountain time",
        "America/Phoenix" => "Arizona time",
        "America/Los_Angeles" => "Pacific time",
        "America/Anchorage" => "Alaska time",
        "Pacific/Honolulu" => "Hawaii time",
        other => other,
    }
    .to_owned()
}

/// In which zone the times of a page are.
pub fn times_in(iana: &str) -> String {
    format!("Times on this page are in {}.", zone(iana))
}

/// `17:00` as `5:00 PM`, for a local time without a date.
pub fn hour(time: NaiveTime) -> String {
    if time.minute() == 0 { time.format("%-I %p").to_string() } else { self::time(time) }
}

fn counted(count: i64, unit: &str) -> String {
    if count == 1 { format!("1 {unit}") } else { format!("{count} {unit}s") }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> NaiveDateTime {
        NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").unwrap()
    }

    #[test]
    fn a_day_is_written_as_americans_write_it() {
        assert_eq!(day(NaiveDate::from_ymd_opt(2027, 1, 11).unwrap()), "January 11, 2027");
        assert_eq!(instant(at("2027-01-11T15:05"), "EST"), "January 11, 2027, 3:05 PM EST");
    }

    #[test]
    fn what_is_near_is_said_by_its_weekday() {
        let today = at("2026-11-20T09:00");
        assert_eq!(near(at("2026-11-20T15:00"), today), "today 3:00 PM");
        assert_eq!(near(at("2026-11-24T15:00"), today), "Tuesday 3:00 PM");
        assert_eq!(near(at("2026-12-18T17:00"), today), "December 18, 5:00 PM");
        assert_eq!(near(at("2027-01-11T08:00"), today), "January 11, 2027, 8:00 AM");
    }

    #[test]
    fn a_span_is_said_in_its_largest_unit() {
        assert_eq!(span(59), "less than a minute");
        assert_eq!(span(3_600), "1 hour");
        assert_eq!(span(2 * 86_400 + 5), "2 days");
        assert_eq!(span(2 * 86_400 + 17 * 3_600), "3 days");
        assert_eq!(left(2 * 86_400 + 17 * 3_600), "2 days");
        assert_eq!(days(129_600), "1.5 days");
    }
}
