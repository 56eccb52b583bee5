//! Properties of coverage: whatever changes, exactly the approvals that stand for it fall.

use offer::field::{self, FieldKey, FieldTable};
use offer::id::{RuleKey, StepKey, role};
use offer::intake;
use offer::money::Money;
use offer::policy::{ApprovedRange, Because, Coverage, RangeFrom, Reopening, RouteStep, RuleRef, Verdict, Who};
use offer::terms::{Entries, Terms, Value};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

const FIELDS: [FieldKey; 6] = [field::PAY_BASE, field::SIGN_ON, field::BONUS_TARGET, field::RELOCATION, field::BILL_RATE, field::PER_DIEM];

fn terms(amounts: &BTreeMap<usize, i64>) -> Terms {
    let mut entries = Entries::default();
    for (index, cents) in amounts {
        entries.set(FIELDS[*index].clone(), Money::cents(*cents).to_string());
    }
    intake::read_what_stands(&entries, &FieldTable::default())
}

fn amounts() -> impl Strategy<Value = BTreeMap<usize, i64>> {
    prop::collection::btree_map(0_usize..6, 1_i64..40, 0..6)
}

fn some_fields() -> impl Strategy<Value = BTreeSet<usize>> {
    prop::collection::btree_set(0_usize..6, 0..6)
}

fn keys(fields: &BTreeSet<usize>) -> Vec<FieldKey> {
    fields.iter().map(|index| FIELDS[*index].clone()).collect()
}

fn step(decides: &BTreeSet<usize>, inputs: &BTreeSet<usize>, rules: &[&'static str]) -> RouteStep {
    let because = |rule: &&'static str| Because { rule: RuleRef { rule: RuleKey::named(rule), version: 1 }, reasons: Vec::new() };
    RouteStep {
        decides: keys(decides),
        inputs: keys(inputs),
        because: rules.iter().map(because).collect(),
        ..RouteStep::new(StepKey::named("finance"), Who::Role(role::FINANCE))
    }
}

/// A range around some fields of these amounts.
fn ranges(spans: &BTreeMap<usize, (i64, i64)>, at: &BTreeMap<usize, i64>) -> Vec<ApprovedRange> {
    let range = |(index, (below, above)): (&usize, &(i64, i64))| {
        let cents = *at.get(index)?;
        let end = |cents| Some(Value::Money(Money::cents(cents)));
        let (low, high) = (end(cents - below), end(cents + above));
        Some(ApprovedRange { field: FIELDS[*index].clone(), low, high, from: RangeFrom::Approver })
    };
    spans.iter().filter_map(range).collect()
}

fn spans() -> impl Strategy<Value = BTreeMap<usize, (i64, i64)>> {
    prop::collection::btree_map(0_usize..6, (0_i64..20, 0_i64..20), 0..4)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_change_outside_a_coverage_never_re_opens_it_and_inside_always_does_unless_in_a_range(
        before in amounts(), after in amounts(), decides in some_fields(), inputs in some_fields(), spans in spans(),
    ) {
        let ranges = ranges(&spans, &before);
        let step = step(&decides, &inputs, &["r"]);
        let coverage = Coverage::of(&step, &terms(&before), 1, ranges.clone(), [7; 16]);
        let left: BTreeSet<FieldKey> = (0..6)
            .filter(|index| decides.contains(index) || inputs.contains(index))
            .filter(|index| before.get(index) != after.get(index))
            .filter(|index| {
                let range = ranges.iter().find(|range| range.field == FIELDS[*index]);
                !range.is_some_and(|range| after.get(index).is_some_and(|cents| {
                    let value = Some(Value::Money(Money::cents(*cents)));
                    range.low <= value && value <= range.high
                }))
            })
            .map(|index| FIELDS[index].clone())
            .collect();
        match coverage.after(&step, &terms(&before), &terms(&after)) {
            Verdict::Stands(_) => prop_assert!(left.is_empty(), "{left:?} left and it stands"),
            Verdict::Reopens(because) => {
                let told: BTreeSet<FieldKey> = because.iter().filter_map(|because| match because {
                    Reopening::Left { field, .. } => Some(field.clone()),
                    _ => None,
                }).collect();
                prop_assert_eq!(told, left);
            }
        }
    }

    #[test]
    fn going_back_to_the_approved_values_always_stands(
        before in amounts(), decides in some_fields(), inputs in some_fields(), spans in spans(),
    ) {
        let step = step(&decides, &inputs, &["r"]);
        let coverage = Coverage::of(&step, &terms(&before), 1, ranges(&spans, &before), [7; 16]);
        prop_assert_eq!(coverage.after(&step, &terms(&before), &terms(&before)), Verdict::Stands(Vec::new()));
        prop_assert!(coverage.is_of(&terms(&before)));
    }

    #[test]
    fn an_approval_answers_only_for_what_its_step_covers_in_the_newer_route(
        before in amounts(), after in amounts(), decides in some_fields(), fewer in some_fields(),
    ) {
        let coverage = Coverage::of(&step(&decides, &BTreeSet::new(), &["r"]), &terms(&before), 1, Vec::new(), [7; 16]);
        let now: BTreeSet<usize> = decides.intersection(&fewer).copied().collect();
        let verdict = coverage.after(&step(&now, &BTreeSet::new(), &["r"]), &terms(&before), &terms(&after));
        let changed = now.iter().any(|index| before.get(index) != after.get(index));
        prop_assert_eq!(matches!(verdict, Verdict::Reopens(_)), changed);
    }

    #[test]
    fn a_field_that_was_never_approved_or_a_rule_that_never_asked_always_re_opens(
        before in amounts(), decides in some_fields(), more in 0_usize..6,
    ) {
        let coverage = Coverage::of(&step(&decides, &BTreeSet::new(), &["r"]), &terms(&before), 1, Vec::new(), [7; 16]);
        let mut wider = decides.clone();
        let is_new = wider.insert(more);
        let verdict = coverage.after(&step(&wider, &BTreeSet::new(), &["r"]), &terms(&before), &terms(&before));
        prop_assert_eq!(matches!(verdict, Verdict::Reopens(_)), is_new);
        let verdict = coverage.after(&step(&decides, &BTreeSet::new(), &["r", "s"]), &terms(&before), &terms(&before));
        prop_assert!(matches!(verdict, Verdict::Reopens(_)));
    }

    #[test]
    fn two_approvals_of_the_same_values_have_different_digests(before in amounts(), one in any::<[u8; 16]>(), other in any::<[u8; 16]>()) {
        prop_assume!(one != other);
        let step = step(&(0..6).collect(), &BTreeSet::new(), &[]);
        let digest = |salt| Coverage::of(&step, &terms(&before), 1, Vec::new(), salt).digest;
        prop_assert_ne!(digest(one), digest(other));
    }
}
