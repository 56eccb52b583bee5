//! The clock of the demo: it starts now and runs, and whoever writes another instant into its file has turned it.

use std::{
    fs::{self, DirBuilder},
    os::unix::fs::DirBuilderExt as _,
    path::{Path, PathBuf},
    time::Duration,
};

use offer::moment::Moment;

use crate::{cli::CommandFault, clock::Clock};

const TICK: Duration = Duration::from_secs(1);

/// The clock file in the folder of the data. A demo that was stopped goes on today.
pub(super) fn file(data: &Path) -> Result<PathBuf, CommandFault> {
    DirBuilder::new().recursive(true).mode(0o700).create(data).map_err(|error| CommandFault::File(data.to_owned(), error))?;
    let file = data.join("clock");
    fs::write(&file, Clock::System.now().to_string()).map_err(|error| CommandFault::File(file.clone(), error))?;
    Ok(file)
}

/// Moves the clock on, second by second, from wherever it stands.
pub(super) async fn run(file: PathBuf) {
    let mut ticks = tokio::time::interval(TICK);
    let aside = file.with_extension("next");
    loop {
        ticks.tick().await;
        // a file that somebody is just writing is left alone
        let Some(said) = fs::read_to_string(&file).ok().and_then(|text| Moment::parse(text.trim())) else { continue };
        if let Err(error) = fs::write(&aside, said.plus_seconds(1).to_string()).and_then(|()| fs::rename(&aside, &file)) {
            tracing::warn!(%error, "the clock of the demo stands still");
        }
    }
}
