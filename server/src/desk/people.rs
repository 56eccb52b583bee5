//! People: their streams, and the roster of staff and contacts as it stands.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError},
};

use offer::{
    access::Actor,
    id::{PersonId, Role, role},
    person::{Absence, Identity, Person, PersonEvent, PersonRecord, Rota},
    private::Private,
};
use serde::{Deserialize, Serialize};

use super::{
    DeskFault, HouseDesk,
    ledger::{Head, PERSON, Telling},
};
use crate::{
    fresh,
    security_log::{self, What, Who},
    store::{Append, Change, PersonRow, StoredEvent},
};

/// The kind of a person who works for the firm.
pub(crate) const STAFF: &str = "staff";
/// The kind of a client's contact.
pub(crate) const CONTACT: &str = "client_contact";
/// The kind of a candidate.
pub(crate) const CANDIDATE: &str = "candidate";
/// The state of a person who holds what the roles grant.
const ACTIVE: &str = "active";
/// The state of a person who holds no grant any more.
const LEFT: &str = "left";
/// Counts every change of staff and contacts, so that a kept roster is known to be today's.
const ROSTER_COUNTER: &str = "roster";
/// Rows of an import that are written at once: a commit for many, and nobody else waits long for the writer.
pub(super) const ROWS_PER_TRANSACTION: usize = 200;
/// The zone of somebody of whom nothing else is known.
const ZONE: &str = "America/New_York";

/// Somebody of the firm or of a client.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Listed {
    /// Their id.
    pub(crate) id: PersonId,
    /// As they stand.
    pub(crate) person: Person,
    /// Whether they are a client's contact.
    pub(crate) is_contact: bool,
    /// Whether they left.
    pub(crate) left: bool,
    /// The absence that was planned last.
    pub(crate) absence: Option<Absence>,
}

/// Staff and contacts as they stand.
#[derive(Clone, Debug, Default)]
pub(crate) struct Roster {
    people: BTreeMap<PersonId, Listed>,
    /// Everybody who is there and may be asked for something, by role: no program is.
    by_role: BTreeMap<Role, Vec<PersonId>>,
    /// Everybody who is there, with their absences.
    pub(super) rota: Rota,
    /// The count of changes before it was read.
    counted: i64,
}

/// What the row of a person holds besides its columns.
#[derive(Serialize, Deserialize)]
struct Summary {
    #[serde(flatten)]
    person: Person,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    absence: Option<Absence>,
}

/// Somebody to write as they will stand.
#[derive(Clone, Debug)]
pub(crate) struct PersonToWrite {
    /// Their id.
    pub(crate) id: PersonId,
    /// As they will stand.
    pub(crate) person: Person,
    /// Whether they have a history already.
    pub(crate) is_known: bool,
}

impl Roster {
    fn of(listed: Vec<Listed>, counted: i64) -> Self {
        let mut roster = Self { counted, ..Self::default() };
        for listed in listed {
            if !listed.left && !listed.person.is_program() {
                for role in &listed.person.roles {
                    roster.by_role.entry(role.clone()).or_default().push(listed.id.clone());
                }
                roster.rota.insert(listed.id.clone(), listed.absence.clone());
            }
            roster.people.insert(listed.id.clone(), listed);
        }
        roster
    }

    /// Somebody by id, also when they left.
    pub(crate) fn get(&self, id: &PersonId) -> Option<&Listed> {
        self.people.get(id)
    }

    /// Everybody, present or not.
    pub(crate) fn all(&self) -> impl Iterator<Item = &Listed> {
        self.people.values()
    }

    /// The count of changes before it was read: whoever writes people on the strength of it says so, and is told when it has moved.
    pub(crate) const fn counted(&self) -> i64 {
        self.counted
    }

    /// Everybody who is there; a program is nobody.
    pub(crate) fn present(&self) -> impl Iterator<Item = &Listed> {
        self.people.values().filter(|listed| !listed.left && !listed.person.is_program())
    }

