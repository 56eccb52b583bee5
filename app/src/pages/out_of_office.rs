//! Out of office: one's own days and who decides meanwhile; whoever runs people sees to everybody's.

use leptos::prelude::*;
use offer::field::FieldTable;
use offer::id::PersonId;

use super::record::choice;
use super::{Ask, Found, Place, Question, Sheet, Visit, staff_page};
use crate::desk::{AbsenceLine, AbsencePage, Notice as CameBack};
use crate::parts::{Button, ButtonKind, ButtonRow, Control, Field, Form, Notice, NoticeKind, PageHead, Section};
use crate::shell::PageWidth;
use crate::words::en::{approver as words, date};

/// Says when somebody is away.
#[component]
pub fn OutOfOfficePage() -> impl IntoView {
    staff_page(Place::Elsewhere, out_of_office)
}

pub(in crate::pages) async fn out_of_office(visit: Visit) -> Found {
    let person = match visit.query("person") {
        Some(id) => Some(PersonId::parse(&id).ok_or(CameBack::NotFound)?),
        None => None,
    };
    let page = visit.desk.absence(&visit.viewer, person.as_ref()).await.done()?;
    let title = if page.is_own { words::OUT_OF_OFFICE.to_owned() } else { words::out_of_office_of(&page.name) };
    let lead = if page.is_own { words::OUT_OF_OFFICE_LEAD } else { words::OUT_OF_OFFICE_LEAD_OTHER };
    let body = view! {
        <PageHead title=title.clone() lead=lead/>
        <div class="stack" data-gap="loose">
            {planned(&visit, &page)}
            {days(&visit, &page)}
            {listed("stands-in", words::STANDS_IN, &page.stands_in_for)}
            {listed("who-is-away", words::AWAY_PEOPLE, &page.away)}
            {somebody_else(&page)}
        </div>
    };
    Ok(Sheet { title, width: PageWidth::Reading, body: vec![body.into_any()], ..Sheet::default() })
}

/// What is planned, with the way to take it back.
fn planned(visit: &Visit, page: &AbsencePage) -> Option<AnyView> {
    let line = page.absence.as_ref()?;
    let said = words::own_days(&date::day(line.from), &date::day(line.until), line.stand_in.as_ref().map(|(_, name)| name.as_str()));
    let kind = if line.is_now { NoticeKind::Warning } else { NoticeKind::Note };
    let hidden = vec![("person", page.person.to_string())];
    Some(
        view! {
            <div class="stack">
                <Notice kind=kind title=said/>
                <Form key="back" action="/api/people/back" once=visit.fresh.clone() hidden=hidden>
                    <ButtonRow><Button text=words::BACK_DO/></ButtonRow>
                </Form>
            </div>
        }
        .into_any(),
    )
}

fn days(visit: &Visit, page: &AbsencePage) -> AnyView {
    let ask = Ask::new(visit, "away", &FieldTable::default());
    let standing = page.absence.as_ref();
    let day = |name: &str, label: &str, value: Option<offer::moment::Day>| {
        ask.field(Question {
            name: name.to_owned(),
            label: label.to_owned(),
            control: Control::Date,
            value: value.map(|day| day.to_string()).unwrap_or_default(),
            required: true,
            ..Question::default()
        })
    };
    let nobody = std::iter::once(choice("", words::NOBODY));
    let people = page.stand_ins.iter().map(|(person, name)| choice(person.to_string(), name.clone()));
    let stand_in = ask.field(Question {
        name: "stand_in".to_owned(),
        label: words::STAND_IN.to_owned(),
        control: Control::Select(nobody.chain(people).collect()),
        value: standing.and_then(|line| line.stand_in.as_ref()).map(|(person, _)| person.to_string()).unwrap_or_default(),
        hint: words::STAND_IN_HINT.into(),
        ..Question::default()
    });
    let from = day("from", words::FIRST_DAY_AWAY, Some(standing.map_or(page.today, |line| line.from)));
    let until = day("until", words::LAST_DAY_AWAY, standing.map(|line| line.until));
    let hidden = vec![("person", page.person.to_string())];
    view! {
        <Form key="away" action="/api/people/away" once=ask.once.clone() hidden=hidden>
            <div class="field-set" data-columns="">{from}{until}</div>
            {stand_in}
            <ButtonRow><Button text=words::AWAY_DO kind=ButtonKind::Primary/></ButtonRow>
        </Form>
    }
    .into_any()
}

fn listed(id: &'static str, title: &'static str, lines: &[AbsenceLine]) -> Option<AnyView> {
    let line = |line: &AbsenceLine| {
        let stand_in = line.stand_in.as_ref().map(|(_, name)| name.as_str());
        let text = words::days_away(&line.name, &date::day(line.from), &date::day(line.until), stand_in);
        view! { <li data-state=line.is_now.then_some("now")>{text}</li> }
    };
    let lines = lines.iter().map(line).collect::<Vec<_>>();
    (!lines.is_empty()).then(|| view! { <Section id=id title=title><ul class="absences">{lines}</ul></Section> }.into_any())
}

/// The way to the days of others.
fn somebody_else(page: &AbsencePage) -> Option<AnyView> {
    if page.people.is_empty() {
        return None;
    }
    let people = page.people.iter().map(|(person, name)| choice(person.to_string(), name.clone())).collect();
    let value = page.person.to_string();
    Some(
        view! {
            <Section id="somebody" title=words::FOR_SOMEBODY>
                <form class="stack" method="get" action="/out-of-office">
                    <Field name="person" label=words::WHOSE control=Control::Select(people) value=value form="whose"/>
                    <ButtonRow><Button text=words::WHOSE_DO/></ButtonRow>
                </form>
            </Section>
        }
        .into_any(),
    )
}
