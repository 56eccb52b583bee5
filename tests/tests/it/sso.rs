//! Signing in at the firm's own identity provider: a real one, script off.

use tests::{Browser, Engine, House, IdentityProvider, Page};
use totp_rs::{Builder, Secret};

use crate::firm::{ADMIN, Firm, PASSWORD, RECRUITER};
use crate::on_both_engines;

/// The demo firm, which signs people in at its provider.
fn open(engine: Engine, more: &str) -> (Firm, IdentityProvider) {
    let mut provider = IdentityProvider::open();
    let firm = Firm::open_with(engine, &provider.sections(more));
    provider.serve(&firm.house);
    (firm, provider)
}

/// The address to which a page leads that lies elsewhere, as a browser without script follows it.
fn leaves_for(page: &Page) -> String {
    let refresh = page.header("refresh").unwrap_or_else(|| panic!("no way on:\n{}", page.text()));
    let address = refresh.strip_prefix("0; url=").expect("an address").to_owned();
    let link = page.document().all("a").find(|link| link.attribute("href") == Some(address.as_str()));
    assert!(link.is_some_and(|link| link.text() == "Continue to Harbor ID"), "a link for whoever is not led on");
    address
}

/// Presses the button on the sign-in page, and signs in at the provider: where the provider sends them back to.
fn at_the_provider(browser: &Browser, provider: &IdentityProvider, who: &str) -> String {
    let page = browser.open("/sign-in?to=/offers").form("identity/sso/begin").send();
    provider.sign_in(who, &leaves_for(&page.must_say("On the way to Harbor ID")))
}

fn signs_in(browser: &Browser, provider: &IdentityProvider, who: &str) -> Page {
    browser.open(&at_the_provider(browser, provider, who))
}

/// Links somebody's account, as they do under My account.
fn links(browser: &Browser, provider: &IdentityProvider, who: &str) -> Page {
    let page = browser.open("/account").must_say("You can sign in here with Harbor ID").form("identity/sso/begin").send();
    let asked = browser.open(&provider.sign_in(who, &leaves_for(&page))).must_say("Link Harbor ID to your account?");
    asked.form("identity/sso/link").send().must_say("Your account is linked.")
}

fn is_nobody(browser: &Browser) -> bool {
    browser.open("/offers").find_form("identity/sign-in").is_some()
}

on_both_engines! {
    fn somebody_links_their_account_at_the_provider_and_signs_in_with_it(engine) {
        let (firm, provider) = open(engine, "");
        let stranger = firm.house.browser();
        let _ = stranger.open("/sign-in").must_say("Sign in with Harbor ID").must_say("or with your password");
        let _ = signs_in(&stranger, &provider, "ava").must_say("Your account at Harbor ID is not linked here");
        assert!(is_nobody(&stranger), "an address that fits is not somebody");

        let ava = firm.person(RECRUITER);
        let account = links(&ava, &provider, "ava");
        let _ = firm.mail().next(RECRUITER, "linked to single sign-on");
        let seen = firm.person(ADMIN).open("/people?q=ava").click("Ava Nguyen").must_say("Linked single sign-on.");
        let _ = seen.must_say("Has a password, no second step, signs in by single sign-on");
        let inside = signs_in(&stranger, &provider, "ava");
        assert_eq!(inside.path(), "/offers");
        let _ = stranger.open("/account").must_say("by single sign-on").must_say("Linked to Harbor ID");
        assert!(is_nobody(&firm.house.browser()));

        let _ = account.form("account/sso/unlink").send().must_say("Your account is no longer linked.");
        assert!(is_nobody(&stranger), "every other session has ended");
        let _ = signs_in(&stranger, &provider, "ava").must_say("is not linked here");
    }
}

