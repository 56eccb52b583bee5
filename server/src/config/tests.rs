//! The rules of the configuration.

use std::path::PathBuf;

use super::{keys::Key, *};
use crate::outbox::SmtpTls;

const LEAST: &str = "data = \"/srv/data\"\n[mail]\nkind = \"log\"\nfrom = \"offers@example.com\"\n";

fn of(text: &str) -> Result<Config, ConfigFault> {
    Config::of(text, |_| None)
}

fn fault_of(text: &str) -> String {
    of(text).unwrap_err().key
}

fn with(line: &str) -> String {
    format!("{line}\n{LEAST}")
}

#[test]
fn little_is_needed() {
    let config = of(LEAST).unwrap();
    assert_eq!(config.listen.to_string(), "127.0.0.1:3000");
    assert_eq!(config.database, Database::Folder(PathBuf::from("/srv/data")));
    assert_eq!(config.sessions, SessionTimes { idle_seconds: 7200, absolute_seconds: 43_200 });
    assert_eq!(config.mail, MailBy::Log);
    assert!(config.rehearsal.is_none());
    assert_eq!(config.public_url("127.0.0.1:4123".parse().unwrap()).as_str(), "http://127.0.0.1:4123");
}

#[test]
fn the_environment_wins() {
    let variables = [
        ("COUNTERSIGN_LISTEN", "127.0.0.1:0"),
        ("COUNTERSIGN_SESSIONS_IDLE_MINUTES", "30"),
        ("COUNTERSIGN_TRUSTED_PROXIES", "10.0.0.0/8, ::1"),
    ];
    let config = Config::of(LEAST, |name| variables.iter().find(|(key, _)| *key == name).map(|(_, value)| (*value).to_owned())).unwrap();
    assert_eq!(config.listen.port(), 0);
    assert_eq!(config.sessions.idle_seconds, 1800);
    assert_eq!(config.trusted_proxies.len(), 2);
}

#[test]
fn a_fault_names_its_key() {
    for (text, key) in [
        (with("listne = \"x\""), "listne"),
        (with("listen = \"here\""), "listen"),
        (with("database = \"mysql://user:secret@host/x\""), "database"),
        (with("database_connections_max = 0"), "database_connections_max"),
        (with("public_url = \"http://offers.example\""), "public_url"),
        (with("public_url = \"https://offers.example/path\""), "public_url"),
        (with("listen = \"0.0.0.0:80\""), "public_url"),
        (with("trusted_proxies = [\"everybody\"]"), "trusted_proxies"),
        (with("log = \"a=b=c\""), "log"),
        (format!("{LEAST}[sessions]\nidle_minutes = 29\n"), "sessions.idle_minutes"),
        (format!("{LEAST}[sessions]\nabsolute_hours = \"long\"\n"), "sessions.absolute_hours"),
        (format!("{LEAST}[session]\n"), "session"),
        (format!("{LEAST}port = 25\nports = 26\n"), "mail.ports"),
        (LEAST.replace("log", "pigeon"), "mail.kind"),
        (LEAST.replace("\"log\"", "\"folder\""), "mail.folder"),
        (LEAST.replace("\"log\"", "\"smtp\""), "mail.host"),
        (LEAST.replace("\"log\"", "\"smtp\"\nhost = \"mail.example\"\ntls = \"none\""), "mail.tls"),
        (LEAST.replace("\"log\"", "\"smtp\"\nhost = \"mail.example\"\nusername = \"me\""), "mail.password"),
        (LEAST.replace("\"log\"", "\"smtp\"\nhost = \"mail.example\"\nport = 0"), "mail.port"),
        (LEAST.replace("offers@example.com", "offers"), "mail.from"),
        (LEAST.replace("data = \"/srv/data\"", ""), "data"),
        ("data = ".to_owned(), "file"),
        (format!("{LEAST}[egress]\nallowed = [\"idp.internal\"]\n"), "egress.allowed"),
        (format!("{LEAST}[egress]\nauthorities = \"/nowhere/ca.pem\"\n"), "egress.authorities"),
        (format!("{LEAST}[egress]\nauthorities = \"/dev/null\"\n"), "egress.authorities"),
        (sso("issuer = \"login.example.com\""), "sso.issuer"),
        (sso("issuer = \"http://login.example.com\""), "sso.issuer"),
        (sso("issuer = \"https://10.0.0.1\""), "sso.issuer"),
        (sso("issuer = \"https://login.example.com/?x=1\""), "sso.issuer"),
        (sso("").replace("client_id = \"me\"\n", ""), "sso.issuer"),
        (format!("{LEAST}[sso]\nissuer = \"https://login.example.com\"\n"), "sso.client_id"),
        (format!("{LEAST}[sso]\nissuer = \"https://login.example.com\"\nclient_id = \"me\"\n"), "sso.client_secret"),
        (sso("issuer = \"https://login.example.com\"\ntrust_amr = 1"), "sso.trust_amr"),
        (sso("issuer = \"https://login.example.com\"\nlink_by_verified_email = \"perhaps\""), "sso.link_by_verified_email"),
        (sso(&format!("issuer = \"https://login.example.com\"\nlabel = \"{}\"", "x".repeat(41))), "sso.label"),
    ] {
        assert_eq!(fault_of(&text), key, "{text}");
    }
}

