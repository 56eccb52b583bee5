//! Whether every stream is whole, walked to the head that the store keeps for it.

use offer::ledger::{Fault, PinnedHead, StoredRow, Verdict, verify_to};

use super::{
    DeskFault, HouseDesk,
    ledger::{OFFER, PERSON, PLAYBOOK, REQUISITION},
};

/// Streams read at once.
const PAGE_ROWS: i64 = 500;

/// What a walk found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Verified {
    /// Streams that were walked.
    pub(crate) streams: u64,
    /// Events in them.
    pub(crate) events: u64,
    /// Streams that are not whole: kind, id, the first bad place, and what is wrong there.
    pub(crate) broken: Vec<(String, String, u64, Fault)>,
}

impl HouseDesk {
    /// Walks every stream of the firm.
    ///
    /// # Errors
    /// [`DeskFault::OutOfReach`].
    pub(crate) async fn verify(&self) -> Result<Verified, DeskFault> {
        let mut verified = Verified::default();
        for kind in [OFFER, REQUISITION, PERSON, PLAYBOOK] {
            let mut after = String::new();
            loop {
                let page = self.store.streams_of(self.firm(), kind, &after, PAGE_ROWS).await?;
                let Some(last) = page.last() else { break };
                after = last.stream.clone();
                for stream in &page {
                    verified.streams += 1;
                    let pinned = u64::try_from(stream.version).ok().zip(stream.head.as_slice().try_into().ok());
                    let rows = self.store.load(self.firm(), &stream.stream).await?;
                    verified.events += u64::try_from(rows.len()).unwrap_or(u64::MAX);
                    let stored = rows.iter().map(|row| StoredRow {
                        envelope: row.envelope.as_bytes(),
                        open: row.open.as_bytes(),
                        sealed: row.sealed.as_deref(),
                    });
                    let verdict = match pinned {
                        Some((seq, leaf)) => {
                            verify_to(self.firm(), &stream.stream, stored, PinnedHead { seq, leaf: offer::ledger::Digest(leaf) })
                        }
                        None => Verdict::Broken { seq: 1, fault: Fault::EnvelopeUnreadable },
                    };
                    if let Verdict::Broken { seq, fault } = verdict {
                        verified.broken.push((kind.to_owned(), stream.stream.clone(), seq, fault));
                    }
                }
            }
        }
        Ok(verified)
    }
}
