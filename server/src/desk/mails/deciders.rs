//! The mails that ask for a decision. Their link leads to the step itself, without an account; they hold nothing that a mail passed on should not show.

use app::words::en::{
    offer_mail::{self, Again, MailText},
    role as role_words,
};
use offer::{
    access::Member,
    id::{PersonId, StepKey},
    ledger::AuthLevel,
    lifecycle::{Event, Recorded, StepState},
    moment::Moment,
};

use super::{Occasion, Told, changed, instant, key_of};
use crate::{
    desk::{DeskFault, HouseDesk, Listed},
    identity::invitations,
    outbox::{Mail, Part},
    store::Change,
};

impl HouseDesk {
    /// "Waiting on you", to everybody who may decide the step and did not ask for it.
    pub(super) async fn to_deciders(
        &self,
        occasion: &Occasion<'_>,
        recorded: &Recorded,
        step: &StepKey,
        due_at: Moment,
    ) -> Result<Vec<Change>, DeskFault> {
        let (about, name) = (occasion.about(), role_words::step(step));
        let mut changes = Vec::new();
        for Told { listed, for_whom } in occasion.deciders_of(step) {
            let due = instant(due_at, &listed.person.zone);
            let again = changed::again(occasion, step, listed);
            changes.extend(if listed.is_contact {
                self.to_contact(occasion, recorded, listed, step, again.as_ref(), &due).await?
            } else {
                let words = match (&again, for_whom) {
                    (_, Some(whom)) => offer_mail::waiting_on_you_for(about, &name, &due, &occasion.ground.roster.name(whom)),
                    (Some(again), None) => offer_mail::waiting_on_you_again(about, &name, again, &due),
                    (None, None) => offer_mail::waiting_on_you(about, &name, &due),
                };
                self.to_decider(occasion, recorded, listed, step, after_answer(recorded, words)).await?
            });
        }
        Ok(changes)
    }

    /// "Still waiting on you", to everybody on whom the step still waits.
    pub(super) async fn reminders(&self, occasion: &Occasion<'_>, recorded: &Recorded, step: &StepKey) -> Result<Vec<Change>, DeskFault> {
        let Some(StepState::Open { due_at, .. }) = occasion.after.steps.get(step) else { return Ok(Vec::new()) };
        let mut changes = Vec::new();
        for Told { listed, .. } in occasion.deciders_of(step) {
            let due = instant(*due_at, &listed.person.zone);
            changes.extend(if listed.is_contact {
                self.to_contact(occasion, recorded, listed, step, None, &due).await?
            } else {
                let words = offer_mail::still_waiting_on_you(occasion.about(), &role_words::step(step), &due);
                self.to_decider(occasion, recorded, listed, step, words).await?
            });
        }
        Ok(changes)
    }

    /// "A decision was handed to you", to whoever may take it now.
    pub(super) async fn to_delegate(
        &self,
        occasion: &Occasion<'_>,
        recorded: &Recorded,
        step: &StepKey,
        to: &PersonId,
    ) -> Result<Vec<Change>, DeskFault> {
        let due = match occasion.after.steps.get(step) {
            Some(StepState::Open { due_at, .. }) => *due_at,
            _ => recorded.at,
        };
        let Some(listed) = occasion.ground.roster.get(to) else { return Ok(Vec::new()) };
        let due = instant(due, &listed.person.zone);
        if listed.is_contact {
            return self.to_contact(occasion, recorded, listed, step, None, &due).await;
        }
        let words = offer_mail::handed_to_you(occasion.about(), &role_words::step(step), &due, &occasion.actor_name());
        self.to_decider(occasion, recorded, listed, step, words).await
    }

    /// To somebody of the firm: the step by its own link, and the whole offer behind the sign-in; to those who sign in with a second factor that alone.
    async fn to_decider(
        &self,
        occasion: &Occasion<'_>,
        recorded: &Recorded,
        decider: &Listed,
        step: &StepKey,
        words: MailText,
    ) -> Result<Vec<Change>, DeskFault> {
        if !decides_by_mail(occasion, decider) {
            return self.to_listed(occasion, recorded, decider, offer_mail::decided_signed_in(words), &occasion.page()).await;
        }
        let Some(identity) = decider.person.identity.kept() else { return Ok(Vec::new()) };
        let (offer, now) = (occasion.after, occasion.ground.now);
        let invited = invitations::invite_approver(&offer.id, step, &decider.id, &identity.email, offer.version, now)?;
        let mail = self.mail(occasion, identity, offer_mail::decided_here(words), &invited.path, Vec::new());
        let mail = with_second_link(mail, offer_mail::OPEN_SIGNED_IN, self.link(&occasion.page()));
        let mut changes = invited.changes;
        changes.push(self.queued(key_of(occasion, recorded, decider.id.as_str()), offer.id.as_str(), &mail, now).await?);
        Ok(changes)
    }

    /// To a client's contact: the step by its own link, and everything for their account by the one of the portal.
    async fn to_contact(
        &self,
        occasion: &Occasion<'_>,
        recorded: &Recorded,
        contact: &Listed,
        step: &StepKey,
        again: Option<&Again>,
        due: &str,
    ) -> Result<Vec<Change>, DeskFault> {
        let Some(identity) = contact.person.identity.kept() else { return Ok(Vec::new()) };
        let (offer, now) = (occasion.after, occasion.ground.now);
        let portal = invitations::invite_client(&contact.id, &identity.email, now)?;
        let words = match (again, &recorded.event) {
            (Some(again), _) => offer_mail::waiting_on_client_again(occasion.about(), &identity.name, again, due),
            (None, Event::StepReminded { .. }) => offer_mail::still_waiting_on_client(occasion.about(), &identity.name, due),
            (None, _) => offer_mail::waiting_on_client(occasion.about(), &identity.name, due),
        };
        let words = after_answer(recorded, words);
        let (mail, mut changes) = if decides_by_mail(occasion, contact) {
            let invited = invitations::invite_approver(&offer.id, step, &contact.id, &identity.email, offer.version, now)?;
            let mail = self.mail(occasion, identity, words, &invited.path, Vec::new());
            (with_second_link(mail, offer_mail::OPEN_PORTAL, self.link(&portal.path)), invited.changes)
        } else {
            (self.mail(occasion, identity, words, &portal.path, Vec::new()), Vec::new())
        };
        changes.extend(portal.changes);
        changes.push(self.queued(key_of(occasion, recorded, contact.id.as_str()), offer.id.as_str(), &mail, now).await?);
        Ok(changes)
    }
}

/// The same mail where it comes back with an answer.
fn after_answer(recorded: &Recorded, words: MailText) -> MailText {
    if matches!(recorded.event, Event::StepAnswered { .. }) { offer_mail::answered_first(words) } else { words }
}

fn decides_by_mail(occasion: &Occasion<'_>, listed: &Listed) -> bool {
    Member::resolve(listed.id.clone(), &listed.person, AuthLevel::Link, &occasion.ground.current.playbook).decides_by_mail()
}

/// A quieter way beside the one that the mail is for, above the small print.
fn with_second_link(mut mail: Mail, label: &str, url: String) -> Mail {
    let footer = mail.parts.iter().position(|part| matches!(part, Part::Footer { .. })).unwrap_or(mail.parts.len());
    mail.parts.insert(footer, Part::Link { label: label.to_owned(), url });
    mail
}
