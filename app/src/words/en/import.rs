//! What an import did, and what is wrong with its files: where, what, and how to mend it.

use offer::import::{ImportFault, ImportKind, ImportProblem, ImportReport, RowOutcome};

use super::{money, person, playbook, problem, role};
use offer::field::FieldTable;

/// A problem with its place: "people.csv, line 3, column 2 (name): Fill this in."
pub fn problem(problem: &ImportProblem) -> String {
    let place = &problem.place;
    let column = place.column.as_ref().map(|column| format!(", column {} ({})", column.number, column.name)).unwrap_or_default();
    format!("{}, line {}{column}: {}", place.file, place.line, fault(&problem.fault))
}

/// What is wrong.
pub fn fault(fault: &ImportFault) -> String {
    match fault {
        ImportFault::NotText => "From here on this is not text in UTF-8. Save the file as CSV in UTF-8.".to_owned(),
        ImportFault::NoHeading => "The first line must name the columns.".to_owned(),
        ImportFault::NotCells => "This line cannot be split into cells. Look for a quote that is not closed.".to_owned(),
        ImportFault::KindUnknown => {
            "The first line names no columns of people, clients, pay bands or openings. Compare it with the columns in the guide."
                .to_owned()
        }
        ImportFault::AnotherKind { found } => {
            format!("This file holds {}. Choose that, or let the first line tell.", kind(*found).to_lowercase())
        }
        ImportFault::NotYourKind { kind: brought } => format!("Your role does not bring in {}.", kind(*brought).to_lowercase()),
        ImportFault::ColumnMissing { column } => format!("The column \"{column}\" is missing."),
        ImportFault::ColumnTwice { column } => format!("The column \"{column}\" stands twice."),
        ImportFault::ColumnUnknown { column } => format!("The column \"{column}\" is not known here and is left aside."),
        ImportFault::CellCount { found, expected } => format!("This line has {found} cells where the first line has {expected}."),
        ImportFault::Empty => "Fill this in.".to_owned(),
        ImportFault::Value { value } => problem::fault(value, &FieldTable::default()),
        ImportFault::NotACount => "Write a whole number of at least 1, like 3.".to_owned(),
        ImportFault::NotAZone => "Write a time zone by its name, like America/Chicago.".to_owned(),
        ImportFault::NotACode { accepted } => format!("Write one of: {}.", accepted.join(", ")),
        ImportFault::NotOfEngagement => "This engagement has nothing of the kind. Leave it empty.".to_owned(),
        ImportFault::UnknownPerson { email } => format!("Nobody with the address {email} is known. Import them with the people first."),
        ImportFault::WithoutRole { role } => format!("This person does not hold the role \"{}\".", role::role(role)),
        ImportFault::NotTheirClient { client } => format!("This contact does not speak for {client}."),
        ImportFault::UnknownClient { client } => format!("There is no client {client}."),
        ImportFault::ClientNotYetKnown { client } => {
            format!("The client {client} is not known yet. The person has it once it is imported.")
        }
        ImportFault::UnknownRole { role } => format!("The playbook has no role \"{role}\"."),
        ImportFault::UnknownTeam { team } => format!("The playbook has no team \"{team}\"."),
        ImportFault::UnknownClause { clause } => format!("The playbook has no clause {clause}."),
        ImportFault::UnknownContingency { contingency } => format!("The playbook has no contingency \"{contingency}\"."),
        ImportFault::MinAboveMax { min, max } => format!("{} lies above {}. Turn them around.", money::amount(*min), money::amount(*max)),
        ImportFault::EndsBeforeStart => "The end lies before the start.".to_owned(),
        ImportFault::CapHalfGiven => "A cap needs both an amount and what it stands on.".to_owned(),
        ImportFault::AnotherRow { file, line } => {
            format!("{file}, line {line} has the same key and says otherwise. That row stands, this one is left out.")
        }
        ImportFault::OtherKind => "Staff, client contacts and programs are kept apart: use another address, or another person.".to_owned(),
        ImportFault::PersonRefused { why } => person::refusal(why),
        ImportFault::ManagerCircle => "This person would be their own manager, around one or more corners.".to_owned(),
    }
}

/// What the rows of a file are.
pub const fn kind(kind: ImportKind) -> &'static str {
    match kind {
        ImportKind::People => "People",
        ImportKind::Clients => "Clients",
        ImportKind::Bands => "Pay bands",
        ImportKind::Requisitions => "Openings",
    }
}

