//! `Offer::apply`: total, decides nothing, never fails. Replaying any stored history works for ever (law 2).

use super::{
    Acceptance, Approval, AskedBy, ContingencyState, Delegation, Ending, Event, Handoff, Letter, Mail, Offer, Progress, Proposal,
    ProposalOutcome, Question, Recorded, RescissionRequest, RoutedAnew, Status, StepStands, StepState,
};
use crate::access::About;
use crate::field;
use crate::id::StepKey;
use crate::moment::Moment;
use crate::policy::Route;
use crate::terms::{Terms, Value};
use std::collections::BTreeMap;

impl Offer {
    /// Takes one event in.
    pub fn apply(&mut self, recorded: &Recorded) {
        let (at, by) = (recorded.at, &recorded.by);
        self.seq = recorded.seq;
        match recorded.event.clone() {
            Event::Drafted { requisition, number, candidate, about } => {
                self.requisition = Some(requisition);
                self.number = number;
                self.candidate = Some(candidate);
                self.about = about;
                self.begun_at = at;
                self.enter(Status::Draft, at);
            }
            Event::DraftMoved { about } => self.about = about,
            Event::Submitted { version, terms, findings, exceptions, route, playbook, stands, written_by } => {
                self.take_terms(version, terms);
                self.findings = findings;
                self.exceptions = exceptions;
                self.take_route(route, &stands);
                self.playbook = playbook;
                self.askers.extend(by.person().into_iter().chain(written_by));
                self.retire_letter();
                self.ending = None;
                self.enter(Status::InReview, at);
            }
            Event::StepOpened { step, due_at, remind_at, approvals } => {
                let progress = Progress { approvals, ..Progress::default() };
                self.step_becomes(step, StepState::Open { since: at, due_at, remind_at, progress });
            }
            Event::StepApproved { step, coverage, comment, on_behalf_of } => {
                self.delegations.retain(|handed| handed.step != step);
                let approval = Approval { seq: recorded.seq, step, by: by.clone(), at, coverage, comment, on_behalf_of, forced: false };
                self.step_becomes(approval.step.clone(), StepState::from(&approval));
                self.approvals.push(approval);
            }
            Event::StepCounted { step, coverage, comment, on_behalf_of } => {
                let approval = Approval { seq: recorded.seq, step, by: by.clone(), at, coverage, comment, on_behalf_of, forced: false };
                if let Some(progress) = self.progress_of(&approval.step) {
                    progress.approvals.push(recorded.seq);
                    progress.against.retain(|person| Some(person) != approval.decider().as_ref());
                }
                self.approvals.push(approval);
            }
            Event::StepOpposed { step, on_behalf_of, .. } => {
                let decider = on_behalf_of.or_else(|| by.person());
                let theirs = |approval: &Approval| approval.step == step && approval.decider() == decider;
                let taken_back: Vec<u64> = self.approvals.iter().filter(|approval| theirs(approval)).map(|approval| approval.seq).collect();
                self.approvals.retain(|approval| !taken_back.contains(&approval.seq));
                if let Some(progress) = self.progress_of(&step) {
                    progress.approvals.retain(|seq| !taken_back.contains(seq));
                    progress.against.extend(decider);
                }
            }
            Event::StepDelegated { step, from, to, .. } => {
                self.delegations.retain(|handed| handed.step != step || handed.from != from);
                self.delegations.push(Delegation { step, from, to });
            }
            Event::StepForced { step, coverage, reason } => {
                self.delegations.retain(|handed| handed.step != step);
                let (comment, on_behalf_of) = (Some(reason), None);
                let approval = Approval { seq: recorded.seq, step, by: by.clone(), at, coverage, comment, on_behalf_of, forced: true };
                self.step_becomes(approval.step.clone(), StepState::from(&approval));
                self.approvals.push(approval);
            }
            Event::Rerouted(RoutedAnew { playbook, findings, exceptions, route, stands, waits, .. }) => {
                let waiting: BTreeMap<StepKey, StepState> = waits.into_iter().filter_map(|step| self.steps.remove_entry(&step)).collect();
                self.findings = findings;
                self.exceptions = exceptions;
                self.take_route(route, &stands);
                self.steps.extend(waiting);
                self.playbook = playbook;
                self.retire_letter();
                self.enter(Status::InReview, at);
            }
            Event::StepReminded { step } => {
                if let Some(progress) = self.progress_of(&step) {
                    progress.reminded = Some(at);
                }
            }
            Event::StepEscalated { step, .. } => {
                if let Some(progress) = self.progress_of(&step) {
                    progress.escalated = Some(at);
                }
            }
            Event::StepReturned { step, question, seconds_left } => {
                let mut progress = self.progress_of(&step).cloned().unwrap_or_default();
                if let Some(StepState::Open { since, due_at, .. }) = self.steps.get(&step) {
                    progress.unasked.get_or_insert((*since, *due_at));
                }
                self.step_becomes(step, StepState::Returned { since: at, question, seconds_left, progress })
            }
            Event::StepAnswered { step, due_at, remind_at, .. } => {
                let progress = self.progress_of(&step).cloned().unwrap_or_default();
                self.step_becomes(step, StepState::Open { since: at, due_at, remind_at, progress });
            }
            Event::StepRejected { step, .. } => {
                self.approvals.retain(|approval| approval.step != step);
                self.delegations.clear();
                self.route = Route::default();
                self.steps.clear();
                self.enter(Status::Draft, at);
            }
            Event::Cleared { .. } => self.enter(Status::Approved, at),
            Event::Commented { .. } => {}
            Event::VerbalRecorded { verbal, outside_approval, .. } => {
                self.spoken_outside.extend(outside_approval);
                self.spoken.extend(verbal.spoken.iter().map(|(key, value)| (key.clone(), value.clone())));
                self.verbals.push((at, verbal));
            }
            Event::SendRequested { version, letter, accept_by, exceptions } => {
                self.retire_letter();
                self.exceptions.extend(exceptions);
                self.letter = Some(Letter {
                    version,
                    made: letter,
                    accept_by,
                    requested_at: at,
                    requested_by: by.clone(),
                    mail: Mail::OnItsWay,
                    viewed_at: None,
                    held: None,
                    held_for: None,
                });
            }
            Event::Sent { message } => {
                if let Some(letter) = &mut self.letter {
                    letter.mail = Mail::HandedOver { at, message };
                }
                self.enter(Status::Sent, at);
            }
            Event::SendFailed { reason } => {
                if let Some(letter) = &mut self.letter {
                    letter.mail = Mail::Failed { at, reason };
                }
            }
            Event::Bounced { reason } => {
                if let Some(letter) = &mut self.letter {
                    let handed = if let Mail::HandedOver { at, .. } = letter.mail { at } else { at };
                    letter.mail = Mail::Bounced { at: handed, returned_at: at, reason };
                }
            }
            Event::Viewed { .. } => {
                if let Some(letter) = &mut self.letter {
                    letter.viewed_at.get_or_insert(at);
                }
            }
            Event::Asked { question, text } => {
                self.questions.insert(question, Question { asked_at: at, text, answer: None });
            }
            Event::QuestionAnswered { question, text } => {
                if let Some(asked) = self.questions.get_mut(&question) {
                    asked.answer = Some((at, text));
                }
            }
            Event::Proposed { proposal, asked_by, version, changes, why, evidence } => {
                let (outcome, decided) = (ProposalOutcome::Open, None);
                let asked = Proposal { at, by: by.clone(), asked_by, version, changes, why, evidence, outcome, decided };
                self.proposals.insert(proposal, asked);
            }
            Event::ProposalRefused { proposal, reason } => {
                self.proposal_becomes(&proposal, ProposalOutcome::Refused { reason }, recorded);
            }
            Event::TermsChanged { version, terms, proposal, changes, findings, exceptions, route, stands, .. } => {
                // what the candidate asked for replaces what was said before
                if self.proposals.get(&proposal).is_some_and(|proposal| proposal.asked_by == AskedBy::Candidate) {
                    self.spoken.retain(|key, _| !changes.iter().any(|change| change.field == *key));
                }
                let asked = self.proposals.get(&proposal);
                let adjusted = asked.is_some_and(|asked| asked.is_adjusted_in(&terms, &changes));
                let asker = asked.and_then(|asked| asked.asker_in(&terms, &route));
                self.take_terms(version, terms);
                self.findings = findings;
                self.exceptions = exceptions;
                self.take_route(route, &stands);
                self.askers.extend(by.person().into_iter().chain(asker));
                self.retire_letter();
                self.proposal_becomes(&proposal, ProposalOutcome::Adopted { version, adjusted }, recorded);
                self.enter(Status::InReview, at);
            }
            Event::LetterHeld { reason, proposal } => {
                if let Some(letter) = &mut self.letter {
                    letter.held = Some((at, reason));
                    letter.held_for = proposal;
                }
            }
            Event::LetterReleased => {
                if let Some(letter) = &mut self.letter {
                    letter.held = None;
                    letter.held_for = None;
                }
            }
            Event::AcceptByMoved { accept_by, letter: made, .. } => {
                if let Some(letter) = self.letter.take() {
                    self.letter = Some(Letter { made, accept_by, ..letter.clone() });
                    self.earlier_letters.push(letter);
                }
            }
            Event::Accepted { version, seat, typed_name, .. } => {
                self.acceptance = Some(Acceptance { at, version, seat, typed_name });
                self.enter(Status::Accepted, at);
            }
            Event::Declined { primary, secondary, note, written } => {
                self.end(Status::Declined, Ending::Declined { primary, secondary, note, written }, at)
            }
            Event::Withdrawn { reason } => self.end(Status::Withdrawn, Ending::Reasoned(reason), at),
            Event::Expired => self.end(Status::Expired, Ending::Expired, at),
            Event::Cancelled { reason } => {
                if self.version == 0 {
                    // no client heard of it, and none finds it now
                    self.about.client = None;
                    self.about.relations.client_contact = None;
                }
                self.end(Status::Cancelled, Ending::Reasoned(reason), at);
            }
            Event::RescissionAsked { reason, approvers } => {
                self.asked_to_rescind = approvers.iter().cloned().collect();
                self.rescission = Some(RescissionRequest { at, by: by.clone(), reason, approvers, agreed: BTreeMap::new() });
            }
            Event::RescissionAgreed { role } => {
                if let Some(request) = &mut self.rescission {
                    request.agreed.insert(role, by.clone());
                }
            }
            Event::RescissionDropped { .. } => {
                self.rescission = None;
                self.asked_to_rescind.clear();
            }
            Event::Rescinded { .. } => {
                let reason = self.rescission.take().map_or(crate::private::Private::Erased, |request| request.reason);
                self.end(Status::Rescinded, Ending::Reasoned(reason), at);
            }
            Event::Reopened { .. } => {
                self.retire_letter();
                self.route = Route::default();
                self.steps.clear();
                self.approvals.clear();
                self.delegations.clear();
                self.acceptance = None;
                self.ending = None;
                self.spoken_outside.clear();
                self.enter(Status::Draft, at);
            }
            Event::ContingencyResolved { kind, state, .. } => {
                self.contingencies.insert(kind, state);
            }
            Event::StartConfirmed { day } => self.start_confirmed = Some(day),
            Event::StartMoved { to, reopened, .. } => {
                if let Some(terms) = &mut self.terms {
                    *terms = terms.clone().started_on(to);
                }
                self.start_confirmed = None;
                for recipient in reopened {
                    if let Some(handoff) = self.handoffs.get_mut(&recipient) {
                        handoff.acknowledged = None;
                        handoff.opened_at = at;
                    }
                }
                if self.status == Status::HandedOff && self.handoffs.values().any(|handoff| handoff.acknowledged.is_none()) {
                    self.enter(Status::Accepted, at);
                }
            }
            Event::HandoffOpened { recipient, role, fields, due_at } => {
                self.handoffs.insert(recipient, Handoff { role, fields, opened_at: at, due_at, acknowledged: None });
            }
            Event::HandoffAcknowledged { recipient, .. } => {
                if let Some(handoff) = self.handoffs.get_mut(&recipient) {
                    handoff.acknowledged = Some((at, by.clone()));
                }
            }
            Event::HandedOff => self.enter(Status::HandedOff, at),
            Event::Started { .. } => self.enter(Status::Started, at),
            Event::DidNotStart { by, reason, .. } => self.end(Status::DidNotStart, Ending::NotStarted { by, reason }, at),
        }
    }

