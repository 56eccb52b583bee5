//! The acceptance scenarios about approvals, changes and the verbal stage, by their sentences; and what happens when two people act at once.

use std::sync::Barrier;

use tests::{Form, Mail, Page};

use crate::firm::{CLIENT, FINANCE, Firm, HIRING_MANAGER, HRBP, LEGAL, OPS, OTHER_FINANCE, RECRUITER, RECRUITER_FOR_OURSELVES};
use crate::hands::{Offer, accept};
use crate::on_both_engines;

/// Above the band of the opening, within what the client is billed.
const ABOVE_BAND: &[(&str, &str)] = &[("pay.base", "69.50"), ("bill.rate", "96.00")];
/// The client requires these of its nurses.
const REQUIRED: &[(&str, &str)] =
    &[("words.clauses", "HIPAA"), ("words.clauses", "FLOAT-POLICY"), ("words.attachments", "Immunization record form")];
const MARIA: &str = "maria@example.com";
const ANDRE: &str = "andre@example.com";

/// A nurse's offer that is approved as it stands.
fn approved<'firm>(firm: &'firm Firm, typed: &[(&str, &str)]) -> Offer<'firm> {
    let offer = Offer::begin(firm, RECRUITER, "REQ-1000", "Maria Silva", MARIA).fill(typed);
    let _ = offer.submit("as agreed");
    let _ = offer.approve(OPS);
    let _ = offer.approve_as_contact(CLIENT);
    offer
}

/// Somebody proposes a change for the candidate.
fn propose(offer: &Offer<'_>, who: &str, field: &str, value: &str) -> Page {
    let form = offer.seen_by(who, "/change").form("offers/propose");
    form.fill(&format!("fields[{field}]"), value).fill("asked_by", "candidate").fill("why", "asked by phone").send()
}

/// The form that adopts the open proposal, as the recruiter gets it.
fn adoption(offer: &Offer<'_>) -> Form {
    offer.page("").click("Adopt").form("offers/adopt").fill("why", "agreed by phone").fill_each("reasons[", "agreed")
}

/// Sends a form; where reasons are asked for, again with them.
fn sent_with_reasons(form: &Form, endpoint: &str) -> Page {
    let answer = form.send();
    match answer.find_form(endpoint) {
        Some(again) if again.fields().iter().any(|(name, _)| name.starts_with("reasons[")) => again.fill_each("reasons[", "agreed").send(),
        _ => answer,
    }
}

/// Whether a mail says something, wherever its lines break.
fn says(mail: &Mail, words: &str) -> bool {
    mail.text.split_whitespace().collect::<Vec<_>>().join(" ").contains(words)
}

