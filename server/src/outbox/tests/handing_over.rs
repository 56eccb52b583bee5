//! Handing over: one worker, retries, and what a failure leaves behind.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use lettre::Message;
use tokio::sync::watch;

use super::messages::mail;
use crate::{
    outbox::{ATTEMPTS_MAX, Courier, Handover, Mail, NotCarried, Outcome, Worker},
    store::{AppendError, Change, Database, OutboxRow, Store},
};

const FIRM: &str = "northstar";
const DAY: i64 = 24 * 3_600_000_000;

/// Answers as told, then carries everything.
#[derive(Debug, Default)]
struct Told {
    answers: Mutex<VecDeque<Result<(), NotCarried>>>,
    carried: Mutex<Vec<String>>,
}

#[async_trait]
impl Courier for Told {
    async fn carry(&self, id: &str, message: &Message, _at: i64) -> Result<(), NotCarried> {
        let answer = self.answers.lock().unwrap().pop_front().unwrap_or(Ok(()));
        if answer.is_ok() {
            assert!(String::from_utf8(message.formatted()).unwrap().contains(&format!("Message-ID: <{id}@")));
            self.carried.lock().unwrap().push(id.to_owned());
        }
        answer
    }
}

/// Records outcomes as the desk does: with the settling change, in one append.
struct Records {
    store: Store,
    outcomes: Mutex<Vec<(String, Outcome)>>,
    /// How often recording fails first, as if the process had died in between.
    dies: Mutex<usize>,
    recorded: watch::Sender<usize>,
}

#[async_trait]
impl Handover for Records {
    async fn mail(&self, _firm: &str, row: &OutboxRow) -> Result<Mail, NotCarried> {
        serde_json::from_slice(&row.body).map_err(|error| NotCarried::Never(error.to_string()))
    }

    async fn record(&self, firm: &str, row: &OutboxRow, outcome: Outcome, settle: Change) -> Result<(), AppendError> {
        {
            let mut dies = self.dies.lock().unwrap();
            if *dies > 0 {
                *dies -= 1;
                return Err(AppendError::Unavailable);
            }
        }
        self.store.change(firm, vec![settle]).await?;
        self.outcomes.lock().unwrap().push((row.id.clone(), outcome));
        self.recorded.send_modify(|count| *count += 1);
        Ok(())
    }
}

struct Scene {
    store: Store,
    courier: Arc<Told>,
    records: Arc<Records>,
    worker: Worker,
    _folder: tempfile::TempDir,
}

async fn scene(answers: Vec<Result<(), NotCarried>>) -> Scene {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&Database::Folder(folder.path().to_owned())).await.unwrap();
    let courier = Arc::new(Told { answers: Mutex::new(answers.into()), ..Told::default() });
    let records =
        Arc::new(Records { store: store.clone(), outcomes: Mutex::default(), dies: Mutex::new(0), recorded: watch::Sender::new(0) });
    let worker = Worker::new(store.clone(), vec![FIRM.into()], courier.clone(), records.clone());
    Scene { store, courier, records, worker, _folder: folder }
}

impl Scene {
    async fn queue(&self, id: &str, due_at: i64) {
        let body = serde_json::to_vec(&mail()).unwrap();
        let row = OutboxRow::waiting(id.into(), "mail", format!("key-{id}"), "offer".into(), due_at, body);
        self.store.change(FIRM, vec![Change::Outbox(row)]).await.unwrap();
    }

    fn outcomes(&self) -> Vec<(String, Outcome)> {
        self.records.outcomes.lock().unwrap().clone()
    }
}

fn later() -> Result<(), NotCarried> {
    Err(NotCarried::Later("451 busy".into()))
}

#[tokio::test]
async fn a_due_mail_is_handed_over_once_and_the_desk_hears_of_it() {
    let scene = scene(vec![]).await;
    scene.queue("a1", 10).await;
    scene.queue("a2", 5_000).await;
    assert_eq!(scene.worker.turn(10).await.unwrap(), 1);
    assert_eq!(scene.worker.turn(11).await.unwrap(), 0);
    assert_eq!(scene.outcomes(), [("a1".to_owned(), Outcome::HandedOver { at: 10 })]);
    assert_eq!(*scene.courier.carried.lock().unwrap(), ["a1"]);
}

