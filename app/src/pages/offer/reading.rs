//! Terms, findings and the route, to read.

use leptos::prelude::*;
use offer::check::Finding;
use offer::field::FieldKey;

use super::part;
use super::shown::Shown;
use crate::desk::{StepLine, StepView};
use crate::pages::deciding::granted;
use crate::pages::standing::{computed_rows, finding_rows, left_out_rows, step_row_among};
use crate::parts::{FindingRow, Findings, Route, RouteStep, TermsGroup, TermsTable, decided_by};
use crate::words::en::{approver, date, field, finding, offer as words, staff};

/// The terms as far as seen, with the figures computed from them.
pub fn terms(shown: &Shown) -> Option<AnyView> {
    let page = &shown.page;
    let mut groups = page.terms.as_ref().map(|terms| shown.names().groups(terms, &page.table)).unwrap_or_default();
    // whoever decides has the figures over the decision already
    if page.minute.is_none() {
        groups.push(TermsGroup { title: Some(staff::FIGURES.to_owned()), rows: computed_rows(&page.computed) });
    }
    let empty = groups.iter().all(|group| group.rows.is_empty());
    part(
        "terms",
        words::TERMS,
        if empty { Vec::new() } else { vec![view! { <div class="terms-columns"><TermsTable groups=groups/></div> }.into_any()] },
    )
}

/// What was found; what goes ahead all the same stands with its reason.
pub fn findings(shown: &Shown) -> Option<AnyView> {
    let page = &shown.page;
    let excepted = |found: &&Finding| !page.exceptions.iter().any(|exception| exception.finding == **found);
    let plain: Vec<Finding> = page.findings.iter().filter(excepted).cloned().collect();
    let mut rows: Vec<FindingRow> = page
        .exceptions
        .iter()
        .map(|exception| FindingRow {
            strength: finding::strength_code(exception.finding.strength),
            strength_text: words::EXCEPTION.to_owned(),
            text: finding::fact(&exception.finding.fact),
            figures: Some(words::goes_ahead(&field::label_of(&exception.finding.field, &page.table), &exception.reason)),
        })
        .collect();
    rows.extend(finding_rows(&plain, &page.table));
    let inner = if rows.is_empty() { Vec::new() } else { vec![view! { <Findings rows=rows/> }.into_any()] };
    part("findings", staff::FINDINGS, inner)
}

/// The route: who decided, who is asked, who not, and why.
pub fn route(shown: &Shown) -> Option<AnyView> {
    let page = &shown.page;
    let decided = decided_by(page.route.iter().map(|line| &line.step));
    let steps: Vec<RouteStep> = page.route.iter().map(|line| step(shown, line, &decided)).collect();
    let out = left_out_rows(&page.left_out, &page.table);
    let inner = if steps.is_empty() && out.is_empty() { Vec::new() } else { vec![view! { <Route steps=steps out=out/> }.into_any()] };
    part("route", words::ROUTE, inner)
}

fn step(shown: &Shown, line: &StepLine, decided: &[FieldKey]) -> RouteStep {
    let (times, now) = (&shown.times, shown.page.now);
    // who may not read the talk of the firm is told of no names
    let people = line.people.join(", ");
    let (state, state_text, by) = match &line.state {
        StepView::Later => ("waiting", words::STEP_LATER.to_owned(), people),
        StepView::Open { due_at, .. } if *due_at < now => ("open", words::step_late(&times.near(*due_at, now)), people),
        StepView::Open { due_at, .. } => ("open", words::step_open(&times.near(*due_at, now)), people),
        StepView::Returned { by, question, .. } => ("returned", words::STEP_RETURNED.to_owned(), words::asked(by, question)),
        StepView::Approved { by, for_whom, at, version, comment, .. } => {
            let by = approver::by_for(by, for_whom);
            ("approved", words::step_approved(*version), words::approved_by(&by, &times.full(*at), comment))
        }
    };
    let row = step_row_among(&line.step, decided, &shown.page.table);
    // the route tells why it asks of the terms as they stand, which is not what somebody read of terms before
    let is_of_before = matches!(line.state, StepView::Approved { version, .. } if version != shown.page.version);
    let why = row.why.filter(|_| !is_of_before);
    RouteStep { state, state_text, who: (!by.is_empty()).then_some(by), notes: notes(shown, line), why, ..row }
}

/// What else there is to say about a step: how its clock and its group stand, who decides for whom, and what its approval reaches to.
fn notes(shown: &Shown, line: &StepLine) -> Vec<String> {
    let (page, times) = (&shown.page, &shown.times);
    let mut notes = Vec::new();
    match &line.state {
        StepView::Open { escalated: Some(at), .. } => notes.push(approver::escalated(&times.near(*at, page.now))),
        StepView::Open { reminded: Some(at), .. } => notes.push(approver::reminded(&times.near(*at, page.now))),
        StepView::Approved { forced: true, .. } => notes.push(approver::FORCED.to_owned()),
        _ => {}
    }
    if let Some(group) = &line.group {
        let rule = if group.veto { approver::VETO } else { approver::COUNTED };
        notes.push(format!("{} {rule}", approver::group(&group.approved, group.needed, group.missing())));
        notes.extend((!group.against.is_empty()).then(|| approver::against(&group.against)));
    }
    notes.extend(line.acting.iter().map(|acting| match acting.away_until {
        Some(until) => approver::away(&acting.whom, &acting.who, &date::day(until)),
        None => approver::handed(&acting.whom, &acting.who),
    }));
    let depends = line.step.inputs.iter().map(|key| field::label_of(key, &page.table)).collect::<Vec<_>>();
    notes.extend((!depends.is_empty()).then(|| approver::depends_on(&depends.join(", "))));
    notes.extend(granted(line, page));
    notes
}
