//! Codes: six digits to the address of an invitation, for ten minutes and the browser that asked.
//!
//! Asking for a code does the same work and gives the same answer whether the link lives or not: a code is made, hashed and stored in any
//! case, only the mail is missing, and a code that nobody was told opens nothing.

use app::{
    desk::{Answer, Browser, SessionCookie, Viewer},
    words::en::mail as words,
};
use offer::{
    id::{OfferId, PersonId},
    ledger::{AuthLevel, hex},
};

use super::{
    Household, Identity, MailWords, Unreachable,
    cookies::Cookie,
    invitations::{APPROVER, CANDIDATE},
    sessions::{Details, SESSION_OF_CANDIDATE, SESSION_OF_CLIENT, Subject},
    throttle::network,
};
use crate::{
    fresh::{self, Code, Token},
    outbox::Part,
    security_log::{self, What, Who},
    store::{AppendError, Change, CodeRow, InvitationRow, Unique},
};

/// How long a code opens.
pub(super) const CODE_SECONDS: i64 = 10 * 60;
/// How often a code may be answered.
pub(super) const TRIES_MAX: i64 = 5;
/// Codes for one invitation within this time.
const CODES_MAX: i64 = 5;
const CODES_WITHIN_SECONDS: i64 = 15 * 60;

/// The page that takes the code.
const CODE_PAGE: &str = "/o/code";
/// The candidate's page.
const CANDIDATE_PAGE: &str = "/o/offer";
/// The client's page.
const CLIENT_PAGE: &str = "/c";

impl Identity {
    /// Mails a code; without a token, for the invitation for which this browser asked last.
    pub(crate) async fn request_code(&self, household: &dyn Household, token: &str, browser: &Browser) -> Answer<SessionCookie> {
        match self.code_requested(household, token, browser).await {
            Ok(set) => Answer::Done(SessionCookie { set, go_to: CODE_PAGE.to_owned() }),
            Err(Unreachable) => Answer::Unavailable,
        }
    }

    async fn code_requested(&self, household: &dyn Household, token: &str, browser: &Browser) -> Result<String, Unreachable> {
        let (now, network) = (self.now(), network(&browser.address));
        if self.throttles.code_requests.take(&network, now).is_none() {
            security_log::refused(What::CodeThrottled, Who::Network(&network), "asked for");
            return Ok(String::new());
        }

        let hash = self.asked_for(token, browser).await?;
        let since = now.plus_seconds(-CODES_WITHIN_SECONDS).micros();
        if self.store.codes_since(&self.firm, &hash, since).await? >= CODES_MAX {
            return Ok(String::new());
        }
        let (id, code) = (fresh::id(now)?, Code::new()?);
        let row = CodeRow {
            id: id.clone(),
            invitation: hash.to_vec(),
            browser_hash: tie_hash(browser).to_vec(),
            code_hash: self.passwords.hash(code.text()).await?.into_bytes(),
            made_at: now.micros(),
            expires_at: now.plus_seconds(CODE_SECONDS).micros(),
            tries: 0,
            used_at: None,
        };
        let invitation = self.living_invitation(&hash).await?;
        let face = household.face().await;
        let to = invitation.as_ref().map_or("nobody@invalid", |invitation| &invitation.address);
        let mail = household.mail(format!("code:{id}"), subject_of(invitation.as_ref()), to, mail_of(&face.name, &code)).await?;
        let mut changes = vec![Change::Code(row)];
        if invitation.is_some() {
            changes.push(Change::Outbox(mail));
        }
        self.store.change(&self.firm, changes).await?;
        Ok(self.cookies.set(Cookie::Code, &id))
    }

    /// The hash of the link that a code is asked for; one that leads nowhere when there is none.
    async fn asked_for(&self, token: &str, browser: &Browser) -> Result<[u8; 32], Unreachable> {
        if let Some(token) = Token::read(token) {
            return Ok(token.digest().0);
        }
        let last = self.store.code(&self.firm, &browser.code, &tie_hash(browser)).await?;
        match last.and_then(|code| code.invitation.try_into().ok()) {
            Some(hash) => Ok(hash),
            None => Ok(Token::new()?.digest().0),
        }
    }

