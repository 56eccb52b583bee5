//! What a machine must have. Each check names what is missing and the command that brings it; as root on Debian the
//! packages are installed without asking.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::workspace::Workspace;
use crate::{Failure, Outcome, process};

/// The two other platforms that the offer model is built for.
pub(crate) const BROWSER: &str = "wasm32-unknown-unknown";
pub(crate) const WASI: &str = "wasm32-wasip1";

/// The names that Chromium goes by; `tests/browser/firm/chromium.js` looks for the same.
const CHROMIUM: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// Node 20 has a complete `node:wasi`.
const OLDEST_NODE: u32 = 20;

/// What building the product takes: a C compiler, for SQLite.
pub(crate) fn for_building() -> Outcome {
    if process::answer("cc", &["--version"]).is_none() {
        install("gcc libc6-dev", "a C compiler (`cc`)")?;
    }
    Ok(())
}

/// What building the offer model for another platform takes.
pub(crate) fn for_platform(name: &str) -> Outcome {
    for_building()?;
    let sysroot = process::answer("rustc", &["--print", "sysroot"])
        .ok_or_else(|| Failure::because("`rustc` is missing; install it from https://rustup.rs"))?;
    let there = Path::new(sysroot.trim()).join("lib/rustlib").join(name).join("lib");
    if there.is_dir() {
        return Ok(());
    }
    process::run(Command::new("rustup").args(["target", "add", name]))
        .map_err(|_| Failure::because(format!("the Rust platform {name} is missing; run: rustup target add {name}")))
}

/// The program that makes WebAssembly smaller, installed by npm on first use.
pub(crate) fn wasm_opt(workspace: &Workspace) -> Outcome<PathBuf> {
    of_npm(&workspace.at("xtask/npm"), "wasm-opt")
}

/// The program that judges a page as a telephone would, installed by npm on first use.
pub(crate) fn lighthouse(workspace: &Workspace) -> Outcome<PathBuf> {
    of_npm(&workspace.at("xtask/lighthouse"), "lighthouse")
}

fn of_npm(folder: &Path, name: &str) -> Outcome<PathBuf> {
    node()?;
    let program = folder.join("node_modules/.bin").join(name);
    if !program.exists() {
        // browsers of npm packages are not wanted: the system's Chromium is used
        let mut install = Command::new("npm");
        process::run(install.current_dir(folder).args(["ci", "--no-audit", "--no-fund"]).env("PUPPETEER_SKIP_DOWNLOAD", "1"))?;
    }
    Ok(program)
}

/// Chromium, by whatever name this system has it.
pub(crate) fn chromium() -> Outcome<PathBuf> {
    let found = || {
        let names = ["chromium", "chromium-browser", "google-chrome"];
        let on_path = std::env::var_os("PATH").unwrap_or_default();
        std::env::split_paths(&on_path).flat_map(|folder| names.map(|name| folder.join(name))).find(|program| program.is_file())
    };
    if let Some(program) = found() {
        return Ok(program);
    }
    install("chromium", "Chromium")?;
    found().ok_or_else(|| Failure::because("Chromium is missing; run: sudo apt-get install chromium"))
}

/// What running WebAssembly under Node takes.
pub(crate) fn for_wasi() -> Outcome {
    for_platform(WASI)?;
    node()
}

/// What the tests take: PostgreSQL's programs, aiosmtpd, and an identity provider that runs under Node.
pub(crate) fn for_tests(workspace: &Workspace) -> Outcome {
    for_building()?;
    node()?;
    locked_packages(workspace, "tests/oidc")?;
    if postgres_programs().is_none() {
        install("postgresql", "the programs of PostgreSQL (`initdb`, `postgres`)")?;
    }
    mail_server(workspace)
}

