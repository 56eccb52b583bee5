//! The frames in which pages stand: who speaks, where one can go, and the page itself.

use leptos::prelude::*;

use crate::{
    parts::{Menu, MenuItem, Wording},
    words::en::parts as words,
};

/// How wide a page is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum PageWidth {
    /// Most pages.
    #[default]
    Page,
    /// One small form.
    Narrow,
    /// Text, and forms with text.
    Reading,
    /// Tables of many columns.
    Wide,
}

impl PageWidth {
    const fn code(self) -> Option<&'static str> {
        match self {
            Self::Page => None,
            Self::Narrow => Some("narrow"),
            Self::Reading => Some("reading"),
            Self::Wide => Some("wide"),
        }
    }
}

/// One place of the main navigation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NavLink {
    /// Where it leads.
    pub href: String,
    /// What is there.
    pub text: String,
    /// Whether the viewer is there.
    pub current: bool,
}

/// One link in the foot of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FootLink {
    /// Where it leads.
    pub href: String,
    /// What is there.
    pub text: String,
}

/// The frame of the staff's pages. Children are the page.
#[component]
pub fn StaffFrame(
    /// The firm's own name.
    #[prop(into)]
    firm: String,
    /// The places this viewer may go to; none before signing in.
    #[prop(optional)]
    places: Vec<NavLink>,
    /// Who is signed in.
    #[prop(optional, into)]
    person: Wording,
    /// What that person finds under their name.
    #[prop(optional)]
    menu: Vec<MenuItem>,
    /// What is said in a rehearsal.
    #[prop(optional, into)]
    rehearsal: Wording,
    /// Where that leads, as in a demo.
    #[prop(optional)]
    rehearsal_links: Vec<FootLink>,
    /// The words in the foot, as the version.
    #[prop(optional, into)]
    foot: Wording,
    /// The links in the foot.
    #[prop(optional)]
    foot_links: Vec<FootLink>,
    /// How wide the page is.
    #[prop(optional)]
    width: PageWidth,
    /// The page.
    children: Children,
) -> impl IntoView {
    let places = (!places.is_empty()).then(|| {
        let places = places.into_iter().map(|NavLink { href, text, current }| {
            view! { <li><a href=href aria-current=current.then_some("page")>{text}</a></li> }
        });
        view! { <nav class="masthead-nav" aria-label=words::NAVIGATION><ul>{places.collect_view()}</ul></nav> }
    });
    let person = person.shown().map(|person| view! { <div class="masthead-side"><Menu text=person items=menu/></div> });
    view! {
        <Skip/>
        <Rehearsal text=rehearsal links=rehearsal_links/>
        <header class="masthead" data-area="staff">
            <a class="masthead-name" href="/">{firm}</a>
            {places}
            {person}
        </header>
        <main class="page" id="main" tabindex="-1" data-width=width.code()>{children()}</main>
        <Foot text=foot links=foot_links/>
    }
}

/// The frame of a page for somebody who comes from a mail: the firm's name and nothing to get lost in. Children are the page.
#[component]
pub fn PortalFrame(
    /// The firm's own name.
    #[prop(into)]
    firm: String,
    /// What is said in a rehearsal.
    #[prop(optional, into)]
    rehearsal: Wording,
    /// Where that leads, as in a demo.
    #[prop(optional)]
    rehearsal_links: Vec<FootLink>,
    /// In which zone times are told, before it.
    #[prop(optional, into)]
    times: Wording,
    /// Where help is, in words: the same place on every page.
    #[prop(optional, into)]
    foot: Wording,
    /// The links in the foot.
    #[prop(optional)]
    foot_links: Vec<FootLink>,
    /// How wide the page is.
    #[prop(optional)]
    width: PageWidth,
    /// The page.
    children: Children,
) -> impl IntoView {
    view! {
        <Skip/>
        <Rehearsal text=rehearsal links=rehearsal_links/>
        <header class="masthead" data-area="portal"><span class="masthead-name">{firm}</span></header>
        <main class="page" id="main" tabindex="-1" data-width=width.code()>{children()}</main>
        <Foot times=times text=foot links=foot_links/>
    }
}

#[component]
fn Skip() -> impl IntoView {
    view! { <a class="skip" href="#main">{words::SKIP}</a> }
}

#[component]
fn Rehearsal(text: Wording, links: Vec<FootLink>) -> impl IntoView {
    let links = links.into_iter().map(|FootLink { href, text }| view! { " "<a href=href>{text}</a> }).collect_view();
    text.shown().map(|text| view! { <aside class="rehearsal" aria-label=words::REHEARSAL>{text}{links}</aside> })
}

#[component]
fn Foot(#[prop(optional)] times: Wording, text: Wording, links: Vec<FootLink>) -> impl IntoView {
    let links = links.into_iter().map(|FootLink { href, text }| view! { <a href=href>{text}</a> });
    view! {
        <footer class="foot">
            {times.shown().map(|times| view! { <span>{times}</span> })}
            {text.shown().map(|text| view! { <span>{text}</span> })}
            {links.collect_view()}
        </footer>
    }
}
