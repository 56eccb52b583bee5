//! Who sees what, who could, and who looked; and that nobody widens their own rights.

use std::fs;

use tests::{Browser, Engine, Page, wait_for};

use crate::firm::{CLIENT, FINANCE, Firm, LEGAL, OPS, RECRUITER, demo};
use crate::hands::Offer;
use crate::on_both_engines;

const AUDITOR: &str = "quentin.ash@harborpine.example";
const IT: &str = crate::firm::IT;

fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

/// What a form is answered when a page's own script sends it.
fn answer(browser: &Browser, path: &str, pairs: &[(&str, &str)]) -> String {
    browser.post_by_script(path, &fields(pairs)).source()
}

/// The playbook of the demo with one text in place of another.
fn playbook_with(firm: &Firm, old: &str, new: &str) -> String {
    let text = fs::read_to_string(demo("playbook.toml")).expect("the demo's playbook");
    assert!(text.contains(old), "{old}");
    let file = firm.house.folder().join("changed.toml");
    fs::write(&file, text.replace(old, new)).expect("the file can be written");
    file.to_string_lossy().into_owned()
}

on_both_engines! {
    /// T11, the half about templates.
    fn finance_cannot_edit_a_template_by_any_way_in(engine) {
        let firm = Firm::open(engine);
        let ruben = firm.person(FINANCE);
        let page = ruben.open("/admin/imports");
        assert_eq!(page.status(), 404, "there is no page to bring anything in");
        assert!(ruben.open("/offers").links("/admin").is_empty(), "and no link to one");
        assert!(answer(&ruben, "/api/imports/apply", &[("look", "none"), ("proof", "")]).contains("NotFound"));
        // what is no file is refused before anybody looks who sent it
        assert_eq!(ruben.post_by_script("/api/imports/look", &[]).status(), 415);

        // nor may a playbook make finance, or a recruiter, somebody who publishes one
        for (role, name) in [("finance", "Finance"), ("recruiter", "Recruiter")] {
            let old = format!("[[roles]]\nkey = \"{role}\"\nname = \"{name}\"\n");
            let file = playbook_with(&firm, &old, &format!("{old}runs-the-firm = true\n"));
            let refused = firm.house.command(&["playbook", "apply", &file]);
            let said = String::from_utf8_lossy(&refused.stdout).into_owned() + &String::from_utf8_lossy(&refused.stderr);
            assert!(!refused.status.success() && said.contains("never publishes playbooks"), "{said}");
        }
        let exported = firm.house.run(&["playbook", "export"]);
        assert!(exported.contains("internal-standard"), "the templates stand as they stood");
    }
}

on_both_engines! {
    fn who_could_see_an_offer_and_why_is_told_for_any_moment(engine) {
        let firm = Firm::open(engine);
        let offer = Offer::begin(&firm, RECRUITER, "REQ-1000", "Maria Silva", "maria@example.com")
            .fill(&[("words.special_terms", "You may keep teaching one class a week.")]);
        let access = |query: &str| firm.person(AUDITOR).open(&format!("/offers/{}/access{query}", offer.id()));

        let _ = access("").must_say("Ava Nguyen").must_say("recruiter-sees").must_say("offers that name the person").must_not_say("Kenji Sato");
        // the auditor reads times in New York
        firm.house.clock().set("2026-11-16T16:00:00Z");
        let _ = offer.submit("as agreed");
        firm.house.clock().set("2026-11-16T17:00:00Z");
        let _ = access("").must_say("Kenji Sato").must_say("legal-decides");
        let _ = access("?at=2026-11-16T10:30").must_say("Who could see this offer").must_say("Ava Nguyen").must_not_say("Kenji Sato");
        let _ = access("?at=2026-11-16T09:00").must_say("The offer was not there yet");
        let _ = access("?at=never").must_say("could not be read");
        let _ = access("?what=bill.rate").must_say("Nina Kowalski").must_not_say("Kenji Sato");

        // whoever left sees nothing from then on, and what was is still told
        let _ = firm.house.run(&["user", "leave", LEGAL]);
        firm.house.clock().set("2026-11-16T17:30:00Z");
        let _ = access("").must_not_say("Kenji Sato");
        let _ = access("?at=2026-11-16T11:45").must_say("Kenji Sato");

        assert_eq!(offer.seen_by(IT, "/access").status(), 404, "whoever does not see the offer does not learn who does");
        assert_eq!(offer.seen_by(OPS, "/access").status(), 200);
        let _ = offer.seen_by(OPS, "/access").must_not_say("Who looked");
    }
}

