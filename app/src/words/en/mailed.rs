//! What somebody reads who decides from a mail: what is asked, why of them, and what came of it.

use offer::lifecycle::Status;

use super::client;

// the way in

/// Under the head of a link whose browser could be anybody's, when nothing waits behind it any more.
pub const NOTHING_WAITS: &str = "Nothing waits on you behind this link any more. With a code you can still read what became of it.";

/// A form came back because the browser is not known any more.
pub const NOT_KNOWN: &str = "Your answer was not taken: this browser is not remembered any more. Have a code emailed, then answer again.";

/// The head for whoever signs in with a second factor.
pub const SIGN_IN: &str = "Sign in to decide";

/// Why.
pub const SIGN_IN_LEAD: &str = "Your role decides after signing in with a second factor. Whoever reads your email cannot decide for you, so nothing is decided from an email.";

/// The way there.
pub const SIGN_IN_BUTTON: &str = "Sign in and open the offer";

// what is asked

/// By when, under the title.
pub fn wanted(reader: &str, when: &str) -> String {
    format!("{reader}, your answer is wanted by {when}.")
}

/// The same, late.
pub fn was_wanted(reader: &str, when: &str) -> String {
    format!("{reader}, your answer was wanted by {when}.")
}

/// The one sentence that says what is asked.
pub fn asked(candidate: &str, title: &str, pay: Option<&str>, start: Option<&str>) -> String {
    let person = if candidate.is_empty() { "somebody" } else { candidate };
    let what = pay.map_or_else(|| format!("{person} as {title}"), |pay| format!("{pay} for {person} as {title}"));
    match start {
        Some(start) => format!("Do you approve {what}, starting {start}?"),
        None => format!("Do you approve {what}?"),
    }
}

/// The same for somebody who approved before.
pub fn asked_again(labels: &[String]) -> String {
    match labels {
        [] => "You approved this before, and are asked again. Do you still approve?".to_owned(),
        [one] => format!("{one} changed since you approved. Do you still approve?"),
        several => format!("{} things changed since you approved. Do you still approve?", several.len()),
    }
}

/// In place of the question, to whoever may not approve that much.
pub fn beyond(within: &[String]) -> String {
    let others = if within.is_empty() { String::new() } else { format!("; {} can", listed_or(within)) };
    format!("This offer is more than you may approve{others}. You can ask a question or reject it.")
}

/// For whom somebody decides.
pub fn on_behalf_of(name: &str) -> String {
    format!("You decide for {name}.")
}

/// What an approval stands for; the rest is told of where others decide as well.
pub fn stands_for(fields: &[String], with_others: bool) -> String {
    let own = client::stands_for(fields);
    if with_others { format!("{own} The rest is others' to decide.") } else { own }
}

/// From the head of a narrow page down to the answer.
pub const TO_ANSWER: &str = "Go to your answer";

/// The head over the changes.
pub const SINCE: &str = "What changed since you approved";

/// When that was.
pub fn approved_on(when: &str) -> String {
    format!("You approved on {when}.")
}

/// Nothing that the reader may see.
pub const NOTHING_CHANGED: &str = "Nothing that you can see changed since.";

/// The head over exceptions and findings.
pub const UNUSUAL: &str = "Out of the ordinary";

/// The head over the reasons.
pub const WHY: &str = "Why you are asked";

/// The reason for a client's contact, to whom the firm's own rules are not told.
pub fn why_client(firm: &str, client: &str) -> String {
    match client {
        "" => format!("{firm} asks you because you speak for your side of this offer."),
        client => format!("{firm} asks you because you speak for {client}."),
    }
}

/// The reason when the reader may see none of it.
pub fn why_role(role: &str) -> String {
    format!("You are asked for {role}.")
}

/// The head over what the reader decides.
pub const DECIDES: &str = "What you decide";

/// The head over the rest.
pub const WHOLE: &str = "The whole offer";

// the answer

/// The head over the ways to answer.
pub const ANSWER: &str = "Your answer";

