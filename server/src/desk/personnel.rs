//! The port of the pages, for whoever runs people. What may be done to whom is decided by the model.

use app::desk::{Answer, People, PeopleAsk, PeoplePage, PersonChoices, PersonHistory, PersonLine, PersonPage, PersonTyped, SeeTo, Viewer};
use async_trait::async_trait;
use offer::{
    access::{Actor, Member},
    field::{FieldKey, Gate},
    id::{ClientCode, PersonId, Role, TeamKey, role},
    intake::{Fault, Problem, email_is_plausible},
    ledger::ActorKind,
    lifecycle::Refusal,
    money::{BasisPoints, Money},
    person::{CredentialChange, Identity, Person, PersonCommand, PersonEvent, PersonRefusal, Standing, decide, may_see_to},
    private::Private,
};

use super::{
    DeskFault, HouseDesk, Listed, Port,
    fault::answer,
    ledger::Told,
    people::{CONTACT, Roster, STAFF, folded},
    playbooks::Shelved,
};
use crate::{fresh, store::Change};

/// People on one page of the list.
const PEOPLE_MAX: usize = 300;
/// How often a change is decided again when somebody else changed people meanwhile.
const TRIES: usize = 5;
/// The longest name, and the longest of the other texts.
const CHARACTERS_MAX: i64 = 120;

#[async_trait]
impl People for Port {
    async fn people(&self, viewer: &Viewer, ask: &PeopleAsk) -> Answer<PeoplePage> {
        answer(self.house.people_page(viewer, ask).await)
    }

    async fn person_choices(&self, viewer: &Viewer) -> Answer<PersonChoices> {
        answer(self.choices(viewer).await)
    }

    async fn person(&self, viewer: &Viewer, id: &PersonId) -> Answer<PersonPage> {
        answer(self.person_page(viewer, id).await)
    }

    async fn take_in(&self, viewer: &Viewer, typed: &PersonTyped) -> Answer<PersonId> {
        answer(self.taken_in(viewer, typed).await)
    }

    async fn move_person(&self, viewer: &Viewer, id: &PersonId, typed: &PersonTyped) -> Answer<()> {
        answer(self.moved(viewer, id, typed).await)
    }

    async fn see_to(&self, viewer: &Viewer, id: &PersonId, what: SeeTo) -> Answer<()> {
        answer(self.seen_to(viewer, id, what).await)
    }
}

/// Whoever runs people; for others there is nothing of it.
fn runner(viewer: &Viewer) -> Result<&Member, DeskFault> {
    match viewer {
        Viewer::Staff { member, .. } if member.runs_people() => Ok(member),
        Viewer::Staff { .. } => Err(DeskFault::NotFound),
        _ => Err(DeskFault::SignIn),
    }
}

/// The same, a short while after they showed who they are: everything that changes somebody weighs.
fn proven_runner(viewer: &Viewer) -> Result<Actor, DeskFault> {
    let member = runner(viewer)?;
    if viewer.is_proven() { Ok(Actor::Member(member.clone())) } else { Err(Refusal::ProveFirst.into()) }
}

impl From<PersonRefusal> for DeskFault {
    fn from(why: PersonRefusal) -> Self {
        match why {
            PersonRefusal::NotYours => Self::NotFound,
            // what is wrong with an answer stands beside it
            PersonRefusal::ManagerCircle | PersonRefusal::NoSuchManager => at("manager", Fault::NotAPerson),
            why => Refusal::Person { why }.into(),
        }
    }
}

fn at(field: &'static str, fault: Fault) -> DeskFault {
    DeskFault::Problems(vec![Problem { field: FieldKey::named(field), fault }])
}

impl HouseDesk {
    async fn people_page(&self, viewer: &Viewer, ask: &PeopleAsk) -> Result<PeoplePage, DeskFault> {
        runner(viewer)?;
        let (roster, current) = (self.roster().await?, self.current().await?);
        let sought = folded(&ask.words);
        let is_sought = |listed: &Listed| {
            let text = format!("{} {}", listed.person.name().unwrap_or_default(), listed.person.email().unwrap_or_default());
            let text = folded(&text);
            sought.split_whitespace().all(|word| text.split([' ', '@', '.', '-']).any(|own| own.starts_with(word)) || text.contains(word))
        };
        let mut found: Vec<&Listed> = roster.all().filter(|listed| listed.left == ask.left && is_sought(listed)).collect();
        found.sort_by_key(|listed| folded(listed.person.name().unwrap_or_default()));
        let more = found.len() > PEOPLE_MAX;
        let people = found.into_iter().take(PEOPLE_MAX).map(|listed| line(listed, &current)).collect();
        Ok(PeoplePage { people, more })
    }

