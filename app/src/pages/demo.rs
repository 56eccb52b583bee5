//! The first page of a demo, and its mail room. Anywhere else there are no such pages.

use leptos::prelude::*;
use offer::id::{Role, role};

use super::frame::anybodys_page;
use super::{Found, Sheet, Visit};
use crate::desk::{DemoCandidate, DemoPage, DemoPerson, MailPart, RoomMail};
use crate::parts::{Button, ButtonKind, Empty, Form, PageHead, Section};
use crate::shell::{FootLink, PageWidth};
use crate::words::en::{date, demo as words, role as role_words};

/// Who to be.
const WHO_TO_BE: &str = "/demo";
/// The mail room.
const MAIL_ROOM: &str = "/demo/mail";

/// The parts of the first page, by their anchor and name.
const WAYS: [(&str, &str); 6] = [
    ("recruiters", words::RECRUITERS),
    ("approvers", words::APPROVERS),
    ("candidates", words::CANDIDATES),
    ("clients", words::CLIENTS),
    ("after", words::AFTER),
    ("house", words::HOUSE),
];

/// Who to be and what to try.
#[component]
pub fn WhoToBePage() -> impl IntoView {
    anybodys_page(who_to_be)
}

/// The mails of the demo.
#[component]
pub fn MailRoomPage() -> impl IntoView {
    anybodys_page(mail_room)
}

/// The links in the banner of a demo.
pub fn banner_links() -> Vec<FootLink> {
    [(WHO_TO_BE, words::WHO_TO_BE), (MAIL_ROOM, words::MAIL_ROOM)]
        .map(|(href, text)| FootLink { href: href.to_owned(), text: text.to_owned() })
        .to_vec()
}

/// In a demo, where the code is.
pub fn code_hint(visit: &Visit) -> Option<AnyView> {
    let hint =
        view! { <p class="way-in-note">{words::CODE_IS_IN_MAIL_ROOM}<a href=MAIL_ROOM>{words::CODE_IS_IN_MAIL_ROOM_LINK}</a>"."</p> };
    visit.desk.is_demo().then(|| hint.into_any())
}

/// In a demo, that no password is needed.
pub fn sign_in_hint(visit: &Visit) -> Option<AnyView> {
    let hint = view! { <p>{words::NO_PASSWORD_NEEDED}<a href=WHO_TO_BE>{words::NO_PASSWORD_NEEDED_LINK}</a>"."</p> };
    visit.desk.is_demo().then(|| hint.into_any())
}

async fn who_to_be(visit: Visit) -> Found {
    let page = visit.desk.demo().await.done()?;
    let title = words::title(&page.firm);
    let lead = words::lead(page.offers, page.now.seconds_since(page.since), page.waiting);
    let candidates = page.candidates.iter().map(|candidate| one_candidate(&visit, &page, candidate)).collect_view();
    let clients = page.clients.iter().map(|person| one_person(&visit, person, Way::Invitation)).collect_view();
    let group = |id: &'static str, title: &'static str, lead: &'static str, roles: &[Role]| {
        let people: Vec<&DemoPerson> =
            roles.iter().flat_map(|role| page.people.iter().filter(move |person| person.role == *role)).collect();
        let people = people.into_iter().map(|person| one_person(&visit, person, Way::SignIn)).collect_view();
        view! { <Section id=id title=title lead=lead><ul class="personae">{people}</ul></Section> }
    };
    let ways = WAYS.map(|(part, text)| view! { <a href=format!("#{part}")>{text}</a> }).collect_view();
    let body = view! {
        <PageHead title=title.clone() lead=lead/>
        <p class="personae-how">{words::HOW}</p>
        <nav class="personae-ways" aria-label=words::WHO_TO_BE>{ways}</nav>
        {group("recruiters", words::RECRUITERS, words::RECRUITERS_LEAD, &[role::RECRUITER])}
        {group("approvers", words::APPROVERS, words::APPROVERS_LEAD, &[role::OPS, role::HIRING_MANAGER, role::FINANCE, role::HRBP, role::LEGAL])}
        <Section id="candidates" title=words::CANDIDATES lead=words::CANDIDATES_LEAD><ul class="personae">{candidates}</ul></Section>
        <Section id="clients" title=words::CLIENTS lead=words::CLIENTS_LEAD><ul class="personae">{clients}</ul></Section>
        {group("after", words::AFTER, words::AFTER_LEAD, &[role::HR_OPS, role::IT, role::PAYROLL, role::ACCOUNT_MANAGER])}
        {group("house", words::HOUSE, words::HOUSE_LEAD, &[role::RECRUITING_LEAD, role::AUDITOR, role::ADMIN])}
    };
    Ok(Sheet { title, width: PageWidth::Page, body: vec![body.into_any()], ..Sheet::default() })
}

