//! Making the projections again from the history, as after a restore.

use std::collections::{BTreeMap, BTreeSet};

use offer::{
    id::{OfferId, PersonId, RequisitionId},
    person::PersonEvent,
    requisition::{Requisition, RequisitionEvent},
};

use super::{
    DeskFault, HouseDesk,
    file::OfferFile,
    ledger::{OFFER, PERSON, PLAYBOOK, REQUISITION},
    pace, people,
    playbooks::PlaybookEvent,
    project::{self, Placing},
    requisitions,
    world::{committed_by, competes},
};
use crate::store::{Change, PlaybookRow, SeatRow, TallyRow};

/// Streams read at once.
const PAGE_ROWS: i64 = 500;

/// What stands of one opening.
#[derive(Default)]
struct Counted {
    committed: i64,
    offers_competing: i64,
    offers_numbered: i64,
    seats_taken: i64,
}

impl HouseDesk {
    /// Empties the projections and makes them again. Nobody may work with the store meanwhile.
    ///
    /// # Errors
    /// [`DeskFault::OutOfReach`]; begin again then.
    pub(crate) async fn rebuild(&self) -> Result<(), DeskFault> {
        self.store.change(self.firm(), vec![Change::ForgetProjections]).await?;
        self.forget_kept();
        self.rebuild_playbooks().await?;
        let offers = self.streams(OFFER).await?;
        let mut candidates = BTreeSet::new();
        let mut files = Vec::new();
        for id in offers {
            let rows = self.store.load(self.firm(), &id).await?;
            let file = self.folded(&OfferId::new(id), &rows).await?;
            candidates.extend(file.offer.candidate.clone());
            files.push((file, rows.last().map_or(0, |row| row.at)));
        }
        self.rebuild_people(&candidates).await?;
        let openings = self.rebuild_requisitions().await?;
        let mut counted: BTreeMap<RequisitionId, Counted> = BTreeMap::new();
        for (file, changed_at) in files {
            let changes = self.rebuilt(&file, changed_at, &mut counted).await?;
            self.store.change(self.firm(), changes).await?;
        }
        for (id, requisition) in openings {
            let counted = counted.remove(&id).unwrap_or_default();
            let tally = TallyRow {
                requisition: id.as_str().to_owned(),
                version: 0,
                seats: i64::from(requisition.seats),
                seats_taken: counted.seats_taken,
                committed: counted.committed,
                offers_competing: counted.offers_competing,
                offers_numbered: counted.offers_numbered,
            };
            self.store.change(self.firm(), vec![Change::Tally(tally)]).await?;
        }
        Ok(())
    }

    async fn streams(&self, kind: &str) -> Result<Vec<String>, DeskFault> {
        let mut ids: Vec<String> = Vec::new();
        loop {
            let after = ids.last().cloned().unwrap_or_default();
            let page = self.store.streams_of(self.firm(), kind, &after, PAGE_ROWS).await?;
            if page.is_empty() {
                return Ok(ids);
            }
            ids.extend(page.into_iter().map(|row| row.stream));
        }
    }

    async fn rebuild_playbooks(&self) -> Result<(), DeskFault> {
        let rows = self.store.load(self.firm(), PLAYBOOK).await?;
        let (told, _) = self.read::<PlaybookEvent>(&rows, None)?;
        for told in told {
            let PlaybookEvent::PlaybookPublished { document } = told.event;
            let version = i64::try_from(told.seq).unwrap_or(i64::MAX);
            let row = PlaybookRow { version, at: told.at.micros(), body: serde_json::to_string(&document)? };
            self.store.change(self.firm(), vec![Change::Playbook(row)]).await?;
        }
        Ok(())
    }

    async fn rebuild_people(&self, candidates: &BTreeSet<PersonId>) -> Result<(), DeskFault> {
        for id in self.streams(PERSON).await? {
            let key = self.person_key(&id).await?;
            let rows = self.store.load(self.firm(), &id).await?;
            let (told, _) = self.read::<PersonEvent>(&rows, key.as_ref())?;
            let history: Vec<PersonEvent> = told.into_iter().map(|told| told.event).collect();
            let id = PersonId::new(id);
            if let Some(row) = people::person_row_of_history(&id, candidates.contains(&id), &history)? {
                self.store.change(self.firm(), vec![Change::Person(row)]).await?;
            }
        }
        Ok(self.store.change(self.firm(), vec![people::roster_counted(0)]).await?)
    }

    async fn rebuild_requisitions(&self) -> Result<Vec<(RequisitionId, Requisition)>, DeskFault> {
        let mut openings = Vec::new();
        for id in self.streams(REQUISITION).await? {
            let rows = self.store.load(self.firm(), &id).await?;
            let (told, _) = self.read::<RequisitionEvent>(&rows, None)?;
            let Some(last) = told.last() else { continue };
            let (id, requisition) = (RequisitionId::new(id), last.event.requisition().clone());
            self.store.change(self.firm(), vec![Change::Requisition(requisitions::requisition_row(&id, &requisition)?)]).await?;
            openings.push((id, requisition));
        }
        Ok(openings)
    }

    async fn rebuilt(
        &self,
        file: &OfferFile,
        changed_at: i64,
        counted: &mut BTreeMap<RequisitionId, Counted>,
    ) -> Result<Vec<Change>, DeskFault> {
        let mut changes = Vec::new();
        let (offer, history) = (&file.offer, file.history.as_slice());
        let current = self.current().await?;
        let pinned = self.shelved(offer.playbook).await?;
        let drafted = self.typed(offer).await?;
        let at = offer::moment::Moment::from_micros(changed_at).unwrap_or(offer.status_since);
        let (entries, pinned, current) = (drafted.as_ref(), &pinned.playbook, &current.playbook);
        let place = project::place(offer, Placing { history, entries, pinned, current, changed_at: at })?;
        if let Some(requisition) = &offer.requisition {
            let counted = counted.entry(requisition.clone()).or_default();
            counted.committed += committed_by(offer).minor;
            counted.offers_competing += i64::from(competes(offer));
            counted.offers_numbered = counted.offers_numbered.max(place.row.number);
            // a seat is held from acceptance until it is given back
            if let (Some(acceptance), true) = (&offer.acceptance, offer.status.is_live()) {
                counted.seats_taken += 1;
                let (requisition, seat) = (requisition.to_string(), i64::from(acceptance.seat));
                changes.push(Change::SeatTake(SeatRow { requisition, seat, offer: offer.id.to_string() }));
            }
        }
        changes.push(Change::Board(Box::new(place)));
        changes.extend(pace::rows(&offer.id, history, 1));
        changes.extend(project::instants(None, offer));
        Ok(changes)
    }

    fn forget_kept(&self) {
        use std::sync::PoisonError;
        self.files.lock().unwrap_or_else(PoisonError::into_inner).clear();
        self.shelf.lock().unwrap_or_else(PoisonError::into_inner).clear();
        *self.roster.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
}
