//! One offer: where it stands, what the viewer may do, and everything about it that the viewer may see.

pub mod access;
pub mod after;
pub mod change;
pub mod close;
pub mod conflict;
pub mod decide;
pub mod deliver;
pub mod done;
pub mod hand_off;
pub mod history;
pub mod letter;
pub mod loss;
pub mod minute;
pub mod negotiation;
pub mod proposals;
pub mod reading;
pub mod reroute;
pub mod shown;
pub mod since;
pub mod spoken;
pub mod talk;
pub mod verbal;
pub mod versions;

use leptos::prelude::*;
use offer::id::{Role, StepKey};
use offer::lifecycle::{Event, Mail, Status, WaitsOn, Words};

use super::waiting::waiting_line;
use super::{Found, Place, Sheet, Visit, exposure, staff_page};
use crate::desk::{Agreement, Button as May, HistoryLine};
use crate::parts::{Badge, BadgeKind, ButtonKind, Crumb, LinkButton, Notice, NoticeKind, PageHead, Section, Status as StatusMark};
use crate::words::en::{event, field, offer as words, role, staff, status};
use shown::Shown;

/// One offer.
#[component]
pub fn OfferPage() -> impl IntoView {
    staff_page(Place::Offers, offer)
}

pub(in crate::pages) async fn offer(visit: Visit) -> Found {
    let id = visit.offer()?;
    let page = visit.desk.offer(&visit.viewer, &id).await.done()?;
    let shown = Shown { times: visit.times(), visit, page };
    let acts = acts(&shown);
    let aside = (!acts.is_empty()).then(|| {
        view! {
            <aside class="split-aside" aria-labelledby="act-title">
                <div class="act"><h2 class="act-title" id="act-title">{words::YOUR_TURN}</h2>{acts}</div>
            </aside>
        }
    });
    let (terms, findings) = (reading::terms(&shown), reading::findings(&shown));
    // whoever decides reads first what changed, what it comes to, and what is out of the ordinary
    let is_asked = shown.page.minute.is_some();
    let (lead, findings) = if is_asked { ([minute::reading(&shown), findings], None) } else { ([None, None], findings) };
    let lead = lead.into_iter().flatten().collect::<Vec<_>>();
    let lead = is_asked.then(|| view! { <div class="split-lead">{lead}</div> });
    // what is being decided and said comes before what it is about; the terms are long
    let reading = [
        findings,
        reading::route(&shown),
        talk::reading(&shown),
        negotiation::reading(&shown),
        terms,
        deliver::letters(&shown),
        after::reading(&shown),
        history::history(&shown),
    ];
    let reading = loss::reading(&shown).into_iter().chain(reading.into_iter().flatten()).chain(since::others(&shown)).collect::<Vec<_>>();
    let body = view! {
        {done::just_now(&shown)}
        {head(&shown)}
        <div class="stack" data-gap="loose">
            {sentence(&shown)}
            {since::moved_on(&shown)}
            {since::yours(&shown)}
            <div class="split" data-side="wide" data-lead=is_asked.then_some("")>
                {lead}
                {aside}
                <div>{reading}</div>
            </div>
        </div>
    };
    let title = format!("{} - {}", shown.page.number, shown.page.title);
    Ok(Sheet { title, table: shown.page.table.clone(), body: vec![body.into_any()], ..Sheet::default() })
}

