//! A demo's forms: be somebody, and open somebody's invitation. Elsewhere they answer that there is no such thing.

use offer::id::{OfferId, PersonId};

use super::form::{answered, answered_with_cookie, form, own_path};
use crate::desk::{Answer, DemoGuest};
use crate::viewer::{browser, desk};

/// The page that says who to be.
const PAGE: &str = "/demo";

form!(
    /// Signs in as somebody of the demo firm, and leads to what there is to try.
    be at "demo/be" (person, to);
    |sent| {
        let answer = match (desk(), PersonId::parse(&person)) {
            (Some(desk), Some(person)) => desk.be(&person, &browser()).await,
            (Some(_), None) => Answer::NotFound,
            (None, _) => Answer::Unavailable,
        };
        let answer = answer.map(|mut cookie| {
            cookie.go_to = own_path(&to).unwrap_or(cookie.go_to);
            cookie
        });
        answered_with_cookie(answer, sent, PAGE).await
    }
);

form!(
    /// Opens the invitation of a candidate, or of a client's person, as the link in their mail does.
    invite at "demo/invite" (offer, person);
    |sent| {
        let guest = OfferId::parse(&offer).map(DemoGuest::Candidate).or_else(|| PersonId::parse(&person).map(DemoGuest::Client));
        let answer = match (desk(), guest) {
            (Some(desk), Some(guest)) => desk.demo_invitation(&guest).await,
            (Some(_), None) => Answer::NotFound,
            (None, _) => Answer::Unavailable,
        };
        answered(answer, sent, PAGE, Clone::clone).await
    }
);
