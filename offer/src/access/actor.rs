//! Who acts.

use super::{Action, DoubleBlind, EditRow, RoleSheet, Scope, Subject};
use crate::field::Side;
use crate::id::{ClientCode, OfferId, PersonId, Role, TeamKey, role};
use crate::import::ImportKind;
use crate::ledger::{ActorKind, AuthLevel};
use crate::lifecycle::Status;
use crate::person::Person;
use crate::playbook::{GrantRow, Playbook};

/// Who acts on an offer.
#[derive(Clone, Debug, PartialEq)]
pub enum Actor {
    /// Staff, or a client's contact.
    Member(Member),
    /// The candidate of one offer, after link and code.
    Candidate {
        /// The person.
        person: PersonId,
        /// The offer.
        offer: OfferId,
    },
    /// Reminders, expiry, the courier of mail.
    Clockwork,
    /// Somebody at the command line of the machine.
    Operator {
        /// Name of the account of the operating system.
        os_user: String,
    },
}

impl Actor {
    /// The person who acts, if it is one.
    pub fn person(&self) -> Option<&PersonId> {
        match self {
            Self::Member(member) => Some(&member.id),
            Self::Candidate { person, .. } => Some(person),
            Self::Clockwork | Self::Operator { .. } => None,
        }
    }

    /// The kind of actor, as it stands in envelopes.
    pub fn kind(&self) -> ActorKind {
        match self {
            Self::Member(member) if member.auth_level == AuthLevel::Token => ActorKind::ApiToken,
            Self::Member(member) if member.is(&role::CLIENT_CONTACT) => ActorKind::ClientContact,
            Self::Member(_) => ActorKind::Person,
            Self::Candidate { .. } => ActorKind::Candidate,
            Self::Clockwork => ActorKind::Clockwork,
            Self::Operator { .. } => ActorKind::Operator,
        }
    }

    /// Who it is, as it stands in envelopes.
    pub fn id(&self) -> &str {
        match self {
            Self::Member(member) => member.id.as_str(),
            Self::Candidate { person, .. } => person.as_str(),
            Self::Clockwork => "clockwork",
            Self::Operator { os_user } => os_user,
        }
    }

    /// How sure the product is of it.
    pub const fn auth_level(&self) -> AuthLevel {
        match self {
            Self::Member(member) => member.auth_level,
            Self::Candidate { .. } => AuthLevel::Code,
            Self::Clockwork => AuthLevel::System,
            Self::Operator { .. } => AuthLevel::Local,
        }
    }

    /// The member, if it is one.
    pub const fn member(&self) -> Option<&Member> {
        match self {
            Self::Member(member) => Some(member),
            _ => None,
        }
    }
}

/// A person of the firm or of a client with the grants that hold right now.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// Who.
    pub id: PersonId,
    /// Signed in how.
    pub auth_level: AuthLevel,
    /// Roles held.
    pub roles: Vec<Role>,
    /// Team.
    pub team: Option<TeamKey>,
    /// Department.
    pub department: Option<String>,
    /// Business line.
    pub business_line: Option<String>,
    /// Region.
    pub region: Option<String>,
    /// Clients served, or spoken for.
    pub clients: Vec<ClientCode>,
    /// People who are away today and in whose place the member stands.
    pub stands_in_for: Box<[StandsInFor]>,
    /// The grants of these roles.
    pub grants: Vec<GrantRow>,
    /// What these roles see.
    pub sheets: Vec<RoleSheet>,
    /// What else bounds these roles.
    pub bounds: Box<Bounds>,
}

/// Somebody who is away, in whose place a member stands: in the roles that both hold, and in no other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StandsInFor {
    /// Who is away.
    pub whom: PersonId,
    /// The roles that they hold.
    pub roles: Vec<Role>,
}

/// What bounds a member's roles besides grants and sheets.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Bounds {
    /// What they write.
    pub edits: Vec<EditRow>,
    /// Who is kept from whose number.
    pub double_blind: DoubleBlind,
}

