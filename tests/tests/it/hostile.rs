//! Text that wants to be more than text, through every box of every form of the demo firm, and looked for wherever it is shown: script off.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use serde_json::Value;
use tests::{Browser, Form, House, Page, html::Element};

/// When the demo is made.
const START: &str = "2026-11-20T20:00:00Z";
/// What stands in every string of the corpus and nowhere else.
const MARK: &str = "h1t";
/// Pages of one route that one person opens.
const OF_ONE_ROUTE: usize = 3;
/// Strings that go into a box of many lines at once.
const AT_ONCE: usize = 8;

/// The corpus, which the tests in a browser take as well.
pub(crate) fn strings() -> Vec<String> {
    let strings: Vec<String> = serde_json::from_str(include_str!("../../hostile.json")).expect("a list of strings");
    assert!(strings.len() >= 40 && strings.iter().all(|text| text.contains(MARK)), "{} strings", strings.len());
    strings
}

#[test]
fn text_is_text_in_every_box_of_every_form_and_wherever_it_is_shown() {
    let house = House::start_demo(START);
    let people = people(&house);
    let mut sent = Sent::default();
    for (who, browser) in &people {
        for path in walk(browser, &mut |page| must_be_clean(who, page)) {
            let page = browser.open(&path);
            if !is_html(&page) {
                continue; // a letter that was not there a moment ago
            }
            for form in page.forms().into_iter().filter(|form| !form.texts().is_empty()) {
                sent.through(who, &form);
            }
        }
    }
    assert!(sent.forms.len() >= 20, "{:?}", sent.forms);
    // whoever sees it now sees text
    let mut shown = String::new();
    for (who, browser) in &people {
        let _ = walk(browser, &mut |page| {
            must_be_clean(who, page);
            if is_html(page) {
                shown.push_str(&page.text());
                shown.push('\n');
            }
        });
    }
    let as_read = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let kept = strings().into_iter().filter(|text| shown.contains(&as_read(text))).count();
    assert!(kept * 2 > strings().len(), "of {} strings only {kept} are shown anywhere", strings().len());
    let mails = house.mail().all();
    for mail in &mails {
        assert!(!mail.headers.iter().any(|header| header.starts_with(MARK) || header.starts_with("bcc")), "{:?}", mail.headers);
        let document = tests::html::read(&mail.html).unwrap_or_else(|fault| panic!("{}: {fault}\n{}", mail.subject, mail.html));
        assert_eq!(hits(&document), Vec::<String>::new(), "{}", mail.subject);
    }
    let log = house.logged();
    assert!(!log.contains("\"level\":\"ERROR\""), "{log}");
    let told: Vec<&str> = log.lines().filter(|line| line.contains(MARK)).take(3).collect();
    assert!(told.is_empty(), "what somebody typed stands in the log: {told:?}");
    let _ = std::io::Write::write_all(
        &mut std::io::stdout(),
        format!(
            "corpus: {} strings, {} boxes of {} forms, {} requests, {} mails, 0 hits\n",
            strings().len(),
            sent.boxes.len(),
            sent.forms.len(),
            sent.requests,
            mails.len()
        )
        .as_bytes(),
    );
}

/// What was sent so far: each form once for each string.
#[derive(Default)]
struct Sent {
    forms: BTreeSet<String>,
    boxes: BTreeSet<String>,
    requests: usize,
}

impl Sent {
    fn through(&mut self, who: &str, form: &Form) {
        let names: Vec<String> = form.texts().into_iter().map(|(name, _)| name).collect();
        let key = format!("{} {}", form.action(), names.join(" "));
        // who signs out is gone; a form of the same boxes is the same form
        if form.action().ends_with("/sign-out") || form.action().ends_with("/leave") || !self.forms.insert(key) {
            return;
        }
        self.boxes.extend(names.iter().map(|name| format!("{} {name}", form.action())));
        let strings = strings();
        let is_short = form.texts().iter().any(|(_, long)| !long);
        let turns = if is_short { strings.len() } else { strings.len().div_ceil(AT_ONCE) };
        for turn in 0..turns {
            let mut filled = form.clone();
            for (at, (name, long)) in form.texts().into_iter().enumerate() {
                let text = if long {
                    let group = strings.iter().cycle().skip(turn * AT_ONCE + at).take(AT_ONCE);
                    group.map(String::as_str).collect::<Vec<_>>().join("\n")
                } else {
                    strings.iter().cycle().nth(turn + at).cloned().unwrap_or_default()
                };
                filled = filled.write(&name, &text);
            }
            let first = filled.submit();
            self.requests += 1;
            must_stay(who, &first);
            let answer = first.follow();
            assert!(answer.status() < 500, "{who}: {} answers {}", form.action(), answer.status());
            must_be_clean(who, &answer);
        }
    }
}

/// Where an answer leads is in the house, and its headers are ours.
fn must_stay(who: &str, answer: &Page) {
    if let Some(target) = answer.header("location") {
        assert!(target.starts_with('/') && !target.starts_with("//") && !target.contains('\\'), "{who}: {target}");
    }
    assert!(answer.header(MARK).is_none(), "{who}: a header of somebody else");
    for cookie in answer.headers("set-cookie") {
        assert!(!cookie.contains(MARK), "{who}: {cookie}");
    }
}

