//! Both commands of the README from nothing: a clean copy and an empty folder to build into.

use std::process::{Command, Stdio};
use std::time::Instant;

use super::Bench;
use super::row::{Bar, Row};
use crate::{Failure, Outcome, process};

pub(super) fn measure(bench: &Bench<'_>) -> Outcome<Vec<Row>> {
    let folder = tempfile::tempdir().map_err(|error| Failure::because(error.to_string()))?;
    let copy = folder.path().join("copy");
    process::run(Command::new("git").args(["clone", "--quiet"]).arg(bench.workspace.root()).arg(&copy))?;
    let cargo = |arguments: &[&str]| {
        let mut command = process::cargo(&copy, arguments);
        command.env("CARGO_TARGET_DIR", copy.join("target")).env_remove("COUNTERSIGN_SITE").stdin(Stdio::null());
        command
    };
    let begun = Instant::now();
    process::run(&mut cargo(&["xtask", "demo", "--build-only"]))?;
    let demo = begun.elapsed().as_secs_f64();
    std::fs::remove_dir_all(copy.join("target")).map_err(|error| Failure::because(error.to_string()))?;
    let begun = Instant::now();
    process::run(&mut cargo(&["xtask", "test"]))?;
    let test = begun.elapsed().as_secs_f64();
    Ok(vec![
        Row::alone("`cargo xtask demo` until it serves, from nothing", demo / 60.0, "min", Bar::None),
        Row::alone("`cargo xtask test` from nothing", test / 60.0, "min", Bar::AtMost(45.0)),
    ])
}