    /// Everybody who holds a role and may be asked for something.
    pub(crate) fn with_role<'a>(&'a self, role: &'a Role) -> impl Iterator<Item = &'a Listed> {
        self.by_role.get(role).into_iter().flatten().filter_map(|id| self.people.get(id))
    }

    /// A name; empty when unknown or erased.
    pub(crate) fn name(&self, id: &PersonId) -> String {
        self.get(id).and_then(|listed| listed.person.name()).unwrap_or_default().to_owned()
    }
}

/// A text as it is looked for and ordered by.
pub(crate) fn folded(text: &str) -> String {
    text.trim().to_lowercase()
}

/// The kind under which a person is listed.
fn kind_of(person: &Person) -> &'static str {
    if person.is(&role::CLIENT_CONTACT) { CONTACT } else { STAFF }
}

impl HouseDesk {
    /// Staff and contacts as they stand now.
    pub(crate) async fn roster(&self) -> Result<Arc<Roster>, DeskFault> {
        let counted = self.store.counter(self.firm(), ROSTER_COUNTER).await?;
        let kept = self.roster.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((count, roster)) = kept
            && count == counted
        {
            return Ok(roster);
        }
        let mut people = Vec::new();
        for kind in [STAFF, CONTACT] {
            for row in self.store.people(self.firm(), kind).await? {
                let Summary { person, absence } = serde_json::from_str(&row.summary)?;
                people.push(Listed {
                    id: PersonId::new(row.person),
                    person,
                    is_contact: kind == CONTACT,
                    left: row.state == LEFT,
                    absence,
                });
            }
        }
        let roster = Arc::new(Roster::of(people, counted));
        *self.roster.lock().unwrap_or_else(PoisonError::into_inner) = Some((counted, Arc::clone(&roster)));
        Ok(roster)
    }

    /// Everybody of the firm and its clients, present or not.
    pub(crate) async fn people(&self) -> Result<Vec<Listed>, DeskFault> {
        Ok(self.roster().await?.all().cloned().collect())
    }

    /// Takes one person in, or changes them; known by kind and address.
    #[cfg(test)]
    pub(crate) async fn upsert_person(&self, person: Person, actor: &Actor) -> Result<PersonId, DeskFault> {
        let email = folded(person.email().unwrap_or_default());
        let known = self.store.person_by_email(self.firm(), kind_of(&person), &email).await?.map(|row| PersonId::new(row.person));
        let (is_known, id) = (known.is_some(), known.unwrap_or(PersonId::new(fresh::id(self.now())?)));
        self.write_people(&[PersonToWrite { id: id.clone(), person, is_known }], self.roster().await?.counted(), actor).await?;
        Ok(id)
    }

    /// Writes many people, some hundred a transaction, on the strength of a roster that was read at this count.
    ///
    /// # Errors
    /// [`DeskFault::Moved`] when somebody else changed people since, [`DeskFault::OutOfReach`]. What was written before stays.
    pub(crate) async fn write_people(&self, people: &[PersonToWrite], counted: i64, actor: &Actor) -> Result<(), DeskFault> {
        let now = self.now();
        let request = fresh::id(now)?;
        let telling = Telling { at: now, actor, request: &request, playbook: self.current().await?.version };
        let roster = self.roster().await?;
        for (part, was) in people.chunks(ROWS_PER_TRANSACTION).zip(counted..) {
            let (mut events, mut changes) = (Vec::new(), Vec::new());
            for PersonToWrite { id, person, is_known } in part {
                let (event, head, key) = if *is_known {
                    let key = self.person_key(id.as_str()).await?.ok_or_else(|| DeskFault::damaged("somebody has no key", id.as_str()))?;
                    (PersonEvent::Changed { person: person.clone() }, self.head(id.as_str()).await?, key)
                } else {
                    let (key, put) = self.new_person_key(id.as_str())?;
                    changes.push(put);
                    (PersonEvent::Joined { person: person.clone() }, Head::NONE, key)
                };
                let written = self.written(PERSON, id.as_str(), head, &[event], telling, Some(&key))?;
                let version = written.last().map_or(0, |event| event.stream_seq);
                let absence = roster.get(id).and_then(|listed| listed.absence.clone());
                changes.push(Change::Person(person_row(id, kind_of(person), person, (false, absence), version)?));
                events.extend(written);
            }
            changes.push(Change::Count { name: ROSTER_COUNTER.to_owned(), was, now: was + 1 });
            self.store.append(Append { firm: self.firm().to_owned(), events, changes, ..Append::default() }).await?;
        }
        Ok(())
    }

