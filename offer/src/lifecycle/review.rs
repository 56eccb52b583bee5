//! Draft, submit, and the approvers' decisions.

use super::command::{Approve, Draft, Submit};
use super::decide::{explained, must_be, must_be_at, some_words, words};
use super::deciders::{acting_for, beyond_limit, limits, somebody_for_every_step};
use super::{Event, Mail, Offer, Progress, Refusal, Status, StepState, Subjectless, World};
use crate::access::{self, About, Sight};
use crate::check::{self, Finding};
use crate::field::{self, FieldKey, Gate, Side};
use crate::id::{PersonId, StepKey};
use crate::policy::{self, ApprovedRange, Coverage, Limits, RangeFault, RangeFrom, Rejection, Route, RouteStep};
use crate::terms::Terms;
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn draft(offer: &Offer, draft: Draft) -> Result<Vec<Event>, Refusal> {
    if offer.seq > 0 {
        return Err(Refusal::NotInThisState { status: offer.status });
    }
    let Draft { requisition, number, candidate, about } = draft;
    Ok(vec![Event::Drafted { requisition, number, candidate, about }])
}

pub(super) fn move_draft(offer: &Offer, about: About) -> Result<Vec<Event>, Refusal> {
    must_be(offer, &[Status::Draft])?;
    offer.stays_with(&about)?;
    if offer.about == about { Err(Refusal::NothingChanges) } else { Ok(vec![Event::DraftMoved { about }]) }
}

impl Offer {
    /// Once submitted, an offer is of its engagement and for its client.
    fn stays_with(&self, about: &About) -> Result<(), Refusal> {
        let moved = [(field::ENGAGEMENT, self.about.engagement != about.engagement), (field::CLIENT, self.about.client != about.client)];
        let fields: Vec<FieldKey> = moved.into_iter().filter(|(_, moved)| *moved).map(|(field, _)| field).collect();
        if self.version == 0 || fields.is_empty() { Ok(()) } else { Err(Refusal::Settled { fields }) }
    }
}

impl Offer {
    /// A letter is somebody's: once one was read, the name or the address in it is put right, and both at once are another person's.
    pub(super) fn is_still_for_whom_it_was(&self, terms: &Terms) -> Result<(), Refusal> {
        let read = self.handed_over().filter(|letter| !matches!(letter.mail, Mail::Bounced { .. }));
        let is_another = |before: &Terms| {
            let differs = |key: &FieldKey| before.text(key).is_some_and(|text| terms.text(key) != Some(text));
            differs(&field::CANDIDATE_NAME) && differs(&field::CANDIDATE_EMAIL)
        };
        let is_another = read.filter_map(|letter| self.versions.get(&letter.version)).any(is_another);
        if is_another { Err(Refusal::AnotherPerson) } else { Ok(()) }
    }
}

pub(super) fn submit(offer: &Offer, world: &World<'_>, Submit { terms, reasons, hands }: Submit) -> Result<Vec<Event>, Refusal> {
    must_be(offer, &[Status::Draft])?;
    let missing = terms.missing(Gate::Submit, world.table);
    if !missing.is_empty() {
        return Err(Refusal::FieldsMissing { gate: Gate::Submit, fields: missing });
    }
    offer.stays_with(&About::of(&terms))?;
    offer.is_still_for_whom_it_was(&terms)?;
    let assessment = check::assess(&terms, world.ground());
    let exceptions = explained(&assessment.findings, &reasons, offer, world)?;
    let route = policy::route(&terms, &assessment, world.pinned, world.table);
    let written_by: Vec<PersonId> =
        route.writers(&hands).into_iter().filter(|person| Some(*person) != world.actor.person()).cloned().collect();
    let askers = offer.askers.iter().chain(world.actor.person()).chain(&written_by).cloned().collect();
    somebody_for_every_step(&route, world, &assessment.figures, &askers)?;
    let reapproval = offer.reapproval(&route, &terms, &askers);
    let standing = reapproval.standing();
    let mut events = vec![Event::Submitted {
        version: offer.version + 1,
        terms,
        findings: assessment.findings,
        exceptions,
        route: route.clone(),
        playbook: world.pinned_version,
        stands: reapproval.stands,
        written_by,
    }];
    events.extend(opened(&route, &standing, &BTreeSet::new(), &reapproval.counting, world));
    Ok(events)
}

