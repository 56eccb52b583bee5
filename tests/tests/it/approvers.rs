//! What approvers can do besides approving, by the forms of their pages, and what happens when they do nothing.

use crate::firm::{ADMIN, CLIENT, FINANCE, Firm, HIRING_MANAGER, LEAD, LEGAL, OPS, OTHER_FINANCE, RECRUITER, RECRUITER_FOR_OURSELVES};
use crate::hands::Offer;
use crate::on_both_engines;

/// Monday, one o'clock in Chicago: four of the eight hours of operations have passed.
const REMINDED: &str = "2026-11-16T19:00:00Z";
/// Five o'clock: all eight.
const DUE: &str = "2026-11-16T23:00:00Z";
/// The morning after.
const NEXT_DAY: &str = "2026-11-17T18:00:00Z";

on_both_engines! {
    /// T10.
    fn when_an_approver_misses_the_sla_an_escalation_fires_once_is_recorded_and_is_visible_on_the_board(engine) {
        let firm = Firm::open(engine);
        let offer = Offer::begin(&firm, RECRUITER, "REQ-1000", "Maria Silva", "maria@example.com").fill(&[]);
        let _ = offer.submit("as agreed");
        firm.house.clock().set(REMINDED);
        let _ = firm.mail().next(OPS, "Reminder: waiting on you");
        let _ = firm.person(OPS).open("/").must_say("Maria Silva").must_say("reminded");
        firm.house.clock().set(DUE);
        let _ = firm.mail().next(LEAD, "A decision is overdue");

        let _ = firm.person(LEAD).open("/offers").must_say("Maria Silva").must_say("escalated");
        let _ = firm.person(OPS).open("/").must_say("escalated");
        let _ = offer.page("").must_say("Overdue and escalated").must_say("Operations is overdue: recruiting lead was told.");

        // the clockwork goes on: another offer is reminded of, and this one is not escalated again
        let other = Offer::begin(&firm, RECRUITER, "REQ-1000", "Otto Berg", "otto@example.com").fill(&[]);
        let _ = other.submit("as agreed");
        firm.house.clock().set(NEXT_DAY);
        let _ = firm.mail().next(OPS, "Reminder: waiting on you");
        let page = offer.page("");
        assert_eq!(page.text().matches("Operations is overdue").count(), 1, "{}", page.text());
        let overdue = firm.mail().all().into_iter().filter(|mail| mail.subject.starts_with("A decision is overdue")).count();
        assert_eq!(overdue, 1);
        let _ = offer.approve(OPS);
        let _ = firm.person(LEAD).open("/offers").must_say("Maria Silva");
        let _ = offer.page("").must_not_say("Overdue and escalated");
    }
}

on_both_engines! {
    /// Over the client's cap two of Finance decide; one hands it on, and the other approves.
    fn two_of_finance_decide_what_goes_over_the_cap_and_the_page_says_how_many_are_missing(engine) {
        let firm = Firm::open(engine);
        let over = &[("pay.base", "64.00"), ("bill.rate", "97.00")];
        let offer = Offer::begin(&firm, RECRUITER, "REQ-1000", "Maria Silva", "maria@example.com").fill(over);
        let _ = offer.submit("the ward is short");
        let _ = offer.approve(OPS);
        let _ = offer.approve_as_contact(CLIENT);
        let _ = offer.seen_by(FINANCE, "").must_say("0 of 2 approved; 2 more.");
        let _ = offer.approve(FINANCE).must_say("1 of 2 approved (Ruben Castillo); one more.");
        let _ = firm.person(FINANCE).open("/").must_not_say("Maria Silva");
        let _ = offer.seen_by(OTHER_FINANCE, "").must_say("1 of 2 approved (Ruben Castillo); one more.");
        let _ = offer.approve(OTHER_FINANCE).must_say("Everyone has approved.");
    }
}

on_both_engines! {
    /// An absence, a range, an approval over heads: each by its form, each said on the page.
    fn an_approver_gives_a_range_and_an_administrator_sees_to_whoever_is_away(engine) {
        let firm = Firm::open(engine);
        let admin = firm.person(ADMIN);
        let page = admin.open("/out-of-office").must_say("Out of office");
        let page = page.form("people/away").fill("from", "2026-11-16").fill("until", "2026-11-10").send();
        let _ = page.must_say("The last day is before the first.").form("people/away").fill("until", "2026-11-20").send().must_say("Take it back");
        let _ = admin.open("/out-of-office").form("people/back").send().must_not_say("Take it back");
        assert_eq!(firm.person(OPS).open("/out-of-office?person=00000000000000000000000000000000").status(), 404);

        let offer = Offer::begin(&firm, RECRUITER_FOR_OURSELVES, "REQ-1023", "Maria Silva", "maria@example.com");
        let offer = offer.fill(&[("words.special_terms", "One evening class a week.")]);
        let _ = offer.submit("as agreed");
        let form = offer.seen_by(HIRING_MANAGER, "").must_say("Before you decide").form("offers/approve");
        let pay = form.clone().fill("lowest[pay.base]", "50").fill("highest[pay.base]", "much").send();
        let pay = pay.must_say("its ends do not fit the field");
        let _ = pay.form("offers/approve").fill("lowest[pay.base]", "").fill("highest[pay.base]", "70").send();
        let _ = offer.page("").must_say("Base pay: up to $70.00 is approved.");

        assert!(offer.seen_by(LEGAL, "").find_form("offers/force").is_none());
        let loud = offer.seen_by(ADMIN, "").form("offers/force");
        let quiet = loud.clone().send();
        let _ = quiet.must_say("Write a few words first.");
        let _ = loud.fill("reason", "Kenji is in hospital; agreed with his deputy by phone").send();
        let _ = offer.page("").must_say("Approved over the heads of its people.").must_say("Kenji is in hospital");
    }
}
