//! From what is asked of the board to what is read: the piles that answer it, and what then must be looked at row by row.

use std::collections::BTreeMap;

use app::desk::{BoardAsk, Narrow, OfferListAsk, Order, WaitingGroup};
use offer::{
    access::Member,
    field::Side,
    id::{ClientCode, PersonId},
    ledger::{Digest, hex},
    lifecycle::Status,
    measure::Stage,
    moment::Moment,
};

use super::{
    DeskFault, HouseDesk, list,
    piles::{self, Reach},
    playbooks::Shelved,
    project::{Summary, words_of},
    waiting,
};
use crate::{
    store::{BoardRow, Pile, PileQuestion, WORDS_ASKED_MAX, WordQuestion},
    vault::{Place, SEALED_MORE_BYTES},
};

/// Rows read at once where each is looked at.
const AT_ONCE: i64 = 200;
/// Rows looked at for one page, at most: a page may then end before it is full, and says so.
pub(super) const LOOKED_AT_MAX: usize = 600;
/// A rank, and an id as its bytes.
const PLACE_BYTES: usize = 8 + 16;
/// The end of a page as it is sealed; in an address it takes twice as many digits.
pub(crate) const SEALED_PLACE_BYTES: usize = PLACE_BYTES + SEALED_MORE_BYTES;

/// Where rows come from.
#[derive(Clone, Debug)]
enum Source {
    /// Piles, below a rank.
    Piles { piles: Vec<Pile>, below: i64 },
    /// Words, in each scope that is read: the newest offer first.
    Words { words: Vec<String> },
    /// What waits on the member, until now.
    Work { keys: Vec<String>, now: i64 },
}

/// How a question is answered.
#[derive(Clone, Debug)]
pub(super) struct Plan {
    /// The scopes that are read.
    pub(super) reach: Vec<Reach>,
    /// The states that are asked for.
    pub(super) statuses: Vec<Status>,
    source: Source,
    order: Order,
    narrow: Narrow,
    /// The viewer, for what is theirs; nobody when the scope says it.
    mine: Option<String>,
    /// The viewer and the keys under which something waits on them, where that is asked for.
    on_me: Option<(PersonId, Vec<String>)>,
    /// Whether the viewer reads staff's talk of every offer.
    reads_talk: bool,
    /// Now, for what is over its time.
    now: Moment,
    /// The question itself: what it narrows to, and by what it goes.
    question: Digest,
    /// Whether the piles alone answer it: then counts and pages are seeks.
    pub(super) is_exact: bool,
}

/// Rows that answer a question.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// The rows with what a line of them shows.
    pub(super) rows: Vec<(BoardRow, Summary)>,
    /// Where the next page begins; nothing when everything was read.
    pub(super) next: Option<String>,
    /// Whether it ended because too many rows had to be looked at.
    pub(super) looked_far: bool,
}

impl Plan {
    /// The plan for a question to the board.
    pub(super) fn of_board(member: &Member, ask: &BoardAsk, now: Moment) -> Self {
        let narrow = &ask.narrow;
        let base: Vec<Status> = if narrow.ended {
            Status::ALL.into_iter().filter(|status| !piles::UNDER_WAY.contains(status)).collect()
        } else {
            piles::UNDER_WAY.to_vec()
        };
        let statuses: Vec<Status> = match narrow.status {
            Some(status) => vec![status],
            None => base,
        };
        Self::new(member, narrow.clone(), statuses, ask.order, now)
    }

    /// The plan for a list of everything.
    pub(super) fn of_list(member: &Member, ask: &OfferListAsk, now: Moment) -> Self {
        let statuses = if ask.statuses.is_empty() { Status::ALL.to_vec() } else { ask.statuses.clone() };
        let narrow = Narrow {
            words: ask.words.clone(),
            on_me: ask.waiting_on_me,
            stage: ask.stage,
            waiting: ask.waiting.clone(),
            client: ask.client.clone(),
            ..Narrow::default()
        };
        Self::new(member, narrow, statuses, Order::Waiting, now)
    }

