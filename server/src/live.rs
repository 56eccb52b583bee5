//! What changed on the board, for those who listen: each offer once for every writing of its row, and nothing is missed.
//!
//! Every writing of a row counts its revision up and notes when it was decided. A transaction may be committed after a later one, and another
//! process's clock may be a little off, so nobody remembers "the last one seen": each look reads back over a while that is longer than any
//! transaction and any such difference, and revisions say which of it is new. While nobody listens nothing is read.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    fmt,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use offer::{
    access::{Member, ScopeKey},
    engagement::Engagement,
    lifecycle::Status,
};
use tokio::sync::{Notify, broadcast, watch};

use crate::{
    desk::{DeskFault, HouseDesk},
    store::ChangedRow,
};

/// How far each look reads back: longer than a transaction lasts and than clocks of processes differ.
const LOOKS_BACK_SECONDS: i64 = 60;
/// Rows of one look; who missed more is told to read everything again.
const ROWS_MAX: i64 = 500;
/// Looks are at least this far apart, however often the bell rings.
const APART: Duration = Duration::from_millis(100);
/// How often a shared store is looked at, for what other processes wrote.
const SHARED_EVERY: Duration = Duration::from_secs(1);
/// News that wait for a slow listener; who is further behind is told to read everything again.
const NEWS_MAX: usize = 64;
/// Streams of one session: a few windows.
const OF_SESSION_MAX: usize = 4;
/// Streams of all sessions.
const STREAMS_MAX: usize = 2_000;

/// An offer that changed, with what decides who may know.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Stirred {
    /// The offer.
    pub(crate) offer: String,
    changed_at: i64,
    /// When that happened which is told to whoever sees the offer, where it is new; else only what is staff's talk is.
    told_at: Option<i64>,
    status: Option<Status>,
    engagement: Option<Engagement>,
    scopes: BTreeSet<ScopeKey>,
}

impl Stirred {
    /// When it changed, microseconds UTC, for a member who sees the offer as it stands after the change and may know of it; else nothing.
    pub(crate) fn told_to(&self, member: &Member) -> Option<i64> {
        let in_state = |states: &[Status]| states.is_empty() || self.status.is_some_and(|status| states.contains(&status));
        let is_seen = member.scopes_seen().iter().any(|(key, states)| self.scopes.contains(key) && in_state(states));
        let reads_talk = || self.status.is_some_and(|status| member.sight_in(&self.scopes, status, self.engagement).reads_talk());
        if !is_seen {
            return None;
        }
        if reads_talk() { Some(self.changed_at) } else { self.told_at }
    }
}

/// What changed since the look before.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct News {
    /// The offers, the latest first.
    pub(crate) offers: Vec<Stirred>,
    /// Whether there was more than a look reads.
    pub(crate) overflows: bool,
}

/// Tells those who listen what changed on the board of one firm.
pub(crate) struct Live {
    house: HouseDesk,
    told: broadcast::Sender<Arc<News>>,
    listeners: AtomicUsize,
    arrived: Notify,
    by_session: Mutex<HashMap<String, usize>>,
    /// Becomes true when the server ends.
    pub(crate) stopped: watch::Receiver<bool>,
}

impl fmt::Debug for Live {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Live").field("listeners", &self.listeners).finish_non_exhaustive()
    }
}

/// A place among those who listen; given back when it is dropped.
pub(crate) struct Listening {
    live: Arc<Live>,
    session: String,
    /// What is told from here on.
    pub(crate) news: broadcast::Receiver<Arc<News>>,
}

impl fmt::Debug for Listening {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Listening") // it knows a session
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.live.listeners.fetch_sub(1, Ordering::Relaxed);
        let mut by_session = self.live.by_session.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(streams) = by_session.get_mut(&self.session) {
            *streams = streams.saturating_sub(1);
            if *streams == 0 {
                by_session.remove(&self.session);
            }
        }
    }
}

impl Live {
    /// Over one firm's desk, until the server ends.
    pub(crate) fn new(house: HouseDesk, stopped: watch::Receiver<bool>) -> Arc<Self> {
        Arc::new(Self {
            house,
            told: broadcast::Sender::new(NEWS_MAX),
            listeners: AtomicUsize::new(0),
            arrived: Notify::new(),
            by_session: Mutex::default(),
            stopped,
        })
    }

    /// A place for a stream of a session; nothing when it, or everybody together, has as many as are given.
    pub(crate) fn listen(self: &Arc<Self>, session: &str) -> Option<Listening> {
        let mut by_session = self.by_session.lock().unwrap_or_else(PoisonError::into_inner);
        let streams = by_session.entry(session.to_owned()).or_default();
        if *streams >= OF_SESSION_MAX || self.listeners.load(Ordering::Relaxed) >= STREAMS_MAX {
            return None;
        }
        *streams += 1;
        drop(by_session);
        self.listeners.fetch_add(1, Ordering::Relaxed);
        let news = self.told.subscribe();
        self.arrived.notify_one();
        Some(Listening { live: Arc::clone(self), session: session.to_owned(), news })
    }

