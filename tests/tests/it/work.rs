//! What waits on whom, and the views that people save.

use crate::firm::{FINANCE, Firm, HIRING_MANAGER, RECRUITER_FOR_OURSELVES};
use crate::hands::Offer;
use crate::on_both_engines;

on_both_engines! {
    /// My work leads from one person to the next, each with the one thing to do.
    fn what_waits_on_somebody_is_on_their_first_page_until_they_have_done_it(engine) {
        let firm = Firm::open(engine);
        let recruiter = firm.person(RECRUITER_FOR_OURSELVES);
        let _ = recruiter.open("/").must_say("Nothing waits on you");
        let offer = Offer::begin(&firm, RECRUITER_FOR_OURSELVES, "REQ-1023", "Maria Silva", "maria@example.com");
        let _ = recruiter.open("/").must_say("Maria Silva").must_say("Waiting on the recruiter").must_say("Finish and submit");
        let offer = offer.fill(&[]);
        let _ = offer.submit("as agreed");
        let _ = recruiter.open("/").must_say("Nothing waits on you").must_say("Yours, with somebody else").must_say("Maria Silva");

        let manager = firm.person(HIRING_MANAGER);
        let page = manager.open("/").must_say("Maria Silva").must_say("Waiting on Hiring manager (you)");
        let page = page.click("Decide");
        let _ = page.form("offers/return").fill("question", "Why now?").send();
        let _ = manager.open("/").must_say("Nothing waits on you");
        let _ = recruiter.open("/").must_say("Answer the approver");
        let _ = firm.person(FINANCE).open("/").must_not_say("Maria Silva");
    }
}

on_both_engines! {
    /// The board is a question that can be asked again by name.
    fn a_saved_view_is_there_again_after_a_power_cut_and_only_for_its_person(engine) {
        let mut firm = Firm::open(engine);
        let preview = {
            let offer = Offer::begin(&firm, RECRUITER_FOR_OURSELVES, "REQ-1023", "Maria Silva", "maria@example.com");
            format!("/offers/{}/preview", offer.id())
        };
        let recruiter = firm.person(RECRUITER_FOR_OURSELVES);
        let page = recruiter.open("/offers?mine=yes&q=maria").must_say("Maria Silva");
        let nameless = page.form("views/save").send();
        let _ = nameless.must_say("Fill this in.").form("views/save").fill("name", "Maria & Co").send().must_say("Maria & Co");
        firm.house.cut_power();
        firm.reopen();
        let recruiter = firm.person(RECRUITER_FOR_OURSELVES);
        let page = recruiter.open("/offers").must_say("Maria & Co").must_say("Intake");
        let page = page.click("Maria & Co").must_say("Maria Silva");
        assert!(page.path().contains("mine=yes") && page.path().contains("q=maria"), "{}", page.path());
        let _ = recruiter.open("/offers?q=nobody").must_not_say("Maria Silva");
        let _ = firm.person(HIRING_MANAGER).open("/offers").must_not_say("Maria & Co");
        let _ = recruiter.open(&preview).must_say("Maria Silva").must_say("Open the offer");
        let page = recruiter.open("/offers").form("views/remove").send();
        let _ = page.must_not_say("Maria & Co");
    }
}
