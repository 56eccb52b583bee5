//! Draft, submit, and the approvers' decisions.

use super::command::{Approve, Draft, Submit};
use super::decide::{explained, must_be, must_be_at, some_words, words};
use super::{Event, Offer, Refusal, Status, StepState, Subjectless, World};
use crate::access::Actor;
use crate::check;
use crate::field::{self, FieldKey, Gate};
use crate::id::{PersonId, StepKey};
use crate::policy::{self, ApprovedRange, Coverage, RangeFault, RangeFrom, Route, RouteStep};
use crate::terms::Terms;
use std::collections::BTreeSet;

pub(super) fn draft(offer: &Offer, draft: Draft) -> Result<Vec<Event>, Refusal> {
    if offer.seq > 0 {
        return Err(Refusal::NotInThisState { status: offer.status });
    }
    let Draft { requisition, number, candidate, about } = draft;
    Ok(vec![Event::Drafted { requisition, number, candidate, about }])
}

pub(super) fn submit(offer: &Offer, world: &World<'_>, Submit { terms, reasons }: Submit) -> Result<Vec<Event>, Refusal> {
    must_be(offer, &[Status::Draft])?;
    let missing = terms.missing(Gate::Submit, world.table);
    if !missing.is_empty() {
        return Err(Refusal::FieldsMissing { gate: Gate::Submit, fields: missing });
    }
    let assessment = check::assess(&terms, world.ground());
    let exceptions = explained(&assessment.findings, &reasons)?;
    let route = policy::route(&terms, &assessment, world.pinned, world.table);
    somebody_for_every_step(&route, world, world.actor.person())?;
    let reapproval = offer.reapproval(&route, &terms, world.actor.person());
    let standing = reapproval.standing();
    let mut events = vec![Event::Submitted {
        version: offer.version + 1,
        terms,
        findings: assessment.findings,
        exceptions,
        route: route.clone(),
        playbook: world.pinned_version,
        stands: reapproval.stands,
    }];
    events.extend(opened(&route, &standing, &BTreeSet::new(), world));
    Ok(events)
}

/// A step that nobody may decide refuses with the step's name; whoever asks does not count.
pub(super) fn somebody_for_every_step(route: &Route, world: &World<'_>, requester: Option<&PersonId>) -> Result<(), Refusal> {
    if route.steps.is_empty() {
        return Err(Refusal::NoRoute);
    }
    for step in &route.steps {
        let people = world.facts.eligible.get(&step.step);
        if !people.is_some_and(|people| people.iter().any(|person| Some(person) != requester)) {
            return Err(Refusal::NobodyFor { step: step.step.clone(), who: step.who.clone() });
        }
    }
    Ok(())
}

/// The steps that open now: not yet waiting, and everything they come after is approved.
pub(super) fn opened<'a>(
    route: &'a Route,
    approved: &'a BTreeSet<StepKey>,
    waiting: &'a BTreeSet<StepKey>,
    world: &'a World<'_>,
) -> impl Iterator<Item = Event> + 'a {
    route
        .steps
        .iter()
        .filter(|step| !approved.contains(&step.step) && !waiting.contains(&step.step))
        .filter(|step| step.after.iter().all(|after| approved.contains(after)))
        .map(|step| Event::StepOpened { step: step.step.clone(), due_at: world.due_in(step.sla_hours) })
}

pub(super) fn approve(
    offer: &Offer,
    world: &World<'_>,
    Approve { step, version, comment, ranges }: Approve,
) -> Result<Vec<Event>, Refusal> {
    let open = open_step(offer, world, &step)?;
    must_be_at(offer, version)?;
    let Some(terms) = &offer.terms else { return Err(Refusal::NotInThisState { status: offer.status }) };
    let ranges = ranges_of(open, terms, world, ranges)?;
    let coverage = Coverage::of(open, terms, version, ranges, world.fresh.salt(step.as_str()));
    let mut approved = steps_that(offer, |state| matches!(state, StepState::Approved { .. }));
    approved.insert(step.clone());
    let waiting = steps_that(offer, |state| matches!(state, StepState::Open { .. } | StepState::Returned { .. }));
    let mut events = vec![Event::StepApproved { step, coverage, comment: some_words(&comment)? }];
    events.extend(opened(&offer.route, &approved, &waiting, world));
    if offer.route.steps.iter().all(|step| approved.contains(&step.step)) {
        events.push(Event::Cleared { version });
    }
    Ok(events)
}

