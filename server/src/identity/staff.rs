//! Signing in with address and password.

use app::desk::{Answer, Browser, SessionCookie};
use offer::{
    id::{PersonId, role},
    ledger::AuthLevel,
    moment::Moment,
};

use super::{
    Household, Identity, Unreachable, folded,
    sessions::{Details, SESSION_OF_STAFF, Subject},
    throttle::network,
};
use crate::{
    security_log::{self, What, Who},
    store::CredentialRow,
};

/// The kind of credential that is a password.
pub(super) const PASSWORD: &str = "password";
/// The page after signing in.
const HOME: &str = "/";

impl Identity {
    /// Signs in. A wrong address, a wrong password, a person who left and too many attempts answer alike.
    pub(crate) async fn sign_in(&self, household: &dyn Household, email: &str, password: &str, browser: &Browser) -> Answer<SessionCookie> {
        match self.signed_in(household, &folded(email), password, browser).await {
            Ok(Some(set)) => Answer::Done(SessionCookie { set, go_to: HOME.to_owned() }),
            Ok(None) => Answer::SignIn,
            Err(Unreachable) => Answer::Unavailable,
        }
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
        if known.is_none_or(|known| known.member.is(&role::CLIENT_CONTACT)) {
            return Ok(None);
        }
        let subject = Subject { kind: SESSION_OF_STAFF, person: person.as_str().to_owned(), offer: None, details: Details::default() };
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
    ) -> Result<Option<String>, Unreachable> {
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
        self.throttles.account_from_network.forget(&attempt.account_from_network);
        let subject = Subject { kind: SESSION_OF_STAFF, person: person.as_str().to_owned(), offer: None, details: Details::default() };
        let (set, changes) = self.begin(subject, browser)?;
        self.store.change(&self.firm, changes).await?;
        security_log::done(What::SignIn, Who::Person(person.as_str()), &attempt.network);
        Ok(Some(set))
    }

    fn may_try(&self, attempt: &Attempt, now: Moment) -> bool {
        self.throttles.account_from_network.allows(&attempt.account_from_network, now)
            && self.throttles.account.allows(&attempt.account, now)
            && self.throttles.network.allows(&attempt.network, now)
    }

    fn count(&self, attempt: &Attempt, now: Moment) {
        self.throttles.account_from_network.count(&attempt.account_from_network, now);
        self.throttles.account.count(&attempt.account, now);
        self.throttles.network.count(&attempt.network, now);
    }

    /// The row of a new password.
    pub(crate) async fn credential(&self, person: &str, password: &str) -> Result<CredentialRow, Unreachable> {
        Ok(CredentialRow {
            person: person.to_owned(),
            kind: PASSWORD.to_owned(),
            hash: self.passwords.hash(password).await?,
            set_at: self.now().micros(),
            failures: 0,
            locked_until: 0,
        })
    }
}

/// What an attempt is counted under.
struct Attempt {
    account: String,
    network: String,
    account_from_network: String,
}

impl Attempt {
    fn of(email: &str, address: &str) -> Self {
        let network = network(address);
        Self { account: email.to_owned(), account_from_network: format!("{network} {email}"), network }
    }
}
