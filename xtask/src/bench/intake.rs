//! The check of an intake.

use super::row::{Bar, Row};
use super::{Bench, number};
use crate::{Failure, Outcome, process};

pub(super) fn measure(bench: &Bench<'_>) -> Outcome<Vec<Row>> {
    let native = process::cargo(bench.workspace.root(), &["bench", "--quiet", "--package", "offer", "--bench", "intake"])
        .output()
        .map_err(|error| Failure::because(error.to_string()))?;
    let native: serde_json::Value = serde_json::from_slice(&native.stdout)
        .map_err(|error| Failure::because(format!("{error}: {}", String::from_utf8_lossy(&native.stderr))))?;
    Ok(vec![Row::alone("intake check, native, median", number(&native, "median_microseconds"), "us", Bar::AtMost(50.0))])
}
