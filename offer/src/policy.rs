//! Approval policy: rules as data -> a route that explains itself, and coverage: what each approval stands for.

mod condition;
mod coverage;
mod range;
mod reason;
mod route;
pub(crate) mod test;

pub use condition::{Condition, FieldTest, FigureTest};
pub use coverage::{Coverage, Reopening, Verdict};
pub use range::{ApprovedRange, BeyondLimit, Limits, RangeFault, RangeFrom, Room, WithinRange, is_spanned, negotiation_range};
pub use reason::{Because, Reason, RuleRef};
pub use route::{Policy, Route, RouteStep, StepLeftOut, route};
pub use test::{FieldsTest, Order, Test};

use crate::coded::coded;
use crate::engagement::Engagement;
use crate::field::{self, FieldKey};
use crate::id::{Role, RuleKey, StepKey, role};
use serde::{Deserialize, Serialize};

/// A rule of the playbook: under a condition, an offer needs a step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Rule {
    /// Its key, kebab-case, unique for ever.
    pub key: RuleKey,
    /// The playbook version that last changed it, counted at publication and never written by hand.
    #[serde(default, skip_serializing_if = "is_zero")]
    pub version: u32,
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

    /// The rule as it stands now.
    pub fn reference(&self) -> RuleRef {
        RuleRef { rule: self.key.clone(), version: self.version }
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
    /// How many of them must approve.
    #[serde(default = "one", skip_serializing_if = "is_one")]
    pub quorum: u32,
    /// What one rejection does.
    #[serde(default, skip_serializing_if = "is_default")]
    pub rejection: Rejection,
    /// Whether it is comp and budget alignment or an approval; by its role when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stage: Option<StepStage>,
    /// Steps that come first, where they are in the route; without any it runs in parallel with the others.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub after: Vec<StepKey>,
    /// Business hours in which the decision is expected.
    pub sla_hours: u32,
    /// Business hours after which whoever it waits on is reminded; half of those expected when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub remind_hours: Option<u32>,
    /// Who hears of it when the decision is overdue; whoever asked, when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub escalate_to: Option<Who>,
}

impl StepSpec {
    /// A step that one of them decides, in parallel with all others.
    pub const fn new(key: StepKey, who: Who, sla_hours: u32) -> Self {
        Self {
            key,
            who,
            quorum: 1,
            rejection: Rejection::Veto,
            stage: None,
            after: Vec::new(),
            sla_hours,
            remind_hours: None,
            escalate_to: None,
        }
    }
}

const fn one() -> u32 {
    1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes by reference")]
const fn is_one(count: &u32) -> bool {
    *count == 1
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes by reference")]
const fn is_zero(count: &u32) -> bool {
    *count == 0
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// What one rejection of a step does.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rejection {
    /// It rejects the offer: everybody has a veto.
    #[default]
    Veto,
    /// It counts against: the offer is rejected when too few are left who could still approve.
    Counted,
}

coded! {
    /// Which of the two stages of review a step belongs to.
    StepStage {
        /// Comp and budget alignment.
        Comp = "comp",
        /// Approval.
        Approval = "approval",
    }
}

impl StepStage {
    /// The stage of a step of which the playbook does not say it: money comes first.
    pub fn of(who: &Who) -> Self {
        let aligning = [role::FINANCE, role::HRBP, role::OPS];
        if matches!(who, Who::Role(role) if aligning.contains(role)) { Self::Comp } else { Self::Approval }
    }
}

/// Who decides a step: a role, or a relation of the offer; never a person by name (law 11).
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Who {
    /// Anyone who holds the role.
    Role(Role),
    /// The person whom the offer names.
    Relation(Relation),
    /// The nearest manager of a person whom the offer names who may approve that much.
    ManagerOf(ManagerOf),
}

/// A manager of somebody whom the offer names.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct ManagerOf {
    /// Of whom.
    pub of: Relation,
    /// The role under which the manager decides.
    pub role: Role,
}

coded! {
    /// A person whom an offer names.
    Relation {
        /// Its recruiter.
        Recruiter = "recruiter",
        /// Its hiring manager.
        HiringManager = "hiring_manager",
        /// Its client contact.
        ClientContact = "client_contact",
        /// Its account manager.
        AccountManager = "account_manager",
    }
}

impl Relation {
    /// The field that names whom it means.
    pub const fn field(self) -> FieldKey {
        match self {
            Self::Recruiter => field::RECRUITER,
            Self::HiringManager => field::HIRING_MANAGER,
            Self::ClientContact => field::CLIENT_CONTACT,
            Self::AccountManager => field::ACCOUNT_MANAGER,
        }
    }
}

impl Who {
    /// The role whose grants the deciders act under.
    pub fn role(&self) -> Role {
        match self {
            Self::Role(role) | Self::ManagerOf(ManagerOf { role, .. }) => role.clone(),
            Self::Relation(relation) => Role::named(relation.code()),
        }
    }

    /// The fields that say whose decision it is; none where a role decides.
    pub fn named_by(&self) -> Vec<FieldKey> {
        match self {
            Self::Role(_) => Vec::new(),
            Self::Relation(Relation::ClientContact) => vec![field::CLIENT, field::CLIENT_CONTACT],
            Self::Relation(relation) | Self::ManagerOf(ManagerOf { of: relation, .. }) => vec![relation.field()],
        }
    }

    /// Whether somebody may decide in the place of whoever is away: they hold the role that decides. Whoever an offer names decides whatever they
    /// are; in the place of one who does not hold the role themselves, so does whoever stands in for them.
    pub fn takes_in_place(&self, holds: impl Fn(&Role) -> bool, whom_holds: impl Fn(&Role) -> bool) -> bool {
        let role = self.role();
        holds(&role) || (matches!(self, Self::Relation(_)) && !whom_holds(&role))
    }
}
