//! The edges of the web, from outside: where answers lead, what files are there, what strangers learn, and what the log keeps to itself.

use std::io::{Read, Write};
use std::net::TcpStream;

use tests::{Engine, House, Page};

use crate::firm::{ADMIN, Firm, OPS, PASSWORD, PAYROLL, RECRUITER};
use crate::hands::{Offer, accept};
use crate::hostile::strings;
use crate::on_both_engines;

/// Ways to another site, as people have tried them on others.
const ELSEWHERE: &[&str] = &[
    "https://evil.example/",
    "//evil.example",
    "///evil.example",
    "/\\evil.example",
    "\\\\evil.example",
    "/\t/evil.example",
    "/\r\nLocation: https://evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "https:evil.example",
    "evil.example",
    " //evil.example",
    "/%0d%0aSet-Cookie:x=1",
    "/@evil.example",
    "/.evil.example",
    "\u{feff}//evil.example",
];

/// Requires that an answer leads to a path of this house.
fn must_lead_within(answer: &Page, tried: &str) {
    let target = answer.header("location").unwrap_or_default();
    let second = target.chars().nth(1);
    assert!(
        target.starts_with('/') && !matches!(second, Some('/' | '\\')) && !target.contains(['\r', '\n', '\t', '\\']),
        "{tried:?} leads to {target:?}"
    );
    assert!(answer.header("set-cookie").is_none_or(|cookie| !cookie.contains("x=1")), "{tried:?}");
}

#[test]
fn no_way_back_leads_out_of_the_house() {
    let firm = Firm::open(Engine::Sqlite);
    let recruiter = firm.person(RECRUITER);
    for tried in ELSEWHERE {
        let browser = firm.house.browser();
        let form = browser.open("/sign-in").form("identity/sign-in").tamper("to", tried);
        must_lead_within(&form.clone().fill("email", RECRUITER).fill("password", "wrong").submit(), tried);
        must_lead_within(&form.fill("email", RECRUITER).fill("password", PASSWORD).submit(), tried);
        let mut query = String::new();
        for byte in tried.bytes() {
            query += &format!("%{byte:02X}");
        }
        for page in
            [format!("/sign-in?to={query}"), format!("/o/offer?next={query}&to={query}&return={query}"), format!("/offers?to={query}")]
        {
            let page = browser.open(&page);
            let leads = page
                .document()
                .descendants()
                .into_iter()
                .flat_map(|element| ["href", "action", "formaction", "src"].map(|name| element.attribute(name)));
            for target in leads.flatten() {
                assert!(
                    target.starts_with(['/', '#', '?']) && !target.starts_with("//")
                        || target.starts_with("mailto:")
                        || target.starts_with("tel:"),
                    "{tried:?}: {target:?}"
                );
            }
        }
        // a form says where it stood; nobody is led there
        let elsewhere = recruiter.open("/offers/new").form("offers/begin").tamper("once", tried).tamper("form", tried).submit();
        must_lead_within(&elsewhere, tried);
    }
}

/// A request as it is written, for addresses that no browser would send.
fn raw(house: &House, target: &str) -> String {
    let mut stream = TcpStream::connect(house.address()).expect("the house listens");
    let request = format!("GET {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\nAccept: text/html\r\n\r\n", house.address());
    stream.write_all(request.as_bytes()).expect("a request");
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).expect("an answer");
    String::from_utf8_lossy(&answer).into_owned()
}

#[test]
fn there_are_no_files_but_those_of_the_site() {
    let house = House::start(Engine::Sqlite);
    for target in [
        "/../../../../etc/passwd",
        "/pkg/../../../../etc/passwd",
        "/pkg/..%2f..%2f..%2f..%2fetc%2fpasswd",
        "/pkg/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
        "/pkg/..%252f..%252fetc/passwd",
        "/pkg/..\\..\\etc\\passwd",
        "/pkg//etc/passwd",
        "//etc/passwd",
        "/pkg/%c0%ae%c0%ae/etc/passwd",
        "/robots.txt%00.html",
        "/robots.txt/",
        "/pkg/",
        "/pkg",
        "/manifest.json",
        "/.git/config",
        "/.env",
        "/Cargo.toml",
        "/countersign.db",
        "/keys/",
        "/server-status",
        "/metrics",
        "/debug",
    ] {
        let answer = raw(&house, target);
        let status = answer.split(' ').nth(1).unwrap_or_default();
        assert!(matches!(status, "404" | "400" | "405"), "{target}: {}", answer.lines().next().unwrap_or_default());
        for secret in ["root:x:0", "[package]", "[core]", "SQLite format"] {
            assert!(!answer.contains(secret), "{target}");
        }
    }
    assert!(raw(&house, "/robots.txt").contains("Disallow: /"));
}

