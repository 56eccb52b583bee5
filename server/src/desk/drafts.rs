//! Drafts: what was typed, exactly as typed, sealed under the candidate's key.

use offer::{lifecycle::Offer, moment::Moment, terms::Entries};

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
        let key = self.key_of(offer).await?;
        let place = Place::Draft { firm: self.firm(), offer: offer.id.as_str() };
        let entries = serde_json::from_slice(&key.open(&place, &row.sealed)?)?;
        Ok(Some(Drafted { entries, row }))
    }

    /// The row of a draft; `version` is the one that was read, 0 for none.
    pub(super) fn draft_row(&self, offer: &str, entries: &Entries, version: i64, at: Moment, key: &DataKey) -> Result<Change, DeskFault> {
        let place = Place::Draft { firm: self.firm(), offer };
        let sealed = key.seal(&place, &serde_json::to_vec(entries)?)?;
        Ok(Change::Draft(DraftRow { offer: offer.to_owned(), version, at: at.micros(), sealed }))
    }
}
