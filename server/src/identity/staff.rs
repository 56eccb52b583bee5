//! Signing in: address and password first, then, for whoever set one up, the second factor.

use app::desk::{Answer, Browser, SessionCookie};
use offer::{
    id::{PersonId, role},
    ledger::AuthLevel,
    moment::Moment,
};

use super::{
    Household, Identity, Unreachable, folded,
    sessions::{Details, SECOND_STEP, SESSION_OF_STAFF, Subject, level_of},
    stop::{Stop, answer},
    throttle::network,
};
use crate::{
    security_log::{self, What, Who},
    store::{AppendError, Change, CredentialRow, Unique},
};

/// The kind of credential that is a password.
pub(super) const PASSWORD: &str = "password";
/// The page after signing in.
const HOME: &str = "/";
/// The page that asks for the second step.
const SECOND_STEP_PAGE: &str = "/sign-in/code";

/// The first step of signing in, done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct FirstStep {
    /// How.
    pub(super) auth_level: AuthLevel,
    /// Whether the firm's identity provider saw to the second step itself.
    pub(super) vouched: bool,
    /// When.
    pub(super) shown_at: Moment,
}

impl FirstStep {
    /// By a password that was entered now.
    pub(super) const fn by_password(now: Moment) -> Self {
        Self { auth_level: AuthLevel::Password, vouched: false, shown_at: now }
    }
}

impl Identity {
    /// Signs in. A wrong address, a wrong password, a person who left and too many attempts answer alike.
    pub(crate) async fn sign_in(&self, household: &dyn Household, email: &str, password: &str, browser: &Browser) -> Answer<SessionCookie> {
        match self.signed_in(household, &folded(email), password, browser).await {
            Ok(Some(cookie)) => Answer::Done(cookie),
            Ok(None) => Answer::SignIn,
            Err(Unreachable) => Answer::Unavailable,
        }
    }

    /// The second step. A wrong code, a used one and too many of them answer alike.
    pub(crate) async fn second_step(&self, household: &dyn Household, code: &str, browser: &Browser) -> Answer<SessionCookie> {
        answer(self.stepped(household, code, browser).await)
    }

    /// Whether this browser is between the two steps.
    pub(crate) async fn awaits_second_step(&self, browser: &Browser) -> bool {
        matches!(self.living_session(browser).await, Ok(Some(row)) if row.kind == SECOND_STEP)
    }

    async fn stepped(&self, household: &dyn Household, code: &str, browser: &Browser) -> Result<SessionCookie, Stop> {
        let row = self.living_session(browser).await?.filter(|row| row.kind == SECOND_STEP).ok_or(Stop::SignIn)?;
        let person = PersonId::new(&row.subject);
        let known = household.known(&person, AuthLevel::SecondFactor).await?.ok_or(Stop::SignIn)?;
        let (now, network) = (self.now(), network(&browser.address));
        let throttles = &self.throttles;
        if !(throttles.second_step.allows(person.as_str(), now) && throttles.network.allows(&network, now)) {
            tracing::warn!(network, "too many codes of a second factor");
            return Err(Stop::wrong("code"));
        }
        let Some(fits) = self.fits(household, &person, code).await? else {
            throttles.second_step.count(person.as_str(), now);
            throttles.network.count(&network, now);
            if !throttles.second_step.allows(person.as_str(), now) {
                self.warn_of_tries(household, &known).await?;
            }
            return Err(Stop::wrong("code"));
        };
        throttles.second_step.forget(person.as_str());
        // what vouched for the first step stays in sight; the second makes it as strong as it gets
        let auth_level = AuthLevel::SecondFactor;
        tracing::info!(person = person.as_str(), first = level_of(&row.auth_level).code(), "signed in with a second factor");
        let subject = Subject { kind: SESSION_OF_STAFF, person: row.subject, offer: None, auth_level, details: Details::default() };
        let (set, session) = self.begin(subject, browser)?;
        let changes: Vec<Change> = fits.changes.into_iter().chain(session).collect();
        let written = match fits.recovery_left {
            Some(left) => self.recovery_code_used(household, &known, left, changes).await?,
            None => self.store.change(&self.firm, changes).await,
        };
        match written {
            // the same code, a moment earlier
            Err(AppendError::Duplicate(Unique::Receipt)) => Err(Stop::wrong("code")),
            other => Ok(other.map(|()| SessionCookie { set, go_to: HOME.to_owned() })?),
        }
    }

