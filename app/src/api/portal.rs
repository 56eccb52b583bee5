//! The way in from a mail: a code, a session, and out again. For candidates and clients alike.

use offer::field::{FieldKey, Gate};
use offer::intake::{Fault, Problem};

use super::form::{answered_with_cookie, form, path_part};
use crate::desk::{Answer, SessionCookie};
use crate::viewer::{browser, desk};

form!(
    /// Mails a code for an invitation; without a token, for the one for which this browser asked last.
    mail_code at "portal/mail-code" (area, token);
    |sent| {
        let answer = match desk() {
            Some(desk) => desk.request_code(&token, &browser()).await,
            None => Answer::Unavailable,
        };
        // the code is entered where it was asked for: the desk does not say whether the link leads anywhere
        let answer = answer.map(|cookie| SessionCookie { go_to: format!("/{}/code", area_part(&area)), ..cookie });
        let page = if token.is_empty() { format!("/{}/code", area_part(&area)) } else { format!("/{}/i/{}", area_part(&area), path_part(&token)) };
        answered_with_cookie(answer, sent, &page).await
    }
);

form!(
    /// Opens a session with a code, typed or pasted with whatever stands between its signs.
    open at "portal/open" (area, code);
    |sent| {
        let code: String = code.chars().filter(|sign| sign.is_alphanumeric()).collect();
        let answer = match desk() {
            _ if code.is_empty() => Answer::Problems(vec![missing("code")]),
            Some(desk) => desk.open_with_code(&code, &browser()).await,
            None => Answer::Unavailable,
        };
        answered_with_cookie(answer, sent, &format!("/{}/code", area_part(&area))).await
    }
);

form!(
    /// Ends the session of this browser; the page then says how to come back.
    leave at "portal/leave" (area);
    |sent| {
        let page = if area_part(&area) == "c" { "/c" } else { "/o/offer" };
        let answer = match desk() {
            Some(desk) => {
                let mut cookie = desk.sign_out(&browser()).await;
                page.clone_into(&mut cookie.go_to);
                Answer::Done(cookie)
            }
            None => Answer::Unavailable,
        };
        answered_with_cookie(answer, sent, page).await
    }
);

/// The area that a form stood in: the client's, or else the candidate's.
fn area_part(area: &str) -> &'static str {
    if area == "c" { "c" } else { "o" }
}

/// A question of a form that was left open.
pub(super) fn missing(name: &'static str) -> Problem {
    Problem { field: FieldKey::named(name), fault: Fault::Missing { gate: Gate::Submit } }
}
