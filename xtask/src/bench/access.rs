//! Decisions of access.

use super::row::{Bar, Row};
use super::{Bench, number};
use crate::Outcome;

/// The longest that a decision may take.
const DECISION_NS: f64 = 2_000.0;

pub(super) fn measure(bench: &Bench<'_>) -> Outcome<Vec<Row>> {
    let said = bench.of_the_model("access")?;
    Ok(vec![
        Row::alone("may this person do this here, median", number(&said, "may_ns"), "ns", Bar::AtMost(DECISION_NS)),
        Row::alone("what does this person see of it, median", number(&said, "sight_ns"), "ns", Bar::AtMost(DECISION_NS)),
        Row::alone("which fields may this person write, median", number(&said, "edits_ns"), "ns", Bar::AtMost(DECISION_NS)),
        Row::alone("what of a line of the board, median", number(&said, "sight_of_a_line_ns"), "ns", Bar::AtMost(DECISION_NS)),
    ])
}
