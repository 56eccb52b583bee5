//! What the candidate reads around the letter. Warm, exact, short; nothing here promises what the letter does not.

use chrono::NaiveDateTime;
use offer::id::ContingencyKind;
use offer::lifecycle::{DeclineReason, Refusal};
use offer::moment::{Day, Moment};
use offer::packet::datum::Deadline;
use offer::packet::print;

#[cfg(feature = "ssr")]
use crate::desk::RequestAnswer;

// the offer

/// Over the title.
pub fn kicker(name: &str) -> String {
    format!("An offer for {name}")
}

/// Who offers, in one sentence, and what signing is.
pub fn lead(employer: &str, firm: &str, open: bool) -> String {
    // a legal name that begins with the firm's own is nobody else
    let who = if employer.starts_with(firm) {
        format!("{employer} offers you this position.")
    } else {
        format!("{employer} offers you this position; {firm} brings you the letter.")
    };
    if open { format!("{who} Nothing is agreed until you sign.") } else { who }
}

/// The head of the figures over the letter.
pub const GLANCE: &str = "What you are offered";

/// A second line under a figure.
pub fn glance_note(label: &str, value: &str) -> String {
    format!("{label}: {value}")
}

/// Who employs, among those figures.
pub const EMPLOYER: &str = "Employer";

/// The link to the PDF.
pub const PDF: &str = "The same letter as PDF";

/// From the answer to what was asked.
pub const TO_CONVERSATION: &str = "Read what you asked and what we answered";

/// The head over the answer.
pub const ANSWER: &str = "Your answer";

/// Before the deadline.
pub const ANSWER_BY: &str = "You can answer until";

/// The way to sign.
pub const ACCEPT: &str = "Accept this offer";

/// Under it.
pub const ACCEPT_NOTE: &str = "You read it once more before you sign.";

/// The way to ask.
pub const ASK: &str = "Ask a question";

/// The way to ask for a change.
pub const CHANGE: &str = "Ask for a change";

/// The way to decline.
pub const DECLINE: &str = "Decline";

/// The head over the questions.
pub const QUESTIONS: &str = "Your questions";

/// A question that is open.
pub const NOT_ANSWERED: &str = "Not answered yet. We write to you when it is.";

/// The same once the candidate has decided.
pub const NOT_ANSWERED_BEFORE: &str = "Not answered yet. We will still answer it; write or call if it cannot wait.";

/// Over the letter, once something that was asked has its answer.
pub const WE_ANSWERED: &str = "We answered what you asked";

/// Over a question or a request.
pub fn you_asked(when: &str) -> String {
    format!("You asked, {when}")
}

/// Over an answer.
pub fn answered(firm: &str, when: &str) -> String {
    format!("{firm} answered, {when}")
}

/// The head over the requests for a change.
pub const REQUESTS: &str = "Changes you asked for";

/// What became of a request; the offer may have been answered meanwhile.
#[cfg(feature = "ssr")]
pub const fn request_answer(answer: RequestAnswer, answered: bool) -> &'static str {
    match (answer, answered) {
        (RequestAnswer::Open, false) => "We are looking at it. You can still accept the letter as it is.",
        (RequestAnswer::Open, true) => "We had not decided this when you answered, so your answer is to the letter as it was.",
        (RequestAnswer::No, _) => "We could not change this. The letter stays as it is.",
        (RequestAnswer::NewLetter, _) => "We answer it with a new letter: what that letter says is what we offer.",
    }
}

/// The question has arrived.
pub const ASKED: &str = "Your question is with us. We answer by email, and here.";

/// The request has arrived.
pub const CHANGE_ASKED: &str =
    "Your request is with us. The letter stays open as it is while we look at it, and the date by which to answer does not move.";

/// The deadline as the letter has it; as given when it does not read.
pub fn deadline(local: &str, zone: &str) -> (String, String) {
    match NaiveDateTime::parse_from_str(local, "%Y-%m-%dT%H:%M") {
        Ok(at) => (format!("{}, {}", print::date_with_day(at.date()), print::time(at.time())), print::zone(zone)),
        Err(_) => (local.to_owned(), zone.to_owned()),
    }
}

/// The deadline within a sentence.
pub fn deadline_in_a_sentence(local: &str, zone: &str) -> String {
    match NaiveDateTime::parse_from_str(local, "%Y-%m-%dT%H:%M") {
        Ok(at) => print::deadline(&Deadline { local: at, zone: zone.to_owned() }),
        Err(_) => format!("{local} {zone}"),
    }
}

