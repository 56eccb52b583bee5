//! Writes the firm with 500 rules and what is offered there, as JSON: the browser finds its route for the bench.
//! `cargo run --example rules > rules.json`

#[path = "../benches/route/firm.rs"]
mod firm;

use std::io::{self, Write};

fn main() -> io::Result<()> {
    let playbook = firm::playbook();
    let reads = firm::terms(&playbook.field_table(), "70.00").engagement().is_some();
    assert!(reads, "what is offered reads");
    let report = serde_json::json!({
        "playbook": offer::playbook::to_toml(&playbook),
        "entries": serde_json::to_string(&firm::typed("70.00"))?,
        "opening": serde_json::to_string(&firm::opening())?,
        "today": firm::today().to_string(),
    });
    serde_json::to_writer(io::stdout().lock(), &report)?;
    io::stdout().flush()
}
