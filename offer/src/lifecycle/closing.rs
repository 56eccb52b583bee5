//! Acceptance and the ends: one winner among accept, decline, rescind and expire, decided at the instant of the command.

use super::command::{Accept, Decline};
use super::decide::{must_be, some_words, words};
use super::{Event, Offer, Refusal, Status, World, handoff};
use crate::acceptance::{self, Signature};
use crate::access::Actor;
use crate::private::Private;

pub(super) fn accept(offer: &Offer, world: &World<'_>, accept: Accept) -> Result<Vec<Event>, Refusal> {
    let signature = Signature { version: accept.version, letter: &accept.letter, typed_name: &accept.typed_name, consent: accept.consent };
    let standing = offer.standing(world.pinned);
    acceptance::accept(&standing, world.now, signature)?;
    let seat = world.facts.lowest_free_seat().ok_or(Refusal::NoSeatFree)?;
    let accepted = Event::Accepted {
        version: accept.version,
        letter: accept.letter,
        seat,
        typed_name: words(&accept.typed_name)?,
        consent: standing.consent,
        evidence: Private::Kept(accept.evidence),
    };
    let mut events = vec![accepted];
    events.extend(handoff::opened_if_free(offer, world));
    Ok(events)
}

pub(super) fn decline(offer: &Offer, world: &World<'_>, decline: Decline) -> Result<Vec<Event>, Refusal> {
    if matches!(world.actor, Actor::Candidate { .. }) {
        acceptance::decline(&offer.standing(world.pinned), &decline.note)?;
    } else {
        must_be_losable(offer)?;
    }
    let Decline { primary, secondary, note } = decline;
    let secondary = secondary.filter(|other| *other != primary);
    Ok(vec![Event::Declined { primary, secondary, note: some_words(&note)?, written: offer.was_written() }])
}

fn must_be_losable(offer: &Offer) -> Result<(), Refusal> {
    if offer.may_be_lost() { Ok(()) } else { Err(Refusal::NotInThisState { status: offer.status }) }
}

pub(super) fn withdraw(offer: &Offer, reason: &str) -> Result<Vec<Event>, Refusal> {
    must_be_losable(offer)?;
    Ok(vec![Event::Withdrawn { reason: words(reason)? }])
}

pub(super) fn expire(offer: &Offer, world: &World<'_>) -> Result<Vec<Event>, Refusal> {
    must_be(offer, &[Status::Sent])?;
    let Some(letter) = &offer.letter else { return Err(Refusal::NothingSent) };
    let at = letter.accept_by.instant;
    if world.now <= at { Err(Refusal::NotExpired { at }) } else { Ok(vec![Event::Expired]) }
}

pub(super) fn cancel(offer: &Offer, reason: &str) -> Result<Vec<Event>, Refusal> {
    must_be(offer, &[Status::Draft, Status::InReview, Status::Approved])?;
    // a letter in the candidate's hands is rescinded, which asks for more
    if offer.was_written() {
        return Err(Refusal::NotInThisState { status: offer.status });
    }
    Ok(vec![Event::Cancelled { reason: words(reason)? }])
}

pub(super) fn reopen(offer: &Offer, reason: &str) -> Result<Vec<Event>, Refusal> {
    must_be(offer, &[Status::Declined, Status::Expired, Status::Withdrawn])?;
    Ok(vec![Event::Reopened { reason: words(reason)? }])
}
