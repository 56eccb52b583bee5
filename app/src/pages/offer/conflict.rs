//! Two people who want different values for one term: both values, side by side.

use leptos::prelude::*;
use offer::lifecycle::{ProposalOutcome, Refusal};
use offer::terms::FieldConflict;

use super::shown::Shown;
use crate::desk::{Button as May, Notice as CameBack, ProposalLine};
use crate::pages::Ask;
use crate::parts::{Notice, NoticeKind, SideBySide, SideRow};
use crate::words::en::{course as words, field};

/// A form that came back because somebody was faster: what its author had read, what they typed, and what stands now.
pub fn came_back(shown: &Shown, ask: &Ask) -> Option<AnyView> {
    let Some(CameBack::Refused(Refusal::Conflict { conflicts, .. })) = ask.kept.notice() else { return None };
    let values = beside(shown, conflicts, words::YOURS);
    Some(
        view! {
            <Notice kind=NoticeKind::Warning title=words::CONFLICT>
                {values}
                <p>{words::CONFLICT_WHAT_NOW}</p>
            </Notice>
        }
        .into_any(),
    )
}

/// A proposal that was read before somebody changed the same term, where it is decided.
pub fn of_proposal(shown: &Shown, line: &ProposalLine) -> Option<AnyView> {
    (!line.conflicts.is_empty()).then(|| {
        let values = beside(shown, &line.conflicts, words::PROPOSED_VALUE);
        view! {
            <Notice kind=NoticeKind::Warning title=words::CONFLICT>
                {values}
                <p>{words::CONFLICT_TO_CHOOSE}</p>
            </Notice>
        }
        .into_any()
    })
}

/// The same on the offer, for everybody who works with it: whoever made the change meanwhile hears of it here.
pub fn open(shown: &Shown) -> Vec<AnyView> {
    // whoever decides it sees it there
    if shown.may(May::Adopt) {
        return Vec::new();
    }
    let undecided = |line: &&ProposalLine| line.outcome == ProposalOutcome::Open && !line.conflicts.is_empty();
    let notice = |line: &ProposalLine| {
        let (said, values) = (words::conflict_of(&line.by), beside(shown, &line.conflicts, words::PROPOSED_VALUE));
        view! {
            <Notice kind=NoticeKind::Warning title=words::OPEN_CONFLICT>
                <p>{said}</p>
                {values}
            </Notice>
        }
        .into_any()
    };
    shown.page.proposals.iter().filter(undecided).map(notice).collect()
}

fn beside(shown: &Shown, conflicts: &[FieldConflict], yours: &str) -> AnyView {
    let table = &shown.page.table;
    let row = |conflict: &FieldConflict| {
        let said = |value: &Option<offer::terms::Value>| value.as_ref().map(|value| shown.names().value(&conflict.field, value, table));
        let values = vec![said(&conflict.read), said(&conflict.yours), said(&conflict.theirs)];
        SideRow { label: field::label_of(&conflict.field, table), mark: None, values }
    };
    let rows: Vec<SideRow> = conflicts.iter().map(row).collect();
    let heads = vec![words::WAS_READ.to_owned(), yours.to_owned(), words::THEIRS.to_owned()];
    view! { <SideBySide label=words::CONFLICT term=words::TERM heads=heads rows=rows/> }.into_any()
}
