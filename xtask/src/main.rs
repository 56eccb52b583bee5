//! The only build path: `cargo xtask demo` shows the product, `cargo xtask test` proves it, `cargo xtask bench` measures it.
//!
//! Each file is one thing that can be asked for; `prerequisites` decides what a machine lacks and says how to get it.

mod bench;
mod bundle;
mod demo;
mod guard;
mod in_a_browser;
mod offer_in_wasm;
mod prerequisites;
mod process;
mod sbom;
mod site;
mod tally;
mod test;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::workspace::Workspace;

/// Builds, shows and tests Countersign.
#[derive(Parser, Debug)]
#[command(name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    wish: Wish,
}

#[derive(Subcommand, Debug)]
enum Wish {
    /// Builds the site: stylesheets, bundles of islands and public files, into target/site.
    Site {
        /// Minified, as it is shipped.
        #[arg(long)]
        release: bool,
    },
    /// Builds what the browser tests hold against the server, into target/probe.
    Probe,
    /// Takes the pictures of the README from the running demo, into docs/pictures.
    Pictures,
    /// Builds everything and serves a fresh demo firm.
    Demo {
        /// Address to serve at.
        #[arg(long, default_value = "127.0.0.1:3000")]
        listen: std::net::SocketAddr,
        /// Stops when everything is built.
        #[arg(long)]
        build_only: bool,
    },
    /// Measures what the product promises in figures, each against a baseline of the same run.
    Bench {
        /// Measures this alone.
        #[arg(long, value_name = "NAME")]
        only: Option<bench::Name>,
        /// Writes the rows as JSON.
        #[arg(long, value_name = "FILE")]
        json: Option<std::path::PathBuf>,
    },
    /// Writes every part of the binary into a file, as CycloneDX.
    Sbom {
        /// The file.
        file: std::path::PathBuf,
    },
    /// Runs every check and every test, in order, and stops at the first that fails.
    Test {
        /// Runs this part alone.
        #[arg(long, value_name = "NAME")]
        only: Option<test::Part>,
    },
}

/// Why a wish was not fulfilled, in words for the person at the terminal.
#[derive(Debug)]
pub(crate) struct Failure(String);

impl Failure {
    pub(crate) fn because(reason: impl Into<String>) -> Self {
        Self(reason.into())
    }
}

pub(crate) type Outcome<T = ()> = Result<T, Failure>;

fn main() -> ExitCode {
    match fulfil(Arguments::parse().wish) {
        Ok(()) => ExitCode::SUCCESS,
        Err(Failure(reason)) => {
            process::say(&format!("\nFAILED: {reason}"));
            ExitCode::FAILURE
        }
    }
}

fn fulfil(wish: Wish) -> Outcome {
    let workspace = Workspace::find()?;
    match wish {
        Wish::Site { release } => site::build(&workspace, if release { site::Kind::Release } else { site::Kind::Debug }),
        Wish::Probe => bundle::probe(&workspace, site::Kind::Debug),
        Wish::Pictures => in_a_browser::take_pictures(&workspace),
        Wish::Demo { listen, build_only } => demo::serve(&workspace, listen, build_only),
        Wish::Bench { only, json } => bench::run(&workspace, only, json),
        Wish::Sbom { file } => sbom::write(&workspace, &file),
        Wish::Test { only } => test::run(&workspace, only),
    }
}
