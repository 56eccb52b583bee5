//! When people of the demo firm are at work, and its candidates awake: reckoned backwards from today, so that a story ends when it shall.

use chrono::NaiveTime;
use offer::{moment::Moment, playbook::WorkingTime};

use super::story::Hours;
use crate::desk::zones;

/// How far back hours are known, in days; beyond that plain time counts.
const DAYS_BACK: i64 = 240;
const DAY_SECONDS: i64 = 24 * 3600;
/// How many days one look at the working time covers.
const LOOK_DAYS: i64 = 30;
/// A letter that is accepted by five expires a moment later.
const CLOSING_SECONDS: i64 = 20;

/// The hours of the last months.
#[derive(Debug)]
pub(super) struct Calendar {
    work: Vec<(Moment, Moment)>,
    awake: Vec<(Moment, Moment)>,
    zone: chrono_tz::Tz,
}

impl Calendar {
    /// The hours before now, by the firm's working time.
    pub(super) fn of(working_time: &WorkingTime, now: Moment) -> Self {
        let awake = WorkingTime {
            zone: working_time.zone.clone(),
            opens: "08:00".to_owned(),
            closes: "21:30".to_owned(),
            days: ["mon", "tue", "wed", "thu", "fri", "sat", "sun"].map(str::to_owned).to_vec(),
            holidays: Vec::new(),
        };
        let zone = zones::zone(&working_time.zone).unwrap_or(chrono_tz::Tz::UTC);
        Self { work: back_from(working_time, now), awake: back_from(&awake, now), zone }
    }

    /// The instant so many seconds of these hours before another, itself within these hours.
    pub(super) fn before(&self, hours: Hours, instant: Moment, seconds: i64) -> Moment {
        match hours {
            Hours::Work => before(&self.work, instant, seconds),
            Hours::Awake => before(&self.awake, instant, seconds),
            Hours::Closing => self.closing_before(before(&self.work, instant, seconds)),
        }
    }

    /// The last five in the afternoon before an instant, where the firm is.
    fn closing_before(&self, instant: Moment) -> Moment {
        let five = NaiveTime::from_hms_opt(17, 0, 0).unwrap_or_default();
        let of_day = |instant: Moment| zones::instant(zones::local(instant, self.zone).date().and_time(five), self.zone);
        let closing = of_day(instant).filter(|closing| *closing < instant).or_else(|| of_day(instant.plus_seconds(-DAY_SECONDS)));
        closing.unwrap_or(instant).plus_seconds(CLOSING_SECONDS)
    }
}

fn back_from(working_time: &WorkingTime, now: Moment) -> Vec<(Moment, Moment)> {
    let mut intervals: Vec<(Moment, Moment)> = (0..=DAYS_BACK / LOOK_DAYS)
        .map(|look| now.plus_seconds((look * LOOK_DAYS - DAYS_BACK) * DAY_SECONDS))
        .flat_map(|from| zones::working_hours(working_time, from).intervals)
        .filter(|(opens, _)| *opens < now)
        .collect();
    intervals.sort_unstable();
    intervals.dedup();
    intervals
}

/// The instant so many seconds of these intervals before another.
fn before(intervals: &[(Moment, Moment)], instant: Moment, seconds: i64) -> Moment {
    let mut left = seconds;
    let mut first = instant;
    for (opens, closes) in intervals.iter().rev().filter(|(opens, _)| *opens < instant) {
        let until = (*closes).min(instant);
        let span = until.seconds_since(*opens);
        if left < span {
            return until.plus_seconds(-left);
        }
        left -= span;
        first = *opens;
    }
    first.plus_seconds(-left)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::parse(text).unwrap()
    }

    /// Monday to Friday from nine to five in Chicago, but for Thanksgiving; now is the Monday after it, at noon.
    fn calendar() -> Calendar {
        let working_time = WorkingTime {
            zone: "America/Chicago".into(),
            opens: "09:00".into(),
            closes: "17:00".into(),
            days: ["mon", "tue", "wed", "thu", "fri"].map(str::to_owned).to_vec(),
            holidays: vec!["2026-11-26".parse().unwrap()],
        };
        Calendar::of(&working_time, at("2026-11-30T18:00:00Z"))
    }

    #[test]
    fn hours_of_work_are_counted_back_over_the_weekend_and_the_holiday() {
        let now = at("2026-11-30T18:00:00Z");
        assert_eq!(calendar().before(Hours::Work, now, 2 * 3600), at("2026-11-30T16:00:00Z"));
        assert_eq!(calendar().before(Hours::Work, now, 4 * 3600), at("2026-11-27T22:00:00Z"), "an hour of Friday");
        assert_eq!(calendar().before(Hours::Work, now, 12 * 3600), at("2026-11-25T22:00:00Z"), "an hour of Wednesday");
    }

    #[test]
    fn whatever_is_asked_for_lies_within_its_hours() {
        let saturday_night = at("2026-11-29T05:00:00Z");
        assert_eq!(calendar().before(Hours::Work, saturday_night, 0), at("2026-11-27T23:00:00Z"));
        assert_eq!(calendar().before(Hours::Awake, saturday_night, 0), at("2026-11-29T03:30:00Z"));
        assert_eq!(calendar().before(Hours::Closing, saturday_night, 0), at("2026-11-26T23:00:20Z"), "a letter expires on a holiday too");
    }
}
