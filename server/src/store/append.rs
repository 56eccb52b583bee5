//! The one way to write: events and everything that follows from them, in one transaction.

use std::collections::BTreeMap;

use super::{
    change::Change,
    history::{self, StoredEvent},
    query::{Step, Work},
    trouble::{AppendError, Unfit},
};

/// The version at which a stream was read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Expectation {
    /// The stream's id.
    pub(crate) stream: String,
    /// How many events it had; 0 for none.
    pub(crate) version: i64,
}

/// What one decision writes. Either all of it is in the store and durable, or none of it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Append {
    /// The firm, first in every key.
    pub(crate) firm: String,
    /// Every stream that mattered, written or only read; each must still stand there. A written stream may be left out:
    /// its events' sequence numbers say the same.
    pub(crate) expectations: Vec<Expectation>,
    /// New events; those of one stream in order and without a gap.
    pub(crate) events: Vec<StoredEvent>,
    /// Everything else, in this order, after the events.
    pub(crate) changes: Vec<Change>,
}

impl Append {
    /// An append of rows without events.
    pub(crate) fn of_changes(firm: &str, changes: Vec<Change>) -> Append {
        Append { firm: firm.to_owned(), changes, ..Append::default() }
    }

    /// The transaction. Streams come first and in the order of their ids, so that two appends never wait for each other crosswise.
    pub(super) fn work(&self) -> Result<Work, AppendError> {
        let mut steps: Vec<Step> = Vec::new();
        for (stream, (version, events)) in self.by_stream()? {
            let expected = Expectation { stream: stream.to_owned(), version };
            steps.extend(history::steps(&self.firm, &expected, &events));
        }
        for change in &self.changes {
            steps.extend(change.steps(&self.firm)?);
        }
        Ok(Work::of(steps))
    }

    /// Each stream with the version it must stand at and the events that follow it.
    fn by_stream(&self) -> Result<BTreeMap<&str, (i64, Vec<&StoredEvent>)>, AppendError> {
        let gap = AppendError::Unfit(Unfit::Gap);
        let mut streams: BTreeMap<&str, (i64, Vec<&StoredEvent>)> = BTreeMap::new();
        for expected in &self.expectations {
            let (version, _) = streams.entry(&expected.stream).or_insert((expected.version, Vec::new()));
            if *version != expected.version {
                return Err(gap);
            }
        }
        for event in &self.events {
            let before = event.stream_seq.saturating_sub(1);
            let (version, events) = streams.entry(&event.stream).or_insert((before, Vec::new()));
            let last = events.last().map_or(*version, |last| last.stream_seq);
            if last != before || before < 0 {
                return Err(gap);
            }
            events.push(event);
        }
        Ok(streams)
    }
}
