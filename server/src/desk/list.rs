//! The list of offers, and the list of openings.

use std::collections::BTreeSet;

use app::{
    desk::{OfferLine, OfferList, OfferListAsk, RequisitionLine, Viewer, Waiting},
    words::en::staff,
};
use offer::{
    access::{self, About, Access, Action, Actor, Member, Sight},
    engagement::Engagement,
    field::{self, FieldKey, FieldTable, Side},
    id::{OfferId, PersonId, RequisitionId, Role},
    intake::read_what_stands,
    lifecycle::{Offer, Status},
    measure::Pace,
    moment::{Day, Moment},
    requisition::Requisition,
};

use super::{
    DeskFault, HouseDesk,
    asking::Plan,
    people::Roster,
    piles::UNDER_WAY,
    playbooks::Shelved,
    project::{Summary, words_of},
    waiting::{self, WaitingLine},
};
use crate::store::BoardRow;

/// Offers on one page.
const PAGE_ROWS: usize = 25;
/// Openings on one page.
const OPENINGS_MAX: usize = 50;

impl HouseDesk {
    pub(super) async fn offer_list(&self, viewer: &Viewer, ask: &OfferListAsk) -> Result<OfferList, DeskFault> {
        let member = viewer.member().ok_or(DeskFault::SignIn)?;
        let plan = Plan::of_list(member, ask, self.now());
        let found = self.sought(&plan, member, ask.after.as_deref(), ask.rows_max.unwrap_or(PAGE_ROWS)).await?;
        Ok(OfferList { lines: self.lines(found.rows, member).await?, next: found.next, now: self.now() })
    }

    /// Rows of the board as they are shown, with the names of today.
    pub(super) async fn lines(&self, rows: Vec<(BoardRow, Summary)>, member: &Member) -> Result<Vec<OfferLine>, DeskFault> {
        let (roster, current) = (self.roster().await?, self.current().await?);
        let pace = match rows.iter().any(|(_, summary)| summary.exposed.is_some()) {
            true => self.pace_ahead(rows.iter().filter_map(|(_, summary)| summary.exposed.as_ref())).await?,
            false => Pace::default(),
        };
        let now = self.now();
        let exposure = |summary: &Summary| {
            let reads = summary.sight.reads_talk();
            summary.exposed.as_ref().filter(|_| reads).map(|exposed| exposed.at(now, &pace))
        };
        rows.into_iter()
            .map(|(row, summary)| {
                let exposure = exposure(&summary);
                Ok(OfferLine { exposure, ..line(row, summary, member, &roster, &current)? })
            })
            .collect()
    }

    pub(super) async fn requisition_lines(&self, viewer: &Viewer, words: &str) -> Result<Vec<RequisitionLine>, DeskFault> {
        let actor = viewer.actor().ok_or(DeskFault::SignIn)?;
        let asked: Vec<String> = words_of(words).collect();
        let current = self.current().await?;
        let mut lines = Vec::new();
        for (id, requisition) in self.requisitions_all().await? {
            if lines.len() >= OPENINGS_MAX {
                break;
            }
            if found(&requisition, &asked, &current) && may_begin(&actor, &requisition, &current.table) {
                lines.push(self.requisition_line(&actor, &id, &requisition, &current).await?);
            }
        }
        Ok(lines)
    }

    /// An offer by what people call it; only for those who have the machine, for a number never authorises.
    pub(crate) async fn offer_numbered(&self, number: &str) -> Result<Option<OfferId>, DeskFault> {
        let Some((requisition, running)) = number.rsplit_once('-') else { return Ok(None) };
        let Ok(running) = running.parse() else { return Ok(None) };
        let Some(requisition) = self.store.requisition_by_number(self.firm(), requisition).await? else { return Ok(None) };
        let row = self.store.board_row_by_number(self.firm(), &requisition.requisition, running).await?;
        Ok(row.map(|row| OfferId::new(row.offer)))
    }

    pub(super) async fn one_requisition(&self, viewer: &Viewer, id: &RequisitionId) -> Result<RequisitionLine, DeskFault> {
        let actor = viewer.actor().ok_or(DeskFault::SignIn)?;
        let requisition = self.opening(id).await?;
        let current = self.current().await?;
        if !may_begin(&actor, &requisition, &current.table) {
            return Err(DeskFault::NotFound);
        }
        self.requisition_line(&actor, id, &requisition, &current).await
    }

    async fn requisition_line(
        &self,
        actor: &Actor,
        id: &RequisitionId,
        requisition: &Requisition,
        current: &Shelved,
    ) -> Result<RequisitionLine, DeskFault> {
        let text = |key: &FieldKey| requisition.prefill.get(key).unwrap_or_default().to_owned();
        let tally = self.store.tally(self.firm(), id.as_str()).await?;
        // how many other offers there are is the firm's own; that a place is free is why somebody begins one
        let under_way = if access::sight(actor, &to_be(actor, requisition, &current.table).subject()).shows(Side::Internal) {
            let offers = self.store.offers_of_requisition(self.firm(), id.as_str()).await?;
            let is_under_way = |row: &&BoardRow| UNDER_WAY.iter().any(|status| status.code() == row.status);
            Some(u32::try_from(offers.iter().filter(is_under_way).count()).unwrap_or(u32::MAX))
        } else {
            None
        };
        let start: Option<Day> = requisition.prefill.get(&field::START).and_then(|typed| typed.parse().ok());
        let place: Vec<String> = [text(&field::CITY), text(&field::STATE)].into_iter().filter(|part| !part.is_empty()).collect();
        let client = requisition.client().map(|code| current.playbook.client(&code).map_or_else(|| code.to_string(), |it| it.name.clone()));
        Ok(RequisitionLine {
            id: id.clone(),
            number: requisition.number.clone(),
            title: text(&field::JOB_TITLE),
            client: client.unwrap_or_default(),
            engagement: requisition.prefill.get(&field::ENGAGEMENT).and_then(Engagement::parse),
            place: place.join(", "),
            seats: requisition.seats,
            seats_free: u32::try_from(tally.seats_taken).map_or(0, |taken| requisition.seats.saturating_sub(taken)),
            under_way,
            start,
            start_has_passed: start.is_some_and(|start| start < self.now().day()),
        })
    }
}

