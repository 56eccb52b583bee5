//! What has happened to an offer. Fields are added only with `#[serde(default)]`; a changed meaning is a new `type_v` (forms of things).

use super::{DeclineReason, Exception, RoutedAnew, StepReopened, StepStands};
use crate::access::About;
use crate::check::Finding;
use crate::coded::coded;
use crate::field::FieldKey;
use crate::id::{ContingencyKind, DocumentId, PersonId, ProposalId, QuestionId, RecipientKey, RequisitionId, Role, StepKey, TemplateKey};
use crate::ledger::{ActorKind, Digest};
use crate::moment::{Day, Moment};
use crate::policy::{Coverage, Route, Who};
use crate::private::Private;
use crate::terms::{Changes, Terms};
use serde::{Deserialize, Serialize};

/// Free text of a person: sealed, and gone with the person's key.
pub type Words = Private<String>;

/// One event as stored: what happened, when, and by whom.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recorded {
    /// Its place in the stream, from 1.
    pub seq: u64,
    /// When.
    pub at: Moment,
    /// By whom.
    pub by: By,
    /// What.
    pub event: Event,
}

/// Who did something, as the envelope has it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct By {
    /// What kind of actor.
    pub kind: ActorKind,
    /// The id of that kind.
    pub id: String,
}

impl By {
    /// The person, if it was one.
    pub fn person(&self) -> Option<PersonId> {
        matches!(self.kind, ActorKind::Person | ActorKind::ClientContact | ActorKind::Candidate).then(|| PersonId::new(self.id.clone()))
    }
}

/// By when the candidate may accept: what stands in letter and page, and the instant the server made of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptBy {
    /// Local date and time, `2026-12-18T17:00`.
    pub local: String,
    /// IANA zone.
    pub zone: String,
    /// The instant. Acceptance after it is refused.
    pub instant: Moment,
}

/// A letter that was made: its words by digest, its page and its PDF as documents.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LetterRef {
    /// The random id printed on it, so that its digest cannot be guessed.
    pub document: DocumentId,
    /// The template.
    pub template: TemplateKey,
    /// The playbook version that holds the template.
    pub playbook: u32,
    /// SHA-256 of its words, canonical: what the candidate signs.
    pub digest: Digest,
    /// SHA-256 of the stored letter blocks.
    pub blocks: Digest,
    /// SHA-256 of the stored PDF.
    pub pdf: Digest,
}

coded! {
    /// What the candidate said to the verbal offer.
    VerbalResponse {
        /// Said yes.
        Accepted = "accepted",
        /// Leans to yes.
        Positive = "positive",
        /// Wants to think.
        Undecided = "undecided",
        /// Wants something else.
        Negotiating = "negotiating",
        /// Said no.
        Declined = "declined",
    }
}

/// The verbal stage: what was said, when, and what came back.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Verbal {
    /// When it was said; the envelope has when it was recorded.
    pub occurred_at: Moment,
    /// The terms that were spoken, field by field; only those that were.
    pub spoken: Terms,
    /// What the candidate said.
    pub response: VerbalResponse,
    /// What the candidate expects.
    pub expectation: Option<Words>,
    /// Another offer the candidate has.
    pub competing_offer: Option<Words>,
    /// By when the candidate must answer it.
    pub competing_deadline: Option<Day>,
    /// Anything else.
    pub notes: Option<Words>,
}

/// Who asks for a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AskedBy {
    /// The candidate.
    Candidate,
    /// The firm or the client.
    Employer,
}

coded! {
    /// What a new version is.
    Revision {
        /// Nothing that anybody decides changed.
        Cosmetic = "cosmetic",
        /// Something that somebody decides did.
        Material = "material",
    }
}

coded! {
    /// Where a contingency stands.
    ContingencyState {
        /// Not resolved.
        Pending = "pending",
        /// Met.
        Cleared = "cleared",
        /// Let go, with a reason.
        Waived = "waived",
        /// Not met.
        Failed = "failed",
    }
}

coded! {
    /// Who kept a signed hire from starting.
    NotStartedBy {
        /// The candidate: a renege.
        Candidate = "candidate",
        /// The employer.
        Employer = "employer",
        /// The client.
        Client = "client",
    }
}

/// How the acceptance came about; printed on evidence as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AcceptanceEvidence {
    /// Network address of the request.
    pub address: String,
    /// What the browser calls itself.
    pub user_agent: String,
    /// The e-mail address whose code opened the page.
    pub email: String,
}

