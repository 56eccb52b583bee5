//! Durable commands per second.

use tests::Cluster;

use super::row::{Bar, Row};
use super::{Bench, numbers};
use crate::{Failure, Outcome, prerequisites};

pub(super) fn measure(bench: &Bench<'_>) -> Outcome<Vec<Row>> {
    let folder = tempfile::tempdir().map_err(|error| Failure::because(error.to_string()))?;
    let on_sqlite = folder.path().join("sqlite").display().to_string();
    let sqlite = bench.inside(&["approvals", "--folder", &on_sqlite])?;

    let programs = prerequisites::postgres_programs()
        .ok_or_else(|| Failure::because("PostgreSQL is missing; run: sudo apt-get install postgresql"))?;
    let cluster = Cluster::durable();
    let (ours, other, pgbench) = (cluster.database(), cluster.database(), programs.join("pgbench").display().to_string());
    let on_server = folder.path().join("postgres").display().to_string();
    let postgres = bench.inside(&["approvals", "--folder", &on_server, "--url", &ours, "--other-url", &other, "--pgbench", &pgbench])?;

    let row = |name: &str, measured: &serde_json::Value, baseline| {
        let (desk, bare) = (numbers(measured, "desk_per_second"), numbers(measured, "bare_per_second"));
        Row::paired(name, &desk, "per s", baseline, &bare, Bar::RatioAtLeast(0.5))
    };
    Ok(vec![
        row("approvals at the desk, 32 people, SQLite", &sqlite, "a bare loop, groups of 32"),
        row("approvals at the desk, 32 people, PostgreSQL", &postgres, "pgbench"),
    ])
}
