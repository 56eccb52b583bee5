//! Tokens of programs and the reading API: made by an administrator, shown once, worth what the roles of the program are worth at each request.

use std::path::Path;
use std::time::Duration;

use serde_json::Value;
use tests::{Browser, Engine, House, Page, wait_for};

use crate::firm::{ADMIN, Firm, OPS, PASSWORD, RECRUITER};
use crate::hands::Offer;
use crate::on_both_engines;

const FEED: &str = "payroll.feed@harborpine.example";
const AUDITOR: &str = "quentin.ash@harborpine.example";
const LIST: &str = "/api/v1/offers";

fn wait_seconds(house: &House, seconds: u64) {
    let then = house.clock().now() + Duration::from_secs(seconds);
    house.clock().set(&then.to_rfc3339());
}

/// The administrator takes an integration in; its page.
fn integration(firm: &Firm, roles: &[&str]) -> Page {
    let form = firm.person(ADMIN).open("/people/new").form("people/take-in").fill("name", "Payroll feed").fill("email", FEED);
    let form = roles.iter().fold(form.tick("roles[integration]"), |form, role| form.tick(&format!("roles[{role}]")));
    form.fill("zone", "America/Chicago").send().must_say("API tokens")
}

/// A token made on the page of an integration, and the page that shows it.
fn made(page: &Page, name: &str, reads: &str, lasts: &str) -> (String, Page) {
    let form = page.form("people/make-token").fill("token_name", name).fill("reads", reads).fill("lasts", lasts);
    let shown = form.send().must_say("Copy this token now");
    let token = shown.document().all("code").next().expect("the token").text();
    assert!(token.starts_with("csn_") && token.len() == 47, "{token}");
    (token, shown)
}

fn read(page: &Page) -> Value {
    serde_json::from_str(&page.source()).unwrap_or_else(|error| panic!("{error}: {}", page.source()))
}

/// A part of an answer; null where there is none.
fn at(value: &Value, path: &str) -> Value {
    value.pointer(path).cloned().unwrap_or_default()
}

/// What a program is answered that is not let in.
fn must_be_a_problem(page: &Page, status: u16, code: &str) {
    assert_eq!((page.status(), page.header("content-type")), (status, Some("application/problem+json")), "{}", page.source());
    assert_eq!(at(&read(page), "/type"), format!("urn:countersign:problem:{code}"));
    assert!(page.headers("set-cookie").is_empty() && page.header("cache-control") == Some("no-store"));
}

fn must_be_refused(page: &Page) {
    must_be_a_problem(page, 401, "token-unknown");
    assert_eq!(page.header("www-authenticate"), Some("Bearer realm=\"countersign\", error=\"invalid_token\""));
}

/// An offer under approval with figures that nobody else has.
fn submitted(firm: &Firm) -> Offer<'_> {
    let offer = Offer::begin(firm, RECRUITER, "REQ-1000", "Xiomara Canaryname", "canary@example.com");
    let offer = offer.fill(&[("pay.base", "61.37"), ("bill.rate", "93.71"), ("candidate.phone", "+1 916 555 0137")]);
    let _ = offer.submit("as agreed, canaryword");
    offer
}

const CANARIES: [&str; 8] = ["Canary", "canary", "61.37", "6137", "93.71", "9371", "0137", "pay.base"];

on_both_engines! {
    fn a_token_is_made_shown_once_used_and_revoked_at_the_next_request(engine) {
        let firm = Firm::open(engine);
        let offer = submitted(&firm);
        let page = integration(&firm, &[]).must_say("There is no token yet.").must_not_say("Mail a new link");
        let (token, shown) = made(&page, "payroll, nightly", "all", "90");
        let again = firm.person(ADMIN).open(&shown.path());
        assert!(again.says(&token), "it stays until it is copied, in this browser");
        let copied = shown.form("people/token-kept").send().must_not_say(&token).must_say("payroll, nightly").must_say("Never");
        assert!(!firm.person(ADMIN).open(&shown.path()).must_say("not shown any more").says(&token));
        let _ = copied.must_say("A token \"payroll, nightly\" was made.").must_say("by Paula Reyes");

        let program = firm.house.program(&token);
        let list = program.get(LIST);
        assert_eq!((list.status(), list.header("content-type")), (200, Some("application/json")), "{}", list.source());
        assert!(list.headers("set-cookie").is_empty() && list.header("cache-control") == Some("no-store"));
        assert!(list.header("access-control-allow-origin").is_none());
        assert_eq!(at(&read(&list), "/offers/0/id"), offer.id());
        let one = program.get(&format!("{LIST}/{}", offer.id()));
        assert_eq!((one.status(), at(&read(&one), "/status").as_str()), (200, Some("in_review")), "{}", one.source());

        let here = firm.person(ADMIN).open(page.path().as_str()).must_not_say("Never");
        wait_seconds(&firm.house, 30);
        assert_eq!(program.get(LIST).status(), 200);
        wait_seconds(&firm.house, 40);
        assert_eq!(program.get(LIST).status(), 200);
        let later = firm.person(ADMIN).open(page.path().as_str());
        assert_ne!(used(&here), used(&later), "it is noted, once a minute");

        let revoked = later.form("people/revoke-token").send().must_say("The token is revoked").must_say("A token was revoked.");
        must_be_refused(&program.get(LIST));
        assert!(revoked.find_form("people/revoke-token").is_none());
    }
}

