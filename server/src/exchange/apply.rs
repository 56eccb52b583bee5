//! Carries a plan out at the desk: people first, then the playbook, then openings. Every part is an upsert, so that doing it again does no harm.

use std::collections::BTreeMap;

use offer::access::Actor;
use offer::id::{PersonId, RequisitionId, Role};
use offer::import::{ImportReport, RowOutcome};
use offer::ledger::Digest;
use offer::person::Person;

use super::plan::{Known, KnownPerson, Plan, plan};
use super::sheet::SourceFile;
use crate::{
    desk::{DeskFault, Head, HouseDesk, PersonToWrite, StandingRequisition},
    fresh,
    identity::Identity,
    security_log::{self, What, Who},
};

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

/// What an import would do.
#[derive(Clone, Debug)]
pub(crate) struct Look {
    /// Row by row.
    pub(crate) report: ImportReport,
    /// Stands for all of it: what each row says, what stood there before, and what becomes of it.
    pub(crate) proof: Digest,
    /// How many people are new.
    pub(crate) joining: usize,
}

/// Imports files, taken as one; a dry run writes nothing.
///
/// # Errors
/// [`DeskFault::Moved`] when others kept changing the same things, [`DeskFault::OutOfReach`]. What was written before stays: the next run
/// finds it unchanged.
pub(crate) async fn run(desk: &HouseDesk, files: &[SourceFile], dry_run: bool, actor: &Actor) -> Result<Imported, DeskFault> {
    if dry_run {
        return Ok(Imported { report: look(desk, files, actor).await?.report, joined: Vec::new() });
    }
    carried_out(desk, files, None, actor).await
}

/// What an import of these files would do now.
///
/// # Errors
/// [`DeskFault::OutOfReach`].
pub(crate) async fn look(desk: &HouseDesk, files: &[SourceFile], by: &Actor) -> Result<Look, DeskFault> {
    let ground = Ground::read(desk, by).await?;
    let plan = plan(files, &ground.known);
    let joining = plan.people.iter().filter(|planned| planned.joins).count();
    Ok(Look { proof: plan.proof(&ground.known)?, report: plan.report, joining })
}

/// Does what a look at these files has shown, and nothing else.
///
/// # Errors
/// [`DeskFault::Moved`] when it would do something else by now: look again. [`DeskFault::OutOfReach`].
pub(crate) async fn run_as_shown(desk: &HouseDesk, files: &[SourceFile], shown: Digest, actor: &Actor) -> Result<Imported, DeskFault> {
    carried_out(desk, files, Some(shown), actor).await
}

async fn carried_out(desk: &HouseDesk, files: &[SourceFile], shown: Option<Digest>, actor: &Actor) -> Result<Imported, DeskFault> {
    let mut joined = Vec::new();
    let mut report: Option<ImportReport> = None;
    for attempt in 1..=TRIES_MAX {
        let ground = Ground::read(desk, actor).await?;
        let plan = plan(files, &ground.known);
        if let Some(shown) = shown {
            let as_shown = match &report {
                None => plan.proof(&ground.known)? == shown,
                // what was written before we were disturbed is unchanged now, and the rest must be as it was
                Some(begun) => goes_on(begun, &plan.report),
            };
            if !as_shown {
                return Err(DeskFault::Moved);
            }
        }
        // what the first plan says of each row is what happens to it, however often it takes
        let told = report.get_or_insert_with(|| plan.report.clone());
        match carry_out(desk, &plan, &ground, actor, &mut joined).await {
            Ok(published) => {
                told.published = told.published.or(published);
                break;
            }
            Err(DeskFault::Moved) if attempt < TRIES_MAX => {}
            Err(fault) => return Err(fault),
        }
    }
    let report = report.unwrap_or_default();
    security_log::done(What::Import, Who::of(actor), &format!("{} rows", report.rows.len()));
    Ok(Imported { report: ImportReport { dry_run: false, ..report }, joined })
}

/// Whether every row comes to what it came to before, or to nothing.
fn goes_on(begun: &ImportReport, now: &ImportReport) -> bool {
    begun.rows.len() == now.rows.len()
        && begun.rows.iter().zip(&now.rows).all(|(before, after)| {
            before.outcome == after.outcome
                || (after.outcome == RowOutcome::Unchanged && (&before.file, before.line) == (&after.file, after.line))
        })
}

/// What an import looks at, and how sure it is that nobody has changed it since.
struct Ground {
    known: Known,
    /// The version of the playbook.
    version: u32,
    /// The count of changes of people.
    counted: i64,
    /// Where the streams of openings stand; read before the openings.
    heads: BTreeMap<RequisitionId, Head>,
}

