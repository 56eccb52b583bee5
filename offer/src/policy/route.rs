//! The route of an offer: steps in, steps out, and why for both.

use super::condition::{Case, Outcome};
use super::reason::{Because, Reason, RuleRef};
use super::{Rejection, Rule, StepStage, Who};
use crate::check::Assessment;
use crate::engagement::Engagement;
use crate::field::{FieldKey, FieldTable};
use crate::id::{PersonId, StepKey};
use crate::intake::Problem;
use crate::playbook::{Deciders, Playbook};
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
    /// How many of them must approve.
    pub quorum: u32,
    /// What one rejection does.
    pub rejection: Rejection,
    /// Comp and budget alignment, or approval.
    pub stage: StepStage,
    /// The rules that ask for it, each with why.
    pub because: Vec<Because>,
    /// Steps of this route that come first.
    pub after: Vec<StepKey>,
    /// Business hours in which the decision is expected.
    pub sla_hours: u32,
    /// Business hours after which whoever it waits on is reminded.
    pub remind_hours: u32,
    /// Who hears of it when it is overdue; whoever asked, when nobody.
    pub escalate_to: Option<Who>,
    /// The material fields that this step decides.
    pub decides: Vec<FieldKey>,
    /// The other fields of which the reasons that ask for it are made, as far as they are about what it decides: where pay lies in its band
    /// needs level and place. With those decided they are what its approval stands for.
    pub inputs: Vec<FieldKey>,
}

impl RouteStep {
    /// A step that one of them decides, and of which nothing else is known yet.
    pub fn new(step: StepKey, who: Who) -> Self {
        Self {
            step,
            stage: StepStage::of(&who),
            who,
            quorum: 1,
            rejection: Rejection::Veto,
            because: Vec::new(),
            after: Vec::new(),
            sla_hours: 0,
            remind_hours: 0,
            escalate_to: None,
            decides: Vec::new(),
            inputs: Vec::new(),
        }
    }

    /// The rules that ask for it.
    pub fn rules(&self) -> impl Iterator<Item = &RuleRef> {
        self.because.iter().map(|because| &because.rule)
    }

    /// Why they do.
    pub fn reasons(&self) -> impl Iterator<Item = &Reason> {
        self.because.iter().flat_map(|because| &because.reasons)
    }

    /// What an approval of it stands for: the fields that it decides, and those of which its reasons are made.
    pub fn covers(&self) -> BTreeSet<&FieldKey> {
        self.decides.iter().chain(&self.inputs).collect()
    }
}

/// A step that is not needed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StepLeftOut {
    /// The step.
    pub step: StepKey,
    /// The rules that could have asked for it, each with why it does not.
    pub because: Vec<Because>,
}

impl StepLeftOut {
    /// Why not.
    pub fn reasons(&self) -> impl Iterator<Item = &Reason> {
        self.because.iter().flat_map(|because| &because.reasons)
    }
}

impl Route {
    /// The route of a draft, of which some fields are missing or do not read yet: a step that was left out for what they do not say is not
    /// told to be left out.
    #[must_use]
    pub fn while_open(mut self, problems: &[Problem]) -> Self {
        let is_open = |field: &FieldKey| problems.iter().any(|problem| problem.field == *field);
        self.left_out.retain(|out| !out.reasons().flat_map(Reason::looks_at).any(|field| is_open(&field)));
        self
    }

    /// Who wrote any of what its steps decide, by who wrote each field.
    pub fn writers<'a>(&self, hands: &'a BTreeMap<FieldKey, PersonId>) -> BTreeSet<&'a PersonId> {
        self.steps.iter().flat_map(|step| &step.decides).filter_map(|field| hands.get(field)).collect()
    }

    /// One step.
    pub fn step(&self, key: &StepKey) -> Option<&RouteStep> {
        self.steps.iter().find(|step| step.step == *key)
    }
}

/// What decides a route: rules, and who decides which material fields.
#[derive(Clone, Copy, Debug)]
pub struct Policy<'a> {
    /// The rules.
    pub rules: &'a [Rule],
    /// Who decides which material fields.
    pub deciders: &'a [Deciders],
}

impl<'a> From<&'a Playbook> for Policy<'a> {
    fn from(playbook: &'a Playbook) -> Self {
        Self { rules: &playbook.rules, deciders: &playbook.deciders }
    }
}

