//! Recording what was spoken to the candidate.

use leptos::prelude::*;
use offer::field::{self as fields, FieldKey, FieldSpec, Gate, Kind, Section};
use offer::lifecycle::VerbalResponse;

use super::change::crumbs;
use super::shown::{Shown, button};
use crate::desk::{Button as May, Notice as CameBack};
use crate::pages::record::{Choices, choice, field_box};
use crate::pages::{Ask, Found, Place, Question, Sheet, Visit, staff_page};
use crate::parts::{ButtonKind, Control, FieldSet, PageHead};
use crate::shell::PageWidth;
use crate::words::en::{course, date, offer as words, status};

/// The terms that are spoken most; what was not spoken stays empty.
const SPOKEN: [FieldKey; 8] = [
    fields::JOB_TITLE,
    fields::PAY_BASIS,
    fields::PAY_BASE,
    fields::HOURS_PER_WEEK,
    fields::START,
    fields::END,
    fields::SIGN_ON,
    fields::BONUS_TARGET,
];

/// Whatever else a letter can promise. Nothing stands in these boxes: a term counts as spoken once somebody says it was.
fn also_spoken(shown: &Shown, ask: &Ask, choices: &Choices) -> AnyView {
    let page = &shown.page;
    let promised = |spec: &&FieldSpec| {
        spec.prints
            && matches!(spec.section, Section::Job | Section::Dates | Section::Pay | Section::Extras)
            && !SPOKEN.contains(&spec.key)
            && !matches!(spec.kind, Kind::Person | Kind::Client | Kind::Codes | Kind::LocalTime)
            && page.engagement.is_none_or(|engagement| spec.applies_to(engagement))
    };
    let boxes: Vec<AnyView> = page.table.iter().filter(promised).map(|spec| field_box(ask, spec, "", None, choices)).collect();
    view! {
        <details class="act-choice" open=ask.came_back()>
            <summary>{course::ALSO_SPOKEN}</summary>
            <FieldSet legend=course::ALSO_SPOKEN hint=course::ALSO_SPOKEN_HINT columns=true>{boxes}</FieldSet>
        </details>
    }
    .into_any()
}

/// Records the verbal stage.
#[component]
pub fn VerbalPage() -> impl IntoView {
    staff_page(Place::Offers, verbal)
}

async fn verbal(visit: Visit) -> Found {
    let id = visit.offer()?;
    let page = visit.desk.offer(&visit.viewer, &id).await.done()?;
    let shown = Shown { times: visit.times(), visit, page };
    if !shown.may(May::RecordVerbal) {
        return Err(CameBack::NotFound);
    }
    let ask = shown.ask("verbal");
    let applies = |key: &&FieldKey| {
        shown.page.table.get(key).is_some_and(|spec| shown.page.engagement.is_none_or(|engagement| spec.applies_to(engagement)))
    };
    let pay_basis = shown.page.terms.as_ref().and_then(|terms| terms.pay()).map(|pay| pay.basis);
    let choices = Choices { pay_basis, ..Choices::default() };
    let spoken: Vec<AnyView> = SPOKEN
        .iter()
        .filter(applies)
        .filter_map(|key| {
            // what else was said is for whoever said it to tell: a term counts as spoken once it stands here
            let stands = shown.page.terms.as_ref().filter(|_| [fields::PAY_BASIS, fields::PAY_BASE].contains(key));
            let standing = stands.and_then(|terms| terms.get(key)).map(offer::terms::Value::typed).unwrap_or_default();
            // what was not said is left out
            let spec = FieldSpec { gate: Gate::Never, ..shown.page.table.get(key)?.clone() };
            Some(field_box(&ask, &spec, &standing, None, &choices))
        })
        .collect();
    let responses = VerbalResponse::ALL.map(|response| choice(response.code(), status::verbal_response(response))).to_vec();
    let long = |name: &str, label: &str| {
        ask.field(Question { name: name.to_owned(), label: label.to_owned(), control: Control::Long, ..Question::default() })
    };
    let inner = vec![
        ask.field(Question {
            name: "occurred_at".into(),
            label: words::WHEN_SPOKEN.into(),
            control: Control::DateTime,
            value: shown.times.typed(shown.page.now),
            hint: words::when_spoken_hint(&date::zone(shown.times.zone())).into(),
            required: true,
            ..Question::default()
        }),
        ask.field(Question {
            name: "response".into(),
            label: words::RESPONSE.into(),
            control: Control::Choices(responses),
            required: true,
            ..Question::default()
        }),
        view! { <FieldSet legend=words::SPOKEN hint=words::SPOKEN_HINT columns=true>{spoken}</FieldSet> }.into_any(),
        also_spoken(&shown, &ask, &choices),
        long("expectation", words::EXPECTATION),
        long("competing_offer", words::COMPETING_OFFER),
        ask.field(Question {
            name: "competing_deadline".into(),
            label: words::COMPETING_DEADLINE.into(),
            control: Control::Date,
            ..Question::default()
        }),
        long("notes", words::NOTES),
        button(words::RECORD_VERBAL_DO, ButtonKind::Primary),
    ];
    let form = shown.form(&ask, "verbal", Vec::new(), inner);
    let body = view! {
        <PageHead title=words::RECORD_VERBAL trail=crumbs(&shown) lead=words::VERBAL_LEAD/>
        <div class="intake">{form}</div>
    };
    Ok(Sheet {
        title: format!("{} - {}", words::RECORD_VERBAL, shown.page.number),
        width: PageWidth::Reading,
        table: shown.page.table.clone(),
        body: vec![body.into_any()],
        ..Sheet::default()
    })
}
