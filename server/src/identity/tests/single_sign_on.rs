//! Signing in at the firm's provider, which here says whatever a test wants it to say.

use std::sync::atomic::Ordering;

use app::desk::{Answer, Browser, SessionCookie, SsoWants, Viewer};
use offer::{access::Actor, ledger::AuthLevel, lifecycle::Refusal, person::CredentialChange};
use serde_json::{Value, json};

use super::house::{AVA, FIRM, House, PASSWORD, browser, done, with_cookie};
use crate::{
    egress::Url,
    identity::{CalledBack, second_factor::App},
    oidc::tests::{Fake, system_seconds},
    store::Change,
};

/// A house with Ava, whose firm has a provider.
struct There {
    house: House,
    fake: Fake,
}

impl There {
    async fn open(more: &str) -> Self {
        let fake = Fake::open().await;
        let mut house = House::with_ava().await;
        house.identity = house.identity.with_provider(Some(fake.provider(more)));
        Self { house, fake }
    }

    /// Ava is linked, and signed in by password where she was.
    async fn with_a_link(more: &str) -> (Self, Browser) {
        let there = Self::open(more).await;
        let ava = there.signed_in().await;
        let ava = there.links(&ava, json!({})).await;
        (there, ava)
    }

    async fn signed_in(&self) -> Browser {
        let browser = browser();
        with_cookie(&browser, &done(self.house.sign_in(AVA, PASSWORD, &browser).await))
    }

    /// Leaves for the provider, which will vouch by these claims; the state to come back with.
    async fn leaves(&self, wants: SsoWants, claims: Value, browser: &Browser) -> String {
        let (identity, firm) = (&self.house.identity, &self.house.firm);
        let page = done(identity.begin_single_sign_on(firm, wants, "/offers", browser).await);
        let id = page.strip_prefix("/sign-in/sso?leaving=").unwrap();
        let address = Url::parse(&done(identity.leaving_for_provider(firm, id, browser).await)).unwrap();
        let of = |wanted: &str| address.query_pairs().find(|(name, _)| name == wanted).unwrap().1.into_owned();
        assert_eq!(of("state"), id);
        self.fake.says(&of("nonce"), claims);
        of("state")
    }

    async fn comes_back(&self, state: &str, browser: &Browser) -> SessionCookie {
        let answer: CalledBack = serde_json::from_value(json!({ "state": state, "code": "x", "iss": self.fake.issuer() })).unwrap();
        self.house.identity.called_back(&self.house.firm, &answer, browser).await
    }

    async fn goes(&self, wants: SsoWants, claims: Value, browser: &Browser) -> SessionCookie {
        let state = self.leaves(wants, claims, browser).await;
        self.comes_back(&state, browser).await
    }

    async fn links(&self, browser: &Browser, claims: Value) -> Browser {
        let found = found_in(&self.goes(SsoWants::Link, claims, browser).await);
        with_cookie(browser, &done(self.house.identity.link_single_sign_on(&self.house.firm, &found, browser).await))
    }

    async fn viewer(&self, browser: &Browser, cookie: &SessionCookie) -> Viewer {
        self.house.viewer(&with_cookie(browser, cookie)).await
    }
}

/// The id in the way to the page that asks before a link is made.
fn found_in(cookie: &SessionCookie) -> String {
    assert!(cookie.set.is_empty(), "nobody is in yet");
    cookie.go_to.strip_prefix("/sign-in/sso?found=").unwrap_or_else(|| panic!("{}", cookie.go_to)).to_owned()
}

fn level(viewer: &Viewer) -> Option<(AuthLevel, bool)> {
    match viewer {
        Viewer::Staff { member, proven, .. } => Some((member.auth_level, *proven)),
        _ => None,
    }
}

