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
        let taken = throttles.network.take(&network, now).and_then(|_| throttles.second_step.take(person.as_str(), now));
        let Some(left) = taken else {
            tracing::warn!(network, "too many codes of a second factor");
            return Err(Stop::wrong("code"));
        };
        let Some(fits) = self.fits(household, &person, code).await? else {
            if left == 0 {
                self.warn_of_tries(household, &known).await?;
            }
            return Err(Stop::wrong("code"));
        };
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
            other => {
                other?;
                throttles.second_step.forget(person.as_str());
                throttles.network.give_back(&network);
                Ok(SessionCookie { set, go_to: HOME.to_owned() })
            }
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
        if !self.take(&attempt, now) {
            security_log::refused(What::SignInThrottled, Who::Network(&attempt.network), "");
            return Ok(None);
        }
        let person = household.staff_at(email).await?;
        let subject = person.as_ref().map_or("", |person| person.as_str());
        let credential = self.store.credential(&self.firm, subject, PASSWORD).await?;
        let credential = credential.filter(|credential| credential.locked_until <= now.micros());
        let fits = self.passwords.verify(password, credential.as_ref().map(|credential| credential.hash.as_str())).await?;
        let Some(person) = person.filter(|_| fits) else {
            // whether there is such an account stays here
            security_log::refused(What::SignIn, Who::Network(&attempt.network), "");
            return Ok(None);
        };
        self.was_right(&attempt);
        let (cookie, changes) = self.let_in(&person, FirstStep::by_password(now), browser).await?;
        self.store.change(&self.firm, changes).await?;
        security_log::done(What::SignIn, Who::Person(person.as_str()), &attempt.network);
        Ok(Some(cookie))
    }

    /// Takes an attempt at an account, if another may be made.
    pub(super) fn take(&self, attempt: &Attempt, now: Moment) -> bool {
        let throttles = &self.throttles;
        let of_the_network = throttles.account_from_network.take(&attempt.account_from_network, now);
        // the account last: what is refused here may not lock somebody out
        let taken = of_the_network.and_then(|_| throttles.network.take(&attempt.network, now));
        taken.and_then(|_| throttles.account.take(&attempt.account, now)).is_some()
    }

    /// The answer was right: what was taken is given back.
    pub(super) fn was_right(&self, attempt: &Attempt) {
        self.throttles.account_from_network.forget(&attempt.account_from_network);
        self.throttles.account.give_back(&attempt.account);
        self.throttles.network.give_back(&attempt.network);
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
