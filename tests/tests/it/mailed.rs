//! Deciding from a mail: without an account, without a password, on a phone; and nobody else by the same link.

use tests::{Browser, Page};

use crate::firm::{ACCOUNT_MANAGER, CLIENT, FINANCE, Firm, HIRING_MANAGER, HRBP, LEGAL, OPS, RECRUITER, RECRUITER_FOR_OURSELVES, demo};
use crate::hands::Offer;
use crate::on_both_engines;

/// Somebody who has a mailbox and a phone, and nothing else.
struct Phone<'firm> {
    firm: &'firm Firm,
    email: &'static str,
    browser: Browser,
}

impl<'firm> Phone<'firm> {
    fn of(firm: &'firm Firm, email: &'static str) -> Self {
        Self { firm, email, browser: firm.house.browser() }
    }

    /// The link of the oldest mail not yet read that asks them to decide.
    fn asked(&self) -> String {
        self.firm.mail().next(self.email, "/a/i/").link_to("/a/i/")
    }

    fn open(&self, link: &str) -> Page {
        self.browser.open(link)
    }

    /// Opens a link with the code that is mailed for it, and lets the phone be remembered.
    fn enter(&self, link: &str) -> Page {
        let page = self.open(link).form("portal/mail-code").send();
        let code = self.firm.mail().next(self.email, "Your code").code();
        page.form("portal/open").fill("code", &code).send()
    }
}

/// The demo firm's playbook, changed word for word.
fn with_playbook(firm: &Firm, changes: &[(&str, &str)], more: &str) {
    let mut text = std::fs::read_to_string(demo("playbook.toml")).expect("the demo's playbook");
    for (was, now) in changes {
        assert!(text.contains(was), "the demo's playbook does not say `{was}`");
        text = text.replace(was, now);
    }
    let file = firm.house.folder().join("playbook.toml");
    std::fs::write(&file, text + more).expect("the file can be written");
    let _ = firm.house.run(&["playbook", "apply", &file.to_string_lossy()]);
    // the document is the whole playbook, without what was imported into it
    for kind in ["clients", "bands"] {
        let _ = firm.house.run(&["import", kind, &demo(&format!("{kind}.csv")).to_string_lossy()]);
    }
}

/// An offer of our own for an Account Executive, at work in the office.
fn of_our_own<'firm>(firm: &'firm Firm, pay: &str) -> Offer<'firm> {
    let answers = [("pay.base", pay), ("job.remote", "no")];
    let offer = Offer::begin(firm, RECRUITER_FOR_OURSELVES, "REQ-1023", "Andre Wilson", "andre@example.com").fill(&answers);
    let _ = offer.submit("as agreed");
    offer
}

/// The recruiter adopts what the candidate asked for in their own words.
fn counteroffer(offer: &Offer<'_>, pay: &str) {
    let candidate = offer.candidate("andre@example.com");
    let _ = candidate.open("/o/offer/change").form("candidate/change").fill("why", &format!("Could it be {pay}?")).send();
    adopt(offer, pay);
}

fn adopt(offer: &Offer<'_>, pay: &str) {
    let adopt = offer.page("").click("Adopt").form("offers/adopt");
    let mut answer = adopt.fill("fields[pay.base]", pay).fill("why", "the candidate has another offer").send();
    if let Some(form) = answer.find_form("offers/adopt") {
        // what goes ahead as an exception asks for its reason
        answer = form.fill_each("reasons[", "two offers elsewhere").send();
    }
    assert!(answer.find_form("offers/adopt").is_none(), "it was not adopted:\n{}", answer.text());
}

/// The recruiter changes the base pay of an offer that its approvers have.
fn change_pay(offer: &Offer<'_>, pay: &str) {
    let form = offer.page("/change").form("offers/propose").fill("fields[pay.base]", pay).fill("why", "asked for by phone");
    let _ = form.send();
    adopt(offer, pay);
}

