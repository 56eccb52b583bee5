//! The cells of the matrix, asked one after another.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use tests::Page;

use crate::answers::{self, Answer};
use crate::firm::{Firm, Kind, Standing, Viewer};
use crate::letters;
use crate::routes::{Below, Route, TABLE};
use offer::access::{Access, Action};

/// How many cells were asked, and those that were not as the model says.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    pub(crate) cells: usize,
    /// Cells whose form would have changed an offer, so that it was not sent.
    left_out: usize,
    by_kind: BTreeMap<&'static str, usize>,
    pub(crate) misses: Vec<String>,
}

impl Tally {
    pub(crate) fn add(&mut self, other: Self) {
        self.cells += other.cells;
        self.left_out += other.left_out;
        for (kind, cells) in other.by_kind {
            *self.by_kind.entry(kind).or_default() += cells;
        }
        self.misses.extend(other.misses);
    }

    /// A few misses of each address.
    pub(crate) fn shown(&self) -> String {
        let mut by_address: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
        for miss in &self.misses {
            by_address.entry(miss.split_whitespace().find(|word| word.starts_with('/')).unwrap_or("elsewhere")).or_default().push(miss);
        }
        let few = by_address.values().flat_map(|misses| misses.iter().take(6).map(|miss| miss.as_str()));
        few.collect::<Vec<_>>().join("\n")
    }

    fn check(&mut self, kind: &'static str, as_said: bool, what: impl FnOnce() -> String) {
        self.cells += 1;
        *self.by_kind.entry(kind).or_default() += 1;
        if !as_said {
            self.misses.push(what());
        }
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            out,
            "access matrix: {} cells, {} misses, {} left out because they would act; {:?}",
            self.cells,
            self.misses.len(),
            self.left_out,
            self.by_kind
        )
    }
}

/// Every cell of some of the people.
pub(crate) fn of(firm: &Firm, people: &[Viewer]) -> Tally {
    let mut tally = Tally::default();
    let offers = firm.telling_offers();
    for viewer in people {
        let is_program = matches!(viewer.kind, Kind::Program(_));
        for (address, route) in TABLE {
            match route {
                Route::ApiOffers => api_offers(&mut tally, firm, viewer, address),
                // whoever has no token is turned away before anybody looks what they ask for: once is enough
                Route::ApiOffer => {
                    let asked = if is_program { offers.as_slice() } else { offers.get(..1).unwrap_or_default() };
                    asked.iter().for_each(|offer| api_offer(&mut tally, viewer, offer, address));
                }
                Route::Open => {}
                Route::House(page) => {
                    let (must, came) = (answers::house(viewer, *page), viewer.browser.get(address).status());
                    tally.check("pages", must == came, || miss(viewer, address, "", must, came));
                }
                Route::OfOffer(page) => offers.iter().for_each(|offer| below(&mut tally, viewer, offer, address, *page)),
                Route::OfClient => of_client(&mut tally, firm, viewer, address, &offers),
                Route::OfCandidate => of_candidate(&mut tally, firm, viewer, address, &offers),
                Route::Stream => {
                    if !matches!(viewer.kind, Kind::Staff(_)) {
                        let came = viewer.browser.get(address).status();
                        tally.check("streams", came == 204, || miss(viewer, address, "", 204, came));
                    }
                }
                // a token opens no form; `it tokens` tries a few, for all of them at once would be more than is taken in a minute
                Route::Form(..)
                | Route::FormThatActs(..)
                | Route::ClientForm(_)
                | Route::CandidateForm(_)
                | Route::SaveDraft
                | Route::Begin
                | Route::OwnForm(_)
                | Route::Import
                | Route::PeopleForm(_)
                | Route::AbsenceForm(_)
                    if is_program => {}
                Route::Form(giver, fields) => {
                    for offer in &offers {
                        form(&mut tally, viewer, offer, address, fields, answers::form(viewer, offer, *giver));
                    }
                }
                Route::FormThatActs(giver, fields) => {
                    for offer in &offers {
                        let must = answers::form(viewer, offer, *giver);
                        if must == Answer::Heard {
                            tally.left_out += 1;
                        } else {
                            form(&mut tally, viewer, offer, address, fields, must);
                        }
                    }
                }
                Route::ClientForm(fields) => {
                    for offer in &offers {
                        form(&mut tally, viewer, offer, address, fields, answers::client_form(viewer, offer));
                    }
                }
                Route::CandidateForm(fields) => {
                    let must = if matches!(viewer.kind, Kind::Candidate(_)) { Answer::Heard } else { Answer::SignIn };
                    let came = asked(viewer, address, &owned(fields));
                    tally.check("forms", must == came, || miss(viewer, address, "", must, came));
                }
                Route::SaveDraft => {
                    offers.iter().for_each(|offer| form(&mut tally, viewer, offer, address, &[], answers::save(viewer, offer)))
                }
                Route::Begin => begin(&mut tally, viewer, address),
                Route::OwnForm(fields) => {
                    let must = if matches!(viewer.kind, Kind::Staff(_)) { Answer::Heard } else { Answer::SignIn };
                    let came = asked(viewer, address, &owned(fields));
                    tally.check("forms", must == came, || miss(viewer, address, "", must, came));
                }
                Route::Import => import(&mut tally, viewer, address),
                Route::PeopleForm(fields) => people_form(&mut tally, viewer, address, fields, Answer::SignIn),
                Route::AbsenceForm(fields) => people_form(&mut tally, viewer, address, fields, Answer::NotFound),
            }
        }
        lists(&mut tally, firm, viewer);
    }
    tally
}