/// Before signing, while a request for a change is open.
pub const SIGN_WITH_REQUEST: &str = "You asked for a change that is not answered yet. Signing accepts the letter as it is.";

/// The same while a question is.
pub const SIGN_WITH_QUESTION: &str = "A question of yours is not answered yet. It stays open after you sign.";

/// At the head of a narrow window: "Answer by 5:00 PM Pacific Time on Friday, January 15, 2027: 2 days left".
pub fn answer_until(until: &str, left: Option<&str>) -> String {
    left.map_or_else(|| format!("Answer by {until}"), |left| format!("Answer by {until}: {left}"))
}

/// How long there still is: in whole days, then in hours, then in minutes; nothing once it has passed.
pub fn time_left(until: Moment, now: Moment) -> Option<String> {
    let left = until.seconds_since(now);
    let (days, hours, minutes) = (left / 86_400, left / 3_600, left / 60);
    match (days, hours, minutes) {
        _ if now > until => None,
        (2.., _, _) => Some(format!("{days} days left")),
        (_, 2.., _) => Some(format!("{hours} hours left")),
        (_, _, 2..) => Some(format!("{minutes} minutes left")),
        _ => Some("less than two minutes left".to_owned()),
    }
}

/// A day with its weekday.
pub fn day(day: Day) -> String {
    print::date_with_day(day)
}

/// Over a letter that took the place of another: an older link leads to the newest.
pub fn replaces(letter: Day, earlier: Day) -> String {
    if letter == earlier {
        return format!("This letter of {} replaces an earlier one of the same day.", print::date(letter));
    }
    format!("This letter of {} replaces the one of {}.", print::date(letter), print::date(earlier))
}

// what stands instead of an answer

/// The letter is held.
pub const HELD: (&str, &str) = (
    "This letter is on hold",
    "We have to settle something before you can sign. There is nothing you need to do; we write to you when it is settled.",
);

/// A newer letter is being prepared.
pub const REPLACED: (&str, &str) =
    ("This letter was replaced", "A new one is being prepared and comes to you by email. The letter below can no longer be signed.");

/// Nothing can be read.
pub const NOTHING_YET: (&str, &str) = ("There is nothing to sign at the moment", "When a letter is ready for you, we write to you.");

/// Something comes first.
pub const WAITS: &str = "You can sign soon, not yet";

/// What comes first.
pub fn waits(kinds: &[ContingencyKind]) -> String {
    let kinds: Vec<String> = kinds.iter().map(|kind| print::code(kind.as_str())).collect();
    format!(
        "We still have to complete this: {}. If anything is needed from you, somebody will ask you for it. We write to you as soon as you can sign.",
        print::list(&kinds)
    )
}

/// The time is over.
pub const EXPIRED: &str = "The time to answer has passed";

/// When it was over, and what now.
pub fn expired(deadline: Option<&str>) -> String {
    let was = deadline.map_or_else(String::new, |deadline| format!("The letter was open until {deadline}. "));
    format!("{was}If you would still like to join, write or call: we can look at it together.")
}

/// The head once signed.
pub const ACCEPTED: &str = "You accepted this offer";

/// What is said first.
pub fn welcome(name: &str, start: Option<Day>) -> String {
    match start {
        Some(start) => format!("Welcome, {name}. Your first day is {}.", day(start)),
        None => format!("Welcome, {name}."),
    }
}

/// The head over what follows.
pub const NEXT: &str = "What happens next";

/// What follows an acceptance, in order, with what the start still hangs on.
pub fn next(start: Option<Day>, checks: &[ContingencyKind]) -> Vec<(&'static str, String)> {
    let checks: Vec<String> = checks.iter().map(|kind| print::code(kind.as_str())).collect();
    let copy = "A copy of the letter and of your signature comes to you by email, and both stay on this page.".to_owned();
    let hangs = (!checks.is_empty()).then(|| {
        let still = print::list(&checks);
        ("Still to be complete", format!("Your start depends on this, as the letter says: {still}. Somebody will contact you about it."))
    });
    let mut steps = vec![("Your copy", copy)];
    steps.extend(hangs);
    steps.extend([
        ("Getting ready", "The people who prepare your first day are told now. They will ask you for what they need.".to_owned()),
        (
            "Your start",
            start.map_or_else(
                || "We write to you with the day, the time and the place.".to_owned(),
                |start| format!("{}. We write to you if anything about it changes.", day(start)),
            ),
        ),
    ]);
    steps
}

