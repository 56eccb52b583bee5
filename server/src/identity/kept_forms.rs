//! Refused forms, kept for an hour for the browser that sent them: without script nothing else would bring back what was typed. Files that
//! wait for their button are kept the same way.

use app::desk::{Browser, Notice};
use offer::id::PersonId;

use super::{Household, Identity, Unreachable, codes::tie_hash};
use crate::{
    fresh::Token,
    store::{Change, KeptFormRow},
    vault::Place,
};

/// How long.
const KEPT_SECONDS: i64 = 3600;
/// What is never kept, whatever a page sends: only that it was asked for.
const SECRETS: [&str; 4] = ["password", "current_password", "code", "token"];

type Fields = Vec<(String, String)>;

impl Identity {
    /// Keeps a form, sealed, and answers the id under which its page finds it; nothing when it could not be kept.
    pub(crate) async fn keep_form(
        &self,
        household: &dyn Household,
        browser: &Browser,
        person: Option<&PersonId>,
        mut fields: Fields,
        notice: Notice,
    ) -> Option<String> {
        fields.iter_mut().filter(|(name, _)| SECRETS.contains(&name.as_str())).for_each(|(_, value)| value.clear());
        let clear = serde_json::to_vec(&(person, fields, notice)).ok()?;
        self.keep(household, browser, &clear).await.ok()
    }

    /// A kept form, for the browser that sent it and no other, and for the person who did: a browser may be used by several. What was sent after
    /// a session had ended is for whoever signs in there.
    pub(crate) async fn kept_form(
        &self,
        household: &dyn Household,
        browser: &Browser,
        person: Option<&PersonId>,
        id: &str,
    ) -> Option<(Fields, Notice)> {
        let clear = self.kept_bytes(household, browser, id).await?;
        let (of, fields, notice): (Option<PersonId>, Fields, Notice) = serde_json::from_slice(&clear).ok()?;
        (of.is_none() || of.as_ref() == person).then_some((fields, notice))
    }

    /// Keeps bytes for a browser, sealed; the id under which its page finds them.
    ///
    /// # Errors
    /// [`Unreachable`].
    pub(crate) async fn keep(&self, household: &dyn Household, browser: &Browser, clear: &[u8]) -> Result<String, Unreachable> {
        self.keep_for(household, browser, clear, KEPT_SECONDS).await
    }

    /// The same for so many seconds.
    pub(super) async fn keep_for(
        &self,
        household: &dyn Household,
        browser: &Browser,
        clear: &[u8],
        seconds: i64,
    ) -> Result<String, Unreachable> {
        let id = Token::new()?;
        let sealed = household.seal(&Place::Form { firm: &self.firm, id: id.text() }, clear).await?;
        let row = KeptFormRow {
            id_hash: id.digest().0.to_vec(),
            browser_hash: tie_hash(browser).to_vec(),
            sealed,
            expires_at: self.now().plus_seconds(seconds).micros(),
        };
        self.store.change(&self.firm, vec![Change::KeptForm(row)]).await?;
        Ok(id.text().to_owned())
    }

    /// Throws kept bytes away; nothing happens when they are gone already.
    pub(super) fn let_go(id: &str) -> Option<Change> {
        Token::read(id).map(|id| Change::KeptFormRemove { id_hash: id.digest().0.to_vec() })
    }

    /// Kept bytes, for the browser for which they are kept and no other.
    pub(crate) async fn kept_bytes(&self, household: &dyn Household, browser: &Browser, id: &str) -> Option<Vec<u8>> {
        let id = Token::read(id)?;
        let found = self.store.kept_form(&self.firm, &id.digest().0, &tie_hash(browser), self.now().micros()).await;
        let row = found.map_err(Unreachable::from).ok()??;
        household.open(&Place::Form { firm: &self.firm, id: id.text() }, &row.sealed).await.ok()
    }
}
