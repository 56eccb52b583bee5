//! The record of the negotiation: what was offered first, each ask, each concession, what was accepted.

use leptos::prelude::*;
use offer::lifecycle::AskedBy;

use super::part;
use super::shown::Shown;
use crate::desk::{MoveLine, MoveWords, NegotiatedLine};
use crate::parts::{DiffRow, EntryKind, SideBySide, SideRow, Timeline, TimelineEntry};
use crate::words::en::{course as words, field, offer as offer_words, status};

/// The record; nothing while nobody asked for anything.
pub fn reading(shown: &Shown) -> Option<AnyView> {
    let record = shown.page.course.negotiation.as_ref()?;
    let table = &shown.page.table;
    let row = |line: &NegotiatedLine| {
        let said = |value: &Option<offer::terms::Value>| value.as_ref().map(|value| shown.names().value(&line.field, value, table));
        let asked = said(&line.asked).or_else(|| Some(words::NOT_NAMED.to_owned()));
        SideRow { label: field::label_of(&line.field, table), mark: None, values: vec![said(&line.offered), asked, said(&line.now)] }
    };
    let last = if record.accepted { words::WAS_ACCEPTED } else { words::STANDS_NOW };
    let heads = [words::OFFERED_FIRST, words::ASKED_LAST, last].map(str::to_owned).to_vec();
    let rows: Vec<SideRow> = record.fields.iter().map(row).collect();
    let entries: Vec<TimelineEntry> = record.moves.iter().map(|line| entry(shown, line)).collect();
    part(
        "negotiation",
        words::NEGOTIATION,
        vec![
            view! { <SideBySide label=words::NEGOTIATION term=words::TERM heads=heads rows=rows/> }.into_any(),
            view! { <Timeline entries=entries/> }.into_any(),
        ],
    )
}

fn entry(shown: &Shown, line: &MoveLine) -> TimelineEntry {
    let diff = |changes: &[offer::terms::Change]| shown.names().diff(changes, &shown.page.table);
    let (kind, what, changes, said): (EntryKind, String, Vec<DiffRow>, Vec<String>) = match &line.what {
        MoveWords::Offered { version, spoken } => (EntryKind::Event, words::offered(*version, *spoken), Vec::new(), Vec::new()),
        MoveWords::Asked { asked_by, changes, why, evidence, .. } => {
            let who = match asked_by {
                AskedBy::Candidate => offer_words::CANDIDATE_WANTS,
                AskedBy::Employer => offer_words::CHANGE_PROPOSED,
            };
            let evidence = (!evidence.is_empty()).then(|| format!("{}: {evidence}", words::EVIDENCE_LABEL));
            (EntryKind::Said, who.to_owned(), diff(changes), std::iter::once(why.clone()).chain(evidence).collect())
        }
        MoveWords::Conceded { version, adjusted, changes, why } => {
            (EntryKind::Event, words::conceded(*version, *adjusted), diff(changes), vec![why.clone()])
        }
        MoveWords::Refused { reason } => (EntryKind::Stopped, offer_words::REFUSED.to_owned(), Vec::new(), vec![reason.clone()]),
        MoveWords::Accepted { version } => (EntryKind::Signed, words::accepted(*version), Vec::new(), Vec::new()),
        MoveWords::Ended { status } => (EntryKind::Stopped, status::sentence(*status).to_owned(), Vec::new(), Vec::new()),
    };
    let said: Vec<String> = said.into_iter().filter(|said| !said.is_empty()).collect();
    TimelineEntry::Happened {
        kind,
        at: line.at.to_string(),
        at_text: shown.times.full(line.at),
        what,
        who: (!line.by.is_empty()).then(|| line.by.clone()),
        changes,
        said: (!said.is_empty()).then(|| said.join("\n")),
        link: None,
    }
}
