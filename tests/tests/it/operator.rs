//! What an operator does at the command line, and what people see of it.

use tests::{House, Page, wait_for};

use crate::firm::{Firm, HIRING_MANAGER, HRBP, RECRUITER_FOR_OURSELVES};
use crate::hands::{Offer, accept};
use crate::on_both_engines;

const CANDIDATE: &str = "andre@example.com";
/// What people call the offer below.
const NUMBER: &str = "REQ-1023-1";

/// An offer whose letter is with its candidate.
fn sent(firm: &Firm) -> Offer<'_> {
    let offer = Offer::begin(firm, RECRUITER_FOR_OURSELVES, "REQ-1023", "Andre Wilson", CANDIDATE).fill(&[("pay.base", "80000")]);
    let _ = offer.submit("as agreed");
    let _ = offer.approve(HIRING_MANAGER);
    // The opening is remote.
    let _ = offer.approve(HRBP);
    let _ = offer.send("2026-11-20T17:00");
    handed_over(&offer);
    offer
}

/// The mail lies in its folder a moment before the offer knows.
fn handed_over(offer: &Offer<'_>) {
    wait_for("the letter to be with the candidate", || offer.page("").says("The letter is with the candidate.").then_some(()));
}

on_both_engines! {
    fn a_letter_that_comes_back_stands_on_its_offer_which_waits_on_the_recruiter_until_it_is_sent_again(engine) {
        let firm = Firm::open(engine);
        let offer = sent(&firm);
        let mail = firm.mail().next(CANDIDATE, "/o/i/");
        let _ = offer.page("").must_say("Waiting on the candidate").must_not_say("The mail came back.");
        let unknown = firm.house.command(&["mail", "bounced", "<nothing@harborpine.example>", "550"]);
        assert!(!unknown.status.success(), "a mail that never went out is not recorded");
        let complaint = String::from_utf8_lossy(&unknown.stderr).into_owned();
        assert!(complaint.contains("no mail with the Message-ID <nothing@harborpine.example>"), "{complaint}");

        let bounced = || firm.house.run(&["mail", "bounced", &mail.message_id, "550 no such user here"]);
        let said = bounced();
        assert!(said.contains(NUMBER) && said.contains("waits on its recruiter"), "{said}");
        let page = offer.page("").must_say("The mail came back.").must_say("550 no such user here").must_say("Waiting on the recruiter");
        let _ = firm.mail().next(RECRUITER_FOR_OURSELVES, "The mail came back");
        let list = firm.person(RECRUITER_FOR_OURSELVES).open("/offers");
        assert!(list.says("Andre Wilson") && list.says("the recruiter (you)"), "{}", list.text());
        let said = bounced();
        assert!(said.contains("nothing to record"), "{said}");
        assert_eq!(events(&offer.page("")), events(&page), "the same news twice is one event");

        let _ = offer.send("2026-11-21T17:00");
        handed_over(&offer);
        let said = bounced();
        assert!(said.contains("nothing to record"), "what came back was another letter: {said}");
        let candidate = offer.candidate(CANDIDATE);
        let _ = offer.page("").must_say("Waiting on the candidate");
        let _ = accept(&candidate, "Andre Wilson").must_say("You accepted this offer");
        let _ = firm.house.run(&["verify"]);
    }
}

/// How often the history of an offer says that a mail came back.
fn events(page: &Page) -> usize {
    page.text().matches("The mail came back.").count()
}

on_both_engines! {
    fn a_link_that_was_taken_back_answers_as_one_that_never_was_and_a_new_one_opens_the_offer(engine) {
        let firm = Firm::open(engine);
        let offer = sent(&firm);
        let link = firm.mail().next(CANDIDATE, "/o/i/").link();
        let candidate = firm.enter(CANDIDATE, &link);
        let _ = candidate.open("/o/offer").must_say("80,000");
        let no_link = format!("/o/i/{}", link.trim_start_matches("/o/i/").chars().rev().collect::<String>());

        let said = firm.house.run(&["links", "revoke", NUMBER]);
        assert!(said.contains(NUMBER), "{said}");
        let (taken_back, never) = (firm.house.browser().open(&link), firm.house.browser().open(&no_link));
        assert_eq!((taken_back.status(), taken_back.text()), (never.status(), never.text()), "nobody can tell that there was an offer");
        assert!(taken_back.find_form("portal/mail-code").is_none(), "{}", taken_back.text());
        let _ = candidate.open("/o/offer").must_not_say("80,000");
        let refused = firm.house.command(&["links", "revoke", "REQ-1023-9"]);
        assert!(!refused.status.success() && String::from_utf8_lossy(&refused.stderr).contains("there is no offer REQ-1023-9"));

        let _ = firm.house.run(&["links", "mail", NUMBER]);
        let candidate = offer.candidate(CANDIDATE);
        let _ = candidate.open("/o/offer").must_say("80,000");
        assert_eq!(firm.house.browser().open(&link).text(), never.text(), "the old link stays shut");
        let _ = accept(&candidate, "Andre Wilson").must_say("You accepted this offer");
        let _ = firm.house.run(&["verify"]);
    }
}

on_both_engines! {
    fn a_firm_restored_from_its_backups_is_in_order_and_its_people_read_their_offers(engine) {
        let firm = Firm::open(engine);
        let offer = sent(&firm);
        let file = |name: &str| firm.house.folder().join(name).to_string_lossy().into_owned();
        let red = firm.house.command(&["doctor"]);
        let told = String::from_utf8_lossy(&red.stderr).into_owned();
        assert!(!red.status.success() && told.contains("RED keys"), "keys that lie in one place only are not in order:\n{told}");
        let (archive, keys) = (file("offers.archive"), file("countersign.keys"));
        let _ = firm.house.run(&["backup", &archive]);
        let _ = firm.house.run(&["keys", "backup", &keys]);
        let _ = firm.house.run(&["doctor"]);

        let mut restored = House::prepare(engine);
        let refused = restored.command(&["restore", &archive]);
        assert!(!refused.status.success(), "an archive opens with its keys only");
        let _ = restored.run(&["restore", &archive, "--keys", &keys]);
        let _ = restored.run(&["verify"]);
        let told = restored.run(&["doctor"]);
        assert!(told.contains("ok  keys"), "the backup of the keys has just been used:\n{told}");
        restored.open();
        let invited = restored.run(&["user", "invite", RECRUITER_FOR_OURSELVES]);
        let link = invited.split_whitespace().find_map(|word| word.find("/join/").and_then(|at| word.get(at..))).expect("a link to join");
        let browser = restored.browser();
        let _ = browser.open(link).form("identity/join").fill("password", "seven lanterns over the harbor").send();
        let _ = browser.open(&format!("/offers/{}", offer.id())).must_say("Andre Wilson").must_say("The letter is with the candidate.");
    }
}
