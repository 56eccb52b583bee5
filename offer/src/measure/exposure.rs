//! Exposure: how long a verbal offer has stood unwritten, and when it is likely to be written, from the route's own past.

use crate::id::StepKey;
use crate::lifecycle::{Event, Letter, Mail, Offer, Recorded, Status, StepState};
use crate::moment::{Day, Moment};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What took time.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stretch {
    /// A step, from its opening to its approval.
    Step(StepKey),
    /// The letter, from the last approval to its handing over.
    Letter,
}

/// How long something took once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Taken {
    /// The place in the stream of the event that ended it.
    pub seq: u64,
    /// When it ended.
    pub at: Moment,
    /// What took it.
    pub what: Stretch,
    /// In seconds.
    pub seconds: i64,
}

/// How long each step and each letter of a history took, in the order in which they ended.
pub fn taken(history: &[Recorded]) -> Vec<Taken> {
    let mut opened: BTreeMap<&StepKey, Moment> = BTreeMap::new();
    let mut cleared = None;
    let mut all = Vec::new();
    for recorded in history {
        let ended = match &recorded.event {
            Event::StepOpened { step, .. } => {
                opened.insert(step, recorded.at);
                None
            }
            Event::StepApproved { step, .. } => opened.remove(step).map(|since| (Stretch::Step(step.clone()), since)),
            Event::Cleared { .. } => {
                cleared = Some(recorded.at);
                None
            }
            Event::Sent { .. } => cleared.take().map(|since| (Stretch::Letter, since)),
            _ => None,
        };
        all.extend(ended.map(|(what, since)| Taken {
            seq: recorded.seq,
            at: recorded.at,
            what,
            seconds: recorded.at.seconds_since(since),
        }));
    }
    all
}

/// How long things took before, in seconds: the median of each.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pace {
    /// From a step's opening to its approval.
    pub steps: BTreeMap<StepKey, i64>,
    /// From the last approval to the letter's handing over.
    pub letter: Option<i64>,
}

impl Pace {
    /// The pace of these histories.
    pub fn of<'a>(histories: impl IntoIterator<Item = &'a [Recorded]>) -> Self {
        Self::of_taken(histories.into_iter().flat_map(taken).map(|taken| (taken.what, taken.seconds)))
    }

    /// The pace of what took so many seconds each.
    pub fn of_taken(taken: impl IntoIterator<Item = (Stretch, i64)>) -> Self {
        let mut all: BTreeMap<Stretch, Vec<i64>> = BTreeMap::new();
        for (what, seconds) in taken {
            all.entry(what).or_default().push(seconds);
        }
        let mut pace = Self::default();
        for (what, seconds) in all {
            match (what, median(seconds)) {
                (Stretch::Step(step), Some(median)) => {
                    pace.steps.insert(step, median);
                }
                (Stretch::Letter, median) => pace.letter = median,
                (Stretch::Step(_), None) => {}
            }
        }
        pace
    }
}

/// The middle one; of two the lower.
fn median(mut taken: Vec<i64>) -> Option<i64> {
    taken.sort_unstable();
    taken.get(taken.len().checked_sub(1)? / 2).copied()
}

/// A verbal offer and what became of it in writing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exposure {
    /// Since it was first spoken.
    pub since: Moment,
    /// Until it was written, or ended; nothing while it stands.
    pub until: Option<Moment>,
    /// How long that is, in seconds.
    pub seconds: i64,
    /// By when the candidate must answer somebody else, as last heard.
    pub deadline: Option<Day>,
    /// When it is likely to be written; nothing when it is, or ended, or when there is no past to tell by.
    pub written_by: Option<Moment>,
    /// Whether that is later than the candidate can wait.
    pub will_miss: bool,
}

/// What an offer that was spoken is exposed by, without now and pace: small enough to keep beside every offer of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exposed {
    /// Since it was first spoken.
    pub since: Moment,
    /// Until it was written, or ended; nothing while it stands.
    pub until: Option<Moment>,
    /// By when the candidate must answer somebody else, as last heard.
    pub deadline: Option<Day>,
    /// What lies between it and the letter, in the order of the route; nothing once it is written or ended, and while it is a draft.
    pub ahead: Vec<Ahead>,
}

/// A step between a verbal offer and its letter.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ahead {
    /// The step.
    pub step: StepKey,
    /// The steps that it waits for.
    pub after: Vec<StepKey>,
    /// Where it stands.
    pub stands: AheadState,
}

/// Where such a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AheadState {
    /// Approved.
    Done,
    /// Waits on its people since then.
    Open(Moment),
    /// Not yet asked, or given back with a question.
    Later,
}

impl Exposed {
    /// What an offer is exposed by; nothing when it was never spoken, or only once its letter was out.
    pub fn of(offer: &Offer) -> Option<Self> {
        let since = offer.verbals.iter().map(|(_, verbal)| verbal.occurred_at).min()?;
        let until = written_after(offer, since).or_else(|| offer.status.is_ended().then_some(offer.status_since));
        if until.is_none() && offer.letter.as_ref().and_then(went_out).is_some() {
            return None;
        }
        let deadline = offer.verbals.iter().rev().find_map(|(_, verbal)| verbal.competing_deadline);
        let ahead = |step: &crate::policy::RouteStep| Ahead {
            step: step.step.clone(),
            after: step.after.clone(),
            stands: match offer.steps.get(&step.step) {
                Some(StepState::Approved { .. }) => AheadState::Done,
                Some(StepState::Open { since, .. }) => AheadState::Open(*since),
                Some(StepState::Returned { .. } | StepState::Later) | None => AheadState::Later,
            },
        };
        let ahead =
            if until.is_none() && offer.status != Status::Draft { offer.route.steps.iter().map(ahead).collect() } else { Vec::new() };
        Some(Self { since, until, deadline, ahead })
    }