/// The steps that open now: not yet waiting, and everything they come after is approved. Approvals that stand and are too few alone count.
pub(super) fn opened<'a>(
    route: &'a Route,
    approved: &'a BTreeSet<StepKey>,
    waiting: &'a BTreeSet<StepKey>,
    counting: &'a BTreeMap<StepKey, Vec<u64>>,
    world: &'a World<'_>,
) -> impl Iterator<Item = Event> + 'a {
    route
        .steps
        .iter()
        .filter(|step| !approved.contains(&step.step) && !waiting.contains(&step.step))
        .filter(|step| step.after.iter().all(|after| approved.contains(after)))
        .map(|step| Event::StepOpened {
            step: step.step.clone(),
            due_at: world.due_in(&step.step, step.sla_hours),
            remind_at: world.due_in(&step.step, step.remind_hours),
            approvals: counting.get(&step.step).cloned().unwrap_or_default(),
        })
}

pub(super) fn approve(
    offer: &Offer,
    world: &World<'_>,
    Approve { step, version, comment, ranges }: Approve,
) -> Result<Vec<Event>, Refusal> {
    let Waiting { step: open, progress, on_behalf_of } = waiting(offer, world, &step)?;
    must_be_at(offer, version)?;
    let Some(terms) = &offer.terms else { return Err(Refusal::NotInThisState { status: offer.status }) };
    let decider = on_behalf_of.as_ref().or(world.actor.person());
    let figures = check::figures(terms, world.ground());
    if let Some(beyond) = decider.and_then(|decider| beyond_limit(decider, open, world, &figures)) {
        return Err(Refusal::BeyondLimit { step, beyond });
    }
    let voters = approvers(offer, progress);
    if decider.is_some_and(|decider| voters.contains(decider)) {
        return Err(Refusal::NothingChanges);
    }
    let sight = access::sight(world.actor, &offer.subject());
    // a span of what somebody does not see would tell them where its value lies
    let sees = |field: &FieldKey| world.table.get(field).is_some_and(|spec| sight.shows_field(spec));
    // and where a limit ends a span would tell what the limit is held against: pay, or the band, of which staff alone know
    let limits = decider.map(|decider| limits(decider, open, world)).unwrap_or_default();
    let is_blind = limits != Limits::default() && !sight.shows(Side::Package) || limits.over_band.is_some() && !sight.reads_talk();
    let unseen = ranges.iter().find(|range| is_blind || !sees(&range.field)).map(|range| range.field.clone());
    if let Some(field) = unseen {
        return Err(Refusal::RangeUnfit { field, because: RangeFault::NotCovered });
    }
    let ranges = ranges_of(open, terms, world, ranges, decider, &sight)?;
    let coverage = Coverage::of(open, terms, version, ranges, world.fresh.salt(step.as_str()));
    let comment = some_words(&comment)?;
    let votes = u32::try_from(voters.len()).unwrap_or(u32::MAX).saturating_add(1);
    if votes < open.quorum {
        return Ok(vec![Event::StepCounted { step, coverage, comment, on_behalf_of }]);
    }
    Ok(approved(offer, world, Event::StepApproved { step: step.clone(), coverage, comment, on_behalf_of }, &step))
}

/// An approval of a whole step, and what it opens or clears.
fn approved(offer: &Offer, world: &World<'_>, approval: Event, step: &StepKey) -> Vec<Event> {
    let mut approved = steps_that(offer, |state| matches!(state, StepState::Approved { .. }));
    approved.insert(step.clone());
    let waiting = steps_that(offer, StepState::is_undecided);
    let mut events = vec![approval];
    events.extend(opened(&offer.route, &approved, &waiting, &BTreeMap::new(), world));
    if offer.route.steps.iter().all(|step| approved.contains(&step.step)) {
        events.push(Event::Cleared { version: offer.version });
    }
    events
}

/// The people whose approvals count already.
fn approvers(offer: &Offer, progress: &Progress) -> BTreeSet<PersonId> {
    let counted = offer.approvals.iter().filter(|approval| progress.approvals.contains(&approval.seq));
    counted.filter_map(super::Approval::decider).collect()
}

