//! How many tests passed and failed, over all test programs of a run.

use std::process::Command;

use crate::{Outcome, process};

/// What every test program ends with.
const RESULT: &str = "test result:";

/// The sum of the results of all test programs so far.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub(crate) struct Tally {
    programs: u32,
    passed: u32,
    failed: u32,
    ignored: u32,
}

impl Tally {
    /// Runs `cargo test` and adds what its programs say.
    pub(crate) fn run(&mut self, command: &mut Command) -> Outcome {
        let (results, outcome) = process::run_and_keep(command, RESULT);
        for result in results {
            self.add(&result);
        }
        outcome
    }

    /// The sum, in the form in which one program gives it; `None` when no program ran.
    pub(crate) fn shown(self) -> Option<String> {
        let Self { programs, passed, failed, ignored } = self;
        let verdict = if failed == 0 { "ok" } else { "FAILED" };
        (programs > 0)
            .then(|| format!("{RESULT} {verdict}. {passed} passed; {failed} failed; {ignored} ignored; in {programs} test programs"))
    }

    fn add(&mut self, result: &str) {
        let count = |what: &str| {
            let before = result.split(what).next().filter(|before| before.len() < result.len())?;
            before.split_whitespace().next_back()?.parse::<u32>().ok()
        };
        self.programs += 1;
        self.passed += count(" passed").unwrap_or_default();
        self.failed += count(" failed").unwrap_or_default();
        self.ignored += count(" ignored").unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::Tally;

    #[test]
    fn results_of_several_programs_are_one_sum() {
        let mut tally = Tally::default();
        assert_eq!(tally.shown(), None);
        tally.add("test result: ok. 80 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 3.70s");
        tally.add("test result: FAILED. 3 passed; 2 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.10s");
        assert_eq!(tally.shown().as_deref(), Some("test result: FAILED. 83 passed; 2 failed; 0 ignored; in 2 test programs"));
    }
}
