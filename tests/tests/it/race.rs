//! At the last moment: the candidate accepts while the firm takes the offer back.

use std::sync::Barrier;

use tests::Form;

use crate::firm::{Firm, HIRING_MANAGER, HRBP, LEGAL, RECRUITER_FOR_OURSELVES};
use crate::hands::Offer;
use crate::on_both_engines;

/// How often it is tried.
const ROUNDS: u32 = 60;

on_both_engines! {
    fn of_an_acceptance_and_a_rescission_at_once_each_answer_is_true_and_nobody_signs_what_was_taken_back(engine) {
        let firm = Firm::open(engine);
        firm.open_many_seats("REQ-2000", ROUNDS);
        for round in 0..ROUNDS {
            if round % 50 == 49 {
                // So many codes in one hour to one address are refused, and rightly.
                firm.house.clock().advance_hours(1);
                // and taking an offer back asks once more who somebody is
                [RECRUITER_FOR_OURSELVES, HRBP, LEGAL].into_iter().for_each(|who| firm.prove(who));
            }
            let email = format!("candidate{round}@example.com");
            let offer = Offer::begin(&firm, RECRUITER_FOR_OURSELVES, "REQ-2000", "Maria Silva", &email).fill_at_once(&[]);
            let _ = offer.submit("as agreed");
            let _ = offer.approve(HIRING_MANAGER);
            let _ = offer.approve(HRBP);
            let _ = offer.send("2026-11-20T17:00");
            let candidate = offer.candidate(&email);
            let sign = candidate.open("/o/offer/accept").form("candidate/accept").tick("consent").fill("typed_name", "Maria Silva");
            let _ = offer.page("").form("offers/ask-rescission").fill("reason", "the budget is gone").send();
            let _ = offer.seen_by(HRBP, "").form("offers/agree-rescission").send();
            let take_back = offer.seen_by(LEGAL, "").form("offers/agree-rescission");

            let (is_signed, is_taken_back) = at_once(&sign, &take_back);
            let page = offer.page("");
            assert!(is_taken_back, "a rescission that everybody agrees to holds:\n{}", page.text());
            assert!(page.says("The offer was ended after it was sent."), "{}", page.text());
            assert_eq!(page.says("Signed the letter of version 1"), is_signed, "what the candidate was told is what is written:\n{}", page.text());
        }
        // Every seat that was taken for a moment is free again.
        let openings = firm.person(RECRUITER_FOR_OURSELVES).open("/requisitions?q=REQ-2000");
        let _ = openings.must_say(&format!("{ROUNDS} of {ROUNDS} free, 0 offers under way"));
        let _ = firm.house.run(&["verify"]);
    }
}

/// Sends both in the same moment, and says which were done.
fn at_once(one: &Form, other: &Form) -> (bool, bool) {
    let start = Barrier::new(2);
    let done = |form: &Form| {
        start.wait();
        let answer = form.submit();
        let to = answer.header("location").unwrap_or_else(|| panic!("no redirect: {}", answer.source()));
        !to.contains("kept=")
    };
    std::thread::scope(|scope| {
        let one = scope.spawn(|| done(one));
        let other = done(other);
        (one.join().expect("the first answer"), other)
    })
}
