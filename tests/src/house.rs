//! One running Countersign: the real binary, as a rehearsal in a folder of its own.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

use crate::{Browser, Clock, Cluster, Mailbox, PostOffice, Serving};

/// Where a house begins, unless a test says otherwise: a Monday morning in the demo firm's zones.
pub const FIRST_INSTANT: &str = "2026-11-16T15:00:00Z";

/// What mails of a house come from.
const FROM: &str = "offers@harborpine.example";

/// The two stores; every promise holds on both.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Engine {
    /// A file in the data folder.
    Sqlite,
    /// A server.
    Postgres,
}

/// One firm's Countersign. Killed when dropped.
#[derive(Debug)]
pub struct House {
    folder: TempDir,
    config: PathBuf,
    clock: Clock,
    running: Option<Serving>,
}

impl House {
    /// An empty house, serving on a port of its own.
    #[must_use]
    pub fn start(engine: Engine) -> Self {
        let mut house = Self::prepare(engine);
        house.open();
        house
    }

    /// The demo firm, as `countersign demo` makes and serves it at some instant. Its clock runs.
    #[must_use]
    pub fn start_demo(instant: &str) -> Self {
        let mut house = Self::prepare(Engine::Sqlite);
        let at = |name: &str| house.folder.path().join(name);
        let mut demo = Command::new(binary());
        demo.args(["demo", "--listen", "127.0.0.1:0"]).arg("--data").arg(at("data"));
        demo.arg("--mail-dir").arg(at("mail")).arg("--links").arg(at("links.json")).args(["--at", instant]);
        house.run_server(demo);
        house
    }

    /// A house that is configured but not yet serving: for commands that come before the first start.
    #[must_use]
    pub fn prepare(engine: Engine) -> Self {
        Self::prepare_with(engine, "")
    }

    /// The same with more sections of the configuration.
    #[must_use]
    pub fn prepare_with(engine: Engine, sections: &str) -> Self {
        Self::configure(engine, |folder| {
            let (mail, clock) = (folder.join("mail"), folder.join("clock"));
            format!("[mail]\nkind = \"folder\"\nfolder = {mail:?}\nfrom = {FROM:?}\n\n[rehearsal]\nclock = {clock:?}\n\n{sections}")
        })
    }

    /// A house in earnest, not a rehearsal: it mails by SMTP and its clock is the machine's.
    #[must_use]
    pub fn prepare_with_mail_by(engine: Engine, post_office: &PostOffice) -> Self {
        let port = post_office.port();
        Self::configure(engine, |_| {
            format!("[mail]\nkind = \"smtp\"\nhost = \"127.0.0.1\"\nport = {port}\ntls = \"none\"\nfrom = {FROM:?}\n")
        })
    }

    fn configure(engine: Engine, sections: impl FnOnce(&Path) -> String) -> Self {
        let folder = tempfile::Builder::new().prefix("countersign-").tempdir().expect("a temporary folder");
        let at = |name: &str| folder.path().join(name);
        for name in ["data", "mail"] {
            fs::create_dir(at(name)).expect("a folder");
        }
        let database = match engine {
            Engine::Sqlite => "sqlite".to_owned(),
            Engine::Postgres => Cluster::of_this_run().database(),
        };
        let clock = Clock::at(&at("clock"), FIRST_INSTANT);
        let config = at("countersign.toml");
        let data = at("data");
        let sections = sections(folder.path());
        fs::write(&config, format!("listen = \"127.0.0.1:0\"\ndata = {data:?}\ndatabase = {database:?}\n\n{sections}"))
            .expect("the configuration can be written");
        Self { folder, config, clock, running: None }
    }

    /// Starts the server and waits until it says where it listens.
    ///
    /// # Panics
    /// When it ends before that.
    pub fn open(&mut self) {
        let mut serve = Command::new(binary());
        serve.arg("serve").arg("--config").arg(&self.config);
        self.run_server(serve);
    }

