//! The access matrix: every address of the router, for everybody, over offers in every state and engagement. What must come is worked out by the
//! offer model from the playbook; what does come is asked of the running server.

#![expect(clippy::panic, clippy::expect_used, reason = "a test that cannot go on says why")]

mod answers;
mod cells;
mod firm;
mod letters;
mod programs;
mod routes;

use std::collections::BTreeSet;

use cells::Tally;
use firm::Firm;
use routes::TABLE;
use tests::{Engine, House};

#[test]
fn every_address_that_the_server_answers_stands_in_the_table_of_access() {
    let house = House::prepare(Engine::Sqlite);
    let said = house.run(&["routes"]);
    let served: BTreeSet<&str> = said.lines().filter(|line| line.starts_with('/')).collect();
    let known: BTreeSet<&str> = TABLE.iter().map(|(address, _)| *address).collect();
    let unlisted: Vec<&&str> = served.iter().filter(|address| !known.contains(**address) && !routes::is_a_file(address)).collect();
    assert!(unlisted.is_empty(), "nobody says who may reach {unlisted:?}; say it in tests/tests/matrix/routes.rs");
    let gone: Vec<&&str> = known.iter().filter(|address| !served.contains(**address)).collect();
    assert!(gone.is_empty(), "the table speaks of addresses that nobody serves: {gone:?}");
}

#[test]
fn nobody_reads_or_does_anything_that_the_model_does_not_let_them() {
    let firm = Firm::open();
    let mut tally = Tally::default();
    let people = firm.everybody();
    for part in std::thread::scope(|scope| {
        let parts = people.chunks(people.len().div_ceil(3)).map(|part| scope.spawn(|| cells::of(&firm, part))).collect::<Vec<_>>();
        parts.into_iter().map(|part| part.join().expect("a part of the matrix")).collect::<Vec<_>>()
    }) {
        tally.add(part);
    }
    tally.add(cells::left_behind(&firm));
    // what the test runner shows with `--nocapture`, and in the log of a failure
    let _ = std::io::Write::write_all(&mut std::io::stdout(), format!("{tally}\n").as_bytes());
    assert!(tally.misses.is_empty(), "{} of {} cells are not as the model says:\n{}", tally.misses.len(), tally.cells, tally.shown());
    assert!(tally.cells > 5_000, "only {} cells: the matrix has holes", tally.cells);
}

#[test]
fn the_guide_to_access_says_what_the_playbook_says() {
    let guide = include_str!("../../../docs/access.md");
    for line in guide_lines() {
        assert!(guide.contains(&line), "docs/access.md lacks this line:\n{line}");
    }
}

/// A line of the guide's table for each role.
fn guide_lines() -> Vec<String> {
    let playbook = firm::playbook();
    let codes = |sides: &[offer::field::Side]| sides.iter().map(|side| side.code()).collect::<Vec<_>>().join(", ");
    let or = |text: String, nothing: &str| if text.is_empty() { nothing.to_owned() } else { text };
    let line = |sheet: &offer::access::RoleSheet| {
        let by_engagement: Vec<String> =
            sheet.sees_for.iter().map(|row| format!("{}: {}", row.engagement.code(), codes(&row.sees))).collect();
        let sees = if by_engagement.is_empty() { or(codes(&sheet.sees), "nothing") } else { by_engagement.join("; ") };
        let grants: Vec<_> = playbook.grants.iter().filter(|grant| grant.role == sheet.key).collect();
        let mut reach: Vec<String> = Vec::new();
        for grant in grants.iter().filter(|grant| grant.actions.contains(&offer::access::Action::See)) {
            let states = if grant.states.is_empty() { String::new() } else { format!(" in {} states", grant.states.len()) };
            let scope = format!("{}{states}", grant.scope.code());
            if !reach.contains(&scope) {
                reach.push(scope);
            }
        }
        let acts = |action: &offer::access::Action| {
            *action != offer::access::Action::See && grants.iter().any(|grant| grant.actions.contains(action))
        };
        let mut may: Vec<&str> = offer::access::Action::ALL.iter().filter(|action| acts(action)).map(|action| action.code()).collect();
        may.extend(sheet.runs_the_firm.then_some("runs the firm"));
        may.extend(sheet.runs_people.then_some("runs people"));
        format!("| {} | {sees} | {} | {} |", sheet.name, or(reach.join(", "), "none"), or(may.join(", "), "nothing"))
    };
    playbook.roles.iter().map(line).collect()
}
