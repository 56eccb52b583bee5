//! How people sign in, and who sees to whom, by the pages, script off.

use std::time::Duration;

use tests::{Browser, House, Page};
use totp_rs::{Builder, Secret, Totp};

use crate::firm::{ADMIN, Firm, HIRING_MANAGER, HRBP, RECRUITER, RECRUITER_FOR_OURSELVES};
use crate::hands::Offer;
use crate::on_both_engines;

/// The password that everybody of the firm chose.
const PASSWORD: &str = "seven lanterns over the harbor";
const ANOTHER: &str = "nine herons by the quiet pier";

fn wait_seconds(house: &House, seconds: u64) {
    let then = house.clock().now() + Duration::from_secs(seconds);
    house.clock().set(&then.to_rfc3339());
}

/// What the app on the phone makes of the key on the page.
fn app_of(page: &Page) -> Totp {
    let key = page.document().all("code").next().expect("a key").text().replace(char::is_whitespace, "");
    Builder::new().with_secret(Secret::try_from_base32(&key).expect("base 32")).build().expect("an app")
}

fn code_of(app: &Totp, house: &House) -> String {
    app.generate(u64::try_from(house.clock().now().timestamp()).expect("after 1970")).to_string()
}

/// Sets the second step up, to the page with the recovery codes.
fn set_up(browser: &Browser, house: &House) -> (Totp, Page) {
    let scan = browser.open("/account/second-factor").form("account/second-factor/begin").send();
    let app = app_of(&scan);
    let codes = scan.form("account/second-factor/confirm").fill("code", &code_of(&app, house)).send();
    (app, codes.must_say("Write these down now"))
}

fn sign_in(browser: &Browser, email: &str, password: &str) -> Page {
    browser.open("/sign-in?to=/offers").form("identity/sign-in").fill("email", email).fill("password", password).send()
}

on_both_engines! {
    fn somebody_sets_up_a_second_step_and_signs_in_with_it(engine) {
        let firm = Firm::open(engine);
        let ava = firm.person(RECRUITER);
        let account = ava.open("/offers").click("My account").must_say("Not set up.");
        assert_eq!(account.path(), "/account");
        let (app, codes) = set_up(&ava, &firm.house);
        let recovery = codes.document().all("code").next().expect("a recovery code").text();
        let kept = codes.form("account/recovery-codes/kept").send().must_say("10 recovery codes are left.");
        assert_eq!(kept.path(), "/account");
        let _ = ava.open("/account/recovery-codes").must_not_say(&recovery);
        let _ = firm.mail().next(RECRUITER, "Your sign-in");

        let elsewhere = firm.house.browser();
        let step = sign_in(&elsewhere, RECRUITER, PASSWORD);
        assert_eq!(step.path(), "/sign-in/code?to=/offers");
        assert!(elsewhere.open("/offers").find_form("identity/sign-in").is_some(), "the password alone opens nothing");
        let step = sign_in(&elsewhere, RECRUITER, PASSWORD).form("identity/second-step").fill("code", "000000").send();
        let step = step.must_say("This does not fit.");
        wait_seconds(&firm.house, 60);
        let inside = step.form("identity/second-step").fill("code", &code_of(&app, &firm.house)).send();
        assert_eq!(inside.path(), "/offers");

        let lost = firm.house.browser();
        let inside = sign_in(&lost, RECRUITER, PASSWORD).form("identity/second-step").fill("code", &recovery).send();
        assert_eq!(inside.path(), "/offers");
        let _ = lost.open("/account").must_say("9 recovery codes are left.");
        let again = sign_in(&firm.house.browser(), RECRUITER, PASSWORD).form("identity/second-step").fill("code", &recovery).send();
        let _ = again.must_say("This does not fit.");
    }
}

on_both_engines! {
    fn a_role_that_asks_for_a_second_step_shows_nothing_else_until_it_is_set_up(engine) {
        let firm = Firm::open(engine);
        let paula = firm.person(ADMIN);
        let _ = paula.open("/people").must_say("People");
        let playbook = firm.house.run(&["playbook", "export"]).replace("key = \"admin\"\n", "key = \"admin\"\nsecond-factor = true\n");
        let file = firm.house.folder().join("strict.toml");
        std::fs::write(&file, playbook).expect("the playbook can be written");
        let _ = firm.house.run(&["playbook", "apply", &file.to_string_lossy()]);

        for address in ["/", "/people", "/offers", "/admin/imports"] {
            let page = paula.open(address).must_say("Your role asks for a second step");
            assert_eq!(page.path(), "/account/second-factor", "{address}");
        }
        let _ = set_up(&paula, &firm.house);
        let _ = paula.open("/people").must_say("Ava Nguyen");
        let _ = paula.open("/account").must_not_say("account/second-factor/remove");
        let _ = firm.house.run(&["user", "reset-second-step", ADMIN]);
        assert!(paula.open("/people").find_form("identity/sign-in").is_some(), "the sessions have ended");
        let _ = sign_in(&paula, ADMIN, PASSWORD).must_say("Your role asks for a second step");
    }
}

