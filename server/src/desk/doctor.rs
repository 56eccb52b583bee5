//! What the doctor finds: store, keys, mail, clock.

use std::path::Path;

use offer::moment::Moment;

use super::{DeskFault, HouseDesk};
use crate::{
    store::queue,
    vault::folder::{BackedUp, KeyFolder},
};

/// One thing that the doctor looked at. Closed: a new one does not compile until the command line has words for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Finding {
    /// The store answers, and its file is sound as far as its engine can tell; else what the engine said.
    Store(Result<(), Vec<String>>),
    /// Every stream follows its chain; else how many do not.
    Ledger(Result<u64, usize>),
    /// When the wrapping key was last backed up apart from the data; nothing when it never was.
    KeysBackedUp(Option<Moment>),
    /// Mails that were given up.
    MailsGivenUp(i64),
    /// Mails that wait.
    MailsWaiting(i64),
    /// The clock, and whether it is a rehearsal's.
    Clock {
        /// What it says.
        now: Moment,
        /// Whether it is a rehearsal's.
        rehearsal: bool,
    },
    /// The version of the playbook; nothing when none was published.
    Playbook(Option<u32>),
}

impl Finding {
    /// Whether all is well with it.
    pub(crate) fn is_well(&self) -> bool {
        match self {
            Self::Store(sound) => sound.is_ok(),
            Self::Ledger(whole) => whole.is_ok(),
            Self::KeysBackedUp(at) => at.is_some(),
            Self::MailsGivenUp(mails) => *mails == 0,
            // a clock before the product was made decides every deadline wrongly
            Self::Clock { now, .. } => now.day().to_string().as_str() > "2026-01-01",
            Self::Playbook(version) => version.is_some(),
            Self::MailsWaiting(_) => true,
        }
    }
}

impl HouseDesk {
    /// Looks at everything; `data` is the folder of the keys.
    ///
    /// # Errors
    /// [`DeskFault::OutOfReach`].
    pub(crate) async fn examined(&self, data: &Path) -> Result<Vec<Finding>, DeskFault> {
        let faults = self.store.faults_of_file().await?;
        let verified = self.verify().await?;
        let backed_up = match KeyFolder::of(data).backed_up()? {
            BackedUp::At(at) => Some(at),
            BackedUp::Never | BackedUp::AnotherKey => None,
        };
        let version = self.current().await?.version;
        Ok(vec![
            Finding::Store(if faults.is_empty() { Ok(()) } else { Err(faults) }),
            Finding::Ledger(if verified.broken.is_empty() { Ok(verified.streams) } else { Err(verified.broken.len()) }),
            Finding::KeysBackedUp(backed_up),
            Finding::MailsGivenUp(self.store.outbox_count(self.firm(), queue::FAILED).await?),
            Finding::MailsWaiting(self.store.outbox_count(self.firm(), queue::WAITING).await?),
            Finding::Clock { now: self.now(), rehearsal: self.clock.is_rehearsal() },
            Finding::Playbook((version > 0).then_some(version)),
        ])
    }
}
