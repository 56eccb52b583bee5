//! The rules of imports.

mod dates;
mod demo;
mod house;
mod rows;

use offer::access::{Actor, Member};
use offer::id::{PersonId, RequisitionId};
use offer::import::{ImportFault, ImportKind, ImportReport, RowOutcome};
use offer::person::Person;
use offer::playbook::{Playbook, from_toml};

use super::*;

const PLAYBOOK: &str = include_str!("../../demo/playbook.toml");
const PEOPLE: &str = include_str!("../../demo/people.csv");
const CLIENTS: &str = include_str!("../../demo/clients.csv");
const BANDS: &str = include_str!("../../demo/bands.csv");
const REQUISITIONS: &str = include_str!("../../demo/requisitions.csv");
const BAD: &str = include_str!("../../demo/requisitions-bad.csv");
const HOLIDAYS: &str = include_str!("../../demo/holidays.csv");

fn the_playbook() -> Playbook {
    from_toml(PLAYBOOK).unwrap()
}

fn nothing() -> Known {
    Known { playbook: the_playbook(), people: Vec::new(), requisitions: Vec::new(), by: Actor::Operator { os_user: "test".to_owned() } }
}

fn people(text: &str) -> SourceFile {
    SourceFile::of(ImportKind::People, "people.csv", text)
}

fn clients(text: &str) -> SourceFile {
    SourceFile::of(ImportKind::Clients, "clients.csv", text)
}

fn bands(text: &str) -> SourceFile {
    SourceFile::of(ImportKind::Bands, "bands.csv", text)
}

fn requisitions(text: &str) -> SourceFile {
    SourceFile::of(ImportKind::Requisitions, "requisitions.csv", text)
}

fn all_four() -> [SourceFile; 4] {
    [requisitions(REQUISITIONS), bands(BANDS), clients(CLIENTS), people(PEOPLE)]
}

/// What the desk knows once a plan was carried out, with an id made of each address.
fn after(plan: &Plan, known: &Known) -> Known {
    let id = |email: &str| PersonId::new(email.bytes().take(16).map(|byte| format!("{byte:02x}")).collect::<String>());
    let mut next = known.clone();
    for planned in &plan.people {
        let email = planned.person.email().unwrap().to_lowercase();
        let person = Person { manager: planned.manager.as_deref().map(id), ..planned.person.clone() };
        next.people.retain(|one| one.id != id(&email));
        next.people.push(KnownPerson { id: id(&email), person, left: false });
    }
    if let Some(playbook) = &plan.playbook {
        next.playbook = playbook.clone();
    }
    for planned in &plan.requisitions {
        let requisition = planned.with_people(|email| Some(id(email))).unwrap();
        next.requisitions.retain(|(_, one)| one.number != requisition.number);
        next.requisitions.push((RequisitionId::new(requisition.number.clone()), requisition));
    }
    next
}

fn the_demo() -> Known {
    after(&plan(&all_four(), &nothing()), &nothing())
}

/// Key and outcome of every row of a kind.
fn outcomes(report: &ImportReport, kind: ImportKind) -> Vec<(&str, RowOutcome)> {
    report.rows.iter().filter(|row| row.kind == kind).map(|row| (row.key.as_str(), row.outcome)).collect()
}

/// Line, column and fault of everything that is wrong.
fn faults(report: &ImportReport) -> Vec<(u64, &str, ImportFault)> {
    let column = |problem: &'_ offer::import::ImportProblem| {
        problem.place.column.as_ref().map_or("", |column| column.name.as_str().to_owned().leak())
    };
    report.problems.iter().map(|problem| (problem.place.line, column(problem), problem.fault.clone())).collect()
}

/// A file with one of its cells written otherwise.
fn with_cell(csv: &str, key: &str, column: &str, text: &str) -> String {
    let mut reader = ::csv::Reader::from_reader(csv.as_bytes());
    let heading = reader.headers().unwrap().clone();
    let at = heading.iter().position(|name| name == column).unwrap();
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    writer.write_record(&heading).unwrap();
    for record in reader.records() {
        let record = record.unwrap();
        let is_meant = record.get(0) == Some(key);
        writer.write_record(record.iter().enumerate().map(|(place, cell)| if is_meant && place == at { text } else { cell })).unwrap();
    }
    String::from_utf8(writer.into_inner().unwrap()).unwrap()
}
