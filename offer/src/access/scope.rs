//! On which offers a grant holds, for one offer and as keys of the board.

use super::{About, Action, Member};
use crate::coded::coded;
use crate::field::{self, FieldKey};
use crate::id::{OfferId, PersonId, RecipientKey, Role};
use crate::lifecycle::Status;
use crate::playbook::GrantRow;
use crate::policy::Relation;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

coded! {
    /// On which offers a grant holds.
    Scope {
        /// Offers in which the person is recruiter, hiring manager, account manager or client contact.
        Own = "own",
        /// Offers whose route has a step of the role.
        Reviewed = "reviewed",
        /// Offers whose hand-off has the role among its recipients.
        Received = "received",
        /// Offers of the person's team.
        Team = "team",
        /// Offers of the person's department.
        Department = "department",
        /// Offers of the person's business line.
        BusinessLine = "business_line",
        /// Offers of the person's region.
        Region = "region",
        /// Offers of the person's clients.
        Client = "client",
        /// All offers of the firm.
        All = "all",
    }
}

/// The people whom an offer names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Relations {
    /// Its recruiter.
    pub recruiter: Option<PersonId>,
    /// Its hiring manager.
    pub hiring_manager: Option<PersonId>,
    /// Its account manager.
    pub account_manager: Option<PersonId>,
    /// Its client contact.
    pub client_contact: Option<PersonId>,
}

impl Relations {
    fn names(&self, person: &PersonId) -> bool {
        self.all().any(|named| named == person)
    }

    /// The person in this relation to the offer.
    pub const fn of(&self, relation: Relation) -> Option<&PersonId> {
        match relation {
            Relation::Recruiter => self.recruiter.as_ref(),
            Relation::HiringManager => self.hiring_manager.as_ref(),
            Relation::AccountManager => self.account_manager.as_ref(),
            Relation::ClientContact => self.client_contact.as_ref(),
        }
    }

    /// Everybody who is named.
    pub fn all(&self) -> impl Iterator<Item = &PersonId> {
        [&self.recruiter, &self.hiring_manager, &self.account_manager, &self.client_contact].into_iter().flatten()
    }
}

/// What access looks at of an offer.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The offer.
    pub offer: OfferId,
    /// Its state.
    pub status: Status,
    /// What it is about.
    pub about: About,
    /// Whether it was submitted once: some of its fields stay as they were.
    pub is_settled: bool,
    /// The decisions that were handed over.
    pub handed: BTreeSet<Handed>,
    /// The roles that have a step in its route.
    pub reviewing_roles: BTreeSet<Role>,
    /// The roles that receive its hand-off, with the recipient they act for.
    pub receiving_roles: BTreeSet<(Role, RecipientKey)>,
}

/// A decision that was handed over: the one stands where the other is named, in the role that decides and in no other.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Handed {
    /// To whom.
    pub to: PersonId,
    /// Whose decision it is.
    pub from: PersonId,
    /// The role that decides.
    pub role: Role,
}

/// A scope of the board as text: an offer lies in several, a viewer reads several.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ScopeKey(pub String);

static SETTLED: [FieldKey; 2] = [field::ENGAGEMENT, field::CLIENT];

