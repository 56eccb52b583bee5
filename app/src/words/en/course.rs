//! What the course of an offer says: versions, proposals and conflicts, the negotiation, what was spoken, exposure, losses.

use offer::lifecycle::Revision;
use offer::measure::Exposure;

use super::date;

macro_rules! says { ($($(#[$doc:meta])* $name:ident = $text:literal;)*) => { $($(#[$doc])* pub const $name: &str = $text;)* }; }

says! {
    /// A heading.
    SINCE_YOU_APPROVED = "What changed since you approved";
    /// A notice.
    MOVED_ON = "What changed since you read this page";
    /// Before reasons.
    WHY_AGAIN = "Why it is needed again";
    /// The head of a column and of a line.
    TERM = "Term";
    /// A mark of a change that somebody decides.
    MATERIAL = "Decided by an approver";
    /// A mark of a change that nobody decides.
    COSMETIC = "No approval needed";
    /// A mark of a term that is the same.
    SAME = "Same";
    /// A heading, and the title of its page.
    VERSIONS = "Compare versions";
    /// Under the title.
    VERSIONS_LEAD = "What changed stands first. Terms that you may not see are left out.";
    /// A box.
    ONE_VERSION = "Version";
    /// A box.
    OTHER_VERSION = "compared with";
    /// Button.
    COMPARE = "Compare";
    /// A heading over terms.
    CHANGED_TERMS = "Changed";
    /// A heading over terms.
    UNCHANGED_TERMS = "Unchanged";
    /// Two versions that say the same.
    NO_DIFFERENCE = "These two versions say the same in every term that you may see.";

    /// A notice.
    CONFLICT = "Somebody else changed the same term meanwhile";
    /// Under it.
    CONFLICT_WHAT_NOW = "What you typed is kept below. Agree on one value with them, or keep yours: sending the form again replaces theirs.";
    /// Under it, when nothing was typed but a proposal was read at an older version.
    CONFLICT_TO_CHOOSE = "Choose one of the two below, or refuse the change.";
    /// The head of a column.
    WAS_READ = "When it was read";
    /// The head of a column.
    YOURS = "Yours";
    /// The head of a column.
    PROPOSED_VALUE = "Proposed";
    /// The head of a column.
    THEIRS = "Now";
    /// A notice on the offer.
    OPEN_CONFLICT = "A proposed change and the offer now say different things";

    /// A box.
    EVIDENCE = "What shows it? (optional)";
    /// Help.
    EVIDENCE_HINT = "Like another employer's letter with its date, or a call and who was on it.";
    /// Before the evidence of a proposal.
    EVIDENCE_LABEL = "Shown by";
    /// A box.
    LETTER_MEANWHILE = "The letter meanwhile";
    /// A choice.
    LETTER_OPEN = "Stays open: the candidate can still accept it as it is";
    /// A choice.
    LETTER_HELD = "On hold until this is decided";
    /// What a proposal does to the letter.
    LETTER_STAYS_OPEN = "The letter stays open while this is decided.";
    /// What a proposal does to the letter.
    LETTER_IS_HELD = "The letter is on hold until this is decided.";

    /// A heading.
    NEGOTIATION = "Negotiation";
    /// The head of a column.
    OFFERED_FIRST = "Offered first";
    /// The head of a column.
    ASKED_LAST = "Asked for";
    /// The head of a column.
    STANDS_NOW = "Now";
    /// The head of a column.
    WAS_ACCEPTED = "Accepted";
    /// A value that no request named.
    NOT_NAMED = "not stated in the request";

    /// A heading.
    DIFFERENCES = "The letter does not say what the candidate was told";
    /// Under it.
    DIFFERENCES_WHAT_NOW = "Propose a change so that the letter says it, or give a reason for each difference. Nothing is sent before that.";
    /// The head of a value.
    TOLD = "The candidate was told";
    /// The head of a value.
    WRITTEN = "The letter would say";
    /// A value that is not in the letter.
    NOTHING_WRITTEN = "nothing";
    /// A value of a term that is private to the person.
    PRIVATE_VALUE = "see the term itself";
    /// The box of a reason.
    WHY_DIFFERENT = "Why does the letter say something else?";
    /// A link.
    MAKE_THE_LETTER_SAY_IT = "Propose a change so that the letter says it";
    /// A notice on the offer before sending.
    DIFFERENCES_AHEAD = "Before it can be sent: the letter would not say what the candidate was told.";
    /// Within that notice, once a proposal would make the letter say it.
    DIFFERENCES_PROPOSED = "A change that says so is proposed already. The letter follows once it is adopted.";
    /// A group of boxes.
    ALSO_SPOKEN = "Anything else that was promised";
    /// Help.
    ALSO_SPOKEN_HINT = "Only what was said. The letter has to say the same, or give a reason.";
    /// Marks a conversation.
    OUTSIDE_APPROVAL = "Outside what is approved";

    /// A heading.
    EXPOSURE = "Told, and not yet written";
    /// A mark.
    WILL_MISS = "Will miss their deadline";
    /// A heading.
    LOST = "How it was lost";
    /// A line.
    LOST_UNWRITTEN = "Lost before anything was written to the candidate.";
    /// A line.
    LOST_AFTER_VERBAL = "It fell through after the verbal offer, and counts as that.";
}

/// Over what changed since somebody approved.
pub fn since_approved(step: &str, by: &str, by_you: bool, version: u32, at: &str) -> String {
    match (by_you, by.is_empty()) {
        (true, _) => format!("You approved version {version} as {step} on {at}."),
        (false, true) => format!("Version {version} was approved as {step} on {at}."),
        (false, false) => format!("{by} approved version {version} as {step} on {at}."),
    }
}

/// A heading for those whose step it is not.
pub fn since_step_approved(step: &str) -> String {
    format!("What changed since {step} approved")
}

/// A version that came since, by whom and why.
pub fn version_since(version: u32, by: &str, at: &str, why: &str) -> String {
    let by = if by.is_empty() { String::new() } else { format!(" by {by}") };
    let why = if why.is_empty() { String::new() } else { format!(": \"{why}\"") };
    format!("Version {version}{by}, {at}{why}")
}

/// A version in a list to choose from.
pub fn version_choice(version: u32, at: &str, revision: Option<Revision>) -> String {
    let kind = match revision {
        None => "submitted",
        Some(Revision::Material) => "changed",
        Some(Revision::Cosmetic) => "changed, nothing an approver decides",
    };
    format!("Version {version}, {kind} {at}")
}

/// The head of a column.
pub fn version_head(version: u32) -> String {
    format!("Version {version}")
}

/// A link from the history.
pub fn compare(before: u32, after: u32) -> String {
    format!("Compare version {before} with version {after}")
}

/// What kind of a change there is between two versions.
pub fn between(changed: usize, material: usize) -> String {
    let terms = if changed == 1 { "1 term differs".to_owned() } else { format!("{changed} terms differ") };
    match material {
        0 => format!("{terms}; no approver decides any of them."),
        material if material == changed && changed == 1 => format!("{terms}; an approver decides it."),
        material if material == changed => format!("{terms}; approvers decide all of them."),
        material => format!("{terms}; approvers decide {material} of them."),
    }
}

/// A term whose value changed since a proposal was read.
pub fn conflict_note(was: &str, now: &str) -> String {
    format!("It was {was} when this was proposed, and is {now} now.")
}

/// Which proposal it is that says something else.
pub fn conflict_of(by: &str) -> String {
    if by.is_empty() {
        "Proposed value and value now, side by side:".to_owned()
    } else {
        format!("{by} proposed another value than the offer has now:")
    }
}

/// What became of a proposal.
pub fn adopted(version: u32, adjusted: bool, by: &str, at: &str) -> String {
    let how = if adjusted { "Adopted with adjustments" } else { "Adopted" };
    format!("{how}, as version {version}{}.", by_at(by, at))
}

/// What became of a proposal.
pub fn refused(by: &str, at: &str, reason: &str) -> String {
    format!("Refused{}: {reason}", by_at(by, at))
}

fn by_at(by: &str, at: &str) -> String {
    match (by.is_empty(), at.is_empty()) {
        (_, true) => String::new(),
        (true, false) => format!(", {at}"),
        (false, false) => format!(", by {by}, {at}"),
    }
}

/// A move of a negotiation.
pub fn offered(version: u32, spoken: bool) -> String {
    if spoken { format!("Offered by word, version {version}") } else { format!("Offered in writing, version {version}") }
}

/// A move of a negotiation.
pub fn conceded(version: u32, adjusted: bool) -> String {
    if adjusted { format!("Granted with adjustments, version {version}") } else { format!("Granted, version {version}") }
}

/// A move of a negotiation.
pub fn accepted(version: u32) -> String {
    format!("The candidate accepted version {version}")
}

/// How long a verbal offer has stood unwritten: "Told 2 days ago, and nothing is written yet."
pub fn exposed_for(span: &str) -> String {
    format!("The candidate was told {span} ago, and nothing is written yet.")
}

/// How long it had, once it was written or ended.
pub fn was_exposed_for(span: &str) -> String {
    format!("From the first word to the first letter: {span}.")
}

/// How long it had when it ended without a letter.
pub fn was_never_written(span: &str) -> String {
    format!("Nothing was written in the {span} after the first word.")
}

/// The other offer.
pub fn other_offer(exposure: &Exposure) -> Option<String> {
    exposure.deadline.map(|deadline| format!("Their other offer ends {}.", date::day(deadline)))
}

/// When it is likely to be written.
pub fn likely_written(near: &str) -> String {
    format!("At the pace of the steps ahead it is likely to be written {near}.")
}

/// Without a past.
pub const NO_PACE: &str = "There is no past yet by which to say when it will be written.";

/// The same on a card, short.
pub fn exposed_short(span: &str) -> String {
    format!("Told the candidate {span} ago, no letter yet")
}

/// The same on a card, with the other offer.
pub fn other_offer_short(exposure: &Exposure) -> Option<String> {
    exposure.deadline.map(|deadline| format!("other offer ends {}", date::day(deadline)))
}

/// The same on a card.
pub fn likely_short(near: &str) -> String {
    format!("letter likely {near}")
}

/// The step that kept an offer waiting longest.
pub fn bottleneck(step: &str, span: &str, undecided: bool) -> String {
    if undecided {
        format!("It waited longest on {step}: {span}, and that decision had not come.")
    } else {
        format!("It waited longest on {step}: {span}.")
    }
}

/// Fields that were spoken outside what is approved, on the offer.
pub fn spoken_outside(labels: &str) -> String {
    format!("Spoken to the candidate outside what was approved then: {labels}. Each counts as an exception.")
}

/// How many offers were lost before anything was written, where losses are listed.
pub fn lost_counts(unwritten: &str, after_verbal: Option<&str>) -> String {
    let after_verbal = after_verbal.map(|count| format!(" Fell through after the verbal offer: {count}.")).unwrap_or_default();
    format!("Lost before anything was written: {unwritten}.{after_verbal}")
}