/// The cells of the first token's row.
fn used(page: &Page) -> Vec<String> {
    page.document().all("td").map(tests::html::Element::spoken).collect()
}

on_both_engines! {
    fn a_token_ends_at_its_time_with_its_integration_and_with_its_roles(engine) {
        let firm = Firm::open(engine);
        let offer = submitted(&firm);
        let page = integration(&firm, &["auditor"]);
        let (short, _) = made(&page, "short", "all", "30");
        let (long, _) = made(&page, "long", "all", "365");
        let one = format!("{LIST}/{}", offer.id());
        assert!(firm.house.program(&long).get(&one).source().contains("\"amount_minor\":6137"), "as an auditor it reads pay");

        // less from the next request on
        let _ = firm.person(ADMIN).open(&page.path()).form("people/move").untick("roles[auditor]").send().must_say("Saved.");
        let less = firm.house.program(&long).get(&one);
        assert_eq!(less.status(), 200);
        assert!(CANARIES.iter().all(|canary| !less.source().contains(canary)), "{}", less.source());

        wait_seconds(&firm.house, 30 * 24 * 3600);
        must_be_refused(&firm.house.program(&short).get(LIST));
        assert_eq!(firm.house.program(&long).get(LIST).status(), 200);
        let listed = firm.person(ADMIN).open(&page.path()).must_say("Expired");

        firm.prove(ADMIN);
        let _ = listed.form("people/leave").tick("sure").send().must_say("They have no access any more.");
        must_be_refused(&firm.house.program(&long).get(LIST));
        let back = firm.person(ADMIN).open(&page.path()).form("people/move").send();
        assert!(back.find_form("people/make-token").is_some(), "{}", back.text());
        must_be_refused(&firm.house.program(&long).get(LIST));
    }
}

on_both_engines! {
    fn a_token_reads_nothing_that_its_integration_does_not_see_and_is_noted_when_it_reads_pay(engine) {
        let firm = Firm::open(engine);
        let offer = submitted(&firm);
        let page = integration(&firm, &["auditor"]);
        let (all, _) = made(&page, "everything", "all", "30");
        let (job, _) = made(&page, "the job", "job_only", "30");
        let one = format!("{LIST}/{}", offer.id());

        let whole = read(&firm.house.program(&all).get(&one));
        assert_eq!(at(&whole, "/candidate"), "Xiomara Canaryname");
        assert_eq!(at(&whole, "/terms/pay.base"), serde_json::json!({ "amount_minor": 6137, "currency": "USD" }));
        assert_eq!(at(&whole, "/terms/job.hours_per_week"), "36");
        assert_eq!(at(&whole, "/terms/date.start"), "2027-01-11");
        assert!(at(&whole, "/status_since").as_str().is_some_and(|at| at.ends_with('Z') && at.len() == 27), "{whole}");
        assert!(!whole.to_string().contains("canaryword"), "words that somebody wrote freely are not in it");
        assert_eq!(at(&whole, "/steps/0/state"), "open");

        for path in [one.as_str(), LIST, "/api/v1/offers?stage=alignment", "/api/v1/offers?client=ACME-MED"] {
            let narrow = firm.house.program(&job).get(path);
            assert_eq!(narrow.status(), 200, "{path}");
            assert!(narrow.source().contains(offer.id()), "{path}: {}", narrow.source());
            assert!(CANARIES.iter().all(|canary| !narrow.source().contains(canary)), "{path}: {}", narrow.source());
            assert!(!narrow.source().contains("Nina Kowalski"), "{path}: on whom it waits is for those who read about pay");
        }
        assert!(firm.house.program(&all).get(LIST).source().contains("Nina Kowalski"));
        wait_for("the note to be written", || firm.person(AUDITOR).open("/audit/looked").says("Payroll feed").then_some(()));
    }
}

