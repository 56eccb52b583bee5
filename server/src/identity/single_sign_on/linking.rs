//! Who somebody is at the identity provider: linked by a button, and taken off by one.

use app::desk::{Answer, Browser, SessionCookie, SsoFound, SsoStop, SsoWants};
use offer::{access::Actor, id::PersonId, ledger::AuthLevel, person::CredentialChange};

use super::{ACCOUNT, Back, Errand, back_to, first_step, leading_to, shown_at};
use crate::{
    clock::Clock,
    identity::{
        Household, Identity, Known, Unreachable, folded,
        stop::{Stop, answer},
    },
    oidc::Vouched,
    security_log::{self, What, Who},
    store::{AppendError, Change, SsoLinkRow, Unique},
};

impl Identity {
    /// Who has the address that the provider verified, if they are linked to nobody there.
    pub(super) async fn recognized(&self, household: &dyn Household, vouched: &Vouched) -> Result<Option<PersonId>, Unreachable> {
        if !vouched.email_is_verified || vouched.email.is_empty() {
            return Ok(None);
        }
        let Some(person) = household.staff_at(&folded(&vouched.email)).await? else { return Ok(None) };
        let link = self.store.sso_link_of(&self.firm, &vouched.issuer, person.as_str()).await?;
        Ok(if link.is_none() && self.of_the_firm(household, &person).await?.is_some() { Some(person) } else { None })
    }

    /// Whom the provider vouched for in this browser, to be shown before anything is linked.
    pub(crate) async fn single_sign_on_found(&self, household: &dyn Household, id: &str, browser: &Browser) -> Answer<SsoFound> {
        answer(self.found_to_link(household, id, browser).await.map(|(vouched, known, signs_in, _)| SsoFound {
            email_there: vouched.email,
            name: known.name,
            email: known.email,
            signs_in,
        }))
    }

    async fn found_to_link(&self, household: &dyn Household, id: &str, browser: &Browser) -> Result<(Vouched, Known, bool, String), Stop> {
        let Some(Errand::Found { vouched, person, signs_in, to }) = self.errand(household, id, browser).await else {
            return Err(Stop::NotFound);
        };
        let known = self.of_the_firm(household, &PersonId::new(&person)).await?.ok_or(Stop::NotFound)?;
        if signs_in && folded(&known.email) != folded(&vouched.email) {
            return Err(Stop::NotFound);
        }
        Ok((vouched, known, signs_in, to))
    }

    /// Links whom the provider vouched for, and lets them in if that is what they came for. Every other session of theirs ends.
    pub(crate) async fn link_single_sign_on(&self, household: &dyn Household, id: &str, browser: &Browser) -> Answer<SessionCookie> {
        answer(self.single_sign_on_linked(household, id, browser).await)
    }

    async fn single_sign_on_linked(&self, household: &dyn Household, id: &str, browser: &Browser) -> Result<SessionCookie, Stop> {
        let (vouched, known, signs_in, to) = self.found_to_link(household, id, browser).await?;
        let person = known.member.id.clone();
        let (cookie, session) = if signs_in {
            let shown_at = shown_at(&vouched, self.now(), Clock::System.now());
            let (cookie, session) = self.let_in(&person, first_step(&vouched, shown_at), browser).await?;
            (leading_to(cookie, &to), session)
        } else {
            let here = self.must_be_proven(household, browser).await?;
            if *here.person() != person {
                return Err(Stop::NotFound);
            }
            let (set, session) = self.begin_again(&here, here.known.member.auth_level, browser)?;
            (SessionCookie { set, go_to: format!("{ACCOUNT}?done=linked") }, session)
        };
        let row = SsoLinkRow {
            issuer: vouched.issuer,
            subject: vouched.subject,
            person: person.as_str().to_owned(),
            linked_at: self.now().micros(),
        };
        let mut changes = self.answered_once(id);
        changes.extend([Change::SsoLink(row), Change::SessionsEnd { subject: person.as_str().to_owned() }]);
        changes.extend(session);
        let by = Actor::Member(known.member.clone());
        match self.changed(household, &known, &by, CredentialChange::SingleSignOnLinked, changes).await? {
            Ok(()) => {
                security_log::done(What::SingleSignOnLink, Who::Person(person.as_str()), "linked");
                Ok(cookie)
            }
            Err(AppendError::Duplicate(Unique::Receipt)) => Err(Stop::NotFound),
            Err(AppendError::Duplicate(_)) => {
                let wants = if signs_in { SsoWants::SignIn } else { SsoWants::Link };
                Ok(SessionCookie { set: String::new(), go_to: back_to(&Back { wants, to, stop: SsoStop::Taken }) })
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Takes one's own link away. Every other session ends.
    pub(crate) async fn unlink_single_sign_on(&self, household: &dyn Household, browser: &Browser) -> Answer<SessionCookie> {
        answer(self.single_sign_on_unlinked(household, browser).await)
    }

    async fn single_sign_on_unlinked(&self, household: &dyn Household, browser: &Browser) -> Result<SessionCookie, Stop> {
        let here = self.must_be_proven(household, browser).await?;
        let issuer = self.provider.as_ref().map(|provider| provider.settings().issuer.clone()).ok_or(Stop::NotFound)?;
        let person = here.person().as_str().to_owned();
        self.store.sso_link_of(&self.firm, &issuer, &person).await?.ok_or(Stop::NotFound)?;
        let mut changes = unlinked(issuer, &person);
        let (set, session) = self.begin_again(&here, here.known.member.auth_level, browser)?;
        changes.extend(session);
        self.changed(household, &here.known, &here.actor(), CredentialChange::SingleSignOnUnlinked, changes).await??;
        security_log::done(What::SingleSignOnLink, Who::Person(&person), "unlinked");
        Ok(SessionCookie { set, go_to: format!("{ACCOUNT}?done=unlinked") })
    }

    /// Takes somebody's link away for them, who is told by mail; their sessions end. Whether `by` may is not decided here.
    ///
    /// # Errors
    /// [`Unreachable`]. The answer says whether they had one.
    pub(crate) async fn reset_single_sign_on(&self, household: &dyn Household, person: &PersonId, by: &Actor) -> Result<bool, Unreachable> {
        let Some(provider) = &self.provider else { return Ok(false) };
        let (issuer, subject) = (provider.settings().issuer.clone(), person.as_str().to_owned());
        let Some(known) = household.known(person, AuthLevel::Local).await? else { return Ok(false) };
        if self.store.sso_link_of(&self.firm, &issuer, &subject).await?.is_none() {
            return Ok(false);
        }
        self.changed(household, &known, by, CredentialChange::SingleSignOnReset, unlinked(issuer, &subject)).await??;
        security_log::done(What::SingleSignOnLink, Who::Person(&subject), "unlinked by somebody else");
        Ok(true)
    }
}

/// A link that is taken away; the sessions that may have come through it end.
fn unlinked(issuer: String, person: &str) -> Vec<Change> {
    vec![Change::SsoUnlink { issuer, person: person.to_owned() }, Change::SessionsEnd { subject: person.to_owned() }]
}