/// What the whole run left behind: mails tell their reader nothing that the reader does not see, and the log tells nobody anything.
pub(crate) fn left_behind(firm: &Firm) -> Tally {
    let mut tally = Tally::default();
    let log = firm.log();
    tally.check("logs", !log.contains("\"level\":\"ERROR\""), || format!("the server logged an error:\n{log}"));
    let mails = firm.mails();
    for offer in &firm.offers {
        let written: Vec<String> = offer.values.values().flat_map(|text| answers::written(text)).collect();
        let logged: Vec<&String> = written.iter().filter(|text| log.contains(text.as_str())).collect();
        tally.check("logs", logged.is_empty(), || format!("the log tells {logged:?} of {}", offer.number));
        let email = offer.values.get(&offer::field::CANDIDATE_EMAIL).map_or("", String::as_str);
        for mail in mails.iter().filter(|mail| email.is_empty() || !mail.to.contains(email)) {
            let told: Vec<&String> =
                written.iter().filter(|text| mail.text.contains(text.as_str()) && text.contains(['.', ',', '@'])).collect();
            tally.check("mails", told.is_empty(), || format!("a mail that is not the candidate's tells {told:?} of {}", offer.number));
        }
    }
    tally
}

fn owned(fields: &[(&str, &str)]) -> Vec<(String, String)> {
    fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn miss(viewer: &Viewer, address: &str, offer: &str, must: impl fmt::Debug, came: impl fmt::Debug) -> String {
    format!("{} at {address} {offer}: must be {must:?}, is {came:?}", viewer.name)
}

/// The address of a page below an offer.
fn address_of(address: &str, offer: &Standing) -> String {
    let recipient = offer.subject.receiving_roles.iter().next().map_or("it", |(_, recipient)| recipient.as_str());
    let proposal = offer.open_proposals.first().map_or("00000000000000000000000000000000", String::as_str);
    let no_letter = "0".repeat(64);
    address
        .replace("{id}", offer.id().as_str())
        .replace("{offer}", offer.id().as_str())
        .replace("{recipient}", recipient)
        .replace("{proposal}", proposal)
        .replace("{section}", "job")
        .replace("{digest}", offer.letter.as_ref().unwrap_or(&no_letter))
}

fn below(tally: &mut Tally, viewer: &Viewer, offer: &Standing, address: &str, page: Below) {
    let path = address_of(address, offer);
    let answer = viewer.browser.get(&path);
    let (must, came) = (answers::below(viewer, offer, page), answer.status());
    let called = answers::called(&offer.subject);
    tally.check("pages", must == came, || miss(viewer, address, &format!("{} ({called})", offer.number), must, came));
    if came == 404 && viewer.may(Action::See, offer) == Access::Hidden && !matches!(page, Below::Document) {
        same_as_missing(tally, viewer, address, offer, &answer);
    }
    if came == 200 && !matches!(page, Below::Document) {
        let told: Vec<String> = answers::unseen(viewer, offer).into_iter().filter(|text| holds(&answer, text)).collect();
        tally.check("fields", told.is_empty(), || format!("{} at {address} {} reads {told:?}", viewer.name, offer.number));
    }
    if came == 200 && matches!(page, Below::Document) {
        let carried = letters::told_by(answer.bytes());
        let told: Vec<String> = answers::unseen(viewer, offer).into_iter().filter(|text| carried.contains(text.as_str())).collect();
        tally.check("letters", told.is_empty(), || format!("{} reads {told:?} in the letter of {}", viewer.name, offer.number));
        let carries_data = carried.contains("\"pay.base\"");
        tally.check("letters", carries_data, || format!("the letter of {} carries no offer.json that could be read", offer.number));
    }
}

/// Whether a text stands in an answer, as it is or as markup writes it.
fn holds(answer: &Page, text: &str) -> bool {
    let escaped = text.replace('&', "&amp;").replace('\'', "&#x27;");
    let source = answer.source();
    source.contains(text) || source.contains(&escaped)
}

/// What is hidden answers with the same bytes as what was never there, but for the secrets of the page.
fn same_as_missing(tally: &mut Tally, viewer: &Viewer, address: &str, offer: &Standing, hidden: &Page) {
    let never = "ffffffffffffffffffffffffffffffff";
    let path = address_of(address, offer).replace(offer.id().as_str(), never);
    let missing = viewer.browser.get(&path);
    let bare = |page: &Page| without_secrets(&page.source().replace(offer.id().as_str(), never));
    let same = bare(hidden) == bare(&missing) && hidden.status() == missing.status();
    tally.check("hidden", same, || format!("{} at {address} can tell {} from an offer that never was", viewer.name, offer.number));
}

/// Nonces and the like: what is long, unbroken and new each time.
fn without_secrets(text: &str) -> String {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '+' | '/' | '=');
    let mut bare = String::with_capacity(text.len());
    for piece in text.split_inclusive(|c: char| !is_part(c)) {
        let word = piece.trim_end_matches(|c: char| !is_part(c));
        if word.len() >= 22 && word.chars().any(|c| c.is_ascii_digit() || c.is_ascii_uppercase()) && !word.contains("ffffffff") {
            bare.push('*')
        } else {
            bare.push_str(piece)
        }
    }
    bare
}

