//! Who may change whom: joining, moving, leaving, and whatever else is done to somebody's account by another person.
//!
//! Giving people their work is the work of whoever runs people, so roles of work are theirs to give. A role with power over the firm or over
//! people is given and taken only by somebody who holds that power, and whoever holds it is touched by nobody with less. Nobody changes their
//! own place, and the last holder of a power keeps it. A program holds no such power, and tokens are for programs alone. An operator at the machine is bound by none of this: that account reads the keys.

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::{CredentialChange, Person, PersonEvent, TOKENS_MAX, TokenLasts};
use crate::access::{Actor, RoleSheet, TokenReads};
use crate::id::{PersonId, Role, TokenId, role};
use crate::moment::Moment;
use crate::private::Private;

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
    /// Their account at the identity provider is another one, or gone: the link to it is taken away.
    ResetSingleSignOn,
    /// A token is made for a program.
    MakeToken(MakeToken),
    /// A token of a program is revoked.
    RevokeToken {
        /// The token.
        token: TokenId,
        /// The tokens that work now.
        living: Vec<TokenId>,
    },
}

/// A token to make.
#[derive(Clone, Debug, PartialEq)]
pub struct MakeToken {
    /// Its id.
    pub token: TokenId,
    /// What it is called.
    pub name: Private<String>,
    /// How much it reads.
    pub reads: TokenReads,
    /// How long it lasts.
    pub lasts: TokenLasts,
    /// Now.
    pub now: Moment,
    /// The tokens that work now.
    pub living: Vec<TokenId>,
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
    /// A client's contact, somebody of the firm and a program do not become each other: they come in differently.
    OtherKind,
    /// They would be their own manager, around however many corners.
    ManagerCircle,
    /// The manager is not there.
    NoSuchManager,
    /// Nothing would change.
    NothingChanges,
    /// A program holds no power over people or the firm, and speaks for no client.
    NotForPrograms {
        /// The role.
        role: Role,
    },
    /// A program does not sign in.
    Program,
    /// Only a program has tokens.
    NoProgram,
    /// So many tokens work already.
    TooManyTokens {
        /// The most there may be.
        most: usize,
    },
    /// There is no such token, or it does not work any more.
    NoSuchToken,
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
            // whoever comes back is given every role anew
            may_become(by, about, &[], person, everybody, sheets)?;
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
            if is_contact(standing.person) != is_contact(person) || standing.person.is_program() != person.is_program() {
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
        PersonCommand::ResetSingleSignOn => {
            present.ok_or(PersonRefusal::NotThere)?;
            not_oneself(by, about)?;
            Ok(PersonEvent::Credential { change: CredentialChange::SingleSignOnReset })
        }
        PersonCommand::MakeToken(make) => {
            program(present)?;
            if make.living.len() >= TOKENS_MAX {
                return Err(PersonRefusal::TooManyTokens { most: TOKENS_MAX });
            }
            let MakeToken { token, name, reads, lasts, now, .. } = make.clone();
            Ok(PersonEvent::Credential { change: CredentialChange::TokenMade { token, name, reads, expires_at: lasts.from(now) } })
        }
        PersonCommand::RevokeToken { token, living } => {
            program(present)?;
            if !living.contains(token) {
                return Err(PersonRefusal::NoSuchToken);
            }
            Ok(PersonEvent::Credential { change: CredentialChange::TokenRevoked { token: token.clone() } })
        }
    }
}

/// Whether an actor may see to somebody's account at all: invite them again, end their sessions, and everything that [`decide`] decides.
///
/// # Errors
/// [`PersonRefusal::NotYours`], [`PersonRefusal::AboveYou`].
pub fn may_see_to(by: &Actor, about: &PersonId, everybody: &[Standing<'_>], sheets: &[RoleSheet]) -> Result<(), PersonRefusal> {
    let own = match by {
        Actor::Operator { .. } => return Ok(()),
        Actor::Member(member) => roles_now(&member.id, everybody),
        _ => &[],
    };
    if !sheets.iter().any(|sheet| sheet.runs_people && own.contains(&sheet.key)) {
        return Err(PersonRefusal::NotYours);
    }
    match beyond(&powers(own, sheets), roles_now(about, everybody), sheets) {
        Some(role) => Err(PersonRefusal::AboveYou { role }),
        None => Ok(()),
    }
}

/// The roles of somebody who is there. Whoever acts may have lost theirs since their request came.
fn roles_now<'a>(person: &PersonId, everybody: &[Standing<'a>]) -> &'a [Role] {
    everybody.iter().find(|one| one.id == person && !one.left).map_or(&[], |one| &one.person.roles)
}

/// A program that is there.
fn program(present: Option<&Standing<'_>>) -> Result<(), PersonRefusal> {
    match present {
        None => Err(PersonRefusal::NotThere),
        Some(standing) if !standing.person.is_program() => Err(PersonRefusal::NoProgram),
        Some(_) => Ok(()),
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
        if let Some(role) = beyond(&powers(roles_now(&member.id, everybody), sheets), &new, sheets) {
            return Err(PersonRefusal::MoreThanYouHold { role });
        }
    }
    let is_refused = |role: &&Role| **role == role::CLIENT_CONTACT || !powers(std::slice::from_ref(role), sheets).is_empty();
    if let Some(role) = person.roles.iter().find(is_refused).filter(|_| person.is_program()) {
        return Err(PersonRefusal::NotForPrograms { role: role.clone() });
    }
    // a client's person comes by a link and a code, and is nobody of the firm
    if is_contact(person) && person.roles.len() > 1 {
        return Err(PersonRefusal::OtherKind);
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
