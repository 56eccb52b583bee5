//! What a client's contact reads: which person, from when, for how much, and what is asked of them.

use std::collections::BTreeSet;

use offer::field::FieldTable;
use offer::lifecycle::{Event, Refusal, Status};
use offer::moment::{Day, Moment};
use offer::policy::{Relation, Who};

use super::date;
use super::refusal::range_unfit;

// the list

/// The way to the list.
pub const OFFERS: &str = "All offers";

/// The head of the list: the client, where it is one.
pub fn offers_for(clients: &BTreeSet<&str>) -> String {
    match clients.first() {
        Some(client) if clients.len() == 1 => format!("Offers for {client}"),
        _ => "Offers for your accounts".to_owned(),
    }
}

/// How many wait.
pub fn offers_lead(waiting: usize) -> String {
    match waiting {
        0 => "Nothing waits on you at the moment.".to_owned(),
        1 => "One offer waits for your answer.".to_owned(),
        several => format!("{several} offers wait for your answer."),
    }
}

/// An empty list.
pub const NO_OFFERS: &str = "No offers at the moment";

/// What would bring one.
pub fn no_offers_text(firm: &str) -> String {
    format!(
        "When {firm} proposes somebody to you, the offer appears here and we write to you. An offer that you rejected comes back only if it is proposed again."
    )
}

/// The name of the pager.
pub const PAGES: &str = "More offers";

/// Which part of the list is shown.
pub fn shown(count: usize) -> String {
    format!("{count} on this page")
}

/// A person and a job.
pub fn person_for(candidate: &str, title: &str) -> String {
    if candidate.is_empty() { title.to_owned() } else { format!("{candidate}, {title}") }
}

/// When the person starts, beside where the offer stands; nothing for whoever will not.
pub fn starts(day: offer::moment::Day, status: Status) -> Option<String> {
    match status {
        Status::Started => Some(format!("First day {}", date::day(day))),
        ended if ended.is_ended() => None,
        _ => Some(format!("Starts {}", date::day(day))),
    }
}

/// From an offer of the list to its answer.
pub const DECIDE: &str = "Decide";

/// An offer that waits on the reader.
pub const WAITS_ON_YOU: &str = "Waits for your answer";

/// Where an offer stands, for the client.
pub const fn status(status: Status) -> &'static str {
    match status {
        Status::Draft => "Being prepared",
        Status::InReview => "Being approved",
        Status::Approved => "Approved, the letter goes out next",
        Status::Sent => "With the candidate",
        Status::Accepted => "Accepted",
        Status::HandedOff => "Accepted, the start is being prepared",
        Status::Started => "Started",
        Status::Declined => "The candidate declined",
        Status::Withdrawn => "The candidate is no longer available",
        Status::Expired => "Not answered in time",
        Status::Cancelled => "Ended before the letter went out",
        Status::Rescinded => "Taken back",
        Status::DidNotStart => "Did not start",
    }
}

// one offer

/// What is asked.
pub fn asked(candidate: &str, title: &str, start: Option<&str>) -> String {
    match start {
        Some(start) => format!("Do you want {candidate} to start with you as {title} on {start}?"),
        None => format!("Do you want {candidate} to start with you as {title}?"),
    }
}

/// The part of an offer that says who hires whom, as a reader outside the firm calls it.
pub const FROM_AND_FOR: &str = "Who the offer is from and for";

/// What an approval stands for.
pub fn stands_for(fields: &[String]) -> String {
    format!("Your approval stands for: {}.", fields.join(", ").to_lowercase())
}

/// Where an offer stands about which the reader's side asked something.
pub fn with_the_firm(firm: &str) -> String {
    format!("Your question is with {firm}")
}

/// The same in a sentence.
pub fn question_open(firm: &str) -> String {
    format!("Your question is with {firm}. Nothing goes ahead until you have the answer; the offer then comes back to you.")
}

