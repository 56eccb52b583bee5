//! How much, how long and how often: what each kind of route takes. Beyond it the answer says so, as a page or as a line of text.

use std::time::Duration;

use app::desk::{Browser, Viewer};
use axum::{
    extract::{MatchedPath, Request},
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use offer::{ledger::Digest, moment::Moment};

use crate::{
    clock::Clock,
    identity::{Throttle, network},
    security_log::{self, What, Who},
};

/// The longest address with its query, in bytes.
pub(super) const ADDRESS_BYTES_MAX: usize = 8 * 1024;
/// The largest form; only files to import are larger.
pub(super) const BODY_BYTES_MAX: usize = 256 * 1024;
/// Files to import are read so far, to be able to say that they are too large.
pub(super) const FILES_BYTES_READ_MAX: usize = 64 * 1024 * 1024;
/// How long an answer may take.
pub(super) const PATIENCE: Duration = Duration::from_secs(30);
/// How long files may be on their way.
pub(super) const PATIENCE_WITH_FILES: Duration = Duration::from_secs(300);

/// Forms in a minute of somebody who is signed in.
pub(super) const FORMS_MAX: u32 = 3_000;
/// Forms in a minute of everybody behind one network who is not.
pub(super) const FORMS_OF_STRANGERS_MAX: u32 = 3_000;
/// Uploads in a minute.
pub(super) const UPLOADS_MAX: u32 = 120;
const MINUTE: i64 = 60;

/// How often a kind of route may be asked to change something.
#[derive(Debug)]
pub(super) struct Rate {
    of_the_signed_in: Throttle,
    of_strangers: Throttle,
}

impl Rate {
    /// That of forms.
    pub(super) fn of_forms() -> Self {
        Self { of_the_signed_in: Throttle::new(FORMS_MAX, MINUTE), of_strangers: Throttle::new(FORMS_OF_STRANGERS_MAX, MINUTE) }
    }

    /// That of files.
    pub(super) fn of_files() -> Self {
        Self { of_the_signed_in: Throttle::new(UPLOADS_MAX, MINUTE), of_strangers: Throttle::new(UPLOADS_MAX, MINUTE) }
    }

    /// Counts one, or says in how many seconds another one is taken.
    fn take(&self, viewer: &Viewer, browser: &Browser, now: Moment) -> Result<(), i64> {
        let (throttle, key) = match viewer {
            Viewer::Nobody => (&self.of_strangers, network(&browser.address)),
            _ => (&self.of_the_signed_in, Digest::of(browser.session.as_bytes()).to_string()),
        };
        match throttle.wait_seconds(&key, now) {
            Some(seconds) => Err(seconds),
            None => {
                throttle.count(&key, now);
                Ok(())
            }
        }
    }
}

/// Counts a request; the answer to whoever asks for too much in a minute: 429. Reading is not counted: it changes nothing, and a proxy knows
/// better how much it bears.
pub(super) fn too_often(request: &Request, rate: &Rate) -> Option<Response> {
    if !request.method().is_safe()
        && let (Some(viewer), Some(browser)) = (request.extensions().get::<Viewer>(), request.extensions().get::<Browser>())
        // a rehearsal's clock may stand still
        && let Err(seconds) = rate.take(viewer, browser, Clock::System.now())
    {
        let route = request.extensions().get::<MatchedPath>().map_or("-", MatchedPath::as_str);
        security_log::refused(What::Throttled, Who::Network(&network(&browser.address)), route);
        return Some(come_back_in(seconds));
    }
    None
}

/// Too much at once: when to come back.
pub(super) fn come_back_in(seconds: i64) -> Response {
    (StatusCode::TOO_MANY_REQUESTS, [(header::RETRY_AFTER, HeaderValue::from(seconds))]).into_response()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn browser(session: &str, address: &str) -> Browser {
        Browser { session: session.to_owned(), address: address.to_owned(), ..Browser::default() }
    }

    #[test]
    fn strangers_are_counted_by_their_network_and_say_when_to_come_back() {
        let (rate, now) = (Rate::of_files(), Clock::System.now());
        for n in 0..UPLOADS_MAX {
            assert_eq!(rate.take(&Viewer::Nobody, &browser(&n.to_string(), "192.0.2.1"), now), Ok(()));
        }
        let later = now.plus_seconds(20);
        assert_eq!(rate.take(&Viewer::Nobody, &browser("another", "192.0.2.1"), later), Err(40));
        assert_eq!(rate.take(&Viewer::Nobody, &browser("another", "192.0.2.2"), later), Ok(()));
        assert_eq!(rate.take(&Viewer::Nobody, &browser("another", "192.0.2.1"), now.plus_seconds(60)), Ok(()));
    }

    #[test]
    fn the_guide_says_what_is_taken() {
        let guide = include_str!("../../../docs/security.md");
        for figure in [
            format!("{} KB", ADDRESS_BYTES_MAX / 1024),
            format!("{} KB", BODY_BYTES_MAX / 1024),
            format!("{} MB", crate::exchange::UPLOAD_BYTES_MAX / (1024 * 1024)),
            format!("{} seconds", PATIENCE.as_secs()),
            format!("{} minutes", PATIENCE_WITH_FILES.as_secs() / 60),
            format!("{FORMS_MAX} in a minute"),
            format!("{FORMS_OF_STRANGERS_MAX} in a minute"),
            format!("{UPLOADS_MAX} in a minute"),
        ] {
            assert!(guide.contains(&figure), "docs/security.md does not say {figure}");
        }
    }
}
