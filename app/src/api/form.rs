//! The one way in which a form is answered, with script and without.
//!
//! Without script, what is done leads on by a redirect; everything else keeps what was typed under an id and leads back to the page,
//! which shows it again with its problems. Never `set_status` here: it would replace the redirect.

use axum::http::{HeaderValue, header, request::Parts};
use leptos::prelude::*;
use leptos::server_fn::codec::JsonEncoding;
use leptos::server_fn::error::{FromServerFnError, ServerFnErrorErr};
use leptos_axum::ResponseOptions;
use offer::id::OfferId;
use offer::lifecycle::{Command, Refusal};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

use super::account::prove_first;
use crate::desk::{Answer, Asked, SessionCookie, SharedDesk, Viewer};
use crate::viewer::{browser, desk, viewer};

/// What a form's server function gives.
pub type Answered = Result<Answer<()>, Lost>;

/// A form that never reached us whole: cut off, sent twice over, or not a form. Closed, for it may stand in an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Lost {
    /// It cannot be read.
    Unreadable,
}

impl FromServerFnError for Lost {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(_: ServerFnErrorErr) -> Self {
        Self::Unreadable
    }
}

/// Answers that are never kept for the page: secrets. Their names are, so that what is wrong with one is said beside it.
const NEVER_KEPT: [&str; 4] = ["password", "password_again", "current_password", "code"];

/// A form as it was sent: which one it is, and every answer as typed.
#[derive(Clone, Debug, Default)]
pub struct Sent {
    /// The form's own key on its page: where the page shows it again.
    pub form: String,
    /// Made when the form was rendered; the same form sent twice is one act.
    pub once: String,
    /// Every answer as typed, by name.
    pub answers: Vec<(String, String)>,
}

impl Sent {
    /// Puts a form together.
    pub fn new<'a>(form: &str, once: &str, answers: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let answers = answers.into_iter().map(|(name, value)| (name, if NEVER_KEPT.contains(&name) { "" } else { value }));
        Self {
            form: form.to_owned(),
            once: once.to_owned(),
            answers: answers.map(|(name, value)| (name.to_owned(), value.to_owned())).collect(),
        }
    }

    /// Adds the answers of a group, named `group[key]` as its boxes are.
    #[must_use]
    pub fn with(mut self, group: &str, answers: &BTreeMap<String, String>) -> Self {
        self.answers.extend(answers.iter().map(|(key, value)| (format!("{group}[{key}]"), value.clone())));
        self
    }
}

