//! A real mail server: aiosmtpd, taking mail on a port of its own and putting it into a folder.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

use tempfile::TempDir;

use crate::Mailbox;

/// Writes each mail as a file, says its port first, and refuses the first mails for now when told to.
const PROGRAM: &str = r#"
import asyncio, itertools, os, sys
from aiosmtpd.smtp import SMTP

folder, refused = sys.argv[1], int(sys.argv[2])
number = itertools.count()

class Office:
    async def handle_DATA(self, server, session, envelope):
        mine = next(number)
        if mine < refused:
            return "451 4.3.0 come back later"
        path = os.path.join(folder, f"{mine}.part")
        with open(path, "wb") as file:
            file.write(envelope.content)
        os.rename(path, os.path.join(folder, f"{mine}.eml"))
        return "250 2.0.0 taken"

async def main():
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: SMTP(Office(), hostname="localhost"), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await loop.run_in_executor(None, sys.stdin.read)
    os._exit(0)

asyncio.run(main())
"#;

/// A mail server on this machine, ended with the test.
#[derive(Debug)]
pub struct PostOffice {
    folder: TempDir,
    port: u16,
    server: Child,
}

impl PostOffice {
    /// Opens it. The first `refused` mails are turned away with a temporary failure.
    #[must_use]
    pub fn open(refused: u32) -> Self {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut server = Command::new(python())
            .args(["-c", PROGRAM])
            .arg(folder.path())
            .arg(refused.to_string())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("{}: {error}; run: cargo xtask test", python().display()));
        let mut first = String::new();
        BufReader::new(server.stdout.take().expect("its output is piped")).read_line(&mut first).expect("its first line");
        let port = first.trim().parse().expect("aiosmtpd says its port; run: cargo xtask test");
        Self { folder, port, server }
    }

    /// The port that it listens at, on 127.0.0.1.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// The mails that it took.
    #[must_use]
    pub fn mail(&self) -> Mailbox {
        Mailbox::in_folder(self.folder.path())
    }
}

impl Drop for PostOffice {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// Python with aiosmtpd, as `cargo xtask test` prepares it.
fn python() -> PathBuf {
    let prepared = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/venv/bin/python");
    std::env::var_os("COUNTERSIGN_AIOSMTPD").map_or_else(prepared, PathBuf::from)
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader, Write};
    use std::net::TcpStream;

    use super::PostOffice;

    /// Says the lines one after the other and gives the answers.
    fn talk(office: &PostOffice, lines: &[&str]) -> Vec<String> {
        let mut stream = TcpStream::connect(("127.0.0.1", office.port())).expect("it listens");
        let mut answers = BufReader::new(stream.try_clone().expect("a second handle")).lines().map(|line| line.expect("an answer"));
        let mut heard = vec![answers.next().expect("a greeting")];
        for line in lines {
            stream.write_all(format!("{line}\r\n").as_bytes()).expect("it hears");
            heard.extend(answers.next());
        }
        heard
    }

    #[test]
    fn it_turns_the_first_mail_away_and_takes_the_second() {
        let office = PostOffice::open(1);
        let envelope = ["HELO x", "MAIL FROM:<a@b.example>", "RCPT TO:<c@d.example>", "DATA"];
        let mail = "To: c@d.example\r\nSubject: Offer\r\n\r\nhello\r\n.";
        let lines = [&envelope[..], &[mail], &envelope[1..], &[mail]].concat();
        let answers = talk(&office, &lines);
        assert!(answers[5].starts_with("451") && answers[9].starts_with("250"), "{answers:?}");
        assert_eq!(office.mail().next("c@d.example", "Offer").text.trim(), "hello");
        assert_eq!(office.mail().all().len(), 1);
    }
}
