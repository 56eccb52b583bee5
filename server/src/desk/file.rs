//! An offer with its history, read from its stream and kept for the next request.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError},
};

use offer::{
    id::{OfferId, PersonId},
    lifecycle::{Event, Offer, Recorded},
};
use serde_json::Value;

use super::{DeskFault, HouseDesk, ledger::Head};
use crate::{
    store::StoredEvent,
    vault::{DataKey, Place},
};

/// Folded offers that are kept at once.
const KEPT_MAX: usize = 512;

/// An offer with everything that happened to it.
#[derive(Debug)]
pub(crate) struct OfferFile {
    /// As it stands.
    pub(crate) offer: Offer,
    /// What happened, in order.
    pub(crate) history: Vec<Recorded>,
    /// Where its stream stands.
    pub(crate) head: Head,
}

/// Offers by id, each as it stood at some head.
pub(super) type Files = BTreeMap<OfferId, Arc<OfferFile>>;

impl HouseDesk {
    /// An offer as it stands now.
    ///
    /// # Errors
    /// [`DeskFault::NotFound`], [`DeskFault::OutOfReach`].
    pub(crate) async fn file(&self, id: &OfferId) -> Result<Arc<OfferFile>, DeskFault> {
        let head = self.head(id.as_str()).await?;
        if head == Head::NONE {
            return Err(DeskFault::NotFound);
        }
        let kept = self.files.lock().unwrap_or_else(PoisonError::into_inner).get(id).cloned();
        if let Some(file) = kept
            && file.head == head
        {
            return Ok(file);
        }
        let rows = self.store.load(self.firm(), id.as_str()).await?;
        let file = Arc::new(self.folded(id, &rows).await?);
        if file.head.seq < head.seq {
            return Err(DeskFault::damaged("a stream is shorter than its head says", id.as_str()));
        }
        self.keep_file(Arc::clone(&file));
        Ok(file)
    }

    pub(super) fn keep_file(&self, file: Arc<OfferFile>) {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        if files.len() >= KEPT_MAX {
            files.clear();
        }
        files.insert(file.offer.id.clone(), file);
    }

    /// Folds the rows of an offer's stream.
    pub(super) async fn folded(&self, id: &OfferId, rows: &[StoredEvent]) -> Result<OfferFile, DeskFault> {
        let candidate = rows.first().and_then(|row| {
            let open: Value = serde_json::from_str(&row.open).ok()?;
            Some(open.get("candidate")?.as_str()?.to_owned())
        });
        let key = match &candidate {
            Some(candidate) => self.person_key(candidate).await?,
            None => None,
        };
        let (told, head) = self.read::<Event>(rows, key.as_ref())?;
        let history: Vec<Recorded> =
            told.into_iter().map(|told| Recorded { seq: told.seq, at: told.at, by: told.by, event: told.event }).collect();
        Ok(OfferFile { offer: Offer::fold(id.clone(), &history), history, head })
    }

    /// The key under which an offer's private parts are sealed.
    pub(super) async fn key_of(&self, offer: &Offer) -> Result<DataKey, DeskFault> {
        let candidate = offer.candidate.as_ref().map(PersonId::as_str).unwrap_or_default();
        self.person_key(candidate).await?.ok_or_else(|| DeskFault::damaged("the key of an offer's candidate is gone", offer.id.as_str()))
    }

    /// The bytes of a document with their media type; nothing when it is not there or its person was erased.
    pub(crate) async fn open_document(&self, digest: &offer::ledger::Digest) -> Result<Option<(String, Vec<u8>)>, DeskFault> {
        let Some(row) = self.store.document(self.firm(), &digest.0).await? else { return Ok(None) };
        let place = Place::Document { firm: self.firm(), digest: *digest };
        let bytes = match &row.person {
            Some(person) => match self.person_key(person).await? {
                Some(key) => key.open(&place, &row.sealed)?,
                None => return Ok(None),
            },
            None => self.firm_key().await?.open(&place, &row.sealed)?,
        };
        Ok(Some((row.media_type, bytes)))
    }
}
