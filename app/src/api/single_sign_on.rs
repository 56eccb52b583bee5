//! Signing in at the identity provider of the firm.

use super::form::{answered, answered_with_cookie, form, own_path, path_part};
use super::identity::percent;
use crate::desk::{Answer, SsoWants};
use crate::viewer::{browser, desk};

form!(
    /// Begins to ask the provider, and leads to the page that leads there: a form of ours may not lead to another site (`form-action`).
    begin_single_sign_on at "identity/sso/begin" (wants, to);
    |sent| {
        let wanted = own_path(&to).unwrap_or_default();
        let answer = match (desk(), SsoWants::named(&wants)) {
            (Some(desk), Some(wants)) => desk.begin_single_sign_on(wants, &wanted, &browser()).await,
            (None, _) => Answer::Unavailable,
            (_, None) => Answer::NotFound,
        };
        let page = match SsoWants::named(&wants) {
            Some(SsoWants::Link) => "/account".to_owned(),
            Some(SsoWants::Prove) => format!("/account/prove?to={}", percent(&wanted)),
            _ => format!("/sign-in?to={}", percent(&wanted)),
        };
        answered(answer, sent, &page, Clone::clone).await
    }
);

form!(
    /// Links whom the provider vouched for.
    link_single_sign_on at "identity/sso/link" (found);
    |sent| {
        let answer = match desk() {
            Some(desk) => desk.link_single_sign_on(&found, &browser()).await,
            None => Answer::Unavailable,
        };
        answered_with_cookie(answer, sent, &format!("/sign-in/sso?found={}", path_part(&found))).await
    }
);

form!(
    /// Takes one's own link away.
    unlink_single_sign_on at "account/sso/unlink" ();
    |sent| {
        let answer = match desk() {
            Some(desk) => desk.unlink_single_sign_on(&browser()).await,
            None => Answer::Unavailable,
        };
        answered_with_cookie(answer, sent, "/account").await
    }
);
