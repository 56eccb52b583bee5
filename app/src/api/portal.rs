//! The way in from a mail: a code, what it opens, and out again. For candidates, clients and approvers alike.

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
        let answer = answer.map(|cookie| SessionCookie { go_to: code_page(&area, &token), ..cookie });
        let page = if token.is_empty() { code_page(&area, &token) } else { link_page(&area, &token) };
        answered_with_cookie(answer, sent, &page).await
    }
);

form!(
    /// Opens with a code what was asked for, typed or pasted with whatever stands between its signs.
    open at "portal/open" (area, token, code, shared);
    |sent| {
        let code: String = code.chars().filter(|sign| sign.is_alphanumeric()).collect();
        let answer = match desk() {
            _ if code.is_empty() => Answer::Problems(vec![missing("code")]),
            Some(desk) => desk.open_with_code(&code, shared != "yes", &browser()).await,
            None => Answer::Unavailable,
        };
        // an approver has no page but the one behind the link
        let answer = answer.map(|cookie| if area == "a" { SessionCookie { go_to: link_page(&area, &token), ..cookie } } else { cookie });
        answered_with_cookie(answer, sent, &code_page(&area, &token)).await
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

/// The area that a form stood in: the client's, the approver's, or else the candidate's.
fn area_part(area: &str) -> &'static str {
    match area {
        "c" => "c",
        "a" => "a",
        _ => "o",
    }
}

/// The page of a link.
pub(super) fn link_page(area: &str, token: &str) -> String {
    format!("/{}/i/{}", area_part(area), path_part(token))
}

/// The page that takes a code. An approver's stands below the link: there is no session that would know where to go on to.
fn code_page(area: &str, token: &str) -> String {
    match area_part(area) {
        "a" => format!("{}/code", link_page(area, token)),
        part => format!("/{part}/code"),
    }
}

/// A question of a form that was left open.
pub(super) fn missing(name: &'static str) -> Problem {
    Problem { field: FieldKey::named(name), fault: Fault::Missing { gate: Gate::Submit } }
}
