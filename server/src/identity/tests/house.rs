//! A house with one firm, whose post and people lie open.

use std::{
    fs,
    path::PathBuf,
    sync::{
        Arc, Mutex,
        atomic::{AtomicBool, Ordering},
    },
};

use app::desk::{Answer, Browser, SessionCookie, Viewer};
use async_trait::async_trait;
use offer::{
    access::{Actor, Member, RoleSheet},
    id::{OfferId, PersonId, StepKey, role},
    ledger::AuthLevel,
    moment::Moment,
    person::CredentialChange,
};
use tempfile::TempDir;

use crate::{
    clock::Clock,
    config::SessionTimes,
    fresh::{self, Token},
    identity::{Cookies, FirmFace, Guest, Household, Identity, Known, MailWords, Unreachable, invitations},
    outbox::Part,
    store::{AppendError, Change, Database, OutboxRow, Store},
    vault::{DataKey, Place},
};

pub(crate) const FIRM: &str = "northstar";
const TIMES: SessionTimes = SessionTimes { idle_seconds: 30 * 60, absolute_seconds: 12 * 3600 };
pub(super) const AVA: &str = "ava@northstar.example";
pub(super) const PASSWORD: &str = "lake under nine stones";

/// The firm as the tests set it up.
pub(super) struct Firm {
    store: Store,
    key: DataKey,
    pub(super) people: Mutex<Vec<(PersonId, String)>>,
    pub(super) post: Mutex<Vec<(String, MailWords)>>,
    pub(super) views: Mutex<Vec<Viewer>>,
    /// What was recorded of ways of signing in.
    pub(super) told: Mutex<Vec<(PersonId, CredentialChange)>>,
    /// What everybody's role asks for.
    pub(super) second_factor: AtomicBool,
}

impl Firm {
    fn empty(store: &Store) -> Self {
        Self {
            store: store.clone(),
            key: DataKey::new().unwrap(),
            people: Mutex::default(),
            post: Mutex::default(),
            views: Mutex::default(),
            told: Mutex::default(),
            second_factor: AtomicBool::default(),
        }
    }
}

/// Identity, the firm, and the hand on the clock.
pub(crate) struct House {
    pub(super) identity: Identity,
    pub(super) firm: Firm,
    pub(crate) store: Store,
    ticking: Arc<Clock>,
    clock: PathBuf,
    _folder: TempDir,
}

impl House {
    pub(crate) async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let clock = folder.path().join("clock");
        fs::write(&clock, "2026-11-16T15:00:00Z").unwrap();
        let store = Store::open(&Database::Folder(folder.path().join("data"))).await.unwrap();
        let ticking = Arc::new(Clock::rehearsal(&clock).unwrap());
        let identity = Identity::new(store.clone(), FIRM, Arc::clone(&ticking), TIMES, Cookies::new(false)).unwrap();
        let firm = Firm::empty(&store);
        Self { identity, firm, store, ticking, clock, _folder: folder }
    }

    /// The same identity for a site behind TLS.
    pub(crate) fn identity_over_tls(&self) -> Identity {
        Identity::new(self.store.clone(), FIRM, Arc::clone(&self.ticking), TIMES, Cookies::new(true)).unwrap()
    }

    /// A firm without anybody, over the same store.
    pub(crate) fn an_empty_household(&self) -> Arc<dyn Household> {
        Arc::new(Firm::empty(&self.store))
    }

    /// A house with Ava, who has a password.
    pub(super) async fn with_ava() -> Self {
        let house = Self::open().await;
        let ava = house.somebody(AVA);
        let credential = house.identity.credential(ava.as_str(), PASSWORD).await.unwrap();
        house.store.change(FIRM, vec![Change::Credential(credential)]).await.unwrap();
        house
    }

    pub(super) fn somebody(&self, email: &str) -> PersonId {
        let person = PersonId::new(fresh::id(self.now()).unwrap());
        self.firm.people.lock().unwrap().push((person.clone(), email.to_owned()));
        person
    }

    pub(super) fn everybody_leaves(&self) {
        self.firm.people.lock().unwrap().clear();
    }

    pub(super) fn now(&self) -> Moment {
        Moment::parse(&fs::read_to_string(&self.clock).unwrap()).unwrap()
    }

    pub(super) fn wait_seconds(&self, seconds: i64) {
        fs::write(&self.clock, self.now().plus_seconds(seconds).to_string()).unwrap();
    }

    pub(super) async fn sign_in(&self, email: &str, password: &str, browser: &Browser) -> Answer<SessionCookie> {
        self.identity.sign_in(&self.firm, email, password, browser).await
    }

    pub(super) async fn viewer(&self, browser: &Browser) -> Viewer {
        self.identity.viewer(&self.firm, browser).await.unwrap()
    }

    /// A link for a candidate to version `version` of one offer: its token.
    pub(super) async fn invite(&self, offer: &OfferId, version: u32) -> String {
        let candidate = PersonId::new("0".repeat(32));
        let made = invitations::invite_candidate(offer, &candidate, "maria@example.com", version, self.now()).unwrap();
        self.store.change(FIRM, made.changes).await.unwrap();
        made.path.strip_prefix("/o/i/").unwrap().to_owned()
    }

    /// A link that asks somebody to decide version 1 of a step: its token.
    pub(super) async fn ask_to_decide(&self, offer: &OfferId, person: &PersonId, email: &str) -> String {
        let step = StepKey::named("finance");
        let made = invitations::invite_approver(offer, &step, person, email, 1, self.now()).unwrap();
        self.store.change(FIRM, made.changes).await.unwrap();
        made.path.strip_prefix("/a/i/").unwrap().to_owned()
    }

    pub(super) async fn guest(&self, token: &str, browser: &Browser) -> Option<Guest> {
        self.identity.guest(&self.firm, token, browser).await.unwrap()
    }

    pub(super) async fn request_code(&self, token: &str, browser: &Browser) -> SessionCookie {
        done(self.identity.request_code(&self.firm, token, browser).await)
    }

    pub(super) async fn open_with_code(&self, code: &str, browser: &Browser) -> Answer<SessionCookie> {
        self.identity.open_with_code(&self.firm, code, true, browser).await
    }

    /// The code in the mail that was queued last.
    pub(super) async fn code_mailed_last(&self, offer: &OfferId) -> String {
        let queued = self.store.outbox_of(FIRM, offer.as_str()).await.unwrap();
        let post = self.firm.post.lock().unwrap();
        let (_, mail) = post.iter().rev().find(|(key, _)| queued.iter().any(|row| row.key == *key)).expect("a mail with a code");
        let code = mail.parts.iter().find_map(|part| if let Part::Code { code } = part { Some(code.clone()) } else { None });
        code.unwrap()
    }
}

