//! The board: columns or a table, how many there are of each, and what it can be narrowed by.

use std::collections::{BTreeMap, BTreeSet};

use app::desk::{Board, BoardAsk, BoardGroup, Count, GroupKey, Grouping, Layout, Narrow, OfferLine, Viewer, WaitingGroup};
use offer::{access::Member, field::Side, id::ClientCode, lifecycle::Status, measure::Stage};

use super::{
    DeskFault, HouseDesk,
    asking::{LOOKED_AT_MAX, Plan},
    piles,
    project::Summary,
};
use crate::store::{Pile, PileQuestion};

/// Offers that a column shows.
const COLUMN_ROWS: usize = 8;
/// Offers on one page of the table.
const PAGE_ROWS: usize = 25;
/// Where counting stops: "200+".
const ENOUGH: usize = 200;

impl HouseDesk {
    pub(super) async fn board(&self, viewer: &Viewer, ask: &BoardAsk) -> Result<Board, DeskFault> {
        let member = viewer.member().ok_or(DeskFault::SignIn)?;
        // before anything is read: what changes from here on is told
        let now = self.now();
        let cursor = now.micros().to_string();
        let plan = Plan::of_board(member, ask, now);
        let current = self.current().await?;
        // a client's person learns neither of teams nor of other clients
        let is_of_the_firm = matches!(viewer, Viewer::Staff { .. });
        let mut board = Board {
            groups: Vec::new(),
            lines: Vec::new(),
            next: None,
            looked_far: false,
            lost: if ask.narrow.ended { Some(self.lost(member).await?) } else { None },
            now,
            cursor,
            teams: if is_of_the_firm && member.ever_sees(Side::Internal) {
                current.playbook.teams.iter().map(|team| (team.key.clone(), team.name.clone())).collect()
            } else {
                Vec::new()
            },
            clients: clients(&current.playbook, |code| is_of_the_firm || member.clients.contains(code)),
            views: if is_of_the_firm { self.saved_views(viewer).await? } else { Vec::new() },
        };
        if ask.layout == Layout::Table || ask.narrow.ended {
            let found = self.sought(&plan, member, ask.after.as_deref(), PAGE_ROWS).await?;
            board.lines = self.lines(found.rows, member).await?;
            (board.next, board.looked_far) = (found.next, found.looked_far);
        }
        if !ask.narrow.ended {
            board.groups = self.groups(member, ask).await?;
        }
        Ok(board)
    }

    /// How many offers within reach were lost before anything was written, and how many after they had been spoken. That something was spoken
    /// is staff's talk: whoever does not read it of every offer is not told how many.
    async fn lost(&self, member: &Member) -> Result<(Count, Option<Count>), DeskFault> {
        let plan =
            Plan::of_board(member, &BoardAsk { narrow: Narrow { ended: true, ..Narrow::default() }, ..BoardAsk::default() }, self.now());
        let counted = async |named: Vec<(String, Status)>| {
            let piles = piles::within(&plan.reach, &named);
            let found = self.store.piled_up(self.firm(), &piles, i64::MAX, i64::try_from(ENOUGH).unwrap_or(i64::MAX)).await?;
            Ok::<Count, DeskFault>(count(usize::try_from(found).unwrap_or(0), false))
        };
        let after_verbal = if member.always_reads_talk() { Some(counted(piles::lost_after_verbal()).await?) } else { None };
        Ok((counted(piles::lost_unwritten()).await?, after_verbal))
    }

    /// The columns; for a table, how many there are of each, whichever of them the table shows.
    async fn groups(&self, member: &Member, ask: &BoardAsk) -> Result<Vec<BoardGroup>, DeskFault> {
        let in_columns = ask.layout == Layout::Columns;
        let all = Narrow { stage: None, waiting: None, ..ask.narrow.clone() };
        let ask = if in_columns { ask.clone() } else { ask.with(all) };
        let plan = Plan::of_board(member, &ask, self.now());
        // what is asked, changed or taken back is not told to everybody who sees an offer, and a pile does not know who looks
        if !plan.is_of_columns(&ask) || !member.always_reads_talk() {
            return self.groups_by_looking(member, &ask, &plan, in_columns).await;
        }
        let mut groups = Vec::new();
        for (key, named) in self.columns(&ask, &plan).await? {
            let piles = piles::within(&plan.reach, &named);
            let found = self.store.piled_up(self.firm(), &piles, i64::MAX, i64::try_from(ENOUGH).unwrap_or(i64::MAX)).await?;
            let lines = if in_columns && found > 0 { self.first_of(&piles, member).await? } else { Vec::new() };
            groups.push(BoardGroup { key, count: count(usize::try_from(found).unwrap_or(0), false), lines });
        }
        Ok(groups)
    }