    /// Takes in the first administrator under an id made before, with other rows in the same transaction.
    pub(crate) async fn found(&self, id: &PersonId, name: &str, email: &str, along: Vec<Change>) -> Result<(), DeskFault> {
        let person = Person { roles: vec![role::ADMIN], ..nobody_yet(name, email) };
        let founder = Actor::Operator { os_user: "set-up".to_owned() };
        self.tell_person(id, PersonEvent::Joined { person }, &founder, along).await
    }

    /// Records that somebody left: no grant from now on, and no session either.
    pub(crate) async fn person_left(&self, id: &PersonId, actor: &Actor) -> Result<(), DeskFault> {
        self.tell_person(id, PersonEvent::Left, actor, nothing_left_open(id)).await?;
        security_log::done(What::Left, Who::of(actor), id.as_str());
        Ok(())
    }

    /// Appends one event to the stream of somebody of the firm or of a client.
    pub(super) async fn tell_person(&self, id: &PersonId, event: PersonEvent, actor: &Actor, along: Vec<Change>) -> Result<(), DeskFault> {
        let roster = self.roster().await?;
        self.tell_person_by(&roster, id, event, actor, along).await
    }

    /// The same on the strength of a roster that was read before.
    ///
    /// # Errors
    /// [`DeskFault::Moved`] when somebody else changed people since.
    pub(super) async fn tell_person_by(
        &self,
        roster: &Roster,
        id: &PersonId,
        event: PersonEvent,
        actor: &Actor,
        along: Vec<Change>,
    ) -> Result<(), DeskFault> {
        let head = self.head(id.as_str()).await?;
        let (key, mut changes) = match self.person_key(id.as_str()).await? {
            Some(key) => (key, Vec::new()),
            None => {
                let (key, put) = self.new_person_key(id.as_str())?;
                (key, vec![put])
            }
        };
        let known = roster.get(id);
        let mut record = PersonRecord {
            person: known.map(|listed| listed.person.clone()),
            left: known.is_some_and(|listed| listed.left),
            absence: known.and_then(|listed| listed.absence.clone()),
        };
        record.apply(&event);
        let PersonRecord { person, left, absence } = record;
        let person = person.ok_or(DeskFault::NotFound)?;
        let events = self.person_events(id, head, &[event], actor, &key).await?;
        let version = events.last().map_or(0, |event| event.stream_seq);
        changes.push(Change::Person(person_row(id, kind_of(&person), &person, (left, absence), version)?));
        let was = roster.counted();
        changes.push(Change::Count { name: ROSTER_COUNTER.to_owned(), was, now: was + 1 });
        changes.extend(along);
        self.store.append(Append { firm: self.firm().to_owned(), events, changes, ..Append::default() }).await?;
        Ok(())
    }

    async fn person_events(
        &self,
        id: &PersonId,
        head: Head,
        events: &[PersonEvent],
        actor: &Actor,
        key: &crate::vault::DataKey,
    ) -> Result<Vec<StoredEvent>, DeskFault> {
        let now = self.now();
        let request = fresh::id(now)?;
        let telling = Telling { at: now, actor, request: &request, playbook: self.current().await?.version };
        self.written(PERSON, id.as_str(), head, events, telling, Some(key))
    }

