//! The rules of who may change whom, over a firm of four.

use super::*;
use crate::access::Member;
use crate::ledger::AuthLevel;
use crate::money::BasisPoints;
use crate::person::Identity;
use crate::private::Private;

const HR: Role = Role::named("hr_admin");

fn id(name: &str) -> PersonId {
    PersonId::new(name)
}

fn somebody(roles: &[Role]) -> Person {
    Person {
        identity: Private::Kept(Identity { name: "Somebody".to_owned(), email: "somebody@firm.example".to_owned() }),
        roles: roles.to_vec(),
        team: None,
        department: None,
        business_line: None,
        region: None,
        clients: Vec::new(),
        manager: None,
        approval_limit_annual: None,
        approval_limit_over_band: None,
        zone: "America/Chicago".to_owned(),
    }
}

fn sheet(key: Role, runs_the_firm: bool, runs_people: bool) -> RoleSheet {
    RoleSheet {
        name: key.as_str().to_owned(),
        key,
        sees: Vec::new(),
        sees_for: Vec::new(),
        runs_the_firm,
        runs_people,
        second_factor: false,
        limit_annual: None,
        limit_over_band: None,
    }
}

fn sheets() -> Vec<RoleSheet> {
    vec![
        sheet(role::ADMIN, true, true),
        sheet(HR, false, true),
        sheet(role::RECRUITER, false, false),
        sheet(role::FINANCE, false, false),
        sheet(role::CLIENT_CONTACT, false, false),
        sheet(role::INTEGRATION, false, false),
    ]
}

/// Anna runs everything, Hugo runs people, Rita and Rob recruit.
struct Firm {
    people: Vec<(PersonId, Person, bool)>,
}

impl Firm {
    fn new() -> Self {
        let people = [("anna", role::ADMIN), ("hugo", HR), ("rita", role::RECRUITER), ("rob", role::RECRUITER)];
        Self { people: people.map(|(name, role)| (id(name), somebody(&[role]), false)).to_vec() }
    }

    fn person(&self, name: &str) -> Person {
        self.people.iter().find(|(one, _, _)| *one == id(name)).unwrap().1.clone()
    }

    fn with(mut self, name: &str, person: Person) -> Self {
        self.people.retain(|(one, _, _)| *one != id(name));
        self.people.push((id(name), person, false));
        self
    }

    fn without(mut self, name: &str) -> Self {
        self.people.iter_mut().filter(|(one, _, _)| *one == id(name)).for_each(|one| one.2 = true);
        self
    }

    fn decide(&self, by: &str, about: &str, command: PersonCommand) -> Result<PersonEvent, PersonRefusal> {
        self.decide_by(&self.actor(by), about, command)
    }

    fn decide_by(&self, by: &Actor, about: &str, command: PersonCommand) -> Result<PersonEvent, PersonRefusal> {
        let everybody: Vec<Standing<'_>> = self.people.iter().map(|(id, person, left)| Standing { id, person, left: *left }).collect();
        decide(by, &id(about), &everybody, &sheets(), &command)
    }

    fn actor(&self, name: &str) -> Actor {
        let person = self.person(name);
        Actor::Member(Member {
            id: id(name),
            auth_level: AuthLevel::SecondFactor,
            sheets: sheets().into_iter().filter(|sheet| person.is(&sheet.key)).collect(),
            roles: person.roles,
            team: None,
            department: None,
            business_line: None,
            region: None,
            clients: Vec::new(),
            stands_in_for: Box::default(),
            grants: Vec::new(),
            bounds: Default::default(),
        })
    }
}

fn moved(person: Person) -> PersonCommand {
    PersonCommand::Move { person }
}