/// The keys under which something waits on a member.
pub(super) fn keys_of(member: &Member) -> Vec<String> {
    let people = std::iter::once(&member.id).chain(member.stands_in_for.iter().map(|away| &away.whom)).map(waiting::person_key);
    people.chain(member.roles.iter().map(waiting::role_key)).collect()
}

fn line(row: BoardRow, summary: Summary, member: &Member, roster: &Roster, current: &Shelved) -> Result<OfferLine, DeskFault> {
    let sight = &summary.sight;
    let stage = summary.stage(&row).zip(summary.stage_since);
    let client = row.client.filter(|_| sight.shows(Side::Job)).map(|code| {
        let code = offer::id::ClientCode::new(code);
        current.playbook.client(&code).map_or_else(|| code.to_string(), |client| client.name.clone())
    });
    let receives = sight.shows(Side::Person) && member.roles.iter().any(|role| summary.scopes.contains(&format!("received:{role}")));
    let waiting = summary.waiting.iter().filter_map(|line| waiting_seen(line, sight, receives, member, roster)).collect();
    Ok(OfferLine {
        id: OfferId::new(row.offer),
        number: summary.number,
        candidate: summary.candidate,
        title: summary.title,
        client: client.unwrap_or_default(),
        status: Status::parse(&row.status).ok_or_else(|| DeskFault::damaged("a row of the board has no state", ""))?,
        since: summary.since,
        stage,
        waiting,
        start: summary.start,
        accept_by: row.accept_by.and_then(Moment::from_micros),
        exceptions: u32::try_from(summary.exceptions.len()).unwrap_or(u32::MAX),
        exposure: None,
    })
}

/// Who an offer waits on, as far as somebody is told who sees this of it and receives its hand-off or does not.
pub(super) fn waiting_seen(line: &WaitingLine, sight: &Sight, receives: bool, member: &Member, roster: &Roster) -> Option<Waiting> {
    let waiting = waiting_of(line, member, roster)?;
    // whoever does not read staff's talk learns that it waits within the firm, and not on whom
    let is_told = sight.reads_talk() || (waiting.on_you && !member.is_program()) || receives;
    Some(if is_told { waiting } else { Waiting { names: Vec::new(), reminded: None, escalated: None, ..waiting } })
}

/// Who an offer waits on, with the names of today.
fn waiting_of(line: &WaitingLine, member: &Member, roster: &Roster) -> Option<Waiting> {
    let keys = keys_of(member);
    let called = |id: &PersonId| if *id == member.id { staff::YOU.to_owned() } else { roster.name(id) };
    let people = |key: &String| -> Vec<PersonId> {
        match key.split_once(':') {
            Some(("person", id)) => vec![PersonId::new(id)],
            Some(("role", role)) => {
                let role = Role::new(role);
                let holders = roster.with_role(&role).map(|listed| &listed.id).filter(|id| !line.but.contains(id));
                let mut holders: Vec<&PersonId> = holders.collect();
                holders.sort_by_key(|id| **id != member.id);
                holders.into_iter().cloned().collect()
            }
            _ => Vec::new(),
        }
    };
    // who holds the role may have been handed somebody's decision besides
    let mut named = BTreeSet::new();
    let people = line.whom.iter().flat_map(people).filter(|person| named.insert(person.clone()));
    Some(Waiting {
        on: waiting::read(&line.on)?,
        names: people.map(|person| called(&person)).filter(|name| !name.is_empty()).collect(),
        since: line.since,
        due_at: line.due_at,
        todo: line.todo,
        on_you: line.waits_on(&member.id, &keys),
        reminded: line.reminded,
        escalated: line.escalated,
    })
}

fn found(requisition: &Requisition, asked: &[String], current: &Shelved) -> bool {
    let client = requisition.client().and_then(|code| current.playbook.client(&code)).map(|client| client.name.as_str());
    let title = requisition.prefill.get(&field::JOB_TITLE);
    let texts = [Some(requisition.number.as_str()), title, client];
    let words: Vec<String> = texts.into_iter().flatten().flat_map(|text| words_of(text).collect::<Vec<_>>()).collect();
    asked.iter().all(|asked| words.iter().any(|word| word.starts_with(asked.as_str())))
}

/// Whether a draft for this opening would be one that the actor may fill.
fn may_begin(actor: &Actor, requisition: &Requisition, table: &FieldTable) -> bool {
    access::may(actor, Action::Draft, &to_be(actor, requisition, table).subject()) == Access::Allowed
}

/// The offer that the actor would begin; without a recruiter of its own it would be the actor's.
fn to_be(actor: &Actor, requisition: &Requisition, table: &FieldTable) -> Offer {
    let mut about = About::of(&read_what_stands(&requisition.prefill, table));
    about.relations.recruiter = about.relations.recruiter.or_else(|| actor.person().cloned());
    Offer { about, ..Offer::new(OfferId::new("")) }
}