#[tokio::test]
async fn a_busy_server_gets_the_mail_later_and_nothing_is_recorded_until_then() {
    let scene = scene(vec![later(), later()]).await;
    scene.queue("a1", 0).await;
    scene.worker.turn(0).await.unwrap();
    assert!(scene.outcomes().is_empty());
    let row = scene.store.outbox_row(FIRM, "a1").await.unwrap().unwrap();
    assert_eq!((row.state.as_str(), row.last_fault.as_str(), row.attempts), ("waiting", "451 busy", 1));
    assert_eq!(scene.worker.turn(row.due_at - 1).await.unwrap(), 0, "not before its pause is over");
    scene.worker.turn(DAY).await.unwrap();
    scene.worker.turn(2 * DAY).await.unwrap();
    assert_eq!(scene.outcomes(), [("a1".to_owned(), Outcome::HandedOver { at: 2 * DAY })]);
}

#[tokio::test]
async fn a_refusal_for_good_is_recorded_at_once_and_stays_visible() {
    let scene = scene(vec![Err(NotCarried::Never("550 no such user".into()))]).await;
    scene.queue("a1", 0).await;
    scene.worker.turn(0).await.unwrap();
    assert_eq!(scene.outcomes(), [("a1".to_owned(), Outcome::GivenUp { at: 0, fault: "550 no such user".into() })]);
    assert_eq!(scene.store.outbox_row(FIRM, "a1").await.unwrap().unwrap().state, "failed");
    assert_eq!(scene.worker.turn(DAY).await.unwrap(), 0);
}

#[tokio::test]
async fn what_never_works_is_given_up_after_its_last_attempt() {
    let attempts = usize::try_from(ATTEMPTS_MAX).unwrap();
    let scene = scene(vec![later(); attempts]).await;
    scene.queue("a1", 0).await;
    for day in 0..ATTEMPTS_MAX + 3 {
        scene.worker.turn(day * DAY).await.unwrap();
    }
    assert_eq!(scene.outcomes().len(), 1);
    assert!(matches!(&scene.outcomes()[0].1, Outcome::GivenUp { fault, .. } if fault == "451 busy"));
    assert!(scene.courier.answers.lock().unwrap().is_empty());
}

#[tokio::test]
async fn dying_between_handing_over_and_recording_sends_the_same_message_again() {
    let scene = scene(vec![]).await;
    *scene.records.dies.lock().unwrap() = 1;
    scene.queue("a1", 0).await;
    scene.worker.turn(0).await.unwrap();
    assert!(scene.outcomes().is_empty());
    scene.worker.turn(DAY).await.unwrap();
    assert_eq!(*scene.courier.carried.lock().unwrap(), ["a1", "a1"], "with the same Message-ID");
    assert_eq!(scene.outcomes().len(), 1);
}

#[tokio::test]
async fn a_mail_that_cannot_be_made_is_given_up_without_a_second_try() {
    let scene = scene(vec![]).await;
    let row = OutboxRow::waiting("a1".into(), "mail", "key".into(), "offer".into(), 0, b"no mail".to_vec());
    scene.store.change(FIRM, vec![Change::Outbox(row)]).await.unwrap();
    scene.worker.turn(0).await.unwrap();
    assert!(matches!(scene.outcomes()[0].1, Outcome::GivenUp { .. }));
}

#[tokio::test]
async fn a_running_worker_hears_the_bell_and_finishes_what_is_under_way_when_stopped() {
    let scene = scene(vec![]).await;
    let (stop, stopped) = watch::channel(false);
    let mut recorded = scene.records.recorded.subscribe();
    let running = tokio::spawn(scene.worker.clone().run(|| 100, stopped));
    for number in 0..40 {
        scene.queue(&format!("a{number:02}"), 50).await;
    }
    recorded.wait_for(|count| *count == 40).await.unwrap();
    stop.send(true).unwrap();
    running.await.unwrap();
    let mut carried = scene.courier.carried.lock().unwrap().clone();
    carried.sort();
    carried.dedup();
    assert_eq!(carried.len(), 40);
    assert_eq!(scene.outcomes().len(), 40);
}
