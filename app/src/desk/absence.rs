//! Out of office: who is away, until when, and who decides meanwhile.

use offer::id::PersonId;
use offer::moment::Day;

/// The page on which somebody says that they will be away.
#[derive(Clone, Debug)]
pub struct AbsencePage {
    /// Whose absence.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// Whether the viewer looks at their own.
    pub is_own: bool,
    /// The day there.
    pub today: Day,
    /// What was planned last, unless it is over.
    pub absence: Option<AbsenceLine>,
    /// Who can stand in, by name.
    pub stand_ins: Vec<(PersonId, String)>,
    /// For whom they stand in, now or soon.
    pub stands_in_for: Vec<AbsenceLine>,
    /// For whoever runs people: everybody for whom it can be said.
    pub people: Vec<(PersonId, String)>,
    /// For whoever runs people: everybody who is away, or will be.
    pub away: Vec<AbsenceLine>,
}

/// Somebody who is away, or will be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AbsenceLine {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: String,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub until: Day,
    /// Who decides meanwhile.
    pub stand_in: Option<(PersonId, String)>,
    /// Whether it has begun.
    pub is_now: bool,
}

/// An absence as it was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Away {
    /// Whose.
    pub person: PersonId,
    /// The first day.
    pub from: Day,
    /// The last day.
    pub until: Day,
    /// Who decides meanwhile; nobody when nothing is said.
    pub stand_in: Option<PersonId>,
}
