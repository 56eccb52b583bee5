//! Who sees what of an offer, and who looked.

use offer::access::{Reached, Scope, Viewed};
use offer::field::Side;

use super::role;

/// What stands in a letter where somebody may not read what is printed.
pub const COVERED: &str = "(not shown to you)";

/// The heading of the page of one offer.
pub const TITLE: &str = "Who can see this offer";
/// The link to it.
pub const WHO_CAN_SEE: &str = "Who can see this offer, and why";
/// The same heading for an instant in the past.
pub const TITLE_THEN: &str = "Who could see this offer";
/// What the page answers.
pub const LEAD: &str = "Worked out from the people, their roles and the playbook as they stood at that moment.";
/// The form's heading.
pub const ASK: &str = "Ask for another moment, or for one part";
/// The box of the instant.
pub const AT: &str = "At";
/// Below it.
pub const AT_HINT: &str = "In your own time zone. Leave it empty for now.";
/// The box of the part.
pub const WHAT: &str = "Part of the offer";
/// No part in particular.
pub const ANYTHING: &str = "Anything of it";
/// The button.
pub const SHOW: &str = "Show";
/// An instant that is none.
pub const NOT_READ: &str = "That date and time could not be read, so this shows who can see the offer now.";
/// Nobody.
pub const NOBODY: &str = "Nobody could see this";
/// Why nobody.
pub const NOBODY_WHY: &str = "No grant of the playbook reached the offer then for anybody.";
/// Before the offer.
pub const NOT_THERE: &str = "The offer was not there yet";
/// Why.
pub const NOT_THERE_WHY: &str = "Choose a later moment.";
/// Columns.
pub const COLUMN_PERSON: &str = "Person";
/// Columns.
pub const COLUMN_SEES: &str = "Sees";
/// Columns.
pub const COLUMN_BECAUSE: &str = "Because";
/// Columns.
pub const COLUMN_SINCE: &str = "Since";
/// The candidate's row.
pub const CANDIDATE: &str = "The candidate";
/// Why the candidate sees it.
pub const CANDIDATE_BECAUSE: &str = "By the mailed link and a code: the letter, and nothing of the firm's own.";
/// Who else.
pub const OPERATORS: &str =
    "Whoever runs the machine can read its store and its keys together. That is outside of roles and is for your own records.";
/// A contact of a client.
pub const OF_A_CLIENT: &str = "Client contact";
/// Who looked, on the page of one offer.
pub const LOOKED: &str = "Who looked";
/// Names the table of looks, beside the part that it stands in.
pub const LOOKED_LINES: &str = "Each look, latest first";
/// What it holds.
pub const LOOKED_LEAD: &str = "Pages and files that show pay or personal data. An entry may take a second to appear.";
/// Nobody looked.
pub const NOBODY_LOOKED: &str = "Nobody has looked yet.";
/// The list over all offers.
pub const ALL_LOOKED: &str = "Who looked at pay and personal data";
/// Its place in the menu.
pub const PLACE: &str = "Who looked";
/// To the list from one offer.
pub const TO_ALL_LOOKED: &str = "Everything that was looked at";
/// Columns.
pub const COLUMN_WHEN: &str = "When";
/// Columns.
pub const COLUMN_WHAT: &str = "What";
/// Columns.
pub const COLUMN_SHOWN: &str = "Shown";
/// Columns.
pub const COLUMN_OFFER: &str = "Offer";
/// The filter.
pub const PERSON: &str = "Person";
/// Nobody in particular.
pub const ANYBODY: &str = "Anybody";
/// The filter.
pub const NUMBER: &str = "Offer number";
/// Below it.
pub const NUMBER_HINT: &str = "Like REQ-1000-3.";
/// Nothing found.
pub const NOTHING_LOOKED: &str = "Nothing was looked at";
/// Why.
pub const NOTHING_LOOKED_WHY: &str = "Nobody opened a page or file with pay or personal data that fits this question.";
/// The pages of the list.
pub const PAGES: &str = "Pages of who looked";

/// How long it is kept.
pub fn kept_for(days: u32) -> String {
    format!("Kept for {days} days, as the playbook says. {LOOKED_LEAD}")
}

/// How many lines a page shows.
pub fn shown(lines: usize) -> String {
    if lines == 1 { "1 entry".to_owned() } else { format!("{lines} entries") }
}

/// The instant that is answered for.
pub fn at(when: &str, playbook: u32) -> String {
    if playbook == 0 {
        format!("At {when}, before the first playbook.")
    } else {
        format!("At {when}, under version {playbook} of the playbook.")
    }
}

/// What was asked for: a side, or a field and the side it belongs to.
pub fn asked_for(side: Side, field: Option<&str>) -> String {
    match field {
        Some(field) => format!("Asked for: {field}, which is seen by whoever sees {}.", self::side(side)),
        None => format!("Asked for: {}.", self::side(side)),
    }
}

/// A side of an offer, within a sentence.
pub const fn side(side: Side) -> &'static str {
    match side {
        Side::Job => "the job",
        Side::Person => "the candidate's name",
        Side::Contact => "how to reach the candidate",
        Side::Package => "what is paid",
        Side::Bill => "what is billed",
        Side::Margin => "burden and margin",
        Side::Internal => "the firm's own notes",
    }
}

/// Sides, listed.
pub fn sides(sides: &[Side]) -> String {
    let mut told = sides.iter().map(|side| self::side(*side)).collect::<Vec<_>>().join(", ");
    if let Some(first) = told.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    told
}

/// On which offers a grant holds, within a sentence.
pub const fn scope(scope: Scope) -> &'static str {
    match scope {
        Scope::Own => "offers that name the person",
        Scope::Reviewed => "offers whose approvals ask for the role",
        Scope::Received => "offers that are handed to the role",
        Scope::Team => "offers of the person's team",
        Scope::Department => "offers of the person's department",
        Scope::BusinessLine => "offers of the person's business line",
        Scope::Region => "offers of the person's region",
        Scope::Client => "offers of the person's clients",
        Scope::All => "all offers",
    }
}

/// Why a grant reaches an offer, with the names of those in whose place somebody stands.
pub fn because(reached: &Reached, through: &[String]) -> String {
    let stands_in = if through.is_empty() { String::new() } else { format!(", standing in for {}", through.join(", ")) };
    format!("{}: {}{stands_in} ({})", role::role(&reached.role), scope(reached.scope), reached.grant)
}

/// What was looked at.
pub const fn viewed(what: Viewed) -> &'static str {
    match what {
        Viewed::Offer => "The offer",
        Viewed::Intake => "The draft",
        Viewed::Letter => "The letter on screen",
        Viewed::Document => "A file",
        Viewed::HandOff => "The hand-off",
        Viewed::CandidatePage => "The candidate's page",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use offer::id::role;

    #[test]
    fn whoever_stands_in_is_said_to_stand_in_for_somebody() {
        let reached = Reached {
            role: role::HIRING_MANAGER,
            grant: "manager-decides".to_owned(),
            scope: Scope::Own,
            sides: vec![Side::Job],
            through: Vec::new(),
        };
        assert_eq!(because(&reached, &[]), "Hiring manager: offers that name the person (manager-decides)");
        let through = because(&reached, &["Hana Manager".to_owned()]);
        assert_eq!(through, "Hiring manager: offers that name the person, standing in for Hana Manager (manager-decides)");
    }
}
