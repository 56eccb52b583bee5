//! What somebody asks for. Imperative, one struct each where it has parts.

use super::{AcceptBy, AcceptanceEvidence, ContingencyState, DeclineReason, LetterRef, NotStartedBy, Verbal};
use crate::access::About;
use crate::access::Action;
use crate::check::FactKind;
use crate::field::FieldKey;
use crate::id::{ContingencyKind, PersonId, ProposalId, QuestionId, RecipientKey, RequisitionId, StepKey};
use crate::ledger::Digest;
use crate::moment::Day;
use crate::policy::ApprovedRange;
use crate::terms::{Change, Terms};
use std::collections::BTreeMap;

/// Reasons for findings that go ahead, by kind and field.
pub type ExceptionReasons = Vec<(FactKind, FieldKey, String)>;

/// What somebody asks an offer to do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    /// Begin a draft.
    Draft(Draft),
    /// Have a draft seen by those whom it is about, as it is typed now.
    MoveDraft {
        /// What it is about.
        about: About,
    },
    /// Hand terms to the approvers.
    Submit(Submit),
    /// Approve a step.
    Approve(Approve),
    /// Give a step back with a question.
    Return {
        /// The step.
        step: StepKey,
        /// The question.
        question: String,
    },
    /// Answer a step's question.
    AnswerStep {
        /// The step.
        step: StepKey,
        /// The answer.
        answer: String,
    },
    /// Reject a step.
    Reject {
        /// The step.
        step: StepKey,
        /// The version that was read.
        version: u32,
        /// Why.
        reason: String,
    },
    /// Hand one's decision of a step to somebody else.
    Delegate {
        /// The step.
        step: StepKey,
        /// To whom.
        to: PersonId,
        /// Why.
        reason: String,
    },
    /// Approve a step over the heads of its people.
    ForceApprove {
        /// The step.
        step: StepKey,
        /// The version that was read.
        version: u32,
        /// Why.
        reason: String,
    },
    /// Route the offer anew by today's playbook.
    Reroute(Reroute),
    /// Whoever a step waits on is reminded.
    Remind {
        /// The step.
        step: StepKey,
    },
    /// A decision is overdue.
    Escalate {
        /// The step.
        step: StepKey,
    },
    /// Write a comment.
    Comment {
        /// What.
        text: String,
    },
    /// Record the verbal stage.
    RecordVerbal(Verbal),
    /// Send the letter.
    Send(Send),
    /// The courier handed the mail over.
    MarkSent {
        /// Message-ID.
        message: String,
    },
    /// The courier gave up.
    MarkSendFailed {
        /// What the mail system said.
        reason: String,
    },
    /// The mail came back.
    MarkBounced {
        /// What the mail system said.
        reason: String,
    },
    /// The candidate's code was accepted.
    View,
    /// The candidate asks.
    Ask {
        /// What.
        text: String,
    },
    /// The firm answers.
    AnswerQuestion {
        /// The question.
        question: QuestionId,
        /// The answer.
        text: String,
    },
    /// The candidate asks for a change, in words.
    RequestChange {
        /// What and why.
        why: String,
    },
    /// Staff propose a change.
    Propose(Propose),
    /// Refuse a proposal.
    RefuseProposal {
        /// Which.
        proposal: ProposalId,
        /// Why.
        reason: String,
    },
    /// Adopt a proposal, adjusted or as it is: a new version.
    Adopt(Adopt),
    /// Hold the letter.
    Hold {
        /// Why.
        reason: String,
    },
    /// Let the letter be accepted again.
    Release,
    /// Move the accept-by.
    MoveAcceptBy {
        /// By when now.
        accept_by: AcceptBy,
        /// The letter that says so.
        letter: LetterRef,
        /// Why.
        reason: String,
    },
    /// The candidate signs.
    Accept(Accept),
    /// The candidate, or staff on the candidate's word, declines.
    Decline(Decline),
    /// The candidate is no longer to be had.
    Withdraw {
        /// Why.
        reason: String,
    },
    /// The accept-by has passed.
    Expire,
    /// End it before sending.
    Cancel {
        /// Why.
        reason: String,
    },
    /// Ask to end it after sending.
    AskRescission {
        /// Why.
        reason: String,
    },
    /// Agree to end it after sending.
    AgreeRescission,
    /// Drop the request to end it.
    DropRescission {
        /// Why.
        reason: String,
    },
    /// Make an ended offer a draft again.
    Reopen {
        /// Why.
        reason: String,
    },
    /// Resolve a contingency.
    ResolveContingency {
        /// Which.
        kind: ContingencyKind,
        /// How.
        state: ContingencyState,
        /// What shows it.
        evidence: String,
    },
    /// Confirm the start.
    ConfirmStart,
    /// Move the start after acceptance.
    MoveStart {
        /// To.
        to: Day,
        /// Why.
        reason: String,
    },
    /// Take over what a hand-off carries.
    Acknowledge {
        /// For which recipient.
        recipient: RecipientKey,
        /// Reference in the recipient's own system.
        reference: String,
    },
    /// The person works.
    Start {
        /// Since.
        day: Day,
    },
    /// Signed, and yet the person does not start.
    NotStart {
        /// Whose doing.
        by: NotStartedBy,
        /// Why.
        reason: String,
    },
}

