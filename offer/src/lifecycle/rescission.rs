//! Rescission: the employer ends an offer after sending. A reason and approvals of its own, never a button.

use super::decide::{must_be, words};
use super::{Event, Offer, Refusal, RescissionRequest, Status, Subjectless, World};
use crate::id::{PersonId, Role};

impl RescissionRequest {
    /// Whether somebody agreed already, for whichever role: however many roles a person holds, they agree once.
    pub fn has_agreed(&self, person: &PersonId) -> bool {
        self.agreed.values().any(|by| by.id == person.as_str())
    }

    /// Whether somebody may agree for a role that they hold and that did not yet.
    pub fn may_still_agree(&self, person: &PersonId) -> bool {
        self.by.id != person.as_str() && !self.has_agreed(person)
    }
}

/// From the first letter on and until the start, an employer's end is a rescission.
fn must_be_rescindable(offer: &Offer) -> Result<(), Refusal> {
    must_be(offer, &[Status::Draft, Status::InReview, Status::Approved, Status::Sent, Status::Accepted, Status::HandedOff])?;
    if offer.was_written() { Ok(()) } else { Err(Refusal::NothingSent) }
}

pub(super) fn ask(offer: &Offer, world: &World<'_>, reason: &str) -> Result<Vec<Event>, Refusal> {
    must_be_rescindable(offer)?;
    if offer.rescission.is_some() {
        return Err(Refusal::RescissionUnderWay);
    }
    Ok(vec![Event::RescissionAsked { reason: words(reason)?, approvers: world.pinned.rescission.approvers.clone() }])
}

pub(super) fn agree(offer: &Offer, world: &World<'_>) -> Result<Vec<Event>, Refusal> {
    must_be_rescindable(offer)?;
    let request = offer.rescission.as_ref().ok_or(Refusal::NoSuch { what: Subjectless::Rescission })?;
    let Some(member) = world.actor.member() else { return Err(Refusal::NotAsked) };
    if request.by.id == member.id.as_str() {
        return Err(Refusal::OwnRequest);
    }
    let role = request.approvers.iter().find(|role| member.is(role) && !request.agreed.contains_key(*role)).ok_or(Refusal::NotAsked)?;
    // INVARIANT (one person, one agreement): as many people agree as there are roles that must
    if request.has_agreed(&member.id) {
        return Err(Refusal::AgreedForAnother { role: role.clone() });
    }
    let mut events = vec![Event::RescissionAgreed { role: role.clone() }];
    let everyone = request.approvers.iter().all(|asked: &Role| asked == role || request.agreed.contains_key(asked));
    if everyone {
        events.push(Event::Rescinded { seat: offer.acceptance.as_ref().map(|acceptance| acceptance.seat) });
    }
    Ok(events)
}

pub(super) fn drop_request(offer: &Offer, reason: &str) -> Result<Vec<Event>, Refusal> {
    if offer.rescission.is_none() {
        return Err(Refusal::NoSuch { what: Subjectless::Rescission });
    }
    Ok(vec![Event::RescissionDropped { reason: words(reason)? }])
}
