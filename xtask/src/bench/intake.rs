//! The check of an intake, natively and in a browser.

use super::row::{Bar, Row};
use super::{Bench, number};
use crate::Outcome;

pub(super) fn measure(bench: &Bench<'_>) -> Outcome<Vec<Row>> {
    let (native, browser) = (bench.of_the_model("intake")?, bench.in_a_browser()?);
    Ok(vec![
        Row::alone("intake check, native, median", number(&native, "median_microseconds"), "us", Bar::AtMost(50.0)),
        Row::alone("intake check, in the browser, median", number(&browser, "look"), "ms", Bar::AtMost(1.0)),
    ])
}
