//! Sessions: begun by a POST, resolved at every request, ended for good.

use app::desk::{Browser, Viewer};
use offer::{
    access::Actor,
    id::{OfferId, PersonId, role},
    ledger::AuthLevel,
    moment::Moment,
};
use serde::{Deserialize, Serialize};

use super::{Household, Identity, Known, Unreachable, cookies::Cookie, invitations::REVOKED, network};
use crate::{
    fresh::Token,
    security_log::{self, What, Who},
    store::{Change, SessionRow},
};

/// A session of staff.
pub(super) const SESSION_OF_STAFF: &str = "person";
/// Not a session yet: the first step of signing in is done, and the second is awaited.
pub(super) const SECOND_STEP: &str = "second_step";
/// A session of a candidate, for one offer.
pub(super) const SESSION_OF_CANDIDATE: &str = "candidate";
/// A session of a client's contact.
pub(super) const SESSION_OF_CLIENT: &str = "client";

/// How long the second step is awaited.
const SECOND_STEP_SECONDS: i64 = 10 * 60;
/// How long somebody who showed who they are is not asked again.
pub(super) const PROVEN_SECONDS: i64 = 15 * 60;
/// A request is noted at most this often.
const NOTED_EVERY_SECONDS: i64 = 60;

/// Whose session begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Subject {
    /// One of the kinds above.
    pub(super) kind: &'static str,
    /// The person.
    pub(super) person: String,
    /// The one offer of a candidate.
    pub(super) offer: Option<String>,
    /// How they showed who they are.
    pub(super) auth_level: AuthLevel,
    /// How it came about.
    pub(super) details: Details,
}

/// What else stands in the row of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Details {
    /// The address whose code opened it.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) email: String,
    /// The invitation that it came through, as hex of its hash.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) invitation: String,
    /// When the person last showed who they are, microseconds UTC.
    #[serde(default)]
    pub(super) proven_at: i64,
    /// Whether the identity provider vouched for a second factor.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) vouched: bool,
    /// The network address it began at, for the list of one's own sessions.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) address: String,
    /// What the browser called itself then.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub(super) user_agent: String,
}

/// A session of staff with the person as they are known now.
#[derive(Debug)]
pub(super) struct Here {
    /// Its row.
    pub(super) row: SessionRow,
    /// The rest of its row.
    pub(super) details: Details,
    /// Whose it is.
    pub(super) known: Known,
    /// Whether they showed who they are within the last quarter of an hour.
    pub(super) proven: bool,
    /// Whether the session is as strong as the roles of the person ask for.
    pub(super) strong: bool,
}

impl Here {
    /// Who acts.
    pub(super) fn actor(&self) -> Actor {
        Actor::Member(self.known.member.clone())
    }

    /// The person.
    pub(super) const fn person(&self) -> &PersonId {
        &self.known.member.id
    }
}

/// The level that a row of a session names; the weakest for a name that nobody knows.
pub(super) fn level_of(code: &str) -> AuthLevel {
    let levels = [AuthLevel::Code, AuthLevel::SecondFactor, AuthLevel::SingleSignOn];
    levels.into_iter().find(|level| level.code() == code).unwrap_or(AuthLevel::Password)
}

impl Identity {
    /// A new session of somebody who shows now who they are: the `Set-Cookie` value, and the rows to write with whatever opens it. The browser's
    /// session before it ends.
    pub(super) fn begin(&self, subject: Subject, browser: &Browser) -> Result<(String, Vec<Change>), Unreachable> {
        self.begin_shown_at(self.now(), subject, browser)
    }

