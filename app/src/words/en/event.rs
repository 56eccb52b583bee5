//! What happened to an offer, one sentence an event. Who did it stands beside.

use std::collections::BTreeMap;

use offer::field::FieldTable;
use offer::id::{PersonId, StepKey};
use offer::lifecycle::{AskedBy, Event, NotStartedBy, RoutedAnew, Words};

use super::{date, field, role, staff, standing, status};

/// What an event says, with the people whom it names by these names.
pub fn sentence(event: &Event, table: &FieldTable, names: &BTreeMap<PersonId, String>) -> String {
    let labels = |keys: &[offer::field::FieldKey]| keys.iter().map(|key| field::label_of(key, table)).collect::<Vec<_>>().join(", ");
    match event {
        Event::Drafted { number, .. } => format!("Began the draft {number}."),
        Event::DraftMoved { .. } => "Changed whom the draft is about; who may see it follows.".to_owned(),
        Event::Submitted { version, exceptions, .. } if exceptions.is_empty() => format!("Submitted version {version} for approval."),
        Event::Submitted { version, exceptions, .. } => {
            format!(
                "Submitted version {version} for approval with {}.",
                staff::exceptions(u32::try_from(exceptions.len()).unwrap_or(u32::MAX))
            )
        }
        Event::StepOpened { step, .. } => format!("{} was asked to decide.", role::step(step)),
        Event::StepApproved { step, coverage, .. } => format!("Approved version {} as {}.", coverage.version, role::step(step)),
        Event::StepCounted { step, coverage, .. } => {
            format!("Approved version {} as one of several of {}.", coverage.version, role::step(step))
        }
        Event::StepOpposed { step, .. } => format!("Is against it as {}; the others can still approve.", role::step(step)),
        Event::StepDelegated { step, to, .. } => {
            let to = names.get(to).filter(|name| !name.is_empty()).map_or("somebody else", String::as_str);
            format!("Handed the decision of {} to {to}.", role::step(step))
        }
        Event::StepForced { step, coverage, .. } => {
            format!("Approved version {} over the heads of {}.", coverage.version, role::step(step))
        }
        Event::Rerouted(RoutedAnew { playbook, route, stands, reopened, .. }) => {
            let steps: Vec<StepKey> = route.steps.iter().map(|step| step.step.clone()).collect();
            let after = standing::aftermath(&steps, stands, reopened, table);
            format!("Routed it anew by version {playbook} of the playbook. {after}").trim_end().to_owned()
        }
        Event::StepReminded { step } => format!("{} was reminded.", role::step(step)),
        Event::StepEscalated { step, to, .. } => {
            let told = to.as_ref().map_or_else(|| "whoever asked".to_owned(), role::who);
            format!("{} is overdue: {told} was told.", role::step(step))
        }
        Event::StepReturned { step, .. } => format!("Returned it with a question as {}.", role::step(step)),
        Event::StepAnswered { step, .. } => format!("Answered the question of {}.", role::step(step)),
        Event::StepRejected { step, .. } => format!("Rejected it as {}. It is a draft again.", role::step(step)),
        Event::Cleared { version } => format!("Every step has approved version {version}."),
        Event::Commented { .. } => "Commented.".to_owned(),
        Event::VerbalRecorded { verbal, status, outside_approval } => {
            let when = format!(
                "Recorded the verbal offer, made while the offer was {}. The candidate: {}.",
                status::in_sentence(*status),
                lower(status::verbal_response(verbal.response))
            );
            if outside_approval.is_empty() { when } else { format!("{when} Not approved then: {}.", labels(outside_approval)) }
        }
        Event::SendRequested { version, accept_by, .. } => {
            format!(
                "Sent the letter of version {version} on its way, to be accepted by {}, {}.",
                date::typed_local(&accept_by.local),
                date::zone(&accept_by.zone)
            )
        }
        Event::Sent { .. } => "The mail system took the letter. The offer is sent.".to_owned(),
        Event::SendFailed { .. } => "The mail could not be delivered to the mail system.".to_owned(),
        Event::Bounced { .. } => "The mail came back.".to_owned(),
        Event::Viewed { version } => format!("Opened the letter of version {version} with a code."),
        Event::Asked { .. } => "Asked a question.".to_owned(),
        Event::QuestionAnswered { .. } => "Answered the candidate's question.".to_owned(),
        Event::Proposed { asked_by: AskedBy::Candidate, changes, .. } if changes.is_empty() => {
            "The candidate asked for a change.".to_owned()
        }
        Event::Proposed { asked_by: AskedBy::Candidate, .. } => "Recorded a change that the candidate asks for.".to_owned(),
        Event::Proposed { asked_by: AskedBy::Employer, .. } => "Proposed a change.".to_owned(),
        Event::ProposalRefused { .. } => "Refused the proposed change.".to_owned(),
        Event::TermsChanged { version, route, stands, reopened, .. } => {
            let steps: Vec<StepKey> = route.steps.iter().map(|step| step.step.clone()).collect();
            let after = standing::aftermath(&steps, stands, reopened, table);
            format!("Changed the terms: version {version}. {after}").trim_end().to_owned()
        }
        Event::LetterHeld { proposal: None, .. } => "Put the letter on hold.".to_owned(),
        Event::LetterHeld { proposal: Some(_), .. } => "Put the letter on hold until the change is decided.".to_owned(),
        Event::LetterReleased => "Released the letter.".to_owned(),
        Event::AcceptByMoved { accept_by, .. } => {
            format!("Moved the accept-by to {}, {}, in a new letter.", date::typed_local(&accept_by.local), date::zone(&accept_by.zone))
        }
        Event::Accepted { version, seat, .. } => format!("Signed the letter of version {version}, for opening {seat}."),
        Event::Declined { primary, secondary, written, .. } => {
            let also = secondary.map(|reason| format!(" Also: {}.", lower(status::decline_reason(reason)))).unwrap_or_default();
            let when = if *written { "" } else { " before anything was written" };
            format!("Declined{when}: {}.{also}", lower(status::decline_reason(*primary)))
        }
        Event::Withdrawn { .. } => "Recorded that the candidate is no longer available.".to_owned(),
        Event::Expired => "The accept-by time passed without an answer.".to_owned(),
        Event::Cancelled { .. } => "Cancelled the offer before it was sent.".to_owned(),
        Event::RescissionAsked { approvers, .. } => {
            format!("Asked to rescind the offer. Has to agree: {}.", approvers.iter().map(role::role).collect::<Vec<_>>().join(", "))
        }
        Event::RescissionAgreed { role } => format!("Agreed to rescind as {}.", role::role(role)),
        Event::RescissionDropped { .. } => "Dropped the request to rescind.".to_owned(),
        Event::Rescinded { seat: None } => "The offer was rescinded.".to_owned(),
        Event::Rescinded { seat: Some(seat) } => format!("The offer was rescinded. Opening {seat} is free again."),
        Event::Reopened { .. } => "Reopened it as a draft with the same terms.".to_owned(),
        Event::ContingencyResolved { kind, state, .. } => {
            format!("{}: {}.", field::choice(&offer::field::CONTINGENCIES, kind.as_str()), lower(status::contingency_state(*state)))
        }
        Event::StartConfirmed { day } => format!("Confirmed the start on {}.", date::day(*day)),
        Event::StartMoved { from, to, reopened, .. } => {
            let again = if reopened.is_empty() {
                String::new()
            } else {
                format!(" To be acknowledged again: {}.", reopened.iter().map(role::recipient).collect::<Vec<_>>().join(", "))
            };
            format!("Moved the start from {} to {}.{again}", date::day(*from), date::day(*to))
        }
        Event::HandoffOpened { recipient, .. } => format!("The hand-off to {} was opened.", role::recipient(recipient)),
        Event::HandoffAcknowledged { recipient, .. } => format!("Acknowledged the hand-off to {}.", role::recipient(recipient)),
        Event::HandedOff => "Every recipient has what they need.".to_owned(),
        Event::Started { day } => format!("Confirmed that the person started on {}.", date::day(*day)),
        Event::DidNotStart { by, seat, .. } => {
            let free = seat.map(|seat| format!(" Opening {seat} is free again.")).unwrap_or_default();
            let by = match by {
                NotStartedBy::Candidate => "the candidate",
                NotStartedBy::Employer => "the employer",
                NotStartedBy::Client => "the client",
            };
            format!("Recorded that the person did not start, by decision of {by}.{free}")
        }
    }
}