    fn run_server(&mut self, mut command: Command) {
        assert!(self.running.is_none(), "the house is open already");
        let errors = fs::File::options().create(true).append(true).open(self.log()).expect("a log file");
        self.running = Some(Serving::start(command.stderr(errors)));
    }

    /// Ends the server as a power cut would: no farewell, nothing flushed.
    pub fn cut_power(&mut self) {
        drop(self.running.take().expect("the house is open"));
    }

    /// Runs a command of the binary against this house: `house.command(&["verify"])`.
    #[must_use]
    pub fn command(&self, arguments: &[&str]) -> Output {
        Command::new(binary())
            .args(arguments)
            .arg("--config")
            .arg(&self.config)
            .stdin(Stdio::null())
            .output()
            .unwrap_or_else(|error| panic!("{}: {error}", binary().display()))
    }

    /// Runs a command that must succeed, and gives what it printed.
    ///
    /// # Panics
    /// When it fails; the message holds what it said.
    #[must_use]
    pub fn run(&self, arguments: &[&str]) -> String {
        let output = self.command(arguments);
        let (said, complained) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
        assert!(output.status.success(), "`countersign {}` failed:\n{said}\n{complained}", arguments.join(" "));
        said.into_owned()
    }

    /// Somebody with a browser, who has not been here before.
    #[must_use]
    pub fn browser(&self) -> Browser {
        Browser::to(self.address())
    }

    /// A program that comes with a token and nothing else.
    #[must_use]
    pub fn program(&self, token: &str) -> Browser {
        Browser::program(self.address(), format!("Bearer {token}").as_bytes())
    }

    /// Where the house listens, as `127.0.0.1:PORT`.
    #[must_use]
    pub fn address(&self) -> &str {
        self.running.as_ref().expect("the house is open").address()
    }

    /// Everything it printed since it was opened.
    #[must_use]
    pub fn said(&self) -> String {
        self.running.as_ref().expect("the house is open").said()
    }

    /// What it logged on standard error, over all its starts.
    #[must_use]
    pub fn logged(&self) -> String {
        fs::read_to_string(self.log()).unwrap_or_default()
    }

    /// The same without the instants, whose seconds may read as pay.
    #[must_use]
    pub fn logged_apart_from_instants(&self) -> String {
        let said = |line: &str| match line.strip_prefix("{\"timestamp\":\"").and_then(|rest| rest.split_once("\",")) {
            Some((_, said)) => format!("{{{said}\n"),
            None => format!("{line}\n"),
        };
        self.logged().lines().map(said).collect()
    }

    /// The mails that it sent.
    #[must_use]
    pub fn mail(&self) -> Mailbox {
        Mailbox::in_folder(&self.folder.path().join("mail"))
    }

    /// The hand on its clock.
    #[must_use]
    pub fn clock(&self) -> &Clock {
        &self.clock
    }

    /// A folder of this test, for files that it hands to commands.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    fn log(&self) -> PathBuf {
        self.folder.path().join("server.log")
    }
}

impl Drop for House {
    fn drop(&mut self) {
        drop(self.running.take());
        if std::thread::panicking() {
            let log = self.logged();
            let wrong = log.lines().filter(|line| !line.contains("\"level\":\"INFO\"")).collect::<Vec<_>>();
            // The test runner captures this and shows it with the failure.
            let _ = std::io::Write::write_all(&mut std::io::stderr(), format!("the server warned of:\n{}\n", wrong.join("\n")).as_bytes());
        }
    }
}

/// The binary under test: `COUNTERSIGN_BIN`, or the one that lies beside this test's own.
fn binary() -> PathBuf {
    if let Some(named) = std::env::var_os("COUNTERSIGN_BIN") {
        return named.into();
    }
    let own = std::env::current_exe().expect("the path of this test");
    let beside = own.parent().and_then(Path::parent).expect("cargo's folder").join("countersign");
    assert!(beside.is_file(), "{} is missing; run: cargo build --bin countersign", beside.display());
    beside
}
