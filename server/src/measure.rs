//! What only the process itself can measure: for `cargo xtask bench`, built with the feature `measure` and in no other binary.

mod approvals;
mod enumeration;
mod fill;
mod firm;
mod letter;
mod memory;

use std::{net::SocketAddr, path::PathBuf};

use clap::Subcommand;
use serde_json::Value;

use crate::{
    cli::{CommandFault, DemoArgs},
    order::Outcome,
    store::Database,
};

/// What to measure. Each prints one line of JSON.
#[derive(Debug, Subcommand)]
pub(crate) enum Measure {
    /// Serve a file from memory: what pages are compared with.
    Memory {
        /// Where to listen.
        #[arg(long)]
        listen: SocketAddr,
        /// The file.
        file: PathBuf,
    },
    /// Set letters one after another, and say how long each took.
    Letter {
        /// How many, after the first.
        #[arg(long, default_value_t = 41)]
        letters: usize,
    },
    /// Ask about what exists and what does not, in turn, and say how long each answer took.
    Enumeration {
        /// How many of each.
        #[arg(long, default_value_t = 1000)]
        requests: usize,
    },
    /// Approve with a comment, 32 people at once, in turn with a bare loop that writes the same rows.
    Approvals {
        /// A folder for both.
        #[arg(long)]
        folder: PathBuf,
        /// How often in turn.
        #[arg(long, default_value_t = 9)]
        rounds: usize,
        #[command(flatten)]
        server: Option<approvals::Server>,
    },
    /// Fill a demo with offers of one more opening after another; it is then served by `demo` with the same folders.
    Fill {
        #[command(flatten)]
        demo: DemoArgs,
        /// How many offers.
        #[arg(long)]
        offers: usize,
    },
}

/// Measures.
///
/// # Errors
/// [`CommandFault`]: what could not be made or measured.
pub(crate) async fn run(what: Measure) -> Result<Outcome, CommandFault> {
    let measured: Value = match what {
        Measure::Memory { listen, file } => memory::serve(listen, &file).await?,
        Measure::Letter { letters } => letter::times(letters).await?,
        Measure::Enumeration { requests } => enumeration::times(requests).await?,
        Measure::Approvals { folder, rounds, server: None } => approvals::on_sqlite(&folder, rounds).await?,
        Measure::Approvals { folder, rounds, server: Some(server) } => approvals::on_postgres(&folder, rounds, &server).await?,
        Measure::Fill { demo, offers } => fill::fill(demo, offers).await?,
    };
    Ok(Outcome { text: measured.to_string(), is_well: true })
}

fn said(fault: impl std::fmt::Display) -> CommandFault {
    CommandFault::Said(fault.to_string())
}

/// Where the store of a measurement lies.
fn database(folder: &std::path::Path, url: Option<&str>) -> Database {
    match url {
        Some(url) => Database::Server { url: url.to_owned(), connections_max: 34 },
        None => Database::Folder(folder.to_owned()),
    }
}
