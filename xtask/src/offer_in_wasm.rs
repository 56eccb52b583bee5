//! The offer model away from home: its tests run under Node's WASI.

use crate::tally::Tally;
use crate::workspace::Workspace;
use crate::{Outcome, prerequisites, process};

/// Runs the model's own tests, properties included, as WebAssembly.
pub(crate) fn test_under_wasi(workspace: &Workspace, tally: &mut Tally) -> Outcome {
    // Tests run in the folder of their package; an absolute path could hold a space, at which cargo splits.
    let runner = "node --no-warnings ../xtask/wasi-runner.mjs";
    tally.run(
        process::cargo(workspace.root(), &["test", "--package", "offer", "--lib", "--tests", "--target", prerequisites::WASI])
            .env("CARGO_TARGET_WASM32_WASIP1_RUNNER", runner)
            // A failing case is found again from its seed; WASI has no folder to remember it in.
            .env("PROPTEST_DISABLE_FAILURE_PERSISTENCE", "1"),
    )
}
