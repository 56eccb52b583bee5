//! The route among 500 rules over more than 80 fields, natively and in a browser; and the way again after one change.

use serde_json::Value;

use super::row::{Bar, Row};
use super::{Bench, number};
use crate::Outcome;

/// The bars of one route, and of one after a change.
const NATIVE_MICROSECONDS: f64 = 200.0;
const BROWSER_MILLISECONDS: f64 = 2.0;

pub(super) fn measure(bench: &Bench<'_>) -> Outcome<Vec<Row>> {
    let (native, browser) = (bench.of_the_model("route")?, bench.in_a_browser()?);
    let microseconds = |key: &str| number(native.get(key).unwrap_or(&Value::Null), "median") / 1_000.0;
    Ok(vec![
        Row::alone("route of 500 rules, native, median", microseconds("route_ns"), "us", Bar::AtMost(NATIVE_MICROSECONDS)),
        Row::alone("the same after a change", microseconds("reroute_after_a_change_ns"), "us", Bar::AtMost(NATIVE_MICROSECONDS)),
        Row::alone("route of 500 rules, in the browser, median", number(&browser, "route"), "ms", Bar::AtMost(BROWSER_MILLISECONDS)),
        Row::alone("the same after a change, in the browser", number(&browser, "change"), "ms", Bar::AtMost(BROWSER_MILLISECONDS)),
    ])
}
