//! The candidate's page per second.

use super::Bench;
use super::load::Ask;
use super::row::{Bar, Row};
use crate::{Failure, Outcome};

/// How often in turn.
const PAIRS: usize = 9;

pub(super) fn measure(bench: &Bench<'_>) -> Outcome<Vec<Row>> {
    let demo = bench.demo().as_a_firm();
    let candidate = demo.candidate();
    let page = candidate.open("/o/offer");
    let folder = tempfile::tempdir().map_err(|error| Failure::because(error.to_string()))?;
    let file = folder.path().join("page.html");
    std::fs::write(&file, page.source()).map_err(|error| crate::site::at(&file, &error))?;
    let memory = tests::Serving::start(bench.countersign().args(["measure", "memory", "--listen", "127.0.0.1:0"]).arg(&file));

    let cookie = candidate.cookies().iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
    let ours = Ask { address: demo.address().to_owned(), path: "/o/offer".to_owned(), cookie: cookie.clone() };
    let same = Ask { address: memory.address().to_owned(), path: "/o/offer".to_owned(), cookie };
    let (mut rendered, mut served) = (Vec::new(), Vec::new());
    // the first pair warms both
    for pair in 0..=PAIRS {
        let (one, other) = (ours.per_second()?, same.per_second()?);
        if pair > 0 {
            rendered.push(one);
            served.push(other);
        }
    }
    Ok(vec![Row::paired("candidate's page", &rendered, "per s", "axum, same bytes from memory", &served, Bar::RatioAtLeast(0.10))])
}
