//! Questions and negotiation: a request kills nothing; adopting a new version kills the letter.

use super::command::{Adopt, Propose};
use super::decide::{explained, must_be, some_words, words};
use super::deciders::somebody_for_every_step;
use super::review::opened;
use super::{AskedBy, Event, Offer, Proposal, ProposalOutcome, Refusal, Rerouting, Revision, Status, Subjectless, World};
use crate::acceptance;
use crate::access::{self, Access, Action};
use crate::check::{self, Assessment};
use crate::field::{FieldTable, Gate};
use crate::id::{PersonId, ProposalId, QuestionId};
use crate::ledger::ActorKind;
use crate::policy::{self, Route};
use crate::terms::{Change, Changes, Terms};
use std::collections::BTreeSet;

impl Proposal {
    /// Whether the candidate wrote it, and not somebody of the firm for them.
    pub fn is_candidates_own(&self) -> bool {
        self.asked_by == AskedBy::Candidate && self.by.kind == ActorKind::Candidate
    }

    /// Whether terms that came of it, with everything that changed in them, are something else than it asked for. What was asked in words
    /// alone is not held against what came of it.
    pub fn is_adjusted_in(&self, terms: &Terms, changes: &Changes) -> bool {
        let asked = self.changes.to_vec();
        let otherwise = asked.iter().any(|change| terms.get(&change.field) != change.to.as_ref());
        let beside = changes.iter().any(|change| !asked.iter().any(|asked| asked.field == change.field));
        !asked.is_empty() && (otherwise || beside)
    }
}

pub(super) fn ask(offer: &Offer, world: &World<'_>, text: &str) -> Result<Vec<Event>, Refusal> {
    acceptance::ask(&offer.standing(world.pinned), text)?;
    Ok(vec![Event::Asked { question: world.fresh.question(), text: words(text)? }])
}

pub(super) fn answer_question(offer: &Offer, question: QuestionId, text: &str) -> Result<Vec<Event>, Refusal> {
    match offer.questions.get(&question) {
        Some(asked) if asked.answer.is_none() => Ok(vec![Event::QuestionAnswered { question, text: words(text)? }]),
        Some(_) => Err(Refusal::NothingChanges),
        None => Err(Refusal::NoSuch { what: Subjectless::Question }),
    }
}

pub(super) fn request(offer: &Offer, world: &World<'_>, why: &str) -> Result<Vec<Event>, Refusal> {
    acceptance::request_change(&offer.standing(world.pinned), world.now, why)?;
    Ok(vec![Event::Proposed {
        proposal: world.fresh.proposal(),
        asked_by: AskedBy::Candidate,
        version: offer.version,
        changes: Changes::none(),
        why: words(why)?,
        evidence: None,
    }])
}

pub(super) fn propose(offer: &Offer, world: &World<'_>, propose: Propose) -> Result<Vec<Event>, Refusal> {
    must_be(offer, &[Status::InReview, Status::Approved, Status::Sent])?;
    // what somebody else changed meanwhile to another value is told to its author before anything is asked of others
    if merged(offer, propose.version, &propose.changes)?.is_empty() {
        return Err(Refusal::NothingChanges);
    }
    let asked_by = if propose.for_candidate { AskedBy::Candidate } else { AskedBy::Employer };
    let why = words(&propose.why)?;
    let proposal = world.fresh.proposal();
    let mut events = vec![Event::Proposed {
        proposal: proposal.clone(),
        asked_by,
        version: propose.version,
        changes: Changes::new(propose.changes, world.table),
        why: why.clone(),
        evidence: some_words(&propose.evidence)?,
    }];
    let may_be_held = offer.status == Status::Sent && offer.letter.as_ref().is_some_and(|letter| letter.held.is_none());
    if propose.hold_letter && may_be_held {
        if let Access::Denied(because) = access::may(world.actor, Action::Send, &offer.subject()) {
            return Err(Refusal::NotAllowed { because });
        }
        events.push(Event::LetterHeld { reason: why, proposal: Some(proposal) });
    }
    Ok(events)
}

/// Nothing changes; a letter that was held until this was decided is open again.
pub(super) fn refuse(offer: &Offer, proposal: ProposalId, reason: &str) -> Result<Vec<Event>, Refusal> {
    open_proposal(offer, &proposal)?;
    let held = offer.status == Status::Sent && offer.letter.as_ref().is_some_and(|letter| letter.held_for.as_ref() == Some(&proposal));
    let mut events = vec![Event::ProposalRefused { proposal, reason: words(reason)? }];
    events.extend(held.then_some(Event::LetterReleased));
    Ok(events)
}

impl Proposal {
    /// Whoever of the firm asked for something that came about in these terms and is decided by this route: they hand in what they ask for.
    /// Who only noted what the candidate or a client wants does not.
    pub fn asker_in(&self, terms: &Terms, route: &Route) -> Option<PersonId> {
        let is_decided = |change: &Change| route.steps.iter().any(|step| step.decides.contains(&change.field));
        let came_about = |change: &Change| terms.get(&change.field) == change.to.as_ref() && is_decided(change);
        self.by.person().filter(|_| !self.is_candidates_own() && self.changes.iter().any(came_about))
    }
}

/// What a new version brings about, with what it is decided by.
struct Adopting {
    becomes: Rerouting,
    assessment: Assessment,
    askers: BTreeSet<PersonId>,
}