on_both_engines! {
    fn who_looked_at_pay_is_told_to_those_who_audit_every_offer_and_to_nobody_else(engine) {
        let firm = Firm::open(engine);
        let offer = Offer::begin(&firm, RECRUITER, "REQ-1000", "Maria Silva", "maria@example.com").fill(&[]);
        let _ = offer.submit("as agreed");
        let _ = offer.seen_by(OPS, "");
        let looked = |query: &str| firm.person(AUDITOR).open(&format!("/audit/looked{query}"));
        let _ = looked("").must_say("Nina Kowalski").must_say("Ava Nguyen").must_say("The draft").must_say("REQ-1000-1");
        let _ = offer.seen_by(AUDITOR, "/access").must_say("Who looked").must_say("Nina Kowalski");
        let _ = looked("?offer=REQ-1000-1").must_say("Nina Kowalski");
        let _ = looked("?offer=REQ-9999-9").must_say("Nothing was looked at");
        let id = looked("").document().all("option").find(|option| option.spoken() == "Nina Kowalski").and_then(|option| option.attribute("value").map(str::to_owned));
        let hers = looked(&format!("?person={}", id.expect("Nina is among the people")));
        assert!(rows(&hers).iter().all(|row| row.contains("Nina Kowalski")) && !rows(&hers).is_empty(), "{}", hers.text());
        for who in [RECRUITER, OPS, FINANCE] {
            assert_eq!(firm.person(who).open("/audit/looked").status(), 404, "{who}");
        }

        // what was noted is not lost when the power goes, but for the last second
        wait_for("the note to be written", || looked("").says("Nina Kowalski").then_some(()));
        let mut firm = firm;
        firm.house.cut_power();
        firm.reopen();
        let _ = firm.person(AUDITOR).open("/audit/looked").must_say("Nina Kowalski");
    }
}

fn rows(page: &Page) -> Vec<String> {
    page.document().all("tr").skip(1).map(tests::html::Element::spoken).collect()
}

on_both_engines! {
    fn under_double_blind_operations_and_the_client_never_read_each_others_number(engine) {
        let firm = Firm::open(engine);
        // billing goes to finance then: nobody is handed a number that they are blind to
        let blind = "[double-blind]\nengagements = [\"temp\"]\npay-side = [\"ops\"]\nbill-side = [\"client_contact\"]\n\n# Teams; people.csv";
        let file = playbook_with(&firm, "# Teams; people.csv", blind);
        let refused = firm.house.command(&["playbook", "apply", &file]);
        assert!(!refused.status.success(), "billing is still handed to operations");
        let text = fs::read_to_string(&file).expect("the file").replace("name = \"Billing\"\nrole = \"ops\"", "name = \"Billing\"\nrole = \"finance\"");
        fs::write(&file, with_imports(&firm, &text)).expect("the file can be written");
        let _ = firm.house.run(&["playbook", "apply", &file]);

        let (pay, bill, burden) = ("61.37", "93.41", "23.19");
        let offer = Offer::begin(&firm, RECRUITER, "REQ-1000", "Maria Silva", "maria@example.com").fill(&[
            ("pay.base", pay),
            ("bill.rate", bill),
            ("bill.burden", burden),
        ]);
        let _ = offer.submit("as agreed");
        let _ = offer.page("").form("offers/comment").fill("text", "They pay 93.41, we pay 61.37.").send().must_say(bill).must_say(pay);

        for below in ["", "/preview", "/access"] {
            let page = offer.seen_by(OPS, below).must_not_say(bill).must_not_say(burden).must_not_say("52.2").must_not_say("They pay");
            assert_eq!(page.status(), 200);
        }
        let _ = offer.seen_by(OPS, "").must_say(pay).must_say("Commented");
        let _ = offer.approve(OPS);
        let _ = offer.seen_by_contact(CLIENT).must_say(bill).must_not_say(pay).must_not_say(burden).must_not_say("They pay");
        let _ = offer.approve_as_contact(CLIENT);
        let board = firm.person(OPS).open("/offers").must_not_say(bill);
        assert!(board.says("Maria Silva"), "{}", board.text());
        let _ = offer.page("").must_say(bill).must_say(pay);
        for mail in firm.house.mail().all() {
            assert!(!mail.text.contains(bill) && !mail.text.contains(pay), "{}", mail.text);
        }
        let log = firm.house.logged_apart_from_instants();
        assert!(!log.contains(bill) && !log.contains(pay));
    }
}

