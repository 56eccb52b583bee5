//! What drafts and offers both show: findings, figures, the route with its reasons, boxes for reasons.

use leptos::prelude::*;
use offer::check::Finding;
use offer::field::FieldTable;
use offer::id::StepKey;
use offer::policy::{RouteStep, StepLeftOut};

use super::{Ask, Question};
use crate::desk::Computed;
use crate::parts::{Control, FieldSet, Route, RouteStep as StepRow, TermRow, TermState};
pub use crate::parts::{finding_rows, left_out_rows, step_row, step_row_among};
use crate::words::en::{finding, money, staff as words};

/// The name of the box for the reason why a finding goes ahead.
pub fn reason_box(found: &Finding) -> String {
    format!("reasons[{};{}]", found.fact.kind().code(), found.field)
}

/// A box for the reason of every finding that goes ahead as an exception.
pub fn reason_boxes(ask: &Ask, findings: &[Finding]) -> Option<AnyView> {
    let boxes: Vec<AnyView> = findings
        .iter()
        .filter(|found| found.is_exception())
        .map(|found| {
            ask.field(Question {
                name: reason_box(found),
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
    let band = computed.band.map(|band| words::band(&money::amount(band.min), &money::amount(band.mid), &money::amount(band.max)));
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
/// `stands` are the steps that need not be asked, for an approval of theirs stands.
pub fn route_view<'a>(
    steps: impl Iterator<Item = (&'a RouteStep, Vec<String>)>,
    stands: &[StepKey],
    left_out: &[StepLeftOut],
    table: &FieldTable,
) -> AnyView {
    let row = |(step, people): (&RouteStep, Vec<String>)| {
        let row = step_row(step, table);
        if stands.contains(&step.step) {
            return StepRow { state: "approved", state_text: words::STILL_APPROVED.to_owned(), ..row };
        }
        let after: Vec<StepKey> = step.after.iter().filter(|before| !stands.contains(before)).cloned().collect();
        StepRow { state: "waiting", state_text: words::after(&after), who: Some(who(&people)), ..row }
    };
    let rows = steps.map(row).collect::<Vec<_>>();
    view! { <Route steps=rows out=left_out_rows(left_out, table)/> }.into_any()
}

/// Who may decide a step.
fn who(people: &[String]) -> String {
    if people.is_empty() { words::NOBODY_CAN.to_owned() } else { people.join(", ") }
}
