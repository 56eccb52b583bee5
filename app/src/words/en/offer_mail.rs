//! What mails about offers say. Nobody is told a figure by mail: the page behind the link shows them.

/// A mail in words; who sends it to whom, and where the link leads, is the server's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MailText {
    /// The subject line.
    pub subject: String,
    /// The first line.
    pub heading: String,
    /// What it says.
    pub paragraphs: Vec<String>,
    /// The words of its link; nothing when it has none.
    pub link: Option<&'static str>,
    /// Small print.
    pub footer: String,
}

/// What every mail about an offer can name.
#[derive(Clone, Copy, Debug)]
pub struct About<'a> {
    /// The firm.
    pub firm: &'a str,
    /// The offer's number, `REQ-1000-3`.
    pub number: &'a str,
    /// The job.
    pub title: &'a str,
}

const OPEN_OFFER: &str = "Open the offer";
const READ_OFFER: &str = "Read the offer";

fn to_candidate(about: About<'_>, subject: String, heading: String, paragraphs: Vec<String>, link: Option<&'static str>) -> MailText {
    let footer =
        format!("{} never asks for your bank details or a payment by email. Answer this email to reach your recruiter.", about.firm);
    MailText { subject, heading, paragraphs, link, footer }
}

fn to_staff(about: About<'_>, what: &str, paragraphs: Vec<String>) -> MailText {
    MailText {
        subject: format!("{what}: {}, {}", about.number, about.title),
        heading: what.to_owned(),
        paragraphs,
        link: Some(OPEN_OFFER),
        footer: format!("You get this because {} works with this offer in Countersign.", about.firm),
    }
}

/// The letter is ready for the candidate.
pub fn invitation(about: About<'_>, name: &str, employer: &str, deadline: &str) -> MailText {
    to_candidate(
        about,
        format!("Your offer from {employer}"),
        format!("{name}, your offer is ready"),
        vec![
            format!("{} sends you an offer: {}.", about.firm, about.title),
            format!(
                "The page asks for a code that we email to this address. You can read the letter, ask about it, and answer it until {deadline}."
            ),
        ],
        Some(READ_OFFER),
    )
}

/// A changed letter takes the place of an earlier one.
pub fn new_version(about: About<'_>, name: &str, employer: &str, deadline: &str) -> MailText {
    to_candidate(
        about,
        format!("Your new offer from {employer}"),
        format!("{name}, your offer has changed"),
        vec![
            format!("A new letter for {} takes the place of the one you had. The earlier one can no longer be signed.", about.title),
            format!("You can answer it until {deadline}."),
        ],
        Some(READ_OFFER),
    )
}

/// A new way to an offer that was sent before.
pub fn new_link(about: About<'_>, name: &str) -> MailText {
    to_candidate(
        about,
        format!("A new link to your offer from {}", about.firm),
        format!("{name}, here is a new link"),
        vec![
            format!("It opens the offer for {}. Nothing in the offer changed.", about.title),
            "The page asks for a code that we email to this address.".to_owned(),
        ],
        Some(READ_OFFER),
    )
}

/// The accept-by moved.
pub fn deadline_moved(about: About<'_>, name: &str, deadline: &str) -> MailText {
    to_candidate(
        about,
        "You have a new date to answer your offer".to_owned(),
        format!("{name}, the date has moved"),
        vec![format!(
            "You can now answer the offer for {} until {deadline}. The letter says so too; nothing else in it changed.",
            about.title
        )],
        Some(READ_OFFER),
    )
}

/// A question of the candidate has its answer.
pub fn question_answered(about: About<'_>, name: &str) -> MailText {
    to_candidate(
        about,
        "Your question about the offer has an answer".to_owned(),
        format!("{name}, we answered your question"),
        vec![format!("The answer stands beside your question on the page of the offer for {}.", about.title)],
        Some(READ_OFFER),
    )
}

/// What the candidate asked for was not taken up.
pub fn stays_as_it_is(about: About<'_>, name: &str, deadline: &str) -> MailText {
    to_candidate(
        about,
        "The change you asked for".to_owned(),
        format!("{name}, we looked at what you asked for"),
        vec![
            format!("We cannot change it: the offer for {} stays as the letter says.", about.title),
            format!("You can answer the letter until {deadline}. If you would like to talk it over first, answer this email."),
        ],
        Some(READ_OFFER),
    )
}

/// What was asked before deciding has its answer.
#[must_use]
pub fn answered_first(mut text: MailText) -> MailText {
    text.paragraphs.insert(0, "The question about this offer has an answer. You find it on the page, where you decide.".to_owned());
    text
}

