//! The whole way of an offer by forms alone, script off, from a blank intake to the first day; and what can happen to it on the way.

use crate::firm::{
    ACCOUNT_MANAGER, CLIENT, CLIENT_CASCADE, Firm, HIRING_MANAGER, HR_OPS, HRBP, IT, OPS, PAYROLL, RECRUITER, RECRUITER_FOR_CASCADE,
    RECRUITER_FOR_OURSELVES,
};
use crate::hands::{Offer, accept};
use crate::on_both_engines;
use tests::Engine;

/// What differs from one engagement to another; the way is the same.
struct Way {
    engagement: &'static str,
    recruiter: &'static str,
    candidate: (&'static str, &'static str),
    /// Field by field as it is typed; what every engagement takes alike stands in `hands`.
    typed: &'static [(&'static str, &'static str)],
    /// What the review finds missing, word for word.
    found: &'static [&'static str],
    /// The answers that put it right.
    put_right: &'static [(&'static str, &'static str)],
    approvers: &'static [Approver],
    /// What the letter says, and what it never says.
    letter: (&'static str, &'static str),
    hand_offs: &'static [(&'static str, &'static str)],
    start: &'static str,
}

/// Who approves, in the order of the route.
enum Approver {
    Staff(&'static str),
    Client(&'static str),
}

const TEMP: Way = Way {
    engagement: "temp",
    recruiter: RECRUITER,
    candidate: ("Maria Silva", "maria@example.com"),
    typed: &[
        ("client", "ACME-MED"),
        ("client.contact", "Priya Raman (Acme Regional Medical)"),
        ("job.account_manager", "Dana Okafor (Account manager)"),
        ("pay.base", "62.50"),
        ("bill.rate", "92.00"),
    ],
    found: &["The client requires the clause \"Patient privacy\"", "Immunization record form"],
    put_right: &[("words.clauses", "HIPAA"), ("words.clauses", "FLOAT-POLICY"), ("words.attachments", "Immunization record form")],
    approvers: &[Approver::Staff(OPS), Approver::Client(CLIENT)],
    letter: ("62.50", "92.00"),
    hand_offs: &[(HR_OPS, "hr_ops"), (IT, "it"), (PAYROLL, "payroll"), (OPS, "billing"), (ACCOUNT_MANAGER, "client_confirmation")],
    start: "2027-01-11",
};

const CONTRACT_TO_HIRE: Way = Way {
    engagement: "contract_to_hire",
    recruiter: RECRUITER_FOR_CASCADE,
    candidate: ("Priyanka Rao", "priyanka@example.com"),
    typed: &[
        ("client", "CASCADE"),
        ("client.contact", "Elena Petrova (Cascade Software)"),
        ("org.department", "Engineering"),
        ("job.title", "Software Developer"),
        ("job.level", "IC4"),
        ("job.reports_to", "Engineering manager"),
        ("job.account_manager", "Dana Okafor (Account manager)"),
        ("job.schedule", "Monday to Friday"),
        ("job.shift", "day"),
        ("job.hours_per_week", "40"),
        ("job.worksite", "Cascade Software"),
        ("job.city", "San Francisco"),
        ("date.end", "2027-07-10"),
        ("pay.base", "82.00"),
        ("bill.rate", "122.00"),
        ("bill.burden", "18"),
        ("bill.conversion_fee", "20"),
        ("conditions.contingencies", "background_check"),
    ],
    found: &["The client requires the clause \"Confidential information\"", "Cascade non-disclosure agreement"],
    put_right: &[
        ("words.clauses", "IP-ASSIGNMENT"),
        ("words.clauses", "CONFIDENTIALITY"),
        ("words.attachments", "Cascade non-disclosure agreement"),
    ],
    approvers: &[Approver::Staff(OPS), Approver::Client(CLIENT_CASCADE)],
    letter: ("82.00", "122.00"),
    hand_offs: TEMP.hand_offs,
    start: "2027-01-11",
};

const DIRECT_HIRE: Way = Way {
    engagement: "direct_hire",
    recruiter: RECRUITER_FOR_CASCADE,
    candidate: ("Linnea Berg", "linnea@example.com"),
    typed: &[
        ("client", "CASCADE"),
        ("client.contact", "Elena Petrova (Cascade Software)"),
        ("org.department", "Engineering"),
        ("job.title", "Senior Software Developer"),
        ("job.level", "IC5"),
        ("job.reports_to", "Director of engineering"),
        ("job.account_manager", "Dana Okafor (Account manager)"),
        ("job.classification", "exempt"),
        ("job.schedule", "Monday to Friday"),
        ("job.hours_per_week", "40"),
        ("job.worksite", "Cascade Software"),
        ("job.city", "Seattle"),
        ("job.state", "WA"),
        ("job.remote", "hybrid"),
        ("date.start", "2027-02-22"),
        ("pay.basis", "salary"),
        ("pay.base", "198000"),
        ("pay.overtime_rule", "none, the position is exempt"),
        ("bill.fee", "22"),
        ("conditions.contingencies", "references"),
    ],
    found: &["The client requires the clause \"Confidential information\"", "Cascade non-disclosure agreement"],
    put_right: CONTRACT_TO_HIRE.put_right,
    approvers: &[Approver::Client(CLIENT_CASCADE)],
    letter: ("198,000", "22 %"),
    hand_offs: &[(HR_OPS, "hr_ops"), (OPS, "billing"), (ACCOUNT_MANAGER, "client_confirmation")],
    start: "2027-02-22",
};

const INTERNAL: Way = Way {
    engagement: "internal",
    recruiter: RECRUITER_FOR_OURSELVES,
    candidate: ("Andre Wilson", "andre@example.com"),
    typed: &[
        ("org.department", "Sales"),
        ("job.title", "Account Executive"),
        ("job.level", "AE2"),
        ("job.reports_to", "Omar Haddad"),
        ("job.hiring_manager", "Omar Haddad (Hiring manager)"),
        ("job.classification", "exempt"),
        ("job.schedule", "Monday to Friday"),
        ("job.hours_per_week", "40"),
        ("job.worksite", "Harbor & Pine Staffing"),
        ("job.city", "Atlanta"),
        ("job.state", "GA"),
        ("job.remote", "remote"),
        ("date.start", "2027-02-16"),
        ("pay.basis", "salary"),
        ("pay.base", "80000"),
        ("pay.overtime_rule", "none, the position is exempt"),
        ("words.special_terms", "A desk at home is paid for once."),
    ],
    found: &["special terms"],
    put_right: &[("words.special_terms", "")],
    // Work from home is looked at by People.
    approvers: &[Approver::Staff(HIRING_MANAGER), Approver::Staff(HRBP)],
    letter: ("80,000", "A desk at home"),
    hand_offs: &[(HR_OPS, "hr_ops"), (IT, "it"), (PAYROLL, "payroll")],
    start: "2027-02-16",
};

on_both_engines! {
    fn a_temp_goes_from_a_blank_intake_to_the_first_day(engine) {
        goes_all_the_way(engine, &TEMP);
    }
}

on_both_engines! {
    fn a_contract_to_hire_goes_from_a_blank_intake_to_the_first_day(engine) {
        goes_all_the_way(engine, &CONTRACT_TO_HIRE);
    }
}

on_both_engines! {
    fn a_direct_hire_goes_from_a_blank_intake_to_the_first_day(engine) {
        goes_all_the_way(engine, &DIRECT_HIRE);
    }
}

on_both_engines! {
    fn an_internal_hire_goes_from_a_blank_intake_to_the_first_day(engine) {
        goes_all_the_way(engine, &INTERNAL);
    }
}

/// At every stage something is wrong once, is said, keeps what was typed, and is put right.
fn goes_all_the_way(engine: Engine, way: &Way) {
    let firm = Firm::open(engine);
    let offer = begun(&firm, way).fill(way.typed);
    corrected(&offer, way);
    approved(&offer, way);
    sent(&offer);
    signed(&firm, &offer, way);
    handed_off(&offer, way);
    started(&firm, &offer, way);
    let _ = firm.house.run(&["verify"]);
}

/// A blank intake: without a name it is not begun, with a figure that does not read it is saved, and not submitted.
fn begun<'firm>(firm: &'firm Firm, way: &Way) -> Offer<'firm> {
    let (name, email) = way.candidate;
    let blank = firm.person(way.recruiter).open("/offers/new").form("offers/begin").fill("engagement", way.engagement);
    let form = blank.fill("email", email).send().must_say("Fill this in.").form("offers/begin");
    assert_eq!((form.value("email"), form.value("name")), (email, ""), "what was typed is kept");
    let offer = Offer::of(firm, way.recruiter, &form.fill("name", name).send());

