//! A real identity provider: oidc-provider on a port of its own, where whoever comes is who the test says.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use reqwest::Url;

use crate::{Browser, House};

/// Who Countersign is there; `provider.js` says the same.
const CLIENT: (&str, &str) = ("countersign", "harbor & pine: secret");
/// Redirects that are followed before it is a loop.
const REDIRECTS_MAX: usize = 10;

/// An identity provider on this machine, ended with the test.
#[derive(Debug)]
pub struct IdentityProvider {
    address: String,
    server: Child,
    said: BufReader<ChildStdout>,
}

impl IdentityProvider {
    /// Opens it. It takes nobody in until it knows where people are sent back to.
    #[must_use]
    pub fn open() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("oidc");
        let mut server = Command::new("node")
            .arg("provider.js")
            .current_dir(&folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap_or_else(|error| panic!("node: {error}; run: cargo xtask test"));
        let mut said = BufReader::new(server.stdout.take().expect("its output is piped"));
        let mut first = String::new();
        said.read_line(&mut first).expect("its first line");
        let port: u16 = first.trim().parse().unwrap_or_else(|_| panic!("oidc-provider says no port; run: cargo xtask test"));
        Self { address: format!("127.0.0.1:{port}"), server, said }
    }

    /// The sections of a house that signs people in here.
    #[must_use]
    pub fn sections(&self, more: &str) -> String {
        let (address, (id, secret)) = (&self.address, CLIENT);
        format!(
            "[egress]\nallowed = [\"{address}\"]\n\n[sso]\nissuer = \"http://{address}\"\nclient_id = {id:?}\nclient_secret = {secret:?}\n\
             label = \"Harbor ID\"\n{more}\n"
        )
    }

    /// Sends people back to this house from now on.
    ///
    /// # Panics
    /// When it has ended.
    pub fn serve(&mut self, house: &House) {
        let line = format!("http://{}/sign-in/sso/callback\n", house.address());
        self.server.stdin.as_mut().expect("its input is piped").write_all(line.as_bytes()).expect("it listens");
        let mut answer = String::new();
        self.said.read_line(&mut answer).expect("an answer");
        assert_eq!(answer.trim(), "open");
    }

    /// Somebody signs in here, at the address to which the house led them: the path at the house to which they are sent back. With `:mfa` after
    /// the name, by a second factor.
    ///
    /// # Panics
    /// When they are not sent back.
    #[must_use]
    pub fn sign_in(&self, who: &str, address: &str) -> String {
        assert!(address.starts_with(&format!("http://{}/", self.address)), "`{address}` is not here");
        let browser = Browser::to(&self.address);
        browser.take_cookies(BTreeMap::from([("who".to_owned(), who.to_owned())]));
        let mut next = address.to_owned();
        for _ in 0..REDIRECTS_MAX {
            let page = browser.get(&next);
            let location = page.header("location").unwrap_or_else(|| panic!("{next}: {} {}", page.status(), page.source()));
            let url = Url::parse(&next).and_then(|here| here.join(location)).expect("an address");
            if !url.as_str().starts_with(&format!("http://{}/", self.address)) {
                return format!("{}?{}", url.path(), url.query().unwrap_or_default());
            }
            next = url.into();
        }
        panic!("redirects without end")
    }
}

impl Drop for IdentityProvider {
    fn drop(&mut self) {
        // It may have ended by itself; then there is nothing to end.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
