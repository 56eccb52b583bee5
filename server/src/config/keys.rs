//! The table of all keys.

/// A key of the configuration.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Key {
    /// As it stands in the file; a section and a dot before it.
    pub(crate) name: &'static str,
    /// What it takes.
    pub(crate) takes: &'static str,
    /// What holds without it; empty when there is nothing.
    pub(crate) default: &'static str,
    /// What it decides.
    pub(crate) about: &'static str,
}

impl Key {
    /// The environment variable over it: `COUNTERSIGN_MAIL_PORT` for `mail.port`.
    pub(crate) fn variable(&self) -> String {
        format!("COUNTERSIGN_{}", self.name.replace('.', "_").to_uppercase())
    }
}

const fn key(name: &'static str, takes: &'static str, default: &'static str, about: &'static str) -> Key {
    Key { name, takes, default, about }
}

/// Every key there is. `docs/configuration.md` shows this table.
pub(crate) const KEYS: &[Key] = &[
    key(
        "listen",
        "address:port",
        "127.0.0.1:3000",
        "Where the server listens. Port 0 takes a free one; the first line on stdout says which.",
    ),
    key("data", "folder", "", "The folder of the store, the keys and the lock. Must be given."),
    key(
        "database",
        "`sqlite` or a `postgres://` URL",
        "sqlite",
        "Where the store lies: a file in the data folder, or a PostgreSQL server.",
    ),
    key("database_connections_max", "1 to 500", "16", "Connections to PostgreSQL at once."),
    key(
        "public_url",
        "`https://host[:port]`",
        "",
        "What links in mails begin with, and the origin of our own forms. May be left out, or be `http://`, on loopback only.",
    ),
    key(
        "trusted_proxies",
        "list of addresses and networks",
        "[]",
        "Proxies whose `X-Forwarded-For` says who asks. In the environment: separated by commas. Nobody else is believed.",
    ),
    key("log", "filter", "info", "What is logged on stderr, as JSON: a level, or `target=level` pairs separated by commas."),
    key("sessions.idle_minutes", "30 to 720", "120", "Minutes without a request after which a session ends."),
    key("sessions.absolute_hours", "1 to 24", "12", "Hours after which a session ends in any case."),
    key("mail.kind", "`smtp`, `folder` or `log`", "", "How mail leaves: by SMTP, as .eml files, or as a line in the log. Must be given."),
    key("mail.from", "address", "", "What mails come from. Must be given."),
    key("mail.folder", "folder", "", "Where .eml files go; for `folder`."),
    key("mail.host", "name", "", "The mail server; for `smtp`."),
    key("mail.port", "1 to 65535", "587", "Its port."),
    key("mail.tls", "`starttls`, `implicit` or `none`", "starttls", "How the connection is protected; `none` on loopback only."),
    key("mail.username", "text", "", "The user of the mail server, if it wants one; needs a password."),
    key("mail.password", "text", "", "The user's password."),
    key(
        "egress.allowed",
        "list of `host:port`",
        "[]",
        "Hosts that may be asked by HTTP although they have a private address or no TLS, as an identity provider inside the company. None when empty. In the environment: separated by commas.",
    ),
    key(
        "egress.authorities",
        "file",
        "",
        "Certificates of authorities, as PEM, that are trusted beside the public ones when others are asked by HTTPS.",
    ),
    key(
        "sso.issuer",
        "`https://` URL",
        "",
        "The identity provider by which people of the firm may sign in, letter for letter as it names itself. Without it there is no single sign-on.",
    ),
    key("sso.client_id", "text", "", "Who Countersign is at the provider. Must be given with `sso.issuer`."),
    key("sso.client_secret", "text", "", "The secret that the provider gave with it. Must be given with `sso.issuer`."),
    key(
        "sso.label",
        "text, 40 characters at most",
        "your company account",
        "What people call it: the button says *Sign in with* and this.",
    ),
    key(
        "sso.link_by_verified_email",
        "`true` or `false`",
        "false",
        "Whether somebody who comes for the first time is recognized by an address that the provider says it has verified.",
    ),
    key("sso.trust_amr", "`true` or `false`", "false", "Whether a second factor at the provider (`amr`) counts as the second step here."),
    key(
        "rehearsal.clock",
        "file",
        "",
        "Makes this a rehearsal: the file holds one RFC 3339 instant, and that is now. On loopback with mail to a folder only.",
    ),
];
