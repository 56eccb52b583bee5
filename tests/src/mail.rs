//! The mails of a rehearsal: `.eml` files in a folder, read as their recipient reads them.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::wait_for;

/// A folder of mails, of which each is read once.
#[derive(Debug)]
pub struct Mailbox {
    folder: PathBuf,
    read: BTreeSet<PathBuf>,
}

/// One mail.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Mail {
    /// Whom it is addressed to.
    pub to: String,
    /// Its subject, decoded.
    pub subject: String,
    /// Its `Message-ID`.
    pub message_id: String,
    /// Its plain text, decoded.
    pub text: String,
    /// Its HTML, decoded; empty without.
    pub html: String,
    /// Its headers, unfolded, as `name: value`.
    pub headers: Vec<String>,
}

impl Mailbox {
    pub(crate) fn in_folder(folder: &Path) -> Self {
        Self { folder: folder.to_owned(), read: BTreeSet::new() }
    }

    /// The oldest unread mail to `address` that holds `about` in its subject or its text; waits until it is there.
    pub fn next(&mut self, address: &str, about: &str) -> Mail {
        wait_for(&format!("a mail to {address} about `{about}`"), || {
            let (path, mail) = self
                .unread()
                .into_iter()
                .find(|(_, mail)| mail.to.contains(address) && (mail.subject.contains(about) || mail.text.contains(about)))?;
            self.read.insert(path);
            Some(mail)
        })
    }

    /// Every mail that has come so far, oldest first, read or not.
    #[must_use]
    pub fn all(&self) -> Vec<Mail> {
        self.files().iter().filter_map(|path| read(path)).collect()
    }

    /// Takes everything that has come so far as read.
    pub fn read_all(&mut self) {
        self.read.extend(self.files());
    }

    fn unread(&self) -> Vec<(PathBuf, Mail)> {
        let unread = self.files().into_iter().filter(|path| !self.read.contains(path));
        unread.filter_map(|path| read(&path).map(|mail| (path, mail))).collect()
    }

    fn files(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(&self.folder).into_iter().flatten().flatten();
        let mut files: Vec<_> = entries
            .filter(|entry| entry.path().extension().is_some_and(|extension| extension == "eml"))
            .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
            .collect();
        files.sort();
        files.into_iter().map(|(_, path)| path).collect()
    }
}

impl Mail {
    /// The first link of the mail, as a path of the house.
    #[must_use]
    pub fn link(&self) -> String {
        self.link_to("/")
    }

    /// The first link of the mail whose path begins so.
    ///
    /// # Panics
    /// When there is none; the message holds the mail.
    #[must_use]
    pub fn link_to(&self, beginning: &str) -> String {
        let mut links = self.text.split_whitespace().filter_map(|word| {
            let (_, url) = word.split_at(word.find("http")?);
            let (_, after_scheme) = url.trim_end_matches(['.', ',', ')', '>']).split_once("://")?;
            Some(after_scheme.find('/').map_or("/", |slash| after_scheme.split_at(slash).1))
        });
        let found = links.find(|path| path.starts_with(beginning));
        found.unwrap_or_else(|| panic!("no link to {beginning} in the mail:\n{}", self.text)).to_owned()
    }

    /// The code that the mail carries: the one word of six to eight digits, spaces or a dash between them allowed.
    #[must_use]
    pub fn code(&self) -> String {
        let words = self.text.split_whitespace().map(|word| word.trim_end_matches(['.', ',', ':']).replace('-', ""));
        let mut halves = String::new();
        for word in words {
            let digits = !word.is_empty() && word.chars().all(|character| character.is_ascii_digit());
            match (digits, word.len()) {
                (true, 6..=8) => return word,
                (true, 3 | 4) if !halves.is_empty() => return halves + &word,
                (true, 3 | 4) => halves = word,
                _ => halves.clear(),
            }
        }
        panic!("no code in the mail:\n{}", self.text)
    }
}

/// A mail that is still being written has no end of headers yet and is not there.
fn read(path: &Path) -> Option<Mail> {
    let raw = String::from_utf8_lossy(&fs::read(path).ok()?).replace("\r\n", "\n");
    let (headers, body) = raw.split_once("\n\n")?;
    let headers = unfolded(headers);
    Some(Mail {
        to: decoded_words(&header(&headers, "to")?),
        subject: decoded_words(&header(&headers, "subject")?),
        message_id: header(&headers, "message-id").unwrap_or_default(),
        text: part_of(&headers, body, "text/plain")?,
        html: part_of(&headers, body, "text/html").unwrap_or_default(),
        headers: headers.iter().map(|(name, value)| format!("{name}: {value}")).collect(),
    })
}

fn unfolded(headers: &str) -> Vec<(String, String)> {
    let joined = headers.replace("\n ", " ").replace("\n\t", " ");
    joined
        .lines()
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_lowercase(), value.trim().to_owned()))
        .collect()
}

