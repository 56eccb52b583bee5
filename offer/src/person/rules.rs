//! Who may change whom: joining, moving, leaving, and whatever else is done to somebody's account by another person.
//!
//! Giving people their work is the work of whoever runs people, so roles of work are theirs to give. A role with power over the firm or over
//! people is given and taken only by somebody who holds that power, and whoever holds it is touched by nobody with less. Nobody changes their
//! own place, and the last holder of a power keeps it. An operator at the machine is bound by none of this: that account reads the keys.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{CredentialChange, Person, PersonEvent};
use crate::access::{Actor, RoleSheet};
use crate::id::{PersonId, Role, role};

/// Somebody as they stand.
#[derive(Clone, Copy, Debug)]
pub struct Standing<'a> {
    /// Their id.
    pub id: &'a PersonId,
    /// Their columns.
    pub person: &'a Person,
    /// Whether they have left.
    pub left: bool,
}

/// What may be asked about somebody.
#[derive(Clone, Debug, PartialEq)]
pub enum PersonCommand {
    /// They join, or come back.
    Join {
        /// As they will stand.
        person: Person,
    },
    /// They move: other roles, another team, other clients, another manager, other limits.
    Move {
        /// As they will stand.
        person: Person,
    },
    /// They leave.
    Leave,
    /// They lost their phone: the second factor is taken away.
    ResetSecondFactor,
}

/// Why it is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "because", rename_all = "snake_case")]
pub enum PersonRefusal {
    /// The actor does not run people.
    NotYours,
    /// Nobody changes their own roles, limits, team, clients or manager.
    OwnPlace,
    /// Nobody does this to themselves.
    Yourself,
    /// The role has a power that the actor does not hold.
    MoreThanYouHold {
        /// The role.
        role: Role,
    },
    /// The person holds a power that the actor does not hold.
    AboveYou {
        /// The role that gives it.
        role: Role,
    },
    /// Nobody would be left who holds a power.
    LastOne {
        /// The power.
        power: Power,
    },
    /// There is nobody, or they have left.
    NotThere,
    /// They are there already.
    ThereAlready,
    /// A client's contact does not become staff, nor staff a contact: the two sign in differently.
    OtherKind,
    /// They would be their own manager, around however many corners.
    ManagerCircle,
    /// The manager is not there.
    NoSuchManager,
    /// Nothing would change.
    NothingChanges,
}

/// A power over others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Power {
    /// Publishing playbooks, importing.
    Firm,
    /// Inviting people, changing their roles.
    People,
}

impl Power {
    const ALL: [Self; 2] = [Self::Firm, Self::People];

    const fn is_given_by(self, sheet: &RoleSheet) -> bool {
        match self {
            Self::Firm => sheet.runs_the_firm,
            Self::People => sheet.runs_people,
        }
    }
}

