//! The offer when there is nothing to sign: why, what follows, and everything that was said stays to be read.

use leptos::prelude::*;
use offer::id::ContingencyKind;
use offer::lifecycle::Status;
use offer::moment::Day;

use super::Reading;
use super::offer::{conversation, kicker, pdf, said, sheet, ways};
use super::stand::{May, Stand};
use crate::desk::{Closed, PortalLetter};
use crate::pages::portal::{Leaf, ways_beside};
use crate::parts::{ButtonRow, LinkButton, PageHead, Section, TermRow, TermState, TermsGroup, TermsTable};
use crate::shell::PageWidth;
use crate::words::en::candidate as words;

/// The page of an offer that cannot be signed now.
pub(super) fn settled(reading: &Reading, stand: &Stand) -> Leaf {
    let page = &reading.page;
    let (title, line) = told(reading, stand);
    let signed = stand.is_signed();
    let closed = page.closed.as_ref().filter(|_| signed);
    let start = closed.and_then(|closed| closed.start);
    let checks = closed.map(|closed| closed.checks.as_slice()).unwrap_or_default();
    let next = (signed && *stand != Stand::Decided(Status::Started)).then(|| next(start, checks));
    let record = match (stand, &page.closed) {
        (Stand::Decided(Status::Declined), Some(closed)) => Some(said_no(reading, closed)),
        _ => closed.and_then(|closed| record(reading, closed)),
    };
    let letter = page.letter.as_ref().map(|letter| last_letter(letter, stand));
    let (welcome, lead) = if signed { (Some(line), None) } else { (None, Some(line)) };
    let body = view! {
        <PageHead title=title.clone() trail=kicker(page.title.clone()) lead=lead/>
        {said(reading)}
        <div class="settled">
            {welcome.map(|line| view! { <p class="settled-line">{line}</p> })}
            {ways(&May::of(page))}
            <p class="answer-help">{words::HELP_BESIDE}{ways_beside(&reading.firm.help)}</p>
        </div>
        {next}
        {record}
        {letter}
        {conversation(reading)}
    };
    Leaf::new(title, PageWidth::Reading, body)
}

/// How it stands, and what is said about it.
fn told(reading: &Reading, stand: &Stand) -> (String, String) {
    let page = &reading.page;
    let pair = |(title, line): (&str, &str)| (title.to_owned(), line.to_owned());
    match stand {
        Stand::Held => pair(words::HELD),
        Stand::Replaced => pair(words::REPLACED),
        Stand::Open | Stand::Nothing => pair(words::NOTHING_YET),
        Stand::Waits(kinds) => (words::WAITS.to_owned(), words::waits(kinds)),
        Stand::Expired | Stand::Decided(Status::Expired) => {
            let by = page.letter.as_ref().map(|letter| words::deadline_in_a_sentence(&letter.accept_by.0, &letter.accept_by.1));
            (words::EXPIRED.to_owned(), words::expired(by.as_deref()))
        }
        Stand::Decided(Status::Accepted | Status::HandedOff) => {
            let start = page.closed.as_ref().and_then(|closed| closed.start);
            (words::ACCEPTED.to_owned(), words::welcome(&page.name, start))
        }
        Stand::Decided(Status::Started) => (words::STARTED.to_owned(), words::welcome(&page.name, None)),
        Stand::Decided(Status::Declined) => pair((words::DECLINED, words::DECLINED_LEAD)),
        Stand::Decided(Status::Rescinded | Status::Cancelled) => words::ended(&page.firm),
        Stand::Decided(Status::Withdrawn | Status::DidNotStart | Status::Draft | Status::InReview | Status::Approved | Status::Sent) => {
            pair(words::CLOSED)
        }
    }
}

fn next(start: Option<Day>, checks: &[ContingencyKind]) -> AnyView {
    let steps = words::next(start, checks).into_iter().map(|(name, text)| view! { <li><strong>{name}</strong><span>{text}</span></li> });
    view! { <Section id="next" title=words::NEXT><ol class="next">{steps.collect_view()}</ol></Section> }.into_any()
}

/// The candidate's copy: what was signed, when, under which name.
fn record(reading: &Reading, closed: &Closed) -> Option<AnyView> {
    let (page, name) = (&reading.page, closed.signed_name.clone()?);
    let mut rows = vec![
        row(words::RECORD_WHAT, words::record_what(&page.title, &page.employer)),
        row(words::RECORD_NAME, name),
        row(words::RECORD_AT, reading.times.full(closed.at)),
    ];
    let letter = page.letter.as_ref();
    if let Some(letter) = letter {
        rows.push(row(
            words::RECORD_DOCUMENT,
            words::record_document(letter.letter.issued, letter.version, letter.letter.document.as_str()),
        ));
        let note = Some(words::RECORD_DIGEST_NOTE.to_owned());
        rows.push(TermRow { note, ..row(words::RECORD_DIGEST, words::in_fours(&letter.digest.to_string())) });
    }
    let groups = vec![TermsGroup { title: None, rows }];
    let file = letter.map(|letter| {
        let href = format!("/o/documents/{}", letter.pdf);
        view! { <ButtonRow><LinkButton href=href text=words::RECORD_PDF/></ButtonRow> }
    });
    Some(
        view! {
            <Section id="signature" title=words::RECORD lead=words::RECORD_LEAD>
                <div class="record"><TermsTable groups=groups/></div>
                {file}
            </Section>
        }
        .into_any(),
    )
}

/// What was recorded when the candidate said no.
fn said_no(reading: &Reading, closed: &Closed) -> AnyView {
    let reason = closed.reason.map(|reason| row(words::DECLINED_REASON, words::decline_reason(reason).to_owned()));
    let rows = std::iter::once(row(words::DECLINED_AT, reading.times.full(closed.at))).chain(reason).collect();
    let groups = vec![TermsGroup { title: None, rows }];
    view! { <Section id="recorded" title=words::DECLINED_RECORD><div class="record"><TermsTable groups=groups/></div></Section> }.into_any()
}

fn row(label: &str, value: String) -> TermRow {
    TermRow { label: label.to_owned(), value, note: None, state: TermState::Plain }
}

/// The letter stays to be read: in full where it was signed, folded where it can no longer be.
fn last_letter(letter: &PortalLetter, stand: &Stand) -> AnyView {
    // folded, it stands under no heading of its own
    let top = if stand.is_signed() { 3 } else { 2 };
    let sheet = sheet(letter, top);
    if stand.is_signed() {
        return view! { <Section id="letter" title=words::LETTER>{sheet}</Section> }.into_any();
    }
    let sheet = view! { {sheet} {pdf(letter)} };
    let title = if *stand == Stand::Replaced { words::LETTER_BEFORE } else { words::LETTER };
    view! { <details class="fold" id="letter"><summary>{title}</summary><div>{sheet}</div></details> }.into_any()
}
