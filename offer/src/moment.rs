//! Instants and days: UTC to the microsecond, and plain calendar dates.

use chrono::{DateTime, Duration, NaiveDate, SecondsFormat, SubsecRound, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

/// A calendar date without a zone, such as a start date.
pub type Day = NaiveDate;

/// An instant in UTC, cut to microseconds when made, so that both stores keep it exactly.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Moment(DateTime<Utc>);

impl Moment {
    /// Takes an instant and cuts it to microseconds.
    pub fn new(instant: DateTime<Utc>) -> Self {
        Self(instant.trunc_subsecs(6))
    }

    /// The instant that lies `micros` microseconds after 1970-01-01T00:00:00Z; `None` beyond the calendar.
    pub fn from_micros(micros: i64) -> Option<Self> {
        DateTime::from_timestamp_micros(micros).map(Self)
    }

    /// Microseconds since 1970-01-01T00:00:00Z, the form of every time column.
    pub fn micros(self) -> i64 {
        self.0.timestamp_micros()
    }

    /// Reads RFC 3339.
    pub fn parse(text: &str) -> Option<Self> {
        DateTime::parse_from_rfc3339(text).ok().map(|instant| Self::new(instant.with_timezone(&Utc)))
    }

    /// The underlying chrono instant.
    pub fn instant(self) -> DateTime<Utc> {
        self.0
    }

    /// The calendar date in UTC.
    pub fn day(self) -> Day {
        self.0.date_naive()
    }

    /// This instant moved by whole seconds; stays put where the calendar ends.
    #[must_use]
    pub fn plus_seconds(self, seconds: i64) -> Self {
        Duration::try_seconds(seconds).and_then(|span| self.0.checked_add_signed(span)).map_or(self, Self)
    }

    /// Whole seconds from `earlier` to this instant; negative when this one is earlier.
    pub fn seconds_since(self, earlier: Self) -> i64 {
        (self.0 - earlier.0).num_seconds()
    }
}

impl std::fmt::Display for Moment {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(&self.0.to_rfc3339_opts(SecondsFormat::Micros, true))
    }
}

impl Serialize for Moment {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Moment {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).ok_or_else(|| de::Error::custom("not an RFC 3339 instant"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_cut_to_microseconds_and_prints_six_decimals() {
        let moment = Moment::parse("2026-11-20T16:40:51.123456789+01:00").unwrap();
        assert_eq!(moment.to_string(), "2026-11-20T15:40:51.123456Z");
        assert_eq!(Moment::from_micros(moment.micros()), Some(moment));
    }
}
