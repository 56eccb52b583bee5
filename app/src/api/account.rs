//! One's own sign-in: the second step, the password, sessions, and showing again who one is.

use super::form::{answered, answered_with_cookie, form, own_path, path_part};
use super::identity::percent;
use crate::desk::{Answer, SessionCookie};
use crate::viewer::{browser, desk};

const ACCOUNT: &str = "/account";
const SECOND_FACTOR: &str = "/account/second-factor";
const RECOVERY_CODES: &str = "/account/recovery-codes";

/// The page that asks again who somebody is, and leads on to `to`.
pub fn prove_first(to: &str) -> String {
    format!("/account/prove?to={}", percent(to))
}

fn leading_to(answer: Answer<SessionCookie>, to: Option<String>) -> Answer<SessionCookie> {
    answer.map(|mut cookie| {
        cookie.go_to = to.unwrap_or(cookie.go_to);
        cookie
    })
}

form!(
    /// Takes the code of the second step, and leads to the page that asked for the sign-in.
    second_step at "identity/second-step" (code, to);
    |sent| {
        let answer = match desk() {
            Some(desk) => desk.second_step(&code, &browser()).await,
            None => Answer::Unavailable,
        };
        let wanted = own_path(&to);
        let page = wanted.as_ref().map_or_else(|| "/sign-in/code".to_owned(), |to| format!("/sign-in/code?to={}", percent(to)));
        answered_with_cookie(leading_to(answer, wanted), sent, &page).await
    }
);

form!(
    /// Mails a link to whoever forgot their password.
    forgot at "identity/forgot" (email);
    |sent| {
        let answer = match desk() {
            Some(desk) => desk.forgot_password(&email, &browser()).await,
            None => Answer::Unavailable,
        };
        answered(answer, sent, "/sign-in/forgot", |()| "/sign-in/forgot?mailed=yes".to_owned()).await
    }
);

form!(
    /// Changes the password.
    change_password at "account/password" (current_password, password);
    |sent| {
        let answer = match desk() {
            Some(desk) => desk.change_password(&current_password, &password, &browser()).await,
            None => Answer::Unavailable,
        };
        answered_with_cookie(leading_to(answer, Some("/account?done=password".to_owned())), sent, ACCOUNT).await
    }
);

form!(
    /// Ends another session.
    end_session at "account/end-session" (session);
    |sent| {
        let answer = match desk() {
            Some(desk) => desk.end_session(&session, &browser()).await,
            None => Answer::Unavailable,
        };
        answered(answer, sent, ACCOUNT, |()| "/account#sessions".to_owned()).await
    }
);

form!(
    /// Ends every session.
    sign_out_everywhere at "account/sign-out-everywhere" ();
    |sent| {
        let answer = match desk() {
            Some(desk) => desk.sign_out_everywhere(&browser()).await,
            None => Answer::Unavailable,
        };
        answered_with_cookie(answer, sent, ACCOUNT).await
    }
);

form!(
    /// Begins to set up a second factor.
    begin_second_factor at "account/second-factor/begin" ();
    |sent| {
        let answer = match desk() {
            Some(desk) => desk.begin_second_factor(&browser()).await,
            None => Answer::Unavailable,
        };
        answered(answer, sent, SECOND_FACTOR, |id| format!("{SECOND_FACTOR}?set-up={}", path_part(id))).await
    }
);

form!(
    /// Takes the first code of a second factor.
    confirm_second_factor at "account/second-factor/confirm" (set_up, code);
    |sent| {
        let answer = match desk() {
            Some(desk) => desk.confirm_second_factor(&set_up, &code, &browser()).await,
            None => Answer::Unavailable,
        };
        answered_with_cookie(answer, sent, &format!("{SECOND_FACTOR}?set-up={}", path_part(&set_up))).await
    }
);

form!(
    /// Takes one's own second factor away.
    remove_second_factor at "account/second-factor/remove" ();
    |sent| {
        let answer = match desk() {
            Some(desk) => desk.remove_second_factor(&browser()).await,
            None => Answer::Unavailable,
        };
        answered_with_cookie(answer, sent, ACCOUNT).await
    }
);

form!(
    /// Makes new recovery codes.
    make_recovery_codes at "account/recovery-codes/make" ();
    |sent| {
        let answer = match desk() {
            Some(desk) => desk.make_recovery_codes(&browser()).await,
            None => Answer::Unavailable,
        };
        answered(answer, sent, RECOVERY_CODES, |id| format!("{RECOVERY_CODES}?made={}", path_part(id))).await
    }
);

form!(
    /// Recovery codes are written down.
    keep_recovery_codes at "account/recovery-codes/kept" (made);
    |sent| {
        let answer = match desk() {
            Some(desk) => desk.recovery_codes_kept(&made, &browser()).await,
            None => Answer::Unavailable,
        };
        answered(answer, sent, RECOVERY_CODES, |()| ACCOUNT.to_owned()).await
    }
);

form!(
    /// Shows again who one is, and leads back to what was about to be done.
    prove at "account/prove" (password, code, to);
    |sent| {
        let answer = match desk() {
            Some(desk) => desk.prove(&password, &code, &browser()).await,
            None => Answer::Unavailable,
        };
        let wanted = own_path(&to).unwrap_or_else(|| ACCOUNT.to_owned());
        let page = prove_first(&wanted);
        answered_with_cookie(leading_to(answer, Some(wanted)), sent, &page).await
    }
);
