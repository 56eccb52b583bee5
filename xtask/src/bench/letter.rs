//! The letter.

use super::row::{Bar, Row, median};
use super::{Bench, numbers};
use crate::Outcome;

pub(super) fn measure(bench: &Bench<'_>) -> Outcome<Vec<Row>> {
    let measured = bench.inside(&["letter"])?;
    Ok(vec![Row::alone("letter as PDF, warm, median", median(&numbers(&measured, "milliseconds")), "ms", Bar::AtMost(20.0))])
}
