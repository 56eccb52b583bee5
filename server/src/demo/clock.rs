//! The clock of the demo: it is set to the past while the firm is made, then starts now and runs; whoever writes another instant into its
//! file has turned it.

use std::{
    fs::{self, DirBuilder},
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
    time::Duration,
};

use offer::moment::Moment;

use crate::cli::CommandFault;

const TICK: Duration = Duration::from_secs(1);

/// The hand on the clock.
#[derive(Clone, Debug)]
pub(super) struct Hand {
    file: PathBuf,
}

impl Hand {
    /// The clock file in the folder of the data. A demo that was stopped goes on today.
    pub(super) fn on(data: &Path, now: Moment) -> Result<Self, CommandFault> {
        DirBuilder::new().recursive(true).mode(0o700).create(data).map_err(|error| CommandFault::File(data.to_owned(), error))?;
        let hand = Self { file: data.join("clock") };
        hand.set(now)?;
        Ok(hand)
    }

    /// The file.
    pub(super) fn file(&self) -> &Path {
        &self.file
    }

    /// Sets the clock.
    pub(super) fn set(&self, instant: Moment) -> Result<(), CommandFault> {
        fs::write(&self.file, instant.to_string()).map_err(|error| CommandFault::File(self.file.clone(), error))
    }

    /// Moves the clock on, second by second, from wherever it stands.
    pub(super) async fn run(self) {
        let mut ticks = tokio::time::interval(TICK);
        let aside = self.file.with_extension("next");
        loop {
            ticks.tick().await;
            // a file that somebody is just writing is left alone
            let Some(said) = fs::read_to_string(&self.file).ok().and_then(|text| Moment::parse(text.trim())) else { continue };
            if let Err(error) = fs::write(&aside, said.plus_seconds(1).to_string()).and_then(|()| fs::rename(&aside, &self.file)) {
                tracing::warn!(%error, "the clock of the demo stands still");
            }
        }
    }
}
