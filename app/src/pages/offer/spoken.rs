//! What the candidate was told and the letter would say otherwise: each difference with both values, and its reason beside it.

use leptos::prelude::*;
use offer::check::{Fact, Finding};
use offer::field::FieldKey;
use offer::lifecycle::ProposalOutcome;
use offer::terms::{Change, Terms, Value};

use super::shown::Shown;
use crate::boxes::box_name;
use crate::desk::Button as May;
use crate::pages::{Ask, Question, standing};
use crate::parts::{ButtonKind, Control, LinkButton, Notice, NoticeKind, field_id};
use crate::words::en::{course as words, field};

/// Whether a finding is such a difference.
pub fn is_difference(finding: &Finding) -> bool {
    matches!(finding.fact, Fact::SpokenDiffers { .. })
}

/// The differences where the letter is sent, each with the box for its reason.
pub fn differences(shown: &Shown, ask: &Ask, findings: &[Finding]) -> Option<AnyView> {
    let differences: Vec<&Finding> = findings.iter().filter(|finding| is_difference(finding)).collect();
    if differences.is_empty() {
        return None;
    }
    let rows = differences.iter().map(|finding| row(shown, ask, finding)).collect_view();
    let change = to_make_it_say_so(shown, &differences, ButtonKind::Plain);
    Some(
        view! {
            <section class="differences" aria-labelledby="differences-title">
                <h3 id="differences-title">{words::DIFFERENCES}</h3>
                <p>{words::DIFFERENCES_WHAT_NOW}</p>
                {change}
                {rows}
            </section>
        }
        .into_any(),
    )
}

/// The way to a change by which the letter says what was told.
fn to_make_it_say_so(shown: &Shown, differences: &[&Finding], kind: ButtonKind) -> Option<AnyView> {
    let wanted = differences.iter().map(|finding| format!("field={}", finding.field)).collect::<Vec<_>>().join("&");
    let first = field_id(&format!("propose-{}", box_name(&differences.first()?.field)));
    let change = shown.path(&format!("/change?{wanted}#{first}"));
    shown.may(May::Propose).then(|| view! { <p><LinkButton href=change text=words::MAKE_THE_LETTER_SAY_IT kind=kind/></p> }.into_any())
}

fn row(shown: &Shown, ask: &Ask, finding: &Finding) -> AnyView {
    let table = &shown.page.table;
    let said = |value: &Value| shown.names().value(&finding.field, value, table);
    let (told, written) = match &finding.fact {
        Fact::SpokenDiffers { spoken: Some(spoken), written } => {
            (said(spoken), written.as_ref().map_or_else(|| words::NOTHING_WRITTEN.to_owned(), said))
        }
        _ => (words::PRIVATE_VALUE.to_owned(), words::PRIVATE_VALUE.to_owned()),
    };
    let label = field::label_of(&finding.field, table);
    let reason = ask.field(Question {
        name: standing::reason_box(finding),
        label: words::WHY_DIFFERENT.to_owned(),
        control: Control::Long,
        hint: label.clone().into(),
        required: true,
        ..Question::default()
    });
    view! {
        <div class="difference">
            <h4>{label}</h4>
            <dl class="difference-values">
                <div><dt>{words::TOLD}</dt><dd>{told}</dd></div>
                <div><dt>{words::WRITTEN}</dt><dd>{written}</dd></div>
            </dl>
            {reason}
        </div>
    }
    .into_any()
}

/// What was spoken of the fields that an address names, as changes of the terms: whoever comes to make the letter say it finds it filled in.
pub fn to_be_written(shown: &Shown, terms: &Terms) -> Vec<Change> {
    let wanted = shown.visit.queries("field");
    let spoken = shown.page.course.differences.iter().filter_map(|finding| match &finding.fact {
        Fact::SpokenDiffers { spoken: Some(spoken), .. } => Some((&finding.field, spoken)),
        _ => None,
    });
    spoken
        .filter(|(field, _)| wanted.contains(&field.to_string()))
        .map(|(field, spoken)| Change { field: field.clone(), from: terms.get(field).cloned(), to: Some(spoken.clone()) })
        .collect()
}

/// On the offer, before anybody opens the letter: what would differ.
pub fn ahead(shown: &Shown) -> Option<AnyView> {
    let differences: Vec<&Finding> = shown.page.course.differences.iter().collect();
    let labels: Vec<String> = differences.iter().map(|finding| field::label_of(&finding.field, &shown.page.table)).collect();
    // what is proposed already needs no second proposal
    let unasked: Vec<&Finding> = differences.into_iter().filter(|finding| !is_proposed(shown, &finding.field)).collect();
    let (proposed, change) = match unasked.is_empty() {
        true => (Some(words::DIFFERENCES_PROPOSED), None),
        false => (None, to_make_it_say_so(shown, &unasked, ButtonKind::Primary)),
    };
    (!labels.is_empty()).then(|| {
        let proposed = proposed.map(|said| view! { <p>{said}</p> });
        view! { <Notice kind=NoticeKind::Warning title=words::DIFFERENCES_AHEAD><p>{labels.join(", ")}</p>{proposed}</Notice> {change} }
            .into_any()
    })
}

/// Whether a proposal that nobody has decided yet changes a field.
fn is_proposed(shown: &Shown, field: &FieldKey) -> bool {
    let open = shown.page.proposals.iter().filter(|line| line.outcome == ProposalOutcome::Open);
    open.flat_map(|line| &line.changes).any(|change| change.field == *field)
}

/// How many terms were spoken outside what was approved, but for those whose reason is an exception of its own.
pub fn counted(shown: &Shown) -> usize {
    let told = |key: &&offer::field::FieldKey| {
        let same = |line: &&crate::desk::ExceptionLine| is_difference(&line.finding) && line.finding.field == **key;
        !shown.page.exceptions.iter().any(|line| same(&line))
    };
    shown.page.course.spoken_outside.iter().filter(told).count()
}

/// On the offer: what was spoken outside what was approved then.
pub fn outside(shown: &Shown) -> Option<AnyView> {
    let labels: Vec<String> = shown.page.course.spoken_outside.iter().map(|key| field::label_of(key, &shown.page.table)).collect();
    (!labels.is_empty()).then(|| view! { <p class="spoken-outside">{words::spoken_outside(&labels.join(", "))}</p> }.into_any())
}
