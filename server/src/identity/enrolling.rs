//! Setting up a second factor, showing what is shown once, and taking it away.

use app::desk::{Answer, Browser, FactorSetUp, SessionCookie};
use offer::{access::Actor, id::PersonId, ledger::AuthLevel, lifecycle::Refusal, person::CredentialChange};
use serde::{Deserialize, Serialize};

use super::{
    Household, Identity, Unreachable, picture,
    second_factor::App,
    stop::{Stop, answer},
};
use crate::store::{AppendError, Change, Unique};

/// How long a secret waits for its first code.
const SET_UP_SECONDS: i64 = 30 * 60;
/// How long recovery codes can be read in the browser that made them, unless their owner says sooner that they are kept.
const SHOWN_SECONDS: i64 = 10 * 60;
/// The page that shows recovery codes.
const CODES_PAGE: &str = "/account/recovery-codes";

/// What is kept, sealed, for one browser: never a form, so that neither is read for the other.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kept", rename_all = "snake_case", deny_unknown_fields)]
enum Shown {
    /// A secret that waits for its first code.
    SetUp { person: String, secret: Vec<u8> },
    /// Recovery codes that were made.
    Codes { person: String, codes: Vec<String> },
}

impl Identity {
    /// Makes a secret for an app; the id under which its page finds it.
    pub(crate) async fn begin_second_factor(&self, household: &dyn Household, browser: &Browser) -> Answer<String> {
        answer(self.second_factor_begun(household, browser).await)
    }

    async fn second_factor_begun(&self, household: &dyn Household, browser: &Browser) -> Result<String, Stop> {
        let here = self.must_be_proven(household, browser).await?;
        let app = App::new(&household.face().await.name, &here.known.email)?;
        let shown = Shown::SetUp { person: here.person().as_str().to_owned(), secret: app.bytes().to_vec() };
        Ok(self.show(household, browser, &shown, SET_UP_SECONDS).await?)
    }

    /// The secret that waits for its first code, for whoever made it in this browser.
    pub(crate) async fn second_factor_set_up(&self, household: &dyn Household, id: &str, browser: &Browser) -> Answer<FactorSetUp> {
        answer(
            self.waiting_set_up(household, id, browser)
                .await
                .and_then(|(_, app)| Ok(FactorSetUp { picture: picture::of(&app.address()?)?, key: in_fours(&app.key()) })),
        )
    }

    async fn waiting_set_up(&self, household: &dyn Household, id: &str, browser: &Browser) -> Result<(super::sessions::Here, App), Stop> {
        let here = self.must_be_here(household, browser).await?;
        match self.shown(household, id, browser).await {
            Some(Shown::SetUp { person, secret }) if person == here.person().as_str() => {
                let app = App::of(secret, &household.face().await.name, &here.known.email)?;
                Ok((here, app))
            }
            _ => Err(Stop::NotFound),
        }
    }

    /// Takes the first code of a new app: it counts from now on, every other session ends, and recovery codes are shown next.
    pub(crate) async fn confirm_second_factor(
        &self,
        household: &dyn Household,
        id: &str,
        code: &str,
        browser: &Browser,
    ) -> Answer<SessionCookie> {
        answer(self.second_factor_confirmed(household, id, code, browser).await)
    }

    async fn second_factor_confirmed(
        &self,
        household: &dyn Household,
        id: &str,
        code: &str,
        browser: &Browser,
    ) -> Result<SessionCookie, Stop> {
        let (here, app) = self.waiting_set_up(household, id, browser).await?;
        if !here.proven {
            return Err(Refusal::ProveFirst.into());
        }
        let person = here.person().clone();
        let step = app.step_of(code, self.now()).ok_or(Stop::wrong("code"))?;
        let (codes, rows) = self.new_recovery_codes(&person).await?;
        let made = self.show(household, browser, &Shown::Codes { person: person.as_str().to_owned(), codes }, SHOWN_SECONDS).await?;
        let mut changes = vec![self.once(&person, &step.to_string()), self.app_row(household, &person, &app).await?];
        changes.extend(rows);
        changes.extend(Self::let_go(id));
        changes.push(Change::SessionsEnd { subject: person.as_str().to_owned() });
        let (set, session) = self.begin_again(&here, AuthLevel::SecondFactor, browser)?;
        changes.extend(session);
        match self.changed(household, &here.known, &here.actor(), CredentialChange::SecondFactorSet, changes).await? {
            Err(AppendError::Duplicate(Unique::Receipt)) => Err(Stop::wrong("code")),
            other => Ok(other.map(|()| SessionCookie { set, go_to: format!("{CODES_PAGE}?made={made}") })?),
        }
    }

