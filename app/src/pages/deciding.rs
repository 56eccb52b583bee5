//! Deciding a step: the ways to answer as whoever came by a mail and a client's contact find them, and the ends of a range as every approver does.

use leptos::prelude::*;
use offer::field::{FieldKey, FieldTable, Kind, PAY_BASE, Section};
use offer::id::StepKey;
use offer::lifecycle::{Event, Refusal};
use offer::terms::Terms;

use super::portal::Stopped;
use super::record::Names;
use super::{Ask, Question, Times, Visit};
use crate::api::Kept;
use crate::desk::{Deciding, HistoryLine, Notice as CameBack, OfferPage, StepLine};
use crate::parts::{Button, ButtonKind, Control, Field, FieldSet, Form, Named, decided_by};
use crate::words::en::{approver as words, client, event, field, mailed, portal};

/// One way to answer a step, folded under its title, with a box for the words that it takes.
pub(super) struct Way {
    /// The form's key on the page.
    pub(super) form: &'static str,
    /// Where it is sent, after `/api/`.
    pub(super) action: &'static str,
    /// The box.
    pub(super) name: &'static str,
    /// What the fold is called.
    pub(super) title: &'static str,
    /// What the box is called.
    pub(super) label: &'static str,
    /// What it is for.
    pub(super) hint: String,
    /// What the button says.
    pub(super) button: &'static str,
    /// What kind of button it is.
    pub(super) kind: ButtonKind,
}

impl Way {
    /// The fold. `hidden` goes along with the words; `more` stands between the box and the button.
    pub(super) fn folded(
        self,
        visit: &Visit,
        hidden: Vec<(&'static str, String)>,
        stopped: Option<Stopped>,
        open: bool,
        more: Option<AnyView>,
    ) -> AnyView {
        let Self { form, action, name, title, label, hint, button, kind } = self;
        let kept = visit.kept.of(form);
        view! {
            <details class="decision-choice" name="answer" open=open>
                <summary>{title}</summary>
                <div>
                    <Form key=form action=format!("/api/{action}") once=visit.fresh.clone() hidden=hidden>
                        {Stopped::head(stopped.as_slice(), &kept)}
                        <Field
                            name=name form=form label=label control=Control::Long hint=hint value=kept.or(name, "")
                            problem=Stopped::beside(stopped.as_slice(), name)
                        />
                        {more}
                        <div class="button-row" data-wide=""><Button text=button kind=kind large=true/></div>
                    </Form>
                </div>
            </details>
        }
        .into_any()
    }
}

/// What the viewer needs to decide a step; nothing of it where the step does not wait on them.
pub(super) fn deciding<'a>(offer: &'a OfferPage, step: &StepKey) -> Option<&'a Deciding> {
    offer.deciding.iter().find(|(key, _)| key == step).map(|(_, deciding)| deciding)
}

/// Fields that have a value, by name; too many to read in a sentence, by the parts of the offer that they stand in.
pub(super) fn named(fields: &[FieldKey], offer: &OfferPage) -> Vec<String> {
    let has_value = |key: &FieldKey| offer.terms.as_ref().is_some_and(|terms| terms.get(key).is_some());
    let specs = offer.table.iter().filter(|spec| fields.contains(&spec.key) && has_value(&spec.key));
    let mut decided = decided_by(offer.route.iter().map(|line| &line.step));
    decided.retain(has_value);
    match Named::of(&specs.map(|spec| spec.key.clone()).collect::<Vec<_>>(), &decided, &offer.table) {
        Named::Each(each) => each,
        Named::ByPart { parts, .. } => parts.into_iter().map(in_plain_words).collect(),
    }
}

/// A part of an offer by a name that says what it is to whoever does not fill it in.
fn in_plain_words(part: String) -> String {
    if part == field::section(Section::Parties) { client::FROM_AND_FOR.to_owned() } else { part }
}

/// What was asked about a step since it opened, and what was answered, for whoever decides it now.
pub(super) fn talked(offer: &OfferPage, step: &StepKey, times: &Times) -> Option<AnyView> {
    let of_step = |event: &Event| match event {
        Event::StepReturned { step: about, question: said, .. } => (about == step).then(|| (true, event::kept(said))),
        Event::StepAnswered { step: about, answer: said, .. } => (about == step).then(|| (false, event::kept(said))),
        _ => None,
    };
    // the history tells the latest first
    let opens = |line: &&HistoryLine| matches!(&line.event, Event::StepOpened { step: about, .. } if about == step);
    let since_open = offer.history.iter().take_while(|line| !opens(line));
    let mut said: Vec<AnyView> = since_open
        .filter_map(|line| {
            let (asked, text) = of_step(&line.event).filter(|(_, text)| !text.is_empty())?;
            let when = times.near(line.at, offer.now);
            let who = if asked { words::asked_by(&line.by, &when) } else { words::answered_by(&line.by, &when) };
            Some(view! { <div class="talk-line"><p class="comment-who">{who}</p><p class="comment-text">{text}</p></div> }.into_any())
        })
        .collect();
    said.reverse();
    (!said.is_empty()).then(|| view! { <div class="stack" data-gap="tight">{said}</div> }.into_any())
}