#[tokio::test]
async fn without_a_provider_there_is_nothing_of_it() {
    let house = House::with_ava().await;
    let (ava, identity, firm) = (browser(), &house.identity, &house.firm);
    assert_eq!(identity.single_sign_on(), None);
    assert_eq!(identity.begin_single_sign_on(firm, SsoWants::SignIn, "", &ava).await, Answer::NotFound);
    assert_eq!(identity.leaving_for_provider(firm, "x", &ava).await, Answer::NotFound);
    assert_eq!(identity.called_back(firm, &CalledBack::default(), &ava).await.set, "");
    let ava = with_cookie(&ava, &done(house.sign_in(AVA, PASSWORD, &ava).await));
    assert_eq!(done(identity.account(firm, &ava).await).single_sign_on, None);
    assert_eq!(identity.unlink_single_sign_on(firm, &ava).await, Answer::NotFound);
}

#[tokio::test]
async fn whoever_linked_their_account_signs_in_by_issuer_and_subject() {
    let there = There::open("").await;
    let (ava, elsewhere) = (there.signed_in().await, there.signed_in().await);
    let unlinked = there.goes(SsoWants::SignIn, json!({ "email": AVA, "email_verified": true }), &browser()).await;
    assert_eq!((unlinked.set.as_str(), unlinked.go_to.as_str()), ("", "/sign-in?sso=not-linked&to=/offers"), "an address is not somebody");
    let ava = there.links(&ava, json!({ "email": "anything@there.example" })).await;
    assert_eq!(there.house.viewer(&elsewhere).await, Viewer::Nobody, "every other session has ended");
    assert_eq!(there.house.firm.told.lock().unwrap().last().unwrap().1, CredentialChange::SingleSignOnLinked);
    assert_eq!(there.house.firm.post.lock().unwrap().len(), 1, "she is told by mail");
    let sso = done(there.house.identity.account(&there.house.firm, &ava).await).single_sign_on.unwrap();
    assert_eq!((sso.label.as_str(), sso.linked_at), ("Okta", Some(there.house.now())));

    let fresh = browser();
    let cookie = there.goes(SsoWants::SignIn, json!({ "email": "renamed@there.example" }), &fresh).await;
    assert_eq!(cookie.go_to, "/offers");
    assert_eq!(level(&there.viewer(&fresh, &cookie).await), Some((AuthLevel::SingleSignOn, false)), "who does not say when proves nothing");
    let another = there.goes(SsoWants::SignIn, json!({ "sub": "AVA-THERE" }), &fresh).await;
    assert_eq!(another.go_to, "/sign-in?sso=not-linked&to=/offers");
}

#[tokio::test]
async fn an_answer_counts_once_in_its_browser_for_ten_minutes() {
    let (there, _) = There::with_a_link("").await;
    let (asks, thief) = (browser(), browser());
    let over = "/sign-in?sso=over";
    let state = there.leaves(SsoWants::SignIn, json!({}), &asks).await;
    assert_eq!(there.comes_back(&state, &thief).await.go_to, over, "another browser");
    assert_eq!(there.comes_back("", &asks).await.go_to, over);
    assert_eq!(there.comes_back(&state, &asks).await.go_to, "/offers");
    assert_eq!(there.comes_back(&state, &asks).await.go_to, over, "a second time");
    let late = there.leaves(SsoWants::SignIn, json!({}), &asks).await;
    there.house.wait_seconds(600);
    assert_eq!(there.comes_back(&late, &asks).await.go_to, over, "too late");
}

#[tokio::test]
async fn of_two_who_bring_the_same_answer_at_once_one_is_heard() {
    let (there, _) = There::with_a_link("").await;
    let asks = browser();
    let state = there.leaves(SsoWants::SignIn, json!({}), &asks).await;
    let (one, other) = tokio::join!(there.comes_back(&state, &asks), there.comes_back(&state, &asks));
    assert_eq!([&one, &other].iter().filter(|cookie| !cookie.set.is_empty()).count(), 1, "{one:?} {other:?}");
}