    /// The candidate with this address: known, or new with the rows and events that take them in.
    pub(super) async fn candidate_at(&self, name: &str, email: &str, actor: &Actor) -> Result<NewCandidate, DeskFault> {
        if let Some(row) = self.store.person_by_email(self.firm(), CANDIDATE, &folded(email)).await? {
            let key = self.person_key(&row.person).await?.ok_or_else(|| DeskFault::damaged("a candidate has no key", &row.person))?;
            return Ok(NewCandidate { id: PersonId::new(row.person), key, events: Vec::new(), changes: Vec::new() });
        }
        let id = PersonId::new(fresh::id(self.now())?);
        let (key, put) = self.new_person_key(id.as_str())?;
        let person = nobody_yet(name, email);
        let events = self.person_events(&id, Head::NONE, &[PersonEvent::Joined { person: person.clone() }], actor, &key).await?;
        let row = person_row(&id, CANDIDATE, &person, (false, None), 1)?;
        Ok(NewCandidate { id, key, events, changes: vec![put, Change::Person(row)] })
    }
}

/// A candidate with the key that seals the private parts of their offers.
pub(super) struct NewCandidate {
    pub(super) id: PersonId,
    pub(super) key: crate::vault::DataKey,
    pub(super) events: Vec<StoredEvent>,
    pub(super) changes: Vec<Change>,
}

/// What ends with somebody who leaves: every session, and every token of a program.
pub(super) fn nothing_left_open(id: &PersonId) -> Vec<Change> {
    let person = id.as_str().to_owned();
    vec![Change::SessionsEnd { subject: person.clone() }, Change::ApiTokensRevoke { person }]
}

/// A person of whom only name and address are known.
fn nobody_yet(name: &str, email: &str) -> Person {
    Person {
        identity: Private::Kept(Identity { name: name.trim().to_owned(), email: email.trim().to_owned() }),
        roles: Vec::new(),
        team: None,
        department: None,
        business_line: None,
        region: None,
        clients: Vec::new(),
        manager: None,
        approval_limit_annual: None,
        approval_limit_over_band: None,
        zone: ZONE.to_owned(),
    }
}

/// The row of a person who left or did not, and is or will be away.
pub(super) fn person_row(
    id: &PersonId,
    kind: &str,
    person: &Person,
    (left, absence): (bool, Option<Absence>),
    version: i64,
) -> Result<PersonRow, DeskFault> {
    Ok(PersonRow {
        person: id.as_str().to_owned(),
        kind: kind.to_owned(),
        email_folded: person.email().map(folded),
        name_folded: folded(person.name().unwrap_or_default()),
        state: if left { LEFT } else { ACTIVE }.to_owned(),
        version,
        summary: serde_json::to_string(&Summary { person: person.clone(), absence })?,
    })
}

/// The rows of a person's history, for a rebuild; `is_candidate` says whether an offer names them as its candidate.
pub(super) fn person_row_of_history(id: &PersonId, is_candidate: bool, history: &[PersonEvent]) -> Result<Option<PersonRow>, DeskFault> {
    let mut record = PersonRecord::default();
    history.iter().for_each(|event| record.apply(event));
    // what was erased comes back in no projection
    let Some(person) = record.person.filter(|person| person.identity.kept().is_some()) else { return Ok(None) };
    let kind = if is_candidate { CANDIDATE } else { kind_of(&person) };
    let length = i64::try_from(history.len()).unwrap_or(i64::MAX);
    person_row(id, kind, &person, (record.left, record.absence), length).map(Some)
}

/// The counter that must be set when the roster was rebuilt.
pub(super) fn roster_counted(was: i64) -> Change {
    Change::Count { name: ROSTER_COUNTER.to_owned(), was, now: was + 1 }
}