    /// Opens with a code what its invitation is for: a session, or for whoever is asked to decide this browser, which is known from then on; with
    /// `remember` beyond this visit. A wrong code, a late one, one of another browser and one tried too often answer alike.
    pub(crate) async fn open_with_code(
        &self,
        household: &dyn Household,
        code: &str,
        remember: bool,
        browser: &Browser,
    ) -> Answer<SessionCookie> {
        match self.opened(household, code, remember, browser).await {
            Ok(Some(cookie)) => Answer::Done(cookie),
            Ok(None) => Answer::SignIn,
            Err(Unreachable) => Answer::Unavailable,
        }
    }

    async fn opened(
        &self,
        household: &dyn Household,
        code: &str,
        remember: bool,
        browser: &Browser,
    ) -> Result<Option<SessionCookie>, Unreachable> {
        let (now, network) = (self.now(), network(&browser.address));
        if self.throttles.network.take(&network, now).is_none() {
            security_log::refused(What::CodeThrottled, Who::Network(&network), "tried");
            return Ok(None);
        }
        let row = self.store.try_code(&self.firm, &browser.code, &tie_hash(browser), now.micros(), TRIES_MAX).await?;
        let hash = row.as_ref().and_then(|row| std::str::from_utf8(&row.code_hash).ok());
        let fits = self.passwords.verify(code, hash).await?;
        let Some(row) = row.filter(|_| fits) else {
            security_log::refused(What::Code, Who::Network(&network), "");
            return Ok(None);
        };
        self.throttles.network.give_back(&network);
        let Some(invitation) = self.living_invitation(&row.invitation).await? else { return Ok(None) };
        let is_candidate = invitation.kind == CANDIDATE;
        let (set, mut changes) = if invitation.kind == APPROVER {
            self.know(&invitation, browser, remember).await?
        } else {
            self.begin(subject_behind(&invitation, is_candidate), browser)?
        };
        changes.insert(0, Change::CodeUse { id: row.id, at: now.micros() });
        match self.store.change(&self.firm, changes).await {
            Err(AppendError::Duplicate(Unique::Code)) => return Ok(None), // the same code, a moment earlier
            other => other?,
        }
        security_log::done(What::Code, Who::Person(&invitation.person), &network);
        if is_candidate {
            let (person, offer) = (PersonId::new(&invitation.person), OfferId::new(&invitation.offer));
            let (address, user_agent) = (browser.address.clone(), browser.user_agent.clone());
            household.viewed(&Viewer::Candidate { person, offer, email: invitation.address, address, user_agent }).await;
        }
        let page = match invitation.kind.as_str() {
            CANDIDATE => CANDIDATE_PAGE,
            // the page that took the code knows the link, and leads back to it
            APPROVER => "/",
            _ => CLIENT_PAGE,
        };
        Ok(Some(SessionCookie { set, go_to: page.to_owned() }))
    }
}

fn subject_behind(invitation: &InvitationRow, is_candidate: bool) -> Subject {
    let details = Details { email: invitation.address.clone(), invitation: hex::encode(&invitation.token_hash), ..Details::default() };
    let (kind, offer) = if is_candidate { (SESSION_OF_CANDIDATE, Some(invitation.offer.clone())) } else { (SESSION_OF_CLIENT, None) };
    Subject { kind, person: invitation.person.clone(), offer, auth_level: AuthLevel::Code, details }
}

/// The stream that a code's mail is about.
fn subject_of(invitation: Option<&InvitationRow>) -> &str {
    invitation.map_or("", |invitation| &invitation.offer)
}

fn mail_of(firm: &str, code: &Code) -> MailWords {
    MailWords {
        subject: words::code_subject(firm),
        parts: vec![
            Part::Heading { text: words::CODE_HEADING.to_owned() },
            Part::Paragraph { text: words::CODE_HOW.to_owned() },
            Part::Code { code: code.text().to_owned() },
            Part::Paragraph { text: words::CODE_UNTIL.to_owned() },
            Part::Footer { text: words::code_unasked(firm) },
        ],
    }
}

/// A browser without a tie is nobody's: its hash is that of nothing, and the layer gives every browser one.
pub(super) fn tie_hash(browser: &Browser) -> [u8; 32] {
    offer::ledger::Digest::of(browser.tie.as_bytes()).0
}
