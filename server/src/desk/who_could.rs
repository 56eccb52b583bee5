//! Who could see an offer at an instant, and why: worked out by the model over people and playbooks as they stood then.
//!
//! People, playbooks and the offer are histories: each is folded up to the instant, and `access` is asked as it is asked for every request.

use std::{collections::BTreeMap, sync::Arc};

use app::desk::{AccessAsk, AccessPage, MaySee, SeesBy, Viewer};
use offer::{
    access::{Action, Member, Reached, Subject, reached},
    field::{FieldKey, FieldTable, Side},
    id::{OfferId, PersonId},
    ledger::AuthLevel,
    lifecycle::{Event, Offer, Recorded},
    moment::Moment,
    person::{PersonEvent, PersonRecord},
};

use super::{
    DeskFault, HouseDesk,
    people::Roster,
    playbooks::Shelved,
    stood_in::{Course, StandIns, stand_ins, stood},
    zones,
};
use crate::store::StoredEvent;

/// Everything that decided who sees an offer, from its beginning on.
struct Past {
    subjects: Course<Subject>,
    playbooks: Course<Arc<Shelved>>,
    /// Everybody, also when they had left.
    people: BTreeMap<PersonId, Course<PersonRecord>>,
    stand_ins: Course<StandIns>,
}

impl Past {
    /// The grants by which somebody saw this side of the offer, or anything of it.
    fn reached(&self, id: &PersonId, at: Moment, side: Option<Side>) -> Vec<Reached> {
        let record = self.people.get(id).and_then(|course| stood(course, at)).filter(|record| !record.left);
        let person = record.and_then(|record| record.person.as_ref());
        let (Some(subject), Some(shelved), Some(person)) = (stood(&self.subjects, at), stood(&self.playbooks, at), person) else {
            return Vec::new();
        };
        let stood_in_for = stood(&self.stand_ins, at).and_then(|stand_ins| stand_ins.get(id)).cloned().unwrap_or_default();
        let member = Member::resolve(id.clone(), person, AuthLevel::Password, &shelved.playbook).standing_in_for(stood_in_for);
        let shows = |reached: &Reached| side.is_none_or(|side| reached.sides.contains(&side));
        reached(&member, subject).into_iter().filter(shows).collect()
    }

    /// Since when somebody who saw it at an instant had seen it without a break.
    fn since(&self, id: &PersonId, at: Moment, side: Option<Side>) -> Moment {
        let own = self.people.get(id).into_iter().flatten().map(|(since, _)| *since);
        let turns = self.subjects.iter().map(|(since, _)| *since).chain(self.playbooks.iter().map(|(since, _)| *since)).chain(own);
        let turns = turns.chain(self.stand_ins.iter().map(|(since, _)| *since));
        let begun = self.subjects.first().map_or(at, |(since, _)| *since);
        let mut turns: Vec<Moment> = turns.filter(|turn| *turn <= at && *turn >= begun).collect();
        turns.sort();
        turns.dedup();
        let seen = turns.iter().rev().take_while(|turn| !self.reached(id, **turn, side).is_empty());
        seen.last().copied().unwrap_or(at)
    }
}

