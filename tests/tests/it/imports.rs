//! Files brought in by the page of an administrator, script off.

use tests::Page;

use crate::firm::{ADMIN, Firm, HR_OPS, RECRUITER, RECRUITER_FOR_OURSELVES, demo};
use crate::on_both_engines;

const PAGE: &str = "/admin/imports";

fn text_of(name: &str) -> String {
    std::fs::read_to_string(demo(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// A file of the demo with a line more.
fn with_line(name: &str, line: &str) -> Vec<u8> {
    format!("{}\n{line}\n", text_of(name).trim_end()).into_bytes()
}

/// An opening of our own under another number.
fn opening(number: &str, seats: &str) -> String {
    let file = text_of("requisitions.csv");
    let own = file.lines().find(|line| line.starts_with("REQ-1023,internal,,1,")).unwrap_or_else(|| panic!("the demo has no such opening"));
    own.replacen("REQ-1023,internal,,1,", &format!("{number},internal,,{seats},"), 1)
}

on_both_engines! {
    fn an_administrator_sees_what_files_would_do_and_applies_exactly_that(engine) {
        let firm = Firm::open(engine);
        let paula = firm.person(ADMIN);
        let page = paula.open("/offers").click("Imports");
        assert_eq!(page.path(), PAGE);

        let newcomer = "zoe.park@harborpine.example,Zoe Park,recruiter,recruiting,Recruiting,,,,grace.obrien@harborpine.example,,,America/Chicago";
        let people = with_line("people.csv", newcomer);
        let openings = with_line("requisitions.csv", &opening("REQ-3000", "2").replace("omar.haddad", "zoe.park"));
        let bad = text_of("requisitions-bad.csv").into_bytes();
        let form = page.form("imports/look").attach("files", "people.csv", &people).attach("files", "openings.csv", &openings);
        let look = form.attach("files", "bad.csv", &bad).send();
        let look = look.must_say("What would change").must_say("1 person is new.").must_say("Zoe Park");
        let look = look.must_say("bad.csv").must_say("5 rows stay out until they are mended.");
        let faulty = look.links("#file-2-line-");
        assert_eq!(faulty.len(), 5, "{faulty:?}");
        for target in &faulty {
            let id = target.trim_start_matches('#');
            assert!(look.document().all("mark").any(|cell| cell.attribute("id") == Some(id)), "no cell {target}:\n{}", look.source());
        }
        assert_eq!(openings_of(&firm, "REQ-3000"), 0, "nothing is written by looking");
        assert!(look.find_form("imports/apply").is_some());

        let stranger = firm.person(HR_OPS);
        assert_eq!(stranger.open(&look.path()).status(), 404, "a look is nobody else's");
        let other_browser = paula_elsewhere(&firm, &paula.cookies());
        let _ = other_browser.open(&look.path()).must_say("These files are no longer kept.");

        let apply = look.form("imports/apply");
        let done = apply.send().must_say("3 added.").must_say("1 person is new.");
        assert!(done.find_form("imports/apply").is_none());
        let _ = firm.mail().next("zoe.park@harborpine.example", "/join/");
        assert_eq!(openings_of(&firm, "REQ-3000"), 1);
        let again = apply.send().must_say("Something has changed since you looked").must_say("There is nothing to apply");
        assert!(again.find_form("imports/apply").is_none(), "{}", again.text());
        let _ = firm.house.run(&["verify"]);
    }
}

/// How many openings of this number a recruiter finds.
fn openings_of(firm: &Firm, number: &str) -> usize {
    let list = firm.person(RECRUITER_FOR_OURSELVES).open(&format!("/requisitions?q={number}"));
    list.document().all("tr").filter(|row| row.text().contains(number)).count()
}

/// The same session in another browser, which has another tie.
fn paula_elsewhere(firm: &Firm, cookies: &std::collections::BTreeMap<String, String>) -> tests::Browser {
    let elsewhere = firm.house.browser();
    let _ = elsewhere.open("/sign-in");
    let mut own = elsewhere.cookies();
    own.extend(cookies.iter().filter(|(name, _)| name.contains("session")).map(|(name, value)| (name.clone(), value.clone())));
    elsewhere.take_cookies(own);
    elsewhere
}

on_both_engines! {
    fn what_somebody_else_changed_since_the_look_is_shown_before_anything_is_written(engine) {
        let firm = Firm::open(engine);
        let paula = firm.person(ADMIN);
        let heading = text_of("requisitions.csv").lines().next().unwrap_or_default().to_owned();
        let file = |seats: &str| format!("{heading}\r\n{}\r\n", opening("REQ-1023", seats).replace("REQ-1023,internal", "\"REQ-1023\",internal"));
        let look = paula.open(PAGE).form("imports/look").attach("files", "one.csv", file("3").as_bytes()).send();
        let look = look.must_say("Apply 1 change");

        let by_hand = firm.house.folder().join("two.csv");
        std::fs::write(&by_hand, file("7")).unwrap_or_else(|error| panic!("{error}"));
        let _ = firm.house.run(&["import", "requisitions", &by_hand.to_string_lossy()]);
        let otherwise = look.form("imports/apply").send().must_say("Something has changed since you looked");
        let _ = seats_say(&firm, "7 of 7 free");
        let _ = otherwise.form("imports/apply").send().must_say("1 changed.");
        let _ = seats_say(&firm, "3 of 3 free");
    }
}

fn seats_say(firm: &Firm, seats: &str) -> Page {
    firm.person(RECRUITER_FOR_OURSELVES).open("/requisitions?q=REQ-1023").must_say(seats)
}

on_both_engines! {
    fn only_whoever_may_bring_files_in_knows_of_the_page(engine) {
        let firm = Firm::open(engine);
        let paula = firm.person(ADMIN);
        let form = paula.open(PAGE).form("imports/look").attach("files", "people.csv", text_of("people.csv").as_bytes());
        for who in [RECRUITER, HR_OPS] {
            let person = firm.person(who);
            let _ = person.open("/offers").must_not_say(PAGE);
            assert_eq!(person.open(PAGE).status(), 404, "{who}");
            assert_eq!(form.clone().sent_by(&person).submit().status(), 404, "{who}");
        }
        let nobody = firm.house.browser();
        assert!(nobody.open(PAGE).find_form("identity/sign-in").is_some());
        assert!(form.clone().sent_by(&nobody).send().find_form("identity/sign-in").is_some());

        let nothing = paula.open(PAGE).form("imports/look").attach("files", "", b"").send();
        let _ = nothing.must_say("No file was chosen.");
        let large = vec![b'x'; 9 * 1024 * 1024];
        let _ = paula.open(PAGE).form("imports/look").attach("files", "large.csv", &large).send().must_say("The files are too large together.");
        let unknown = paula.open(PAGE).form("imports/look").attach("files", "notes.csv", b"a;b\n1;2\n").send();
        let unknown = unknown.must_say("names no columns of people");
        assert!(unknown.find_form("imports/apply").is_none(), "{}", unknown.text());
        let chosen = paula.open(PAGE).form("imports/look").fill("holds", "Clients").attach("files", "people.csv", text_of("people.csv").as_bytes());
        let _ = chosen.send().must_say("This file holds people.");
    }
}
