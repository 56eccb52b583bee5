//! Look over, agree, sign: the last page before an offer is accepted.

use leptos::prelude::*;
use offer::lifecycle::Refusal;

use super::Reading;
use super::offer::kicker;
use super::settled::settled;
use super::stand::Stand;
use super::summary;
use crate::api::Kept;
use crate::desk::{Notice as CameBack, PortalLetter};
use crate::pages::portal::{Leaf, Stopped};
use crate::parts::{
    Button, ButtonKind, ButtonRow, Control, Field, Form, LinkButton, Notice, NoticeKind, PageHead, Section, TermRow, TermState, TermsGroup,
    TermsTable,
};
use crate::shell::PageWidth;
use crate::words::en::{candidate as words, portal};

/// The form's key on the page.
const FORM: &str = "accept";

/// The signing page; when nothing can be signed any more, how things stand.
pub(super) fn leaf(reading: &Reading) -> Leaf {
    let kept = reading.visit.kept.of(FORM);
    match (Stand::of(&reading.page), &reading.page.letter) {
        (Stand::Open, Some(letter)) => Leaf::new(words::SIGN_TITLE, PageWidth::Reading, sign(reading, letter, &kept)),
        (stand, _) => {
            let leaf = settled(reading, &stand);
            match stopped(&kept).filter(|_| !stand.is_signed()) {
                Some(stopped) => Leaf { body: view! { {Stopped::head(Some(&stopped), &kept)} {leaf.body} }.into_any(), ..leaf },
                None => leaf,
            }
        }
    }
}

fn sign(reading: &Reading, letter: &PortalLetter, kept: &Kept) -> AnyView {
    let page = &reading.page;
    let until = words::deadline_in_a_sentence(&letter.accept_by.0, &letter.accept_by.1);
    let stopped = stopped(kept);
    let (consent_version, consent) = page.consent.clone();
    let hidden = vec![
        ("version", letter.version.to_string()),
        ("letter", letter.digest.to_string()),
        ("consent_version", consent_version.to_string()),
    ];
    let paragraphs = consent.split("\n\n").map(|text| view! { <p>{text.to_owned()}</p> }).collect_view();
    let name_hint = summary::candidate(&letter.letter).map(words::sign_name_hint);
    let head = Stopped::head(stopped.as_ref(), kept);
    let what = what(letter, &until);
    let box_problem = Stopped::beside(stopped.as_ref(), "consent");
    let name_problem = Stopped::beside(stopped.as_ref(), "typed_name");
    let (typed, means) = (kept.or("typed_name", ""), words::sign_means(&page.employer));
    view! {
        <PageHead title=words::SIGN_TITLE trail=kicker(page.title.clone()) lead=words::sign_lead(&until)/>
        <div class="sign">
            <Section id="what" title=words::SIGN_WHAT lead=words::sign_what_lead(&page.title, &page.employer)>{what}</Section>
            <Form key=FORM action="/api/candidate/accept" once=reading.visit.fresh.clone() hidden=hidden>
                {head}
                <Section id="consent" title=words::SIGN_CONSENT>
                    <details class="fold" open><summary>{words::SIGN_CONSENT_TEXT}</summary><div class="prose">{paragraphs}</div></details>
                    // never ticked for anybody, not even again
                    <Field name="consent" form=FORM label=words::SIGN_CONSENT_BOX control=Control::Tick problem=box_problem/>
                </Section>
                <Section id="name" title=words::SIGN_NAME>
                    <Field
                        name="typed_name" form=FORM label=words::SIGN_NAME_LABEL control=Control::Signature hint=name_hint
                        value=typed autocomplete="name" problem=name_problem
                    />
                    <p class="sign-means">{means}</p>
                    <ButtonRow wide=true>
                        <Button text=words::SIGN_BUTTON kind=ButtonKind::Primary large=true/>
                        <LinkButton href="/o/offer" text=words::NOT_YET kind=ButtonKind::Quiet large=true/>
                    </ButtonRow>
                </Section>
            </Form>
        </div>
    }
    .into_any()
}

/// What is signed, in the words of the letter.
fn what(letter: &PortalLetter, until: &str) -> AnyView {
    let row = |summary::Line { label, value }| TermRow { label, value, note: None, state: TermState::Plain };
    let mut rows: Vec<TermRow> = summary::signed(&letter.letter).into_iter().map(row).collect();
    rows.push(TermRow { label: words::SUMMARY_BY.to_owned(), value: until.to_owned(), note: None, state: TermState::Plain });
    let document = words::document(letter.letter.issued, letter.letter.document.as_str());
    view! {
        <TermsTable groups=vec![TermsGroup { title: None, rows }]/>
        <p class="sign-document">{document}". "<a href="/o/offer">{words::SIGN_BACK}</a></p>
    }
    .into_any()
}

/// Why the signature came back.
fn stopped(kept: &Kept) -> Option<Stopped> {
    Some(match kept.notice()? {
        CameBack::Refused(refusal) => {
            let field = match refusal {
                Refusal::NameMissing | Refusal::TextTooLong { .. } => Some("typed_name"),
                Refusal::ConsentMissing => Some("consent"),
                _ => None,
            };
            Stopped { field, text: words::refusal(refusal) }
        }
        CameBack::Unavailable => Stopped { field: None, text: portal::NOT_REACHED.to_owned() },
        CameBack::Problems(_) | CameBack::SignIn | CameBack::NotFound => Stopped { field: None, text: words::MOVED_ON.to_owned() },
    })
}

/// That something cannot be done now, over how things stand.
pub(super) fn not_now(reading: &Reading) -> Leaf {
    let leaf = super::offer::leaf(reading);
    let notice = view! { <Notice kind=NoticeKind::Warning title=words::NOT_NOW/> };
    Leaf { body: view! { {notice} {leaf.body} }.into_any(), ..leaf }
}
