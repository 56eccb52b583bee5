//! Carries a plan out at the desk: people first, then the playbook, then openings. Every part is an upsert, so that doing it again does no harm.

use std::collections::BTreeMap;

use offer::access::Actor;
use offer::id::{PersonId, Role};
use offer::import::ImportReport;
use offer::person::Person;

use super::plan::{Known, KnownPerson, Plan, plan};
use super::sheet::SourceFile;
use crate::desk::{DeskFault, HouseDesk, Upserted};

/// How often an import begins again when somebody else changes the same things meanwhile.
const TRIES_MAX: u32 = 5;

/// What an import did.
#[derive(Clone, Debug)]
pub(crate) struct Imported {
    /// Row by row.
    pub(crate) report: ImportReport,
    /// Who is new and waits for an invitation.
    pub(crate) joined: Vec<Joined>,
}

/// Somebody who is new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Joined {
    /// Their id.
    pub(crate) id: PersonId,
    /// Their name.
    pub(crate) name: String,
    /// Their address.
    pub(crate) email: String,
    /// What they do.
    pub(crate) roles: Vec<Role>,
}

/// Imports files, taken as one; a dry run writes nothing.
///
/// # Errors
/// [`DeskFault::Moved`] when others kept changing the same things, [`DeskFault::OutOfReach`]. What was written before stays: the next run
/// finds it unchanged.
pub(crate) async fn run(desk: &HouseDesk, files: &[SourceFile], dry_run: bool, actor: &Actor) -> Result<Imported, DeskFault> {
    let mut joined = Vec::new();
    let mut report: Option<ImportReport> = None;
    for attempt in 1..=TRIES_MAX {
        let (known, version) = known(desk).await?;
        let plan = plan(files, &known);
        // what the first plan says of each row is what happens to it, however often it takes
        let told = report.get_or_insert_with(|| plan.report.clone());
        if dry_run {
            break;
        }
        match carry_out(desk, &plan, &known, version, actor, &mut joined).await {
            Ok(published) => {
                told.published = told.published.or(published);
                break;
            }
            Err(DeskFault::Moved) if attempt < TRIES_MAX => {}
            Err(fault) => return Err(fault),
        }
    }
    let report = report.unwrap_or_default();
    Ok(Imported { report: ImportReport { dry_run, ..report }, joined })
}

async fn known(desk: &HouseDesk) -> Result<(Known, u32), DeskFault> {
    let shelved = desk.current().await?;
    let people = desk.people().await?.into_iter();
    let known = Known {
        playbook: shelved.playbook.clone(),
        people: people.map(|listed| KnownPerson { id: listed.id, person: listed.person, left: listed.left }).collect(),
        requisitions: desk.requisitions_all().await?,
    };
    Ok((known, shelved.version))
}

async fn carry_out(
    desk: &HouseDesk,
    plan: &Plan,
    known: &Known,
    version: u32,
    actor: &Actor,
    joined: &mut Vec<Joined>,
) -> Result<Option<u32>, DeskFault> {
    let ids = people(desk, plan, known, actor, joined).await?;
    let published = match &plan.playbook {
        Some(next) => Some(desk.publish(next.clone(), version, actor).await?),
        None => None,
    };
    for planned in &plan.requisitions {
        // INVARIANT (everybody named has an id by now): the plan left out rows whose people it does not bring
        if let Some(requisition) = planned.with_people(|email| ids.get(email).cloned()) {
            desk.upsert_requisition(requisition, actor).await?;
        }
    }
    Ok(published)
}

/// Managers before those they manage, so that each is named by id. The ids of everybody, by address.
async fn people(
    desk: &HouseDesk,
    plan: &Plan,
    known: &Known,
    actor: &Actor,
    joined: &mut Vec<Joined>,
) -> Result<BTreeMap<String, PersonId>, DeskFault> {
    let address = |person: &Person| person.email().map(str::to_lowercase);
    let mut ids: BTreeMap<String, PersonId> = known.people.iter().filter_map(|one| Some((address(&one.person)?, one.id.clone()))).collect();
    let mut waiting: Vec<_> = plan.people.iter().collect();
    while !waiting.is_empty() {
        let before = waiting.len();
        let mut later = Vec::new();
        for planned in waiting {
            let manager = planned.manager.as_ref().map(|email| ids.get(email).cloned());
            if matches!(manager, Some(None)) {
                later.push(planned);
                continue;
            }
            let person = Person { manager: manager.flatten(), ..planned.person.clone() };
            let (name, email) = (person.name().unwrap_or_default().to_owned(), person.email().unwrap_or_default().to_owned());
            let roles = person.roles.clone();
            let (id, upserted) = desk.upsert_person(person, actor).await?;
            ids.insert(email.to_lowercase(), id.clone());
            if planned.joins && upserted != Upserted::Unchanged {
                joined.push(Joined { id, name, email, roles });
            }
        }
        if later.len() == before {
            // the plan has no circle of managers, so somebody changed under our hands
            return Err(DeskFault::Moved);
        }
        waiting = later;
    }
    Ok(ids)
}
