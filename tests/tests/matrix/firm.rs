//! The demo firm with everybody at a browser of their own, and the model's view of people and offers.

use std::collections::BTreeMap;
use std::fs;

use crate::programs;
use offer::access::{Access, Action, Actor, Member, Sight, Subject, may, sight};
use offer::field::FieldKey;
use offer::id::{OfferId, PersonId, role};
use offer::ledger::AuthLevel;
use offer::lifecycle::Status;
use offer::person::Person;
use offer::playbook::{Playbook, from_toml};
use serde::Deserialize;
use tests::{Browser, House, Mail, Mailbox};

/// A Friday afternoon.
const START: &str = "2026-11-20T20:00:00Z";

#[derive(Debug, Deserialize)]
struct Links {
    candidates: Vec<Candidate>,
    clients: Vec<Client>,
    people: Vec<Somebody>,
    offers: Vec<Standing>,
}

#[derive(Debug, Deserialize)]
struct Candidate {
    offer: String,
    email: String,
    invitation: String,
}

#[derive(Debug, Deserialize)]
struct Client {
    email: String,
    invitation: String,
}

#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Somebody {
    id: PersonId,
    pub(crate) person: Person,
}

/// An offer of the firm, as far as access looks at it.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Standing {
    pub(crate) number: String,
    pub(crate) subject: Subject,
    pub(crate) has_terms: bool,
    pub(crate) letter: Option<String>,
    pub(crate) open_proposals: Vec<String>,
    pub(crate) values: BTreeMap<FieldKey, String>,
}

impl Standing {
    pub(crate) fn id(&self) -> &OfferId {
        &self.subject.offer
    }

    pub(crate) fn status(&self) -> Status {
        self.subject.status
    }
}

/// How somebody came in.
#[derive(Clone, Debug)]
pub(crate) enum Kind {
    Nobody,
    Staff(Member),
    Client(Member),
    Candidate(Actor),
    /// A program with a token, as far as the token reads.
    Program(Member),
}

/// Somebody at a browser.
#[derive(Clone, Debug)]
pub(crate) struct Viewer {
    pub(crate) name: String,
    pub(crate) kind: Kind,
    pub(crate) browser: Browser,
}

impl Viewer {
    /// As the model knows them; nobody is no actor.
    pub(crate) fn actor(&self) -> Option<Actor> {
        match &self.kind {
            Kind::Nobody => None,
            Kind::Staff(member) | Kind::Client(member) | Kind::Program(member) => Some(Actor::Member(member.clone())),
            Kind::Candidate(actor) => Some(actor.clone()),
        }
    }

    pub(crate) fn member(&self) -> Option<&Member> {
        match &self.kind {
            Kind::Staff(member) | Kind::Client(member) => Some(member),
            Kind::Program(_) | Kind::Nobody | Kind::Candidate(_) => None,
        }
    }

    pub(crate) fn may(&self, action: Action, offer: &Standing) -> Access {
        self.actor().map_or(Access::Hidden, |actor| may(&actor, action, &offer.subject))
    }

    pub(crate) fn sight(&self, offer: &Standing) -> Sight {
        self.actor().map(|actor| sight(&actor, &offer.subject)).unwrap_or_default()
    }
}

/// The demo firm.
#[derive(Debug)]
pub(crate) struct Firm {
    house: House,
    pub(crate) offers: Vec<Standing>,
    everybody: Vec<Viewer>,
}

impl Firm {
    /// Sixty offers, and everybody who may ever ask for one of them.
    pub(crate) fn open() -> Self {
        let house = House::start_demo(START);
        let text = fs::read_to_string(house.folder().join("links.json")).expect("the demo says who there is");
        let links: Links = serde_json::from_str(&text).expect("links are JSON");
        let playbook = playbook();
        let mut everybody = vec![Viewer { name: "nobody".to_owned(), kind: Kind::Nobody, browser: house.browser() }];
        for Somebody { id, person } in &links.people {
            let member = Member::resolve(id.clone(), person, AuthLevel::Password, &playbook);
            let name = format!(
                "{} ({})",
                person.name().unwrap_or_default(),
                member.roles.iter().map(|role| role.as_str()).collect::<Vec<_>>().join(", ")
            );
            if person.is(&role::CLIENT_CONTACT) {
                let client =
                    links.clients.iter().find(|client| Some(client.email.as_str()) == person.email()).expect("a link for each contact");
                let browser = entered(&house, &client.email, &client.invitation);
                everybody.push(Viewer { name, kind: Kind::Client(member), browser });
            } else {
                everybody.push(Viewer { name, browser: signed_in(&house, id), kind: Kind::Staff(member) });
            }
        }
        everybody.extend(programs::of(&house, &links.people, &everybody, &playbook));
        everybody.push(reader_of_figures(&house, &everybody, &playbook));
        for candidate in links.candidates.iter().take(2) {
            let offer = links.offers.iter().find(|offer| offer.number == candidate.offer).expect("the offer of the candidate");
            let actor = Actor::Candidate { person: PersonId::new("0".repeat(32)), offer: offer.id().clone() };
            let browser = entered(&house, &candidate.email, &candidate.invitation);
            everybody.push(Viewer { name: format!("the candidate of {}", offer.number), kind: Kind::Candidate(actor), browser });
        }
        Self { house, offers: links.offers, everybody }
    }

