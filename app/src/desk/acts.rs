//! What forms ask for, before the server adds what only it can make.

use offer::access::Action;
use offer::engagement::Engagement;
use offer::id::{ProposalId, RequisitionId, StepKey};
use offer::ledger::Digest;
use offer::lifecycle::{Command, ExceptionReasons, Giver, VerbalResponse};
use offer::moment::Day;
use offer::terms::Entries;

/// Begins a draft.
#[derive(Clone, Debug, PartialEq)]
pub struct Begin {
    /// The opening; nothing for a blank intake.
    pub requisition: Option<RequisitionId>,
    /// The engagement of a blank intake.
    pub engagement: Option<Engagement>,
    /// The candidate's legal name.
    pub name: String,
    /// The candidate's address.
    pub email: String,
    /// Made with the form, so that sending it twice begins one draft.
    pub once: String,
}

/// What a form asks an offer to do.
#[derive(Clone, Debug, PartialEq)]
pub enum Asked {
    /// A command that needs nothing from the server.
    Command(Command),
    /// Approve a step, with spans of values as their ends were typed.
    Approve {
        /// The step.
        step: StepKey,
        /// The version that was read.
        version: u32,
        /// What to say with it; may be empty.
        comment: String,
        /// The lowest values, as typed.
        lowest: Entries,
        /// The highest values, as typed.
        highest: Entries,
    },
    /// Have a draft seen by those whom it is about, as it is typed now.
    MoveDraft,
    /// Submit what the draft reads as.
    Submit {
        /// Why findings go ahead.
        reasons: ExceptionReasons,
    },
    /// Make the letter and send it.
    Send {
        /// The version that was read.
        version: u32,
        /// Local date and time of the accept-by, as typed.
        accept_by: String,
        /// Its zone.
        zone: String,
        /// Why new findings go ahead.
        reasons: ExceptionReasons,
    },
    /// Move the accept-by and make the letter anew.
    MoveAcceptBy {
        /// Local date and time, as typed.
        accept_by: String,
        /// Its zone.
        zone: String,
        /// Why.
        reason: String,
    },
    /// Record what was spoken.
    Verbal {
        /// Local date and time when it was spoken, as typed, in the viewer's zone.
        occurred_at: String,
        /// The fields that were spoken, as typed.
        spoken: Entries,
        /// What the candidate said.
        response: VerbalResponse,
        /// What the candidate expects.
        expectation: String,
        /// Another offer.
        competing_offer: String,
        /// By when it must be answered.
        competing_deadline: Option<Day>,
        /// Anything else.
        notes: String,
    },
    /// Propose changes, as typed.
    Propose {
        /// The version that was read; what is typed as it stood there is no change.
        version: u32,
        /// The fields to change, as typed.
        typed: Entries,
        /// Why.
        why: String,
        /// What shows it; may be empty.
        evidence: String,
        /// Whether a letter that is out may not be accepted until this is decided.
        hold_letter: bool,
        /// Whether the candidate asked for it.
        for_candidate: bool,
    },
    /// Adopt a proposal with these changes, as typed.
    Adopt {
        /// Which.
        proposal: ProposalId,
        /// The version that was read.
        version: u32,
        /// The fields to change, as typed; as proposed when empty.
        typed: Entries,
        /// Why.
        why: String,
        /// Why findings go ahead.
        reasons: ExceptionReasons,
    },
    /// Sign. The server adds how the request came.
    Accept(Accept),
}

impl Asked {
    /// Who may ask it.
    pub const fn giver(&self) -> Giver {
        match self {
            Self::Command(command) => command.giver(),
            Self::Approve { .. } => Giver::Member(Action::Decide),
            Self::MoveDraft => Giver::Member(Action::Draft),
            Self::Submit { .. } => Giver::Member(Action::Submit),
            Self::Send { .. } | Self::MoveAcceptBy { .. } => Giver::Member(Action::Send),
            Self::Verbal { .. } => Giver::Member(Action::RecordVerbal),
            Self::Propose { .. } | Self::Adopt { .. } => Giver::Member(Action::Change),
            Self::Accept(_) => Giver::Candidate,
        }
    }

    /// Whether it weighs so much that whoever asks shows once more who they are: an approval over the heads of its people, and taking an
    /// offer back from a candidate.
    pub const fn weighs(&self) -> bool {
        matches!(self, Self::Command(Command::ForceApprove { .. } | Command::AskRescission { .. } | Command::AgreeRescission))
    }
}

/// A candidate's signature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accept {
    /// The version that was shown.
    pub version: u32,
    /// The letter that was shown.
    pub letter: Digest,
    /// The name as typed.
    pub typed_name: String,
    /// The consent text that was agreed to.
    pub consent: Option<u32>,
}

/// What the viewer may do with an offer right now: the forms that its page shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Button {
    /// Go on with the draft.
    Edit,
    /// Comment.
    Comment,
    /// Answer a step's question.
    AnswerStep,
    /// Approve a step over the heads of its people.
    Force,
    /// Route it anew by today's playbook.
    Reroute,
    /// Record the verbal stage.
    RecordVerbal,
    /// Send the letter.
    Send,
    /// Hold the letter.
    Hold,
    /// Release the letter.
    Release,
    /// Move the accept-by.
    MoveAcceptBy,
    /// Answer questions.
    AnswerQuestion,
    /// Propose a change.
    Propose,
    /// Adopt or refuse a proposal.
    Adopt,
    /// Record that the candidate declined.
    Decline,
    /// Record that the candidate is no longer to be had.
    Withdraw,
    /// End it before sending.
    Cancel,
    /// Ask for a rescission.
    AskRescission,
    /// Agree to a rescission.
    AgreeRescission,
    /// Drop a rescission.
    DropRescission,
    /// Lead it back to a draft.
    Reopen,
    /// Resolve contingencies.
    Resolve,
    /// Confirm the start.
    ConfirmStart,
    /// Move the start.
    MoveStart,
    /// Record that the person started.
    Start,
    /// Record that the person did not start.
    NotStart,
    /// Ask who can see it.
    AskWhoSees,
}

#[cfg(test)]
mod tests {
    use super::*;
    use offer::id::StepKey;

    #[test]
    fn an_approval_over_somebodys_head_and_a_rescission_weigh_and_daily_work_does_not() {
        let forced = Command::ForceApprove { step: StepKey::new("ops"), version: 1, reason: "away".to_owned() };
        for weighs in [forced, Command::AskRescission { reason: "budget".to_owned() }, Command::AgreeRescission] {
            assert!(Asked::Command(weighs).weighs());
        }
        assert!(!Asked::Command(Command::Comment { text: "hello".to_owned() }).weighs());
        assert!(!Asked::Submit { reasons: ExceptionReasons::default() }.weighs());
    }
}
