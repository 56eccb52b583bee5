//! `cargo xtask sbom FILE`: every part of the binary, by name, version, licence and checksum, as CycloneDX 1.6.
//!
//! Read from `cargo metadata` and `Cargo.lock`; nothing in it depends on when or where it is written.

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::path::Path;

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package, PackageId};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use crate::workspace::Workspace;
use crate::{Failure, Outcome, process, site};

/// The platform that servers run on.
const PLATFORM: &str = "x86_64-unknown-linux-gnu";
/// The package whose binary it is.
const PRODUCT: &str = "server";

/// Writes the bill into a file.
pub(crate) fn write(workspace: &Workspace, file: &Path) -> Outcome {
    let bill = bill(workspace)?;
    let text = serde_json::to_string_pretty(&bill).map_err(|error| Failure::because(error.to_string()))?;
    std::fs::write(file, text + "\n").map_err(|error| site::at(file, &error))?;
    process::say(&format!("{} parts in {}", list(&bill, "components").len(), file.display()));
    Ok(())
}

/// Everything that is wrong with the bill as it would be written now.
pub(crate) fn faults(workspace: &Workspace) -> Outcome<Vec<String>> {
    Ok(faults_of(&bill(workspace)?))
}

fn bill(workspace: &Workspace) -> Outcome<Value> {
    let metadata = MetadataCommand::new()
        .current_dir(workspace.root())
        .other_options(vec!["--filter-platform".to_owned(), PLATFORM.to_owned(), "--locked".to_owned()])
        .exec()
        .map_err(|error| Failure::because(format!("cargo metadata: {error}")))?;
    let lock = workspace.at("Cargo.lock");
    let lock = std::fs::read_to_string(&lock).map_err(|error| site::at(&lock, &error))?;
    of(&metadata, &lock).ok_or_else(|| Failure::because(format!("cargo metadata knows no package `{PRODUCT}`")))
}

/// The bill of what these packages are.
fn of(metadata: &Metadata, lock: &str) -> Option<Value> {
    let packages: BTreeMap<&PackageId, &Package> = metadata.packages.iter().map(|package| (&package.id, package)).collect();
    let product = metadata.packages.iter().find(|package| package.name.as_str() == PRODUCT)?;
    let (edges, linked) = (edges(metadata), &linked(metadata, &product.id));
    let checksums = checksums(lock);
    let reached = reached(&edges, &product.id, |_| true);
    let components: Vec<Value> = reached
        .iter()
        .filter(|id| **id != &product.id)
        .filter_map(|id| packages.get(*id))
        .map(|package| component(package, linked.contains(&package.id), &checksums))
        .collect();
    let dependencies: Vec<Value> = reached
        .iter()
        .filter_map(|id| Some((packages.get(*id)?, edges.get(*id)?)))
        .map(|(package, on)| {
            let on: BTreeSet<String> = on.iter().filter_map(|(id, _)| packages.get(id)).map(|package| reference(package)).collect();
            json!({ "ref": reference(package), "dependsOn": on })
        })
        .collect();
    Some(json!({
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": serial_number(lock),
        "version": 1,
        "metadata": {
            "component": { "type": "application", "bom-ref": reference(product), "name": "countersign", "version": product.version.to_string(),
                           "purl": reference(product), "licenses": [{ "expression": expression(product) }] },
            "lifecycles": [{ "phase": "build" }],
        },
        "components": components,
        "dependencies": dependencies,
    }))
}

/// What each package needs to be built, and whether it is linked for that.
type Edges<'a> = BTreeMap<&'a PackageId, Vec<(&'a PackageId, bool)>>;

fn edges(metadata: &Metadata) -> Edges<'_> {
    let nodes = metadata.resolve.iter().flat_map(|resolve| &resolve.nodes);
    let needed = |dependency: &cargo_metadata::NodeDep, kind: DependencyKind| dependency.dep_kinds.iter().any(|found| found.kind == kind);
    nodes
        .map(|node| {
            let on = node
                .deps
                .iter()
                .filter(|dependency| needed(dependency, DependencyKind::Normal) || needed(dependency, DependencyKind::Build));
            (&node.id, on.map(|dependency| (&dependency.pkg, needed(dependency, DependencyKind::Normal))).collect())
        })
        .collect()
}

