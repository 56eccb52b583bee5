//! What drafts and offers both show: findings, figures, the route with its reasons, boxes for reasons.

use leptos::prelude::*;
use offer::check::Finding;
use offer::field::FieldTable;
use offer::policy::{RouteStep, StepLeftOut};

use super::{Ask, Question};
use crate::desk::Computed;
use crate::parts::{Control, FieldSet, FindingRow, Route, RouteOut, RouteStep as StepRow, TermRow, TermState};
use crate::words::en::{field, finding, money, reason, role, staff as words};

/// Findings as rows, strongest first.
pub fn finding_rows(findings: &[Finding], table: &FieldTable) -> Vec<FindingRow> {
    let mut findings: Vec<&Finding> = findings.iter().collect();
    findings.sort_by_key(|found| std::cmp::Reverse(found.strength));
    findings
        .into_iter()
        .map(|found| FindingRow {
            strength: finding::strength_code(found.strength),
            strength_text: finding::strength(found.strength).to_owned(),
            text: finding::fact(&found.fact),
            figures: Some(field::label_of(&found.field, table)),
        })
        .collect()
}

/// A box for the reason of every finding that goes ahead as an exception.
pub fn reason_boxes(ask: &Ask, findings: &[Finding]) -> Option<AnyView> {
    let boxes: Vec<AnyView> = findings
        .iter()
        .filter(|found| found.is_exception())
        .map(|found| {
            ask.field(Question {
                name: format!("reasons[{};{}]", found.fact.kind().code(), found.field),
                label: words::WHY_AHEAD.to_owned(),
                control: Control::Long,
                hint: finding::fact(&found.fact).into(),
                required: true,
                ..Question::default()
            })
        })
        .collect();
    (!boxes.is_empty()).then(|| view! { <FieldSet legend=words::EXCEPTIONS hint=words::EXCEPTIONS_HINT>{boxes}</FieldSet> }.into_any())
}

/// Figures that are computed from terms, as rows.
pub fn computed_rows(computed: &Computed) -> Vec<TermRow> {
    let row = |label: &str, value: Option<String>| value.map(|value| TermRow { label: label.to_owned(), value, ..TermRow::default() });
    let band = computed.band.map(|(min, mid, max)| words::band(&money::amount(min), &money::amount(mid), &money::amount(max)));
    let margin = computed.margin.map(|margin| match computed.margin_share {
        Some(share) => words::margin(&money::amount(margin), &money::percent(share)),
        None => words::an_hour(&money::amount(margin)),
    });
    let mut rows: Vec<TermRow> = [
        row(words::ANNUAL_EQUIVALENT, computed.annual_equivalent.map(money::amount)),
        row(words::BAND, band),
        row(words::COMPA_RATIO, computed.compa_ratio.map(money::ratio)),
        row(words::PERCENT_OF_RANGE, computed.percent_of_range.map(money::percent)),
        row(words::MARKUP, computed.markup.map(money::percent)),
        row(words::MARGIN, margin),
        row(words::PLACEMENT_FEE, computed.placement_fee.map(money::amount)),
        row(words::COMMITTED, computed.committed.map(money::amount)),
    ]
    .into_iter()
    .flatten()
    .collect();
    if let Some((budget, others)) = computed.budget {
        let others = words::of_which_others(&money::amount(others));
        rows.push(TermRow { label: words::BUDGET.to_owned(), value: money::amount(budget), note: Some(others), state: TermState::Total });
    }
    rows
}

/// A route to come: who would be asked, who not, and why.
pub fn route_view<'a>(steps: impl Iterator<Item = (&'a RouteStep, Vec<String>)>, left_out: &[StepLeftOut], table: &FieldTable) -> AnyView {
    let rows = steps
        .map(|(step, people)| StepRow {
            state: "waiting",
            state_text: words::after(&step.after),
            who: Some(who(&people)),
            ..step_row(step, table)
        })
        .collect::<Vec<_>>();
    view! { <Route steps=rows out=left_out_rows(left_out, table)/> }.into_any()
}

/// Name, reasons and coverage of a step; its state is still to be said.
pub fn step_row(step: &RouteStep, table: &FieldTable) -> StepRow {
    let covers = step.decides.iter().map(|key| field::label_of(key, table)).collect::<Vec<_>>();
    StepRow {
        name: role::step(&step.step),
        why: (!step.because.is_empty()).then(|| reason::asked(&step.because, table)),
        covers: (!covers.is_empty()).then(|| words::stands_for(&covers.join(", "))),
        ..StepRow::default()
    }
}

/// Steps that are not asked.
pub fn left_out_rows(left_out: &[StepLeftOut], table: &FieldTable) -> Vec<RouteOut> {
    left_out
        .iter()
        .map(|out| RouteOut { name: words::not_asked(&role::step(&out.step)), why: reason::not_asked(&out.because, table) })
        .collect()
}

/// Who may decide a step.
fn who(people: &[String]) -> String {
    if people.is_empty() { words::NOBODY_CAN.to_owned() } else { people.join(", ") }
}
