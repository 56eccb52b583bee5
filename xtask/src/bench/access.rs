//! Decisions of access.

use super::row::{Bar, Row};
use super::{Bench, number};
use crate::{Failure, Outcome, process};

/// The longest that a decision may take.
const DECISION_NS: f64 = 2_000.0;

pub(super) fn measure(bench: &Bench<'_>) -> Outcome<Vec<Row>> {
    let output = process::cargo(bench.workspace.root(), &["bench", "--quiet", "--package", "offer", "--bench", "access"])
        .output()
        .map_err(|error| Failure::because(error.to_string()))?;
    let said: serde_json::Value = serde_json::from_slice(&output.stdout)
        .map_err(|error| Failure::because(format!("{error}: {}", String::from_utf8_lossy(&output.stderr))))?;
    Ok(vec![
        Row::alone("may this person do this here, median", number(&said, "may_ns"), "ns", Bar::AtMost(DECISION_NS)),
        Row::alone("what does this person see of it, median", number(&said, "sight_ns"), "ns", Bar::AtMost(DECISION_NS)),
        Row::alone("which fields may this person write, median", number(&said, "edits_ns"), "ns", Bar::AtMost(DECISION_NS)),
        Row::alone("what of a line of the board, median", number(&said, "sight_of_a_line_ns"), "ns", Bar::AtMost(DECISION_NS)),
    ])
}