/// The head over the signed record.
pub const RECORD: &str = "Your copy";

/// What becomes of it.
pub const RECORD_LEAD: &str = "What you signed stays on this page and comes to you by email. Print the page or keep the PDF; the .json file in the email is for programs.";

/// What was accepted.
pub const RECORD_WHAT: &str = "You accepted";

/// A position and who offers it.
pub fn record_what(title: &str, employer: &str) -> String {
    format!("{title}, with {employer}")
}

/// The letter by its day, version and number.
pub fn record_document(issued: Day, version: u32, document: &str) -> String {
    format!("{}, version {version}\nDocument {document}", print::date(issued))
}

/// A long number in groups of four, to be compared by eye.
pub fn in_fours(text: &str) -> String {
    let signs: Vec<char> = text.chars().collect();
    signs.chunks(4).map(|four| four.iter().collect::<String>()).collect::<Vec<_>>().join(" ")
}

/// The way to the file.
pub const RECORD_PDF: &str = "Open the letter as PDF";

/// The rows of the signed record.
pub const RECORD_NAME: &str = "Signed as";
/// When.
pub const RECORD_AT: &str = "Signed at";
/// What.
pub const RECORD_DOCUMENT: &str = "Letter";
/// The digest, in plain words.
pub const RECORD_DIGEST: &str = "Fingerprint of its words";
/// What it is good for.
pub const RECORD_DIGEST_NOTE: &str = "A number made from every word of the letter. If one word were changed, it would be another number.";

/// The head once the person works.
pub const STARTED: &str = "You have started";

/// The head once declined.
pub const DECLINED: &str = "You declined this offer";

/// The head over what was recorded then.
pub const DECLINED_RECORD: &str = "What we recorded";

/// When it was.
pub const DECLINED_AT: &str = "You declined";

/// What was given as the reason.
pub const DECLINED_REASON: &str = "What decided it";

/// What is said then.
pub const DECLINED_LEAD: &str = "Thank you for telling us, and for the time you took. If things change for you, write or call.";

/// The head once closed on the candidate's word.
pub const CLOSED: (&str, &str) = ("This offer is closed", "If that surprises you, write or call: we will tell you where things stand.");

/// The head once the employer ended it.
pub fn ended(firm: &str) -> (String, String) {
    (
        "This offer was taken back".to_owned(),
        format!("We are sorry. You should have heard from {firm} in person; if you have not, or have questions, write or call us."),
    )
}

/// The letter, once something was decided.
pub const LETTER: &str = "The letter";

/// The letter that was replaced.
pub const LETTER_BEFORE: &str = "The letter that was replaced";

// the steps of the page

/// Which step it is.
pub fn step(place: u8, all: u8) -> String {
    format!("Step {place} of {all}")
}

/// On to the next step.
pub const CONTINUE: &str = "Continue";

/// To the step before.
pub const STEP_BACK: &str = "Back";

/// On a button while its form is on its way.
pub const SENDING: &str = "Sending…";

/// The way to the page as it stands now.
pub const SEE_NOW: &str = "See how things stand now";

// signing

/// The head of the signing page.
pub const SIGN_TITLE: &str = "Accept this offer";

/// What it is for.
pub fn sign_lead(deadline: &str) -> String {
    format!("Look over what you sign, agree to sign on screen, and type your name. You have until {deadline}.")
}

/// The head of its first part.
pub const SIGN_WHAT: &str = "What you sign";

/// Before the summary.
pub fn sign_what_lead(title: &str, employer: &str) -> String {
    format!("{employer} offers you the position of {title}. These lines are taken from the letter; what counts is the letter as a whole.")
}

/// The way back.
pub const SIGN_BACK: &str = "Go back and read the whole letter";

/// A letter by its day and its number.
pub fn document(issued: Day, document: &str) -> String {
    format!("Letter of {}, document {document}", print::date(issued))
}

/// The head of its second part.
pub const SIGN_CONSENT: &str = "Signing on screen";

/// The line that folds the text of the consent.
pub const SIGN_CONSENT_TEXT: &str = "What you agree to, in full";

/// The box.
pub const SIGN_CONSENT_BOX: &str = "I have read this and agree to receive and sign the letter electronically";

