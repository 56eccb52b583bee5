//! The eight stages of an offer.

use offer::measure::Stage;

/// A stage.
pub const fn stage(stage: Stage) -> &'static str {
    match stage {
        Stage::Intake => "Intake",
        Stage::Alignment => "Pay and budget",
        Stage::Packet => "Letter to send",
        Stage::Approvals => "Other approvals",
        Stage::Delivery => "Delivery",
        Stage::Negotiation => "Negotiation",
        Stage::Acceptance => "Acceptance",
        Stage::Handoff => "Hand-off",
    }
}