    pub(crate) fn everybody(&self) -> &[Viewer] {
        &self.everybody
    }

    /// One offer of each state and engagement, and those with something that others do not have.
    pub(crate) fn telling_offers(&self) -> Vec<&Standing> {
        let mut known = std::collections::BTreeSet::new();
        let is_telling = |offer: &&Standing| {
            let roles = offer.subject.reviewing_roles.len();
            let kind =
                (offer.status().code(), offer.subject.about.engagement.map(|it| it.code()), roles > 2, !offer.open_proposals.is_empty());
            known.insert(kind)
        };
        self.offers.iter().filter(is_telling).collect()
    }

    /// Every mail that went out.
    pub(crate) fn mails(&self) -> Vec<Mail> {
        self.house.mail().all()
    }

    /// What the server logged that is no ordinary line.
    pub(crate) fn log(&self) -> String {
        self.house.logged_apart_from_instants()
    }
}

/// The playbook that the demo is made with.
pub(crate) fn playbook() -> Playbook {
    from_toml(include_str!("../../../server/demo/playbook.toml")).unwrap_or_else(|problems| panic!("{problems:?}"))
}

/// Somebody who reads figures and no people, brought in by the administrator: nobody of the demo has only that role.
fn reader_of_figures(house: &House, everybody: &[Viewer], playbook: &Playbook) -> Viewer {
    const FILE: &str = "email,name,roles,team,department,business_line,region,client_codes,manager_email,approval_limit_annual,approval_limit_pct_over_band,time_zone\n\
        tessa.lind@harborpine.example,Tessa Lind,ta_leader,,,,,,,,,America/Chicago\n";
    let who = |role: &str| {
        let has = |viewer: &&Viewer| viewer.member().is_some_and(|member| member.roles.iter().any(|held| held.as_str() == role));
        everybody.iter().find(has).unwrap_or_else(|| panic!("nobody is {role}")).browser.clone()
    };
    let look = who("admin").open("/admin/imports").form("imports/look").attach("files", "people.csv", FILE.as_bytes()).send();
    let _ = look.form("imports/apply").send();
    let browser = house.browser();
    let link = house.mail().next("tessa.lind", "/join/").link();
    let _ = browser.open(&link).form("identity/join").fill("password", "seven lanterns over the harbor").send();
    let people = who("auditor").open("/audit/looked");
    let option = people.document().all("option").find(|option| option.spoken() == "Tessa Lind").expect("Tessa is among the people");
    let id = option.attribute("value").and_then(PersonId::parse).expect("an id");
    let person: Person = Person {
        identity: offer::private::Private::Erased,
        roles: vec![role::TA_LEADER],
        team: None,
        department: None,
        business_line: None,
        region: None,
        clients: Vec::new(),
        manager: None,
        approval_limit_annual: None,
        approval_limit_over_band: None,
        zone: "America/Chicago".to_owned(),
    };
    let member = Member::resolve(id, &person, AuthLevel::Password, playbook);
    Viewer { name: "Tessa Lind (ta_leader)".to_owned(), kind: Kind::Staff(member), browser }
}

fn signed_in(house: &House, person: &PersonId) -> Browser {
    let browser = house.browser();
    let fields = [("person".to_owned(), person.as_str().to_owned())];
    let answer = browser.post_by_script("/api/demo/be", &fields);
    assert!(answer.source().contains("Done"), "nobody became {person}: {}", answer.source());
    browser
}

/// A guest, by invitation and code.
fn entered(house: &House, email: &str, invitation: &str) -> Browser {
    let browser = house.browser();
    let mut mail: Mailbox = house.mail();
    mail.read_all();
    let path = invitation.split_once("://").and_then(|(_, rest)| rest.find('/').and_then(|at| rest.get(at..))).unwrap_or(invitation);
    let page = browser.open(path).form("portal/mail-code").send();
    let code = mail.next(email, "Your code").code();
    let _ = page.form("portal/open").fill("code", &code).send();
    browser
}
