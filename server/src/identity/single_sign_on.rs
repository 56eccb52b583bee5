//! Signing in at the firm's identity provider.
//!
//! Whoever goes there leaves a question behind, sealed and for this browser: its id is the `state` of the answer. It is answered once, within ten
//! minutes, by the browser that asked. Who the provider vouches for is a person of ours by issuer and subject, never by an address of mail.
//! Coming back begins a session and does nothing else; a link is made by a button on a page of ours.

mod linking;

use app::{
    api::identity::percent,
    desk::{Answer, Browser, SessionCookie, SingleSignOn, SsoStop, SsoWants},
};
use offer::{
    id::{PersonId, role},
    ledger::{AuthLevel, hex},
    moment::Moment,
};
use serde::{Deserialize, Serialize};

use super::{
    Household, Identity, Known, Unreachable,
    staff::FirstStep,
    stop::{Stop, answer},
    throttle::network,
};
use crate::{
    clock::Clock,
    fresh::Token,
    oidc::{OidcFault, Provider, Question, Vouched},
    security_log::{self, What, Who},
    store::{AppendError, Change, ReceiptRow, SsoLinkRow, Unique},
};

/// How long an answer is awaited, and how long whoever came back may think about a link.
const AWAITED_SECONDS: i64 = 10 * 60;
/// The page on the way to the provider, and on the way back.
const PAGE: &str = "/sign-in/sso";
/// One's own sign-in.
const ACCOUNT: &str = "/account";

/// The answer of a provider, as the browser brings it.
#[derive(Clone, Default, Deserialize)]
pub(crate) struct CalledBack {
    /// Which question it answers.
    #[serde(default)]
    state: String,
    /// To be exchanged for whom the provider vouches.
    #[serde(default)]
    code: String,
    /// Whom it is from.
    iss: Option<String>,
    /// Why there is no code.
    error: Option<String>,
}

impl std::fmt::Debug for CalledBack {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("CalledBack(..)")
    }
}

/// What is kept, sealed, for one browser: never a form, so that neither is read for the other.
#[derive(Clone, Serialize, Deserialize)]
#[serde(tag = "kept", rename_all = "snake_case", deny_unknown_fields)]
enum Errand {
    /// A question that the provider is asked.
    Asked {
        /// The question.
        question: Question,
        /// What follows from the answer.
        wants: SsoWants,
        /// Who asks; nobody who signs in.
        person: Option<String>,
        /// Where to go then.
        to: String,
    },
    /// Whom the provider vouched for, until somebody says that it is them.
    Found {
        /// For whom.
        vouched: Vouched,
        /// Who that would be here.
        person: String,
        /// Whether they come to sign in.
        signs_in: bool,
        /// Where to go then.
        to: String,
    },
}

/// Why somebody comes back without what they wanted, and to which page.
struct Back {
    wants: SsoWants,
    to: String,
    stop: SsoStop,
}

impl Identity {
    /// What people call the identity provider of the firm; nothing when there is none.
    pub(crate) fn single_sign_on(&self) -> Option<String> {
        self.provider.as_ref().map(|provider| provider.settings().label.clone())
    }

    /// The provider, and since when somebody is linked to it.
    pub(super) async fn single_sign_on_of(&self, person: &PersonId) -> Result<Option<SingleSignOn>, Unreachable> {
        let Some(provider) = &self.provider else { return Ok(None) };
        let link = self.store.sso_link_of(&self.firm, &provider.settings().issuer, person.as_str()).await?;
        let linked_at = link.and_then(|link| Moment::from_micros(link.linked_at));
        Ok(Some(SingleSignOn { label: provider.settings().label.clone(), linked_at }))
    }

    /// Begins to ask the provider: the page that leads there, or the one that says why not. To link one's account takes a fresh proof.
    pub(crate) async fn begin_single_sign_on(
        &self,
        household: &dyn Household,
        wants: SsoWants,
        to: &str,
        browser: &Browser,
    ) -> Answer<String> {
        answer(self.single_sign_on_begun(household, wants, to, browser).await)
    }

    async fn single_sign_on_begun(&self, household: &dyn Household, wants: SsoWants, to: &str, browser: &Browser) -> Result<String, Stop> {
        let provider = self.provider.as_ref().ok_or(Stop::NotFound)?;
        let person = match wants {
            SsoWants::SignIn => None,
            SsoWants::Link => Some(self.must_be_proven(household, browser).await?),
            SsoWants::Prove => Some(self.must_be_here(household, browser).await?),
        };
        let person = person.map(|here| here.person().as_str().to_owned());
        if let Err(fault) = provider.is_there().await {
            return Ok(back_to(&self.stopped(fault, wants, to, browser)));
        }
        let asked = Errand::Asked { question: Question::new(wants == SsoWants::Prove)?, wants, person, to: to.to_owned() };
        let id = self.keep_errand(household, browser, &asked).await?;
        Ok(format!("{PAGE}?leaving={id}"))
    }

