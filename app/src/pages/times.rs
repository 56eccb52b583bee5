//! Instants as a viewer reads them: in the viewer's zone, by the server's clock tables.

use offer::moment::Moment;

use crate::desk::SharedDesk;
use crate::words::en::date;

/// Instants in one zone.
#[derive(Clone)]
pub struct Times {
    desk: SharedDesk,
    zone: String,
}

impl std::fmt::Debug for Times {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Times").field("zone", &self.zone).finish_non_exhaustive()
    }
}

impl Times {
    /// Instants in an IANA zone.
    pub fn new(desk: SharedDesk, zone: &str) -> Self {
        Self { desk, zone: zone.to_owned() }
    }

    /// The zone's IANA name.
    pub fn zone(&self) -> &str {
        &self.zone
    }

    /// `January 11, 2027, 3:00 PM EST`.
    pub fn full(&self, at: Moment) -> String {
        let local = self.desk.local(at, &self.zone);
        date::instant(local.time, &local.zone)
    }

    /// Near instants by their weekday: `Tuesday 3:00 PM`; others by their date: `January 11, 3:00 PM`. What is still to come is told with its
    /// zone, for people plan by it: `Tuesday 3:00 PM EST`.
    pub fn near(&self, at: Moment, now: Moment) -> String {
        let (local, today) = (self.desk.local(at, &self.zone), self.desk.local(now, &self.zone).time);
        let near = date::near(local.time, today);
        if at > now { format!("{near} {}", local.zone) } else { near }
    }

    /// The day of something that is reckoned and not known to the hour: `today`, `on Tuesday`, `on January 11`.
    pub fn near_day(&self, at: Moment, now: Moment) -> String {
        let day = |at| self.desk.local(at, &self.zone).time.date();
        date::near_day(day(at), day(now))
    }

    /// Date and time as a `datetime-local` box holds them.
    pub fn typed(&self, at: Moment) -> String {
        self.desk.local(at, &self.zone).time.format("%Y-%m-%dT%H:%M").to_string()
    }
}