impl HouseDesk {
    /// Who could see an offer, for those who read its whole history and for those who run people; both see the offer.
    pub(super) async fn access_page(&self, viewer: &Viewer, id: &OfferId, ask: &AccessAsk) -> Result<AccessPage, DeskFault> {
        let looked = self.look(viewer, id).await?;
        let audits = offer::access::may(&looked.actor, Action::Audit, &looked.file.offer.subject()) == offer::access::Access::Allowed;
        if !audits && !looked.member.runs_people() {
            return Err(DeskFault::NotFound);
        }
        let now = self.now();
        let typed = ask.at.trim();
        let read = zones::read_local(typed).zip(zones::zone(viewer.zone())).and_then(|(local, zone)| zones::instant(local, zone));
        // nobody knows yet who will see it tomorrow
        let at = read.filter(|at| *at < now).unwrap_or(now);
        let table = &looked.ground.current.table;
        let what = asked_for(&ask.what, table);
        let side = what.as_ref().map(|(side, _)| *side);
        let past = self.past_of(id, &looked.file.history, &looked.ground.roster, at).await?;
        let mut people: Vec<MaySee> =
            past.people.keys().filter_map(|person| may_see(&past, person, at, side, &looked.ground.roster)).collect();
        people.sort_by(|one, other| one.name.cmp(&other.name));
        let shown_to_candidate = side.is_none_or(|side| [Side::Job, Side::Person, Side::Contact, Side::Package].contains(&side));
        let sent = looked.file.history.iter().find(|recorded| matches!(recorded.event, Event::Sent { .. }));
        Ok(AccessPage {
            offer: id.clone(),
            number: looked.file.offer.number.clone(),
            at,
            is_now: at == now,
            was_there: stood(&past.subjects, at).is_some(),
            was_read: typed.is_empty() || read.is_some(),
            what,
            people,
            candidate_since: sent.map(|recorded| recorded.at).filter(|sent| shown_to_candidate && *sent <= at),
            playbook: stood(&past.playbooks, at).map_or(0, |shelved| shelved.version),
            table: table.clone(),
            looked: if looked.member.audits_all() { Some(self.looked_at(id).await?) } else { None },
        })
    }

    async fn past_of(&self, id: &OfferId, history: &[Recorded], roster: &Roster, until: Moment) -> Result<Past, DeskFault> {
        let mut playbooks = Vec::new();
        for (version, at) in self.store.playbook_versions(self.firm()).await? {
            let version = u32::try_from(version).map_err(|_| DeskFault::OutOfReach)?;
            let at = Moment::from_micros(at).ok_or(DeskFault::OutOfReach)?;
            playbooks.push((at, self.shelved(version).await?));
        }
        let mut people = BTreeMap::new();
        for listed in roster.all() {
            let rows = self.store.load(self.firm(), listed.id.as_str()).await?;
            people.insert(listed.id.clone(), self.course_of(&rows)?);
        }
        let subjects = subjects(id, history);
        let begun = subjects.first().map_or(until, |(since, _)| *since);
        Ok(Past { stand_ins: stand_ins(&people, begun, until), subjects, playbooks, people })
    }

    /// Somebody from event to event. Roles and clients stand in the open part, so a name that was erased is not missed here.
    fn course_of(&self, rows: &[StoredEvent]) -> Result<Course<PersonRecord>, DeskFault> {
        let (told, _) = self.read::<PersonEvent>(rows, None)?;
        let mut record = PersonRecord::default();
        let stood = |event: &PersonEvent| {
            record.apply(event);
            record.clone()
        };
        Ok(told.iter().map(|told| told.at).zip(told.iter().map(|told| &told.event).map(stood)).collect())
    }
}

fn subjects(id: &OfferId, history: &[Recorded]) -> Course<Subject> {
    let mut offer = Offer::new(id.clone());
    let subject = |recorded: &Recorded| {
        offer.apply(recorded);
        (recorded.at, offer.subject())
    };
    history.iter().map(subject).collect()
}

fn may_see(past: &Past, person: &PersonId, at: Moment, side: Option<Side>, roster: &Roster) -> Option<MaySee> {
    if past.reached(person, at, side).is_empty() {
        return None;
    }
    let because = past.reached(person, at, None);
    let mut sides: Vec<Side> = because.iter().flat_map(|reached| reached.sides.iter().copied()).collect();
    sides.sort();
    sides.dedup();
    let named = |reached: Reached| SeesBy { through: reached.through.iter().map(|whom| roster.name(whom)).collect(), reached };
    Some(MaySee {
        name: roster.name(person),
        of_a_client: roster.get(person).is_some_and(|listed| listed.is_contact),
        since: past.since(person, at, side),
        sides,
        because: because.into_iter().map(named).collect(),
    })
}

/// A side by its code, or a field with its side.
fn asked_for(what: &str, table: &FieldTable) -> Option<(Side, Option<FieldKey>)> {
    let side = Side::ALL.into_iter().find(|side| side.code() == what).map(|side| (side, None));
    side.or_else(|| table.get(&FieldKey::new(what)).map(|spec| (spec.side, Some(spec.key.clone()))))
}
