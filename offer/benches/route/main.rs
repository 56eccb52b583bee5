//! How long it takes to find a route: 500 rules over 80 fields, and the way again after one change. Prints JSON, in nanoseconds.
//!
//! `cargo bench -p offer --bench route`

mod firm;

use offer::check::{self, Ground};
use offer::policy::route;
use std::hint::black_box;
use std::time::Instant;

/// Times that each is measured.
const ROUNDS: usize = 2_000;

fn main() {
    let playbook = firm::playbook();
    let table = playbook.field_table();
    let (terms, dearer) = (firm::terms(&table, "70.00"), firm::terms(&table, "71.50"));
    let ground = Ground { rows: &playbook, opening: firm::opening(), today: firm::today() };
    let assessment = check::assess(&terms, ground);
    let found = route(&terms, &assessment, &playbook, &table);
    let routed = measured(|| {
        black_box(route(black_box(&terms), &assessment, &playbook, &table));
    });
    // after one change: the checks anew, the route anew
    let again = measured(|| {
        let assessment = check::assess(black_box(&dearer), ground);
        black_box(route(&dearer, &assessment, &playbook, &table));
    });
    let report = serde_json::json!({
        "bench": "route",
        "rules": playbook.rules.len(),
        "fields": table.iter().count(),
        "steps_in": found.steps.len(),
        "steps_out": found.left_out.len(),
        "route_ns": routed,
        "reroute_after_a_change_ns": again,
    });
    say(&report);
}

#[expect(clippy::print_stdout, reason = "a bench says its figures")]
fn say(report: &serde_json::Value) {
    println!("{report}");
}

/// Median, and the 95th of a hundred.
fn measured(mut once: impl FnMut()) -> serde_json::Value {
    let mut taken: Vec<u128> = (0..ROUNDS)
        .map(|_| {
            let begun = Instant::now();
            once();
            begun.elapsed().as_nanos()
        })
        .collect();
    taken.sort_unstable();
    let at = |place: usize| taken.get(place).map_or(0, |nanoseconds| u64::try_from(*nanoseconds).unwrap_or(u64::MAX));
    serde_json::json!({ "median": at(ROUNDS / 2), "p95": at(ROUNDS / 100 * 95) })
}