    /// The columns there are for states that the viewer reads, with the names of their piles.
    async fn columns(&self, ask: &BoardAsk, plan: &Plan) -> Result<Vec<(GroupKey, Vec<(String, Status)>)>, DeskFault> {
        if ask.grouping == Grouping::Stage {
            let stages = Stage::ALL.into_iter().map(|stage| (GroupKey::Stage(stage), piles::staged(stage, &plan.statuses)));
            return Ok(stages.filter(|(_, named)| !piles::within(&plan.reach, named).is_empty()).collect());
        }
        let mut groups: BTreeSet<WaitingGroup> = BTreeSet::new();
        for reach in &plan.reach {
            let names = self.store.pile_names(self.firm(), &reach.scope, piles::WAITING).await?;
            let read = |(_, status): &(WaitingGroup, Status)| reach.covers(*status) && plan.statuses.contains(status);
            groups.extend(names.iter().filter_map(|name| piles::group_of(name)).filter(read).map(|(group, _)| group));
        }
        Ok(groups.into_iter().map(|group| (GroupKey::Waiting(group.clone()), piles::waiting_on(&group, &plan.statuses))).collect())
    }

    async fn first_of(&self, piles: &[Pile], member: &Member) -> Result<Vec<OfferLine>, DeskFault> {
        let rows_max = i64::try_from(COLUMN_ROWS).unwrap_or(i64::MAX);
        let question = PileQuestion { piles: piles.to_vec(), after: None, below: i64::MAX, rows_max };
        let rows = self.store.piled(self.firm(), &question).await?;
        let rows = rows.into_iter().map(|found| {
            let status =
                Status::parse(&found.row.status).ok_or_else(|| DeskFault::damaged("a row of the board has no state", &found.row.offer))?;
            let summary = serde_json::from_str::<Summary>(&found.row.summary)?.seen_by(member, status, &found.row.engagement);
            Ok((found.row, summary))
        });
        self.lines(rows.collect::<Result<Vec<_>, DeskFault>>()?, member).await
    }

    /// Columns of a question that no pile answers alone: as many offers as are looked at for a page, put where they belong.
    async fn groups_by_looking(
        &self,
        member: &Member,
        ask: &BoardAsk,
        plan: &Plan,
        in_columns: bool,
    ) -> Result<Vec<BoardGroup>, DeskFault> {
        let found = self.sought(plan, member, None, LOOKED_AT_MAX).await?;
        let more = found.next.is_some();
        let mut groups: BTreeMap<GroupKey, Vec<_>> = BTreeMap::new();
        for (row, summary) in found.rows {
            let stage = summary.stage(&row);
            let keys: BTreeSet<GroupKey> = match ask.grouping {
                Grouping::Stage => stage.map(GroupKey::Stage).into_iter().collect(),
                Grouping::Waiting => {
                    let on = summary.waiting.iter().filter_map(|line| super::waiting::read(&line.on)).map(|on| WaitingGroup::of(&on));
                    let on: BTreeSet<WaitingGroup> =
                        on.filter(|group| ask.narrow.waiting.as_ref().is_none_or(|asked| asked == group)).collect();
                    let nobody = summary.waiting.is_empty().then_some(WaitingGroup::Nobody);
                    on.into_iter().chain(nobody).map(GroupKey::Waiting).collect()
                }
            };
            for key in keys {
                groups.entry(key).or_default().push((row.clone(), summary.clone()));
            }
        }
        let mut columns = Vec::new();
        for (key, mut rows) in groups {
            let count = count(rows.len(), more);
            // what is found by words comes newest first; a column has its own order
            rows.sort_by_cached_key(|(row, summary)| plan.rank(row, summary));
            rows.truncate(if in_columns { COLUMN_ROWS } else { 0 });
            columns.push(BoardGroup { key, count, lines: self.lines(rows, member).await? });
        }
        Ok(columns)
    }
}

/// A count that stops: more than enough is "enough, and more".
pub(super) fn count(found: usize, more: bool) -> Count {
    Count { found: found.min(ENOUGH), more: more || found > ENOUGH }
}

fn clients(playbook: &offer::playbook::Playbook, is_told: impl Fn(&ClientCode) -> bool) -> Vec<(ClientCode, String)> {
    let told = playbook.clients.iter().filter(|client| is_told(&client.code));
    let mut clients: Vec<_> = told.map(|client| (client.code.clone(), client.name.clone())).collect();
    clients.sort_by(|one, other| one.1.cmp(&other.1));
    clients
}
