//! The board, its views, and what waits on somebody.

use offer::measure::Stage;

#[cfg(feature = "ssr")]
use super::role;
use super::stage;
#[cfg(feature = "ssr")]
use crate::desk::{Count, GroupKey, Todo, WaitingGroup};

/// What was done to an offer that is out of sight since.
pub const RECORDED: &str = "Recorded";
/// Why it is.
pub const RECORDED_OUT_OF_SIGHT: &str =
    "What you decided stands in the offer's history. It waits on others now, and is no longer among the offers that you see.";
/// After a no.
pub const REJECTED: &str = "You rejected it";
/// What becomes of it.
pub const REJECTED_OUT_OF_SIGHT: &str = "The offer is a draft again. Its recruiter reads your reason, and you are asked again if it comes back to you; until then it is not among the offers that you see.";
/// The page that a person begins with.
pub const MY_WORK: &str = "My work";
/// Under its title.
pub const MY_WORK_LEAD: &str = "What waits on you, oldest first.";
/// A heading.
pub const WAITS_ON_YOU: &str = "Waits on you";
/// A heading.
pub const YOURS_WITH_OTHERS: &str = "Yours, with somebody else";
/// Nothing waits on the viewer.
pub const NOTHING_WAITS: &str = "Nothing waits on you";
/// Nothing waits on the viewer.
pub const NOTHING_WAITS_WHY: &str = "When an offer needs you, it is listed here with the one thing to do.";
/// Nothing of the viewer's waits on others.
pub const NOTHING_WITH_OTHERS: &str = "No other offer of yours is under way.";
/// More waits than is listed.
pub const MORE_WAITS: &str = "See everything that waits on you";

/// Under the title of the board.
pub const LEAD: &str = "Offers under way.";
/// Under the title of offers that have ended.
pub const LEAD_ENDED: &str = "Offers that have ended, or whose person has started.";
/// An order.
pub const LONGEST_FIRST: &str = "What has waited longest comes first.";
/// An order.
pub const DEADLINE_FIRST: &str = "The earliest deadline comes first.";
/// An order.
pub const LATEST_FIRST: &str = "What ended last comes first.";
/// An order.
pub const NEWEST_FIRST: &str = "The offer that was begun last comes first.";
/// The name of the choice of views.
pub const VIEWS: &str = "Views";
/// A view.
pub const VIEW_ALL: &str = "Under way";
/// A view.
pub const VIEW_MINE: &str = "My offers";
/// A view.
pub const VIEW_ON_ME: &str = "Waiting on me";
/// A view.
pub const VIEW_OVERDUE: &str = "Overdue";
/// A view.
pub const VIEW_WITH_CANDIDATES: &str = "Out with candidates";
/// A view.
pub const VIEW_ENDED: &str = "Ended";
/// Opens the form that saves a view.
pub const SAVE_VIEW: &str = "Save this view";
/// A question.
pub const VIEW_NAME: &str = "Name of the view";
/// Help.
pub const VIEW_NAME_HINT: &str = "Only you see it. The same name again replaces it.";
/// Button.
pub const SAVE_VIEW_DO: &str = "Save";
/// Opens the list of saved views.
pub const MANAGE_VIEWS: &str = "Remove a view";

/// The name of the choice between columns and table.
pub const LAYOUT: &str = "Layout";
/// A layout.
pub const COLUMNS: &str = "Columns";
/// A layout.
pub const TABLE: &str = "Table";
/// The name of the choice of columns.
pub const GROUPED_BY: &str = "Grouped by";
/// The same over a table, whose rows are not grouped.
pub const COUNTED_BY: &str = "Counted by";
/// What the columns are.
pub const BY_STAGE: &str = "Stage";
/// What the columns are.
pub const BY_WAITING: &str = "Waiting on";
/// Which offers.
pub const FILTERS: &str = "Filters";
/// The same with those that are in use: "Filters: Only mine, Northgate".
pub fn filters_in_use(used: &[String]) -> String {
    if used.is_empty() { FILTERS.to_owned() } else { format!("{FILTERS}: {}", used.join(", ")) }
}
/// A filter.
pub const MINE: &str = "Only mine";
/// A filter.
pub const ON_ME: &str = "Only what waits on me";
/// A filter.
pub const TEAM: &str = "Team";
/// A filter.
pub const CLIENT: &str = "Client";
/// A filter.
pub const ENGAGEMENT: &str = "Engagement";
/// A filter.
pub const STATUS: &str = "Status";
/// A filter.
pub const OVERDUE: &str = "Only overdue";
/// A filter.
pub const WITH_EXCEPTIONS: &str = "Only with exceptions";
/// A choice.
pub const ORDER: &str = "Order";
/// An order.
pub const ORDER_WAITING: &str = "Longest waiting first";
/// An order.
pub const ORDER_DEADLINE: &str = "Earliest deadline first";
/// No filter.
pub const ALL: &str = "All";
/// Takes every filter away.
pub const CLEAR: &str = "Clear";
/// Nothing found by filters.
pub const NONE_MATCHES: &str = "No offer matches these filters";
/// Nothing found by filters.
pub const NONE_MATCHES_WHY: &str = "Take one of them away, or clear them all.";
/// A way back.
pub const CLEAR_FILTERS: &str = "Clear the filters";
/// Nothing found without any words or filters.
pub const NO_OFFERS: &str = "There are no offers here.";
/// A page that ended early.
pub const LOOKED_FAR: &str =
    "Many offers had to be looked through for this. Go on to the next page for the rest, or narrow it down further.";
