//! The whole way of an offer by forms alone, script off: one of each engagement, from intake to the first day.

use crate::firm::{
    ACCOUNT_MANAGER, CLIENT, CLIENT_CASCADE, Firm, HIRING_MANAGER, HR_OPS, HRBP, IT, OPS, PAYROLL, RECRUITER, RECRUITER_FOR_CASCADE,
    RECRUITER_FOR_OURSELVES,
};
use crate::hands::{Offer, accept};
use crate::on_both_engines;

on_both_engines! {
    /// Everything that can go wrong on the way goes wrong once, says so, keeps what was typed, and is put right.
    fn a_temp_goes_from_a_blank_intake_to_the_first_day_refused_and_corrected_on_the_way(engine) {
        let firm = Firm::open(engine);
        let ava = firm.person(RECRUITER);

        let refused = ava.open("/offers/new").form("offers/begin").fill("engagement", "temp").fill("email", "maria@example.com").send();
        let form = refused.must_say("Fill this in.").form("offers/begin");
        assert_eq!(form.value("email"), "maria@example.com", "what was typed is kept");
        let offer = Offer::of(&firm, RECRUITER, &form.fill("name", "Maria Silva").send());

        let pay = offer.page("/intake/pay").form("offers/save").fill("fields[pay.base]", "62,5O").send();
        assert!(pay.status() == 200, "it is saved as typed");
        let pay = offer.page("/intake/pay").must_say("Write an amount in dollars");
        assert_eq!(pay.form("offers/save").value("fields[pay.base]"), "62,5O");
        let early = offer.page("/review").form("offers/submit").send();
        assert!(early.find_form("offers/submit").is_some(), "an unfinished draft is not submitted:\n{}", early.text());

        let offer = offer.fill(&[
            ("client", "ACME-MED"),
            ("client.contact", "Priya Raman (Client contact)"),
            ("job.recruiter", "Ava Nguyen (Recruiter)"),
            ("job.account_manager", "Dana Okafor (Account manager)"),
            ("pay.base", "62.50"),
        ]);
        let bare = offer.page("/review").form("offers/submit").send();
        let _ = bare.must_say("The client requires the clause \"HIPAA\"").must_say("IMMUNIZATION-FORM");
        let offer = offer.fill(&[("words.clauses", "HIPAA"), ("words.clauses", "FLOAT-POLICY"), ("words.attachments", "IMMUNIZATION-FORM")]);
        let _ = offer.submit("as agreed").must_say("This offer is with its approvers.");

        let _ = offer.seen_by(OPS, "").form("offers/return").fill("question", "Is the night shift paid more?").send();
        let _ = offer.page("").must_say("Is the night shift paid more?").form("offers/answer-step").fill("answer", "No, all in.").send();
        let _ = offer.seen_by(OPS, "").must_say("No, all in.");
        let _ = offer.approve(OPS);
        let _ = offer.approve_as_contact(CLIENT);
        let _ = offer.page("").must_say("Everyone has approved.");

        let verbal = offer.page("/verbal").form("offers/verbal").fill("response", "positive").fill("expectation", "an answer on Friday");
        let _ = verbal.send().must_say("an answer on Friday");

        let late = offer.page("/letter").form("offers/send").fill("accept_by", "2026-11-01T17:00").fill("zone", "America/Los_Angeles").send();
        assert_eq!(late.form("offers/send").value("accept_by"), "2026-11-01T17:00", "what was typed is kept:\n{}", late.text());
        let _ = offer.send("2026-11-20T17:00");

        let invitation = firm.mail().next("maria@example.com", "/o/i/").link();
        let maria = firm.house.browser();
        let page = maria.open(&invitation).must_not_say("62.50").form("portal/mail-code").send();
        let code = firm.mail().next("maria@example.com", "Your code").code();
        let wrong = page.form("portal/open").fill("code", if code == "000000" { "111111" } else { "000000" }).send();
        let page = wrong.must_not_say("62.50").form("portal/open").fill("code", &code).send();
        let _ = page.must_say("62.50").must_not_say("92.00");
        let page = maria.open("/o/offer");
        let pdf = page.links("/documents/").pop().unwrap_or_else(|| panic!("no PDF:\n{}", page.source()));
        let file = maria.get(&pdf);
        assert_eq!(file.header("content-type"), Some("application/pdf"));
        assert!(file.bytes().starts_with(b"%PDF-"), "{pdf}");
        assert_ne!(firm.house.browser().get(&pdf).status(), 200, "a letter is not for strangers");
        let stranger = firm.house.browser();
        let elsewhere = stranger.open("/o/code").form("portal/open").fill("code", &code).send();
        let _ = elsewhere.must_not_say("62.50");

        let _ = maria.open("/o/offer/ask").form("candidate/ask").fill("text", "Is parking free?").send().must_say("Is parking free?");
        let _ = offer.page("").must_say("Is parking free?").form("offers/answer-question").fill("text", "Yes, deck B.").send();
        let _ = maria.open("/o/offer").must_say("Yes, deck B.");

        let _ = maria.open("/o/offer/change").form("candidate/change").fill("why", "Could it be 63 an hour?").send();
        let old_form = maria.open("/o/offer/accept").form("candidate/accept").tick("consent").fill("typed_name", "Maria Silva");
        let adopt = offer.page("").must_say("Could it be 63 an hour?").click("Adopt").form("offers/adopt");
        let _ = adopt.fill("fields[pay.base]", "63.00").fill("why", "within the band").fill_each("reasons[", "agreed").send();
        let _ = old_form.send().must_say("replaced");
        let _ = maria.open("/o/offer").must_say("replaced");
        assert!(offer.page("/letter").find_form("offers/send").is_none(), "a new version waits for those whose approval it left");
        let _ = offer.approve(OPS);
        let _ = offer.page("").must_say("Everyone has approved.");
        let _ = offer.send("2026-11-20T17:00");

        let maria = offer.candidate("maria@example.com");
        let _ = maria.open("/o/offer").must_say("63.00");
        let unticked = maria.open("/o/offer/accept").form("candidate/accept").fill("typed_name", "Maria Silva").send();
        let form = unticked.must_say("Tick the box").form("candidate/accept");
        assert_eq!(form.value("typed_name"), "Maria Silva", "what was typed is kept");
        let form = form.tick("consent");
        let _ = form.send().must_say("You accepted this offer");
        let twice = form.send();
        assert!(twice.find_form("candidate/accept").is_none(), "the same form again signs nothing twice");
        let text = offer.page("").must_say("The candidate has signed.").text();
        assert_eq!(text.matches("Signed the letter of version 2").count(), 1, "{text}");

        offer.meet_contingencies();
        let _ = offer.seen_by(HR_OPS, "").form("offers/confirm-start").send();
        let hand_offs = [(HR_OPS, "hr_ops"), (IT, "it"), (PAYROLL, "payroll"), (OPS, "billing"), (ACCOUNT_MANAGER, "client_confirmation")];
        let _ = offer.acknowledge(IT, "it");
        let moved = offer.seen_by(HR_OPS, "").form("offers/move-start").fill("to", "2027-01-18").fill("reason", "the unit moves").send();
        let _ = moved.must_say("January 18, 2027");
        for (who, recipient) in hand_offs {
            let _ = offer.acknowledge(who, recipient);
        }
        let _ = offer.page("").must_say("Everyone has what they need for the first day.");

        let too_early = offer.page("").form("offers/start").fill("day", "2027-01-18").send();
        let _ = too_early.must_say("Nothing was changed.");
        firm.house.clock().set("2027-01-18T18:00:00Z");
        let _ = offer.page("").form("offers/start").fill("day", "2027-01-18").send().must_say("The person has started.");
        let _ = firm.house.run(&["verify"]);
    }
}

