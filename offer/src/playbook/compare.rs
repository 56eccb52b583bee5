//! What differs between two playbooks, item by item.

use super::{Keyed, Playbook};
use serde::Serialize;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// One item that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct ItemChange {
    /// Its section, as the document names it.
    pub section: &'static str,
    /// Its key; empty for a section that is one table.
    pub key: String,
    /// What happened to it.
    #[serde(flatten)]
    pub what: WhatChanged,
}

/// What happened to an item.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum WhatChanged {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says something else.
    Changed {
        /// Where, and what it said.
        paths: Vec<PathChange>,
    },
}

/// One value of an item that differs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PathChange {
    /// Where in the item: `step.sla-hours`.
    pub path: String,
    /// What stood there; nothing when it was not there.
    pub from: Option<Value>,
    /// What stands there now; nothing when it is gone.
    pub to: Option<Value>,
}

/// What changed from one playbook to a later one. Order means nothing.
pub fn diff(from: &Playbook, to: &Playbook) -> Vec<ItemChange> {
    let mut changes = Vec::new();
    changes.extend(table("firm", &from.firm, &to.firm));
    changes.extend(table("working-time", &from.working_time, &to.working_time));
    changes.extend(table("signing", &from.signing, &to.signing));
    changes.extend(table("rescission", &from.rescission, &to.rescission));
    changes.extend(items("fields", &from.fields, &to.fields));
    changes.extend(items("gates", &from.gates, &to.gates));
    changes.extend(items("bands", &from.bands, &to.bands));
    changes.extend(items("clients", &from.clients, &to.clients));
    // the number of a rule is counted by publication, and says nothing
    let plain = |playbook: &Playbook| playbook.clone().unnumbered().rules;
    changes.extend(items("rules", &plain(from), &plain(to)));
    changes.extend(items("deciders", &from.deciders, &to.deciders));
    changes.extend(items("roles", &from.roles, &to.roles));
    changes.extend(items("grants", &from.grants, &to.grants));
    changes.extend(items("edits", &from.edits, &to.edits));
    changes.extend(table("double-blind", &from.double_blind, &to.double_blind));
    changes.extend(table("retention", &from.retention, &to.retention));
    changes.extend(items("teams", &from.teams, &to.teams));
    changes.extend(items("contingencies", &from.contingencies, &to.contingencies));
    changes.extend(items("recipients", &from.recipients, &to.recipients));
    changes.extend(items("templates", &from.templates, &to.templates));
    changes.extend(items("clauses", &from.clauses, &to.clauses));
    changes
}

fn table(section: &'static str, from: &impl Serialize, to: &impl Serialize) -> Option<ItemChange> {
    let paths = paths(from, to);
    (!paths.is_empty()).then(|| ItemChange { section, key: String::new(), what: WhatChanged::Changed { paths } })
}

/// The items of a section that differ, by key.
fn items<T: Keyed + Serialize + PartialEq>(section: &'static str, from: &[T], to: &[T]) -> Vec<ItemChange> {
    let mut both: BTreeMap<String, (Option<&T>, Option<&T>)> = BTreeMap::new();
    for item in from {
        both.entry(item.item_key()).or_default().0 = Some(item);
    }
    for item in to {
        both.entry(item.item_key()).or_default().1 = Some(item);
    }
    both.into_iter()
        .filter_map(|(key, versions)| {
            let what = match versions {
                (None, _) => WhatChanged::Added,
                (_, None) => WhatChanged::Removed,
                (Some(old), Some(new)) if old == new => return None,
                (Some(old), Some(new)) => WhatChanged::Changed { paths: paths(old, new) },
            };
            Some(ItemChange { section, key, what })
        })
        .collect()
}

fn paths(from: &impl Serialize, to: &impl Serialize) -> Vec<PathChange> {
    let (from, to) = (serde_json::to_value(from).ok(), serde_json::to_value(to).ok());
    let mut found = Vec::new();
    walk("", from.as_ref(), to.as_ref(), &mut found);
    found
}

/// Tables are compared name by name, lists as a whole.
fn walk(path: &str, from: Option<&Value>, to: Option<&Value>, found: &mut Vec<PathChange>) {
    match (from, to) {
        (from, to) if from == to => {}
        (Some(Value::Object(old)), Some(Value::Object(new))) => {
            let names: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
            for name in names {
                let inner = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
                walk(&inner, old.get(name), new.get(name), found);
            }
        }
        (from, to) => found.push(PathChange { path: path.to_owned(), from: from.cloned(), to: to.cloned() }),
    }
}