impl Member {
    /// Resolves a person's grants from the current playbook.
    pub fn resolve(id: PersonId, person: &Person, auth_level: AuthLevel, current: &Playbook) -> Self {
        Self {
            id,
            auth_level,
            roles: person.roles.clone(),
            team: person.team.clone(),
            department: person.department.clone(),
            business_line: person.business_line.clone(),
            region: person.region.clone(),
            clients: person.clients.clone(),
            stands_in_for: Box::default(),
            grants: current.grants.iter().filter(|grant| person.is(&grant.role)).cloned().collect(),
            sheets: current.roles.iter().filter(|sheet| person.is(&sheet.key)).map(|sheet| current.double_blind.over(sheet)).collect(),
            bounds: Box::new(Bounds {
                edits: current.edits.iter().filter(|row| person.is(&row.role)).cloned().collect(),
                double_blind: current.double_blind.clone(),
            }),
        }
    }

    /// The same with people who are away today and in whose place the member stands.
    #[must_use]
    pub fn standing_in_for(mut self, people: Vec<StandsInFor>) -> Self {
        self.stands_in_for = people.into();
        self
    }

    /// The grants for an action whose scope reaches the offer, in whatever state.
    pub(super) fn grants_on<'a>(&'a self, action: Action, subject: &'a Subject) -> impl Iterator<Item = &'a GrantRow> {
        self.grants.iter().filter(move |grant| grant.actions.contains(&action) && subject.lies_in(grant.scope, &grant.role, self))
    }

    /// Whether the member holds a role.
    pub fn is(&self, role: &Role) -> bool {
        self.roles.contains(role)
    }

    /// Whether the member is a program, which comes with a token and never signs in.
    pub fn is_program(&self) -> bool {
        self.is(&role::INTEGRATION)
    }

    /// Whether a role of the member may do this with any offer at all: what a menu asks.
    pub fn ever_may(&self, action: Action) -> bool {
        self.grants.iter().any(|grant| grant.actions.contains(&action))
    }

    /// Whether a side is seen of every offer that the member reads at all, whatever its engagement.
    pub fn always_sees(&self, side: Side) -> bool {
        let sees = |sheet: &RoleSheet| sheet.sees.contains(&side) && sheet.sees_for.iter().all(|row| row.sees.contains(&side));
        self.sheets.iter().all(sees)
    }

    /// Whether a side is seen of some offer or other: what a choice to narrow by asks.
    pub fn ever_sees(&self, side: Side) -> bool {
        let sees = |sheet: &RoleSheet| sheet.sees.contains(&side) || sheet.sees_for.iter().any(|row| row.sees.contains(&side));
        self.sheets.iter().any(sees)
    }

    /// Whether it is somebody of the firm, and not of a client alone.
    pub(super) fn is_of_the_firm(&self) -> bool {
        self.roles.iter().any(|held| *held != role::CLIENT_CONTACT)
    }

    /// Whether staff's talk is read of every offer that the member reads at all.
    pub fn always_reads_talk(&self) -> bool {
        self.is_of_the_firm() && self.always_sees(Side::Package)
    }

    /// Whether the member may read the whole history of every offer, whatever its state: whoever answers for who saw what.
    pub fn audits_all(&self) -> bool {
        let whole = |grant: &GrantRow| grant.scope == Scope::All && grant.states.is_empty();
        [Action::See, Action::Audit].iter().all(|action| self.grants.iter().any(|grant| whole(grant) && grant.actions.contains(action)))
    }

    /// Whether the member may import and publish playbooks.
    pub fn runs_the_firm(&self) -> bool {
        self.sheets.iter().any(|sheet| sheet.runs_the_firm)
    }

    /// The kinds of files that the member may import: whoever runs people brings people in, whoever runs the firm everything else.
    pub fn imports(&self) -> Vec<ImportKind> {
        let may = |kind: &ImportKind| match kind {
            ImportKind::People => self.runs_people(),
            ImportKind::Clients | ImportKind::Bands | ImportKind::Requisitions => self.runs_the_firm(),
        };
        ImportKind::ALL.into_iter().filter(may).collect()
    }

    /// Whether the member may say when somebody is away: everybody for themselves, whoever runs people for all.
    pub fn may_plan(&self, person: &PersonId) -> bool {
        self.id == *person || self.runs_people()
    }

    /// Whether a role of the member asks for a second factor.
    pub fn needs_second_factor(&self) -> bool {
        self.sheets.iter().any(|sheet| sheet.second_factor)
    }

    /// Whether the member may invite people and change their roles.
    pub fn runs_people(&self) -> bool {
        self.sheets.iter().any(|sheet| sheet.runs_people)
    }
}

impl GrantRow {
    /// Whether the grant holds while an offer is in this state.
    pub fn covers_state(&self, status: Status) -> bool {
        self.states.is_empty() || self.states.contains(&status)
    }
}
