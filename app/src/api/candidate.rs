//! What a candidate does: sign, decline, ask, ask for a change.

use offer::lifecycle::{self, Command, DeclineReason};

use super::form::{Sent, answered, form};
use super::portal::missing;
use crate::desk::{Accept as Signed, Answer, Asked, Viewer};
use crate::islands::portal::answer::signed;
use crate::viewer::{desk, viewer};

/// The candidate's page of the offer.
const OFFER: &str = "/o/offer";

form!(
    /// Signs the letter that was shown.
    accept at "candidate/accept" (version, letter, consent_version, consent, typed_name);
    |sent| {
        let asked = signature(&version, &letter, &consent_version, &consent, &typed_name).map(Asked::Accept);
        act(sent, "/o/offer/accept", OFFER, asked).await
    }
);

form!(
    /// Declines.
    decline at "candidate/decline" (primary, secondary, note);
    |sent| {
        let asked = match DeclineReason::parse(&primary) {
            Some(primary) => command(Command::Decline(lifecycle::Decline { primary, secondary: DeclineReason::parse(&secondary), note })),
            None => Err(Answer::Problems(vec![missing("primary")])),
        };
        act(sent, "/o/offer/decline", OFFER, asked).await
    }
);

form!(
    /// Asks a question.
    ask at "candidate/ask" (text);
    |sent| act(sent, "/o/offer/ask", "/o/offer?said=question", command(Command::Ask { text })).await
);

form!(
    /// Asks for a change.
    request_change at "candidate/change" (why);
    |sent| act(sent, "/o/offer/change", "/o/offer?said=change", command(Command::RequestChange { why })).await
);

/// What was signed.
fn signature(version: &str, letter: &str, consent_version: &str, consent: &str, typed_name: &str) -> Result<Signed, Answer<()>> {
    signed(version, letter, consent_version, consent)
        .map(|(version, letter, consent)| Signed { version, letter, typed_name: typed_name.to_owned(), consent })
        .map_err(Answer::Refused)
}

fn command(command: Command) -> Result<Asked, Answer<()>> {
    Ok(Asked::Command(command))
}

/// Carries out what the candidate asks on the one offer that the session is for: no form names an offer.
async fn act(sent: Sent, page: &str, next: &str, asked: Result<Asked, Answer<()>>) -> Answer<()> {
    let answer = match (desk(), viewer(), asked) {
        (None, ..) => Answer::Unavailable,
        (Some(desk), viewer @ Viewer::Candidate { .. }, Ok(asked)) => {
            let Viewer::Candidate { offer, .. } = &viewer else { return Answer::SignIn };
            desk.act(&viewer, offer, asked, &sent.once).await
        }
        (_, Viewer::Candidate { .. }, Err(answer)) => answer,
        _ => Answer::SignIn,
    };
    answered(answer, sent, page, |()| next.to_owned()).await
}
