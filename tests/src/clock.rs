//! The hand on the clock of a rehearsal.

use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};

/// A clock that stands still until a test moves it.
#[derive(Clone, Debug)]
pub struct Clock {
    file: PathBuf,
}

impl Clock {
    /// A clock in `file`, standing at `instant` (RFC 3339).
    pub(crate) fn at(file: &Path, instant: &str) -> Self {
        let clock = Self { file: file.to_owned() };
        clock.set(instant);
        clock
    }

    /// The instant that the house takes for now.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        let text = fs::read_to_string(&self.file).expect("the clock file can be read");
        DateTime::parse_from_rfc3339(text.trim()).expect("the clock file holds an RFC 3339 instant").to_utc()
    }

    /// Moves the clock to `instant` (RFC 3339).
    pub fn set(&self, instant: &str) {
        let instant = DateTime::parse_from_rfc3339(instant).expect("an RFC 3339 instant").to_utc();
        self.write(instant);
    }

    /// Moves the clock forward.
    pub fn advance_hours(&self, hours: i64) {
        self.write(self.now() + TimeDelta::hours(hours));
    }

    /// Written aside and renamed, so that nobody reads half an instant.
    fn write(&self, instant: DateTime<Utc>) {
        let aside = self.file.with_extension("next");
        fs::write(&aside, instant.to_rfc3339_opts(SecondsFormat::Micros, true)).expect("the clock can be written");
        fs::rename(&aside, &self.file).expect("the clock can be set");
    }
}

#[cfg(test)]
mod tests {
    use super::Clock;

    #[test]
    fn a_clock_moves_only_when_it_is_moved() {
        let folder = tempfile::tempdir().expect("a folder");
        let clock = Clock::at(&folder.path().join("clock"), "2026-11-16T15:00:00Z");
        assert_eq!(clock.now().to_rfc3339(), "2026-11-16T15:00:00+00:00");
        clock.advance_hours(30);
        assert_eq!(clock.now().to_rfc3339(), "2026-11-17T21:00:00+00:00");
    }
}
