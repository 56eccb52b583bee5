//! Keyed items: what makes an item of a section the same item in the next version.

use super::{Band, Client, ContingencyRule, CustomField, Deciders, GateOverride, GrantRow, Playbook, Recipient, Team};
use crate::access::{EditRow, RoleSheet};
use crate::packet::{Clause, Template};
use crate::policy::Rule;

/// An item of a section, found by its key in every version.
pub trait Keyed {
    /// Its key, unique in its section for ever.
    fn item_key(&self) -> String;
}

macro_rules! keyed { ($($item:ident by $field:ident),* $(,)?) => {
    $(impl Keyed for $item {
        fn item_key(&self) -> String {
            self.$field.to_string()
        }
    })*
}; }

keyed! {
    CustomField by key, GateOverride by field, Client by code, Rule by key, Deciders by key, RoleSheet by key, GrantRow by key, EditRow by key, Team by key,
    ContingencyRule by key, Recipient by key, Template by key, Clause by key,
}

impl Keyed for Band {
    /// Department, level, state and basis: together they make a band the same band.
    fn item_key(&self) -> String {
        format!("{}/{}/{}/{}", self.department, self.level, self.state, self.basis.code())
    }
}

impl Playbook {
    /// Brings every section into the order of its keys, so that equal playbooks are equal text.
    pub fn sort(&mut self) {
        fn by_key(items: &mut [impl Keyed]) {
            items.sort_by_cached_key(Keyed::item_key);
        }
        by_key(&mut self.fields);
        by_key(&mut self.gates);
        by_key(&mut self.bands);
        by_key(&mut self.clients);
        by_key(&mut self.rules);
        by_key(&mut self.deciders);
        by_key(&mut self.roles);
        by_key(&mut self.grants);
        by_key(&mut self.edits);
        by_key(&mut self.teams);
        by_key(&mut self.contingencies);
        by_key(&mut self.recipients);
        by_key(&mut self.templates);
        by_key(&mut self.clauses);
    }

    /// The playbook in the order of its keys.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.sort();
        self
    }
}
