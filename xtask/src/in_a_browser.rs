//! The product in a real browser: its tests, and the pictures of it in the guides.

use std::process::Command;

use crate::workspace::Workspace;
use crate::{Outcome, bundle, prerequisites, process, site, test};

/// Runs every file of tests in `tests/browser/specs`.
pub(crate) fn run_tests(workspace: &Workspace) -> Outcome {
    test::build_everything(workspace)?;
    bundle::probe(workspace, site::Kind::Debug)?;
    process::run(playwright(workspace).arg("test"))
}

/// Takes the pictures of the README from a demo of its own.
pub(crate) fn take_pictures(workspace: &Workspace) -> Outcome {
    prerequisites::for_browser_tests(workspace)?;
    site::build(workspace, site::Kind::Debug)?;
    process::run(&mut process::cargo(workspace.root(), &["build", "--bin", "countersign"]))?;
    let folder = workspace.at("tests/browser");
    process::run(Command::new("node").arg("pictures.js").current_dir(folder).env("COUNTERSIGN_BIN", workspace.countersign()))
}

/// What the model takes in a browser: one line of JSON.
pub(crate) fn measure(workspace: &Workspace) -> Outcome<Vec<u8>> {
    prerequisites::for_browser_tests(workspace)?;
    bundle::probe(workspace, site::Kind::Release)?;
    process::written(Command::new("node").arg("measure.js").current_dir(workspace.at("tests/browser")))
}

/// Playwright, as `npm ci` brought it, with the binary that is built here.
fn playwright(workspace: &Workspace) -> Command {
    let mut command = Command::new("node");
    command
        .arg("node_modules/@playwright/test/cli.js")
        .current_dir(workspace.at("tests/browser"))
        .env("COUNTERSIGN_BIN", workspace.countersign());
    command
}