    /// Makes new recovery codes in place of the earlier ones; the id under which their page finds them.
    pub(crate) async fn make_recovery_codes(&self, household: &dyn Household, browser: &Browser) -> Answer<String> {
        answer(self.recovery_codes_made(household, browser).await)
    }

    async fn recovery_codes_made(&self, household: &dyn Household, browser: &Browser) -> Result<String, Stop> {
        let here = self.must_be_proven(household, browser).await?;
        if !self.has_app(here.person()).await? {
            return Err(Stop::NotFound);
        }
        let (codes, rows) = self.new_recovery_codes(here.person()).await?;
        let person = here.person().as_str().to_owned();
        let id = self.show(household, browser, &Shown::Codes { person, codes }, SHOWN_SECONDS).await?;
        self.changed(household, &here.known, &here.actor(), CredentialChange::RecoveryCodesMade, rows).await??;
        Ok(id)
    }

    /// Recovery codes that were just made in this browser.
    pub(crate) async fn recovery_codes(&self, household: &dyn Household, id: &str, browser: &Browser) -> Answer<Vec<String>> {
        let here = match self.must_be_here(household, browser).await {
            Ok(here) => here,
            Err(stop) => return answer(Err(stop)),
        };
        match self.shown(household, id, browser).await {
            Some(Shown::Codes { person, codes }) if person == here.person().as_str() => Answer::Done(codes),
            _ => Answer::NotFound,
        }
    }

    /// The codes are written down: nothing shows them any more.
    pub(crate) async fn recovery_codes_kept(&self, household: &dyn Household, id: &str, browser: &Browser) -> Answer<()> {
        answer(self.codes_let_go(household, id, browser).await)
    }

    async fn codes_let_go(&self, household: &dyn Household, id: &str, browser: &Browser) -> Result<(), Stop> {
        self.must_be_here(household, browser).await?;
        Ok(self.store.change(&self.firm, Self::let_go(id).into_iter().collect()).await?)
    }

    /// Takes one's own second factor away, unless a role asks for it.
    pub(crate) async fn remove_second_factor(&self, household: &dyn Household, browser: &Browser) -> Answer<SessionCookie> {
        answer(self.second_factor_removed(household, browser).await)
    }

    async fn second_factor_removed(&self, household: &dyn Household, browser: &Browser) -> Result<SessionCookie, Stop> {
        let here = self.must_be_proven(household, browser).await?;
        if here.known.member.needs_second_factor() || !self.has_app(here.person()).await? {
            return Err(Stop::NotFound);
        }
        let mut changes = Self::without_second_factor(here.person());
        changes.push(Change::SessionsEnd { subject: here.person().as_str().to_owned() });
        let (set, session) = self.begin_again(&here, AuthLevel::Password, browser)?;
        changes.extend(session);
        self.changed(household, &here.known, &here.actor(), CredentialChange::SecondFactorRemoved, changes).await??;
        Ok(SessionCookie { set, go_to: "/account".to_owned() })
    }

    /// Takes somebody's second factor away for them, who is told by mail; their sessions end. Whether `by` may is not decided here.
    ///
    /// # Errors
    /// [`Unreachable`]. The answer says whether they had one.
    pub(crate) async fn reset_second_factor(&self, household: &dyn Household, person: &PersonId, by: &Actor) -> Result<bool, Unreachable> {
        let Some(known) = household.known(person, AuthLevel::Local).await? else { return Ok(false) };
        if !self.has_app(person).await? {
            return Ok(false);
        }
        let mut changes = Self::without_second_factor(person);
        changes.push(Change::SessionsEnd { subject: person.as_str().to_owned() });
        self.changed(household, &known, by, CredentialChange::SecondFactorReset, changes).await??;
        Ok(true)
    }

    async fn show(&self, household: &dyn Household, browser: &Browser, shown: &Shown, seconds: i64) -> Result<String, Unreachable> {
        let clear = serde_json::to_vec(shown).map_err(|_| Unreachable)?;
        self.keep_for(household, browser, &clear, seconds).await
    }

    async fn shown(&self, household: &dyn Household, id: &str, browser: &Browser) -> Option<Shown> {
        serde_json::from_slice(&self.kept_bytes(household, browser, id).await?).ok()
    }
}

/// A key in groups of four, as apps and people read it.
fn in_fours(key: &str) -> String {
    let signs: Vec<char> = key.chars().collect();
    signs.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}