fn head(shown: &Shown) -> AnyView {
    let page = &shown.page;
    let trail =
        vec![Crumb { href: Some("/offers".to_owned()), text: staff::OFFERS.to_owned() }, Crumb { href: None, text: page.number.clone() }];
    let title = if page.candidate.is_empty() { page.title.clone() } else { format!("{}, {}", page.candidate, page.title) };
    let lead: Vec<String> = [
        (!page.client.is_empty()).then(|| page.client.clone()),
        page.engagement.map(|engagement| field::engagement(engagement).to_owned()),
        page.seat.map(|(seat, of)| words::opening_of(seat, of)),
        (page.version > 0).then(|| words::version(page.version)),
    ]
    .into_iter()
    .flatten()
    .collect();
    let exceptions = u32::try_from(page.exceptions.len() + spoken::counted(shown)).unwrap_or(u32::MAX);
    let exceptions = (exceptions > 0).then(|| view! { <Badge text=staff::exceptions(exceptions) kind=BadgeKind::Exception/> });
    let held = page.letter.as_ref().is_some_and(|letter| letter.held.is_some());
    let held = held.then(|| view! { <Badge text=words::HELD kind=BadgeKind::Held/> });
    let came_back = page.letter.as_ref().is_some_and(|letter| matches!(letter.mail, Mail::Failed { .. } | Mail::Bounced { .. }));
    let undelivered = (page.status == Status::Sent && came_back).then(|| view! { <Badge text=words::NOT_DELIVERED kind=BadgeKind::Held/> });
    let (code, text) = (page.status.code(), status::status(page.status));
    view! {
        <PageHead title=title trail=trail lead=lead.join(" · ")>
            {held}
            {undelivered}
            {exceptions}
            <StatusMark state=code text=text large=true/>
        </PageHead>
    }
    .into_any()
}

/// Where it stands, on whom it waits, and what went wrong with it, over everything else.
fn sentence(shown: &Shown) -> AnyView {
    let page = &shown.page;
    let waiting: Vec<AnyView> = page.waiting.iter().map(|waiting| waiting_line(waiting, page.now, &shown.times)).collect();
    let ending =
        page.ending.as_ref().map(words::ending).filter(|said| !said.is_empty()).map(|said| view! { <p class="comment-text">{said}</p> });
    let mail = page.letter.as_ref().and_then(|letter| match &letter.mail {
        Mail::Failed { reason, .. } => Some((words::MAIL_FAILED, event::kept(reason))),
        Mail::Bounced { reason, .. } => Some((words::MAIL_BOUNCED, event::kept(reason))),
        Mail::OnItsWay | Mail::HandedOver { .. } => None,
    });
    let mail = mail.map(|(title, reason)| {
        view! { <Notice kind=NoticeKind::Problem title=title><p>{reason}</p><p>{words::MAIL_HELP}</p></Notice> }
    });
    let held = page.letter.as_ref().and_then(|letter| letter.held.clone());
    let held = held.map(|reason| view! { <Notice kind=NoticeKind::Warning title=words::HELD_TITLE><p>{reason}</p></Notice> });
    let rescission = page.rescission.as_ref().map(|request| {
        let said = |(asked, agreement): &(Role, Agreement)| match agreement {
            Agreement::Given(by) => words::agreed(&role::role(asked), by),
            Agreement::Open => words::not_yet_agreed(&role::role(asked)),
            Agreement::NobodyLeft => words::nobody_left_to_agree(&role::role(asked)),
        };
        let agreed = request.approvers.iter().map(said).collect::<Vec<_>>();
        let asked = words::rescission_asked(&request.by, &shown.times.full(request.at));
        let (reason, agreed) = (request.reason.clone(), agreed.join(" "));
        let open = can_be_signed(shown).then(|| view! { <p>{words::RESCISSION_LEAVES_OPEN}</p> });
        view! { <Notice kind=NoticeKind::Warning title=asked><p>{reason}</p><p>{agreed}</p>{open}</Notice> }
    });
    let ended = page.status.is_ended();
    let exposed = page.course.exposure.as_ref().map(|exposure| exposure::of_offer(exposure, ended, page.now, &shown.times));
    let sentence = match (page.status, page.letter.as_ref().map(|letter| &letter.mail)) {
        (Status::Approved, Some(Mail::OnItsWay)) => words::ON_ITS_WAY,
        (Status::Approved, Some(Mail::Failed { .. } | Mail::Bounced { .. })) => words::NOT_REACHED,
        (Status::Sent, Some(Mail::Failed { .. } | Mail::Bounced { .. })) => words::SENT_NOT_REACHED,
        (Status::Approved, None) if proposals::is_one_open(shown) => words::CHANGE_UNDECIDED,
        (Status::Approved, None) if spoken::ahead(shown).is_some() => words::NOT_WHAT_WAS_TOLD,
        // on whom it waits is said right below, and is not a step's to do
        (Status::InReview, _) if page.waiting.iter().any(|waiting| !matches!(waiting.on, WaitsOn::Step(_))) => words::NOT_WITH_APPROVERS,
        (status, _) => status::sentence(status),
    };
    view! {
        <div class="stack" data-gap="tight">
            <p class="offer-sentence">{sentence}</p>
            {waiting}
            {ending}
            {rejected(shown)}
            {mail}
            {held}
            {rescission}
            {since::aftermath(shown)}
            {spoken::outside(shown)}
            {conflict::open(shown)}
            {exposed}
            {since::to_versions(shown)}
        </div>
    }
    .into_any()
}