#[tokio::test]
async fn an_answer_that_does_not_hold_opens_nothing() {
    let (there, _) = There::with_a_link("").await;
    let asks = browser();
    for claims in [
        json!({ "nonce": "of another question" }),
        json!({ "iss": "https://evil.example" }),
        json!({ "aud": "another" }),
        json!({ "exp": system_seconds() - 3600 }),
    ] {
        let cookie = there.goes(SsoWants::SignIn, claims.clone(), &asks).await;
        assert_eq!((cookie.set.as_str(), cookie.go_to.as_str()), ("", "/sign-in?sso=unsound&to=/offers"), "{claims}");
    }
    let state = there.leaves(SsoWants::SignIn, json!({}), &asks).await;
    let declined: CalledBack = serde_json::from_value(json!({ "state": state, "error": "access_denied" })).unwrap();
    let cookie = there.house.identity.called_back(&there.house.firm, &declined, &asks).await;
    assert_eq!((cookie.set.as_str(), cookie.go_to.as_str()), ("", "/sign-in?sso=declined&to=/offers"));
    assert_eq!(there.comes_back(&state, &asks).await.go_to, "/sign-in?sso=over");
}

#[tokio::test]
async fn after_many_answers_that_are_none_there_is_a_pause() {
    let there = There::open("").await;
    for _ in 0..60 {
        assert_eq!(there.comes_back("nothing", &browser()).await.go_to, "/sign-in?sso=over");
    }
    assert_eq!(there.comes_back("nothing", &browser()).await.go_to, "/sign-in?sso=too-many");
}

#[tokio::test]
async fn whoever_has_left_cannot_come_in() {
    let (there, _) = There::with_a_link("link_by_verified_email = true").await;
    there.house.everybody_leaves();
    let cookie = there.goes(SsoWants::SignIn, json!({ "email": AVA, "email_verified": true }), &browser()).await;
    assert_eq!((cookie.set.as_str(), cookie.go_to.as_str()), ("", "/sign-in?sso=not-linked&to=/offers"));
}

#[tokio::test]
async fn a_second_step_follows_unless_the_firm_believes_the_provider_about_it() {
    for (more, amr, page, gets_in) in [
        ("", json!(["pwd", "mfa"]), "/sign-in/code?to=/offers", false),
        ("trust_amr = true", json!(["pwd"]), "/sign-in/code?to=/offers", false),
        ("trust_amr = true", json!(["pwd", "mfa"]), "/offers", true),
        ("trust_amr = true", json!(["hwk"]), "/offers", true),
    ] {
        let (there, _) = There::with_a_link(more).await;
        let (house, person) = (&there.house, there.house.firm.people.lock().unwrap()[0].0.clone());
        let app = App::new("Firm", AVA).unwrap();
        let row = house.identity.app_row(&house.firm, &person, &app).await.unwrap();
        house.store.change(FIRM, vec![row]).await.unwrap();
        house.firm.second_factor.store(true, Ordering::Relaxed);
        let fresh = browser();
        let cookie = there.goes(SsoWants::SignIn, json!({ "amr": amr }), &fresh).await;
        assert_eq!(cookie.go_to, page, "{more} {amr}");
        assert_eq!(level(&there.viewer(&fresh, &cookie).await).is_some(), gets_in, "{more} {amr}");
        if !gets_in {
            let between = with_cookie(&fresh, &cookie);
            let code = app.code_at(house.now());
            let inside = done(house.identity.second_step(&house.firm, &code, &between).await);
            assert_eq!(level(&there.viewer(&between, &inside).await), Some((AuthLevel::SecondFactor, true)));
        }
    }
}

#[tokio::test]
async fn a_role_that_asks_for_a_second_factor_shows_nothing_else_until_there_is_one() {
    let (there, _) = There::with_a_link("").await;
    there.house.firm.second_factor.store(true, Ordering::Relaxed);
    let fresh = browser();
    let cookie = there.goes(SsoWants::SignIn, json!({ "amr": ["mfa"] }), &fresh).await;
    assert!(matches!(there.viewer(&fresh, &cookie).await, Viewer::Enrolling { .. }));
}

