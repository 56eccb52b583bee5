//! How long one look at a draft takes while somebody types: reading, checks, figures and route, over the five hundred drafts of the tests.
//! Prints JSON.
//!
//! `cargo bench -p offer --bench intake`

#[path = "../tests/outlook/corpus.rs"]
#[expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "it is a test's, and stops where it is wrong")]
mod corpus;

use corpus::{Firm, drafts};
use offer::access::Sight;
use std::hint::black_box;
use std::time::Instant;

/// Times that every draft is looked at.
const ROUNDS: u32 = 20;

fn main() {
    let firm = Firm::new();
    let looks: Vec<_> = drafts(&firm.table)
        .iter()
        .map(|entries| {
            let slice = firm.slice(entries, &Sight::everything());
            let table = slice.table();
            (slice, table)
        })
        .collect();
    let mut taken: Vec<u128> = (0..ROUNDS)
        .flat_map(|_| &looks)
        .map(|(slice, table)| {
            let begun = Instant::now();
            black_box(slice.look(black_box(slice.entries()), table));
            begun.elapsed().as_nanos()
        })
        .collect();
    taken.sort_unstable();
    let microseconds = |share: usize| {
        let nanoseconds = taken.get((taken.len() * share / 100).min(taken.len() - 1)).copied().unwrap_or_default();
        u32::try_from(nanoseconds).map_or(f64::MAX, f64::from) / 1_000.0
    };
    say(&serde_json::json!({
        "bench": "intake",
        "drafts": looks.len(),
        "fields": firm.table.iter().count(),
        "median_microseconds": microseconds(50),
        "p95_microseconds": microseconds(95),
    }));
}

#[expect(clippy::print_stdout, reason = "a bench says its figures")]
fn say(report: &serde_json::Value) {
    println!("{report}");
}