/// For whoever would rather sign on paper.
pub const SIGN_ON_PAPER: &str =
    "Rather on paper? Write or call us. The date by which to answer does not move by itself: ask us, and we move it.";

/// The head of its third part.
pub const SIGN_NAME: &str = "Your name";

/// The label of the name.
pub const SIGN_NAME_LABEL: &str = "Type your full name; this is your signature";

/// How the letter has it.
pub fn sign_name_hint(name: &str) -> String {
    format!("The letter is made out to {name}.")
}

/// What signing means.
pub fn sign_means(employer: &str) -> String {
    format!("When you press the button, you sign the letter with this name and accept the offer from {employer}.")
}

/// The button.
pub const SIGN_BUTTON: &str = "Sign and accept";

/// The way out.
pub const NOT_YET: &str = "Not yet, back to the letter";

/// What the letter promises outside its tables, in the summary.
pub const SUMMARY_SIGN_ON: &str = "Sign-on payment";
/// The same for a bonus.
pub const SUMMARY_BONUS: &str = "Bonus";
/// The same for a move.
pub const SUMMARY_RELOCATION: &str = "Relocation";
/// The same for equity.
pub const SUMMARY_EQUITY: &str = "Equity";
/// What the offer depends on.
pub const SUMMARY_CONDITIONS: &str = "Depends on";
/// The deadline.
pub const SUMMARY_BY: &str = "Open until";

// declining, asking, changing

/// The head of the page.
pub const DECLINE_TITLE: &str = "Decline this offer";

/// What it does.
pub fn decline_lead(firm: &str) -> String {
    format!("This ends the offer, and {firm} is told at once. A reason helps us to make better offers.")
}

/// The question.
pub const DECLINE_WHY: &str = "What decided it?";

/// Under it.
pub const DECLINE_WHY_HINT: &str = "Choose one; “I’d rather not say” is enough.";

/// What folds the rest.
pub const DECLINE_MORE: &str = "Say more, if you like";

/// A second reason.
pub const DECLINE_SECOND: &str = "Something else that counted";

/// The choice of none.
pub const DECLINE_SECOND_NONE: &str = "Nothing else";

/// In one's own words.
pub const DECLINE_NOTE: &str = "In your own words";

/// The button.
pub const DECLINE_BUTTON: &str = "Decline the offer";

/// The way out.
pub const DECLINE_BACK: &str = "Keep it open, back to the letter";

/// No reason was chosen.
pub const DECLINE_CHOOSE: &str = "Choose one. “I’d rather not say” is enough.";

/// A reason as the candidate says it.
pub const fn decline_reason(reason: DeclineReason) -> &'static str {
    match reason {
        DeclineReason::Comp => "The pay or the package",
        DeclineReason::Timeline => "The timing: it took too long, or the dates do not fit",
        DeclineReason::CounterOffer => "Another offer, or a better one where I am",
        DeclineReason::Role => "The work itself",
        DeclineReason::Location => "Where the work is",
        DeclineReason::Personal => "Something personal",
        DeclineReason::Unknown => "I’d rather not say",
    }
}

/// The head of the page.
pub const ASK_TITLE: &str = "Ask a question";

/// What becomes of a question.
pub fn ask_lead(firm: &str, decided: bool) -> String {
    let changes = if decided { "what was decided" } else { "the offer or its date" };
    format!("{firm} answers by email, and the answer stays on your page. Asking changes nothing about {changes}.")
}

/// The label.
pub const ASK_LABEL: &str = "Your question";

/// The button.
pub const ASK_BUTTON: &str = "Send the question";

/// The head of the page.
pub const CHANGE_TITLE: &str = "Ask for a change";

/// What becomes of a request.
pub fn change_lead(firm: &str) -> String {
    format!(
        "Say what you would like changed and why. The letter stays open as it is while {firm} looks at it, and you can still accept it. Asking does not move the date by which to answer."
    )
}

/// The label.
pub const CHANGE_LABEL: &str = "What would you like changed?";

/// What helps.
pub const CHANGE_HINT: &str = "For example a different start, other hours, or an amount with your reason for it.";

/// The button.
pub const CHANGE_BUTTON: &str = "Send the request";

/// The way back to the letter.
pub const BACK: &str = "Back to the letter";

/// The name of the way back, for a form that cannot be used now.
pub const NOT_NOW: &str = "This is not possible at the moment";

// what stands in the way