on_both_engines! {
    fn whoever_runs_people_takes_somebody_in_moves_them_and_lets_them_go(engine) {
        let firm = Firm::open(engine);
        let paula = firm.person(ADMIN);
        assert_eq!(firm.person(RECRUITER).open("/people").status(), 404, "there is no such page for others");

        let form = paula.open("/offers").click("People").click("Add somebody").form("people/take-in");
        let form = form.fill("name", "Zoe Park").fill("email", "zoe.park@harborpine.example");
        let refused = form.send().must_say("Fill this in.");
        let page = refused.form("people/take-in").tick("roles[recruiter]").fill("zone", "America/Chicago").send();
        let page = page.must_say("Zoe Park").must_say("Has not set a password yet").must_say("Joined as Recruiter.");
        let link = firm.mail().next("zoe.park@harborpine.example", "/join/").link();
        let zoe = firm.house.browser();
        let _ = zoe.open(&link).form("identity/join").fill("password", ANOTHER).send();
        assert_eq!(zoe.open("/people").status(), 404);

        let moved = page.form("people/move").untick("roles[recruiter]").tick("roles[admin]").send();
        let moved = moved.must_say("Saved.").must_say("Administrator");
        let _ = zoe.open("/people").must_say("Paula Reyes");

        // she runs people now, and still not herself
        let own = zoe.open("/people?q=zoe").click("Zoe Park");
        let _ = own.form("people/move").fill("approval_limit_annual", "900000").send().must_say("You cannot change your own roles");

        let unsure = moved.form("people/leave").send().must_say("Fill this in.");
        let left = unsure.form("people/leave").tick("sure").send().must_say("They have no access any more.");
        assert!(zoe.open("/people").find_form("identity/sign-in").is_some(), "her session has ended");
        assert!(sign_in(&zoe, "zoe.park@harborpine.example", ANOTHER).find_form("identity/sign-in").is_some());
        let _ = left.must_say("Left.").must_say("Paula Reyes");
        let _ = paula.open("/people?left=yes").must_say("Zoe Park");
    }
}

on_both_engines! {
    fn what_weighs_asks_again_who_somebody_is_and_loses_nothing(engine) {
        let firm = Firm::open(engine);
        let paula = firm.person(ADMIN);
        let form = paula.open("/people/new").form("people/take-in").fill("name", "Zoe Park");
        let form = form.fill("email", "zoe.park@harborpine.example").tick("roles[finance]").fill("department", "Treasury");
        wait_seconds(&firm.house, 16 * 60);
        let asked = form.send().must_say("Confirm that it is you");
        let wrong = asked.form("account/prove").fill("password", ANOTHER).send().must_say("This does not fit.");
        let back = wrong.form("account/prove").fill("password", PASSWORD).send();
        assert!(back.path().starts_with("/people/new"), "{}", back.path());
        let again = back.form("people/take-in");
        assert_eq!(again.value("name"), "Zoe Park");
        assert_eq!(again.value("department"), "Treasury");
        let _ = again.send().must_say("Joined as Finance.");
    }
}

on_both_engines! {
    fn taking_an_offer_back_asks_again_who_somebody_is_and_keeps_the_reason(engine) {
        let firm = Firm::open(engine);
        firm.open_many_seats("REQ-2000", 1);
        let offer = Offer::begin(&firm, RECRUITER_FOR_OURSELVES, "REQ-2000", "Maria Silva", "maria@example.com").fill_at_once(&[]);
        let _ = offer.submit("as agreed");
        let _ = offer.approve(HIRING_MANAGER);
        let _ = offer.approve(HRBP);
        let _ = offer.send("2026-11-20T17:00");
        // sent is what the courier has handed over: the candidate has it
        let _ = offer.candidate("maria@example.com").open("/o/offer").must_say("Maria Silva");
        let form = offer.page("").form("offers/ask-rescission").fill("reason", "the budget is gone");
        wait_seconds(&firm.house, 16 * 60);
        let asked = form.send().must_say("Confirm that it is you");
        assert!(offer.page("").find_form("offers/ask-rescission").is_some(), "nothing is asked for yet");
        let back = asked.form("account/prove").fill("password", PASSWORD).send().must_say("What you typed is kept");
        let again = back.form("offers/ask-rescission");
        assert_eq!(again.value("reason"), "the budget is gone");
        let done = again.send();
        assert!(done.find_form("offers/ask-rescission").is_none(), "{}", done.text());
    }
}

on_both_engines! {
    fn a_forgotten_password_is_replaced_by_mail_and_old_sessions_end(engine) {
        let firm = Firm::open(engine);
        let ava = firm.person(RECRUITER);
        let stranger = firm.house.browser();
        let forgot = |email: &str| stranger.open("/sign-in").click("I forgot my password").form("identity/forgot").fill("email", email).send();
        let (known, unknown) = (forgot(RECRUITER), forgot("nobody@elsewhere.example"));
        assert_eq!(known.text(), unknown.text());
        let link = firm.mail().next(RECRUITER, "Choose a new password").link();
        let page = stranger.open(&link).must_say("Choose a new password");
        let _ = page.form("identity/join").fill("password", ANOTHER).send().must_say("My work");
        assert!(ava.open("/offers").find_form("identity/sign-in").is_some());
        let _ = stranger.open(&link).must_say("This link does not work any more.");
        assert_eq!(sign_in(&ava, RECRUITER, ANOTHER).path(), "/offers");
    }
}

on_both_engines! {
    fn somebody_sees_where_they_are_signed_in_and_ends_it(engine) {
        let firm = Firm::open(engine);
        let ava = firm.person(RECRUITER);
        let phone = firm.house.browser();
        let _ = sign_in(&phone, RECRUITER, PASSWORD);
        let account = ava.open("/account");
        let _ = account.form("account/end-session").send();
        assert!(phone.open("/offers").find_form("identity/sign-in").is_some());
        let changed = ava.open("/account").form("account/password").fill("current_password", ANOTHER).fill("password", ANOTHER).send();
        let changed = changed.must_say("This does not fit.");
        let _ = changed.form("account/password").fill("current_password", PASSWORD).fill("password", ANOTHER).send().must_say("Your password is changed.");
        let _ = ava.open("/account").form("account/sign-out-everywhere").send();
        assert!(ava.open("/offers").find_form("identity/sign-in").is_some());
    }
}
