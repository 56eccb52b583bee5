//! The letter as it would go out, and sending it: what is read here is what is sent.

use leptos::prelude::*;

use super::deliver::accept_by_boxes;
use super::shown::Shown;
use super::spoken;
use crate::desk::{Button as May, ContingencyLine, LetterPage, Notice as CameBack};
use crate::pages::standing::{finding_rows, reason_boxes};
use crate::pages::{Found, Place, Sheet, Visit, staff_page};
use crate::parts::{Button, ButtonKind, Crumb, Findings, LetterSheet, LinkButton, Notice, NoticeKind, PageHead, Section};
use crate::words::en::{date, field, offer as words, staff};
use offer::check::Finding;
use offer::field::{ACCEPT_BY, ACCEPT_BY_ZONE, FieldKey};
use offer::lifecycle::{ContingencyState, Refusal};
use offer::playbook::ContingencyDue;

/// The letter of an offer.
#[component]
pub fn OfferLetterPage() -> impl IntoView {
    staff_page(Place::Offers, letter)
}

async fn letter(visit: Visit) -> Found {
    let id = visit.offer()?;
    let page = visit.desk.offer(&visit.viewer, &id).await.done()?;
    let asked = visit.query("accept_by").zip(visit.query("zone"));
    let letter = visit.desk.letter(&visit.viewer, &id, asked).await.done()?;
    let shown = Shown { times: visit.times(), visit, page };
    let trail = vec![
        Crumb { href: Some("/offers".to_owned()), text: staff::OFFERS.to_owned() },
        Crumb { href: Some(shown.path("")), text: letter.number.clone() },
    ];
    let lead = letter.accept_by.as_ref().map(|(local, zone)| words::accept_by(&date::typed_local(local), &date::zone(zone)));
    // while terms are missing there is nothing to send; an accept-by that does not read is mended in the form itself
    let of_the_form = |key: &FieldKey| [ACCEPT_BY, ACCEPT_BY_ZONE].contains(key);
    let can_be_sent = letter.letter.as_ref().map_or_else(|missing| missing.iter().all(of_the_form), |_| true);
    let (title, form) = (words::letter_of(letter.version), can_be_sent.then(|| send(&shown, &letter)).flatten());
    let sheet = match letter.letter {
        Ok(letter) => view! { <LetterSheet letter=letter top=2/> }.into_any(),
        Err(missing) => {
            let fields = missing.iter().map(|key| {
                let label = field::label_of(key, &shown.page.table);
                view! { <li>{label}</li> }
            });
            let fields = fields.collect_view();
            let change = missing.iter().map(|key| format!("field={key}")).collect::<Vec<_>>().join("&");
            let change = shown.path(&format!("/change?{change}"));
            let change = shown.may(May::Propose).then(|| view! { <p><LinkButton href=change text=words::PROPOSE/></p> });
            view! {
                <Notice kind=NoticeKind::Problem title=words::LETTER_INCOMPLETE>
                    <ul>{fields}</ul>
                    <p>{words::LETTER_INCOMPLETE_WHY}</p>
                    {change}
                </Notice>
            }
            .into_any()
        }
    };
    let body = view! {
        <PageHead title=title.clone() trail=trail lead=lead/>
        <div class="stack" data-gap="loose">{form}{sheet}</div>
    };
    Ok(Sheet {
        title: format!("{title} - {}", letter.number),
        table: shown.page.table.clone(),
        body: vec![body.into_any()],
        ..Sheet::default()
    })
}

fn send(shown: &Shown, letter: &LetterPage) -> Option<AnyView> {
    if !shown.may(May::Send) {
        return None;
    }
    let ask = shown.ask("send");
    let (local, zone) = letter.accept_by.clone().unwrap_or_default();
    let mut inner = accept_by_boxes(&ask, &local, &zone);
    let findings = unexplained(&ask, &letter.new_findings);
    let (differences, findings): (Vec<Finding>, Vec<Finding>) = findings.into_iter().partition(spoken::is_difference);
    inner.extend(spoken::differences(shown, &ask, &differences));
    let rows = finding_rows(&findings, &shown.page.table);
    let found = (!rows.is_empty()).then(|| view! { <h3>{words::NEW_FINDINGS}</h3><Findings rows=rows/> }.into_any());
    inner.extend(found);
    inner.extend(reason_boxes(&ask, &findings));
    let preview = shown.path("/letter");
    inner.push(
        view! {
            <div class="button-row">
                <Button text=words::SEND kind=ButtonKind::Primary/>
                <button class="button" type="submit" formmethod="get" formaction=preview>{words::PREVIEW}</button>
            </div>
        }
        .into_any(),
    );
    let form = shown.form(&ask, "send", vec![("version", letter.version.to_string())], inner);
    let waits = not_signable_yet(shown);
    Some(view! { <Section id="send-letter" title=words::SEND_TITLE lead=words::SEND_MEANS>{waits}{form}</Section> }.into_any())
}

/// What must be complete before the candidate can sign what is sent here.
fn not_signable_yet(shown: &Shown) -> Option<AnyView> {
    let waits = |line: &&ContingencyLine| line.due == ContingencyDue::Acceptance && line.state == ContingencyState::Pending;
    let names: Vec<String> = shown.page.contingencies.iter().filter(waits).map(|line| line.name.clone()).collect();
    (!names.is_empty()).then(|| {
        view! {
            <Notice kind=NoticeKind::Warning title=words::CANNOT_BE_SIGNED_YET><p>{words::signable_once(&names)}</p></Notice>
        }
        .into_any()
    })
}

/// The findings that need a reason: those known now, and those that a refused form brought to light.
pub fn unexplained(ask: &crate::pages::Ask, known: &[Finding]) -> Vec<Finding> {
    let mut findings = known.to_vec();
    if let Some(CameBack::Refused(Refusal::Unexplained { findings: named })) = ask.kept.notice() {
        findings.extend(named.iter().filter(|found| !known.contains(found)).cloned());
    }
    findings
}
