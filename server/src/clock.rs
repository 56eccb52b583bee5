//! The one clock: system time, or in a rehearsal the instant that stands in a file.

use std::{
    fmt, fs, io,
    path::{Path, PathBuf},
    sync::{Mutex, PoisonError},
    time::{SystemTime, UNIX_EPOCH},
};

use offer::moment::Moment;

/// Tells the time. Every other part of the server asks it and nobody else.
#[derive(Debug)]
pub(crate) enum Clock {
    /// The system's clock.
    System,
    /// The RFC 3339 instant in a file, read at each call.
    Rehearsal {
        /// The file.
        file: PathBuf,
        /// What it said last: a file that is just being written still says that.
        last: Mutex<Moment>,
    },
}

/// Why there is no rehearsal.
#[derive(Debug)]
pub(crate) enum ClockFault {
    /// The file cannot be read.
    File(PathBuf, io::Error),
    /// The file holds no RFC 3339 instant.
    NotAnInstant(PathBuf),
}

impl fmt::Display for ClockFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path, error) => write!(f, "{}: {error}", path.display()),
            Self::NotAnInstant(path) => write!(f, "{}: not an RFC 3339 instant", path.display()),
        }
    }
}

impl std::error::Error for ClockFault {}

impl Clock {
    /// The clock of a rehearsal.
    ///
    /// # Errors
    /// [`ClockFault`] when the file says no instant now.
    pub(crate) fn rehearsal(file: &Path) -> Result<Self, ClockFault> {
        let text = fs::read_to_string(file).map_err(|error| ClockFault::File(file.to_owned(), error))?;
        let last = Moment::parse(text.trim()).ok_or_else(|| ClockFault::NotAnInstant(file.to_owned()))?;
        Ok(Self::Rehearsal { file: file.to_owned(), last: Mutex::new(last) })
    }

    /// Now, in UTC and to the microsecond.
    pub(crate) fn now(&self) -> Moment {
        match self {
            Self::System => system_now(),
            Self::Rehearsal { file, last } => {
                let mut last = last.lock().unwrap_or_else(PoisonError::into_inner);
                if let Some(said) = fs::read_to_string(file).ok().and_then(|text| Moment::parse(text.trim())) {
                    *last = said;
                }
                *last
            }
        }
    }

    /// Whether this is a rehearsal: a banner says so on every page.
    pub(crate) const fn is_rehearsal(&self) -> bool {
        matches!(self, Self::Rehearsal { .. })
    }
}

/// A system clock before 1970 or beyond the calendar is a fault of the machine; it reads as 1970, which no decision takes for today.
fn system_now() -> Moment {
    let micros = SystemTime::now().duration_since(UNIX_EPOCH).ok().and_then(|passed| i64::try_from(passed.as_micros()).ok());
    micros.and_then(Moment::from_micros).unwrap_or_else(|| Moment::new(chrono::DateTime::UNIX_EPOCH))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rehearsal_says_what_its_file_says_and_keeps_it_while_the_file_is_being_written() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("clock");
        assert!(Clock::rehearsal(&file).is_err());
        fs::write(&file, "2026-11-20T15:00:00Z\n").unwrap();
        let clock = Clock::rehearsal(&file).unwrap();
        assert_eq!(clock.now(), Moment::parse("2026-11-20T15:00:00Z").unwrap());
        fs::write(&file, "").unwrap();
        assert_eq!(clock.now(), Moment::parse("2026-11-20T15:00:00Z").unwrap());
        fs::write(&file, "2026-12-24T18:00:00Z").unwrap();
        assert_eq!(clock.now(), Moment::parse("2026-12-24T18:00:00Z").unwrap());
    }
}
