//! The candidate's mails: the way in, what changed, and the copies that they keep.

use app::words::en::{
    date,
    offer_mail::{self, MailText},
};
use offer::{
    access::Actor,
    id::{OfferId, PersonId, ProposalId},
    ledger::Digest,
    lifecycle::{AcceptBy, Event, Proposal, Recorded, Refusal, Status},
    person::Identity,
};

use super::{Occasion, deadline, instant, key_of, letter_key};
use crate::{
    desk::{DeskFault, HouseDesk, acceptance, change},
    fresh,
    identity::invitations,
    outbox::Attachment,
    store::Change,
};

impl HouseDesk {
    /// The letter's own mail: the candidate's way in. What becomes of it is told to the offer.
    pub(super) async fn invitation(&self, occasion: &Occasion<'_>, accept_by: &AcceptBy, document: &str) -> Result<Vec<Change>, DeskFault> {
        let identity = occasion.candidate().ok_or_else(|| DeskFault::damaged("a letter has no address", occasion.after.id.as_str()))?;
        let (employer, until) = (occasion.employer(), deadline(accept_by));
        let words = if occasion.before.was_written() {
            offer_mail::new_version(occasion.about(), &identity.name, &employer, &until)
        } else {
            offer_mail::invitation(occasion.about(), &identity.name, &employer, &until)
        };
        self.with_link(occasion, &identity, words, letter_key(occasion.after, document)).await
    }

