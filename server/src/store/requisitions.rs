//! Requisitions, their tally and their seats.

use super::{
    Store, StoreError,
    cell::{Cell, rows},
    query::{Step, queries},
    trouble::{AppendError, Unique},
};

/// `requisition_tally` is one row a requisition: whoever decides about seats or budget carries its version. `seat` has the key that decides
/// the race for the last one. `requisition` is a projection. `counter` gives running numbers.
pub(super) const TABLES: &str = r"
CREATE TABLE requisition_tally (
    firm TEXT NOT NULL,
    requisition TEXT NOT NULL,
    version BIGINT NOT NULL,
    seats BIGINT NOT NULL,
    seats_taken BIGINT NOT NULL,
    committed BIGINT NOT NULL,
    offers_competing BIGINT NOT NULL,
    offers_numbered BIGINT NOT NULL,
    PRIMARY KEY (firm, requisition)
);
CREATE TABLE seat (
    firm TEXT NOT NULL,
    requisition TEXT NOT NULL,
    seat BIGINT NOT NULL,
    offer TEXT NOT NULL,
    PRIMARY KEY (firm, requisition, seat),
    UNIQUE (firm, offer)
);
CREATE TABLE requisition (
    firm TEXT NOT NULL,
    requisition TEXT NOT NULL,
    number TEXT NOT NULL,
    client TEXT,
    team TEXT,
    state TEXT NOT NULL,
    title TEXT NOT NULL,
    summary TEXT NOT NULL,
    PRIMARY KEY (firm, requisition),
    UNIQUE (firm, number)
);
CREATE INDEX requisition_by_state ON requisition (firm, state, number);
CREATE TABLE counter (
    firm TEXT NOT NULL,
    name TEXT NOT NULL,
    value BIGINT NOT NULL,
    PRIMARY KEY (firm, name)
);
";

rows! {
    /// What decisions about seats and budget read, and the version they must carry.
    pub(crate) struct TallyRow {
        /// The requisition's id.
        requisition: text,
        /// Counts every change; 0 before the first.
        version: number,
        /// Seats of the requisition.
        seats: number,
        /// Seats given.
        seats_taken: number,
        /// Committed by all live offers, minor units.
        committed: number,
        /// Live offers that have no seat.
        offers_competing: number,
        /// The running number of its last offer.
        offers_numbered: number,
    }

    /// A seat that is taken.
    pub(crate) struct SeatRow {
        /// The requisition's id.
        requisition: text,
        /// 1 for the first.
        seat: number,
        /// Who sits in it.
        offer: text,
    }

    /// A requisition for lists and prefilling.
    pub(crate) struct RequisitionRow {
        /// The requisition's id.
        requisition: text,
        /// What people see: `REQ-1000`.
        number: text,
        /// The client's key, if there is one.
        client: maybe_text,
        /// The team's key, if there is one.
        team: maybe_text,
        /// Open, filled, closed, as the desk names it.
        state: text,
        /// The job's title.
        title: text,
        /// Everything else the desk shows, as JSON.
        summary: text,
    }
}

queries! {
    TALLY = "SELECT requisition, version, seats, seats_taken, committed, offers_competing, offers_numbered FROM requisition_tally WHERE firm = $1 AND requisition = $2";
    TALLY_START = "INSERT INTO requisition_tally (firm, requisition, version, seats, seats_taken, committed, offers_competing,
        offers_numbered) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (firm, requisition) DO NOTHING";
    TALLY_SET = "UPDATE requisition_tally SET version = $3, seats = $4, seats_taken = $5, committed = $6, offers_competing = $7,
        offers_numbered = $8 WHERE firm = $1 AND requisition = $2 AND version = $3 - 1";
    SEATS = "SELECT requisition, seat, offer FROM seat WHERE firm = $1 AND requisition = $2 ORDER BY seat";
    SEAT_TAKE = "INSERT INTO seat (firm, requisition, seat, offer) VALUES ($1, $2, $3, $4)";
    SEAT_FREE = "DELETE FROM seat WHERE firm = $1 AND offer = $2";
    PUT = "INSERT INTO requisition (firm, requisition, number, client, team, state, title, summary) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
        ON CONFLICT (firm, requisition) DO UPDATE SET number = excluded.number, client = excluded.client, team = excluded.team,
        state = excluded.state, title = excluded.title, summary = excluded.summary";
    ONE = "SELECT requisition, number, client, team, state, title, summary FROM requisition WHERE firm = $1 AND requisition = $2";
    BY_NUMBER = "SELECT requisition, number, client, team, state, title, summary FROM requisition WHERE firm = $1 AND number = $2";
    ALL_OF_FIRM = "SELECT requisition, number, client, team, state, title, summary FROM requisition
        WHERE firm = $1 AND number > $2 ORDER BY number LIMIT $3";
    COUNTER = "SELECT value FROM counter WHERE firm = $1 AND name = $2";
    COUNTER_START = "INSERT INTO counter (firm, name, value) VALUES ($1, $2, $3) ON CONFLICT (firm, name) DO NOTHING";
    COUNTER_SET = "UPDATE counter SET value = $3 WHERE firm = $1 AND name = $2 AND value = $4";
}

