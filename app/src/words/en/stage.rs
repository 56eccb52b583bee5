//! The eight stages of an offer.

#[cfg(feature = "ssr")]
use crate::desk::Stage;

/// A stage.
#[cfg(feature = "ssr")]
pub const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Intake => "Intake",
        Stage::Alignment => "Pay and budget alignment",
        Stage::Packet => "Packet",
        Stage::Approvals => "Approvals",
        Stage::Delivery => "With the candidate",
        Stage::Negotiation => "Negotiation",
        Stage::Acceptance => "Acceptance",
        Stage::Handoff => "Hand-off",
    }
}
