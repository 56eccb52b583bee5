//! Mails after a change or a rescission: what became of what somebody proposed, who is asked again and for what, and who was told it ended.

use std::collections::BTreeMap;

use app::words::en::{
    field as field_words,
    offer_mail::{self, Again},
    standing as standing_words,
};
use offer::{
    access::{self, Actor, Member},
    field::FieldKey,
    id::{PersonId, ProposalId, StepKey},
    ledger::AuthLevel,
    lifecycle::{Proposal, ProposalOutcome, Recorded, StepState},
};

use super::{Occasion, key_of};
use crate::{
    desk::{DeskFault, HouseDesk, Listed},
    store::Change,
};

impl HouseDesk {
    /// To whoever of the firm proposed something: what became of it.
    pub(super) async fn to_author(
        &self,
        occasion: &Occasion<'_>,
        recorded: &Recorded,
        proposal: &ProposalId,
    ) -> Result<Vec<Change>, DeskFault> {
        let Some(decided) = occasion.after.proposals.get(proposal) else { return Ok(Vec::new()) };
        let Some(author) = author_of(occasion, decided) else { return Ok(Vec::new()) };
        let adopted = if let ProposalOutcome::Adopted { adjusted, .. } = decided.outcome { Some(adjusted) } else { None };
        let words = offer_mail::proposal_decided(occasion.about(), &occasion.actor_name(), adopted);
        self.to_listed(occasion, recorded, author, words, &format!("/offers/{}", occasion.after.id)).await
    }

    /// To the authors of open proposals that this change set another value against: they look at other things by now, so they are told by mail;
    /// whoever made the change reads of it on the offer.
    pub(super) async fn to_overtaken(&self, occasion: &Occasion<'_>, recorded: &Recorded) -> Result<Vec<Change>, DeskFault> {
        let before = occasion.before.conflicts();
        let mut changes = Vec::new();
        for (proposal, conflicts) in occasion.after.conflicts() {
            let known = before.iter().any(|(id, known)| *id == proposal && *known == conflicts);
            let Some(author) = occasion.after.proposals.get(&proposal).and_then(|open| author_of(occasion, open)).filter(|_| !known) else {
                continue;
            };
            if !occasion.is_seen_by(author) {
                continue;
            }
            let terms = seen_terms(occasion, author, conflicts.iter().map(|conflict| &conflict.field));
            let words = offer_mail::overtaken(occasion.about(), &occasion.actor_name(), &terms);
            let Some(identity) = author.person.identity.kept() else { continue };
            let mail = self.mail(occasion, identity, words, &format!("/offers/{}", occasion.after.id), Vec::new());
            let key = format!("{}:{proposal}", key_of(occasion, recorded, author.id.as_str()));
            changes.push(self.queued(key, occasion.after.id.as_str(), &mail, occasion.ground.now).await?);
        }
        Ok(changes)
    }

    /// Everyone agreed: the candidate is told, and so are those who asked and agreed.
    pub(super) async fn to_rescinded(&self, occasion: &Occasion<'_>, recorded: &Recorded) -> Result<Vec<Change>, DeskFault> {
        let mut changes = self.to_rescinders(occasion, recorded, true).await?;
        if let Some(identity) = occasion.candidate() {
            let words = offer_mail::rescinded(occasion.about_letter(), &identity.name, &occasion.employer());
            let mail = self.mail(occasion, &identity, words, "", Vec::new());
            let key = key_of(occasion, recorded, "candidate");
            changes.push(self.queued(key, occasion.after.id.as_str(), &mail, occasion.ground.now).await?);
        }
        Ok(changes)
    }

    /// To the recruiter, to whoever asked to rescind, and to those who had to agree; nobody is told what they did themselves.
    pub(super) async fn to_rescinders(
        &self,
        occasion: &Occasion<'_>,
        recorded: &Recorded,
        rescinded: bool,
    ) -> Result<Vec<Change>, DeskFault> {
        let Some(request) = &occasion.before.rescission else { return Ok(Vec::new()) };
        let roster = &occasion.ground.roster;
        let asked = request.approvers.iter().flat_map(|role| roster.with_role(role));
        let asker = request.by.person().and_then(|person| roster.get(&person));
        let told: BTreeMap<&PersonId, &Listed> =
            asked.chain(asker).chain(occasion.recruiter()).map(|listed| (&listed.id, listed)).collect();
        let mut changes = Vec::new();
        for listed in told.into_values().filter(|listed| occasion.actor.person() != Some(&listed.id)) {
            let words = offer_mail::rescission_ended(occasion.about(), &occasion.actor_name(), rescinded);
            changes.extend(self.to_listed(occasion, recorded, listed, words, &format!("/offers/{}", occasion.after.id)).await?);
        }
        Ok(changes)
    }
}

/// Whoever of the firm proposed something, unless they act themselves.
fn author_of<'a>(occasion: &'a Occasion<'_>, proposal: &Proposal) -> Option<&'a Listed> {
    let author = proposal.by.person().filter(|person| occasion.actor.person() != Some(person))?;
    occasion.ground.roster.get(&author).filter(|listed| !listed.left)
}

/// What a step is asked again for, as somebody sees it; nothing for a step that is asked for the first time.
pub(super) fn again(occasion: &Occasion<'_>, step: &StepKey, reader: &Listed) -> Option<Again> {
    let after = occasion.after;
    let (_, because) = after.fallen_approval(after.route.step(step)?, Some(&reader.id))?;
    let standing = after.steps.values().filter(|state| matches!(state, StepState::Approved { .. })).count();
    Some(Again {
        terms: seen_terms(occasion, reader, standing_words::fields_of(&because).into_iter()),
        standing,
        of: after.route.steps.len(),
    })
}

/// The names of terms that somebody sees.
fn seen_terms<'a>(occasion: &Occasion<'_>, reader: &Listed, fields: impl Iterator<Item = &'a FieldKey>) -> Vec<String> {
    let member = Member::resolve(reader.id.clone(), &reader.person, AuthLevel::Password, &occasion.ground.current.playbook);
    let sight = access::sight(&Actor::Member(member), &occasion.after.subject());
    let table = &occasion.ground.pinned.table;
    let seen = fields.filter(|field| table.get(field).is_some_and(|spec| sight.shows_field(spec)));
    seen.map(|field| field_words::label_of(field, table)).collect()
}