on_both_engines! {
    fn the_list_answers_what_is_asked_page_by_page_or_says_what_is_wrong(engine) {
        let firm = Firm::open(engine);
        let offer = submitted(&firm);
        let draft = Offer::begin(&firm, RECRUITER, "REQ-1000", "Ina Draft", "ina@example.com");
        let (token, _) = made(&integration(&firm, &[]), "lists", "all", "30");
        let program = firm.house.program(&token);
        let listed = |query: &str| -> Vec<String> {
            let page = read(&program.get(&format!("{LIST}{query}")));
            at(&page, "/offers").as_array().expect("offers").iter().map(|one| at(one, "/id").as_str().expect("an id").to_owned()).collect()
        };
        let (offer, draft) = (offer.id().to_owned(), draft.id().to_owned());
        assert_eq!(listed("").len(), 2);
        assert_eq!(listed("?stage=alignment"), [offer.as_str()]);
        assert_eq!(listed("?waiting=recruiter"), [draft.as_str()]);
        assert_eq!(listed("?waiting=step.ops&client=ACME-MED"), [offer.as_str()]);
        assert!(listed("?client=BRIDGE").is_empty());
        let first = read(&program.get(&format!("{LIST}?limit=1")));
        let next = at(&first, "/next").as_str().expect("there is more").to_owned();
        let rest = read(&program.get(&format!("{LIST}?limit=1&after={next}")));
        assert_ne!(at(&first, "/offers/0/id"), at(&rest, "/offers/0/id"));
        assert!(at(&rest, "/next").is_null());

        for (query, code) in [
            ("?limit=0", "parameter-unreadable"),
            ("?limit=101", "parameter-unreadable"),
            ("?stage=x%27%22%3Cscript%3E", "parameter-unreadable"),
            ("?waiting=step.%00", "parameter-unreadable"),
            ("?after=canaryplace", "parameter-unreadable"),
            ("?words=canaryword", "parameter-unknown"),
            ("?limit=1&limit=2", "parameter-unknown"),
        ] {
            let answer = program.get(&format!("{LIST}{query}"));
            must_be_a_problem(&answer, 400, code);
            assert!(!answer.source().contains("canary") && !answer.source().contains("script"), "nothing that was sent comes back");
        }
        must_be_a_problem(&program.get(&format!("{LIST}/{}", "0".repeat(32))), 404, "not-found");
        must_be_a_problem(&program.get(&format!("{LIST}/REQ-1000-1")), 404, "not-found");
    }
}

on_both_engines! {
    fn only_a_token_opens_the_api_and_it_opens_nothing_else(engine) {
        let firm = Firm::open(engine);
        let offer = submitted(&firm);
        let paula = firm.person(ADMIN);
        must_be_a_problem(&paula.get(LIST), 401, "no-token");
        must_be_a_problem(&paula.get(&format!("{LIST}/{}", offer.id())), 401, "no-token");

        let page = integration(&firm, &["auditor"]);
        let (token, _) = made(&page, "strict", "all", "30");
        let program = firm.house.program(&token);
        for path in ["/", "/offers", "/people", "/account", "/audit/looked", &format!("/offers/{}", offer.id())] {
            assert!(program.open(path).find_form("identity/sign-in").is_some(), "{path}");
        }
        let sent = [("offer".to_owned(), offer.id().to_owned()), ("text".to_owned(), "by token".to_owned())];
        for form in ["/api/offers/comment", "/api/people/make-token", "/api/views/save", "/api/account/sign-out-everywhere"] {
            assert!(program.post_by_script(form, &sent).source().contains("SignIn"), "{form}");
        }
        let live = program.get("/live");
        assert_eq!(live.status(), 204);

        // nor by any other header, nor by half of one
        let tail = token.strip_prefix("csn_").expect("the beginning");
        let wrong: [Vec<u8>; 8] = [
            token.clone().into_bytes(),
            format!("Basic {token}").into_bytes(),
            format!("Token {token}").into_bytes(),
            format!("Bearer {tail}").into_bytes(),
            format!("Bearer {}", token.get(..46).unwrap_or_default()).into_bytes(),
            format!("Bearer {token} {token}").into_bytes(),
            format!("Bearer \"{token}\"").into_bytes(),
            [b"Bearer ".as_slice(), token.as_bytes(), b"\xff"].concat(),
        ];
        for header in &wrong {
            must_be_refused(&Browser::program(firm.house.address(), header).get(LIST));
        }
        assert_eq!(program.get(LIST).status(), 200);
        let query = firm.house.browser().get(&format!("{LIST}?access_token={token}"));
        must_be_a_problem(&query, 401, "no-token");

        // an integration is nobody who signs in, who is mailed, or whom anything waits on
        let stranger = firm.house.browser();
        let form = stranger.open("/sign-in").form("identity/sign-in").fill("email", FEED).fill("password", PASSWORD);
        assert!(form.send().find_form("identity/sign-in").is_some());
        let _ = stranger.open("/sign-in/forgot").form("identity/forgot").fill("email", FEED).send();
        assert!(firm.house.mail().all().iter().all(|mail| !mail.to.contains(FEED)));
    }
}

