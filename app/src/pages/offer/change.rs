//! Proposing a change of terms, and adopting a proposal with its values adjusted.

use leptos::prelude::*;
use offer::field::{self as fields, FieldSpec, Kind, Section};
use offer::id::ProposalId;
use offer::lifecycle::{AskedBy, ProposalOutcome, Status};
use offer::terms::{Change, Terms, Value};
use std::collections::BTreeSet;

use super::letter::unexplained;
use super::reroute::brought_about;
use super::shown::{Shown, button};
use super::{conflict, proposals, spoken};
use crate::boxes::code_name;
use crate::desk::{Button as May, Notice as CameBack, OfferPage, RerouteLines};
use crate::pages::record::{Choices, box_name, choice, field_box};
use crate::pages::standing::reason_boxes;
use crate::pages::{Ask, Found, Place, Question, Sheet, Visit, staff_page};
use crate::parts::{ButtonKind, Control, Crumb, PageHead};
use crate::shell::PageWidth;
use crate::words::en::{course, field, money, offer as words, staff};

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
    let ask = rebased(&shown, shown.ask("propose"), &terms);
    let mut inner: Vec<AnyView> = conflict::came_back(&shown, &ask).into_iter().collect();
    inner.extend(boxes(&shown, &ask, &terms, &spoken::to_be_written(&shown, &terms)));
    inner.push(ask.field(Question {
        name: "asked_by".into(),
        label: words::WHO_ASKS.into(),
        control: Control::Choices(vec![choice("candidate", words::CANDIDATE_ASKED), choice("employer", words::WE_ASKED)]),
        required: true,
        ..Question::default()
    }));
    inner.push(why(&ask, ""));
    inner.push(ask.field(Question {
        name: "evidence".into(),
        label: course::EVIDENCE.into(),
        control: Control::Long,
        hint: course::EVIDENCE_HINT.into(),
        ..Question::default()
    }));
    inner.extend(letter_meanwhile(&shown, &ask));
    inner.push(button(words::PROPOSE_DO, ButtonKind::Primary));
    let form = shown.form(&ask, "propose", vec![("version", shown.page.version.to_string())], inner);
    let lead = if shown.may(May::Adopt) { words::PROPOSE_AND_ADOPT_LEAD } else { words::PROPOSE_LEAD };
    let body = view! {
        <PageHead title=words::PROPOSE trail=crumbs(&shown) lead=lead/>
        <div class="intake">{form}</div>
    };
    Ok(sheet(&shown, words::PROPOSE, body.into_any()))
}

pub(in crate::pages) async fn adopt(visit: Visit) -> Found {
    let proposal = ProposalId::parse(&visit.part("proposal")).ok_or(CameBack::NotFound)?;
    let shown = shown(visit).await?;
    let Some(terms) = shown.page.terms.clone().filter(|_| shown.may(May::Adopt)) else { return Err(CameBack::NotFound) };
    let line =
        shown.page.proposals.iter().find(|line| line.id == proposal && line.outcome == ProposalOutcome::Open).ok_or(CameBack::NotFound)?;
    // where it cannot be adopted as it was asked, the form says why
    let effect = shown.visit.desk.adopting(&shown.visit.viewer, &shown.page.id, &proposal).await.done().ok();
    let effect = effect.and_then(|lines| effect_view(&lines, &shown));
    let in_words_alone = line.changes.is_empty().then(|| view! { <p>{words::ADOPT_WISH}</p> });
    let ask = rebased(&shown, shown.ask("adopt"), &terms);
    let mut inner: Vec<AnyView> = conflict::came_back(&shown, &ask).into_iter().collect();
    inner.extend(boxes(&shown, &ask, &terms, &line.changes));
    // whoever adopts what the firm asked for need not say again why it did
    let said = if line.asked_by == AskedBy::Employer { line.why.as_str() } else { "" };
    inner.push(why(&ask, said));
    inner.extend(reason_boxes(&ask, &unexplained(&ask, &[])));
    inner.push(button(words::ADOPT_DO, ButtonKind::Primary));
    let hidden = vec![("proposal", proposal.to_string()), ("version", shown.page.version.to_string())];
    let form = shown.form(&ask, "adopt", hidden, inner);
    let body = view! {
        <PageHead title=words::ADOPT trail=crumbs(&shown) lead=words::ADOPT_LEAD/>
        <div class="intake">
            <div class="stack">{proposals::asked(&shown, line)}{conflict::of_proposal(&shown, line)}</div>
            {effect}
            {in_words_alone}
            {form}
        </div>
    };
    Ok(sheet(&shown, words::ADOPT, body.into_any()))
}

/// Who would be asked again, before a change is adopted.
fn effect_view(lines: &RerouteLines, shown: &Shown) -> Option<AnyView> {
    let parts = brought_about(lines, &shown.page.table);
    (!parts.is_empty()).then(|| view! { <div class="stack" data-gap="loose"><p>{words::ADOPT_EFFECT}</p>{parts}</div> }.into_any())
}

async fn shown(visit: Visit) -> Result<Shown, CameBack> {
    let id = visit.offer()?;
    let page = visit.desk.offer(&visit.viewer, &id).await.done()?;
    Ok(Shown { times: visit.times(), visit, page })
}

