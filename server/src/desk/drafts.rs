//! Drafts: what was typed, exactly as typed, sealed under the candidate's key.

use offer::{
    id::PersonId,
    lifecycle::{Offer, Status},
    moment::Moment,
    terms::Entries,
};

use super::{DeskFault, HouseDesk};
use crate::{
    store::{Change, DraftRow},
    vault::{DataKey, Place},
};

/// A draft with the row that it was read from.
pub(super) struct Drafted {
    pub(super) entries: Entries,
    pub(super) row: DraftRow,
}

impl HouseDesk {
    /// The draft of an offer; nothing once it was submitted.
    pub(super) async fn drafted(&self, offer: &Offer) -> Result<Option<Drafted>, DeskFault> {
        let Some(row) = self.store.draft(self.firm(), offer.id.as_str()).await? else { return Ok(None) };
        let candidate = offer.candidate.as_ref().map(PersonId::as_str).unwrap_or_default();
        // what an erased candidate's draft said is gone
        let Some(key) = self.person_key(candidate).await? else { return Ok(None) };
        let place = Place::Draft { firm: self.firm(), offer: offer.id.as_str() };
        let entries = serde_json::from_slice(&key.open(&place, &row.sealed)?)?;
        Ok(Some(Drafted { entries, row }))
    }

    /// What is typed where an offer is known by nothing else: while it is a draft, and when it ended as one.
    pub(crate) async fn typed(&self, offer: &Offer) -> Result<Option<Entries>, DeskFault> {
        if offer.status != Status::Draft && offer.terms.is_some() {
            return Ok(None);
        }
        Ok(self.drafted(offer).await?.map(|drafted| drafted.entries))
    }

    /// The row of a draft; `version` is the one that was read, 0 for none.
    pub(super) fn draft_row(&self, offer: &str, entries: &Entries, version: i64, at: Moment, key: &DataKey) -> Result<Change, DeskFault> {
        let place = Place::Draft { firm: self.firm(), offer };
        let sealed = key.seal(&place, &serde_json::to_vec(entries)?)?;
        Ok(Change::Draft(DraftRow { offer: offer.to_owned(), version, at: at.micros(), sealed }))
    }
}
