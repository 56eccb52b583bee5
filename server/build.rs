//! Embeds the site that `cargo xtask` built, if it is there: stylesheets and bundles under their hashed names, and the public files.
//!
//! Without it the server still builds and serves, and pages go without stylesheet: `cargo check` and `cargo test` need no xtask.

use std::{
    env,
    fmt::Write as _,
    fs, io,
    path::{Path, PathBuf},
};

/// The compressed forms of a file, which lie beside it.
const COMPRESSED: [&str; 2] = ["br", "gz"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    // A path that is missing would make every build run this again; xtask names the site when it has built one.
    println!("cargo::rerun-if-env-changed=COUNTERSIGN_SITE");
    let site = match env::var_os("COUNTERSIGN_SITE") {
        Some(named) => {
            let named = PathBuf::from(named);
            println!("cargo::rerun-if-changed={}", named.join("manifest.json").display());
            named
        }
        None => Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("../target/site"),
    };
    let mut rust = String::from("[\n");
    if site.join("manifest.json").is_file() {
        println!("cargo::rerun-if-changed={}", site.display());
        let site = site.canonicalize()?;
        for file in files(&site)? {
            let address = file.strip_prefix(&site)?.to_str().ok_or("a file name is no text")?.to_owned();
            let [brotli, gzip] = COMPRESSED.map(|extension| {
                let compressed = with(extension, &file);
                if compressed.is_file() { format!("Some(include_bytes!({compressed:?}))") } else { "None".to_owned() }
            });
            let path = format!("/{address}");
            writeln!(rust, "    File {{ path: {path:?}, plain: include_bytes!({file:?}), brotli: {brotli}, gzip: {gzip} }},")?;
        }
    }
    rust.push_str("]\n");
    fs::write(Path::new(&env::var("OUT_DIR")?).join("site.rs"), rust)?;
    Ok(())
}

/// Every file of the site but the compressed forms, in the order of their names.
fn files(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(files(&path)?);
        } else if path.extension().is_none_or(|extension| COMPRESSED.iter().all(|form| extension != *form)) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn with(extension: &str, file: &Path) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    PathBuf::from(name)
}