/// Base pay is Finance's alone to decide; the hiring manager is asked again above the band; nobody of People is asked for pay.
const BASE_IS_FINANCES: [(&str, &str); 4] = [
    (
        r#"steps = ["hrbp", "finance", "ops", "hiring_manager", "client_contact"]"#,
        r#"steps = ["hrbp", "ops", "hiring_manager", "client_contact"]"#,
    ),
    (
        r#"steps = ["finance", "hrbp", "ops", "hiring_manager", "client_contact"]"#,
        r#"steps = ["hrbp", "ops", "hiring_manager", "client_contact"]"#,
    ),
    (
        "key = \"above-band-hrbp\"\nengagements = [\"internal\", \"direct_hire\"]",
        "key = \"above-band-hrbp\"\nengagements = [\"direct_hire\"]",
    ),
    ("key = \"over-budget-hrbp\"\nengagements = [\"internal\"]", "key = \"over-budget-hrbp\"\nengagements = [\"direct_hire\"]"),
];
const MANAGER_ABOVE_BAND: &str = r#"
[[rules]]
key = "above-band-manager"
engagements = ["internal"]
when = { finding = "above_band" }
step = { key = "hiring_manager", who = { relation = "hiring_manager" }, sla-hours = 20 }
note = "Whoever leads the team answers for pay above its band."
"#;

on_both_engines! {
    fn a_hiring_manager_and_a_finance_person_with_only_a_mailbox_and_a_phone_carry_a_counteroffer_of_base_pay_through_in_two_actions(engine) {
        let firm = Firm::open(engine);
        with_playbook(&firm, &BASE_IS_FINANCES, MANAGER_ABOVE_BAND);
        let offer = of_our_own(&firm, "88000");
        let (manager, finance) = (Phone::of(&firm, HIRING_MANAGER), Phone::of(&firm, FINANCE));
        let _ = manager.enter(&manager.asked()).form("mailed/approve").send().must_say("You approved this offer");
        let _ = finance.enter(&finance.asked()).form("mailed/approve").send().must_say("Everyone has approved.");
        let _ = offer.send("2026-11-20T17:00");

        counteroffer(&offer, "96000");
        let page = manager.open(&manager.asked());
        let page = page.must_say("Base pay changed since you approved. Do you still approve?").must_say("$88,000").must_say("$96,000");
        let page = page.must_say("Pay of $96,000 is above the band, which ends at $95,000").must_say("You, now");
        let page = page.must_say("Legal is not asked").must_say("HR business partner is not asked").must_say("Asked after these");
        let first = page.form("mailed/approve").send().must_say("You approved this offer").must_say("It now waits on Finance.");
        assert!(first.says("Recorded on"), "{}", first.text());

        let page = finance.open(&finance.asked());
        let page = page.must_say("Base pay changed since you approved. Do you still approve?");
        let page = page.must_say("Your approval stands for: pay basis, base pay. The rest is others' to decide.");
        let page = page.must_say("Pay of $96,000 is above the band, which ends at $95,000").must_say("Legal is not asked");
        let second = page.form("mailed/approve").send().must_say("You approved this offer");
        let _ = second.must_say("Everyone has approved. Harbor & Pine Staffing sends the letter to the candidate next.");

        let _ = offer.page("").must_say("Everyone has approved.").must_say("96,000");
        let _ = offer.send("2026-11-20T17:00");
        let _ = offer.candidate("andre@example.com").open("/o/offer").must_say("96,000");
        let _ = firm.house.run(&["verify"]);
    }
}