    fn new(member: &Member, narrow: Narrow, statuses: Vec<Status>, order: Order, now: Moment) -> Self {
        let order = if narrow.overdue { Order::Deadline } else { order };
        let seen: Vec<Reach> = member.scopes_seen().into_iter().map(|(key, states)| Reach { scope: key.0, states }).collect();
        let me = member.id.to_string();
        // who reads a whole scope asks it directly: then the filter costs nothing
        let narrowed = if narrow.mine {
            Some(format!("own:{me}"))
        } else if let Some(team) = &narrow.team {
            Some(format!("team:{team}"))
        } else {
            narrow.client.as_ref().map(|client| format!("client:{client}"))
        };
        let direct =
            narrowed.filter(|scope| seen.iter().any(|reach| reach.states.is_empty() && (reach.scope == "all:" || reach.scope == *scope)));
        let is_direct = direct.is_some();
        let reach = direct.map_or(seen, |scope| vec![Reach { scope, states: Vec::new() }]);
        let words: Vec<String> = words_of(&narrow.words).take(WORDS_ASKED_MAX).collect();
        let (by_stage, by_waiting) = (narrow.stage, narrow.waiting.clone());
        let mut is_exact = narrow.engagement.is_none() && !narrow.exceptions;
        // whose offer it is belongs to the job, and its team is the firm's own: where that is not always seen, each row is looked at
        is_exact &= narrow.client.is_none() || member.always_sees(Side::Job);
        is_exact &= narrow.team.is_none() || member.always_sees(Side::Internal);
        // a rescission, a question and a change that is asked for are staff's talk: to whoever does not read it, the offer stands elsewhere,
        // waits on others and is due at another time
        let reads_talk = member.always_reads_talk();
        let asks_about_talk = !reads_talk && (by_stage.is_some_and(Stage::depends_on_talk) || by_waiting.is_some());
        is_exact &= reads_talk;
        is_exact &= is_direct || !(narrow.mine || narrow.team.is_some() || narrow.client.is_some());
        // only one of them is answered by its scope
        is_exact &= [narrow.mine, narrow.team.is_some(), narrow.client.is_some()].into_iter().filter(|asked| *asked).count() < 2;
        let source = if !words.is_empty() {
            is_exact = false;
            Source::Words { words }
        } else if narrow.on_me {
            is_exact = false;
            Source::Work { keys: list::keys_of(member), now: now.micros() }
        } else {
            let named = match (order, by_stage, &by_waiting) {
                (Order::Deadline, ..) => {
                    is_exact &= by_stage.is_none() && by_waiting.is_none();
                    if reads_talk { piles::due(&statuses) } else { piles::due_as_told(&statuses) }
                }
                _ if asks_about_talk => piles::every(&statuses),
                (_, Some(stage), _) => {
                    is_exact &= by_waiting.is_none();
                    piles::staged(stage, &statuses)
                }
                (_, None, Some(group)) => piles::waiting_on(group, &statuses),
                (_, None, None) => piles::every(&statuses),
            };
            let named = if order == Order::Waiting && !reads_talk { piles::as_told(named) } else { named };
            let below = if narrow.overdue { now.micros() } else { i64::MAX };
            Source::Piles { piles: piles::within(&reach, &named), below }
        };
        let mine = (narrow.mine && !is_direct).then_some(me);
        let on_me = narrow.on_me.then(|| (member.id.clone(), list::keys_of(member)));
        let question = Digest::of(format!("{narrow:?} {statuses:?} {order:?}").as_bytes());
        Self { reach, statuses, source, order, narrow, mine, on_me, reads_talk, now, question, is_exact }
    }

    /// Who asks this, so that an end of a page counts for its own question alone: under another one it would tell what matched.
    fn asked_by(&self, member: &Member) -> String {
        format!("{} {}", member.id, self.question)
    }

    /// Whether it asks for one stage, for one group, or by what is due: then columns are not seeks.
    pub(super) fn is_of_columns(&self, ask: &BoardAsk) -> bool {
        self.is_exact && !ask.narrow.overdue && ask.order == Order::Waiting && ask.narrow.stage.is_none() && ask.narrow.waiting.is_none()
    }

