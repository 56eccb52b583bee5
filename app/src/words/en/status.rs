//! Where an offer stands, and on whom it waits.

use offer::lifecycle::{ContingencyState, DeclineReason, NotStartedBy, Status, VerbalResponse, WaitsOn};
use offer::moment::{Day, Moment};
use offer::playbook::ContingencyDue;

use super::{field, role};

/// A status as a mark.
pub const fn status(status: Status) -> &'static str {
    match status {
        Status::Draft => "Draft",
        Status::InReview => "In review",
        Status::Approved => "Approved",
        Status::Sent => "Sent",
        Status::Accepted => "Accepted",
        Status::HandedOff => "Handed off",
        Status::Started => "Started",
        Status::Declined => "Declined",
        Status::Withdrawn => "Withdrawn",
        Status::Expired => "Expired",
        Status::Cancelled => "Cancelled",
        Status::Rescinded => "Rescinded",
        Status::DidNotStart => "Did not start",
    }
}

/// A status as a mark, by when it came to be: who is to start later has not failed to yet.
pub fn status_since(status: Status, since: Moment, start: Option<Day>) -> &'static str {
    match status {
        Status::DidNotStart if start.is_some_and(|start| since.day() < start) => "Will not start",
        status => self::status(status),
    }
}

/// A status within a sentence, after "is".
pub const fn in_sentence(status: Status) -> &'static str {
    match status {
        Status::Draft => "a draft",
        Status::InReview => "in review",
        Status::Approved => "approved",
        Status::Sent => "with the candidate",
        Status::Accepted => "accepted",
        Status::HandedOff => "handed off",
        Status::Started => "started",
        Status::Declined => "declined",
        Status::Withdrawn => "withdrawn",
        Status::Expired => "expired",
        Status::Cancelled => "cancelled",
        Status::Rescinded => "rescinded",
        Status::DidNotStart => "closed because the person did not start",
    }
}

/// A status as the sentence that stands over an offer.
pub const fn sentence(status: Status) -> &'static str {
    match status {
        Status::Draft => "This offer is being written.",
        Status::InReview => "This offer is with its approvers.",
        Status::Approved => "Everyone has approved. The letter can go out.",
        Status::Sent => "The letter is with the candidate.",
        Status::Accepted => "The candidate has signed.",
        Status::HandedOff => "Everyone has what they need for the first day.",
        Status::Started => "The person has started.",
        Status::Declined => "The candidate said no.",
        Status::Withdrawn => "The candidate is no longer available.",
        Status::Expired => "The candidate did not answer in time.",
        Status::Cancelled => "The offer was ended before it was sent.",
        Status::Rescinded => "The offer was ended after it was sent.",
        Status::DidNotStart => "The person signed but did not start.",
    }
}

/// On whom an offer waits, without names: "Finance", "the candidate".
pub fn waits_on(on: &WaitsOn) -> String {
    match on {
        WaitsOn::Recruiter => "the recruiter".to_owned(),
        WaitsOn::Step(step) => role::step(step),
        WaitsOn::Courier => "the mail system".to_owned(),
        WaitsOn::Candidate => "the candidate".to_owned(),
        WaitsOn::Contingency(kind) => field::choice(&offer::field::CONTINGENCIES, kind.as_str()).to_lowercase(),
        WaitsOn::Recipient(recipient) => format!("the hand-off to {}", role::recipient(recipient)),
        WaitsOn::Rescission(asked) => format!("{}, about the rescission", role::role(asked)),
        WaitsOn::StartDay => "the first day".to_owned(),
    }
}

/// The whole sentence: "Waiting on Finance (Maria Silva) for 2 days, due Tuesday 3:00 PM"; what is over stands after it.
pub fn waiting(on: &WaitsOn, names: &[String], for_span: &str, due: Option<&str>) -> String {
    format!("Waiting on {}", waiting_since(on, names, for_span, due))
}

/// The same under a heading that says it: "Finance (Maria Silva) for 2 days, due Tuesday 3:00 PM".
pub fn waiting_cell(on: &WaitsOn, names: &[String], for_span: &str, due: Option<&str>) -> String {
    let said = waiting_since(on, names, for_span, due);
    let mut letters = said.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

fn waiting_since(on: &WaitsOn, names: &[String], for_span: &str, due: Option<&str>) -> String {
    let who = waits_on(on);
    let names = if names.is_empty() { String::new() } else { format!(" ({})", people(names)) };
    // the letter says by when a candidate answers, and the page says it apart
    let due = due.filter(|_| *on != WaitsOn::Candidate).map(|due| format!(", due {due}")).unwrap_or_default();
    format!("{who}{names} for {for_span}{due}")
}

/// Two people by name, of more the first: "Ana Ruiz and 3 others".
pub fn people(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [one, other] => format!("{one} and {other}"),
        [one, others @ ..] => format!("{one} and {} others", others.len()),
    }
}

