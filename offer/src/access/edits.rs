//! Which fields somebody may write: of a draft, and by a change of terms.

use super::{Action, Actor, Member, Sight, Subject, sight};
use crate::field::{FieldKey, FieldSpec, Side};
use crate::id::Role;
use crate::lifecycle::Status;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// What a role may write of the offers that it may draft or change.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct EditRow {
    /// Name of the row.
    pub key: String,
    /// Who writes.
    pub role: Role,
    /// Every field of these sides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sides: Vec<Side>,
    /// These fields besides.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub fields: Vec<FieldKey>,
    /// In which states of the offer; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub states: Vec<Status>,
}

impl EditRow {
    fn covers_state(&self, status: Status) -> bool {
        self.states.is_empty() || self.states.contains(&status)
    }
}

/// The fields of an offer that somebody may write while it stands where it stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits {
    everything: bool,
    sides: BTreeSet<Side>,
    fields: BTreeSet<FieldKey>,
    settled: &'static [FieldKey],
    sight: Sight,
}

impl Edits {
    /// Whether a field is among them. Nobody writes what they do not see.
    pub fn takes(&self, spec: &FieldSpec) -> bool {
        let is_theirs = || self.sides.contains(&spec.side) || self.fields.contains(&spec.key);
        self.everything || !self.settled.contains(&spec.key) && self.sight.shows_field(spec) && is_theirs()
    }
}

/// What an actor may write of an offer: by the roles whose grants let it draft or change the offer in its state.
pub fn edits(actor: &Actor, subject: &Subject) -> Edits {
    match actor {
        Actor::Candidate { .. } => Edits::default(),
        Actor::Clockwork | Actor::Operator { .. } => Edits { everything: true, ..Edits::default() },
        Actor::Member(member) => {
            let roles = writing_roles(member, subject);
            let rows = member.bounds.edits.iter().filter(|row| roles.contains(&row.role) && row.covers_state(subject.status));
            let mut edits = Edits { settled: subject.settled(), sight: sight(actor, subject), ..Edits::default() };
            for row in rows {
                edits.sides.extend(&row.sides);
                edits.fields.extend(row.fields.iter().cloned());
            }
            edits
        }
    }
}

fn writing_roles<'a>(member: &'a Member, subject: &'a Subject) -> BTreeSet<&'a Role> {
    let granted = [Action::Draft, Action::Change].into_iter().flat_map(|action| member.grants_on(action, subject));
    granted.filter(|grant| grant.covers_state(subject.status)).map(|grant| &grant.role).collect()
}
