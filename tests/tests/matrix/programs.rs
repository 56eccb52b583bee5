//! Programs of the demo firm: for everybody's roles one that has them too, with a token that reads it all, and one whose token reads the job alone.

use std::collections::BTreeSet;

use offer::access::{Member, TokenReads};
use offer::id::{PersonId, role};
use offer::ledger::AuthLevel;
use offer::person::Person;
use offer::playbook::Playbook;
use tests::{Browser, House};

use crate::firm::{Kind, Somebody, Viewer};

/// The programs, taken in by the administrator.
pub(crate) fn of(house: &House, people: &[Somebody], everybody: &[Viewer], playbook: &Playbook) -> Vec<Viewer> {
    let admin = everybody.iter().find(|viewer| viewer.member().is_some_and(Member::runs_people)).expect("an administrator");
    let has_power =
        |person: &Person| playbook.roles.iter().any(|sheet| person.is(&sheet.key) && (sheet.runs_people || sheet.runs_the_firm));
    let mut known = BTreeSet::new();
    let likes = people
        .iter()
        .map(|somebody| &somebody.person)
        .filter(|person| !person.is(&role::CLIENT_CONTACT) && !has_power(person) && known.insert(person.roles.clone()));
    let mut programs: Vec<Viewer> = likes.map(|like| program(house, &admin.browser, like, TokenReads::All, playbook)).collect();
    let finance = people.iter().find(|somebody| somebody.person.is(&role::FINANCE)).expect("somebody is in finance");
    programs.push(program(house, &admin.browser, &finance.person, TokenReads::JobOnly, playbook));
    programs
}

/// A program that stands where somebody stands, with their roles beside its own.
fn program(house: &House, admin: &Browser, like: &Person, reads: TokenReads, playbook: &Playbook) -> Viewer {
    let roles: Vec<&str> = like.roles.iter().map(|role| role.as_str()).collect();
    let name = format!("a program like {} that reads {}", roles.join(" and "), reads.code());
    let mut form = admin.open("/people/new").form("people/take-in").fill("name", &name).tick("roles[integration]");
    form = form.fill("email", &format!("{}.{}@programs.example", roles.join("."), reads.code()));
    for role in &roles {
        form = form.tick(&format!("roles[{role}]"));
    }
    for client in &like.clients {
        form = form.tick(&format!("clients[{client}]"));
    }
    let place = [("department", &like.department), ("business_line", &like.business_line), ("region", &like.region)];
    for (field, value) in place {
        form = form.fill(field, value.as_deref().unwrap_or_default());
    }
    if let Some(team) = &like.team {
        form = form.fill("team", team.as_str());
    }
    let page = form.send();
    let id = page.path().strip_prefix("/people/").and_then(PersonId::parse).unwrap_or_else(|| panic!("{}:\n{}", page.path(), page.text()));
    let made = page.form("people/make-token").fill("token_name", "the matrix").fill("reads", reads.code()).send();
    let token = made.document().all("code").next().unwrap_or_else(|| panic!("no token:\n{}", made.text())).text();
    let mut roles = like.roles.clone();
    roles.push(role::INTEGRATION);
    let person = Person { roles, ..like.clone() };
    let member = Member::resolve(id, &person, AuthLevel::Token, playbook).by_token(reads);
    Viewer { name, kind: Kind::Program(member), browser: house.program(&token) }
}
