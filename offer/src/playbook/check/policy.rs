//! Rules and deciders: every test reads, no step waits for itself, and every material field is decided on every offer (law 7).

use super::Checking;
use crate::engagement::Engagement;
use crate::field::{FieldKey, Kind};
use crate::id::StepKey;
use crate::intake;
use crate::money::BasisPoints;
use crate::playbook::faults::{Fault, Path};
use crate::policy::test::has_order;
use crate::policy::{Condition, FieldTest, FieldsTest, FigureTest, Relation, Rule, StepSpec, Test, Who};
use std::collections::{BTreeMap, BTreeSet};

pub(super) fn check(checking: &mut Checking<'_>) {
    let playbook = checking.playbook;
    let mut whose: BTreeMap<&StepKey, &Rule> = BTreeMap::new();
    for (index, rule) in playbook.rules.iter().enumerate() {
        let path = Path::of("rules").item(index, rule.key.as_str());
        condition(checking, &path.at("when"), &rule.when);
        step(checking, &path.at("step"), &rule.step);
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
        Condition::Field(FieldTest { key, test }) => field_test(checking, &path.at("field"), key, test),
        Condition::Fields(test) => fields_test(checking, &path.at("fields"), test),
        Condition::Figure(test) => figure_test(checking, &path.at("figure"), test),
        Condition::Not(part) => condition(checking, &path.at("not"), part),
        Condition::All(parts) | Condition::Any(parts) => {
            let path = path.at(if matches!(condition_, Condition::All(_)) { "all" } else { "any" });
            checking.say_if(parts.is_empty(), path.clone(), Fault::ConditionEmpty);
            for (index, part) in parts.iter().enumerate() {
                condition(checking, &path.index(index), part);
            }
        }
    }
}

/// A test is held to the field as if its text were typed into it.
fn field_test(checking: &mut Checking<'_>, path: &Path, key: &FieldKey, test: &Test) {
    let table = checking.table;
    let Some(spec) = table.get(key) else {
        checking.say(path.at("key"), Fault::UnknownField { field: key.clone() });
        return;
    };
    let path = path.at("test");
    let compares = !matches!(test, Test::Filled);
    checking.say_if(compares && test.texts().is_empty(), path.clone(), Fault::ConditionEmpty);
    // law 11: a rule never names a person, and no reason repeats what is sealed under a person's key
    if spec.kind == Kind::Person && compares {
        return checking.say(path, Fault::NamesAPerson);
    }
    checking.say_if(spec.is_private() && compares, path.clone(), Fault::TestPrivate { field: key.clone() });
    if !test.fits(&spec.kind) {
        return checking.say(path, Fault::TestUnfit { field: key.clone() });
    }
    for text in test.texts() {
        let reads = intake::read_value(text, spec).is_ok() && !text.trim().is_empty();
        checking.say_if(!reads, path.clone(), Fault::TestUnreadable { field: key.clone(), text: text.clone() });
    }
}

/// Two fields are compared when they hold the same kind of value; more and less only where there is an order.
fn fields_test(checking: &mut Checking<'_>, path: &Path, test: &FieldsTest) {
    let table = checking.table;
    let mut kinds = Vec::new();
    for (name, key) in [("one", &test.one), ("other", &test.other)] {
        match table.get(key) {
            None => checking.say(path.at(name), Fault::UnknownField { field: key.clone() }),
            Some(spec) => {
                checking.say_if(spec.is_private(), path.at(name), Fault::TestPrivate { field: key.clone() });
                kinds.push(&spec.kind);
            }
        }
    }
    let [one, other] = kinds.as_slice() else { return };
    let unfit = one != other || test.is.is_ordered() && !has_order(one);
    checking.say_if(unfit, path.at("is"), Fault::FieldsUnfit { one: test.one.clone(), other: test.other.clone() });
    let scales = matches!(one, Kind::Money | Kind::Percent | Kind::Number) && test.is.is_ordered();
    let by = test.by.0;
    checking.say_if(by != 0 && !scales, path.at("by"), Fault::FieldsUnfit { one: test.one.clone(), other: test.other.clone() });
    checking.say_if(!(0..=10 * BasisPoints::WHOLE).contains(&by), path.at("by"), Fault::PercentOutOfRange);
}

fn figure_test(checking: &mut Checking<'_>, path: &Path, test: &FigureTest) {
    let path = path.at("test");
    // every figure has an order, and is neither text nor codes
    let fits = test.test.fits(&Kind::Money);
    checking.say_if(!fits, path.clone(), Fault::FigureUnfit { figure: test.key });
    for text in test.test.texts().iter().filter(|_| fits) {
        let reads = test.key.read(text).is_some();
        checking.say_if(!reads, path.clone(), Fault::FigureUnreadable { figure: test.key, text: text.clone() });
    }
}

/// What a step asks of its people can be done, and never by whoever asks.
fn step(checking: &mut Checking<'_>, path: &Path, spec: &StepSpec) {
    checking.say_if(spec.sla_hours == 0, path.at("sla-hours"), Fault::NotPositive);
    checking.say_if(spec.quorum == 0, path.at("quorum"), Fault::NotPositive);
    checking.say_if(spec.remind_hours == Some(0), path.at("remind-hours"), Fault::NotPositive);
    let late = spec.remind_hours.is_some_and(|hours| hours >= spec.sla_hours);
    checking.say_if(late, path.at("remind-hours"), Fault::RemindsTooLate);
    let one_person = matches!(spec.who, Who::Relation(_) | Who::ManagerOf(_));
    checking.say_if(one_person && spec.quorum > 1, path.at("quorum"), Fault::QuorumOfOne);
    checking.say_if(spec.who == Who::Relation(Relation::Recruiter), path.at("who"), Fault::RecruiterDecides);
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
