//! What the staff's pages say by themselves.

use offer::engagement::Engagement;
use offer::id::StepKey;

use super::role;

/// The main navigation.
pub const OFFERS: &str = "Offers";
/// The main navigation.
pub const OPENINGS: &str = "Openings";
/// The main navigation.
pub const NEW_OFFER: &str = "New offer";
/// Ends the session.
pub const SIGN_OUT: &str = "Sign out";
/// The banner of a rehearsal.
pub const REHEARSAL: &str = "This is a rehearsal: the clock is set by hand and no mail leaves this machine.";
/// The foot of every page.
pub const FOOT: &str = concat!("Countersign ", env!("CARGO_PKG_VERSION"));

/// Title and button of the sign-in.
pub const SIGN_IN: &str = "Sign in";
/// Under the title.
pub const SIGN_IN_LEAD: &str =
    "For the people of the firm. Candidates, clients and whoever is asked by mail come in by the link in that mail.";
/// In place of a page.
pub const SIGN_IN_FIRST: &str = "Sign in to read this page.";
/// A box of the sign-in.
pub const EMAIL: &str = "Email";
/// A box of the sign-in.
pub const PASSWORD: &str = "Password";
/// A refused sign-in.
pub const NOT_SIGNED_IN: &str = "You are not signed in.";
/// A refused sign-in.
pub const NOT_SIGNED_IN_WHY: &str =
    "Email and password do not go together, or your session has ended. Try again. After several tries this takes longer.";

/// Joining by a one-time link.
pub const JOIN: &str = "Join";
/// Joining by a one-time link.
pub const JOIN_LEAD: &str = "Choose a password. The link works once.";
/// Joining by a one-time link.
pub const JOIN_AS: &str = "You sign in with";
/// The set-up of an empty store.
pub const SET_UP: &str = "Set up";
/// The set-up of an empty store.
pub const SET_UP_LEAD: &str = "You are the first administrator. The link works once.";
/// A box of the set-up.
pub const YOUR_NAME: &str = "Your name";
/// A box of the set-up.
pub const NEW_PASSWORD: &str = "New password";
/// Help for a box of the set-up.
pub const NEW_PASSWORD_HINT: &str = "At least 15 characters. A few words are easier to remember than signs.";
/// Button.
pub const JOIN_DO: &str = "Save and sign in";
/// A spent link.
pub const LINK_SPENT: &str = "This link does not work any more.";
/// A spent link.
pub const LINK_SPENT_WHY: &str = "It was used already, or its time is over. Ask an administrator for a new one.";

/// No such page.
pub const NOT_FOUND: &str = "Not found";
/// No such page.
pub const NOT_FOUND_WHY: &str = "There is nothing at this address, or it is not yours to see.";
/// The store is out of reach.
pub const UNAVAILABLE: &str = "Not available right now";
/// The store is out of reach.
pub const UNAVAILABLE_WHY: &str = "The desk cannot be reached. Nothing was lost. Wait a moment and load the page again.";
/// Not allowed.
pub const FORBIDDEN: &str = "Not for you to see";
/// Refused.
pub const NOT_NOW: &str = "Not possible now";
/// Refused.
pub const NOT_READABLE: &str = "What was sent cannot be read.";
/// A way out.
pub const TO_OFFERS: &str = "To the list of offers";
/// A form was refused.
pub const NOT_DONE: &str = "Nothing was changed.";
/// A box that came back empty, where words are kept.
pub const SAY_WHY: &str = "Write a few words first. They are kept in the history.";

/// The same at the head of a page, after what the box is called.
pub fn say_why_in(label: &str) -> String {
    let colon = if label.ends_with('?') { "" } else { ":" };
    format!("{label}{colon} {SAY_WHY}")
}

/// A finding that goes ahead only with a reason.
pub fn say_why_of(finding: &str) -> String {
    format!("Say why it goes ahead. {finding}")
}

/// A form was lost.
pub const LOST_WHY: &str = "The form could not be taken in just now. Try it again; if it happens once more, wait a moment.";

// lists

/// The search box.
pub const SEARCH: &str = "Search by name, job, client or number";
/// The filter's button.
pub const SHOW: &str = "Show";
/// No offers at all.
pub const NO_OFFERS: &str = "No offers yet";
/// No offers at all, for those who may begin one.
pub const NO_OFFERS_BEGIN: &str = "Begin one for an opening, or a blank one.";
/// No offers at all, for others.
pub const NO_OFFERS_WAIT: &str = "Offers that you may see will be listed here.";
/// Nothing found.
pub const NO_MATCH: &str = "Nothing found";
/// Nothing found.
pub const NO_MATCH_WHY: &str = "Try fewer words, or the beginning of a word.";
/// A way back.
pub const ALL_OFFERS: &str = "All offers";
/// A column.
pub const COLUMN_START: &str = "Start";
/// Under a start that lies behind.
pub const START_HAS_PASSED: &str = "Has passed: the offer needs a new one";
/// A column.
pub const COLUMN_OPENING: &str = "Opening";
/// A column.
pub const COLUMN_CLIENT: &str = "Client";
/// A column.
pub const COLUMN_PLACE: &str = "Place";
/// A column.
pub const COLUMN_SEATS: &str = "Seats";
/// A column.
pub const COLUMN_DO: &str = "Begin";
/// A mark on what waits on the viewer.
pub const ON_YOU: &str = "on you";
/// In place of a name that the viewer may not see.
pub const NAME_HIDDEN: &str = "Name not shown to you";
/// In place of a name that nobody knows.
pub const SOMEBODY: &str = "Somebody who is no longer listed";
/// The first page of a list.
pub const FROM_THE_START: &str = "From the start of the list";
/// The name of the pager.
pub const PAGES: &str = "Pages of the list";

