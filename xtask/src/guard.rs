//! Rules that no compiler checks: what files may hold, and which crates may come in.

mod assessment;
mod licence;
mod sources;
mod third_party;
mod tidiness;

use crate::workspace::Workspace;
use crate::{Failure, Outcome, process, sbom};

/// House rules for every file of the workspace.
pub(crate) fn tidy(workspace: &Workspace) -> Outcome {
    let mut faults = tidiness::faults(workspace)?;
    faults.extend(assessment::faults(workspace)?);
    report(faults)
}

/// Licences, banned crates and duplicate versions of everything that is linked, and the bill of materials.
pub(crate) fn crates(workspace: &Workspace) -> Outcome {
    let mut faults = third_party::faults(workspace)?;
    faults.extend(sbom::faults(workspace)?);
    report(faults)
}

fn report(faults: Vec<String>) -> Outcome {
    for fault in &faults {
        process::say(&format!("  {fault}"));
    }
    if faults.is_empty() { Ok(()) } else { Err(Failure::because(format!("{} faults", faults.len()))) }
}
