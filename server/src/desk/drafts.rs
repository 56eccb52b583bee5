//! Drafts: what was typed, exactly as typed, with who wrote each field last; sealed under the candidate's key.

use std::collections::BTreeMap;

use app::desk::{Newer, Reading, Saved};
use offer::{
    field::FieldKey,
    id::PersonId,
    lifecycle::{Offer, Status},
    moment::Moment,
    terms::Entries,
};
use serde::{Deserialize, Serialize};

use super::{DeskFault, HouseDesk};
use crate::{
    store::{Change, DraftRow},
    vault::{DataKey, Place},
};

/// A draft with the row that it was read from.
pub(super) struct Drafted {
    pub(super) entries: Entries,
    pub(super) row: DraftRow,
    hands: Hands,
}

/// Who wrote a field last, and which version of the draft that made; a field that nobody wrote since the draft began has none.
pub(super) type Hands = BTreeMap<FieldKey, Hand>;

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Hand {
    version: i64,
    by: PersonId,
    window: String,
}

impl Hand {
    /// Of whoever began the draft with this field.
    pub(super) fn of_the_first(by: &PersonId) -> Self {
        Self { version: 0, by: by.clone(), window: String::new() }
    }

    /// Whether somebody with this before their eyes does not know of it yet.
    fn is_news_to(&self, reading: &Reading) -> bool {
        self.version > reading.version && (reading.window.is_empty() || self.window != reading.window)
    }
}

/// What is sealed.
#[derive(Default, Serialize, Deserialize)]
struct Sealed {
    entries: Entries,
    hands: Hands,
}

impl Drafted {
    /// Lays typed fields over the draft, but for those that were written elsewhere since they were read; gives whether anything changed.
    pub(super) fn write<'a>(
        &mut self,
        typed: impl Iterator<Item = (&'a FieldKey, &'a str)>,
        by: &PersonId,
        reading: Option<&Reading>,
    ) -> bool {
        let next = self.row.version.saturating_add(1);
        let window = reading.map(|reading| reading.window.clone()).unwrap_or_default();
        let mut changed = false;
        for (key, text) in typed {
            if self.entries.typed(key) != text && !self.is_news(key, reading) {
                self.entries.set(key.clone(), text);
                self.hands.insert(key.clone(), Hand { version: next, by: by.clone(), window: window.clone() });
                changed = true;
            }
        }
        changed
    }

    /// The fields that stand otherwise than they were read or sent, for somebody who reads on.
    pub(super) fn newer(&self, typed: &Entries, reading: Option<&Reading>) -> impl Iterator<Item = (&FieldKey, &str, &PersonId)> {
        let sent: BTreeMap<&FieldKey, &str> = typed.iter().collect();
        let stands = move |key: &FieldKey| sent.get(key).is_some_and(|text| *text == self.entries.typed(key));
        let news = move |hand: &Hand| reading.is_some_and(|reading| hand.is_news_to(reading));
        let newer = self.hands.iter().filter(move |(key, hand)| news(hand) && !stands(key));
        newer.map(|(key, hand)| (key, self.entries.typed(key), &hand.by))
    }

    /// Who wrote each field last; a field that stands as the draft was begun has nobody.
    pub(super) fn writers(&self) -> BTreeMap<FieldKey, PersonId> {
        self.hands.iter().map(|(field, hand)| (field.clone(), hand.by.clone())).collect()
    }

    fn is_news(&self, key: &FieldKey, reading: Option<&Reading>) -> bool {
        reading.is_some_and(|reading| self.hands.get(key).is_some_and(|hand| hand.is_news_to(reading)))
    }
}

impl HouseDesk {
    /// The draft of an offer; nothing once it was submitted.
    pub(super) async fn drafted(&self, offer: &Offer) -> Result<Option<Drafted>, DeskFault> {
        let Some(row) = self.store.draft(self.firm(), offer.id.as_str()).await? else { return Ok(None) };
        let candidate = offer.candidate.as_ref().map(PersonId::as_str).unwrap_or_default();
        // what an erased candidate's draft said is gone
        let Some(key) = self.person_key(candidate).await? else { return Ok(None) };
        let place = Place::Draft { firm: self.firm(), offer: offer.id.as_str() };
        let Sealed { entries, hands } = serde_json::from_slice(&key.open(&place, &row.sealed)?)?;
        Ok(Some(Drafted { entries, row, hands }))
    }

    /// What is typed where an offer is known by nothing else: while it is a draft, and when it ended as one.
    pub(crate) async fn typed(&self, offer: &Offer) -> Result<Option<Entries>, DeskFault> {
        if offer.status != Status::Draft && offer.terms.is_some() {
            return Ok(None);
        }
        Ok(self.drafted(offer).await?.map(|drafted| drafted.entries))
    }

    /// The row of a draft that begins, with who wrote what of it.
    pub(super) fn draft_row(&self, offer: &str, entries: &Entries, hands: Hands, at: Moment, key: &DataKey) -> Result<Change, DeskFault> {
        self.sealed_row(offer, &Sealed { entries: entries.clone(), hands }, 0, at, key)
    }

    /// The row of a draft that was written on.
    pub(super) fn draft_row_after(&self, offer: &str, drafted: Drafted, at: Moment, key: &DataKey) -> Result<Change, DeskFault> {
        let Drafted { entries, row, hands } = drafted;
        self.sealed_row(offer, &Sealed { entries, hands }, row.version, at, key)
    }

    /// `version` is the one that was read, 0 for none.
    fn sealed_row(&self, offer: &str, sealed: &Sealed, version: i64, at: Moment, key: &DataKey) -> Result<Change, DeskFault> {
        let place = Place::Draft { firm: self.firm(), offer };
        let sealed = key.seal(&place, &serde_json::to_vec(sealed)?)?;
        Ok(Change::Draft(DraftRow { offer: offer.to_owned(), version, at: at.micros(), sealed }))
    }
}

/// What a save comes back with: `names` says who somebody is, and nothing for the sender.
pub(super) fn saved<'a>(
    version: i64,
    newer: impl Iterator<Item = (&'a FieldKey, &'a str, &'a PersonId)>,
    name: impl Fn(&PersonId) -> String,
) -> Saved {
    let newer = newer.map(|(field, text, by)| Newer { field: field.clone(), text: text.to_owned(), by: name(by) });
    Saved { version, newer: newer.collect() }
}