on_both_engines! {
    fn a_range_approved_from_a_mail_clears_a_counteroffer_inside_it_and_asks_about_one_beyond(engine) {
        let firm = Firm::open(engine);
        with_playbook(&firm, &BASE_IS_FINANCES, MANAGER_ABOVE_BAND);
        let offer = of_our_own(&firm, "88000");
        let (manager, finance) = (Phone::of(&firm, HIRING_MANAGER), Phone::of(&firm, FINANCE));
        let _ = manager.enter(&manager.asked()).form("mailed/approve").send().must_say("You approved this offer");
        let page = finance.enter(&finance.asked()).must_say("Approve a range");
        let approve = page.form("mailed/approve").fill("lowest[pay.base]", "85000").fill("comment", "Room to talk");
        let page = approve.clone().fill("highest[pay.base]", "93,OOO").send().must_say("its ends do not fit the field");
        let kept = page.form("mailed/approve");
        assert_eq!((kept.value("highest[pay.base]"), kept.value("comment")), ("93,OOO", "Room to talk"));
        let _ = kept.fill("highest[pay.base]", "93000").send().must_say("You approved this offer");
        let _ = offer.send("2026-11-20T17:00");

        counteroffer(&offer, "92500");
        let _ = offer.page("").must_say("Everyone has approved.").must_say("92,500");
        let _ = offer.send("2026-11-20T17:00");
        change_pay(&offer, "94000");
        let _ = finance.open(&finance.asked()).must_say("Base pay changed since you approved.").must_say("$94,000");
    }
}

on_both_engines! {
    fn what_reads_mail_before_people_do_decides_nothing(engine) {
        let firm = Firm::open(engine);
        let offer = of_our_own(&firm, "80000");
        let link = Phone::of(&firm, HIRING_MANAGER).asked();
        let before = offer.page("").text();
        let scanner = firm.house.browser();
        for _ in 0..20 {
            let page = scanner.open(&link).must_not_say("Andre").must_not_say("80,000").must_not_say("80000").must_not_say("Account Executive");
            assert_eq!(page.header("referrer-policy"), Some("strict-origin"));
            assert_eq!(page.header("x-robots-tag"), Some("noindex, nofollow, noarchive"));
        }
        assert!(!firm.mail().all().iter().any(|mail| mail.subject.contains("Your code")), "looking mails no code");
        let asked = scanner.open(&link).form("portal/mail-code").send();
        let open = asked.form("portal/open").fill("code", "123456");
        for _ in 0..6 {
            let _ = open.send().must_say("This code does not work.");
        }
        // the forms that it was never shown, with what stands in the link
        let token = link.trim_start_matches("/a/i/").to_owned();
        for (address, name) in [("approve", "comment"), ("ask", "question"), ("reject", "reason"), ("forget", "id")] {
            let form = open.clone().tamper("token", &token).tamper(name, "yes").sent_to(&format!("/api/mailed/{address}"));
            let answer = form.send().must_say("Email me a code").must_not_say("Andre");
            assert!(answer.find_form("mailed/approve").is_none(), "{}", answer.text());
        }
        assert_eq!(offer.page("").text(), before, "nothing happened to the offer");
        assert!(offer.seen_by(HIRING_MANAGER, "").find_form("offers/approve").is_some(), "it still waits");
    }
}

on_both_engines! {
    fn a_code_opens_in_the_browser_that_asked_within_ten_minutes(engine) {
        let firm = Firm::open(engine);
        let _offer = of_our_own(&firm, "80000");
        let (phone, thief) = (Phone::of(&firm, HIRING_MANAGER), Phone::of(&firm, HIRING_MANAGER));
        let link = phone.asked();
        let page = phone.open(&link).form("portal/mail-code").send();
        let code = firm.mail().next(HIRING_MANAGER, "Your code").code();
        let open = page.form("portal/open").fill("code", &code);
        let _ = open.clone().sent_by(&thief.browser).send().must_say("This code does not work.").must_not_say("Andre");
        let _ = thief.open(&link).must_say("Email me a code").must_not_say("Andre");

        firm.house.clock().advance_hours(1);
        let _ = open.send().must_say("This code does not work.").must_not_say("Andre");
        let _ = phone.enter(&link).must_say("Do you approve $80,000 a year for Andre Wilson as Account Executive");
        let _ = thief.open(&link).must_say("Email me a code").must_not_say("Andre");
    }
}

