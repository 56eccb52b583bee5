//! Whether a playbook may be published: every problem at once, by path.

mod access;
mod letters;
mod plain;
mod policy;
mod references;

use super::faults::{Fault, Path, PlaybookProblem};
use super::{Keyed, Playbook};
use crate::field::FieldTable;
use std::collections::BTreeSet;

/// Everything that stands against publication, and what is worth a look; see [`PlaybookProblem::strength`].
pub fn check(playbook: &Playbook) -> Vec<PlaybookProblem> {
    let table = playbook.field_table();
    let mut checking = Checking { playbook, table: &table, problems: Vec::new() };
    checking.keys();
    references::check(&mut checking);
    access::check(&mut checking);
    policy::check(&mut checking);
    plain::check(&mut checking);
    letters::check(&mut checking);
    checking.problems
}

/// A playbook under examination.
struct Checking<'a> {
    playbook: &'a Playbook,
    table: &'a FieldTable,
    problems: Vec<PlaybookProblem>,
}

impl Checking<'_> {
    fn say(&mut self, path: Path, fault: Fault) {
        self.problems.push(PlaybookProblem { path, place: None, fault });
    }

    fn say_if(&mut self, wrong: bool, path: Path, fault: Fault) {
        if wrong {
            self.say(path, fault);
        }
    }

    /// Keys are unique in their section; those that operations invent are kebab-case, those of the field keep their spelling.
    fn keys(&mut self) {
        let playbook = self.playbook;
        self.section("rules", &playbook.rules, Spelling::Kebab);
        self.section("deciders", &playbook.deciders, Spelling::Kebab);
        self.section("grants", &playbook.grants, Spelling::Kebab);
        self.section("edits", &playbook.edits, Spelling::Kebab);
        self.section("teams", &playbook.teams, Spelling::Kebab);
        self.section("templates", &playbook.templates, Spelling::Kebab);
        self.section("fields", &playbook.fields, Spelling::Own);
        self.section("gates", &playbook.gates, Spelling::Own);
        self.section("clients", &playbook.clients, Spelling::Own);
        self.section("roles", &playbook.roles, Spelling::Own);
        self.section("contingencies", &playbook.contingencies, Spelling::Own);
        self.section("recipients", &playbook.recipients, Spelling::Own);
        self.section("clauses", &playbook.clauses, Spelling::Own);
        self.section("bands", &playbook.bands, Spelling::Any);
    }

    fn section(&mut self, name: &str, items: &[impl Keyed], spelling: Spelling) {
        let mut seen = BTreeSet::new();
        for (index, key) in items.iter().map(Keyed::item_key).enumerate() {
            let path = Path::of(name).item(index, &key);
            match spelling {
                Spelling::Kebab => self.say_if(!is_kebab(&key), path.clone(), Fault::NotKebab { key: key.clone() }),
                Spelling::Own => self.say_if(!is_code(&key), path.clone(), Fault::KeyUnfit { key: key.clone() }),
                Spelling::Any => {}
            }
            if !seen.insert(key.clone()) {
                self.say(path, Fault::DoubleKey { key });
            }
        }
    }

    /// A list in which nothing stands twice.
    fn no_doubles<T: Ord + ToString>(&mut self, path: &Path, values: &[T]) {
        let mut seen = BTreeSet::new();
        for (index, value) in values.iter().enumerate() {
            if !seen.insert(value) {
                self.say(path.index(index), Fault::Twice { value: value.to_string() });
            }
        }
    }
}

/// How the keys of a section are spelled.
#[derive(Clone, Copy)]
enum Spelling {
    /// `over-cap`.
    Kebab,
    /// As the field spells them: `hiring_manager`, `HIPAA`, `pay.base`.
    Own,
    /// Made of other columns.
    Any,
}

fn is_kebab(key: &str) -> bool {
    key.split('-').all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()))
}

fn is_code(key: &str) -> bool {
    !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.'))
}