/// A server function of a form: its answers are text, none of them required to arrive, and everything typed is kept if it is refused.
///
/// ```text
/// form!(
///     /// Approves a step.
///     approve at "offers/approve" (offer, step, version, comment);
///     |sent| act(&offer, sent, read::approve(&step, &version, &comment)).await
/// );
/// ```
/// Answers that come as groups (`fields[pay.base]`) stand after a second pair of parentheses and are maps.
macro_rules! form {
    ($(#[$doc:meta])* $name:ident at $endpoint:literal ($($answer:ident),* $(,)?) $(groups ($($group:ident),*))?; |$sent:ident| $body:expr) => {
        $(#[$doc])*
        #[leptos::prelude::server(endpoint = $endpoint)]
        pub async fn $name(
            #[server(default)] form: String,
            #[server(default)] once: String,
            $(#[server(default)] $answer: String,)*
            $($(#[server(default)] $group: std::collections::BTreeMap<String, String>,)*)?
        ) -> $crate::api::form::Answered {
            let $sent = $crate::api::form::Sent::new(&form, &once, [$((stringify!($answer), $answer.as_str())),*])
                $($(.with(stringify!($group), &$group))*)?;
            Ok($body)
        }
    };
}
pub(crate) use form;

/// Carries out on an offer what a form of its page asks, then shows the page.
pub async fn act(offer: &str, sent: Sent, asked: Result<Asked, Answer<()>>) -> Answer<()> {
    let page = offer_path(offer);
    act_from(&page, &page, offer, sent, asked).await
}

/// The same for a form that stands on another page than the offer's own, and leads on to `next` and what it says of what was done.
pub async fn act_from(page: &str, next: &str, offer: &str, sent: Sent, asked: Result<Asked, Answer<()>>) -> Answer<()> {
    let mut next = format!("{next}#{DONE}");
    let is_no = matches!(asked, Ok(Asked::Command(Command::Reject { .. })));
    let answer = match (desk(), viewer(), OfferId::parse(offer), asked) {
        (None, ..) => Answer::Unavailable,
        (_, Viewer::Nobody, ..) => Answer::SignIn,
        (_, _, None, _) => Answer::NotFound,
        (_, _, _, Err(answer)) => answer,
        (Some(desk), viewer, Some(offer), Ok(asked)) => {
            let (answer, in_sight) = carry_out(&desk, &viewer, &offer, asked, &sent).await;
            if !in_sight {
                next = format!("/?{DONE}={}#{DONE}", if is_no { REJECTED } else { OUT_OF_SIGHT });
            }
            answer
        }
    };
    answered(answer, sent, page, |()| next).await
}

/// Carries out what is asked of an offer; and whether its page is still there to lead on to: whoever decided may have nothing more to do with
/// it, as after a no.
pub(super) async fn carry_out(desk: &SharedDesk, viewer: &Viewer, offer: &OfferId, asked: Asked, sent: &Sent) -> (Answer<()>, bool) {
    let answer = desk.act(viewer, offer, asked, &sent.once).await;
    let in_sight = !matches!(answer, Answer::Done(())) || desk.sees(viewer, offer).await;
    (answer, in_sight)
}

/// What `done` says in the address of My work: what was done is recorded, and the offer is out of sight now.
pub const OUT_OF_SIGHT: &str = "out-of-sight";

/// The same where what was done is a no.
pub const REJECTED: &str = "rejected";

/// Where the page of an offer says what its viewer did just now.
pub const DONE: &str = "done";

/// The address of an offer's page.
pub fn offer_path(offer: &str) -> String {
    format!("/offers/{}", path_part(offer))
}

/// A command of the model as a form asks it.
pub fn command(command: Command) -> Result<Asked, Answer<()>> {
    Ok(Asked::Command(command))
}

/// Answers a form: what is done leads to `next`; anything else leads back to `page` with what was typed.
pub async fn answered<T>(answer: Answer<T>, sent: Sent, page: &str, next: impl FnOnce(&T) -> String) -> Answer<()> {
    answered_with(answer, sent, page, next).await.map(|_| ())
}

/// The same, with what was done for whoever takes no page.
pub async fn answered_with<T>(answer: Answer<T>, sent: Sent, page: &str, next: impl FnOnce(&T) -> String) -> Answer<T> {
    match &answer {
        Answer::Done(done) => leptos_axum::redirect(&next(done)),
        _ if takes_a_page() => {
            let kept = keep(sent, &answer).await;
            let back = back(page, kept);
            // what was typed waits there until somebody has shown again who they are
            let asks_first = matches!(answer, Answer::Refused(Refusal::ProveFirst));
            leptos_axum::redirect(&if asks_first { prove_first(&back) } else { back });
        }
        _ => {}
    }
    answer
}

/// Answers a form that opens or ends a session: sets the cookie and leads where it says.
pub async fn answered_with_cookie(answer: Answer<SessionCookie>, sent: Sent, page: &str) -> Answer<()> {
    if let Answer::Done(cookie) = &answer {
        set_cookie(cookie);
    }
    answered(answer, sent, page, |cookie| cookie.go_to.clone()).await
}

/// Sends the cookie of a session along with the answer.
pub fn set_cookie(cookie: &SessionCookie) {
    let value = (!cookie.set.is_empty()).then(|| HeaderValue::from_str(&cookie.set).ok()).flatten();
    if let (Some(response), Some(value)) = (use_context::<ResponseOptions>(), value) {
        response.append_header(header::SET_COOKIE, value);
    }
}

/// The way to an offer's page, or to none: an id that is no id leads nowhere else.
pub fn path_part(id: &str) -> String {
    id.chars().filter(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | '_')).take(64).collect()
}

/// A path of this site, and nothing that a browser would take for another one.
pub fn own_path(path: &str) -> Option<String> {
    let own = path.starts_with('/')
        && !path.starts_with("//")
        && path.bytes().all(|b| b.is_ascii_graphic() && !matches!(b, b'\\' | b'"' | b'<' | b'>'));
    own.then(|| path.to_owned())
}

/// Where a kept form is shown: its page, the id, and the place where the page says why.
fn back(page: &str, kept: Option<String>) -> String {
    let sign = if page.contains('?') { '&' } else { '?' };
    // what could not be kept either: the page says that nothing was done
    let id = kept.as_deref().unwrap_or("lost");
    format!("{page}{sign}kept={id}#problems")
}

/// What a form of somebody who is not signed in may hold to be kept, in bytes: whoever comes in by chance fills no disk.
const OF_NOBODY_BYTES_MAX: usize = 4_000;

async fn keep<T>(sent: Sent, answer: &Answer<T>) -> Option<String> {
    let desk: SharedDesk = desk()?;
    let form = path_part(&sent.form);
    let mut answers = sent.answers;
    let length: usize = answers.iter().map(|(name, answer)| name.len() + answer.len()).sum();
    if viewer() == Viewer::Nobody && length > OF_NOBODY_BYTES_MAX {
        return None;
    }
    answers.push((super::kept::FORM.to_owned(), form));
    let id = desk.keep_form(&viewer(), &browser(), answers, answer.notice()?).await?;
    Some(path_part(&id))
}

/// Whether a page is wanted, and not the answer itself.
fn takes_a_page() -> bool {
    use_context::<Parts>()
        .and_then(|parts| {
            parts.headers.get(header::ACCEPT).and_then(|accept| accept.to_str().ok()).map(|accept| accept.contains("text/html"))
        })
        .unwrap_or(false)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_way_back_never_leads_to_another_site() {
        for own in ["/offers", "/offers?status=draft", "/offers/0a#approve"] {
            assert_eq!(own_path(own).as_deref(), Some(own));
        }
        for other in ["//evil.example", "https://evil.example", "/\\evil.example", "/a\r\nSet-Cookie: x", "", "offers"] {
            assert_eq!(own_path(other), None, "{other}");
        }
    }

    #[test]
    fn a_password_is_never_kept() {
        let sent = Sent::new("sign-in", "1", [("email", "a@b.co"), ("password", "secret")]);
        assert_eq!(sent.answers, [("email".to_owned(), "a@b.co".to_owned()), ("password".to_owned(), String::new())]);
    }
}
