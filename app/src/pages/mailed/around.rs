//! What stands around the decision: who else is asked and why nobody besides, and the browsers in which the reader is known.

use leptos::prelude::*;

use crate::desk::{KnownBrowser, MailedPage, MailedStands, OfferPage, StepLine, StepView};
use crate::pages::deciding::{granted, named};
use crate::pages::portal::Firm;
use crate::pages::{Times, Visit};
use crate::parts::{Button, ButtonKind, Form, Route, RouteOut, RouteStep, Section};
use crate::words::en::{client as client_words, mailed as words, reason, role};

/// Who is asked, and who is not, each with why.
pub(super) fn who(firm: &Firm, times: &Times, page: &MailedPage, offer: &OfferPage) -> Option<AnyView> {
    let steps: Vec<RouteStep> = offer.route.iter().map(|line| step(line, firm, times, page, offer)).collect();
    let out = offer
        .left_out
        .iter()
        .map(|out| RouteOut { name: words::not_asked(&role::step(&out.step)), why: reason::not_asked(&out.because, &offer.table) });
    let out: Vec<RouteOut> = out.collect();
    let title = if page.of_client { words::WHO_CLIENT } else { words::WHO };
    (!steps.is_empty()).then(|| view! { <Section id="who" title=title><Route steps=steps out=out/></Section> }.into_any())
}

fn step(line: &StepLine, firm: &Firm, times: &Times, page: &MailedPage, offer: &OfferPage) -> RouteStep {
    let own_turn = line.step.step == page.step && matches!(page.stands, MailedStands::Waits(_));
    let people = |names: &[String]| (!names.is_empty()).then(|| names.join(", "));
    let (state, state_text, who) = match &line.state {
        StepView::Later => ("waiting", words::LATER, people(&line.people)),
        StepView::Open { .. } if own_turn => ("open", words::YOU, people(&line.people)),
        StepView::Open { .. } => ("open", words::NOW, people(&line.people)),
        StepView::Returned { .. } => ("returned", words::RETURNED, people(&line.people)),
        StepView::Approved { by, at, version, .. } => {
            let mut told = words::approved_by(by, &times.near(*at, offer.now));
            if *version < offer.version {
                told = format!("{told} {}", words::STILL_STANDS);
            }
            ("approved", words::APPROVED, Some(told))
        }
    };
    let name = role::step(&line.step.step);
    let because: Vec<String> =
        line.step.because.iter().map(|because| reason::reasons(&because.reasons, &offer.table)).filter(|told| !told.is_empty()).collect();
    let fields = named(&line.step.decides, offer);
    RouteStep {
        state,
        state_text: state_text.to_owned(),
        name: if page.of_client { client_words::step(&line.step.who, &name, &firm.name, &offer.client) } else { name },
        who,
        why: (!because.is_empty()).then(|| because.join(" ")),
        covers: (!fields.is_empty() && !page.of_client).then(|| words::decides(&fields)),
        notes: if line.step.step == page.step { granted(line, offer) } else { Vec::new() },
        ..RouteStep::default()
    }
}

/// The browsers in which the reader is known, each with the button that forgets it.
pub(super) fn browsers(visit: &Visit, times: &Times, page: &MailedPage) -> Option<AnyView> {
    let lead = if page.of_client { words::BROWSERS_LEAD_CLIENT } else { words::BROWSERS_LEAD };
    let lines = page.browsers.iter().map(|known| browser(visit, times, page, known)).collect_view();
    (!page.browsers.is_empty()).then(|| {
        view! {
            <div data-print="no">
                <Section id="browsers" title=words::BROWSERS lead=lead><ul class="known-browsers">{lines}</ul></Section>
            </div>
        }
        .into_any()
    })
}

fn browser(visit: &Visit, times: &Times, page: &MailedPage, known: &KnownBrowser) -> AnyView {
    let KnownBrowser { id, is_this, user_agent, until, .. } = known.clone();
    let name = words::browser(&user_agent);
    let this = is_this.then(|| format!(" ({})", words::THIS_BROWSER));
    let until = words::until(&times.near(until, page.now));
    let forget = words::forget(&name);
    view! {
        <li class="known-browser">
            <p><span class="known-browser-name">{name}{this}</span>", "{until}</p>
            <Form
                key=format!("forget-{id}") action="/api/mailed/forget" once=visit.fresh.clone()
                hidden=vec![("token", visit.part("token")), ("id", id)]
            >
                <Button text=forget kind=ButtonKind::Quiet/>
            </Form>
        </li>
    }
    .into_any()
}