fn header(headers: &[(String, String)], name: &str) -> Option<String> {
    headers.iter().find(|(found, _)| found == name).map(|(_, value)| value.clone())
}

/// The text of the first part of this type, however deep it lies.
fn part_of(headers: &[(String, String)], body: &str, wanted: &str) -> Option<String> {
    let kind = header(headers, "content-type").unwrap_or_else(|| "text/plain".to_owned());
    if kind.to_lowercase().starts_with("multipart/") {
        let (_, after) = kind.split_once("boundary=")?;
        let boundary = after.trim_start_matches('"').split(['"', ';']).next()?.to_owned();
        return body.split(&format!("--{boundary}")).find_map(|part| {
            let (inner, content) = part.trim_start_matches('\n').split_once("\n\n")?;
            part_of(&unfolded(inner), content, wanted)
        });
    }
    if !kind.to_lowercase().starts_with(wanted) {
        return None;
    }
    let encoding = header(headers, "content-transfer-encoding").unwrap_or_default().to_lowercase();
    Some(match encoding.as_str() {
        "quoted-printable" => String::from_utf8_lossy(&quoted_printable(body)).into_owned(),
        "base64" => {
            let packed: String = body.split_whitespace().collect();
            String::from_utf8_lossy(&STANDARD.decode(packed).expect("base64")).into_owned()
        }
        _ => body.to_owned(),
    })
}

fn quoted_printable(text: &str) -> Vec<u8> {
    let joined = text.replace("=\n", "");
    let mut bytes = Vec::with_capacity(joined.len());
    let mut rest = joined.as_bytes();
    while let Some((first, after)) = rest.split_first() {
        let pair = after.get(..2).and_then(|pair| std::str::from_utf8(pair).ok());
        match pair.and_then(|pair| u8::from_str_radix(pair, 16).ok()).filter(|_| *first == b'=') {
            Some(byte) => {
                bytes.push(byte);
                rest = after.split_at(2).1;
            }
            None => {
                bytes.push(*first);
                rest = after;
            }
        }
    }
    bytes
}

/// `=?utf-8?b?..?=` and `=?utf-8?q?..?=` in a header.
fn decoded_words(value: &str) -> String {
    let mut decoded = String::new();
    let mut rest = value;
    while let Some((before, after)) = rest.split_once("=?") {
        let mut parts = after.splitn(4, '?');
        let (Some(_), Some(kind), Some(content), Some(end)) = (parts.next(), parts.next(), parts.next(), parts.next()) else {
            break;
        };
        // White space between two encoded words is not part of the text.
        if decoded.is_empty() || !before.trim().is_empty() {
            decoded.push_str(before);
        }
        let bytes = if kind.eq_ignore_ascii_case("b") {
            STANDARD.decode(content).expect("base64")
        } else {
            quoted_printable(&content.replace('_', " "))
        };
        decoded.push_str(&String::from_utf8_lossy(&bytes));
        rest = end.strip_prefix('=').unwrap_or(end);
    }
    decoded + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mailbox_with(eml: &str) -> (tempfile::TempDir, Mailbox) {
        let folder = tempfile::tempdir().expect("a folder");
        fs::write(folder.path().join("1.eml"), eml).expect("a mail");
        let mailbox = Mailbox::in_folder(folder.path());
        (folder, mailbox)
    }

    #[test]
    fn a_mail_of_two_parts_is_read_by_its_plain_one() {
        let (_folder, mut mailbox) = mailbox_with(
            "To: Zoe <zoe@example.com>\r\nSubject: =?utf-8?b?WW91ciBvZmZlciDigJM=?=\r\n =?utf-8?q?_ready?=\r\nMessage-ID: <1@x>\r\n\
             Content-Type: multipart/alternative;\r\n boundary=\"b\"\r\n\r\n--b\r\nContent-Type: text/plain; charset=utf-8\r\n\
             Content-Transfer-Encoding: quoted-printable\r\n\r\nRead it: http://127.0.0.1:1/o/abc=3D=\r\nd.\r\nCode 123 456\r\n--b\r\n\
             Content-Type: text/html\r\n\r\n<p>x</p>\r\n--b--\r\n",
        );
        let mail = mailbox.next("zoe@example.com", "Your offer");
        assert_eq!(mail.subject, "Your offer \u{2013} ready");
        assert_eq!(mail.link(), "/o/abc=d");
        assert_eq!(mail.code(), "123456");
        assert!(mailbox.unread().is_empty());
    }

    #[test]
    fn a_code_is_found_in_a_sentence() {
        let (_folder, mut mailbox) = mailbox_with("To: a@b\nSubject: Code\n\nYour code is 20461187. It holds for 10 minutes.\n");
        assert_eq!(mailbox.next("a@b", "Code").code(), "20461187");
    }
}