/// The spans that an approval stands for: its own, and for pay the negotiation band of the level where the approver gave none. None of them
/// goes beyond what its approver may approve.
fn ranges_of(
    step: &RouteStep,
    terms: &Terms,
    world: &World<'_>,
    given: Vec<ApprovedRange>,
    decider: Option<&PersonId>,
    sight: &Sight,
) -> Result<Vec<ApprovedRange>, Refusal> {
    let covers = step.covers();
    let beyond = |range: &ApprovedRange| {
        let highest = range.at_its_highest(terms, world.table);
        let figures = highest.map(|highest| check::figures(&highest, world.ground()));
        decider.zip(figures).and_then(|(decider, figures)| beyond_limit(decider, step, world, &figures))
    };
    let mut ranges = Vec::new();
    for range in given {
        let unfit = |because| Refusal::RangeUnfit { field: range.field.clone(), because };
        if !covers.contains(&range.field) {
            return Err(unfit(RangeFault::NotCovered));
        }
        range.fits(terms, world.table).map_err(unfit)?;
        if let Some(limit) = beyond(&range) {
            return Err(unfit(RangeFault::Beyond(limit)));
        }
        ranges.push(ApprovedRange { from: RangeFrom::Approver, ..range });
    }
    let own = |field: &FieldKey| ranges.iter().any(|range: &ApprovedRange| range.field == *field);
    if covers.contains(&field::PAY_BASE) && !own(&field::PAY_BASE) {
        ranges.extend(implied_range(terms, world, sight).filter(|range| beyond(range).is_none()));
    }
    Ok(ranges)
}

/// The span of pay that an approval stands for where its approver gives none: the negotiation band of the level, which is staff's to know. It
/// leads no further into an exception that its approver reads of than they approved.
pub fn implied_range(terms: &Terms, world: &World<'_>, sight: &Sight) -> Option<ApprovedRange> {
    if !sight.reads_talk() {
        return None;
    }
    let range = policy::negotiation_range(terms, world.current.band_of(terms))?;
    let exceptions = |terms: &Terms| -> Vec<Finding> {
        let found = check::findings(terms, world.ground());
        access::seen_findings(found.iter().filter(|finding| finding.is_exception()), sight, world.table)
    };
    let approved = exceptions(terms);
    let highest = range.at_its_highest(terms, world.table)?;
    let further = |one: &Finding, other: &Finding| one.field == other.field && one.fact.kind() == other.fact.kind() && one != other;
    let leads_further = exceptions(&highest).iter().any(|exception| approved.iter().any(|approved| further(approved, exception)));
    let high = if leads_further { terms.get(&field::PAY_BASE).cloned() } else { range.high };
    Some(ApprovedRange { high, ..range })
}

pub(super) fn return_step(offer: &Offer, world: &World<'_>, step: &StepKey, question: &str) -> Result<Vec<Event>, Refusal> {
    waiting(offer, world, step)?;
    let seconds_left = match offer.steps.get(step) {
        Some(StepState::Open { due_at, .. }) => world.hours_of(step).seconds_between(world.now, *due_at),
        _ => 0,
    };
    Ok(vec![Event::StepReturned { step: step.clone(), question: words(question)?, seconds_left }])
}

pub(super) fn answer(offer: &Offer, world: &World<'_>, step: &StepKey, answer: &str) -> Result<Vec<Event>, Refusal> {
    must_be(offer, &[Status::InReview])?;
    match offer.steps.get(step) {
        Some(StepState::Returned { seconds_left, .. }) => {
            let hours = world.hours_of(step);
            let due_at = hours.after(world.now, *seconds_left);
            let remind_at = hours.after(world.now, *seconds_left / 2);
            Ok(vec![Event::StepAnswered { step: step.clone(), answer: words(answer)?, due_at, remind_at }])
        }
        Some(_) => Err(Refusal::StepNotOpen { step: step.clone() }),
        None => Err(Refusal::NoSuch { what: Subjectless::Step }),
    }
}

