//! The site that the server embeds: stylesheets and bundles with their content hash in the name, compressed, and the public files.
//!
//! The server's build script reads `target/site/manifest.json`, which maps a name that code knows (`portal.css`) to the
//! file of this build in `target/site/pkg` (`portal.3f1c9a2e5b7d0846.css`).

use std::collections::BTreeMap;
use std::fs;
use std::io::Write;
use std::path::Path;

use flate2::{Compression, write::GzEncoder};
use lightningcss::bundler::{Bundler, FileProvider};
use lightningcss::printer::PrinterOptions;
use lightningcss::stylesheet::{MinifyOptions, ParserOptions};
use lightningcss::targets::{Browsers, Targets};
use sha2::{Digest, Sha256};

use crate::workspace::Workspace;
use crate::{Failure, Outcome, bundle, process};

/// The entries of `style/`: one for people who come by a link, one for people who sign in.
const STYLESHEETS: [&str; 2] = ["portal.css", "staff.css"];

/// Characters of the content hash in a file name.
const HASH_LENGTH_IN_HEX: usize = 16;

/// Smallest output; the time is spent once per build.
const BROTLI_QUALITY: u32 = 11;
const BROTLI_WINDOW_IN_BITS: u32 = 22;
const BROTLI_BUFFER_IN_BYTES: usize = 4096;

/// The oldest browsers whose people get the whole look; what they lack (`light-dark()`) is written out for them.
const OLDEST_BROWSERS: Browsers = Browsers {
    android: None,
    chrome: Some(111 << 16),
    edge: Some(111 << 16),
    firefox: Some(113 << 16),
    ie: None,
    ios_saf: Some((16 << 16) | (4 << 8)),
    opera: None,
    safari: Some((16 << 16) | (4 << 8)),
    samsung: Some(22 << 16),
};

/// Whether the site is to be read or to be shipped.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Kind {
    /// Readable.
    Debug,
    /// Minified.
    Release,
}

/// Builds `target/site` anew.
pub(crate) fn build(workspace: &Workspace, kind: Kind) -> Outcome {
    let site = workspace.at("target/site");
    let package = site.join("pkg");
    if site.exists() {
        fs::remove_dir_all(&site).map_err(|error| at(&site, &error))?;
    }
    fs::create_dir_all(&package).map_err(|error| at(&package, &error))?;
    copy_all(&workspace.at("public"), &site)?;

    let mut manifest: BTreeMap<String, String> = BTreeMap::new();
    for name in STYLESHEETS {
        let css = bundle(&workspace.at("style").join(name), kind)?;
        manifest.insert(name.to_owned(), place(&package, name, css.as_bytes())?);
    }
    let beginning = workspace.at("app/src/islands/begin.js");
    let beginning = fs::read_to_string(&beginning).map_err(|error| at(&beginning, &error))?;
    for (name, bundle) in bundle::build(workspace, kind)? {
        let program = format!("{name}.wasm");
        let placed = place(&package, &program, &bundle.wasm)?;
        let script = format!("{name}.js");
        manifest.insert(script.clone(), place(&package, &script, bundle.script(&beginning, &placed).as_bytes())?);
        manifest.insert(program, placed);
    }
    let path = site.join("manifest.json");
    let text = serde_json::to_string_pretty(&manifest).map_err(|error| Failure::because(error.to_string()))?;
    fs::write(&path, text).map_err(|error| at(&path, &error))?;
    process::say(&format!("site: {} built files in {}", manifest.len(), site.display()));
    Ok(())
}

/// One stylesheet with everything that it imports.
fn bundle(entry: &Path, kind: Kind) -> Outcome<String> {
    let files = FileProvider::new();
    let mut bundler = Bundler::new(&files, None, ParserOptions::default());
    let mut sheet = bundler.bundle(entry).map_err(|error| Failure::because(format!("{}: {error}", entry.display())))?;
    let (minify, targets) = (kind == Kind::Release, Targets::from(OLDEST_BROWSERS));
    // also in a debug build: this pass writes out what older browsers lack
    let older = MinifyOptions { targets, ..MinifyOptions::default() };
    sheet.minify(older).map_err(|error| Failure::because(format!("{}: {error}", entry.display())))?;
    let printed = sheet
        .to_css(PrinterOptions { minify, targets, ..PrinterOptions::default() })
        .map_err(|error| Failure::because(format!("{}: {error}", entry.display())))?;
    Ok(printed.code)
}

/// Writes a file under its hashed name, with its compressed forms beside it, and gives that name.
fn place(package: &Path, name: &str, content: &[u8]) -> Outcome<String> {
    let (stem, extension) = name.rsplit_once('.').ok_or_else(|| Failure::because(format!("`{name}` has no extension")))?;
    let hash: String =
        Sha256::digest(content).iter().map(|byte| format!("{byte:02x}")).collect::<String>().chars().take(HASH_LENGTH_IN_HEX).collect();
    let hashed = format!("{stem}.{hash}.{extension}");

    let plain = package.join(&hashed);
    fs::write(&plain, content).map_err(|error| at(&plain, &error))?;

    let compressed = package.join(format!("{hashed}.br"));
    let file = fs::File::create(&compressed).map_err(|error| at(&compressed, &error))?;
    let mut brotli = brotli::CompressorWriter::new(file, BROTLI_BUFFER_IN_BYTES, BROTLI_QUALITY, BROTLI_WINDOW_IN_BITS);
    brotli.write_all(content).and_then(|()| brotli.flush()).map_err(|error| at(&compressed, &error))?;

    let compressed = package.join(format!("{hashed}.gz"));
    let file = fs::File::create(&compressed).map_err(|error| at(&compressed, &error))?;
    let mut gzip = GzEncoder::new(file, Compression::best());
    gzip.write_all(content).and_then(|()| gzip.finish()).map_err(|error| at(&compressed, &error))?;
    Ok(hashed)
}

fn copy_all(from: &Path, to: &Path) -> Outcome {
    if !from.exists() {
        return Ok(());
    }
    for entry in fs::read_dir(from).map_err(|error| at(from, &error))? {
        let entry = entry.map_err(|error| at(from, &error))?;
        let (source, target) = (entry.path(), to.join(entry.file_name()));
        if source.is_dir() {
            fs::create_dir_all(&target).map_err(|error| at(&target, &error))?;
            copy_all(&source, &target)?;
        } else {
            fs::copy(&source, &target).map_err(|error| at(&source, &error))?;
        }
    }
    Ok(())
}

/// What went wrong with a file.
pub(crate) fn at(path: &Path, error: &std::io::Error) -> Failure {
    Failure::because(format!("{}: {error}", path.display()))
}
