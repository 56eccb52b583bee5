//! After acceptance: contingencies, the confirmed start, the hand-off to each recipient, and the first day.

use super::decide::{must_be, some_words, words};
use super::{ContingencyState, Event, NotStartedBy, Offer, Refusal, Status, Subjectless, World};
use crate::field;
use crate::id::{ContingencyKind, RecipientKey};
use crate::moment::Day;
use crate::playbook::ContingencyDue;

/// The hand-off opens with acceptance unless a contingency holds it.
pub(super) fn opened_if_free(offer: &Offer, world: &World<'_>) -> Vec<Event> {
    if offer.open_contingencies(world.pinned, ContingencyDue::Handoff).is_empty() { opened(offer, world) } else { Vec::new() }
}

/// One event for each recipient of the playbook that takes part in such a hire, with the fields it receives and no other.
fn opened(offer: &Offer, world: &World<'_>) -> Vec<Event> {
    let Some(engagement) = offer.engagement() else { return Vec::new() };
    let hire_kind = offer.hire_kind();
    world
        .pinned
        .recipients
        .iter()
        .filter(|recipient| recipient.takes_part(engagement, hire_kind))
        .map(|recipient| Event::HandoffOpened {
            recipient: recipient.key.clone(),
            role: recipient.role.clone(),
            fields: recipient.fields.clone(),
            due_at: world.hours_after(recipient.due_hours),
        })
        .collect()
}

pub(super) fn resolve(
    offer: &Offer,
    world: &World<'_>,
    kind: ContingencyKind,
    state: ContingencyState,
    evidence: &str,
) -> Result<Vec<Event>, Refusal> {
    must_be(offer, &[Status::InReview, Status::Approved, Status::Sent, Status::Accepted, Status::HandedOff])?;
    match offer.contingencies.get(&kind) {
        None => return Err(Refusal::NoSuch { what: Subjectless::Contingency }),
        Some(known) if *known == state => return Err(Refusal::NothingChanges),
        Some(_) => {}
    }
    let mut events = vec![Event::ContingencyResolved { kind: kind.clone(), state, evidence: words(evidence)? }];
    let still_open = offer.open_contingencies(world.pinned, ContingencyDue::Handoff).into_iter().any(|open| open != kind);
    let resolved = matches!(state, ContingencyState::Cleared | ContingencyState::Waived);
    if offer.status == Status::Accepted && offer.handoffs.is_empty() && resolved && !still_open {
        events.extend(opened(offer, world));
    }
    Ok(events)
}

pub(super) fn confirm_start(offer: &Offer) -> Result<Vec<Event>, Refusal> {
    must_be(offer, &[Status::Accepted, Status::HandedOff])?;
    match start_day(offer) {
        Some(day) if offer.start_confirmed != Some(day) => Ok(vec![Event::StartConfirmed { day }]),
        _ => Err(Refusal::NothingChanges),
    }
}

/// Only the hand-offs that carry the start must be acknowledged anew.
pub(super) fn move_start(offer: &Offer, world: &World<'_>, to: Day, reason: &str) -> Result<Vec<Event>, Refusal> {
    must_be(offer, &[Status::Accepted, Status::HandedOff])?;
    let Some(from) = start_day(offer).filter(|from| *from != to) else { return Err(Refusal::NothingChanges) };
    if to < world.now.day() {
        return Err(Refusal::NotThatDay);
    }
    let carries_start =
        offer.handoffs.iter().filter(|(_, handoff)| handoff.fields.contains(&field::START) && handoff.acknowledged.is_some());
    Ok(vec![Event::StartMoved {
        from,
        to,
        reason: words(reason)?,
        reopened: carries_start.map(|(recipient, _)| recipient.clone()).collect(),
    }])
}

pub(super) fn acknowledge(offer: &Offer, world: &World<'_>, recipient: RecipientKey, reference: &str) -> Result<Vec<Event>, Refusal> {
    must_be(offer, &[Status::Accepted])?;
    let handoff = offer.handoffs.get(&recipient).ok_or(Refusal::NoSuch { what: Subjectless::Recipient })?;
    if !world.actor.member().is_some_and(|member| member.is(&handoff.role)) {
        return Err(Refusal::NotAllowed { because: crate::access::Denial::NotYourRole });
    }
    if handoff.acknowledged.is_some() {
        return Err(Refusal::AcknowledgedAlready { recipient });
    }
    let last = offer.handoffs.iter().all(|(key, handoff)| *key == recipient || handoff.acknowledged.is_some());
    let mut events = vec![Event::HandoffAcknowledged { recipient, reference: some_words(reference)? }];
    if last {
        events.push(Event::HandedOff);
    }
    Ok(events)
}

pub(super) fn start(offer: &Offer, world: &World<'_>, day: Day) -> Result<Vec<Event>, Refusal> {
    must_be(offer, &[Status::HandedOff])?;
    let kinds = offer.open_contingencies(world.pinned, ContingencyDue::Start);
    if !kinds.is_empty() {
        return Err(Refusal::ContingencyOpen { kinds });
    }
    // a day ahead of UTC somebody may already be at work
    let tomorrow = world.now.plus_seconds(24 * 3600).day();
    if day > tomorrow {
        return Err(Refusal::NotThatDay);
    }
    Ok(vec![Event::Started { day }])
}

pub(super) fn not_start(offer: &Offer, by: NotStartedBy, reason: &str) -> Result<Vec<Event>, Refusal> {
    must_be(offer, &[Status::Accepted, Status::HandedOff])?;
    let seat = offer.acceptance.as_ref().map(|acceptance| acceptance.seat);
    Ok(vec![Event::DidNotStart { by, reason: words(reason)?, seat }])
}

fn start_day(offer: &Offer) -> Option<Day> {
    offer.terms.as_ref().and_then(|terms| terms.day(&field::START))
}