#[test]
fn whoever_runs_people_takes_people_in_moves_them_and_lets_them_go() {
    let firm = Firm::new();
    let new = somebody(&[role::FINANCE]);
    assert!(firm.decide("hugo", "fay", PersonCommand::Join { person: new.clone() }).is_ok());
    assert!(firm.decide("hugo", "rita", moved(new)).is_ok());
    assert_eq!(firm.decide("hugo", "rita", PersonCommand::Leave), Ok(PersonEvent::Left));
    assert!(firm.decide("hugo", "rita", PersonCommand::ResetSecondFactor).is_ok());
    assert!(firm.decide("hugo", "rita", PersonCommand::ResetSingleSignOn).is_ok());
}

#[test]
fn whoever_does_not_run_people_does_none_of_it() {
    let firm = Firm::new();
    for command in
        [moved(somebody(&[role::FINANCE])), PersonCommand::Leave, PersonCommand::ResetSecondFactor, PersonCommand::ResetSingleSignOn]
    {
        assert_eq!(firm.decide("rita", "rob", command), Err(PersonRefusal::NotYours));
    }
    let candidate = Actor::Candidate { person: id("mia"), offer: crate::id::OfferId::new("0".repeat(32)) };
    assert_eq!(firm.decide_by(&candidate, "rob", PersonCommand::Leave), Err(PersonRefusal::NotYours));
}

#[test]
fn nobody_gives_a_power_that_they_do_not_hold() {
    let firm = Firm::new();
    let more = Err(PersonRefusal::MoreThanYouHold { role: role::ADMIN });
    assert_eq!(firm.decide("hugo", "rita", moved(somebody(&[role::RECRUITER, role::ADMIN]))), more);
    assert_eq!(firm.decide("hugo", "new", PersonCommand::Join { person: somebody(&[role::ADMIN]) }), more);
    assert!(firm.decide("hugo", "rita", moved(somebody(&[HR]))).is_ok(), "a power that they do hold");
    assert!(firm.decide("anna", "rita", moved(somebody(&[role::ADMIN]))).is_ok());
}

#[test]
fn nobody_touches_whoever_holds_a_power_that_they_do_not_hold() {
    let firm = Firm::new();
    let above = Err(PersonRefusal::AboveYou { role: role::ADMIN });
    for command in
        [moved(somebody(&[role::RECRUITER])), PersonCommand::Leave, PersonCommand::ResetSecondFactor, PersonCommand::ResetSingleSignOn]
    {
        assert_eq!(firm.decide("hugo", "anna", command), above);
    }
    assert_eq!(firm.decide("anna", "hugo", PersonCommand::Leave), Ok(PersonEvent::Left));
}

#[test]
fn nobody_changes_their_own_place_and_everybody_their_own_name() {
    let firm = Firm::new();
    let own = firm.person("hugo");
    for other in [
        Person { roles: vec![HR, role::FINANCE], ..own.clone() },
        Person { approval_limit_over_band: Some(BasisPoints(5000)), ..own.clone() },
        Person { clients: vec![crate::id::ClientCode::new("ACME")], ..own.clone() },
        Person { team: Some(crate::id::TeamKey::new("north")), ..own.clone() },
        Person { manager: Some(id("rita")), ..own.clone() },
    ] {
        assert_eq!(firm.decide("hugo", "hugo", moved(other)), Err(PersonRefusal::OwnPlace));
    }
    assert!(firm.decide("hugo", "hugo", moved(Person { zone: "America/New_York".to_owned(), ..own })).is_ok());
    assert_eq!(firm.decide("hugo", "hugo", PersonCommand::Leave), Err(PersonRefusal::Yourself));
    assert_eq!(firm.decide("hugo", "hugo", PersonCommand::ResetSecondFactor), Err(PersonRefusal::Yourself));
    assert_eq!(firm.decide("hugo", "hugo", PersonCommand::ResetSingleSignOn), Err(PersonRefusal::Yourself));
}

