//! The command line.

use std::{
    io::Write as _,
    net::SocketAddr,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::{Args, Parser, Subcommand};
use offer::{import::ImportKind, moment::Moment};
use tracing_subscriber::EnvFilter;

use crate::{
    config::{Config, ConfigFault},
    demo,
    desk::publishable,
    exchange::{SourceFile, kind_of},
    installation::{Installation, NotOpen},
    order::{self, Order, Outcome, carry_out},
    serve, socket,
    store::backup,
    vault::{VaultError, backup::KeysBackup, folder::KeyFolder},
};

/// Job offers from intake to a signed, handed-over hire.
#[derive(Debug, Parser)]
#[command(name = "countersign", version)]
pub(crate) struct CommandLine {
    /// The configuration file; without it, the environment alone.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serve the firm.
    Serve,
    /// Serve a fresh demo firm, with people, openings and offers.
    Demo(DemoArgs),
    /// People who sign in.
    #[command(subcommand)]
    User(User),
    /// The playbook: everything operations can change.
    #[command(subcommand)]
    Playbook(Playbook),
    /// Bring CSV files in; several at once resolve references across them.
    Import(Import),
    /// Verify every stream of events, link by link.
    Verify,
    /// Write events and documents into an archive. Keys go apart, with `keys backup`.
    Backup {
        /// The file to write.
        file: PathBuf,
    },
    /// Read an archive into an empty store and build the projections anew. The server must not run.
    Restore {
        /// The archive.
        file: PathBuf,
        /// The keys, from `keys backup`.
        #[arg(long, value_name = "FILE")]
        keys: Option<PathBuf>,
    },
    /// The keys that seal what belongs to a person.
    #[command(subcommand)]
    Keys(Keys),
    /// Mail that went out.
    #[command(subcommand)]
    Mail(Mail),
    /// Say what is in order and what is not.
    Doctor,
    /// Say every address that the server answers.
    Routes,
    /// The links that candidates come by.
    #[command(subcommand)]
    Links(Links),
    /// Measure what only the process itself can see.
    #[cfg(feature = "measure")]
    #[command(subcommand)]
    Measure(crate::measure::Measure),
}

#[derive(Debug, Subcommand)]
enum Links {
    /// Take back every link of an offer; sessions that came through one end.
    Revoke {
        /// What people call the offer: REQ-1000-3.
        offer: String,
    },
    /// Mail the candidate of an offer a new link.
    Mail {
        /// What people call the offer: REQ-1000-3.
        offer: String,
    },
}

/// Where the demo lives.
#[derive(Clone, Debug, Args)]
pub(crate) struct DemoArgs {
    /// Where to listen; loopback only.
    #[arg(long, default_value = "127.0.0.1:3000")]
    pub(crate) listen: SocketAddr,
    /// A folder of its own; what is in it is kept.
    #[arg(long, value_name = "DIR")]
    pub(crate) data: PathBuf,
    /// Where mails are left as .eml files.
    #[arg(long, value_name = "DIR")]
    pub(crate) mail_dir: PathBuf,
    /// The file that says who to be: people with passwords, and links.
    #[arg(long, value_name = "FILE")]
    pub(crate) links: PathBuf,
    /// The instant at which the firm is made, in RFC 3339; the clock goes on from there. Now, when nothing is said.
    #[arg(long, value_name = "INSTANT", value_parser = instant)]
    pub(crate) at: Option<Moment>,
}

fn instant(text: &str) -> Result<Moment, &'static str> {
    Moment::parse(text).ok_or("not an RFC 3339 instant, such as 2026-11-20T20:00:00Z")
}

#[derive(Debug, Subcommand)]
enum User {
    /// Say who is there.
    List,
    /// Mail somebody who was imported a link to set a password.
    Invite {
        /// The address.
        email: String,
    },
    /// Take the second step of somebody's sign-in away, for a lost phone; they are told by mail and set it up again.
    ResetSecondStep {
        /// The address.
        email: String,
    },
    /// Record that somebody left.
    Leave {
        /// The address.
        email: String,
    },
}

#[derive(Debug, Subcommand)]
enum Playbook {
    /// Write the current playbook.
    Export,
    /// Say where a playbook does not hold, by line and column.
    Check {
        /// The document.
        file: PathBuf,
    },
    /// Say what a playbook would change.
    Diff {
        /// The document.
        file: PathBuf,
    },
    /// Publish a playbook as the next version.
    Apply {
        /// The document.
        file: PathBuf,
    },
}

