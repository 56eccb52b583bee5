//! What a client's contact does with a step that waits on them.

use offer::id::{OfferId, StepKey};
use offer::lifecycle::{Command, Refusal};

use super::form::{REJECTED, Sent, answered, carry_out, form, path_part};
use super::read;
use crate::desk::{Answer, Asked, Viewer};
use crate::viewer::{desk, viewer};

form!(
    /// Approves, with ranges where an end of one was typed.
    approve at "client/approve" (offer, step, version, comment) groups (lowest, highest);
    |sent| {
        let (lowest, highest) = (read::entries(lowest), read::entries(highest));
        let asked = at_version(&version).map(|version| Asked::Approve { step: StepKey::new(step), version, comment, lowest, highest });
        act(&offer, sent, asked).await
    }
);

form!(
    /// Asks before deciding: the step goes back to the recruiter.
    ask_back at "client/return" (offer, step, question);
    |sent| act(&offer, sent, Ok(Asked::Command(Command::Return { step: StepKey::new(step), question }))).await
);

form!(
    /// Rejects.
    reject at "client/reject" (offer, step, version, reason);
    |sent| {
        let asked = at_version(&version).map(|version| Asked::Command(Command::Reject { step: StepKey::new(step), version, reason }));
        act(&offer, sent, asked).await
    }
);

/// The version that was read. A form without one was read before any that there is.
fn at_version(version: &str) -> Result<u32, Answer<()>> {
    version.parse().map_err(|_| Answer::Refused(Refusal::MovedOn { now_at: 0, changed: Vec::new() }))
}

async fn act(offer: &str, sent: Sent, asked: Result<Asked, Answer<()>>) -> Answer<()> {
    let page = format!("/c/offers/{}", path_part(offer));
    let mut next = format!("{page}?said=decided");
    let answer = match (desk(), viewer(), OfferId::parse(offer), asked) {
        (None, ..) => Answer::Unavailable,
        (Some(desk), viewer @ Viewer::Client { .. }, Some(offer), Ok(asked)) => {
            let (answer, in_sight) = carry_out(&desk, &viewer, &offer, asked, &sent).await;
            if !in_sight {
                next = format!("/c?said={REJECTED}");
            }
            answer
        }
        (_, Viewer::Client { .. }, Some(_), Err(answer)) => answer,
        (_, Viewer::Client { .. }, None, _) => Answer::NotFound,
        _ => Answer::SignIn,
    };
    answered(answer, sent, &page, |()| next).await
}
