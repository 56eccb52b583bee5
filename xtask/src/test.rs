//! `cargo xtask test`: every check and every test, cheapest first.

use std::time::Instant;

use clap::ValueEnum;

use crate::tally::Tally;
use crate::workspace::Workspace;
use crate::{Failure, Outcome, guard, offer_in_wasm, prerequisites, process, site};

/// One part of the whole, in the order in which they run.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(crate) enum Part {
    /// House rules for files.
    Tidy,
    /// `cargo fmt`.
    Format,
    /// Licences, banned crates, duplicate versions.
    Crates,
    /// `cargo clippy`, warnings denied.
    Lints,
    /// The offer model as a browser gets it.
    Browser,
    /// The site that the server embeds.
    Site,
    /// Every test of the workspace.
    Tests,
    /// The offer model's tests as WebAssembly.
    Wasi,
}

impl Part {
    fn heading(self) -> &'static str {
        match self {
            Self::Tidy => "house rules",
            Self::Format => "formatting",
            Self::Crates => "licences, banned crates, duplicates",
            Self::Lints => "lints",
            Self::Browser => "the offer model builds for the browser",
            Self::Site => "site",
            Self::Tests => "tests",
            Self::Wasi => "the offer model's tests under WASI",
        }
    }

    fn run(self, workspace: &Workspace, tally: &mut Tally) -> Outcome {
        match self {
            Self::Tidy => guard::tidy(workspace),
            Self::Format => process::run(&mut process::cargo(workspace.root(), &["fmt", "--all", "--check"])),
            Self::Crates => guard::crates(workspace),
            Self::Lints => {
                process::run(&mut process::cargo(workspace.root(), &["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
            }
            Self::Browser => offer_in_wasm::build_for_browser(workspace),
            Self::Site => site::build(workspace, site::Kind::Debug),
            Self::Tests => every_test(workspace, tally),
            Self::Wasi => offer_in_wasm::test_under_wasi(workspace, tally),
        }
    }
}

/// Runs all parts, or the one asked for, and stops at the first that fails.
pub(crate) fn run(workspace: &Workspace, only: Option<Part>) -> Outcome {
    prerequisites::for_testing(workspace)?;
    let begun = Instant::now();
    let mut tally = Tally::default();
    let outcome = run_parts(workspace, only, &mut tally);
    process::say(&format!("\n=== after {} s", begun.elapsed().as_secs()));
    if let Some(results) = tally.shown() {
        process::say(&results);
    }
    outcome
}

fn run_parts(workspace: &Workspace, only: Option<Part>, tally: &mut Tally) -> Outcome {
    for part in Part::value_variants().iter().filter(|part| only.is_none_or(|wanted| wanted == **part)) {
        let begun = Instant::now();
        process::say(&format!("\n=== {}", part.heading()));
        part.run(workspace, tally).map_err(|Failure(reason)| Failure::because(format!("{}: {reason}", part.heading())))?;
        process::say(&format!("--- {}: {} s", part.heading(), begun.elapsed().as_secs()));
    }
    Ok(())
}

/// The tests of every crate; those of the whole system run the binary that is built here.
fn every_test(workspace: &Workspace, tally: &mut Tally) -> Outcome {
    // All targets at once: the same features for the binary and for the tests, so nothing is compiled twice.
    process::run(&mut process::cargo(workspace.root(), &["build", "--workspace", "--all-targets"]))?;
    tally.run(
        process::cargo(workspace.root(), &["test", "--workspace", "--no-fail-fast"])
            .env("COUNTERSIGN_BIN", workspace.countersign())
            .env("COUNTERSIGN_TEST_PYTHON", workspace.python()),
    )
}