on_both_engines! {
    fn an_answer_of_the_provider_is_of_use_once_and_only_to_the_browser_that_asked(engine) {
        let (firm, provider) = open(engine, "");
        let _ = links(&firm.person(RECRUITER), &provider, "ava");
        let (ava, thief) = (firm.house.browser(), firm.house.browser());
        let stolen = at_the_provider(&ava, &provider, "ava");
        let _ = thief.open(&stolen).must_say("This sign-in is over");
        assert!(is_nobody(&thief));
        // nor in an answer of one's own
        let own = at_the_provider(&thief, &provider, "eve");
        let part = |address: &str, name: &str| {
            let found = address.split(['?', '&']).find_map(|pair| pair.strip_prefix(&format!("{name}="))).map(str::to_owned);
            found.unwrap_or_else(|| panic!("no {name} in {address}"))
        };
        let mixed = own.replace(&part(&own, "code"), &part(&stolen, "code"));
        let _ = thief.open(&mixed).must_say("The answer of Harbor ID cannot be trusted");
        assert!(is_nobody(&thief));

        // which took nothing from whoever asked
        assert_eq!(ava.open(&stolen).path(), "/offers");
        let _ = ava.open(&stolen).must_say("This sign-in is over");
        assert!(!is_nobody(&ava), "whoever replays it harms nobody");

        let ava = firm.house.browser();
        let fresh = at_the_provider(&ava, &provider, "ava");
        let other_issuer = fresh.replace(&part(&fresh, "iss"), "https%3A%2F%2Fevil.example");
        let _ = ava.open(&other_issuer).must_say("The answer of Harbor ID cannot be trusted");
        let _ = ava.open(&fresh).must_say("This sign-in is over");
        let again = at_the_provider(&ava, &provider, "ava");
        let _ = ava.open(&format!("{again}&state=x")).must_say("This sign-in is over");
        assert!(is_nobody(&ava));
    }
}

on_both_engines! {
    fn whoever_leaves_the_firm_does_not_come_in_by_the_provider(engine) {
        let (firm, provider) = open(engine, "link_by_verified_email = true");
        let _ = links(&firm.person(RECRUITER), &provider, "ava.nguyen");
        let ava = firm.house.browser();
        assert_eq!(signs_in(&ava, &provider, "ava.nguyen").path(), "/offers");
        let _ = firm.house.run(&["user", "leave", RECRUITER]);
        assert!(is_nobody(&ava), "the session has ended");
        let _ = signs_in(&ava, &provider, "ava.nguyen").must_say("is not linked here");
        assert!(is_nobody(&ava));
    }
}

/// What the app on the phone shows now.
fn code_of(key: &str, house: &House) -> String {
    let app = Builder::new().with_secret(Secret::try_from_base32(key).expect("base 32")).build().expect("an app");
    app.generate(u64::try_from(house.clock().now().timestamp()).expect("after 1970")).to_string()
}

on_both_engines! {
    fn a_role_with_a_second_step_is_asked_for_it_unless_the_provider_is_believed(engine) {
        let (firm, provider) = open(engine, "");
        let playbook = firm.house.run(&["playbook", "export"]).replace("key = \"recruiter\"\n", "key = \"recruiter\"\nsecond-factor = true\n");
        let file = firm.house.folder().join("strict.toml");
        let ava = firm.person(RECRUITER);
        let _ = links(&ava, &provider, "ava");
        std::fs::write(&file, playbook).expect("the playbook can be written");
        let _ = firm.house.run(&["playbook", "apply", &file.to_string_lossy()]);
        let fresh = firm.house.browser();
        let _ = signs_in(&fresh, &provider, "ava:mfa").must_say("Your role asks for a second step");

        let scan = ava.open("/account/second-factor").form("account/second-factor/begin").send();
        let key = scan.document().all("code").next().expect("a key").text().replace(char::is_whitespace, "");
        let _ = scan.form("account/second-factor/confirm").fill("code", &code_of(&key, &firm.house)).send().must_say("Write these down now");
        let step = signs_in(&fresh, &provider, "ava:mfa");
        assert_eq!(step.path(), "/sign-in/code?to=/offers");
        assert!(is_nobody(&fresh));
        firm.house.clock().set("2026-11-16T15:05:00Z");
        let inside = signs_in(&fresh, &provider, "ava").form("identity/second-step").fill("code", &code_of(&key, &firm.house)).send();
        assert_eq!(inside.path(), "/offers");
        let _ = fresh.open("/account").must_say("with the second step");
    }
}

