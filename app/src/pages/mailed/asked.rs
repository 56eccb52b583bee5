//! A step that waits on the reader: what is asked in a sentence, what is out of the ordinary, why of them, and the answer.

use leptos::prelude::*;
use offer::check::Finding;
use offer::field::{self, FieldKey};
use offer::policy::{Relation, Who};
use offer::terms::{Change, Terms};

use super::answer::answer;
use super::around;
use crate::desk::{ApprovedBefore, MailedPage, MailedStep, OfferPage, StepLine, StepView};
use crate::pages::deciding::{named, talked};
use crate::pages::offer::minute;
use crate::pages::portal::{Firm, Leaf};
use crate::pages::record::Names;
use crate::pages::standing::{computed_rows, finding_rows};
use crate::pages::{Times, Visit, client};
use crate::parts::{BandMeter, Crumb, Diff, FindingRow, Findings, PageHead, Section, TermsGroup, TermsTable};
use crate::shell::PageWidth;
use crate::words::en::{
    client as client_words, date, field as field_words, finding, mailed as words, money, offer as offer_words, reason, role,
};

/// Everything that the page reads from.
struct Reading<'a> {
    firm: &'a Firm,
    times: &'a Times,
    page: &'a MailedPage,
    offer: &'a OfferPage,
    /// The step that is asked, as far as the reader may see it.
    line: Option<&'a StepLine>,
}

/// The page.
pub(super) fn leaf(visit: &Visit, firm: &Firm, times: &Times, page: &MailedPage, offer: &OfferPage, step: &MailedStep) -> Leaf {
    let line = offer.route.iter().find(|line| line.step.step == page.step);
    let reading = Reading { firm, times, page, offer, line };
    let title = client_words::person_for(&offer.candidate, &offer.title);
    let trail = vec![Crumb { href: None, text: offer.number.clone() }];
    let talk = talked(offer, &page.step, times).map(|talk| view! { <Section id="talk" title=words::TALK>{talk}</Section> });
    let before = [since(&reading, step.approved.as_ref()), unusual(offer), why(&reading, step), decided(&reading)];
    let body = view! {
        <PageHead title=title.clone() trail=trail lead=wanted(&reading)/>
        <p class="asked">{asked(&reading, step)}</p>
        {stands_for(&reading, step)}
        <p class="to-answer" data-print="no"><a href="#answer">{words::TO_ANSWER}</a></p>
        <div class="reading">
            <div>{talk}{before.into_iter().flatten().collect_view()} {whole(&reading)}</div>
            {answer(visit, firm, page, offer, step.beyond)}
        </div>
        {around::who(firm, times, page, offer)}
        {around::browsers(visit, times, page)}
    };
    Leaf::new(title, PageWidth::Page, body)
}

/// By when, and whom it is about.
fn wanted(reading: &Reading<'_>) -> Option<String> {
    match reading.line.map(|line| &line.state) {
        Some(StepView::Open { due_at, .. }) => {
            let (reader, when) = (&reading.page.reader, reading.times.near(*due_at, reading.offer.now));
            Some(if *due_at < reading.offer.now { words::was_wanted(reader, &when) } else { words::wanted(reader, &when) })
        }
        _ => None,
    }
}

fn asked(reading: &Reading<'_>, step: &MailedStep) -> String {
    let Reading { page, offer, .. } = reading;
    if step.beyond.is_some() {
        // nobody is named here whom the page does not name among the people of the step
        let is_named = |name: &&String| reading.line.is_some_and(|line| line.people.contains(*name));
        return words::beyond(&step.within.iter().filter(is_named).cloned().collect::<Vec<_>>());
    }
    if let Some(ApprovedBefore { changes, .. }) = &step.approved {
        let labels: Vec<String> = changes.iter().map(|change| field_words::label_of(&change.field, &offer.table)).collect();
        return words::asked_again(&labels);
    }
    let start = offer.terms.as_ref().and_then(|terms| terms.day(&field::START)).map(date::day);
    if page.of_client {
        return client_words::asked(&offer.candidate, &offer.title, start.as_deref());
    }
    let pay = offer.terms.as_ref().filter(|_| decides(reading, &field::PAY_BASE)).and_then(pay);
    words::asked(&offer.candidate, &offer.title, pay.as_deref(), start.as_deref())
}

/// Base pay with what it is for.
fn pay(terms: &Terms) -> Option<String> {
    let pay = terms.pay()?;
    Some(format!("{} {}", money::amount(pay.base), money::per(pay.basis)))
}

fn decides(reading: &Reading<'_>, key: &FieldKey) -> bool {
    reading.line.is_some_and(|line| line.step.decides.contains(key))
}

fn stands_for(reading: &Reading<'_>, step: &MailedStep) -> Option<AnyView> {
    let fields = named(&reading.line?.step.decides, reading.offer);
    let with_others = reading.offer.route.iter().any(|line| line.step.step != reading.page.step);
    let may_approve = step.beyond.is_none() && !fields.is_empty();
    may_approve.then(|| view! { <p class="asked-for">{words::stands_for(&fields, with_others)}</p> }.into_any())
}