on_both_engines! {
    fn a_contract_to_hire_goes_from_its_opening_to_the_first_day(engine) {
        let firm = Firm::open(engine);
        let offer = Offer::begin(&firm, RECRUITER_FOR_CASCADE, "REQ-1013", "Priyanka Rao", "priyanka@example.com").fill(&[("pay.base", "82.00")]);
        let _ = offer.submit("as agreed");
        let _ = offer.approve(OPS);
        let _ = offer.approve_as_contact(CLIENT_CASCADE);
        let hand_offs = [(HR_OPS, "hr_ops"), (IT, "it"), (PAYROLL, "payroll"), (OPS, "billing"), (ACCOUNT_MANAGER, "client_confirmation")];
        signed_and_started(&firm, &offer, "Priyanka Rao", "priyanka@example.com", &hand_offs, "2027-01-11");
    }
}

on_both_engines! {
    fn a_direct_hire_goes_from_its_opening_to_the_first_day(engine) {
        let firm = Firm::open(engine);
        let offer = Offer::begin(&firm, RECRUITER_FOR_CASCADE, "REQ-1016", "Linnea Berg", "linnea@example.com").fill(&[("pay.base", "198000")]);
        let _ = offer.submit("as agreed");
        let _ = offer.approve_as_contact(CLIENT_CASCADE);
        let hand_offs = [(HR_OPS, "hr_ops"), (OPS, "billing"), (ACCOUNT_MANAGER, "client_confirmation")];
        signed_and_started(&firm, &offer, "Linnea Berg", "linnea@example.com", &hand_offs, "2027-02-22");
    }
}

