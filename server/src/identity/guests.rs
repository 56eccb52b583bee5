//! Whoever comes by the link of a mail that asks for a decision: no session, no account, and no way but to that one step.
//!
//! A guest is nobody to every other page. Who they are is found anew at each request, from the link and from what the browser is known by; what they
//! may do is asked of the desk, which takes their step and its version from the link and never from a form.

use app::desk::{Browser, InvitationPage, KnownBrowser, Viewer};
use offer::{
    access::Member,
    id::{OfferId, PersonId, StepKey, role},
    ledger::AuthLevel,
};

use super::{
    Household, Identity, Known, Unreachable, folded,
    invitations::{APPROVER, StepAsked, invitation_page},
};
use crate::store::{InvitationRow, KnownBrowserRow};

/// What a mail asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Asking {
    /// The offer.
    pub(crate) offer: OfferId,
    /// The step to decide.
    pub(crate) step: StepKey,
    /// The version that was to be decided when the mail was written.
    pub(crate) version: u32,
}

/// Somebody who came by the link of a mail that asks for a decision.
#[derive(Clone, Debug)]
pub(crate) struct Guest {
    /// What is asked.
    pub(crate) asking: Asking,
    /// Who is asked, with the grants that hold now.
    pub(crate) member: Member,
    /// Their name.
    pub(crate) name: String,
    /// Their IANA zone.
    pub(crate) zone: String,
    /// What anybody reads who has the link.
    pub(crate) page: InvitationPage,
    /// What the browser is known by; nothing while it could be anybody's.
    known: Option<KnownBrowserRow>,
}

impl Guest {
    /// Whether a code was entered in this browser for the address to which the link was mailed.
    pub(crate) const fn is_known(&self) -> bool {
        self.known.is_some()
    }

    /// Whether a client's contact is asked.
    pub(crate) fn is_contact(&self) -> bool {
        self.member.is(&role::CLIENT_CONTACT)
    }

    /// The guest as the desk knows people who look.
    pub(crate) fn viewer(&self) -> Viewer {
        let (member, name, zone) = (self.member.clone(), self.name.clone(), self.zone.clone());
        if self.is_contact() { Viewer::Client { member, name, zone } } else { Viewer::Staff { member, name, zone, proven: false } }
    }
}

impl Identity {
    /// Who comes by a link, and what for; nobody when it opens nothing. A link of somebody who left, or whose address is another one now, is such a
    /// link.
    ///
    /// # Errors
    /// [`Unreachable`].
    pub(crate) async fn guest(&self, household: &dyn Household, token: &str, browser: &Browser) -> Result<Option<Guest>, Unreachable> {
        let invitation = self.invitation_behind(token).await?.filter(|invitation| invitation.kind == APPROVER);
        let Some(invitation) = invitation else { return Ok(None) };
        let Some(asking) = asking(&invitation) else { return Ok(None) };
        let is_theirs = |row: &KnownBrowserRow| row.person == invitation.person && row.address == folded(&invitation.address);
        let known = self.known(browser).await?.filter(is_theirs);
        let level = known.as_ref().map_or(AuthLevel::Link, |row| self.level_of(row));
        let somebody = household.known(&PersonId::new(&invitation.person), level).await?;
        let Some(Known { member, name, email, zone }) = somebody else { return Ok(None) };
        if folded(&email) != folded(&invitation.address) {
            return Ok(None);
        }
        let page = invitation_page(household, &invitation).await;
        Ok(Some(Guest { asking, member, name, zone, page, known }))
    }

    /// The browsers in which the guest is known; none for a stranger.
    ///
    /// # Errors
    /// [`Unreachable`].
    pub(crate) async fn browsers_of(&self, guest: &Guest) -> Result<Vec<KnownBrowser>, Unreachable> {
        match &guest.known {
            Some(own) => self.known_browsers(own).await,
            None => Ok(Vec::new()),
        }
    }

    /// What a known browser carries after a decision: its secret turned over. Empty when nothing is to be set.
    pub(crate) async fn after_deciding(&self, guest: &Guest, browser: &Browser) -> String {
        let Some(own) = &guest.known else { return String::new() };
        // the decision is made; a secret that could not be turned over opens as before
        self.turned(own, browser).await.ok().flatten().unwrap_or_default()
    }

    /// Forgets a browser of the guest's: the `Set-Cookie` value, empty when it is another than this one; nothing for a stranger.
    ///
    /// # Errors
    /// [`Unreachable`].
    pub(crate) async fn forget_browser(&self, guest: &Guest, id: &str) -> Result<Option<String>, Unreachable> {
        match &guest.known {
            Some(own) => self.forgotten(own, id).await.map(Some),
            None => Ok(None),
        }
    }
}

fn asking(invitation: &InvitationRow) -> Option<Asking> {
    let StepAsked { step } = serde_json::from_str(&invitation.details).ok()?;
    Some(Asking { offer: OfferId::new(&invitation.offer), step, version: u32::try_from(invitation.version).ok()? })
}
