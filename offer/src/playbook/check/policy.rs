//! Rules and deciders: every test reads, no step waits for itself, and every material field is decided on every offer (law 7).

use super::Checking;
use crate::engagement::Engagement;
use crate::field::{FieldKey, Kind};
use crate::id::StepKey;
use crate::intake;
use crate::playbook::faults::{Fault, Path};
use crate::policy::{Condition, FieldTest, Rule, Test};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(checking: &mut Checking<'_>) {
    let playbook = checking.playbook;
    let mut whose: BTreeMap<&StepKey, &Rule> = BTreeMap::new();
    for (index, rule) in playbook.rules.iter().enumerate() {
        let path = Path::of("rules").item(index, rule.key.as_str());
        condition(checking, &path.at("when"), &rule.when);
        checking.say_if(rule.step.sla_hours == 0, path.at("step").at("sla-hours"), Fault::NotPositive);
        let first = whose.entry(&rule.step.key).or_insert(rule);
        let of_two = first.step.who != rule.step.who;
        checking.say_if(of_two, path.at("step").at("who"), Fault::StepOfTwo { step: rule.step.key.clone() });
    }
    circles(checking);
    groups(checking);
    undecided(checking);
}

fn condition(checking: &mut Checking<'_>, path: &Path, condition_: &Condition) {
    match condition_ {
        Condition::Always | Condition::Finding(_) => {}
        Condition::Field(test) => field_test(checking, path, test),
        Condition::Not(part) => condition(checking, path, part),
        Condition::All(parts) | Condition::Any(parts) => {
            checking.say_if(parts.is_empty(), path.clone(), Fault::ConditionEmpty);
            for part in parts {
                condition(checking, path, part);
            }
        }
    }
}

/// A test is held to the field as if its text were typed into it.
fn field_test(checking: &mut Checking<'_>, path: &Path, test: &FieldTest) {
    let table = checking.table;
    let Some(spec) = table.get(&test.key) else {
        checking.say(path.clone(), Fault::UnknownField { field: test.key.clone() });
        return;
    };
    let (texts, ordered): (Vec<&String>, bool) = match &test.test {
        Test::Filled => (Vec::new(), false),
        Test::Is(text) => (vec![text], false),
        Test::OneOf(texts) => {
            checking.say_if(texts.is_empty(), path.clone(), Fault::ConditionEmpty);
            (texts.iter().collect(), false)
        }
        Test::AtLeast(text) | Test::AtMost(text) | Test::MoreThan(text) | Test::LessThan(text) => (vec![text], true),
    };
    // law 11: a rule never names a person
    checking.say_if(spec.kind == Kind::Person && !texts.is_empty(), path.clone(), Fault::NamesAPerson);
    let has_order = matches!(spec.kind, Kind::Money | Kind::Percent | Kind::Number | Kind::Date | Kind::LocalTime);
    checking.say_if(ordered && !has_order, path.clone(), Fault::TestUnfit { field: test.key.clone() });
    for text in texts {
        let reads = intake::read_value(text, spec).is_ok() && !text.trim().is_empty();
        checking.say_if(!reads, path.clone(), Fault::TestUnreadable { field: test.key.clone(), text: text.clone() });
    }
}

/// Steps of an engagement that can never open because they wait for one another.
fn circles(checking: &mut Checking<'_>) {
    for engagement in Engagement::ALL {
        let rules: Vec<&Rule> = checking.playbook.rules.iter().filter(|rule| rule.counts_for(engagement)).collect();
        let mut waiting: BTreeMap<&StepKey, BTreeSet<&StepKey>> = BTreeMap::new();
        for rule in &rules {
            waiting.entry(&rule.step.key).or_default().extend(&rule.step.after);
        }
        loop {
            let keys: BTreeSet<&StepKey> = waiting.keys().copied().collect();
            let stuck = waiting.len();
            waiting.retain(|_, after| after.iter().any(|step| keys.contains(step)));
            if waiting.len() == stuck {
                break;
            }
        }
        if !waiting.is_empty() {
            let steps = waiting.keys().map(|step| (*step).clone()).collect();
            checking.say(Path::of("rules"), Fault::StepCircle { engagement, steps });
        }
    }
}

/// The last decider with a step in an engagement is asked on every offer of it; a field stands in one group only.
fn groups(checking: &mut Checking<'_>) {
    let (playbook, table) = (checking.playbook, checking.table);
    let mut group_of: BTreeMap<&FieldKey, &str> = BTreeMap::new();
    for (index, group) in playbook.deciders.iter().enumerate() {
        let path = Path::of("deciders").item(index, &group.key);
        for (place, field) in group.fields.iter().enumerate() {
            let here = path.at("fields").index(place);
            if let Some(other) = group_of.get(field).filter(|other| **other != group.key) {
                checking.say(here.clone(), Fault::FieldDecidedTwice { field: field.clone(), other: (*other).to_owned() });
            }
            group_of.insert(field, &group.key);
            let decides_nothing = table.get(field).is_some_and(|spec| !spec.material);
            checking.say_if(decides_nothing, here, Fault::FieldNotMaterial { field: field.clone() });
        }
        for engagement in Engagement::ALL {
            let here = group.fields.iter().filter_map(|field| table.get(field)).any(|spec| spec.material && spec.applies_to(engagement));
            let rules = || playbook.rules.iter().filter(|rule| rule.counts_for(engagement));
            let last = group.steps.iter().rev().find(|step| rules().any(|rule| rule.step.key == **step));
            let asked_always = last.is_some_and(|last| rules().any(|rule| rule.step.key == *last && rule.when == Condition::Always));
            let fault = Fault::LastDeciderConditional { engagement, step: last.cloned() };
            checking.say_if(here && !asked_always, path.at("steps"), fault);
        }
    }
}

fn undecided(checking: &mut Checking<'_>) {
    let (playbook, table) = (checking.playbook, checking.table);
    for spec in table.iter().filter(|spec| spec.material) {
        if !playbook.deciders.iter().any(|group| group.fields.contains(&spec.key)) {
            let fault = Fault::FieldUndecided { field: spec.key.clone(), engagements: spec.engagements.to_vec() };
            checking.say(Path::of("deciders"), fault);
        }
    }
}
