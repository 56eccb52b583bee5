//! The rows that follow from an offer: its place on the board, its opening's tally and seats, the instants at which something is due.

use std::collections::{BTreeMap, BTreeSet};

use offer::{
    access::{self, Member, ScopeKey, Sight},
    engagement::Engagement,
    field::{self, FieldTable, Side},
    id::{PersonId, StepKey},
    lifecycle::{Alarm, Clock, Command, Event, Offer, Recorded, Status},
    measure::{self, Exposed, Stage},
    moment::{Day, Moment},
    playbook::Playbook,
    terms::{Entries, Terms},
};
use serde::{Deserialize, Serialize};

use super::{
    DeskFault, peers, piles,
    waiting::{self, WaitingLine},
    world::{Ground, committed_by, competes},
};
use crate::store::{BoardPlace, BoardRow, Change, DueRow, Lying, SeatRow, TallyRow};

/// The kind of a due row that expires an offer.
pub(super) const EXPIRE: &str = "expire";

/// What a line of the list shows, kept with the row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Summary {
    /// What people call the offer.
    pub(super) number: String,
    /// The candidate's name.
    pub(super) candidate: String,
    /// The job.
    pub(super) title: String,
    /// Since when it stands where it stands.
    pub(super) since: Moment,
    /// Since when it is in its stage, while it is in one.
    pub(super) stage_since: Option<Moment>,
    /// What it waits on.
    pub(super) waiting: Vec<WaitingLine>,
    /// The start.
    pub(super) start: Option<Day>,
    /// The exceptions that it carries, each by the sides that somebody must see to read of it.
    pub(super) exceptions: Vec<Vec<Side>>,
    /// What was spoken and is not written yet.
    pub(super) exposed: Option<Exposed>,
    /// The scopes that it lies in: they say who sees what of this line.
    pub(super) scopes: BTreeSet<String>,
    /// How it stands to whoever does not read staff's talk, where that is otherwise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) without_talk: Option<WithoutTalk>,
    /// The same for a client, where its own people asked something.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) to_the_client: Option<WithoutTalk>,
    /// What is left of it for whoever reads it; nothing while nobody does.
    #[serde(skip)]
    pub(super) sight: Sight,
    /// The stage in which it is told to be, where that is not the row's.
    #[serde(skip)]
    told_stage: Option<Stage>,
}

/// How an offer stands while nobody is told that something was asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct WithoutTalk {
    /// The stage.
    stage: Option<Stage>,
    /// Since when.
    stage_since: Option<Moment>,
    /// What it waits on.
    waiting: Vec<WaitingLine>,
}

impl Summary {
    /// The line as a member may read it. What the sight leaves out is gone from here on, for the line, for its filters and for a search.
    pub(super) fn seen_by(mut self, member: &Member, status: Status, engagement: &str) -> Self {
        let scopes = self.scopes.iter().cloned().map(ScopeKey).collect();
        let sight = member.sight_in(&scopes, status, Engagement::parse(engagement));
        if !sight.shows(Side::Person) {
            self.candidate.clear();
        }
        if !sight.shows(Side::Job) {
            self.title.clear();
            self.start = None;
        }
        let to_the_client = self.to_the_client.take().filter(|_| sight.is_of_the_client());
        if let Some(told) = to_the_client.or(self.without_talk.take()).filter(|_| !sight.reads_talk()) {
            (self.told_stage, self.stage_since, self.waiting) = (told.stage, told.stage_since, told.waiting);
        }
        self.exceptions.retain(|sides| sight.reads_talk() && sides.iter().all(|side| sight.shows(*side)));
        self.sight = sight;
        self
    }

    /// The stage in which the offer of this row is told to be.
    pub(super) fn stage(&self, row: &BoardRow) -> Option<Stage> {
        self.told_stage.or_else(|| Stage::parse(&row.stage))
    }
}

impl WithoutTalk {
    fn of(offer: &Offer, stage_since: Option<Moment>, pinned: &Playbook, of_the_client: bool) -> Self {
        Self { stage: Stage::told(offer, false), stage_since, waiting: waiting::lines_without_talk(offer, pinned, of_the_client) }
    }
}

/// Each exception by the sides that somebody must see to read of it: findings that go ahead, and what was spoken outside what is approved.
fn exceptions_by_sides(offer: &Offer, table: &FieldTable) -> Vec<Vec<Side>> {
    let found = offer.exceptions.iter().map(|exception| access::sides_of_exception(&exception.finding, table));
    let spoken = offer.spoken_exceptions().map(|key| table.get(key).map_or_else(|| Side::ALL.to_vec(), |spec| vec![spec.side]));
    found.chain(spoken).collect()
}

