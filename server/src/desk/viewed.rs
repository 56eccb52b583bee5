//! Who looked at pay and personal data: noted when it is shown, written in batches.
//!
//! Looking is no event: it decides nothing. A note waits at most a second in memory, and whoever looks at the same again meanwhile is noted
//! once; a page is not shown when too many wait, for then nobody could say who saw it.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use app::desk::{LookedAsk, LookedLine, LookedPage, Viewer};
use offer::{
    access::{Actor, Viewed},
    field::Side,
    id::{OfferId, PersonId},
    ledger::ActorKind,
    moment::Moment,
};
use serde::{Deserialize, Serialize};
use tokio::sync::watch;

use super::{DeskFault, HouseDesk};
use crate::{
    fresh,
    store::{AccessQuestion, AccessRow},
};

/// How often what was noted is written.
const EVERY: Duration = Duration::from_secs(1);
/// Notes that may wait for a store that is out of reach.
const WAITING_MAX: usize = 20_000;
/// Notes of one transaction.
const BATCH_ROWS: usize = 500;
/// Lines on the page of one offer.
const OF_OFFER_MAX: i64 = 25;
/// Lines on a page of the list.
const PAGE_ROWS: usize = 50;

/// Notes that wait to be written, by what they say besides when.
#[derive(Debug, Default)]
pub(super) struct Notes(Mutex<BTreeMap<Look, Noted>>);

/// Who looked, at which offer, at what of it, and the details.
type Look = [String; 4];
/// The id of a note, and when it was taken.
type Noted = (String, i64);

/// What a note says besides who, when, what and of which offer.
#[derive(Debug, Serialize, Deserialize)]
struct Details {
    kind: ActorKind,
    sides: Vec<Side>,
}

fn rows(batch: &[(Look, Noted)]) -> Vec<AccessRow> {
    let row = |([actor, subject, action, details], (id, at)): &(Look, Noted)| AccessRow {
        id: id.clone(),
        at: *at,
        actor: actor.clone(),
        action: action.clone(),
        subject: subject.clone(),
        details: details.clone(),
    };
    batch.iter().map(row).collect()
}

impl HouseDesk {
    /// Notes that somebody is shown these sides of an offer, unless none of them is pay or personal data.
    ///
    /// # Errors
    /// [`DeskFault::OutOfReach`] when it cannot be noted: then it is not shown.
    pub(crate) fn viewed(
        &self,
        actor: &Actor,
        offer: &OfferId,
        what: Viewed,
        sides: impl IntoIterator<Item = Side>,
    ) -> Result<(), DeskFault> {
        let sides: Vec<Side> = sides.into_iter().filter(|side| *side != Side::Job).collect();
        if sides.is_empty() {
            return Ok(());
        }
        let details = serde_json::to_string(&Details { kind: actor.kind(), sides })?;
        let look = [actor.id().to_owned(), offer.as_str().to_owned(), what.code().to_owned(), details];
        let mut waiting = self.notes.0.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.contains_key(&look) {
            return Ok(());
        }
        if waiting.len() >= WAITING_MAX {
            tracing::error!("who looks can no longer be noted");
            return Err(DeskFault::OutOfReach);
        }
        let now = self.now();
        waiting.insert(look, (fresh::id(now)?, now.micros()));
        Ok(())
    }

    /// Writes what was noted; what cannot be written waits on.
    pub(crate) async fn write_notes(&self) -> Result<(), DeskFault> {
        loop {
            let batch: Vec<(Look, Noted)> = {
                let mut waiting = self.notes.0.lock().unwrap_or_else(PoisonError::into_inner);
                std::iter::from_fn(|| waiting.pop_first()).take(BATCH_ROWS).collect()
            };
            if batch.is_empty() {
                return Ok(());
            }
            if let Err(fault) = self.store.log_access(self.firm(), &rows(&batch)).await {
                let mut waiting = self.notes.0.lock().unwrap_or_else(PoisonError::into_inner);
                // the same rows twice are one
                waiting.extend(batch);
                return Err(fault.into());
            }
        }
    }