/// Sets the tally from the version that was read to the next.
pub(super) fn tally(firm: &str, read: i64, tally: &TallyRow) -> Step {
    let next = TallyRow { version: read.saturating_add(1), ..tally.clone() };
    Step::one(if read == 0 { TALLY_START } else { TALLY_SET }, next.cells(firm), AppendError::Moved)
}

pub(super) fn take_seat(firm: &str, seat: &SeatRow) -> Step {
    Step::one(SEAT_TAKE, seat.cells(firm), AppendError::SeatTaken)
}

pub(super) fn free_seat(firm: &str, offer: &str) -> Step {
    Step::new(SEAT_FREE, vec![firm.into(), offer.into()])
}

pub(super) fn put(firm: &str, row: &RequisitionRow) -> Step {
    Step::one(PUT, row.cells(firm), AppendError::Duplicate(Unique::RequisitionNumber))
}

pub(super) fn count(firm: &str, name: &str, was: i64, now: i64) -> Step {
    let key = [Cell::text(firm), Cell::text(name), now.into()];
    match was {
        0 => Step::one(COUNTER_START, key.to_vec(), AppendError::Moved),
        was => Step::one(COUNTER_SET, [key.as_slice(), &[was.into()]].concat(), AppendError::Moved),
    }
}

impl Store {
    /// The tally of a requisition; version 0 and zeros before it was ever set.
    pub(crate) async fn tally(&self, firm: &str, requisition: &str) -> Result<TallyRow, StoreError> {
        let row = self.one(TALLY, vec![firm.into(), requisition.into()]).await?;
        Ok(row.unwrap_or_else(|| TallyRow {
            requisition: requisition.to_owned(),
            version: 0,
            seats: 0,
            seats_taken: 0,
            committed: 0,
            offers_competing: 0,
            offers_numbered: 0,
        }))
    }

    /// The taken seats of a requisition, lowest first.
    pub(crate) async fn seats(&self, firm: &str, requisition: &str) -> Result<Vec<SeatRow>, StoreError> {
        self.all(SEATS, vec![firm.into(), requisition.into()]).await
    }

    /// A requisition by its id.
    pub(crate) async fn requisition(&self, firm: &str, requisition: &str) -> Result<Option<RequisitionRow>, StoreError> {
        self.one(ONE, vec![firm.into(), requisition.into()]).await
    }

    /// A requisition by the number people see.
    pub(crate) async fn requisition_by_number(&self, firm: &str, number: &str) -> Result<Option<RequisitionRow>, StoreError> {
        self.one(BY_NUMBER, vec![firm.into(), number.into()]).await
    }

    /// Requisitions in the order of their numbers, after this number (`""` for the first page).
    pub(crate) async fn requisitions(&self, firm: &str, after: &str, rows_max: i64) -> Result<Vec<RequisitionRow>, StoreError> {
        self.all(ALL_OF_FIRM, vec![firm.into(), after.into(), rows_max.into()]).await
    }

    /// A running number; 0 before its first use. `Change::Count` moves it, and fails with `Moved` if somebody else did.
    pub(crate) async fn counter(&self, firm: &str, name: &str) -> Result<i64, StoreError> {
        match self.by_key(COUNTER, vec![firm.into(), name.into()]).await?.first() {
            Some(row) => row.number("value"),
            None => Ok(0),
        }
    }
}