on_both_engines! {
    fn a_firm_may_recognize_a_verified_address_and_believe_a_second_factor(engine) {
        let (firm, provider) = open(engine, "link_by_verified_email = true\ntrust_amr = true");
        let playbook = firm.house.run(&["playbook", "export"]).replace("key = \"admin\"\n", "key = \"admin\"\nsecond-factor = true\n");
        let file = firm.house.folder().join("strict.toml");
        std::fs::write(&file, playbook).expect("the playbook can be written");
        let _ = firm.house.run(&["playbook", "apply", &file.to_string_lossy()]);
        let paula = firm.house.browser();
        let _ = signs_in(&paula, &provider, "somebody.else").must_say("is not linked here");
        let asked = signs_in(&paula, &provider, "paula.reyes:mfa").must_say("Here you are Paula Reyes");
        assert!(is_nobody(&paula), "coming back links nothing");
        assert_eq!(asked.form("identity/sso/link").send().path(), "/offers");
        let _ = firm.mail().next(ADMIN, "linked to single sign-on");
        let _ = paula.open("/people").must_say("Ava Nguyen");
        let weaker = firm.house.browser();
        let _ = signs_in(&weaker, &provider, "paula.reyes").must_say("Your role asks for a second step");
    }
}

on_both_engines! {
    fn what_weighs_is_confirmed_at_the_provider_and_loses_nothing(engine) {
        let (firm, provider) = open(engine, "");
        let paula = firm.person(ADMIN);
        let _ = links(&paula, &provider, "paula");
        let form = paula.open("/people/new").form("people/take-in").fill("name", "Zoe Park");
        let form = form.fill("email", "zoe.park@harborpine.example").tick("roles[finance]").fill("department", "Treasury");
        firm.house.clock().set("2026-11-16T15:20:00Z");
        let asked = form.send().must_say("Confirm with Harbor ID");
        let address = leaves_for(&asked.form("identity/sso/begin").send());
        assert!(address.contains("prompt=login&max_age=0"), "{address}");
        let _ = paula.open(&provider.sign_in("somebody.else", &address)).must_say("is not linked here");
        let asked = form_again(&paula, &asked);
        let address = leaves_for(&asked.form("identity/sso/begin").send());
        let back = paula.open(&provider.sign_in("paula", &address));
        assert!(back.path().starts_with("/people/new"), "{}", back.path());
        let again = back.form("people/take-in");
        assert_eq!(again.value("department"), "Treasury");
        let _ = again.send().must_say("Joined as Finance.");
    }
}

/// The page that asks, once more.
fn form_again(browser: &Browser, asked: &Page) -> Page {
    browser.open(&asked.path()).must_say("Confirm with Harbor ID")
}

#[test]
fn a_firm_without_a_provider_shows_nothing_of_it() {
    let firm = Firm::open(Engine::Sqlite);
    let stranger = firm.house.browser();
    let page = stranger.open("/sign-in?sso=unsound").must_not_say("Sign in with");
    assert!(page.find_form("identity/sso/begin").is_none());
    let _ = stranger.open("/sign-in/sso?leaving=x").must_not_say("Sign in with");
    assert_eq!(stranger.open("/sign-in/sso?leaving=x").status(), 404);
    assert_eq!(stranger.open("/sign-in/sso/callback?state=x&code=y").path(), "/sign-in?sso=over");
    let ava = firm.person(RECRUITER);
    let _ = ava.open("/account").must_not_say("Single sign-on");
    assert!(ava.open("/account").find_form("account/sso/unlink").is_none());
}

#[test]
fn a_provider_that_does_not_answer_is_said_and_the_password_still_works() {
    let (firm, provider) = open(Engine::Sqlite, "");
    drop(provider);
    let ava = firm.person(RECRUITER);
    let stranger = firm.house.browser();
    let page = stranger.open("/sign-in?to=/offers").form("identity/sso/begin").send().must_say("Harbor ID does not answer");
    let inside = page.form("identity/sign-in").fill("email", RECRUITER).fill("password", PASSWORD).send();
    assert_eq!(inside.path(), "/offers");
    let _ = ava.open("/account").form("identity/sso/begin").send().must_say("Harbor ID does not answer");
}