fn form(tally: &mut Tally, viewer: &Viewer, offer: &Standing, address: &str, fields: &[(&str, &str)], must: Answer) {
    let mut sent = owned(fields);
    sent.push(("offer".to_owned(), offer.id().as_str().to_owned()));
    let came = asked(viewer, address, &sent);
    let called = answers::called(&offer.subject);
    tally.check("forms", must == came, || miss(viewer, address, &format!("{} ({called})", offer.number), must, came));
}

/// Posts a form and reads which answer it is.
fn asked(viewer: &Viewer, address: &str, fields: &[(String, String)]) -> Answer {
    let answer = viewer.browser.post_by_script(address, fields);
    let text = answer.source();
    if text.contains("\"not_allowed\"") {
        Answer::NotAllowed
    } else if text.contains("NotFound") || answer.status() == 404 {
        Answer::NotFound
    } else if text.contains("SignIn") || answer.header("location").is_some_and(|to| to.starts_with("/sign-in")) {
        Answer::SignIn
    } else if answer.status() < 500 {
        Answer::Heard
    } else {
        panic!("{} at {address}: {} {text}", viewer.name, answer.status())
    }
}

/// Who never drafts begins nothing; a name that is no name keeps the others from it.
fn begin(tally: &mut Tally, viewer: &Viewer, address: &str) {
    let fields = owned(&[("engagement", "internal"), ("name", "Never Begun"), ("email", "never@mail.example")]);
    let must = match &viewer.kind {
        Kind::Nobody | Kind::Program(_) | Kind::Candidate(_) => Answer::SignIn,
        Kind::Staff(member) | Kind::Client(member) if !member.ever_may(Action::Draft) => Answer::NotAllowed,
        _ => {
            tally.left_out += 1;
            return;
        }
    };
    let came = asked(viewer, address, &fields);
    tally.check("forms", must == came, || miss(viewer, address, "", must, came));
}

fn import(tally: &mut Tally, viewer: &Viewer, address: &str) {
    let must = match &viewer.kind {
        Kind::Staff(member) if member.imports().is_empty() => Answer::NotFound,
        Kind::Staff(_) => Answer::Heard,
        Kind::Nobody | Kind::Program(_) | Kind::Client(_) | Kind::Candidate(_) => Answer::SignIn,
    };
    let came = asked(viewer, address, &owned(&[("look", "none"), ("proof", "")]));
    tally.check("forms", must == came, || miss(viewer, address, "", must, came));
}

