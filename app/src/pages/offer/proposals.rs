//! Proposed changes: who asked, what, why, what shows it, what the letter does meanwhile, and what became of each.

use leptos::prelude::*;
use offer::lifecycle::{AskedBy, ProposalOutcome, Status};

use super::conflict;
use super::shown::{Shown, Words};
use crate::desk::{Button as May, ProposalLine};
use crate::parts::{ButtonKind, Diff, LinkButton};
use crate::words::en::{course, event, offer as words};

/// Proposals to decide.
pub fn acts(shown: &Shown) -> Vec<AnyView> {
    if !shown.may(May::Adopt) {
        return Vec::new();
    }
    shown.page.proposals.iter().filter(|line| is_open(line)).map(|line| decide(shown, line)).collect()
}

/// Whether the viewer reads of a change that nobody has decided yet.
pub fn is_one_open(shown: &Shown) -> bool {
    shown.page.proposals.iter().any(is_open)
}

fn is_open(line: &ProposalLine) -> bool {
    line.outcome == ProposalOutcome::Open
}

/// Proposals to read, open ones first.
pub fn reading(shown: &Shown) -> Vec<AnyView> {
    shown.page.proposals.iter().map(|line| proposal(shown, line)).collect()
}

fn decide(shown: &Shown, line: &ProposalLine) -> AnyView {
    let key = format!("refuse-{}", line.id);
    let refuse = shown.words_form(
        &key,
        "refuse-proposal",
        vec![("proposal", line.id.to_string())],
        Words::reason(words::REFUSE_DO, ButtonKind::Plain),
    );
    let href = shown.path(&format!("/change/{}", line.id));
    view! {
        <div class="stack">
            <h3>{asked_by(line)}</h3>
            {asked(shown, line)}
            {conflict::of_proposal(shown, line)}
            <p><LinkButton href=href text=words::ADOPT kind=ButtonKind::Primary/></p>
        </div>
        {shown.way(&key, words::REFUSE, words::REFUSE_MEANS, false, refuse)}
    }
    .into_any()
}

fn proposal(shown: &Shown, line: &ProposalLine) -> AnyView {
    let decided = line.decided.as_ref().map(|(at, by)| (by.clone(), shown.times.full(*at)));
    let (by, at) = decided.unwrap_or_default();
    let outcome = match &line.outcome {
        ProposalOutcome::Open => words::OPEN.to_owned(),
        ProposalOutcome::Adopted { version, adjusted } => course::adopted(*version, *adjusted, &by, &at),
        ProposalOutcome::Refused { reason } => course::refused(&by, &at, &event::kept(reason)),
    };
    view! {
        <article class="comment">
            <h3>{asked_by(line)}</h3>
            {asked(shown, line)}
            <p>{outcome}</p>
        </article>
    }
    .into_any()
}

/// Who recorded it and when, why, what, what shows it, and what the letter does until it is decided.
pub fn asked(shown: &Shown, line: &ProposalLine) -> AnyView {
    let who = words::by_at(&line.by, &shown.times.full(line.at));
    let evidence = (!line.evidence.is_empty()).then(|| {
        let evidence = line.evidence.clone();
        view! { <p><strong>{course::EVIDENCE_LABEL}": "</strong><span class="comment-text">{evidence}</span></p> }
    });
    let is_out = shown.page.status == Status::Sent && shown.page.letter.is_some() && line.outcome == ProposalOutcome::Open;
    let letter = is_out.then(|| {
        let said = if line.holds_letter { course::LETTER_IS_HELD } else { course::LETTER_STAYS_OPEN };
        // held by hand: the notice over the offer says so
        let held_otherwise = !line.holds_letter && shown.page.letter.as_ref().is_some_and(|letter| letter.held.is_some());
        (!held_otherwise).then(|| view! { <p>{said}</p> })
    });
    let (why, rows) = (line.why.clone(), shown.names().diff(&line.changes, &shown.page.table));
    view! {
        <p class="comment-who">{who}</p>
        <p class="comment-text">{why}</p>
        <Diff rows=rows/>
        {evidence}
        {letter}
    }
    .into_any()
}

/// Who asks, as a heading.
pub const fn asked_by(line: &ProposalLine) -> &'static str {
    match line.asked_by {
        AskedBy::Candidate => words::CANDIDATE_WANTS,
        AskedBy::Employer => words::CHANGE_PROPOSED,
    }
}