/// Decides what is asked about somebody. The only place that refuses.
///
/// # Errors
/// [`PersonRefusal`].
pub fn decide(
    by: &Actor,
    about: &PersonId,
    everybody: &[Standing<'_>],
    sheets: &[RoleSheet],
    command: &PersonCommand,
) -> Result<PersonEvent, PersonRefusal> {
    let standing = everybody.iter().find(|one| one.id == about);
    may_see_to(by, about, everybody, sheets)?;
    let present = standing.filter(|one| !one.left);
    match command {
        PersonCommand::Join { person } => {
            if present.is_some() {
                return Err(PersonRefusal::ThereAlready);
            }
            let before = standing.map_or(&[][..], |one| &one.person.roles);
            may_become(by, about, before, person, everybody, sheets)?;
            Ok(PersonEvent::Joined { person: person.clone() })
        }
        PersonCommand::Move { person } => {
            let standing = present.ok_or(PersonRefusal::NotThere)?;
            if standing.person == person {
                return Err(PersonRefusal::NothingChanges);
            }
            if is_oneself(by, about) && place_of(standing.person) != place_of(person) {
                return Err(PersonRefusal::OwnPlace);
            }
            if is_contact(standing.person) != is_contact(person) {
                return Err(PersonRefusal::OtherKind);
            }
            may_become(by, about, &standing.person.roles, person, everybody, sheets)?;
            somebody_is_left(by, about, Some(person), everybody, sheets)?;
            Ok(PersonEvent::Changed { person: person.clone() })
        }
        PersonCommand::Leave => {
            present.ok_or(PersonRefusal::NotThere)?;
            not_oneself(by, about)?;
            somebody_is_left(by, about, None, everybody, sheets)?;
            Ok(PersonEvent::Left)
        }
        PersonCommand::ResetSecondFactor => {
            present.ok_or(PersonRefusal::NotThere)?;
            not_oneself(by, about)?;
            Ok(PersonEvent::Credential { change: CredentialChange::SecondFactorReset })
        }
    }
}

/// Whether an actor may see to somebody's account at all: invite them again, end their sessions, and everything that [`decide`] decides.
///
/// # Errors
/// [`PersonRefusal::NotYours`], [`PersonRefusal::AboveYou`].
pub fn may_see_to(by: &Actor, about: &PersonId, everybody: &[Standing<'_>], sheets: &[RoleSheet]) -> Result<(), PersonRefusal> {
    let member = match by {
        Actor::Operator { .. } => return Ok(()),
        Actor::Member(member) if member.runs_people() => member,
        _ => return Err(PersonRefusal::NotYours),
    };
    let theirs = everybody.iter().find(|one| one.id == about && !one.left).map_or(&[][..], |one| &one.person.roles);
    match beyond(&powers(&member.roles, sheets), theirs, sheets) {
        Some(role) => Err(PersonRefusal::AboveYou { role }),
        None => Ok(()),
    }
}

fn not_oneself(by: &Actor, about: &PersonId) -> Result<(), PersonRefusal> {
    if is_oneself(by, about) { Err(PersonRefusal::Yourself) } else { Ok(()) }
}

fn is_oneself(by: &Actor, about: &PersonId) -> bool {
    by.person() == Some(about)
}

fn is_contact(person: &Person) -> bool {
    person.is(&role::CLIENT_CONTACT)
}

/// Everything of somebody that grants and limits look at.
fn place_of(person: &Person) -> Person {
    Person { identity: crate::private::Private::Erased, zone: String::new(), ..person.clone() }
}

/// Roles that are given or taken away must not be more than the giver holds, and managers are people who are there.
fn may_become(
    by: &Actor,
    about: &PersonId,
    before: &[Role],
    person: &Person,
    everybody: &[Standing<'_>],
    sheets: &[RoleSheet],
) -> Result<(), PersonRefusal> {
    if let Actor::Member(member) = by {
        let new: Vec<Role> = person.roles.iter().filter(|held| !before.contains(held)).cloned().collect();
        if let Some(role) = beyond(&powers(&member.roles, sheets), &new, sheets) {
            return Err(PersonRefusal::MoreThanYouHold { role });
        }
    }
    let mut seen = BTreeSet::from([about]);
    let mut next = person.manager.as_ref();
    while let Some(manager) = next {
        if !seen.insert(manager) {
            return Err(PersonRefusal::ManagerCircle);
        }
        let there = everybody.iter().find(|one| one.id == manager && !one.left);
        // somebody further up may have left since; only the manager that is named must be there
        if there.is_none() && person.manager.as_ref() == Some(manager) {
            return Err(PersonRefusal::NoSuchManager);
        }
        next = there.and_then(|one| one.person.manager.as_ref());
    }
    Ok(())
}

/// Every power that somebody holds is still held by somebody of the firm when this person stands so, or not at all.
fn somebody_is_left(
    by: &Actor,
    about: &PersonId,
    becomes: Option<&Person>,
    everybody: &[Standing<'_>],
    sheets: &[RoleSheet],
) -> Result<(), PersonRefusal> {
    if matches!(by, Actor::Operator { .. }) {
        return Ok(());
    }
    let present = || everybody.iter().filter(|one| !one.left);
    let others = present().filter(|one| one.id != about).map(|one| one.person);
    let then: Vec<&Person> = others.chain(becomes).collect();
    let now: Vec<&Person> = present().map(|one| one.person).collect();
    let holds = |people: &[&Person], power: Power| people.iter().any(|person| powers(&person.roles, sheets).contains(&power));
    match Power::ALL.into_iter().find(|power| holds(&now, *power) && !holds(&then, *power)) {
        Some(power) => Err(PersonRefusal::LastOne { power }),
        None => Ok(()),
    }
}

/// The powers that roles give.
fn powers(roles: &[Role], sheets: &[RoleSheet]) -> BTreeSet<Power> {
    let held = sheets.iter().filter(|sheet| roles.contains(&sheet.key));
    held.flat_map(|sheet| Power::ALL.into_iter().filter(|power| power.is_given_by(sheet))).collect()
}

/// The first role that gives a power beyond these.
fn beyond(held: &BTreeSet<Power>, roles: &[Role], sheets: &[RoleSheet]) -> Option<Role> {
    roles.iter().find(|role| !powers(std::slice::from_ref(role), sheets).is_subset(held)).cloned()
}

#[cfg(test)]
mod tests {
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
                grants: Vec::new(),
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
    }

    #[test]
    fn whoever_does_not_run_people_does_none_of_it() {
        let firm = Firm::new();
        for command in [moved(somebody(&[role::FINANCE])), PersonCommand::Leave, PersonCommand::ResetSecondFactor] {
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
        for command in [moved(somebody(&[role::RECRUITER])), PersonCommand::Leave, PersonCommand::ResetSecondFactor] {
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
    }

    #[test]
    fn of_two_administrators_who_let_each_other_go_at_the_same_moment_one_stays() {
        let firm = Firm::new().with("alan", somebody(&[role::ADMIN]));
        let (anna, alan) = (firm.actor("anna"), firm.actor("alan"));
        assert_eq!(firm.decide_by(&anna, "alan", PersonCommand::Leave), Ok(PersonEvent::Left));
        let firm = firm.without("alan");
        assert_eq!(firm.decide_by(&alan, "anna", PersonCommand::Leave), Err(PersonRefusal::LastOne { power: Power::Firm }));
        let demoted = moved(somebody(&[role::RECRUITER]));
        assert_eq!(firm.decide_by(&alan, "anna", demoted), Err(PersonRefusal::LastOne { power: Power::Firm }));
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
        assert_eq!(
            firm.decide("anna", "rob", PersonCommand::Join { person: somebody(&[role::FINANCE]) }),
            Err(PersonRefusal::ThereAlready)
        );
        assert_eq!(firm.decide("anna", "rob", moved(firm.person("rob"))), Err(PersonRefusal::NothingChanges));
    }
}
