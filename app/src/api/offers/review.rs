//! What approvers do, what the recruiter answers, and comments.

use offer::id::{PersonId, StepKey};
use offer::lifecycle::{self, Command};

use crate::api::form::{act, act_from, command, form, offer_path};
use crate::api::read;
use crate::desk::Asked;

form!(
    /// Approves a step at the version that was read, with ranges where an end of one was typed.
    approve at "offers/approve" (offer, step, version, comment) groups (lowest, highest);
    |sent| {
        let asked = read::version(&version).map(|version| Asked::Approve {
            step: StepKey::new(step),
            version,
            comment,
            lowest: read::entries(lowest),
            highest: read::entries(highest),
        });
        act(&offer, sent, asked).await
    }
);

form!(
    /// Hands the decision of a step to somebody else.
    delegate at "offers/delegate" (offer, step, to, reason);
    |sent| act(&offer, sent, read::choice("to", &to, PersonId::parse).and_then(|to| command(Command::Delegate { step: StepKey::new(step), to, reason }))).await
);

form!(
    /// Approves a step over the heads of its people, at the version that was read.
    force at "offers/force" (offer, step, version, reason);
    |sent| act(&offer, sent, read::version(&version).and_then(|version| command(Command::ForceApprove { step: StepKey::new(step), version, reason }))).await
);

form!(
    /// Routes an offer anew by the playbook that was looked at.
    reroute at "offers/reroute" (offer, playbook, why) groups (reasons);
    |sent| {
        let page = offer_path(&offer);
        let reasons = read::reasons(&reasons);
        let asked = read::version(&playbook).and_then(|playbook| command(Command::Reroute(lifecycle::Reroute { playbook, why, reasons })));
        act_from(&format!("{page}/re-route"), &page, &offer, sent, asked).await
    }
);

form!(
    /// Gives a step back to the recruiter with a question.
    return_step at "offers/return" (offer, step, question);
    |sent| act(&offer, sent, command(Command::Return { step: StepKey::new(step), question })).await
);

form!(
    /// Rejects a step at the version that was read; the offer is a draft again.
    reject at "offers/reject" (offer, step, version, reason);
    |sent| act(&offer, sent, read::version(&version).and_then(|version| command(Command::Reject { step: StepKey::new(step), version, reason }))).await
);

form!(
    /// Answers a step's question.
    answer_step at "offers/answer-step" (offer, step, answer);
    |sent| act(&offer, sent, command(Command::AnswerStep { step: StepKey::new(step), answer })).await
);

form!(
    /// Writes a comment.
    comment at "offers/comment" (offer, text);
    |sent| act(&offer, sent, command(Command::Comment { text })).await
);
