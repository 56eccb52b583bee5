//! The islands of the pages as WebAssembly: one bundle for people who come by a link, one for the firm's people.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use wasm_bindgen_cli_support::Bindgen;

use crate::site::{Kind, at};
use crate::workspace::Workspace;
use crate::{Failure, Outcome, prerequisites, process};

/// A bundle has the name of the feature of `app` that makes it.
pub(crate) const BUNDLES: [&str; 2] = ["portal", "staff"];

/// A bundle as a browser gets it.
#[derive(Debug)]
pub(crate) struct Bundle {
    /// The program.
    pub(crate) wasm: Vec<u8>,
    /// What leads between the program and the browser, without the part that starts it.
    glue: String,
    /// The islands, by the names under which pages ask for them.
    islands: Vec<String>,
}

impl Bundle {
    /// The whole script: the glue, the islands by name, and what wakes them on a page. `wasm` is the program's file beside it.
    pub(crate) fn script(&self, beginning: &str, wasm: &str) -> String {
        let islands = self.islands.join(",");
        format!("{}\nconst ISLANDS={{{islands}}};const PROGRAM=new URL(\"{wasm}\",import.meta.url);\n{beginning}", self.glue)
    }
}

/// Builds both bundles.
pub(crate) fn build(workspace: &Workspace, kind: Kind) -> Outcome<BTreeMap<&'static str, Bundle>> {
    prerequisites::for_platform(prerequisites::BROWSER)?;
    BUNDLES.into_iter().map(|name| Ok((name, build_one(workspace, name, kind)?))).collect()
}

/// Writes the staff's bundle with its door for tests, `probe.js` and `probe.wasm`, and what the browser is held against: drafts, and a firm
/// with many rules.
pub(crate) fn probe(workspace: &Workspace, kind: Kind) -> Outcome {
    prerequisites::for_platform(prerequisites::BROWSER)?;
    let folder = workspace.at("target/probe");
    fs::create_dir_all(&folder).map_err(|error| at(&folder, &error))?;
    let Bundle { wasm, glue, .. } = build_one(workspace, "probe", kind)?;
    let written = |example: &str| process::written(&mut process::cargo_linting(workspace.root(), &["run", "--example", example]));
    let (drafts, rules) = (written("corpus")?, written("rules")?);
    let files = [("probe.wasm", &wasm), ("probe.js", &glue.into_bytes()), ("drafts.json", &drafts), ("rules.json", &rules)];
    for (name, content) in files {
        let path = folder.join(name);
        fs::write(&path, content).map_err(|error| at(&path, &error))?;
    }
    Ok(())
}

fn build_one(workspace: &Workspace, name: &'static str, kind: Kind) -> Outcome<Bundle> {
    // a folder of its own: the features of the server and of the browser never meet
    let built = workspace.built("front");
    let arguments = ["rustc", "--package", "app", "--lib", "--crate-type", "cdylib", "--profile", "wasm-release"];
    process::run(
        process::cargo(workspace.root(), &arguments)
            .args(["--target", prerequisites::BROWSER, "--features", name, "--target-dir"])
            .arg(&built),
    )?;
    let program = built.join(prerequisites::BROWSER).join("wasm-release/app.wasm");
    let (glue, wasm) = bind(&program, name)?;
    let islands = islands_of(&glue);
    let wasm = if kind == Kind::Release { shrink(workspace, &wasm)? } else { wasm };
    Ok(Bundle { wasm, glue, islands })
}

/// Makes the glue of a program, and the program that goes with it.
fn bind(program: &Path, name: &str) -> Outcome<(String, Vec<u8>)> {
    let failed = |error: &dyn std::fmt::Display| Failure::because(format!("{}: {error}", program.display()));
    let mut bindgen = Bindgen::new();
    bindgen
        .input_path(program)
        .out_name(name)
        .typescript(false)
        .remove_name_section(true)
        .remove_producers_section(true)
        .omit_default_module_path(true)
        .web(true)
        .map_err(|error| failed(&error))?;
    let mut made = bindgen.generate_output().map_err(|error| failed(&error))?;
    let glue = made.js().to_owned();
    Ok((glue, made.wasm_mut().emit_wasm()))
}

/// The exports that are islands: a component's name and a number of the macro's.
fn islands_of(glue: &str) -> Vec<String> {
    let exported = glue.lines().filter_map(|line| line.trim_start().strip_prefix("export function ")?.split_once('('));
    let is_island = |name: &str| {
        let numbered = name.rsplit_once('_').is_some_and(|(_, number)| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()));
        numbered && name.starts_with(|first: char| first.is_ascii_uppercase())
    };
    exported.map(|(name, _)| name.to_owned()).filter(|name| is_island(name)).collect()
}

/// Makes a program smaller with binaryen, which npm brings.
fn shrink(workspace: &Workspace, wasm: &[u8]) -> Outcome<Vec<u8>> {
    let optimizer = prerequisites::wasm_opt(workspace)?;
    let folder = tempfile::tempdir().map_err(|error| Failure::because(error.to_string()))?;
    let (large, small): (PathBuf, PathBuf) = (folder.path().join("large.wasm"), folder.path().join("small.wasm"));
    fs::write(&large, wasm).map_err(|error| at(&large, &error))?;
    let mut command = std::process::Command::new(&optimizer);
    process::run(command.args(["-Oz", "--enable-bulk-memory", "--enable-nontrapping-float-to-int"]).arg(&large).arg("-o").arg(&small))?;
    fs::read(&small).map_err(|error| at(&small, &error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn islands_are_told_from_the_other_exports() {
        let glue = "export function hydrate() {\n}\nexport function Meter_165065(el) {\n}\nexport { initSync, __wbg_init as default };";
        assert_eq!(islands_of(glue), ["Meter_165065"]);
    }
}
