//! The demo firm in a house of its own, and its people with their browsers.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use tests::{Browser, Engine, House, Mailbox};

pub(crate) const RECRUITER: &str = "ava.nguyen@harborpine.example";
pub(crate) const RECRUITER_FOR_BRIDGE: &str = "ben.carter@harborpine.example";
pub(crate) const RECRUITER_FOR_CASCADE: &str = "chloe.diaz@harborpine.example";
pub(crate) const RECRUITER_FOR_OURSELVES: &str = "deshawn.hall@harborpine.example";
pub(crate) const HIRING_MANAGER: &str = "omar.haddad@harborpine.example";
pub(crate) const OPS: &str = "nina.kowalski@harborpine.example";
pub(crate) const FINANCE: &str = "ruben.castillo@harborpine.example";
pub(crate) const OTHER_FINANCE: &str = "hannah.weiss@harborpine.example";
pub(crate) const LEAD: &str = "grace.obrien@harborpine.example";
pub(crate) const HRBP: &str = "isaac.bloom@harborpine.example";
pub(crate) const HR_OPS: &str = "julia.mendes@harborpine.example";
pub(crate) const LEGAL: &str = "kenji.sato@harborpine.example";
pub(crate) const IT: &str = "lena.fischer@harborpine.example";
pub(crate) const PAYROLL: &str = "miguel.torres@harborpine.example";
pub(crate) const ADMIN: &str = "paula.reyes@harborpine.example";
pub(crate) const ACCOUNT_MANAGER: &str = "dana.okafor@harborpine.example";
pub(crate) const CLIENT: &str = "priya.raman@acmemed.example";
pub(crate) const CLIENT_BRIDGE: &str = "tom.albrecht@bridge.example";
pub(crate) const CLIENT_CASCADE: &str = "elena.petrova@cascade.example";

/// Long enough for everybody.
pub(crate) const PASSWORD: &str = "seven lanterns over the harbor";

/// The demo firm, open for business.
#[derive(Debug)]
pub(crate) struct Firm {
    pub(crate) house: House,
    mail: Mutex<Mailbox>,
    browsers: Mutex<BTreeMap<String, Browser>>,
}

impl Firm {
    /// The firm with its playbook, people, clients, bands and openings, imported as an operator would.
    pub(crate) fn open(engine: Engine) -> Self {
        Self::open_with(engine, "")
    }

    /// The same with more sections of the configuration.
    pub(crate) fn open_with(engine: Engine, sections: &str) -> Self {
        let mut house = House::prepare_with(engine, sections);
        house.open();
        furnish(&house);
        let mail = Mutex::new(house.mail());
        Self { house, mail, browsers: Mutex::default() }
    }

    /// Somebody of the firm at their browser, signed in.
    pub(crate) fn person(&self, email: &str) -> Browser {
        let known = self.browsers().get(email).cloned();
        let browser = known.unwrap_or_else(|| self.join(email));
        let page = browser.open("/offers");
        if let Some(form) = page.find_form("identity/sign-in") {
            // Sessions end when the clock moves on.
            let _ = form.fill("email", email).fill("password", PASSWORD).send().must_not_say("not signed in");
        }
        self.browsers().insert(email.to_owned(), browser.clone());
        browser
    }

    /// Somebody of the firm shows once more who they are.
    pub(crate) fn prove(&self, email: &str) {
        let page = self.person(email).open("/account/prove?to=/account");
        let _ = page.form("account/prove").fill("password", PASSWORD).send().must_say("Where you are signed in");
    }

    /// The mails, of which each is read once.
    pub(crate) fn mail(&self) -> MutexGuard<'_, Mailbox> {
        self.mail.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Follows the newest invitation of a candidate, or of a client's contact, with the code that is mailed.
    pub(crate) fn enter(&self, email: &str, invitation: &str) -> Browser {
        let browser = self.house.browser();
        let page = browser.open(invitation).form("portal/mail-code").send();
        let code = self.mail().next(email, "Your code").code();
        let _ = page.form("portal/open").fill("code", &code).send().must_not_say("does not fit");
        browser
    }

    /// Opens the house again after a power cut; everybody keeps their cookies.
    pub(crate) fn reopen(&mut self) {
        self.house.open();
        for browser in self.browsers().values_mut() {
            let again = self.house.browser();
            again.take_cookies(browser.cookies());
            *browser = again;
        }
    }

    /// An opening of our own with as many seats as that.
    pub(crate) fn open_many_seats(&self, number: &str, seats: u32) {
        let text = std::fs::read_to_string(demo("requisitions.csv")).expect("the demo's openings");
        let mut lines = text.lines();
        let head: Vec<&str> = lines.next().expect("a head").split(',').collect();
        let own = lines.find(|line| line.starts_with("REQ-1023,internal")).expect("an opening of our own");
        let row: Vec<String> = head
            .iter()
            .zip(own.split(','))
            .map(|(column, value)| match *column {
                "requisition_id" => number.to_owned(),
                "seats" => seats.to_string(),
                "budget_amount" => "90000000".to_owned(),
                _ => value.to_owned(),
            })
            .collect();
        let file = self.house.folder().join("many-seats.csv");
        std::fs::write(&file, format!("{}\n{}\n", head.join(","), row.join(","))).expect("the file can be written");
        let _ = self.house.run(&["import", "requisitions", &file.to_string_lossy()]);
    }

    /// A client's contact at their browser, by the invitation that comes with the first offer to decide.
    pub(crate) fn contact(&self, email: &str) -> Browser {
        let known = self.browsers().get(email).cloned();
        let browser = known.filter(|browser| browser.open("/c").find_form("portal/leave").is_some()).unwrap_or_else(|| {
            let invitation = self.mail().next(email, "/c/i/").link_to("/c/i/");
            self.enter(email, &invitation)
        });
        self.browsers().insert(email.to_owned(), browser.clone());
        browser
    }

    fn join(&self, email: &str) -> Browser {
        let browser = self.house.browser();
        let link = self.mail().next(email, "/join/").link();
        let _ = browser.open(&link).form("identity/join").fill("password", PASSWORD).send().must_say("Offers");
        browser
    }

    fn browsers(&self) -> MutexGuard<'_, BTreeMap<String, Browser>> {
        self.browsers.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Brings playbook and imports into a house.
pub(crate) fn furnish(house: &House) {
    let file = |name: &str| demo(name).to_string_lossy().into_owned();
    let _ = house.run(&["playbook", "apply", &file("playbook.toml")]);
    let kinds = ["clients", "bands", "requisitions"].map(|kind| format!("{kind}={}", file(&format!("{kind}.csv"))));
    let arguments = [&["import".to_owned(), "people".to_owned(), file("people.csv")][..], &kinds[..]].concat();
    let _ = house.run(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
}

/// A file of the demo firm.
pub(crate) fn demo(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../server/demo").join(name)
}
