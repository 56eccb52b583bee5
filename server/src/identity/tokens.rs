//! Tokens of programs: who comes with one, and the one time at which its secret is shown.
//!
//! A token is worth what its program's grants say at this request, and no more than it was made to read. Its secret is random; the store
//! keeps its hash, and the browser that made it can show it for a few minutes from a sealed note.

use app::desk::{Browser, Viewer};
use offer::{access::TokenReads, id::PersonId, ledger::AuthLevel};
use serde::{Deserialize, Serialize};

use super::{Household, Identity, Unreachable};
use crate::{
    fresh::ApiSecret,
    store::{ApiTokenRow, Change},
};

/// A request is noted at most this often.
const NOTED_EVERY_SECONDS: i64 = 60;
/// How long a secret can be read in the browser that made it, unless its maker says sooner that it is copied.
const SHOWN_SECONDS: i64 = 10 * 60;
/// How long a token that ended is still listed.
const LISTED_SECONDS: i64 = 90 * 24 * 3600;

/// What is kept, sealed, for one browser: never a form, so that neither is read for the other.
#[derive(Serialize, Deserialize)]
#[serde(tag = "kept", rename_all = "snake_case", deny_unknown_fields)]
enum Shown {
    /// The secret of a token that was made.
    ApiToken { made_by: String, person: String, secret: String },
}

/// Whoever comes with a token.
#[derive(Clone, Debug)]
pub(crate) struct Bearer {
    /// The program, as far as the token reads.
    pub(crate) viewer: Viewer,
    /// The token's id.
    pub(crate) token: String,
}

impl Identity {
    /// Who comes with this secret, with the grants that hold now; nobody when it is no secret, or one that is over.
    ///
    /// # Errors
    /// [`Unreachable`].
    pub(crate) async fn bearer(&self, household: &dyn Household, secret: &str) -> Result<Option<Bearer>, Unreachable> {
        let Some(secret) = ApiSecret::read(secret) else { return Ok(None) };
        let now = self.now().micros();
        let Some(row) = self.store.api_token(&self.firm, &secret.digest().0, now).await? else { return Ok(None) };
        // a row that reads as nothing we know opens nothing
        let Some(reads) = TokenReads::parse(&row.reads) else { return Ok(None) };
        let known = household.known(&PersonId::new(&row.person), AuthLevel::Token).await?;
        let Some(known) = known.filter(|known| known.member.is_program()) else { return Ok(None) };
        if row.used_at.is_none_or(|used| now.saturating_sub(used) >= NOTED_EVERY_SECONDS * 1_000_000) {
            self.store.api_token_used(&self.firm, &row.token, now).await?;
        }
        let viewer = Viewer::Staff { member: known.member.by_token(reads), name: known.name, zone: known.zone, proven: false };
        Ok(Some(Bearer { viewer, token: row.token }))
    }

    /// The tokens of a program, the latest first.
    ///
    /// # Errors
    /// [`Unreachable`].
    pub(crate) async fn tokens_of(&self, person: &PersonId) -> Result<Vec<ApiTokenRow>, Unreachable> {
        Ok(self.store.api_tokens_of(&self.firm, person.as_str()).await?)
    }

    /// Keeps a new secret for the browser that made it; the id under which its page finds it.
    ///
    /// # Errors
    /// [`Unreachable`].
    pub(crate) async fn keep_secret(
        &self,
        household: &dyn Household,
        browser: &Browser,
        (made_by, person): (&PersonId, &PersonId),
        secret: &ApiSecret,
    ) -> Result<String, Unreachable> {
        let shown = Shown::ApiToken { made_by: made_by.as_str().to_owned(), person: person.as_str().to_owned(), secret: secret.text() };
        let clear = serde_json::to_vec(&shown).map_err(|_| Unreachable)?;
        self.keep_for(household, browser, &clear, SHOWN_SECONDS).await
    }

    /// A secret that was just made in this browser by whoever looks, for this program.
    pub(crate) async fn kept_secret(
        &self,
        household: &dyn Household,
        browser: &Browser,
        (made_by, person): (&PersonId, &PersonId),
        id: &str,
    ) -> Option<String> {
        let clear = self.kept_bytes(household, browser, id).await?;
        let Shown::ApiToken { made_by: maker, person: program, secret } = serde_json::from_slice(&clear).ok()?;
        (maker == made_by.as_str() && program == person.as_str()).then_some(secret)
    }

    /// The secret is copied: nothing shows it any more.
    ///
    /// # Errors
    /// [`Unreachable`].
    pub(crate) async fn secret_copied(&self, id: &str) -> Result<(), Unreachable> {
        let gone: Vec<Change> = Self::let_go(id).into_iter().collect();
        Ok(self.store.change(&self.firm, gone).await?)
    }

    /// Removes tokens that ended long ago.
    pub(super) async fn sweep_tokens(&self) -> Result<(), Unreachable> {
        Ok(self.store.sweep_api_tokens(&self.firm, self.now().plus_seconds(-LISTED_SECONDS).micros()).await?)
    }
}