    let held = offer.page("/intake/pay").form("offers/save").fill("fields[pay.base]", "62,5O").send();
    assert!(held.path().contains("/intake/pay") && held.says("Write an amount in dollars"), "it leads on:\n{}", held.text());
    let pay = offer.page("/intake/pay").must_say("Write an amount in dollars");
    assert_eq!(pay.form("offers/save").value("fields[pay.base]"), "62,5O");
    let early = offer.page("/review").form("offers/submit").send();
    assert!(early.find_form("offers/submit").is_some(), "an unfinished draft is not submitted:\n{}", early.text());
    offer
}

/// The review finds what nobody thought of; once it is put right, nothing needs a reason.
fn corrected(offer: &Offer<'_>, way: &Way) {
    let refused = offer.page("/review").form("offers/submit").send();
    for found in way.found {
        assert!(refused.says(found), "the review does not say `{found}`:\n{}", refused.text());
    }
    assert!(refused.find_form("offers/submit").is_some(), "what needs a reason is not submitted without:\n{}", refused.text());
    let _ = offer.clone().fill(way.put_right).submit("").must_say("This offer is with its approvers.");
}

/// Everybody approves in the order of the route, and nobody before their turn.
fn approved(offer: &Offer<'_>, way: &Way) {
    for approver in way.approvers {
        assert!(offer.page("/letter").find_form("offers/send").is_none(), "nothing is sent before everybody has approved");
        let _ = match approver {
            Approver::Staff(who) => offer.approve(who),
            Approver::Client(who) => offer.approve_as_contact(who),
        };
    }
    let _ = offer.page("").must_say("Everyone has approved.");
    let verbal = offer.page("/verbal").form("offers/verbal").fill("response", "positive").fill("expectation", "an answer on Friday");
    let _ = verbal.send().must_say("an answer on Friday");
}

