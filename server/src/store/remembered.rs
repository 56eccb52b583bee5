//! What was read by its key from a file that only this process writes: it holds until the next commit.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
};

use super::cell::{Cell, Row};

/// Answers that are kept at once.
const KEPT_MAX: usize = 4_096;

/// A statement with its values.
type Asked = (&'static str, Vec<Cell>);

/// The number of commits so far, and what was read since the last of them.
#[derive(Default)]
pub(super) struct Remembered {
    commits: AtomicU64,
    kept: Mutex<Kept>,
}

#[derive(Default)]
struct Kept {
    /// The commits when these were read.
    at: u64,
    answers: HashMap<Asked, Arc<Vec<Row>>>,
}

impl Remembered {
    /// Ask before reading: what is read then is at least as new.
    pub(super) fn commits(&self) -> u64 {
        self.commits.load(Ordering::Acquire)
    }

    /// Call when a commit is in the file, and before whoever waits for it is answered.
    pub(super) fn committed(&self) {
        self.commits.fetch_add(1, Ordering::Release);
    }

    /// An answer that was read when there were as many commits.
    pub(super) fn of(&self, asked: &Asked, commits: u64) -> Option<Arc<Vec<Row>>> {
        let kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        kept.answers.get(asked).filter(|_| kept.at == commits).cloned()
    }

    /// Keeps an answer that was read after that many commits.
    pub(super) fn keep(&self, commits: u64, asked: Asked, answer: &Arc<Vec<Row>>) {
        let mut kept = self.kept.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.at > commits {
            return;
        }
        if kept.at < commits || kept.answers.len() >= KEPT_MAX {
            kept.answers.clear();
        }
        kept.at = commits;
        kept.answers.insert(asked, Arc::clone(answer));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_holds_until_the_next_commit_and_never_after_it() {
        let (remembered, asked) = (Remembered::default(), ("SELECT 1", vec![Cell::from("firm")]));
        let before = remembered.commits();
        assert!(remembered.of(&asked, before).is_none());
        remembered.keep(before, asked.clone(), &Arc::default());
        assert!(remembered.of(&asked, remembered.commits()).is_some());
        remembered.committed();
        assert!(remembered.of(&asked, remembered.commits()).is_none());
        remembered.keep(before, asked.clone(), &Arc::default());
        assert!(remembered.of(&asked, remembered.commits()).is_none(), "read before the commit, kept after it");
    }
}
