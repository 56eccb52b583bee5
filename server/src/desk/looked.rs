//! The ways to an offer: its page, its letter, a hand-off, a document; each is reached only by whoever sees the offer, and noted.

use std::{collections::BTreeSet, sync::Arc};

use app::desk::{HandoffPage, LetterPage, OfferPage, Viewer};
use offer::{
    access::{self, Access, Action, Actor, Member, Sight, Viewed, seen_findings},
    check,
    field::Side,
    id::{OfferId, RecipientKey},
    ledger::Digest,
    lifecycle::Letter,
};

use super::{
    DeskFault, HouseDesk, acceptance,
    file::OfferFile,
    letters,
    page::{names_in, titles},
    project::Summary,
    world::Ground,
};

/// An offer that a member sees, with everything its page looks at.
pub(super) struct Looked {
    pub(super) file: Arc<OfferFile>,
    pub(super) ground: Ground,
    pub(super) member: Member,
    pub(super) actor: Actor,
    pub(super) sight: Sight,
}

impl HouseDesk {
    /// An offer for somebody of the firm or of a client, who is noted to have looked at it.
    pub(super) async fn looked(&self, viewer: &Viewer, id: &OfferId) -> Result<Looked, DeskFault> {
        let looked = self.look(viewer, id).await?;
        self.note(&looked, Viewed::Offer)?;
        Ok(looked)
    }

    /// Notes that this is shown to whoever looks.
    pub(super) fn note(&self, looked: &Looked, what: Viewed) -> Result<(), DeskFault> {
        self.viewed(&looked.actor, &looked.file.offer.id, what, looked.sight.sides())
    }

    /// The same where nothing of the offer is shown but its number, or nothing yet: what is shown after all is noted then.
    pub(super) async fn look(&self, viewer: &Viewer, id: &OfferId) -> Result<Looked, DeskFault> {
        let actor = viewer.actor().ok_or(DeskFault::SignIn)?;
        let member = viewer.member().cloned().ok_or(DeskFault::NotFound)?;
        let file = self.file(id).await?;
        let subject = file.offer.subject();
        if access::may(&actor, Action::See, &subject) != Access::Allowed {
            return Err(DeskFault::NotFound);
        }
        let mut ground = self.ground(&file.offer).await?;
        ground.gather(&file.offer, None);
        let sight = access::sight(&actor, &subject);
        Ok(Looked { file, ground, member, actor, sight })
    }

    pub(super) async fn offer_page(&self, viewer: &Viewer, id: &OfferId) -> Result<OfferPage, DeskFault> {
        let looked = self.looked(viewer, id).await?;
        self.page_of(&looked).await
    }

    /// The page of an offer at which somebody looks.
    pub(super) async fn page_of(&self, looked: &Looked) -> Result<OfferPage, DeskFault> {
        let id = looked.file.offer.id.as_str();
        let row = self.store.board_row(self.firm(), id).await?.ok_or_else(|| DeskFault::damaged("no place on the board", id))?;
        let summary: Summary = serde_json::from_str(&row.summary)?;
        let mut page = looked.page(&summary);
        page.minute = self.minute(looked).await?;
        page.course.exposure = self.exposure_of(looked).await?;
        Ok(page)
    }

    /// The letter as it would go out with this accept-by; the stored one when it was sent.
    pub(super) async fn letter_page(
        &self,
        viewer: &Viewer,
        id: &OfferId,
        typed: Option<(String, String)>,
    ) -> Result<LetterPage, DeskFault> {
        let looked = self.look(viewer, id).await?;
        if !looked.sight.shows(Side::Package) {
            return Err(DeskFault::NotFound);
        }
        let (offer, ground) = (&looked.file.offer, &looked.ground);
        let terms = offer.terms.as_ref().ok_or(DeskFault::NotFound)?;
        self.note(&looked, Viewed::Letter)?;
        let page = |letter, accept_by, new_findings, sent| LetterPage {
            number: offer.number.clone(),
            version: offer.version,
            letter,
            accept_by,
            new_findings,
            sent,
        };
        if let (Some(letter), None) = (&offer.letter, &typed) {
            let stored = self.open_document(&letter.made.blocks).await?.ok_or(DeskFault::NotFound)?;
            let accept_by = Some((letter.accept_by.local.clone(), letter.accept_by.zone.clone()));
            let written = offer.versions.get(&letter.version).unwrap_or(terms);
            let shown = letters::without_unseen(serde_json::from_slice(&stored.1)?, written, &looked.sight, &ground.pinned.table)?;
            return Ok(page(Ok(shown), accept_by, Vec::new(), true));
        }
        let (local, zone) = typed.unwrap_or_else(|| letters::proposed_accept_by(Some(terms), ground));
        let sender = ground.roster.name(&looked.member.id);
        let made = letters::accept_by(&local, &zone, ground).and_then(|until| letters::issue(offer, ground, &sender, &until));
        let letter = match made {
            Ok(issued) => Ok(letters::without_unseen(issued.letter, terms, &looked.sight, &ground.pinned.table)?),
            Err(DeskFault::Problems(problems)) => {
                let missing = problems.into_iter().map(|problem| problem.field);
                Err(missing.filter(|field| ground.pinned.table.get(field).is_none_or(|spec| looked.sight.shows_field(spec))).collect())
            }
            Err(fault) => return Err(fault),
        };
        let now = check::findings(terms, ground.world(&looked.actor).ground());
        let table = &ground.pinned.table;
        let mut new = offer.findings_at_send(&now, table);
        new.retain(|finding| finding.strength >= check::Strength::Reason);
        Ok(page(letter, Some((local, zone)), seen_findings(&new, &looked.sight, table), false))
    }

