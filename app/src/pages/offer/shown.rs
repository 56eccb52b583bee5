//! An offer on its page, and the forms that ask something of it.

use leptos::prelude::*;

use crate::desk::{Button as May, OfferPage};
use crate::pages::record::Names;
use crate::pages::{Ask, Question, Times, Visit};
use crate::parts::{Button, ButtonKind, ButtonRow, Control, Form};
use crate::words::en::offer as words;

/// An offer on its page.
#[derive(Debug)]
pub struct Shown {
    /// The visit.
    pub visit: Visit,
    /// The offer as far as seen.
    pub page: OfferPage,
    /// Times as the viewer reads them.
    pub times: Times,
}

impl Shown {
    /// Whether the viewer may use a form now.
    pub fn may(&self, button: May) -> bool {
        self.page.buttons.contains(&button)
    }

    /// An address under the offer's own.
    pub fn path(&self, rest: &str) -> String {
        format!("/offers/{}{rest}", self.page.id)
    }

    /// Names for values that are ids.
    pub fn names(&self) -> Names<'_> {
        Names { people: Some(&self.page.names), client: &self.page.client, titles: Some(&self.page.titles) }
    }

    /// One form of the page.
    pub fn ask(&self, form: impl Into<String>) -> Ask {
        Ask::new(&self.visit, form, &self.page.table)
    }

    /// A form about this offer, at `/api/offers/..`.
    pub fn form(&self, ask: &Ask, endpoint: &str, mut hidden: Vec<(&'static str, String)>, inner: Vec<AnyView>) -> AnyView {
        hidden.push(("offer", self.page.id.to_string()));
        let (key, once, action) = (ask.form.clone(), ask.once.clone(), format!("/api/offers/{endpoint}"));
        view! { <Form key=key action=action once=once hidden=hidden>{inner}</Form> }.into_any()
    }

    /// The commonest form: a few words and a button.
    pub fn words_form(&self, key: &str, endpoint: &str, hidden: Vec<(&'static str, String)>, asked: Words) -> AnyView {
        let ask = self.ask(key);
        let inner = vec![asked.question(&ask), button(asked.button, asked.kind)];
        self.form(&ask, endpoint, hidden, inner)
    }

    /// A further way to act, folded until it is wanted, or until its form came back.
    pub fn way(&self, key: &str, title: &str, consequence: &str, stops: bool, form: AnyView) -> AnyView {
        let open = self.ask(key).came_back();
        let consequence = (!consequence.is_empty()).then(|| view! { <p>{consequence.to_owned()}</p> });
        let title = title.to_owned();
        view! {
            <details class="act-choice" data-kind=stops.then_some("stop") open=open>
                <summary>{title}</summary>
                <div class="stack">{consequence}{form}</div>
            </details>
        }
        .into_any()
    }
}

/// The box and the button of a form of a few words.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// The name of the box.
    pub name: &'static str,
    /// The question.
    pub label: &'static str,
    /// Whether it must be answered.
    pub required: bool,
    /// The button.
    pub button: &'static str,
    /// How much it weighs.
    pub kind: ButtonKind,
}

impl Words {
    /// The box for a reason, which must be given.
    pub const fn reason(button: &'static str, kind: ButtonKind) -> Self {
        Self { name: "reason", label: words::WHY, required: true, button, kind }
    }

    fn question(&self, ask: &Ask) -> AnyView {
        ask.field(Question {
            name: self.name.to_owned(),
            label: self.label.to_owned(),
            control: Control::Long,
            required: self.required,
            ..Question::default()
        })
    }
}

/// A button that sends its form.
pub fn button(text: &'static str, kind: ButtonKind) -> AnyView {
    view! { <ButtonRow><Button text=text kind=kind/></ButtonRow> }.into_any()
}

/// A paragraph.
pub fn paragraph(text: String) -> AnyView {
    view! { <p>{text}</p> }.into_any()
}

/// A further way to act that has a page of its own.
pub fn way_to(href: String, text: &'static str) -> AnyView {
    view! { <p class="act-way"><a href=href>{text}</a></p> }.into_any()
}
