//! Whom an offer waits on.

use super::{Letter, Mail, Offer, Status, StepState, WaitsOn};
use crate::id::{StepKey, role};
use crate::moment::Moment;
use crate::playbook::{ContingencyDue, Playbook};
use std::collections::BTreeMap;

impl StepState {
    /// Whether it waits on its decision, or on an answer before that.
    pub const fn is_undecided(&self) -> bool {
        matches!(self, Self::Open { .. } | Self::Returned { .. })
    }

    /// The state as it stands to whoever is not told what is asked: a step that waits on an answer waits on its people.
    #[must_use]
    pub fn unasked(&self) -> Self {
        let (Self::Open { progress, .. } | Self::Returned { progress, .. }) = self else { return self.clone() };
        match progress.unasked {
            Some((since, due_at)) => Self::Open { since, due_at, remind_at: due_at, progress: progress.clone() },
            None => self.clone(),
        }
    }
}

impl Letter {
    /// Since when it waits on the recruiter, for it is on hold or its mail came back; nothing while it waits on the candidate.
    fn stopped_since(&self) -> Option<Moment> {
        let held = self.held.as_ref().map(|(since, _)| *since);
        let returned = if let Mail::Bounced { returned_at, .. } = self.mail { Some(returned_at) } else { None };
        held.into_iter().chain(returned).min()
    }
}

impl Offer {
    /// The offer as it stands to whoever does not read staff's talk: nobody asked anything, no change was proposed, nothing is taken back or on
    /// hold, and the mail went through. Nothing where that is how it stands to everybody. A client knows what its own people asked.
    pub fn without_talk(&self, of_the_client: bool) -> Option<Self> {
        let is_told_otherwise = |letter: &Letter| letter.stopped_since().is_some() || matches!(letter.mail, Mail::Failed { .. });
        let is_known = |step: &StepKey| of_the_client && step.as_str() == role::CLIENT_CONTACT.as_str();
        let is_asked = |(step, state): (&StepKey, &StepState)| *state != state.unasked() && !is_known(step);
        let has_talk = !self.questions.is_empty()
            || !self.proposals.is_empty()
            || self.rescission.is_some()
            || self.steps.iter().any(is_asked)
            || self.letter.as_ref().is_some_and(is_told_otherwise);
        has_talk.then(|| {
            let mut told = Self { questions: BTreeMap::new(), proposals: BTreeMap::new(), rescission: None, ..self.clone() };
            told.steps.iter_mut().filter(|(step, _)| !is_known(step)).for_each(|(_, state)| *state = state.unasked());
            if let Some(letter) = &mut told.letter {
                letter.held = None;
                match letter.mail {
                    Mail::Bounced { at, .. } => letter.mail = Mail::HandedOver { at, message: String::new() },
                    Mail::Failed { .. } => letter.mail = Mail::OnItsWay,
                    Mail::OnItsWay | Mail::HandedOver { .. } => {}
                }
            }
            told
        })
    }

    /// Who it waits on, and since when. Nobody when it has ended or the person works.
    pub fn waits_on(&self, pinned: &Playbook) -> Vec<(WaitsOn, Moment)> {
        if let Some(request) = &self.rescission {
            let missing = request.approvers.iter().filter(|role| !request.agreed.contains_key(*role));
            return missing.map(|role| (WaitsOn::Rescission(role.clone()), request.at)).collect();
        }
        match self.status {
            Status::Draft => vec![(WaitsOn::Recruiter, self.status_since)],
            Status::InReview => self.waiting_steps(),
            Status::Approved => {
                let change = self.undecided_change();
                match self.letter.as_ref().map(|letter| (&letter.mail, letter.requested_at)) {
                    Some((Mail::OnItsWay, since)) => std::iter::once((WaitsOn::Courier, since)).chain(change).collect(),
                    Some((Mail::Failed { at, .. }, _)) => vec![change.unwrap_or((WaitsOn::Recruiter, *at))],
                    Some((_, since)) => vec![change.unwrap_or((WaitsOn::Recruiter, since))],
                    None => vec![change.unwrap_or((WaitsOn::Recruiter, self.status_since))],
                }
            }
            Status::Sent => {
                let asked = self
                    .open_questions()
                    .map(|(_, question)| question.asked_at)
                    .chain(self.open_proposals().map(|(_, proposal)| proposal.at))
                    .min();
                match asked.or(self.letter.as_ref().and_then(Letter::stopped_since)) {
                    Some(since) => vec![(WaitsOn::Recruiter, since)],
                    None => {
                        // what must be met before they can sign is waited on as well
                        let open = self.open_contingencies(pinned, ContingencyDue::Acceptance).into_iter().map(WaitsOn::Contingency);
                        open.chain([WaitsOn::Candidate]).map(|on| (on, self.status_since)).collect()
                    }
                }
            }
            Status::Accepted => {
                let open = self.open_contingencies(pinned, ContingencyDue::Handoff);
                let mut waits: Vec<(WaitsOn, Moment)> = if open.is_empty() {
                    let waiting = self.handoffs.iter().filter(|(_, handoff)| handoff.acknowledged.is_none());
                    waiting.map(|(recipient, handoff)| (WaitsOn::Recipient(recipient.clone()), handoff.opened_at)).collect()
                } else {
                    open.into_iter().map(|kind| (WaitsOn::Contingency(kind), self.status_since)).collect()
                };
                waits.extend(self.asked_before_signing());
                waits
            }
            Status::HandedOff => {
                let open = self.open_contingencies(pinned, ContingencyDue::Start);
                let mut waits: Vec<(WaitsOn, Moment)> = if open.is_empty() {
                    vec![(WaitsOn::StartDay, self.status_since)]
                } else {
                    open.into_iter().map(|kind| (WaitsOn::Contingency(kind), self.status_since)).collect()
                };
                waits.extend(self.asked_before_signing());
                waits
            }
            _ => Vec::new(),
        }
    }

    /// A question that was open when the candidate signed is still owed its answer.
    fn asked_before_signing(&self) -> Option<(WaitsOn, Moment)> {
        self.open_questions().map(|(_, question)| question.asked_at).min().map(|since| (WaitsOn::Recruiter, since))
    }

    /// A change that was asked for is owed its decision.
    fn undecided_change(&self) -> Option<(WaitsOn, Moment)> {
        self.open_proposals().map(|(_, proposal)| proposal.at).min().map(|since| (WaitsOn::Recruiter, since))
    }

    fn waiting_steps(&self) -> Vec<(WaitsOn, Moment)> {
        let mut waiting: Vec<(WaitsOn, Moment)> =
            self.open_steps().map(|(step, since, _)| (WaitsOn::Step(step.step.clone()), since)).collect();
        waiting.extend(self.steps.values().filter_map(|state| match state {
            StepState::Returned { since, .. } => Some((WaitsOn::Recruiter, *since)),
            _ => None,
        }));
        // an approver who asked is answered first
        if !waiting.iter().any(|(on, _)| *on == WaitsOn::Recruiter) {
            waiting.extend(self.undecided_change());
        }
        waiting
    }
}