    pub(super) async fn handoff_page(&self, viewer: &Viewer, id: &OfferId, recipient: &RecipientKey) -> Result<HandoffPage, DeskFault> {
        let looked = self.look(viewer, id).await?;
        let (offer, ground) = (&looked.file.offer, &looked.ground);
        let handoff = offer.handoffs.get(recipient).ok_or(DeskFault::NotFound)?;
        if !looked.member.is(&handoff.role) && !looked.sight.reads_talk() {
            return Err(DeskFault::NotFound);
        }
        let table = &ground.pinned.table;
        let terms = offer.terms.as_ref().ok_or(DeskFault::NotFound)?;
        // the contract was made when the letter was signed; what its recipient may see of it is what they may see today
        let shown = |key: &offer::field::FieldKey| {
            handoff.fields.contains(key) && table.get(key).is_some_and(|spec| looked.sight.shows_field(spec))
        };
        let rule = ground.pinned.playbook.recipients.iter().find(|rule| rule.key == *recipient);
        let terms = terms.retain(shown);
        let sides: BTreeSet<Side> = terms.iter().filter_map(|(key, _)| table.get(key)).map(|spec| spec.side).collect();
        self.viewed(&looked.actor, id, Viewed::HandOff, sides)?;
        Ok(HandoffPage {
            offer: id.clone(),
            number: offer.number.clone(),
            status: offer.status,
            line: looked.handoff_line(recipient).ok_or(DeskFault::NotFound)?,
            task: rule.map(|rule| rule.task.clone()).unwrap_or_default(),
            fields: handoff.fields.iter().filter(|key| shown(key)).cloned().collect(),
            names: names_in(&terms, ground),
            titles: titles(&ground.pinned.playbook),
            terms,
            table: table.clone(),
            now: ground.now,
        })
    }

    /// A document, reached only through its offer: media type, file name, bytes.
    pub(super) async fn offer_document(
        &self,
        viewer: &Viewer,
        id: &OfferId,
        digest: &Digest,
    ) -> Result<(String, String, Vec<u8>), DeskFault> {
        let actor = viewer.actor().ok_or(DeskFault::SignIn)?;
        let file = self.file(id).await?;
        let subject = file.offer.subject();
        let sight = access::sight(&actor, &subject);
        // a document is whole or not at all: its words, its metadata and what is attached to it
        if access::may(&actor, Action::See, &subject) != Access::Allowed || !sight.shows_letters() {
            return Err(DeskFault::NotFound);
        }
        let offer = &file.offer;
        let is_candidate = matches!(actor, Actor::Candidate { .. });
        // a candidate reads the letters that came
        let theirs = |letter: &&Letter| !is_candidate || letter.was_handed_over();
        let letter = offer.letter.iter().chain(&offer.earlier_letters).filter(theirs).find(|letter| letter.made.pdf == *digest);
        let name = match letter {
            Some(letter) => format!("{}-v{}.pdf", offer.number, letter.version),
            None => {
                let pinned = self.shelved(offer.playbook).await?;
                let record = acceptance::record_of(offer, &file.history, &pinned.playbook)?;
                let is_record = record.is_some_and(|record| record.digest == *digest) && (is_candidate || sight.reads_talk());
                if !is_record {
                    return Err(DeskFault::NotFound);
                }
                format!("{}-signature.json", offer.number)
            }
        };
        let (media_type, bytes) = self.open_document(digest).await?.ok_or(DeskFault::NotFound)?;
        self.viewed(&actor, id, Viewed::Document, sight.sides())?;
        Ok((media_type, name, bytes))
    }
}