/// Whether the letter is with the candidate and not on hold.
fn can_be_signed(shown: &Shown) -> bool {
    shown.page.status == Status::Sent && shown.page.letter.as_ref().is_some_and(|letter| letter.held.is_none())
}

/// Why a draft came back from its approvers.
pub(in crate::pages) fn rejected(shown: &Shown) -> Option<AnyView> {
    let is_draft = shown.page.status == Status::Draft;
    let handed_in = |line: &&HistoryLine| matches!(line.event, Event::Submitted { .. } | Event::TermsChanged { .. });
    let since = shown.page.history.iter().filter(|_| is_draft).take_while(|line| !handed_in(line));
    let (line, step, reason) = since
        .filter_map(|line| match &line.event {
            Event::StepRejected { step, reason } => Some((line, step, reason)),
            _ => None,
        })
        .next()?;
    Some(rejected_by(&line.by, step, &shown.times.near(line.at, shown.page.now), reason))
}

/// Who said no to it, why, and what now.
pub(in crate::pages) fn rejected_by(by: &str, step: &StepKey, when: &str, reason: &Words) -> AnyView {
    let (title, reason) = (words::rejected_by(by, &role::step(step), when), event::kept(reason));
    view! { <Notice kind=NoticeKind::Warning title=title><p class="comment-text">{reason}</p><p>{words::REJECTED_NEXT}</p></Notice> }
        .into_any()
}

/// What the viewer may do now: the next thing first, what ends the offer last.
fn acts(shown: &Shown) -> Vec<AnyView> {
    let mut acts = decide::acts(shown);
    if shown.may(May::Edit) && shown.page.status == Status::Draft {
        let (intake, review) = (shown.path("/intake"), shown.path("/review"));
        acts.push(
            view! {
                <div class="button-row">
                    <LinkButton href=review text=words::REVIEW_AND_SUBMIT kind=ButtonKind::Primary/>
                    <LinkButton href=intake text=words::GO_ON_WRITING/>
                </div>
            }
            .into_any(),
        );
    }
    // a change that is asked for is decided before a letter goes out without it
    acts.extend(talk::answers(shown));
    acts.extend(deliver::first(shown));
    // checks of the person lead once the letter is signed, and not while it is being made
    let checks = after::acts(shown);
    let (now, later) = if shown.page.seat.is_some() { (checks, Vec::new()) } else { (Vec::new(), checks) };
    acts.extend(now);
    acts.extend(talk::ways(shown));
    acts.extend(deliver::ways(shown));
    acts.extend(later);
    acts.extend(decide::comment(shown));
    acts.extend(decide::overrides(shown));
    acts.extend(close::ways(shown));
    acts
}

/// A part of the page; nothing when it holds nothing.
fn part(id: &'static str, title: &'static str, inner: Vec<AnyView>) -> Option<AnyView> {
    (!inner.is_empty()).then(|| view! { <Section id=id title=title>{inner}</Section> }.into_any())
}