/// Its label.
pub const COMMENT: &str = "Comment";
/// Who reads it.
pub const COMMENT_HINT: &str = "It is kept with your approval.";
/// The one primary button.
pub const APPROVE: &str = "Approve";
/// The second way.
pub const ASK: &str = "Ask a question";
/// Its label.
pub const QUESTION: &str = "Your question";
/// What it does.
pub fn question_hint(firm: &str) -> String {
    format!("It goes to the recruiter at {firm}. Once it is answered, an email asks you again.")
}
/// Its button.
pub const ASK_BUTTON: &str = "Send the question";
/// The third way.
pub const REJECT: &str = "Reject";
/// Its label.
pub const REASON: &str = "Your reason";
/// What it does.
pub const REASON_HINT: &str = "The offer goes back to the recruiter with your reason. Nothing goes to the candidate.";
/// Its button.
pub const REJECT_BUTTON: &str = "Reject this offer";

/// Why the reader cannot approve.
pub const BEYOND: &str = "This is more than you may approve";
/// What else there is.
pub const BEYOND_HELP: &str = "You can ask a question or reject it. Somebody with a higher limit can approve.";

// who else

/// The head over the route, for those who read who is not asked.
pub const WHO: &str = "Who is asked, and why nobody else";
/// The head over the route, for a client's contact.
pub const WHO_CLIENT: &str = "Who approves";
/// The reader.
pub const YOU: &str = "You, now";
/// Waits on its people.
pub const NOW: &str = "Asked now";
/// Waits for those before.
pub const LATER: &str = "Asked after these";
/// A question is open.
pub const RETURNED: &str = "Question open";
/// Approved.
pub const APPROVED: &str = "Approved";
/// Approved at an earlier version.
pub const STILL_STANDS: &str = "What was approved did not change since, so it stands.";

/// Who approved, and when.
pub fn approved_by(by: &str, when: &str) -> String {
    if by.is_empty() { format!("On {when}.") } else { format!("{by}, {when}.") }
}

/// What a step decides.
pub fn decides(fields: &[String]) -> String {
    format!("Decides {}.", listed(fields).to_lowercase())
}

/// A step that is not asked.
pub fn not_asked(step: &str) -> String {
    format!("{step} is not asked")
}

/// The head over what was asked and answered about the step.
pub const TALK: &str = "What was asked and answered";

// afterwards

/// The reader approved.
pub const YOU_APPROVED: &str = "You approved this offer";
/// The reader asked.
pub const YOU_ASKED: &str = "Your question is on its way";
/// The reader rejected.
pub const YOU_REJECTED: &str = "You rejected this offer";

/// That it is recorded.
pub fn recorded(when: &str) -> String {
    format!("Recorded on {when}, with your name. You can close this page.")
}

/// The head over what comes next.
pub const NEXT: &str = "What happens next";
/// After a question.
pub const NEXT_ASKED: &str = "The recruiter answers. An email then asks you again.";
/// After a no.
pub const NEXT_REJECTED: &str = "The offer is back with its recruiter, together with your reason. Nothing goes to the candidate.";
/// While others decide.
pub fn next_waits(on: &[String]) -> String {
    match on {
        [] => "Others still decide. Nothing more is asked of you.".to_owned(),
        some => format!("It now waits on {}. Nothing more is asked of you.", listed_or(some)),
    }
}
/// Once everyone has approved.
pub fn next_letter(firm: &str) -> String {
    format!("Everyone has approved. {firm} sends the letter to the candidate next.")
}

/// Somebody else approved.
pub fn approved_already(by: &str) -> String {
    if by.is_empty() { "This was approved already".to_owned() } else { format!("{by} approved this already") }
}
/// When.
pub fn approved_already_lead(when: &str) -> String {
    format!("That was on {when}. Nothing is asked of you any more.")
}

/// Somebody rejected.
pub const REJECTED: &str = "Somebody rejected this offer";
/// What follows.
pub const REJECTED_LEAD: &str = "It is back with its recruiter. If it comes to you again, a new email asks you.";

/// A question of somebody else.
pub const QUESTION_OPEN: &str = "Somebody asked a question first";
/// What follows.
pub const QUESTION_OPEN_LEAD: &str = "Once the recruiter has answered, an email asks you again.";

