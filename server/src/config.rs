//! The configuration: one TOML file, and the environment over it.
//!
//! Every key stands once, in [`KEYS`]; a key that is not there and a value that cannot be used are refused with the key's name.

mod keys;
mod network;
mod read;
mod single_sign_on;

#[cfg(test)]
mod tests;

use std::{
    fmt,
    net::{IpAddr, SocketAddr},
    path::{Path, PathBuf},
};

use offer::moment::Moment;

pub(crate) use self::{keys::KEYS, network::Network, single_sign_on::SsoSettings};
use crate::{egress::EgressSettings, outbox::Smtp, store::Database};

/// What an installation is told.
#[derive(Clone, Debug)]
pub(crate) struct Config {
    /// Where the server listens; port 0 takes a free one.
    pub(crate) listen: SocketAddr,
    /// The folder of store, keys, lock and socket.
    pub(crate) data: PathBuf,
    /// Where the store lies.
    pub(crate) database: Database,
    /// What links in mails begin with; nothing when it follows from where the server listens.
    pub(crate) public_url: Option<PublicUrl>,
    /// Proxies whose `X-Forwarded-For` is believed.
    pub(crate) trusted_proxies: Vec<Network>,
    /// What is logged, as `tracing` filters are written.
    pub(crate) log: String,
    /// How long sessions live.
    pub(crate) sessions: SessionTimes,
    /// How mail leaves.
    pub(crate) mail: MailBy,
    /// What mails come from.
    pub(crate) mail_from: String,
    /// What may be asked of others by HTTP.
    pub(crate) egress: EgressSettings,
    /// The identity provider by which people of the firm may sign in; nothing of it shows without.
    pub(crate) single_sign_on: Option<SsoSettings>,
    /// The clock file of a rehearsal.
    pub(crate) rehearsal: Option<PathBuf>,
    /// What makes it a demo. No file and no variable says so: only `countersign demo` does.
    pub(crate) demo: Option<Demo>,
}

/// A demo: anybody there may be anybody, and it has a past.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Demo {
    /// Mails from before this instant count as delivered when they are written.
    pub(crate) mails_from: Moment,
}

/// How long sessions of staff and clients live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct SessionTimes {
    /// Seconds without a request after which a session ends.
    pub(crate) idle_seconds: i64,
    /// Seconds after which it ends in any case.
    pub(crate) absolute_seconds: i64,
}

/// How mail leaves the house.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum MailBy {
    /// By SMTP.
    Smtp(Smtp),
    /// Each mail a file in this folder.
    Folder(PathBuf),
    /// A line in the log; nothing leaves.
    Log,
}

/// What links begin with: scheme, host and port, without a path.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct PublicUrl(String);

impl PublicUrl {
    /// Reads `https://host[:port]`, or `http://` on loopback.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let text = text.trim_end_matches('/');
        let (scheme, authority) = text.split_once("://")?;
        let is_authority = !authority.is_empty()
            && authority.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | ':' | '[' | ']'))
            && authority.parse::<axum::http::uri::Authority>().is_ok();
        let fits = match scheme {
            "https" => is_authority,
            "http" => is_authority && is_loopback_host(authority),
            _ => false,
        };
        fits.then(|| Self(text.to_ascii_lowercase()))
    }

    /// The address of a server that listens on loopback.
    pub(crate) fn of_loopback(listening: SocketAddr) -> Self {
        Self(format!("http://{listening}"))
    }

    /// The URL without a slash at the end: also the origin that our own forms come from.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether browsers reach us by TLS.
    pub(crate) fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }

    /// Whether a request for this host, with its port or without, is one for us: by our name, or by any name of loopback where we live there.
    pub(crate) fn is_at(&self, authority: &str) -> bool {
        host_of(authority).eq_ignore_ascii_case(self.host()) || (is_loopback_host(self.authority()) && is_loopback_host(authority))
    }

    /// The host, for the greeting of the mail system.
    pub(crate) fn host(&self) -> &str {
        host_of(self.authority())
    }

    fn authority(&self) -> &str {
        self.0.split_once("://").map_or(self.0.as_str(), |(_, authority)| authority)
    }
}

fn host_of(authority: &str) -> &str {
    match authority.strip_prefix('[').and_then(|rest| rest.split_once(']')) {
        Some((host, _)) => host,
        None => authority.split_once(':').map_or(authority, |(host, _)| host),
    }
}

fn is_loopback_host(authority: &str) -> bool {
    let host = host_of(authority);
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

/// A key that cannot be used, and why.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct ConfigFault {
    /// The key, as it stands in the file: `mail.port`. The file itself when it is no TOML.
    pub(crate) key: String,
    /// Why.
    pub(crate) why: String,
}

impl fmt::Display for ConfigFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "configuration: {}: {}", self.key, self.why)
    }
}

impl std::error::Error for ConfigFault {}

impl ConfigFault {
    pub(crate) fn of(key: &str, why: impl Into<String>) -> Self {
        Self { key: key.to_owned(), why: why.into() }
    }
}

impl Config {
    /// The configuration of this file, with the environment over it; without a file, of the environment alone.
    ///
    /// # Errors
    /// The first key that cannot be used.
    pub(crate) fn load(file: Option<&Path>) -> Result<Self, ConfigFault> {
        let text = match file {
            Some(file) => std::fs::read_to_string(file).map_err(|error| ConfigFault::of(&file.display().to_string(), error.to_string()))?,
            None => String::new(),
        };
        Self::of(&text, |name| std::env::var(name).ok())
    }

    /// The configuration of this text, with these variables over it.
    ///
    /// # Errors
    /// The first key that cannot be used.
    pub(crate) fn of(text: &str, environment: impl Fn(&str) -> Option<String>) -> Result<Self, ConfigFault> {
        read::config(text, environment)
    }

    /// What links begin with, once it is known where the server listens.
    pub(crate) fn public_url(&self, listening: SocketAddr) -> PublicUrl {
        self.public_url.clone().unwrap_or_else(|| PublicUrl::of_loopback(listening))
    }
}