/// Whoever does not run people finds nobody to do it with; those who do are left out, for the form would act.
fn people_form(tally: &mut Tally, viewer: &Viewer, address: &str, fields: &[(&str, &str)], of_client: Answer) {
    let must = match &viewer.kind {
        Kind::Staff(member) if member.runs_people() => {
            tally.left_out += 1;
            return;
        }
        Kind::Staff(_) => Answer::NotFound,
        Kind::Client(_) => of_client,
        Kind::Nobody | Kind::Program(_) | Kind::Candidate(_) => Answer::SignIn,
    };
    let came = asked(viewer, address, &owned(fields));
    tally.check("forms", must == came, || miss(viewer, address, "", must, came));
}

/// One offer as a program reads it: the same that the pages show whoever has the same roles.
fn api_offer(tally: &mut Tally, viewer: &Viewer, offer: &Standing, address: &str) {
    let answer = viewer.browser.get(&address_of(address, offer));
    let (must, came) = (answers::api(viewer, offer), answer.status());
    let called = answers::called(&offer.subject);
    tally.check("api", must == came, || miss(viewer, address, &format!("{} ({called})", offer.number), must, came));
    if came == 404 {
        same_as_missing(tally, viewer, address, offer, &answer);
    }
    if came == 200 {
        let told: Vec<String> = answers::unseen(viewer, offer).into_iter().filter(|text| answer.source().contains(text.as_str())).collect();
        let told_minor = answers::unseen_minor(viewer, offer).into_iter().filter(|text| answer.source().contains(text.as_str()));
        let told: Vec<String> = told.into_iter().chain(told_minor).collect();
        tally.check("fields", told.is_empty(), || format!("{} at {address} {} reads {told:?}", viewer.name, offer.number));
        let whole = viewer.sight(offer).shows(offer::field::Side::Package) && offer.has_terms;
        let has_pay = answer.source().contains("\"pay.base\"");
        tally.check("fields", whole == has_pay, || miss(viewer, address, &format!("{} pay", offer.number), whole, has_pay));
    }
}

/// The list leads a program to exactly what it sees.
fn api_offers(tally: &mut Tally, firm: &Firm, viewer: &Viewer, address: &str) {
    if !matches!(viewer.kind, Kind::Program(_)) {
        let came = viewer.browser.get(address).status();
        tally.check("api", came == 401, || miss(viewer, address, "", 401, came));
        return;
    }
    let mut listed = BTreeSet::new();
    let mut next = Some(format!("{address}?limit=13"));
    while let Some(path) = next {
        let page: serde_json::Value = serde_json::from_str(&viewer.browser.get(&path).source()).expect("a page of offers");
        let offers = page.get("offers").and_then(serde_json::Value::as_array).expect("offers");
        let id = |offer: &serde_json::Value| offer.get("id").and_then(serde_json::Value::as_str).map(str::to_owned);
        let before = listed.len();
        listed.extend(offers.iter().filter_map(id));
        tally.check("api", listed.len() == before + offers.len(), || format!("{} is told the same offer twice at {path}", viewer.name));
        next = page.get("next").and_then(serde_json::Value::as_str).map(|after| format!("{address}?limit=13&after={after}"));
    }
    let must = seen_by(firm, viewer);
    tally.check("api", listed == must, || miss(viewer, address, "", must.len(), listed.len()));
}

/// A client's page of one offer, or the list of them.
fn of_client(tally: &mut Tally, firm: &Firm, viewer: &Viewer, address: &str, offers: &[&Standing]) {
    let is_client = matches!(viewer.kind, Kind::Client(_));
    if !address.contains('{') {
        let mut listed = BTreeSet::new();
        let mut next = Some(address.to_owned());
        while let Some(path) = next {
            let page = viewer.browser.get(&path);
            listed.extend(offers_in(&page));
            next = page.links("/c?after=").first().cloned();
        }
        let must: BTreeSet<String> = if is_client { seen_by(firm, viewer) } else { BTreeSet::new() };
        tally.check("lists", listed == must, || miss(viewer, address, "", &must, &listed));
        return;
    }
    for offer in offers {
        let answer = viewer.browser.get(&address_of(address, offer));
        let sees = is_client && viewer.may(Action::See, offer) == Access::Allowed;
        let shows = answer.source().contains(&offer.number);
        tally.check("pages", sees == shows, || miss(viewer, address, &offer.number, sees, shows));
        let told: Vec<String> = answers::unseen(viewer, offer).into_iter().filter(|text| holds(&answer, text)).collect();
        tally.check("fields", told.is_empty(), || format!("{} at {address} {} reads {told:?}", viewer.name, offer.number));
    }
}