/// Whether anything was mailed to an address so far.
fn has_mail(firm: &Firm, address: &str) -> bool {
    firm.mail().all().iter().any(|mail| mail.to.contains(address))
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

on_both_engines! {
    /// T1.
    fn a_candidate_who_declines_by_word_while_finance_is_pending_is_recorded_with_timeline_counted_after_verbal_and_finance_is_named(engine) {
        let firm = Firm::open(engine);
        // Monday morning: everybody but finance approves an exception to the band, and the candidate is told.
        let offer = approved(&firm, ABOVE_BAND);
        let verbal = offer.page("/verbal").form("offers/verbal").fill("response", "positive").fill("competing_deadline", "2026-11-17");
        let told = verbal.send().must_say("nothing is written yet").must_say("Their other offer ends November 17, 2026.");
        let _ = told.must_say("Outside what is approved");
        assert!(offer.page("/letter").find_form("offers/send").is_none(), "nothing is written while finance is pending");

        // Tuesday night, Pacific time.
        firm.house.clock().set("2026-11-18T05:00:00Z");
        let form = offer.page("").form("offers/decline");
        let _ = form.fill("primary", "timeline").fill("note", "took the other one").send();

        let page = offer.page("").must_say("The candidate said no.").must_say("took too long");
        let page = page.must_say("Lost before anything was written to the candidate.").must_say("It fell through after the verbal offer");
        let _ = page.must_say("It waited longest on Finance: 2 days, and that decision had not come.");
        let board = firm.person(RECRUITER).open("/offers?ended=yes&layout=table");
        let _ = board.must_say("Lost before anything was written: 1. Fell through after the verbal offer: 1.");
        assert!(!has_mail(&firm, MARIA), "nothing was ever written to her");
    }
}

on_both_engines! {
    /// T3.
    fn a_signing_bonus_that_was_spoken_and_is_not_in_the_letter_holds_it_until_the_difference_has_a_reason(engine) {
        let firm = Firm::open(engine);
        let offer = approved(&firm, REQUIRED);
        let verbal = offer.page("/verbal").form("offers/verbal").fill("fields[sign_on.amount]", "2500").fill("response", "accepted");
        let _ = verbal.send().must_say("the letter would not say what the candidate was told");

        let letter = offer.page("/letter").must_say("The candidate was told").must_say("$2,500");
        let form = letter.form("offers/send").fill("accept_by", "2026-11-20T17:00").fill("zone", "America/Los_Angeles");
        let refused = form.send();
        assert!(refused.find_form("offers/send").is_some(), "it is not sent without a reason:\n{}", refused.text());
        assert!(!has_mail(&firm, MARIA), "the candidate has seen nothing");

        let reason = refused.form("offers/send").fill_each("reasons[spoken_differs", "paid by the client apart, its own letter follows");
        let _ = reason.send();
        let page = offer.page("").must_say("The letter is with the candidate.");
        let _ = page.must_say("paid by the client apart, its own letter follows");
        let _ = offer.candidate(MARIA);
    }
}

on_both_engines! {
    /// T3, the other way out: the letter is made to say it.
    fn a_letter_that_is_made_to_say_what_was_spoken_goes_out_without_a_word(engine) {
        let firm = Firm::open(engine);
        let offer = approved(&firm, REQUIRED);
        let verbal = offer.page("/verbal").form("offers/verbal").fill("fields[date.start]", "2027-01-18").fill("response", "accepted");
        let _ = verbal.send();
        let form = offer.page("/letter").click("Propose a change so that the letter says it").form("offers/propose");
        let form = form.fill("fields[date.start]", "2027-01-18").fill("asked_by", "employer").fill("why", "promised on the phone");
        let _ = form.send();
        let _ = sent_with_reasons(&adoption(&offer), "offers/adopt");
        while let Some(form) = offer.seen_by(OPS, "").find_form("offers/approve") {
            let _ = form.send();
        }
        if offer.seen_by_contact(CLIENT).find_form("client/approve").is_some() {
            let _ = offer.approve_as_contact(CLIENT);
        }
        let _ = offer.page("/letter").must_not_say("The candidate was told");
        let _ = offer.send("2026-11-20T17:00");
    }
}

on_both_engines! {
    /// T5.
    fn a_counteroffer_changes_base_only_the_packet_is_made_anew_finance_reapproves_hiring_manager_and_legal_stand_and_the_old_letter_cannot_be_signed(engine) {
        let firm = Firm::open(engine);
        let typed = &[("pay.base", "96000"), ("words.special_terms", "A desk at home is paid for once.")];
        let offer = Offer::begin(&firm, RECRUITER_FOR_OURSELVES, "REQ-1023", "Andre Wilson", ANDRE).fill(typed);
        let _ = offer.submit("the only one who speaks Portuguese");
        for who in [HIRING_MANAGER, HRBP, FINANCE, LEGAL] {
            let _ = offer.approve(who);
        }
        let _ = offer.send("2026-11-20T17:00");
        let andre = offer.candidate(ANDRE);
        let old_pdf = andre.open("/o/offer").must_say("96,000").links("/documents/").pop().expect("the PDF of the letter");
        let old_form = andre.open("/o/offer/accept").form("candidate/accept").tick("consent").fill("typed_name", "Andre Wilson");
        let _ = andre.open("/o/offer/change").form("candidate/change").fill("why", "Another firm pays 98,000.").send();

        // one action of the recruiter
        let adopt = offer.page("").must_say("Another firm pays 98,000.").click("Adopt").form("offers/adopt").fill("fields[pay.base]", "98000");
        let page = sent_with_reasons(&adopt.fill("why", "to keep him"), "offers/adopt");
        let said = "3 of 4 approvals still stand; Finance looks at Base pay only.";
        let page = page.must_say(said);
        assert!(page.text().matches(said).count() >= 2, "on the offer and in its history:\n{}", page.text());
        assert!(old_form.send().says("replaced"), "the old letter cannot be signed");
        assert!(offer.page("/letter").find_form("offers/send").is_none(), "nothing is sent before finance agrees");

        // one action of finance, and of nobody else
        for who in [HIRING_MANAGER, HRBP, LEGAL] {
            assert!(offer.seen_by(who, "").find_form("offers/approve").is_none(), "{who} is not asked again");
        }
        let mail = firm.mail().next(FINANCE, "Waiting on you again");
        assert!(says(&mail, "one thing only: Base pay") && says(&mail, "3 of 4 approvals stand"), "{}", mail.text);
        let page = offer.seen_by(FINANCE, "").must_say("What changed since you approved").must_say("$96,000").must_say("$98,000");
        let _ = page.must_say("to keep him").must_say("Why it is needed again").must_say("Base pay is no longer what was approved.");
        let _ = offer.approve(FINANCE).must_say("Everyone has approved.");

        let _ = offer.send("2026-11-20T17:00");
        let andre = offer.candidate(ANDRE);
        let letter = andre.open("/o/offer").must_say("98,000").must_not_say("96,000");
        assert_ne!(letter.links("/documents/").pop().as_ref(), Some(&old_pdf), "the packet is made anew");
        let _ = accept(&andre, "Andre Wilson").must_say("You accepted this offer");
        let record = offer.page("").must_say("Negotiation").must_say("Offered first").must_say("The candidate accepted version 2");
        let _ = record.must_say("Another firm pays 98,000.").must_say("Granted, version 2");
        let _ = offer.page("/versions").must_say("Version 1").must_say("Decided by an approver").must_say("1 term differs; an approver decides it.");
        let _ = firm.house.run(&["verify"]);
    }
}

on_both_engines! {
    /// T6.
    fn a_non_standard_clause_brings_the_legal_step_and_without_it_legal_is_no_longer_asked(engine) {
        let firm = Firm::open(engine);
        let offer = approved(&firm, REQUIRED);
        let clause = "codes[words.clauses;OUTSIDE-WORK]";
        let form = offer.page("/change").form("offers/propose").tick(clause).fill("asked_by", "candidate");
        let _ = form.fill("why", "works weekends elsewhere").send();
        let page = sent_with_reasons(&adoption(&offer), "offers/adopt").must_say("Still to decide: Legal.");
        let _ = page.must_say("Waiting on Legal");
        assert!(offer.seen_by(LEGAL, "").find_form("offers/approve").is_some(), "legal is asked");
        let _ = offer.approve(LEGAL).must_say("Everyone has approved.");

        let form = offer.page("/change").form("offers/propose").untick(clause).fill("asked_by", "candidate");
        let _ = form.fill("why", "gave the other work up").send();
        let page = sent_with_reasons(&adoption(&offer), "offers/adopt").must_say("Everyone has approved.");
        assert!(page.says("Not asked: Legal") || page.says("Legal not asked") || !page.says("Waiting on Legal"), "{}", page.text());
        assert!(offer.seen_by(LEGAL, "").find_form("offers/approve").is_none(), "legal is no longer asked");
        let _ = offer.send("2026-11-20T17:00");
    }
}

on_both_engines! {
    /// T7.
    fn pay_above_the_client_s_cap_asks_one_more_approval_and_at_the_cap_none(engine) {
        let firm = Firm::open(engine);
        for (pay, asks_finance) in [("50.00", false), ("50.01", true)] {
            let email = format!("nurse{}@example.com", pay.replace('.', ""));
            let typed = [REQUIRED, &[("pay.base", pay), ("bill.rate", "74.00")]].concat();
            let offer = Offer::begin(&firm, RECRUITER, "REQ-1002", "Lena Brandt", &email).fill(&typed);
            let _ = offer.submit("the ward is short");
            let _ = offer.approve(OPS);
            let _ = offer.approve_as_contact(CLIENT);
            let page = offer.page("");
            assert_eq!(page.says("Everyone has approved."), !asks_finance, "{pay}:\n{}", page.text());
            assert_eq!(offer.seen_by(FINANCE, "").find_form("offers/approve").is_some(), asks_finance, "{pay}");
            if asks_finance {
                let _ = page.must_say("$50.01").must_say("above");
                // over a cap two of Finance agree
                let _ = offer.approve(FINANCE);
                let _ = offer.approve(OTHER_FINANCE).must_say("Everyone has approved.");
            }
        }
    }
}

on_both_engines! {
    /// T8.
    fn a_remote_location_brings_a_conditional_approval_and_its_own_words_in_the_letter(engine) {
        let firm = Firm::open(engine);
        firm.open_many_seats("REQ-2000", 2);
        for (remote, asks_people) in [("no", false), ("remote", true)] {
            let email = format!("andre-{remote}@example.com");
            let offer = Offer::begin(&firm, RECRUITER_FOR_OURSELVES, "REQ-2000", "Andre Wilson", &email).fill(&[("pay.base", "80000"), ("job.remote", remote)]);
            let _ = offer.submit("as agreed");
            let page = offer.approve(HIRING_MANAGER);
            assert_eq!(page.says("Everyone has approved."), !asks_people, "{remote}:\n{}", page.text());
            if asks_people {
                let _ = offer.approve(HRBP).must_say("Everyone has approved.");
            }
            assert_eq!(offer.page("/letter").says("Remote, from Atlanta, GA"), asks_people, "{remote}:\n{}", offer.page("/letter").text());
        }
    }
}

on_both_engines! {
    fn whoever_approves_a_version_that_is_not_the_newest_is_refused_and_shown_what_changed(engine) {
        let firm = Firm::open(engine);
        let offer = Offer::begin(&firm, RECRUITER, "REQ-1000", "Maria Silva", MARIA).fill(REQUIRED);
        let _ = offer.submit("as agreed");
        let stale = offer.seen_by(OPS, "").form("offers/approve").fill("comment", "checked twice");
        let _ = propose(&offer, RECRUITER, "pay.base", "61.00");
        let _ = sent_with_reasons(&adoption(&offer), "offers/adopt");

        let page = stale.send().must_say("The offer has moved on to version 2").must_say("What changed since you read this page");
        let page = page.must_say("$60.00").must_say("$61.00").must_say("agreed by phone");
        assert_eq!(page.form("offers/approve").value("comment"), "checked twice", "what was typed is kept");
        let again = page.form("offers/approve");
        assert_eq!(again.fields().iter().filter(|(name, value)| name == "version" && value == "2").count(), 1, "and is about the newest version");
        let _ = again.send();
        assert!(offer.seen_by(OPS, "").find_form("offers/approve").is_none());
    }
}

on_both_engines! {
    fn of_two_who_change_one_term_both_see_both_values_and_changes_of_other_terms_merge(engine) {
        let firm = Firm::open(engine);
        let offer = Offer::begin(&firm, RECRUITER, "REQ-1000", "Maria Silva", MARIA).fill(REQUIRED);
        let _ = offer.submit("as agreed");
        let _ = propose(&offer, RECRUITER, "pay.base", "61.00");
        let first = adoption(&offer);
        let late = offer.page("/change").form("offers/propose");
        let stale = first.clone().fill("fields[pay.base]", "62.00");
        let _ = sent_with_reasons(&first, "offers/adopt").must_say("version 2");

        // another term, read at the older version: it merges
        let shift = late.clone().fill("fields[job.schedule]", "four nights a week").fill("asked_by", "employer").fill("why", "the unit asks");
        let _ = shift.send().must_say("four nights a week");

        // the same term: both values, and what was typed stays
        let both = late.fill("fields[pay.base]", "63.50").fill("asked_by", "candidate").fill("why", "another offer").send();
        let both = both.must_say("Somebody else changed the same term meanwhile").must_say("$63.50").must_say("$61.00").must_say("$60.00");
        let form = both.form("offers/propose");
        assert_eq!((form.value("fields[pay.base]"), form.value("why")), ("63.50", "another offer"), "what was typed is kept");
        let page = form.send().must_say("another offer");
        assert!(page.find_form("offers/propose").is_none(), "sent again it is about the newest version:\n{}", page.text());

        // the first proposal was decided meanwhile
        let _ = stale.send().must_say("decided already");
        let adopt = offer.page("").click("Adopt").form("offers/adopt").fill("why", "both agreed").fill_each("reasons[", "agreed");
        let _ = sent_with_reasons(&adopt, "offers/adopt");
    }
}

on_both_engines! {
    fn of_an_adoption_and_an_acceptance_at_once_one_holds_and_the_other_sees_it(engine) {
        let firm = Firm::open(engine);
        firm.open_many_seats("REQ-2000", 8);
        for round in 0..8 {
            let email = format!("candidate{round}@example.com");
            let offer = Offer::begin(&firm, RECRUITER_FOR_OURSELVES, "REQ-2000", "Maria Silva", &email).fill_at_once(&[("pay.base", "80000")]);
            let _ = offer.submit("as agreed");
            let _ = offer.approve(HIRING_MANAGER);
            let _ = offer.approve(HRBP);
            let _ = offer.send("2026-11-20T17:00");
            let candidate = offer.candidate(&email);
            let sign = candidate.open("/o/offer/accept").form("candidate/accept").tick("consent").fill("typed_name", "Maria Silva");
            let _ = propose(&offer, RECRUITER_FOR_OURSELVES, "pay.base", "81000");
            let adopt = adoption(&offer);

            let (is_signed, is_adopted) = at_once(&sign, &adopt);
            assert_ne!(is_signed, is_adopted, "one of the two holds");
            let page = offer.page("");
            assert_eq!(page.says("The candidate has signed."), is_signed, "{}", page.text());
            let seen = candidate.open("/o/offer");
            assert_eq!(seen.says("replaced"), is_adopted, "the candidate sees what holds:\n{}", seen.text());
        }
        let _ = firm.house.run(&["verify"]);
    }
}

on_both_engines! {
    fn of_two_adoptions_at_once_one_makes_a_version_and_the_other_is_told(engine) {
        let firm = Firm::open(engine);
        let offer = Offer::begin(&firm, RECRUITER, "REQ-1000", "Maria Silva", MARIA).fill(REQUIRED);
        let _ = offer.submit("as agreed");
        for round in 0..6_u32 {
            let _ = propose(&offer, RECRUITER, "pay.base", &format!("{}.00", 55 + round));
            let one = adoption(&offer);
            let other = one.clone().fill("fields[pay.base]", &format!("{}.50", 55 + round));
            let (first, second) = at_once(&one, &other);
            assert_ne!(first, second, "one of the two adoptions holds");
            let _ = offer.page("").must_say(&format!("version {}", round + 2));
        }
        let _ = firm.house.run(&["verify"]);
    }
}

on_both_engines! {
    fn an_offer_is_rescinded_after_sending_with_a_reason_and_the_agreement_of_those_the_playbook_names_and_everybody_is_told(engine) {
        let firm = Firm::open(engine);
        let offer = approved(&firm, REQUIRED);
        let _ = offer.send("2026-11-20T17:00");
        let candidate = offer.candidate(MARIA);
        let _ = candidate.open("/o/offer").must_say("60.00");
        assert!(offer.page("").find_form("offers/cancel").is_none(), "what was sent is not simply cancelled");

        let silent = offer.page("").form("offers/ask-rescission").fill("reason", " ").send();
        let _ = silent.must_say("Write a few words first");
        let asked = offer.page("").form("offers/ask-rescission").fill("reason", "the ward is closed").send();
        let asked = asked.must_say("the ward is closed").must_say("HR business partner: not yet.").must_say("Legal: not yet.");
        assert!(asked.find_form("offers/agree-rescission").is_none(), "nobody agrees to what they asked for");
        for who in [HRBP, LEGAL] {
            let mail = firm.mail().next(who, "A rescission waits on you");
            assert!(says(&mail, "Nothing happens until everyone who must agree has agreed"), "{}", mail.text);
        }
        let _ = offer.seen_by(HRBP, "").form("offers/agree-rescission").send().must_say("The letter is with the candidate.");
        // until the last one agrees the letter holds
        let _ = candidate.open("/o/offer").must_say("60.00");
        let _ = offer.seen_by(LEGAL, "").form("offers/agree-rescission").send().must_say("The offer was ended after it was sent.");

        let told = firm.mail().next(MARIA, "was withdrawn");
        assert!(says(&told, "Your recruiter calls you"), "{}", told.text);
        for who in [RECRUITER, HRBP] {
            let _ = firm.mail().next(who, "The offer was rescinded");
        }
        assert!(candidate.open("/o/offer/accept").find_form("candidate/accept").is_none(), "what was taken back cannot be signed");
        let _ = firm.house.run(&["verify"]);
    }
}