/// A mark: "2 exceptions".
pub fn exceptions(count: u32) -> String {
    if count == 1 { "1 exception".to_owned() } else { format!("{count} exceptions") }
}

/// "Late by 3 hours".
pub fn late_by(span: &str) -> String {
    format!("Late by {span}")
}

/// How many offers a page shows.
pub fn offers_shown(count: usize) -> String {
    if count == 1 { "1 offer".to_owned() } else { format!("{count} offers") }
}

// openings, and beginning an offer

/// Under the title.
pub const OPENINGS_LEAD: &str =
    "Begin an offer for an opening, and what is known about it is filled in. A seat is taken once a candidate signs.";
/// None.
pub const NO_OPENINGS: &str = "No openings";
/// None.
pub const NO_OPENINGS_WHY: &str = "There is none that you may begin an offer for. A blank offer opens one of its own.";
/// A way without an opening.
pub const BLANK_OFFER: &str = "Begin a blank offer";
/// Begins.
pub const BEGIN: &str = "Begin an offer";
/// The same where every seat is taken: somebody may still step back.
pub const BEGIN_ANYWAY: &str = "Begin anyway";
/// Beside that.
pub const NO_SEAT_FREE: &str = "Every seat is taken";
/// Under the title.
pub const NEW_OFFER_LEAD: &str = "A blank offer opens an opening of one seat. For an opening that exists, begin from the list of openings.";
/// A question.
pub const WHICH_ENGAGEMENT: &str = "Who hires?";
/// A question.
pub const CANDIDATE_NAME: &str = "Candidate's legal name";
/// Help.
pub const CANDIDATE_NAME_HINT: &str = "As on a government document.";
/// A question.
pub const CANDIDATE_EMAIL: &str = "Candidate's email";
/// Help.
pub const CANDIDATE_EMAIL_HINT: &str = "The invitation and the code go there. Nothing is sent yet.";

/// What an engagement means.
pub const fn engagement_hint(engagement: Engagement) -> &'static str {
    match engagement {
        Engagement::Internal => "Your own firm hires for itself.",
        Engagement::DirectHire => "A client hires; your firm earns a fee.",
        Engagement::Temp => "Your firm employs; the person works at a client.",
        Engagement::ContractToHire => "Your firm employs first, then the client does.",
    }
}

/// Seats of an opening.
pub fn seats(seats: u32, free: u32, under_way: Option<u32>) -> String {
    match under_way {
        Some(1) => format!("{free} of {seats} free, 1 offer under way"),
        Some(under_way) => format!("{free} of {seats} free, {under_way} offers under way"),
        None => format!("{free} of {seats} free"),
    }
}

// the intake and its review

/// A notice of the review.
pub const NOT_TO_BE_SUBMITTED: &str = "As it stands, it cannot be submitted";
/// The name of the steps, for a screen reader.
pub const SECTIONS: &str = "Sections of the offer";
/// The last step.
pub const REVIEW: &str = "Review";
/// Under the title.
pub const REVIEW_LEAD: &str = "Read everything once before it goes to its approvers.";
/// A save without going on.
pub const SAVED: &str = "Saved as typed.";
/// Button.
pub const SAVE: &str = "Save";
/// Button.
pub const SAVE_AND_REVIEW: &str = "Save and review";
/// Fields that stay.
pub const SETTLED: &str = "Settled when it was first submitted";
/// Why they stay.
pub const SETTLED_WHY: &str =
    "An offer stays of its kind and with its client. For another client, or another kind of hire, end this offer and begin a new one.";
