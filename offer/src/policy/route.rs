//! The route of an offer: steps in, steps out, and why for both.

use super::condition::{Outcome, Reason};
use super::{Rule, Who};
use crate::check::Finding;
use crate::field::{FieldKey, FieldTable};
use crate::id::{RuleKey, StepKey};
use crate::playbook::Playbook;
use crate::terms::Terms;
use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

/// Who must decide an offer, and who need not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// Steps in, in an order in which each comes after those it waits for.
    pub steps: Vec<RouteStep>,
    /// Steps of the engagement's rules that are not needed.
    pub left_out: Vec<StepLeftOut>,
}

/// A step of a route.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RouteStep {
    /// The step.
    pub step: StepKey,
    /// Who decides.
    pub who: Who,
    /// The rules that ask for it.
    pub rules: Vec<RuleKey>,
    /// Why they do.
    pub because: Vec<Reason>,
    /// Steps of this route that come first.
    pub after: Vec<StepKey>,
    /// Business hours in which the decision is expected.
    pub sla_hours: u32,
    /// The material fields that this step decides: what its approval stands for.
    pub decides: Vec<FieldKey>,
}

/// A step that is not needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepLeftOut {
    /// The step.
    pub step: StepKey,
    /// Why not.
    pub because: Vec<Reason>,
}

impl Route {
    /// One step.
    pub fn step(&self, key: &StepKey) -> Option<&RouteStep> {
        self.steps.iter().find(|step| step.step == *key)
    }
}

/// The route that a playbook gives to terms and what was found about them.
pub fn route(terms: &Terms, findings: &[Finding], playbook: &Playbook, table: &FieldTable) -> Route {
    let Some(engagement) = terms.engagement() else { return Route::default() };
    let mut wanted: BTreeMap<&StepKey, Vec<(&Rule, Vec<Reason>)>> = BTreeMap::new();
    let mut refused: BTreeMap<&StepKey, Vec<Reason>> = BTreeMap::new();
    for rule in playbook.rules.iter().filter(|rule| rule.counts_for(engagement)) {
        match rule.when.outcome(terms, findings, table) {
            // INVARIANT (a rule never vanishes): what cannot be told requires its step
            Outcome::Holds(because) | Outcome::CannotTell(because) => wanted.entry(&rule.step.key).or_default().push((rule, because)),
            Outcome::Fails(because) => refused.entry(&rule.step.key).or_default().extend(because),
        }
    }
    let keys: BTreeSet<&StepKey> = wanted.keys().copied().collect();
    let decides = decided_fields(&keys, terms, playbook, table);
    let steps = wanted
        .iter()
        .filter_map(|(key, rules)| {
            let (first, _) = rules.first()?;
            let after: BTreeSet<StepKey> =
                rules.iter().flat_map(|(rule, _)| &rule.step.after).filter(|after| keys.contains(after)).cloned().collect();
            Some(RouteStep {
                step: (*key).clone(),
                who: first.step.who.clone(),
                rules: rules.iter().map(|(rule, _)| rule.key.clone()).collect(),
                because: rules.iter().flat_map(|(_, because)| because.clone()).collect(),
                after: after.into_iter().collect(),
                sla_hours: rules.iter().map(|(rule, _)| rule.step.sla_hours).min().unwrap_or_default(),
                decides: decides.get(*key).cloned().unwrap_or_default(),
            })
        })
        .collect();
    let left_out = refused
        .into_iter()
        .filter(|(key, _)| !wanted.contains_key(key))
        .map(|(key, because)| StepLeftOut { step: key.clone(), because })
        .collect();
    Route { steps: in_order(steps), left_out }
}

/// INVARIANT (one decider): each material field that exists for the engagement is decided by the first of its deciders with a step.
fn decided_fields(keys: &BTreeSet<&StepKey>, terms: &Terms, playbook: &Playbook, table: &FieldTable) -> BTreeMap<StepKey, Vec<FieldKey>> {
    let mut decides: BTreeMap<StepKey, Vec<FieldKey>> = BTreeMap::new();
    for group in &playbook.deciders {
        if let Some(decider) = group.steps.iter().find(|step| keys.contains(step)) {
            let exists = |key: &&FieldKey| {
                table.get(key).is_some_and(|spec| terms.engagement().is_some_and(|engagement| spec.applies_to(engagement)))
            };
            decides.entry(decider.clone()).or_default().extend(group.fields.iter().filter(exists).cloned());
        }
    }
    decides
}

/// Steps so that each stands after those it waits for; a circle, which publication refuses, keeps its given order.
fn in_order(mut waiting: Vec<RouteStep>) -> Vec<RouteStep> {
    let mut ordered: Vec<RouteStep> = Vec::new();
    while !waiting.is_empty() {
        let placed: BTreeSet<StepKey> = ordered.iter().map(|step| step.step.clone()).collect();
        let (ready, rest): (Vec<_>, Vec<_>) = waiting.into_iter().partition(|step| step.after.iter().all(|after| placed.contains(after)));
        if ready.is_empty() {
            ordered.extend(rest);
            break;
        }
        ordered.extend(ready);
        waiting = rest;
    }
    ordered
}
