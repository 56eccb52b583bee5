//! Questions and negotiation: a request kills nothing; adopting a new version kills the letter.

use super::command::Adopt;
use super::decide::{explained, must_be, must_be_at, words};
use super::review::{opened, somebody_for_every_step};
use super::{AskedBy, Event, Offer, ProposalOutcome, Refusal, Status, StepState, Subjectless, World};
use crate::acceptance;
use crate::check;
use crate::field::Gate;
use crate::id::{ProposalId, QuestionId, StepKey};
use crate::policy;
use crate::terms::Change;
use std::collections::BTreeSet;

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
    Ok(vec![Event::Proposed { proposal: world.fresh.proposal(), asked_by: AskedBy::Candidate, changes: Vec::new(), why: words(why)? }])
}

pub(super) fn propose(
    offer: &Offer,
    world: &World<'_>,
    changes: Vec<Change>,
    why: &str,
    for_candidate: bool,
) -> Result<Vec<Event>, Refusal> {
    must_be(offer, &[Status::InReview, Status::Approved, Status::Sent])?;
    if changes.is_empty() {
        return Err(Refusal::NothingChanges);
    }
    let asked_by = if for_candidate { AskedBy::Candidate } else { AskedBy::Employer };
    Ok(vec![Event::Proposed { proposal: world.fresh.proposal(), asked_by, changes, why: words(why)? }])
}

pub(super) fn refuse(offer: &Offer, proposal: ProposalId, reason: &str) -> Result<Vec<Event>, Refusal> {
    must_be_open(offer, &proposal)?;
    Ok(vec![Event::ProposalRefused { proposal, reason: words(reason)? }])
}

/// A new version: a step keeps its approval while the fields it decides, in the new route, still have the values it approved.
pub(super) fn adopt(offer: &Offer, world: &World<'_>, adopt: Adopt) -> Result<Vec<Event>, Refusal> {
    must_be(offer, &[Status::InReview, Status::Approved, Status::Sent])?;
    must_be_open(offer, &adopt.proposal)?;
    must_be_at(offer, adopt.version)?;
    let Some(current) = &offer.terms else { return Err(Refusal::NotInThisState { status: offer.status }) };
    let terms = current.with(&adopt.changes, world.table);
    let changes = current.diff(&terms);
    if changes.is_empty() {
        return Err(Refusal::NothingChanges);
    }
    let missing = terms.missing(Gate::Submit, world.table);
    if !missing.is_empty() {
        return Err(Refusal::FieldsMissing { gate: Gate::Submit, fields: missing });
    }
    let assessment = check::assess(&terms, world.ground());
    let exceptions = explained(&assessment.findings, &adopt.reasons)?;
    let route = policy::route(&terms, &assessment, world.pinned, world.table);
    somebody_for_every_step(&route, world, world.actor.person())?;
    let approved_before = |step: &StepKey| match offer.steps.get(step) {
        Some(StepState::Approved { coverage, .. }) => Some(coverage),
        _ => None,
    };
    let stands: BTreeSet<StepKey> = route
        .steps
        .iter()
        .filter(|step| approved_before(&step.step).is_some_and(|coverage| coverage.holds(step, &terms)))
        .map(|step| step.step.clone())
        .collect();
    let reopened = route
        .steps
        .iter()
        .filter(|step| approved_before(&step.step).is_some() && !stands.contains(&step.step))
        .map(|step| step.step.clone());
    let version = offer.version + 1;
    let mut events = vec![Event::TermsChanged {
        version,
        changes,
        proposal: adopt.proposal,
        findings: assessment.findings,
        exceptions,
        stands: stands.iter().cloned().collect(),
        reopened: reopened.collect(),
        why: words(&adopt.why)?,
        terms,
        route: route.clone(),
    }];
    events.extend(opened(&route, &stands, &BTreeSet::new(), world));
    if route.steps.iter().all(|step| stands.contains(&step.step)) {
        events.push(Event::Cleared { version });
    }
    Ok(events)
}

fn must_be_open(offer: &Offer, proposal: &ProposalId) -> Result<(), Refusal> {
    match offer.proposals.get(proposal) {
        Some(open) if open.outcome == ProposalOutcome::Open => Ok(()),
        Some(_) => Err(Refusal::NothingChanges),
        None => Err(Refusal::NoSuch { what: Subjectless::Proposal }),
    }
}
