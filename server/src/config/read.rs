//! Reading the keys.

use std::{net::SocketAddr, path::PathBuf, str::FromStr, time::Duration};

use toml::{Table, Value};

use super::{
    Config, ConfigFault, KEYS, MailBy, Network, PublicUrl, SessionTimes, is_loopback_host,
    single_sign_on::{LABEL, LABEL_CHARACTERS_MAX, SsoSettings, discovery_of},
};
use crate::{
    egress::{AllowedHost, Egress, EgressSettings},
    outbox::{Smtp, SmtpTls},
    store::Database,
};

/// How long one mail may take with the server; below the lease of a claim.
const SMTP_PATIENCE: Duration = Duration::from_secs(60);

/// The keys that were given, each as text.
struct Given {
    table: Table,
}

pub(super) fn config(text: &str, environment: impl Fn(&str) -> Option<String>) -> Result<Config, ConfigFault> {
    let table: Table = text.parse().map_err(|error: toml::de::Error| ConfigFault::of("file", error.to_string()))?;
    must_be_known(&table)?;
    let mut given = Given { table };
    for key in KEYS {
        if let Some(value) = environment(&key.variable()) {
            given.set(key.name, Value::String(value));
        }
    }
    given.config()
}

fn must_be_known(table: &Table) -> Result<(), ConfigFault> {
    let sections: Vec<&str> = KEYS.iter().filter_map(|key| key.name.split_once('.')).map(|(section, _)| section).collect();
    for (name, value) in table {
        match value {
            Value::Table(inner) if sections.contains(&name.as_str()) => {
                for key in inner.keys().map(|key| format!("{name}.{key}")) {
                    must_be_a_key(&key)?;
                }
            }
            _ => must_be_a_key(name)?,
        }
    }
    Ok(())
}

fn must_be_a_key(name: &str) -> Result<(), ConfigFault> {
    if KEYS.iter().any(|key| key.name == name) { Ok(()) } else { Err(ConfigFault::of(name, "there is no such key")) }
}

impl Given {
    fn set(&mut self, name: &str, value: Value) {
        match name.split_once('.') {
            Some((section, key)) => {
                let section = self.table.entry(section).or_insert_with(|| Value::Table(Table::new()));
                if let Value::Table(section) = section {
                    section.insert(key.to_owned(), value);
                }
            }
            None => {
                self.table.insert(name.to_owned(), value);
            }
        }
    }

    fn value(&self, name: &str) -> Option<&Value> {
        match name.split_once('.') {
            Some((section, key)) => self.table.get(section)?.get(key),
            None => self.table.get(name),
        }
    }

    /// A text or a number as text; nothing when the key is not given or empty.
    fn text(&self, name: &str) -> Result<Option<String>, ConfigFault> {
        match self.value(name) {
            None => Ok(None),
            Some(Value::String(text)) if text.is_empty() => Ok(None),
            Some(Value::String(text)) => Ok(Some(text.clone())),
            Some(Value::Integer(number)) => Ok(Some(number.to_string())),
            Some(_) => Err(ConfigFault::of(name, "takes a text")),
        }
    }

    fn needed(&self, name: &str) -> Result<String, ConfigFault> {
        self.text(name)?.ok_or_else(|| ConfigFault::of(name, "must be given"))
    }

    fn parsed<T: FromStr>(&self, name: &str, otherwise: T) -> Result<T, ConfigFault> {
        match self.text(name)? {
            None => Ok(otherwise),
            Some(text) => text.parse().map_err(|_| ConfigFault::of(name, format!("`{text}` cannot be used; it takes {}", takes(name)))),
        }
    }

    fn within(&self, name: &str, otherwise: i64, least: i64, most: i64) -> Result<i64, ConfigFault> {
        let number: i64 = self.parsed(name, otherwise)?;
        if (least..=most).contains(&number) {
            Ok(number)
        } else {
            Err(ConfigFault::of(name, format!("`{number}` cannot be used; it takes {}", takes(name))))
        }
    }