    /// Decides about somebody, and appends what is decided with `along` in the same transaction.
    async fn decide_about(&self, by: &Actor, id: &PersonId, command: &PersonCommand, along: Vec<Change>) -> Result<(), DeskFault> {
        for _ in 0..TRIES {
            let (roster, current) = (self.roster().await?, self.current().await?);
            let event = decide(by, id, &standing(&roster), &current.playbook.roles, command)?;
            match self.tell_person(id, event, by, along.clone()).await {
                Err(DeskFault::Moved) => {}
                Err(DeskFault::InUse) => return Err(at("email", Fault::NotAnEmail)),
                other => return other,
            }
        }
        Err(DeskFault::OutOfReach)
    }

    async fn history_of_person(&self, id: &PersonId) -> Result<Vec<Told<PersonEvent>>, DeskFault> {
        let key = self.person_key(id.as_str()).await?;
        let rows = self.store.load(self.firm(), id.as_str()).await?;
        Ok(self.read::<PersonEvent>(&rows, key.as_ref())?.0)
    }
}

impl Port {
    async fn choices(&self, viewer: &Viewer) -> Result<PersonChoices, DeskFault> {
        let member = runner(viewer)?;
        let (roster, current) = (self.house.roster().await?, self.house.current().await?);
        Ok(choices(member, None, &roster, &current))
    }

    async fn person_page(&self, viewer: &Viewer, id: &PersonId) -> Result<PersonPage, DeskFault> {
        let member = runner(viewer)?;
        let (roster, current) = (self.house.roster().await?, self.house.current().await?);
        let listed = roster.get(id).ok_or(DeskFault::NotFound)?;
        let everybody = standing(&roster);
        let yours = may_see_to(&Actor::Member(member.clone()), id, &everybody, &current.playbook.roles).is_ok();
        let (mut history, mut before) = (Vec::new(), None);
        for told in self.house.history_of_person(id).await? {
            let stands = match &told.event {
                PersonEvent::Joined { person } | PersonEvent::Changed { person } => Some(person.clone()),
                _ => before.clone(),
            };
            let by = match told.by.kind {
                ActorKind::Person | ActorKind::ClientContact => roster.name(&PersonId::new(&told.by.id)),
                ActorKind::Operator => app::words::en::person::operator(&told.by.id),
                ActorKind::Candidate | ActorKind::ApiToken | ActorKind::Clockwork => String::new(),
            };
            history.push(PersonHistory { at: told.at, by, event: told.event, before });
            before = stands;
        }
        history.reverse();
        let signs_in = self.identity.standing_of(id).await.map_err(|_| DeskFault::OutOfReach)?;
        Ok(PersonPage {
            id: id.clone(),
            person: listed.person.clone(),
            left: listed.left,
            is_you: member.id == *id,
            is_contact: listed.is_contact,
            yours,
            sessions: signs_in.sessions,
            has_password: signs_in.has_password,
            has_second_factor: signs_in.has_second_factor,
            choices: choices(member, Some(listed), &roster, &current),
            history,
            names: roster.all().map(|listed| (listed.id.clone(), roster.name(&listed.id))).collect(),
            now: self.house.now(),
        })
    }

    async fn taken_in(&self, viewer: &Viewer, typed: &PersonTyped) -> Result<PersonId, DeskFault> {
        let by = proven_runner(viewer)?;
        let (roster, current) = (self.house.roster().await?, self.house.current().await?);
        let person = read(typed, None, &roster, &current)?;
        let is_contact = person.is(&role::CLIENT_CONTACT);
        let kind = if is_contact { CONTACT } else { STAFF };
        let email = folded(person.email().unwrap_or_default());
        let known = self.house.store.person_by_email(self.house.firm(), kind, &email).await?;
        // whoever left and comes back keeps their history
        let id = match known {
            Some(row) => PersonId::new(row.person),
            None => PersonId::new(fresh::id(self.house.now())?),
        };
        self.house.decide_about(&by, &id, &PersonCommand::Join { person }, Vec::new()).await?;
        if !is_contact {
            self.invite(&email).await?;
        }
        Ok(id)
    }

