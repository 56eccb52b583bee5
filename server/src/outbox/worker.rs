//! Claims, carries, reports.

use std::{sync::Arc, time::Duration};

use async_trait::async_trait;
use tokio::{sync::watch, task::JoinSet};

use super::{
    backoff::{ATTEMPTS_MAX, retry_at},
    courier::{Courier, NotCarried},
    mail::Mail,
};
use crate::store::{AppendError, Change, Claim, OutboxRow, Store, queue};

/// How long a claimed row is ours; an exchange with a mail server ends well before.
const LEASE_MICROS: i64 = 5 * 60 * 1_000_000;
/// Mails under way at once: one slow server does not hold up the others.
const AT_ONCE: usize = 16;
/// Pauses between looks at an empty outbox, in milliseconds; a new row rings, so these are for rows that become due.
const SHORTEST_PAUSE_MS: u64 = 50;
const LONGEST_PAUSE_MS: u64 = 1_000;

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// The other side answers for it now.
    HandedOver {
        /// When, microseconds UTC.
        at: i64,
    },
    /// It is not tried again: refused for good, or too often in vain.
    GivenUp {
        /// When, microseconds UTC.
        at: i64,
        /// The fault, in the words of the other side.
        fault: String,
    },
}

/// The desk, as the outbox sees it.
#[async_trait]
pub(crate) trait Handover: Send + Sync {
    /// The mail of a claimed row: unsealed, with its attachments. `Never` gives the row up.
    async fn mail(&self, firm: &str, row: &OutboxRow) -> Result<Mail, NotCarried>;

    /// Records what became of a row: its event and `settle` in one append. If this fails the row is handed over again after its lease.
    async fn record(&self, firm: &str, row: &OutboxRow, outcome: Outcome, settle: Change) -> Result<(), AppendError>;
}

/// Works through the outbox of some firms.
#[derive(Clone)]
pub(crate) struct Worker {
    store: Store,
    firms: Vec<String>,
    courier: Arc<dyn Courier>,
    handover: Arc<dyn Handover>,
}

impl std::fmt::Debug for Worker {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Worker").field("firms", &self.firms).field("courier", &self.courier).finish_non_exhaustive()
    }
}

impl Worker {
    /// A worker for these firms.
    pub(crate) fn new(store: Store, firms: Vec<String>, courier: Arc<dyn Courier>, handover: Arc<dyn Handover>) -> Worker {
        Worker { store, firms, courier, handover }
    }

    /// Hands over everything that is due now, once; answers how many rows were taken. For commands and tests.
    pub(crate) async fn turn(&self, now: i64) -> Result<usize, AppendError> {
        let mut under_way = JoinSet::new();
        let mut taken = 0;
        loop {
            let started = self.start(&mut under_way, now).await?;
            taken += started;
            while under_way.join_next().await.is_some() {}
            if started == 0 {
                return Ok(taken);
            }
        }
    }

    /// Works until `stop` turns true, then finishes what is under way. `clock` gives microseconds UTC.
    pub(crate) async fn run(self, clock: impl Fn() -> i64 + Send, mut stop: watch::Receiver<bool>) {
        let mut under_way = JoinSet::new();
        let mut pause_ms = SHORTEST_PAUSE_MS;
        while !*stop.borrow() {
            let started = match self.start(&mut under_way, clock()).await {
                Ok(started) => started,
                Err(error) => {
                    tracing::warn!(%error, "the outbox cannot be read");
                    0
                }
            };
            pause_ms = if started > 0 { SHORTEST_PAUSE_MS } else { (pause_ms * 2).min(LONGEST_PAUSE_MS) };
            tokio::select! {
                () = self.store.outbox_rung() => pause_ms = SHORTEST_PAUSE_MS,
                () = tokio::time::sleep(Duration::from_millis(pause_ms)) => {}
                Some(_) = under_way.join_next() => {}
                stopped = stop.changed() => if stopped.is_err() { break },
            }
        }
        while under_way.join_next().await.is_some() {}
    }

    /// Claims as many rows as there is room for and sets them on their way.
    async fn start(&self, under_way: &mut JoinSet<()>, now: i64) -> Result<usize, AppendError> {
        let mut started = 0;
        for firm in &self.firms {
            let room = AT_ONCE.saturating_sub(under_way.len());
            if room == 0 {
                break;
            }
            let claim = Claim { now, lease_until: now.saturating_add(LEASE_MICROS), rows_max: i64::try_from(room).unwrap_or(1) };
            for row in self.store.claim_outbox(firm, claim).await? {
                started += 1;
                let (worker, firm) = (self.clone(), firm.clone());
                under_way.spawn(async move { worker.hand_over(&firm, &row, now).await });
            }
        }
        Ok(started)
    }

    async fn hand_over(&self, firm: &str, row: &OutboxRow, now: i64) {
        let recorded = match self.carry(firm, row, now).await {
            Ok(()) => self.settle(firm, row, Outcome::HandedOver { at: now }).await,
            Err(NotCarried::Later(fault)) if row.attempts < ATTEMPTS_MAX => {
                tracing::info!(outbox.id = row.id, outbox.attempt = row.attempts, "not handed over yet");
                let due_at = retry_at(row.attempts, now, chance());
                self.store.change(firm, vec![Change::OutboxLater { id: row.id.clone(), attempt: row.attempts, due_at, fault }]).await
            }
            Err(NotCarried::Later(fault) | NotCarried::Never(fault)) => {
                // what the mail system said names the receiver; it stands in the row
                tracing::warn!(outbox.id = row.id, outbox.attempt = row.attempts, "given up");
                self.settle(firm, row, Outcome::GivenUp { at: now, fault }).await
            }
        };
        if let Err(error) = recorded {
            tracing::warn!(outbox.id = row.id, %error, "what became of a mail was not recorded; it is handed over again");
        }
    }

    async fn carry(&self, firm: &str, row: &OutboxRow, now: i64) -> Result<(), NotCarried> {
        let mail = self.handover.mail(firm, row).await?;
        let message = mail.message(&row.id, now).map_err(|fault| NotCarried::Never(fault.to_string()))?;
        self.courier.carry(&row.id, &message, now).await
    }

    async fn settle(&self, firm: &str, row: &OutboxRow, outcome: Outcome) -> Result<(), AppendError> {
        let (state, fault) = match &outcome {
            Outcome::HandedOver { .. } => (queue::DONE, String::new()),
            Outcome::GivenUp { fault, .. } => (queue::FAILED, fault.clone()),
        };
        let settle = Change::OutboxSettle { id: row.id.clone(), attempt: row.attempts, state, fault };
        self.handover.record(firm, row, outcome, settle).await
    }
}

/// Only spreads retries; without randomness they come back together, which is no harm.
fn chance() -> u32 {
    getrandom::u32().unwrap_or(0)
}
