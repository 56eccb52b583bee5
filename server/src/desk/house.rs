//! One firm's desk: its store, its keys, its clock.

use std::{
    fmt,
    sync::{Arc, Mutex, OnceLock},
};

use offer::{
    id::{FirmId, PersonId},
    moment::Moment,
};

use tokio::sync::OnceCell;

use super::{file::Files, people::Roster, playbooks::Shelf, portal::Letters, viewed::Notes};
use crate::{
    clock::Clock,
    config::Demo,
    letter::Press,
    outbox::Mailbox,
    store::Store,
    vault::{DataKey, Vault},
};

/// What the configuration says of a firm's desk.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct HouseSettings {
    /// The firm, first in every key of the store.
    pub(crate) firm: FirmId,
    /// Where people reach it, without a slash at the end: `https://offers.example.com`. Links in mails begin with it.
    pub(crate) public_url: String,
    /// Who mails come from.
    pub(crate) mail_from: Mailbox,
    /// What makes it a demo, if it is one.
    pub(crate) demo: Option<Demo>,
}

/// A roster with the count it was read at.
pub(super) type KeptRoster = Option<(i64, Arc<Roster>)>;

/// The desk of one firm. Cloning shares everything.
#[derive(Clone)]
pub(crate) struct HouseDesk {
    /// Where everything lies.
    pub(crate) store: Store,
    /// Wraps the keys under which private parts are sealed.
    pub(crate) vault: Arc<Vault>,
    /// What time it is.
    pub(crate) clock: Arc<Clock>,
    /// Firm, address, sender.
    pub(crate) settings: Arc<HouseSettings>,
    /// Sets letters.
    pub(crate) press: Press,
    /// The firm's own key, once it was needed.
    pub(super) firm_key: Arc<OnceCell<Arc<DataKey>>>,
    /// Parsed playbooks.
    pub(super) shelf: Arc<Mutex<Shelf>>,
    /// Offers that were folded.
    pub(super) files: Arc<Mutex<Files>>,
    /// Letters that candidates read.
    pub(super) letters: Arc<Mutex<Letters>>,
    /// Staff and contacts, with the count they were read at.
    pub(super) roster: Arc<Mutex<KeptRoster>>,
    /// Who looked, until it is written.
    pub(super) notes: Arc<Notes>,
    /// Whom the first page of a demo showed first: they stay on it, so that whoever was somebody finds them again.
    pub(super) demo_cast: Arc<OnceLock<Vec<PersonId>>>,
}

impl fmt::Debug for HouseDesk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("HouseDesk").field("settings", &self.settings).finish_non_exhaustive()
    }
}

impl HouseDesk {
    /// A desk over an open store.
    pub(crate) fn new(store: Store, vault: Arc<Vault>, clock: Arc<Clock>, settings: HouseSettings) -> Self {
        Self {
            store,
            vault,
            clock,
            settings: Arc::new(settings),
            press: Press::new(),
            firm_key: Arc::default(),
            shelf: Arc::default(),
            files: Arc::default(),
            letters: Arc::default(),
            roster: Arc::default(),
            notes: Arc::default(),
            demo_cast: Arc::default(),
        }
    }

    /// The firm, as it begins every key.
    pub(crate) fn firm(&self) -> &str {
        self.settings.firm.as_str()
    }

    /// Now.
    pub(crate) fn now(&self) -> Moment {
        self.clock.now()
    }

    /// An address of this desk for a link in a mail; `path` begins with a slash.
    pub(crate) fn link(&self, path: &str) -> String {
        format!("{}{path}", self.settings.public_url)
    }
}