/// What has happened to an offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Event {
    /// A draft was begun.
    Drafted {
        /// The opening.
        requisition: RequisitionId,
        /// What people call the offer: `REQ-1000-3`.
        number: String,
        /// The candidate; owns the key that seals the private parts.
        candidate: PersonId,
        /// What it is about.
        about: About,
    },
    /// What is typed of a draft is about another client, team or other people: others may see it now.
    DraftMoved {
        /// What it is about.
        about: About,
    },
    /// Terms were handed to the approvers.
    Submitted {
        /// The version, from 1.
        version: u32,
        /// The terms.
        terms: Terms,
        /// What was found.
        findings: Vec<Finding>,
        /// What goes ahead all the same, and why.
        exceptions: Vec<Exception>,
        /// Who must decide, who need not, and why.
        route: Route,
        /// The playbook version from now on pinned.
        playbook: u32,
        /// Steps whose approval stands from before a rejection.
        stands: Vec<StepStands>,
        /// Who else wrote any of what the route decides: none of them decides it.
        #[serde(default, skip_serializing_if = "Vec::is_empty")]
        written_by: Vec<PersonId>,
    },
    /// A step now waits on its people.
    StepOpened {
        /// The step.
        step: StepKey,
        /// When the decision is due.
        due_at: Moment,
        /// When whoever it waits on is reminded.
        remind_at: Moment,
        /// Approvals from before that stand and count, by their place in the stream.
        approvals: Vec<u64>,
    },
    /// A step approved.
    StepApproved {
        /// The step.
        step: StepKey,
        /// What the approval stands for.
        coverage: Coverage,
        /// What was said with it.
        comment: Option<Words>,
        /// For whom, if somebody decided for another.
        on_behalf_of: Option<PersonId>,
    },
    /// One of several approved that a step needs.
    StepCounted {
        /// The step.
        step: StepKey,
        /// What the approval stands for.
        coverage: Coverage,
        /// What was said with it.
        comment: Option<Words>,
        /// For whom, if somebody decided for another.
        on_behalf_of: Option<PersonId>,
    },
    /// One of several rejected a step that can still be approved by the others.
    StepOpposed {
        /// The step.
        step: StepKey,
        /// Why.
        reason: Words,
        /// For whom, if somebody decided for another.
        on_behalf_of: Option<PersonId>,
    },
    /// A decision was handed to somebody else.
    StepDelegated {
        /// The step.
        step: StepKey,
        /// Whose decision it is.
        from: PersonId,
        /// Who may take it too.
        to: PersonId,
        /// Why.
        reason: Words,
    },
    /// A step was approved over the heads of its people.
    StepForced {
        /// The step.
        step: StepKey,
        /// What the approval stands for.
        coverage: Coverage,
        /// Why.
        reason: Words,
    },
    /// The offer was routed anew by a newer playbook.
    Rerouted(RoutedAnew),
    /// Whoever a step waits on was reminded.
    StepReminded {
        /// The step.
        step: StepKey,
    },
    /// A decision is overdue, and whoever answers for it was told.
    StepEscalated {
        /// The step.
        step: StepKey,
        /// When it was due.
        due_at: Moment,
        /// Who was told; whoever asked for the approvals, when nobody else.
        to: Option<Who>,
    },
    /// A step waits on the recruiter's answer; its clock pauses.
    StepReturned {
        /// The step.
        step: StepKey,
        /// The question.
        question: Words,
        /// Seconds of work that were left.
        seconds_left: i64,
    },
    /// The recruiter answered; the step waits on its people again.
    StepAnswered {
        /// The step.
        step: StepKey,
        /// The answer.
        answer: Words,
        /// When the decision is due now.
        due_at: Moment,
        /// When whoever it waits on is reminded now.
        remind_at: Moment,
    },
    /// A step rejected; the offer is a draft again.
    StepRejected {
        /// The step.
        step: StepKey,
        /// Why.
        reason: Words,
    },
    /// Every step of the route has approved this version.
    Cleared {
        /// The version.
        version: u32,
    },
    /// Somebody wrote a comment.
    Commented {
        /// What.
        text: Words,
    },
    /// The offer was spoken to the candidate.
    VerbalRecorded {
        /// What was said.
        verbal: Verbal,
        /// The state of the offer then.
        status: super::Status,
        /// The fields whose spoken value is not an approved one.
        outside_approval: Vec<FieldKey>,
    },
    /// The letter was handed to the courier.
    SendRequested {
        /// The version.
        version: u32,
        /// The letter.
        letter: LetterRef,
        /// By when the candidate may accept.
        accept_by: AcceptBy,
        /// Findings that are new since submission, with their reasons.
        exceptions: Vec<Exception>,
    },
    /// The courier handed the mail over: now the offer is sent.
    Sent {
        /// Message-ID of the mail.
        message: String,
    },
    /// The mail could not be handed over; the courier has given up.
    SendFailed {
        /// What the mail system said, shortened.
        reason: Words,
    },
    /// The mail came back.
    Bounced {
        /// What the mail system said, shortened.
        reason: Words,
    },
    /// The candidate opened the letter with a code.
    Viewed {
        /// The version.
        version: u32,
    },
    /// The candidate asked something.
    Asked {
        /// The question.
        question: QuestionId,
        /// Its words.
        text: Words,
    },
    /// The firm answered.
    QuestionAnswered {
        /// The question.
        question: QuestionId,
        /// The answer.
        text: Words,
    },
    /// Somebody asked for a change of terms. The letter stays open unless it is held with it.
    Proposed {
        /// The proposal.
        proposal: ProposalId,
        /// Who asks.
        asked_by: AskedBy,
        /// The version that was read.
        version: u32,
        /// What is to change; empty when the candidate asked in words alone.
        changes: Changes,
        /// Why.
        why: Words,
        /// What shows it, such as another employer's letter.
        evidence: Option<Words>,
    },
    /// A proposal was refused; nothing changes.
    ProposalRefused {
        /// The proposal.
        proposal: ProposalId,
        /// Why.
        reason: Words,
    },
    /// A new version of the terms; the letter of the old one can no longer be signed.
    TermsChanged {
        /// The new version.
        version: u32,
        /// The terms now.
        terms: Terms,
        /// What changed.
        changes: Changes,
        /// Whether anything material did.
        revision: Revision,
        /// The proposal that was adopted.
        proposal: ProposalId,
        /// What was found.
        findings: Vec<Finding>,
        /// What goes ahead all the same, and why.
        exceptions: Vec<Exception>,
        /// The route now.
        route: Route,
        /// Steps whose approval stands.
        stands: Vec<StepStands>,
        /// Steps whose approval does not stand any more, and why.
        reopened: Vec<StepReopened>,
        /// Why the terms changed.
        why: Words,
    },
    /// The letter may not be accepted for now.
    LetterHeld {
        /// Why.
        reason: Words,
        /// The proposal until whose decision it is held; nothing when somebody releases it.
        #[serde(default)]
        proposal: Option<ProposalId>,
    },
    /// The letter may be accepted again.
    LetterReleased,
    /// The accept-by moved, and the letter with it.
    AcceptByMoved {
        /// By when now.
        accept_by: AcceptBy,
        /// The letter that says so.
        letter: LetterRef,
        /// Why.
        reason: Words,
    },
    /// The candidate signed.
    Accepted {
        /// The version.
        version: u32,
        /// Digest of the letter that was shown and signed.
        letter: Digest,
        /// The seat, from 1.
        seat: u32,
        /// The name as typed.
        typed_name: Words,
        /// The consent text that was agreed to.
        consent: u32,
        /// How it came about.
        evidence: Private<AcceptanceEvidence>,
    },
    /// The candidate said no.
    Declined {
        /// The main reason.
        primary: DeclineReason,
        /// Another one.
        secondary: Option<DeclineReason>,
        /// In the candidate's words.
        note: Option<Words>,
        /// Whether anything had been written to the candidate.
        written: bool,
    },
    /// The candidate is no longer to be had.
    Withdrawn {
        /// Why.
        reason: Words,
    },
    /// Nobody answered by the accept-by.
    Expired,
    /// The employer ended it before sending.
    Cancelled {
        /// Why.
        reason: Words,
    },
    /// Somebody asked to end it after sending.
    RescissionAsked {
        /// Why.
        reason: Words,
        /// Roles that must agree.
        approvers: Vec<Role>,
    },
    /// One of them agreed.
    RescissionAgreed {
        /// For which role.
        role: Role,
    },
    /// The request was taken back or refused.
    RescissionDropped {
        /// Why.
        reason: Words,
    },
    /// The employer ended it after sending; everyone who must agree did.
    Rescinded {
        /// The seat that became free.
        seat: Option<u32>,
    },
    /// An ended offer is a draft again, with its terms.
    Reopened {
        /// Why.
        reason: Words,
    },
    /// A contingency was resolved.
    ContingencyResolved {
        /// Which.
        kind: ContingencyKind,
        /// How.
        state: ContingencyState,
        /// What shows it.
        evidence: Words,
    },
    /// The start was confirmed.
    StartConfirmed {
        /// The day.
        day: Day,
    },
    /// The start moved after acceptance.
    StartMoved {
        /// From.
        from: Day,
        /// To.
        to: Day,
        /// Why.
        reason: Words,
        /// Hand-offs that carry the start and so must be acknowledged anew.
        reopened: Vec<RecipientKey>,
    },
    /// A recipient has something to take over.
    HandoffOpened {
        /// Who.
        recipient: RecipientKey,
        /// The role that acknowledges.
        role: Role,
        /// The fields it receives.
        fields: Vec<FieldKey>,
        /// When it is due.
        due_at: Moment,
    },
    /// A recipient took over.
    HandoffAcknowledged {
        /// Who.
        recipient: RecipientKey,
        /// Reference in the recipient's own system.
        reference: Option<Words>,
    },
    /// Every recipient took over.
    HandedOff,
    /// The person works.
    Started {
        /// Since.
        day: Day,
    },
    /// Signed, and yet the person did not start.
    DidNotStart {
        /// Whose doing.
        by: NotStartedBy,
        /// Why.
        reason: Words,
        /// The seat that became free.
        seat: Option<u32>,
    },
}

impl Event {
    /// The version of the event's shape.
    pub const fn type_version(&self) -> u32 {
        1
    }
}