/// An empty column.
pub const NONE_HERE: &str = "None";
/// A column of the table.
pub const COLUMN_OFFER: &str = "Offer";
/// A column of the table.
pub const COLUMN_CANDIDATE: &str = "Candidate";
/// A column of the table.
pub const COLUMN_STATUS: &str = "Status";
/// A column of the table.
pub const COLUMN_WAITING: &str = "Waiting on";
/// A column of the table.
pub const COLUMN_STAGE: &str = "In stage";
/// A column of the table.
pub const COLUMN_DEADLINE: &str = "Accept by";
/// A link to the whole offer.
pub const OPEN_OFFER: &str = "Open the offer";
/// The name of the panel beside the board.
pub const PREVIEW: &str = "Preview";
/// Button of the panel.
pub const CLOSE: &str = "Close";

/// A link on a card.
pub const PEEK: &str = "Preview";
/// The list of keys, and what opens it.
pub const KEYS: &str = "Keyboard shortcuts";
/// What a key does.
pub const KEY_NEXT: &str = "Next offer";
/// What a key does.
pub const KEY_PREVIOUS: &str = "Previous offer";
/// What a key does.
pub const KEY_PREVIEW: &str = "Preview of the offer";
/// What a key does.
pub const KEY_OPEN: &str = "Open the offer";
/// What a key does.
pub const KEY_SEARCH: &str = "Go to the search";
/// What a key does.
pub const KEY_HELP: &str = "This list";
/// What a key does.
pub const KEY_CLOSE: &str = "Close the preview";
/// Turns the keys of one letter off.
pub const KEYS_ON: &str = "Use keys of one letter";

/// A card's link to the preview, for a screen reader: "Preview of Maria Silva".
pub fn peek_at(name: &str) -> String {
    format!("Preview of {name}")
}

/// What changed on the page, for a screen reader.
pub fn changed(names: &[String]) -> String {
    match names {
        [one] => format!("{one} was brought up to date."),
        [one, other] => format!("{one} and {other} were brought up to date."),
        many => format!("{} offers were brought up to date.", many.len()),
    }
}

/// A column's name.
#[cfg(feature = "ssr")]
pub fn group(key: &GroupKey) -> String {
    match key {
        GroupKey::Stage(in_stage) => stage::stage(*in_stage).to_owned(),
        GroupKey::Waiting(group) => waiting_group(group),
    }
}

/// Whom a column's offers wait on.
#[cfg(feature = "ssr")]
pub fn waiting_group(group: &WaitingGroup) -> String {
    match group {
        WaitingGroup::Recruiter => "Recruiter".to_owned(),
        WaitingGroup::Step(step) => role::step(step),
        WaitingGroup::Candidate => "Candidate".to_owned(),
        WaitingGroup::Contingency => "Checks".to_owned(),
        WaitingGroup::Recipient => "Hand-off".to_owned(),
        WaitingGroup::Rescission => "Rescission".to_owned(),
        WaitingGroup::StartDay => "First day".to_owned(),
        WaitingGroup::Courier => "Mail system".to_owned(),
        WaitingGroup::Nobody => "Nobody".to_owned(),
    }
}

/// A count that stops: "200+".
#[cfg(feature = "ssr")]
pub fn count(count: Count) -> String {
    if count.more { format!("{}+", count.found) } else { count.found.to_string() }
}

/// The name of the region that scrolls.
pub fn board_of(grouped_by: &str) -> String {
    format!("Offers by {}", grouped_by.to_lowercase())
}

/// A column's link to everything in it: "All 12".
pub fn all_of(count: &str) -> String {
    format!("All {count}")
}

/// The same for a screen reader: "All 12 in Negotiation".
pub fn all_of_in(count: &str, group: &str) -> String {
    format!("All {count} in {group}")
}

/// How long an offer is in its stage: "2 days in Negotiation".
pub fn age(span: &str, in_stage: Stage) -> String {
    format!("{span} in {}", stage::stage(in_stage))
}

/// Since when an offer is in its state, when it is in no stage: "Expired, 2 days ago".
pub fn age_in_status(span: &str, status: &str) -> String {
    format!("{status}, {span} ago")
}

/// Removes a view.
pub fn remove_view(name: &str) -> String {
    format!("Remove {name}")
}

/// A heading with how many: "Waits on you (3)".
pub fn with_count(title: &str, count: &str) -> String {
    format!("{title} ({count})")
}

/// The link to all offers of the viewer: "All 12 of your offers".
pub fn all_yours(count: &str) -> String {
    if count == "1" { "See your offer".to_owned() } else { format!("All {count} of your offers") }
}

/// The one thing to do; nothing while there is nothing but to wait.
#[cfg(feature = "ssr")]
pub const fn todo(todo: Todo) -> Option<&'static str> {
    Some(match todo {
        Todo::Wait => return None,
        Todo::Draft => "Finish and submit",
        Todo::Decide => "Decide",
        Todo::AnswerStep => "Answer the approver",
        Todo::Send => "Send",
        Todo::SendAgain => "Send again",
        Todo::AnswerQuestion => "Answer the question",
        Todo::DecideChange => "Decide the change",
        Todo::Release => super::offer::RELEASE,
        Todo::Resolve => "Record the check",
        Todo::Acknowledge => "Take over",
        Todo::Agree => "Agree to rescind",
        Todo::RecordStart => "Record the start",
    })
}

/// A mark: why the letter that is out cannot be signed; nothing where it can, or where something else is said first.
#[cfg(feature = "ssr")]
pub const fn stopped(todo: Todo) -> Option<&'static str> {
    match todo {
        Todo::Release => Some(super::offer::HELD),
        Todo::SendAgain => Some(super::offer::NOT_DELIVERED),
        _ => None,
    }
}
