//! Links that were mailed: to candidates, to clients, and to whoever is asked to decide a step. A link is no key: it shows who invites, and a
//! code to its address opens what is behind it.

use app::desk::{Answer, InvitationPage};
use offer::{
    id::{OfferId, PersonId, StepKey},
    moment::Moment,
};
use serde::{Deserialize, Serialize};

use super::{Household, Identity, Unreachable};
use crate::{
    fresh::{NoRandomness, Token},
    store::{Change, InvitationRow},
};

/// An invitation of a candidate to one offer.
pub(crate) const CANDIDATE: &str = "candidate";
/// An invitation of a client's contact to what waits there.
pub(crate) const CLIENT: &str = "client";
/// An invitation of somebody to decide one step of one version.
pub(crate) const APPROVER: &str = "approver";

/// The invitation opens.
pub(crate) const OPEN: &str = "open";
/// A newer one was mailed; this one still opens, and the page says what replaced it.
pub(crate) const REPLACED: &str = "replaced";
/// It opens nothing any more, and neither does a session that came through it.
pub(crate) const REVOKED: &str = "revoked";

/// How long a link opens: until then the firm mails a new one. Days of an accept-by are shorter.
const LINK_SECONDS: i64 = 120 * 24 * 3600;

/// A new link and the rows that make it live; append them in the transaction that queues its mail.
pub(crate) struct NewInvitation {
    /// Its path on this site. Only the mail holds it.
    pub(crate) path: String,
    /// The rows.
    pub(crate) changes: Vec<Change>,
}

impl std::fmt::Debug for NewInvitation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("NewInvitation").finish_non_exhaustive() // the path is a secret
    }
}

/// Invites a candidate to a version of an offer; the links of earlier versions become replaced.
///
/// # Errors
/// [`NoRandomness`].
pub(crate) fn invite_candidate(
    offer: &OfferId,
    candidate: &PersonId,
    address: &str,
    version: u32,
    now: Moment,
) -> Result<NewInvitation, NoRandomness> {
    invite("/o/i/", CANDIDATE, offer.as_str(), candidate, address, version, now)
}

/// Invites a client's contact; earlier links of the same contact become replaced.
///
/// # Errors
/// [`NoRandomness`].
pub(crate) fn invite_client(contact: &PersonId, address: &str, now: Moment) -> Result<NewInvitation, NoRandomness> {
    invite("/c/i/", CLIENT, contact.as_str(), contact, address, 0, now)
}

fn invite(
    path: &str,
    kind: &str,
    about: &str,
    person: &PersonId,
    address: &str,
    version: u32,
    now: Moment,
) -> Result<NewInvitation, NoRandomness> {
    let (path, row) = linked(path, kind, about, person, address, version, now)?;
    let replaced =
        Change::InvitationsState { offer: about.to_owned(), kind: kind.to_owned(), was: OPEN.to_owned(), state: REPLACED.to_owned() };
    Ok(NewInvitation { path, changes: vec![replaced, Change::Invitation(row)] })
}

/// A new link, and its row.
fn linked(
    path: &str,
    kind: &str,
    about: &str,
    person: &PersonId,
    address: &str,
    version: u32,
    now: Moment,
) -> Result<(String, InvitationRow), NoRandomness> {
    let token = Token::new()?;
    let row = InvitationRow {
        token_hash: token.digest().0.to_vec(),
        offer: about.to_owned(),
        kind: kind.to_owned(),
        person: person.as_str().to_owned(),
        address: address.to_owned(),
        version: i64::from(version),
        state: OPEN.to_owned(),
        expires_at: now.plus_seconds(LINK_SECONDS).micros(),
        details: "{}".to_owned(),
    };
    Ok((format!("{path}{}", token.text()), row))
}

/// Which step an approver's link is for, as its row keeps it.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct StepAsked {
    pub(super) step: StepKey,
}

