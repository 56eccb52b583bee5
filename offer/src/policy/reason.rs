//! Why a step is in the route, or is not: codes and figures, never sentences.

use super::test::{FieldsTest, Test};
use crate::check::{Fact, FactKind, Figure, Inputs};
use crate::field::FieldKey;
use crate::id::RuleKey;
use crate::terms::Value;
use serde::{Deserialize, Serialize};
use std::sync::Arc;

/// One reason.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "reason", rename_all = "snake_case")]
pub enum Reason {
    /// The rule asks on every offer.
    Always,
    /// A check found this.
    Found {
        /// What.
        fact: Fact,
    },
    /// No check found this.
    NotFound {
        /// What was looked for.
        kind: FactKind,
    },
    /// A field passed the test.
    FieldPasses {
        /// The field and its test.
        field: FieldKey,
        /// The test.
        test: Arc<Test>,
        /// Its value.
        value: Option<Value>,
    },
    /// A field did not pass the test.
    FieldFails {
        /// The field and its test.
        field: FieldKey,
        /// The test.
        test: Arc<Test>,
        /// Its value.
        value: Option<Value>,
    },
    /// A figure passed the test.
    FigurePasses {
        /// The figure.
        figure: Figure,
        /// The test.
        test: Arc<Test>,
        /// Its value.
        value: Value,
    },
    /// A figure did not pass the test, or offers of this engagement have no such figure.
    FigureFails {
        /// The figure.
        figure: Figure,
        /// The test.
        test: Arc<Test>,
        /// Its value; nothing where there is none.
        value: Option<Value>,
    },
    /// Two fields compared as the rule asks, or did not.
    Compared {
        /// The test.
        test: FieldsTest,
        /// The value of the one.
        one: Option<Value>,
        /// The value of the other.
        other: Option<Value>,
        /// Whether they did.
        passes: bool,
    },
    /// It could not be told, and so the step is required.
    CannotTell {
        /// The field that could not be compared.
        field: FieldKey,
    },
    /// A figure could not be computed, and so the step is required.
    CannotCompute {
        /// The figure.
        figure: Figure,
    },
}

impl Reason {
    /// The fields that an approval for this reason stands for besides those that its step decides: where the step decides what the reason
    /// is about, all of which it is made.
    pub(super) fn inputs(&self, decides: impl Fn(&FieldKey) -> bool) -> Vec<FieldKey> {
        let made_of = |inputs: Inputs| if inputs.about.iter().any(&decides) { inputs.all().cloned().collect() } else { Vec::new() };
        match self {
            Self::Found { fact } => made_of(fact.inputs()),
            Self::NotFound { kind } => made_of(kind.inputs()),
            Self::FigurePasses { figure, .. } | Self::FigureFails { figure, .. } | Self::CannotCompute { figure } => {
                made_of(figure.inputs())
            }
            Self::Compared { test, .. } if decides(&test.one) || decides(&test.other) => vec![test.one.clone(), test.other.clone()],
            // a field alone is decided by the step, or by another one
            Self::Always | Self::FieldPasses { .. } | Self::FieldFails { .. } | Self::CannotTell { .. } | Self::Compared { .. } => {
                Vec::new()
            }
        }
    }

    /// Every field that has to be read before the reason can be given.
    pub fn looks_at(&self) -> Vec<FieldKey> {
        let all = |inputs: Inputs| inputs.all().cloned().collect();
        match self {
            Self::Always => Vec::new(),
            Self::Found { fact } => all(fact.inputs()),
            Self::NotFound { kind } => all(kind.inputs()),
            Self::FigurePasses { figure, .. } | Self::FigureFails { figure, .. } | Self::CannotCompute { figure } => all(figure.inputs()),
            Self::FieldPasses { field, .. } | Self::FieldFails { field, .. } | Self::CannotTell { field } => vec![field.clone()],
            Self::Compared { test, .. } => vec![test.one.clone(), test.other.clone()],
        }
    }

    /// Whether it says that nothing could be told.
    pub const fn is_unknown(&self) -> bool {
        matches!(self, Self::CannotTell { .. } | Self::CannotCompute { .. })
    }
}

/// A rule as it stood when it asked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct RuleRef {
    /// Its key.
    pub rule: RuleKey,
    /// The playbook version that last changed it; 0 before publication.
    pub version: u32,
}

/// What one rule says about a step, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Because {
    /// The rule.
    #[serde(flatten)]
    pub rule: RuleRef,
    /// Its reasons.
    pub reasons: Vec<Reason>,
}
