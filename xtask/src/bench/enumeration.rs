//! What a stranger, or somebody who may not see an offer, could read off a clock about what exists.

use super::row::{Bar, Row, median};
use super::{Bench, numbers};
use crate::Outcome;

/// Requests of each kind.
const REQUESTS: &str = "1000";

pub(super) fn measure(bench: &Bench<'_>) -> Outcome<Vec<Row>> {
    let measured = bench.inside(&["enumeration", "--requests", REQUESTS])?;
    let row = |what: &str| {
        let pair = measured.get(what).cloned().unwrap_or_default();
        let (known, unknown) = (median(&numbers(&pair, "known")), median(&numbers(&pair, "unknown")));
        // whichever takes longer tells
        let ratio = (known / unknown).max(unknown / known);
        Row {
            name: format!("{what}, known and unknown"),
            value: known,
            unit: "ms median",
            baseline: Some(("unknown", unknown)),
            ratio: Some(ratio),
            bar: Bar::RatioAtMost(1.1),
        }
    };
    Ok(["open an offer", "sign-in", "ask for a code", "answer a code"].map(row).into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_measured_is_not_alike() {
        let none = median(&[]);
        assert!((none / none).max(none / none).is_nan());
        assert_eq!(Row::paired("x", &[], "ms", "y", &[], Bar::RatioAtMost(1.1)).holds(), Some(false));
    }
}
