//! Verbal, sending, and what becomes of the letter.

use super::command::Send;
use super::decide::{explained, must_be, must_be_at, words};
use super::{AcceptBy, Event, Letter, LetterRef, Mail, Offer, Refusal, Status, Verbal, World};
use crate::check;
use crate::field::{self, FieldKey, Gate};
use crate::terms::Value;

impl Letter {
    /// Whether its mail reached a mail system of the candidate's: a letter that never left is not the candidate's to see.
    pub const fn was_handed_over(&self) -> bool {
        matches!(self.mail, Mail::HandedOver { .. } | Mail::Bounced { .. })
    }
}

impl Offer {
    /// The letters that were handed over, the latest first.
    pub fn handed_over(&self) -> impl Iterator<Item = &Letter> {
        self.letter.iter().chain(self.earlier_letters.iter().rev()).filter(|letter| letter.was_handed_over())
    }

    /// Whether something was written to the candidate.
    pub fn was_written(&self) -> bool {
        self.handed_over().next().is_some()
    }
}

pub(super) fn record_verbal(offer: &Offer, verbal: Verbal) -> Result<Vec<Event>, Refusal> {
    must_be(offer, &[Status::InReview, Status::Approved, Status::Sent])?;
    let outside_approval = outside_approval(offer, &verbal);
    Ok(vec![Event::VerbalRecorded { verbal, status: offer.status, outside_approval }])
}

/// Spoken fields whose value nobody approved, neither as it stands nor as part of a range.
fn outside_approval(offer: &Offer, verbal: &Verbal) -> Vec<FieldKey> {
    let stands = |key: &FieldKey| offer.terms.as_ref().and_then(|terms| terms.get(key));
    // what the pay is for is said along with it, and nothing of its own while it is what the offer says
    let goes_along = |key: &FieldKey, value: &Value| *key == field::PAY_BASIS && stands(key) == Some(value);
    let outside = verbal.spoken.iter().filter(|(key, value)| !goes_along(key, value) && !offer.is_approved(key, value));
    outside.map(|(key, _)| key.clone()).collect()
}

pub(super) fn send(offer: &Offer, world: &World<'_>, send: Send) -> Result<Vec<Event>, Refusal> {
    must_be(offer, &[Status::Approved, Status::Sent])?;
    must_be_at(offer, send.version)?;
    let Some(terms) = &offer.terms else { return Err(Refusal::NotInThisState { status: offer.status }) };
    match offer.letter.as_ref().map(|letter| &letter.mail) {
        Some(Mail::OnItsWay) => return Err(Refusal::SendingAlready),
        // a letter that arrived is not sent twice; one that came back may be
        Some(Mail::HandedOver { .. }) => return Err(Refusal::SendingAlready),
        Some(Mail::Failed { .. } | Mail::Bounced { .. }) | None => {}
    }
    let missing = terms.missing(Gate::Send, world.table);
    if !missing.is_empty() {
        return Err(Refusal::FieldsMissing { gate: Gate::Send, fields: missing });
    }
    if send.accept_by.instant <= world.now {
        return Err(Refusal::AcceptByPast);
    }
    let now = check::findings(terms, world.ground());
    // T3: what was promised by word is in the letter, or somebody says why not
    let exceptions = explained(&offer.findings_at_send(&now, world.table), &send.reasons, offer, world)?;
    Ok(vec![Event::SendRequested { version: offer.version, letter: send.letter, accept_by: send.accept_by, exceptions }])
}

pub(super) fn mark_sent(offer: &Offer, message: String) -> Result<Vec<Event>, Refusal> {
    must_be_on_its_way(offer)?;
    Ok(vec![Event::Sent { message }])
}

pub(super) fn mark_failed(offer: &Offer, reason: &str) -> Result<Vec<Event>, Refusal> {
    must_be_on_its_way(offer)?;
    Ok(vec![Event::SendFailed { reason: words(reason)? }])
}

pub(super) fn mark_bounced(offer: &Offer, reason: &str) -> Result<Vec<Event>, Refusal> {
    must_be(offer, &[Status::Sent])?;
    match offer.letter.as_ref().map(|letter| &letter.mail) {
        Some(Mail::HandedOver { .. }) => Ok(vec![Event::Bounced { reason: words(reason)? }]),
        _ => Err(Refusal::NothingSent),
    }
}

fn must_be_on_its_way(offer: &Offer) -> Result<(), Refusal> {
    must_be(offer, &[Status::Approved, Status::Sent])?;
    match offer.letter.as_ref().map(|letter| &letter.mail) {
        Some(Mail::OnItsWay) => Ok(()),
        _ => Err(Refusal::NothingSent),
    }
}

pub(super) fn view(offer: &Offer) -> Result<Vec<Event>, Refusal> {
    match &offer.letter {
        Some(letter) if offer.status == Status::Sent && letter.viewed_at.is_none() => Ok(vec![Event::Viewed { version: letter.version }]),
        Some(_) => Ok(Vec::new()),
        // an old link still opens: it shows what replaced the letter
        None if offer.was_written() => Ok(Vec::new()),
        None => Err(Refusal::NothingSent),
    }
}

pub(super) fn hold(offer: &Offer, reason: &str) -> Result<Vec<Event>, Refusal> {
    must_be(offer, &[Status::Sent])?;
    match &offer.letter {
        Some(letter) if letter.held.is_none() => Ok(vec![Event::LetterHeld { reason: words(reason)?, proposal: None }]),
        _ => Err(Refusal::NothingChanges),
    }
}

pub(super) fn release(offer: &Offer) -> Result<Vec<Event>, Refusal> {
    must_be(offer, &[Status::Sent])?;
    match &offer.letter {
        Some(letter) if letter.held.is_some() => Ok(vec![Event::LetterReleased]),
        _ => Err(Refusal::NothingChanges),
    }
}

pub(super) fn move_accept_by(
    offer: &Offer,
    world: &World<'_>,
    accept_by: AcceptBy,
    letter: LetterRef,
    reason: &str,
) -> Result<Vec<Event>, Refusal> {
    must_be(offer, &[Status::Sent])?;
    let Some(current) = &offer.letter else { return Err(Refusal::NothingSent) };
    if current.accept_by == accept_by {
        return Err(Refusal::NothingChanges);
    }
    if accept_by.instant <= world.now {
        return Err(Refusal::AcceptByPast);
    }
    Ok(vec![Event::AcceptByMoved { accept_by, letter, reason: words(reason)? }])
}