    pub(super) async fn to_candidate_with_link(
        &self,
        occasion: &Occasion<'_>,
        recorded: &Recorded,
        words: impl Fn(&Occasion<'_>, &str) -> MailText,
    ) -> Result<Vec<Change>, DeskFault> {
        let Some(identity) = occasion.candidate() else { return Ok(Vec::new()) };
        let words = words(occasion, &identity.name);
        self.with_link(occasion, &identity, words, key_of(occasion, recorded, "candidate")).await
    }

    /// What the candidate's page promises to write about: the letter stays as it is, it is open again, or the first day moved.
    pub(super) async fn as_promised(&self, occasion: &Occasion<'_>, recorded: &Recorded) -> Result<Vec<Change>, DeskFault> {
        let (offer, about) = (occasion.after, occasion.about_letter());
        let (Some(identity), Some(letter)) = (occasion.candidate(), &offer.letter) else { return Ok(Vec::new()) };
        let (name, until) = (&identity.name, deadline(&letter.accept_by));
        let is_own = |proposal: &ProposalId| offer.proposals.get(proposal).is_some_and(Proposal::is_candidates_own);
        let is_refused = |event: &Event| matches!(event, Event::ProposalRefused { proposal, .. } if is_own(proposal));
        let words = match &recorded.event {
            Event::StartMoved { to, .. } => offer_mail::start_moved(about, name, &date::day(*to)),
            _ if offer.status != Status::Sent => return Ok(Vec::new()),
            event if is_refused(event) => offer_mail::stays_as_it_is(about, name, &until),
            // one mail says both
            Event::LetterReleased if occasion.recorded.iter().any(|other| is_refused(&other.event)) => return Ok(Vec::new()),
            Event::LetterHeld { .. } => offer_mail::on_hold(about, name),
            Event::LetterReleased => offer_mail::open_again(about, name, &until),
            Event::ContingencyResolved { .. } if letter.held.is_none() && occasion.opens_signing() => {
                offer_mail::can_be_signed(about, name, &until)
            }
            _ => return Ok(Vec::new()),
        };
        self.with_link(occasion, &identity, words, key_of(occasion, recorded, "candidate")).await
    }

    async fn with_link(&self, occasion: &Occasion<'_>, to: &Identity, words: MailText, key: String) -> Result<Vec<Change>, DeskFault> {
        let (after, now) = (occasion.after, occasion.ground.now);
        let candidate = after.candidate.clone().unwrap_or_else(|| PersonId::new(""));
        let invited = invitations::invite_candidate(&after.id, &candidate, &to.email, after.version, now)?;
        let mail = self.mail(occasion, to, words, &invited.path, Vec::new());
        let mut changes = invited.changes;
        changes.push(self.queued(key, after.id.as_str(), &mail, now).await?);
        Ok(changes)
    }

    /// Mails the candidate a new way in; a link that was mailed before says what replaced it, unless it was taken back.
    ///
    /// # Errors
    /// Refused while nothing was sent; [`DeskFault::NotFound`] when the candidate has no address any more.
    pub(crate) async fn mail_link(&self, id: &OfferId, actor: &Actor) -> Result<(), DeskFault> {
        let file = self.file(id).await?;
        let offer = &file.offer;
        if !offer.was_written() {
            return Err(Refusal::NothingSent.into());
        }
        let ground = self.ground(offer).await?;
        let occasion = Occasion { before: offer, after: offer, recorded: &[], ground: &ground, actor };
        let identity = occasion.candidate().ok_or(DeskFault::NotFound)?;
        let words = offer_mail::new_link(occasion.about_letter(), &identity.name);
        let key = format!("link:{id}:{}", fresh::id(ground.now)?);
        let changes = self.with_link(&occasion, &identity, words, key).await?;
        self.store.change(self.firm(), changes).await?;
        // the address may have been put right in the same moment: then this link went to the wrong one
        let moved = change::elsewhere_closed(&self.file(id).await?.offer);
        Ok(self.store.change(self.firm(), moved.into_iter().collect()).await?)
    }

    /// What a candidate keeps: the letter as it was signed, and the record of the signature.
    pub(super) async fn copy_of_acceptance(&self, occasion: &Occasion<'_>, recorded: &Recorded) -> Result<Vec<Change>, DeskFault> {
        let (Some(identity), Some(letter)) = (occasion.candidate(), &occasion.after.letter) else { return Ok(Vec::new()) };
        let record = acceptance::signed_record(occasion.after, recorded, &occasion.ground.pinned.playbook)?;
        let words = offer_mail::copy_of_acceptance(
            occasion.about(),
            &identity.name,
            &occasion.employer(),
            &instant(recorded.at, &letter.accept_by.zone),
        );
        let attachments = vec![
            attachment(format!("{}.pdf", occasion.after.number), "application/pdf", letter.made.pdf),
            attachment(format!("{}-signature.json", occasion.after.number), "application/json", record.digest),
        ];
        let mail = self.mail(occasion, &identity, words, "", attachments);
        let key = key_of(occasion, recorded, "candidate");
        Ok(vec![self.queued(key, occasion.after.id.as_str(), &mail, occasion.ground.now).await?])
    }

    pub(super) async fn copy_of_decline(&self, occasion: &Occasion<'_>, recorded: &Recorded) -> Result<Vec<Change>, DeskFault> {
        let Some(identity) = occasion.candidate() else { return Ok(Vec::new()) };
        // a letter that never left is not the candidate's to see
        let letter = occasion.after.handed_over().next();
        let zone = letter.map_or("America/New_York", |letter| letter.accept_by.zone.as_str());
        let words = offer_mail::copy_of_decline(occasion.about_letter(), &identity.name, &occasion.employer(), &instant(recorded.at, zone));
        let pdf = letter.map(|letter| attachment(format!("{}.pdf", occasion.after.number), "application/pdf", letter.made.pdf));
        let mail = self.mail(occasion, &identity, words, "", pdf.into_iter().collect());
        let key = key_of(occasion, recorded, "candidate");
        Ok(vec![self.queued(key, occasion.after.id.as_str(), &mail, occasion.ground.now).await?])
    }
}

fn attachment(name: String, media_type: &str, digest: Digest) -> Attachment {
    Attachment { name, media_type: media_type.to_owned(), bytes: Vec::new(), digest: digest.to_string() }
}
