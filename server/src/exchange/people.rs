//! People: staff and client contacts, known by address. Only this file invites anybody.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use offer::access::Actor;
use offer::id::{ClientCode, PersonId, Role, TeamKey, role};
use offer::import::{ImportFault, ImportKind, RowOutcome};
use offer::person::{Identity, Person, PersonCommand, PersonRefusal, Standing, decide};
use offer::private::Private;

use super::cells::Cells;
use super::clients;
use super::plan::{Known, Planning};
use super::sheet::Row;

pub(super) const COLUMNS: &[&str] = &[
    "email",
    "name",
    "roles",
    "team",
    "department",
    "business_line",
    "region",
    "client_codes",
    "manager_email",
    "approval_limit_annual",
    "approval_limit_pct_over_band",
    "time_zone",
];

pub(super) fn key_of(row: &Row) -> String {
    row.text("email").unwrap_or_default().to_lowercase()
}

/// Somebody to take in or to change.
#[derive(Clone, Debug)]
pub(super) struct PlannedPerson {
    /// As they will stand, but for the manager.
    pub(super) person: Person,
    /// The manager's address.
    pub(super) manager: Option<String>,
    /// Whether they are new and so to be invited.
    pub(super) joins: bool,
}

/// Everybody who is known or will be, by address in lower case.
#[derive(Debug, Default)]
pub(super) struct Directory {
    ids: BTreeMap<String, PersonId>,
    emails: BTreeMap<PersonId, String>,
    known: BTreeMap<String, Person>,
    planned: BTreeMap<String, PlannedPerson>,
}

impl Directory {
    pub(super) fn of(known: &Known) -> Self {
        let mut directory = Self::default();
        for one in &known.people {
            if let Some(email) = one.person.email().map(str::to_lowercase) {
                directory.ids.insert(email.clone(), one.id.clone());
                directory.emails.insert(one.id.clone(), email.clone());
                // who left is known to nobody until a file of people brings them back
                if !one.left {
                    directory.known.insert(email, one.person.clone());
                }
            }
        }
        directory
    }

    /// Somebody as they will stand.
    pub(super) fn person(&self, email: &str) -> Option<&Person> {
        self.planned.get(email).map(|planned| &planned.person).or_else(|| self.known.get(email))
    }

    /// The id of somebody the desk has met.
    pub(super) fn id(&self, email: &str) -> Option<&PersonId> {
        self.ids.get(email)
    }

    /// Gives somebody a client, unless they have it; answers whether that changes them.
    pub(super) fn give_client(&mut self, email: &str, client: &ClientCode) -> bool {
        let Some(person) = self.with_client(email, client) else { return false };
        let manager = match self.planned.get(email) {
            Some(planned) => planned.manager.clone(),
            None => person.manager.as_ref().and_then(|id| self.emails.get(id).cloned()),
        };
        let joins = self.planned.get(email).is_some_and(|planned| planned.joins);
        self.planned.insert(email.to_owned(), PlannedPerson { person, manager, joins });
        true
    }

