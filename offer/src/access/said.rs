//! What somebody wrote in an event: who of those that see the event reads it, and the event without it.

use super::Sight;
use crate::id::role;
use crate::ledger::ActorKind;
use crate::lifecycle::{By, Event, Exception, RoutedAnew, Words};
use crate::private::Private;

/// Whether what was written in an event is read, and not only that something was.
pub(super) fn reads(event: &Event, by: &By, sight: &Sight) -> bool {
    let own = sight.of_the_client && is_with_the_client(event);
    sight.reads_words_of(by) || own
}

impl Sight {
    /// Whether the words that somebody wrote are read. What the candidate wrote holds no bill, whoever reads it.
    pub fn reads_words_of(&self, by: &By) -> bool {
        self.reads_words() || self.reads_talk() && by.kind == ActorKind::Candidate
    }
}

/// What only staff see: their talk, the negotiation, the candidate's words, the mail's fate, checks of the person.
pub fn is_between_staff(event: &Event) -> bool {
    matches!(
        event,
        Event::Commented { .. }
            | Event::StepReturned { .. }
            | Event::StepAnswered { .. }
            | Event::StepCounted { .. }
            | Event::StepOpposed { .. }
            | Event::StepDelegated { .. }
            | Event::DraftMoved { .. }
            | Event::Rerouted(_)
            | Event::StepReminded { .. }
            | Event::StepEscalated { .. }
            | Event::VerbalRecorded { .. }
            | Event::SendFailed { .. }
            | Event::Bounced { .. }
            | Event::Asked { .. }
            | Event::QuestionAnswered { .. }
            | Event::Proposed { .. }
            | Event::ProposalRefused { .. }
            | Event::LetterHeld { .. }
            | Event::LetterReleased
            | Event::RescissionAsked { .. }
            | Event::RescissionAgreed { .. }
            | Event::RescissionDropped { .. }
            | Event::ContingencyResolved { .. }
    )
}

/// What the client asked before deciding, and our answer to the client.
pub(super) fn is_with_the_client(event: &Event) -> bool {
    let (Event::StepReturned { step, .. } | Event::StepAnswered { step, .. }) = event else { return false };
    step.as_str() == role::CLIENT_CONTACT.as_str()
}

/// Takes out everything that somebody wrote freely. Every event is named here, so that none comes in with words that are forgotten.
pub(super) fn silence_words(event: &mut Event) {
    match event {
        Event::StepOpposed { reason: words, .. }
        | Event::StepDelegated { reason: words, .. }
        | Event::StepForced { reason: words, .. }
        | Event::StepReturned { question: words, .. }
        | Event::StepAnswered { answer: words, .. }
        | Event::StepRejected { reason: words, .. }
        | Event::Commented { text: words }
        | Event::Asked { text: words, .. }
        | Event::QuestionAnswered { text: words, .. }
        | Event::ProposalRefused { reason: words, .. }
        | Event::LetterHeld { reason: words, .. }
        | Event::AcceptByMoved { reason: words, .. }
        | Event::Withdrawn { reason: words }
        | Event::Cancelled { reason: words }
        | Event::RescissionAsked { reason: words, .. }
        | Event::RescissionDropped { reason: words }
        | Event::Reopened { reason: words }
        | Event::ContingencyResolved { evidence: words, .. }
        | Event::StartMoved { reason: words, .. }
        | Event::DidNotStart { reason: words, .. } => silence(words),
        Event::StepApproved { comment: words, .. }
        | Event::StepCounted { comment: words, .. }
        | Event::Declined { note: words, .. }
        | Event::HandoffAcknowledged { reference: words, .. } => *words = None,
        Event::Submitted { exceptions, .. } | Event::SendRequested { exceptions, .. } => silence_reasons(exceptions),
        Event::TermsChanged { exceptions, why, .. } | Event::Rerouted(RoutedAnew { exceptions, why, .. }) => {
            silence_reasons(exceptions);
            silence(why);
        }
        Event::Proposed { why, evidence, .. } => {
            silence(why);
            *evidence = None;
        }
        Event::VerbalRecorded { verbal, .. } => {
            (verbal.expectation, verbal.competing_offer, verbal.notes) = (None, None, None);
        }
        // a typed name and a mail system's answer go by the side that they tell, and the rest says nothing freely
        Event::Accepted { .. }
        | Event::SendFailed { .. }
        | Event::Bounced { .. }
        | Event::Drafted { .. }
        | Event::DraftMoved { .. }
        | Event::StepOpened { .. }
        | Event::StepReminded { .. }
        | Event::StepEscalated { .. }
        | Event::Cleared { .. }
        | Event::Sent { .. }
        | Event::Viewed { .. }
        | Event::LetterReleased
        | Event::Expired
        | Event::RescissionAgreed { .. }
        | Event::Rescinded { .. }
        | Event::StartConfirmed { .. }
        | Event::HandoffOpened { .. }
        | Event::HandedOff
        | Event::Started { .. } => {}
    }
}

fn silence_reasons(exceptions: &mut [Exception]) {
    exceptions.iter_mut().for_each(|exception| silence(&mut exception.reason));
}

/// That something was said stays; what was said does not.
pub(super) fn silence(words: &mut Words) {
    *words = Private::Kept(String::new());
}
