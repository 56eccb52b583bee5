//! Double-blind: of the two numbers of an assignment, what is paid and what is billed, one side decides one and the other the other, and neither
//! is shown what would tell it the other number.

use super::{RoleSheet, SeesFor, sides_of};
use crate::engagement::Engagement;
use crate::field::Side;
use crate::id::Role;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Who is kept from whose number. Empty: nobody is, beyond what their roles see.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DoubleBlind {
    /// For which engagements.
    pub engagements: Vec<Engagement>,
    /// The roles that see what is paid: neither the bill nor the margin, which would tell it.
    pub pay_side: Vec<Role>,
    /// The roles that see what is billed: neither pay nor margin.
    pub bill_side: Vec<Role>,
}

impl DoubleBlind {
    /// Whether it keeps nobody from anything.
    pub const fn is_off(&self) -> bool {
        self.engagements.is_empty()
    }

    /// What a role's sheet becomes under it.
    #[must_use]
    pub fn over(&self, sheet: &RoleSheet) -> RoleSheet {
        let hidden = self.hidden_from(&sheet.key);
        if self.is_off() || hidden.is_empty() {
            return sheet.clone();
        }
        let seen = |engagement: Engagement| {
            let sides = sides_of(sheet, Some(engagement)).iter().copied();
            SeesFor { engagement, sees: sides.filter(|side| !hidden.contains(side)).collect() }
        };
        let others = sheet.sees_for.iter().filter(|row| !self.engagements.contains(&row.engagement)).cloned();
        RoleSheet { sees_for: others.chain(self.engagements.iter().copied().map(seen)).collect(), ..sheet.clone() }
    }

    fn hidden_from(&self, role: &Role) -> Vec<Side> {
        let mut hidden = BTreeSet::new();
        if self.pay_side.contains(role) {
            hidden.extend([Side::Bill, Side::Margin]);
        }
        if self.bill_side.contains(role) {
            hidden.extend([Side::Package, Side::Margin]);
        }
        hidden.into_iter().collect()
    }

    /// Whether whoever sees these sides does not see both numbers, so that words in which somebody typed one of them are kept from them too.
    pub(super) fn keeps_words_from(&self, sides: &BTreeSet<Side>, engagement: Option<Engagement>) -> bool {
        let both = [Side::Package, Side::Bill].iter().all(|side| sides.contains(side));
        engagement.is_some_and(|engagement| self.engagements.contains(&engagement)) && !both
    }
}
