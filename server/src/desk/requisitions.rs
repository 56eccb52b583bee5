//! Requisitions: their streams, their rows and the list of openings.

use offer::{
    access::Actor,
    field,
    id::RequisitionId,
    requisition::{Requisition, RequisitionEvent},
};

use super::{
    DeskFault, HouseDesk,
    ledger::{Head, REQUISITION, Telling},
    people::Upserted,
};
use crate::{
    fresh,
    store::{Append, Change, RequisitionRow, StoredEvent, TallyRow},
};

/// The state of an opening.
const OPEN: &str = "open";
/// Openings read at once.
const PAGE_ROWS: i64 = 500;

impl HouseDesk {
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

    /// Opens a requisition, or changes what differs; known by its number.
    ///
    /// # Errors
    /// [`DeskFault::Moved`] when somebody else changed it at the same time, [`DeskFault::OutOfReach`].
    pub(crate) async fn upsert_requisition(&self, requisition: Requisition, actor: &Actor) -> Result<(RequisitionId, Upserted), DeskFault> {
        let known = self.store.requisition_by_number(self.firm(), &requisition.number).await?;
        let Some(row) = known else {
            let id = RequisitionId::new(fresh::id(self.now())?);
            let (events, changes) = self.opened(&id, requisition, actor, 0).await?;
            self.store.append(Append { firm: self.firm().to_owned(), events, changes, ..Append::default() }).await?;
            return Ok((id, Upserted::Added));
        };
        let id = RequisitionId::new(row.requisition);
        let before: Requisition = serde_json::from_str(&row.summary)?;
        if before == requisition {
            return Ok((id, Upserted::Unchanged));
        }
        let head = self.head(id.as_str()).await?;
        let tally = self.store.tally(self.firm(), id.as_str()).await?;
        let mut changes = vec![Change::Requisition(requisition_row(&id, &requisition)?)];
        if tally.seats != i64::from(requisition.seats) {
            changes.push(Change::Tally(TallyRow { seats: i64::from(requisition.seats), ..tally }));
        }
        let events = self.requisition_events(&id, head, RequisitionEvent::Changed { requisition }, actor).await?;
        self.store.append(Append { firm: self.firm().to_owned(), events, changes, ..Append::default() }).await?;
        Ok((id, Upserted::Changed))
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
        let tally = TallyRow {
            requisition: id.as_str().to_owned(),
            version: 0,
            seats: i64::from(requisition.seats),
            seats_taken: 0,
            committed: 0,
            offers_competing: 0,
            offers_numbered,
        };
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
