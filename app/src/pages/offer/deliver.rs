//! The letter: sending, holding, moving its deadline, and what became of it.

use leptos::prelude::*;
use offer::field::{ACCEPT_BY_ZONE, CANDIDATE_EMAIL, FieldTable};
use offer::lifecycle::{Mail, Status};

use super::shown::{Shown, Words, button, paragraph};
use super::{part, proposals, spoken};
use crate::boxes::box_name;
use crate::desk::{Button as May, LetterLine};
use crate::pages::record::choice;
use crate::pages::{Ask, Question};
use crate::parts::{ButtonKind, Control, LinkButton, field_id};
use crate::words::en::{date, field, offer as words};

/// Sending, when that is what comes next.
pub fn first(shown: &Shown) -> Option<AnyView> {
    let ahead = spoken::ahead(shown);
    let came_back = shown.page.letter.is_some();
    let lead = match (came_back, ahead.is_some()) {
        (true, _) => words::SEND_AGAIN_LEAD,
        (false, true) => words::SEND_DIFFERENT_LEAD,
        (false, false) => words::SEND_LEAD,
    };
    // what has to be put right first is the thing to do
    let field = field_id(&format!("propose-{}", box_name(&CANDIDATE_EMAIL)));
    let mend = (came_back && shown.may(May::Propose)).then(|| shown.path(&format!("/change?field={CANDIDATE_EMAIL}#{field}")));
    let mend = mend.map(|href| view! { <LinkButton href=href text=words::MEND_ADDRESS kind=ButtonKind::Primary/> });
    let comes_later = ahead.is_some() || mend.is_some() || proposals::is_one_open(shown);
    let kind = if comes_later { ButtonKind::Plain } else { ButtonKind::Primary };
    let send = shown.path("/letter");
    shown.may(May::Send).then(|| {
        view! {
            <div class="stack">
                {ahead}
                <p>{lead}</p>
                <div class="button-row">{mend}<LinkButton href=send text=words::READ_AND_SEND kind=kind/></div>
            </div>
        }
        .into_any()
    })
}

/// Holding, releasing, and moving the accept-by.
pub fn ways(shown: &Shown) -> Vec<AnyView> {
    let mut ways = Vec::new();
    if shown.may(May::Release) {
        let ask = shown.ask("release");
        let form = shown.form(&ask, "release", Vec::new(), vec![button(words::RELEASE, ButtonKind::Primary)]);
        ways.push(view! { <div class="stack"><p>{words::RELEASE_MEANS}</p>{form}</div> }.into_any());
    }
    if shown.may(May::Hold) {
        let form = shown.words_form("hold", "hold", Vec::new(), Words::reason(words::HOLD_DO, ButtonKind::Plain));
        ways.push(shown.way("hold", words::HOLD, words::HOLD_MEANS, false, form));
    }
    if shown.may(May::MoveAcceptBy) {
        let ask = shown.ask("move-accept-by");
        let letter = shown.page.letter.as_ref();
        let (local, zone) = letter.map_or_else(Default::default, |letter| (letter.accept_by.local.clone(), letter.accept_by.zone.clone()));
        let mut inner = accept_by_boxes(&ask, &local, &zone);
        inner.push(ask.field(Question {
            name: "reason".into(),
            label: words::WHY.into(),
            control: Control::Long,
            required: true,
            ..Question::default()
        }));
        inner.push(button(words::MOVE_ACCEPT_BY_DO, ButtonKind::Plain));
        let form = shown.form(&ask, "move-accept-by", Vec::new(), inner);
        ways.push(shown.way("move-accept-by", words::MOVE_ACCEPT_BY, words::MOVE_ACCEPT_BY_MEANS, false, form));
    }
    ways
}

/// The boxes for an accept-by: local date and time, and the zone that is printed with it.
pub fn accept_by_boxes(ask: &Ask, local: &str, zone: &str) -> Vec<AnyView> {
    let table = FieldTable::default();
    let zones = table
        .get(&ACCEPT_BY_ZONE)
        .map(|spec| spec.choices.iter().map(|code| choice(code.clone(), field::choice(&ACCEPT_BY_ZONE, code))).collect());
    vec![
        ask.field(Question {
            name: "accept_by".into(),
            label: words::ACCEPT_BY.into(),
            control: Control::DateTime,
            value: local.to_owned(),
            hint: words::ACCEPT_BY_HINT.into(),
            required: true,
            ..Question::default()
        }),
        ask.field(Question {
            name: "zone".into(),
            label: words::ZONE.into(),
            control: Control::Select(zones.unwrap_or_default()),
            value: zone.to_owned(),
            required: true,
            ..Question::default()
        }),
    ]
}

/// The letter of this version and those it replaced.
pub fn letters(shown: &Shown) -> Option<AnyView> {
    let mut inner: Vec<AnyView> = no_longer_open(shown).into_iter().collect();
    inner.extend(shown.page.letter.iter().map(|letter| line(shown, letter, true)));
    inner.extend(shown.page.earlier_letters.iter().map(|letter| line(shown, letter, false)));
    part("letters", words::LETTERS, inner)
}

/// What became of the letter that the candidate has, until another is made.
fn no_longer_open(shown: &Shown) -> Option<AnyView> {
    let page = &shown.page;
    let is_to_come = matches!(page.status, Status::InReview | Status::Approved) && page.letter.is_none();
    let was_handed_over = |letter: &&LetterLine| matches!(letter.mail, Mail::HandedOver { .. } | Mail::Bounced { .. });
    let had = page.earlier_letters.iter().filter(|_| is_to_come).find(was_handed_over)?;
    Some(paragraph(words::no_longer_signed(had.version)))
}

fn line(shown: &Shown, letter: &LetterLine, current: bool) -> AnyView {
    let title = if current { words::letter_of(letter.version) } else { words::replaced_letter_of(letter.version) };
    let accept_by = words::accept_by(&date::typed_local(&letter.accept_by.local), &date::zone(&letter.accept_by.zone));
    let mail = match &letter.mail {
        Mail::OnItsWay => words::MAIL_ON_ITS_WAY.to_owned(),
        Mail::HandedOver { at, .. } => words::handed_over(&shown.times.full(*at)),
        Mail::Failed { .. } => words::MAIL_FAILED.to_owned(),
        Mail::Bounced { .. } => words::MAIL_BOUNCED.to_owned(),
    };
    let viewed = letter.viewed_at.map_or_else(|| words::NOT_VIEWED.to_owned(), |at| words::viewed(&shown.times.full(at)));
    let pdf = letter.pdf.map(|pdf| shown.path(&format!("/documents/{pdf}"))).map(|href| view! { <a href=href>{words::PDF}</a> });
    let page = current.then(|| shown.path("/letter")).map(|href| view! { <a href=href>{words::READ_LETTER}</a> });
    view! {
        <article class="comment">
            <h3>{title}</h3>
            {[accept_by, mail, viewed].map(paragraph).into_iter().collect::<Vec<_>>()}
            <p class="letter-tools">{page}{pdf}</p>
        </article>
    }
    .into_any()
}