    fn config(&self) -> Result<Config, ConfigFault> {
        let listen: SocketAddr = self.parsed("listen", SocketAddr::from(([127, 0, 0, 1], 3000)))?;
        let data = PathBuf::from(self.needed("data")?);
        let public_url = self.public_url(listen)?;
        let (mail, mail_from) = self.mail(public_url.as_ref())?;
        let egress = self.egress()?;
        let config = Config {
            listen,
            database: self.database(&data)?,
            data,
            public_url,
            trusted_proxies: self.trusted_proxies()?,
            log: self.log()?,
            sessions: SessionTimes {
                idle_seconds: self.within("sessions.idle_minutes", 120, 30, 720)? * 60,
                absolute_seconds: self.within("sessions.absolute_hours", 12, 1, 24)? * 3600,
            },
            mail,
            mail_from,
            single_sign_on: self.single_sign_on(&egress)?,
            egress,
            rehearsal: self.text("rehearsal.clock")?.map(PathBuf::from),
            demo: None,
        };
        must_be_safe_to_rehearse(&config)?;
        Ok(config)
    }

    fn database(&self, data: &std::path::Path) -> Result<Database, ConfigFault> {
        let connections_max = self.within("database_connections_max", 16, 1, 500)?;
        match self.text("database")?.as_deref() {
            None | Some("sqlite") => Ok(Database::Folder(data.to_owned())),
            Some(url) if url.starts_with("postgres://") || url.starts_with("postgresql://") => {
                Ok(Database::Server { url: url.to_owned(), connections_max: u32::try_from(connections_max).unwrap_or(16) })
            }
            // the text may hold a password
            Some(_) => Err(ConfigFault::of("database", format!("it takes {}", takes("database")))),
        }
    }

    fn public_url(&self, listen: SocketAddr) -> Result<Option<PublicUrl>, ConfigFault> {
        match self.text("public_url")? {
            Some(text) => match PublicUrl::parse(&text) {
                Some(url) => Ok(Some(url)),
                None => Err(ConfigFault::of("public_url", format!("`{text}` cannot be used; it takes {}", takes("public_url")))),
            },
            None if listen.ip().is_loopback() => Ok(None),
            None => Err(ConfigFault::of("public_url", "must be given unless the server listens on loopback")),
        }
    }

    fn list(&self, name: &str) -> Result<Vec<String>, ConfigFault> {
        match self.value(name) {
            None => Ok(Vec::new()),
            Some(Value::String(text)) => Ok(text.split(',').map(|part| part.trim().to_owned()).filter(|part| !part.is_empty()).collect()),
            Some(Value::Array(values)) => Ok(values.iter().map(|value| value.as_str().unwrap_or_default().to_owned()).collect()),
            Some(_) => Err(ConfigFault::of(name, format!("it takes a {}", takes(name)))),
        }
    }

    fn yes_or_no(&self, name: &str) -> Result<bool, ConfigFault> {
        match self.value(name) {
            None => Ok(false),
            Some(Value::Boolean(given)) => Ok(*given),
            Some(Value::String(text)) if text == "true" => Ok(true),
            Some(Value::String(text)) if text == "false" || text.is_empty() => Ok(false),
            Some(_) => Err(ConfigFault::of(name, format!("it takes {}", takes(name)))),
        }
    }

    fn egress(&self) -> Result<EgressSettings, ConfigFault> {
        let name = "egress.allowed";
        let read = |text: &String| AllowedHost::parse(text).ok_or_else(|| ConfigFault::of(name, format!("`{text}` is no `host:port`")));
        let allowed = self.list(name)?.iter().map(read).collect::<Result<_, _>>()?;
        let name = "egress.authorities";
        let authorities = match self.text(name)? {
            Some(file) => Some(std::fs::read(&file).map_err(|error| ConfigFault::of(name, format!("`{file}`: {error}")))?),
            None => None,
        };
        let settings = EgressSettings { allowed, authorities };
        Egress::new(settings.clone()).map_err(|why| ConfigFault::of(name, why))?;
        Ok(settings)
    }

    fn single_sign_on(&self, egress: &EgressSettings) -> Result<Option<SsoSettings>, ConfigFault> {
        let Some(issuer) = self.text("sso.issuer")? else {
            // half a provider is a slip, and silence about it would look like none
            let given = KEYS
                .iter()
                .find(|key| key.name.starts_with("sso.") && self.value(key.name).is_some_and(|value| value.as_str() != Some("")));
            return given.map_or(Ok(None), |_| Err(ConfigFault::of("sso.issuer", "must be given with the other keys of `sso`")));
        };
        let unfit = || {
            ConfigFault::of(
                "sso.issuer",
                format!(
                    "`{issuer}` cannot be used; it takes an {} of a host with a public address, or of one in egress.allowed",
                    takes("sso.issuer")
                ),
            )
        };
        let discovery = discovery_of(&issuer).ok_or_else(unfit)?;
        egress.must_fit(&discovery).map_err(|_| unfit())?;
        let label = self.text("sso.label")?.unwrap_or_else(|| LABEL.to_owned());
        if label.chars().count() > LABEL_CHARACTERS_MAX || label.chars().any(char::is_control) {
            return Err(ConfigFault::of("sso.label", format!("it takes {}", takes("sso.label"))));
        }
        Ok(Some(SsoSettings {
            discovery,
            client_id: self.needed("sso.client_id")?,
            client_secret: self.needed("sso.client_secret")?,
            label,
            link_by_verified_email: self.yes_or_no("sso.link_by_verified_email")?,
            trust_amr: self.yes_or_no("sso.trust_amr")?,
            issuer,
        }))
    }

