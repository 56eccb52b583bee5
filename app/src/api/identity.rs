//! Signing in, joining, signing out.

use super::form::{answered_with_cookie, form, own_path, path_part};
use crate::desk::Answer;
use crate::viewer::{browser, desk};

form!(
    /// Signs in with address and password, and leads to the page that asked for it.
    sign_in at "identity/sign-in" (email, password, to);
    |sent| {
        let answer = match desk() {
            Some(desk) => desk.sign_in(&email, &password, &browser()).await,
            None => Answer::Unavailable,
        };
        let wanted = own_path(&to);
        let answer = answer.map(|mut cookie| {
            // the second step, if there is one, leads on from there
            cookie.go_to = match &wanted {
                Some(to) if cookie.go_to == "/" => to.clone(),
                Some(to) => format!("{}?to={}", cookie.go_to, percent(to)),
                None => cookie.go_to,
            };
            cookie
        });
        let page = wanted.map_or_else(|| "/sign-in".to_owned(), |to| format!("/sign-in?to={}", percent(&to)));
        answered_with_cookie(answer, sent, &page).await
    }
);

form!(
    /// Ends the session of this browser.
    sign_out at "identity/sign-out" ();
    |sent| {
        let answer = match desk() {
            Some(desk) => Answer::Done(desk.sign_out(&browser()).await),
            None => Answer::Unavailable,
        };
        answered_with_cookie(answer, sent, "/sign-in").await
    }
);

form!(
    /// Sets the first password behind a one-time link.
    join at "identity/join" (token, name, email, password);
    |sent| {
        let answer = match desk() {
            Some(desk) => desk.join(&token, &name, &email, &password, &browser()).await,
            None => Answer::Unavailable,
        };
        answered_with_cookie(answer, sent, &format!("/join/{}", path_part(&token))).await
    }
);

/// A path as one value of a query.
pub fn percent(path: &str) -> String {
    use std::fmt::Write;
    path.bytes().fold(String::new(), |mut out, byte| {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'/' | b'-' | b'_' | b'.' | b'~') {
            out.push(char::from(byte));
        } else {
            // writing to a String never fails
            let _ = write!(out, "%{byte:02X}");
        }
        out
    })
}