/// Where it stands when nothing is asked.
pub fn stands(state: Status, firm: &str) -> String {
    match state {
        Status::Draft => format!("{firm} is preparing this offer. You will be asked when it is ready."),
        Status::InReview => "This offer is being approved. Nothing is asked of you right now.".to_owned(),
        Status::Approved => "Everyone has approved. The letter goes to the candidate next.".to_owned(),
        Status::Sent => "The letter is with the candidate. We write to you when there is an answer.".to_owned(),
        Status::Accepted | Status::HandedOff => "The candidate accepted. The first day is being prepared.".to_owned(),
        Status::Started => "The person has started.".to_owned(),
        Status::Declined => "The candidate declined.".to_owned(),
        Status::Withdrawn => "The candidate is no longer available.".to_owned(),
        Status::Expired => "The candidate did not answer in time.".to_owned(),
        Status::Cancelled => "This offer was ended before the letter went out.".to_owned(),
        Status::Rescinded => "This offer was taken back.".to_owned(),
        Status::DidNotStart => "The person signed but did not start.".to_owned(),
    }
}

/// The decision was taken in.
pub const DECIDED: &str =
    "Your answer is with us. Thank you. We write to you when the candidate has answered, or when something changes that you decide.";
/// After a no.
pub fn rejected(firm: &str) -> String {
    format!("Thank you. {firm} has your answer, and the offer leaves this list. If it is proposed to you again, we write to you.")
}
/// After a question.
pub const QUESTION_SENT: &str = "Thank you. Your question was sent.";

/// The head over the terms.
pub const TERMS: &str = "The offer";
/// From the head of a narrow page down to the answer.
pub const TO_ANSWER: &str = "Go to your answer";
/// The groups of terms.
pub const JOB: &str = "The person and the job";
/// When.
pub const WHEN: &str = "Dates and hours";
/// How much, for hours that are billed.
pub const BILLED: &str = "What you are billed";
/// How much, for somebody whom the client employs.
pub const PAID: &str = "Pay and fee";
/// Whatever the firm added.
pub const MORE: &str = "More";

/// The name of the person, among the terms.
pub const PERSON: &str = "Person";
/// The fee as an amount.
pub const FEE_AMOUNT: &str = "Fee in all";
/// What a year of the pay comes to.
pub fn a_year(amount: &str) -> String {
    format!("{amount} a year at these hours")
}
/// What a unit of the bill rate is.
pub const AN_HOUR: &str = "an hour";

/// The head over the ways to answer.
pub const ANSWER: &str = "Your answer";

/// By when an answer was due.
pub fn was_wanted_by(when: &str) -> String {
    format!("Your answer was due by {when}.")
}

/// By when an answer is due.
pub fn wanted_by(when: &str) -> String {
    format!("Please answer by {when}.")
}

/// The ways to answer.
pub const APPROVE: &str = "Approve";
/// With a question.
pub const ASK: &str = "Ask a question";
/// With a no.
pub const REJECT: &str = "Reject";

/// Words with an approval.
pub const COMMENT: &str = "Anything to say with it";
/// That they may be left out.
pub const COMMENT_HINT: &str = "You can leave this empty.";
/// The button.
pub const APPROVE_BUTTON: &str = "Approve this offer";
/// The question.
pub const QUESTION: &str = "Your question";
/// What a question does.
pub fn question_hint(firm: &str) -> String {
    format!("{firm} answers, and the offer then comes back to you.")
}
/// The button.
pub const ASK_BUTTON: &str = "Send the question";
/// The reason.
pub const REASON: &str = "Your reason";
/// What a rejection does.
pub fn reason_hint(firm: &str) -> String {
    format!("The offer goes back to {firm} with your reason, and nothing is sent to the candidate.")
}
/// The button.
pub const REJECT_BUTTON: &str = "Reject this offer";

/// The head over the route.
pub const PROGRESS: &str = "Who approves";

/// A step, by who decides it.
pub fn step(who: &Who, name: &str, firm: &str, client: &str) -> String {
    match who {
        Who::Relation(Relation::ClientContact) if !client.is_empty() => client.to_owned(),
        Who::Relation(Relation::ClientContact) => "You".to_owned(),
        Who::Role(_) | Who::Relation(_) | Who::ManagerOf(_) => format!("{name} at {firm}"),
    }
}