on_both_engines! {
    fn only_whoever_runs_people_makes_a_token_and_shows_first_who_they_are(engine) {
        let firm = Firm::open(engine);
        let page = integration(&firm, &[]);
        let id = page.path().rsplit('/').next().expect("an id").to_owned();
        for who in [RECRUITER, OPS] {
            assert_eq!(firm.person(who).open(&page.path()).status(), 404, "{who}");
            let typed = [("person", id.as_str()), ("token_name", "mine"), ("reads", "all"), ("lasts", "365")];
            let typed = typed.map(|(name, value)| (name.to_owned(), value.to_owned()));
            assert!(firm.person(who).post_by_script("/api/people/make-token", &typed).source().contains("NotFound"), "{who}");
        }
        let form = page.form("people/make-token").fill("token_name", "late");
        wait_seconds(&firm.house, 16 * 60);
        let asked = form.send().must_say("Confirm that it is you");
        let back = asked.form("account/prove").fill("password", PASSWORD).send();
        assert_eq!(back.form("people/make-token").value("token_name"), "late");
        let listed = back.must_not_say("csn_");
        for (field, value) in [("token_name", ""), ("reads", "everything"), ("lasts", "366"), ("lasts", "")] {
            let refused = listed.form("people/make-token").tamper(field, value).send();
            assert!(!refused.says("csn_") && refused.find_form("people/revoke-token").is_none(), "{field}={value}");
        }

        // a person is no integration, nor one of the powers
        let ava = firm.person(ADMIN).open("/people?q=ava").click("Ava Nguyen");
        assert!(ava.find_form("people/make-token").is_none());
        let ava = ava.path().rsplit('/').next().expect("an id").to_owned();
        let sent = listed.form("people/make-token").fill("token_name", "hers").tamper("person", &ava).send();
        let _ = sent.must_say("Only an integration has tokens.");
        let both = firm.person(ADMIN).open(&page.path()).form("people/move").tick("roles[admin]").send();
        let _ = both.must_say("An integration cannot also be");

        // another administrator's browser is not shown the secret
        let (token, shown) = made(&listed, "kept", "all", "30");
        let other = firm.house.browser();
        let _ = other.open("/sign-in").form("identity/sign-in").fill("email", ADMIN).fill("password", PASSWORD).send();
        let _ = other.open(&shown.path()).must_say("not shown any more").must_not_say(&token);
    }
}

on_both_engines! {
    fn the_secret_of_a_token_lies_nowhere(engine) {
        let firm = Firm::open(engine);
        let page = integration(&firm, &[]);
        let (token, shown) = made(&page, "nowhere", "all", "30");
        assert_eq!(firm.house.program(&token).get(LIST).status(), 200);
        let malformed = Browser::program(firm.house.address(), format!("Basic {token}").as_bytes());
        must_be_refused(&malformed.get(LIST));
        let _ = firm.house.browser().get(&format!("{LIST}?token={token}"));
        let secret = token.strip_prefix("csn_").expect("the beginning");
        // still while its maker can read it
        if engine == Engine::Sqlite {
            must_not_hold(firm.house.folder(), secret.as_bytes());
        }
        let _ = shown.form("people/token-kept").send().must_not_say(secret);
        let revoked = firm.person(ADMIN).open(&page.path()).form("people/revoke-token").send().must_not_say(secret);
        assert!(!revoked.source().contains(secret));
        let log = firm.house.logged();
        assert!(!log.contains(secret) && !log.contains("csn_"), "the log has it");
        for (event, result) in [("token-made", "done"), ("token-revoked", "done"), ("token-unknown", "refused")] {
            let is_it = |line: &str| line.contains(&format!("\"event\":\"{event}\"")) && line.contains(&format!("\"result\":\"{result}\""));
            assert!(log.lines().any(is_it), "no `{event}` that was {result} in the log");
        }
        if engine == Engine::Sqlite {
            must_not_hold(firm.house.folder(), secret.as_bytes());
        }
    }
}

/// Looks into every file of a folder.
fn must_not_hold(folder: &Path, secret: &[u8]) {
    let mut folders = vec![folder.to_path_buf()];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder").filter_map(Result::ok) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
            } else if let Ok(bytes) = std::fs::read(&path) {
                files += 1;
                assert!(!bytes.windows(secret.len()).any(|part| part == secret), "{} has it", path.display());
            }
        }
    }
    assert!(files > 2, "only {files} files");
}