    fn enter(&mut self, status: Status, at: Moment) {
        self.status = status;
        self.status_since = at;
    }

    fn end(&mut self, status: Status, ending: Ending, at: Moment) {
        self.ending = Some(ending);
        self.rescission = None;
        if status != Status::Rescinded {
            self.asked_to_rescind.clear();
        }
        self.enter(status, at);
    }

    fn take_terms(&mut self, version: u32, terms: Terms) {
        self.version = version;
        let known = std::mem::take(&mut self.contingencies);
        self.contingencies = terms
            .contingencies()
            .map(|kind| {
                let state = known.get(&kind).copied().unwrap_or(ContingencyState::Pending);
                (kind, state)
            })
            .collect();
        self.about = About::of(&terms);
        self.versions.insert(version, terms.clone());
        self.terms = Some(terms);
    }

    /// Every step of the route waits, but for those whose approvals stand.
    fn take_route(&mut self, route: Route, stands: &[StepStands]) {
        let state = |step: &StepKey| {
            let standing = stands.iter().find(|stands| stands.step == *step);
            let approval =
                standing.and_then(|stands| self.approvals.iter().rev().find(|approval| stands.approvals.contains(&approval.seq)));
            approval.map_or(StepState::Later, StepState::from)
        };
        self.steps = route.steps.iter().map(|step| (step.step.clone(), state(&step.step))).collect();
        self.route = route;
    }

    fn retire_letter(&mut self) {
        self.earlier_letters.extend(self.letter.take());
    }

    fn progress_of(&mut self, step: &StepKey) -> Option<&mut Progress> {
        match self.steps.get_mut(step) {
            Some(StepState::Open { progress, .. } | StepState::Returned { progress, .. }) => Some(progress),
            _ => None,
        }
    }

    fn step_becomes(&mut self, step: crate::id::StepKey, state: StepState) {
        self.steps.insert(step, state);
    }

    fn proposal_becomes(&mut self, proposal: &crate::id::ProposalId, outcome: ProposalOutcome, recorded: &Recorded) {
        if let Some(open) = self.proposals.get_mut(proposal) {
            open.outcome = outcome;
            open.decided = Some((recorded.at, recorded.by.clone()));
        }
    }
}

impl From<&Approval> for StepState {
    fn from(approval: &Approval) -> Self {
        let Approval { by, at, coverage, comment, .. } = approval.clone();
        Self::Approved { by, at, coverage, comment }
    }
}

impl Terms {
    /// These terms with another start, agreed on after acceptance.
    fn started_on(mut self, day: crate::moment::Day) -> Self {
        self.replace_open(field::START, Value::Date(day));
        self
    }
}
