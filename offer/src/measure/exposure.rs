//! Exposure: how long a verbal offer has stood unwritten, and when it is likely to be written, from the route's own past.

use crate::id::StepKey;
use crate::lifecycle::{Event, Mail, Offer, Recorded, StepState};
use crate::moment::{Day, Moment};
use std::collections::BTreeMap;

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
        let mut steps: BTreeMap<StepKey, Vec<i64>> = BTreeMap::new();
        let mut letters = Vec::new();
        for history in histories {
            let mut opened: BTreeMap<&StepKey, Moment> = BTreeMap::new();
            let mut cleared = None;
            for recorded in history {
                match &recorded.event {
                    Event::StepOpened { step, .. } => {
                        opened.insert(step, recorded.at);
                    }
                    Event::StepApproved { step, .. } => {
                        if let Some(since) = opened.remove(step) {
                            steps.entry(step.clone()).or_default().push(recorded.at.seconds_since(since));
                        }
                    }
                    Event::Cleared { .. } => cleared = Some(recorded.at),
                    Event::Sent { .. } => letters.extend(cleared.take().map(|cleared| recorded.at.seconds_since(cleared))),
                    _ => {}
                }
            }
        }
        let steps = steps.into_iter().filter_map(|(step, taken)| Some((step, median(taken)?))).collect();
        Self { steps, letter: median(letters) }
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

/// The exposure of an offer that was spoken.
pub fn exposure(offer: &Offer, now: Moment, pace: &Pace) -> Option<Exposure> {
    let since = offer.verbals.iter().map(|(_, verbal)| verbal.occurred_at).min()?;
    let until = written_after(offer, since).or_else(|| offer.status.is_ended().then_some(offer.status_since));
    let deadline = offer.verbals.iter().rev().find_map(|(_, verbal)| verbal.competing_deadline);
    let written_by = if until.is_none() { likely_written(offer, now, pace) } else { None };
    let will_miss = deadline.is_some_and(|deadline| match (until, written_by) {
        (None, Some(written_by)) => written_by.day() > deadline,
        (None, None) => now.day() > deadline,
        (Some(until), _) => until.day() > deadline,
    });
    Some(Exposure { since, until, seconds: until.unwrap_or(now).seconds_since(since), deadline, written_by, will_miss })
}

/// When the first letter after that instant was handed over.
fn written_after(offer: &Offer, since: Moment) -> Option<Moment> {
    let handed = offer.earlier_letters.iter().chain(&offer.letter).filter_map(|letter| match letter.mail {
        Mail::HandedOver { at, .. } | Mail::Bounced { at, .. } => Some(at),
        Mail::OnItsWay | Mail::Failed { .. } => None,
    });
    handed.filter(|at| *at >= since).min()
}

/// Each step after those that it waits for, as long as it took before; then the letter.
fn likely_written(offer: &Offer, now: Moment, pace: &Pace) -> Option<Moment> {
    let mut done: BTreeMap<&StepKey, Moment> = BTreeMap::new();
    for step in &offer.route.steps {
        let begins = step.after.iter().filter_map(|after| done.get(after)).max().copied().unwrap_or(now);
        let takes = || pace.steps.get(&step.step).copied();
        let ends = match offer.steps.get(&step.step) {
            Some(StepState::Approved { .. }) => now,
            Some(StepState::Open { since, .. }) => since.plus_seconds(takes()?).max(now),
            Some(StepState::Returned { .. } | StepState::Later) | None => begins.plus_seconds(takes()?),
        };
        done.insert(&step.step, ends);
    }
    let cleared = done.values().max().copied().unwrap_or(now);
    Some(cleared.plus_seconds(pace.letter?))
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