/// A candidate's page: of the one offer, and for the candidate alone.
fn of_candidate(tally: &mut Tally, firm: &Firm, viewer: &Viewer, address: &str, offers: &[&Standing]) {
    if address.contains("{digest}") {
        for offer in offers.iter().filter(|offer| offer.letter.is_some()) {
            let own = matches!(viewer.kind, Kind::Candidate(_)) && viewer.may(Action::See, offer) == Access::Allowed;
            let came = viewer.browser.get(&address_of(address, offer)).status();
            let must = if own {
                200
            } else if matches!(viewer.kind, Kind::Candidate(_)) {
                404
            } else {
                303
            };
            tally.check("files", must == came, || miss(viewer, address, &offer.number, must, came));
        }
        return;
    }
    let source = viewer.browser.get(address).source();
    let own = |key: &offer::field::FieldKey| key.as_str().starts_with("candidate.");
    let read = |offer: &&Standing| offer.values.iter().filter(|(key, _)| own(key)).any(|(_, text)| source.contains(text.as_str()));
    let others: Vec<&str> = firm
        .offers
        .iter()
        .filter(|offer| viewer.member().is_some() || viewer.may(Action::See, offer) == Access::Hidden)
        .filter(read)
        .map(|offer| offer.number.as_str())
        .collect();
    tally.check("pages", others.is_empty(), || format!("{} at {address} reads of {others:?}", viewer.name));
}

/// The ids of offers to which a page leads.
fn offers_in(page: &Page) -> BTreeSet<String> {
    let links = page.links("/offers/");
    let ids =
        links.iter().filter_map(|link| link.split("/offers/").nth(1)).map(|rest| rest.split(['/', '?', '#']).next().unwrap_or_default());
    ids.filter(|id| id.len() == 32).map(str::to_owned).collect()
}

fn seen_by(firm: &Firm, viewer: &Viewer) -> BTreeSet<String> {
    let seen = firm.offers.iter().filter(|offer| viewer.may(Action::See, offer) == Access::Allowed);
    seen.map(|offer| offer.id().as_str().to_owned()).collect()
}

/// The board leads to exactly what is seen, counts exactly that, and finds nobody by a name that is not seen.
fn lists(tally: &mut Tally, firm: &Firm, viewer: &Viewer) {
    let Kind::Staff(_) = &viewer.kind else { return };
    let must = seen_by(firm, viewer);
    let mut listed = BTreeSet::new();
    let mut next: Vec<String> = vec!["/offers?view=table".to_owned(), "/offers?ended=yes".to_owned()];
    while let Some(path) = next.pop() {
        let page = viewer.browser.get(&path);
        assert_eq!(page.status(), 200, "{path}");
        listed.extend(offers_in(&page));
        next.extend(page.links("after=").into_iter().take(1));
    }
    tally.check("lists", listed == must, || {
        let (more, less): (Vec<_>, Vec<_>) = (listed.difference(&must).collect(), must.difference(&listed).collect());
        format!("{}: the board shows {more:?} too many and lacks {less:?}", viewer.name)
    });
    for offer in firm.offers.iter().step_by(7) {
        let Some(name) = offer.values.get(&offer::field::CANDIDATE_NAME) else { continue };
        let word = name.split_whitespace().last().unwrap_or_default().to_lowercase();
        let query = word.chars().filter(char::is_ascii_alphanumeric).collect::<String>();
        if query.len() != word.len() {
            continue;
        }
        let page = viewer.browser.get(&format!("/offers?view=table&q={query}"));
        let found = offers_in(&page).contains(offer.id().as_str());
        let ended = offers_in(&viewer.browser.get(&format!("/offers?ended=yes&q={query}"))).contains(offer.id().as_str());
        let sees = viewer.may(Action::See, offer) == Access::Allowed && viewer.sight(offer).shows(offer::field::Side::Person);
        tally.check("searches", sees == (found || ended), || miss(viewer, "a search for", name, sees, found || ended));
    }
}