    fn trusted_proxies(&self) -> Result<Vec<Network>, ConfigFault> {
        let name = "trusted_proxies";
        let texts = self.list(name)?;
        let read = |text: &String| Network::parse(text).ok_or_else(|| ConfigFault::of(name, format!("`{text}` is no address or network")));
        texts.iter().map(read).collect()
    }

    fn log(&self) -> Result<String, ConfigFault> {
        let text = self.text("log")?.unwrap_or_else(|| "info".to_owned());
        match tracing_subscriber::EnvFilter::try_new(&text) {
            Ok(_) => Ok(text),
            Err(error) => Err(ConfigFault::of("log", error.to_string())),
        }
    }

    fn mail(&self, public_url: Option<&PublicUrl>) -> Result<(MailBy, String), ConfigFault> {
        let from = self.needed("mail.from")?;
        if !offer::intake::email_is_plausible(&from) {
            return Err(ConfigFault::of("mail.from", format!("`{from}` is no address")));
        }
        let kind = self.needed("mail.kind")?;
        let mail = match kind.as_str() {
            "log" => MailBy::Log,
            "folder" => MailBy::Folder(PathBuf::from(self.needed("mail.folder")?)),
            "smtp" => MailBy::Smtp(self.smtp(public_url)?),
            _ => return Err(ConfigFault::of("mail.kind", format!("`{kind}` cannot be used; it takes {}", takes("mail.kind")))),
        };
        Ok((mail, from))
    }

    fn smtp(&self, public_url: Option<&PublicUrl>) -> Result<Smtp, ConfigFault> {
        let host = self.needed("mail.host")?;
        let tls = match self.text("mail.tls")?.as_deref() {
            None | Some("starttls") => SmtpTls::StartTls,
            Some("implicit") => SmtpTls::Implicit,
            Some("none") if is_loopback_host(&host) => SmtpTls::None,
            Some("none") => return Err(ConfigFault::of("mail.tls", "`none` is for a mail server on loopback only")),
            Some(other) => return Err(ConfigFault::of("mail.tls", format!("`{other}` cannot be used; it takes {}", takes("mail.tls")))),
        };
        let login = match (self.text("mail.username")?, self.text("mail.password")?) {
            (Some(user), Some(password)) => Some((user, password)),
            (None, None) => None,
            (Some(_), None) => return Err(ConfigFault::of("mail.password", "must be given with mail.username")),
            (None, Some(_)) => return Err(ConfigFault::of("mail.username", "must be given with mail.password")),
        };
        let port = u16::try_from(self.within("mail.port", 587, 1, 65_535)?).unwrap_or(587);
        let hello_name = public_url.map_or("localhost", PublicUrl::host).to_owned();
        Ok(Smtp { host, port, tls, login, hello_name, patience: SMTP_PATIENCE })
    }
}

fn takes(name: &str) -> &'static str {
    KEYS.iter().find(|key| key.name == name).map_or("", |key| key.takes)
}

/// A clock that anybody can turn, with mail that leaves, would be a forger's tool.
fn must_be_safe_to_rehearse(config: &Config) -> Result<(), ConfigFault> {
    if config.rehearsal.is_none() {
        return Ok(());
    }
    let own_address = config.public_url.as_ref().is_none_or(|url| is_loopback_host(url.host()));
    if !config.listen.ip().is_loopback() || !own_address {
        return Err(ConfigFault::of("rehearsal.clock", "a rehearsal listens on loopback only"));
    }
    if !matches!(config.mail, MailBy::Folder(_)) {
        return Err(ConfigFault::of("rehearsal.clock", "a rehearsal mails to a folder only"));
    }
    Ok(())
}
