//! Somebody as they are typed into a form: what it may choose from, and what it reads as.

use app::desk::{PersonChoices, PersonTyped};
use offer::{
    access::Member,
    field::{FieldKey, Gate},
    id::{ClientCode, PersonId, Role, TeamKey, role},
    intake::{Fault, Problem, email_is_plausible},
    money::{BasisPoints, Money},
    person::{Identity, Person},
    private::Private,
};

use crate::desk::{
    DeskFault, Listed,
    people::{Roster, folded},
    playbooks::Shelved,
};

/// The longest name, and the longest of the other texts.
const CHARACTERS_MAX: i64 = 120;

/// What a form may choose from. Roles that the viewer may not give are left out, unless the person holds them.
pub(super) fn choices(member: &Member, about: Option<&Listed>, roster: &Roster, current: &Shelved) -> PersonChoices {
    let playbook = &current.playbook;
    let holds = |role: &Role| about.is_some_and(|listed| listed.person.is(role));
    let fits = |role: &Role| match about {
        // a client's contact stays one and a program a program, and nobody becomes one
        Some(listed) if *role == role::INTEGRATION => listed.person.is_program(),
        Some(listed) => listed.is_contact == (*role == role::CLIENT_CONTACT),
        None => true,
    };
    let within =
        |runs_the_firm: bool, runs_people: bool| (member.runs_the_firm() || !runs_the_firm) && (member.runs_people() || !runs_people);
    let roles =
        playbook.roles.iter().filter(|sheet| fits(&sheet.key) && (holds(&sheet.key) || within(sheet.runs_the_firm, sheet.runs_people)));
    let mut managers: Vec<(PersonId, String)> = roster
        .present()
        .filter(|listed| !listed.is_contact && about.is_none_or(|about| about.id != listed.id))
        .map(|listed| (listed.id.clone(), roster.name(&listed.id)))
        .collect();
    managers.sort_by_key(|(_, name)| folded(name));
    PersonChoices {
        roles: roles.map(|sheet| (sheet.key.clone(), sheet.name.clone())).collect(),
        teams: playbook.teams.iter().map(|team| (team.key.clone(), team.name.clone())).collect(),
        clients: playbook.clients.iter().map(|client| (client.code.clone(), client.name.clone())).collect(),
        managers,
        zone: playbook.working_time.zone.clone(),
    }
}

/// Somebody as typed, or everything that does not read. Of somebody who is known the address stays: people are found by it.
pub(super) fn read(typed: &PersonTyped, known: Option<&Listed>, roster: &Roster, current: &Shelved) -> Result<Person, DeskFault> {
    let playbook = &current.playbook;
    let mut problems = Vec::new();
    let mut problem = |field: &'static str, fault: Fault| problems.push(Problem { field: FieldKey::named(field), fault });
    let missing = || Fault::Missing { gate: Gate::Submit };
    let fault_of = |text: &str| match text {
        text if text.chars().any(char::is_control) => Some(Fault::ForbiddenCharacter),
        text if i64::try_from(text.chars().count()).unwrap_or(i64::MAX) > CHARACTERS_MAX => {
            Some(Fault::TooLong { characters_max: CHARACTERS_MAX })
        }
        _ => None,
    };
    let email = known.and_then(|known| known.person.email()).unwrap_or(typed.email.trim());
    if email.is_empty() {
        problem("email", missing());
    } else if !email_is_plausible(email) {
        problem("email", Fault::NotAnEmail);
    }
    let name = typed.name.trim();
    if let Some(fault) = if name.is_empty() { Some(missing()) } else { fault_of(name) } {
        problem("name", fault);
    }
    let roles: Vec<Role> = playbook
        .roles
        .iter()
        .map(|sheet| &sheet.key)
        .filter(|key| typed.roles.iter().any(|typed| typed == key.as_str()))
        .cloned()
        .collect();
    let is_contact = roles.contains(&role::CLIENT_CONTACT);
    if roles.is_empty() {
        problem("roles", missing());
    } else if roles.len() < typed.roles.len() || (is_contact && roles.len() > 1) {
        problem("roles", Fault::NotAChoice);
    }
    let team = Some(typed.team.trim()).filter(|text| !text.is_empty());
    let team: Option<Option<TeamKey>> =
        team.map(|text| playbook.teams.iter().map(|team| &team.key).find(|key| key.as_str() == text).cloned());
    if team == Some(None) {
        problem("team", Fault::NotAChoice);
    }
    let clients: Vec<ClientCode> = playbook
        .clients
        .iter()
        .map(|client| &client.code)
        .filter(|code| typed.clients.iter().any(|typed| typed == code.as_str()))
        .cloned()
        .collect();
    if clients.len() < typed.clients.len() {
        problem("clients", Fault::NotAChoice);
    } else if is_contact && clients.is_empty() {
        problem("clients", missing());
    }
    let manager = Some(typed.manager.trim()).filter(|text| !text.is_empty()).map(PersonId::new);
    if manager.as_ref().is_some_and(|id| roster.get(id).is_none_or(|listed| listed.left)) {
        problem("manager", Fault::NotAPerson);
    }
    for (field, text) in [("department", &typed.department), ("business_line", &typed.business_line), ("region", &typed.region)] {
        if let Some(fault) = fault_of(text.trim()) {
            problem(field, fault);
        }
    }
    let filled = |text: &str| Some(text.trim()).filter(|text| !text.is_empty()).map(str::to_owned);
    let annual = filled(&typed.approval_limit_annual).map(|text| Money::parse(&text));
    if annual == Some(None) {
        problem("approval_limit_annual", Fault::NotMoney);
    }
    let over_band = filled(&typed.approval_limit_over_band).map(|text| BasisPoints::parse(&text));
    if over_band == Some(None) {
        problem("approval_limit_over_band", Fault::NotAPercentage);
    }
    if typed.zone.trim().parse::<chrono_tz::Tz>().is_err() {
        problem("zone", Fault::NotAChoice);
    }
    if !problems.is_empty() {
        return Err(DeskFault::Problems(problems));
    }
    Ok(Person {
        identity: Private::Kept(Identity { name: name.to_owned(), email: email.to_owned() }),
        roles,
        team: team.flatten(),
        department: filled(&typed.department),
        business_line: filled(&typed.business_line),
        region: filled(&typed.region),
        clients,
        manager,
        approval_limit_annual: annual.flatten(),
        approval_limit_over_band: over_band.flatten(),
        zone: typed.zone.trim().to_owned(),
    })
}
