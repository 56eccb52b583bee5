//! Joining: the one-time link of an empty house, and invitations of people who were imported.

use app::{
    desk::{Answer, Browser, SessionCookie},
    words::en::mail as words,
};
use offer::{
    field::FieldKey,
    id::PersonId,
    intake::{Fault, Problem, email_is_plausible},
    ledger::AuthLevel,
};

use super::{
    Household, Identity, MailWords, Unreachable, folded,
    invitations::{OPEN, REVOKED},
    passwords::fault_of,
    sessions::{Details, SESSION_OF_STAFF, Subject},
};
use crate::{
    fresh::{self, Token},
    outbox::Part,
    security_log::{self, What, Who},
    store::{AppendError, Change, InvitationRow, OutboxRow, ReceiptRow, Unique},
};

/// The link that sets up an empty house.
const SET_UP: &str = "set-up";
/// The link of somebody who was imported.
const JOIN: &str = "join";
/// What a used link becomes.
const USED: &str = "used";
/// The page after joining.
const HOME: &str = "/";
/// How long a link to join opens.
const LINK_SECONDS: i64 = 7 * 24 * 3600;
/// People of one import who are invited in one transaction.
const INVITED_AT_ONCE: usize = 200;
/// The longest name.
const NAME_CHARACTERS_MAX: usize = 120;

/// Why nobody is invited to join.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum JoinFault {
    /// There is nobody with this address; `import people` comes first.
    NobodyThere,
    /// Somebody is there who may invite others: nothing is left to set up.
    SetUpAlready,
    /// The store is out of reach.
    Unreachable,
}

impl std::fmt::Display for JoinFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Self::NobodyThere => "there is nobody with this address; `import people` comes first",
            Self::SetUpAlready => "nothing is left to set up",
            Self::Unreachable => "the store is out of reach",
        })
    }
}

impl From<Unreachable> for JoinFault {
    fn from(_: Unreachable) -> Self {
        Self::Unreachable
    }
}

impl Identity {
    /// The path of a new one-time link that sets up an empty house; earlier ones stop working.
    ///
    /// # Errors
    /// [`JoinFault::SetUpAlready`], [`JoinFault::Unreachable`].
    pub(crate) async fn set_up_link(&self, household: &dyn Household) -> Result<String, JoinFault> {
        if household.has_an_administrator().await? {
            return Err(JoinFault::SetUpAlready);
        }
        let (path, changes) = self.link(SET_UP, "", "")?;
        self.store.change(&self.firm, changes).await.map_err(Unreachable::from)?;
        Ok(path)
    }

    /// Invites somebody who is known by address to set a password: the path of the link, which is also mailed. Earlier links stop
    /// working; so do the sessions, for this is also the way back for whoever lost their password.
    ///
    /// # Errors
    /// [`JoinFault::NobodyThere`], [`JoinFault::Unreachable`].
    pub(crate) async fn invite_to_join(&self, household: &dyn Household, email: &str) -> Result<String, JoinFault> {
        let email = folded(email);
        let person = household.staff_at(&email).await?.ok_or(JoinFault::NobodyThere)?;
        let known = household.known(&person, AuthLevel::Local).await?.ok_or(JoinFault::NobodyThere)?;
        let (path, mut changes) = self.link(JOIN, person.as_str(), &known.email)?;
        changes.push(Change::Outbox(self.mail_to_join(household, &person, &known.name, &known.email, &path).await?));
        changes.push(Change::SessionsEnd { subject: person.as_str().to_owned() });
        self.store.change(&self.firm, changes).await.map_err(Unreachable::from)?;
        security_log::done(What::Invited, Who::Person(person.as_str()), "");
        Ok(path)
    }

    /// Invites people who were just taken in, id with name and address, some hundred a transaction; who could not be invited.
    pub(crate) async fn invite_all_to_join(&self, household: &dyn Household, people: &[(PersonId, String, String)]) -> Vec<String> {
        let mut left = Vec::new();
        for part in people.chunks(INVITED_AT_ONCE) {
            if let Err(Unreachable) = self.invite_some_to_join(household, part).await {
                left.extend(part.iter().map(|(_, _, email)| email.clone()));
            }
        }
        left
    }

    async fn invite_some_to_join(&self, household: &dyn Household, people: &[(PersonId, String, String)]) -> Result<(), Unreachable> {
        let mut changes = Vec::new();
        for (person, name, email) in people {
            let (path, link) = self.link(JOIN, person.as_str(), email)?;
            changes.extend(link);
            changes.push(Change::Outbox(self.mail_to_join(household, person, name, email, &path).await?));
        }
        Ok(self.store.change(&self.firm, changes).await?)
    }

    async fn mail_to_join(
        &self,
        household: &dyn Household,
        person: &PersonId,
        name: &str,
        email: &str,
        path: &str,
    ) -> Result<OutboxRow, Unreachable> {
        let firm = household.face().await.name;
        let parts = vec![
            Part::Heading { text: words::join_heading(&firm) },
            Part::Paragraph { text: words::join_how(name) },
            Part::Link { label: words::JOIN_LINK.to_owned(), url: household.link(path) },
            Part::Footer { text: words::JOIN_UNTIL.to_owned() },
        ];
        let key = format!("join:{}", fresh::id(self.now())?);
        household.mail(key, person.as_str(), email, MailWords { subject: words::join_subject(&firm), parts }).await
    }

