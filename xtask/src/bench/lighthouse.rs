//! Lighthouse, as on a telephone, on the candidate's offer.

use std::process::Command;

use super::Bench;
use super::row::{Bar, Row, median};
use crate::{Failure, Outcome, prerequisites};

/// Runs; the median counts.
const RUNS: usize = 5;
/// Category, name, and the least score.
const CATEGORIES: [(&str, &str, f64); 3] = [
    ("performance", "Lighthouse mobile, performance", 98.0),
    ("accessibility", "Lighthouse mobile, accessibility", 100.0),
    ("best-practices", "Lighthouse mobile, best practices", 100.0),
];

pub(super) fn measure(bench: &Bench<'_>) -> Outcome<Vec<Row>> {
    let program = prerequisites::lighthouse(bench.workspace)?;
    let chromium = prerequisites::chromium()?;
    let demo = bench.demo();
    let candidate = demo.candidate();
    let cookie = candidate.cookies().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
    let headers = serde_json::json!({ "Cookie": cookie }).to_string();
    let mut scores = vec![Vec::new(); CATEGORIES.len()];
    for _ in 0..RUNS {
        let output = Command::new(&program)
            .arg(format!("http://{}/o/offer", demo.address()))
            .args(["--quiet", "--output=json", "--output-path=stdout", "--only-categories=performance,accessibility,best-practices"])
            .arg("--chrome-flags=--headless=new --no-sandbox --disable-gpu")
            .arg(format!("--extra-headers={headers}"))
            .env("CHROME_PATH", &chromium)
            .output()
            .map_err(|error| Failure::because(format!("{}: {error}", program.display())))?;
        let report: serde_json::Value = serde_json::from_slice(&output.stdout)
            .map_err(|error| Failure::because(format!("lighthouse: {error}: {}", String::from_utf8_lossy(&output.stderr))))?;
        for ((category, ..), kept) in CATEGORIES.iter().zip(&mut scores) {
            kept.push(
                report.pointer(&format!("/categories/{category}/score")).and_then(serde_json::Value::as_f64).unwrap_or(f64::NAN) * 100.0,
            );
        }
    }
    Ok(CATEGORIES
        .iter()
        .zip(&scores)
        .map(|((_, name, least), kept)| Row::alone(*name, median(kept), "of 100", Bar::AtLeast(*least)))
        .collect())
}
