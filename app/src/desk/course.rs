//! The course of an offer so far, as far as seen: its versions, what approvals became of, the negotiation, what stands unwritten.

use offer::check::Finding;
use offer::field::FieldKey;
use offer::id::{ProposalId, StepKey};
use offer::lifecycle::{AskedBy, Revision, Status, StepReopened, StepStands};
use offer::measure::Exposure;
use offer::moment::Moment;
use offer::policy::Reopening;
use offer::terms::{Change, Terms, Value};

/// The course of an offer so far.
#[derive(Clone, Debug, Default)]
pub struct Course {
    /// Its versions, the first one first.
    pub versions: Vec<VersionLine>,
    /// What became of the approvals with the newest version; nothing while it is the first, and for those who do not read staff's talk.
    pub aftermath: Option<Aftermath>,
    /// What changed since steps that wait again approved; the viewer's own first.
    pub since: Vec<SinceApproved>,
    /// The negotiation; nothing while nobody asked for anything.
    pub negotiation: Option<NegotiationRecord>,
    /// What was spoken and is not written yet, or how long it was not.
    pub exposure: Option<Exposure>,
    /// Fields that were spoken otherwise than approved at that time.
    pub spoken_outside: Vec<FieldKey>,
    /// What was spoken and the letter would say otherwise, without a reason yet.
    pub differences: Vec<Finding>,
    /// How an offer was lost; nothing for one that was not.
    pub loss: Option<Loss>,
    /// Clauses that a change can put into the letter, key and title.
    pub clauses: Vec<(String, String)>,
    /// Contingencies that a change can make it depend on, kind and name.
    pub contingencies: Vec<(String, String)>,
}

/// A version of the terms.
#[derive(Clone, Debug)]
pub struct VersionLine {
    /// Its number.
    pub version: u32,
    /// When it was made.
    pub at: Moment,
    /// By whom, by name.
    pub by: String,
    /// Why; empty for one that was submitted.
    pub why: String,
    /// Whether it changed anything that somebody decides; nothing for one that was submitted.
    pub revision: Option<Revision>,
    /// Its terms as far as seen.
    pub terms: Terms,
}

/// What became of the approvals with a version.
#[derive(Clone, Debug)]
pub struct Aftermath {
    /// The version.
    pub version: u32,
    /// The steps of the route.
    pub route: Vec<StepKey>,
    /// Steps whose approval stands.
    pub stands: Vec<StepStands>,
    /// Steps that are asked again, and why.
    pub reopened: Vec<StepReopened>,
}

/// What changed since a step approved.
#[derive(Clone, Debug)]
pub struct SinceApproved {
    /// The step.
    pub step: StepKey,
    /// Whether it waits on the viewer.
    pub yours: bool,
    /// Whether the viewer gave that approval.
    pub by_you: bool,
    /// Who gave it, by name.
    pub by: String,
    /// When.
    pub at: Moment,
    /// The version that was approved.
    pub version: u32,
    /// What changed since then, what the step decides first.
    pub changes: Vec<Change>,
    /// Fields that the step decides.
    pub decides: Vec<FieldKey>,
    /// Why it is needed again.
    pub because: Vec<Reopening>,
    /// The rules that ask for it, each with its reasons as they stand in the route.
    pub asked_by: Vec<offer::policy::Because>,
}

/// A negotiation with names.
#[derive(Clone, Debug)]
pub struct NegotiationRecord {
    /// Every field that was asked for or that changed.
    pub fields: Vec<NegotiatedLine>,
    /// What was done, in its order.
    pub moves: Vec<MoveLine>,
    /// Whether what stands now was accepted.
    pub accepted: bool,
}

/// A field that was negotiated.
#[derive(Clone, Debug)]
pub struct NegotiatedLine {
    /// The field.
    pub field: FieldKey,
    /// What was offered first.
    pub offered: Option<Value>,
    /// What was asked for last.
    pub asked: Option<Value>,
    /// What stands now.
    pub now: Option<Value>,
}

/// One move of a negotiation.
#[derive(Clone, Debug)]
pub struct MoveLine {
    /// When.
    pub at: Moment,
    /// Who recorded it, by name.
    pub by: String,
    /// What.
    pub what: MoveWords,
}

/// What a move was, in the words of those who made it.
#[derive(Clone, Debug)]
pub enum MoveWords {
    /// The first word to the candidate.
    Offered {
        /// The version then.
        version: u32,
        /// Whether it was spoken; else it was written.
        spoken: bool,
    },
    /// Somebody asked for a change.
    Asked {
        /// The proposal.
        proposal: ProposalId,
        /// Who asked.
        asked_by: AskedBy,
        /// What.
        changes: Vec<Change>,
        /// Why.
        why: String,
        /// What shows it; may be empty.
        evidence: String,
    },
    /// It was granted.
    Conceded {
        /// The version that it made.
        version: u32,
        /// Whether it came out otherwise than it was asked for.
        adjusted: bool,
        /// What changed.
        changes: Vec<Change>,
        /// Why.
        why: String,
    },
    /// It was refused.
    Refused {
        /// Why.
        reason: String,
    },
    /// The candidate signed.
    Accepted {
        /// The version.
        version: u32,
    },
    /// The offer ended without a hire.
    Ended {
        /// How.
        status: Status,
    },
}

/// How an offer was lost.
#[derive(Clone, Debug)]
pub struct Loss {
    /// Whether anything had been written to the candidate.
    pub written: bool,
    /// Whether it had been spoken to the candidate: it fell through after the verbal offer.
    pub after_verbal: bool,
    /// The step that kept it waiting longest, for how many seconds, and whether it had not decided yet.
    pub bottleneck: Option<(StepKey, i64, bool)>,
}