    /// The same for somebody who may have shown it earlier.
    pub(super) fn begin_shown_at(
        &self,
        shown_at: Moment,
        subject: Subject,
        browser: &Browser,
    ) -> Result<(String, Vec<Change>), Unreachable> {
        let now = self.now();
        let seconds = if subject.kind == SECOND_STEP { SECOND_STEP_SECONDS } else { self.times.absolute_seconds };
        let details = Details {
            proven_at: shown_at.micros(),
            address: browser.address.clone(),
            user_agent: browser.user_agent.clone(),
            ..subject.details
        };
        let row = SessionRow {
            token_hash: Vec::new(),
            kind: subject.kind.to_owned(),
            subject: subject.person,
            offer: subject.offer,
            auth_level: subject.auth_level.code().to_owned(),
            created_at: now.micros(),
            last_seen_at: now.micros(),
            expires_at: now.plus_seconds(seconds).micros(),
            details: String::new(),
        };
        self.with_new_token(row, &details, browser)
    }

    /// A session of staff in place of another one that goes on as strong as this, just proven, under a token of its own.
    pub(super) fn begin_again(&self, here: &Here, level: AuthLevel, browser: &Browser) -> Result<(String, Vec<Change>), Unreachable> {
        self.begin_again_shown_at(self.now(), here, level, browser)
    }

    /// The same for somebody who may have shown it earlier.
    pub(super) fn begin_again_shown_at(
        &self,
        shown_at: Moment,
        here: &Here,
        level: AuthLevel,
        browser: &Browser,
    ) -> Result<(String, Vec<Change>), Unreachable> {
        let row = SessionRow { auth_level: level.code().to_owned(), last_seen_at: self.now().micros(), ..here.row.clone() };
        self.with_new_token(row, &Details { proven_at: shown_at.micros(), ..here.details.clone() }, browser)
    }

    fn with_new_token(&self, row: SessionRow, details: &Details, browser: &Browser) -> Result<(String, Vec<Change>), Unreachable> {
        let token = Token::new()?;
        let details = serde_json::to_string(details).map_err(|_| Unreachable)?;
        let mut changes: Vec<Change> = end_of(browser).into_iter().collect();
        changes.push(Change::Session(SessionRow { token_hash: token.digest().0.to_vec(), details, ..row }));
        Ok((self.cookies.set(Cookie::Session, token.text()), changes))
    }

    /// Who looks, by the cookie of the request, with the grants that hold now. Anything odd is nobody.
    ///
    /// # Errors
    /// [`Unreachable`].
    pub(crate) async fn viewer(&self, household: &dyn Household, browser: &Browser) -> Result<Viewer, Unreachable> {
        self.looked_at(household, browser, true).await
    }

    /// The same for a request that nobody made by hand, as of a page that listens: it keeps no session awake.
    ///
    /// # Errors
    /// [`Unreachable`].
    pub(crate) async fn bystander(&self, household: &dyn Household, browser: &Browser) -> Result<Viewer, Unreachable> {
        self.looked_at(household, browser, false).await
    }

    async fn looked_at(&self, household: &dyn Household, browser: &Browser, by_hand: bool) -> Result<Viewer, Unreachable> {
        let Some(row) = self.living_session(browser).await? else { return Ok(Viewer::Nobody) };
        let viewer = self.viewer_of(household, &row, browser).await?;
        if by_hand && self.silent_seconds(&row) >= NOTED_EVERY_SECONDS && viewer != Viewer::Nobody {
            self.store.session_seen(&self.firm, &row.token_hash, self.now().micros()).await?;
        }
        Ok(viewer)
    }

    /// The row behind this browser's cookie. One that was silent for too long ends here.
    pub(super) async fn living_session(&self, browser: &Browser) -> Result<Option<SessionRow>, Unreachable> {
        let Some(token) = Token::read(&browser.session) else { return Ok(None) };
        let Some(row) = self.store.session(&self.firm, &token.digest().0, self.now().micros()).await? else { return Ok(None) };
        if self.is_over(&row) {
            self.store.change(&self.firm, vec![Change::SessionEnd { token_hash: row.token_hash }]).await?;
            return Ok(None);
        }
        Ok(Some(row))
    }

    /// Whether a session was silent for too long.
    pub(super) fn is_over(&self, row: &SessionRow) -> bool {
        self.silent_seconds(row) >= self.times.idle_seconds
    }

