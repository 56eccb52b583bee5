//! The self-assessment in `docs/asvs.md`: each row of the standard once, and nothing named in it that is not there.

use std::collections::BTreeMap;
use std::path::Path;

use super::tidiness;
use crate::workspace::Workspace;
use crate::{Failure, Outcome};

/// The rows, each with its level, one a line.
const ROWS: &str = include_str!("../../asvs-5.0.0.txt");
const ASSESSMENT: &str = "docs/asvs.md";
/// What can be said of a row.
const VERDICTS: [&str; 5] = ["held", "partly", "not yet", "not claimed", "does not apply"];

/// Everything that is wrong with the table.
pub(super) fn faults(workspace: &Workspace) -> Outcome<Vec<String>> {
    let table = std::fs::read_to_string(workspace.at(ASSESSMENT)).map_err(|error| Failure::because(format!("{ASSESSMENT}: {error}")))?;
    let mut sources = String::new();
    for path in tidiness::files(workspace)? {
        if path.extension().is_some_and(|extension| extension == "rs") {
            sources += &std::fs::read_to_string(&path).map_err(|error| Failure::because(format!("{}: {error}", path.display())))?;
        }
    }
    let exists = |name: &str| if is_path(name) { workspace.at(name).exists() } else { sources.contains(&format!("fn {name}")) };
    Ok(faults_of(&table, &exists))
}

fn faults_of(table: &str, exists: &dyn Fn(&str) -> bool) -> Vec<String> {
    let mut faults = Vec::new();
    let mut left: BTreeMap<&str, &str> = ROWS.lines().filter_map(|line| line.split_once(' ')).collect();
    for line in table.lines().filter(|line| line.starts_with("| V")) {
        let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
        let [id, level, _, verdict, evidence] = cells.as_slice() else {
            faults.push(format!("{ASSESSMENT}: `{line}` has not five cells"));
            continue;
        };
        if left.remove(id) != Some(*level) {
            faults.push(format!("{ASSESSMENT}: {id} of level {level} stands twice, or is no row of the standard"));
        }
        if !VERDICTS.contains(verdict) {
            faults.push(format!("{ASSESSMENT}: {id} is `{verdict}`, which says nothing"));
        }
        if evidence.is_empty() {
            faults.push(format!("{ASSESSMENT}: {id} says nothing of why"));
        }
        let named = evidence.split('`').skip(1).step_by(2).filter(|name| is_path(name) || is_test(name));
        faults.extend(named.filter(|name| !exists(name)).map(|name| format!("{ASSESSMENT}: {id} names `{name}`, which is not there")));
    }
    faults.extend(left.keys().map(|id| format!("{ASSESSMENT}: {id} is missing")));
    faults
}

/// A file of ours: `server/src/http.rs`, `Cargo.toml`.
fn is_path(name: &str) -> bool {
    let extension = Path::new(name).extension().and_then(|extension| extension.to_str()).unwrap_or_default();
    !name.contains(' ') && (name.contains('/') || matches!(extension, "md" | "toml" | "lock" | "rs" | "js"))
}

/// A test: its sentence as its name.
fn is_test(name: &str) -> bool {
    name.matches('_').count() > 2 && name.chars().all(|sign| sign.is_ascii_lowercase() || sign.is_ascii_digit() || sign == '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> String {
        let row = |line: &str| line.split_once(' ').map(|(id, level)| format!("| {id} | {level} | x | held | `a_test_that_is_there` |\n"));
        ROWS.lines().filter_map(row).collect()
    }

    #[test]
    fn each_row_stands_once_with_something_that_is_there() {
        let there = |name: &str| name == "a_test_that_is_there";
        assert_eq!(faults_of(&table(), &there), Vec::<String>::new());
        let first = table().lines().next().unwrap_or_default().to_owned();
        assert_eq!(faults_of(&format!("{}{first}\n", table()), &there).len(), 1, "twice");
        assert_eq!(faults_of(&table().replacen(&first, "", 1), &there).len(), 1, "missing");
        assert_eq!(faults_of(&table().replacen("held", "fine", 1), &there).len(), 1);
        assert_eq!(faults_of(&table().replacen("a_test_that_is_there", "a_test_that_is_not", 1), &there).len(), 1);
        assert_eq!(faults_of(&table().replacen("a_test_that_is_there", "server/src/nowhere.rs", 1), &there).len(), 1);
    }
}