/// Words as they are found: lower case, cut at everything that is no letter and no digit.
pub(super) fn words_of(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase)
}

/// The text of a field: of the terms, else as typed in the draft.
fn text<'a>(key: &field::FieldKey, terms: Option<&'a Terms>, entries: Option<&'a Entries>) -> Option<&'a str> {
    terms.and_then(|terms| terms.text(key)).or_else(|| entries.and_then(|entries| entries.get(key)))
}

/// What an offer's place on the board is made of, besides the offer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Placing<'a> {
    /// What happened to it, its last events included.
    pub(super) history: &'a [Recorded],
    /// What is typed while it is a draft.
    pub(super) entries: Option<&'a Entries>,
    /// The playbook under which it was routed.
    pub(super) pinned: &'a Playbook,
    /// Today's playbook.
    pub(super) current: &'a Playbook,
    /// When it changed last.
    pub(super) changed_at: Moment,
}

/// An offer's place on the board.
pub(super) fn place(offer: &Offer, placing: Placing<'_>) -> Result<BoardPlace, DeskFault> {
    let Placing { history, entries, pinned, current, changed_at } = placing;
    let table = &pinned.field_table();
    // in a draft what is being typed counts, not the terms of a version that was rejected
    let terms = if entries.is_some() { None } else { offer.terms.as_ref() };
    let about = &offer.about;
    let waiting = waiting::lines(offer, pinned);
    let candidate = text(&field::CANDIDATE_NAME, terms, entries).unwrap_or_default().to_owned();
    let title = text(&field::JOB_TITLE, terms, entries).unwrap_or_default().to_owned();
    let client = about.client.as_ref().map(|code| current.client(code).map_or_else(|| code.to_string(), |client| client.name.clone()));
    let mut words: BTreeSet<String> = words_of(&candidate).chain(words_of(&title)).chain(words_of(&offer.number)).collect();
    words.extend(client.iter().flat_map(|name| words_of(name)).collect::<Vec<_>>());
    let start = match entries {
        Some(entries) => entries.get(&field::START).and_then(|typed| typed.parse().ok()),
        None => terms.and_then(|terms| terms.day(&field::START)),
    };
    let number = offer.number.rsplit('-').next().and_then(|number| number.parse().ok()).unwrap_or_default();
    let owned = |id: Option<&PersonId>| id.map(|id| id.as_str().to_owned()).unwrap_or_default();
    let accept_by = offer.letter.as_ref().filter(|_| offer.status == Status::Sent).map(|letter| letter.accept_by.instant.micros());
    let stage = Stage::of(offer);
    let scopes: Vec<String> = offer.subject().scope_keys().into_iter().map(|key| key.0).collect();
    let (stage_since, told_since) = measure::in_stage_since(offer.id.clone(), history);
    let as_it_stands = WithoutTalk { stage, stage_since, waiting: waiting.clone() };
    let without_talk = WithoutTalk::of(offer, told_since, pinned, false);
    let to_the_client = WithoutTalk::of(offer, told_since, pinned, true);
    let mut piles = piles::of_offer(offer, &waiting, [&without_talk.waiting, &to_the_client.waiting], accept_by);
    piles.extend(piles::of_loss(offer));
    let in_scopes = scopes.iter().flat_map(|scope| piles.iter().map(|(pile, rank)| piles::lying(scope, pile, *rank)));
    let peers = peers::lies(offer, &scopes);
    // whoever is told that it waits on them finds it in their work, whatever is asked meanwhile
    let work = piles::work(&waiting, start).chain(piles::work(&without_talk.waiting, start));
    let mut lies: Vec<Lying> = in_scopes.chain(work).chain(peers).collect();
    lies.sort();
    lies.dedup();
    let summary = Summary {
        number: offer.number.clone(),
        title,
        since: offer.status_since,
        stage_since,
        start,
        exceptions: exceptions_by_sides(offer, table),
        exposed: Exposed::of(offer).filter(|exposed| exposed.until.is_none()),
        scopes: scopes.iter().cloned().collect(),
        to_the_client: Some(to_the_client).filter(|told| *told != without_talk),
        without_talk: Some(without_talk).filter(|told| *told != as_it_stands),
        sight: Sight::default(),
        told_stage: None,
        candidate,
        waiting,
    };
    let row = BoardRow {
        offer: offer.id.as_str().to_owned(),
        requisition: offer.requisition.as_ref().map(ToString::to_string).unwrap_or_default(),
        number,
        status: offer.status.code().to_owned(),
        stage: stage.map(Stage::code).unwrap_or_default().to_owned(),
        live: i64::from(offer.status.is_live()),
        engagement: about.engagement.map(offer::engagement::Engagement::code).unwrap_or_default().to_owned(),
        client: about.client.as_ref().map(ToString::to_string),
        owner: owned(about.relations.recruiter.as_ref()),
        team: about.team.as_ref().map(ToString::to_string),
        accept_by,
        told_at: told_at(history, changed_at).micros(),
        changed_at: changed_at.micros(),
        summary: serde_json::to_string(&summary)?,
    };
    Ok(BoardPlace { row, lies, words: words.into_iter().collect() })
}

