//! What an import did, and what is wrong with its files: where, what, and how to mend it.

use offer::import::{ImportFault, ImportKind, ImportProblem, ImportReport, RowOutcome};

use super::{money, playbook, problem, role};
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
        ImportFault::OtherKind => "Staff and client contacts are kept apart: use another address, or another person.".to_owned(),
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