    fn link(&self, kind: &str, person: &str, address: &str) -> Result<(String, Vec<Change>), Unreachable> {
        let token = Token::new()?;
        let row = InvitationRow {
            token_hash: token.digest().0.to_vec(),
            offer: person.to_owned(),
            kind: kind.to_owned(),
            person: person.to_owned(),
            address: address.to_owned(),
            version: 0,
            state: OPEN.to_owned(),
            expires_at: self.now().plus_seconds(LINK_SECONDS).micros(),
            details: "{}".to_owned(),
        };
        let earlier =
            Change::InvitationsState { offer: person.to_owned(), kind: kind.to_owned(), was: OPEN.to_owned(), state: REVOKED.to_owned() };
        Ok((format!("/join/{}", token.text()), vec![earlier, Change::Invitation(row)]))
    }

    /// What a link is for: the address it was mailed to, empty for the set-up.
    pub(crate) async fn joining(&self, token: &str) -> Answer<String> {
        match self.joinable(token).await {
            Ok(Some(invitation)) => Answer::Done(invitation.address),
            Ok(None) => Answer::NotFound,
            Err(Unreachable) => Answer::Unavailable,
        }
    }

    async fn joinable(&self, token: &str) -> Result<Option<InvitationRow>, Unreachable> {
        let Some(token) = Token::read(token) else { return Ok(None) };
        let (invitation, now) = (self.store.invitation(&self.firm, &token.digest().0).await?, self.now().micros());
        Ok(invitation.filter(|row| [SET_UP, JOIN].contains(&row.kind.as_str()) && row.state == OPEN && row.expires_at > now))
    }

    /// Sets the first password behind a link and signs in.
    pub(crate) async fn join(
        &self,
        household: &dyn Household,
        token: &str,
        name: &str,
        email: &str,
        password: &str,
        browser: &Browser,
    ) -> Answer<SessionCookie> {
        let invitation = match self.joinable(token).await {
            Ok(Some(invitation)) => invitation,
            Ok(None) => return Answer::NotFound,
            Err(Unreachable) => return Answer::Unavailable,
        };
        let sets_up = invitation.kind == SET_UP;
        let (name, email) = (name.trim(), if sets_up { email.trim() } else { &invitation.address });
        let face = household.face().await;
        let mut problems = if sets_up { problems_of(name, email) } else { Vec::new() };
        if let Some(fault) = fault_of(password, &[name, email, &face.name]) {
            problems.push(Problem { field: FieldKey::named("password"), fault });
        }
        if !problems.is_empty() {
            return Answer::Problems(problems);
        }
        match self.joined(household, &invitation, name, email, password, browser).await {
            Ok(Some(set)) => Answer::Done(SessionCookie { set, go_to: HOME.to_owned() }),
            Ok(None) => Answer::NotFound,
            Err(Unreachable) => Answer::Unavailable,
        }
    }

    /// Nothing when somebody used the link a moment earlier.
    async fn joined(
        &self,
        household: &dyn Household,
        invitation: &InvitationRow,
        name: &str,
        email: &str,
        password: &str,
        browser: &Browser,
    ) -> Result<Option<String>, Unreachable> {
        let sets_up = invitation.kind == SET_UP;
        let person = if sets_up { PersonId::new(fresh::id(self.now())?) } else { PersonId::new(&invitation.person) };
        let subject = Subject { kind: SESSION_OF_STAFF, person: person.as_str().to_owned(), offer: None, details: Details::default() };
        let (set, session) = self.begin(subject, browser)?;
        let mut changes = vec![
            Change::Receipt(self.used(invitation)),
            Change::InvitationState { token_hash: invitation.token_hash.clone(), state: USED.to_owned() },
            Change::Credential(self.credential(person.as_str(), password).await?),
            Change::SessionsEnd { subject: person.as_str().to_owned() },
        ];
        changes.extend(session);
        let written =
            if sets_up { household.found(&person, name, email, changes).await? } else { self.store.change(&self.firm, changes).await };
        match written {
            Ok(()) => {
                security_log::done(What::Join, Who::Person(person.as_str()), if sets_up { SET_UP } else { JOIN });
                Ok(Some(set))
            }
            Err(AppendError::Duplicate(Unique::Receipt | Unique::PersonEmail)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The receipt whose key lets a link be used once, whoever comes at the same moment.
    fn used(&self, invitation: &InvitationRow) -> ReceiptRow {
        ReceiptRow {
            actor: JOIN.to_owned(),
            once: offer::ledger::hex::encode(&invitation.token_hash),
            at: self.now().micros(),
            asked: invitation.token_hash.clone(),
            result: "{}".to_owned(),
        }
    }
}

fn problems_of(name: &str, email: &str) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut problem = |field: &'static str, fault: Fault| problems.push(Problem { field: FieldKey::named(field), fault });
    if name.is_empty() {
        problem("name", Fault::Missing { gate: offer::field::Gate::Submit });
    } else if name.chars().any(char::is_control) {
        problem("name", Fault::ForbiddenCharacter);
    } else if name.chars().count() > NAME_CHARACTERS_MAX {
        problem("name", Fault::TooLong { characters_max: i64::try_from(NAME_CHARACTERS_MAX).unwrap_or(i64::MAX) });
    }
    if email.is_empty() {
        problem("email", Fault::Missing { gate: offer::field::Gate::Submit });
    } else if !email_is_plausible(email) {
        problem("email", Fault::NotAnEmail);
    }
    problems
}