    /// Everything that may have changed since a listener heard last; some of it the listener may know already. Whoever was away for longer reads
    /// everything again, whether anything happened or not: how much did is not everybody's to know.
    pub(crate) async fn since(&self, heard: i64) -> Result<News, DeskFault> {
        if heard < self.house.now().micros().saturating_sub(LOOKS_BACK_SECONDS * 1_000_000) {
            return Ok(News { offers: Vec::new(), overflows: true });
        }
        let rows = self.rows_since(heard).await?;
        let overflows = is_full(&rows);
        Ok(News { offers: self.stirred(rows, heard, &BTreeMap::new()).await?, overflows })
    }

    /// Looks and tells, while somebody listens.
    pub(crate) async fn run(self: Arc<Self>) {
        let mut seen = BTreeMap::new();
        let mut looked = self.house.now().micros();
        loop {
            if self.listeners.load(Ordering::Relaxed) == 0 {
                // what happens meanwhile, a new listener reads for itself
                seen.clear();
                self.arrived.notified().await;
                looked = self.house.now().micros();
            }
            match self.look(&mut seen, looked).await {
                Ok(news) => {
                    looked = self.house.now().micros();
                    if news.overflows || !news.offers.is_empty() {
                        // an error means that the last listener has just left
                        let _ = self.told.send(Arc::new(news));
                    }
                }
                Err(fault) => tracing::warn!(fault = fault.code(), "what changed on the board could not be read"),
            }
            tokio::time::sleep(APART).await;
            self.until_something_may_have_changed().await;
        }
    }

    async fn until_something_may_have_changed(&self) {
        let others = async {
            if self.house.store.is_shared() {
                tokio::time::sleep(SHARED_EVERY).await;
            } else {
                std::future::pending::<()>().await;
            }
        };
        tokio::select! {
            () = self.house.store.board_rung() => {}
            () = others => {}
            () = self.arrived.notified() => {}
        }
    }

    /// What is new since the looks before.
    async fn look(&self, seen: &mut BTreeMap<String, Seen>, looked: i64) -> Result<News, DeskFault> {
        let rows = self.rows_since(looked).await?;
        let is_new = |row: &ChangedRow| seen.get(&row.offer).is_none_or(|seen| seen.revision != row.revision);
        let new: Vec<ChangedRow> = rows.iter().filter(|row| is_new(row)).cloned().collect();
        let overflows = is_full(&rows) && new.len() == rows.len();
        let offers = self.stirred(new, looked, seen).await?;
        *seen = rows.into_iter().map(|row| (row.offer, Seen { revision: row.revision, told_at: row.told_at })).collect();
        Ok(News { offers, overflows })
    }

    /// From when on to look, so that nothing which somebody who heard until then did not hear stays unread.
    fn looks_from(&self, heard: i64) -> i64 {
        // a clock that was set back must not hide what is decided now
        heard.min(self.house.now().micros()).saturating_sub(LOOKS_BACK_SECONDS * 1_000_000)
    }

    async fn rows_since(&self, heard: i64) -> Result<Vec<ChangedRow>, DeskFault> {
        Ok(self.house.store.board_changes(self.house.firm(), self.looks_from(heard), ROWS_MAX).await?)
    }

    /// The rows with what decides who may know; of an offer that was not seen before, what was told since then is new.
    async fn stirred(&self, rows: Vec<ChangedRow>, heard: i64, seen: &BTreeMap<String, Seen>) -> Result<Vec<Stirred>, DeskFault> {
        let from = self.looks_from(heard);
        let mut stirred = Vec::with_capacity(rows.len());
        for row in rows {
            let scopes = self.house.store.scopes_of(self.house.firm(), &row.offer).await?;
            let is_told = seen.get(&row.offer).map_or(row.told_at >= from, |seen| seen.told_at != row.told_at);
            stirred.push(Stirred {
                offer: row.offer,
                changed_at: row.changed_at,
                told_at: Some(row.told_at).filter(|_| is_told),
                status: Status::parse(&row.status),
                engagement: Engagement::parse(&row.engagement),
                scopes: scopes.into_iter().map(ScopeKey).collect(),
            });
        }
        Ok(stirred)
    }
}

/// What a look before saw of an offer.
#[derive(Clone, Copy, Debug)]
struct Seen {
    revision: i64,
    told_at: i64,
}

fn is_full(rows: &[ChangedRow]) -> bool {
    i64::try_from(rows.len()).is_ok_and(|read| read >= ROWS_MAX)
}