/// The packages that end up in the binary: those that no build script and no macro alone brings in.
fn linked(metadata: &Metadata, product: &PackageId) -> BTreeSet<PackageId> {
    let is_macro = |id: &PackageId| {
        metadata
            .packages
            .iter()
            .find(|package| package.id == *id)
            .is_some_and(|package| package.targets.iter().any(cargo_metadata::Target::is_proc_macro))
    };
    let edges: Edges<'_> = edges(metadata)
        .into_iter()
        .map(|(id, on)| (id, on.into_iter().filter(|(on, linked)| *linked && !is_macro(on)).collect()))
        .collect();
    reached(&edges, product, |linked| linked).into_iter().cloned().collect()
}

fn reached<'a>(edges: &Edges<'a>, from: &'a PackageId, follow: impl Fn(bool) -> bool) -> BTreeSet<&'a PackageId> {
    let (mut found, mut next) = (BTreeSet::from([from]), VecDeque::from([from]));
    while let Some(id) = next.pop_front() {
        for (on, _) in edges.get(id).into_iter().flatten().filter(|(_, linked)| follow(*linked)) {
            if found.insert(on) {
                next.push_back(on);
            }
        }
    }
    found
}

fn component(package: &Package, linked: bool, checksums: &BTreeMap<(String, String), String>) -> Value {
    let version = package.version.to_string();
    let mut component = json!({
        "type": "library",
        "bom-ref": reference(package),
        "name": package.name.as_str(),
        "version": version,
        "scope": if linked { "required" } else { "excluded" },
        "purl": reference(package),
        "licenses": [{ "expression": expression(package) }],
    });
    if let (Some(checksum), Some(fields)) = (checksums.get(&(package.name.to_string(), version)), component.as_object_mut()) {
        fields.insert("hashes".to_owned(), json!([{ "alg": "SHA-256", "content": checksum }]));
    }
    if let (Some(repository), Some(fields)) =
        (package.repository.as_ref().filter(|url| url.starts_with("https://")), component.as_object_mut())
    {
        fields.insert("externalReferences".to_owned(), json!([{ "type": "vcs", "url": repository }]));
    }
    component
}

/// A package URL, which also stands for the package within the bill.
fn reference(package: &Package) -> String {
    format!("pkg:cargo/{}@{}", package.name, package.version.to_string().replace('+', "%2B"))
}

/// The licence as an SPDX expression; the older `A/B` is one no longer.
fn expression(package: &Package) -> String {
    package.license.as_deref().unwrap_or("NOASSERTION").replace('/', " OR ")
}

/// The checksum of each package of a registry, from the lock file.
fn checksums(lock: &str) -> BTreeMap<(String, String), String> {
    let value = |block: &str, key: &str| {
        let line = block.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix(" = \"")?.strip_suffix('"'));
        line.map(str::to_owned)
    };
    let blocks = lock.split("[[package]]");
    blocks.filter_map(|block| Some(((value(block, "name")?, value(block, "version")?), value(block, "checksum")?))).collect()
}

/// The same for the same lock file: a UUID of the kind whose bits are ours to choose.
fn serial_number(lock: &str) -> String {
    let digest: String = Sha256::digest(lock.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    let part = |from: usize, to: usize| digest.get(from..to).unwrap_or_default();
    format!("urn:uuid:{}-{}-8{}-8{}-{}", part(0, 8), part(8, 12), part(12, 15), part(15, 18), part(18, 30))
}

fn list<'a>(value: &'a Value, key: &str) -> &'a [Value] {
    value.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// What CycloneDX requires of a bill and this one lacks.
