//! Why somebody may see an offer: the grants that let them, and what each of them shows.

use super::{Action, Member, Scope, Subject, sides_of};
use crate::field::Side;
use crate::id::{PersonId, Role};

/// A grant by which somebody sees an offer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Reached {
    /// The role that holds it.
    pub role: Role,
    /// Its key in the playbook.
    pub grant: String,
    /// The scope by which it reaches the offer.
    pub scope: Scope,
    /// The sides that its role sees of the offer.
    pub sides: Vec<Side>,
    /// For whom they stand in, where the offer names others and not them.
    pub through: Vec<PersonId>,
}

/// Every grant by which a member sees an offer as it stands; none when the offer is hidden from them. Their sides together are `sight`.
pub fn reached(member: &Member, subject: &Subject) -> Vec<Reached> {
    let grants = member.grants_on(Action::See, subject).filter(|grant| grant.covers_state(subject.status));
    let reached = grants.map(|grant| {
        let sheet = member.sheets.iter().find(|sheet| sheet.key == grant.role);
        Reached {
            role: grant.role.clone(),
            grant: grant.key.clone(),
            scope: grant.scope,
            sides: sheet.map(|sheet| sides_of(sheet, subject.about.engagement).to_vec()).unwrap_or_default(),
            through: if grant.scope == Scope::Own { subject.named_through(&grant.role, member) } else { Vec::new() },
        }
    });
    reached.collect()
}