#[test]
fn of_two_administrators_who_let_each_other_go_at_the_same_moment_one_stays() {
    let firm = Firm::new().with("alan", somebody(&[role::ADMIN]));
    let (anna, alan) = (firm.actor("anna"), firm.actor("alan"));
    assert_eq!(firm.decide_by(&anna, "alan", PersonCommand::Leave), Ok(PersonEvent::Left));
    let firm = firm.without("alan");
    assert_eq!(firm.decide_by(&alan, "anna", PersonCommand::Leave), Err(PersonRefusal::NotYours));
    let demoted = moved(somebody(&[role::RECRUITER]));
    assert_eq!(firm.decide_by(&alan, "anna", demoted), Err(PersonRefusal::NotYours));
}

#[test]
fn an_operator_at_the_machine_is_bound_by_none_of_it() {
    let firm = Firm::new();
    let operator = Actor::Operator { os_user: "root".to_owned() };
    assert_eq!(firm.decide_by(&operator, "anna", PersonCommand::Leave), Ok(PersonEvent::Left));
    assert!(firm.decide_by(&operator, "rita", moved(somebody(&[role::ADMIN]))).is_ok());
}

#[test]
fn a_contact_of_a_client_does_not_become_staff() {
    let firm = Firm::new().with("priya", somebody(&[role::CLIENT_CONTACT]));
    assert_eq!(firm.decide("anna", "priya", moved(somebody(&[role::RECRUITER]))), Err(PersonRefusal::OtherKind));
    assert_eq!(firm.decide("anna", "rita", moved(somebody(&[role::CLIENT_CONTACT]))), Err(PersonRefusal::OtherKind));
}

#[test]
fn nobody_is_their_own_manager_however_far_around() {
    let firm = Firm::new().with("rita", Person { manager: Some(id("rob")), ..somebody(&[role::RECRUITER]) });
    let reports_to = |name: &str| Person { manager: Some(id(name)), ..somebody(&[role::RECRUITER]) };
    assert_eq!(firm.decide("anna", "rob", moved(reports_to("rob"))), Err(PersonRefusal::ManagerCircle));
    assert_eq!(firm.decide("anna", "rob", moved(reports_to("rita"))), Err(PersonRefusal::ManagerCircle));
    assert_eq!(firm.decide("anna", "rob", moved(reports_to("nobody"))), Err(PersonRefusal::NoSuchManager));
    assert!(firm.decide("anna", "rob", moved(reports_to("hugo"))).is_ok());
}

#[test]
fn whoever_left_comes_back_by_joining_and_by_nothing_else() {
    let firm = Firm::new().without("rita");
    assert_eq!(firm.decide("anna", "rita", PersonCommand::Leave), Err(PersonRefusal::NotThere));
    assert_eq!(firm.decide("anna", "rita", moved(somebody(&[role::FINANCE]))), Err(PersonRefusal::NotThere));
    assert!(firm.decide("anna", "rita", PersonCommand::Join { person: somebody(&[role::RECRUITER]) }).is_ok());
    assert_eq!(firm.decide("anna", "rob", PersonCommand::Join { person: somebody(&[role::FINANCE]) }), Err(PersonRefusal::ThereAlready));
    assert_eq!(firm.decide("anna", "rob", moved(firm.person("rob"))), Err(PersonRefusal::NothingChanges));
}

#[test]
fn whoever_comes_back_is_given_every_power_anew() {
    let firm = Firm::new().without("anna");
    let back = || PersonCommand::Join { person: somebody(&[role::ADMIN]) };
    assert_eq!(firm.decide("hugo", "anna", back()), Err(PersonRefusal::MoreThanYouHold { role: role::ADMIN }), "as anybody new would be");
    assert!(firm.decide("hugo", "anna", PersonCommand::Join { person: somebody(&[role::FINANCE]) }).is_ok());
    assert!(firm.with("ada", somebody(&[role::ADMIN])).decide("ada", "anna", back()).is_ok());
}

