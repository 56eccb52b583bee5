//! `cargo xtask bench`: what the product promises in figures, each against a baseline measured in the same run.

mod access;
mod approvals;
mod board;
mod builds;
mod enumeration;
mod intake;
mod letter;
mod lighthouse;
mod load;
mod pages;
mod route;
mod row;
mod sizes;

use std::path::PathBuf;

use clap::ValueEnum;
use tests::Demo;

use self::row::Row;
use crate::workspace::Workspace;
use crate::{Failure, Outcome, in_a_browser, prerequisites, process, site};

/// What can be measured alone.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum, Debug)]
pub(crate) enum Name {
    /// What a first visit brings over the wire.
    Sizes,
    /// Pages per second of the candidate's offer.
    Pages,
    /// Durable approvals per second on both stores.
    Approvals,
    /// The board's first page among many offers.
    Board,
    /// A letter as PDF.
    Letter,
    /// Decisions of access.
    Access,
    /// The check of an intake, natively and in the browser.
    Intake,
    /// The route among many rules, natively and in the browser.
    Route,
    /// Whether a clock tells a stranger what exists.
    Enumeration,
    /// Lighthouse on the candidate's offer.
    Lighthouse,
    /// Both commands of the README in a clean copy.
    Builds,
}

impl Name {
    fn measure(self, bench: &Bench<'_>) -> Outcome<Vec<Row>> {
        match self {
            Self::Sizes => sizes::measure(bench),
            Self::Pages => pages::measure(bench),
            Self::Approvals => approvals::measure(bench),
            Self::Board => board::measure(bench),
            Self::Letter => letter::measure(bench),
            Self::Access => access::measure(bench),
            Self::Intake => intake::measure(bench),
            Self::Route => route::measure(bench),
            Self::Enumeration => enumeration::measure(bench),
            Self::Lighthouse => lighthouse::measure(bench),
            Self::Builds => builds::measure(bench),
        }
    }
}

/// What every measurement works with.
pub(crate) struct Bench<'a> {
    workspace: &'a Workspace,
}

impl Bench<'_> {
    /// A program that the product is measured with, in its release form.
    fn countersign(&self) -> std::process::Command {
        std::process::Command::new(self.workspace.countersign_released())
    }

    /// One line of JSON from a measurement inside the process.
    fn inside(&self, arguments: &[&str]) -> Outcome<serde_json::Value> {
        let output = self.countersign().arg("measure").args(arguments).output().map_err(|error| Failure::because(error.to_string()))?;
        if !output.status.success() {
            return Err(Failure::because(format!("measure {}: {}", arguments.join(" "), String::from_utf8_lossy(&output.stderr))));
        }
        serde_json::from_slice(&output.stdout).map_err(|error| Failure::because(error.to_string()))
    }

    /// What a bench of the offer model says, natively.
    fn of_the_model(&self, name: &str) -> Outcome<serde_json::Value> {
        let output = process::written(&mut process::cargo(self.workspace.root(), &["bench", "--quiet", "--bench", name]))?;
        serde_json::from_slice(&output).map_err(|error| Failure::because(format!("bench {name}: {error}")))
    }

    /// What the offer model takes in a browser.
    fn in_a_browser(&self) -> Outcome<serde_json::Value> {
        let output = in_a_browser::measure(self.workspace)?;
        serde_json::from_slice(&output).map_err(|error| Failure::because(format!("measure.js: {error}")))
    }

    /// A demo of its own, served until it is dropped.
    fn demo(&self) -> Demo {
        Demo::start(&self.workspace.countersign_released())
    }
}

/// Measures, prints the table, and writes it as JSON where asked. A bar that does not hold is a failure, after everything was measured.
pub(crate) fn run(workspace: &Workspace, only: Option<Name>, json: Option<PathBuf>) -> Outcome {
    prerequisites::for_building()?;
    site::build(workspace, site::Kind::Release)?;
    let release = ["build", "--release", "--bin", "countersign", "--features", "server/measure"];
    process::run(&mut process::cargo(workspace.root(), &release))?;
    let bench = Bench { workspace };
    let mut rows = Vec::new();
    for name in Name::value_variants().iter().filter(|name| only.is_none_or(|wanted| wanted == **name)) {
        let measured = name.measure(&bench)?;
        measured.iter().for_each(|row| process::say(&row.shown()));
        rows.extend(measured);
    }
    if let Some(path) = json {
        let text = serde_json::to_string_pretty(&rows.iter().map(Row::json).collect::<Vec<_>>());
        let text = text.map_err(|error| Failure::because(error.to_string()))?;
        std::fs::write(&path, text).map_err(|error| site::at(&path, &error))?;
    }
    let missed: Vec<&str> = rows.iter().filter(|row| row.holds() == Some(false)).map(|row| row.name.as_str()).collect();
    if missed.is_empty() { Ok(()) } else { Err(Failure::because(format!("missed: {}", missed.join("; ")))) }
}

/// A figure of a measurement; NaN when it is not there, so that no bar holds by accident.
fn number(measured: &serde_json::Value, key: &str) -> f64 {
    measured.get(key).and_then(serde_json::Value::as_f64).unwrap_or(f64::NAN)
}

/// The figures of a measurement.
fn numbers(measured: &serde_json::Value, key: &str) -> Vec<f64> {
    measured.get(key).and_then(serde_json::Value::as_array).into_iter().flatten().filter_map(serde_json::Value::as_f64).collect()
}