/// A letter is held for a while.
pub fn on_hold(about: About<'_>, name: &str) -> MailText {
    to_candidate(
        about,
        "Your offer is on hold for now".to_owned(),
        format!("{name}, your letter is on hold for now"),
        vec![
            format!("You cannot accept the letter for {} at the moment. There is nothing you need to do.", about.title),
            "We write to you when it is open again.".to_owned(),
        ],
        Some(READ_OFFER),
    )
}

/// A letter that was held is open again.
pub fn open_again(about: About<'_>, name: &str, deadline: &str) -> MailText {
    to_candidate(
        about,
        "Your offer is open again".to_owned(),
        format!("{name}, your letter is no longer on hold"),
        vec![format!("You can answer the offer for {} until {deadline}. Nothing in the letter changed.", about.title)],
        Some(READ_OFFER),
    )
}

/// Everything is complete that signing had to wait for.
pub fn can_be_signed(about: About<'_>, name: &str, deadline: &str) -> MailText {
    to_candidate(
        about,
        "You can sign your offer now".to_owned(),
        format!("{name}, your letter can be signed"),
        vec![format!(
            "Everything that had to be complete first is complete. You can sign the letter for {} until {deadline}.",
            about.title
        )],
        Some(READ_OFFER),
    )
}

/// The first day moved after the signature.
pub fn start_moved(about: About<'_>, name: &str, day: &str) -> MailText {
    to_candidate(
        about,
        "Your first day has moved".to_owned(),
        format!("{name}, your first day is {day}"),
        vec![format!("Your start as {} moved to {day}. If that does not suit you, answer this email today.", about.title)],
        Some(READ_OFFER),
    )
}

/// The candidate accepted; the copies go along.
pub fn copy_of_acceptance(about: About<'_>, name: &str, employer: &str, signed_at: &str) -> MailText {
    to_candidate(
        about,
        format!("You accepted the offer from {employer}"),
        format!("Welcome, {name}"),
        vec![
            format!("You accepted the offer for {} on {signed_at}.", about.title),
            "The letter that you signed is attached as a PDF: that is the copy to keep.".to_owned(),
            "The file that ends in .json is the record of your signature, for programs that check it. You need not open it.".to_owned(),
            "Your recruiter tells you what comes next before your first day.".to_owned(),
        ],
        None,
    )
}

/// The candidate declined.
pub fn copy_of_decline(about: About<'_>, name: &str, employer: &str, declined_at: &str) -> MailText {
    to_candidate(
        about,
        format!("You declined the offer from {employer}"),
        format!("Thank you, {name}"),
        vec![
            format!("We recorded on {declined_at} that you declined the offer for {}.", about.title),
            "If that was not you, answer this email today.".to_owned(),
        ],
        None,
    )
}

/// A step waits on the reader.
pub fn waiting_on_you(about: About<'_>, step: &str, due: &str) -> MailText {
    to_staff(about, "Waiting on you", vec![format!("The offer waits on you: {step}. A decision is expected by {due}.")])
}

/// The same mail for whoever decides from it.
#[must_use]
pub fn decided_here(mut text: MailText) -> MailText {
    text.paragraphs.push(
        "You can decide right here, on your phone as well, without signing in. The first time, the page asks for a code that we email to this address."
            .to_owned(),
    );
    MailText { link: Some("Read and decide"), ..text }
}

/// The same mail for somebody whose role signs in with a second factor.
#[must_use]
pub fn decided_signed_in(mut text: MailText) -> MailText {
    text.paragraphs.push("Your role decides after signing in with a second factor.".to_owned());
    MailText { link: Some("Sign in and decide"), ..text }
}

/// Beside the link to the decision, for whoever would rather sign in.
pub const OPEN_SIGNED_IN: &str = "Or sign in and open the whole offer";

/// Beside it, for a client's contact.
pub const OPEN_PORTAL: &str = "Or see all offers for your account; that page asks for a code";

/// A step waits on the reader, who stands in for somebody away.
pub fn waiting_on_you_for(about: About<'_>, step: &str, due: &str, whom: &str) -> MailText {
    let paragraphs =
        vec![format!("The offer waits on you: {step}. You decide for {whom}, who is away."), format!("A decision is expected by {due}.")];
    to_staff(about, "Waiting on you", paragraphs)
}

/// A step still waits on the reader.
pub fn still_waiting_on_you(about: About<'_>, step: &str, due: &str) -> MailText {
    let paragraphs = vec![
        format!("The offer still waits on you: {step}."),
        format!("A decision is expected by {due}. If you cannot decide by then, tell the recruiter."),
    ];
    to_staff(about, "Reminder: waiting on you", paragraphs)
}