/// The offer changed.
pub const CHANGED: &str = "The offer changed since this email";
/// And the reader is asked again.
pub const CHANGED_ASKED: &str = "You are asked again, about the offer as it stands now: a new email is on its way, or in your mailbox already. Nothing counts that was \
     asked before.";
/// And the reader is not.
pub const CHANGED_ONLY: &str = "Nothing is asked of you at the moment.";
/// The head over the changes.
pub const CHANGES: &str = "What changed";

/// Handed over.
pub fn handed_over(to: &str) -> String {
    format!("You handed this to {to}")
}
/// What follows.
pub fn handed_over_lead(to: &str) -> String {
    format!("{to} decides in your place. If you would rather decide yourself, sign in.")
}

/// Nobody decides any more.
pub const ENDED: &str = "Nothing is to be decided any more";

/// It waits on somebody else.
pub const NOT_YOURS: &str = "This does not wait on you any more";
/// Why that may be.
pub const NOT_YOURS_LEAD: &str = "The offer changed, or who decides it. Nothing is asked of you.";

/// Where an offer stands that the reader was asked about.
pub fn stands(status: Status) -> &'static str {
    super::status::sentence(status)
}

// remembered browsers

/// The head over them.
pub const BROWSERS: &str = "Where you are remembered";
/// What it means.
pub const BROWSERS_LEAD: &str = "Emails that ask you for a decision open in these browsers without a code.";
/// The same for a client's contact, whose list of offers is another page.
pub const BROWSERS_LEAD_CLIENT: &str =
    "Emails that ask you for a decision open in these browsers without a code. The list of your offers asks for one.";
/// This one.
pub const THIS_BROWSER: &str = "this browser";
/// Until when.
pub fn until(when: &str) -> String {
    format!("until {when}")
}

/// The button.
pub fn forget(browser: &str) -> String {
    format!("Forget {browser}")
}

/// A browser by what it calls itself: "Safari on iPhone".
pub fn browser(user_agent: &str) -> String {
    let first = |names: &[(&str, &'static str)]| names.iter().find(|(sign, _)| user_agent.contains(sign)).map(|(_, name)| *name);
    let program = first(&[
        ("Edg", "Edge"),
        ("FxiOS", "Firefox"),
        ("Firefox", "Firefox"),
        ("CriOS", "Chrome"),
        ("SamsungBrowser", "Samsung Internet"),
        ("Chrome", "Chrome"),
        ("Safari", "Safari"),
    ]);
    let device = first(&[
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Android", "Android"),
        ("Windows", "Windows"),
        ("CrOS", "Chromebook"),
        ("Macintosh", "Mac"),
        ("Linux", "Linux"),
    ]);
    match (program, device) {
        (Some(program), Some(device)) => format!("{program} on {device}"),
        (Some(program), None) => program.to_owned(),
        (None, Some(device)) => format!("A browser on {device}"),
        (None, None) => "A browser".to_owned(),
    }
}

/// `a, b and c`.
fn listed(words: &[String]) -> String {
    joined(words, " and ")
}

/// `a, b or c`.
fn listed_or(words: &[String]) -> String {
    joined(words, " or ")
}

fn joined(words: &[String], last: &str) -> String {
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((end, before)) => format!("{}{last}{end}", before.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_is_one_sentence() {
        assert_eq!(
            asked("Andre Wilson", "Account Executive", Some("$85,000.00 a year"), Some("February 16, 2027")),
            "Do you approve $85,000.00 a year for Andre Wilson as Account Executive, starting February 16, 2027?"
        );
        assert_eq!(asked("", "Account Executive", None, None), "Do you approve somebody as Account Executive?");
        assert_eq!(asked_again(&["Base pay".to_owned()]), "Base pay changed since you approved. Do you still approve?");
    }

    #[test]
    fn a_browser_is_known_by_its_everyday_name() {
        let iphone = "Mozilla/5.0 (iPhone; CPU iPhone OS 19_0 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/19.0 Mobile/15E148 Safari/604.1";
        assert_eq!(browser(iphone), "Safari on iPhone");
        let edge = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0 Safari/537.36 Edg/143.0";
        assert_eq!(browser(edge), "Edge on Windows");
        assert_eq!(browser("curl/8"), "A browser");
    }
}
