//! The piles of the board: in which of them an offer lies, and which of them a question reads.
//!
//! In every scope an offer lies in the pile of its stage, in that of each group it waits on, and in that of what is due; each is kept apart by
//! state, for a grant may hold in some states only. What waits on somebody lies in a scope of theirs, in the pile of their work.

use std::collections::{BTreeMap, BTreeSet};

use app::desk::WaitingGroup;
use offer::{
    lifecycle::{Offer, Status, WaitsOn},
    measure::{self, Stage},
    moment::{Day, Moment},
};

use super::waiting::{self, WaitingLine};
use crate::store::{Lying, Pile};

/// Offers that wait on nobody come after all others; microseconds of the year 2255.
const AFTER_ALL_WAITING: i64 = 9_000_000_000_000_000;
/// The pile of what waits on somebody.
pub(super) const WORK: &str = "work";
/// How the names of the piles of waiting begin.
pub(super) const WAITING: &str = "waits:";

/// The states of offers under way.
pub(super) const UNDER_WAY: [Status; 6] =
    [Status::Draft, Status::InReview, Status::Approved, Status::Sent, Status::Accepted, Status::HandedOff];

/// The pile of a stage, within a state.
pub(super) fn of_stage(stage: Stage, status: Status) -> String {
    format!("stage:{}/{}", stage.code(), status.code())
}

/// The pile of whom is waited on, within a state.
pub(super) fn of_waiting(group: &WaitingGroup, status: Status) -> String {
    format!("{WAITING}{}/{}", group.code(), status.code())
}

/// The pile of what is due, within a state; its rank is the instant.
pub(super) fn of_due(status: Status) -> String {
    format!("due/{}", status.code())
}

/// The pile of what is due to whoever does not read staff's talk, within a state, where that is something else.
fn of_due_as_told(status: Status) -> String {
    format!("due-as-told/{}", status.code())
}

/// The pile in which an offer lies once more, within a state, where it is told to wait since another time than it does.
fn of_waiting_as_told(status: Status) -> String {
    format!("as-told/{}", status.code())
}

/// The rank of an offer among those that wait: since when it waits. What waits on nobody comes after, the latest first.
pub(super) fn rank_of_waiting(waiting: &[WaitingLine], status_since: Moment) -> i64 {
    let oldest = waiting.iter().map(|line| line.since).min();
    oldest.map_or_else(|| AFTER_ALL_WAITING.saturating_sub(status_since.micros()), Moment::micros)
}

/// The rank of an offer among those that are due: when the first thing is that is waited for.
pub(super) fn rank_of_due(waiting: &[WaitingLine], accept_by: Option<i64>) -> Option<i64> {
    waiting.iter().filter_map(|line| line.due_at.map(Moment::micros)).chain(accept_by).min()
}

/// Whether a line is somebody's work at this rank: the start, by which what waits for a day is ranked, is the same for everybody.
pub(super) fn is_work_at(line: &WaitingLine, rank: i64) -> bool {
    rank == line.since.micros() || matches!(waiting::read(&line.on), Some(WaitsOn::StartDay))
}

/// The pile of what has ended or begun, within a state.
pub(super) fn of_ended(status: Status) -> String {
    format!("ended/{}", status.code())
}

/// The ends at which an offer is lost.
const LOST: [Status; 5] = [Status::Declined, Status::Withdrawn, Status::Expired, Status::Cancelled, Status::Rescinded];

/// The piles in which an offer that was lost is counted, by what had been said and written to the candidate.
pub(super) fn of_loss(offer: &Offer) -> Vec<(String, i64)> {
    let unwritten = matches!(offer.status, Status::Declined | Status::Withdrawn) && !offer.was_written();
    let named = [unwritten.then_some("unwritten"), measure::fell_through_after_verbal(offer).then_some("after-verbal")];
    let rank = rank_of_waiting(&[], offer.status_since);
    named.into_iter().flatten().map(|name| (of_lost(name, offer.status), rank)).collect()
}

fn of_lost(name: &str, status: Status) -> String {
    format!("lost:{name}/{}", status.code())
}

/// The names of the piles of what was lost before anything was written.
pub(super) fn lost_unwritten() -> Vec<(String, Status)> {
    [Status::Declined, Status::Withdrawn].map(|status| (of_lost("unwritten", status), status)).to_vec()
}

/// The names of the piles of what fell through after the verbal offer.
pub(super) fn lost_after_verbal() -> Vec<(String, Status)> {
    LOST.map(|status| (of_lost("after-verbal", status), status)).to_vec()
}

/// Which group's pile a name is of, and within which state.
pub(super) fn group_of(name: &str) -> Option<(WaitingGroup, Status)> {
    let (group, status) = name.strip_prefix(WAITING)?.rsplit_once('/')?;
    Some((WaitingGroup::parse(group)?, Status::parse(status)?))
}