#[derive(Debug, Args)]
struct Import {
    /// What the files hold, unless each is named with its kind: `people=FILE`.
    #[arg(value_parser = kind)]
    kind: ImportKind,
    /// The files. Further kinds at once: `clients=FILE`.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<String>,
    /// Only say what would happen.
    #[arg(long)]
    dry_run: bool,
}

/// Reads `people` and the like.
fn kind(text: &str) -> Result<ImportKind, String> {
    ImportKind::parse(text).ok_or_else(|| format!("one of {}", ImportKind::ALL.map(ImportKind::code).join(", ")))
}

#[derive(Debug, Subcommand)]
enum Mail {
    /// Record that a mail came back: what a mail system pipes its bounces into. The offer shows it.
    Bounced {
        /// Its Message-ID, with or without brackets and domain.
        message: String,
        /// What the mail system said.
        reason: String,
    },
}

#[derive(Debug, Subcommand)]
enum Keys {
    /// Write the keys into a file outside the data folder.
    Backup {
        /// The file to write.
        file: PathBuf,
    },
}

/// Why a command did not come to an outcome.
#[derive(Debug)]
pub(crate) enum CommandFault {
    /// A key of the configuration.
    Config(ConfigFault),
    /// The installation does not open.
    NotOpen(NotOpen),
    /// A file.
    File(PathBuf, std::io::Error),
    /// Keys.
    Keys(VaultError),
    /// Serving ended.
    Serve(std::io::Error),
    /// Anything said by the store or the desk.
    Said(String),
}

impl std::fmt::Display for CommandFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Config(fault) => write!(f, "{fault}"),
            Self::NotOpen(fault) => write!(f, "{fault}"),
            Self::File(file, error) => write!(f, "{}: {error}", file.display()),
            Self::Keys(error) => write!(f, "keys: {error}"),
            Self::Serve(error) => write!(f, "cannot serve: {error}"),
            Self::Said(said) => f.write_str(said),
        }
    }
}

impl From<NotOpen> for CommandFault {
    fn from(fault: NotOpen) -> Self {
        Self::NotOpen(fault)
    }
}

/// Carries out what was typed.
pub(crate) async fn run(line: CommandLine) -> ExitCode {
    let done = match line.command {
        Command::Demo(args) => demo::run(args).await.map(|()| Outcome { text: String::new(), is_well: true }),
        Command::Playbook(Playbook::Check { file }) => check(&file),
        #[cfg(feature = "measure")]
        Command::Measure(what) => crate::measure::run(what).await,
        command => match Config::load(line.config.as_deref()) {
            Ok(config) => {
                log_as(&config.log);
                configured(config, command).await
            }
            Err(fault) => Err(CommandFault::Config(fault)),
        },
    };
    match done {
        Ok(outcome) => {
            let mut stream: Box<dyn std::io::Write> =
                if outcome.is_well { Box::new(std::io::stdout()) } else { Box::new(std::io::stderr()) };
            let text = outcome.text.trim_end();
            // a closed pipe is the reader's business
            let _ = if text.is_empty() { Ok(()) } else { writeln!(stream, "{text}") };
            if outcome.is_well { ExitCode::SUCCESS } else { ExitCode::FAILURE }
        }
        Err(fault) => {
            let _ = writeln!(std::io::stderr(), "countersign: {fault}");
            ExitCode::FAILURE
        }
    }
}

async fn configured(config: Config, command: Command) -> Result<Outcome, CommandFault> {
    let order = match command {
        Command::Serve => {
            serve::run(config).await?;
            return Ok(Outcome { text: String::new(), is_well: true });
        }
        Command::Restore { file, keys } => return restore(config, &file, keys).await,
        Command::User(User::List) => Order::ListUsers,
        Command::User(User::Invite { email }) => Order::InviteUser { email },
        Command::User(User::ResetSecondStep { email }) => Order::ResetSecondStep { email },
        Command::User(User::Leave { email }) => Order::UserLeft { email },
        Command::Playbook(Playbook::Export) => Order::ExportPlaybook,
        Command::Playbook(Playbook::Diff { file }) => Order::DiffPlaybook { text: text_of(&file)? },
        Command::Playbook(Playbook::Apply { file }) => Order::ApplyPlaybook { text: text_of(&file)? },
        Command::Import(import) => import_order(import)?,
        Command::Verify => Order::Verify,
        Command::Backup { file } => Order::Backup { file: absolute(file)? },
        Command::Keys(Keys::Backup { file }) => Order::BackUpKeys { file: absolute(file)? },
        Command::Mail(Mail::Bounced { message, reason }) => Order::MailBounced { message, reason },
        Command::Routes => Order::Routes,
        Command::Doctor => Order::Doctor,
        Command::Links(Links::Revoke { offer }) => Order::RevokeLinks { offer },
        Command::Links(Links::Mail { offer }) => Order::MailLink { offer },
        #[cfg(feature = "measure")]
        Command::Measure(_) => return Err(CommandFault::Said("already carried out".to_owned())),
        Command::Demo(_) | Command::Playbook(Playbook::Check { .. }) => return Err(CommandFault::Said("already carried out".to_owned())),
    };
    let os_user = os_user();
    let path = Installation::socket(&config);
    if let Some(outcome) = socket::give(&path, &order, &os_user).await.map_err(|error| CommandFault::File(path, error))? {
        return Ok(outcome);
    }
    let listen = config.listen;
    let installation = Installation::open(config, listen).await?;
    Ok(carry_out(&installation, order, &os_user).await)
}