on_both_engines! {
    fn a_remembered_browser_decides_at_once_for_thirty_days_and_not_for_thirty_one(engine) {
        let firm = Firm::open(engine);
        let _first = of_our_own(&firm, "80000");
        let phone = Phone::of(&firm, HIRING_MANAGER);
        let link = phone.asked();
        let page = phone.enter(&link);
        assert!(page.says("Where you are remembered") && page.says("until December 16"), "{}", page.text());
        assert!(phone.browser.open("/").find_form("identity/sign-in").is_some(), "to every other page they are nobody");
        firm.house.clock().advance_hours(30 * 24 - 1);
        let _ = phone.open(&link).must_say("Andre Wilson").form("mailed/approve").send().must_say("You approved this offer");
        firm.house.clock().advance_hours(25);
        let _ = phone.open(&link).must_say("Email me a code").must_say("Nothing waits on you behind this link").must_not_say("Andre");
        let _ = phone.enter(&link).must_say("You approved this offer").form("mailed/forget").send();
        let _ = phone.open(&link).must_say("Email me a code").must_not_say("Andre");
    }
}

on_both_engines! {
    fn whoever_signs_in_with_a_second_factor_decides_nothing_from_a_mail(engine) {
        let firm = Firm::open(engine);
        let offer = of_our_own(&firm, "80000");
        let manager = Phone::of(&firm, HIRING_MANAGER);
        let link = manager.asked();
        let page = manager.enter(&link);
        let approve = page.form("mailed/approve");
        let asks = ("key = \"hiring_manager\"\nname = \"Hiring manager\"", "key = \"hiring_manager\"\nsecond-factor = true\nname = \"Hiring manager\"");
        with_playbook(&firm, &[asks], "");

        let _ = approve.send().must_say("Sign in to decide").must_not_say("Andre");
        let page = manager.open(&link).must_say("Your role decides after signing in with a second factor").must_not_say("Andre");
        assert_eq!(page.links("/sign-in"), [format!("/sign-in?to=/offers/{}", offer.id())]);
        let _ = offer.page("").must_say("This offer is with its approvers.");

        change_pay(&offer, "81000");
        let mail = firm.mail().next(HIRING_MANAGER, "second factor");
        assert_eq!(mail.link(), format!("/offers/{}", offer.id()));
        assert!(!mail.text.contains("/a/i/"), "{}", mail.text);
    }
}

on_both_engines! {
    fn what_was_read_is_what_is_approved_and_a_change_is_told_and_asked_about_anew(engine) {
        let firm = Firm::open(engine);
        let offer = of_our_own(&firm, "80000");
        let manager = Phone::of(&firm, HIRING_MANAGER);
        let (old_link, old_page) = { let link = manager.asked(); let page = manager.enter(&link); (link, page) };
        change_pay(&offer, "84000");

        let late = old_page.form("mailed/approve").send();
        let late = late.must_say("The offer changed since you opened the page").must_say("The offer changed since this email");
        let late = late.must_say("$80,000").must_say("$84,000").must_say("a new email is on its way");
        assert!(late.find_form("mailed/approve").is_none(), "nothing is decided by the old link:\n{}", late.text());
        let late = old_page.form("mailed/ask").fill("question", "Is that a mistake?").send();
        let _ = late.must_say("The offer changed since you opened the page");
        let _ = offer.page("").must_not_say("Is that a mistake?");

        let _ = manager.open(&manager.asked()).must_say("$84,000").form("mailed/approve").send().must_say("You approved this offer");
        let _ = manager.open(&old_link).must_say("The offer changed since this email").must_say("Nothing is asked of you at the moment.");
    }
}