/// The piles of an offer, in each of its scopes, with its rank there: as it stands, and as it is told to whoever does not read staff's talk.
pub(super) fn of_offer(offer: &Offer, waiting: &[WaitingLine], told: [&[WaitingLine]; 2], accept_by: Option<i64>) -> Vec<(String, i64)> {
    let status = offer.status;
    let rank = |lines: &[WaitingLine]| rank_of_waiting(lines, offer.status_since);
    let Some(stage) = Stage::of(offer) else { return vec![(of_ended(status), rank(waiting))] };
    let mut groups: BTreeMap<WaitingGroup, i64> = BTreeMap::new();
    for line in waiting {
        let Some(on) = waiting::read(&line.on) else { continue };
        let since = groups.entry(WaitingGroup::of(&on)).or_insert(i64::MAX);
        *since = line.since.micros().min(*since);
    }
    if groups.is_empty() {
        groups.insert(WaitingGroup::Nobody, rank(waiting));
    }
    // while something is asked an offer waits on its recruiter, and the time to answer it runs on
    let due = rank_of_due(waiting, accept_by);
    let due_as_told = told.into_iter().filter_map(|lines| rank_of_due(lines, accept_by)).filter(|as_told| Some(*as_told) != due);
    let as_told = told.into_iter().map(rank).filter(|as_told| *as_told != rank(waiting));
    std::iter::once((of_stage(stage, status), rank(waiting)))
        .chain(as_told.map(|rank| (of_waiting_as_told(status), rank)))
        .chain(groups.iter().map(|(group, since)| (of_waiting(group, status), *since)))
        .chain(due.map(|due| (of_due(status), due)))
        .chain(due_as_told.map(|due| (of_due_as_told(status), due)))
        .collect()
}

/// Where the work lies that an offer is for those it waits on. What waits for a day is nobody's work before that day.
pub(super) fn work(waiting: &[WaitingLine], start: Option<Day>) -> impl Iterator<Item = Lying> {
    let rank = move |line: &WaitingLine| match (waiting::read(&line.on), start) {
        (Some(WaitsOn::StartDay), Some(day)) => day.and_time(chrono::NaiveTime::MIN).and_utc().timestamp_micros().max(line.since.micros()),
        _ => line.since.micros(),
    };
    waiting.iter().flat_map(move |line| line.whom.iter().map(move |key| lying(&waiting::scope_of(key), WORK, rank(line))))
}

/// A place in a pile of a scope.
pub(super) fn lying(scope: &str, pile: &str, rank: i64) -> Lying {
    Lying { scope: scope.to_owned(), pile: pile.to_owned(), rank }
}

/// A scope that a member reads, and in which states.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Reach {
    /// The scope.
    pub(super) scope: String,
    /// The states; all of them when empty.
    pub(super) states: Vec<Status>,
}

impl Reach {
    /// Whether the scope is read while an offer is in this state.
    pub(super) fn covers(&self, status: Status) -> bool {
        self.states.is_empty() || self.states.contains(&status)
    }
}

/// Piles of these names in every scope that is read in their states.
pub(super) fn within(reach: &[Reach], named: &[(String, Status)]) -> Vec<Pile> {
    let piles = reach.iter().flat_map(|reach| {
        let covered = named.iter().filter(|(_, status)| reach.covers(*status));
        covered.map(|(name, _)| Pile { scope: reach.scope.clone(), name: name.clone() })
    });
    piles.collect::<BTreeSet<Pile>>().into_iter().collect()
}

/// The names of the piles in which offers of these states lie, each once.
pub(super) fn every(statuses: &[Status]) -> Vec<(String, Status)> {
    let of = |status: &Status| -> Vec<(String, Status)> {
        let stages = Stage::ALL.into_iter().filter(|stage| stage.statuses().contains(status));
        let staged: Vec<_> = stages.map(|stage| (of_stage(stage, *status), *status)).collect();
        if staged.is_empty() { vec![(of_ended(*status), *status)] } else { staged }
    };
    statuses.iter().flat_map(of).collect()
}

/// The names of the piles of a stage.
pub(super) fn staged(stage: Stage, statuses: &[Status]) -> Vec<(String, Status)> {
    stage.statuses().iter().filter(|status| statuses.contains(status)).map(|status| (of_stage(stage, *status), *status)).collect()
}

/// The names of the piles of whom is waited on.
pub(super) fn waiting_on(group: &WaitingGroup, statuses: &[Status]) -> Vec<(String, Status)> {
    statuses.iter().map(|status| (of_waiting(group, *status), *status)).collect()
}

/// The names of the piles of what is due.
pub(super) fn due(statuses: &[Status]) -> Vec<(String, Status)> {
    statuses.iter().map(|status| (of_due(*status), *status)).collect()
}

/// The names of the piles of what is due to whoever does not read staff's talk. Each row is looked at: it counts where it is told to be.
pub(super) fn due_as_told(statuses: &[Status]) -> Vec<(String, Status)> {
    statuses.iter().flat_map(|status| [of_due(*status), of_due_as_told(*status)].map(|name| (name, *status))).collect()
}

/// Piles of these names and, for whoever does not read staff's talk, those in which offers lie as they are told. Each row is looked at: it
/// counts where it is told to be.
pub(super) fn as_told(named: Vec<(String, Status)>) -> Vec<(String, Status)> {
    let under_way = UNDER_WAY.into_iter().filter(|status| named.iter().any(|(_, of)| of == status));
    let told: Vec<_> = under_way.map(|status| (of_waiting_as_told(status), status)).collect();
    named.into_iter().chain(told).collect()
}