/// Begins a draft.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// The opening.
    pub requisition: RequisitionId,
    /// What people will call the offer.
    pub number: String,
    /// The candidate.
    pub candidate: PersonId,
    /// What it is about, from the requisition.
    pub about: About,
}

/// Hands terms to the approvers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Submit {
    /// What the draft reads as.
    pub terms: Terms,
    /// Why findings go ahead.
    pub reasons: ExceptionReasons,
    /// Who wrote each field of the draft last; a field that stands as it was begun has nobody.
    pub hands: BTreeMap<FieldKey, PersonId>,
}

/// Approves a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approve {
    /// The step.
    pub step: StepKey,
    /// The version that was read.
    pub version: u32,
    /// What to say with it; may be empty.
    pub comment: String,
    /// Spans of values that the approval stands for; others than its own are taken from the playbook.
    pub ranges: Vec<ApprovedRange>,
}

/// Routes an offer anew.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reroute {
    /// The playbook version by which it was looked at.
    pub playbook: u32,
    /// Why.
    pub why: String,
    /// Why findings that are new go ahead.
    pub reasons: ExceptionReasons,
}

/// Sends the letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Send {
    /// The version that was read.
    pub version: u32,
    /// The letter made of it.
    pub letter: LetterRef,
    /// By when the candidate may accept.
    pub accept_by: AcceptBy,
    /// Why findings that are new since submission go ahead.
    pub reasons: ExceptionReasons,
}

/// Proposes a change.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Propose {
    /// The version that was read.
    pub version: u32,
    /// What.
    pub changes: Vec<Change>,
    /// Why.
    pub why: String,
    /// What shows it; may be empty.
    pub evidence: String,
    /// Whether the candidate asked for it.
    pub for_candidate: bool,
    /// Whether a letter that is out may not be accepted until this is decided.
    pub hold_letter: bool,
}

/// Adopts a proposal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Adopt {
    /// Which.
    pub proposal: ProposalId,
    /// The version that was read.
    pub version: u32,
    /// What changes, as adjusted.
    pub changes: Vec<Change>,
    /// Why.
    pub why: String,
    /// Why findings go ahead.
    pub reasons: ExceptionReasons,
}

/// Signs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accept {
    /// The version that was shown.
    pub version: u32,
    /// Digest of the letter that was shown.
    pub letter: Digest,
    /// The name as typed.
    pub typed_name: String,
    /// The consent text that was agreed to; nothing when the box was not ticked.
    pub consent: Option<u32>,
    /// How the request came.
    pub evidence: AcceptanceEvidence,
}

/// Says no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decline {
    /// The main reason.
    pub primary: DeclineReason,
    /// Another one.
    pub secondary: Option<DeclineReason>,
    /// In the candidate's words; may be empty.
    pub note: String,
}

/// Who may give a command.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Giver {
    /// A member with this action.
    Member(Action),
    /// The candidate of the offer alone.
    Candidate,
    /// The candidate, or a member with this action on the candidate's word.
    CandidateOr(Action),
    /// The product itself.
    Clockwork,
}

impl Command {
    /// Who may give it.
    pub const fn giver(&self) -> Giver {
        match self {
            Self::Draft(_) | Self::MoveDraft { .. } => Giver::Member(Action::Draft),
            Self::Submit(_) | Self::AnswerStep { .. } => Giver::Member(Action::Submit),
            Self::Approve(_) | Self::Return { .. } | Self::Reject { .. } | Self::Delegate { .. } => Giver::Member(Action::Decide),
            Self::ForceApprove { .. } => Giver::Member(Action::Force),
            Self::Reroute(_) => Giver::Member(Action::Reroute),
            Self::Comment { .. } => Giver::Member(Action::Comment),
            Self::RecordVerbal(_) => Giver::Member(Action::RecordVerbal),
            Self::Send(_) | Self::Hold { .. } | Self::Release | Self::MoveAcceptBy { .. } => Giver::Member(Action::Send),
            Self::MarkSent { .. }
            | Self::MarkSendFailed { .. }
            | Self::MarkBounced { .. }
            | Self::Expire
            | Self::Remind { .. }
            | Self::Escalate { .. } => Giver::Clockwork,
            Self::View | Self::Ask { .. } | Self::RequestChange { .. } | Self::Accept(_) => Giver::Candidate,
            Self::AnswerQuestion { .. } => Giver::Member(Action::Answer),
            Self::Propose(_) | Self::RefuseProposal { .. } | Self::Adopt(_) => Giver::Member(Action::Change),
            Self::Decline(_) => Giver::CandidateOr(Action::RecordCandidate),
            Self::Withdraw { .. } => Giver::Member(Action::RecordCandidate),
            Self::Cancel { .. } => Giver::Member(Action::Cancel),
            Self::AskRescission { .. } | Self::AgreeRescission | Self::DropRescission { .. } => Giver::Member(Action::Rescind),
            Self::Reopen { .. } => Giver::Member(Action::Reopen),
            Self::ResolveContingency { .. } => Giver::Member(Action::Verify),
            Self::ConfirmStart | Self::MoveStart { .. } | Self::Start { .. } | Self::NotStart { .. } => Giver::Member(Action::Start),
            Self::Acknowledge { .. } => Giver::Member(Action::Acknowledge),
        }
    }
}
