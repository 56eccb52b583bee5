//! The guided intake, one section a page. Everything is kept exactly as typed.

use leptos::prelude::*;
use offer::engagement::PayBasis;
use offer::field::{CANDIDATE_NAME, FieldKey, FieldSpec, Section, TEAM};
use offer::intake::{Fault, Problem};

use crate::api::offers::draft::HELD;
use crate::desk::{IntakePage, Notice as CameBack, Titles};
use crate::islands::live_intake::{LiveIntake, SaveState};
use crate::pages::frame::go_to;
use crate::pages::offer::rejected_by;
use crate::pages::record::{Choices, Names, box_name, field_box};
use crate::pages::{Ask, Found, Place, Sheet, Visit, staff_page};
use crate::parts::{
    Button, ButtonKind, ButtonRow, Crumb, Form, FormProblem, Notice, NoticeKind, PageHead, ProblemSummary, Section as PagePart,
    SectionStanding, StepLink, StepState, Steps, TermRow, TermsGroup, TermsTable,
};
use crate::shell::{Bundle, PageWidth};
use crate::words::en::{field, offer as offer_words, problem, staff as words};

/// Leads to the first section.
#[component]
pub fn IntakeFirstPage() -> impl IntoView {
    staff_page(Place::Offers, async |visit: Visit| {
        let offer = visit.offer()?;
        let page = visit.desk.intake(&visit.viewer, &offer).await.done()?;
        let section = page.sections.first().ok_or(CameBack::NotFound)?;
        go_to(&format!("/offers/{offer}/intake/{}", field::section_path(*section)));
        Ok(Sheet::default())
    })
}

/// One section of the intake.
#[component]
pub fn IntakeSectionPage() -> impl IntoView {
    staff_page(Place::Offers, section)
}

pub(in crate::pages) async fn section(visit: Visit) -> Found {
    let offer = visit.offer()?;
    let page = visit.desk.intake(&visit.viewer, &offer).await.done()?;
    let wanted = visit.part("section");
    let place = page.sections.iter().position(|section| field::section_path(*section) == wanted).ok_or(CameBack::NotFound)?;
    let section = page.sections.get(place).copied().ok_or(CameBack::NotFound)?;
    let next = page.sections.get(place + 1).copied();
    let trail = vec![
        Crumb { href: Some("/offers".to_owned()), text: words::OFFERS.to_owned() },
        Crumb { href: Some(format!("/offers/{offer}")), text: whose(&page) },
    ];
    let times = visit.times();
    let rejected = page.rejection.as_ref().map(|no| rejected_by(&no.by, &no.step, &times.full(no.at), &no.reason));
    let saved = visit.query("saved").map(|_| view! { <Notice kind=NoticeKind::Done title=words::SAVED/> });
    let held = visit.query(HELD).map(|_| view! { <ProblemSummary problems=wrong(&page, section)/> });
    let body = view! {
        <PageHead title=field::section(section) trail=trail lead=field::section_lead(section)/>
        {steps(&page, Some(section))}
        {rejected}
        {saved}
        {held}
        {form(&visit, &page, section, next)}
    };
    Ok(Sheet {
        title: format!("{} - {}", field::section(section), page.number),
        width: PageWidth::Page,
        table: page.table.clone(),
        body: vec![body.into_any()],
        ..Sheet::default()
    })
}

fn teams(titles: &Titles) -> Vec<(String, String)> {
    titles.iter().filter(|((key, _), _)| *key == TEAM).map(|((_, team), name)| (team.clone(), name.clone())).collect()
}

fn form(visit: &Visit, page: &IntakePage, section: Section, next: Option<Section>) -> AnyView {
    let mut ask = Ask::new(visit, "intake", &page.table);
    ask.live = true;
    let mut shown = Vec::new();
    if !ask.came_back() {
        let problems = shown_problems(visit, page, section);
        shown.extend(problems.iter().map(|problem| problem.field.clone()));
        ask.show(problems);
    }
    let choices = Choices {
        people: page.people.clone(),
        clients: page.clients.clone(),
        clauses: page.clauses.clone(),
        contingencies: page.contingencies.clone(),
        teams: teams(&page.titles),
        known: page.known.clone(),
        pay_basis: page.entries.get(&offer::field::PAY_BASIS).and_then(PayBasis::parse),
    };
    let fields = fields(page, section);
    let boxes: Vec<AnyView> = fields
        .iter()
        .filter(|spec| page.editable.contains(&spec.key))
        .map(|spec| {
            let note = page.prefilled.contains(&spec.key).then(|| words::from_opening(&page.number));
            field_box(&ask, spec, page.entries.typed(&spec.key), note, &choices)
        })
        .collect();
    let (settled, others): (Vec<_>, Vec<_>) =
        fields.iter().filter(|spec| !page.editable.contains(&spec.key)).partition(|spec| page.settled.contains(&spec.key));
    let rows = |specs: Vec<&&FieldSpec>| -> Vec<TermRow> {
        specs.into_iter().map(|spec| TermRow { label: field::label(spec), value: typed_words(spec, page), ..TermRow::default() }).collect()
    };
    let part = |id: &'static str, title: &'static str, lead: &'static str, rows: Vec<TermRow>| {
        (!rows.is_empty()).then(|| {
            let groups = vec![TermsGroup { title: None, rows }];
            view! { <PagePart id=id title=title lead=lead><TermsTable groups=groups/></PagePart> }
        })
    };
    let standing =
        vec![part("settled", words::SETTLED, words::SETTLED_WHY, rows(settled)), part("others", words::FILLED_BY_OTHERS, "", rows(others))];
    let (next_value, next_text) = match next {
        Some(next) => (field::section_path(next), words::save_and_next(field::section(next))),
        None => ("review", words::SAVE_AND_REVIEW.to_owned()),
    };
    let review = next.map(|_| view! { <Button text=words::SAVE_AND_REVIEW name="then" value="review"/> });
    if boxes.is_empty() {
        return view! { <div class="intake"><div class="stack">{standing}</div></div> }.into_any();
    }
    let asked: Vec<FieldKey> = fields.iter().map(|spec| spec.key.clone()).filter(|key| page.editable.contains(key)).collect();
    let slice = page.slice.clone().while_filling(&asked);
    let hidden = vec![("offer", page.id.to_string()), ("section", field::section_path(section).to_owned())];
    let once = ask.once.clone();
    view! {
        <Bundle/>
        <LiveIntake slice=slice form="intake".to_owned() fields=asked version=page.version shown=shown>
            <Form key="intake" action="/api/offers/save" once=once hidden=hidden>
                <div class="field-set" data-columns="">{boxes}</div>
                {standing}
                <div class="intake-foot">
                    <ButtonRow>
                        <Button text=next_text kind=ButtonKind::Primary name="then" value=next_value/>
                        {review}
                        <Button text=words::SAVE kind=ButtonKind::Quiet name="then" value=""/>
                    </ButtonRow>
                    <SaveState/>
                </div>
            </Form>
        </LiveIntake>
    }
    .into_any()
}