/// A browser that has a tie.
pub(super) fn browser() -> Browser {
    Browser { tie: Token::new().unwrap().text().to_owned(), address: "192.0.2.7".to_owned(), ..Browser::default() }
}

/// The same browser after it took a cookie in.
pub(super) fn with_cookie(browser: &Browser, cookie: &SessionCookie) -> Browser {
    let mut browser = browser.clone();
    let (pair, _) = cookie.set.split_once(';').unwrap_or_default();
    match pair.split_once('=') {
        Some(("session", value)) => value.clone_into(&mut browser.session),
        Some(("code", value)) => value.clone_into(&mut browser.code),
        Some(("known", value)) => value.clone_into(&mut browser.known),
        _ => {}
    }
    browser
}

pub(super) fn done<T: std::fmt::Debug>(answer: Answer<T>) -> T {
    match answer {
        Answer::Done(done) => done,
        other => panic!("{other:?}"),
    }
}

#[async_trait]
impl Household for Firm {
    async fn known(&self, person: &PersonId, auth_level: AuthLevel) -> Result<Option<Known>, Unreachable> {
        let people = self.people.lock().unwrap();
        Ok(people.iter().find(|(id, _)| id == person).map(|(id, email)| Known {
            member: Member {
                id: id.clone(),
                auth_level,
                roles: Vec::new(),
                team: None,
                department: None,
                business_line: None,
                region: None,
                clients: Vec::new(),
                stands_in_for: Box::default(),
                grants: Vec::new(),
                sheets: vec![RoleSheet {
                    key: role::ADMIN,
                    name: "Administrator".to_owned(),
                    sees: Vec::new(),
                    sees_for: Vec::new(),
                    runs_the_firm: true,
                    runs_people: true,
                    second_factor: self.second_factor.load(Ordering::Relaxed),
                    limit_annual: None,
                    limit_over_band: None,
                }],
                bounds: Default::default(),
            },
            name: "Somebody".to_owned(),
            email: email.clone(),
            zone: "America/New_York".to_owned(),
        }))
    }

    async fn staff_at(&self, email_folded: &str) -> Result<Option<PersonId>, Unreachable> {
        let people = self.people.lock().unwrap();
        Ok(people.iter().find(|(_, email)| email == email_folded).map(|(id, _)| id.clone()))
    }

    async fn has_an_administrator(&self) -> Result<bool, Unreachable> {
        Ok(!self.people.lock().unwrap().is_empty())
    }

    async fn face(&self) -> FirmFace {
        FirmFace { name: "Northstar".to_owned(), help_email: "help@northstar.example".to_owned() }
    }

    async fn found(&self, person: &PersonId, _: &str, email: &str, along: Vec<Change>) -> Result<Result<(), AppendError>, Unreachable> {
        let written = self.store.change(FIRM, along).await;
        if written.is_ok() {
            self.people.lock().unwrap().push((person.clone(), email.to_owned()));
        }
        Ok(written)
    }

    async fn record(
        &self,
        person: &PersonId,
        change: CredentialChange,
        _: &Actor,
        along: Vec<Change>,
    ) -> Result<Result<(), AppendError>, Unreachable> {
        let written = self.store.change(FIRM, along).await;
        if written.is_ok() {
            self.told.lock().unwrap().push((person.clone(), change));
        }
        Ok(written)
    }

    async fn viewed(&self, candidate: &Viewer) {
        self.views.lock().unwrap().push(candidate.clone());
    }

    async fn mail(&self, key: String, subject: &str, _: &str, mail: MailWords) -> Result<OutboxRow, Unreachable> {
        self.post.lock().unwrap().push((key.clone(), mail));
        let id = fresh::id(Moment::from_micros(0).unwrap())?;
        Ok(OutboxRow::waiting(id, "mail", key, subject.to_owned(), 0, Vec::new()))
    }

    async fn seal(&self, place: &Place<'_>, clear: &[u8]) -> Result<Vec<u8>, Unreachable> {
        Ok(self.key.seal(place, clear)?)
    }

    async fn open(&self, place: &Place<'_>, sealed: &[u8]) -> Result<Vec<u8>, Unreachable> {
        Ok(self.key.open(place, sealed)?)
    }

    fn link(&self, path: &str) -> String {
        format!("http://127.0.0.1:3000{path}")
    }
}