/// Where a step stands.
pub const APPROVED: &str = "Approved";
/// Waits on its people.
pub const OPEN: &str = "Waiting";
/// Waits on others.
pub const LATER: &str = "Not yet asked";
/// A question is open.
pub const RETURNED: &str = "Question open";

/// Who waits.
pub fn waits_on(people: &[String]) -> Option<String> {
    (!people.is_empty()).then(|| format!("Waits on {}", people.join(" or ")))
}
/// Who approved, and when.
pub fn approved_by(by: &str, when: &str) -> String {
    if by.is_empty() { when.to_owned() } else { format!("{by}, {when}") }
}
/// The question that is open.
pub fn asked_first(question: &str) -> String {
    format!("“{question}”")
}

/// The head over the history.
pub const HISTORY: &str = "What happened so far";

/// What happened and when, in a sentence for the client; nothing for what goes on inside the firm.
pub fn event_at(
    (event, at): (&Event, Moment),
    start: Option<Day>,
    firm: &str,
    is_clients: impl Fn(&offer::id::StepKey) -> bool,
) -> Option<String> {
    match event {
        Event::DidNotStart { .. } if start.is_some_and(|start| at.day() < start) => Some("The person will not start.".to_owned()),
        event => self::event(event, firm, is_clients),
    }
}

fn event(event: &Event, firm: &str, is_clients: impl Fn(&offer::id::StepKey) -> bool) -> Option<String> {
    Some(match event {
        Event::Submitted { .. } => format!("{firm} prepared the offer."),
        Event::StepOpened { step, .. } if is_clients(step) => "You were asked to approve.".to_owned(),
        Event::StepApproved { step, .. } if is_clients(step) => "Approved.".to_owned(),
        Event::StepApproved { .. } => format!("Approved at {firm}."),
        Event::StepForced { step, .. } if is_clients(step) => format!("Approved at {firm} in your place."),
        Event::StepForced { .. } => format!("Approved at {firm}."),
        Event::StepReturned { step, .. } if is_clients(step) => "Asked before deciding.".to_owned(),
        Event::StepAnswered { step, .. } if is_clients(step) => format!("{firm} answered."),
        Event::StepRejected { step, .. } if is_clients(step) => "Rejected.".to_owned(),
        Event::StepRejected { .. } => format!("{firm} is revising the offer."),
        Event::Cleared { .. } => "Everyone who decides has approved.".to_owned(),
        Event::TermsChanged { .. } => "The terms changed.".to_owned(),
        Event::Sent { .. } => "The letter went to the candidate.".to_owned(),
        Event::Viewed { .. } => "The candidate opened the letter.".to_owned(),
        Event::AcceptByMoved { accept_by, .. } => {
            format!("The candidate has until {}, {}.", date::typed_local(&accept_by.local), date::zone(&accept_by.zone))
        }
        Event::Accepted { .. } => "The candidate accepted.".to_owned(),
        Event::Declined { .. } => "The candidate declined.".to_owned(),
        Event::Withdrawn { .. } => "The candidate is no longer available.".to_owned(),
        Event::Expired => "The candidate did not answer in time.".to_owned(),
        Event::Cancelled { .. } => "The offer was ended before the letter went out.".to_owned(),
        Event::Rescinded { .. } => "The offer was taken back.".to_owned(),
        Event::Reopened { .. } => "The offer is being prepared again.".to_owned(),
        Event::StartConfirmed { day } => format!("The start is confirmed: {}.", date::day(*day)),
        Event::StartMoved { from, to, .. } => format!("The start moved from {} to {}.", date::day(*from), date::day(*to)),
        Event::HandedOff => "Everything for the first day is prepared.".to_owned(),
        Event::Started { day } => format!("Started on {}.", date::day(*day)),
        Event::DidNotStart { .. } => "The person did not start.".to_owned(),
        Event::Drafted { .. }
        | Event::DraftMoved { .. }
        | Event::StepOpened { .. }
        | Event::StepCounted { .. }
        | Event::StepOpposed { .. }
        | Event::StepDelegated { .. }
        | Event::Rerouted(_)
        | Event::StepReminded { .. }
        | Event::StepEscalated { .. }
        | Event::StepReturned { .. }
        | Event::StepAnswered { .. }
        | Event::Commented { .. }
        | Event::VerbalRecorded { .. }
        | Event::SendRequested { .. }
        | Event::SendFailed { .. }
        | Event::Bounced { .. }
        | Event::Asked { .. }
        | Event::QuestionAnswered { .. }
        | Event::Proposed { .. }
        | Event::ProposalRefused { .. }
        | Event::LetterHeld { .. }
        | Event::LetterReleased
        | Event::RescissionAsked { .. }
        | Event::RescissionAgreed { .. }
        | Event::RescissionDropped { .. }
        | Event::ContingencyResolved { .. }
        | Event::HandoffOpened { .. }
        | Event::HandoffAcknowledged { .. } => return None,
    })
}