/// When that last happened which whoever sees the offer may learn of. What changed without an event was typed, and is told.
fn told_at(history: &[Recorded], changed_at: Moment) -> Moment {
    let is_typed = history.last().is_none_or(|last| last.at < changed_at);
    let told = history.iter().rev().find(|recorded| !access::is_between_staff(&recorded.event)).filter(|_| !is_typed);
    told.map_or(changed_at, |recorded| recorded.at)
}

/// Seats that are given and freed, and the tally when a decision looked at it or changed what it counts.
pub(super) fn counted(before: &Offer, after: &Offer, recorded: &[Recorded], ground: &Ground) -> Vec<Change> {
    let (mut changes, mut taken) = (Vec::new(), 0);
    let mut mattered = committed_by(before) != committed_by(after) || before.status.is_live() != after.status.is_live();
    for Recorded { event, .. } in recorded {
        match event {
            Event::Accepted { seat, .. } => {
                let requisition = ground.tally.requisition.clone();
                changes.push(Change::SeatTake(SeatRow { requisition, seat: i64::from(*seat), offer: after.id.as_str().to_owned() }));
                taken += 1;
            }
            Event::Rescinded { seat: Some(_) } | Event::DidNotStart { seat: Some(_), .. } => {
                changes.push(Change::SeatFree { offer: after.id.as_str().to_owned() });
                taken -= 1;
            }
            Event::Submitted { .. } | Event::TermsChanged { .. } | Event::SendRequested { .. } => mattered = true,
            _ => {}
        }
    }
    if mattered || taken != 0 {
        let committed = ground.facts.committed.minor.saturating_add(committed_by(after).minor);
        let offers_competing = ground.tally.offers_competing + i64::from(competes(after)) - i64::from(competes(before));
        let seats_taken = ground.tally.seats_taken + taken;
        changes.push(Change::Tally(TallyRow { seats_taken, committed, offers_competing, ..ground.tally.clone() }));
    }
    changes
}

/// The rows of the instants at which something happens to an offer by itself: set, moved or taken back.
pub(super) fn instants(before: Option<&Offer>, after: &Offer) -> Vec<Change> {
    let (was, is) = (before.map(due).unwrap_or_default(), due(after));
    let gone = was.keys().filter(|id| !is.contains_key(*id)).map(|id| Change::DueCancel { id: id.clone() });
    let come = is.iter().filter(|(id, row)| was.get(*id) != Some(row)).map(|(_, row)| Change::Due(row.clone()));
    gone.chain(come).collect()
}

/// What is due of an offer, by the id of its row.
fn due(offer: &Offer) -> BTreeMap<String, DueRow> {
    let row = |id: String, kind: &str, at: i64, details: String| (id.clone(), DueRow::waiting(id, offer.id.to_string(), kind, at, details));
    let letter = offer.letter.as_ref().filter(|_| offer.status == Status::Sent);
    // at the accept-by itself the offer can still be accepted
    let expiry = letter.map(|letter| letter.accept_by.instant.micros().saturating_add(1));
    let expiry = expiry.map(|at| row(format!("{EXPIRE}:{}", offer.id), EXPIRE, at, String::new()));
    let clocks = offer
        .clocks()
        .into_iter()
        .map(|Clock { step, alarm, at }| row(format!("{}:{}:{step}", alarm.code(), offer.id), alarm.code(), at.micros(), step.to_string()));
    expiry.into_iter().chain(clocks).collect()
}

/// The command that a row is due for; nothing for a kind that nobody knows.
pub(crate) fn command_of(row: &DueRow) -> Option<Command> {
    if row.kind == EXPIRE {
        return Some(Command::Expire);
    }
    let step = StepKey::new(&row.details);
    Some(match Alarm::parse(&row.kind)? {
        Alarm::Remind => Command::Remind { step },
        Alarm::Escalate => Command::Escalate { step },
    })
}
