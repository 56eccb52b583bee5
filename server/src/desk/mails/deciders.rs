//! The mail that asks for a decision. Its link leads to the step itself, without an account; it holds nothing that a mail passed on should not show.

use app::words::en::{offer_mail, role as role_words};
use offer::{
    access::Member,
    id::StepKey,
    ledger::AuthLevel,
    lifecycle::Recorded,
    moment::Moment,
    policy::{Relation, Who},
};

use super::{Occasion, instant, key_of};
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
        let people = occasion.ground.facts.eligible.get(step);
        let requester = occasion.after.requester.as_ref();
        let is_clients = |who: &Who| matches!(who, Who::Relation(Relation::ClientContact));
        let for_client = occasion.after.route.step(step).is_some_and(|step| is_clients(&step.who));
        let mut changes = Vec::new();
        for id in people.into_iter().flatten().filter(|id| Some(*id) != requester) {
            let Some(listed) = occasion.ground.roster.get(id) else { continue };
            let due = instant(due_at, &listed.person.zone);
            changes.extend(if listed.is_contact || for_client {
                self.to_contact(occasion, recorded, listed, step, &due).await?
            } else {
                self.to_decider(occasion, recorded, listed, step, &due).await?
            });
        }
        Ok(changes)
    }

    /// To somebody of the firm: the step by its own link, and the whole offer behind the sign-in; to those who sign in with a second factor that alone.
    async fn to_decider(
        &self,
        occasion: &Occasion<'_>,
        recorded: &Recorded,
        decider: &Listed,
        step: &StepKey,
        due: &str,
    ) -> Result<Vec<Change>, DeskFault> {
        let (about, name) = (occasion.about(), role_words::step(step));
        let offer_page = format!("/offers/{}", occasion.after.id);
        if !decides_by_mail(occasion, decider) {
            return self.to_listed(occasion, recorded, decider, offer_mail::waiting_on_you_signed_in(about, &name, due), &offer_page).await;
        }
        let Some(identity) = decider.person.identity.kept() else { return Ok(Vec::new()) };
        let invited = invitations::invite_approver(
            &occasion.after.id,
            step,
            &decider.id,
            &identity.email,
            occasion.after.version,
            occasion.ground.now,
        )?;
        let mail = self.mail(occasion, identity, offer_mail::waiting_on_you(about, &name, due), &invited.path, Vec::new());
        let mail = with_second_link(mail, offer_mail::OPEN_SIGNED_IN, self.link(&offer_page));
        let mut changes = invited.changes;
        let key = key_of(occasion, recorded, decider.id.as_str());
        changes.push(self.queued(key, occasion.after.id.as_str(), &mail, occasion.ground.now).await?);
        Ok(changes)
    }

    /// To a client's contact: the step by its own link, and everything for their account by the one of the portal.
    async fn to_contact(
        &self,
        occasion: &Occasion<'_>,
        recorded: &Recorded,
        contact: &Listed,
        step: &StepKey,
        due: &str,
    ) -> Result<Vec<Change>, DeskFault> {
        let Some(identity) = contact.person.identity.kept() else { return Ok(Vec::new()) };
        let (offer, now) = (occasion.after, occasion.ground.now);
        let portal = invitations::invite_client(&contact.id, &identity.email, now)?;
        let words = offer_mail::waiting_on_client(occasion.about(), &identity.name, due);
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

fn decides_by_mail(occasion: &Occasion<'_>, listed: &Listed) -> bool {
    Member::resolve(listed.id.clone(), &listed.person, AuthLevel::Link, &occasion.ground.current.playbook).decides_by_mail()
}

/// A quieter way beside the one that the mail is for, above the small print.
fn with_second_link(mut mail: Mail, label: &str, url: String) -> Mail {
    let footer = mail.parts.iter().position(|part| matches!(part, Part::Footer { .. })).unwrap_or(mail.parts.len());
    mail.parts.insert(footer, Part::Link { label: label.to_owned(), url });
    mail
}
