//! What whoever came by the link of a mail does with the step that it asks for. Step and version are the link's, not the form's.

use super::form::{Sent, answered_with_cookie, form};
use super::portal::link_page;
use super::read;
use crate::desk::{Answer, MailedDecision, SessionCookie};
use crate::viewer::{browser, desk};

form!(
    /// Approves, with ranges where an end of one was typed.
    approve at "mailed/approve" (token, comment) groups (lowest, highest);
    |sent| {
        let decision = MailedDecision::Approve { comment, lowest: read::entries(lowest), highest: read::entries(highest) };
        decide(&token, sent, decision).await
    }
);

form!(
    /// Asks before deciding: the step goes back to the recruiter.
    ask at "mailed/ask" (token, question);
    |sent| decide(&token, sent, MailedDecision::Ask { question }).await
);

form!(
    /// Says no.
    reject at "mailed/reject" (token, reason);
    |sent| decide(&token, sent, MailedDecision::Reject { reason }).await
);

form!(
    /// Forgets a browser in which the reader is known.
    forget at "mailed/forget" (token, id);
    |sent| {
        let answer = match desk() {
            Some(desk) => desk.forget_browser(&token, &browser(), &id).await,
            None => Answer::Unavailable,
        };
        answered_here(answer, &token, sent).await
    }
);

async fn decide(token: &str, sent: Sent, decision: MailedDecision) -> Answer<()> {
    let answer = match desk() {
        Some(desk) => desk.decide_mailed(token, &browser(), decision, &sent.once).await,
        None => Answer::Unavailable,
    };
    answered_here(answer, token, sent).await
}

/// Whatever comes of it is read on the page of the link.
async fn answered_here(answer: Answer<SessionCookie>, token: &str, sent: Sent) -> Answer<()> {
    let page = link_page("a", token);
    let answer = answer.map(|cookie| SessionCookie { go_to: page.clone(), ..cookie });
    answered_with_cookie(answer, sent, &page).await
}
