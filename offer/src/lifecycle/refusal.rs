//! Why a command is refused: facts, never sentences. Closed: a new one does not compile until it has words.

use super::Status;
use crate::access::Denial;
use crate::check::Finding;
use crate::field::{FieldKey, Gate};
use crate::id::{ContingencyKind, RecipientKey, Role, StepKey};
use crate::moment::Moment;
use crate::person::{AbsenceFault, PersonRefusal};
use crate::policy::{BeyondLimit, RangeFault, Who};
use crate::terms::FieldConflict;
use serde::{Deserialize, Serialize};

/// What a refusal says a thing is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Subjectless {
    /// A proposal.
    Proposal,
    /// A question.
    Question,
    /// A step.
    Step,
    /// A contingency.
    Contingency,
    /// A recipient of the hand-off.
    Recipient,
    /// A request to rescind.
    Rescission,
}

/// Why a command is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "refusal", rename_all = "snake_case")]
pub enum Refusal {
    /// The actor may not know that the offer exists. Answers 404.
    Hidden,
    /// The actor may do this, once they have shown again that it is them.
    ProveFirst,
    /// The actor may not do this.
    NotAllowed {
        /// Why.
        because: Denial,
    },
    /// The actor may change the offer, but not these fields of it.
    FieldsNotYours {
        /// Which.
        fields: Vec<FieldKey>,
    },
    /// These fields stay as they were first submitted.
    Settled {
        /// Which.
        fields: Vec<FieldKey>,
    },
    /// Somebody read a letter under another name and at another address.
    AnotherPerson,
    /// Not while the offer is in this state.
    NotInThisState {
        /// The state.
        status: Status,
    },
    /// What was read is not what the offer says now.
    MovedOn {
        /// The version now.
        now_at: u32,
        /// The fields that changed since.
        changed: Vec<FieldKey>,
    },
    /// What was read changed meanwhile in the same fields, to other values.
    Conflict {
        /// The version now.
        now_at: u32,
        /// Both values of each.
        conflicts: Vec<FieldConflict>,
    },
    /// A range that cannot be approved.
    RangeUnfit {
        /// Its field.
        field: FieldKey,
        /// Why.
        because: RangeFault,
    },
    /// A text that must be given is empty.
    ReasonMissing,
    /// A text is longer than the record takes.
    TextTooLong {
        /// In characters.
        characters_max: u32,
    },
    /// Findings that block.
    Blocked {
        /// Which.
        findings: Vec<Finding>,
    },
    /// Exceptions without a reason.
    Unexplained {
        /// Which.
        findings: Vec<Finding>,
    },
    /// Nobody may decide a step of the route.
    NobodyFor {
        /// The step.
        step: StepKey,
        /// Who it asks for.
        who: Who,
    },
    /// Fewer people may decide a step than must approve it.
    TooFewFor {
        /// The step.
        step: StepKey,
        /// Who it asks for.
        who: Who,
        /// How many must approve.
        needed: u32,
        /// How many may.
        there: u32,
    },
    /// Whoever may decide a step may not approve that much.
    NobodyWithinLimits {
        /// The step.
        step: StepKey,
        /// Who it asks for.
        who: Who,
        /// The limit of one of them.
        beyond: BeyondLimit,
    },
    /// The decider may not approve that much.
    BeyondLimit {
        /// The step.
        step: StepKey,
        /// The limit.
        beyond: BeyondLimit,
    },
    /// A decision would be handed back to whom it came from.
    DelegateLoops,
    /// Whoever it would be handed to does not hold the step's role.
    NotADelegate {
        /// The step.
        step: StepKey,
    },
    /// Somebody cannot be away like that.
    AbsenceUnfit {
        /// Why.
        because: AbsenceFault,
    },
    /// Another playbook was published since it was looked at.
    PlaybookMoved {
        /// The version now.
        now_at: u32,
    },
    /// It is not due yet.
    NotDue {
        /// When it is.
        at: Moment,
    },
    /// The playbook gives this engagement no route.
    NoRoute,
    /// The step does not wait on a decision now.
    StepNotOpen {
        /// The step.
        step: StepKey,
    },
    /// The step waits on others.
    NotYourStep {
        /// The step.
        step: StepKey,
    },
    /// Nobody decides what they asked for themselves.
    OwnRequest,
    /// There is no such thing on this offer.
    NoSuch {
        /// What.
        what: Subjectless,
    },
    /// Fields that the gate needs.
    FieldsMissing {
        /// The gate.
        gate: Gate,
        /// Which.
        fields: Vec<FieldKey>,
    },
    /// A letter is on its way already.
    SendingAlready,
    /// The accept-by lies in the past.
    AcceptByPast,
    /// Nothing was sent to the candidate yet.
    NothingSent,
    /// The letter was replaced by a newer version.
    LetterReplaced {
        /// The version now.
        now_at: u32,
    },
    /// The letter that was shown is not the letter that may be signed.
    LetterDiffers,
    /// The letter is held.
    LetterHeld,
    /// The accept-by has passed.
    Expired {
        /// When it did.
        at: Moment,
    },
    /// The accept-by has not passed.
    NotExpired {
        /// When it will.
        at: Moment,
    },
    /// The box of agreement is not ticked.
    ConsentMissing,
    /// No name was typed.
    NameMissing,
    /// The typed name is one word, and the letter is made out to more.
    NameInPart,
    /// The typed name has no word of the name that the letter is made out to.
    NameOfAnother,
    /// The offer was answered already.
    AnsweredAlready {
        /// How.
        status: Status,
    },
    /// Something the offer depends on is open.
    ContingencyOpen {
        /// What.
        kinds: Vec<ContingencyKind>,
    },
    /// No seat of the requisition is free.
    NoSeatFree,
    /// Nothing would change.
    NothingChanges,
    /// The recipient took over already.
    AcknowledgedAlready {
        /// Who.
        recipient: RecipientKey,
    },
    /// A rescission is under way already.
    RescissionUnderWay,
    /// The role agreed already, or does not take part.
    NotAsked,
    /// The actor agreed already, for another of the roles: this one is somebody else's to give.
    AgreedForAnother {
        /// The role that must agree still.
        role: Role,
    },
    /// The day is one on which nobody can have started.
    NotThatDay,
    /// Somebody is not changed like that.
    Person {
        /// Why.
        why: PersonRefusal,
    },
}
