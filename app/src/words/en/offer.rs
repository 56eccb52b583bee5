//! What the page of one offer says by itself.

use offer::lifecycle::Ending;

use super::{event, status};

macro_rules! says { ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => { $($(#[$doc])* pub const $name: &str = $text;)* }; }

says! {
    /// Over the forms.
    YOUR_TURN = "What you can do";
    /// A mark.
    HELD = "on hold";
    /// A mark.
    NOT_DELIVERED = "not delivered";
    /// A notice.
    HELD_TITLE = "The letter is on hold and cannot be accepted for now.";
    /// A notice, and a line of the letter.
    MAIL_FAILED = "The mail system did not take the letter.";
    /// A notice, and a line of the letter.
    MAIL_BOUNCED = "The mail came back.";
    /// What to do about it.
    MAIL_HELP = "If the address is wrong, correct it: approvals stand. Then send the letter again.";
    /// Under the reason of a rejection.
    REJECTED_NEXT = "Change what the reason is about, then submit it again. Approvals of what stays as it was come back with it.";
    /// A line of the letter.
    MAIL_ON_ITS_WAY = "On its way to the mail system.";
    /// A line of the letter.
    NOT_VIEWED = "Not opened yet.";

    /// A draft.
    REVIEW_AND_SUBMIT = "Review and submit";
    /// A draft.
    GO_ON_WRITING = "Go on writing";

    /// A question of many forms.
    WHY = "Why?";

    /// The box of an approval.
    APPROVE_COMMENT = "Anything to say with it? (optional)";
    /// Button.
    APPROVE = "Approve";
    /// A way.
    RETURN = "Return it with a question";
    /// What it means.
    RETURN_MEANS = "The recruiter is asked, and your clock pauses until the answer is there.";
    /// The box.
    RETURN_LABEL = "Your question";
    /// Button.
    RETURN_DO = "Return with this question";
    /// A way.
    REJECT = "Reject it";
    /// What it means.
    REJECT_MEANS = "The offer becomes a draft again, and the recruiter reads your reason. Once it is submitted again, you are asked again, and approvals of what stays as it was come back.";
    /// Button.
    REJECT_DO = "Reject";
    /// The box of an answer.
    ANSWER_LABEL = "Your answer";
    /// Button.
    ANSWER_DO = "Answer";
    /// Button.
    ANSWER_CANDIDATE = "Answer the candidate";
    /// Over a question.
    CANDIDATE_ASKS = "The candidate asks";
    /// A way.
    COMMENT = "Write a comment to colleagues";
    /// What it means.
    COMMENT_WHO = "Your colleagues who see this offer read it. The candidate and the client do not.";
    /// The box.
    COMMENT_LABEL = "Comment";
    /// Button.
    COMMENT_DO = "Add the comment";

    /// A way, and the title of its page.
    RECORD_VERBAL = "Record the verbal offer";
    /// Under the title.
    VERBAL_LEAD = "What was said to the candidate and what came back. Every term that was said before it was approved, or otherwise than it was, counts as an exception.";
    /// A box.
    WHEN_SPOKEN = "When was it said?";
    /// A box.
    RESPONSE = "What did the candidate say?";
    /// A group of boxes.
    SPOKEN = "Terms that were spoken";
    /// Help.
    SPOKEN_HINT = "Pay as it stands in the offer; change it if another amount was said. Fill in whatever else was said, and leave out what was not.";
    /// A box, and a line.
    EXPECTATION = "What the candidate expects";
    /// A box, and a line.
    COMPETING_OFFER = "Another offer the candidate has";
    /// A box, and a line.
    COMPETING_DEADLINE = "Deadline of the other offer";
    /// A box, and a line.
    NOTES = "Notes";
    /// Button.
    RECORD_VERBAL_DO = "Record it";

    /// A way, and the title of its page.
    PROPOSE = "Propose a change";
    /// Under the title.
    PROPOSE_LEAD = "Change what should change and leave the rest as it stands. Nothing is changed until somebody adopts it.";
    /// A box.
    WHO_ASKS = "Who asks for it?";
    /// A choice.
    CANDIDATE_ASKED = "The candidate";
    /// A choice.
    WE_ASKED = "The firm or the client";
    /// The same for whoever may adopt it.
    PROPOSE_AND_ADOPT_LEAD = "Change what should change and leave the rest as it stands. Next you see who would be asked again, and adopt it there.";
    /// Button.
    PROPOSE_DO = "Propose it";
    /// After a proposal.
    NOT_ADOPTED_YET = "Nothing is changed yet. It changes once it is adopted.";
    /// After a proposal.
    GO_ON_ADOPTING = "See who would be asked again, and adopt it";
    /// A way, and the title of its page.
    ADOPT = "Adopt or adjust the change";
    /// Under the title.
    ADOPT_LEAD = "It makes a new version. Approvals that it touches are asked again, and the letter of the old version can no longer be signed.";
    /// Over who is asked again.
    ADOPT_EFFECT = "If it is adopted as it was asked:";
    /// Over the boxes, when what was asked for has no figures.
    ADOPT_WISH = "It was asked for in words alone. Type what you agree to into the boxes below; what you leave as it stands does not change.";
    /// Button.
    ADOPT_DO = "Adopt as a new version";
    /// A way.
    REFUSE = "Refuse the change";
    /// What it means.
    REFUSE_MEANS = "The offer stays as it is. A candidate who asked for it is told that by mail, without your reason.";
    /// Button.
    REFUSE_DO = "Refuse";
    /// A move of a negotiation.
    REFUSED = "Refused";
    /// Over a proposal.
    CANDIDATE_WANTS = "The candidate asks for a change";
    /// Over a proposal.
    CHANGE_PROPOSED = "A proposed change";
    /// What became of a proposal.
    OPEN = "Not decided yet.";

    /// Before the way to the letter.
    SEND_LEAD = "Everyone has approved. Read the letter once, then send it.";
    /// Before the way to the letter, when it would not say what was told.
    SEND_DIFFERENT_LEAD = "Everyone has approved. It can be sent as it is only with a reason for each difference.";
    /// A way.
    MEND_ADDRESS = "Correct the email address";
    /// Before the way to the letter, when it went out before.
    SEND_AGAIN_LEAD = "The letter did not reach the candidate. Read it once more, then send it again.";
    /// A way.
    READ_AND_SEND = "Read the letter and send it";
    /// A heading.
    SEND_TITLE = "Send the letter";
    /// Under the heading.
    SEND_MEANS = "The candidate gets an invitation by email. The letter says by when to accept.";
    /// Button.
    SEND = "Send the letter";
    /// Button.
    PREVIEW = "Show the letter with this accept-by";
    /// A heading.
    NEW_FINDINGS = "Found since it was submitted";
    /// A notice.
    LETTER_INCOMPLETE = "The letter cannot be made yet. These are missing:";
    /// What to do.
    LETTER_INCOMPLETE_WHY = "Propose a change that fills them in, then adopt it.";
    /// A box.
    ACCEPT_BY = "Accept by";
    /// Help.
    ACCEPT_BY_HINT = "Date and local time, as printed in the letter.";
    /// A box.
    ZONE = "In which time zone?";
    /// Button.
    RELEASE = "Release the letter";
    /// What it means.
    RELEASE_MEANS = "The letter is on hold. Once released, the candidate can accept it again.";
    /// A way.
    HOLD = "Put the letter on hold";
    /// What it means.
    HOLD_MEANS = "The candidate still reads the letter but cannot accept it until it is released.";
    /// Button.
    HOLD_DO = "Put on hold";
    /// A way.
    MOVE_ACCEPT_BY = "Move the accept-by time";
    /// What it means.
    MOVE_ACCEPT_BY_MEANS = "A new letter with the new time replaces the one the candidate has.";
    /// Button.
    MOVE_ACCEPT_BY_DO = "Move it";

    /// A way.
    REOPEN = "Reopen it as a draft";
    /// What it means.
    REOPEN_MEANS = "The terms are kept. It needs to be submitted and approved again.";
    /// Button.
    REOPEN_DO = "Reopen";
    /// A way.
    DECLINE = "The candidate declined";
    /// What it means.
    DECLINE_MEANS = "Record it on the candidate's word. The offer ends; it can be reopened.";
    /// A box.
    DECLINE_PRIMARY = "Main reason";
    /// A box.
    DECLINE_SECONDARY = "Another reason (optional)";
    /// A box.
    DECLINE_NOTE = "In the candidate's words (optional)";
    /// Button.
    DECLINE_DO = "Record that the candidate declined";
    /// A way.
    WITHDRAW = "The candidate is no longer available";
    /// What it means.
    WITHDRAW_MEANS = "The offer ends; it can be reopened.";
    /// Button.
    WITHDRAW_DO = "Record it";
    /// A way.
    CANCEL = "Cancel the offer";
    /// What it means.
    CANCEL_MEANS = "The offer ends before it was sent. This cannot be taken back.";
    /// Button.
    CANCEL_DO = "Cancel the offer";
    /// A way.
    ASK_RESCISSION = "Ask to rescind the offer";
    /// What it means.
    ASK_RESCISSION_MEANS = "The offer was sent, so ending it needs the agreement of others, and may have legal consequences. Nothing ends until they agree.";
    /// Button.
    ASK_RESCISSION_DO = "Ask to rescind";
    /// What it means.
    AGREE_RESCISSION_MEANS = "Once everyone asked has agreed, the offer ends and the candidate is told. This cannot be taken back.";
    /// Over the form that sends.
    CANNOT_BE_SIGNED_YET = "The candidate cannot sign this letter yet";
    /// Button.
    AGREE_RESCISSION_DO = "Agree to rescind";
    /// A way.
    DROP_RESCISSION = "Drop the request to rescind";
    /// What it means.
    DROP_RESCISSION_MEANS = "The offer stays as it is.";
    /// Button.
    DROP_RESCISSION_DO = "Drop the request";
    /// A way.
    NOT_START = "The person will not start";
    /// What it means.
    NOT_START_MEANS = "The offer ends and the opening is free again. This cannot be taken back.";
    /// A box.
    NOT_START_BY = "Whose decision was it?";
    /// Button.
    NOT_START_DO = "Record that the person did not start";

    /// Button.
    CONFIRM_START_DO = "Confirm the start";
    /// A box.
    FIRST_DAY = "First day at work";
    /// Button.
    START_DO = "Record that the person started";
    /// A way.
    MOVE_START = "Move the start";
    /// What it means.
    MOVE_START_MEANS = "Hand-offs that carry the start have to be acknowledged again.";
    /// A box.
    NEW_START = "New start date";
    /// Button.
    MOVE_START_DO = "Move the start";
    /// A box.
    CONTINGENCY_STATE = "How does it stand?";
    /// A box.
    EVIDENCE = "What shows it?";
    /// Help.
    EVIDENCE_HINT = "Like a report number and its date. For a waiver, who allowed it and why.";
    /// Button.
    RESOLVE_DO = "Record it";

    /// A heading.
    TERMS = "Terms";
    /// A mark.
    EXCEPTION = "With a reason";
    /// A heading.
    ROUTE = "Approvals";
    /// A step's state.
    STEP_LATER = "Later";
    /// A step's state.
    STEP_RETURNED = "Waiting for an answer";
    /// A heading.
    CONVERSATION = "With the candidate";
    /// A heading.
    QUESTION = "The candidate asked";
    /// A line.
    NO_ANSWER = "Not answered yet.";
    /// A heading.
    LETTERS = "Letters";
    /// A link.
    READ_LETTER = "Read it";
    /// A link.
    PDF = "PDF";
    /// A heading.
    AFTER = "Toward the first day";
    /// A heading.
    CONTINGENCIES = "Contingencies";
    /// A heading.
    HISTORY = "History";
    /// A heading.
    DAYS_IN_STAGES = "Days in each stage";

    /// A field of a hand-off without a value.
    EMPTY = "not given";
    /// A term without a value, within a sentence.
    EMPTY_VALUE = "empty";
    /// A box.
    REFERENCE = "Reference in your own system (optional)";
    /// Help.
    REFERENCE_HINT = "Like a ticket or employee number.";
    /// Button.
    ACKNOWLEDGE = "Acknowledge: we have what we need";
}

/// An approved offer whose letter was asked to be sent.
pub const ON_ITS_WAY: &str = "Everyone has approved. The letter is on its way to the candidate.";
/// Where an offer stands whose letter would not say what was told.
pub const NOT_WHAT_WAS_TOLD: &str = "Everyone has approved. The letter would not say yet what the candidate was told.";
/// Where an offer stands while a change is undecided.
pub const CHANGE_UNDECIDED: &str = "Everyone has approved. A change was asked for, and is to be decided before the letter goes out.";
/// Where an offer stands that somebody else has to go on with before its approvers can.
pub const NOT_WITH_APPROVERS: &str = "This offer is in review.";
/// Where an offer stands whose letter the mail system did not take.
pub const NOT_REACHED: &str = "Everyone has approved. The letter did not reach the candidate.";
/// Where an offer stands whose letter came back.
pub const SENT_NOT_REACHED: &str = "The letter was sent, and it did not reach the candidate.";

/// Beside the box for the pay: "Its band: $54.00 to $68.00, middle $61.00."
pub fn band_is(band: &str) -> String {
    format!("Its band: {band}.")
}

/// "Opening 2 of 3".
pub fn opening_of(seat: u32, of: u32) -> String {
    format!("opening {seat} of {of}")
}

/// What has to be complete before the candidate can sign.
pub fn signable_once(names: &[String]) -> String {
    format!("The letter says what was offered; it can be signed once this is complete: {}.", names.join(", "))
}

/// An offer by its number and whose it is.
pub fn whose(number: &str, candidate: &str) -> String {
    if candidate.is_empty() { number.to_owned() } else { format!("{number}, {candidate}") }
}

/// A version.
pub fn version(version: u32) -> String {
    format!("version {version}")
}

/// Over a decision.
pub fn your_decision(step: &str, version: u32) -> String {
    format!("Your decision as {step}, on version {version}")
}

/// Over a question.
pub fn asks(step: &str) -> String {
    format!("{step} asks")
}

/// How it ended, in the words of those who ended it.
pub fn ending(ending: &Ending) -> String {
    match ending {
        Ending::Declined { primary, secondary, note, written } => {
            let mut said = vec![status::decline_reason(*primary).to_owned()];
            said.extend(secondary.map(|reason| status::decline_reason(reason).to_owned()));
            let when = if *written { "" } else { " Nothing had been written to the candidate." };
            let note = note.as_ref().map(|note| format!(" \"{}\"", event::kept(note))).unwrap_or_default();
            format!("{}.{note}{when}", said.join("; "))
        }
        Ending::Reasoned(reason) => event::kept(reason),
        Ending::Expired => String::new(),
        Ending::NotStarted { by, reason } => format!("{}: {}", status::not_started_by(*by), event::kept(reason)),
    }
}

/// What happened before what stands open.
pub fn older(count: usize) -> String {
    format!("Show the {count} entries before")
}

/// A request to rescind.
pub fn rescission_asked(by: &str, at: &str) -> String {
    format!("{by} asked to rescind this offer on {at}.")
}

/// What a request to rescind leaves open while the letter is with the candidate.
pub const RESCISSION_LEAVES_OPEN: &str = "The candidate can still sign until everyone has agreed. To prevent that, put the letter on hold.";

/// Who has agreed to it.
pub fn agreed(role: &str, by: &str) -> String {
    format!("{role}: {by} agreed.")
}

/// Nobody has agreed for a role.
pub fn not_yet_agreed(role: &str) -> String {
    format!("{role}: not yet.")
}

/// Nobody can agree for a role any more.
pub fn nobody_left_to_agree(role: &str) -> String {
    format!(
        "{role}: not yet, and nobody is left who can. One person agrees once, and not to what they asked for: an administrator can give the role to somebody else."
    )
}

/// An accept-by with its zone.
pub fn accept_by(local: &str, zone: &str) -> String {
    format!("To be accepted by {local}, {zone}.")
}

/// A letter.
pub fn letter_of(version: u32) -> String {
    format!("Letter of version {version}")
}

/// A letter that was replaced.
pub fn replaced_letter_of(version: u32) -> String {
    format!("Letter of version {version}, replaced")
}

/// What became of the letter that the candidate has, while none is open.
pub fn no_longer_signed(version: u32) -> String {
    format!(
        "The letter of version {version} can no longer be signed, and the candidate's page says that a new one is being prepared. The next letter is sent once the approvals stand."
    )
}

/// When the mail system took it.
pub fn handed_over(at: &str) -> String {
    format!("The mail system took it on {at}.")
}

/// When the candidate opened it.
pub fn viewed(at: &str) -> String {
    format!("First opened on {at}.")
}

/// A conversation.
pub fn verbal_said(response: &str) -> String {
    format!("Verbal offer: {}", response.to_lowercase())
}

/// When it was said and recorded.
pub fn spoken(said: &str, recorded: &str) -> String {
    format!("Said on {said}, recorded on {recorded}")
}

/// In which zone a time is typed.
pub fn when_spoken_hint(zone: &str) -> String {
    format!("In your own time zone, {zone}.")
}

/// When a question was answered.
pub fn answered(at: &str) -> String {
    format!("Answered on {at}")
}

/// Who did something, and when.
pub fn by_at(by: &str, at: &str) -> String {
    format!("{by}, {at}")
}

/// A proposal that was adopted.
pub fn adopted(version: u32) -> String {
    format!("Adopted as version {version}.")
}

/// A proposal that was refused.
pub fn refused(reason: &str) -> String {
    format!("Refused: {reason}")
}

/// What a term stands at before a change.
pub fn stood_at(value: &str) -> String {
    if value.is_empty() { "Empty until now.".to_owned() } else { format!("Until now: {value}.") }
}

/// Over a draft that came back: "Rejected by Isaac Bloom (HR business partner), today 3:00 PM".
pub fn rejected_by(by: &str, step: &str, when: &str) -> String {
    if by.is_empty() { format!("Rejected as {step}, {when}") } else { format!("Rejected by {by} ({step}), {when}") }
}

/// Why a finding goes ahead.
pub fn goes_ahead(label: &str, reason: &str) -> String {
    if reason.is_empty() { format!("{label}. There is no reason to read.") } else { format!("{label}. Reason given: {reason}") }
}

/// An exception in the history.
pub fn exception(label: &str, fact: &str, reason: &str) -> String {
    if reason.is_empty() { format!("{label}: {fact}") } else { format!("{label}: {fact} Reason given: {reason}") }
}

/// A step's state.
pub fn step_open(due: &str) -> String {
    format!("Asked, due {due}")
}

/// A step's state.
pub fn step_late(due: &str) -> String {
    format!("Asked, was due {due}")
}

/// A step's state.
pub fn step_approved(version: u32) -> String {
    format!("Approved, version {version}")
}

/// Who asked what, as far as it is shown.
pub fn asked(who: &str, question: &str) -> String {
    said([who, ""], question)
}

/// Who approved, when, and with which words, as far as it is shown.
pub fn approved_by(by: &str, at: &str, comment: &str) -> String {
    said([by, at], comment)
}

fn said(who_and_when: [&str; 2], text: &str) -> String {
    let who_and_when = who_and_when.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    match (who_and_when.is_empty(), text.is_empty()) {
        (_, true) => who_and_when,
        (true, false) => format!("\"{text}\""),
        (false, false) => format!("{who_and_when}: \"{text}\""),
    }
}

/// Before the button that confirms the start.
pub fn confirm_start(day: &str) -> String {
    format!("The start in the offer is {day}.")
}

/// A line.
pub fn start_confirmed(day: &str) -> String {
    format!("The start on {day} is confirmed.")
}

/// A way.
pub fn resolve(name: &str) -> String {
    format!("{name}: record the result")
}

/// A way.
pub fn take_over(recipient: &str) -> String {
    format!("Take over: {recipient}")
}

/// A title.
pub fn hand_off_to(recipient: &str) -> String {
    format!("Hand-off to {recipient}")
}

/// A hand-off's state.
pub fn acknowledged(by: &str, at: &str) -> String {
    format!("Acknowledged by {by} on {at}")
}

/// A hand-off's state.
pub fn is_due(role: &str, due: &str) -> String {
    format!("{role}, due {due}")
}

/// A hand-off's state.
pub fn was_due(role: &str, due: &str) -> String {
    format!("{role}, was due {due}")
}
