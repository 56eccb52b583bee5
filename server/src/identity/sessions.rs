//! Sessions: begun by a POST, resolved at every request, ended for good.

use app::desk::{Browser, Viewer};
use offer::{
    id::{OfferId, PersonId},
    ledger::AuthLevel,
};
use serde::{Deserialize, Serialize};

use super::{Household, Identity, Unreachable, cookies::Cookie, invitations::REVOKED, network};
use crate::{
    fresh::Token,
    security_log::{self, What, Who},
    store::{Change, SessionRow},
};

/// A session of staff.
pub(super) const SESSION_OF_STAFF: &str = "person";
/// A session of a candidate, for one offer.
pub(super) const SESSION_OF_CANDIDATE: &str = "candidate";
/// A session of a client's contact.
pub(super) const SESSION_OF_CLIENT: &str = "client";

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
}

impl Identity {
    /// A new session: the `Set-Cookie` value, and the rows to write with whatever opens it. The browser's session before it ends.
    pub(super) fn begin(&self, subject: Subject, browser: &Browser) -> Result<(String, Vec<Change>), Unreachable> {
        let (token, now) = (Token::new()?, self.now());
        let auth_level = if subject.kind == SESSION_OF_STAFF { "password" } else { "code" };
        let row = SessionRow {
            token_hash: token.digest().0.to_vec(),
            kind: subject.kind.to_owned(),
            subject: subject.person,
            offer: subject.offer,
            auth_level: auth_level.to_owned(),
            created_at: now.micros(),
            last_seen_at: now.micros(),
            expires_at: now.plus_seconds(self.times.absolute_seconds).micros(),
            details: serde_json::to_string(&subject.details).map_err(|_| Unreachable)?,
        };
        let mut changes: Vec<Change> = end_of(browser).into_iter().collect();
        changes.push(Change::Session(row));
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
        let Some(token) = Token::read(&browser.session) else { return Ok(Viewer::Nobody) };
        let (hash, now) = (token.digest().0, self.now());
        let Some(row) = self.store.session(&self.firm, &hash, now.micros()).await? else { return Ok(Viewer::Nobody) };
        let silent_seconds = now.micros().saturating_sub(row.last_seen_at) / 1_000_000;
        if silent_seconds >= self.times.idle_seconds {
            self.store.change(&self.firm, vec![Change::SessionEnd { token_hash: hash.to_vec() }]).await?;
            return Ok(Viewer::Nobody);
        }
        let viewer = self.viewer_of(household, &row, browser).await?;
        if by_hand && silent_seconds >= NOTED_EVERY_SECONDS && viewer != Viewer::Nobody {
            self.store.session_seen(&self.firm, &hash, now.micros()).await?;
        }
        Ok(viewer)
    }

    async fn viewer_of(&self, household: &dyn Household, row: &SessionRow, browser: &Browser) -> Result<Viewer, Unreachable> {
        let details: Details = serde_json::from_str(&row.details).unwrap_or_default();
        let person = PersonId::new(&row.subject);
        match (row.kind.as_str(), &row.offer) {
            (SESSION_OF_STAFF, _) => Ok(match household.known(&person, AuthLevel::Password).await? {
                Some(known) => Viewer::Staff { member: known.member, name: known.name, zone: known.zone },
                None => Viewer::Nobody,
            }),
            (SESSION_OF_CLIENT, _) if self.still_stands(&details).await? => Ok(match household.known(&person, AuthLevel::Code).await? {
                Some(known) => Viewer::Client { member: known.member, name: known.name, zone: known.zone },
                None => Viewer::Nobody,
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
