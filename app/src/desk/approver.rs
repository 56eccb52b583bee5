//! What somebody on whom a step waits needs to decide it.

use offer::engagement::PayBasis;
use offer::field::FieldKey;
use offer::id::PersonId;
use offer::moment::Day;
use offer::money::Money;
use offer::policy::{ApprovedRange, BeyondLimit, Limits, Room};
use offer::terms::Value;

/// A step that waits on the viewer.
#[derive(Clone, Debug, Default)]
pub struct Deciding {
    /// For whom the viewer decides, by name; nothing for themselves.
    pub for_whom: Option<String>,
    /// To whom the decision can be handed, by name.
    pub delegates: Vec<(PersonId, String)>,
    /// Fields of which a span can be approved.
    pub spans: Vec<FieldKey>,
    /// The span of pay that the playbook gives along where the viewer gives none.
    pub negotiation: Option<ApprovedRange>,
    /// The most that the viewer may approve.
    pub limits: Limits,
    /// The limit that the offer exceeds.
    pub beyond: Option<BeyondLimit>,
}

/// What leads the page of somebody on whom a step waits.
#[derive(Clone, Debug, Default)]
pub struct Minute {
    /// What comparable offers pay.
    pub peers: Option<Peers>,
}

/// What comparable offers pay: at least five, all of them in the viewer's sight.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Peers {
    /// How many there are.
    pub count: u32,
    /// A quarter of them is paid this or less.
    pub low: Money,
    /// Half of them.
    pub middle: Money,
    /// Three quarters of them.
    pub high: Money,
    /// What one unit of pay is for.
    pub basis: PayBasis,
}

/// A step that several people decide.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Group {
    /// How many must approve.
    pub needed: u32,
    /// Who did, by name.
    pub approved: Vec<String>,
    /// Who is against it, by name.
    pub against: Vec<String>,
    /// Whether one rejection rejects.
    pub veto: bool,
}

impl Group {
    /// How many more must approve.
    pub fn missing(&self) -> u32 {
        self.needed.saturating_sub(u32::try_from(self.approved.len()).unwrap_or(u32::MAX))
    }
}

/// Somebody who decides for somebody else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acting {
    /// Who decides, by name.
    pub who: String,
    /// For whom, by name.
    pub whom: String,
    /// The last day on which the other is away; nothing where the decision was handed over.
    pub away_until: Option<Day>,
}

/// A span of values that an approval stands for, with the value as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Span {
    /// The span.
    pub range: ApprovedRange,
    /// The value now.
    pub value: Option<Value>,
    /// What remains around it.
    pub room: Room,
}
