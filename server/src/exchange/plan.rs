//! Rows and what is known in, a plan out. Reads nothing else and writes nothing.

use std::collections::BTreeMap;

use offer::access::Actor;
use offer::field::FieldTable;
use offer::id::{PersonId, RequisitionId};
use offer::import::{ImportFault, ImportKind, ImportReport, RowOutcome, RowReport};
use offer::ledger::Digest;
use offer::person::Person;
use offer::playbook::{self, Keyed, Playbook};
use offer::requisition::Requisition;

use super::cells::Faults;
use super::people::{Directory, PlannedPerson};
use super::requisitions::PlannedRequisition;
use super::sheet::{self, Row, SourceFile};
use super::{bands, clients, people, requisitions};

/// What the desk knows before an import.
#[derive(Clone, Debug)]
pub(crate) struct Known {
    /// The current playbook.
    pub(crate) playbook: Playbook,
    /// Staff and contacts, also those who left.
    pub(crate) people: Vec<KnownPerson>,
    /// Openings.
    pub(crate) requisitions: Vec<(RequisitionId, Requisition)>,
    /// Who brings the files.
    pub(crate) by: Actor,
}

/// Somebody the desk knows.
#[derive(Clone, Debug)]
pub(crate) struct KnownPerson {
    /// Who.
    pub(crate) id: PersonId,
    /// As they stand.
    pub(crate) person: Person,
    /// Whether they left.
    pub(crate) left: bool,
}

/// What an import would do.
#[derive(Debug)]
pub(crate) struct Plan {
    /// People to take in or change.
    pub(super) people: Vec<PlannedPerson>,
    /// The next version of the playbook; nothing when it stays.
    pub(super) playbook: Option<Playbook>,
    /// Openings to open or change.
    pub(super) requisitions: Vec<PlannedRequisition>,
    /// What becomes of every row, and why.
    pub(crate) report: ImportReport,
}

impl Plan {
    /// A digest of everything that the plan says and does: equal plans over equal ground have equal proofs.
    pub(super) fn proof(&self, known: &Known) -> Result<Digest, serde_json::Error> {
        let people: BTreeMap<&str, &Person> = known.people.iter().filter_map(|one| Some((one.person.email()?, &one.person))).collect();
        let openings: BTreeMap<&str, &Requisition> = known.requisitions.iter().map(|(_, one)| (one.number.as_str(), one)).collect();
        let people = self.people.iter().map(|planned| {
            let before = planned.person.email().and_then(|email| people.get(email));
            (&planned.person, &planned.manager, planned.joins, before)
        });
        let openings = self.requisitions.iter().map(|planned| (planned.parts(), openings.get(planned.number())));
        let all = (&self.report, people.collect::<Vec<_>>(), openings.collect::<Vec<_>>());
        Ok(Digest::of(&serde_json::to_vec(&all)?))
    }
}

/// The items of a section of the playbook, found by key however many there are.
pub(super) struct Shelf<'p, T> {
    items: &'p mut Vec<T>,
    places: BTreeMap<String, usize>,
}

impl<'p, T: Keyed + PartialEq> Shelf<'p, T> {
    pub(super) fn of(items: &'p mut Vec<T>) -> Self {
        let places = items.iter().enumerate().map(|(place, item)| (item.item_key(), place)).collect();
        Self { items, places }
    }

    /// Puts an item in its place.
    pub(super) fn put(&mut self, item: T) -> RowOutcome {
        let key = item.item_key();
        match self.places.get(&key).and_then(|place| self.items.get_mut(*place)) {
            Some(known) if *known == item => RowOutcome::Unchanged,
            Some(known) => {
                *known = item;
                RowOutcome::Changed
            }
            None => {
                self.places.insert(key, self.items.len());
                self.items.push(item);
                RowOutcome::Added
            }
        }
    }
}

/// A plan in the making.
pub(super) struct Planning<'a> {
    pub(super) known: &'a Known,
    pub(super) table: FieldTable,
    pub(super) faults: Faults,
    pub(super) rows: Vec<RowReport>,
}