/// The letter goes out with an accept-by that lies ahead, and with no other.
fn sent(offer: &Offer<'_>) {
    let past = offer.page("/letter").form("offers/send").fill("accept_by", "2026-11-01T17:00").fill("zone", "America/Los_Angeles");
    let late = past.send();
    assert_eq!(late.form("offers/send").value("accept_by"), "2026-11-01T17:00", "what was typed is kept:\n{}", late.text());
    let _ = offer.send("2026-11-20T17:00");
}

/// The candidate reads what is theirs, and signs with consent only.
fn signed(firm: &Firm, offer: &Offer<'_>, way: &Way) {
    let ((name, email), (said, unsaid)) = (way.candidate, way.letter);
    let invitation = firm.mail().next(email, "/o/i/").link();
    let candidate = firm.house.browser();
    let page = candidate.open(&invitation).must_not_say(said).form("portal/mail-code").send();
    let code = firm.mail().next(email, "Your code").code();
    let wrong = page.form("portal/open").fill("code", if code == "000000" { "111111" } else { "000000" }).send();
    let _ = wrong.must_not_say(said).form("portal/open").fill("code", &code).send().must_say(said).must_not_say(unsaid);

    offer.meet_contingencies();
    let unticked = candidate.open("/o/offer/accept").form("candidate/accept").fill("typed_name", name).send();
    let form = unticked.must_say("Tick the box").form("candidate/accept");
    assert_eq!(form.value("typed_name"), name, "what was typed is kept");
    let form = form.tick("consent");
    let _ = form.send().must_say("You accepted this offer");
    let twice = form.send();
    assert!(twice.find_form("candidate/accept").is_none(), "the same form again signs nothing twice");
    let text = offer.page("").must_say("The candidate has signed.").text();
    assert_eq!(text.matches("Signed the letter of version 1").count(), 1, "{text}");
}

/// Each recipient takes over for itself; until the last one has, it is not handed off.
fn handed_off(offer: &Offer<'_>, way: &Way) {
    let _ = offer.seen_by(HR_OPS, "").form("offers/confirm-start").send();
    for (who, recipient) in way.hand_offs {
        let _ = offer.page("").must_not_say("Everyone has what they need for the first day.");
        let _ = offer.acknowledge(who, recipient);
    }
    let _ = offer.page("").must_say("Everyone has what they need for the first day.");
}

