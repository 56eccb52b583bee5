//! How the offer stands while it is typed: what is open, pay in its band, money, findings, and the route to come.

use leptos::prelude::*;
use offer::engagement::Engagement;
use offer::field::{self as fields, FieldTable, Side};
use offer::intake::Fault;
use offer::outlook::{Computed, Outlook, Slice};
use offer::policy::{ManagerOf, RouteStep, Who};
use offer::terms::Entries;

use crate::parts::{BandMeter, Findings, Route, TermRow, TermsGroup, TermsTable, finding_rows, left_out_rows, step_row};
use crate::words::en::{intake as words, money, reason, role, staff};

/// How the offer stands. Every figure keeps its line, known or not, so that nothing moves while somebody types.
#[component]
pub fn Panel(
    /// What may be looked ahead with.
    slice: RwSignal<Slice>,
    /// The fields in sight.
    table: StoredValue<FieldTable>,
    /// What is typed.
    entries: RwSignal<Entries>,
    /// What will come of it.
    outlook: Memo<Outlook>,
) -> impl IntoView {
    let shown = move || {
        outlook.with(|outlook| entries.with(|entries| slice.with(|slice| table.with_value(|table| parts(outlook, entries, slice, table)))))
    };
    view! {
        <div class="outlook" data-print="no">
            <h2 class="outlook-title" id="outlook-title">{words::PANEL}</h2>
            {shown}
        </div>
    }
}

fn parts(outlook: &Outlook, entries: &Entries, slice: &Slice, table: &FieldTable) -> AnyView {
    view! {
        <p class="outlook-open">{open(outlook)}</p>
        {band(&outlook.computed, slice)}
        {figures(&outlook.computed, entries, slice)}
        <h3 class="outlook-head">{staff::FINDINGS}</h3>
        {findings(outlook, table)}
        <h3 class="outlook-head">{staff::ROUTE_TO_COME}</h3>
        {route(outlook, entries, slice, table)}
    }
    .into_any()
}

fn open(outlook: &Outlook) -> String {
    let missing = outlook.problems.iter().filter(|problem| matches!(problem.fault, Fault::Missing { .. })).count();
    staff::open_answers(outlook.problems.len() - missing, missing).unwrap_or_else(|| words::COMPLETE.to_owned())
}

fn band(computed: &Computed, slice: &Slice) -> Option<AnyView> {
    if !slice.sight().reads_talk() {
        return None;
    }
    let meter = match (computed.band, computed.pay, computed.place, computed.compa_ratio) {
        (Some(band), Some(pay), Some(place), Some(ratio)) => {
            view! { <BandMeter band=band pay=pay place=place of_middle=ratio/> }.into_any()
        }
        (Some(band), None, ..) => view! { <p class="band-said">{words::band_before_pay(band.min, band.mid, band.max)}</p> }.into_any(),
        (_, None, ..) => view! { <p class="band-said">{words::NO_PAY}</p> }.into_any(),
        _ => view! { <p class="band-said">{words::NO_BAND}</p> }.into_any(),
    };
    Some(view! { <h3 class="outlook-head">{words::PAY_IN_BAND}</h3> <div class="outlook-band">{meter}</div> }.into_any())
}

fn figures(computed: &Computed, entries: &Entries, slice: &Slice) -> Option<AnyView> {
    let sight = slice.sight();
    let engagement = entries.get(&fields::ENGAGEMENT).and_then(Engagement::parse);
    let (package, bill) = (sight.shows(Side::Package), sight.shows(Side::Bill));
    let line = |label: &str, value: Option<String>| TermRow {
        label: label.to_owned(),
        value: value.unwrap_or_else(|| words::NOT_YET.to_owned()),
        ..TermRow::default()
    };
    let mut rows = Vec::new();
    if package {
        rows.push(line(staff::ANNUAL_EQUIVALENT, computed.annual_equivalent.map(money::amount)));
    }
    if package && bill && engagement.is_some_and(Engagement::is_billed) {
        rows.push(line(staff::MARKUP, computed.markup.map(money::percent)));
        if sight.shows(Side::Margin) {
            let share = |share| staff::margin(&money::amount(computed.margin.unwrap_or_default()), &money::percent(share));
            rows.push(line(staff::MARGIN, computed.margin_share.map(share)));
        }
    }
    if package && bill && engagement == Some(Engagement::DirectHire) {
        rows.push(line(staff::PLACEMENT_FEE, computed.placement_fee.map(money::amount)));
    }
    if let Some((budget, others)) = computed.budget {
        rows.push(TermRow {
            note: Some(words::of_budget(budget, others)),
            ..line(words::BUDGET_LEFT, computed.budget_left.map(words::budget_left))
        });
    }
    (!rows.is_empty()).then(|| view! { <TermsTable groups=vec![TermsGroup { title: None, rows }]/> }.into_any())
}

fn findings(outlook: &Outlook, table: &FieldTable) -> AnyView {
    if outlook.findings.is_empty() {
        return view! { <p class="outlook-none">{staff::no_findings(outlook.problems.len())}</p> }.into_any();
    }
    view! { <Findings rows=finding_rows(&outlook.findings, table)/> }.into_any()
}

fn route(outlook: &Outlook, entries: &Entries, slice: &Slice, table: &FieldTable) -> AnyView {
    let more = words::checked_on_the_server(outlook.hidden_rules).map(|more| view! { <p class="outlook-none">{more}</p> });
    if outlook.route.steps.is_empty() {
        return view! { <p class="outlook-none">{staff::NO_ROUTE_WHY}</p> {more} }.into_any();
    }
    let row = |step: &RouteStep| crate::parts::RouteStep {
        state: "waiting",
        // a rule that is not told may put another step before it
        state_text: if outlook.hidden_rules == 0 || !step.after.is_empty() { staff::after(&step.after) } else { String::new() },
        who: who(step, entries, slice),
        why: Some(reason::not_asked(&step.because, table)).filter(|why| !why.is_empty()),
        ..step_row(step, table)
    };
    let steps = outlook.route.steps.iter().map(row).collect();
    view! { <Route steps=steps out=left_out_rows(&outlook.route.left_out, table)/> {more} }.into_any()
}

/// Who may decide a step; nothing where names are not for the viewer.
fn who(step: &RouteStep, entries: &Entries, slice: &Slice) -> Option<String> {
    if !slice.sight().reads_talk() {
        return None;
    }
    let relation = match &step.who {
        Who::Role(_) => None,
        Who::Relation(relation) | Who::ManagerOf(ManagerOf { of: relation, .. }) => Some(*relation),
    };
    Some(match (slice.deciders(&step.step, entries), relation) {
        (Some(names), _) if !names.is_empty() => names.join(", "),
        (None, Some(relation)) if entries.get(&relation.field()).is_none() => words::to_be_chosen(role::relation(relation)),
        _ => staff::NOBODY_CAN.to_owned(),
    })
}
