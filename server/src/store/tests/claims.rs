//! Claims of the outbox and of due rows: a lease, and one holder.

use super::houses::{FIRM, houses};
use crate::store::{Append, AppendError, Change, Claim, DueRow, OutboxRow, queue};

fn queued(id: &str, due_at: i64) -> Change {
    Change::Outbox(OutboxRow::waiting(id.into(), "mail", format!("key-{id}"), "offer".into(), due_at, vec![1, 2]))
}

fn claim(now: i64) -> Claim {
    Claim { now, lease_until: now + 100, rows_max: 10 }
}

#[tokio::test]
async fn a_claimed_row_is_ours_until_its_lease_ends() {
    for house in houses().await {
        house.store.change(FIRM, vec![queued("b", 10), queued("a", 5), queued("later", 1_000)]).await.unwrap();
        let first = house.store.claim_outbox(FIRM, claim(10)).await.unwrap();
        assert_eq!(first.iter().map(|row| (row.id.as_str(), row.attempts)).collect::<Vec<_>>(), [("a", 1), ("b", 1)], "{}", house.name);
        assert!(house.store.claim_outbox(FIRM, claim(109)).await.unwrap().is_empty(), "{}", house.name);
        let second = house.store.claim_outbox(FIRM, claim(110)).await.unwrap();
        assert_eq!(second.iter().map(|row| row.attempts).collect::<Vec<_>>(), [2, 2], "{}", house.name);
        let settle = |attempt| Change::OutboxSettle { id: "a".into(), attempt, state: queue::DONE, fault: String::new() };
        assert_eq!(house.store.change(FIRM, vec![settle(1)]).await, Err(AppendError::Moved), "the first claim was lost: {}", house.name);
        assert_eq!(house.store.change(FIRM, vec![settle(2)]).await, Ok(()), "{}", house.name);
        assert_eq!(house.store.outbox_count(FIRM, queue::WAITING).await.unwrap(), 2, "{}", house.name);
        let again = house.store.claim_outbox(FIRM, claim(500)).await.unwrap();
        assert_eq!(again.iter().map(|row| row.id.as_str()).collect::<Vec<_>>(), ["b"], "{}", house.name);
    }
}

#[tokio::test]
async fn of_many_workers_each_row_has_one() {
    for house in houses().await {
        let rows = (0..30).map(|number| queued(&format!("{number:02}"), 1)).collect();
        house.store.change(FIRM, rows).await.unwrap();
        let workers: Vec<_> = (0..6)
            .map(|_| {
                let store = house.store.clone();
                tokio::spawn(async move { store.claim_outbox(FIRM, claim(10)).await.unwrap() })
            })
            .collect();
        let mut claimed = Vec::new();
        for worker in workers {
            claimed.extend(worker.await.unwrap().into_iter().map(|row| row.id));
        }
        let count = claimed.len();
        claimed.sort();
        claimed.dedup();
        assert_eq!(claimed.len(), count, "no row has two workers: {}", house.name);
        while let [_, ..] = &house.store.claim_outbox(FIRM, claim(10)).await.unwrap()[..] {}
        assert!(house.store.outbox_of(FIRM, "offer").await.unwrap().iter().all(|row| row.attempts == 1), "{}", house.name);
    }
}

#[tokio::test]
async fn the_same_key_is_queued_once_and_what_waits_can_be_taken_back() {
    for house in houses().await {
        let twice = OutboxRow::waiting("z".into(), "mail", "key-a".into(), "offer".into(), 9, vec![]);
        house.store.change(FIRM, vec![queued("a", 5), Change::Outbox(twice)]).await.unwrap();
        assert_eq!(house.store.outbox_of(FIRM, "offer").await.unwrap().len(), 1, "{}", house.name);
        house.store.change(FIRM, vec![Change::OutboxCancel { key: "key-a".into() }]).await.unwrap();
        assert!(house.store.outbox_of(FIRM, "offer").await.unwrap().is_empty(), "{}", house.name);
    }
}

#[tokio::test]
async fn a_failed_row_is_visible_and_goes_again_when_asked() {
    for house in houses().await {
        house.store.change(FIRM, vec![queued("a", 5)]).await.unwrap();
        house.store.claim_outbox(FIRM, claim(10)).await.unwrap();
        let fail = Change::OutboxSettle { id: "a".into(), attempt: 1, state: queue::FAILED, fault: "550 no such user".into() };
        house.store.change(FIRM, vec![fail]).await.unwrap();
        let row = house.store.outbox_row(FIRM, "a").await.unwrap().unwrap();
        assert_eq!((row.state.as_str(), row.last_fault.as_str()), ("failed", "550 no such user"), "{}", house.name);
        assert!(house.store.claim_outbox(FIRM, claim(10_000)).await.unwrap().is_empty(), "{}", house.name);
        house.store.change(FIRM, vec![Change::OutboxAgain { id: "a".into(), due_at: 20 }]).await.unwrap();
        assert_eq!(house.store.claim_outbox(FIRM, claim(20)).await.unwrap()[0].attempts, 1, "{}", house.name);
    }
}

#[tokio::test]
async fn an_instant_put_again_moves_and_a_settled_one_is_over() {
    for house in houses().await {
        let due = |due_at| Change::Due(DueRow::waiting("expiry-1".into(), "offer".into(), "expiry", due_at, "{}".into()));
        house.store.change(FIRM, vec![due(10)]).await.unwrap();
        house.store.change(FIRM, vec![due(50)]).await.unwrap();
        assert!(house.store.claim_due(FIRM, claim(20)).await.unwrap().is_empty(), "{}", house.name);
        let claimed = house.store.claim_due(FIRM, claim(50)).await.unwrap();
        assert_eq!(claimed.len(), 1, "{}", house.name);
        let settle = Append::of_changes(FIRM, vec![Change::DueSettle { id: "expiry-1".into(), attempt: 1, state: queue::DONE }]);
        assert_eq!(house.store.append(settle.clone()).await, Ok(()), "{}", house.name);
        assert_eq!(house.store.append(settle).await, Err(AppendError::Moved), "{}", house.name);
        house.store.change(FIRM, vec![due(60), Change::DueCancelOf { stream: "offer".into() }]).await.unwrap();
        assert!(house.store.due_of(FIRM, "offer").await.unwrap().is_empty(), "{}", house.name);
    }
}
