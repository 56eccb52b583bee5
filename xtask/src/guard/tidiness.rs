//! House rules that can be read off the text of a file.

use std::fs;
use std::path::{Path, PathBuf};

use super::sources;
use crate::workspace::Workspace;
use crate::{Failure, Outcome};

/// Folders that are not ours to keep tidy.
const SKIPPED_FOLDERS: &[&str] = &[".git", "node_modules", "target"];

/// Kinds of files that are text.
const TEXT: &[&str] = &["css", "csv", "html", "js", "json", "md", "mjs", "rs", "sql", "svg", "toml", "txt", "yml"];

/// A file longer than this holds more than one concept.
const LINES_MAX: usize = 600;

/// Files that may be longer, with the reason.
const LONGER: &[(&str, &str)] = &[];

/// Names that say nothing.
const EMPTY_NAMES: &[&str] = &["common", "helper", "helpers", "manager", "misc", "util", "utils"];

/// The one place that puts in again what views of ours were rendered to.
const SAFE_LAID_OUT: &str = "app/src/parts/laid_out.rs";
/// The one component that may write a textarea: the framework does not escape its text.
const SAFE_TEXT_AREA: &str = "app/src/parts/text_area.rs";

/// The one component that may write a title: the framework does not escape its text.
const SAFE_TITLE: &str = "app/src/shell/document_title.rs";

// Split, so that this file does not accuse itself.
const RAW_HTML: [&str; 2] = [concat!("inner", "_html"), concat!("Inert", "Element")];
const TEXT_AREA_TAG: &str = concat!("<text", "area");
const TITLE_PART: &str = concat!("leptos_meta::", "Title");
const SKIPPED_TEST: &str = concat!("#[ign", "ore");
const SKIPPED_OR_SLEPT: [&str; 4] = [".skip(", ".fixme(", ".only(", "waitForTimeout"];
const HOMES: [&str; 3] = [concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/wo", "rk/")];

/// Every breach, as `path:line: what`.
pub(super) fn faults(workspace: &Workspace) -> Outcome<Vec<String>> {
    let mut faults = Vec::new();
    for path in files(workspace)? {
        let shown = path.strip_prefix(workspace.root()).unwrap_or(&path).to_string_lossy().into_owned();
        let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        if EMPTY_NAMES.contains(&stem.as_str()) || path.file_name().is_some_and(|name| name == "mod.rs") {
            faults.push(format!("{shown}: a name that says nothing"));
        }
        if TEXT.contains(&extension.as_str()) {
            match fs::read_to_string(&path) {
                Ok(text) => faults.extend(text_faults(&shown, &extension, &text)),
                Err(error) => faults.push(format!("{shown}: {error}")),
            }
        }
    }
    Ok(faults)
}

/// Every file that is ours, in order.
pub(super) fn files(workspace: &Workspace) -> Outcome<Vec<PathBuf>> {
    let mut paths = Vec::new();
    collect(workspace.root(), &mut paths)?;
    paths.sort();
    Ok(paths)
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) -> Outcome {
    let unreadable = |error: std::io::Error| Failure::because(format!("{}: {error}", folder.display()));
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let entry = entry.map_err(unreadable)?;
        let path = entry.path();
        if path.is_dir() {
            if !SKIPPED_FOLDERS.contains(&entry.file_name().to_string_lossy().as_ref()) {
                collect(&path, found)?;
            }
        } else {
            found.push(path);
        }
    }
    Ok(())
}

fn text_faults(path: &str, extension: &str, text: &str) -> Vec<String> {
    let mut faults = Vec::new();
    let rust = extension == "rs";
    if rust && !text.starts_with("//!") {
        faults.push(format!("{path}: begins without a `//!` line that says what it holds"));
    }
    let lines = text.lines().count();
    if matches!(extension, "rs" | "css" | "js" | "mjs") && lines > LINES_MAX && !LONGER.iter().any(|(long, _)| *long == path) {
        faults.push(format!("{path}: {lines} lines, more than {LINES_MAX}"));
    }
    if !text.is_empty() && !text.ends_with('\n') && extension != "csv" {
        faults.push(format!("{path}: does not end with a line break"));
    }
    for (index, line) in text.lines().enumerate() {
        for breach in line_breaches(path, rust, line) {
            faults.push(format!("{path}:{}: {breach}", index + 1));
        }
    }
    faults
}