/// Invites somebody to decide a step of a version. What the link opens is said by the offer each time it is followed: no row need be changed when
/// the step is decided otherwise.
///
/// # Errors
/// [`NoRandomness`].
pub(crate) fn invite_approver(
    offer: &OfferId,
    step: &StepKey,
    person: &PersonId,
    address: &str,
    version: u32,
    now: Moment,
) -> Result<NewInvitation, NoRandomness> {
    let asked = serde_json::json!(StepAsked { step: step.clone() }).to_string();
    let (path, row) = linked("/a/i/", APPROVER, offer.as_str(), person, address, version, now)?;
    Ok(NewInvitation { path, changes: vec![Change::Invitation(InvitationRow { details: asked, ..row })] })
}

/// Takes back every link of an offer, of its candidate and of whoever was asked to decide: they open nothing any more.
pub(crate) fn revoke(offer: &OfferId) -> Vec<Change> {
    let state = |kind: &str, was: &str| Change::InvitationsState {
        offer: offer.as_str().to_owned(),
        kind: kind.to_owned(),
        was: was.to_owned(),
        state: REVOKED.to_owned(),
    };
    [CANDIDATE, APPROVER].iter().flat_map(|kind| [OPEN, REPLACED].map(|was| state(kind, was))).collect()
}

/// Takes back the links that a candidate was mailed at another address than this: a code to it would prove somebody else.
pub(crate) fn moved_to(offer: &OfferId, address: &str) -> Change {
    Change::InvitationsBut {
        offer: offer.as_str().to_owned(),
        kind: CANDIDATE.to_owned(),
        at: address.to_owned(),
        state: REVOKED.to_owned(),
    }
}

impl Identity {
    /// What a link says before any code. Acts on nothing, whoever fetches it.
    pub(crate) async fn invitation(&self, household: &dyn Household, token: &str) -> Answer<InvitationPage> {
        let portal = |row: &InvitationRow| row.kind != APPROVER;
        match self.invitation_behind(token).await.map(|found| found.filter(portal)) {
            Err(Unreachable) => Answer::Unavailable,
            Ok(None) => Answer::NotFound,
            Ok(Some(invitation)) => Answer::Done(invitation_page(household, &invitation).await),
        }
    }

    /// The invitation behind the token of a link, if it opens something now.
    pub(super) async fn invitation_behind(&self, token: &str) -> Result<Option<InvitationRow>, Unreachable> {
        match Token::read(token) {
            Some(token) => self.living_invitation(&token.digest().0).await,
            None => Ok(None),
        }
    }

    /// An invitation that opens something now.
    pub(super) async fn living_invitation(&self, hash: &[u8]) -> Result<Option<InvitationRow>, Unreachable> {
        let now = self.now().micros();
        let invitation = self.store.invitation(&self.firm, hash).await?;
        let opens = |row: &InvitationRow| {
            [CANDIDATE, CLIENT, APPROVER].contains(&row.kind.as_str())
                && [OPEN, REPLACED].contains(&row.state.as_str())
                && row.expires_at > now
        };
        Ok(invitation.filter(opens))
    }
}

/// What an invitation says before any code.
pub(super) async fn invitation_page(household: &dyn Household, invitation: &InvitationRow) -> InvitationPage {
    let face = household.face().await;
    InvitationPage {
        firm: face.name,
        masked_email: masked(&invitation.address),
        for_candidate: invitation.kind == CANDIDATE,
        help_email: face.help_email,
    }
}

/// An address, mostly hidden: enough for its owner to know it, too little for anybody else.
fn masked(address: &str) -> String {
    let hidden = |text: &str| text.chars().next().map_or_else(String::new, |first| format!("{first}•••"));
    match address.rsplit_once('@') {
        Some((name, domain)) => match domain.rsplit_once('.') {
            Some((domain, ending)) => format!("{}@{}.{ending}", hidden(name), hidden(domain)),
            None => format!("{}@{}", hidden(name), hidden(domain)),
        },
        None => hidden(address),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_shown_to_whoever_knows_it() {
        assert_eq!(masked("maria.lopez@example.com"), "m•••@e•••.com");
        assert_eq!(masked("m@x"), "m•••@x•••");
        assert_eq!(masked(""), "");
        assert_eq!(masked("Ωmega@mail.example.co.uk"), "Ω•••@m•••.uk");
    }
}
