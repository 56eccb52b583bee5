//! A requisition: an opening with seats, a budget, and what its offers begin with.

use crate::field;
use crate::id::{ClientCode, PersonId};
use crate::money::Money;
use crate::terms::Entries;
use serde::{Deserialize, Serialize};

/// What a budget is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BudgetPeriod {
    /// All seats over the whole assignment.
    #[default]
    Assignment,
    /// All seats for a year.
    Year,
}

/// An opening as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Requisition {
    /// What people call it: `REQ-1000`.
    pub number: String,
    /// How many people it hires.
    pub seats: u32,
    /// Lowest pay it allows.
    pub pay_min: Option<Money>,
    /// Highest pay it allows.
    pub pay_max: Option<Money>,
    /// What all its seats together may commit; nothing when it has no budget of its own.
    pub budget: Option<Money>,
    /// What the budget is for.
    pub budget_period: BudgetPeriod,
    /// What an offer for it begins with, field by field, as typed.
    pub prefill: Entries,
}

impl Requisition {
    /// Its client.
    pub fn client(&self) -> Option<ClientCode> {
        self.prefill.get(&field::CLIENT).map(ClientCode::new)
    }

    /// Its recruiter.
    pub fn recruiter(&self) -> Option<PersonId> {
        self.prefill.get(&field::RECRUITER).and_then(PersonId::parse)
    }
}

/// What happens to a requisition. The opening as a whole stands in the event: an import is an upsert of all its columns.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum RequisitionEvent {
    /// It was opened.
    Opened {
        /// As it stands.
        requisition: Requisition,
    },
    /// It was changed.
    Changed {
        /// As it stands now.
        requisition: Requisition,
    },
}

impl RequisitionEvent {
    /// The opening after this event.
    pub fn requisition(&self) -> &Requisition {
        match self {
            Self::Opened { requisition } | Self::Changed { requisition } => requisition,
        }
    }
}