/// What became of rows, after their number: "3 added".
pub const fn outcome(outcome: RowOutcome) -> &'static str {
    match outcome {
        RowOutcome::Added => "added",
        RowOutcome::Changed => "changed",
        RowOutcome::Unchanged => "unchanged",
        RowOutcome::Conflict => "in conflict",
        RowOutcome::Faulty => "with faults",
    }
}

/// One line for each kind of rows, then every problem, then what became of the playbook.
pub fn report(report: &ImportReport) -> String {
    let mut lines = Vec::new();
    for imported in ImportKind::ALL {
        let rows = || report.rows.iter().filter(|row| row.kind == imported);
        if rows().next().is_some() {
            let counted = RowOutcome::ALL.map(|asked| (rows().filter(|row| row.outcome == asked).count(), asked));
            let told: Vec<String> =
                counted.iter().filter(|(count, _)| *count > 0).map(|(count, asked)| format!("{count} {}", outcome(*asked))).collect();
            lines.push(format!("{}: {}", kind(imported), told.join(", ")));
        }
    }
    lines.extend(report.problems.iter().map(problem));
    lines.extend(report.playbook_problems.iter().map(playbook::problem));
    match (report.dry_run, report.published) {
        (true, _) => lines.push("Nothing was written: this was a dry run.".to_owned()),
        (false, Some(version)) => lines.push(format!("Published version {version} of the playbook.")),
        (false, None) => {}
    }
    lines.join("\n")
}

// the page

/// The page, and its place in the navigation.
pub const TITLE: &str = "Imports";
/// Under the title.
pub const LEAD: &str =
    "Bring people, clients, pay bands and openings in from CSV files. Nothing is written before you have seen what would change.";
/// The heading over the form, before anything was uploaded.
pub const CHOOSE_FILES: &str = "Choose files";
/// The heading over the form, under a dry run.
pub const OTHER_FILES: &str = "Other files";
/// Under the heading of the form.
pub const CHOOSE_FILES_LEAD: &str =
    "Files that belong together go in together: an opening may name a client or a person that another file brings.";
/// A box.
pub const FILES: &str = "CSV files";
/// Help for a box.
pub const FILES_HINT: &str =
    "One or more, saved as CSV in UTF-8, 8 MB together at most. Commas, semicolons or tabs between the cells, as your spreadsheet has it.";
/// A box.
pub const HOLDS: &str = "What they hold";
/// A choice.
pub const HOLDS_TOLD: &str = "The first line tells";
/// Button.
pub const LOOK: &str = "Show what would change";
/// A notice.
pub const TOO_LARGE: &str = "The files are too large together.";
/// A notice.
pub const TOO_LARGE_WHY: &str = "At most 8 MB go in at once. Split them, or let an operator run: countersign import. Nothing was read.";
/// A notice.
pub const NO_FILE: &str = "No file was chosen.";
/// A notice.
pub const NO_FILE_WHY: &str = "Choose one or more CSV files, then show what would change.";
/// A notice.
pub const NOT_RECEIVED: &str = "The files did not arrive whole.";
/// A notice.
pub const NOT_RECEIVED_WHY: &str = "Nothing was read. Choose them again.";
/// A notice.
pub const GONE: &str = "These files are no longer kept.";
/// A notice.
pub const GONE_WHY: &str = "Files wait one hour for their button, in the browser that sent them. Choose them again.";
/// A notice.
pub const OTHERWISE: &str = "Something has changed since you looked, and nothing was written.";
/// A notice.
pub const OTHERWISE_WHY: &str = "This is what these files would do now. Look again, then apply them.";
/// A heading.
pub const WOULD: &str = "What would change";
/// A heading.
pub const DID: &str = "What changed";
/// Beside the button.
pub const APPLY_MEANS: &str = "Exactly these files are applied, and only if they still do what you see here.";
/// Instead of the button.
pub const NOTHING_TO_APPLY: &str = "There is nothing to apply: no row is new, and none changes anything.";
/// A column.
pub const COLUMN_KIND: &str = "Rows";
/// The heading of the problems of a file.
pub const PROBLEMS: &str = "To mend";
/// A file without a problem.
pub const NO_PROBLEMS: &str = "Every row reads.";
/// The heading of the text of a file.
pub const TEXT: &str = "The file";
/// The text of a file, for a screen reader.
pub fn text_of(file: &str) -> String {
    format!("Text of {file}")
}

