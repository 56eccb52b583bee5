//! From sixty stories to one order of things: when each happens, reckoned back from how long ago its last thing did.

use std::collections::BTreeMap;

use offer::{
    ledger::Digest,
    moment::{Day, Moment},
};

use super::{
    calendar::Calendar,
    cast::{Ago, Part},
    story::{Beat, Deed, Hours, Until},
};

/// The seed: another one gives the same offers other days.
const SEED: &str = "harbor and pine";
const DAY_SECONDS: i64 = 24 * 3600;
/// People begin to work at this hour of UTC, more or less.
const FIRST_HOUR_SECONDS: i64 = 15 * 3600;
/// An accept-by lies this much before the instant at which it is acted on.
const CLOSING_SECONDS: i64 = 20;

/// One thing at its instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Act {
    /// When.
    pub(super) at: Moment,
    /// Which of the cast.
    pub(super) part: usize,
    /// Which beat of its story.
    pub(super) beat: usize,
    /// What.
    pub(super) deed: Deed,
    /// For a letter that will expire: until when it may be accepted.
    pub(super) expires: Option<Moment>,
}

/// Everything that happens, in order. `starts` are the first days of the openings.
pub(super) fn acts(cast: &[Part], starts: &BTreeMap<String, Day>, calendar: &Calendar, now: Moment) -> Vec<Act> {
    let mut acts: Vec<Act> =
        cast.iter().enumerate().flat_map(|(index, part)| acts_of(index, part, starts.get(part.opening).copied(), calendar, now)).collect();
    acts.sort_by_key(|act| (act.at, act.part, act.beat));
    acts
}

fn acts_of(index: usize, part: &Part, start: Option<Day>, calendar: &Calendar, now: Moment) -> Vec<Act> {
    let beats: Vec<&Beat> = part.story.iter().flat_map(|chapter| chapter.iter()).collect();
    let mut at = end_of(part, start, calendar, now);
    let mut acts = Vec::with_capacity(beats.len());
    let mut expires = None;
    for (place, beat) in beats.iter().enumerate().rev() {
        at = calendar.before(beat.deed.hours(), at, 0);
        if beat.deed == Deed::Expire {
            expires = Some(at.plus_seconds(-CLOSING_SECONDS));
        }
        // the letter before it in the story is the one that expires
        let of_letter = if matches!(beat.deed, Deed::Send(_)) { expires.take() } else { None };
        acts.push(Act { at, part: index, beat: place, deed: beat.deed, expires: of_letter });
        at = calendar.before(beat.deed.hours(), at, waited(part, place, beat));
    }
    acts.reverse();
    acts
}

/// When the last thing of a story happened.
fn end_of(part: &Part, start: Option<Day>, calendar: &Calendar, now: Moment) -> Moment {
    let some_minutes = i64::from(chance(part.name, "end", 50)) * 60 + i64::from(chance(part.name, "seconds", 60));
    let at = match part.ago {
        Ago::Hours(hours) => calendar.before(Hours::Work, now, hours * 3600 + some_minutes),
        Ago::Days(days) => calendar.before(Hours::Work, now.plus_seconds(-days * DAY_SECONDS), some_minutes * 3),
        Ago::OnTheFirstDay => {
            let midnight = start.and_then(|day| day.and_hms_opt(0, 0, 0)).map(|day| Moment::new(day.and_utc()));
            midnight.unwrap_or(now).plus_seconds(FIRST_HOUR_SECONDS + some_minutes)
        }
    };
    at.min(now)
}

/// How long after the thing before it, in seconds: no two people take the same time.
fn waited(part: &Part, place: usize, beat: &Beat) -> i64 {
    let percent = 70 + i64::from(chance(part.name, &place.to_string(), 75));
    beat.minutes * 60 * percent / 100 + i64::from(chance(part.name, &format!("{place} seconds"), 47))
}

/// A number below `below` that follows from the seed, the name and what it is for.
pub(super) fn chance(name: &str, purpose: &str, below: u32) -> u32 {
    let [a, b, c, d, ..] = Digest::of(format!("{SEED}/{name}/{purpose}").as_bytes()).0;
    u32::from_be_bytes([a, b, c, d]) % below.max(1)
}

/// Until when a letter sent at this instant may be accepted; at five, or at the full hour.
pub(super) fn accept_by(act: &Act, until: Until, now: Moment, zone: chrono_tz::Tz) -> chrono::NaiveDateTime {
    use chrono::{Datelike as _, Days, Timelike as _, Weekday};
    let local = |at: Moment| crate::desk::zones::local(at, zone);
    if let Some(expires) = act.expires {
        return local(expires);
    }
    let (from, days) = match until {
        Until::For(days) => (act.at, days),
        Until::Ahead(days) => (now, days),
        Until::AheadHours(hours) => {
            let at = local(now.plus_seconds(hours * 3600));
            return at.date().and_hms_opt(at.hour(), 0, 0).unwrap_or(at);
        }
    };
    let day = local(from.plus_seconds(days * DAY_SECONDS)).date();
    let weekend = match day.weekday() {
        Weekday::Sat => 2,
        Weekday::Sun => 1,
        _ => 0,
    };
    let day = day.checked_add_days(Days::new(weekend)).unwrap_or(day);
    day.and_hms_opt(17, 0, 0).unwrap_or_default()
}
