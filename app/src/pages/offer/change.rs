//! Proposing a change of terms, and adopting a proposal with its values adjusted.

use leptos::prelude::*;
use offer::field::{self as fields, FieldSpec, Kind, Section};
use offer::id::ProposalId;
use offer::lifecycle::ProposalOutcome;
use offer::terms::{Change, Terms, Value};

use super::letter::unexplained;
use super::shown::{Shown, button};
use crate::desk::{Button as May, Notice as CameBack, OfferPage};
use crate::pages::record::{Choices, choice, field_box};
use crate::pages::standing::reason_boxes;
use crate::pages::{Ask, Found, Place, Question, Sheet, Visit, staff_page};
use crate::parts::{ButtonKind, Control, Crumb, Diff, PageHead};
use crate::shell::PageWidth;
use crate::words::en::{field, offer as words, staff};

/// Proposes a change.
#[component]
pub fn ProposePage() -> impl IntoView {
    staff_page(Place::Offers, propose)
}

/// Adopts a proposal.
#[component]
pub fn AdoptPage() -> impl IntoView {
    staff_page(Place::Offers, adopt)
}

pub(in crate::pages) async fn propose(visit: Visit) -> Found {
    let shown = shown(visit).await?;
    let Some(terms) = shown.page.terms.clone().filter(|_| shown.may(May::Propose)) else { return Err(CameBack::NotFound) };
    let ask = shown.ask("propose");
    let mut inner = boxes(&shown, &ask, &terms, &[]);
    inner.push(ask.field(Question {
        name: "asked_by".into(),
        label: words::WHO_ASKS.into(),
        control: Control::Choices(vec![choice("candidate", words::CANDIDATE_ASKED), choice("employer", words::WE_ASKED)]),
        required: true,
        ..Question::default()
    }));
    inner.push(why(&ask));
    inner.push(button(words::PROPOSE_DO, ButtonKind::Primary));
    let form = shown.form(&ask, "propose", Vec::new(), inner);
    let body = view! {
        <PageHead title=words::PROPOSE trail=crumbs(&shown) lead=words::PROPOSE_LEAD/>
        <div class="intake">{form}</div>
    };
    Ok(sheet(&shown, words::PROPOSE, body.into_any()))
}

async fn adopt(visit: Visit) -> Found {
    let proposal = ProposalId::parse(&visit.part("proposal")).ok_or(CameBack::NotFound)?;
    let shown = shown(visit).await?;
    let Some(terms) = shown.page.terms.clone().filter(|_| shown.may(May::Adopt)) else { return Err(CameBack::NotFound) };
    let line =
        shown.page.proposals.iter().find(|line| line.id == proposal && line.outcome == ProposalOutcome::Open).ok_or(CameBack::NotFound)?;
    let ask = shown.ask("adopt");
    let mut inner = boxes(&shown, &ask, &terms, &line.changes);
    inner.push(why(&ask));
    inner.extend(reason_boxes(&ask, &unexplained(&ask, &[])));
    inner.push(button(words::ADOPT_DO, ButtonKind::Primary));
    let hidden = vec![("proposal", proposal.to_string()), ("version", shown.page.version.to_string())];
    let form = shown.form(&ask, "adopt", hidden, inner);
    let rows = shown.names().diff(&line.changes, &shown.page.table);
    let said = line.why.clone();
    let body = view! {
        <PageHead title=words::ADOPT trail=crumbs(&shown) lead=words::ADOPT_LEAD/>
        <div class="intake">
            <div class="stack"><p class="comment-text">{said}</p><Diff rows=rows/></div>
            {form}
        </div>
    };
    Ok(sheet(&shown, words::ADOPT, body.into_any()))
}

async fn shown(visit: Visit) -> Result<Shown, CameBack> {
    let id = visit.offer()?;
    let page = visit.desk.offer(&visit.viewer, &id).await.done()?;
    Ok(Shown { times: visit.times(), visit, page })
}

/// A box for every term that may change, with its value as it stands or as proposed; what stays as it stands is no change.
fn boxes(shown: &Shown, ask: &Ask, terms: &Terms, proposed: &[Change]) -> Vec<AnyView> {
    let page = &shown.page;
    let choices = Choices { pay_basis: terms.pay().map(|pay| pay.basis), ..Choices::default() };
    let wanted = shown.visit.queries("field");
    let changed = |spec: &FieldSpec| proposed.iter().find(|change| change.field == spec.key);
    Section::ALL
        .into_iter()
        .filter_map(|section| {
            let specs: Vec<&FieldSpec> =
                page.table.iter().filter(|spec| spec.section == section && may_change(spec, page, terms)).collect();
            let open = matches!(section, Section::Dates | Section::Pay)
                || specs.iter().any(|spec| changed(spec).is_some() || wanted.contains(&spec.key.to_string()))
                || ask.came_back();
            let fields: Vec<AnyView> = specs
                .iter()
                .map(|spec| {
                    let value = changed(spec).map_or_else(|| terms.get(&spec.key), |change| change.to.as_ref());
                    let note = changed(spec).map(|change| {
                        words::stood_at(
                            &change.from.as_ref().map_or_else(String::new, |from| shown.names().value(&spec.key, from, &page.table)),
                        )
                    });
                    field_box(ask, spec, &value.map(Value::typed).unwrap_or_default(), note, &choices)
                })
                .collect();
            let title = field::section(section);
            (!fields.is_empty()).then(|| {
                view! {
                    <details class="act-choice" open=open>
                        <summary>{title}</summary>
                        <div class="field-set" data-columns="">{fields}</div>
                    </details>
                }
                .into_any()
            })
        })
        .collect()
}

/// Terms on a side that the viewer sees; people, the client and the deadline change in other ways.
fn may_change(spec: &FieldSpec, page: &OfferPage, terms: &Terms) -> bool {
    const ELSEWHERE: [fields::FieldKey; 3] = [fields::ENGAGEMENT, fields::ACCEPT_BY, fields::ACCEPT_BY_ZONE];
    !ELSEWHERE.contains(&spec.key)
        && !matches!(spec.kind, Kind::Person | Kind::Client)
        && page.engagement.is_none_or(|engagement| spec.applies_to(engagement))
        && terms.iter().any(|(key, _)| same_side(key, spec, page))
}

/// An empty field is offered when some field of its side is seen: a viewer who sees no pay is offered no box for pay.
fn same_side(key: &fields::FieldKey, spec: &FieldSpec, page: &OfferPage) -> bool {
    page.table.get(key).is_some_and(|known| known.side == spec.side)
}

fn why(ask: &Ask) -> AnyView {
    ask.field(Question { name: "why".into(), label: words::WHY.into(), control: Control::Long, required: true, ..Question::default() })
}

/// The way back to the offer.
pub fn crumbs(shown: &Shown) -> Vec<Crumb> {
    vec![
        Crumb { href: Some("/offers".to_owned()), text: staff::OFFERS.to_owned() },
        Crumb { href: Some(shown.path("")), text: shown.page.number.clone() },
    ]
}

fn sheet(shown: &Shown, title: &str, body: AnyView) -> Sheet {
    Sheet {
        title: format!("{title} - {}", shown.page.number),
        width: PageWidth::Reading,
        table: shown.page.table.clone(),
        body: vec![body],
    }
}
