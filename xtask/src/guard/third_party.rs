//! What may be linked: licences, banned crates, and duplicate versions that are known and have a reason.

use std::collections::{BTreeMap, BTreeSet};

use cargo_metadata::{MetadataCommand, Package};

use super::licence;
use crate::workspace::Workspace;
use crate::{Failure, Outcome, process};

/// The platform that servers run on; crates for other systems are in the lock file but never linked.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";

/// Crates that never come in, by name and the beginning of their version.
const BANNED: &[(&str, &str, &str)] = &[
    ("sqlx", "0.8.", "brings a SQLite older than 3.51.3, which can corrupt a database"),
    ("sqlx-core", "0.8.", "brings a SQLite older than 3.51.3, which can corrupt a database"),
    ("openssl-sys", "", "TLS is rustls; nothing of the system is linked"),
    ("native-tls", "", "TLS is rustls; nothing of the system is linked"),
    ("tower-sessions", "", "sessions are our own; its stores bring sqlx 0.8"),
];

/// What the offer model must not reach: clocks, zones, randomness, IO and the framework (law 1).
const BANNED_IN_OFFER: &[&str] =
    &["chrono-tz", "getrandom", "iana-time-zone", "js-sys", "leptos", "rand", "rand_core", "sqlx", "tokio", "uuid", "wasm-bindgen"];

/// Crates without a licence expression, read by hand.
const LICENCE_READ_BY_HAND: &[&str] = &[];

/// `name version version ..`, one a line; a line with `#` gives the reason for those below it.
const TOLERATED_DUPLICATES: &str = include_str!("../../duplicates.txt");

/// Everything that is wrong with the crates of the lock file.
pub(super) fn faults(workspace: &Workspace) -> Outcome<Vec<String>> {
    let metadata = MetadataCommand::new()
        .current_dir(workspace.root())
        .other_options(vec!["--filter-platform".to_owned(), PLATFORM.to_owned(), "--locked".to_owned()])
        .exec()
        .map_err(|error| Failure::because(format!("cargo metadata: {error}")))?;
    let linked: BTreeSet<_> = metadata.resolve.iter().flat_map(|resolve| &resolve.nodes).map(|node| node.id.clone()).collect();
    let packages: Vec<&Package> = metadata.packages.iter().filter(|package| linked.contains(&package.id)).collect();

    let mut faults = Vec::new();
    faults.extend(packages.iter().filter_map(|package| licence_fault(package)));
    faults.extend(packages.iter().filter_map(|package| banned_fault(package)));
    faults.extend(duplicate_faults(&versions_by_name(&packages)));
    faults.extend(offer_faults(workspace)?);
    Ok(faults)
}

fn licence_fault(package: &Package) -> Option<String> {
    if LICENCE_READ_BY_HAND.contains(&package.name.as_str()) {
        return None;
    }
    match &package.license {
        Some(expression) if licence::is_accepted(expression) => None,
        Some(expression) => Some(format!("{} {}: licence `{expression}` is not accepted", package.name, package.version)),
        None => Some(format!("{} {}: no licence expression", package.name, package.version)),
    }
}

fn banned_fault(package: &Package) -> Option<String> {
    let version = package.version.to_string();
    BANNED
        .iter()
        .find(|(name, beginning, _)| package.name.as_str() == *name && version.starts_with(beginning))
        .map(|(name, _, reason)| format!("{name} {version} is banned: {reason}"))
}

fn versions_by_name(packages: &[&Package]) -> BTreeMap<String, BTreeSet<String>> {
    let mut versions: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for package in packages {
        versions.entry(package.name.to_string()).or_default().insert(package.version.to_string());
    }
    versions
}

/// Duplicates nobody has looked at, and reasons for duplicates that are gone.
fn duplicate_faults(found: &BTreeMap<String, BTreeSet<String>>) -> Vec<String> {
    let mut faults = Vec::new();
    let mut tolerated: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for line in TOLERATED_DUPLICATES.lines().filter(|line| !line.starts_with('#')) {
        let mut words = line.split_whitespace();
        if let Some(name) = words.next() {
            tolerated.insert(name, words.map(str::to_owned).collect());
        }
    }
    for (name, versions) in found.iter().filter(|(_, versions)| versions.len() > 1) {
        if tolerated.get(name.as_str()) != Some(versions) {
            let listed = versions.iter().cloned().collect::<Vec<_>>().join(" ");
            faults.push(format!("{name} is linked in several versions that nobody gave a reason for: {name} {listed}"));
        }
    }
    for name in tolerated.keys() {
        if found.get(*name).is_none_or(|versions| versions.len() < 2) {
            faults.push(format!("{name} is no longer a duplicate: take it out of xtask/duplicates.txt"));
        }
    }
    if found.get("comemo").is_none_or(|versions| versions.len() != 1) {
        faults.push("comemo must be linked exactly once, or emptying typst's cache does nothing".to_owned());
    }
    faults
}

/// What the model reaches when it is built alone.
fn offer_faults(workspace: &Workspace) -> Outcome<Vec<String>> {
    let arguments =
        ["tree", "--locked", "--package", "offer", "--edges", "normal", "--target", PLATFORM, "--prefix", "none", "--format", "{p}|{f}"];
    let output = process::cargo(workspace.root(), &arguments).output().map_err(|error| Failure::because(format!("cargo tree: {error}")))?;
    if !output.status.success() {
        return Err(Failure::because(format!("cargo tree: {}", String::from_utf8_lossy(&output.stderr))));
    }
    let mut faults = BTreeSet::new();
    for line in String::from_utf8_lossy(&output.stdout).lines() {
        let (package, features) = line.split_once('|').unwrap_or((line, ""));
        let name = package.split(' ').next().unwrap_or_default();
        if BANNED_IN_OFFER.contains(&name) {
            faults.insert(format!("the offer model reaches {name}"));
        }
        if name == "chrono" && features.split([',', ' ']).any(|feature| matches!(feature, "clock" | "now" | "default")) {
            faults.insert("the offer model reaches chrono with a clock".to_owned());
        }
    }
    Ok(faults.into_iter().collect())
}
