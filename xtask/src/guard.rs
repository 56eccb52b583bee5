//! Rules that no compiler checks: what files may hold, and which crates may come in.

mod licence;
mod third_party;
mod tidiness;

use crate::workspace::Workspace;
use crate::{Failure, Outcome, process};

/// House rules for every file of the workspace.
pub(crate) fn tidy(workspace: &Workspace) -> Outcome {
    report(tidiness::faults(workspace)?)
}

/// Licences, banned crates and duplicate versions of everything that is linked.
pub(crate) fn crates(workspace: &Workspace) -> Outcome {
    report(third_party::faults(workspace)?)
}

fn report(faults: Vec<String>) -> Outcome {
    for fault in &faults {
        process::say(&format!("  {fault}"));
    }
    if faults.is_empty() { Ok(()) } else { Err(Failure::because(format!("{} faults", faults.len()))) }
}