/// The spans that an approval stands for: its own, and for pay the negotiation band of the level where the approver gave none.
fn ranges_of(step: &RouteStep, terms: &Terms, world: &World<'_>, given: Vec<ApprovedRange>) -> Result<Vec<ApprovedRange>, Refusal> {
    let covers = step.covers();
    let mut ranges = Vec::new();
    for range in given {
        let unfit = |because| Refusal::RangeUnfit { field: range.field.clone(), because };
        if !covers.contains(&range.field) {
            return Err(unfit(RangeFault::NotCovered));
        }
        range.fits(terms, world.table).map_err(unfit)?;
        ranges.push(ApprovedRange { from: RangeFrom::Approver, ..range });
    }
    let own = |field: &FieldKey| ranges.iter().any(|range: &ApprovedRange| range.field == *field);
    if covers.contains(&field::PAY_BASE) && !own(&field::PAY_BASE) {
        ranges.extend(policy::negotiation_range(terms, world.current.band_of(terms)));
    }
    Ok(ranges)
}

pub(super) fn return_step(offer: &Offer, world: &World<'_>, step: &StepKey, question: &str) -> Result<Vec<Event>, Refusal> {
    open_step(offer, world, step)?;
    let seconds_left = match offer.steps.get(step) {
        Some(StepState::Open { due_at, .. }) => world.working_hours.seconds_between(world.now, *due_at),
        _ => 0,
    };
    Ok(vec![Event::StepReturned { step: step.clone(), question: words(question)?, seconds_left }])
}

pub(super) fn answer(offer: &Offer, world: &World<'_>, step: &StepKey, answer: &str) -> Result<Vec<Event>, Refusal> {
    must_be(offer, &[Status::InReview])?;
    match offer.steps.get(step) {
        Some(StepState::Returned { seconds_left, .. }) => {
            let due_at = world.working_hours.after(world.now, *seconds_left);
            Ok(vec![Event::StepAnswered { step: step.clone(), answer: words(answer)?, due_at }])
        }
        Some(_) => Err(Refusal::StepNotOpen { step: step.clone() }),
        None => Err(Refusal::NoSuch { what: Subjectless::Step }),
    }
}

pub(super) fn reject(offer: &Offer, world: &World<'_>, step: &StepKey, version: u32, reason: &str) -> Result<Vec<Event>, Refusal> {
    open_step(offer, world, step)?;
    must_be_at(offer, version)?;
    Ok(vec![Event::StepRejected { step: step.clone(), reason: words(reason)? }])
}

/// The step, when it waits on this actor.
fn open_step<'a>(offer: &'a Offer, world: &World<'_>, step: &StepKey) -> Result<&'a RouteStep, Refusal> {
    must_be(offer, &[Status::InReview])?;
    let found = offer.route.step(step).ok_or(Refusal::NoSuch { what: Subjectless::Step })?;
    if !matches!(offer.steps.get(step), Some(StepState::Open { .. })) {
        return Err(Refusal::StepNotOpen { step: step.clone() });
    }
    let Actor::Member(member) = world.actor else { return Err(Refusal::NotYourStep { step: step.clone() }) };
    if !world.facts.eligible.get(step).is_some_and(|people| people.contains(&member.id)) {
        return Err(Refusal::NotYourStep { step: step.clone() });
    }
    // INVARIANT (never one's own request): whoever handed the terms in decides none of their steps
    if offer.requester.as_ref() == Some(&member.id) {
        return Err(Refusal::OwnRequest);
    }
    Ok(found)
}

fn steps_that(offer: &Offer, is: impl Fn(&StepState) -> bool) -> BTreeSet<StepKey> {
    offer.steps.iter().filter(|(_, state)| is(state)).map(|(step, _)| step.clone()).collect()
}
