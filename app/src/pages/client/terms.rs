//! The terms of the client's side, in the order in which a client asks for them. What the desk left out is not there.

use leptos::prelude::*;
use offer::engagement::Engagement;
use offer::field::{self, FieldKey, Section};
use offer::lifecycle::Event;
use offer::terms::{Terms, Value};

use crate::desk::OfferPage;
use crate::pages::record::Names;
use crate::parts::{DiffRow, TermRow, TermState, TermsGroup, TermsTable};
use crate::words::en::{client as words, field as field_words, money};

const JOB: [FieldKey; 9] = [
    field::JOB_TITLE,
    field::DEPARTMENT,
    field::REPORTS_TO,
    field::EMPLOYMENT_TYPE,
    field::WORKSITE,
    field::CITY,
    field::STATE,
    field::REMOTE,
    field::CONTINGENCIES,
];
const WHEN: [FieldKey; 5] = [field::START, field::END, field::SHIFT, field::SCHEDULE, field::HOURS_PER_WEEK];
const MONEY: [FieldKey; 22] = [
    field::BILL_RATE,
    field::BILL_OVERTIME,
    field::PURCHASE_ORDER,
    field::CONVERSION_FEE,
    field::CONVERSION_DATE,
    field::PAY_BASE,
    field::PAY_FREQUENCY,
    field::OVERTIME_RULE,
    field::DIFFERENTIALS,
    field::BONUS_KIND,
    field::BONUS_TARGET,
    field::BONUS_CONDITION,
    field::COMMISSION_PLAN,
    field::SIGN_ON,
    field::SIGN_ON_REPAYMENT,
    field::RELOCATION,
    field::EQUITY_UNITS,
    field::BENEFITS,
    field::PAID_LEAVE,
    field::FEE,
    field::FEE_FLAT,
    field::GUARANTEE_DAYS,
];

const WORDS: [FieldKey; 2] = [field::CLAUSES, field::ATTACHMENTS];

/// The terms, in groups.
pub(in crate::pages) fn terms(page: &OfferPage) -> AnyView {
    let money_title = if page.engagement == Some(Engagement::DirectHire) { words::PAID } else { words::BILLED };
    let person = (!page.candidate.is_empty()).then(|| plain(words::PERSON.to_owned(), page.candidate.clone()));
    let fee = page.computed.placement_fee.map(|fee| plain(words::FEE_AMOUNT.to_owned(), money::amount(fee)));
    let custom: Vec<FieldKey> = page.table.iter().filter(|spec| spec.label.is_some()).map(|spec| spec.key.clone()).collect();
    let group = |title: &str, rows: Vec<TermRow>| TermsGroup { title: Some(title.to_owned()), rows };
    let groups = vec![
        group(words::JOB, person.into_iter().chain(rows(&JOB, page)).collect()),
        group(words::WHEN, rows(&WHEN, page)),
        group(money_title, rows(&MONEY, page).into_iter().chain(fee).collect()),
        group(words::MORE, rows(&WORDS, page).into_iter().chain(rows(&custom, page)).collect()),
    ];
    view! { <div><TermsTable groups=groups/></div> }.into_any()
}

fn plain(label: String, value: String) -> TermRow {
    TermRow { label, value, note: None, state: TermState::Plain }
}

fn rows(keys: &[FieldKey], page: &OfferPage) -> Vec<TermRow> {
    let Some(terms) = &page.terms else { return Vec::new() };
    // the worksite's line says them too
    let said = |key: &FieldKey| [field::CITY, field::STATE].contains(key) && terms.get(&field::WORKSITE).is_some();
    let row = |key: &FieldKey| terms.get(key).map(|value| row(key, value, page));
    keys.iter().filter(|key| !said(key)).filter_map(row).collect()
}

fn row(key: &FieldKey, value: &Value, page: &OfferPage) -> TermRow {
    let per = match key {
        key if *key == field::BILL_RATE => Some(words::AN_HOUR),
        key if *key == field::PAY_BASE => page.terms.as_ref().and_then(Terms::pay_basis).map(money::per),
        _ => None,
    };
    let shown = in_words(key, value, page);
    let hourly = per == Some(words::AN_HOUR) && *key == field::PAY_BASE;
    let note = page.computed.annual_equivalent.filter(|_| hourly).map(|year| words::a_year(&money::amount(year)));
    let place = (*key == field::WORKSITE).then(|| place(&shown, page));
    TermRow {
        label: field_words::label_of(key, &page.table),
        value: place.unwrap_or_else(|| per.map_or(shown.clone(), |per| format!("{shown} {per}"))),
        note,
        state: TermState::Plain,
    }
}

/// Where the work is, in one line; a city that the worksite already names is not said twice.
fn place(worksite: &str, page: &OfferPage) -> String {
    let value = |key: FieldKey| page.terms.as_ref().and_then(|terms| terms.get(&key)).map(|value| in_words(&key, value, page));
    let rest = [value(field::CITY), value(field::STATE)].into_iter().flatten().filter(|part| !worksite.contains(part.as_str()));
    std::iter::once(worksite.to_owned()).chain(rest).collect::<Vec<_>>().join(", ")
}

fn in_words(key: &FieldKey, value: &Value, page: &OfferPage) -> String {
    Names { people: Some(&page.names), client: &page.client, titles: Some(&page.titles) }.value(key, value, &page.table)
}

/// What changed with an event, as far as the client sees it.
pub(super) fn changes(event: &Event, page: &OfferPage) -> Vec<DiffRow> {
    let Event::TermsChanged { changes, .. } = event else { return Vec::new() };
    in_rows(&changes.to_vec(), page)
}

/// Changes in words, but for what is only background.
pub(super) fn in_rows(changes: &[offer::terms::Change], page: &OfferPage) -> Vec<DiffRow> {
    let shown = |key: &FieldKey| page.table.get(key).is_some_and(|spec| spec.section != Section::Background);
    let row = |change: &offer::terms::Change| DiffRow {
        label: field_words::label_of(&change.field, &page.table),
        from: change.from.as_ref().map(|value| in_words(&change.field, value, page)),
        to: change.to.as_ref().map(|value| in_words(&change.field, value, page)),
    };
    changes.iter().filter(|change| shown(&change.field)).map(row).collect()
}
