//! Look over, agree, sign.

use leptos::prelude::*;

use super::Reading;
use super::offer::kicker;
use super::settled::settled;
use super::stand::Stand;
use super::step::{At, Part, end, on};
use super::stopped::stopped;
use super::summary;
use crate::api::Kept;
use crate::desk::PortalLetter;
use crate::islands::portal::{Answering, CandidateForm};
use crate::pages::portal::{Leaf, Stopped};
use crate::parts::{ButtonKind, Control, Field, Form, Notice, NoticeKind, PageHead, TermRow, TermState, TermsGroup, TermsTable};
use crate::shell::{Bundle, PageWidth};
use crate::words::en::candidate as words;

/// The form's key on the page.
const FORM: &str = CandidateForm::Accept.key();

/// The steps, by their names in the address.
pub(super) const REVIEW: &str = "reviewing";
const AGREE: &str = "agreeing";
const SIGN: &str = "signing";

/// The signing page; when nothing can be signed any more, how things stand.
pub(super) fn leaf(reading: &Reading) -> Leaf {
    let kept = reading.visit.kept.of(FORM);
    match (Stand::of(&reading.page), &reading.page.letter) {
        (Stand::Open, Some(letter)) => Leaf::new(words::SIGN_TITLE, PageWidth::Reading, page(reading, letter, &kept)),
        (stand, _) => {
            let leaf = settled(reading, &stand);
            match stopped(CandidateForm::Accept, &kept).filter(|_| !stand.is_signed()) {
                Some(stopped) => Leaf { body: view! { {Stopped::head(Some(&stopped), &kept)} {leaf.body} }.into_any(), ..leaf },
                None => leaf,
            }
        }
    }
}

fn page(reading: &Reading, letter: &PortalLetter, kept: &Kept) -> AnyView {
    let page = &reading.page;
    let until = words::deadline_in_a_sentence(&letter.accept_by.0, &letter.accept_by.1);
    let form = form(reading, letter, kept, At::OwnPage);
    view! {
        <Bundle/>
        <PageHead title=words::SIGN_TITLE trail=kicker(page.title.clone()) lead=words::sign_lead(&until)/>
        <Answering standing=page.standing.clone() now=page.now>
            <div class="sign">{form}</div>
        </Answering>
    }
    .into_any()
}

/// The form that signs.
pub(super) fn form(reading: &Reading, letter: &PortalLetter, kept: &Kept, at: At) -> AnyView {
    let stopped = stopped(CandidateForm::Accept, kept);
    let hidden = vec![
        ("version", letter.version.to_string()),
        ("letter", letter.digest.to_string()),
        ("consent_version", reading.page.consent.0.to_string()),
    ];
    let parts = [review(reading, letter, at), agree(reading, stopped.as_ref(), at), name(reading, letter, kept, stopped.as_ref(), at)];
    let parts = parts.map(|part| part.shown(at)).into_iter().collect_view();
    let head = Stopped::head(stopped.as_ref(), kept);
    view! {
        <Form key=FORM action="/api/candidate/accept" once=reading.visit.fresh.clone() hidden=hidden>
            {head}
            {parts}
        </Form>
    }
    .into_any()
}

/// What is signed, in the words of the letter.
fn review(reading: &Reading, letter: &PortalLetter, at: At) -> Part {
    let page = &reading.page;
    let row = |summary::Line { label, value }| TermRow { label, value, note: None, state: TermState::Plain };
    let mut rows: Vec<TermRow> = summary::signed(&letter.letter).into_iter().map(row).collect();
    let until = words::deadline_in_a_sentence(&letter.accept_by.0, &letter.accept_by.1);
    rows.push(TermRow { label: words::SUMMARY_BY.to_owned(), value: until, note: None, state: TermState::Plain });
    let document = words::document(letter.letter.issued, letter.letter.document.as_str());
    let whole = (at == At::OwnPage).then(|| view! { ". "<a href="/o/offer">{words::SIGN_BACK}</a> });
    let body = view! {
        <div><TermsTable groups=vec![TermsGroup { title: None, rows }]/></div>
        <p class="sign-document">{document}{whole}</p>
        {on(at, AGREE)}
    };
    Part {
        id: "what",
        step: REVIEW,
        of: Some((1, 3)),
        title: words::SIGN_WHAT,
        lead: Some(words::sign_what_lead(&page.title, &page.employer)),
        body: body.into_any(),
    }
}

/// The consent in full, and its box: never ticked for anybody, not even again.
fn agree(reading: &Reading, stopped: Option<&Stopped>, at: At) -> Part {
    let paragraphs = reading.page.consent.1.split("\n\n").map(|text| view! { <p>{text.to_owned()}</p> }).collect_view();
    let body = view! {
        <details class="fold" open><summary>{words::SIGN_CONSENT_TEXT}</summary><div class="prose">{paragraphs}</div></details>
        <Field
            name="consent" form=FORM label=words::SIGN_CONSENT_BOX control=Control::Tick problem=Stopped::beside(stopped, "consent")
        />
        {on(at, SIGN)}
    };
    Part { id: "agree", step: AGREE, of: Some((2, 3)), title: words::SIGN_CONSENT, lead: None, body: body.into_any() }
}

fn name(reading: &Reading, letter: &PortalLetter, kept: &Kept, stopped: Option<&Stopped>, at: At) -> Part {
    let body = view! {
        <Field
            name="typed_name" form=FORM label=words::SIGN_NAME_LABEL control=Control::Signature
            hint=summary::candidate(&letter.letter).map(words::sign_name_hint) value=kept.or("typed_name", "") autocomplete="name"
            problem=Stopped::beside(stopped, "typed_name")
        />
        <p class="sign-means">{words::sign_means(&reading.page.employer)}</p>
        {end(at, words::SIGN_BUTTON, ButtonKind::Primary, if at == At::OwnPage { words::NOT_YET } else { words::STEP_BACK })}
    };
    Part { id: "name", step: SIGN, of: Some((3, 3)), title: words::SIGN_NAME, lead: None, body: body.into_any() }
}

/// That something cannot be done now, over how things stand.
pub(super) fn not_now(reading: &Reading) -> Leaf {
    let leaf = super::offer::leaf(reading);
    let notice = view! { <Notice kind=NoticeKind::Warning title=words::NOT_NOW/> };
    Leaf { body: view! { {notice} {leaf.body} }.into_any(), ..leaf }
}
