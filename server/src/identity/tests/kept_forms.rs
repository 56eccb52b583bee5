//! Kept forms.

use app::desk::Notice;

use super::house::{House, browser};

fn fields(pairs: &[(&str, &str)]) -> Vec<(String, String)> {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

#[tokio::test]
async fn a_refused_form_comes_back_to_the_browser_that_sent_it_for_an_hour() {
    let house = House::open().await;
    let browser = browser();
    let typed = fields(&[("pay.base", "62,5O"), ("password", "lake under nine stones")]);
    let id = house.identity.keep_form(&house.firm, &browser, typed, Notice::SignIn).await.unwrap();
    let kept = house.identity.kept_form(&house.firm, &browser, &id).await;
    assert_eq!(kept, Some((fields(&[("pay.base", "62,5O"), ("password", "")]), Notice::SignIn)), "as typed, without the password");
    assert_eq!(house.identity.kept_form(&house.firm, &self::browser(), &id).await, None);
    assert_eq!(house.identity.kept_form(&house.firm, &browser, "lost").await, None);
    house.wait_seconds(3600);
    assert_eq!(house.identity.kept_form(&house.firm, &browser, &id).await, None);
}