    /// Where the browser goes that left a question behind.
    pub(crate) async fn leaving_for_provider(&self, household: &dyn Household, id: &str, browser: &Browser) -> Answer<String> {
        let Some(provider) = &self.provider else { return Answer::NotFound };
        match self.errand(household, id, browser).await {
            Some(Errand::Asked { question, .. }) => match provider.address(id, &question).await {
                Ok(address) => Answer::Done(address),
                Err(_) => Answer::Unavailable,
            },
            _ => Answer::NotFound,
        }
    }

    /// Takes the provider's answer: the session that follows from it, if one does, and the page to go to. Says no more than that page.
    pub(crate) async fn called_back(&self, household: &dyn Household, answer: &CalledBack, browser: &Browser) -> SessionCookie {
        match self.answered(household, answer, browser).await {
            Ok(Ok(cookie)) => cookie,
            Ok(Err(back)) => SessionCookie { set: String::new(), go_to: back_to(&back) },
            Err(Unreachable) => SessionCookie { set: String::new(), go_to: format!("/sign-in?sso={}", SsoStop::Unreachable.code()) },
        }
    }

    async fn answered(
        &self,
        household: &dyn Household,
        answer: &CalledBack,
        browser: &Browser,
    ) -> Result<Result<SessionCookie, Back>, Unreachable> {
        let lost = |stop| Ok(Err(Back { wants: SsoWants::SignIn, to: String::new(), stop }));
        let Some(provider) = &self.provider else { return lost(SsoStop::Over) };
        let (now, network) = (self.now(), network(&browser.address));
        if self.throttles.network.wait_seconds(&network, now).is_some() {
            security_log::refused(What::SignInThrottled, Who::Network(&network), "single sign-on");
            return lost(SsoStop::TooMany);
        }
        let Some(Errand::Asked { question, wants, person, to }) = self.errand(household, &answer.state, browser).await else {
            self.throttles.network.count(&network, now);
            security_log::refused(What::SingleSignOn, Who::Network(&network), "state");
            return lost(SsoStop::Over);
        };
        // before anything is asked of the provider: of two who bring the same answer, one is heard
        match self.store.change(&self.firm, self.answered_once(&answer.state)).await {
            Err(AppendError::Duplicate(Unique::Receipt)) => return lost(SsoStop::Over),
            other => other?,
        }
        if answer.error.is_some() || answer.code.is_empty() {
            security_log::refused(What::SingleSignOn, Who::Network(&network), "declined");
            return Ok(Err(Back { wants, to, stop: SsoStop::Declined }));
        }
        // a rehearsal's clock is not the provider's
        let system_now = Clock::System.now();
        let vouched = provider.vouched(&answer.code, answer.iss.as_deref(), &question, system_now.micros() / 1_000_000).await;
        let vouched = match vouched {
            Ok(vouched) => vouched,
            Err(fault) => return Ok(Err(self.stopped(fault, wants, &to, browser))),
        };
        let shown_at = shown_at(&vouched, now, system_now);
        let link = self.store.sso_link(&self.firm, &vouched.issuer, &vouched.subject).await?;
        let outcome = match wants {
            SsoWants::SignIn => self.signs_in(household, provider, vouched, link, shown_at, &to, browser).await?,
            SsoWants::Prove => self.proves(household, link, shown_at, person.as_deref(), &to, browser).await?,
            SsoWants::Link => match (link, person) {
                (None, Some(person)) => {
                    Ok(self.to_be_confirmed(household, Errand::Found { vouched, person, signs_in: false, to: to.clone() }, browser).await?)
                }
                _ => Err(SsoStop::Taken),
            },
        };
        Ok(outcome.map_err(|stop| {
            security_log::refused(What::SingleSignOn, Who::Network(&network), stop.code());
            Back { wants, to, stop }
        }))
    }

    #[expect(clippy::too_many_arguments, reason = "what one answer of a provider comes to")]
    async fn signs_in(
        &self,
        household: &dyn Household,
        provider: &Provider,
        vouched: Vouched,
        link: Option<SsoLinkRow>,
        shown_at: Moment,
        to: &str,
        browser: &Browser,
    ) -> Result<Result<SessionCookie, SsoStop>, Unreachable> {
        let Some(link) = link else {
            let person = if provider.settings().link_by_verified_email { self.recognized(household, &vouched).await? } else { None };
            return Ok(match person {
                Some(person) => {
                    let found = Errand::Found { vouched, person: person.as_str().to_owned(), signs_in: true, to: to.to_owned() };
                    Ok(self.to_be_confirmed(household, found, browser).await?)
                }
                None => Err(SsoStop::NotLinked),
            });
        };
        let person = PersonId::new(&link.person);
        if self.of_the_firm(household, &person).await?.is_none() {
            return Ok(Err(SsoStop::NotLinked));
        }
        let (cookie, session) = self.let_in(&person, first_step(&vouched, shown_at), browser).await?;
        self.store.change(&self.firm, session).await?;
        security_log::done(What::SingleSignOn, Who::Person(person.as_str()), &network(&browser.address));
        Ok(Ok(leading_to(cookie, to)))
    }