    fn silent_seconds(&self, row: &SessionRow) -> i64 {
        self.now().micros().saturating_sub(row.last_seen_at) / 1_000_000
    }

    /// The session of staff at this browser, with whoever it belongs to; nothing for anybody else.
    pub(super) async fn here(&self, household: &dyn Household, browser: &Browser) -> Result<Option<Here>, Unreachable> {
        match self.living_session(browser).await? {
            Some(row) => self.here_by(household, row).await,
            None => Ok(None),
        }
    }

    async fn here_by(&self, household: &dyn Household, row: SessionRow) -> Result<Option<Here>, Unreachable> {
        if row.kind != SESSION_OF_STAFF {
            return Ok(None);
        }
        let level = level_of(&row.auth_level);
        let known = household.known(&PersonId::new(&row.subject), level).await?;
        // however a session came about: a program has none
        let Some(known) = known.filter(|known| !known.member.is_program()) else { return Ok(None) };
        let details: Details = serde_json::from_str(&row.details).unwrap_or_default();
        let age_seconds = self.now().micros().saturating_sub(details.proven_at) / 1_000_000;
        let proven = (0..PROVEN_SECONDS).contains(&age_seconds);
        let strong = level == AuthLevel::SecondFactor || details.vouched || !known.member.needs_second_factor();
        Ok(Some(Here { row, details, known, proven, strong }))
    }

    async fn viewer_of(&self, household: &dyn Household, row: &SessionRow, browser: &Browser) -> Result<Viewer, Unreachable> {
        let details: Details = serde_json::from_str(&row.details).unwrap_or_default();
        let person = PersonId::new(&row.subject);
        match (row.kind.as_str(), &row.offer) {
            (SESSION_OF_STAFF, _) => Ok(match self.here_by(household, row.clone()).await? {
                Some(Here { known, strong: false, .. }) => {
                    Viewer::Enrolling { person: known.member.id, name: known.name, zone: known.zone }
                }
                Some(Here { known, proven, .. }) => Viewer::Staff { member: known.member, name: known.name, zone: known.zone, proven },
                None => Viewer::Nobody,
            }),
            (SESSION_OF_CLIENT, _) if self.still_stands(&details).await? => Ok(match household.known(&person, AuthLevel::Code).await? {
                // a link and a code are worth an account of a client's, and never one of the firm's own people
                Some(known) if known.member.roles == [role::CLIENT_CONTACT] => {
                    Viewer::Client { member: known.member, name: known.name, zone: known.zone }
                }
                _ => Viewer::Nobody,
            }),
            (SESSION_OF_CANDIDATE, Some(offer)) if self.still_stands(&details).await? => {
                let (address, user_agent) = (browser.address.clone(), browser.user_agent.clone());
                Ok(Viewer::Candidate { person, offer: OfferId::new(offer), email: details.email, address, user_agent })
            }
            _ => Ok(Viewer::Nobody),
        }
    }

    /// Whether the invitation that a session came through was not taken back since.
    async fn still_stands(&self, details: &Details) -> Result<bool, Unreachable> {
        let Some(hash) = offer::ledger::hex::decode::<32>(&details.invitation) else { return Ok(false) };
        let invitation = self.store.invitation(&self.firm, &hash).await?;
        Ok(invitation.is_some_and(|invitation| invitation.state != REVOKED))
    }

    /// Ends the session of this browser; the `Set-Cookie` value takes the cookie away.
    ///
    /// # Errors
    /// [`Unreachable`]: the session may still live.
    pub(crate) async fn sign_out(&self, browser: &Browser) -> Result<String, Unreachable> {
        if let Some(end) = end_of(browser) {
            self.store.change(&self.firm, vec![end]).await?;
            security_log::done(What::SignOut, Who::Network(&network(&browser.address)), "");
        }
        Ok(self.cookies.clear(Cookie::Session))
    }
}

fn end_of(browser: &Browser) -> Option<Change> {
    Token::read(&browser.session).map(|token| Change::SessionEnd { token_hash: token.digest().0.to_vec() })
}