/// A box for every term that may change, with its value as it stands or as proposed; what stays as it stands is no change.
fn boxes(shown: &Shown, ask: &Ask, terms: &Terms, proposed: &[Change]) -> Vec<AnyView> {
    let page = &shown.page;
    let choices = Choices {
        pay_basis: terms.pay_basis(),
        clauses: page.course.clauses.clone(),
        contingencies: page.course.contingencies.clone(),
        ..Choices::default()
    };
    let wanted = shown.visit.queries("field");
    let changed = |spec: &FieldSpec| proposed.iter().find(|change| change.field == spec.key);
    Section::ALL
        .into_iter()
        .filter_map(|section| {
            let specs: Vec<&FieldSpec> =
                page.table.iter().filter(|spec| spec.section == section && may_change(spec, page, terms)).collect();
            let open = matches!(section, Section::Dates | Section::Pay)
                || specs.iter().any(|spec| changed(spec).is_some() || wanted.contains(&spec.key.to_string()) || is_typed(ask, spec, terms));
            let fields: Vec<AnyView> = specs
                .iter()
                .map(|spec| {
                    let value = changed(spec).map_or_else(|| terms.get(&spec.key), |change| change.to.as_ref());
                    let notes = [changed(spec).map(|change| stood_at(shown, terms, change)), band_beside(spec, page)];
                    let note = notes.into_iter().flatten().reduce(|one, other| format!("{one} {other}"));
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

/// Whether a form that came back has something else in this box than stands, or something wrong with it.
fn is_typed(ask: &Ask, spec: &FieldSpec, terms: &Terms) -> bool {
    let stands = terms.get(&spec.key).map(Value::typed).unwrap_or_default();
    let ticks = spec.kind == Kind::Codes && ask.came_back();
    ticks || ask.problem(&box_name(&spec.key)).is_some() || ask.kept.typed(&box_name(&spec.key)).is_some_and(|typed| typed.trim() != stands)
}

/// The band that the pay lies in or does not, beside the box for it.
fn band_beside(spec: &FieldSpec, page: &OfferPage) -> Option<String> {
    let band = page.computed.band.filter(|_| spec.key == fields::PAY_BASE)?;
    Some(words::band_is(&staff::band(&money::amount(band.min), &money::amount(band.mid), &money::amount(band.max))))
}

/// What a term stands at now; and what it stood at when the change was asked for, where that is something else.
fn stood_at(shown: &Shown, terms: &Terms, change: &Change) -> String {
    let said = |value: Option<&Value>| value.map_or_else(String::new, |value| shown.names().value(&change.field, value, &shown.page.table));
    let (was, now) = (change.from.as_ref(), terms.get(&change.field));
    if was == now {
        return words::stood_at(&said(now));
    }
    let named = |value: Option<&Value>| value.map_or_else(|| words::EMPTY_VALUE.to_owned(), |_| said(value));
    course::conflict_note(&named(was), &named(now))
}

/// A form that came back after somebody else made a new version: what its author typed stays, and what they had only read gives way to what
/// stands now. Sent again, it is about the version that is shown.
fn rebased(shown: &Shown, mut ask: Ask, terms: &Terms) -> Ask {
    let read = ask.kept.typed("version").and_then(|typed| typed.parse::<u32>().ok()).filter(|read| *read != shown.page.version);
    let read = read.and_then(|read| shown.page.course.versions.iter().find(|line| line.version == read));
    let Some(read) = read.map(|line| line.terms.clone()) else { return ask };
    for spec in shown.page.table.iter() {
        let typed_as = |terms: &Terms| terms.get(&spec.key).map(Value::typed).unwrap_or_default();
        let (before, now) = (typed_as(&read), typed_as(terms));
        if before == now {
            continue;
        }
        if spec.kind == Kind::Codes {
            let beginning = code_name(&spec.key, "");
            let beginning = beginning.trim_end_matches(']').to_owned();
            let ticked: BTreeSet<String> = ask.kept.names_from(&beginning).map(str::to_owned).collect();
            let names = |codes: &str| -> BTreeSet<String> {
                codes.split(';').filter(|code| !code.is_empty()).map(|code| code_name(&spec.key, code)).collect()
            };
            if ticked == names(&before) {
                ticked.iter().for_each(|name| ask.kept.stand(name, None));
                names(&now).iter().for_each(|name| ask.kept.stand(name, Some("yes".to_owned())));
            }
        } else if ask.kept.typed(&box_name(&spec.key)).is_some_and(|typed| typed.trim() == before) {
            ask.kept.stand(&box_name(&spec.key), Some(now));
        }
    }
    ask
}

/// What a letter that is out does until the change is decided; it stays open unless somebody says otherwise.
fn letter_meanwhile(shown: &Shown, ask: &Ask) -> Option<AnyView> {
    let is_open = shown.page.status == Status::Sent && shown.page.letter.as_ref().is_some_and(|letter| letter.held.is_none());
    is_open.then(|| {
        ask.field(Question {
            name: "letter".into(),
            label: course::LETTER_MEANWHILE.into(),
            control: Control::Choices(vec![choice("open", course::LETTER_OPEN), choice("hold", course::LETTER_HELD)]),
            value: "open".into(),
            required: true,
            ..Question::default()
        })
    })
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

fn why(ask: &Ask, standing: &str) -> AnyView {
    let (label, value) = (words::WHY.to_owned(), standing.to_owned());
    ask.field(Question { name: "why".into(), label, value, control: Control::Long, required: true, ..Question::default() })
}

/// The way back to the offer.
pub fn crumbs(shown: &Shown) -> Vec<Crumb> {
    vec![
        Crumb { href: Some("/offers".to_owned()), text: staff::OFFERS.to_owned() },
        Crumb { href: Some(shown.path("")), text: words::whose(&shown.page.number, &shown.page.candidate) },
    ]
}

fn sheet(shown: &Shown, title: &str, body: AnyView) -> Sheet {
    Sheet {
        title: format!("{title} - {}", shown.page.number),
        width: PageWidth::Reading,
        table: shown.page.table.clone(),
        body: vec![body],
        ..Sheet::default()
    }
}