/// The changes since the reader approved, before anything else.
fn since(reading: &Reading<'_>, approved: Option<&ApprovedBefore>) -> Option<AnyView> {
    let ApprovedBefore { at, changes } = approved?;
    let lead = words::approved_on(&reading.times.near(*at, reading.offer.now));
    let shown = if changes.is_empty() {
        view! { <p>{words::NOTHING_CHANGED}</p> }.into_any()
    } else {
        view! { <Diff rows=names(reading.offer).diff(changes, &reading.offer.table)/> }.into_any()
    };
    Some(view! { <Section id="since" title=words::SINCE lead=lead>{shown}</Section> }.into_any())
}

/// The changes as rows of a comparison, for the pages of a step that does not wait any more.
pub(super) fn changes(offer: &OfferPage, changes: &[Change]) -> AnyView {
    view! { <Diff rows=names(offer).diff(changes, &offer.table)/> }.into_any()
}

fn names(offer: &OfferPage) -> Names<'_> {
    Names { people: Some(&offer.names), client: &offer.client, titles: Some(&offer.titles) }
}

/// Exceptions with their reasons, then what else was found.
fn unusual(offer: &OfferPage) -> Option<AnyView> {
    let excepted = |found: &&Finding| !offer.exceptions.iter().any(|exception| exception.finding == **found);
    let plain: Vec<Finding> = offer.findings.iter().filter(excepted).cloned().collect();
    let exceptions = offer.exceptions.iter().map(|exception| FindingRow {
        strength: finding::strength_code(exception.finding.strength),
        strength_text: offer_words::EXCEPTION.to_owned(),
        text: finding::fact(&exception.finding.fact),
        figures: Some(offer_words::goes_ahead(&field_words::label_of(&exception.finding.field, &offer.table), &exception.reason)),
    });
    let rows: Vec<FindingRow> = exceptions.chain(finding_rows(&plain, &offer.table)).collect();
    (!rows.is_empty()).then(|| view! { <Section id="unusual" title=words::UNUSUAL><Findings rows=rows/></Section> }.into_any())
}

/// The rules that ask, in words, as far as the reader may see them.
fn why(reading: &Reading<'_>, step: &MailedStep) -> Option<AnyView> {
    let line = reading.line?;
    let mut told: Vec<String> = line
        .step
        .because
        .iter()
        .map(|because| reason::reasons(&because.reasons, &reading.offer.table))
        .filter(|told| !told.is_empty())
        .collect();
    if told.is_empty() {
        told.push(match line.step.who {
            Who::Relation(Relation::ClientContact) => words::why_client(&reading.firm.name, &reading.offer.client),
            _ => words::why_role(&role::step(&line.step.step)),
        });
    }
    if !step.on_behalf_of.is_empty() {
        told.push(words::on_behalf_of(&step.on_behalf_of));
    }
    let told = told.into_iter().map(|told| view! { <p>{told}</p> }).collect_view();
    Some(view! { <Section id="why" title=words::WHY>{told}</Section> }.into_any())
}

/// The terms that the reader decides, and where pay lies in its band.
fn decided(reading: &Reading<'_>) -> Option<AnyView> {
    let (offer, line) = (reading.offer, reading.line?);
    let terms = offer.terms.as_ref()?.retain(|key| line.step.decides.contains(key));
    if reading.page.of_client {
        // in the order and the words of the client's own pages
        let table = client::terms(&OfferPage { terms: Some(terms), ..offer.clone() });
        return Some(view! { <Section id="decides" title=words::DECIDES>{table}</Section> }.into_any());
    }
    let mut groups = names(offer).groups(&terms, &offer.table);
    let (meter, peers) = (meter(reading), reading.offer.minute.as_ref().and_then(|minute| minute.peers).map(minute::peers));
    groups.push(TermsGroup { title: Some(crate::words::en::staff::FIGURES.to_owned()), rows: computed_rows(&offer.computed) });
    let empty = groups.iter().all(|group| group.rows.is_empty());
    (!empty).then(|| {
        view! { <Section id="decides" title=words::DECIDES>{meter}{peers}<div><TermsTable groups=groups/></div></Section> }.into_any()
    })
}

fn meter(reading: &Reading<'_>) -> Option<AnyView> {
    let computed = &reading.offer.computed;
    let (band, pay, place, ratio) = (computed.band?, computed.pay?, computed.place?, computed.compa_ratio?);
    decides(reading, &field::PAY_BASE).then(|| view! { <BandMeter band=band pay=pay place=place of_middle=ratio/> }.into_any())
}

/// Everything else of the offer, folded: the reader decides on what stands above.
fn whole(reading: &Reading<'_>) -> Option<AnyView> {
    let offer = reading.offer;
    let terms = offer.terms.as_ref()?;
    let table = if reading.page.of_client {
        client::terms(offer)
    } else {
        let groups = names(offer).groups(terms, &offer.table);
        view! { <div><TermsTable groups=groups/></div> }.into_any()
    };
    Some(view! { <details class="fold" id="whole"><summary>{words::WHOLE}</summary>{table}</details> }.into_any())
}
