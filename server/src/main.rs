//! `countersign`: the one binary. It parses the command line, starts the log, and hands over.

mod cli;
mod clock;
mod clockwork;
mod config;
mod demo;
mod desk;
mod exchange;
mod fresh;
mod http;
mod identity;
mod installation;
mod letter;
mod order;
mod outbox;
mod serve;
mod socket;
mod store;
mod vault;

use std::process::ExitCode;

use clap::Parser as _;
use tracing_subscriber::EnvFilter;

fn main() -> ExitCode {
    let line = cli::CommandLine::parse();
    // the log goes to stderr: stdout is for what a command answers
    let filter = EnvFilter::try_from_env("COUNTERSIGN_LOG").unwrap_or_else(|_| EnvFilter::new("info,sqlx=warn,lettre=warn"));
    tracing_subscriber::fmt().json().with_writer(std::io::stderr).with_env_filter(filter).init();
    match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(cli::run(line)),
        Err(error) => {
            tracing::error!(%error, "no runtime");
            ExitCode::FAILURE
        }
    }
}
