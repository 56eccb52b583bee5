//! Who may see an offer, who could, and who looked.

use offer::access::{Reached, Viewed};
use offer::field::{FieldKey, FieldTable, Side};
use offer::id::{OfferId, PersonId};
use offer::moment::Moment;

/// What is asked of who could see an offer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccessAsk {
    /// Local date and time in the viewer's zone, as typed; now when empty.
    pub at: String,
    /// A field's key, or a side by its code; anything of the offer when empty.
    pub what: String,
}

/// Who could see an offer at an instant, and why.
#[derive(Clone, Debug)]
pub struct AccessPage {
    /// The offer.
    pub offer: OfferId,
    /// Its number.
    pub number: String,
    /// The instant that is answered for.
    pub at: Moment,
    /// Whether it is now.
    pub is_now: bool,
    /// Whether the offer was there then.
    pub was_there: bool,
    /// Whether the instant could be read; now is answered for when it could not.
    pub was_read: bool,
    /// The side that was asked for, and the field when it was one.
    pub what: Option<(Side, Option<FieldKey>)>,
    /// Everybody who could see it, by name.
    pub people: Vec<MaySee>,
    /// Since when the candidate could, by link and code.
    pub candidate_since: Option<Moment>,
    /// The version of the playbook that held then; 0 before the first.
    pub playbook: u32,
    /// The field table, for names of fields.
    pub table: FieldTable,
    /// Who looked, latest first; nothing for whoever does not audit every offer.
    pub looked: Option<Vec<LookedLine>>,
}

/// Somebody who could see an offer.
#[derive(Clone, Debug)]
pub struct MaySee {
    /// By name; empty when erased.
    pub name: String,
    /// Whether it is a client's contact.
    pub of_a_client: bool,
    /// Since when without a break, as far as the offer goes back.
    pub since: Moment,
    /// The sides, together.
    pub sides: Vec<Side>,
    /// The grants by which.
    pub because: Vec<SeesBy>,
}

/// A grant by which somebody could see an offer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SeesBy {
    /// The grant.
    pub reached: Reached,
    /// The names of those for whom they stood in; nobody's where it reached the offer for themselves.
    pub through: Vec<String>,
}

/// Somebody looked at something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookedLine {
    /// When.
    pub at: Moment,
    /// Who, by name; nothing for the candidate.
    pub who: Option<String>,
    /// What.
    pub what: Viewed,
    /// The sides that were shown.
    pub sides: Vec<Side>,
    /// Of which offer.
    pub offer: OfferId,
    /// Its number.
    pub number: String,
}

/// What is asked of who looked.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LookedAsk {
    /// Only this person, by id.
    pub person: String,
    /// Only this offer, by number.
    pub number: String,
    /// Where the last page ended.
    pub after: Option<String>,
}

/// A page of who looked, latest first.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LookedPage {
    /// The lines.
    pub lines: Vec<LookedLine>,
    /// Where the next page begins.
    pub next: Option<String>,
    /// Everybody of the firm and its clients, by name.
    pub people: Vec<(PersonId, String)>,
    /// How many days are kept.
    pub kept_days: u32,
}
