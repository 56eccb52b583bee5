//! Running other programs, and speaking to the person at the terminal.

use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Command, Stdio};

use crate::{Failure, Outcome};

/// Prints one line.
pub(crate) fn say(line: &str) {
    // A closed terminal is no reason to stop the work.
    let _ = writeln!(std::io::stdout(), "{line}");
}

/// Cargo, in the workspace, as the toolchain that runs this program.
pub(crate) fn cargo(root: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // the server embeds the site that is built there
    command.current_dir(root).args(arguments).env("COUNTERSIGN_SITE", root.join("target/site"));
    // what cargo tells this program about itself: build scripts that look at it would run again, and all that stands on them
    for (name, _) in std::env::vars_os() {
        if name.to_str().is_some_and(|name| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_")) {
            command.env_remove(name);
        }
    }
    command
}

/// Cargo with every target of the workspace, each compiled by clippy with warnings denied: what is linted is what is tested, and nothing is
/// compiled once for the one and again for the other. What only `cargo xtask bench` needs of the server is among it.
pub(crate) fn cargo_linting(root: &Path, arguments: &[&str]) -> Command {
    let mut command = cargo(root, arguments);
    // what `cargo clippy` sets for itself; the arguments of clippy end so
    command.args(["--features", "server/measure"]).env("RUSTC_WORKSPACE_WRAPPER", "clippy-driver");
    command.env("CLIPPY_ARGS", "-Dwarnings__CLIPPY_HACKERY__");
    command
}

/// Runs a program to its end, its output going to the terminal.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let shown = shown(command);
    let status =
        command.stdin(Stdio::null()).status().map_err(|error| Failure::because(format!("`{shown}` could not be started: {error}")))?;
    if status.success() { Ok(()) } else { Err(Failure::because(format!("`{shown}` ended with {status}"))) }
}

/// Runs a program to its end like `run`, and gives the lines of its output that begin so.
pub(crate) fn run_and_keep(command: &mut Command, beginning: &str) -> (Vec<String>, Outcome) {
    let shown = shown(command);
    let mut kept = Vec::new();
    let child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn();
    let ended = child.and_then(|mut child| {
        for line in child.stdout.take().into_iter().flat_map(|output| BufReader::new(output).lines()) {
            let line = line?;
            say(&line);
            if line.starts_with(beginning) {
                kept.push(line);
            }
        }
        child.wait()
    });
    let outcome = match ended {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::because(format!("`{shown}` ended with {status}"))),
        Err(error) => Err(Failure::because(format!("`{shown}` could not be run: {error}"))),
    };
    (kept, outcome)
}

/// Runs a program to its end and gives everything that it writes.
pub(crate) fn written(command: &mut Command) -> Outcome<Vec<u8>> {
    let shown = shown(command);
    let output = command
        .stdin(Stdio::null())
        .stderr(Stdio::inherit())
        .output()
        .map_err(|error| Failure::because(format!("`{shown}` could not be started: {error}")))?;
    if output.status.success() { Ok(output.stdout) } else { Err(Failure::because(format!("`{shown}` ended with {}", output.status))) }
}

/// What a program prints, or `None` when it is missing or fails.
pub(crate) fn answer(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).stdin(Stdio::null()).stderr(Stdio::null()).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// The command line as a person would type it.
fn shown(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| word.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}