/// Nothing was typed.
pub const TEXT_EMPTY: &str = "Write a few words first.";

/// The page has moved on.
pub const MOVED_ON: &str = "Something has changed since you opened the page. It now shows how things stand.";

/// Why the answer was not taken, as a sentence to the candidate.
pub fn refusal(refusal: &Refusal) -> String {
    match refusal {
        Refusal::NameMissing => "Type your full name in letters: it is your signature.".to_owned(),
        Refusal::NameOfAnother => {
            "The letter is made out to another name. Type your name as it stands there; if it is wrong there, ask us to correct it first."
                .to_owned()
        }
        Refusal::NameInPart => "Type your full name, first and last: it is your signature.".to_owned(),
        Refusal::ConsentMissing => "Tick the box to sign on screen. If you prefer to sign on paper, write or call us.".to_owned(),
        Refusal::ReasonMissing => TEXT_EMPTY.to_owned(),
        Refusal::TextTooLong { characters_max } => format!("That is longer than {characters_max} characters. Please shorten it."),
        Refusal::Expired { .. } => {
            "The time to answer has passed. Nothing was signed. Write or call us if you would still like to join.".to_owned()
        }
        Refusal::LetterHeld => "The letter is on hold. Nothing was signed; we write to you.".to_owned(),
        Refusal::LetterReplaced { .. } | Refusal::LetterDiffers => {
            "The letter was replaced since you opened it. Nothing was signed: please read the letter as it is now.".to_owned()
        }
        Refusal::ContingencyOpen { kinds } => waits(kinds),
        Refusal::AnsweredAlready { .. } => "This offer was answered already.".to_owned(),
        Refusal::NoSeatFree => "The last opening was filled a moment ago. Nothing was signed. We are sorry; write or call us.".to_owned(),
        Refusal::NothingSent => NOTHING_YET.0.to_owned(),
        Refusal::Hidden
        | Refusal::ProveFirst
        | Refusal::Person { .. }
        | Refusal::NotAllowed { .. }
        | Refusal::FieldsNotYours { .. }
        | Refusal::Settled { .. }
        | Refusal::AnotherPerson
        | Refusal::NotInThisState { .. }
        | Refusal::MovedOn { .. }
        | Refusal::Conflict { .. }
        | Refusal::RangeUnfit { .. }
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
        | Refusal::BeyondLimit { .. }
        | Refusal::NoRoute
        | Refusal::StepNotOpen { .. }
        | Refusal::NotYourStep { .. }
        | Refusal::OwnRequest
        | Refusal::NoSuch { .. }
        | Refusal::FieldsMissing { .. }
        | Refusal::SendingAlready
        | Refusal::AcceptByPast
        | Refusal::NotExpired { .. }
        | Refusal::NothingChanges
        | Refusal::AcknowledgedAlready { .. }
        | Refusal::RescissionUnderWay
        | Refusal::NotAsked
        | Refusal::AgreedForAnother { .. }
        | Refusal::NotThatDay => MOVED_ON.to_owned(),
    }
}

/// Beside the answer.
pub const HELP_BESIDE: &str = "Rather talk about it?";

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Moment {
        Moment::parse(text).unwrap()
    }

    #[test]
    fn the_time_that_is_left_is_said_in_days_then_in_hours_then_in_minutes() {
        let until = at("2027-01-15T22:00:00Z");
        assert_eq!(time_left(until, at("2027-01-10T22:00:00Z")).as_deref(), Some("5 days left"));
        assert_eq!(time_left(until, at("2027-01-14T12:00:00Z")).as_deref(), Some("34 hours left"));
        assert_eq!(time_left(until, at("2027-01-15T20:30:30Z")).as_deref(), Some("89 minutes left"));
        assert_eq!(time_left(until, until).as_deref(), Some("less than two minutes left"));
        assert_eq!(time_left(until, at("2027-01-15T22:00:00.000001Z")), None);
    }

    #[test]
    fn a_deadline_reads_as_in_the_letter() {
        assert_eq!(deadline_in_a_sentence("2027-01-15T17:00", "America/Los_Angeles"), "5:00 PM Pacific Time on Friday, January 15, 2027");
        assert_eq!(deadline("2027-01-15T17:00", "America/Los_Angeles").0, "Friday, January 15, 2027, 5:00 PM");
        assert_eq!(deadline("Friday at five", "Eastern Time").0, "Friday at five");
    }
}
