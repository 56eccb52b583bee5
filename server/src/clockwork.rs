//! The clockwork: what happens because an instant has come. Looks every second of real time, whatever the desk's clock says.

use std::time::Duration;

use offer::id::OfferId;
use tokio::sync::watch;

use crate::{
    desk::{DeskFault, HouseDesk, due_command},
    store::{Change, Claim, DueRow, queue},
};

/// Between two looks.
const LOOK_EVERY: Duration = Duration::from_secs(1);
/// How long a claimed instant is ours.
const LEASE_MICROS: i64 = 60 * 1_000_000;
/// Instants taken at once.
const ROWS_MAX: i64 = 64;

/// Works until `stop` turns true.
pub(crate) async fn run(desk: HouseDesk, mut stop: watch::Receiver<bool>) {
    while !*stop.borrow() {
        if let Err(fault) = turn(&desk).await {
            tracing::warn!(fault = fault.code(), "what is due cannot be read");
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK_EVERY) => {}
            stopped = stop.changed() => if stopped.is_err() { break },
        }
    }
}

/// Does everything that is due now; answers how much that was.
///
/// # Errors
/// [`DeskFault::OutOfReach`].
pub(crate) async fn turn(desk: &HouseDesk) -> Result<usize, DeskFault> {
    let mut done = 0;
    loop {
        let now = desk.now().micros();
        let claim = Claim { now, lease_until: now.saturating_add(LEASE_MICROS), rows_max: ROWS_MAX };
        let rows = desk.store.claim_due(desk.firm(), claim).await?;
        if rows.is_empty() {
            return Ok(done);
        }
        for row in rows {
            done += 1;
            if let Err(fault) = act(desk, &row).await {
                tracing::warn!(due.id = row.id, fault = fault.code(), "not done; it is tried again after its lease");
            }
        }
    }
}

/// What is due is decided like everything else: the version it is appended at decides a race with an approver or a candidate.
async fn act(desk: &HouseDesk, row: &DueRow) -> Result<(), DeskFault> {
    let settle = |state| Change::DueSettle { id: row.id.clone(), attempt: row.attempts, state };
    let Some(command) = due_command(row) else {
        tracing::error!(due.id = row.id, due.kind = row.kind, "nobody knows what is due");
        return settled(desk.store.change(desk.firm(), vec![settle(queue::FAILED)]).await);
    };
    match desk.clockwork(&OfferId::new(&row.stream), command, &[]).await {
        // the append took the instant back
        Ok(()) => Ok(()),
        // decided, answered, moved or ended meanwhile: nothing is due any more
        Err(DeskFault::Refused(_)) => {
            tracing::debug!(due.id = row.id, "nothing to do");
            settled(desk.store.change(desk.firm(), vec![settle(queue::DONE)]).await)
        }
        Err(fault) => Err(fault),
    }
}

/// An instant that was moved or taken back meanwhile is nobody's to settle.
fn settled(result: Result<(), crate::store::AppendError>) -> Result<(), DeskFault> {
    match result {
        Ok(()) | Err(crate::store::AppendError::Moved) => Ok(()),
        Err(error) => Err(error.into()),
    }
}
