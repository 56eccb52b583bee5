//! Named zones: local times become instants, and the firm's working time becomes intervals in UTC.

use chrono::{Datelike, Days, Duration, MappedLocalTime, NaiveDate, NaiveDateTime, NaiveTime, TimeZone, Weekday};
use chrono_tz::Tz;
use offer::{lifecycle::WorkingHours, moment::Moment, playbook::WorkingTime};

/// How far ahead working hours are known; beyond that plain time counts.
const DAYS_AHEAD: u64 = 60;
/// The longest hole that a change of clocks makes, in minutes: a day, where the date line was crossed.
const HOLE_MINUTES_MAX: i64 = 24 * 60;

/// A zone by its IANA name.
pub(crate) fn zone(name: &str) -> Option<Tz> {
    name.parse().ok()
}

/// The earliest instant at which clocks of the zone show this time, or, where they skip it, the first instant after the hole.
pub(crate) fn instant(local: NaiveDateTime, zone: Tz) -> Option<Moment> {
    (0..=HOLE_MINUTES_MAX).find_map(|minutes| {
        // in a hole the minutes after it are tried until the clocks run again
        let local = local.checked_add_signed(Duration::minutes(minutes))?;
        match zone.from_local_datetime(&local) {
            MappedLocalTime::Single(at) | MappedLocalTime::Ambiguous(at, _) => Some(Moment::new(at.to_utc())),
            MappedLocalTime::None => None,
        }
    })
}

/// What clocks of a zone show at an instant.
pub(crate) fn local(at: Moment, zone: Tz) -> NaiveDateTime {
    at.instant().with_timezone(&zone).naive_local()
}

/// Reads a local date and time as the intake writes it.
pub(crate) fn read_local(text: &str) -> Option<NaiveDateTime> {
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M").ok()
}

/// The working time from the day of `now` on. A playbook whose zone or hours do not read has none, and plain time counts.
pub(crate) fn working_hours(working_time: &WorkingTime, now: Moment) -> WorkingHours {
    WorkingHours { intervals: intervals(working_time, now).unwrap_or_default() }
}

fn intervals(working_time: &WorkingTime, now: Moment) -> Option<Vec<(Moment, Moment)>> {
    let zone = zone(&working_time.zone)?;
    let (opens, closes) = (time(&working_time.opens)?, time(&working_time.closes)?);
    let today = local(now, zone).date();
    let works = |day: &NaiveDate| is_working_day(working_time, *day);
    let all_days = (0..DAYS_AHEAD).filter_map(|ahead| today.checked_add_days(Days::new(ahead)));
    let hours = |day: NaiveDate| Some((instant(day.and_time(opens), zone)?, instant(day.and_time(closes), zone)?));
    Some(all_days.filter(works).filter_map(hours).filter(|(opens, closes)| opens < closes).collect())
}

/// The first day of work from a day on; that day itself where the playbook has none ahead.
pub(crate) fn working_day_from(working_time: &WorkingTime, day: NaiveDate) -> NaiveDate {
    let ahead = (0..DAYS_AHEAD).filter_map(|ahead| day.checked_add_days(Days::new(ahead)));
    ahead.into_iter().find(|day| is_working_day(working_time, *day)).unwrap_or(day)
}

fn is_working_day(working_time: &WorkingTime, day: NaiveDate) -> bool {
    working_time.days.iter().any(|known| known == code(day.weekday())) && !working_time.holidays.contains(&day)
}

fn time(text: &str) -> Option<NaiveTime> {
    NaiveTime::parse_from_str(text, "%H:%M").ok()
}

const fn code(day: Weekday) -> &'static str {
    match day {
        Weekday::Mon => "mon",
        Weekday::Tue => "tue",
        Weekday::Wed => "wed",
        Weekday::Thu => "thu",
        Weekday::Fri => "fri",
        Weekday::Sat => "sat",
        Weekday::Sun => "sun",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::parse(text).unwrap()
    }

    fn of(local: &str, name: &str) -> Moment {
        instant(read_local(local).unwrap(), zone(name).unwrap()).unwrap()
    }

    #[test]
    fn a_local_time_is_the_instant_at_which_clocks_there_show_it() {
        assert_eq!(of("2026-12-18T17:00", "America/Los_Angeles"), at("2026-12-19T01:00:00Z"));
        assert_eq!(of("2026-07-01T17:00", "America/Phoenix"), at("2026-07-02T00:00:00Z"));
    }

    #[test]
    fn a_time_that_clocks_show_twice_is_the_first_and_one_that_they_skip_is_the_end_of_the_hole() {
        assert_eq!(of("2026-11-01T01:30", "America/New_York"), at("2026-11-01T05:30:00Z"));
        assert_eq!(of("2027-03-14T02:30", "America/New_York"), at("2027-03-14T07:00:00Z"));
    }

    #[test]
    fn a_day_to_answer_by_is_a_day_of_work() {
        let time = WorkingTime {
            zone: "America/Chicago".into(),
            opens: "09:00".into(),
            closes: "17:00".into(),
            days: ["mon", "tue", "wed", "thu", "fri"].map(str::to_owned).to_vec(),
            holidays: vec!["2026-11-26".parse().unwrap()],
        };
        let from = |day: &str| working_day_from(&time, day.parse().unwrap()).to_string();
        assert_eq!([from("2026-11-25"), from("2026-11-26"), from("2026-11-28")], ["2026-11-25", "2026-11-27", "2026-11-30"]);
        let never = WorkingTime { days: Vec::new(), ..time.clone() };
        assert_eq!(working_day_from(&never, "2026-11-28".parse().unwrap()).to_string(), "2026-11-28");
    }

    #[test]
    fn working_hours_leave_out_weekends_and_holidays_and_follow_the_clocks() {
        let working_time = WorkingTime {
            zone: "America/Chicago".into(),
            opens: "09:00".into(),
            closes: "17:00".into(),
            days: ["mon", "tue", "wed", "thu", "fri"].map(str::to_owned).to_vec(),
            holidays: vec!["2026-11-26".parse().unwrap()],
        };
        let hours = working_hours(&working_time, at("2026-11-25T20:00:00Z"));
        // 3 hours on Wednesday, none on Thanksgiving, the rest on Friday
        assert_eq!(hours.after(at("2026-11-25T20:00:00Z"), 8 * 3600), at("2026-11-27T20:00:00Z"));
        let in_march = working_hours(&working_time, at("2027-03-12T16:00:00Z"));
        assert_eq!(in_march.intervals[0].0, at("2027-03-12T15:00:00Z"));
        assert_eq!(in_march.intervals[1].0, at("2027-03-15T14:00:00Z"));
    }
}
