//! Joining: the one-time link of an empty house, invitations of people who were imported, and the way back for a forgotten password.

use app::{
    desk::{Answer, Browser, Joining, SessionCookie},
    words::en::mail as words,
};
use offer::{
    access::Actor,
    field::FieldKey,
    id::PersonId,
    intake::{Fault, Problem, email_is_plausible},
    ledger::AuthLevel,
    person::CredentialChange,
};

use super::{
    Household, Identity, MailWords, Unreachable, folded,
    invitations::{OPEN, REVOKED},
    passwords::fault_of,
    staff::{FirstStep, PASSWORD},
    throttle::network,
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
/// The link of somebody who forgot their password.
pub(super) const RESET: &str = "reset";
/// What a used link becomes.
const USED: &str = "used";
/// How long a link to join opens.
const LINK_SECONDS: i64 = 7 * 24 * 3600;
/// How long a link for a forgotten password opens.
const RESET_SECONDS: i64 = 3600;
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
            expires_at: self.now().plus_seconds(if kind == RESET { RESET_SECONDS } else { LINK_SECONDS }).micros(),
            details: "{}".to_owned(),
        };
        Ok((format!("/join/{}", token.text()), vec![closed(kind, person), Change::Invitation(row)]))
    }

    /// Mails a link to whoever forgot their password. The answer is the same, after the same work, whether there is such an address or not:
    /// a link is made in any case, and one that nobody was mailed opens nothing.
    pub(crate) async fn forgot_password(&self, household: &dyn Household, email: &str, browser: &Browser) -> Answer<()> {
        match self.password_forgotten(household, &folded(email), browser).await {
            Ok(()) => Answer::Done(()),
            Err(Unreachable) => Answer::Unavailable,
        }
    }

    async fn password_forgotten(&self, household: &dyn Household, email: &str, browser: &Browser) -> Result<(), Unreachable> {
        let (now, network) = (self.now(), network(&browser.address));
        let taken = self.throttles.code_requests.take(&network, now).and_then(|_| self.throttles.resets.take(email, now));
        if taken.is_none() {
            tracing::warn!(network, "too many links for forgotten passwords asked for");
            return Ok(());
        }
        let person = household.staff_at(email).await?;
        let known = match &person {
            Some(person) => household.known(person, AuthLevel::Link).await?,
            None => None,
        };
        let id = known.as_ref().map_or("", |known| known.member.id.as_str());
        let address = known.as_ref().map_or("nobody@invalid", |known| known.email.as_str());
        let (path, mut changes) = self.link(RESET, id, address)?;
        let firm = household.face().await.name;
        let parts = vec![
            Part::Heading { text: words::RESET_HEADING.to_owned() },
            Part::Paragraph { text: words::reset_how(&firm) },
            Part::Link { label: words::RESET_LINK.to_owned(), url: household.link(&path) },
            Part::Footer { text: words::RESET_UNTIL.to_owned() },
        ];
        let key = format!("reset:{}", fresh::id(now)?);
        let mail = household.mail(key, id, address, MailWords { subject: words::reset_subject(&firm), parts }).await?;
        // who never had a password signs in at the firm's provider: a first one by mail would go past what is asked for there
        let has_one = self.store.credential(&self.firm, id, PASSWORD).await?.is_some();
        if known.is_some() && (has_one || self.provider.is_none()) {
            changes.push(Change::Outbox(mail));
        }
        Ok(self.store.change(&self.firm, changes).await?)
    }

    /// What a link is for: the address it was mailed to, empty for the set-up.
    pub(crate) async fn joining(&self, household: &dyn Household, token: &str) -> Answer<Joining> {
        match self.joinable(household, token).await {
            Ok(Some(invitation)) => Answer::Done(Joining { is_reset: invitation.kind == RESET, address: invitation.address }),
            Ok(None) => Answer::NotFound,
            Err(Unreachable) => Answer::Unavailable,
        }
    }

    async fn joinable(&self, household: &dyn Household, token: &str) -> Result<Option<InvitationRow>, Unreachable> {
        let Some(token) = Token::read(token) else { return Ok(None) };
        let (found, now) = (self.store.invitation(&self.firm, &token.digest().0).await?, self.now().micros());
        let Some(invitation) = found.filter(|row| row.state == OPEN && row.expires_at > now) else { return Ok(None) };
        let opens = match invitation.kind.as_str() {
            // it stood in a log, and is worth nothing once the house has somebody who runs it
            SET_UP => !household.has_an_administrator().await?,
            // a link that was made for nobody
            JOIN | RESET => !invitation.person.is_empty(),
            _ => false,
        };
        Ok(opens.then_some(invitation))
    }

    /// Sets the password behind a link and signs in; whoever set up a second factor is asked for it next.
    pub(crate) async fn join(
        &self,
        household: &dyn Household,
        token: &str,
        name: &str,
        email: &str,
        password: &str,
        browser: &Browser,
    ) -> Answer<SessionCookie> {
        let invitation = match self.joinable(household, token).await {
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
            Ok(Some(cookie)) => Answer::Done(cookie),
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
    ) -> Result<Option<SessionCookie>, Unreachable> {
        let sets_up = invitation.kind == SET_UP;
        let person = if sets_up { PersonId::new(fresh::id(self.now())?) } else { PersonId::new(&invitation.person) };
        let (cookie, session) = self.let_in(&person, FirstStep::by_password(self.now()), browser).await?;
        let had_one = self.store.credential(&self.firm, person.as_str(), PASSWORD).await?.is_some();
        let mut changes = vec![
            Change::Receipt(self.used(invitation)),
            Change::InvitationState { token_hash: invitation.token_hash.clone(), state: USED.to_owned() },
            Change::Credential(self.credential(person.as_str(), password).await?),
            Change::SessionsEnd { subject: person.as_str().to_owned() },
        ];
        changes.extend(session);
        if !sets_up {
            changes.extend(links_closed(&person));
        }
        let written = if sets_up {
            household.found(&person, name, email, changes).await?
        } else {
            let Some(known) = household.known(&person, AuthLevel::Link).await? else { return Ok(None) };
            let by = Actor::Member(known.member.clone());
            if had_one {
                changes.push(self.notice(household, &known, &CredentialChange::PasswordSet).await?);
            }
            household.record(&person, CredentialChange::PasswordSet, &by, changes).await?
        };
        match written {
            Ok(()) => {
                security_log::done(What::Join, Who::Person(person.as_str()), if sets_up { SET_UP } else { JOIN });
                Ok(Some(cookie))
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

/// Every link that would still set somebody's password is closed: once there is a new one, an earlier mail is worth nothing.
pub(super) fn links_closed(person: &PersonId) -> [Change; 2] {
    [JOIN, RESET].map(|kind| closed(kind, person.as_str()))
}

fn closed(kind: &str, person: &str) -> Change {
    Change::InvitationsState { offer: person.to_owned(), kind: kind.to_owned(), was: OPEN.to_owned(), state: REVOKED.to_owned() }
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
