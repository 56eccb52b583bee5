//! The demo, as somebody starts it who wants to see the product.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use crate::{Browser, Mailbox, Serving};

/// A demo firm in folders of its own.
#[derive(Debug)]
pub struct Demo {
    binary: PathBuf,
    folder: PathBuf,
    serving: Option<Serving>,
    /// Gone with the demo, where it was made for it.
    own: Option<TempDir>,
}

impl Demo {
    /// A demo firm, served on a port of its own.
    #[must_use]
    pub fn start(binary: &Path) -> Self {
        let own = tempfile::Builder::new().prefix("countersign-demo-").tempdir().expect("a temporary folder");
        let mut demo = Self::prepare(binary, own.path());
        demo.own = Some(own);
        demo.open()
    }

    /// A demo firm that is not served yet.
    #[must_use]
    pub fn prepare(binary: &Path, folder: &Path) -> Self {
        Self { binary: binary.to_owned(), folder: folder.to_owned(), serving: None, own: None }
    }

    /// What says to the binary where everything of this demo lies.
    #[must_use]
    pub fn arguments(&self) -> Vec<String> {
        let at = |name: &str| self.folder.join(name).display().to_string();
        let pairs =
            [("--listen", "127.0.0.1:0".to_owned()), ("--data", at("data")), ("--mail-dir", at("mail")), ("--links", at("links.json"))];
        pairs.into_iter().flat_map(|(name, value)| [name.to_owned(), value]).collect()
    }

    /// Serves it.
    #[must_use]
    pub fn open(mut self) -> Self {
        for name in ["data", "mail"] {
            fs::create_dir_all(self.folder.join(name)).expect("a folder");
        }
        self.serving = Some(Serving::start(Command::new(&self.binary).arg("demo").args(self.arguments())));
        self
    }

    /// The same firm served as any other is, by the system's clock: a demo reads the time from a file, each time anew.
    ///
    /// # Panics
    /// When its configuration cannot be written.
    #[must_use]
    pub fn as_a_firm(mut self) -> Self {
        drop(self.serving.take());
        let at = |name: &str| Value::from(self.folder.join(name).display().to_string());
        let file = self.folder.join("countersign.toml");
        let mail = format!("[mail]\nkind = \"folder\"\nfolder = {}\nfrom = \"offers@harborpine.example\"\n", at("mail"));
        fs::write(&file, format!("listen = \"127.0.0.1:0\"\ndata = {}\n{mail}", at("data"))).expect("a configuration");
        self.serving = Some(Serving::start(Command::new(&self.binary).args(["serve", "--config"]).arg(file)));
        self
    }

    /// Where it listens, as `127.0.0.1:PORT`.
    #[must_use]
    pub fn address(&self) -> &str {
        self.serving.as_ref().expect("the demo is served").address()
    }

    /// A candidate who may decide, come by their link and the code of the mail.
    ///
    /// # Panics
    /// When no offer is out.
    #[must_use]
    pub fn candidate(&self) -> Browser {
        let links = self.links();
        let candidates = links.get("candidates").and_then(Value::as_array).expect("candidates");
        let sent = candidates.iter().find(|candidate| text(candidate, "status") == "sent").expect("an offer that is out");
        let (email, invitation) = (text(sent, "email"), text(sent, "invitation"));
        let browser = Browser::to(self.address());
        let mut mail = Mailbox::in_folder(&self.folder.join("mail"));
        mail.read_all();
        let path = invitation.split_once("://").and_then(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..))).unwrap_or(&invitation);
        let page = browser.open(path).form("portal/mail-code").send();
        let code = mail.next(&email, "Your code").code();
        let _ = page.form("portal/open").fill("code", &code).send();
        browser
    }

    /// Somebody of the firm in this role, signed in.
    ///
    /// # Panics
    /// When nobody has the role.
    #[must_use]
    pub fn somebody(&self, role: &str) -> Browser {
        let links = self.links();
        let staff = links.get("staff").and_then(Value::as_array).expect("staff");
        let has_role = |person: &&Value| text(person, "role").split(", ").any(|held| held == role);
        let person = staff.iter().find(has_role).unwrap_or_else(|| panic!("nobody is {role}"));
        let browser = Browser::to(self.address());
        let form = browser.open("/sign-in").form("identity/sign-in");
        let _ = form.fill("email", &text(person, "email")).fill("password", &text(person, "password")).send();
        browser
    }

    fn links(&self) -> Value {
        let file = self.folder.join("links.json");
        let text = fs::read_to_string(&file).unwrap_or_else(|error| panic!("{}: {error}", file.display()));
        serde_json::from_str(&text).expect("links are JSON")
    }
}

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}