/// Where everybody has a veto one rejection rejects; where rejections are counted, one that leaves too few who could still approve.
pub(super) fn reject(offer: &Offer, world: &World<'_>, step: &StepKey, version: u32, reason: &str) -> Result<Vec<Event>, Refusal> {
    let Waiting { step: open, progress, on_behalf_of } = waiting(offer, world, step)?;
    must_be_at(offer, version)?;
    let reason = words(reason)?;
    if open.rejection == Rejection::Counted {
        let decider = on_behalf_of.as_ref().or(world.actor.person());
        let against = |person: &PersonId| progress.against.contains(person);
        if decider.is_some_and(against) {
            return Err(Refusal::NothingChanges);
        }
        let voters = approvers(offer, progress);
        let people = world.facts.eligible.get(step).into_iter().flatten();
        let left = people.filter(|person| !offer.askers.contains(*person) && Some(*person) != decider && !against(person));
        // whoever approved and now rejects takes the approval back
        let count = left.chain(&voters).filter(|person| Some(*person) != decider).collect::<BTreeSet<_>>().len();
        if u32::try_from(count).is_ok_and(|count| count >= open.quorum) {
            return Ok(vec![Event::StepOpposed { step: step.clone(), reason, on_behalf_of }]);
        }
    }
    Ok(vec![Event::StepRejected { step: step.clone(), reason }])
}

/// Hands one's own decision to somebody else who holds the step's role; whoever hands it over may still decide.
pub(super) fn delegate(offer: &Offer, world: &World<'_>, step: &StepKey, to: PersonId, reason: &str) -> Result<Vec<Event>, Refusal> {
    let Waiting { on_behalf_of, .. } = waiting(offer, world, step)?;
    let Some(member) = world.actor.person() else { return Err(Refusal::NotYourStep { step: step.clone() }) };
    let from = on_behalf_of.unwrap_or_else(|| member.clone());
    // no loops: neither to oneself nor back to whom one decides for
    if to == from || to == *member {
        return Err(Refusal::DelegateLoops);
    }
    if offer.askers.contains(&to) {
        return Err(Refusal::OwnRequest);
    }
    if !world.facts.delegates.get(step).is_some_and(|people| people.contains(&to)) {
        return Err(Refusal::NotADelegate { step: step.clone() });
    }
    Ok(vec![Event::StepDelegated { step: step.clone(), from, to, reason: words(reason)? }])
}

/// Somebody who may decides a step over the heads of its people: loud, with a reason, and an event of its own.
pub(super) fn force(offer: &Offer, world: &World<'_>, step: &StepKey, version: u32, reason: &str) -> Result<Vec<Event>, Refusal> {
    must_be(offer, &[Status::InReview])?;
    let found = offer.route.step(step).ok_or(Refusal::NoSuch { what: Subjectless::Step })?;
    if !offer.steps.get(step).is_some_and(StepState::is_undecided) {
        return Err(Refusal::StepNotOpen { step: step.clone() });
    }
    must_be_at(offer, version)?;
    if world.actor.person().is_some_and(|person| offer.askers.contains(person)) {
        return Err(Refusal::OwnRequest);
    }
    let Some(terms) = &offer.terms else { return Err(Refusal::NotInThisState { status: offer.status }) };
    let coverage = Coverage::of(found, terms, version, Vec::new(), world.fresh.salt(step.as_str()));
    let forced = Event::StepForced { step: step.clone(), coverage, reason: words(reason)? };
    Ok(approved(offer, world, forced, step))
}

/// A step that waits on this actor.
struct Waiting<'a> {
    step: &'a RouteStep,
    progress: &'a Progress,
    /// For whom the actor decides, if not for themselves.
    on_behalf_of: Option<PersonId>,
}

fn waiting<'a>(offer: &'a Offer, world: &World<'_>, step: &StepKey) -> Result<Waiting<'a>, Refusal> {
    must_be(offer, &[Status::InReview])?;
    let found = offer.route.step(step).ok_or(Refusal::NoSuch { what: Subjectless::Step })?;
    let Some(StepState::Open { progress, .. }) = offer.steps.get(step) else {
        return Err(Refusal::StepNotOpen { step: step.clone() });
    };
    let on_behalf_of = acting_for(offer, world, step)?;
    Ok(Waiting { step: found, progress, on_behalf_of })
}

fn steps_that(offer: &Offer, is: impl Fn(&StepState) -> bool) -> BTreeSet<StepKey> {
    offer.steps.iter().filter(|(_, state)| is(state)).map(|(step, _)| step.clone()).collect()
}