/// Nobody has started before the day.
fn started(firm: &Firm, offer: &Offer<'_>, way: &Way) {
    let start = |offer: &Offer<'_>| offer.page("").form("offers/start").fill("day", way.start).send();
    let _ = start(offer).must_say("Nothing was changed.");
    firm.house.clock().set(&format!("{}T20:00:00Z", way.start));
    let _ = start(offer).must_say("The person has started.");
}

on_both_engines! {
    /// Questions and changes on the way: whoever is asked answers, and what changed is signed anew.
    fn an_offer_is_asked_about_changed_and_moved_and_each_hears_what_concerns_them(engine) {
        let firm = Firm::open(engine);
        let offer = Offer::begin(&firm, RECRUITER, "REQ-1000", "Maria Silva", "maria@example.com").fill(&[("pay.base", "62.50")]);
        let _ = offer.submit("as agreed");

        let _ = offer.seen_by(OPS, "").form("offers/return").fill("question", "Is the night shift paid more?").send();
        let _ = offer.page("").must_say("Is the night shift paid more?").form("offers/answer-step").fill("answer", "No, all in.").send();
        let _ = offer.seen_by(OPS, "").must_say("No, all in.");
        let _ = offer.approve(OPS);
        let _ = offer.approve_as_contact(CLIENT);
        let _ = offer.send("2026-11-20T17:00");

        let maria = offer.candidate("maria@example.com");
        let page = maria.open("/o/offer").must_say("62.50").must_not_say("92.00");
        let pdf = page.links("/documents/").pop().unwrap_or_else(|| panic!("no PDF:\n{}", page.source()));
        let file = maria.get(&pdf);
        assert_eq!(file.header("content-type"), Some("application/pdf"));
        assert!(file.bytes().starts_with(b"%PDF-"), "{pdf}");
        assert_ne!(firm.house.browser().get(&pdf).status(), 200, "a letter is not for strangers");

        let _ = maria.open("/o/offer/ask").form("candidate/ask").fill("text", "Is parking free?").send().must_say("Is parking free?");
        let _ = offer.page("").must_say("Is parking free?").form("offers/answer-question").fill("text", "Yes, deck B.").send();
        let _ = maria.open("/o/offer").must_say("Yes, deck B.");

        let _ = maria.open("/o/offer/change").form("candidate/change").fill("why", "Could it be 63 an hour?").send();
        let old_form = maria.open("/o/offer/accept").form("candidate/accept").tick("consent").fill("typed_name", "Maria Silva");
        let adopt = offer.page("").must_say("Could it be 63 an hour?").click("Adopt").form("offers/adopt");
        let _ = adopt.fill("fields[pay.base]", "63.00").fill("why", "within the band").fill_each("reasons[", "agreed").send();
        let _ = old_form.send().must_say("replaced");
        let _ = maria.open("/o/offer").must_say("replaced");
        // inside the negotiation band of the level nobody is asked again
        let _ = offer.page("").must_say("Everyone has approved.").must_say("Within the approved range: Operations (Base pay $63.00, with room for");
        let _ = offer.send("2026-11-20T17:00");

        let maria = offer.candidate("maria@example.com");
        let _ = maria.open("/o/offer").must_say("63.00");
        let _ = accept(&maria, "Maria Silva").must_say("You accepted this offer");
        offer.meet_contingencies();
        let _ = offer.seen_by(HR_OPS, "").form("offers/confirm-start").send();
        let ticket = firm.mail().next(IT, "To take over").link();
        assert_eq!(ticket, format!("/offers/{}/hand-off/it", offer.id()), "the mail leads to what is to be taken over");
        let _ = offer.acknowledge(IT, "it");
        let moved = offer.seen_by(HR_OPS, "").form("offers/move-start").fill("to", "2027-01-18").fill("reason", "the unit moves").send();
        let _ = moved.must_say("January 18, 2027");
        // What IT took over carried the start.
        for (who, recipient) in TEMP.hand_offs {
            let _ = offer.acknowledge(who, recipient);
        }
        let _ = offer.page("").must_say("Everyone has what they need for the first day.");
        let _ = firm.house.run(&["verify"]);
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