/// How somebody comes in.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Way {
    /// By one click.
    SignIn,
    /// By the link of an invitation.
    Invitation,
}

fn one_person(visit: &Visit, person: &DemoPerson, way: Way) -> AnyView {
    let id = person.id.as_str();
    let what = role_words::role(&person.role);
    let kicker = if person.client.is_empty() { what } else { person.client.clone() };
    let note = match (person.role == role::ADMIN, person.tries.is_empty(), way) {
        (true, ..) => Some(words::ADMIN_NOTE),
        (_, true, Way::SignIn) => Some(words::LOOK_AROUND),
        _ => None,
    };
    let places = of_the_house(&person.role).iter().map(|(text, page)| ((*text).to_owned(), (*page).to_owned(), false));
    let tries = person.tries.iter().map(|what| (words::try_this(what), what.page.clone(), what.late)).chain(places);
    let tries = tries.enumerate().map(|(place, what)| one_try(visit, person, place, what, way)).collect_view();
    let (action, key, text) = match way {
        Way::SignIn => ("/api/demo/be", format!("be-{id}"), words::be(&person.name)),
        Way::Invitation => ("/api/demo/invite", format!("invite-{id}"), words::open_invitation(&person.name)),
    };
    let hidden = vec![("person", id.to_owned())];
    view! {
        <li class="persona">
            <p class="persona-role">{kicker}</p>
            <h3 class="persona-name">{person.name.clone()}</h3>
            <p class="persona-waits">{words::waits(person.waiting)}</p>
            <ul class="persona-tries">{tries}{note.map(|note| view! { <li>{note}</li> })}</ul>
            <Form key=key action=action once=visit.fresh.clone() hidden=hidden><Button text=text/></Form>
        </li>
    }
    .into_any()
}

/// What those look at who look over all of it, beside offers.
fn of_the_house(role: &Role) -> &'static [(&'static str, &'static str)] {
    match role {
        role if *role == role::ADMIN => &[(words::TRY_PEOPLE, "/people"), (words::TRY_IMPORT, "/admin/imports")],
        role if *role == role::AUDITOR => &[(words::TRY_LOOKED, "/audit/looked")],
        _ => &[],
    }
}

/// Something to try: for the firm's own people one click signs in and leads there.
fn one_try(visit: &Visit, person: &DemoPerson, place: usize, (text, page, late): (String, String, bool), way: Way) -> AnyView {
    let late = late.then(|| view! { " "<span class="persona-late">{words::LATE}</span> });
    if way == Way::Invitation {
        return view! { <li>{text}{late}</li> }.into_any();
    }
    let id = person.id.as_str();
    view! {
        <li>
            <Form
                key=format!("try-{id}-{place}") action="/api/demo/be" once=visit.fresh.clone()
                hidden=vec![("person", id.to_owned()), ("to", page)]
            >
                <Button text=text kind=ButtonKind::Quiet/>
            </Form>
            {late}
        </li>
    }
    .into_any()
}

