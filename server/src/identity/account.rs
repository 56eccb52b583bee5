//! What somebody sees and changes of their own sign-in: sessions and the password.

use app::desk::{AccountPage, Answer, Browser, SessionCookie, SessionLine};
use offer::{
    id::PersonId,
    ledger::{Digest, hex},
    moment::Moment,
    person::CredentialChange,
};

use super::{
    Household, Identity, Unreachable,
    joining::links_closed,
    passwords::fault_of,
    second_factor::APP,
    sessions::{Details, Here, SESSION_OF_STAFF, level_of},
    staff::PASSWORD,
    stop::{Stop, answer},
};
use crate::store::{Change, SessionRow};

/// The page.
const ACCOUNT: &str = "/account";
/// Characters of the name of a session on its page.
const KEY_CHARACTERS: usize = 16;

/// How somebody signs in, without anything of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SignsIn {
    /// Open sessions.
    pub(crate) sessions: usize,
    /// Whether they have a password.
    pub(crate) has_password: bool,
    /// Whether they set up a second factor.
    pub(crate) has_second_factor: bool,
    /// Whether they are linked to the identity provider.
    pub(crate) is_linked: bool,
}

impl Identity {
    /// Everything about one's own sign-in, and nothing that is secret.
    pub(crate) async fn account(&self, household: &dyn Household, browser: &Browser) -> Answer<AccountPage> {
        answer(self.account_page(household, browser).await)
    }

    async fn account_page(&self, household: &dyn Household, browser: &Browser) -> Result<AccountPage, Stop> {
        let here = self.must_be_here(household, browser).await?;
        let person = here.person().as_str();
        let credentials = self.store.credentials_of(&self.firm, person).await?;
        let set_at = |kind: &str| credentials.iter().find(|row| row.kind == kind).and_then(|row| Moment::from_micros(row.set_at));
        let rows = self.sessions_of(&here).await?;
        Ok(AccountPage {
            name: here.known.name.clone(),
            email: here.known.email.clone(),
            sessions: rows.iter().rev().filter_map(|row| line(row, &here)).collect(),
            password_set_at: set_at(PASSWORD),
            second_factor_set_at: set_at(APP),
            second_factor_needed: here.known.member.needs_second_factor(),
            single_sign_on: self.single_sign_on_of(here.person()).await?,
            recovery_codes_left: self.recovery_codes_left(here.person()).await?,
            now: self.now(),
        })
    }

    /// How somebody signs in, for whoever runs people.
    ///
    /// # Errors
    /// [`Unreachable`].
    pub(crate) async fn standing_of(&self, person: &PersonId) -> Result<SignsIn, Unreachable> {
        let rows = self.store.sessions_of(&self.firm, person.as_str(), self.now().micros()).await?;
        let credentials = self.store.credentials_of(&self.firm, person.as_str()).await?;
        Ok(SignsIn {
            sessions: rows.iter().filter(|row| row.kind == SESSION_OF_STAFF && !self.is_over(row)).count(),
            has_password: credentials.iter().any(|row| row.kind == PASSWORD),
            has_second_factor: credentials.iter().any(|row| row.kind == APP),
            is_linked: self.single_sign_on_of(person).await?.is_some_and(|sso| sso.linked_at.is_some()),
        })
    }

    /// The sessions of whoever is here that still open something.
    async fn sessions_of(&self, here: &Here) -> Result<Vec<SessionRow>, Stop> {
        let rows = self.store.sessions_of(&self.firm, here.person().as_str(), self.now().micros()).await?;
        Ok(rows.into_iter().filter(|row| row.kind == SESSION_OF_STAFF && !self.is_over(row)).collect())
    }

    /// Ends one of one's own sessions, by the name it has on the page.
    pub(crate) async fn end_session(&self, household: &dyn Household, key: &str, browser: &Browser) -> Answer<()> {
        answer(self.ended(household, key, browser).await)
    }

    async fn ended(&self, household: &dyn Household, key: &str, browser: &Browser) -> Result<(), Stop> {
        let here = self.must_be_proven(household, browser).await?;
        let rows = self.sessions_of(&here).await?;
        let row = rows.into_iter().find(|row| key_of(row) == key && row.token_hash != here.row.token_hash).ok_or(Stop::NotFound)?;
        Ok(self.store.change(&self.firm, vec![Change::SessionEnd { token_hash: row.token_hash }]).await?)
    }

    /// Ends every session, this one too.
    pub(crate) async fn sign_out_everywhere(&self, household: &dyn Household, browser: &Browser) -> Answer<SessionCookie> {
        answer(self.signed_out_everywhere(household, browser).await)
    }

    async fn signed_out_everywhere(&self, household: &dyn Household, browser: &Browser) -> Result<SessionCookie, Stop> {
        let here = self.must_be_proven(household, browser).await?;
        self.store.change(&self.firm, vec![Change::SessionsEnd { subject: here.person().as_str().to_owned() }]).await?;
        Ok(SessionCookie { set: self.cookies.clear(super::cookies::Cookie::Session), go_to: "/sign-in".to_owned() })
    }

    /// Changes the password. It takes the one before; every other session ends, and this one goes on under a new token.
    pub(crate) async fn change_password(
        &self,
        household: &dyn Household,
        current: &str,
        password: &str,
        browser: &Browser,
    ) -> Answer<SessionCookie> {
        answer(self.password_changed(household, current, password, browser).await)
    }

    async fn password_changed(
        &self,
        household: &dyn Household,
        current: &str,
        password: &str,
        browser: &Browser,
    ) -> Result<SessionCookie, Stop> {
        let here = self.must_be_here(household, browser).await?;
        let face = household.face().await;
        // first what can be said without trying the password
        if let Some(fault) = fault_of(password, &[&here.known.name, &here.known.email, &face.name]) {
            return Err(Stop::at("password", fault));
        }
        self.password_must_fit(&here, current, "current_password", browser).await?;
        let person = here.person().as_str().to_owned();
        let mut changes =
            vec![Change::Credential(self.credential(&person, password).await?), Change::SessionsEnd { subject: person.clone() }];
        let (set, session) = self.begin_again(&here, here.known.member.auth_level, browser)?;
        changes.extend(session);
        changes.extend(links_closed(here.person()));
        self.changed(household, &here.known, &here.actor(), CredentialChange::PasswordSet, changes).await??;
        Ok(SessionCookie { set, go_to: ACCOUNT.to_owned() })
    }
}

/// The name of a session on its page. From it nobody gets back to the token, nor to what the store looks for.
fn key_of(row: &SessionRow) -> String {
    hex::encode(&Digest::of(&row.token_hash).0).chars().take(KEY_CHARACTERS).collect()
}

fn line(row: &SessionRow, here: &Here) -> Option<SessionLine> {
    let details: Details = serde_json::from_str(&row.details).unwrap_or_default();
    Some(SessionLine {
        key: key_of(row),
        address: details.address,
        user_agent: details.user_agent,
        began: Moment::from_micros(row.created_at)?,
        seen: Moment::from_micros(row.last_seen_at)?,
        level: level_of(&row.auth_level),
        is_this: row.token_hash == here.row.token_hash,
    })
}