/// A firm with a program that feeds payroll.
fn with_a_program() -> Firm {
    Firm::new().with("feed", somebody(&[role::INTEGRATION]))
}

fn token(n: usize) -> TokenId {
    TokenId::new(format!("{n:032x}"))
}

fn make(living: usize) -> PersonCommand {
    PersonCommand::MakeToken(MakeToken {
        token: token(99),
        name: Private::Kept("payroll".to_owned()),
        reads: TokenReads::All,
        lasts: TokenLasts::Days30,
        now: Moment::from_micros(0).unwrap(),
        living: (0..living).map(token).collect(),
    })
}

#[test]
fn whoever_runs_people_makes_tokens_for_programs_and_for_nobody_else() {
    let firm = with_a_program();
    let made = firm.decide("hugo", "feed", make(0)).unwrap();
    let expires_at = Moment::from_micros(30 * 24 * 3600 * 1_000_000).unwrap();
    let change =
        CredentialChange::TokenMade { token: token(99), name: Private::Kept("payroll".to_owned()), reads: TokenReads::All, expires_at };
    assert_eq!(made, PersonEvent::Credential { change });
    assert_eq!(firm.decide("hugo", "rita", make(0)), Err(PersonRefusal::NoProgram));
    assert_eq!(firm.decide("rita", "feed", make(0)), Err(PersonRefusal::NotYours));
    assert_eq!(with_a_program().without("feed").decide("hugo", "feed", make(0)), Err(PersonRefusal::NotThere));
    assert!(firm.decide("hugo", "feed", make(TOKENS_MAX - 1)).is_ok());
    assert_eq!(firm.decide("hugo", "feed", make(TOKENS_MAX)), Err(PersonRefusal::TooManyTokens { most: TOKENS_MAX }));
}

#[test]
fn only_a_token_that_works_is_revoked() {
    let revoke = |n| PersonCommand::RevokeToken { token: token(n), living: vec![token(1), token(2)] };
    let firm = with_a_program();
    let revoked = PersonEvent::Credential { change: CredentialChange::TokenRevoked { token: token(2) } };
    assert_eq!(firm.decide("hugo", "feed", revoke(2)), Ok(revoked));
    assert_eq!(firm.decide("hugo", "feed", revoke(3)), Err(PersonRefusal::NoSuchToken));
    assert_eq!(firm.decide("rob", "feed", revoke(2)), Err(PersonRefusal::NotYours));
}

#[test]
fn a_clients_person_is_nobody_of_the_firm() {
    let both = somebody(&[role::CLIENT_CONTACT, role::FINANCE]);
    assert_eq!(Firm::new().decide("anna", "new", PersonCommand::Join { person: both }), Err(PersonRefusal::OtherKind));
    assert!(Firm::new().decide("anna", "new", PersonCommand::Join { person: somebody(&[role::CLIENT_CONTACT]) }).is_ok());
}

#[test]
fn a_program_holds_no_power_over_anybody_and_speaks_for_no_client() {
    let firm = with_a_program();
    for role in [role::ADMIN, HR, role::CLIENT_CONTACT] {
        let refused = Err(PersonRefusal::NotForPrograms { role: role.clone() });
        let both = somebody(&[role::INTEGRATION, role.clone()]);
        assert_eq!(firm.decide("anna", "new", PersonCommand::Join { person: both }), refused, "{role}");
    }
    let reads_like_finance = somebody(&[role::INTEGRATION, role::FINANCE]);
    assert!(firm.decide("anna", "feed", moved(reads_like_finance)).is_ok());
}

#[test]
fn nobody_becomes_a_program_and_no_program_somebody() {
    let firm = with_a_program();
    assert_eq!(firm.decide("anna", "rita", moved(somebody(&[role::INTEGRATION]))), Err(PersonRefusal::OtherKind));
    assert_eq!(firm.decide("anna", "feed", moved(somebody(&[role::RECRUITER]))), Err(PersonRefusal::OtherKind));
}