/// The fields of a section for this engagement, in the order of the table.
pub(super) fn fields(page: &IntakePage, section: Section) -> Vec<&FieldSpec> {
    let applies = |spec: &&FieldSpec| page.engagement.is_none_or(|engagement| spec.applies_to(engagement));
    page.table.iter().filter(|spec| spec.section == section).filter(applies).collect()
}

/// The problems of a section's fields.
pub(super) fn problems_of(page: &IntakePage, section: Section) -> Vec<&Problem> {
    let here = |problem: &&Problem| page.table.get(&problem.field).is_some_and(|spec| spec.section == section);
    page.problems.iter().filter(here).collect()
}

/// What holds somebody up in a section, leading to the boxes.
fn wrong(page: &IntakePage, section: Section) -> Vec<FormProblem> {
    let here = problems_of(page, section).into_iter().filter(|found| !found.is_lack() && page.editable.contains(&found.field));
    let line = |found: &Problem| FormProblem {
        field: Some(format!("intake-{}", box_name(&found.field))),
        text: problem::problem(found, &page.table),
    };
    here.map(line).collect()
}

/// What is wrong in a section: what is missing only for whoever saved it or comes to mend it, for nobody wants to be scolded by an empty form.
fn shown_problems(visit: &Visit, page: &IntakePage, section: Section) -> Vec<Problem> {
    let asked = ["saved", MEND, HELD].iter().any(|asked| visit.query(asked).is_some());
    problems_of(page, section).into_iter().filter(|problem| asked || !matches!(problem.fault, Fault::Missing { .. })).cloned().collect()
}

/// What an address says for whoever comes to mend a section.
const MEND: &str = "mend";

/// Where a section is filled in.
pub(super) fn way_to(page: &IntakePage, section: Section) -> String {
    format!("/offers/{}/intake/{}", page.id, field::section_path(section))
}

/// The same for whoever comes to mend it.
pub(super) fn to_mend(page: &IntakePage, section: Section) -> String {
    format!("{}?{MEND}=yes", way_to(page, section))
}

/// How far the intake has come; `current` is nothing on the review.
pub(super) fn steps(page: &IntakePage, current: Option<Section>) -> AnyView {
    let mut steps: Vec<StepLink> = page
        .sections
        .iter()
        .map(|section| {
            let standing = SectionStanding::of(*section, &page.entries, &page.problems, &page.table);
            let SectionStanding { wrong, missing, is_blank } = standing;
            let state = match (current == Some(*section), wrong, missing) {
                (true, ..) => StepState::Current,
                (_, 1.., _) => StepState::Problem,
                (_, 0, 0) if !is_blank => StepState::Done,
                (_, 0, _) => StepState::Todo,
            };
            let mends = !is_blank && wrong + missing > 0;
            let href = if mends { to_mend(page, *section) } else { way_to(page, *section) };
            StepLink { href: Some(href), name: field::section(*section).to_owned(), state, note: standing.note() }
        })
        .collect();
    steps.push(StepLink {
        href: Some(format!("/offers/{}/review", page.id)),
        name: words::REVIEW.to_owned(),
        state: if current.is_none() { StepState::Current } else { StepState::Todo },
        note: None,
    });
    view! { <Steps label=words::SECTIONS steps=steps/> }.into_any()
}

/// What was typed, in words where it reads and as typed where it does not.
pub(super) fn typed_words(spec: &FieldSpec, page: &IntakePage) -> String {
    let typed = page.entries.typed(&spec.key);
    let Ok(value) = offer::intake::read_value(typed, spec) else { return typed.to_owned() };
    match &value {
        offer::terms::Value::Person(person) => {
            page.people.iter().find(|choice| choice.id == *person).map_or_else(|| words::SOMEBODY.to_owned(), |choice| choice.name.clone())
        }
        value => Names { titles: Some(&page.titles), ..Names::default() }.value(&spec.key, value, &page.table),
    }
}

/// The offer by its number and whose it is, as far as that is typed.
pub(super) fn whose(page: &IntakePage) -> String {
    offer_words::whose(&page.number, page.entries.typed(&CANDIDATE_NAME))
}

/// A problem in words, without the name of its field.
pub(super) fn problem_words(found: &Problem, page: &IntakePage) -> String {
    problem::fault(&found.fault, &page.table)
}