#[tokio::test]
async fn a_verified_address_is_recognized_once_and_by_a_button() {
    let there = There::open("link_by_verified_email = true").await;
    let fresh = browser();
    for claims in [
        json!({ "email": AVA }),
        json!({ "email": AVA, "email_verified": false }),
        json!({ "email": "eve@x.example", "email_verified": true }),
    ] {
        assert_eq!(there.goes(SsoWants::SignIn, claims, &fresh).await.go_to, "/sign-in?sso=not-linked&to=/offers");
    }
    let claims = json!({ "email": "Ava@Northstar.example", "email_verified": true });
    let found = found_in(&there.goes(SsoWants::SignIn, claims.clone(), &fresh).await);
    assert!(there.house.firm.told.lock().unwrap().is_empty(), "coming back links nothing");
    let (identity, firm) = (&there.house.identity, &there.house.firm);
    assert_eq!(done(identity.single_sign_on_found(firm, &found, &fresh).await).email, AVA);
    assert_eq!(identity.link_single_sign_on(firm, &found, &browser()).await, Answer::NotFound, "another browser");
    let cookie = done(identity.link_single_sign_on(firm, &found, &fresh).await);
    assert_eq!(cookie.go_to, "/offers");
    assert_eq!(level(&there.viewer(&fresh, &cookie).await), Some((AuthLevel::SingleSignOn, false)));
    assert_eq!(identity.link_single_sign_on(firm, &found, &fresh).await, Answer::NotFound, "a second time");

    let mut another = claims;
    another["sub"] = json!("somebody who got her address");
    assert_eq!(
        there.goes(SsoWants::SignIn, another, &browser()).await.go_to,
        "/sign-in?sso=not-linked&to=/offers",
        "she is linked already"
    );
}

#[tokio::test]
async fn one_account_there_is_one_person_here() {
    let (there, _) = There::with_a_link("").await;
    let ben = there.house.somebody("ben@northstar.example");
    let credential = there.house.identity.credential(ben.as_str(), PASSWORD).await.unwrap();
    there.house.store.change(FIRM, vec![Change::Credential(credential)]).await.unwrap();
    let at = browser();
    let at = with_cookie(&at, &done(there.house.sign_in("ben@northstar.example", PASSWORD, &at).await));
    assert_eq!(there.goes(SsoWants::Link, json!({}), &at).await.go_to, "/account?sso=taken");
    // two buttons for one account, pressed one after the other
    let ava = there.signed_in().await;
    let (ours, theirs) =
        (there.goes(SsoWants::Link, json!({ "sub": "new" }), &ava).await, there.goes(SsoWants::Link, json!({ "sub": "new" }), &at).await);
    let (identity, firm) = (&there.house.identity, &there.house.firm);
    done(identity.link_single_sign_on(firm, &found_in(&theirs), &at).await);
    let taken = done(identity.link_single_sign_on(firm, &found_in(&ours), &ava).await);
    assert_eq!((taken.set.as_str(), taken.go_to.as_str()), ("", "/account?sso=taken"));
}

