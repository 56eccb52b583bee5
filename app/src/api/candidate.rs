//! What a candidate does: sign, decline, ask, ask for a change.

use offer::ledger::Digest;
use offer::lifecycle::{self, Command, DeclineReason, Refusal};

use super::form::{Sent, answered, form};
use super::portal::missing;
use crate::desk::{Accept as Signed, Answer, Asked, Viewer};
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
    |sent| act(sent, "/o/offer/ask", "/o/offer?said=question#questions", command(Command::Ask { text })).await
);

form!(
    /// Asks for a change.
    request_change at "candidate/change" (why);
    |sent| act(sent, "/o/offer/change", "/o/offer?said=change#requests", command(Command::RequestChange { why })).await
);

/// What was signed. A form that names no letter names another than the one that may be signed.
fn signature(version: &str, letter: &str, consent_version: &str, consent: &str, typed_name: &str) -> Result<Signed, Answer<()>> {
    match (version.parse(), Digest::parse(letter)) {
        (Ok(version), Some(letter)) => {
            let consent = (consent == "yes").then(|| consent_version.parse().ok()).flatten();
            Ok(Signed { version, letter, typed_name: typed_name.to_owned(), consent })
        }
        _ => Err(Answer::Refused(Refusal::LetterDiffers)),
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn consent_is_given_only_by_the_ticked_box_and_only_to_the_text_that_was_shown() {
        let letter = Digest::of(b"letter").to_string();
        let consent = |ticked| signature("2", &letter, "3", ticked, "Maria Silva").map(|signed| signed.consent);
        assert_eq!(consent("yes"), Ok(Some(3)));
        assert_eq!(consent(""), Ok(None));
        assert_eq!(consent("on"), Ok(None));
    }

    #[test]
    fn a_form_without_a_letter_signs_nothing() {
        assert_eq!(signature("2", "not a digest", "3", "yes", "Maria Silva"), Err(Answer::Refused(Refusal::LetterDiffers)));
        assert_eq!(
            signature("two", &Digest::of(b"letter").to_string(), "3", "yes", "Maria Silva"),
            Err(Answer::Refused(Refusal::LetterDiffers))
        );
    }
}
