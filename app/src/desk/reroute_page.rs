//! What routing an offer anew, or a change of its terms, would bring about, before anything happens.

use offer::check::Finding;
use offer::field::FieldTable;
use offer::id::{OfferId, StepKey};
use offer::lifecycle::{Refusal, StepReopened};
use offer::policy::RouteStep;

/// What would become of an offer's route under today's playbook.
#[derive(Clone, Debug)]
pub struct ReroutePage {
    /// The offer.
    pub id: OfferId,
    /// What people call it.
    pub number: String,
    /// The playbook version that it was routed by.
    pub pinned: u32,
    /// Today's.
    pub current: u32,
    /// What would change, or why it cannot be.
    pub outcome: Result<RerouteLines, Refusal>,
    /// Today's field table.
    pub table: FieldTable,
}

/// What would change.
#[derive(Clone, Debug, Default)]
pub struct RerouteLines {
    /// Steps that come, with who may decide them, by name.
    pub come: Vec<(RouteStep, Vec<String>)>,
    /// Steps that go.
    pub go: Vec<RouteStep>,
    /// Steps that had approved and are asked again.
    pub reopened: Vec<StepReopened>,
    /// Steps whose approval stands.
    pub stands: Vec<StepKey>,
    /// Steps that go on waiting as they do.
    pub waits: Vec<StepKey>,
    /// Findings that go ahead only with a reason and have none yet.
    pub unexplained: Vec<Finding>,
}
