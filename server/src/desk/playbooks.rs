//! The playbook: published once for ever, kept parsed by version.

use std::{
    collections::BTreeMap,
    sync::{Arc, PoisonError},
};

use offer::{
    access::Actor,
    field::FieldTable,
    playbook::{self, Checked, Playbook, PlaybookProblem},
};
use serde::{Deserialize, Serialize};

use super::{
    DeskFault, HouseDesk,
    ledger::{PLAYBOOK, Telling},
    zones,
};
use crate::{
    fresh,
    security_log::{self, What, Who},
    store::{Append, Change, PlaybookRow},
};

/// Parsed versions that are kept at once; an installation seldom works with more than a few.
const KEPT_MAX: usize = 32;

/// A version of the playbook, ready for use.
#[derive(Debug)]
pub(crate) struct Shelved {
    /// Its number; 0 before the first publication.
    pub(crate) version: u32,
    /// The document.
    pub(crate) playbook: Playbook,
    /// Its field table.
    pub(crate) table: FieldTable,
}

/// Versions by number.
pub(super) type Shelf = BTreeMap<u32, Arc<Shelved>>;

/// What happens to the playbook. The document as a whole stands in the event, so that a restore has every version.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub(super) enum PlaybookEvent {
    /// A version was published.
    PlaybookPublished {
        /// The document.
        document: Playbook,
    },
}

/// The playbook of a house that has published none: an administrator may set it up, and nothing else may happen.
const BLANK: &str = include_str!("blank.toml");

/// Reads a document and checks it whole, its time zone against those that this server knows.
///
/// # Errors
/// Everything that does not read or may not be published, each with its line and column.
pub(crate) fn publishable(text: &str) -> Result<Checked, Vec<PlaybookProblem>> {
    playbook::publishable(text, |name| zones::zone(name).is_some())
}

impl HouseDesk {
    /// Today's playbook.
    pub(crate) async fn current(&self) -> Result<Arc<Shelved>, DeskFault> {
        match self.store.newest_playbook_version(self.firm()).await? {
            Some(version) => self.shelved(u32::try_from(version).map_err(|_| DeskFault::OutOfReach)?).await,
            None => self.keep(0, || {
                playbook::from_toml(BLANK).map_err(|problems| {
                    tracing::error!(problems = problems.len(), "the blank playbook does not read");
                    DeskFault::OutOfReach
                })
            }),
        }
    }

    /// A version of the playbook.
    pub(crate) async fn shelved(&self, version: u32) -> Result<Arc<Shelved>, DeskFault> {
        let kept = self.shelf.lock().unwrap_or_else(PoisonError::into_inner).get(&version).cloned();
        if let Some(shelved) = kept {
            return Ok(shelved);
        }
        if version == 0 {
            return Box::pin(self.current()).await;
        }
        let row = self.store.playbook(self.firm(), i64::from(version)).await?;
        let row = row.ok_or_else(|| DeskFault::damaged("a version of the playbook is missing", PLAYBOOK))?;
        self.keep(version, || Ok(serde_json::from_str(&row.body)?))
    }

    fn keep(&self, version: u32, read: impl FnOnce() -> Result<Playbook, DeskFault>) -> Result<Arc<Shelved>, DeskFault> {
        let mut shelf = self.shelf.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(shelved) = shelf.get(&version) {
            return Ok(Arc::clone(shelved));
        }
        let playbook = read()?;
        let shelved = Arc::new(Shelved { version, table: playbook.field_table(), playbook });
        if shelf.len() >= KEPT_MAX {
            shelf.clear();
        }
        shelf.insert(version, Arc::clone(&shelved));
        Ok(shelved)
    }

    /// Publishes the version after `read_at`, the one the document was made from. The same document is not published twice.
    ///
    /// # Errors
    /// [`DeskFault::Moved`] when another version was published meanwhile: make the document from that one.
    pub(crate) async fn publish(&self, mut document: Playbook, read_at: u32, actor: &Actor) -> Result<u32, DeskFault> {
        document.sort();
        let before = if read_at > 0 { Some(self.shelved(read_at).await?) } else { None };
        let version = read_at + 1;
        document.number_rules(before.as_ref().map(|before| &before.playbook), version);
        if before.is_some_and(|before| before.playbook == document) {
            return Ok(read_at);
        }
        let (now, head) = (self.now(), self.head(PLAYBOOK).await?);
        let row = PlaybookRow { version: i64::from(version), at: now.micros(), body: serde_json::to_string(&document)? };
        let request = fresh::id(now)?;
        let telling = Telling { at: now, actor, request: &request, playbook: read_at };
        let events = self.written(PLAYBOOK, PLAYBOOK, head, &[PlaybookEvent::PlaybookPublished { document }], telling, None)?;
        if head.seq != u64::from(read_at) {
            return Err(DeskFault::Moved);
        }
        let changes = vec![Change::Playbook(row)];
        self.store.append(Append { firm: self.firm().to_owned(), events, changes, ..Append::default() }).await?;
        security_log::done(What::Publish, Who::of(actor), &format!("version {version}"));
        Ok(version)
    }
}