    /// Writes what was noted every second, and what is left at the end.
    pub(crate) async fn keep_notes_written(self, mut stopped: watch::Receiver<bool>) {
        let mut every = tokio::time::interval(EVERY);
        every.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            let ends = tokio::select! {
                _ = every.tick() => false,
                // an error means that the sender is gone, which is the end as well
                _ = stopped.wait_for(|stopped| *stopped) => true,
            };
            if let Err(fault) = self.write_notes().await {
                tracing::warn!(fault = fault.code(), "who looked was not written yet");
            }
            if ends {
                return;
            }
        }
    }

    /// Forgets what is older than the playbook keeps it.
    pub(crate) async fn sweep_notes(&self) -> Result<(), DeskFault> {
        let days = i64::from(self.current().await?.playbook.retention.access_log_days);
        let before = self.now().plus_seconds(days.saturating_mul(-24 * 3600)).micros();
        Ok(self.store.sweep_accesses(self.firm(), before).await?)
    }

    /// Who looked at an offer last.
    pub(super) async fn looked_at(&self, offer: &OfferId) -> Result<Vec<LookedLine>, DeskFault> {
        self.write_notes().await?;
        let question = AccessQuestion { subject: Some(offer.as_str().to_owned()), rows_max: OF_OFFER_MAX, ..AccessQuestion::default() };
        let rows = self.store.accesses(self.firm(), &question).await?;
        self.looked_lines(rows).await
    }

    /// Who looked, over all offers; not found for whoever does not audit all of them.
    pub(super) async fn looked_page(&self, viewer: &Viewer, ask: &LookedAsk) -> Result<LookedPage, DeskFault> {
        let Viewer::Staff { member, .. } = viewer else { return Err(DeskFault::SignIn) };
        if !member.audits_all() {
            return Err(DeskFault::NotFound);
        }
        self.write_notes().await?;
        let (number, roster, current) = (ask.number.trim(), self.roster().await?, self.current().await?);
        let subject = match number {
            "" => None,
            // a number that is none finds nothing
            number => Some(self.offer_numbered(number).await?.map_or_else(String::new, |id| id.as_str().to_owned())),
        };
        let after = ask.after.as_deref().and_then(|after| {
            let (at, id) = after.split_once('.')?;
            Some((at.parse().ok()?, id.to_owned()))
        });
        let actor = Some(ask.person.clone()).filter(|person| !person.is_empty());
        let rows_max = i64::try_from(PAGE_ROWS + 1).unwrap_or(i64::MAX);
        let mut rows = self.store.accesses(self.firm(), &AccessQuestion { subject, actor, after, rows_max }).await?;
        let more = rows.len() > PAGE_ROWS;
        rows.truncate(PAGE_ROWS);
        let next = rows.last().filter(|_| more).map(|last| format!("{}.{}", last.at, last.id));
        let mut people: Vec<(PersonId, String)> = roster.all().map(|listed| (listed.id.clone(), roster.name(&listed.id))).collect();
        people.retain(|(_, name)| !name.is_empty());
        people.sort_by(|one, other| one.1.cmp(&other.1));
        let kept_days = current.playbook.retention.access_log_days;
        Ok(LookedPage { lines: self.looked_lines(rows).await?, next, people, kept_days })
    }

    async fn looked_lines(&self, rows: Vec<AccessRow>) -> Result<Vec<LookedLine>, DeskFault> {
        let roster = self.roster().await?;
        let mut lines = Vec::new();
        for row in rows {
            let details: Details = serde_json::from_str(&row.details)?;
            let offer = OfferId::new(row.subject.clone());
            let number = self.file(&offer).await.map(|file| file.offer.number.clone()).unwrap_or_default();
            let unreadable = || DeskFault::damaged("a line of the access log does not read", &row.subject);
            let who = (details.kind != ActorKind::Candidate).then(|| roster.name(&PersonId::new(&row.actor)));
            lines.push(LookedLine {
                at: Moment::from_micros(row.at).ok_or_else(unreadable)?,
                who,
                what: Viewed::parse(&row.action).ok_or_else(unreadable)?,
                sides: details.sides,
                offer,
                number,
            });
        }
        Ok(lines)
    }
}
