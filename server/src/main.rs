//! `countersign`: the one binary. It parses the command line and hands over.

mod cli;
mod clock;
mod clockwork;
mod config;
mod demo;
mod desk;
mod egress;
mod exchange;
mod fresh;
mod http;
mod identity;
mod installation;
mod letter;
mod live;
#[cfg(feature = "measure")]
mod measure;
mod oidc;
mod order;
mod outbox;
mod security_log;
mod serve;
mod socket;
#[cfg_attr(not(test), expect(dead_code, unused_imports, reason = "rows for erasure and integrations are read by what is built next"))]
mod store;
mod vault;

use std::{io::Write as _, process::ExitCode};

use clap::Parser as _;
use mimalloc::MiMalloc;

/// A page is many small views, each on the heap.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() -> ExitCode {
    let line = cli::CommandLine::parse();
    match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime.block_on(cli::run(line)),
        Err(error) => {
            // nothing is logged yet, and a closed stderr is no reason to fail otherwise
            let _ = writeln!(std::io::stderr(), "countersign: {error}");
            ExitCode::FAILURE
        }
    }
}