impl Subject {
    /// The fields that stay as they were first submitted: whoever read an offer then would read what it was for somebody else. An offer for
    /// another client, or of another engagement, is another offer.
    pub const fn settled(&self) -> &'static [FieldKey] {
        if self.is_settled { &SETTLED } else { &[] }
    }

    /// Whether the offer lies in a scope of this role of the member.
    pub fn lies_in(&self, scope: Scope, role: &Role, member: &Member) -> bool {
        fn same<T: PartialEq>(offer: Option<&T>, own: Option<&T>) -> bool {
            offer.is_some() && offer == own
        }
        match scope {
            Scope::All => true,
            Scope::Own => self.about.relations.names(&member.id) || self.named_in_place(role, member).next().is_some(),
            Scope::Reviewed => self.reviewing_roles.contains(role),
            Scope::Received => self.receiving_roles.iter().any(|(receiving, _)| receiving == role),
            Scope::Team => same(self.about.team.as_ref(), member.team.as_ref()),
            Scope::Department => same(self.about.department.as_ref(), member.department.as_ref()),
            Scope::BusinessLine => same(self.about.business_line.as_ref(), member.business_line.as_ref()),
            Scope::Region => same(self.about.region.as_ref(), member.region.as_ref()),
            Scope::Client => self.about.client.as_ref().is_some_and(|client| member.clients.contains(client)),
        }
    }

    /// The people whom the offer names and in whose place the member stands in this role.
    fn named_in_place<'a>(&'a self, role: &'a Role, member: &'a Member) -> impl Iterator<Item = &'a PersonId> {
        let away = member.stands_in_for.iter().filter(|away| away.roles.contains(role)).map(|away| &away.whom);
        let handed = self.handed.iter().filter(|handed| handed.to == member.id && handed.role == *role).map(|handed| &handed.from);
        away.chain(handed).filter(|whom| self.about.relations.names(whom))
    }

    /// The same, each once; none where the offer names the member.
    pub(super) fn named_through(&self, role: &Role, member: &Member) -> Vec<PersonId> {
        if self.about.relations.names(&member.id) {
            return Vec::new();
        }
        let named: BTreeSet<&PersonId> = self.named_in_place(role, member).collect();
        named.into_iter().cloned().collect()
    }

    /// The scopes the offer lies in; one row of the board each.
    pub fn scope_keys(&self) -> BTreeSet<ScopeKey> {
        let mut keys = BTreeSet::from([key("all", "")]);
        keys.extend(self.about.relations.all().map(|person| key("own", person.as_str())));
        let handed = self.handed.iter().filter(|handed| self.about.relations.names(&handed.from));
        keys.extend(handed.map(|handed| handed_key(&handed.role, &handed.to)));
        keys.extend(self.reviewing_roles.iter().map(|role| key("reviewed", role.as_str())));
        keys.extend(self.receiving_roles.iter().map(|(role, _)| key("received", role.as_str())));
        keys.extend(self.about.team.iter().map(|team| key("team", team.as_str())));
        keys.extend(self.about.department.iter().map(|name| key("department", name)));
        keys.extend(self.about.business_line.iter().map(|name| key("business_line", name)));
        keys.extend(self.about.region.iter().map(|name| key("region", name)));
        keys.extend(self.about.client.iter().map(|client| key("client", client.as_str())));
        keys
    }
}

impl Member {
    /// The scopes of the board this member may read, each with the states in which (none means all).
    pub fn scopes_seen(&self) -> Vec<(ScopeKey, Vec<Status>)> {
        let mut seen: Vec<(ScopeKey, Vec<Status>)> = Vec::new();
        for grant in self.grants.iter().filter(|grant| grant.actions.contains(&Action::See)) {
            seen.extend(self.keys_of(grant).into_iter().map(|key| (key, grant.states.clone())));
        }
        seen.sort();
        seen.dedup();
        // a scope read in every state needs no narrower row beside it
        let whole: BTreeSet<ScopeKey> = seen.iter().filter(|(_, states)| states.is_empty()).map(|(key, _)| key.clone()).collect();
        if whole.contains(&key("all", "")) {
            return vec![(key("all", ""), Vec::new())];
        }
        seen.retain(|(key, states)| states.is_empty() || !whole.contains(key));
        seen
    }

    /// The scopes of the board that a grant of the member reaches.
    pub(super) fn keys_of(&self, grant: &GrantRow) -> Vec<ScopeKey> {
        match grant.scope {
            Scope::All => vec![key("all", "")],
            Scope::Own => {
                let away = self.stands_in_for.iter().filter(|away| away.roles.contains(&grant.role)).map(|away| &away.whom);
                let named = std::iter::once(&self.id).chain(away).map(|person| key("own", person.as_str()));
                named.chain([handed_key(&grant.role, &self.id)]).collect()
            }
            Scope::Reviewed => vec![key("reviewed", grant.role.as_str())],
            Scope::Received => vec![key("received", grant.role.as_str())],
            Scope::Team => self.team.iter().map(|team| key("team", team.as_str())).collect(),
            Scope::Department => self.department.iter().map(|name| key("department", name)).collect(),
            Scope::BusinessLine => self.business_line.iter().map(|name| key("business_line", name)).collect(),
            Scope::Region => self.region.iter().map(|name| key("region", name)).collect(),
            Scope::Client => self.clients.iter().map(|client| key("client", client.as_str())).collect(),
        }
    }
}

fn handed_key(role: &Role, to: &PersonId) -> ScopeKey {
    key("handed", &format!("{role}:{to}"))
}

fn key(kind: &str, value: &str) -> ScopeKey {
    ScopeKey(format!("{kind}:{value}"))
}