/// A decision is overdue.
pub fn overdue(about: About<'_>, step: &str, waits_on: &[String]) -> MailText {
    let whom = if waits_on.is_empty() { String::new() } else { format!(" It waits on {}.", waits_on.join(", ")) };
    to_staff(about, "A decision is overdue", vec![format!("The decision of {step} was due and is not made yet.{whom}")])
}

/// A decision was handed to the reader.
pub fn handed_to_you(about: About<'_>, step: &str, due: &str, by: &str) -> MailText {
    let paragraphs =
        vec![format!("{by} handed you a decision: {step}. The page of the offer says why."), format!("It is expected by {due}.")];
    to_staff(about, "A decision was handed to you", paragraphs)
}

/// What is asked again: the terms to look at, as far as the reader sees them, and how many approvals of how many steps stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Again {
    /// The terms by name.
    pub terms: Vec<String>,
    /// Steps whose approval stands.
    pub standing: usize,
    /// Steps in all.
    pub of: usize,
}

impl Again {
    fn said(&self) -> String {
        let look = match self.terms.is_empty() {
            true => "The offer changed since it was approved here, and it is needed again.".to_owned(),
            false => {
                format!("The offer changed since it was approved here. It is needed again for one thing only: {}.", self.terms.join(", "))
            }
        };
        match self.standing {
            0 => look,
            1 => format!("{look} 1 of {} approvals stands.", self.of),
            standing => format!("{look} {standing} of {} approvals stand.", self.of),
        }
    }
}

/// A step waits on the reader again, after a change.
pub fn waiting_on_you_again(about: About<'_>, step: &str, again: &Again, due: &str) -> MailText {
    let paragraphs = vec![
        format!("The offer waits on you again: {step}."),
        again.said(),
        format!("The page shows what changed, by whom and why. A decision is expected by {due}."),
    ];
    to_staff(about, "Waiting on you again", paragraphs)
}

/// The same for a client's contact.
pub fn waiting_on_client_again(about: About<'_>, name: &str, again: &Again, due: &str) -> MailText {
    let mut text = waiting_on_client(about, name, due);
    text.subject = format!("{} asks for your approval again: {}, {}", about.firm, about.number, about.title);
    text.heading = format!("{name}, an offer waits on you again");
    text.paragraphs.insert(1, Again { standing: 0, ..again.clone() }.said());
    text
}

/// What became of a change that the reader proposed.
pub fn proposal_decided(about: About<'_>, by: &str, adopted: Option<bool>) -> MailText {
    let who = if by.is_empty() { "Somebody" } else { by };
    let (what, said) = match adopted {
        Some(false) => ("Your change was adopted", format!("{who} adopted the change that you proposed, as you proposed it.")),
        Some(true) => (
            "Your change was adopted with adjustments",
            format!("{who} adopted the change that you proposed, with adjustments. The page shows both."),
        ),
        None => ("Your change was refused", format!("{who} refused the change that you proposed and said why. The offer stays as it is.")),
    };
    to_staff(about, what, vec![said])
}

/// Somebody changed a term to another value than the reader proposed.
pub fn overtaken(about: About<'_>, by: &str, terms: &[String]) -> MailText {
    let who = if by.is_empty() { "Somebody" } else { by };
    let paragraphs = vec![
        format!("{who} changed a term for which you proposed another value: {}.", terms.join(", ")),
        "Your proposal is still open. The page shows both values side by side; agree on one, then adopt or refuse it.".to_owned(),
    ];
    to_staff(about, "Two values for one term", paragraphs)
}

/// The employer took back an offer that was sent.
pub fn rescinded(about: About<'_>, name: &str, employer: &str) -> MailText {
    to_candidate(
        about,
        format!("Your offer from {employer} was withdrawn"),
        format!("{name}, your offer was withdrawn"),
        vec![
            format!(
                "{employer} has withdrawn the offer for {}. The letter can no longer be accepted, and one that was accepted no longer holds.",
                about.title
            ),
            "We know that this matters to you. Your recruiter calls you about it; answer this email to reach them sooner.".to_owned(),
        ],
        None,
    )
}

/// What became of a request to rescind, for those who asked or were asked.
pub fn rescission_ended(about: About<'_>, by: &str, rescinded: bool) -> MailText {
    let who = if by.is_empty() { "Somebody" } else { by };
    if rescinded {
        let said = "Everyone who had to agree has agreed. The offer was ended, its opening is free again, and the candidate was told by email. Call the candidate too.";
        to_staff(about, "The offer was rescinded", vec![said.to_owned()])
    } else {
        to_staff(
            about,
            "The request to rescind was dropped",
            vec![format!("{who} dropped the request to rescind and said why. The offer stays as it is.")],
        )
    }
}

