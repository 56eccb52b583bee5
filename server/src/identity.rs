//! Who is there: passwords, sessions, links and codes, and the viewer that follows from them.
//!
//! No session is ever made by a GET, and none is worth more than what the store says at this request: a [`Viewer`] is resolved anew each
//! time, from the session's row, the person's row and today's playbook. Secrets are stored as hashes only. Everything here that can be
//! asked by a stranger answers alike, and after the same work, whether what was asked for exists or not.
//!
//! - `passwords` hashes and judges them; `throttle` counts attempts.
//! - `cookies` names and writes the four cookies; `sessions` begins, resolves and ends sessions.
//! - `staff` signs people in; `joining` lets them in for the first time, and again when they forgot their password.
//! - `single_sign_on` signs in whom the firm's identity provider vouches for.
//! - `second_factor` knows codes of apps and recovery codes; `enrolling` sets them up, shows them once and takes them away.
//! - `account` is what somebody sees and changes of their own sign-in; `proof` asks again who they are; `notices` mails what changed.
//! - `invitations` makes links for candidates, clients and approvers, `codes` mails and takes the codes that open them.
//! - `known_browsers` are those in which an approver entered a code; `guests` are approvers who come by the link of a mail.
//! - `tokens` knows programs by their tokens.
//! - `kept_forms` keeps a refused form for the browser that sent it.

mod account;
mod codes;
mod common_passwords;
pub(crate) mod cookies;
mod enrolling;
mod guests;
mod household;
pub(crate) mod invitations;
mod joining;
mod kept_forms;
mod known_browsers;
mod notices;
mod passwords;
mod picture;
mod proof;
mod second_factor;
mod sessions;
mod single_sign_on;
mod staff;
mod stop;
mod throttle;
mod tokens;

#[cfg(test)]
pub(crate) mod tests;

use std::{fmt, sync::Arc};

use offer::moment::Moment;

pub(crate) use self::{
    cookies::Cookies,
    guests::{Asking, Guest},
    household::{FirmFace, Household, Known, MailWords, Unreachable},
    joining::JoinFault,
    passwords::Passwords,
    single_sign_on::CalledBack,
    throttle::{Throttle, network},
};
use crate::{clock::Clock, config::SessionTimes, oidc::Provider, store::Store};

/// Knows who is there, for one firm.
pub(crate) struct Identity {
    store: Store,
    firm: String,
    clock: Arc<Clock>,
    times: SessionTimes,
    cookies: Cookies,
    passwords: Passwords,
    throttles: Throttles,
    /// The firm's identity provider; nothing when the operator named none.
    provider: Option<Provider>,
}

/// How often something may be tried. Generous to a person, hopeless for a program.
struct Throttles {
    /// Wrong passwords for one account from one network.
    account_from_network: Throttle,
    /// Wrong passwords for one account from everywhere: slower to fill, so that a stranger cannot lock somebody out cheaply.
    account: Throttle,
    /// Wrong passwords, codes and links from one network.
    network: Throttle,
    /// Codes asked for from one network.
    code_requests: Throttle,
    /// Wrong codes of one person's second factor, from everywhere: whoever is asked for one knew the password.
    second_step: Throttle,
    /// Links for one forgotten password.
    resets: Throttle,
}

impl Throttles {
    fn new() -> Self {
        const QUARTER_OF_AN_HOUR: i64 = 15 * 60;
        Self {
            account_from_network: Throttle::new(10, QUARTER_OF_AN_HOUR),
            account: Throttle::new(100, QUARTER_OF_AN_HOUR),
            network: Throttle::new(60, QUARTER_OF_AN_HOUR),
            code_requests: Throttle::new(60, QUARTER_OF_AN_HOUR),
            second_step: Throttle::new(10, QUARTER_OF_AN_HOUR),
            resets: Throttle::new(3, 3600),
        }
    }
}

impl fmt::Debug for Identity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Identity").field("firm", &self.firm).finish_non_exhaustive()
    }
}

impl Identity {
    /// Identity over an open store.
    ///
    /// # Errors
    /// [`Unreachable`] when the system gives no random numbers.
    pub(crate) fn new(store: Store, firm: &str, clock: Arc<Clock>, times: SessionTimes, cookies: Cookies) -> Result<Self, Unreachable> {
        let passwords = Passwords::new()?;
        Ok(Self { store, firm: firm.to_owned(), clock, times, cookies, passwords, throttles: Throttles::new(), provider: None })
    }

    /// The same with the identity provider of the firm.
    pub(crate) fn with_provider(self, provider: Option<Provider>) -> Self {
        Self { provider, ..self }
    }

    /// The cookies of this site.
    pub(crate) const fn cookies(&self) -> &Cookies {
        &self.cookies
    }

    fn now(&self) -> Moment {
        self.clock.now()
    }

    /// Removes what is over: sessions, codes, kept forms. For the clockwork.
    ///
    /// # Errors
    /// [`Unreachable`].
    pub(crate) async fn sweep(&self) -> Result<(), Unreachable> {
        let now = self.now();
        self.store.sweep_sessions(&self.firm, now.micros()).await?;
        // a code that is over still says for which invitation another one is asked
        self.store.sweep_codes(&self.firm, now.plus_seconds(-3600).micros()).await?;
        self.sweep_tokens().await?;
        self.store.sweep_kept_forms(&self.firm, now.micros()).await?;
        self.store.sweep_known_browsers(&self.firm, now.micros()).await?;
        self.store.sweep_invitations(&self.firm, joining::RESET, now.micros()).await?;
        Ok(())
    }
}

/// An address as it is looked for: people do not remember capitals.
pub(crate) fn folded(email: &str) -> String {
    email.trim().to_lowercase()
}
