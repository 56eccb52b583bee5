//! The board's first page, with its counts, among few and among many offers.

use std::path::Path;

use tests::Demo;

use super::load::Ask;
use super::row::{Bar, Row, median, percentile};
use super::{Bench, number};
use crate::{Failure, Outcome, process};

/// Offers of the small firm and of the large one.
const FEW: usize = 1_000;
const MANY: usize = 100_000;
/// Pages of each in one turn, and turns.
const PAGES: usize = 60;
const TURNS: usize = 9;
/// How each line of the page begins.
const LINE: &str = "data-offer=";

pub(super) fn measure(bench: &Bench<'_>) -> Outcome<Vec<Row>> {
    let folder = tempfile::tempdir().map_err(|error| Failure::because(error.to_string()))?;
    let (small, large) = (filled(bench, &folder.path().join("few"), FEW)?, filled(bench, &folder.path().join("many"), MANY)?);
    let (ask_few, ask_many) = (first_page(&small), first_page(&large));
    // the first turn warms both
    ask_few.milliseconds(PAGES)?;
    ask_many.milliseconds(PAGES)?;
    let (mut few, mut many, mut slowest, mut typical) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    for _ in 0..TURNS {
        let (one, other) = (ask_few.milliseconds(PAGES)?, ask_many.milliseconds(PAGES)?);
        few.push(percentile(&one, 0.99));
        many.push(percentile(&other, 0.99));
        typical.push(median(&one));
        slowest.extend(other);
    }
    let decided = redaction_milliseconds(bench, &small)?;
    let without: Vec<f64> = typical.iter().map(|page| page - decided).collect();
    Ok(vec![
        Row::paired("board's first page, redacted", &typical, "ms", "the same without its decisions", &without, Bar::RatioAtMost(1.1)),
        Row::alone("board's first page, 100,000 offers, p99", percentile(&slowest, 0.99), "ms", Bar::AtMost(50.0)),
        Row::paired("board's first page, 100,000 offers", &many, "ms p99", "1,000 offers", &few, Bar::RatioAtMost(1.5)),
    ])
}

/// What it takes to decide for every line of the first page what somebody sees of it.
fn redaction_milliseconds(bench: &Bench<'_>, demo: &Demo) -> Outcome<f64> {
    let page = demo.somebody("auditor").open("/offers").source();
    let lines = u32::try_from(page.matches(LINE).count()).unwrap_or(u32::MAX);
    if lines == 0 {
        return Err(Failure::because("the first page of the board has no lines"));
    }
    Ok(number(&bench.of_the_model("access")?, "sight_of_a_line_ns") * f64::from(lines) / 1e6)
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
