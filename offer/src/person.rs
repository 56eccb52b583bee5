//! A person of the firm or of a client: roles, team, clients, manager, limits and absences, as events of their own.

mod absence;
mod credential;
mod rules;
mod token;

pub use absence::{Absence, AbsenceFault, Rota, stand_in};
pub use credential::CredentialChange;
pub use rules::{MakeToken, PersonCommand, PersonRefusal, Power, Standing, decide, may_see_to};
pub use token::{TOKENS_MAX, TokenLasts};

use crate::id::{ClientCode, PersonId, Role, TeamKey, role};
use crate::money::{BasisPoints, Money};
use crate::policy::Limits;
use crate::private::Private;
use serde::{Deserialize, Serialize};

/// Somebody who signs in, or a client's contact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    /// Name and address.
    pub identity: Private<Identity>,
    /// What the person does.
    pub roles: Vec<Role>,
    /// Team.
    pub team: Option<TeamKey>,
    /// Department.
    pub department: Option<String>,
    /// Business line.
    pub business_line: Option<String>,
    /// Region.
    pub region: Option<String>,
    /// Clients the person serves, or speaks for.
    pub clients: Vec<ClientCode>,
    /// Who the person reports to.
    pub manager: Option<PersonId>,
    /// The highest annual pay the person may approve.
    pub approval_limit_annual: Option<Money>,
    /// How far above the band the person may approve.
    pub approval_limit_over_band: Option<BasisPoints>,
    /// IANA zone.
    pub zone: String,
}

/// Who a person is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Full name.
    pub name: String,
    /// Where mail goes.
    pub email: String,
}

impl Person {
    /// The name, while it is kept.
    pub fn name(&self) -> Option<&str> {
        self.identity.kept().map(|identity| identity.name.as_str())
    }

    /// The address, while it is kept.
    pub fn email(&self) -> Option<&str> {
        self.identity.kept().map(|identity| identity.email.as_str())
    }

    /// Whether the person holds a role.
    pub fn is(&self, role: &Role) -> bool {
        self.roles.contains(role)
    }

    /// Whether it is a program, which comes with a token, never signs in, and is asked for nothing.
    pub fn is_program(&self) -> bool {
        self.is(&role::INTEGRATION)
    }
}

/// What happens to a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum PersonEvent {
    /// Joined, and may be invited to sign in.
    Joined {
        /// As the person stands.
        person: Person,
    },
    /// Changed in some column.
    Changed {
        /// As the person stands now.
        person: Person,
    },
    /// Will be away, or is.
    Away {
        /// From when, until when, and who decides meanwhile.
        absence: Absence,
    },
    /// Is there after all.
    Back,
    /// How the person proves who they are was changed.
    Credential {
        /// What was changed.
        change: CredentialChange,
    },
    /// Left: holds no grant from this instant on.
    Left,
}

/// A person as the fold of its history.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PersonRecord {
    /// The latest columns; nothing before the first event.
    pub person: Option<Person>,
    /// Whether the person has left.
    pub left: bool,
    /// The latest absence that was planned; its days say whether it holds.
    pub absence: Option<Absence>,
}

impl Person {
    /// The most that the person may approve, as far as it is said of them.
    pub const fn limits(&self) -> Limits {
        Limits { annual: self.approval_limit_annual, over_band: self.approval_limit_over_band }
    }
}

impl PersonRecord {
    /// Takes one event in. Total: decides nothing.
    pub fn apply(&mut self, event: &PersonEvent) {
        match event {
            PersonEvent::Joined { person } | PersonEvent::Changed { person } => {
                self.person = Some(person.clone());
                self.left = false;
            }
            PersonEvent::Away { absence } => self.absence = Some(absence.clone()),
            PersonEvent::Back => self.absence = None,
            // what opens the door is no part of who somebody is
            PersonEvent::Credential { .. } => {}
            PersonEvent::Left => self.left = true,
        }
    }
}