/// One line of JSON for each event, on stderr: stdout is for what a command answers.
pub(crate) fn log_as(filter: &str) {
    // INVARIANT (the filter reads): the configuration refused it otherwise
    let filter = EnvFilter::try_new(filter).unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().json().with_span_list(false).with_writer(std::io::stderr).with_env_filter(filter).init();
}

fn check(file: &Path) -> Result<Outcome, CommandFault> {
    Ok(match publishable(&text_of(file)?) {
        Ok(checked) => Outcome {
            text: [order::faults(&checked.notes), "the playbook holds".to_owned()].join("\n").trim_start().to_owned(),
            is_well: true,
        },
        Err(problems) => Outcome { text: order::faults(&problems), is_well: false },
    })
}

async fn restore(config: Config, file: &Path, keys: Option<PathBuf>) -> Result<Outcome, CommandFault> {
    let path = Installation::socket(&config);
    if tokio::net::UnixStream::connect(&path).await.is_ok() {
        return Err(CommandFault::Said("the server is running; stop it before restoring".to_owned()));
    }
    let backup = keys.map(|keys| KeysBackup::read_file(&keys)).transpose().map_err(CommandFault::Keys)?;
    if let Some(backup) = &backup {
        std::fs::create_dir_all(&config.data).map_err(|error| CommandFault::File(config.data.clone(), error))?;
        KeyFolder::of(&config.data).restore(backup).map_err(CommandFault::Keys)?;
    }
    if backup.is_none() && matches!(KeyFolder::of(&config.data).unlock(), Err(VaultError::KeyMissing(_))) {
        return Err(CommandFault::Said("the archive opens with its own keys only: give them with --keys".to_owned()));
    }
    let listen = config.listen;
    let installation = Installation::open(config, listen).await?;
    let read = backup::read(file, &installation.house.store)
        .await
        .map_err(|error| CommandFault::Said(format!("nothing was restored: {error}")))?;
    if let Some(backup) = &backup {
        installation.house.take_wrapped_keys(backup.rows()).await.map_err(|fault| CommandFault::Said(fault.to_string()))?;
    }
    installation.house.rebuild().await.map_err(|fault| CommandFault::Said(fault.to_string()))?;
    Ok(Outcome { text: format!("{} events and {} documents restored; projections built anew", read.events, read.documents), is_well: true })
}

fn import_order(import: Import) -> Result<Order, CommandFault> {
    let mut files = Vec::new();
    for named in import.files {
        let (kind, file) = match named.split_once('=').and_then(|(kind, file)| Some((ImportKind::parse(kind)?, file.to_owned()))) {
            Some(both) => both,
            None => (import.kind, named),
        };
        let bytes = std::fs::read(&file).map_err(|error| CommandFault::File(PathBuf::from(&file), error))?;
        if let Some(found) = kind_of(&bytes).filter(|found| *found != kind) {
            return Err(CommandFault::Said(format!("{file} holds {}, not {}", found.code(), kind.code())));
        }
        files.push(SourceFile { kind, name: file, bytes });
    }
    Ok(Order::Import { files, dry_run: import.dry_run })
}

fn text_of(file: &Path) -> Result<String, CommandFault> {
    std::fs::read_to_string(file).map_err(|error| CommandFault::File(file.to_owned(), error))
}

/// The server writes the file, and its working folder is another.
fn absolute(file: PathBuf) -> Result<PathBuf, CommandFault> {
    std::path::absolute(&file).map_err(|error| CommandFault::File(file, error))
}

fn os_user() -> String {
    std::env::var("USER").or_else(|_| std::env::var("LOGNAME")).unwrap_or_else(|_| "unknown".to_owned())
}
