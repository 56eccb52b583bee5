//! The review before submission: everything typed, what is wrong, what was found, and the route to come with its reasons.

use leptos::prelude::*;
use offer::check::{Finding, Strength};
use offer::field::{FieldKey, Gate, Section as FieldSection};
use offer::id::OfferId;
use offer::intake;

use super::intake::{fields, problem_words, problems_of, steps, to_mend, typed_words, way_to, whose};
use crate::desk::{IntakePage, Notice as CameBack, ReviewPage};
use crate::pages::offer::rejected;
use crate::pages::offer::shown::Shown;
use crate::pages::record::box_name;
use crate::pages::standing::{computed_rows, finding_rows, reason_boxes, route_view};
use crate::pages::{Ask, Found, Place, Sheet, Visit, staff_page};
use crate::parts::{
    Button, ButtonKind, ButtonRow, Crumb, Empty, Findings, Form, LinkButton, Notice, NoticeKind, PageHead, Section, TermRow, TermState,
    TermsGroup, TermsTable, field_id,
};
use crate::words::en::{field, intake as intake_words, parts as part_words, refusal, staff as words};

/// The review of a draft.
#[component]
pub fn DraftReviewPage() -> impl IntoView {
    staff_page(Place::Offers, review)
}

pub(in crate::pages) async fn review(visit: Visit) -> Found {
    let offer = visit.offer()?;
    let page = visit.desk.review(&visit.viewer, &offer).await.done()?;
    let trail = vec![
        Crumb { href: Some("/offers".to_owned()), text: words::OFFERS.to_owned() },
        Crumb { href: Some(format!("/offers/{offer}")), text: whose(&page.intake) },
    ];
    let before = match page.changed {
        Some(changed) => before(&visit, &offer, changed).await?,
        None => Vec::new(),
    };
    let says_problems = !page.intake.problems.is_empty() && matches!(visit.kept.notice(), Some(CameBack::Problems(_)));
    let body = vec![
        view! { <PageHead title=words::REVIEW trail=trail lead=words::REVIEW_LEAD/> }.into_any(),
        steps(&page.intake, None),
        before.into_any(),
        problems(&page, says_problems),
        letter_needs(&page.intake),
        findings(&page),
        route(&page),
        terms(&page),
        submit(&visit, &page),
    ];
    Ok(Sheet {
        title: format!("{} - {}", words::REVIEW, page.intake.number),
        table: page.intake.table.clone(),
        says_problems,
        body: vec![view! { <div class="stack" data-gap="loose">{body}</div> }.into_any()],
        ..Sheet::default()
    })
}

/// Why it came back from its approvers, and whether anything is changed since it was submitted.
async fn before(visit: &Visit, offer: &OfferId, changed: bool) -> Result<Vec<AnyView>, CameBack> {
    let page = visit.desk.offer(&visit.viewer, offer).await.done()?;
    let shown = Shown { times: visit.times(), visit: visit.clone(), page };
    let unchanged = (!changed).then(|| view! { <Notice kind=NoticeKind::Warning title=words::UNCHANGED/> }.into_any());
    Ok(rejected(&shown).into_iter().chain(unchanged).collect())
}

/// Every problem, leading to its box; where there is none, whether the checks let it through.
fn problems(ReviewPage { intake: page, findings, undecidable, .. }: &ReviewPage, came_back: bool) -> AnyView {
    if page.problems.is_empty() && is_blocked(findings) {
        return view! { <Notice kind=NoticeKind::Warning title=words::BLOCKED><p><a href="#findings">{words::TO_FINDINGS}</a></p></Notice> }
            .into_any();
    }
    if let Some(why) = undecidable.as_ref().filter(|_| page.problems.is_empty()) {
        let why = refusal::refusal(why, &page.table);
        return view! { <Notice kind=NoticeKind::Warning title=words::NOT_TO_BE_SUBMITTED><p>{why}</p></Notice> }.into_any();
    }
    if page.problems.is_empty() {
        return view! { <Notice kind=NoticeKind::Done title=words::COMPLETE/> }.into_any();
    }
    let lines = page.problems.iter().map(|found| {
        let section = page.table.get(&found.field).map(|spec| spec.section);
        let text = format!("{}: {}", field::label_of(&found.field, &page.table), problem_words(found, page));
        match section {
            Some(section) => view! { <li><a href=way_to_field(page, section, &found.field)>{text}</a></li> }.into_any(),
            None => view! { <li>{text}</li> }.into_any(),
        }
    });
    view! {
        <div class="problem-summary" id=came_back.then_some("problems") tabindex=came_back.then_some("-1")>
            <h2 class="problem-summary-title">{part_words::problems(page.problems.len())}</h2>
            <ul>{lines.collect_view()}</ul>
        </div>
    }
    .into_any()
}

/// Whether a finding stands in the way that no reason leads past.
fn is_blocked(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.strength == Strength::Block)
}