/// The route that a policy, such as a playbook's, gives to terms and what is known about them.
pub fn route<'a>(terms: &Terms, assessment: &Assessment, policy: impl Into<Policy<'a>>, table: &FieldTable) -> Route {
    let Policy { rules, deciders } = policy.into();
    let Some(engagement) = terms.engagement() else { return Route::default() };
    let case = Case { terms, assessment, engagement, table };
    let mut wanted: BTreeMap<&StepKey, Vec<(&Rule, Because)>> = BTreeMap::new();
    let mut refused: BTreeMap<&StepKey, Vec<Because>> = BTreeMap::new();
    for rule in rules.iter().filter(|rule| rule.counts_for(engagement)) {
        match rule.when.outcome(case) {
            // INVARIANT (a rule never vanishes): what cannot be told requires its step
            Outcome::Holds(reasons) | Outcome::CannotTell(reasons) => {
                wanted.entry(&rule.step.key).or_default().push((rule, Because { rule: rule.reference(), reasons }));
            }
            Outcome::Fails(reasons) => {
                refused.entry(&rule.step.key).or_default().push(Because { rule: rule.reference(), reasons });
            }
        }
    }
    let keys: BTreeSet<&StepKey> = wanted.keys().copied().collect();
    let mut decides = decided_fields(&keys, engagement, deciders, table);
    let left_out = refused
        .into_iter()
        .filter(|(key, _)| !wanted.contains_key(key))
        .map(|(key, because)| StepLeftOut { step: key.clone(), because })
        .collect();
    let steps: Vec<RouteStep> =
        wanted.into_iter().filter_map(|(key, asking)| step(asking, &keys, decides.remove(key).unwrap_or_default())).collect();
    Route { steps: in_order(steps), left_out }
}

/// What several rules ask of one step: the most of each.
fn step(asking: Vec<(&Rule, Because)>, keys: &BTreeSet<&StepKey>, decides: Vec<FieldKey>) -> Option<RouteStep> {
    let (rules, because): (Vec<&Rule>, Vec<Because>) = asking.into_iter().unzip();
    let first = rules.first()?;
    let specs = || rules.iter().map(|rule| &rule.step);
    let after: BTreeSet<&StepKey> = specs().flat_map(|spec| &spec.after).filter(|after| keys.contains(after)).collect();
    let sla_hours = specs().map(|spec| spec.sla_hours).min().unwrap_or_default();
    let decided = |field: &FieldKey| decides.contains(field);
    let reasons = because.iter().flat_map(|because| &because.reasons);
    let inputs: BTreeSet<FieldKey> = reasons.flat_map(|reason| reason.inputs(decided)).filter(|field| !decided(field)).collect();
    Some(RouteStep {
        step: first.step.key.clone(),
        who: first.step.who.clone(),
        quorum: specs().map(|spec| spec.quorum).max().unwrap_or(1).max(1),
        rejection: if specs().any(|spec| spec.rejection == Rejection::Veto) { Rejection::Veto } else { Rejection::Counted },
        stage: specs().find_map(|spec| spec.stage).unwrap_or_else(|| StepStage::of(&first.step.who)),
        because,
        after: after.into_iter().cloned().collect(),
        sla_hours,
        remind_hours: specs().filter_map(|spec| spec.remind_hours).min().unwrap_or(sla_hours / 2),
        escalate_to: specs().find_map(|spec| spec.escalate_to.clone()),
        decides,
        inputs: inputs.into_iter().collect(),
    })
}

/// INVARIANT (one decider): each material field that exists for the engagement is decided by the first of its deciders with a step.
fn decided_fields<'a>(
    keys: &BTreeSet<&StepKey>,
    engagement: Engagement,
    deciders: &'a [Deciders],
    table: &FieldTable,
) -> BTreeMap<&'a StepKey, Vec<FieldKey>> {
    let mut decides: BTreeMap<&StepKey, Vec<FieldKey>> = BTreeMap::new();
    for group in deciders {
        if let Some(decider) = group.steps.iter().find(|step| keys.contains(step)) {
            let exists = |key: &&FieldKey| table.get(key).is_some_and(|spec| spec.applies_to(engagement));
            decides.entry(decider).or_default().extend(group.fields.iter().filter(exists).cloned());
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
