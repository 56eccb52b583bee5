//! What happened, latest first, and where the time went.

use leptos::prelude::*;
use offer::lifecycle::{Event, RoutedAnew};

use super::shown::Shown;
use super::{part, since};
use crate::desk::{Button as May, HistoryLine};
use crate::parts::{DiffRow, EntryKind, TermRow, TermsGroup, TermsTable, Timeline, TimelineEntry};
use crate::words::en::{access, date, event, field, finding, offer as words, stage};

/// What happened that stands open, in lines; what was before is folded, unless it is but a few.
const LATEST: usize = 8;
const FEW: usize = 3;

/// The history with the days in each stage over it.
pub fn history(shown: &Shown) -> Option<AnyView> {
    let mut inner = Vec::new();
    let rows: Vec<TermRow> = shown
        .page
        .stages
        .iter()
        .map(|(known, seconds)| TermRow { label: stage::stage(*known).to_owned(), value: date::days(*seconds), ..TermRow::default() })
        .collect();
    if !rows.is_empty() {
        let groups = vec![TermsGroup { title: Some(words::DAYS_IN_STAGES.to_owned()), rows }];
        inner.push(view! { <div><TermsTable groups=groups/></div> }.into_any());
    }
    let mut entries: Vec<TimelineEntry> = shown.page.history.iter().map(|line| entry(shown, line)).collect();
    let older = if entries.len() > LATEST + FEW { entries.split_off(LATEST) } else { Vec::new() };
    if !entries.is_empty() {
        inner.push(view! { <Timeline entries=entries/> }.into_any());
    }
    if !older.is_empty() {
        let before = words::older(older.len());
        inner.push(view! { <details class="timeline-older"><summary>{before}</summary><Timeline entries=older/></details> }.into_any());
    }
    if shown.may(May::AskWhoSees) {
        let href = shown.path("/access");
        inner.push(view! { <p data-print="no"><a href=href>{access::WHO_CAN_SEE}</a></p> }.into_any());
    }
    part("history", words::HISTORY, inner)
}

fn entry(shown: &Shown, line: &HistoryLine) -> TimelineEntry {
    TimelineEntry::Happened {
        kind: kind(&line.event),
        at: line.at.to_string(),
        at_text: shown.times.full(line.at),
        what: event::sentence(&line.event, &shown.page.table, &shown.page.names),
        who: (!line.by.is_empty()).then(|| line.by.clone()),
        changes: changes(shown, &line.event),
        said: said(shown, &line.event),
        link: link(shown, &line.event),
    }
}

/// A new version leads to its comparison with the one before.
fn link(shown: &Shown, event: &Event) -> Option<(String, String)> {
    match event {
        Event::Submitted { version, .. } | Event::TermsChanged { version, .. } => since::compare_link(shown, *version),
        _ => None,
    }
}

fn changes(shown: &Shown, event: &Event) -> Vec<DiffRow> {
    match event {
        Event::TermsChanged { changes, .. } | Event::Proposed { changes, .. } => shown.names().diff(&changes.to_vec(), &shown.page.table),
        _ => Vec::new(),
    }
}

/// What was said, and the reasons of exceptions that went along.
fn said(shown: &Shown, happened: &Event) -> Option<String> {
    let exceptions = match happened {
        Event::Submitted { exceptions, .. }
        | Event::TermsChanged { exceptions, .. }
        | Event::Rerouted(RoutedAnew { exceptions, .. })
        | Event::SendRequested { exceptions, .. } => exceptions.as_slice(),
        _ => &[],
    };
    let reasons = exceptions.iter().map(|exception| {
        let label = field::label_of(&exception.finding.field, &shown.page.table);
        words::exception(&label, &finding::fact(&exception.finding.fact), &event::kept(&exception.reason))
    });
    let said: Vec<String> = event::said(happened).into_iter().chain(reasons).collect();
    (!said.is_empty()).then(|| said.join("\n"))
}

const fn kind(event: &Event) -> EntryKind {
    match event {
        Event::StepApproved { .. }
        | Event::StepCounted { .. }
        | Event::Accepted { .. }
        | Event::HandoffAcknowledged { .. }
        | Event::RescissionAgreed { .. }
        | Event::Cleared { .. } => EntryKind::Signed,
        Event::StepRejected { .. }
        | Event::StepOpposed { .. }
        // loud: it stands out as what stopped does
        | Event::StepForced { .. }
        | Event::StepEscalated { .. }
        | Event::SendFailed { .. }
        | Event::Bounced { .. }
        | Event::ProposalRefused { .. }
        | Event::LetterHeld { .. }
        | Event::Declined { .. }
        | Event::Withdrawn { .. }
        | Event::Expired
        | Event::Cancelled { .. }
        | Event::Rescinded { .. }
        | Event::DidNotStart { .. } => EntryKind::Stopped,
        Event::Commented { .. }
        | Event::StepReturned { .. }
        | Event::StepAnswered { .. }
        | Event::StepDelegated { .. }
        | Event::VerbalRecorded { .. }
        | Event::Asked { .. }
        | Event::QuestionAnswered { .. }
        | Event::Proposed { .. }
        | Event::RescissionAsked { .. }
        | Event::RescissionDropped { .. } => EntryKind::Said,
        Event::Drafted { .. }
        | Event::DraftMoved { .. }
        | Event::Submitted { .. }
        | Event::StepOpened { .. }
        | Event::StepReminded { .. }
        | Event::Rerouted(_)
        | Event::SendRequested { .. }
        | Event::Sent { .. }
        | Event::Viewed { .. }
        | Event::TermsChanged { .. }
        | Event::LetterReleased
        | Event::AcceptByMoved { .. }
        | Event::Reopened { .. }
        | Event::ContingencyResolved { .. }
        | Event::StartConfirmed { .. }
        | Event::StartMoved { .. }
        | Event::HandoffOpened { .. }
        | Event::HandedOff
        | Event::Started { .. } => EntryKind::Event,
    }
}