on_both_engines! {
    fn an_internal_hire_goes_from_its_opening_to_the_first_day(engine) {
        let firm = Firm::open(engine);
        let offer = Offer::begin(&firm, RECRUITER_FOR_OURSELVES, "REQ-1023", "Andre Wilson", "andre@example.com").fill(&[("pay.base", "80000")]);
        let _ = offer.submit("as agreed");
        let _ = offer.approve(HIRING_MANAGER);
        // The opening is remote.
        let _ = offer.approve(HRBP);
        let hand_offs = [(HR_OPS, "hr_ops"), (IT, "it"), (PAYROLL, "payroll")];
        signed_and_started(&firm, &offer, "Andre Wilson", "andre@example.com", &hand_offs, "2027-02-15");
    }
}

on_both_engines! {
    fn a_candidate_declines_with_a_reason_of_their_own_and_none_is_preset(engine) {
        let firm = Firm::open(engine);
        let offer = Offer::begin(&firm, RECRUITER_FOR_OURSELVES, "REQ-1023", "Andre Wilson", "andre@example.com").fill(&[("pay.base", "80000")]);
        let _ = offer.submit("as agreed");
        let _ = offer.approve(HIRING_MANAGER);
        // The opening is remote.
        let _ = offer.approve(HRBP);
        let _ = offer.send("2026-11-20T17:00");
        let candidate = offer.candidate("andre@example.com");

        let form = candidate.open("/o/offer/decline").form("candidate/decline");
        assert!(form.fields().iter().all(|(name, _)| name != "primary"), "no reason is chosen for anybody");
        let form = form.send().form("candidate/decline");
        let _ = form.fill("primary", "counter_offer").fill("note", "my employer matched it").send().must_say("You declined this offer");
        let _ = offer.page("").must_say("The candidate said no.").must_say("my employer matched it");
        assert!(candidate.open("/o/offer/accept").find_form("candidate/accept").is_none(), "what was declined cannot be signed");
    }
}

/// From approval on: sent, signed, handed off, started.
fn signed_and_started(firm: &Firm, offer: &Offer<'_>, name: &str, email: &str, hand_offs: &[(&str, &str)], start: &str) {
    let _ = offer.send("2026-11-20T17:00");
    // What must be met before acceptance is met now.
    offer.meet_contingencies();
    let candidate = offer.candidate(email);
    let _ = accept(&candidate, name).must_say("You accepted this offer");
    let _ = offer.page("").must_say("The candidate has signed.");
    let _ = offer.seen_by(HR_OPS, "").form("offers/confirm-start").send();
    for (who, recipient) in hand_offs {
        let _ = offer.acknowledge(who, recipient);
    }
    let _ = offer.page("").must_say("Everyone has what they need for the first day.");
    firm.house.clock().set(&format!("{start}T20:00:00Z"));
    let _ = offer.page("").form("offers/start").fill("day", start).send().must_say("The person has started.");
    let _ = firm.house.run(&["verify"]);
}