/// Fields that the viewer may not fill.
pub const FILLED_BY_OTHERS: &str = "Filled in by others";
/// A choice.
pub const YES: &str = "Yes";
/// A choice.
pub const NO: &str = "No";
/// Nothing is wrong.
pub const COMPLETE: &str = "Everything that is needed to submit it is filled in.";
/// What the letter will need.
pub const LETTER_NEEDS: &str = "The letter will need these too:";
/// What the letter will need.
pub const LETTER_NEEDS_WHY: &str = "You can submit without them. Filled in after approval, some of them have to be approved again.";
/// A draft that was submitted before.
pub const UNCHANGED: &str = "Nothing is changed since it was submitted last.";
/// A step whose approval would stand.
pub const STILL_APPROVED: &str = "Approved, and stands";
/// A heading.
pub const FINDINGS: &str = "What the checks found";
/// Under the heading.
pub const FINDINGS_LEAD: &str = "Pay band, budget, the client's sheet, clauses and seats.";
/// Nothing found.
const NO_FINDINGS: &str = "The checks found nothing.";
/// Nothing found, of what could be looked at.
const NO_FINDINGS_SO_FAR: &str = "The checks found nothing so far. What is still open could not be checked.";
/// What is said when the checks found nothing in a draft, of which this many answers are open.
pub const fn no_findings(open: usize) -> &'static str {
    if open == 0 { NO_FINDINGS } else { NO_FINDINGS_SO_FAR }
}
/// A heading.
pub const FIGURES: &str = "Figures";
/// A heading.
pub const ROUTE_TO_COME: &str = "The route to come";
/// Under the heading.
pub const ROUTE_LEAD: &str = "Who is asked, in which order and why, and who is not.";
/// No route.
pub const NO_ROUTE: &str = "No route yet";
/// No route.
pub const NO_ROUTE_WHY: &str = "Choose an engagement, and the playbook says who has to approve.";
/// A heading.
pub const WHAT_WAS_TYPED: &str = "What was typed";
/// A heading.
pub const SUBMIT_TITLE: &str = "Submit for approval";
/// Under the heading.
pub const SUBMIT_LEAD: &str = "The approvers are told at once. You can still propose changes afterward.";
/// Button.
pub const SUBMIT: &str = "Submit for approval";
/// Before the button, when something is wrong.
pub const MEND_FIRST: &str = "Some answers need another look before this can go out.";
/// Before the button, when a finding stands in the way.
pub const BLOCKED: &str = "What the checks found stands in the way of submitting it.";
/// Button.
pub const TO_FINDINGS: &str = "See what was found";
/// Button.
pub const TO_FIRST_PROBLEM: &str = "Go to the first one";
/// A question.
pub const WHY_AHEAD: &str = "Why should this go ahead all the same?";
/// A group of questions.
pub const EXCEPTIONS: &str = "Exceptions";
/// Help.
pub const EXCEPTIONS_HINT: &str = "Each goes ahead only with a reason in writing. The approvers read it, and it is counted.";
/// The viewer, among those on whom something waits.
pub const YOU: &str = "you";
/// Nobody may decide a step.
pub const NOBODY_CAN: &str = "Nobody can decide this step";
/// A figure.
pub const ANNUAL_EQUIVALENT: &str = "Annual equivalent";
/// A figure.
pub const BAND: &str = "Pay band";
/// A figure.
pub const COMPA_RATIO: &str = "Compa-ratio (pay over the middle of the band)";
/// A figure.
pub const PERCENT_OF_RANGE: &str = "Place in the range";
/// A figure.
pub const MARKUP: &str = "Markup";
/// A figure.
pub const MARGIN: &str = "Margin";
/// A figure.
pub const PLACEMENT_FEE: &str = "Fee";
/// A figure.
pub const COMMITTED: &str = "Base pay that this offer commits";
/// A figure.
pub const BUDGET: &str = "Budget of the opening";

/// Where a prefilled value comes from: the opening is the offer's number without its own.
pub fn from_opening(number: &str) -> String {
    format!("From {}.", number.rsplit_once('-').map_or(number, |(opening, _)| opening))
}

/// Button.
pub fn save_and_next(section: &str) -> String {
    format!("Save and go on to {}", section.to_lowercase())
}

/// How a blank section stands in which nothing must be filled in.
pub const IF_ANY: &str = "if any";

/// How a section of the intake stands: "2 to mend", "3 to fill in".
pub fn open_answers(wrong: usize, missing: usize) -> Option<String> {
    match (wrong, missing) {
        (0, 0) => None,
        (0, missing) => Some(format!("{missing} to fill in")),
        (wrong, 0) => Some(format!("{wrong} to mend")),
        (wrong, missing) => Some(format!("{wrong} to mend, {missing} to fill in")),
    }
}

/// A link.
pub fn change_section(section: &str) -> String {
    format!("Change {}", section.to_lowercase())
}

/// When a step is asked.
pub fn after(steps: &[StepKey]) -> String {
    if steps.is_empty() {
        "Asked at once".to_owned()
    } else {
        format!("Asked after {}", steps.iter().map(role::step).collect::<Vec<_>>().join(", "))
    }
}

/// A step that is not asked.
pub fn not_asked(step: &str) -> String {
    format!("{step}: not asked")
}

/// The same for many terms, by the parts that they stand in.
pub fn stands_for_terms_of(count: usize, parts: &str) -> String {
    format!("It covers {count} terms: {parts}")
}

/// What an approval stands for.
pub fn stands_for(fields: &str) -> String {
    format!("It covers: {fields}.")
}

/// A band.
pub fn band(min: &str, mid: &str, max: &str) -> String {
    format!("{min} to {max}, middle {mid}")
}

/// A margin.
pub fn margin(margin: &str, share: &str) -> String {
    format!("{margin} an hour, {share} of the bill rate")
}

/// An amount for an hour.
pub fn an_hour(amount: &str) -> String {
    format!("{amount} an hour")
}

/// What other offers commit of a budget.
pub fn of_which_others(others: &str) -> String {
    format!("{others} committed by other offers of the opening")
}