/// A column of the text of a file.
pub const COLUMN_LINE: &str = "Line";
/// A column of the text of a file.
pub const COLUMN_OUTCOME: &str = "Outcome";
/// A column of the text of a file.
pub const COLUMN_TEXT: &str = "Text";
/// What stands against a new version of the playbook.
pub const PLAYBOOK_STOPS: &str = "The playbook would not hold with these rows, so none of them is taken.";
/// A link.
pub const AGAIN: &str = "Import more files";

/// An outcome as a column and as a mark: "Added".
pub const fn outcome_name(outcome: RowOutcome) -> &'static str {
    match outcome {
        RowOutcome::Added => "Added",
        RowOutcome::Changed => "Changed",
        RowOutcome::Unchanged => "Unchanged",
        RowOutcome::Conflict => "Conflict",
        RowOutcome::Faulty => "Fault",
    }
}

/// The button: "Apply 3 additions and 2 changes".
pub fn apply(added: usize, changed: usize) -> String {
    let some = |count: usize, one: &str, many: &str| match count {
        0 => None,
        1 => Some(format!("1 {one}")),
        count => Some(format!("{} {many}", number(count))),
    };
    let parts: Vec<String> = [some(added, "addition", "additions"), some(changed, "change", "changes")].into_iter().flatten().collect();
    format!("Apply {}", parts.join(" and "))
}

/// What is left out, beside the button.
pub fn left_out(rows: usize) -> String {
    match rows {
        1 => "1 row stays out until it is mended.".to_owned(),
        rows => format!("{} rows stay out until they are mended.", number(rows)),
    }
}

/// What happens to the playbook.
pub fn playbook_changes(items: usize) -> String {
    match items {
        1 => "A new version of the playbook is published, with 1 item changed.".to_owned(),
        items => format!("A new version of the playbook is published, with {} items changed.", number(items)),
    }
}

/// What happened to the playbook.
pub fn published(version: u32) -> String {
    format!("Version {version} of the playbook is published.")
}

/// Who is mailed.
pub fn joining(people: usize) -> String {
    match people {
        1 => "1 person is new. Staff are mailed a link to set their password.".to_owned(),
        people => format!("{} people are new. Staff are mailed a link to set their password.", number(people)),
    }
}

/// Who could not be mailed.
pub fn not_invited(addresses: &[String]) -> String {
    format!("Not mailed, and to be invited again: {}.", addresses.join(", "))
}

/// The head of what was done: "3 added, 2 changed".
pub fn done(added: usize, changed: usize) -> String {
    match (added, changed) {
        (0, changed) => format!("{} changed.", number(changed)),
        (added, 0) => format!("{} added.", number(added)),
        (added, changed) => format!("{} added, {} changed.", number(added), number(changed)),
    }
}

/// Where a problem stands: "Line 3, column 2 (name)".
pub fn place(problem: &ImportProblem) -> String {
    let column = problem.place.column.as_ref().map(|column| format!(", column {} ({})", column.number, column.name)).unwrap_or_default();
    format!("Line {}{column}", number_of(problem.place.line))
}

/// Problems beyond those that are listed.
pub fn more_problems(count: usize) -> String {
    format!("And {} more. Mend these first, then look again.", number(count))
}

/// Lines between others that change nothing.
pub fn as_they_are(from: u64, to: u64) -> String {
    format!("{} nothing", lines(from, to, "changes", "change"))
}

/// Lines that are not listed.
pub fn not_shown(from: u64, to: u64) -> String {
    format!("{} not shown", lines(from, to, "is", "are"))
}

fn lines(from: u64, to: u64, one: &str, many: &str) -> String {
    if from == to { format!("Line {} {one}", number_of(from)) } else { format!("Lines {} to {} {many}", number_of(from), number_of(to)) }
}

/// The size of a file: "25 lines".
pub fn length(lines: u64) -> String {
    if lines == 1 { "1 line".to_owned() } else { format!("{} lines", number_of(lines)) }
}

/// `12,345`.
pub fn number(count: usize) -> String {
    number_of(u64::try_from(count).unwrap_or(u64::MAX))
}

fn number_of(count: u64) -> String {
    money::grouped(count)
}