/// The same when whoever it waits on was reminded.
pub fn reminded(waiting: &str) -> String {
    format!("{waiting}, reminded")
}

/// The same when it was escalated.
pub fn escalated(waiting: &str) -> String {
    format!("{waiting}, escalated")
}

/// What is over its time, after the sentence that says on whom it waits: "3 hours over".
pub fn over(span: &str) -> String {
    format!("{span} over")
}

/// By when the candidate may answer: "Accept by Friday 5:00 PM, in 2 days".
pub fn accept_by(near: &str, in_span: &str) -> String {
    format!("Accept by {near}, in {in_span}")
}

/// The same when it is over: "Accept-by was Friday 5:00 PM, 3 hours ago".
pub fn accept_by_over(near: &str, span: &str) -> String {
    format!("Accept-by was {near}, {span} ago")
}

/// Why a candidate said no.
pub const fn decline_reason(reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::Comp => "Pay or package",
        DeclineReason::Timeline => "It took too long, or the dates do not fit",
        DeclineReason::CounterOffer => "A counteroffer or another offer",
        DeclineReason::Role => "The work itself",
        DeclineReason::Location => "Location",
        DeclineReason::Personal => "Personal reasons",
        DeclineReason::Unknown => "Not said",
    }
}

/// What the candidate said to the verbal offer.
pub const fn verbal_response(response: VerbalResponse) -> &'static str {
    match response {
        VerbalResponse::Accepted => "Said yes",
        VerbalResponse::Positive => "Leaning toward yes",
        VerbalResponse::Undecided => "Wants to think about it",
        VerbalResponse::Negotiating => "Wants something changed",
        VerbalResponse::Declined => "Said no",
    }
}

/// Where a contingency stands.
pub const fn contingency_state(state: ContingencyState) -> &'static str {
    match state {
        ContingencyState::Pending => "Open",
        ContingencyState::Cleared => "Cleared",
        ContingencyState::Waived => "Waived",
        ContingencyState::Failed => "Not met",
    }
}

/// By when a contingency must be met.
pub const fn contingency_due(due: ContingencyDue) -> &'static str {
    match due {
        ContingencyDue::Acceptance => "Needed before the candidate can accept",
        ContingencyDue::Handoff => "Needed before the hand-off opens",
        ContingencyDue::Start => "Needed before the first day",
    }
}

/// Who kept a signed hire from starting.
pub const fn not_started_by(by: NotStartedBy) -> &'static str {
    match by {
        NotStartedBy::Candidate => "The candidate",
        NotStartedBy::Employer => "The employer",
        NotStartedBy::Client => "The client",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use offer::id::StepKey;

    #[test]
    fn the_sentence_says_on_whom_since_when_and_until_when() {
        let finance = WaitsOn::Step(StepKey::named("finance"));
        let ana = ["Ana Ruiz".to_owned()];
        assert_eq!(
            waiting(&finance, &ana, "2 days", Some("Tuesday 3:00 PM")),
            "Waiting on Finance (Ana Ruiz) for 2 days, due Tuesday 3:00 PM"
        );
        assert_eq!(waiting(&finance, &ana, "2 days", None), "Waiting on Finance (Ana Ruiz) for 2 days");
        assert_eq!(waiting(&WaitsOn::Candidate, &[], "2 days", Some("Friday")), "Waiting on the candidate for 2 days");
    }

    #[test]
    fn who_was_to_start_later_will_not_start() {
        let said = |since: &str| status_since(Status::DidNotStart, Moment::parse(since).unwrap(), Day::from_ymd_opt(2027, 1, 11));
        assert_eq!(said("2027-01-08T15:00:00Z"), "Will not start");
        assert_eq!(said("2027-01-11T15:00:00Z"), "Did not start");
    }

    #[test]
    fn of_many_people_the_first_is_named() {
        let names = ["Ana", "Ben", "Cy", "Di"].map(str::to_owned);
        assert_eq!(people(names.get(..2).unwrap()), "Ana and Ben");
        assert_eq!(people(&names), "Ana and 3 others");
    }
}