fn one_candidate(visit: &Visit, page: &DemoPage, candidate: &DemoCandidate) -> AnyView {
    let id = candidate.offer.as_str();
    let (key, hidden) = (format!("invite-{id}"), vec![("offer", id.to_owned())]);
    let text = words::open_invitation(&candidate.name);
    let until = words::until(&visit.times().near(candidate.accept_by, page.now));
    view! {
        <li class="persona">
            <p class="persona-role">{candidate.title.clone()}</p>
            <h3 class="persona-name">{candidate.name.clone()}</h3>
            <p class="persona-waits">{words::letter(candidate.letter)}", "{until}</p>
            <ul class="persona-tries"><li>{words::CANDIDATE_TRY}</li></ul>
            <Form key=key action="/api/demo/invite" once=visit.fresh.clone() hidden=hidden><Button text=text/></Form>
        </li>
    }
    .into_any()
}

async fn mail_room(visit: Visit) -> Found {
    let after = visit.query("after");
    let room = visit.desk.mail_room(after.as_deref()).await.done()?;
    let is_first = after.is_none();
    let mails = room.mails.iter().enumerate().map(|(place, mail)| one_mail(&visit, &room, mail, is_first && place == 0)).collect_view();
    let none = room.mails.is_empty().then(|| view! { <Empty title=words::NO_MAIL/> });
    let lead = format!("{} {}", words::MAIL_LEAD, date::times_in(visit.times().zone()));
    let newest = (!is_first).then(|| view! { <a href=MAIL_ROOM>{words::NEWEST}</a> });
    let older = room.next.clone().map(|next| view! { <a href=format!("{MAIL_ROOM}?after={next}")>{words::OLDER}</a> });
    let body = view! {
        <PageHead title=words::MAIL_ROOM lead=lead/>
        {none}
        <div class="mails">{mails}</div>
        <nav class="row mails-on" aria-label=words::MAIL_ROOM>{newest}{older}</nav>
    };
    Ok(Sheet { title: words::MAIL_ROOM.to_owned(), width: PageWidth::Reading, body: vec![body.into_any()], ..Sheet::default() })
}

fn one_mail(visit: &Visit, room: &crate::desk::MailRoom, mail: &RoomMail, open: bool) -> AnyView {
    let at = visit.times().near(mail.at, room.now);
    let parts = mail.parts.iter().map(part).collect_view();
    let attached = (!mail.attachments.is_empty()).then(|| {
        view! { <p class="mail-attached">{words::ATTACHED}" "{mail.attachments.join(", ")}</p> }
    });
    view! {
        <details class="mail" open=open>
            <summary>
                <span class="mail-subject">{mail.subject.clone()}</span>
                <span class="mail-to">{words::to(&mail.name, &mail.address)}</span>
                <time class="mail-at" datetime=mail.at.to_string()>{at}</time>
            </summary>
            <div class="mail-text">{parts}{attached}</div>
        </details>
    }
    .into_any()
}

fn part(part: &MailPart) -> AnyView {
    match part.clone() {
        MailPart::Heading(text) => view! { <p class="mail-heading">{text}</p> }.into_any(),
        MailPart::Paragraph(text) => view! { <p class="mail-paragraph">{text}</p> }.into_any(),
        MailPart::Link(text, path) => view! { <p><a href=path>{text}</a></p> }.into_any(),
        MailPart::Code(code, page) => {
            let way = if page.is_empty() {
                view! { <p>{words::ENTER_CODE_THERE}</p> }.into_any()
            } else {
                view! { <p><a href=page>{words::ENTER_CODE}</a></p> }.into_any()
            };
            view! { <p class="mail-code">{code}</p> {way} }.into_any()
        }
        MailPart::Facts(rows) => {
            let rows = rows.into_iter().map(|(name, value)| view! { <div><dt>{name}</dt>" "<dd>{value}</dd></div> }).collect_view();
            view! { <dl class="mail-facts">{rows}</dl> }.into_any()
        }
        MailPart::Footer(text) => view! { <p class="mail-footer">{text}</p> }.into_any(),
    }
}