    /// Lets somebody in whose first step is done: a session, or the way to the second step for whoever set one up.
    pub(super) async fn let_in(
        &self,
        person: &PersonId,
        step: FirstStep,
        browser: &Browser,
    ) -> Result<(SessionCookie, Vec<Change>), Unreachable> {
        let awaits = !step.vouched && self.has_app(person).await?;
        let (kind, page) = if awaits { (SECOND_STEP, SECOND_STEP_PAGE) } else { (SESSION_OF_STAFF, HOME) };
        let details = Details { vouched: step.vouched, ..Details::default() };
        let subject = Subject { kind, person: person.as_str().to_owned(), offer: None, auth_level: step.auth_level, details };
        let (set, changes) = self.begin_shown_at(step.shown_at, subject, browser)?;
        Ok((SessionCookie { set, go_to: page.to_owned() }, changes))
    }

    /// Signs in as somebody of the firm, without any proof: for a demo, where anybody may be anybody.
    pub(crate) async fn be(&self, household: &dyn Household, person: &PersonId, browser: &Browser) -> Answer<SessionCookie> {
        match self.been(household, person, browser).await {
            Ok(Some(set)) => Answer::Done(SessionCookie { set, go_to: HOME.to_owned() }),
            Ok(None) => Answer::NotFound,
            Err(Unreachable) => Answer::Unavailable,
        }
    }

    async fn been(&self, household: &dyn Household, person: &PersonId, browser: &Browser) -> Result<Option<String>, Unreachable> {
        let known = household.known(person, AuthLevel::Password).await?;
        if known.is_none_or(|known| known.member.is(&role::CLIENT_CONTACT) || known.member.is_program()) {
            return Ok(None);
        }
        let (person, auth_level) = (person.as_str().to_owned(), AuthLevel::Password);
        let subject = Subject { kind: SESSION_OF_STAFF, person, offer: None, auth_level, details: Details::default() };
        let (set, changes) = self.begin(subject, browser)?;
        self.store.change(&self.firm, changes).await?;
        Ok(Some(set))
    }

    async fn signed_in(
        &self,
        household: &dyn Household,
        email: &str,
        password: &str,
        browser: &Browser,
    ) -> Result<Option<SessionCookie>, Unreachable> {
        let (now, attempt) = (self.now(), Attempt::of(email, &browser.address));
        if !self.may_try(&attempt, now) {
            security_log::refused(What::SignInThrottled, Who::Network(&attempt.network), "");
            return Ok(None);
        }
        let person = household.staff_at(email).await?;
        let subject = person.as_ref().map_or("", |person| person.as_str());
        let credential = self.store.credential(&self.firm, subject, PASSWORD).await?;
        let credential = credential.filter(|credential| credential.locked_until <= now.micros());
        let fits = self.passwords.verify(password, credential.as_ref().map(|credential| credential.hash.as_str())).await?;
        let Some(person) = person.filter(|_| fits) else {
            self.count(&attempt, now);
            // whether there is such an account stays here
            security_log::refused(What::SignIn, Who::Network(&attempt.network), "");
            return Ok(None);
        };
        self.forget(&attempt);
        let (cookie, changes) = self.let_in(&person, FirstStep::by_password(now), browser).await?;
        self.store.change(&self.firm, changes).await?;
        security_log::done(What::SignIn, Who::Person(person.as_str()), &attempt.network);
        Ok(Some(cookie))
    }

    pub(super) fn may_try(&self, attempt: &Attempt, now: Moment) -> bool {
        self.throttles.account_from_network.allows(&attempt.account_from_network, now)
            && self.throttles.account.allows(&attempt.account, now)
            && self.throttles.network.allows(&attempt.network, now)
    }

    pub(super) fn forget(&self, attempt: &Attempt) {
        self.throttles.account_from_network.forget(&attempt.account_from_network);
    }

    pub(super) fn count(&self, attempt: &Attempt, now: Moment) {
        self.throttles.account_from_network.count(&attempt.account_from_network, now);
        self.throttles.account.count(&attempt.account, now);
        self.throttles.network.count(&attempt.network, now);
    }

    /// The row of a new password.
    pub(crate) async fn credential(&self, person: &str, password: &str) -> Result<CredentialRow, Unreachable> {
        Ok(self.credential_row(person, PASSWORD, self.passwords.hash(password).await?))
    }
}

/// What an attempt is counted under.
pub(super) struct Attempt {
    account: String,
    network: String,
    account_from_network: String,
}

impl Attempt {
    pub(super) fn of(email: &str, address: &str) -> Self {
        let network = network(address);
        Self { account: email.to_owned(), account_from_network: format!("{network} {email}"), network }
    }
}