    /// Whether a row answers the question: everything that the source did not look at.
    fn answers(&self, row: &BoardRow, summary: &Summary, status: Status) -> bool {
        let narrow = &self.narrow;
        let is = |asked: Option<&str>, has: Option<&str>| asked.is_none_or(|asked| has == Some(asked));
        let groups = || summary.waiting.iter().filter_map(|line| waiting::read(&line.on)).map(|on| WaitingGroup::of(&on));
        let asks_about_the_job = narrow.client.is_some() || narrow.engagement.is_some();
        self.statuses.contains(&status)
            && (!asks_about_the_job || summary.sight.shows(Side::Job))
            && (narrow.team.is_none() || summary.sight.shows(Side::Internal))
            && is(narrow.team.as_ref().map(|team| team.as_str()), row.team.as_deref())
            && is(narrow.client.as_ref().map(|client| client.as_str()), row.client.as_deref())
            && is(narrow.engagement.map(|engagement| engagement.code()), Some(&row.engagement))
            && narrow.stage.is_none_or(|asked| summary.stage(row) == Some(asked))
            && narrow.waiting.as_ref().is_none_or(|asked| match asked {
                WaitingGroup::Nobody => summary.waiting.is_empty(),
                asked => groups().any(|group| group == *asked),
            })
            && (!narrow.exceptions || !summary.exceptions.is_empty())
            && (!narrow.overdue || summary.waiting.iter().filter_map(|line| line.due_at).any(|due| due < self.now))
            && self.mine.as_ref().is_none_or(|me| row.owner == *me)
            && self.on_me.as_ref().is_none_or(|(me, keys)| summary.waiting.iter().any(|line| line.waits_on(me, keys)))
    }
}

impl Plan {
    /// Whether the viewer reads the offer at all, where the source did not ask by scope and state.
    fn is_in_reach(&self, summary: &Summary, status: Status) -> bool {
        let by_piles = matches!(self.source, Source::Piles { .. });
        by_piles || self.reach.iter().any(|reach| reach.covers(status) && summary.scopes.contains(&reach.scope))
    }

    /// Where the row stands in the order that is asked for, by what the viewer is told.
    pub(super) fn rank(&self, row: &BoardRow, summary: &Summary) -> i64 {
        match self.order {
            Order::Waiting => piles::rank_of_waiting(&summary.waiting, summary.since),
            Order::Deadline => piles::rank_of_due(&summary.waiting, row.accept_by).unwrap_or(i64::MAX),
        }
    }

    /// Whether the row lies where the viewer is told that it does: the same offer lies elsewhere for whoever reads what staff ask each other, and an
    /// order that followed it would tell.
    fn is_in_its_place(&self, rank: i64, row: &BoardRow, summary: &Summary) -> bool {
        match &self.source {
            Source::Piles { .. } => self.reads_talk || self.rank(row, summary) == rank,
            Source::Work { .. } => self
                .on_me
                .as_ref()
                .is_none_or(|(me, keys)| summary.waiting.iter().any(|line| line.waits_on(me, keys) && piles::is_work_at(line, rank))),
            Source::Words { .. } => true,
        }
    }

    /// Whether the words that were looked for stand in what the viewer sees of the line: nobody finds by a name that they do not see.
    fn is_told(&self, summary: &Summary, row: &BoardRow, current: &Shelved) -> bool {
        let Source::Words { words } = &self.source else { return true };
        let client = row.client.as_ref().filter(|_| summary.sight.shows(Side::Job)).map(ClientCode::new);
        let client = client.and_then(|code| current.playbook.client(&code)).map(|client| client.name.as_str());
        let texts = [summary.candidate.as_str(), &summary.title, &summary.number, client.unwrap_or_default()];
        let told: Vec<String> = texts.into_iter().flat_map(words_of).collect();
        words.iter().all(|asked| told.iter().any(|word| word.starts_with(asked.as_str())))
    }
}