impl Ground {
    async fn read(desk: &HouseDesk, by: &Actor) -> Result<Self, DeskFault> {
        let shelved = desk.current().await?;
        let roster = desk.roster().await?;
        let heads = desk.requisition_heads().await?;
        let people = roster.all().cloned();
        let known = Known {
            playbook: shelved.playbook.clone(),
            people: people.map(|listed| KnownPerson { id: listed.id, person: listed.person, left: listed.left }).collect(),
            requisitions: desk.requisitions_all().await?,
            by: by.clone(),
        };
        Ok(Self { known, version: shelved.version, counted: roster.counted(), heads })
    }
}

async fn carry_out(
    desk: &HouseDesk,
    plan: &Plan,
    ground: &Ground,
    actor: &Actor,
    joined: &mut Vec<Joined>,
) -> Result<Option<u32>, DeskFault> {
    let ids = people(desk, plan, ground, actor, joined).await?;
    let published = match &plan.playbook {
        Some(next) => Some(desk.publish(next.clone(), ground.version, actor).await?),
        None => None,
    };
    let standing: BTreeMap<&str, StandingRequisition> = ground
        .known
        .requisitions
        .iter()
        .filter_map(|(id, known)| {
            let head = *ground.heads.get(id)?;
            Some((known.number.as_str(), StandingRequisition { id: id.clone(), head, seats: known.seats }))
        })
        .collect();
    // INVARIANT (everybody named has an id by now): the plan left out rows whose people it does not bring
    let named = plan.requisitions.iter().filter_map(|planned| planned.with_people(|email| ids.get(email).cloned()));
    let requisitions = named.map(|requisition| {
        let standing = standing.get(requisition.number.as_str()).cloned();
        (requisition, standing)
    });
    desk.write_requisitions(requisitions.collect(), actor).await?;
    Ok(published)
}

/// Managers before those they manage, so that each is named by id. The ids of everybody, by address.
async fn people(
    desk: &HouseDesk,
    plan: &Plan,
    ground: &Ground,
    actor: &Actor,
    joined: &mut Vec<Joined>,
) -> Result<BTreeMap<String, PersonId>, DeskFault> {
    let address = |person: &Person| person.email().map(str::to_lowercase);
    let mut ids: BTreeMap<String, PersonId> = BTreeMap::new();
    // of an address that staff and a contact share, once, each is known under their own kind
    let mut kinds: BTreeMap<(String, bool), PersonId> = BTreeMap::new();
    for one in &ground.known.people {
        if let Some(email) = address(&one.person) {
            kinds.insert((email.clone(), is_contact(&one.person)), one.id.clone());
            ids.insert(email, one.id.clone());
        }
    }
    let (mut writing, mut joining) = (Vec::new(), Vec::new());
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
            let email = person.email().unwrap_or_default().to_owned();
            let known = kinds.get(&(email.to_lowercase(), is_contact(&person))).cloned();
            let (is_known, id) = match known {
                Some(id) => (true, id),
                None => (false, PersonId::new(fresh::id(desk.now())?)),
            };
            ids.insert(email.to_lowercase(), id.clone());
            if planned.joins {
                let name = person.name().unwrap_or_default().to_owned();
                joining.push(Joined { id: id.clone(), name, email, roles: person.roles.clone() });
            }
            writing.push(PersonToWrite { id, person, is_known });
        }
        if later.len() == before {
            // the plan has no circle of managers, so somebody changed under our hands
            return Err(DeskFault::Moved);
        }
        waiting = later;
    }
    let written = desk.write_people(&writing, ground.counted, actor).await;
    // who was written before we were disturbed is known the next time, and still to be invited
    let known = match &written {
        Ok(()) => None,
        Err(_) => Some(desk.roster().await?),
    };
    joined.extend(joining.into_iter().filter(|one| known.as_ref().is_none_or(|roster| roster.get(&one.id).is_some())));
    written.map(|()| ids)
}

fn is_contact(person: &Person) -> bool {
    person.is(&offer::id::role::CLIENT_CONTACT)
}

/// Mails everybody who is new a link to join; who could not be mailed. A client's contact has no password: the first offer to decide brings
/// their link; nor has a program.
pub(crate) async fn invite(identity: &Identity, desk: &HouseDesk, joined: Vec<Joined>) -> Vec<String> {
    let signs_in = |one: &Joined| {
        let has_no_password = [offer::id::role::CLIENT_CONTACT, offer::id::role::INTEGRATION];
        !one.roles.iter().any(|held| has_no_password.contains(held))
    };
    let staff = joined.into_iter().filter(signs_in);
    let staff: Vec<_> = staff.map(|one| (one.id, one.name, one.email)).collect();
    identity.invite_all_to_join(desk, &staff).await
}
