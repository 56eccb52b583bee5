//! The life of an offer: commands in, events out. `decide` is the only place that refuses; `Offer::apply` is total and decides nothing.

mod apply;
mod change;
mod clocks;
mod closing;
mod command;
mod decide;
mod deciders;
mod delivery;
mod event;
mod handoff;
mod offer;
mod reapproval;
mod refusal;
mod rerouting;
mod rescission;
mod review;
mod waiting;
mod world;

pub use clocks::{Alarm, Clock};
pub use command::*;
pub use decide::{Exception, decide, may_give};
pub use deciders::{acting_for, beyond_limit, limits, somebody_for_every_step};
pub use event::*;
pub use offer::*;
pub use reapproval::{Reapproval, StepReopened, StepStands};
pub use refusal::{Refusal, Subjectless};
pub use rerouting::{Rerouting, RoutedAnew};
pub use review::implied_range;
pub use world::{Approver, Facts, Fresh, WorkingHours, World};

use crate::coded::coded;

coded! {
    /// Where an offer stands.
    Status {
        /// Being written.
        Draft = "draft",
        /// With its approvers.
        InReview = "in_review",
        /// Approved, not yet sent.
        Approved = "approved",
        /// With the candidate.
        Sent = "sent",
        /// The candidate signed.
        Accepted = "accepted",
        /// Every recipient has what it needs.
        HandedOff = "handed_off",
        /// The person works.
        Started = "started",
        /// The candidate said no.
        Declined = "declined",
        /// The candidate is no longer to be had.
        Withdrawn = "withdrawn",
        /// Nobody answered by the accept-by.
        Expired = "expired",
        /// The employer ended it before sending.
        Cancelled = "cancelled",
        /// The employer ended it after sending.
        Rescinded = "rescinded",
        /// Signed, and yet the person never started.
        DidNotStart = "did_not_start",
    }
}

impl Status {
    /// Whether the offer takes up budget and counts as live: from review to start.
    pub const fn is_live(self) -> bool {
        matches!(self, Self::InReview | Self::Approved | Self::Sent | Self::Accepted | Self::HandedOff | Self::Started)
    }

    /// Whether it has ended without a hire.
    pub const fn is_ended(self) -> bool {
        matches!(self, Self::Declined | Self::Withdrawn | Self::Expired | Self::Cancelled | Self::Rescinded | Self::DidNotStart)
    }

    /// Whether terms may still change by negotiation.
    pub const fn is_negotiable(self) -> bool {
        matches!(self, Self::InReview | Self::Approved | Self::Sent)
    }
}

coded! {
    /// Why a candidate says no.
    DeclineReason {
        /// Pay or package.
        Comp = "comp",
        /// It took too long, or the dates do not fit.
        Timeline = "timeline",
        /// The present employer, or another one, offered more.
        CounterOffer = "counter_offer",
        /// The work itself.
        Role = "role",
        /// Where the work is.
        Location = "location",
        /// Reasons of the person's own.
        Personal = "personal",
        /// Not said.
        Unknown = "unknown",
    }
}