impl HouseDesk {
    /// The rows that answer a plan, as the member sees them, from where the last page ended.
    pub(super) async fn sought(&self, plan: &Plan, member: &Member, after: Option<&str>, rows_max: usize) -> Result<Found, DeskFault> {
        let current = self.current().await?;
        let mut after = match after {
            Some(after) => self.opened_place(plan, member, after).await?,
            None => None,
        };
        let mut found = Found::default();
        let mut looked_at = 0;
        loop {
            let at_once = if plan.is_exact { i64::try_from(rows_max + 1).unwrap_or(AT_ONCE) } else { AT_ONCE };
            let rows = self.read_on(plan, after.as_ref(), at_once).await?;
            let was_all = i64::try_from(rows.len()).is_ok_and(|read| read < at_once);
            for (rank, row) in rows {
                let here = (rank, row.offer.clone());
                let status = Status::parse(&row.status).ok_or_else(|| DeskFault::damaged("a row of the board has no state", &row.offer))?;
                let summary = serde_json::from_str::<Summary>(&row.summary)?.seen_by(member, status, &row.engagement);
                looked_at += 1;
                let is_there = plan.is_in_its_place(rank, &row, &summary) && plan.is_in_reach(&summary, status);
                if is_there && plan.answers(&row, &summary, status) && plan.is_told(&summary, &row, &current) {
                    if found.rows.len() == rows_max {
                        // the page is full, and there is more
                        found.next = self.sealed_place(plan, member, after.as_ref()).await?;
                        return Ok(found);
                    }
                    let twice = found.rows.iter().any(|(known, _)| known.offer == row.offer);
                    if !twice {
                        found.rows.push((row, summary));
                    }
                }
                after = Some(here);
            }
            if was_all {
                return Ok(found);
            }
            if looked_at >= LOOKED_AT_MAX {
                found.next = self.sealed_place(plan, member, after.as_ref()).await?;
                found.looked_far = true;
                return Ok(found);
            }
        }
    }

    /// Where a page ended, for the address of the next one. The last offer that was looked at may be out of reach, and without it many such
    /// offers would never be passed; its rank and its id tell of it, so they are sealed, for their reader alone.
    async fn sealed_place(&self, plan: &Plan, member: &Member, place: Option<&(i64, String)>) -> Result<Option<String>, DeskFault> {
        let Some((rank, offer)) = place else { return Ok(None) };
        let id = hex::decode::<16>(offer).ok_or_else(|| DeskFault::damaged("an offer's id does not read", offer))?;
        let clear = [&rank.to_be_bytes()[..], &id].concat();
        Ok(Some(hex::encode(&self.firm_key().await?.seal(&self.end_of_page(&plan.asked_by(member)), &clear)?)))
    }

    /// Reads such an end; nothing for a text that is none, or is somebody else's: then it is read from the beginning.
    async fn opened_place(&self, plan: &Plan, member: &Member, text: &str) -> Result<Option<(i64, String)>, DeskFault> {
        let Some(sealed) = hex::decode::<SEALED_PLACE_BYTES>(text) else { return Ok(None) };
        let opened = self.firm_key().await?.open(&self.end_of_page(&plan.asked_by(member)), &sealed).ok();
        Ok(opened.and_then(|clear| {
            let (rank, id) = clear.split_first_chunk::<8>()?;
            Some((i64::from_be_bytes(*rank), hex::encode(id)))
        }))
    }

    fn end_of_page<'a>(&'a self, asked_by: &'a str) -> Place<'a> {
        Place::Row { firm: self.firm(), table: "board", key: asked_by }
    }

    async fn read_on(&self, plan: &Plan, after: Option<&(i64, String)>, rows_max: i64) -> Result<Vec<(i64, BoardRow)>, DeskFault> {
        let piled = async |piles: &[Pile], below: i64| {
            let question = PileQuestion { piles: piles.to_vec(), after: after.cloned(), below, rows_max };
            let found = self.store.piled(self.firm(), &question).await?;
            Ok(found.into_iter().map(|found| (found.rank, found.row)).collect())
        };
        match &plan.source {
            Source::Piles { piles, below } => piled(piles, *below).await,
            Source::Work { keys, now } => {
                let pile = |key: &String| Pile { scope: waiting::scope_of(key), name: piles::WORK.to_owned() };
                let piles: Vec<Pile> = keys.iter().map(pile).collect();
                piled(&piles, now.saturating_add(1)).await
            }
            Source::Words { words } => {
                let mut merged: BTreeMap<String, BoardRow> = BTreeMap::new();
                for reach in &plan.reach {
                    let after = after.map(|(_, offer)| offer.clone());
                    let question = WordQuestion { scope: reach.scope.clone(), words: words.clone(), after, rows_max };
                    let rows = self.store.worded(self.firm(), &question).await?;
                    merged.extend(rows.into_iter().map(|row| (row.offer.clone(), row)));
                }
                // an offer's id is as old as the offer, and has no other rank
                let rows = merged.into_values().rev().map(|row| (0, row));
                Ok(rows.take(usize::try_from(rows_max).unwrap_or(0)).collect())
            }
        }
    }
}