#[tokio::test]
async fn linking_and_unlinking_ask_again_who_somebody_is() {
    let (there, ava) = There::with_a_link("").await;
    let (identity, firm) = (&there.house.identity, &there.house.firm);
    let found = found_in(&there.goes(SsoWants::Link, json!({ "sub": "another" }), &ava).await);
    there.house.wait_seconds(16 * 60);
    assert_eq!(identity.begin_single_sign_on(firm, SsoWants::Link, "/account", &ava).await, Answer::Refused(Refusal::ProveFirst));
    assert_eq!(identity.link_single_sign_on(firm, &found, &ava).await, Answer::NotFound, "and the answer is over by then");
    assert_eq!(identity.unlink_single_sign_on(firm, &ava).await, Answer::Refused(Refusal::ProveFirst));
    let ava = with_cookie(&ava, &done(identity.prove(firm, PASSWORD, "", &ava).await));
    let ava = with_cookie(&ava, &done(identity.unlink_single_sign_on(firm, &ava).await));
    assert_eq!(done(identity.account(firm, &ava).await).single_sign_on.unwrap().linked_at, None);
    assert_eq!(there.goes(SsoWants::SignIn, json!({}), &browser()).await.go_to, "/sign-in?sso=not-linked&to=/offers");
    assert_eq!(identity.unlink_single_sign_on(firm, &ava).await, Answer::NotFound);
}

#[tokio::test]
async fn whoever_runs_people_unlinks_somebody_and_the_owner_is_told() {
    let (there, ava) = There::with_a_link("").await;
    let (identity, firm) = (&there.house.identity, &there.house.firm);
    let person = there.house.viewer(&ava).await.member().unwrap().id.clone();
    let by = Actor::Operator { os_user: "root".to_owned() };
    let before = firm.post.lock().unwrap().len();
    assert_eq!(identity.reset_single_sign_on(firm, &person, &by).await, Ok(true));
    assert_eq!(firm.post.lock().unwrap().len(), before + 1);
    assert_eq!(firm.told.lock().unwrap().last().unwrap().1, CredentialChange::SingleSignOnReset);
    assert_eq!(there.house.viewer(&ava).await, Viewer::Nobody, "what was begun there has ended");
    assert_eq!(there.goes(SsoWants::SignIn, json!({}), &browser()).await.go_to, "/sign-in?sso=not-linked&to=/offers");
    assert_eq!(identity.reset_single_sign_on(firm, &person, &by).await, Ok(false));
}

#[tokio::test]
async fn who_somebody_is_can_be_shown_again_at_the_provider_and_only_anew() {
    let (there, ava) = There::with_a_link("").await;
    there.house.wait_seconds(16 * 60);
    assert_eq!(level(&there.house.viewer(&ava).await), Some((AuthLevel::Password, false)));
    let page = done(there.house.identity.proof(&there.house.firm, &ava).await);
    assert_eq!(page.by_single_sign_on.as_deref(), Some("Okta"));
    let old = there.goes(SsoWants::Prove, json!({ "auth_time": system_seconds() - 3600 }), &ava).await;
    assert_eq!(old.go_to, "/account/prove?sso=unsound&to=/offers");
    let other = there.goes(SsoWants::Prove, json!({ "auth_time": system_seconds(), "sub": "eve" }), &ava).await;
    assert_eq!(other.go_to, "/account/prove?sso=not-linked&to=/offers");
    let cookie = there.goes(SsoWants::Prove, json!({ "auth_time": system_seconds() }), &ava).await;
    assert_eq!(level(&there.viewer(&ava, &cookie).await), Some((AuthLevel::Password, true)));
    assert_eq!(there.house.viewer(&ava).await, Viewer::Nobody, "the token before is over");
    let nobody = there.house.identity.begin_single_sign_on(&there.house.firm, SsoWants::Prove, "", &browser()).await;
    assert_eq!(nobody, Answer::SignIn);
}

#[tokio::test]
async fn signing_in_proves_as_much_as_was_shown_there() {
    let (there, _) = There::with_a_link("").await;
    for (minutes_ago, proven) in [(0, true), (14, true), (16, false), (3000, false)] {
        let fresh = browser();
        let cookie = there.goes(SsoWants::SignIn, json!({ "auth_time": system_seconds() - minutes_ago * 60 }), &fresh).await;
        assert_eq!(level(&there.viewer(&fresh, &cookie).await), Some((AuthLevel::SingleSignOn, proven)), "{minutes_ago}");
    }
}
