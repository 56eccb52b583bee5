//! Routing anew: which steps come, go and are asked again, before anything happens; the same for a change of terms.

use leptos::prelude::*;
use offer::field::FieldTable;
use offer::id::StepKey;
use offer::lifecycle::{Refusal, StepReopened};
use offer::policy::RouteStep;

use crate::desk::{Notice as CameBack, RerouteLines, ReroutePage as Rerouting};
use crate::pages::standing::{reason_boxes, route_view, step_row};
use crate::pages::{Ask, Found, Place, Question, Sheet, Visit, staff_page};
use crate::parts::{
    Button, ButtonKind, ButtonRow, Control, Crumb, Empty, Form, LinkButton, PageHead, Route, RouteStep as StepRow, Section,
};
use crate::shell::PageWidth;
use crate::words::en::{approver as words, offer as offer_words, role, staff, standing};

/// Routes an offer anew.
#[component]
pub fn ReroutePage() -> impl IntoView {
    staff_page(Place::Offers, reroute)
}

pub(in crate::pages) async fn reroute(visit: Visit) -> Found {
    let id = visit.offer()?;
    let page = visit.desk.rerouting(&visit.viewer, &id).await.done()?;
    let inner = match &page.outcome {
        Ok(lines) => preview(&visit, &page, lines),
        Err(Refusal::NothingChanges) => {
            let back = format!("/offers/{id}");
            view! {
                <Empty title=words::SAME_ROUTE text=words::SAME_ROUTE_WHY><LinkButton href=back text=words::BACK_TO_OFFER/></Empty>
            }
            .into_any()
        }
        Err(refusal) => return Err(CameBack::Refused(refusal.clone())),
    };
    let trail = vec![
        Crumb { href: Some("/offers".to_owned()), text: staff::OFFERS.to_owned() },
        Crumb { href: Some(format!("/offers/{id}")), text: page.number.clone() },
    ];
    let lead = words::reroute_lead(page.pinned, page.current, page.outcome.is_ok());
    let body = view! {
        <PageHead title=words::REROUTE trail=trail lead=lead/>
        {inner}
    };
    Ok(Sheet {
        title: format!("{} - {}", words::REROUTE, page.number),
        width: PageWidth::Reading,
        table: page.table.clone(),
        body: vec![body.into_any()],
        ..Sheet::default()
    })
}

fn preview(visit: &Visit, page: &Rerouting, lines: &RerouteLines) -> AnyView {
    view! {
        <div class="stack" data-gap="loose">
            {brought_about(lines, &page.table)}
            {form(visit, page, lines)}
        </div>
    }
    .into_any()
}

/// Which steps come, go and are asked again, and what stays.
pub fn brought_about(lines: &RerouteLines, table: &FieldTable) -> Vec<AnyView> {
    let come = (!lines.come.is_empty()).then(|| {
        let steps = lines.come.iter().map(|(step, people)| (step, people.clone()));
        let steps = route_view(steps, &[], &[], table);
        view! { <Section id="come" title=words::COME>{steps}</Section> }.into_any()
    });
    let go = (!lines.go.is_empty()).then(|| {
        let rows = lines.go.iter().map(|step| gone(step, table)).collect::<Vec<_>>();
        view! { <Section id="go" title=words::GO><Route steps=rows/></Section> }.into_any()
    });
    let again = (!lines.reopened.is_empty()).then(|| {
        let again = |reopened: &StepReopened| {
            let why = reopened.because.iter().map(|because| standing::reopening(because, table)).collect::<Vec<_>>().join(" ");
            StepRow { state: "reopened", name: role::step(&reopened.step), why: Some(why), ..StepRow::default() }
        };
        let rows: Vec<StepRow> = lines.reopened.iter().map(again).collect();
        view! { <Section id="again" title=words::ASKED_AGAIN><Route steps=rows/></Section> }.into_any()
    });
    let stays: Vec<String> =
        [told(&lines.stands, words::still_approved), told(&lines.waits, words::goes_on_waiting)].into_iter().flatten().collect();
    let stays = (!stays.is_empty()).then(|| {
        let stays = stays.into_iter().map(|said| view! { <p>{said}</p> }).collect_view();
        view! { <Section id="stays" title=words::UNTOUCHED>{stays}</Section> }.into_any()
    });
    [come, go, again, stays].into_iter().flatten().collect()
}

fn gone(step: &RouteStep, table: &FieldTable) -> StepRow {
    let row = step_row(step, table);
    StepRow { state: "waiting", state_text: words::GOES.to_owned(), why: None, ..row }
}

fn told(steps: &[StepKey], words: impl Fn(&str) -> String) -> Option<String> {
    let names = steps.iter().map(role::step).collect::<Vec<_>>().join(", ");
    (!names.is_empty()).then(|| words(&names))
}

fn form(visit: &Visit, page: &Rerouting, lines: &RerouteLines) -> AnyView {
    let ask = Ask::new(visit, "reroute", &page.table);
    let why = ask.field(Question {
        name: "why".into(),
        label: words::REROUTE_WHY.into(),
        control: Control::Long,
        required: true,
        ..Question::default()
    });
    let hidden = vec![("offer", page.id.to_string()), ("playbook", page.current.to_string())];
    let reasons = reason_boxes(&ask, &lines.unexplained);
    view! {
        <Section id="do" title=offer_words::YOUR_TURN>
            <Form key="reroute" action="/api/offers/reroute" once=ask.once.clone() hidden=hidden>
                {reasons}
                {why}
                <ButtonRow><Button text=words::REROUTE_DO kind=ButtonKind::Primary/></ButtonRow>
            </Form>
        </Section>
    }
    .into_any()
}
