//! Approval policy: rules as data -> a route that explains itself, and coverage: what each approval stands for.

mod condition;
mod coverage;
mod route;

pub use condition::{Condition, FieldTest, Reason, Test};
pub use coverage::Coverage;
pub use route::{Route, RouteStep, StepLeftOut, route};

use crate::coded::coded;
use crate::engagement::Engagement;
use crate::id::{Role, RuleKey, StepKey};
use serde::{Deserialize, Serialize};

/// A rule of the playbook: under a condition, an offer needs a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Rule {
    /// Its key, kebab-case, unique for ever.
    pub key: RuleKey,
    /// For which engagements it counts; all when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub engagements: Vec<Engagement>,
    /// When the step is needed.
    pub when: Condition,
    /// The step.
    pub step: StepSpec,
    /// Why the rule exists, for people.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub note: String,
}

impl Rule {
    /// Whether the rule counts for an engagement.
    pub fn counts_for(&self, engagement: Engagement) -> bool {
        self.engagements.is_empty() || self.engagements.contains(&engagement)
    }
}

/// What a rule asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct StepSpec {
    /// The step; rules that name the same step ask for it once.
    pub key: StepKey,
    /// Who decides.
    pub who: Who,
    /// Steps that come first, where they are in the route.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<StepKey>,
    /// Business hours in which the decision is expected.
    pub sla_hours: u32,
}

/// Who decides a step: a role, or a relation of the offer; never a person by name (law 11).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// Anyone who holds the role.
    Role(Role),
    /// The person whom the offer names.
    Relation(Relation),
}

coded! {
    /// A person whom an offer names.
    Relation {
        /// Its hiring manager.
        HiringManager = "hiring_manager",
        /// Its client contact.
        ClientContact = "client_contact",
        /// Its account manager.
        AccountManager = "account_manager",
    }
}

impl Who {
    /// The role whose grants the deciders act under.
    pub fn role(&self) -> Role {
        match self {
            Self::Role(role) => role.clone(),
            Self::Relation(relation) => Role::named(relation.code()),
        }
    }
}