impl Planning<'_> {
    pub(super) fn tell(&mut self, kind: ImportKind, row: &Row, key: &str, outcome: RowOutcome) {
        self.rows.push(RowReport { kind, file: row.file.clone(), line: row.line, key: key.to_owned(), outcome });
    }

    /// Leaves a row out, with everything wrong in it.
    pub(super) fn leave_out(&mut self, kind: ImportKind, row: &Row, key: &str, faults: Faults) {
        let outcome = if faults.only_conflicts() { RowOutcome::Conflict } else { RowOutcome::Faulty };
        self.faults.extend(faults);
        self.tell(kind, row, key, outcome);
    }

    /// The rows of all files of a kind, one for each key. A later row that says otherwise is a conflict; one that says the same is not needed.
    fn rows_of(&mut self, files: &[SourceFile], kind: ImportKind, columns: &[&str], key_of: impl Fn(&Row) -> String) -> Vec<Row> {
        let mut first: BTreeMap<String, Row> = BTreeMap::new();
        let mut kept = Vec::new();
        for file in files.iter().filter(|file| file.kind == kind) {
            for row in sheet::rows(file, columns, &mut self.faults) {
                let key = key_of(&row);
                match first.get(&key).filter(|_| !key.is_empty()) {
                    Some(known) if known.says_as(&row) => self.tell(kind, &row, &key, RowOutcome::Unchanged),
                    Some(known) => {
                        let mut faults = Faults::default();
                        faults.whole(row.place(""), ImportFault::AnotherRow { file: known.file.clone(), line: known.line });
                        self.leave_out(kind, &row, &key, faults);
                    }
                    None => {
                        first.insert(key, row.clone());
                        kept.push(row);
                    }
                }
            }
        }
        kept
    }
}

/// Plans an import of files, taken as one: each may refer to what another brings.
pub(crate) fn plan(files: &[SourceFile], known: &Known) -> Plan {
    let mut planning = Planning { known, table: known.playbook.field_table(), faults: Faults::default(), rows: Vec::new() };
    let people_rows = planning.rows_of(files, ImportKind::People, people::COLUMNS, people::key_of);
    let client_rows = planning.rows_of(files, ImportKind::Clients, clients::COLUMNS, clients::key_of);
    let band_rows = planning.rows_of(files, ImportKind::Bands, bands::COLUMNS, bands::key_of);
    let requisition_rows = planning.rows_of(files, ImportKind::Requisitions, requisitions::COLUMNS, requisitions::key_of);

    let mut directory = Directory::of(known);
    people::plan(&mut planning, &people_rows, &client_rows, &mut directory);
    let mut next = known.playbook.clone();
    let mut playbook_rows = clients::plan(&mut planning, &client_rows, &mut directory, &mut next);
    playbook_rows.extend(bands::plan(&mut planning, &band_rows, &mut next));

    next.sort();
    let playbook_changes = playbook::diff(&known.playbook, &next);
    let playbook_problems = if playbook_changes.is_empty() { Vec::new() } else { stopping(&next) };
    let is_sound = playbook_problems.is_empty();
    for (row, kind, key, outcome) in playbook_rows {
        planning.tell(kind, &row, &key, if is_sound { outcome } else { RowOutcome::Faulty });
    }
    let standing = if is_sound { &next } else { &known.playbook };
    let requisitions = requisitions::plan(&mut planning, &requisition_rows, &directory, standing);

    let Planning { faults, mut rows, .. } = planning;
    rows.sort_by(|a, b| (a.kind, &a.file, a.line).cmp(&(b.kind, &b.file, b.line)));
    let report = ImportReport {
        dry_run: true,
        rows,
        problems: faults.into_problems(),
        playbook_changes: if is_sound { playbook_changes.clone() } else { Vec::new() },
        playbook_problems,
        published: None,
    };
    Plan { people: directory.into_planned(), playbook: (is_sound && !playbook_changes.is_empty()).then_some(next), requisitions, report }
}

fn stopping(playbook: &Playbook) -> Vec<playbook::PlaybookProblem> {
    let problems = playbook::check(playbook).into_iter();
    problems.filter(|problem| problem.strength() == offer::packet::Strength::Error).collect()
}