/// The document with the clients and bands that were imported: without them it would take them away.
fn with_imports(firm: &Firm, text: &str) -> String {
    let exported = firm.house.run(&["playbook", "export"]);
    let sections = exported.split("\n[[").filter(|section| section.starts_with("clients]]") || section.starts_with("bands]]"));
    let imported: String = sections.map(|section| format!("\n[[{section}\n")).collect();
    format!("{text}\n{imported}")
}

on_both_engines! {
    fn a_field_that_is_not_a_role_s_to_write_is_refused_by_the_desk_and_kept_as_it_stood(engine) {
        let firm = Firm::open(engine);
        let offer = Offer::begin(&firm, RECRUITER, "REQ-1000", "Maria Silva", "maria@example.com").fill(&[]);
        let narrow = "key = \"recruiter-writes\"\nrole = \"recruiter\"\nsides = [\"job\", \"person\", \"contact\", \"package\", \"internal\"]";
        let old = "key = \"recruiter-writes\"\nrole = \"recruiter\"\nsides = [\"job\", \"person\", \"contact\", \"package\", \"bill\", \"margin\", \"internal\"]";
        let file = playbook_with(&firm, old, narrow);
        let text = fs::read_to_string(&file).expect("the file");
        fs::write(&file, with_imports(&firm, &text)).expect("the file can be written");
        let _ = firm.house.run(&["playbook", "apply", &file]);

        let ava = firm.person(RECRUITER);
        let save = |field: &str, text: &str| {
            answer(&ava, "/api/offers/save", &[("offer", offer.id()), ("section", "bill"), (&format!("fields[{field}]"), text)])
        };
        let refused = save("bill.rate", "120.00");
        assert!(refused.contains("fields_not_yours") && refused.contains("bill.rate"), "{refused}");
        let stands = offer.page("/review").source().contains("92.00");
        assert!(stands, "the bill rate stands as the opening has it");
        // what a page sends back unchanged is no change
        let done = save("bill.rate", "92.00");
        assert!(done.contains("Done"), "{done}");
        let done = save("pay.base", "58.00");
        assert!(done.contains("Done"), "{done}");
        let _ = offer.submit("as agreed");
        let proposed =
            [("offer", offer.id()), ("version", "1"), ("why", "asked"), ("asked_by", "employer"), ("fields[bill.rate]", "120.00")];
        let refused = answer(&ava, "/api/offers/propose", &proposed);
        assert!(refused.contains("fields_not_yours"), "{refused}");
    }
}

#[test]
fn what_an_administrator_walked_through_opens_for_nobody_else() {
    let firm = Firm::open(Engine::Sqlite);
    let admin = firm.person(crate::firm::ADMIN);
    let people = fs::read(demo("people.csv")).expect("the demo's people");
    let looked = admin.open("/admin/imports").form("imports/look").attach("files", "people.csv", &people).send();
    assert_eq!(looked.status(), 200);
    let walked = [looked.path(), "/admin/imports".to_owned()];
    let apply = looked.find_form("imports/apply");
    for who in [RECRUITER, OPS, FINANCE, LEGAL, IT, AUDITOR] {
        let browser = firm.person(who);
        for path in &walked {
            assert_eq!(browser.open(path).status(), 404, "{who} at {path}");
        }
        if let Some(form) = &apply {
            let replayed = form.clone().sent_by(&browser).submit().follow();
            assert!(!replayed.says("Imported"), "{who}: {}", replayed.text());
        }
    }
}
