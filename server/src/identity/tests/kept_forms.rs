//! Kept forms.

use app::desk::Notice;
use offer::id::PersonId;

use super::house::{House, browser};

fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn a_refused_form_comes_back_to_the_browser_that_sent_it_for_an_hour() {
    let house = House::open().await;
    let browser = browser();
    let typed = fields(&[("pay.base", "62,5O"), ("password", "lake under nine stones")]);
    let id = house.identity.keep_form(&house.firm, &browser, None, typed, Notice::SignIn).await.unwrap();
    let kept = house.identity.kept_form(&house.firm, &browser, None, &id).await;
    assert_eq!(kept, Some((fields(&[("pay.base", "62,5O"), ("password", "")]), Notice::SignIn)), "as typed, without the password");
    assert_eq!(house.identity.kept_form(&house.firm, &self::browser(), None, &id).await, None);
    assert_eq!(house.identity.kept_form(&house.firm, &browser, None, "lost").await, None);
    house.wait_seconds(3600);
    assert_eq!(house.identity.kept_form(&house.firm, &browser, None, &id).await, None);
}

#[tokio::test]
async fn what_somebody_sent_is_not_shown_to_whoever_uses_their_browser_after_them() {
    let house = House::open().await;
    let browser = browser();
    let (omar, ben) = (PersonId::new("0194aaaaaaaaaaaaaaaaaaaaaaaaaaaa"), PersonId::new("0194bbbbbbbbbbbbbbbbbbbbbbbbbbbb"));
    let typed = fields(&[("comment", "between us: she has another offer")]);
    let kept = |person: Option<PersonId>, id: String| {
        let (house, browser) = (&house, &browser);
        async move { house.identity.kept_form(&house.firm, browser, person.as_ref(), &id).await.is_some() }
    };
    let id = house.identity.keep_form(&house.firm, &browser, Some(&omar), typed.clone(), Notice::SignIn).await.unwrap();
    assert!(kept(Some(omar.clone()), id.clone()).await);
    assert!(!kept(Some(ben), id.clone()).await);
    assert!(!kept(None, id).await);
    // a session that ended meanwhile loses nothing of what was typed
    let id = house.identity.keep_form(&house.firm, &browser, None, typed, Notice::SignIn).await.unwrap();
    assert!(kept(Some(omar), id).await);
}