impl Offer {
    /// The terms that an open proposal comes to now, if it is adopted as it was asked.
    ///
    /// # Errors
    /// As adopting it: a proposal that is not there or decided, terms that have moved on where it asks for something else.
    pub fn terms_as_proposed(&self, proposal: &ProposalId, table: &FieldTable) -> Result<Terms, Refusal> {
        let Some(current) = &self.terms else { return Err(Refusal::NotInThisState { status: self.status }) };
        let asked = open_proposal(self, proposal)?;
        Ok(current.with(&merged(self, asked.version, &asked.changes.to_vec())?, table))
    }

    /// What a version with these terms would bring about if a proposal came to it, before anything happens.
    ///
    /// # Errors
    /// The state in which there can be none; [`Refusal::NothingChanges`] for the terms that stand.
    pub fn adopting(&self, world: &World<'_>, proposal: &ProposalId, terms: &Terms) -> Result<Rerouting, Refusal> {
        self.adopted(world, proposal, terms).map(|adopting| adopting.becomes)
    }

    fn adopted(&self, world: &World<'_>, proposal: &ProposalId, terms: &Terms) -> Result<Adopting, Refusal> {
        must_be(self, &[Status::InReview, Status::Approved, Status::Sent])?;
        let asked = open_proposal(self, proposal)?;
        let Some(current) = &self.terms else { return Err(Refusal::NotInThisState { status: self.status }) };
        if current == terms {
            return Err(Refusal::NothingChanges);
        }
        self.is_still_for_whom_it_was(terms)?;
        let assessment = check::assess_change(current, terms, world.ground());
        let route = policy::route(terms, &assessment, world.pinned, world.table);
        let askers = self.askers.iter().chain(world.actor.person()).cloned().chain(asked.asker_in(terms, &route)).collect();
        let reapproval = self.reapproval(&route, terms, &askers);
        let becomes = Rerouting {
            unexplained: assessment.findings.iter().filter(|finding| finding.is_exception()).cloned().collect(),
            findings: assessment.findings.clone(),
            waits: BTreeSet::new(),
            route,
            reapproval,
        };
        Ok(Adopting { becomes, assessment, askers })
    }
}

/// A new version. What was read at an older one is merged field by field; a step keeps its approval while the fields that it answers for,
/// in the new route, have the values or stay in the ranges that it approved.
pub(super) fn adopt(offer: &Offer, world: &World<'_>, adopt: Adopt) -> Result<Vec<Event>, Refusal> {
    must_be(offer, &[Status::InReview, Status::Approved, Status::Sent])?;
    open_proposal(offer, &adopt.proposal)?;
    let Some(current) = &offer.terms else { return Err(Refusal::NotInThisState { status: offer.status }) };
    let merged = merged(offer, adopt.version, &adopt.changes)?;
    let terms = current.with(&merged, world.table);
    let changes = current.diff(&terms);
    if changes.is_empty() {
        return Err(Refusal::NothingChanges);
    }
    let missing = terms.missing(Gate::Submit, world.table);
    if !missing.is_empty() {
        return Err(Refusal::FieldsMissing { gate: Gate::Submit, fields: missing });
    }
    let Adopting { becomes: Rerouting { route, findings, reapproval, .. }, assessment, askers } =
        offer.adopted(world, &adopt.proposal, &terms)?;
    let exceptions = explained(&findings, &adopt.reasons, offer, world)?;
    somebody_for_every_step(&route, world, &assessment.figures, &askers)?;
    let standing = reapproval.standing();
    let version = offer.version + 1;
    let mut events = vec![Event::TermsChanged {
        version,
        revision: revision(&changes, world.table),
        changes: Changes::new(changes, world.table),
        proposal: adopt.proposal,
        findings,
        exceptions,
        stands: reapproval.stands,
        reopened: reapproval.reopened,
        why: words(&adopt.why)?,
        terms,
        route: route.clone(),
    }];
    events.extend(opened(&route, &standing, &BTreeSet::new(), &reapproval.counting, world));
    if route.steps.iter().all(|step| standing.contains(&step.step)) {
        events.push(Event::Cleared { version });
    }
    Ok(events)
}

/// What changes that were read off a version come to now.
fn merged(offer: &Offer, read_at: u32, changes: &[Change]) -> Result<Vec<Change>, Refusal> {
    let Some(current) = &offer.terms else { return Err(Refusal::NotInThisState { status: offer.status }) };
    let Some(read) = offer.versions.get(&read_at) else {
        return Err(Refusal::MovedOn { now_at: offer.version, changed: Vec::new() });
    };
    current.merged(read, changes).map_err(|conflicts| Refusal::Conflict { now_at: offer.version, conflicts })
}

fn revision(changes: &[Change], table: &FieldTable) -> Revision {
    let material = |change: &Change| table.get(&change.field).is_some_and(|spec| spec.material);
    if changes.iter().any(material) { Revision::Material } else { Revision::Cosmetic }
}

fn open_proposal<'a>(offer: &'a Offer, proposal: &ProposalId) -> Result<&'a Proposal, Refusal> {
    match offer.proposals.get(proposal) {
        Some(open) if open.outcome == ProposalOutcome::Open => Ok(open),
        Some(_) => Err(Refusal::NothingChanges),
        None => Err(Refusal::NoSuch { what: Subjectless::Proposal }),
    }
}