    /// The exposure now, at this pace.
    pub fn at(&self, now: Moment, pace: &Pace) -> Exposure {
        let written_by = if self.until.is_none() { self.likely_written(now, pace) } else { None };
        let will_miss = self.deadline.is_some_and(|deadline| is_over(deadline, self.until.or(written_by).unwrap_or(now)));
        let seconds = self.until.unwrap_or(now).seconds_since(self.since);
        Exposure { since: self.since, until: self.until, seconds, deadline: self.deadline, written_by, will_miss }
    }

    /// Each step after those that it waits for, as long as it took before; then the letter.
    fn likely_written(&self, now: Moment, pace: &Pace) -> Option<Moment> {
        if self.ahead.is_empty() {
            return None;
        }
        let mut done: BTreeMap<&StepKey, Moment> = BTreeMap::new();
        for ahead in &self.ahead {
            let begins = ahead.after.iter().filter_map(|after| done.get(after)).max().copied().unwrap_or(now);
            let takes = || pace.steps.get(&ahead.step).copied();
            let ends = match ahead.stands {
                AheadState::Done => now,
                AheadState::Open(since) => since.plus_seconds(takes()?).max(now),
                AheadState::Later => begins.plus_seconds(takes()?),
            };
            done.insert(&ahead.step, ends);
        }
        let cleared = done.values().max().copied().unwrap_or(now);
        Some(cleared.plus_seconds(pace.letter?))
    }
}

/// Whether a day is over everywhere in the continental United States, whose last midnight is at 8 in UTC: a deadline is told without a zone.
fn is_over(deadline: Day, at: Moment) -> bool {
    const LAST_MIDNIGHT_SECONDS: i64 = 8 * 3_600;
    at.plus_seconds(-LAST_MIDNIGHT_SECONDS).day() > deadline
}

/// The exposure of an offer that was spoken.
pub fn exposure(offer: &Offer, now: Moment, pace: &Pace) -> Option<Exposure> {
    Some(Exposed::of(offer)?.at(now, pace))
}

/// When the first letter after that instant went out.
fn written_after(offer: &Offer, since: Moment) -> Option<Moment> {
    let earlier = offer.earlier_letters.iter().filter(|letter| letter.was_handed_over());
    earlier.chain(&offer.letter).filter_map(went_out).filter(|at| *at >= since).min()
}

/// When a letter was handed over, or, while it is on its way, asked to be sent; nothing when the mail system did not take it.
const fn went_out(letter: &Letter) -> Option<Moment> {
    match letter.mail {
        Mail::HandedOver { at, .. } | Mail::Bounced { at, .. } => Some(at),
        Mail::OnItsWay => Some(letter.requested_at),
        Mail::Failed { .. } => None,
    }
}

/// How long each step has waited on its people, in seconds, to now; the longest first. T1 names the bottleneck by it.
pub fn waited(history: &[Recorded], now: Moment) -> Vec<(StepKey, i64)> {
    let mut open: BTreeMap<&StepKey, Moment> = BTreeMap::new();
    let mut waited: BTreeMap<StepKey, i64> = BTreeMap::new();
    let mut close = |open: &mut BTreeMap<&StepKey, Moment>, step: &StepKey, at: Moment| {
        if let Some(since) = open.remove(step) {
            *waited.entry(step.clone()).or_default() += at.seconds_since(since);
        }
    };
    for recorded in history {
        match &recorded.event {
            Event::StepOpened { step, .. } | Event::StepAnswered { step, .. } => {
                open.insert(step, recorded.at);
            }
            Event::StepApproved { step, .. } | Event::StepForced { step, .. } | Event::StepReturned { step, .. } => {
                close(&mut open, step, recorded.at);
            }
            Event::Rerouted(routed) => {
                for step in open.keys().copied().filter(|step| !routed.waits.contains(step)).cloned().collect::<Vec<_>>() {
                    close(&mut open, &step, recorded.at);
                }
            }
            Event::StepRejected { .. }
            | Event::TermsChanged { .. }
            | Event::Declined { .. }
            | Event::Withdrawn { .. }
            | Event::Cancelled { .. } => {
                for step in open.keys().copied().cloned().collect::<Vec<_>>() {
                    close(&mut open, &step, recorded.at);
                }
            }
            _ => {}
        }
    }
    for step in open.keys().copied().cloned().collect::<Vec<_>>() {
        close(&mut open, &step, now);
    }
    let mut waited: Vec<(StepKey, i64)> = waited.into_iter().collect();
    waited.sort_by(|(one, one_waited), (other, other_waited)| other_waited.cmp(one_waited).then_with(|| one.cmp(other)));
    waited
}

/// Whether the offer was spoken to the candidate and lost before the candidate could sign.
pub fn fell_through_after_verbal(offer: &Offer) -> bool {
    use crate::lifecycle::Status::{Cancelled, Declined, Expired, Rescinded, Withdrawn};
    !offer.verbals.is_empty()
        && offer.acceptance.is_none()
        && matches!(offer.status, Declined | Withdrawn | Expired | Cancelled | Rescinded)
}