fn faults_of(bill: &Value) -> Vec<String> {
    let mut faults = Vec::new();
    for (key, wanted) in [("bomFormat", "CycloneDX"), ("specVersion", "1.6")] {
        if text(bill, key) != wanted {
            faults.push(format!("the bill of materials: {key} is not {wanted}"));
        }
    }
    let serial: Vec<usize> = text(bill, "serialNumber").trim_start_matches("urn:uuid:").split('-').map(str::len).collect();
    if serial != [8, 4, 4, 4, 12] {
        faults.push("the bill of materials: its serial number is no UUID".to_owned());
    }
    let product = bill.get("metadata").and_then(|metadata| metadata.get("component"));
    let components: Vec<&Value> = product.into_iter().chain(list(bill, "components")).collect();
    let mut references = BTreeSet::new();
    for component in &components {
        let reference = text(component, "bom-ref");
        let missing: Vec<&str> = ["type", "name", "version", "purl"].into_iter().filter(|key| text(component, key).is_empty()).collect();
        if !missing.is_empty() || !reference.starts_with("pkg:cargo/") {
            faults.push(format!("the bill of materials: `{reference}` lacks {missing:?}"));
        }
        if !references.insert(reference) {
            faults.push(format!("the bill of materials: `{reference}` stands twice"));
        }
        if list(component, "licenses").iter().all(|licence| matches!(text(licence, "expression"), "" | "NOASSERTION")) {
            faults.push(format!("the bill of materials: `{reference}` has no licence"));
        }
        if list(component, "hashes").iter().any(|hash| text(hash, "content").len() != 64) {
            faults.push(format!("the bill of materials: `{reference}` has a checksum that is none"));
        }
    }
    for dependency in list(bill, "dependencies") {
        let named = std::iter::once(text(dependency, "ref")).chain(list(dependency, "dependsOn").iter().filter_map(Value::as_str));
        faults.extend(
            named.filter(|name| !references.contains(name)).map(|name| format!("the bill of materials: `{name}` is no part of it")),
        );
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bill_of_this_product_is_one_and_the_same_each_time() {
        let workspace = Workspace::find().unwrap_or_else(|Failure(why)| panic!("{why}"));
        let bill = bill(&workspace).unwrap_or_else(|Failure(why)| panic!("{why}"));
        assert_eq!(faults_of(&bill), Vec::<String>::new());
        assert_eq!(bill, super::bill(&workspace).unwrap_or_default());
        let of =
            |name: &str| list(&bill, "components").iter().find(|component| text(component, "name") == name).cloned().unwrap_or_default();
        assert_eq!((text(&of("axum"), "scope"), list(&of("axum"), "hashes").len()), ("required", 1));
        assert_eq!(text(&of("syn"), "scope"), "excluded", "what only macros need is not in the binary");
        assert_eq!(of("proptest"), Value::Null, "neither is what only tests need");
        assert!(list(&bill, "components").len() > 200);
    }

    #[test]
    fn what_is_missing_is_named() {
        let part =
            json!({ "bom-ref": "pkg:cargo/x@1.0.0", "type": "library", "name": "x", "version": "", "hashes": [{ "content": "00" }] });
        let bill = json!({ "bomFormat": "CycloneDX", "specVersion": "1.6", "serialNumber": "urn:uuid:1", "components": [part, part],
                           "dependencies": [{ "ref": "pkg:cargo/y@1.0.0" }] });
        let faults = faults_of(&bill).join("; ");
        for fault in ["no UUID", "lacks [\"version\", \"purl\"]", "twice", "no licence", "checksum", "`pkg:cargo/y@1.0.0` is no part"] {
            assert!(faults.contains(fault), "{fault} not in: {faults}");
        }
    }

    #[test]
    fn a_checksum_is_read_from_the_lock_file() {
        let lock = "[[package]]\nname = \"axum\"\nversion = \"0.8.9\"\nsource = \"x\"\nchecksum = \"ab\"\n\n[[package]]\nname = \"offer\"\nversion = \"0.0.0\"\n";
        assert_eq!(checksums(lock), BTreeMap::from([(("axum".to_owned(), "0.8.9".to_owned()), "ab".to_owned())]));
    }
}