/// What no header may hold, no browser sends as a name.
#[test]
fn a_file_to_import_may_be_called_anything() {
    let firm = Firm::open(Engine::Sqlite);
    let paula = firm.person(ADMIN);
    let names: Vec<String> = strings().into_iter().filter(|name| !name.contains('"') && !name.chars().any(char::is_control)).collect();
    for names in names.chunks(8) {
        let form = paula.open("/admin/imports").form("imports/look");
        let page = names.iter().fold(form, |form, name| form.attach("files", name, b"a;b\n1;2\n")).send();
        assert_eq!(page.status(), 200, "{names:?}");
        for name in names {
            let own = name.rsplit(['/', '\\']).next().unwrap_or_default();
            let shown: String = own.chars().filter(|sign| !sign.is_control()).collect();
            let shown = shown.split_whitespace().collect::<Vec<_>>().join(" ");
            assert!(page.says(&shown), "{name:?} is not on the page as it is called:\n{}", page.text());
        }
    }
}

/// An answer without what is new each time: ids, instants, secrets of forms.
fn shape(page: &Page) -> String {
    let mut shape = format!("{}\n", page.status());
    let varying = ["x-request-id", "date", "set-cookie", "content-security-policy", "location"];
    for name in ["cache-control", "content-type", "content-length", "referrer-policy", "x-robots-tag", "vary"] {
        assert!(!varying.contains(&name));
        shape += &format!("{name}: {:?}\n", page.headers(name));
    }
    shape += &format!(
        "cookies: {:?}\n",
        page.headers("set-cookie").iter().map(|cookie| cookie.split('=').next().unwrap_or_default()).collect::<Vec<_>>()
    );
    let long = |word: &str| word.len() >= 20 && word.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_'));
    let location = page.header("location").unwrap_or_default();
    let text = format!("{location}\n{}", page.source());
    shape
        + &text
            .split_inclusive(|sign: char| !(sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_')))
            .map(|part| {
                let word = part.trim_end_matches(|sign: char| !(sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_')));
                if long(word) { part.replacen(word, "*", 1) } else { part.to_owned() }
            })
            .collect::<String>()
}

/// The same answer to what exists and to what does not, step by step.
fn must_be_alike(what: &str, known: &[Page], unknown: &[Page]) {
    assert_eq!(known.len(), unknown.len());
    for (one, other) in known.iter().zip(unknown) {
        assert_eq!(shape(one), shape(other), "{what}");
    }
}

/// An answer and the page behind it.
fn both(first: Page) -> Vec<Page> {
    vec![first.clone(), first.follow()]
}

on_both_engines! {
    fn a_stranger_learns_nothing_of_who_and_what_exists(engine) {
        let firm = Firm::open(engine);
        let offer = Offer::begin(&firm, RECRUITER, "REQ-1000", "Maria Silva", "maria@example.com").fill(&[("pay.base", "62.50")]);
        let _ = offer.submit("as agreed");
        let _ = offer.approve(OPS);
        let _ = offer.approve_as_contact(crate::firm::CLIENT);
        let _ = offer.send("2026-11-20T17:00");
        let link = firm.mail().next("maria@example.com", "/o/i/").link();
        let of_nothing = format!("/o/i/{}", "A".repeat(link.len() - "/o/i/".len()));

        // signing in: somebody, nobody, and somebody who never set a password
        let nobody = "nobody.here@harborpine.example";
        let signed_in = |email: &str| {
            let form = firm.house.browser().open("/sign-in").form("identity/sign-in").fill("password", "not this one");
            let pages = both(form.fill("email", email).submit());
            // what was typed is shown again
            let typed = pages.last().map(|page| page.form("identity/sign-in").value("email").to_owned());
            assert_eq!(typed.as_deref(), Some(email));
            pages
        };
        let same_length = |email: &str| format!("{}{}", "n".repeat(email.len() - "@harborpine.example".len()), "@harborpine.example");
        for somebody in [RECRUITER, PAYROLL, nobody] {
            let (known, unknown) = (signed_in(somebody), signed_in(&same_length(somebody)));
            for (one, other) in known.iter().zip(&unknown) {
                assert_eq!(shape(one).replace(somebody, "*"), shape(other).replace(&same_length(somebody), "*"), "{somebody}");
            }
        }

        // asking for a code
        let asked = |link: &str| {
            let browser = firm.house.browser();
            let form = browser.open(&firm_link(&firm)).form("portal/mail-code");
            both(form.tamper("token", link.rsplit('/').next().unwrap_or_default()).submit())
        };
        let _ = firm.house.run(&["links", "mail", "REQ-1000-1"]);
        must_be_alike("a code for a link that lives and for one that never did", &asked(&link), &asked(&of_nothing));

        // an invitation that was taken back, and one that never was
        let _ = firm.house.run(&["links", "revoke", "REQ-1000-1"]);
        let browser = firm.house.browser();
        let _ = browser.open("/sign-in");
        must_be_alike("a link that was taken back and one that never was", &both(browser.get(&link)), &both(browser.get(&of_nothing)));
        must_be_alike("a code for a link that was taken back", &asked(&link), &asked(&of_nothing));

        // a wrong code for a link that lives, and for none
        let answered = |token: &str| {
            let browser = firm.house.browser();
            let page = browser.open(&firm_link(&firm)).form("portal/mail-code").tamper("token", token).send();
            both(page.form("portal/open").fill("code", "000001").submit())
        };
        must_be_alike("a wrong code", &answered(firm_link(&firm).rsplit('/').next().unwrap_or_default()), &answered(&"A".repeat(43)));

        // a document that exists, and one that does not, to somebody who is not signed in
        let stranger = firm.house.browser();
        let _ = stranger.open("/sign-in");
        for path in ["", "/letter", "/documents/0000000000000000000000000000000000000000000000000000000000000000"] {
            let of = |id: &str| shape(&stranger.get(&format!("/offers/{id}{path}"))).replace(id, "*");
            assert_eq!(of(offer.id()), of(&"0".repeat(32)), "{path}");
        }
    }
}

/// The address of some invitation that lives, for its page has the form.
fn firm_link(firm: &Firm) -> String {
    let mails = firm.house.mail().all();
    let newest = mails.iter().rev().find(|mail| mail.text.contains("/c/i/"));
    newest.map(|mail| mail.link_to("/c/i/")).unwrap_or_else(|| panic!("no invitation of a client"))
}

on_both_engines! {
    /// A whole way with figures, names and words that nobody else has; then the log is searched for each of them.
    fn the_log_holds_what_happened_and_nothing_of_anybody(engine) {
        let firm = Firm::open(engine);
        let said = "my mother is ill, canaryword";
        let offer = Offer::begin(&firm, RECRUITER, "REQ-1000", "Xiomara Canaryname", "canaryaddress@example.com");
        let offer = offer.fill(&[("pay.base", "61.37"), ("bill.rate", "93.71"), ("candidate.phone", "+1 916 555 0137"), ("candidate.address", "77 Canary Road, Davis, CA 95616")]);
        let _ = offer.submit(said);
        let _ = offer.approve(OPS);
        let _ = offer.approve_as_contact(crate::firm::CLIENT);
        let _ = offer.send("2026-11-20T17:00");
        let invitation = firm.mail().next("canaryaddress@example.com", "/o/i/").link();
        let candidate = firm.enter("canaryaddress@example.com", &invitation);
        let _ = candidate.open("/o/offer/ask").form("candidate/ask").fill("text", said).send();
        let _ = accept(&candidate, "Xiomara Canaryname").must_say("You accepted this offer");

        // and everything that goes wrong
        let stranger = firm.house.browser();
        let form = stranger.open("/sign-in").form("identity/sign-in").fill("email", "canaryaddress@example.com");
        let _ = form.fill("password", "canarypassword").send();
        let wrong = stranger.open(&firm_link(&firm)).form("portal/mail-code").send();
        let _ = wrong.form("portal/open").fill("code", "000137").send();
        let _ = stranger.post_from_elsewhere("/api/offers/begin", &[("name".to_owned(), "Xiomara Canaryname".to_owned())]);
        assert_eq!(firm.person(crate::firm::RECRUITER_FOR_BRIDGE).open(&format!("/offers/{}", offer.id())).status(), 404);
        let _ = firm.house.run(&["links", "revoke", "REQ-1000-1"]);

        let log = firm.house.logged();
        let codes: Vec<String> = firm.mail().all().iter().filter(|mail| mail.subject.contains("Your code")).map(tests::Mail::code).collect();
        let links: Vec<String> = firm.mail().all().iter().filter(|mail| mail.text.contains("/i/") || mail.text.contains("/join/")).map(tests::Mail::link).collect();
        assert!(codes.len() >= 2 && links.len() > 10, "{codes:?} {}", links.len());
        let secrets = codes.iter().map(|code| format!("\"{code}\"")).chain(links.iter().filter_map(|link| link.rsplit('/').next()).map(str::to_owned));
        let cookies = candidate.cookies().into_values().chain(firm.person(RECRUITER).cookies().into_values());
        let personal = [
            "Canary", "canary", "61.37", "93.71", "555 0137", "seven lanterns", "@example.com", "@harborpine.example", "\"000137\"", "Maria", "Nina", "Kowalski", "Raman",
        ];
        for word in personal.into_iter().map(str::to_owned).chain(secrets).chain(cookies) {
            let line = log.lines().find(|line| line.contains(&word));
            assert!(line.is_none(), "`{word}` stands in the log: {}", line.unwrap_or_default());
        }

        for (event, result) in [
            ("sign-in", "refused"),
            ("join", "done"),
            ("code", "done"),
            ("code", "refused"),
            ("from-elsewhere", "refused"),
            ("denied", "refused"),
            ("links-revoked", "done"),
            ("import", "done"),
            ("publish", "done"),
        ] {
            let is_it = |line: &&str| {
                let line: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
                let fields = line.get("fields").cloned().unwrap_or_default();
                let field = |name: &str| fields.get(name).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
                let whole = !field("who").is_empty() && line.get("timestamp").is_some();
                line.get("target").and_then(serde_json::Value::as_str) == Some("security") && field("event") == event && field("result") == result && whole
            };
            assert!(log.lines().any(|line| is_it(&line)), "no `{event}` that was {result} in the log");
        }
    }
}