    /// Why whoever brings the files may not make somebody stand so, as by the page. An operator may do it all.
    pub(super) fn refusal(&self, known: &Known, everybody: &[Standing<'_>], email: &str, person: Person) -> Option<PersonRefusal> {
        if !matches!(known.by, Actor::Member(_)) {
            return None;
        }
        let nobody = PersonId::new("");
        let (id, is_there) = (self.ids.get(email).unwrap_or(&nobody), self.known.contains_key(email));
        let command = if is_there { PersonCommand::Move { person } } else { PersonCommand::Join { person } };
        match decide(&known.by, id, everybody, &known.playbook.roles, &command) {
            Ok(_) | Err(PersonRefusal::NothingChanges | PersonRefusal::NoSuchManager | PersonRefusal::ManagerCircle) => None,
            Err(why) => Some(why),
        }
    }

    /// Somebody as they stand with one client more; nothing when they have it already, or are unknown.
    pub(super) fn with_client(&self, email: &str, client: &ClientCode) -> Option<Person> {
        let person = self.person(email).filter(|person| !person.clients.contains(client))?;
        let mut clients = person.clients.clone();
        clients.push(client.clone());
        clients.sort();
        Some(Person { clients, ..person.clone() })
    }

    fn is_unchanged(&self, email: &str, planned: &PlannedPerson) -> bool {
        let manager = planned.manager.as_ref().map(|manager| self.ids.get(manager));
        self.known.get(email).is_some_and(|known| {
            manager.is_none_or(|id| id.is_some()) && Person { manager: manager.flatten().cloned(), ..planned.person.clone() } == *known
        })
    }

    /// Those who change, by address.
    pub(super) fn into_planned(self) -> Vec<PlannedPerson> {
        let changes = |(email, planned): &(&String, &PlannedPerson)| !self.is_unchanged(email, planned);
        self.planned.iter().filter(changes).map(|(_, planned)| planned.clone()).collect()
    }
}

pub(super) fn plan(planning: &mut Planning<'_>, rows: &[Row], client_rows: &[Row], directory: &mut Directory) {
    let codes: BTreeSet<String> = client_rows.iter().map(clients::key_of).collect();
    let mut read: BTreeMap<String, (&Row, PlannedPerson)> = BTreeMap::new();
    for row in rows {
        let mut cells = Cells::of(row);
        let planned = person(&mut cells, planning, &codes, directory);
        match planned.filter(|_| !cells.faults.stop()) {
            Some(planned) => {
                planning.faults.extend(cells.faults);
                read.insert(key_of(row), (row, planned));
            }
            None => planning.leave_out(ImportKind::People, row, &key_of(row), cells.faults),
        }
    }
    leave_out_the_refused(planning, &mut read, directory);
    leave_out_the_unmanaged(planning, &mut read, directory);
    for (email, (row, planned)) in &read {
        let outcome = match directory.known.get(email) {
            None => RowOutcome::Added,
            Some(_) if directory.is_unchanged(email, planned) => RowOutcome::Unchanged,
            Some(_) => RowOutcome::Changed,
        };
        planning.tell(ImportKind::People, row, email, outcome);
    }
    directory.planned.extend(read.into_iter().map(|(email, (_, planned))| (email, planned)));
}

/// Everybody as they stand before an import.
pub(super) fn everybody(known: &Known) -> Vec<Standing<'_>> {
    known.people.iter().map(|one| Standing { id: &one.id, person: &one.person, left: one.left }).collect()
}

/// People whom whoever brings the file may not make stand so.
fn leave_out_the_refused(planning: &mut Planning<'_>, read: &mut BTreeMap<String, (&Row, PlannedPerson)>, directory: &Directory) {
    let everybody = everybody(planning.known);
    let why = |email: &String, planned: &PlannedPerson| {
        // a manager who comes with the same file is looked at with the others
        let manager = planned.manager.as_ref().and_then(|manager| directory.ids.get(manager).cloned());
        directory.refusal(planning.known, &everybody, email, Person { manager, ..planned.person.clone() })
    };
    let refused: Vec<(String, PersonRefusal)> =
        read.iter().filter_map(|(email, (_, planned))| Some((email.clone(), why(email, planned)?))).collect();
    for (email, why) in refused {
        let Some((row, _)) = read.remove(&email) else { continue };
        let mut cells = Cells::of(row);
        cells.fault("roles", ImportFault::PersonRefused { why });
        planning.leave_out(ImportKind::People, row, &email, cells.faults);
    }
}

/// A manager is somebody known or taken in with the same files; nobody manages themselves, however far around.
fn leave_out_the_unmanaged(planning: &mut Planning<'_>, read: &mut BTreeMap<String, (&Row, PlannedPerson)>, directory: &Directory) {
    let mut wrong: VecDeque<(String, ImportFault)> =
        in_circles(read).into_iter().map(|email| (email, ImportFault::ManagerCircle)).collect();
    let unknown = |email: &String, manager: &String, read: &BTreeMap<String, (&Row, PlannedPerson)>| {
        let is_known = read.contains_key(manager) || directory.known.contains_key(manager);
        (!is_known).then(|| (email.clone(), ImportFault::UnknownPerson { email: manager.clone() }))
    };
    let mut managed: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (email, (_, planned)) in read.iter() {
        if let Some(manager) = &planned.manager {
            managed.entry(manager.clone()).or_default().push(email.clone());
            wrong.extend(unknown(email, manager, read));
        }
    }
    // whoever is left out manages nobody, unless they are known from before
    while let Some((email, fault)) = wrong.pop_front() {
        let Some((row, _)) = read.remove(&email) else { continue };
        let mut cells = Cells::of(row);
        cells.fault("manager_email", fault);
        planning.leave_out(ImportKind::People, row, &email, cells.faults);
        wrong.extend(managed.get(&email).into_iter().flatten().filter_map(|one| unknown(one, &email, read)));
    }
}

