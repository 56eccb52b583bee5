//! Asking again: acts that weigh ask whoever does them to show within the last quarter of an hour that they are still who signed in.

use app::desk::{Answer, Browser, Proof, SessionCookie};
use offer::lifecycle::Refusal;

use super::{
    Household, Identity,
    second_factor::Fits,
    sessions::Here,
    staff::{Attempt, PASSWORD},
    stop::{Stop, answer},
};
use crate::store::{AppendError, Unique};

impl Identity {
    /// How somebody may show again who they are.
    pub(crate) async fn proof(&self, household: &dyn Household, browser: &Browser) -> Answer<Proof> {
        answer(self.ways_to_prove(household, browser).await)
    }

    async fn ways_to_prove(&self, household: &dyn Household, browser: &Browser) -> Result<Proof, Stop> {
        let here = self.must_be_here(household, browser).await?;
        Ok(Proof {
            email: here.known.email.clone(),
            by_password: self.store.credential(&self.firm, here.person().as_str(), PASSWORD).await?.is_some(),
            by_code: self.has_app(here.person()).await?,
            by_single_sign_on: self.single_sign_on_of(here.person()).await?.filter(|sso| sso.linked_at.is_some()).map(|sso| sso.label),
        })
    }

    /// Takes a password, or a code of the second factor. The session goes on under a new token.
    pub(crate) async fn prove(&self, household: &dyn Household, password: &str, code: &str, browser: &Browser) -> Answer<SessionCookie> {
        answer(self.proved(household, password, code, browser).await)
    }

    async fn proved(&self, household: &dyn Household, password: &str, code: &str, browser: &Browser) -> Result<SessionCookie, Stop> {
        let here = self.must_be_here(household, browser).await?;
        let by_code = password.is_empty() && !code.is_empty();
        let Fits { changes: once, recovery_left } = if by_code {
            self.code_must_fit(household, &here, code, browser).await?
        } else {
            self.password_must_fit(&here, password, "password", browser).await?;
            Fits { changes: Vec::new(), recovery_left: None }
        };
        let (set, session) = self.begin_again(&here, here.known.member.auth_level, browser)?;
        let changes = once.into_iter().chain(session).collect();
        let written = match recovery_left {
            Some(left) => self.recovery_code_used(household, &here.known, left, changes).await?,
            None => self.store.change(&self.firm, changes).await,
        };
        match written {
            Err(AppendError::Duplicate(Unique::Receipt)) => Err(Stop::wrong("code")),
            other => Ok(other.map(|()| SessionCookie { set, go_to: "/".to_owned() })?),
        }
    }

    async fn code_must_fit(&self, household: &dyn Household, here: &Here, code: &str, browser: &Browser) -> Result<Fits, Stop> {
        let attempt = Attempt::of(&super::folded(&here.known.email), &browser.address);
        let second_step = &self.throttles.second_step;
        let Some(left) = second_step.take(here.person().as_str(), self.now()).filter(|_| self.take(&attempt, self.now())) else {
            return Err(Stop::wrong("code"));
        };
        match self.fits(household, here.person(), code).await? {
            Some(fits) => {
                second_step.forget(here.person().as_str());
                self.was_right(&attempt);
                Ok(fits)
            }
            None => {
                if left == 0 {
                    self.warn_of_tries(household, &here.known).await?;
                }
                Err(Stop::wrong("code"))
            }
        }
    }

    /// Whether this is the password of whoever is here, counted like a sign-in.
    pub(super) async fn password_must_fit(&self, here: &Here, password: &str, field: &'static str, browser: &Browser) -> Result<(), Stop> {
        let attempt = Attempt::of(&super::folded(&here.known.email), &browser.address);
        if !self.take(&attempt, self.now()) {
            return Err(Stop::wrong(field));
        }
        let row = self.store.credential(&self.firm, here.person().as_str(), PASSWORD).await?;
        if self.passwords.verify(password, row.as_ref().map(|row| row.hash.as_str())).await? {
            self.was_right(&attempt);
            return Ok(());
        }
        Err(Stop::wrong(field))
    }

    /// The session of staff at this browser.
    pub(super) async fn must_be_here(&self, household: &dyn Household, browser: &Browser) -> Result<Here, Stop> {
        self.here(household, browser).await?.ok_or(Stop::SignIn)
    }

    /// The same, of somebody who showed who they are a short while ago.
    pub(super) async fn must_be_proven(&self, household: &dyn Household, browser: &Browser) -> Result<Here, Stop> {
        let here = self.must_be_here(household, browser).await?;
        if here.proven { Ok(here) } else { Err(Refusal::ProveFirst.into()) }
    }
}
