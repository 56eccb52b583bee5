//! What is spoken, asked, proposed and adopted.

use offer::id::{ProposalId, QuestionId};
use offer::lifecycle::{Command, VerbalResponse};

use crate::api::form::{act, act_from, command, form, offer_path, path_part};
use crate::api::read::{self, Read};
use crate::boxes;
use crate::desk::Asked;

form!(
    /// Records what was spoken to the candidate.
    verbal at "offers/verbal" (offer, occurred_at, response, expectation, competing_offer, competing_deadline, notes) groups (fields, codes);
    |sent| {
        let asked = || -> Read<Asked> {
            Ok(Asked::Verbal {
                occurred_at,
                spoken: boxes::entries(fields, &codes),
                response: read::choice("response", &response, VerbalResponse::parse)?,
                expectation,
                competing_offer,
                competing_deadline: read::some_day("competing_deadline", &competing_deadline)?,
                notes,
            })
        };
        let page = offer_path(&offer);
        act_from(&format!("{page}/verbal"), &page, &offer, sent, asked()).await
    }
);

form!(
    /// Proposes a change of terms, as typed; what is typed as it stands is no change.
    propose at "offers/propose" (offer, version, why, evidence, asked_by, letter) groups (fields, codes);
    |sent| {
        let page = offer_path(&offer);
        let asked = read::version(&version).map(|version| Asked::Propose {
            version,
            typed: boxes::entries(fields, &codes),
            why,
            evidence,
            for_candidate: asked_by == "candidate",
            hold_letter: letter == "hold",
        });
        act_from(&format!("{page}/change"), &page, &offer, sent, asked).await
    }
);

form!(
    /// Adopts a proposal, adjusted or as it is: a new version.
    adopt at "offers/adopt" (offer, proposal, version, why) groups (fields, codes, reasons);
    |sent| {
        let page = offer_path(&offer);
        let back = format!("{page}/change/{}", path_part(&proposal));
        let asked = || -> Read<Asked> {
            Ok(Asked::Adopt {
                proposal: read::id(&proposal, ProposalId::parse)?,
                version: read::version(&version)?,
                typed: boxes::entries(fields, &codes),
                why,
                reasons: read::reasons(&reasons),
            })
        };
        act_from(&back, &page, &offer, sent, asked()).await
    }
);

form!(
    /// Refuses a proposal; nothing changes.
    refuse_proposal at "offers/refuse-proposal" (offer, proposal, reason);
    |sent| act(&offer, sent, read::id(&proposal, ProposalId::parse).and_then(|proposal| command(Command::RefuseProposal { proposal, reason }))).await
);

form!(
    /// Answers a question of the candidate.
    answer_question at "offers/answer-question" (offer, question, text);
    |sent| act(&offer, sent, read::id(&question, QuestionId::parse).and_then(|question| command(Command::AnswerQuestion { question, text }))).await
);
