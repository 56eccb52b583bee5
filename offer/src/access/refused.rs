//! A refusal as somebody may read it: it says what stands in the way, and nothing of what they do not see.

use super::{Sight, seen_findings};
use crate::field::{FieldKey, FieldTable, Side};
use crate::lifecycle::Refusal;
use crate::policy::{BeyondLimit, RangeFault};

/// A refusal without fields, findings and figures that are not seen. That it was refused is always told.
#[must_use]
pub fn seen_refusal(refusal: Refusal, sight: &Sight, table: &FieldTable) -> Refusal {
    let shows = |field: &FieldKey| table.get(field).is_some_and(|spec| sight.shows_field(spec));
    match refusal {
        Refusal::MovedOn { now_at, changed } => Refusal::MovedOn { now_at, changed: changed.into_iter().filter(shows).collect() },
        Refusal::Conflict { now_at, mut conflicts } => {
            conflicts.retain(|conflict| shows(&conflict.field));
            // what remains to be said when no field of it is seen
            if conflicts.is_empty() { Refusal::MovedOn { now_at, changed: Vec::new() } } else { Refusal::Conflict { now_at, conflicts } }
        }
        Refusal::Blocked { findings } => Refusal::Blocked { findings: seen_findings(&findings, sight, table) },
        Refusal::Unexplained { findings } => Refusal::Unexplained { findings: seen_findings(&findings, sight, table) },
        Refusal::FieldsMissing { gate, fields } => Refusal::FieldsMissing { gate, fields: fields.into_iter().filter(shows).collect() },
        Refusal::NobodyWithinLimits { step, who, beyond } => Refusal::NobodyWithinLimits { step, who, beyond: seen_limit(beyond, sight) },
        Refusal::RangeUnfit { field, because: RangeFault::Beyond(limit) } => {
            Refusal::RangeUnfit { field, because: RangeFault::Beyond(seen_limit(limit, sight)) }
        }
        Refusal::BeyondLimit { step, beyond } => Refusal::BeyondLimit { step, beyond: seen_limit(beyond, sight) },
        other => other,
    }
}

/// A limit, and what goes beyond it, for whoever sees pay and, where it is held against the band, reads of the band: the limit alone would
/// already say how much it is at least.
#[must_use]
pub fn seen_limit(beyond: BeyondLimit, sight: &Sight) -> BeyondLimit {
    let is_seen = match beyond {
        BeyondLimit::Annual { .. } | BeyondLimit::Untold => sight.shows(Side::Package),
        BeyondLimit::OverBand { .. } => sight.shows(Side::Package) && sight.reads_talk(),
    };
    if is_seen { beyond } else { BeyondLimit::Untold }
}