fn sso(lines: &str) -> String {
    format!("{LEAST}[sso]\nclient_id = \"me\"\nclient_secret = \"canary\"\n{lines}\n")
}

#[test]
fn a_provider_is_named_letter_for_letter_and_its_secret_is_never_printed() {
    let config = of(&sso("issuer = \"https://login.example.com/tenant/\"")).unwrap();
    let settings = config.single_sign_on.clone().unwrap();
    assert_eq!(settings.issuer, "https://login.example.com/tenant/");
    assert_eq!(settings.discovery.as_str(), "https://login.example.com/tenant/.well-known/openid-configuration");
    assert_eq!((settings.label.as_str(), settings.link_by_verified_email, settings.trust_amr), ("your company account", false, false));
    assert!(!format!("{config:?}").contains("canary"));
    assert_eq!(of(LEAST).unwrap().single_sign_on, None);
}

#[test]
fn a_provider_inside_the_company_is_named_among_the_hosts_that_may_be_asked() {
    let inside = sso("issuer = \"http://127.0.0.1:9443\"");
    assert_eq!(fault_of(&inside), "sso.issuer");
    assert!(of(&format!("{inside}[egress]\nallowed = [\"127.0.0.1:9443\"]\n")).unwrap().single_sign_on.is_some());
    assert_eq!(fault_of(&format!("{inside}[egress]\nallowed = [\"127.0.0.1:9444\"]\n")), "sso.issuer");
}

#[test]
fn a_fault_does_not_tell_the_password_of_the_database() {
    assert!(!of(&with("database = \"mysql://user:secret@host/x\"")).unwrap_err().to_string().contains("secret"));
}

#[test]
fn a_rehearsal_stays_on_this_machine() {
    let rehearsal = "[rehearsal]\nclock = \"/tmp/clock\"\n";
    let folder = LEAST.replace("\"log\"", "\"folder\"\nfolder = \"/tmp/mail\"");
    assert!(of(&format!("{folder}{rehearsal}")).unwrap().rehearsal.is_some());
    for text in [
        format!("{LEAST}{rehearsal}"),
        format!("listen = \"0.0.0.0:80\"\npublic_url = \"https://offers.example\"\n{folder}{rehearsal}"),
        format!("public_url = \"https://offers.example\"\n{folder}{rehearsal}"),
    ] {
        assert_eq!(fault_of(&text), "rehearsal.clock", "{text}");
    }
}

#[test]
fn mail_by_smtp_is_protected_unless_it_stays_here() {
    let config = of(&LEAST.replace("\"log\"", "\"smtp\"\nhost = \"127.0.0.1\"\nport = 2525\ntls = \"none\"")).unwrap();
    let MailBy::Smtp(smtp) = config.mail else { unreachable!("it is smtp") };
    assert_eq!((smtp.tls, smtp.port), (SmtpTls::None, 2525));
}

#[test]
fn a_public_url_has_a_scheme_and_a_host_and_nothing_else() {
    for (text, kept) in [
        ("https://Offers.example/", Some("https://offers.example")),
        ("https://offers.example:8443", Some("https://offers.example:8443")),
        ("http://127.0.0.1:3000", Some("http://127.0.0.1:3000")),
        ("http://[::1]:3000", Some("http://[::1]:3000")),
        ("http://localhost", Some("http://localhost")),
        ("http://offers.example", None),
        ("https://user@offers.example", None),
        ("https://", None),
        ("ftp://offers.example", None),
        ("offers.example", None),
    ] {
        assert_eq!(PublicUrl::parse(text).map(|url| url.0).as_deref(), kept, "{text}");
    }
}

#[test]
fn every_key_is_documented() {
    let document = include_str!("../../../docs/configuration.md");
    for key in KEYS {
        let line = format!("| `{}` | {} | {} | {} |", key.name, key.takes, default_of(key), key.about);
        assert!(document.contains(&line), "docs/configuration.md misses this line:\n{line}");
    }
}

fn default_of(key: &Key) -> String {
    if key.default.is_empty() { String::new() } else { format!("`{}`", key.default) }
}

#[test]
fn a_request_is_for_us_by_our_name_or_on_loopback_by_any_of_its_names() {
    let ours = PublicUrl::parse("https://offers.example:8443").unwrap();
    for host in ["offers.example:8443", "offers.example", "OFFERS.example"] {
        assert!(ours.is_at(host), "{host}");
    }
    for host in ["offers.example.evil.example", "evil.example", "127.0.0.1:8443", "localhost", ""] {
        assert!(!ours.is_at(host), "{host}");
    }
    let loopback = PublicUrl::parse("http://127.0.0.1:3000").unwrap();
    for host in ["127.0.0.1:3000", "localhost:3000", "[::1]:3000"] {
        assert!(loopback.is_at(host), "{host}");
    }
    // a zone of somebody else that points at us
    assert!(!loopback.is_at("evil.example:3000"));
}
