//! The client's sheet, clauses, attachments, the start and seats.

use super::{ClauseRow, Fact, Finding, Ground, Strength};
use crate::field;
use crate::moment::Day;
use crate::terms::Terms;
use chrono::NaiveDateTime;

pub(super) fn findings(terms: &Terms, ground: Ground<'_>) -> Vec<Finding> {
    let mut found = Vec::new();
    let mut find = |strength, field: &field::FieldKey, fact| found.push(Finding { strength, field: field.clone(), fact });
    for key in terms.clauses() {
        match ground.rows.clause(&key) {
            None => find(Strength::Block, &field::CLAUSES, Fact::UnknownClause { clause: key }),
            Some(ClauseRow { standard: false, title }) => {
                find(Strength::Approval, &field::CLAUSES, Fact::NonStandardClause { title: title.to_owned(), clause: key });
            }
            Some(ClauseRow { standard: true, .. }) => {}
        }
    }
    if terms.text(&field::SPECIAL_TERMS).is_some() {
        find(Strength::Approval, &field::SPECIAL_TERMS, Fact::SpecialTerms);
    }
    if let Some(code) = terms.client() {
        match ground.rows.sheet(&code) {
            None => find(Strength::Block, &field::CLIENT, Fact::UnknownClient { client: code }),
            Some(sheet) => {
                for clause in sheet.clauses.iter().filter(|clause| !terms.clauses().any(|chosen| chosen == **clause)) {
                    let title = ground.rows.clause(clause).map(|clause| clause.title.to_owned()).unwrap_or_default();
                    find(Strength::Block, &field::CLAUSES, Fact::ClauseMissing { clause: clause.clone(), title });
                }
                let attached = terms.codes(&field::ATTACHMENTS);
                for attachment in sheet.attachments.iter().filter(|name| !attached.contains(name)) {
                    find(Strength::Block, &field::ATTACHMENTS, Fact::AttachmentMissing { attachment: attachment.clone() });
                }
                if sheet.purchase_order
                    && terms.engagement().is_some_and(crate::engagement::Engagement::is_billed)
                    && terms.text(&field::PURCHASE_ORDER).is_none()
                {
                    find(Strength::Reason, &field::PURCHASE_ORDER, Fact::PurchaseOrderMissing);
                }
                if let Some(review_on) = sheet.review_on.filter(|day| *day < ground.today) {
                    find(Strength::Note, &field::CLIENT, Fact::SheetReviewDue { review_on });
                }
            }
        }
    }
    if let Some(start) = terms.day(&field::START).filter(|start| *start < ground.today) {
        find(Strength::Reason, &field::START, Fact::StartPassed { start });
    }
    if ground.opening.other_live_offers >= ground.opening.seats_free {
        let (seats_free, live) = (Some(ground.opening.seats_free), Some(ground.opening.other_live_offers.saturating_add(1)));
        find(Strength::Reason, &field::ENGAGEMENT, Fact::OverSeats { seats_free, live });
    }
    found
}

/// That the day until which the candidate may accept lies behind.
pub(super) fn accept_by_passed(terms: &Terms, ground: Ground<'_>) -> Option<Finding> {
    let accept_by = accept_by_day(terms).filter(|day| *day < ground.today)?;
    Some(Finding { strength: Strength::Reason, field: field::ACCEPT_BY, fact: Fact::AcceptByPassed { accept_by } })
}

/// The day of the accept-by, in the zone that is printed with it.
fn accept_by_day(terms: &Terms) -> Option<Day> {
    let local = terms.text(&field::ACCEPT_BY)?;
    NaiveDateTime::parse_from_str(local, "%Y-%m-%dT%H:%M").ok().map(|local| local.date())
}
