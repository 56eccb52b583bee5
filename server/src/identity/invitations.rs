//! Links that were mailed to candidates and clients. A link is no key: it shows who invites, and a code to its address opens a session.

use app::desk::{Answer, InvitationPage};
use offer::{
    id::{OfferId, PersonId},
    moment::Moment,
};

use super::{Household, Identity, Unreachable};
use crate::{
    fresh::{NoRandomness, Token},
    store::{Change, InvitationRow},
};

/// An invitation of a candidate to one offer.
pub(crate) const CANDIDATE: &str = "candidate";
/// An invitation of a client's contact to what waits there.
pub(crate) const CLIENT: &str = "client";

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
    let replaced =
        Change::InvitationsState { offer: about.to_owned(), kind: kind.to_owned(), was: OPEN.to_owned(), state: REPLACED.to_owned() };
    Ok(NewInvitation { path: format!("{path}{}", token.text()), changes: vec![replaced, Change::Invitation(row)] })
}

/// Takes back every link of an offer's candidate: they open nothing any more.
pub(crate) fn revoke_candidate(offer: &OfferId) -> Vec<Change> {
    [OPEN, REPLACED]
        .map(|was| Change::InvitationsState {
            offer: offer.as_str().to_owned(),
            kind: CANDIDATE.to_owned(),
            was: was.to_owned(),
            state: REVOKED.to_owned(),
        })
        .to_vec()
}

impl Identity {
    /// What a link says before any code. Acts on nothing, whoever fetches it.
    pub(crate) async fn invitation(&self, household: &dyn Household, token: &str) -> Answer<InvitationPage> {
        let found = match Token::read(token) {
            Some(token) => self.living_invitation(&token.digest().0).await,
            None => Ok(None),
        };
        match found {
            Err(Unreachable) => Answer::Unavailable,
            Ok(None) => Answer::NotFound,
            Ok(Some(invitation)) => {
                let face = household.face().await;
                Answer::Done(InvitationPage {
                    firm: face.name,
                    masked_email: masked(&invitation.address),
                    for_candidate: invitation.kind == CANDIDATE,
                    help_email: face.help_email,
                })
            }
        }
    }

    /// An invitation that opens something now.
    pub(super) async fn living_invitation(&self, hash: &[u8]) -> Result<Option<InvitationRow>, Unreachable> {
        let now = self.now().micros();
        let invitation = self.store.invitation(&self.firm, hash).await?;
        let opens = |row: &InvitationRow| {
            [CANDIDATE, CLIENT].contains(&row.kind.as_str()) && [OPEN, REPLACED].contains(&row.state.as_str()) && row.expires_at > now
        };
        Ok(invitation.filter(opens))
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