/// What was said with an event, in the person's own words; nothing when nothing was, or when it is not for the reader.
pub fn said(event: &Event) -> Option<String> {
    words_of(event).filter(|said| !said.is_empty())
}

fn words_of(event: &Event) -> Option<String> {
    match event {
        Event::StepApproved { comment, .. } | Event::StepCounted { comment, .. } => comment.as_ref().map(kept),
        Event::StepReturned { question: said, .. }
        | Event::StepAnswered { answer: said, .. }
        | Event::StepRejected { reason: said, .. }
        | Event::StepOpposed { reason: said, .. }
        | Event::StepDelegated { reason: said, .. }
        | Event::StepForced { reason: said, .. }
        | Event::Rerouted(RoutedAnew { why: said, .. })
        | Event::Commented { text: said }
        | Event::SendFailed { reason: said }
        | Event::Bounced { reason: said }
        | Event::Asked { text: said, .. }
        | Event::QuestionAnswered { text: said, .. }
        | Event::Proposed { why: said, .. }
        | Event::ProposalRefused { reason: said, .. }
        | Event::TermsChanged { why: said, .. }
        | Event::LetterHeld { reason: said, .. }
        | Event::AcceptByMoved { reason: said, .. }
        | Event::Withdrawn { reason: said }
        | Event::Cancelled { reason: said }
        | Event::RescissionAsked { reason: said, .. }
        | Event::RescissionDropped { reason: said }
        | Event::Reopened { reason: said }
        | Event::ContingencyResolved { evidence: said, .. }
        | Event::StartMoved { reason: said, .. }
        | Event::DidNotStart { reason: said, .. } => Some(kept(said)),
        Event::Declined { note, .. } => note.as_ref().map(kept),
        Event::Accepted { typed_name, .. } => {
            Some(kept(typed_name)).filter(|name| !name.is_empty()).map(|name| format!("Signed as {name}"))
        }
        Event::VerbalRecorded { verbal, .. } => verbal.notes.as_ref().map(kept),
        Event::HandoffAcknowledged { reference, .. } => reference.as_ref().map(kept),
        Event::Drafted { .. }
        | Event::DraftMoved { .. }
        | Event::Submitted { .. }
        | Event::StepOpened { .. }
        | Event::StepReminded { .. }
        | Event::StepEscalated { .. }
        | Event::Cleared { .. }
        | Event::SendRequested { .. }
        | Event::Sent { .. }
        | Event::Viewed { .. }
        | Event::LetterReleased
        | Event::Expired
        | Event::RescissionAgreed { .. }
        | Event::Rescinded { .. }
        | Event::StartConfirmed { .. }
        | Event::HandoffOpened { .. }
        | Event::HandedOff
        | Event::Started { .. } => None,
    }
}

/// A text of a person, or that it was erased.
pub fn kept(words: &Words) -> String {
    words.kept().cloned().unwrap_or_else(|| "(erased)".to_owned())
}

fn lower(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}
