//! What a client's contact is told about an offer whose letter was out.

use app::words::en::{client, offer_mail};
use offer::field;
use offer::lifecycle::{Event, Recorded};

use super::{Occasion, key_of};
use crate::{
    desk::{DeskFault, HouseDesk},
    identity::invitations,
    store::Change,
};

impl HouseDesk {
    /// How the candidate answered, and what becomes of the start: the contact whom the offer names is told, by the words of their own page.
    pub(super) async fn to_client(&self, occasion: &Occasion<'_>, recorded: &Recorded) -> Result<Vec<Change>, DeskFault> {
        let is_news = matches!(
            recorded.event,
            Event::Accepted { .. }
                | Event::Declined { .. }
                | Event::Withdrawn { .. }
                | Event::Expired
                | Event::Rescinded { .. }
                | Event::StartMoved { .. }
                | Event::DidNotStart { .. }
        );
        let start = occasion.after.terms.as_ref().and_then(|terms| terms.day(&field::START));
        let told = client::event_at((&recorded.event, recorded.at), start, occasion.firm(), |_| false);
        let told = told.filter(|_| is_news && occasion.before.was_written());
        let contact = occasion.after.about.relations.client_contact.as_ref();
        let contact = contact.and_then(|contact| occasion.ground.roster.get(contact));
        let contact = contact.filter(|contact| contact.is_contact && !contact.left && occasion.is_seen_by(contact));
        let (Some(told), Some(contact)) = (told, contact) else { return Ok(Vec::new()) };
        let Some(identity) = contact.person.identity.kept() else { return Ok(Vec::new()) };
        let now = occasion.ground.now;
        let portal = invitations::invite_client(&contact.id, &identity.email, now)?;
        let mail = self.mail(occasion, identity, offer_mail::news_for_client(occasion.about(), &told), &portal.path, Vec::new());
        let mut changes = portal.changes;
        changes.push(self.queued(key_of(occasion, recorded, contact.id.as_str()), occasion.after.id.as_str(), &mail, now).await?);
        Ok(changes)
    }
}
