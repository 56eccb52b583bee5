//! A letter in a small notation: `# heading`, `label | value`, paragraphs; `{field:value}` is a printed value.

use offer::id::{DocumentId, FieldKey, TemplateKey};
use offer::packet::{Block, Letter, Letterhead, Row, Span};

/// A temp nurse's letter.
const NURSE: &str = "
January 4, 2027
# {job.title:Registered Nurse, Cardiac Care}
Dear {candidate.preferred_name:Maya},
We are pleased to offer you an assignment as {job.title:Registered Nurse, Cardiac Care} at {letter.client:Harbor General Hospital}. {letter.employer:Northwind Staffing, Inc.} is your employer for the whole of the assignment. This letter states the terms of our offer in full.
## The assignment
Position | {job.title:Registered Nurse, Cardiac Care}
Client | {letter.client:Harbor General Hospital}
Reports to | {job.reports_to:Charge Nurse, 4 West}
Worksite | {job.worksite:Harbor General Hospital, 4 West}, {job.city:Boston}, {job.state:MA}
Start | {date.start:Monday, January 25, 2027}
End | {date.end:Friday, April 23, 2027}
Shift | {job.shift:Nights, 7:00 PM to 7:30 AM}
Hours | {job.hours_per_week:36} hours a week, {job.employment_type:full-time}
## Your pay
Base pay | {letter.pay:$62.50 per hour}, before taxes
Annual equivalent | {letter.pay:$117,000}, at {job.hours_per_week:36} hours a week in every week of a year. This figure is for comparison only.
Overtime | {pay.overtime_rule:1.5 times base pay after 40 hours in a week}
Pay day | {pay.day:Friday of the following week}
## Sign-on payment
You receive a one-time sign-on payment of {sign_on.amount:$2,000} on {sign_on.pay_date:February 5, 2027}, less the taxes that the law requires us to withhold.
## What this offer depends on
This offer depends on a satisfactory result of each of the following, as far as the law allows:
- {conditions.contingencies:background check}
- {conditions.contingencies:professional license}
## How employment can end
Your employment is at will. You may leave at any time, and we may end your employment at any time, with or without cause or notice, for any reason that the law allows.
## Accepting this offer
This offer is open until {date.accept_by:5:00 PM Eastern Time on Friday, January 15, 2027}. You accept it on the page that brought you this letter. Until then, ask us anything you would like to know.
";

/// The letter, made out to somebody.
pub(crate) fn nurse(name: &str) -> Letter {
    let mut blocks = Vec::new();
    for line in NURSE.lines().filter(|line| !line.is_empty()) {
        add(&mut blocks, line);
    }
    blocks.push(Block::Acceptance {
        candidate: name.to_owned(),
        accept_by: "5:00 PM Eastern Time on Friday, January 15, 2027".to_owned(),
        blocks: vec![
            Block::Paragraph { text: spans("I have read this letter and I accept the assignment on the terms that it states.") },
            Block::Terms {
                rows: vec![
                    Row {
                        label: spans("Name"),
                        value: vec![Span::Value { field: FieldKey::new("candidate.legal_name"), text: name.to_owned(), strong: false }],
                    },
                    Row { label: spans("Signature"), value: Vec::new() },
                    Row { label: spans("Date"), value: Vec::new() },
                ],
            },
        ],
    });
    Letter {
        document: DocumentId::new("01943a0e5c7e7b6d8f3a19c288d04e55"),
        issued: chrono::NaiveDate::from_ymd_opt(2027, 1, 4).unwrap(),
        title: "Offer of an assignment".into(),
        language: "en-US".into(),
        template: TemplateKey::new("temp-standard"),
        letterhead: Letterhead { name: "Northwind Staffing, Inc.".into(), address: vec!["200 Wharf Street, Portland, Maine 04101".into()] },
        blocks,
    }
}

fn add(blocks: &mut Vec<Block>, line: &str) {
    if let Some(text) = line.strip_prefix("## ") {
        blocks.push(Block::Heading { level: 2, text: spans(text) });
    } else if let Some(text) = line.strip_prefix("# ") {
        blocks.push(Block::Heading { level: 1, text: spans(text) });
    } else if let Some(text) = line.strip_prefix("- ") {
        match blocks.last_mut() {
            Some(Block::List { items }) => items.push(spans(text)),
            _ => blocks.push(Block::List { items: vec![spans(text)] }),
        }
    } else if let Some((label, value)) = line.split_once(" | ") {
        let row = Row { label: spans(label), value: spans(value) };
        match blocks.last_mut() {
            Some(Block::Terms { rows }) => rows.push(row),
            _ => blocks.push(Block::Terms { rows: vec![row] }),
        }
    } else {
        blocks.push(Block::Paragraph { text: spans(line) });
    }
}

fn spans(line: &str) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut rest = line;
    while let Some((before, after)) = rest.split_once('{') {
        let (value, after) = after.split_once('}').unwrap();
        let (field, text) = value.split_once(':').unwrap();
        spans.push(Span::Text { text: before.to_owned(), strong: false });
        spans.push(Span::Value { field: FieldKey::new(field), text: text.to_owned(), strong: field == "letter.pay" });
        rest = after;
    }
    spans.push(Span::Text { text: rest.to_owned(), strong: false });
    spans
}