/// Who is their own manager, around one or more corners.
fn in_circles(read: &BTreeMap<String, (&Row, PlannedPerson)>) -> BTreeSet<String> {
    let manager_of = |email: &str| read.get(email).and_then(|(_, planned)| planned.manager.as_deref());
    let (mut circles, mut seen) = (BTreeSet::new(), BTreeSet::new());
    for start in read.keys() {
        // upward until somebody who was seen before: on this way, then it is a circle
        let mut way: Vec<&str> = Vec::new();
        let mut next = Some(start.as_str());
        while let Some(email) = next.filter(|email| seen.insert((*email).to_owned())) {
            way.push(email);
            next = manager_of(email);
        }
        if let Some(place) = next.and_then(|met| way.iter().position(|email| *email == met)) {
            circles.extend(way.iter().skip(place).map(|email| (*email).to_owned()));
        }
    }
    circles
}

fn person(cells: &mut Cells<'_>, planning: &Planning<'_>, codes: &BTreeSet<String>, directory: &Directory) -> Option<PlannedPerson> {
    let playbook = &planning.known.playbook;
    let email = cells.needed("email").and_then(|_| cells.email("email"));
    let name = cells.needed("name");
    let _ = cells.needed("roles");
    let roles: Vec<Role> = cells.row.list("roles").into_iter().map(Role::new).collect();
    for role in roles.iter().filter(|role| !playbook.roles.iter().any(|sheet| sheet.key == **role)) {
        cells.fault("roles", ImportFault::UnknownRole { role: role.clone() });
    }
    let team = cells.row.text("team").map(|text| (text, team(text, planning)));
    if let Some((text, None)) = &team {
        cells.fault("team", ImportFault::UnknownTeam { team: (*text).to_owned() });
    }
    let mut clients: Vec<ClientCode> = cells.row.list("client_codes").into_iter().map(ClientCode::new).collect();
    clients.sort();
    clients.dedup();
    for client in clients.iter().filter(|code| playbook.client(code).is_none() && !codes.contains(code.as_str())) {
        cells.fault("client_codes", ImportFault::ClientNotYetKnown { client: client.clone() });
    }
    let manager = cells.email("manager_email");
    let approval_limit_annual = cells.money("approval_limit_annual");
    let approval_limit_over_band = cells.percent("approval_limit_pct_over_band");
    let zone = cells.needed("time_zone")?;
    if zone.parse::<chrono_tz::Tz>().is_err() {
        cells.fault("time_zone", ImportFault::NotAZone);
    }
    let email = email?;
    let known = directory.known.get(&email);
    let kind = |roles: &[Role]| [role::CLIENT_CONTACT, role::INTEGRATION].map(|kind| roles.contains(&kind));
    let is_mixed = roles.contains(&role::CLIENT_CONTACT) && roles.len() > 1;
    if is_mixed || known.is_some_and(|known| kind(&known.roles) != kind(&roles)) {
        cells.fault("roles", ImportFault::OtherKind);
    }
    let some = |text: &str| Some(text).filter(|text| !text.is_empty()).map(str::to_owned);
    Some(PlannedPerson {
        person: Person {
            // an address that differs in capitals only is the same address
            identity: Private::Kept(Identity {
                name: name?.to_owned(),
                email: known.and_then(Person::email).or_else(|| cells.row.text("email"))?.to_owned(),
            }),
            roles,
            team: team.and_then(|(_, team)| team),
            department: some(&cells.some("department")),
            business_line: some(&cells.some("business_line")),
            region: some(&cells.some("region")),
            clients,
            manager: None,
            approval_limit_annual,
            approval_limit_over_band,
            zone: zone.to_owned(),
        },
        manager,
        joins: known.is_none(),
    })
}

/// A team by its key or its name.
fn team(text: &str, planning: &Planning<'_>) -> Option<TeamKey> {
    let is_meant = |key: &str, name: &str| key == text || name.to_lowercase() == text.to_lowercase();
    planning.known.playbook.teams.iter().find(|team| is_meant(team.key.as_str(), &team.name)).map(|team| team.key.clone())
}
