//! Durable commands per second: approvals with a comment, each of 32 people on offers of their own, in turn with a bare loop that writes the
//! same rows to a copy of the same store.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
    time::Instant,
};

use clap::Args;
use offer::id::OfferId;
use serde_json::{Value, json};
use tokio::process::Command;

use super::{
    database,
    firm::{ABOVE_BAND, Firm, Plan},
    said,
};
use crate::{cli::CommandFault, store::replay};

/// People who approve at the same time, each on an offer of their own.
const PEOPLE: usize = 32;
/// Transactions of one commit of the bare loop.
const GROUP: usize = 32;

/// A PostgreSQL server, and what measures it by itself.
#[derive(Debug, Args)]
#[group(requires_all = ["url", "other_url", "pgbench"])]
pub(crate) struct Server {
    /// An empty database for the desk.
    #[arg(long, required = false)]
    url: String,
    /// An empty database for pgbench.
    #[arg(long, required = false)]
    other_url: String,
    /// The program.
    #[arg(long, required = false)]
    pgbench: PathBuf,
}

/// A firm with enough submitted offers for all rounds.
struct Prepared {
    firm: Arc<Firm>,
    plan: Arc<Plan>,
    offers: Vec<OfferId>,
}

impl Prepared {
    async fn new(folder: &Path, url: Option<&str>, rounds: usize) -> Result<Self, CommandFault> {
        let firm = Firm::found(&database(folder, url), folder).await?;
        let (opening, recruiter) = firm.opening().await?;
        let mut offers = Vec::new();
        for number in 0..=rounds * PEOPLE {
            let offer = firm.drafted(&opening, &recruiter, number).await?;
            firm.submitted(&offer, &recruiter, &ABOVE_BAND).await?;
            offers.push(offer);
        }
        // the last shows the way of all others
        let sample = offers.pop().ok_or_else(|| said("no offer"))?;
        let plan = firm.plan(&sample).await?;
        Ok(Self { firm: Arc::new(firm), plan: Arc::new(plan), offers })
    }

    /// Approves one round's offers; commands per second.
    async fn round(&self, round: usize) -> Result<f64, CommandFault> {
        let begun = Instant::now();
        let mut working = tokio::task::JoinSet::new();
        for offer in self.offers.iter().skip(round * PEOPLE).take(PEOPLE) {
            let (firm, plan, offer) = (Arc::clone(&self.firm), Arc::clone(&self.plan), offer.clone());
            working.spawn(async move {
                for next in plan.iter() {
                    firm.approved(&offer, next).await?;
                }
                Ok::<_, CommandFault>(())
            });
        }
        while let Some(worked) = working.join_next().await {
            worked.map_err(said)??;
        }
        Ok(per_second(PEOPLE * self.plan.len(), begun))
    }
}

/// The desk on SQLite, in turn with a bare loop over a copy of its file.
pub(super) async fn on_sqlite(folder: &Path, rounds: usize) -> Result<Value, CommandFault> {
    let (ours, bare) = (folder.join("desk"), folder.join("bare"));
    let prepared = Prepared::new(&ours, None, rounds).await?;
    let store = &prepared.firm.port.house.store;
    let mut copy = replay::copy(&ours, &bare).await.map_err(said)?;
    let (mut desk, mut loops) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        store.record();
        desk.push(prepared.round(round).await?);
        let written = store.recorded();
        let begun = Instant::now();
        replay::again(&mut copy, &written, GROUP).await.map_err(said)?;
        loops.push(per_second(written.len(), begun));
    }
    Ok(json!({ "steps": prepared.plan.len(), "desk_per_second": desk, "bare_per_second": loops }))
}

/// The desk on PostgreSQL, in turn with pgbench running the same transaction.
pub(super) async fn on_postgres(folder: &Path, rounds: usize, server: &Server) -> Result<Value, CommandFault> {
    let prepared = Prepared::new(&folder.join("desk"), Some(&server.url), rounds).await?;
    let store = &prepared.firm.port.house.store;
    let script = folder.join("approve.sql");
    let (mut desk, mut bench) = (Vec::new(), Vec::new());
    for round in 0..rounds {
        store.record();
        desk.push(prepared.round(round).await?);
        let written = store.recorded();
        if round == 0 {
            let offer = prepared.offers.first().ok_or_else(|| said("no offer"))?;
            let text = replay::script(&written, offer.as_str(), &server.other_url, PEOPLE).await.map_err(said)?;
            std::fs::write(&script, text).map_err(|error| CommandFault::File(script.clone(), error))?;
        }
        bench.push(pgbench(server, &script, prepared.plan.len(), round).await?);
    }
    Ok(json!({ "steps": prepared.plan.len(), "desk_per_second": desk, "bare_per_second": bench }))
}

/// Transactions per second of as many clients as there are people, each running the script as often as an offer has steps.
async fn pgbench(server: &Server, script: &Path, transactions: usize, round: usize) -> Result<f64, CommandFault> {
    let before = round * transactions;
    let output = Command::new(&server.pgbench)
        .args(["--no-vacuum", "--protocol", "prepared", "--jobs", "2"])
        .args(["--client", &PEOPLE.to_string(), "--transactions", &transactions.to_string(), "--define", &format!("turn={before}")])
        .arg("--file")
        .arg(script)
        .arg(&server.other_url)
        .output()
        .await
        .map_err(|error| CommandFault::File(server.pgbench.clone(), error))?;
    let text = String::from_utf8_lossy(&output.stdout);
    let rate = text.lines().find_map(|line| line.strip_prefix("tps = ")?.split(' ').next()?.parse().ok());
    let failed = || said(format!("pgbench: {text}{}", String::from_utf8_lossy(&output.stderr)));
    if output.status.success() { rate.ok_or_else(failed) } else { Err(failed()) }
}

fn per_second(count: usize, begun: Instant) -> f64 {
    u32::try_from(count).map_or(f64::INFINITY, f64::from) / begun.elapsed().as_secs_f64()
}