    async fn proves(
        &self,
        household: &dyn Household,
        link: Option<SsoLinkRow>,
        shown_at: Moment,
        person: Option<&str>,
        to: &str,
        browser: &Browser,
    ) -> Result<Result<SessionCookie, SsoStop>, Unreachable> {
        let here = self.here(household, browser).await?.filter(|here| person == Some(here.person().as_str()));
        let Some(here) = here else { return Ok(Err(SsoStop::Over)) };
        if link.is_none_or(|link| link.person != here.person().as_str()) {
            return Ok(Err(SsoStop::NotLinked));
        }
        let (set, session) = self.begin_again_shown_at(shown_at, &here, here.known.member.auth_level, browser)?;
        self.store.change(&self.firm, session).await?;
        security_log::done(What::SingleSignOn, Who::Person(here.person().as_str()), &network(&browser.address));
        Ok(Ok(leading_to(SessionCookie { set, go_to: "/".to_owned() }, to)))
    }

    /// Somebody of the firm who is still there. A client's contact comes by mail, a program by its token.
    async fn of_the_firm(&self, household: &dyn Household, person: &PersonId) -> Result<Option<Known>, Unreachable> {
        let known = household.known(person, AuthLevel::SingleSignOn).await?;
        Ok(known.filter(|known| !known.member.is(&role::CLIENT_CONTACT) && !known.member.is_program()))
    }

    async fn to_be_confirmed(&self, household: &dyn Household, found: Errand, browser: &Browser) -> Result<SessionCookie, Unreachable> {
        let id = self.keep_errand(household, browser, &found).await?;
        Ok(SessionCookie { set: String::new(), go_to: format!("{PAGE}?found={id}") })
    }

    fn stopped(&self, fault: OidcFault, wants: SsoWants, to: &str, browser: &Browser) -> Back {
        let network = network(&browser.address);
        security_log::refused(What::SingleSignOn, Who::Network(&network), fault.code());
        let stop = match fault {
            OidcFault::Unreachable => SsoStop::Unreachable,
            OidcFault::Refused | OidcFault::Unsound(_) => {
                self.throttles.network.count(&network, self.now());
                SsoStop::Unsound
            }
        };
        Back { wants, to: to.to_owned(), stop }
    }

    async fn keep_errand(&self, household: &dyn Household, browser: &Browser, errand: &Errand) -> Result<String, Unreachable> {
        let clear = serde_json::to_vec(errand).map_err(|_| Unreachable)?;
        self.keep_for(household, browser, &clear, AWAITED_SECONDS).await
    }

    async fn errand(&self, household: &dyn Household, id: &str, browser: &Browser) -> Option<Errand> {
        serde_json::from_slice(&self.kept_bytes(household, browser, id).await?).ok()
    }

    /// The rows that make an id count once.
    fn answered_once(&self, id: &str) -> Vec<Change> {
        let hash = Token::read(id).map(|id| id.digest().0.to_vec()).unwrap_or_default();
        let receipt =
            ReceiptRow { actor: PAGE.to_owned(), once: hex::encode(&hash), at: self.now().micros(), asked: hash, result: "{}".to_owned() };
        [Change::Receipt(receipt)].into_iter().chain(Self::let_go(id)).collect()
    }
}

/// When somebody showed at the provider who they are, by our clock; long ago when the provider does not say.
fn shown_at(vouched: &Vouched, now: Moment, system_now: Moment) -> Moment {
    let age_seconds = vouched.shown_at.map(|at| (system_now.micros() / 1_000_000).saturating_sub(at).max(0));
    match age_seconds {
        // whatever is older than a session has been proves nothing any more
        Some(age_seconds) if age_seconds < 24 * 3600 => now.plus_seconds(-age_seconds),
        _ => now.plus_seconds(-24 * 3600),
    }
}

const fn first_step(vouched: &Vouched, shown_at: Moment) -> FirstStep {
    FirstStep { auth_level: AuthLevel::SingleSignOn, vouched: vouched.second_factor, shown_at }
}

/// Leads to where somebody wanted; the second step, if there is one, leads on from there.
fn leading_to(mut cookie: SessionCookie, to: &str) -> SessionCookie {
    if !to.is_empty() {
        cookie.go_to = if cookie.go_to == "/" { to.to_owned() } else { format!("{}?to={}", cookie.go_to, percent(to)) };
    }
    cookie
}

fn back_to(back: &Back) -> String {
    let page = match back.wants {
        SsoWants::SignIn => "/sign-in",
        SsoWants::Link => ACCOUNT,
        SsoWants::Prove => "/account/prove",
    };
    let to = if back.to.is_empty() || back.wants == SsoWants::Link { String::new() } else { format!("&to={}", percent(&back.to)) };
    format!("{page}?sso={}{to}", back.stop.code())
}
