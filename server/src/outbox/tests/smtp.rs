//! Against a real SMTP server: aiosmtpd, on a port of its own, with our end of a pipe as its life line.

use std::{
    io::{BufRead, BufReader, Lines},
    path::{Path, PathBuf},
    process::{Child, ChildStdout, Command, Stdio},
    time::Duration,
};

use super::messages::mail;
use crate::outbox::{Courier, Mail, Mailbox, NotCarried, Smtp, SmtpCourier, SmtpTls};

const SERVER: &str = r#"
import asyncio, json, sys
from aiosmtpd.smtp import SMTP, AuthResult

class Handler:
    async def handle_RCPT(self, server, session, envelope, address, options):
        if address.startswith("nobody@"):
            return "550 5.1.1 no such user"
        if address.startswith("busy@"):
            return "451 4.3.0 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope):
        print(json.dumps({"helo": session.host_name, "from": envelope.mail_from, "to": envelope.rcpt_tos, "content": envelope.content.decode("utf-8")}), flush=True)
        return "250 OK"

def authenticate(server, session, envelope, mechanism, data):
    return AuthResult(success=data.password == b"right", handled=False)

def session():
    return SMTP(Handler(), authenticator=authenticate, auth_required=len(sys.argv) > 1, auth_require_tls=False, loop=loop)

loop = asyncio.new_event_loop()
asyncio.set_event_loop(loop)
server = loop.run_until_complete(loop.create_server(session, "127.0.0.1", 0))
print(server.sockets[0].getsockname()[1], flush=True)
loop.add_reader(sys.stdin, loop.stop)
loop.run_forever()
"#;

/// A server that takes mail and says what it got.
struct Server {
    port: u16,
    got: Lines<BufReader<ChildStdout>>,
    _process: Child,
}

impl Server {
    fn start(arguments: &[&str]) -> Server {
        let mut process =
            Command::new(python()).args(["-c", SERVER]).args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        let mut got = BufReader::new(process.stdout.take().unwrap()).lines();
        let port = got.next().expect("aiosmtpd did not start").unwrap().parse().unwrap();
        Server { port, got, _process: process }
    }

    fn courier(&self, login: Option<(&str, &str)>) -> SmtpCourier {
        let login = login.map(|(user, password)| (user.to_owned(), password.to_owned()));
        SmtpCourier::to(&Smtp { login, ..smtp(self.port) }).unwrap()
    }
}

/// The Python that has aiosmtpd: named by the environment, else one of our own under target, made when it is missing.
fn python() -> PathBuf {
    if let Some(python) = std::env::var_os("COUNTERSIGN_AIOSMTPD") {
        return python.into();
    }
    static MADE: std::sync::Once = std::sync::Once::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/venv");
    let python = folder.join("bin/python");
    MADE.call_once(|| {
        let has_it = Command::new(&python).args(["-c", "import aiosmtpd"]).status().is_ok_and(|status| status.success());
        if !has_it {
            assert!(Command::new("python3").args(["-m", "venv"]).arg(&folder).status().unwrap().success(), "apt-get install python3-venv");
            assert!(Command::new(&python).args(["-m", "pip", "install", "--quiet", "aiosmtpd==1.4.6"]).status().unwrap().success());
        }
    });
    python
}

fn smtp(port: u16) -> Smtp {
    Smtp {
        host: "127.0.0.1".into(),
        port,
        tls: SmtpTls::None,
        login: None,
        hello_name: "offers.example".into(),
        patience: Duration::from_secs(20),
    }
}

fn to(address: &str) -> Mail {
    Mail { to: Mailbox { name: None, address: address.into() }, ..mail() }
}

#[tokio::test]
async fn a_mail_arrives_whole_with_its_stable_id() {
    let mut server = Server::start(&[]);
    let courier = server.courier(None);
    for _ in 0..2 {
        courier.carry("0195aa", &mail().message("0195aa", 0).unwrap(), 0).await.unwrap();
        let got: serde_json::Value = serde_json::from_str(&server.got.next().unwrap().unwrap()).unwrap();
        assert_eq!(got["helo"], "offers.example");
        assert_eq!(got["from"], "offers@northstar.example");
        assert_eq!(got["to"], serde_json::json!(["zoe@example.com"]));
        let content = got["content"].as_str().unwrap();
        assert!(content.contains("Message-ID: <0195aa@northstar.example>"), "{content}");
        assert!(content.contains("=?utf-8?b?"), "the subject's dash is encoded: {content}");
    }
}

#[tokio::test]
async fn no_such_user_is_for_good_and_busy_is_for_later() {
    let server = Server::start(&[]);
    let courier = server.courier(None);
    let never = courier.carry("1", &to("nobody@example.com").message("1", 0).unwrap(), 0).await;
    assert!(matches!(&never, Err(NotCarried::Never(fault)) if fault.contains("no such user")), "{never:?}");
    let later = courier.carry("1", &to("busy@example.com").message("1", 0).unwrap(), 0).await;
    assert!(matches!(&later, Err(NotCarried::Later(fault)) if fault.contains("try again later")), "{later:?}");
}

#[tokio::test]
async fn a_server_that_is_away_is_for_later() {
    let nobody_listens = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let away = SmtpCourier::to(&smtp(nobody_listens)).unwrap().carry("1", &mail().message("1", 0).unwrap(), 0).await;
    assert!(matches!(away, Err(NotCarried::Later(_))), "{away:?}");
}

#[tokio::test]
async fn a_server_that_falls_silent_is_for_later_and_does_not_hold_the_mail() {
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let hasty = Smtp { patience: Duration::from_millis(50), ..smtp(silent.local_addr().unwrap().port()) };
    let held = SmtpCourier::to(&hasty).unwrap().carry("1", &mail().message("1", 0).unwrap(), 0).await;
    assert!(matches!(held, Err(NotCarried::Later(_))), "{held:?}");
}

#[tokio::test]
async fn a_server_without_tls_gets_nothing_where_tls_is_required() {
    let server = Server::start(&[]);
    let required = Smtp { tls: SmtpTls::StartTls, ..smtp(server.port) };
    let refused = SmtpCourier::to(&required).unwrap().carry("1", &mail().message("1", 0).unwrap(), 0).await;
    assert!(matches!(refused, Err(NotCarried::Later(_))), "{refused:?}");
}

#[tokio::test]
async fn a_server_that_wants_a_login_gets_it() {
    let mut server = Server::start(&["login"]);
    server.courier(Some(("countersign", "right"))).carry("1", &mail().message("1", 0).unwrap(), 0).await.unwrap();
    assert!(server.got.next().unwrap().unwrap().contains("zoe@example.com"));
    let wrong = server.courier(Some(("countersign", "wrong"))).carry("1", &mail().message("1", 0).unwrap(), 0).await;
    assert!(matches!(wrong, Err(NotCarried::Later(_))), "our password is wrong, not the mail: {wrong:?}");
}