/// What was said with it, where the client may read it; nothing when nothing was.
pub fn said(event: &Event) -> Option<String> {
    let words = match event {
        Event::StepApproved { comment, .. } => comment.as_ref()?,
        Event::StepReturned { question: words, .. }
        | Event::StepAnswered { answer: words, .. }
        | Event::StepRejected { reason: words, .. } => words,
        _ => return None,
    };
    words.kept().filter(|text| !text.is_empty()).cloned()
}

/// Why an answer was not taken.
pub fn refusal(refusal: &Refusal, table: &FieldTable) -> String {
    match refusal {
        Refusal::ReasonMissing => "Write a few words first.".to_owned(),
        Refusal::TextTooLong { characters_max } => format!("That is longer than {characters_max} characters. Please shorten it."),
        Refusal::MovedOn { .. } | Refusal::Conflict { .. } => {
            "The offer changed since you opened the page. Please look at it as it stands now.".to_owned()
        }
        Refusal::StepNotOpen { .. } | Refusal::NotYourStep { .. } => "This was answered already. The page shows how it stands.".to_owned(),
        Refusal::BeyondLimit { .. } => "This offer is more than you may approve.".to_owned(),
        Refusal::RangeUnfit { field, because } => range_unfit(field, *because, table),
        Refusal::OwnRequest => "Whoever asked for an offer does not approve it.".to_owned(),
        Refusal::Hidden
        | Refusal::ProveFirst
        | Refusal::Person { .. }
        | Refusal::NotAllowed { .. }
        | Refusal::FieldsNotYours { .. }
        | Refusal::Settled { .. }
        | Refusal::AnotherPerson
        | Refusal::NotInThisState { .. }
        | Refusal::Blocked { .. }
        | Refusal::Unexplained { .. }
        | Refusal::NobodyFor { .. }
        | Refusal::TooFewFor { .. }
        | Refusal::NobodyWithinLimits { .. }
        | Refusal::DelegateLoops
        | Refusal::NotADelegate { .. }
        | Refusal::AbsenceUnfit { .. }
        | Refusal::PlaybookMoved { .. }
        | Refusal::NotDue { .. }
        | Refusal::NoRoute
        | Refusal::NoSuch { .. }
        | Refusal::FieldsMissing { .. }
        | Refusal::SendingAlready
        | Refusal::AcceptByPast
        | Refusal::NothingSent
        | Refusal::LetterReplaced { .. }
        | Refusal::LetterDiffers
        | Refusal::LetterHeld
        | Refusal::Expired { .. }
        | Refusal::NotExpired { .. }
        | Refusal::ConsentMissing
        | Refusal::NameMissing
        | Refusal::NameInPart
        | Refusal::NameOfAnother
        | Refusal::AnsweredAlready { .. }
        | Refusal::ContingencyOpen { .. }
        | Refusal::NoSeatFree
        | Refusal::NothingChanges
        | Refusal::AcknowledgedAlready { .. }
        | Refusal::RescissionUnderWay
        | Refusal::NotAsked
        | Refusal::AgreedForAnother { .. }
        | Refusal::NotThatDay => "This cannot be done any more. The page shows how the offer stands.".to_owned(),
    }
}

/// Over what changed since the reader approved.
pub fn since_approved(by_you: bool, at: &str) -> String {
    let who = if by_you { "You approved an earlier version" } else { "An earlier version was approved" };
    format!("{who} on {at}. This is different now:")
}