/// A step waits on a client's contact.
pub fn waiting_on_client(about: About<'_>, name: &str, due: &str) -> MailText {
    MailText {
        subject: format!("{} asks for your approval: {}, {}", about.firm, about.number, about.title),
        heading: format!("{name}, an offer waits on you"),
        paragraphs: vec![
            format!("{} prepared an offer for {} and asks you to approve it.", about.firm, about.title),
            format!("You can decide right here, on your phone as well. An answer is expected by {due}."),
            "The first time, the page asks for a code that we email to this address.".to_owned(),
        ],
        link: Some("Read and decide"),
        footer: format!("Answer this email to reach {}.", about.firm),
    }
}

/// A step still waits on a client's contact.
pub fn still_waiting_on_client(about: About<'_>, name: &str, due: &str) -> MailText {
    let text = waiting_on_client(about, name, due);
    MailText { subject: format!("Reminder: {}", text.subject), heading: format!("{name}, an offer still waits on you"), ..text }
}

/// What became of an offer that a client's contact follows, in the sentence of their own page.
pub fn news_for_client(about: About<'_>, told: &str) -> MailText {
    MailText {
        subject: format!("{}: {}, {}", told.trim_end_matches('.'), about.number, about.title),
        heading: told.to_owned(),
        paragraphs: vec![format!(
            "This is about offer {}, {}. Its page names the person and shows how everything stands.",
            about.number, about.title
        )],
        link: Some("See the offers for your account"),
        footer: format!("Answer this email to reach {}.", about.firm),
    }
}

/// A hand-off waits on the reader.
pub fn handoff(about: About<'_>, recipient: &str, due: &str) -> MailText {
    let paragraphs = vec![format!("The offer was accepted, and {recipient} has something to take over."), format!("It is due by {due}.")];
    to_staff(about, "To take over", paragraphs)
}

/// A role must agree to a rescission.
pub fn rescission(about: About<'_>, by: &str) -> MailText {
    let paragraphs =
        vec![format!("{by} asks to take back an offer that was sent. Nothing happens until everyone who must agree has agreed.")];
    to_staff(about, "A rescission waits on you", paragraphs)
}

/// What a recruiter is told at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// A step came back with a question.
    Returned,
    /// A step rejected.
    Rejected,
    /// Every step approved.
    Cleared,
    /// The candidate asked something.
    Asked,
    /// The candidate asks for a change.
    ChangeAsked,
    /// A colleague proposes a change.
    ChangeProposed,
    /// The candidate accepted.
    Accepted,
    /// The candidate declined.
    Declined,
    /// Nobody answered in time.
    Expired,
    /// The letter could not be mailed.
    SendFailed,
    /// The mail came back.
    Bounced,
}

/// News for the recruiter. `by` is who brought it about, by name; empty for nobody.
pub fn news(about: About<'_>, news: News, by: &str) -> MailText {
    let who = if by.is_empty() { "Somebody" } else { by };
    let (what, says) = match news {
        News::Returned => (
            "Returned with a question",
            format!("{who} has a question before deciding. The clock of the step stands still until you answer."),
        ),
        News::Rejected => ("Rejected", format!("{who} rejected the offer and said why. It is a draft again.")),
        News::Cleared => ("Approved", "Every step has approved. The letter can be sent.".to_owned()),
        News::Asked => ("The candidate asks", "The candidate has a question about the offer.".to_owned()),
        News::ChangeAsked => {
            ("The candidate asks for a change", "The candidate asks to change the offer. The letter stays open meanwhile.".to_owned())
        }
        News::ChangeProposed => {
            ("A change is proposed", format!("{who} proposed a change of the offer. Adopt it, adjusted or as it is, or refuse it."))
        }
        News::Accepted => ("Accepted", "The candidate signed. The hand-off begins.".to_owned()),
        News::Declined => ("Declined", "The candidate declined the offer.".to_owned()),
        News::Expired => ("Expired", "Nobody answered by the date in the letter, and it can no longer be signed.".to_owned()),
        News::SendFailed => ("Not sent", "The mail with the letter could not be delivered. The candidate has not seen it.".to_owned()),
        News::Bounced => ("The mail came back", "The mail with the letter was returned. The candidate may not have seen it.".to_owned()),
    };
    to_staff(about, what, vec![says])
}