/// No page holds anything of the corpus but as text. A page that a browser would have to repair, or that carries script in its attributes, never
/// gets here.
fn must_be_clean(who: &str, page: &Page) {
    if is_html(page) {
        assert_eq!(hits(page.document()), Vec::<String>::new(), "{who}: {}", page.path());
    }
}

fn is_html(page: &Page) -> bool {
    page.header("content-type").is_some_and(|kind| kind.starts_with("text/html"))
}

/// Everything of the corpus that became more than text.
fn hits(document: &Element) -> Vec<String> {
    let mut hits = Vec::new();
    for element in document.descendants() {
        for name in element.attributes() {
            let value = element.attribute(name).unwrap_or_default();
            let scheme: String =
                value.chars().filter(|sign| !sign.is_whitespace() && !sign.is_control()).collect::<String>().to_lowercase();
            let leads = matches!(
                name,
                "href" | "src" | "action" | "formaction" | "data" | "srcdoc" | "content" | "poster" | "xlink:href" | "srcset"
            );
            let runs = ["javascript:", "data:", "vbscript:"].iter().any(|bad| scheme.starts_with(bad));
            // a link may carry what was searched for, behind its question mark, and leads nowhere else
            let target = scheme.split('?').next().unwrap_or_default();
            if name.contains(MARK) || name.starts_with("on") || (leads && (runs || target.starts_with("//") || target.contains("//h1t"))) {
                hits.push(format!("<{} {name}={value:?}>", element.name));
            }
        }
        let runs = matches!(element.name.as_str(), "script" | "style" | "iframe" | "object" | "embed" | "base" | "template" | "noscript");
        if (runs && element.raw_text().contains(MARK))
            || element.name.contains(MARK)
            || matches!(element.name.as_str(), "iframe" | "object" | "embed" | "base" | "math")
        {
            hits.push(format!("<{}>{}", element.name, element.raw_text()));
        }
    }
    let text = document.text();
    // what was computed is no longer what was typed
    hits.extend(["49h1t", "root:x:0"].iter().filter(|computed| text.contains(**computed)).map(|computed| (*computed).to_owned()));
    hits
}

/// Everybody whom the demo names, one of each role, with candidates and clients, each come in by their own door.
fn people(house: &House) -> Vec<(String, Browser)> {
    let links: Value = serde_json::from_str(&std::fs::read_to_string(house.folder().join("links.json")).expect("links")).expect("JSON");
    let list = |name: &str| links.get(name).and_then(Value::as_array).cloned().unwrap_or_default();
    let text = |value: &Value, key: &str| value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
    let mut people = vec![("a stranger".to_owned(), house.browser())];
    let mut roles = BTreeSet::new();
    for person in list("staff") {
        if roles.insert(text(&person, "role")) {
            let browser = house.browser();
            let form = browser.open("/sign-in").form("identity/sign-in").fill("email", &text(&person, "email"));
            let _ = form.fill("password", &text(&person, "password")).send().must_not_say("not signed in");
            people.push((text(&person, "role"), browser));
        }
    }
    let mut mail = house.mail();
    mail.read_all();
    let mut states = BTreeSet::new();
    let candidates = list("candidates").into_iter().filter(|candidate| states.insert(text(candidate, "status")));
    for guest in candidates.collect::<Vec<_>>().iter().chain(list("clients").iter().take(1)) {
        let (email, invitation) = (text(guest, "email"), text(guest, "invitation"));
        let browser = house.browser();
        let path = invitation.splitn(4, '/').nth(3).map(|path| format!("/{path}")).unwrap_or_default();
        let page = browser.open(&path).form("portal/mail-code").send();
        let code = mail.next(&email, "Your code").code();
        let _ = page.form("portal/open").fill("code", &code).send().must_not_say("does not fit");
        people.push((email, browser));
    }
    people
}

/// Goes along every link from where somebody comes in; the addresses of the pages, a few of each route.
fn walk(browser: &Browser, look: &mut dyn FnMut(&Page)) -> Vec<String> {
    let mut next: VecDeque<String> = ["/", "/offers", "/requisitions", "/sign-in", "/o/offer", "/c", "/demo"].map(str::to_owned).into();
    let mut known: BTreeSet<String> = next.iter().cloned().collect();
    let mut of_route: BTreeMap<String, usize> = BTreeMap::new();
    let mut pages = Vec::new();
    while let Some(path) = next.pop_front() {
        let page = browser.get(&path).follow();
        look(&page);
        if !is_html(&page) {
            continue;
        }
        pages.push(path);
        for link in page.links("/") {
            let link = link.split('#').next().unwrap_or_default().to_owned();
            if !link.starts_with('/') || !known.insert(link.clone()) {
                continue;
            }
            let opened = of_route.entry(route_of(&link)).or_default();
            *opened += 1;
            if *opened <= OF_ONE_ROUTE {
                next.push_back(link);
            }
        }
    }
    pages
}

/// An address without what differs from one thing to another.
fn route_of(path: &str) -> String {
    let (path, query) = path.split_once('?').unwrap_or((path, ""));
    let is_id = |part: &str| part.len() >= 20 || part.chars().any(|sign| sign.is_ascii_digit());
    let parts: Vec<&str> = path.split('/').map(|part| if is_id(part) { "*" } else { part }).collect();
    let names: Vec<&str> = query.split('&').map(|pair| pair.split('=').next().unwrap_or_default()).collect();
    format!("{}?{}", parts.join("/"), names.join("&"))
}
