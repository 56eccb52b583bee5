//! Requisitions: their streams, their rows and the list of openings.

use std::collections::BTreeMap;

use offer::{
    access::Actor,
    field,
    id::RequisitionId,
    requisition::{Requisition, RequisitionEvent},
};

use super::{
    DeskFault, HouseDesk,
    ledger::{Head, REQUISITION, Telling},
    people::ROWS_PER_TRANSACTION,
};
use crate::{
    fresh,
    store::{Append, Change, RequisitionRow, StoredEvent, TallyRow},
};

/// The state of an opening.
const OPEN: &str = "open";
/// Openings read at once.
const PAGE_ROWS: i64 = 500;

/// An opening as it stands, for whoever changes it.
#[derive(Clone, Debug)]
pub(crate) struct StandingRequisition {
    /// Its id.
    pub(crate) id: RequisitionId,
    /// Where its stream stood before it was read.
    pub(crate) head: Head,
    /// Its seats.
    pub(crate) seats: u32,
}

impl HouseDesk {
    /// Where the streams of all openings stand. Read before the openings themselves, a head that is behind is told at the append.
    pub(crate) async fn requisition_heads(&self) -> Result<BTreeMap<RequisitionId, Head>, DeskFault> {
        let mut heads = BTreeMap::new();
        let mut after = String::new();
        loop {
            let rows = self.store.streams_of(self.firm(), REQUISITION, &after, PAGE_ROWS).await?;
            let done = i64::try_from(rows.len()).is_ok_and(|read| read < PAGE_ROWS);
            for row in rows {
                after.clone_from(&row.stream);
                heads.insert(RequisitionId::new(&row.stream), Head::of(&row)?);
            }
            if done {
                return Ok(heads);
            }
        }
    }

    /// Opens many requisitions, or changes those that stand, some hundred a transaction.
    ///
    /// # Errors
    /// [`DeskFault::Moved`] when somebody else opened or changed one of them since, [`DeskFault::OutOfReach`]. What was written before stays.
    pub(crate) async fn write_requisitions(
        &self,
        requisitions: Vec<(Requisition, Option<StandingRequisition>)>,
        actor: &Actor,
    ) -> Result<(), DeskFault> {
        let now = self.now();
        let request = fresh::id(now)?;
        let telling = Telling { at: now, actor, request: &request, playbook: self.current().await?.version };
        let mut waiting = requisitions.into_iter().peekable();
        while waiting.peek().is_some() {
            let (mut events, mut changes) = (Vec::new(), Vec::new());
            for (requisition, standing) in waiting.by_ref().take(ROWS_PER_TRANSACTION) {
                let Some(StandingRequisition { id, head, seats }) = standing else {
                    let id = RequisitionId::new(fresh::id(now)?);
                    changes
                        .extend([Change::Requisition(requisition_row(&id, &requisition)?), Change::Tally(no_tally(&id, &requisition, 0))]);
                    let opened = [RequisitionEvent::Opened { requisition }];
                    events.extend(self.written(REQUISITION, id.as_str(), Head::NONE, &opened, telling, None)?);
                    continue;
                };
                changes.push(Change::Requisition(requisition_row(&id, &requisition)?));
                if seats != requisition.seats {
                    let tally = self.store.tally(self.firm(), id.as_str()).await?;
                    changes.push(Change::Tally(TallyRow { seats: i64::from(requisition.seats), ..tally }));
                }
                let changed = [RequisitionEvent::Changed { requisition }];
                events.extend(self.written(REQUISITION, id.as_str(), head, &changed, telling, None)?);
            }
            match self.store.append(Append { firm: self.firm().to_owned(), events, changes, ..Append::default() }).await.map_err(Into::into)
            {
                // somebody else opened one of this number
                Err(DeskFault::InUse) => return Err(DeskFault::Moved),
                appended => appended?,
            };
        }
        Ok(())
    }

    /// Every opening of the firm, in the order of their numbers.
    pub(crate) async fn requisitions_all(&self) -> Result<Vec<(RequisitionId, Requisition)>, DeskFault> {
        let mut all: Vec<(RequisitionId, Requisition)> = Vec::new();
        loop {
            let after = all.last().map(|(_, last)| last.number.clone()).unwrap_or_default();
            let rows = self.store.requisitions(self.firm(), &after, PAGE_ROWS).await?;
            let done = i64::try_from(rows.len()).is_ok_and(|read| read < PAGE_ROWS);
            for row in rows {
                all.push((RequisitionId::new(row.requisition), serde_json::from_str(&row.summary)?));
            }
            if done {
                return Ok(all);
            }
        }
    }

    /// One opening.
    pub(super) async fn opening(&self, id: &RequisitionId) -> Result<Requisition, DeskFault> {
        let row = self.store.requisition(self.firm(), id.as_str()).await?.ok_or(DeskFault::NotFound)?;
        Ok(serde_json::from_str(&row.summary)?)
    }

    /// Opens one requisition; its id.
    #[cfg(test)]
    pub(crate) async fn open_requisition(&self, requisition: Requisition, actor: &Actor) -> Result<RequisitionId, DeskFault> {
        let number = requisition.number.clone();
        self.write_requisitions(vec![(requisition, None)], actor).await?;
        let row = self.store.requisition_by_number(self.firm(), &number).await?.ok_or(DeskFault::NotFound)?;
        Ok(RequisitionId::new(row.requisition))
    }

    /// The event and rows that open a requisition; `offers_numbered` of its offers are begun with it.
    pub(super) async fn opened(
        &self,
        id: &RequisitionId,
        requisition: Requisition,
        actor: &Actor,
        offers_numbered: i64,
    ) -> Result<(Vec<StoredEvent>, Vec<Change>), DeskFault> {
        let row = requisition_row(id, &requisition)?;
        let tally = no_tally(id, &requisition, offers_numbered);
        let events = self.requisition_events(id, Head::NONE, RequisitionEvent::Opened { requisition }, actor).await?;
        Ok((events, vec![Change::Requisition(row), Change::Tally(tally)]))
    }

    async fn requisition_events(
        &self,
        id: &RequisitionId,
        head: Head,
        event: RequisitionEvent,
        actor: &Actor,
    ) -> Result<Vec<StoredEvent>, DeskFault> {
        let now = self.now();
        let request = fresh::id(now)?;
        let telling = Telling { at: now, actor, request: &request, playbook: self.current().await?.version };
        self.written(REQUISITION, id.as_str(), head, &[event], telling, None)
    }
}

/// The tally of a requisition that is just being opened.
fn no_tally(id: &RequisitionId, requisition: &Requisition, offers_numbered: i64) -> TallyRow {
    TallyRow {
        requisition: id.as_str().to_owned(),
        version: 0,
        seats: i64::from(requisition.seats),
        seats_taken: 0,
        committed: 0,
        offers_competing: 0,
        offers_numbered,
    }
}

/// The row of a requisition.
pub(super) fn requisition_row(id: &RequisitionId, requisition: &Requisition) -> Result<RequisitionRow, DeskFault> {
    let text = |key| requisition.prefill.get(key).map(str::to_owned);
    Ok(RequisitionRow {
        requisition: id.as_str().to_owned(),
        number: requisition.number.clone(),
        client: text(&field::CLIENT),
        team: text(&field::TEAM),
        state: OPEN.to_owned(),
        title: text(&field::JOB_TITLE).unwrap_or_default(),
        summary: serde_json::to_string(requisition)?,
    })
}