/// What the letter will need and nobody has filled in: filled in later, it may have to be approved again.
fn letter_needs(page: &IntakePage) -> AnyView {
    let needed = intake::read_what_stands(&page.entries, &page.table).missing(Gate::Generate, &page.table);
    let open = |key: &FieldKey| !page.problems.iter().any(|problem| problem.field == *key) && page.editable.contains(key);
    let lines: Vec<AnyView> = needed
        .iter()
        .filter(|key| open(key))
        .filter_map(|key| {
            let (href, text) = (way_to_field(page, page.table.get(key)?.section, key), field::label_of(key, &page.table));
            Some(view! { <li><a href=href>{text}</a></li> }.into_any())
        })
        .collect();
    if lines.is_empty() {
        return ().into_any();
    }
    view! { <Notice kind=NoticeKind::Warning title=words::LETTER_NEEDS><ul>{lines}</ul><p>{words::LETTER_NEEDS_WHY}</p></Notice> }
        .into_any()
}

fn way_to_field(page: &IntakePage, section: FieldSection, key: &FieldKey) -> String {
    format!("{}#{}", to_mend(page, section), field_id(&format!("intake-{}", box_name(key))))
}

fn findings(page: &ReviewPage) -> AnyView {
    let computed = computed_rows(&page.computed);
    let figures = (!computed.is_empty()).then(|| {
        let groups = vec![TermsGroup { title: Some(words::FIGURES.to_owned()), rows: computed }];
        view! { <TermsTable groups=groups/> }
    });
    let rows = finding_rows(&page.findings, &page.intake.table);
    let none = page.findings.is_empty().then(|| view! { <p>{words::no_findings(page.intake.problems.len())}</p> });
    view! {
        <Section id="findings" title=words::FINDINGS lead=words::FINDINGS_LEAD>
            <Findings rows=rows/>
            {none}
            {figures}
        </Section>
    }
    .into_any()
}

fn route(page: &ReviewPage) -> AnyView {
    let table = &page.intake.table;
    let inner = if page.route.steps.is_empty() && page.hidden_rules == 0 {
        view! { <Empty title=words::NO_ROUTE text=words::NO_ROUTE_WHY/> }.into_any()
    } else {
        let steps = page.route.steps.iter().enumerate().map(|(place, step)| (step, page.people.get(place).cloned().unwrap_or_default()));
        route_view(steps, &page.stands, &page.route.left_out, table)
    };
    let more = intake_words::checked_on_the_server(page.hidden_rules).map(|more| view! { <p>{more}</p> });
    view! { <Section id="route" title=words::ROUTE_TO_COME lead=words::ROUTE_LEAD>{inner}{more}</Section> }.into_any()
}

fn terms(page: &ReviewPage) -> AnyView {
    let intake = &page.intake;
    let sections: Vec<AnyView> = intake
        .sections
        .iter()
        .map(|section| {
            let problems = problems_of(intake, *section);
            let rows = fields(intake, *section)
                .into_iter()
                .filter_map(|spec| {
                    let value = typed_words(spec, intake);
                    let wrong = problems.iter().find(|problem| problem.field == spec.key);
                    (!value.trim().is_empty() || wrong.is_some()).then(|| TermRow {
                        label: field::label(spec),
                        value,
                        note: wrong.map(|wrong| problem_words(wrong, intake)),
                        state: if wrong.is_some() { TermState::ToMend } else { TermState::Plain },
                    })
                })
                .collect();
            let href = way_to(intake, *section);
            let groups = vec![TermsGroup { title: Some(field::section(*section).to_owned()), rows }];
            let change = words::change_section(field::section(*section));
            view! { <div><TermsTable groups=groups/><p><a href=href>{change}</a></p></div> }.into_any()
        })
        .collect();
    view! { <Section id="terms" title=words::WHAT_WAS_TYPED><div class="terms-columns">{sections}</div></Section> }.into_any()
}

fn submit(visit: &Visit, page: &ReviewPage) -> AnyView {
    let ask = Ask::new(visit, "submit", &page.intake.table);
    let reasons = reason_boxes(&ask, &page.findings);
    let first_problem = page.intake.problems.first().and_then(|found| Some((page.intake.table.get(&found.field)?.section, &found.field)));
    let mend = first_problem.map(|(section, key)| (words::MEND_FIRST, way_to_field(&page.intake, section, key), words::TO_FIRST_PROBLEM));
    let mend = mend.or_else(|| is_blocked(&page.findings).then(|| (words::BLOCKED, "#findings".to_owned(), words::TO_FINDINGS)));
    // sent all the same, it comes back with what is open; what leads on stands out
    let kind = if mend.is_some() { ButtonKind::Plain } else { ButtonKind::Primary };
    let mend = mend.map(|(why, href, text)| view! { <p>{why}</p> <p><LinkButton href=href text=text kind=ButtonKind::Primary/></p> });
    let hidden = vec![("offer", page.intake.id.to_string())];
    view! {
        <Section id="submitting" title=words::SUBMIT_TITLE lead=words::SUBMIT_LEAD>
            {mend}
            <Form key="submit" action="/api/offers/submit" once=ask.once.clone() hidden=hidden>
                {reasons}
                <ButtonRow><Button text=words::SUBMIT kind=kind/></ButtonRow>
            </Form>
        </Section>
    }
    .into_any()
}