/// What the tests in a browser take: Node, Chromium with letters to draw, and the packages that `package-lock.json` names.
pub(crate) fn for_browser_tests(workspace: &Workspace) -> Outcome {
    for_platform(BROWSER)?;
    node()?;
    if !CHROMIUM.iter().any(|name| is_on_path(name)) {
        install("chromium fonts-liberation fonts-urw-base35", "Chromium, and letters for it")?;
    }
    locked_packages(workspace, "tests/browser")
}

/// The packages that a folder's `package-lock.json` names, and no others.
fn locked_packages(workspace: &Workspace, folder: &str) -> Outcome {
    let at = workspace.at(folder);
    // npm leaves a copy of the lock file beside what it installed
    let locked = at.join("package-lock.json");
    let installed = at.join("node_modules/.package-lock.json");
    let time = |path: &Path| path.metadata().and_then(|found| found.modified()).ok();
    if time(&installed).is_some_and(|then| time(&locked).is_some_and(|now| then >= now)) {
        return Ok(());
    }
    process::run(Command::new("npm").args(["ci", "--ignore-scripts"]).env("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1").current_dir(&at))
        .map_err(|_| Failure::because(format!("the packages of {folder} could not be installed; run: npm ci --prefix {folder}")))
}

fn is_on_path(program: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    std::env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// The folder with `initdb` and `postgres`, wherever this system keeps them.
pub(crate) fn postgres_programs() -> Option<PathBuf> {
    let of_debian = std::fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten();
    let mut debian: Vec<PathBuf> = of_debian.map(|version| version.path().join("bin")).collect();
    debian.sort();
    let on_path = std::env::var_os("PATH").unwrap_or_default();
    debian
        .into_iter()
        .rev()
        .chain(std::env::split_paths(&on_path))
        .find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
}

fn node() -> Outcome {
    let version = process::answer("node", &["--version"]);
    let major: Option<u32> = version.as_deref().and_then(|text| text.trim().trim_start_matches('v').split('.').next()?.parse().ok());
    match major {
        Some(found) if found >= OLDEST_NODE => Ok(()),
        Some(found) => {
            Err(Failure::because(format!("Node {found} is too old, {OLDEST_NODE} or newer is needed; see https://nodejs.org/en/download")))
        }
        // Debian's own package is older than what is needed.
        None => Err(Failure::because(format!("Node {OLDEST_NODE} or newer is missing; see https://nodejs.org/en/download"))),
    }
}

/// aiosmtpd, the mail server that the outbox is tested against, in a Python environment of its own.
fn mail_server(workspace: &Workspace) -> Outcome {
    let python = workspace.python();
    let program = python.to_string_lossy().into_owned();
    if process::answer(&program, &["-c", "import aiosmtpd"]).is_some() {
        return Ok(());
    }
    if process::answer("python3", &["-c", "import ensurepip, venv"]).is_none() {
        install("python3 python3-venv", "Python 3 with its `venv` module")?;
    }
    let folder = workspace.at("target/venv");
    process::run(Command::new("python3").args(["-m", "venv", "--clear"]).arg(&folder))?;
    process::run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "aiosmtpd==1.4.6"]))
        .map_err(|_| Failure::because(format!("aiosmtpd could not be installed; run: {program} -m pip install aiosmtpd==1.4.6")))
}

/// Installs Debian packages when that is allowed, and otherwise says what to run.
fn install(packages: &str, what: &str) -> Outcome {
    let root = process::answer("id", &["-u"]).is_some_and(|id| id.trim() == "0");
    let debian = process::answer("apt-get", &["--version"]).is_some();
    if !(root && debian) {
        return Err(Failure::because(format!("{what} is missing; run: sudo apt-get install {packages}")));
    }
    process::say(&format!("installing {what}: {packages}"));
    process::run(Command::new("apt-get").args(["update", "--quiet"]))?;
    process::run(
        Command::new("apt-get")
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(["install", "--quiet", "--yes", "--no-install-recommends"])
            .args(packages.split(' ')),
    )
}