/// The range that an approval stands for by itself, where the playbook gives one.
pub(super) fn stands_for(offer: &OfferPage, deciding: &Deciding) -> Option<AnyView> {
    let range = deciding.negotiation.as_ref()?;
    Some(view! { <p class="decision-by">{words::negotiation(range, &offer.table)}</p> }.into_any())
}

/// Boxes for the ends of ranges that an approval is to stand for, in a fold of this class until they are wanted; with a button of their own
/// where that of the form stands above.
pub(super) fn ranges(offer: &OfferPage, ask: &Ask, deciding: &Deciding, fold: &'static str, own_button: bool) -> Option<AnyView> {
    if deciding.spans.is_empty() {
        return None;
    }
    // what has a value may move, pay before all; a value for what has none is rarely given room
    let has_value = |field: &&FieldKey| offer.terms.as_ref().is_some_and(|terms| terms.get(field).is_some());
    let (mut valued, blank): (Vec<&FieldKey>, Vec<&FieldKey>) = deciding.spans.iter().partition(has_value);
    valued.sort_by_key(|field| **field != PAY_BASE);
    let boxes = |fields: Vec<&FieldKey>| fields.into_iter().map(|field| span(offer, ask, field)).collect::<Vec<_>>();
    let typed = |end: &str, field: &FieldKey| ask.kept.typed(&format!("{end}[{field}]")).is_some_and(|typed| !typed.is_empty());
    let button = own_button.then(|| view! { <div><Button text=words::APPROVE_RANGE/></div> });
    let is_typed = |field: &FieldKey| typed("lowest", field) || typed("highest", field);
    let open = deciding.spans.iter().any(is_typed);
    let blank = (!blank.is_empty()).then(|| {
        let open = blank.iter().any(|field| is_typed(field));
        view! {
            <details class="fold" open=open>
                <summary>{words::RANGES_OF_BLANKS}</summary>
                <div class="stack" data-gap="loose">{boxes(blank)}</div>
            </details>
        }
    });
    Some(
        view! {
            <details class=fold open=open>
                <summary>{words::RANGES}</summary>
                <div class="stack" data-gap="loose">
                    <p>{words::RANGES_MEANS}" "{words::ends_left_empty(deciding.negotiation.is_some())}</p>
                    {boxes(valued)}
                    {blank}
                    {button}
                </div>
            </details>
        }
        .into_any(),
    )
}

/// The ranges that an approval stands for, in words, for whoever gave it.
pub(super) fn granted(line: &StepLine, offer: &OfferPage) -> Vec<String> {
    line.spans.iter().map(|span| words::span(&span.range, &span.room, &offer.table)).collect()
}

fn span(offer: &OfferPage, ask: &Ask, key: &FieldKey) -> AnyView {
    let table = &offer.table;
    let value = offer.terms.as_ref().and_then(|terms| terms.get(key));
    let names = Names { people: Some(&offer.names), client: &offer.client, titles: Some(&offer.titles) };
    let stands = words::now_at(&value.map(|value| names.value(key, value, table)).unwrap_or_default());
    let spec = table.get(key);
    let kind = spec.map(|spec| &spec.kind);
    let basis = offer.terms.as_ref().and_then(Terms::pay).map(|pay| pay.basis);
    let after = spec.and_then(|spec| field::unit_after_on(spec, basis));
    let is_day = matches!(kind, Some(Kind::Date));
    let control = || match kind {
        Some(Kind::Date) => Control::Date,
        Some(Kind::Percent) => Control::Percent,
        Some(Kind::Number) => Control::Number,
        _ => Control::Money,
    };
    let end = |name: &str, label: &str| {
        ask.field(Question {
            name: format!("{name}[{key}]"),
            label: label.to_owned(),
            control: control(),
            before: spec.and_then(field::unit_before).into(),
            after: after.into(),
            ..Question::default()
        })
    };
    let (low, high) = if is_day { (words::EARLIEST, words::LATEST) } else { (words::LOWEST, words::HIGHEST) };
    let (lowest, highest) = (end("lowest", low), end("highest", high));
    let legend = field::label_of(key, table);
    view! { <FieldSet legend=legend hint=stands columns=true>{lowest}{highest}</FieldSet> }.into_any()
}

/// Why a form came back, and beside which of its boxes.
pub(super) fn stopped(kept: &Kept, name: &'static str, table: &FieldTable) -> Option<Stopped> {
    let whole = |text: &str| Stopped { field: None, text: text.to_owned() };
    Some(match kept.notice()? {
        CameBack::Refused(refusal) => {
            let field = matches!(refusal, Refusal::ReasonMissing | Refusal::TextTooLong { .. }).then_some(name);
            Stopped { field, text: client::refusal(refusal, table) }
        }
        CameBack::Problems(_) => whole(portal::MARKED),
        CameBack::NotFound => whole(mailed::NOT_YOURS),
        CameBack::SignIn | CameBack::Unavailable => whole(portal::NOT_REACHED),
    })
}