on_both_engines! {
    fn a_link_says_calmly_what_became_of_its_step(engine) {
        let firm = Firm::open(engine);
        // whoever sets a password is known nowhere from then on
        let _ = firm.person(HIRING_MANAGER);
        let manager = Phone::of(&firm, HIRING_MANAGER);

        let asked = of_our_own(&firm, "80000");
        let link = manager.asked();
        let page = manager.enter(&link).form("mailed/ask").send().must_say("Write a few words first.");
        let _ = page.form("mailed/ask").fill("question", "Is the start fixed?").send().must_say("Your question is on its way");
        let _ = asked.page("").must_say("Is the start fixed?").form("offers/answer-step").fill("answer", "Yes.").send();
        let _ = manager.open(&link).must_say("Do you approve").form("mailed/reject").fill("reason", "The team is full").send().must_say("You rejected this offer");
        let _ = manager.open(&link).must_say("You rejected this offer");
        let _ = asked.page("").must_say("The team is full");

        let otherwise = of_our_own(&firm, "80000");
        let _ = firm.mail().next(HIRING_MANAGER, "Waiting on you");
        let link = manager.asked();
        let _ = otherwise.approve(HIRING_MANAGER);
        let _ = manager.open(&link).must_say("You approved this offer");
        let _ = otherwise.page("").form("offers/cancel").fill("reason", "the budget is gone").send();

        let ended = of_our_own(&firm, "80000");
        let link = manager.asked();
        let _ = ended.page("").form("offers/cancel").fill("reason", "the budget is gone").send();
        let _ = manager.open(&link).must_say("Nothing is to be decided any more").must_not_say("mailed/approve");

        let revoked = of_our_own(&firm, "80000");
        let link = manager.asked();
        let number = revoked.page("").text().split_whitespace().find(|word| word.starts_with("REQ-1023-")).map(str::to_owned);
        let _ = firm.house.run(&["links", "revoke", &number.expect("the offer's number")]);
        let _ = manager.open(&link).must_say("This link no longer opens anything").must_not_say("Andre");

        let gone = of_our_own(&firm, "80000");
        let link = manager.asked();
        let _ = manager.open(&link).must_say("Do you approve");
        let _ = firm.house.run(&["user", "leave", HIRING_MANAGER]);
        let _ = manager.open(&link).must_say("This link no longer opens anything").must_not_say("Andre");
        assert!(gone.page("").says("This offer is with its approvers."), "it waits for another");
    }
}

on_both_engines! {
    fn a_client_contact_decides_from_the_mail_and_sees_the_bill_and_never_the_pay(engine) {
        let firm = Firm::open(engine);
        let offer = Offer::begin(&firm, RECRUITER, "REQ-1000", "Maria Silva", "maria@example.com").fill(&[("pay.base", "61.37")]);
        let _ = offer.submit("as agreed");
        let ops = Phone::of(&firm, OPS);
        let _ = ops.enter(&ops.asked()).must_say("61.37").must_say("92.00").form("mailed/approve").send().must_say("It now waits on Client.");

        let priya = Phone::of(&firm, CLIENT);
        let page = priya.enter(&priya.asked());
        let page = page.must_say("Do you want Maria Silva to start with you").must_say("92.00").must_not_say("61.37");
        let page = page.must_not_say("Margin").must_not_say("not asked").must_say("you speak for Acme");
        let page = page.form("mailed/approve").fill("comment", "Glad to have her").send().must_say("You approved this offer");
        let _ = page.must_not_say("61.37");
        assert!(priya.browser.open("/c").find_form("portal/leave").is_none(), "the portal has a link of its own");
        let _ = offer.page("").must_say("Everyone has approved.");
    }
}

on_both_engines! {
    fn the_mail_that_asks_holds_nothing_that_it_should_not_show_when_it_is_passed_on(engine) {
        let firm = Firm::open(engine);
        let _offer = of_our_own(&firm, "80000");
        let mail = firm.mail().next(HIRING_MANAGER, "/a/i/");
        for secret in ["Andre", "Wilson", "80,000", "80000", "$"] {
            assert!(!mail.text.contains(secret) && !mail.subject.contains(secret), "{secret} in\n{}", mail.text);
        }
        assert!(mail.text.contains("/offers/"), "whoever would rather sign in can:\n{}", mail.text);
        for others in [FINANCE, HRBP, LEGAL, ACCOUNT_MANAGER] {
            let asked = firm.mail().all().into_iter().any(|mail| mail.to.contains(others) && mail.text.contains("/a/i/"));
            assert!(!asked, "{others} is not asked");
        }
    }
}
