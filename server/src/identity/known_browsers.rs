//! Browsers that are known: a code was entered there for an address, and for a while links mailed to that address open there at once.
//!
//! A browser carries the id of its row and a secret, of which the row keeps the hash. Each decision turns the secret over. Whoever brings one that
//! was turned over more than a moment ago has a copy, or lost a race against one: the row goes, and both enter a code again.

use app::desk::{Browser, KnownBrowser};
use offer::{ledger::AuthLevel, moment::Moment};

use super::{Identity, Unreachable, cookies::Cookie, folded};
use crate::{
    fresh::{self, Token},
    store::{AppendError, Change, InvitationRow, KnownBrowserRow},
};

/// How long a browser is known, from the code on. Using it makes it no longer.
const KNOWN_SECONDS: i64 = 30 * 24 * 3600;
/// A form that is sent twice at once brings, the second time, the secret that the first turned over.
const OVERLAP_SECONDS: i64 = 60;

impl Identity {
    /// The row by which this browser is known, if it is.
    pub(super) async fn known(&self, browser: &Browser) -> Result<Option<KnownBrowserRow>, Unreachable> {
        let Some((id, secret)) = read(&browser.known) else { return Ok(None) };
        let (now, hash) = (self.now().micros(), secret.digest().0);
        let Some(row) = self.store.known_browser(&self.firm, id, now).await? else { return Ok(None) };
        if row.secret_hash == hash {
            return Ok(Some(row));
        }
        if row.former_hash.as_deref() != Some(hash.as_slice()) {
            return Ok(None);
        }
        if now - row.turned_at <= OVERLAP_SECONDS * 1_000_000 {
            return Ok(Some(row));
        }
        tracing::warn!(id, "a known browser brought a secret that was turned over; it is known no longer");
        self.store.change(&self.firm, vec![forget(&row)]).await?;
        Ok(None)
    }

    /// Knows a browser from now on, for the address of an invitation whose code was entered: for thirty days, or as long as somebody may be idle.
    /// The `Set-Cookie` value, and the rows to write with it.
    pub(super) async fn know(
        &self,
        invitation: &InvitationRow,
        browser: &Browser,
        remember: bool,
    ) -> Result<(String, Vec<Change>), Unreachable> {
        let (now, secret) = (self.now(), Token::new()?);
        let seconds = if remember { KNOWN_SECONDS } else { self.times.idle_seconds };
        let row = KnownBrowserRow {
            id: fresh::id(now)?,
            person: invitation.person.clone(),
            address: folded(&invitation.address),
            user_agent: browser.user_agent.clone(),
            secret_hash: secret.digest().0.to_vec(),
            former_hash: None,
            proved_at: now.micros(),
            turned_at: now.micros(),
            expires_at: now.plus_seconds(seconds).micros(),
        };
        let cookie = self.cookie_of(&row, &secret, now);
        // a browser is known for one address at a time
        let mut changes: Vec<Change> = self.known(browser).await?.iter().map(forget).collect();
        changes.push(Change::KnownBrowser(row));
        Ok((cookie, changes))
    }

    /// Turns the secret of a known browser over: the `Set-Cookie` value, or nothing when another form of the same browser just did.
    pub(super) async fn turned(&self, row: &KnownBrowserRow, browser: &Browser) -> Result<Option<String>, Unreachable> {
        let Some((_, brought)) = read(&browser.known) else { return Ok(None) };
        let (now, secret) = (self.now(), Token::new()?);
        let turn = Change::KnownBrowserTurn {
            id: row.id.clone(),
            was: brought.digest().0.to_vec(),
            now: secret.digest().0.to_vec(),
            at: now.micros(),
        };
        match self.store.change(&self.firm, vec![turn]).await {
            Ok(()) => Ok(Some(self.cookie_of(row, &secret, now))),
            Err(AppendError::Moved) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    /// The browsers in which a person is known, `own` marked.
    pub(super) async fn known_browsers(&self, own: &KnownBrowserRow) -> Result<Vec<KnownBrowser>, Unreachable> {
        let rows = self.store.known_browsers_of(&self.firm, &own.person, self.now().micros()).await?;
        let at = |micros| Moment::from_micros(micros).unwrap_or_else(|| self.now());
        let line = |row: KnownBrowserRow| KnownBrowser {
            is_this: row.id == own.id,
            user_agent: row.user_agent,
            proved_at: at(row.proved_at),
            until: at(row.expires_at),
            id: row.id,
        };
        Ok(rows.into_iter().map(line).collect())
    }

    /// Forgets a browser of the person behind `own`. The `Set-Cookie` value takes the cookie away when it is this one.
    pub(super) async fn forgotten(&self, own: &KnownBrowserRow, id: &str) -> Result<String, Unreachable> {
        self.store.change(&self.firm, vec![Change::KnownBrowserForget { person: own.person.clone(), id: id.to_owned() }]).await?;
        Ok(if id == own.id { self.cookies.clear(Cookie::Known) } else { String::new() })
    }

    /// How sure we are of whoever comes by a known browser. As long as a session by that code would last, it is the holder of the code; later on,
    /// the holder of a link in a browser that once was.
    pub(super) fn level_of(&self, row: &KnownBrowserRow) -> AuthLevel {
        let age_seconds = self.now().micros().saturating_sub(row.proved_at) / 1_000_000;
        if age_seconds < self.times.absolute_seconds { AuthLevel::Code } else { AuthLevel::Link }
    }

    fn cookie_of(&self, row: &KnownBrowserRow, secret: &Token, now: Moment) -> String {
        let value = format!("{}.{}", row.id, secret.text());
        // whoever did not want to be remembered takes the cookie along when the window closes
        if row.expires_at - row.proved_at < KNOWN_SECONDS * 1_000_000 {
            return self.cookies.set(Cookie::Known, &value);
        }
        self.cookies.set_for(Cookie::Known, &value, (row.expires_at - now.micros()) / 1_000_000)
    }
}

/// The id and the secret that a browser carries.
fn read(known: &str) -> Option<(&str, Token)> {
    let (id, secret) = known.split_once('.')?;
    let is_id = id.len() == 32 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    is_id.then(|| Token::read(secret)).flatten().map(|secret| (id, secret))
}

fn forget(row: &KnownBrowserRow) -> Change {
    Change::KnownBrowserForget { person: row.person.clone(), id: row.id.clone() }
}