fn line_breaches(path: &str, rust: bool, line: &str) -> Vec<&'static str> {
    let mut breaches = Vec::new();
    if line.ends_with([' ', '\t']) && !path.ends_with(".txt") {
        breaches.push("trailing white space");
    }
    if HOMES.iter().any(|home| line.contains(home)) {
        breaches.push("a path of somebody's machine");
    }
    let code = !line.trim_start().starts_with("//");
    let product = path.starts_with("app/src/") || path.starts_with("server/src/");
    if rust && product && code && ![SAFE_TEXT_AREA, SAFE_LAID_OUT].contains(&path) && RAW_HTML.iter().any(|raw| line.contains(raw)) {
        breaches.push("raw HTML: every string of a user is text");
    }
    if rust && product && code && path != SAFE_TEXT_AREA && line.contains(TEXT_AREA_TAG) {
        breaches.push("a raw text area is not escaped: use the part in app/src/parts/text_area.rs");
    }
    if rust && product && code && path != SAFE_TITLE && line.contains(TITLE_PART) {
        breaches.push("a raw title is not escaped: use the part in app/src/shell/document_title.rs");
    }
    if rust && code {
        breaches.extend(sources::breaches(path, line));
    }
    if rust && code && line.contains(SKIPPED_TEST) {
        breaches.push("a skipped test proves nothing");
    }
    if path.starts_with("tests/browser/") && SKIPPED_OR_SLEPT.iter().any(|breach| line.contains(breach)) {
        breaches.push("a test that is skipped, alone or asleep proves nothing");
    }
    if rust && path.starts_with("server/src/store") && !path.starts_with("server/src/store/tests") && code {
        if words(line).any(|word| word == "LIKE" || word == "ILIKE") {
            breaches.push("LIKE: search goes by the word table (law 4)");
        }
        if line.contains("lower(") && words(line).any(|word| word == "lower") {
            breaches.push("lower(): folded keys are written by Rust (law 4)");
        }
    }
    breaches
}

fn words(line: &str) -> impl Iterator<Item = &str> {
    line.split(|character: char| !(character.is_alphanumeric() || character == '_'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn breaches(path: &str, line: &str) -> usize {
        line_breaches(path, true, line).len()
    }

    #[test]
    fn a_raw_text_area_is_allowed_in_one_file_only() {
        let line = format!("view! {{ {TEXT_AREA_TAG}></textarea> }}");
        assert_eq!(breaches("app/src/pages/intake.rs", &line), 1);
        assert_eq!(breaches(SAFE_TEXT_AREA, &line), 0);
    }

    #[test]
    fn sql_never_searches_by_pattern() {
        assert_eq!(breaches("server/src/store/offers.rs", "WHERE name LIKE $1"), 1);
        assert_eq!(breaches("server/src/store/offers.rs", "WHERE lower(name) = $1"), 1);
        assert_eq!(breaches("server/src/store/offers.rs", "name.to_lowercase()"), 0);
        assert_eq!(breaches("server/src/store/offers.rs", "// no LIKE here"), 0);
        assert_eq!(breaches("app/src/words.rs", "WHERE name LIKE $1"), 0);
    }

    #[test]
    fn a_test_is_never_skipped() {
        assert_eq!(breaches("offer/src/lifecycle.rs", &format!("    {SKIPPED_TEST}]")), 1);
        assert_eq!(breaches("tests/browser/specs/races.spec.js", "test.only(\"a race\", async () => {"), 1);
    }

    #[test]
    fn a_rust_file_says_what_it_holds() {
        assert_eq!(text_faults("offer/src/x.rs", "rs", "use std::fs;\n").len(), 1);
        assert_eq!(text_faults("offer/src/x.rs", "rs", "//! A thing.\n").len(), 0);
    }

    #[test]
    fn no_path_of_a_machine_stands_in_a_public_file() {
        let [home, ..] = HOMES;
        assert_eq!(text_faults("README.md", "md", &format!("see {home}x\n")).len(), 1);
    }
}
