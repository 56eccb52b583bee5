//! The port of the pages, for whoever runs people. What may be done to whom is decided by the model.

mod typed;

use app::desk::{
    Answer, Browser, People, PeopleAsk, PeoplePage, PersonChoices, PersonHistory, PersonLine, PersonPage, PersonTyped, SeeTo, TokenTyped,
    Viewer,
};
use async_trait::async_trait;
use offer::{
    access::{Actor, Member},
    field::FieldKey,
    id::{PersonId, TokenId, role},
    intake::{Fault, Problem},
    ledger::ActorKind,
    lifecycle::Refusal,
    person::{CredentialChange, PersonCommand, PersonEvent, PersonRefusal, Standing, decide, may_see_to},
};

use self::typed::{choices, read};
use super::{
    DeskFault, HouseDesk, Listed, Port,
    fault::answer,
    ledger::Told,
    people::{CONTACT, Roster, STAFF, folded, nothing_left_open},
    playbooks::Shelved,
};
use crate::{fresh, identity::Unreachable, store::Change};

/// People on one page of the list.
const PEOPLE_MAX: usize = 300;
/// How often a change is decided again when somebody else changed people meanwhile.
const TRIES: usize = 5;

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

    async fn make_token(&self, viewer: &Viewer, browser: &Browser, id: &PersonId, typed: &TokenTyped) -> Answer<String> {
        self.token_made(viewer, browser, id, typed).await
    }

    async fn revoke_token(&self, viewer: &Viewer, id: &PersonId, token: &TokenId) -> Answer<()> {
        self.token_revoked(viewer, id, token).await
    }

    async fn new_token(&self, viewer: &Viewer, browser: &Browser, id: &PersonId, made: &str) -> Answer<String> {
        self.token_shown(viewer, browser, id, made).await
    }

    async fn token_kept(&self, viewer: &Viewer, made: &str) -> Answer<()> {
        self.token_copied(viewer, made).await
    }
}

/// Whoever runs people; for others there is nothing of it.
pub(super) fn runner(viewer: &Viewer) -> Result<&Member, DeskFault> {
    match viewer {
        Viewer::Staff { member, .. } if member.runs_people() => Ok(member),
        Viewer::Staff { .. } => Err(DeskFault::NotFound),
        _ => Err(DeskFault::SignIn),
    }
}

/// The same, a short while after they showed who they are: everything that changes somebody weighs.
pub(super) fn proven_runner(viewer: &Viewer) -> Result<Actor, DeskFault> {
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
    pub(super) async fn decide_about(
        &self,
        by: &Actor,
        id: &PersonId,
        command: &PersonCommand,
        along: Vec<Change>,
    ) -> Result<(), DeskFault> {
        for _ in 0..TRIES {
            let (roster, current) = (self.roster().await?, self.current().await?);
            let event = decide(by, id, &standing(&roster), &current.playbook.roles, command)?;
            // written on the strength of the people who were looked at, or not at all
            match self.tell_person_by(&roster, id, event, by, along.clone()).await {
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
                ActorKind::Person | ActorKind::ClientContact | ActorKind::ApiToken => roster.name(&PersonId::new(&told.by.id)),
                ActorKind::Operator => app::words::en::person::operator(&told.by.id),
                ActorKind::Candidate | ActorKind::Clockwork => String::new(),
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
            is_program: listed.person.is_program(),
            tokens: if yours { self.token_lines(id, &roster).await? } else { Vec::new() },
            yours,
            sessions: signs_in.sessions,
            has_password: signs_in.has_password,
            has_second_factor: signs_in.has_second_factor,
            is_linked: signs_in.is_linked,
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
        let signs_in = !is_contact && !person.is_program();
        let kind = if is_contact { CONTACT } else { STAFF };
        let email = folded(person.email().unwrap_or_default());
        let known = self.house.store.person_by_email(self.house.firm(), kind, &email).await?;
        // whoever left and comes back keeps their history
        let id = match known {
            Some(row) => PersonId::new(row.person),
            None => PersonId::new(fresh::id(self.house.now())?),
        };
        self.house.decide_about(&by, &id, &PersonCommand::Join { person }, Vec::new()).await?;
        if signs_in {
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
        if comes_back && !listed.is_contact && !person.is_program() {
            self.invite(person.email().unwrap_or_default()).await?;
        }
        Ok(())
    }

    async fn seen_to(&self, viewer: &Viewer, id: &PersonId, what: SeeTo) -> Result<(), DeskFault> {
        let by = proven_runner(viewer)?;
        let (roster, current) = (self.house.roster().await?, self.house.current().await?);
        let listed = roster.get(id).ok_or(DeskFault::NotFound)?;
        let (everybody, sheets) = (standing(&roster), &current.playbook.roles);
        match what {
            SeeTo::Leave => self.house.decide_about(&by, id, &PersonCommand::Leave, nothing_left_open(id)).await,
            SeeTo::ResetSecondFactor => {
                decide(&by, id, &everybody, sheets, &PersonCommand::ResetSecondFactor)?;
                was_reset(self.identity.reset_second_factor(&self.house, id, &by).await)
            }
            SeeTo::ResetSingleSignOn => {
                decide(&by, id, &everybody, sheets, &PersonCommand::ResetSingleSignOn)?;
                was_reset(self.identity.reset_single_sign_on(&self.house, id, &by).await)
            }
            SeeTo::Invite if listed.person.is_program() => Err(PersonRefusal::Program.into()),
            SeeTo::Invite | SeeTo::EndSessions if listed.left => Err(PersonRefusal::NotThere.into()),
            SeeTo::Invite => {
                may_see_to(&by, id, &everybody, sheets)?;
                self.invite(listed.person.email().unwrap_or_default()).await
            }
            SeeTo::EndSessions => {
                may_see_to(&by, id, &everybody, sheets)?;
                let event = PersonEvent::Credential { change: CredentialChange::SessionsEnded };
                let subject = id.as_str().to_owned();
                self.house.tell_person_by(&roster, id, event, &by, vec![Change::SessionsEnd { subject }]).await
            }
        }
    }

    async fn invite(&self, email: &str) -> Result<(), DeskFault> {
        self.identity.invite_to_join(&self.house, email).await.map(drop).map_err(|_| DeskFault::OutOfReach)
    }
}

/// What was taken away for somebody, who may not have had it.
fn was_reset(reset: Result<bool, Unreachable>) -> Result<(), DeskFault> {
    match reset {
        Ok(true) => Ok(()),
        Ok(false) => Err(PersonRefusal::NothingChanges.into()),
        Err(Unreachable) => Err(DeskFault::OutOfReach),
    }
}

/// Everybody as the rules about people look at them.
pub(super) fn standing(roster: &Roster) -> Vec<Standing<'_>> {
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
