//! Look over, agree, sign.

use leptos::prelude::*;
use offer::acceptance;

use super::Reading;
use super::offer::kicker;
use super::settled::settled;
use super::stand::Stand;
use super::step::{At, Part, beside_the_letter, end, on};
use super::stopped::stopped;
use super::summary;
use crate::api::Kept;
use crate::desk::{CandidatePage, PortalLetter, RequestAnswer};
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
                Some(stopped) => Leaf { body: view! { {Stopped::head(&[stopped], &kept)} {leaf.body} }.into_any(), ..leaf },
                None => leaf,
            }
        }
    }
}

fn page(reading: &Reading, letter: &PortalLetter, kept: &Kept) -> AnyView {
    let page = &reading.page;
    let until = words::deadline_in_a_sentence(&letter.accept_by.0, &letter.accept_by.1);
    let stopped = missing(reading, kept);
    let steps = view! { {Stopped::head(&stopped, kept)} {steps(reading, letter, kept, &stopped, At::OwnPage)} }.into_any();
    let form = form(reading, letter, steps);
    view! {
        <Bundle/>
        <PageHead title=words::SIGN_TITLE trail=kicker(page.title.clone()) lead=words::sign_lead(&until)/>
        <Answering standing=page.standing.clone() now=page.now>
            <div class="sign">{form}</div>
        </Answering>
    }
    .into_any()
}

/// The form that signs, beside the letter.
pub(super) fn form_beside(reading: &Reading, letter: &PortalLetter) -> AnyView {
    let CandidatePage { title, employer, consent: (_, consent), .. } = &reading.page;
    let (until, zone) = &letter.accept_by;
    let of = [title.as_str(), employer, consent, until, zone, unanswered(&reading.page).unwrap_or_default()];
    let steps = beside_the_letter(letter, CandidateForm::Accept, &of, || steps(reading, letter, &Kept::default(), &[], At::Letter));
    form(reading, letter, steps)
}

fn form(reading: &Reading, letter: &PortalLetter, steps: AnyView) -> AnyView {
    let hidden = vec![
        ("version", letter.version.to_string()),
        ("letter", letter.digest.to_string()),
        ("consent_version", reading.page.consent.0.to_string()),
    ];
    view! { <Form key=FORM action="/api/candidate/accept" once=reading.visit.fresh.clone() hidden=hidden>{steps}</Form> }.into_any()
}

fn steps(reading: &Reading, letter: &PortalLetter, kept: &Kept, stopped: &[Stopped], at: At) -> AnyView {
    let steps = [review(reading, letter, at), agree(reading, stopped, at), name(reading, letter, kept, stopped, at)];
    steps.map(|step| step.shown(at)).into_iter().collect_view().into_any()
}

/// Everything that the form came back for: whoever ticked no box and typed no name is told of both.
fn missing(reading: &Reading, kept: &Kept) -> Vec<Stopped> {
    let first = stopped(CandidateForm::Accept, kept);
    let name = first.as_ref().filter(|first| first.field == Some("consent")).and_then(|_| {
        let refusal = acceptance::signs(&reading.page.standing, kept.typed("typed_name").unwrap_or_default()).err()?;
        Some(Stopped { field: Some("typed_name"), text: words::refusal(&refusal) })
    });
    first.into_iter().chain(name).collect()
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
    let open = unanswered(page).map(|open| view! { <Notice title=open/> });
    let body = view! {
        {open}
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

/// What was asked and is not answered: whoever signs takes the letter as it is.
fn unanswered(page: &CandidatePage) -> Option<&'static str> {
    let request = page.change_requests.iter().any(|request| request.answer == RequestAnswer::Open);
    let question = page.questions.iter().any(|line| line.answer.is_none());
    request.then_some(words::SIGN_WITH_REQUEST).or_else(|| question.then_some(words::SIGN_WITH_QUESTION))
}

/// The consent in full, and its box: never ticked for anybody, not even again.
fn agree(reading: &Reading, stopped: &[Stopped], at: At) -> Part {
    let paragraphs = reading.page.consent.1.split("\n\n").map(|text| view! { <p>{text.to_owned()}</p> }).collect_view();
    let body = view! {
        <details class="fold" open><summary>{words::SIGN_CONSENT_TEXT}</summary><div class="prose">{paragraphs}</div></details>
        <Field
            name="consent" form=FORM label=words::SIGN_CONSENT_BOX hint=words::SIGN_ON_PAPER control=Control::Tick
            problem=Stopped::beside(stopped, "consent")
        />
        {on(at, SIGN)}
    };
    Part { id: "agree", step: AGREE, of: Some((2, 3)), title: words::SIGN_CONSENT, lead: None, body: body.into_any() }
}

fn name(reading: &Reading, letter: &PortalLetter, kept: &Kept, stopped: &[Stopped], at: At) -> Part {
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