    async fn moved(&self, viewer: &Viewer, id: &PersonId, typed: &PersonTyped) -> Result<(), DeskFault> {
        let by = proven_runner(viewer)?;
        let (roster, current) = (self.house.roster().await?, self.house.current().await?);
        let listed = roster.get(id).ok_or(DeskFault::NotFound)?;
        let person = read(typed, Some(listed), &roster, &current)?;
        let comes_back = listed.left;
        let command =
            if comes_back { PersonCommand::Join { person: person.clone() } } else { PersonCommand::Move { person: person.clone() } };
        self.house.decide_about(&by, id, &command, Vec::new()).await?;
        if comes_back && !listed.is_contact {
            self.invite(person.email().unwrap_or_default()).await?;
        }
        Ok(())
    }

    async fn seen_to(&self, viewer: &Viewer, id: &PersonId, what: SeeTo) -> Result<(), DeskFault> {
        let by = proven_runner(viewer)?;
        let (roster, current) = (self.house.roster().await?, self.house.current().await?);
        let listed = roster.get(id).ok_or(DeskFault::NotFound)?;
        let (everybody, sheets) = (standing(&roster), &current.playbook.roles);
        let subject = id.as_str().to_owned();
        match what {
            SeeTo::Leave => self.house.decide_about(&by, id, &PersonCommand::Leave, vec![Change::SessionsEnd { subject }]).await,
            SeeTo::ResetSecondFactor => {
                decide(&by, id, &everybody, sheets, &PersonCommand::ResetSecondFactor)?;
                match self.identity.reset_second_factor(&self.house, id, &by).await {
                    Ok(true) => Ok(()),
                    Ok(false) => Err(PersonRefusal::NothingChanges.into()),
                    Err(_) => Err(DeskFault::OutOfReach),
                }
            }
            SeeTo::Invite | SeeTo::EndSessions if listed.left => Err(PersonRefusal::NotThere.into()),
            SeeTo::Invite => {
                may_see_to(&by, id, &everybody, sheets)?;
                self.invite(listed.person.email().unwrap_or_default()).await
            }
            SeeTo::EndSessions => {
                may_see_to(&by, id, &everybody, sheets)?;
                let event = PersonEvent::Credential { change: CredentialChange::SessionsEnded };
                self.house.tell_person(id, event, &by, vec![Change::SessionsEnd { subject }]).await
            }
        }
    }

    async fn invite(&self, email: &str) -> Result<(), DeskFault> {
        self.identity.invite_to_join(&self.house, email).await.map(drop).map_err(|_| DeskFault::OutOfReach)
    }
}

fn standing(roster: &Roster) -> Vec<Standing<'_>> {
    roster.all().map(|listed| Standing { id: &listed.id, person: &listed.person, left: listed.left }).collect()
}

fn line(listed: &Listed, current: &Shelved) -> PersonLine {
    let team = listed.person.team.as_ref().and_then(|key| current.playbook.teams.iter().find(|team| team.key == *key));
    PersonLine {
        id: listed.id.clone(),
        name: listed.person.name().unwrap_or_default().to_owned(),
        email: listed.person.email().unwrap_or_default().to_owned(),
        roles: listed.person.roles.clone(),
        team: team.map(|team| team.name.clone()).unwrap_or_default(),
        clients: listed.person.clients.clone(),
    }
}

/// What a form may choose from. Roles that the viewer may not give are left out, unless the person holds them.
fn choices(member: &Member, about: Option<&Listed>, roster: &Roster, current: &Shelved) -> PersonChoices {
    let playbook = &current.playbook;
    let holds = |role: &Role| about.is_some_and(|listed| listed.person.is(role));
    let fits = |role: &Role| match about {
        // a client's contact stays one, and nobody becomes one
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
fn read(typed: &PersonTyped, known: Option<&Listed>, roster: &Roster, current: &Shelved) -> Result<Person, DeskFault> {
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
    let name = typed.name.trim();
    if let Some(fault) = if name.is_empty() { Some(missing()) } else { fault_of(name) } {
        problem("name", fault);
    }
    let email = known.and_then(|known| known.person.email()).unwrap_or(typed.email.trim());
    if email.is_empty() {
        problem("email", missing());
    } else if !email_is_plausible(email) {
        problem("email", Fault::NotAnEmail);
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
