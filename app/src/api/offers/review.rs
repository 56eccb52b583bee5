//! What approvers do, what the recruiter answers, and comments.

use offer::id::StepKey;
use offer::lifecycle::{self, Command};

use crate::api::form::{act, command, form};
use crate::api::read;

form!(
    /// Approves a step at the version that was read.
    approve at "offers/approve" (offer, step, version, comment);
    |sent| act(&offer, sent, read::version(&version).and_then(|version| command(Command::Approve(lifecycle::Approve { step: StepKey::new(step), version, comment, ranges: Vec::new() })))).await
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
