//! The acceptance scenarios that a staffing firm would try first, by their sentences.

use crate::firm::{ACCOUNT_MANAGER, CLIENT, CLIENT_BRIDGE, FINANCE, Firm, HR_OPS, IT, OPS, PAYROLL, RECRUITER, RECRUITER_FOR_BRIDGE};
use crate::hands::{Offer, accept};
use crate::on_both_engines;

/// Within the band of a warehouse, above the markup that its client agreed to.
const WITHIN_BAND: &[(&str, &str)] = &[("pay.base", "23.00"), ("bill.rate", "38.00")];
/// Above the band of the opening, within what the client is billed.
const ABOVE_BAND: &[(&str, &str)] = &[("pay.base", "69.50"), ("bill.rate", "96.00")];

on_both_engines! {
    /// T4.
    fn the_recruiter_submits_ops_validates_finance_approves_the_exception_then_it_is_sent(engine) {
        let firm = Firm::open(engine);
        let offer = Offer::begin(&firm, RECRUITER, "REQ-1000", "Maria Silva", "maria@example.com").fill(ABOVE_BAND);

        let refused = offer.page("/review").form("offers/submit").send();
        assert!(refused.find_form("offers/submit").is_some(), "an exception without a reason is not submitted:\n{}", refused.text());
        let _ = offer.submit("two offers elsewhere, the ward is short").must_say("This offer is with its approvers.");

        assert!(offer.seen_by(FINANCE, "").find_form("offers/approve").is_none(), "finance waits for ops and the client");
        assert!(offer.page("/letter").find_form("offers/send").is_none(), "nothing is sent before it is approved");
        let _ = offer.approve(OPS);
        assert!(offer.seen_by(FINANCE, "").find_form("offers/approve").is_none(), "finance waits for the client");
        let _ = offer.approve_as_contact(CLIENT);
        assert!(offer.page("/letter").find_form("offers/send").is_none(), "nothing is sent before finance agrees");
        let _ = offer.seen_by(FINANCE, "").must_say("two offers elsewhere, the ward is short");
        let _ = offer.approve(FINANCE).must_say("Everyone has approved.");

        let _ = offer.send("2026-11-20T17:00");
        let candidate = offer.candidate("maria@example.com");
        let _ = candidate.open("/o/offer").must_say("69.50").must_not_say("96.00");
        let _ = offer.page("").must_say("The letter is with the candidate.");
    }
}

on_both_engines! {
    /// T11, the half about offers.
    fn a_client_contact_sees_only_offers_of_their_own_account(engine) {
        let firm = Firm::open(engine);
        let own = Offer::begin(&firm, RECRUITER, "REQ-1000", "Maria Silva", "maria@example.com").fill(&[]);
        let _ = own.submit("as agreed");
        let _ = own.approve(OPS);
        let priya = firm.contact(CLIENT);
        let _ = priya.open("/c").must_say("Maria Silva").must_not_say("Otto Berg");

        let other = Offer::begin(&firm, RECRUITER_FOR_BRIDGE, "REQ-1007", "Otto Berg", "otto@example.com").fill(WITHIN_BAND);
        let _ = other.submit("as agreed");
        let _ = other.approve(OPS);
        let tom = firm.contact(CLIENT_BRIDGE);
        let _ = tom.open("/c").must_say("Otto Berg").must_not_say("Maria Silva");

        assert_eq!(priya.open(&format!("/c/offers/{}", other.id())).status(), 404, "another account's offer is not there");
        assert_eq!(tom.open(&format!("/c/offers/{}", own.id())).status(), 404, "another account's offer is not there");
        // The firm's own page asks a client's contact to sign in, whoever's offer it is.
        let staff_page = priya.open(&format!("/offers/{}", own.id())).must_not_say("Maria Silva");
        assert!(staff_page.find_form("identity/sign-in").is_some(), "{}", staff_page.text());
        for page in [priya.open(&format!("/c/offers/{}", own.id())), priya.open("/c")] {
            let page = page.must_say("Maria Silva").must_not_say("60.00");
            assert!(!page.text().contains("Margin"), "pay, burden and margin are not a client's:\n{}", page.text());
        }
    }
}

on_both_engines! {
    /// T11, the half about approvals.
    fn a_recruiter_cannot_approve_an_exception(engine) {
        let firm = Firm::open(engine);
        let offer = Offer::begin(&firm, RECRUITER, "REQ-1000", "Maria Silva", "maria@example.com").fill(ABOVE_BAND);
        let _ = offer.submit("two offers elsewhere");
        let _ = offer.approve(OPS);
        let _ = offer.approve_as_contact(CLIENT);

        let finance = offer.seen_by(FINANCE, "").form("offers/approve");
        assert!(offer.page("").find_form("offers/approve").is_none(), "no form is shown to the recruiter");
        // The form of finance, word for word, sent from the recruiter's browser.
        let forged = finance.sent_by(&firm.person(RECRUITER)).send();
        assert!(forged.says("Nothing was changed"), "{}", forged.text());
        assert!(offer.seen_by(FINANCE, "").find_form("offers/approve").is_some(), "the step still waits on finance");
        let _ = offer.approve(FINANCE).must_say("Everyone has approved.");
    }
}

on_both_engines! {
    /// T12.
    fn an_acceptance_makes_tickets_for_hr_ops_it_and_payroll_with_the_data_of_each_and_their_completion_is_tracked(engine) {
        let firm = Firm::open(engine);
        let offer = Offer::begin(&firm, RECRUITER, "REQ-1000", "Maria Silva", "maria@example.com").fill(&[("pay.base", "61.37")]);
        let _ = offer.submit("as agreed");
        let _ = offer.approve(OPS);
        let _ = offer.approve_as_contact(CLIENT);
        let _ = offer.send("2026-11-20T17:00");
        assert_eq!(offer.seen_by(IT, "/hand-off/it").status(), 404, "no ticket before the acceptance");
        let candidate = offer.candidate("maria@example.com");
        let _ = accept(&candidate, "Maria Silva").must_say("You accepted this offer");

        offer.meet_contingencies();
        let _ = offer.seen_by(HR_OPS, "").form("offers/confirm-start").send();

        let _ = offer.seen_by(PAYROLL, "/hand-off/payroll").must_say("61.37").must_not_say("92.00");
        let _ = offer.seen_by(HR_OPS, "/hand-off/hr_ops").must_say("61.37").must_not_say("92.00");
        let _ = offer.seen_by(IT, "/hand-off/it").must_say("Maria Silva").must_not_say("61.37").must_not_say("92.00");
        let _ = offer.seen_by(OPS, "/hand-off/billing").must_say("92.00").must_not_say("61.37");
        let _ = offer.seen_by(ACCOUNT_MANAGER, "/hand-off/client_confirmation").must_say("92.00").must_not_say("61.37");
        assert_eq!(offer.seen_by(IT, "/hand-off/payroll").status(), 404, "another recipient's ticket is not there");

        let recipients =
            [(HR_OPS, "hr_ops"), (IT, "it"), (OPS, "billing"), (ACCOUNT_MANAGER, "client_confirmation"), (PAYROLL, "payroll")];
        for (who, recipient) in recipients {
            assert!(!offer.page("").says("Everyone has what they need"), "it is not handed off before {recipient} has taken over");
            let _ = offer.acknowledge(who, recipient);
        }
        let _ = offer.page("").must_say("Everyone has what they need");
    }
}
