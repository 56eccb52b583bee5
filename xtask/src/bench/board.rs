//! The board's first page, with its counts, among few and among many offers.

use std::path::Path;

use tests::Demo;

use super::Bench;
use super::load::Ask;
use super::row::{Bar, Row, percentile};
use crate::{Failure, Outcome, process};

/// Offers of the small firm and of the large one.
const FEW: usize = 1_000;
const MANY: usize = 100_000;
/// Pages of each in one turn, and turns.
const PAGES: usize = 60;
const TURNS: usize = 9;

pub(super) fn measure(bench: &Bench<'_>) -> Outcome<Vec<Row>> {
    let folder = tempfile::tempdir().map_err(|error| Failure::because(error.to_string()))?;
    let (small, large) = (filled(bench, &folder.path().join("few"), FEW)?, filled(bench, &folder.path().join("many"), MANY)?);
    let (ask_few, ask_many) = (first_page(&small), first_page(&large));
    // the first turn warms both
    ask_few.milliseconds(PAGES)?;
    ask_many.milliseconds(PAGES)?;
    let (mut few, mut many, mut slowest) = (Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TURNS {
        let (one, other) = (ask_few.milliseconds(PAGES)?, ask_many.milliseconds(PAGES)?);
        few.push(percentile(&one, 0.99));
        many.push(percentile(&other, 0.99));
        slowest.extend(other);
    }
    Ok(vec![
        Row::alone("board's first page, 100,000 offers, p99", percentile(&slowest, 0.99), "ms", Bar::AtMost(50.0)),
        Row::paired("board's first page, 100,000 offers", &many, "ms p99", "1,000 offers", &few, Bar::RatioAtMost(1.5)),
    ])
}

fn filled(bench: &Bench<'_>, folder: &Path, offers: usize) -> Outcome<Demo> {
    process::say(&format!("filling a firm with {offers} offers .."));
    let demo = Demo::prepare(&bench.workspace.countersign_released(), folder);
    let mut arguments = vec!["fill".to_owned(), "--offers".to_owned(), offers.to_string()];
    arguments.extend(demo.arguments());
    bench.inside(&arguments.iter().map(String::as_str).collect::<Vec<_>>())?;
    Ok(demo.open())
}

fn first_page(demo: &Demo) -> Ask {
    let auditor = demo.somebody("auditor");
    let cookie = auditor.cookies().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
    Ask { address: demo.address().to_owned(), path: "/offers".to_owned(), cookie }
}
