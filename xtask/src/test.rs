//! `cargo xtask test`: every check and every test, cheapest first.

use std::time::Instant;

use clap::ValueEnum;

use crate::tally::Tally;
use crate::workspace::Workspace;
use crate::{Failure, Outcome, guard, in_a_browser, offer_in_wasm, prerequisites, process, site};

/// Tests that run at once for each core: most of their time they wait until something is durable.
const TESTS_PER_CORE: usize = 2;

/// One part of the whole, in the order in which they run.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(crate) enum Part {
    /// House rules for files.
    Tidy,
    /// `cargo fmt`.
    Format,
    /// Licences, banned crates, duplicate versions.
    Crates,
    /// The site that the server embeds, with the bundles: pages and offer model as a browser gets them.
    Site,
    /// Everything built under clippy, warnings denied.
    Lints,
    /// Every test of the workspace.
    Tests,
    /// The whole system in Chromium, with script and without.
    BrowserTests,
    /// The offer model's tests as WebAssembly.
    Wasi,
}

impl Part {
    fn heading(self) -> &'static str {
        match self {
            Self::Tidy => "house rules",
            Self::Format => "formatting",
            Self::Crates => "licences, banned crates, duplicates",
            Self::Site => "site, and the offer model for the browser",
            Self::Lints => "everything built, and lints",
            Self::Tests => "tests",
            Self::BrowserTests => "tests in a browser",
            Self::Wasi => "the offer model's tests under WASI",
        }
    }

    /// Sees to what this part takes, before anything runs: a missing program is named at once and not after half an hour.
    fn prepare(self, workspace: &Workspace) -> Outcome {
        match self {
            Self::Tidy | Self::Format | Self::Crates => Ok(()),
            Self::Site => prerequisites::for_platform(prerequisites::BROWSER),
            Self::Lints => prerequisites::for_building(),
            Self::Tests => prerequisites::for_tests(workspace),
            Self::BrowserTests => prerequisites::for_browser_tests(workspace),
            Self::Wasi => prerequisites::for_wasi(),
        }
    }

    /// The part without which this one, asked for alone, would look at what was built some other day.
    fn stands_on(self) -> Option<Self> {
        (self == Self::BrowserTests).then_some(Self::Site)
    }

    fn run(self, workspace: &Workspace, tally: &mut Tally) -> Outcome {
        match self {
            Self::Tidy => guard::tidy(workspace),
            Self::Format => process::run(&mut process::cargo(workspace.root(), &["fmt", "--all", "--check"])),
            Self::Crates => guard::crates(workspace),
            Self::Site => site::build(workspace, site::Kind::Debug),
            Self::Lints => build_everything(workspace),
            Self::Tests => every_test(workspace, tally),
            Self::BrowserTests => in_a_browser::run_tests(workspace),
            Self::Wasi => offer_in_wasm::test_under_wasi(workspace, tally),
        }
    }
}

/// Runs all parts, or the one asked for, and stops at the first that fails.
pub(crate) fn run(workspace: &Workspace, only: Option<Part>) -> Outcome {
    let wanted = |part: &Part| only.is_none_or(|only| only == *part || only.stands_on() == Some(*part));
    let parts: Vec<Part> = Part::value_variants().iter().copied().filter(wanted).collect();
    parts.iter().try_for_each(|part| part.prepare(workspace))?;
    let (begun, mut tally) = (Instant::now(), Tally::default());
    let outcome = parts.iter().try_for_each(|part| run_one(*part, workspace, &mut tally));
    process::say(&format!("\n=== after {} s", begun.elapsed().as_secs()));
    if let Some(results) = tally.shown() {
        process::say(&results);
    }
    outcome
}

fn run_one(part: Part, workspace: &Workspace, tally: &mut Tally) -> Outcome {
    let begun = Instant::now();
    process::say(&format!("\n=== {}", part.heading()));
    part.run(workspace, tally).map_err(|Failure(reason)| Failure::because(format!("{}: {reason}", part.heading())))?;
    process::say(&format!("--- {}: {} s", part.heading(), begun.elapsed().as_secs()));
    Ok(())
}

/// All targets at once: the same features for the binary and for the tests, so nothing is compiled twice.
pub(crate) fn build_everything(workspace: &Workspace) -> Outcome {
    process::run(&mut process::cargo_linting(workspace.root(), &["build", "--workspace", "--all-targets"]))
}

/// The tests of every crate; those of the whole system run the binary that is built here.
fn every_test(workspace: &Workspace, tally: &mut Tally) -> Outcome {
    build_everything(workspace)?;
    let cores = std::thread::available_parallelism().map_or(2, std::num::NonZeroUsize::get);
    tally.run(
        process::cargo_linting(workspace.root(), &["test", "--workspace", "--no-fail-fast"])
            .env("COUNTERSIGN_BIN", workspace.countersign())
            .env("COUNTERSIGN_AIOSMTPD", workspace.python())
            .env("RUST_TEST_THREADS", (cores * TESTS_PER_CORE).to_string()),
    )
}
